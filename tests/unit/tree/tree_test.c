/* The names of a tree, how globs choose among them, and what reading a file answers. */
#include "tree/tree.h"
#include "unit/tree/grove.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const grove_file FILES[] = {
    {.path = "src/b.py", .text = "b\n"},
    {.path = "README.md", .text = "# Read\n"},
    {.path = "src/a.py", .text = "a\n"},
    {.path = "src/deep/er/c.py", .text = "c\n"},
    {.path = "src", .text = "", .kind = FF_TREE_OTHER},
    {.path = "src.py", .text = "s\n"},
    {.path = "latest", .text = "README.md", .kind = FF_TREE_LINK},
    {.path = "logo.png", .text = "\x89PNG\0\0", .size = 6},
    {.path = "empty", .text = ""},
    {.path = "closed", .text = NULL},
    {.path = ".github/workflows/ci.yml", .text = "jobs:\n"},
    {.path = "\xFF\n\x1B[0m", .text = "odd\n"},
};

static void a_glob_chooses_by_components(void **state)
{
    static const struct {
        const char *glob, *path;
        bool fits;
    } rows[] = {
        {"a", "a", true},
        {"a", "b", false},
        {"a", "a/b", false},
        {"a/", "a", false},
        {"", "", true},
        {"", "a", false},
        {"*", "a", true},
        {"*", ".hidden", true},
        {"*", "a/b", false},
        {"*/*", "a/b", true},
        {"*.y?l", "ci.yml", true},
        {"*.yml", "x/ci.yml", false},
        {"?", "/", false},
        {"a?b", "a/b", false},
        {"a*b", "a/b", false},
        {"**", "a", true},
        {"**", "a/b/c", true},
        {"**/a", "a", true},
        {"**/a", "x/y/a", true},
        {"**/a", "x/ya", false},
        {"a/**", "a/b", true},
        {"a/**", "a/b/c", true},
        {"a/**", "a", false},
        {"a/**", "ab/c", false},
        {"a/**/b", "a/b", true},
        {"a/**/b", "a/x/y/b", true},
        {"a/**/b", "a/x/yb", false},
        {"**/x/**/y", "x/x/z/y", true},
        {"**/x/z/**/y", "x/x/z/y", true},
        {"**/x/**/y", "x/z", false},
        {"**/a/b", "a/a/b", true},
        {"**/**/a", "a", true},
        {"**/management/commands/*.py", "apps/t/management/commands/go.py", true},
        {"**/management/commands/*.py", "apps/t/management/commands/x/go.py", false},
        {"a**b", "axxb", true},
        {"a**b", "a/b", false},
        {"[a]", "a", false},
        {"[a]", "[a]", true},
        {"\\a", "a", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_tree_glob(ff_slice_of(rows[i].glob), ff_slice_of(rows[i].path)) != rows[i].fits)
            fail_msg("'%s' and '%s'", rows[i].glob, rows[i].path);
}

/* 4096 components on both sides, and nothing fits: seconds if every `**` were tried at every place. */
static void a_glob_made_to_be_slow_is_not(void **state)
{
    ff_buf glob, path;
    (void)state;
    ff_buf_init(&glob, 65536);
    ff_buf_init(&path, 65536);
    for (size_t i = 0; i < 2000; i++) {
        ff_buf_add(&glob, FF_LIT("**/*a*a*b/"));
        ff_buf_add(&path, FF_LIT("aaaaaaaa/"));
    }
    ff_buf_add(&glob, FF_LIT("x"));
    ff_buf_add(&path, FF_LIT("y"));
    clock_t before = clock();
    assert_false(ff_tree_glob(ff_buf_slice(&glob), ff_buf_slice(&path)));
    assert_true(clock() - before < CLOCKS_PER_SEC);
    ff_buf_release(&glob);
    ff_buf_release(&path);
}

static void expect_chosen(const ff_tree *tree, const char *glob, const char *expected)
{
    char got[512] = "";
    size_t at = 0, used = 0;
    const ff_tree_entry *entry;
    while ((entry = ff_tree_next(tree, ff_slice_of(glob), &at)) != NULL)
        used += (size_t)snprintf(got + used, sizeof got - used, "%.*s ", FF_ARG(entry->path));
    if (strcmp(got, expected) != 0)
        fail_msg("'%s' chooses '%s', not '%s'", glob, got, expected);
    assert_null(ff_tree_next(tree, ff_slice_of(glob), &at));
}

static void files_are_chosen_in_order_and_links_are_not(void **state)
{
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    (void)state;
    expect_chosen(tree, "src/*.py", "src/a.py src/b.py ");
    expect_chosen(tree, "src/**", "src/a.py src/b.py src/deep/er/c.py ");
    expect_chosen(tree, "**/*.py", "src.py src/a.py src/b.py src/deep/er/c.py ");
    expect_chosen(tree, "src", "");
    expect_chosen(tree, "latest", "");
    expect_chosen(tree, "zzz*", "");
    expect_chosen(tree, "README.md", "README.md ");
    expect_chosen(tree, ".github/workflows/*.yml", ".github/workflows/ci.yml ");
    ff_tree_close(tree);
}

static void every_path_is_found_and_no_other(void **state)
{
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    (void)state;
    for (size_t i = 0; i < COUNT(FILES); i++) {
        const ff_tree_entry *entry = ff_tree_entry_of(tree, ff_slice_of(FILES[i].path));
        assert_non_null(entry);
        assert_int_equal(entry->kind, FILES[i].kind);
    }
    assert_null(ff_tree_entry_of(tree, FF_LIT("")));
    assert_null(ff_tree_entry_of(tree, FF_LIT("src/")));
    assert_null(ff_tree_entry_of(tree, FF_LIT("SRC/a.py")));
    assert_null(ff_tree_entry_of(tree, FF_LIT("src/../README.md")));
    ff_tree_close(tree);
    ff_tree_close(NULL);
}

static void reading_answers_with_bytes_or_a_clause(void **state)
{
    static const struct {
        const char *path;
        ff_status status;
        const char *text; /* the file's or the clause */
    } rows[] = {
        {"src/a.py", FF_OK, "a\n"},
        {"empty", FF_OK, ""},
        {"\xFF\n\x1B[0m", FF_OK, "odd\n"},
        {"latest", FF_UNSUPPORTED, "is a link"},
        {"src", FF_UNSUPPORTED, "is no file"},
        {"logo.png", FF_UNSUPPORTED, "is no text"},
        {"closed", FF_IO, "cannot be read"},
        {"nowhere", FF_NOT_FOUND, "is not there"},
    };
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    (void)state;
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < COUNT(rows); i++) {
            ff_slice bytes;
            ff_error reason = {0};
            assert_int_equal(ff_tree_read(tree, ff_slice_of(rows[i].path), &bytes, &reason), rows[i].status);
            if (rows[i].status == FF_OK)
                assert_true(ff_slice_eq(bytes, ff_slice_of(rows[i].text)));
            else
                assert_string_equal(reason.text, rows[i].text);
            assert_true(rows[i].status == FF_OK || !bytes.len);
        }
    assert_int_equal(ff_grove_of(tree)->reads, 5); /* each file once */
    tree->whole = false;
    ff_slice bytes;
    ff_error reason = {0};
    assert_int_equal(ff_tree_read(tree, FF_LIT("nowhere"), &bytes, &reason), FF_NOT_FOUND);
    assert_string_equal(reason.text, "is not among the files listed");
    ff_tree_close(tree);
}

