/* Catalogs on disk: which files a path stands for, and what is said when they cannot be read. */
#include "base/limits.h"
#include "catalog/catalog.h"
#include "catalog/path.h"
#include "unit/catalog/sample.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test, as the current one: paths in errors stay short. */
static int enter_folder(void **state)
{
    char name[] = "/tmp/ff-path-XXXXXX";
    char *folder = mkdtemp(name);
    *state = folder ? strdup(folder) : NULL;
    return *state && chdir(folder) == 0 ? 0 : -1;
}

static void remove_tree(const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)remove(names[i]);
}

static int leave_folder(void **state)
{
    static const char *const names[] = {"p/b.yaml",          "p/a.yml",    "p/c.yaml",      "p/.x.yaml",  "p/notes.txt",
                                        "p/sub.yaml/d.yaml", "p/sub.yaml", "p/broken.yaml", "p/big.yaml", "p",
                                        "one.txt",           "big.yaml"};
    remove_tree(names, sizeof names / sizeof *names);
    int failed = chdir("/") != 0 || rmdir(*state) != 0;
    free(*state);
    return failed;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static ff_status load(const char *path, ff_error *error, size_t *count)
{
    ff_catalog *catalog = NULL;
    *error = (ff_error){0};
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    ff_status status = ff_catalog_add_path(catalog, path, "user", error);
    assert_int_equal(ff_catalog_finish(catalog, NULL), FF_OK);
    (void)ff_catalog_rules(catalog, count);
    ff_catalog_free(catalog);
    return status;
}

static void a_folder_stands_for_its_yaml_files_in_order(void **state)
{
    ff_arena arena = {0};
    ff_path_list files = {0};
    ff_error error;
    size_t count;
    (void)state;
    assert_int_equal(mkdir("p", 0700), 0);
    assert_int_equal(mkdir("p/sub.yaml", 0700), 0);
    write_file("p/b.yaml", SAMPLE_FILE(SAMPLE_RULE("b", "")));
    write_file("p/a.yml", SAMPLE_FILE(SAMPLE_RULE("a", "")));
    write_file("p/.x.yaml", "not a rule");
    write_file("p/notes.txt", "not a rule");
    write_file("p/sub.yaml/d.yaml", "not a rule");
    assert_int_equal(ff_path_list_files(&arena, "p", &files, NULL), FF_OK);
    assert_int_equal(files.count, 2);
    assert_string_equal(files.items[0], "p/a.yml");
    assert_string_equal(files.items[1], "p/b.yaml");
    files = (ff_path_list){0};
    assert_int_equal(ff_path_list_files(&arena, "p/", &files, NULL), FF_OK);
    assert_string_equal(files.items[1], "p/b.yaml");
    ff_arena_release(&arena);
    assert_int_equal(load("p", &error, &count), FF_OK);
    assert_int_equal(count, 2);
}

static void a_file_is_read_whatever_its_name(void **state)
{
    ff_error error;
    size_t count;
    (void)state;
    write_file("one.txt", SAMPLE_FILE(SAMPLE_RULE("a", "")));
    assert_int_equal(load("one.txt", &error, &count), FF_OK);
    assert_int_equal(count, 1);
}

static void one_bad_file_keeps_the_whole_folder_out(void **state)
{
    ff_error error;
    size_t count;
    (void)state;
    assert_int_equal(mkdir("p", 0700), 0);
    write_file("p/b.yaml", SAMPLE_FILE(SAMPLE_RULE("b", "")));
    write_file("p/c.yaml", SAMPLE_FILE(SAMPLE_RULE("c", "    roles: x\n")));
    assert_int_equal(load("p", &error, &count), FF_INVALID);
    assert_true(ff_slice_starts(ff_slice_of(error.text), FF_LIT("p/c.yaml:8:5: unknown key 'roles'")));
    assert_string_equal(error.file, "p/c.yaml");
    assert_int_equal(count, 0);
}

static void what_cannot_be_read_is_named(void **state)
{
    ff_error error;
    size_t count;
    (void)state;
    assert_int_equal(load("nowhere", &error, &count), FF_NOT_FOUND);
    assert_string_equal(error.text, "nowhere: No such file or directory");
    assert_int_equal(mkdir("p", 0700), 0);
    assert_int_equal(load("p", &error, &count), FF_NOT_FOUND);
    assert_string_equal(error.text, "p: no *.yaml or *.yml in this folder");
    assert_int_equal(symlink("nowhere", "p/broken.yaml"), 0);
    assert_int_equal(load("p", &error, &count), FF_NOT_FOUND);
    assert_string_equal(error.text, "p/broken.yaml: No such file or directory");
    write_file("one.txt", "x");
    assert_int_equal(load("one.txt/x.yaml", &error, &count), FF_NOT_FOUND);
    if (geteuid() == 0)
        return; /* root reads everything */
    assert_int_equal(chmod("one.txt", 0), 0);
    assert_int_equal(load("one.txt", &error, &count), FF_IO);
    assert_string_equal(error.text, "one.txt: Permission denied");
}

static void a_large_file_is_not_read_to_its_end(void **state)
{
    ff_error error;
    size_t count;
    (void)state;
    write_file("big.yaml", "a: b\n");
    assert_int_equal(truncate("big.yaml", (off_t)1 << 40), 0); /* sparse */
    assert_int_equal(load("big.yaml", &error, &count), FF_LIMIT);
    assert_string_equal(error.text, "big.yaml: larger than the 4194304 bytes allowed for one file");
    assert_int_equal(load("/dev/zero", &error, &count), FF_LIMIT);
}

static void a_folder_may_have_a_thousand_files(void **state)
{
    (void)state;
    assert_int_equal(mkdir("p", 0700), 0);
    for (uint32_t i = 0; i <= FF_LIMIT_CATALOG_FILES; i++) {
        char name[40];
        (void)snprintf(name, sizeof name, "p/%u.yaml", i);
        write_file(name, "x");
    }
    ff_arena arena = {0};
    ff_path_list files = {0};
    ff_error error = {0};
    assert_int_equal(ff_path_list_files(&arena, "p", &files, &error), FF_LIMIT);
    assert_non_null(strstr(error.text, "more files than the 1000 allowed in one folder"));
    assert_int_equal(remove("p/0.yaml"), 0);
    files = (ff_path_list){0};
    assert_int_equal(ff_path_list_files(&arena, "p", &files, &error), FF_OK);
    assert_int_equal(files.count, FF_LIMIT_CATALOG_FILES);
    for (size_t i = 0; i < files.count; i++)
        assert_int_equal(remove(files.items[i]), 0);
    ff_arena_release(&arena);
}

static void little_memory_is_reported_as_such(void **state)
{
    (void)state;
    assert_int_equal(mkdir("p", 0700), 0);
    write_file("p/b.yaml", SAMPLE_FILE(SAMPLE_RULE("b", "")));
    for (size_t limit = 16;; limit += 16) {
        ff_catalog *catalog = NULL;
        ff_error error = {0};
        assert_int_equal(ff_catalog_new_within(&catalog, limit), FF_OK);
        ff_status status = ff_catalog_add_path(catalog, "p", "user", &error);
        ff_catalog_free(catalog);
        if (status == FF_OK)
            break;
        assert_int_equal(status, FF_NOMEM);
        assert_int_equal(error.status, FF_NOMEM);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_stands_for_its_yaml_files_in_order, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_file_is_read_whatever_its_name, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(one_bad_file_keeps_the_whole_folder_out, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_named, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_large_file_is_not_read_to_its_end, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_folder_may_have_a_thousand_files, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(little_memory_is_reported_as_such, enter_folder, leave_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
