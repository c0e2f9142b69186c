/* Logs in a folder: read like the archive they came from; links, pipes and depths are left alone. */
#include "unit/source/reading.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static char root[256];

/* A path below the test's folder, in one of a few buffers. */
static const char *path_to(const char *name)
{
    static char paths[4][1024];
    static size_t turn;
    char *path = paths[turn++ % COUNT(paths)];
    int length = snprintf(path, sizeof *paths, "%s/%s", root, name);
    assert_true(length > 0 && (size_t)length < sizeof *paths);
    return path;
}

static void make_folder(const char *name)
{
    assert_int_equal(mkdir(path_to(name), 0700), 0);
}

static void make_file(const char *name, const char *text)
{
    FILE *file = fopen(path_to(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
    const char *base = getenv("TMPDIR");
    (void)state;
    int length = snprintf(root, sizeof root, "%s/ff-folder-XXXXXX", base && *base ? base : "/tmp");
    return length > 0 && (size_t)length < sizeof root && mkdtemp(root) ? 0 : -1;
}

static int teardown(void **state)
{
    char command[300];
    (void)state;
    int length = snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", root, root);
    return length > 0 && (size_t)length < sizeof command ? system(command) : -1;
}

static void an_unpacked_archive_is_read_like_the_archive(void **state)
{
    (void)state;
    reading got;
    make_folder("a");
    make_folder("b");
    make_file("0_a.txt", "whole");
    make_file("a/10_z.txt", "three");
    make_file("a/1_x.txt", "one");
    make_file("a/2_y.txt", "two");
    make_file("b/system.txt", "Result: false");
    make_file(".DS_Store", "clutter");
    reading_open(&got, root);
    assert_int_equal(got.status, FF_END);
    assert_string_equal(reading_streams(&got), "S a/1_x.txt=one\nS a/2_y.txt=two\nS a/10_z.txt=three\n");
    assert_string_equal(reading_notes(&got), "");
    assert_int_equal(got.run.entries_read, 3);
    assert_int_equal(got.run.bytes_read, 11);
    assert_false(got.run.single_log);
    assert_int_equal(got.run.jobs.items[1].conclusion, FF_CONCLUSION_SKIPPED);
    assert_true(ff_slice_eq(ff_run_step(&got.run, 0, 2)->file, FF_LIT("a/10_z.txt")));
    reading_forget(&got);
}

static void nothing_outside_the_folder_is_read(void **state)
{
    (void)state;
    reading got;
    make_folder("in");
    make_folder("in/a");
    make_folder("out");
    make_file("out/1_secret.txt", "secret");
    make_file("in/0_b.txt", "log");
    assert_int_equal(symlink(path_to("out/1_secret.txt"), path_to("in/1_link.txt")), 0);
    assert_int_equal(symlink("/dev/zero", path_to("in/a/1_zero.txt")), 0);
    assert_int_equal(symlink(path_to("out"), path_to("in/c")), 0);
    assert_int_equal(symlink(".", path_to("in/d")), 0);
    reading_open(&got, path_to("in"));
    assert_string_equal(reading_streams(&got), "J 0_b.txt=log\n");
    assert_string_equal(reading_notes(&got), "symlink-skipped\nsymlink-skipped!\n");
    reading_forget(&got);
}

static void pipes_are_not_opened(void **state)
{
    (void)state;
    reading got;
    make_file("0_b.txt", "log");
    assert_int_equal(mkfifo(path_to("1_pipe.txt"), 0600), 0);
    assert_int_equal(mkfifo(path_to("pipe"), 0600), 0);
    reading_open(&got, root);
    assert_string_equal(reading_streams(&got), "J 0_b.txt=log\n");
    assert_string_equal(reading_notes(&got), "special-skipped\nspecial-skipped!\n");
    reading_forget(&got);
}

static void folders_are_entered_to_a_depth(void **state)
{
    (void)state;
    reading got;
    char name[64] = "a/a/a/a/a/a/a/a/a/a/a";
    make_file("0_b.txt", "log");
    for (size_t depth = 1; depth <= FF_LIMIT_FOLDER_DEPTH + 3; depth++) {
        name[2 * depth - 1] = '\0';
        make_folder(name);
        name[2 * depth - 1] = '/';
    }
    reading_open(&got, root);
    assert_string_equal(reading_streams(&got), "J 0_b.txt=log\n");
    assert_string_equal(reading_notes(&got), "folder-depth!\n");
    reading_forget(&got);
}

static void a_folder_of_too_many_files_is_refused(void **state)
{
    (void)state;
    reading got;
    char name[32];
    for (uint32_t i = 0; i <= FF_LIMIT_ARCHIVE_ENTRIES; i++) {
        int length = snprintf(name, sizeof name, "%u_x.txt", i);
        assert_true(length > 0);
        assert_int_equal(close(open(path_to(name), O_WRONLY | O_CREAT, 0600)), 0);
    }
    reading_open(&got, root);
    assert_int_equal(got.status, FF_LIMIT);
    assert_non_null(strstr(got.error.text, "more than 20000 files"));
    assert_true(ff_slice_starts(ff_slice_of(got.error.text), ff_slice_of(root)));
    reading_forget(&got);
}

static void what_may_not_be_read_is_noted(void **state)
{
    (void)state;
    reading got;
    if (geteuid() == 0)
        skip(); /* root may read everything */
    make_folder("a");
    make_folder("closed");
    make_file("0_a.txt", "whole");
    make_file("a/1_x.txt", "one");
    make_file("1_b.txt", "b");
    assert_int_equal(chmod(path_to("a/1_x.txt"), 0), 0);
    assert_int_equal(chmod(path_to("1_b.txt"), 0), 0);
    assert_int_equal(chmod(path_to("closed"), 0), 0);
    reading_open(&got, root);
    assert_string_equal(reading_streams(&got), "J 0_a.txt=whole\n");
    assert_string_equal(reading_notes(&got), "entry-unreadable!\nstep-files-incomplete\nentry-unreadable!\n");
    reading_forget(&got);
}

static void a_file_that_goes_or_turns_into_a_link_after_the_listing_is_noted(void **state)
{
    (void)state;
    ff_arena arena;
    ff_run run;
    ff_source *source = NULL;
    ff_stream stream;
    make_file("0_a.txt", "a");
    make_file("1_b.txt", "b");
    make_file("2_c.txt", "c");
    make_file("3_d.txt", "d");
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    assert_int_equal(ff_source_open(&source, root, &run, NULL), FF_OK);
    assert_int_equal(unlink(path_to("0_a.txt")), 0);
    assert_int_equal(unlink(path_to("1_b.txt")), 0);
    assert_int_equal(symlink("2_c.txt", path_to("1_b.txt")), 0);
    assert_int_equal(unlink(path_to("2_c.txt")), 0);
    assert_int_equal(mkfifo(path_to("2_c.txt"), 0600), 0);
    assert_int_equal(ff_source_next(source, &stream, NULL), FF_OK);
    assert_true(ff_slice_eq(stream.name, FF_LIT("3_d.txt")));
    assert_int_equal(ff_source_next(source, &stream, NULL), FF_END);
    assert_int_equal(run.notes.count, 3);
    assert_true(run.notes.partial);
    assert_int_equal(run.entries_read, 1);
    ff_source_close(source);
    ff_arena_release(&arena);
}

static void a_folder_without_logs_is_refused(void **state)
{
    (void)state;
    reading got;
    reading_open(&got, root);
    assert_int_equal(got.status, FF_INVALID);
    assert_non_null(strstr(got.error.text, ": the folder is empty"));
    reading_forget(&got);
    make_file("README.md", "text");
    reading_open(&got, root);
    assert_int_equal(got.status, FF_INVALID);
    assert_non_null(strstr(got.error.text, ": the folder holds no log of a run"));
    reading_forget(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_unpacked_archive_is_read_like_the_archive, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_outside_the_folder_is_read, setup, teardown),
        cmocka_unit_test_setup_teardown(pipes_are_not_opened, setup, teardown),
        cmocka_unit_test_setup_teardown(folders_are_entered_to_a_depth, setup, teardown),
        cmocka_unit_test_setup_teardown(a_folder_of_too_many_files_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(what_may_not_be_read_is_noted, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_goes_or_turns_into_a_link_after_the_listing_is_noted, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_folder_without_logs_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