static void changes_are_sorted_and_named_once(void **state)
{
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    ff_tree_paths paths;
    ff_error reason = {0};
    (void)state;
    assert_int_equal(ff_tree_changes(tree, FF_LIT("aa"), &paths, &reason), FF_NOT_FOUND);
    ff_grove_of(tree)->base = "aa";
    ff_grove_of(tree)->changed = "src/b\nREADME.md\nsrc\nsrc/b\n";
    assert_int_equal(ff_tree_changes(tree, FF_LIT("aa"), &paths, NULL), FF_OK);
    assert_true(paths.whole);
    assert_int_equal(paths.count, 3);
    assert_true(ff_slice_eq(paths.items[0], FF_LIT("README.md")));
    assert_true(ff_slice_eq(paths.items[1], FF_LIT("src")));
    assert_true(ff_slice_eq(paths.items[2], FF_LIT("src/b")));
    ff_grove_of(tree)->changed = "";
    assert_int_equal(ff_tree_changes(tree, FF_LIT("aa"), &paths, NULL), FF_OK);
    assert_int_equal(paths.count, 0);
    ff_tree_close(tree);
}

/* Starts a tree without files, to be listed. */
static ff_tree *bare_tree(ff_listing *listing)
{
    ff_tree *tree = ff_grove(NULL, 0);
    ff_listing_start(listing, tree);
    return tree;
}

static void paths_that_git_forbids_are_left_out(void **state)
{
    static const char LONG[FF_LIMIT_NAME_BYTES + 2] = {0};
    static const struct {
        ff_slice path;
        bool taken;
    } rows[] = {
        {FF_TEXT("a/b"), true},        {FF_TEXT("..."), true},           {FF_TEXT(".gitignore"), true},
        {FF_TEXT(".git/x"), false},    {FF_TEXT("a/.GIT/x"), false},     {FF_TEXT("../x"), false},
        {FF_TEXT("a/../x"), false},    {FF_TEXT("./x"), false},          {FF_TEXT("/etc/passwd"), false},
        {FF_TEXT("a//b"), false},      {FF_TEXT("a/"), false},           {FF_TEXT(""), false},
        {FF_TEXT("nul\0.txt"), false}, {{LONG, sizeof LONG - 1}, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_listing listing;
        ff_tree *tree = bare_tree(&listing);
        assert_int_equal(ff_listing_add(&listing, &(ff_tree_entry){.path = rows[i].path}, FF_LIT("k")), FF_OK);
        assert_int_equal(ff_listing_finish(&listing, FF_OK), FF_OK);
        assert_int_equal(tree->entries.count, rows[i].taken ? 1 : 0);
        assert_true(tree->whole == rows[i].taken);
        assert_true((tree->lacks.len == 0) == rows[i].taken);
        ff_tree_close(tree);
    }
}

static void a_key_stays_with_its_path_and_a_second_path_is_dropped(void **state)
{
    ff_listing listing;
    ff_tree *tree = bare_tree(&listing);
    (void)state;
    assert_int_equal(ff_listing_add(&listing, &(ff_tree_entry){.path = FF_LIT("b")}, FF_LIT("\0b")), FF_OK);
    assert_int_equal(ff_listing_add(&listing, &(ff_tree_entry){.path = FF_LIT("a"), .size = 3}, FF_LIT("\0a")), FF_OK);
    assert_int_equal(ff_listing_add(&listing, &(ff_tree_entry){.path = FF_LIT("b")}, FF_LIT("\0b")), FF_OK);
    assert_int_equal(ff_listing_finish(&listing, FF_OK), FF_OK);
    assert_int_equal(tree->entries.count, 2);
    assert_true(ff_slice_eq(ff_listing_key(&tree->entries.items[0], 2), FF_LIT("\0a")));
    assert_true(ff_slice_eq(ff_listing_key(&tree->entries.items[1], 2), FF_LIT("\0b")));
    assert_int_equal(tree->entries.items[0].size, 3);
    assert_true(ff_slice_eq(tree->lacks, FF_LIT("it has a path twice")));
    ff_tree_close(tree);
}

static void fill(ff_listing *listing, int digits, ff_status *status, size_t *count)
{
    char path[FF_LIMIT_NAME_BYTES];
    for (*count = 0, *status = FF_OK; *status == FF_OK; ++*count) {
        int len = snprintf(path, sizeof path, "%0*u", digits, (unsigned)*count);
        *status = ff_listing_add(listing, &(ff_tree_entry){.path = {path, (size_t)len}}, (ff_slice){0});
    }
}

static void a_list_ends_at_its_bounds_and_says_so(void **state)
{
    static const int digits[] = {1, 900}; /* the names are too many, or their bytes */
    (void)state;
    for (size_t i = 0; i < COUNT(digits); i++) {
        ff_listing listing;
        ff_status status;
        size_t count;
        ff_tree *tree = bare_tree(&listing);
        fill(&listing, digits[i], &status, &count);
        assert_int_equal(status, FF_END);
        assert_true(i ? count < 30000 : count == FF_LIMIT_TREE_ENTRIES + 1);
        assert_int_equal(ff_listing_finish(&listing, status), FF_OK);
        assert_int_equal(tree->entries.count, count - 1);
        assert_false(tree->whole);
        assert_true(ff_slice_eq(tree->lacks, FF_LIT("it has more files than are listed")));
        ff_tree_close(tree);
    }
}

static void what_is_too_large_has_no_room(void **state)
{
    ff_tree *tree = ff_grove(NULL, 0);
    ff_error reason = {0}, other = {0};
    (void)state;
    assert_int_equal(ff_listing_room(tree, FF_LIMIT_TREE_FILE_BYTES, NULL), FF_OK);
    assert_int_equal(ff_listing_room(tree, FF_LIMIT_TREE_FILE_BYTES + 1, &reason), FF_LIMIT);
    assert_string_equal(reason.text, "is larger than 2 MiB");
    assert_int_equal(ff_listing_room(tree, UINT64_MAX, NULL), FF_LIMIT);
    assert_non_null(ff_arena_alloc(&tree->arena, FF_LIMIT_TREE_BYTES - FF_LIMIT_TREE_FILE_BYTES));
    assert_int_equal(ff_listing_room(tree, FF_LIMIT_TREE_FILE_BYTES, &other), FF_LIMIT);
    assert_string_equal(other.text, "does not fit into the 48 MiB kept of a repository");
    ff_tree_close(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_glob_chooses_by_components),
        cmocka_unit_test(a_glob_made_to_be_slow_is_not),
        cmocka_unit_test(files_are_chosen_in_order_and_links_are_not),
        cmocka_unit_test(every_path_is_found_and_no_other),
        cmocka_unit_test(reading_answers_with_bytes_or_a_clause),
        cmocka_unit_test(changes_are_sorted_and_named_once),
        cmocka_unit_test(paths_that_git_forbids_are_left_out),
        cmocka_unit_test(a_key_stays_with_its_path_and_a_second_path_is_dropped),
        cmocka_unit_test(a_list_ends_at_its_bounds_and_says_so),
        cmocka_unit_test(what_is_too_large_has_no_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
