/* Folders on disk that are no git checkouts, or whose owner means harm. */
#include "tree/checkout.h"
#include "unit/tree/plot.h"
#include "unit/tree/read_back.h"

#include "base/buf.h"
#include "base/limits.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static ff_tree *open_here(void)
{
    ff_tree *tree = NULL;
    ff_error error = {0};
    if (ff_checkout_open(&tree, ".", &error) != FF_OK)
        fail_msg("%s", error.text);
    return tree;
}

/* One a line. */
static void expect_names(const ff_tree *tree, const char *expected)
{
    expect_entries(tree, "\n", expected);
}

static void files_are_listed_and_read(void **state)
{
    (void)state;
    plot_put("b", "two\r\n");
    plot_put("a/c/d", "");
    plot_put("a/b", "one\n");
    ff_tree *tree = open_here();
    expect_names(tree, "a/b\na/c/d\nb\n");
    assert_true(tree->whole);
    assert_int_equal(tree->entries.items[2].size, 5);
    expect_read(tree, "b", FF_OK, "two\r\n");
    expect_read(tree, "a/c/d", FF_OK, "");
    plot_put("b", "new");
    expect_read(tree, "b", FF_OK, "two\r\n"); /* what was said of it stays true */
    expect_read(tree, "a", FF_NOT_FOUND, "is not there");
    assert_int_equal(remove("a/b"), 0);
    expect_read(tree, "a/b", FF_IO, "cannot be opened: No such file or directory");
    ff_tree_close(tree);
}

static void what_tools_leave_behind_is_not_walked(void **state)
{
    (void)state;
    plot_put(".git/config", "");
    plot_put("sub/.git", "gitdir: ../.git/modules/sub\n");
    plot_put("sub/x", "");
    plot_put("web/node_modules/x/index.js", "");
    plot_put(".venv/x", "");
    plot_put("venv/x", "");
    plot_put("a/__pycache__/x.pyc", "");
    plot_put("b/node_modules", "a file\n");
    plot_put(".gitignore", "");
    ff_tree *tree = open_here();
    expect_names(tree, ".gitignore\nb/node_modules\nsub/x\n");
    assert_true(tree->whole);
    ff_tree_close(tree);
}

static void the_root_may_be_a_link_and_a_missing_one_is_named(void **state)
{
    ff_tree *tree;
    ff_error error = {0}, other = {0};
    (void)state;
    plot_put("real/x", "x\n");
    assert_int_equal(symlink("real", "link"), 0);
    assert_int_equal(ff_checkout_open(&tree, "link", NULL), FF_OK);
    expect_names(tree, "x\n");
    ff_tree_close(tree);
    assert_int_equal(ff_checkout_open(&tree, "nowhere", &error), FF_NOT_FOUND);
    assert_string_equal(error.text, "nowhere: No such file or directory");
    assert_null(tree);
    assert_int_equal(ff_checkout_open(&tree, "real/x", &other), FF_NOT_FOUND);
    assert_string_equal(other.text, "real/x: Not a directory");
}

static void links_are_listed_and_lead_nowhere(void **state)
{
    (void)state;
    plot_put("dir/x", "x\n");
    assert_int_equal(symlink("/etc/passwd", "passwd"), 0);
    assert_int_equal(symlink("..", "dir/up"), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    assert_int_equal(symlink("dir", "other"), 0);
    assert_int_equal(symlink("/", "root"), 0);
    ff_tree *tree = open_here();
    expect_names(tree, "dir/up@\ndir/x\nloop@\nother@\npasswd@\nroot@\n");
    assert_true(tree->whole);
    expect_read(tree, "passwd", FF_UNSUPPORTED, "is a link");
    expect_read(tree, "loop", FF_UNSUPPORTED, "is a link");
    expect_read(tree, "other/x", FF_NOT_FOUND, "is not there");
    ff_tree_close(tree);
}

/* All of it after the listing: a file or a folder above it becomes a link, a FIFO, a folder, or longer. */
static void what_was_swapped_since_is_not_read(void **state)
{
    (void)state;
    plot_put("a/secret", "no\n");
    plot_put("b/secret", "no\n");
    plot_put("file", "no\n");
    plot_put("fifo", "no\n");
    plot_put("folder", "no\n");
    plot_put("grown", "no\n");
    ff_tree *tree = open_here();
    assert_int_equal(rename("a", "z"), 0);
    assert_int_equal(symlink("b", "a"), 0);
    assert_int_equal(remove("file"), 0);
    assert_int_equal(symlink("b/secret", "file"), 0);
    assert_int_equal(remove("fifo"), 0);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(remove("folder"), 0);
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(truncate("grown", 300 * 1024 * 1024), 0);
    expect_read(tree, "a/secret", FF_IO, "cannot be opened: Not a directory");
    expect_read(tree, "file", FF_UNSUPPORTED, "is a link");
    expect_read(tree, "fifo", FF_UNSUPPORTED, "is no file");
    expect_read(tree, "folder", FF_UNSUPPORTED, "is no file");
    expect_read(tree, "grown", FF_LIMIT, "is larger than 2 MiB");
    ff_tree_close(tree);
}

static void what_is_no_file_is_never_opened(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    plot_put("sparse", "");
    assert_int_equal(truncate("sparse", 300 * 1024 * 1024), 0);
    plot_put("limit", "");
    assert_int_equal(truncate("limit", (off_t)FF_LIMIT_TREE_FILE_BYTES), 0);
    plot_put("odd\nname\x1B[31m\xFF", "odd\n");
    ff_tree *tree = open_here();
    expect_names(tree, "limit\nodd\nname\x1B[31m\xFF\npipe?\nsparse\n");
    assert_int_equal(tree->entries.items[3].size, 300 * 1024 * 1024);
    expect_read(tree, "pipe", FF_UNSUPPORTED, "is no file");
    expect_read(tree, "sparse", FF_LIMIT, "is larger than 2 MiB");
    expect_read(tree, "limit", FF_UNSUPPORTED, "is no text");
    expect_read(tree, "odd\nname\x1B[31m\xFF", FF_OK, "odd\n");
    assert_true(tree->arena.used < 1024 * 1024);
    ff_tree_close(tree);
}

static void folders_nested_too_deeply_are_left_out_and_it_is_said(void **state)
{
    char path[4 * FF_LIMIT_TREE_DEPTH] = "";
    (void)state;
    plot_put("top", "");
    for (unsigned i = 0; i < FF_LIMIT_TREE_DEPTH; i++)
        memcpy(path + 2 * (size_t)i, "d/", 3);
    memcpy(path + strlen(path), "x", 2);
    plot_put(path, ""); /* as deep as it may be */
    ff_tree *tree = open_here();
    assert_int_equal(tree->entries.count, 2);
    assert_true(tree->whole);
    ff_tree_close(tree);
    memcpy(path + strlen(path) - 1, "e/y", 4);
    plot_put(path, "");
    tree = open_here();
    assert_int_equal(tree->entries.count, 2);
    assert_false(tree->whole);
    assert_true(ff_slice_eq(tree->lacks, FF_LIT("it has folders nested too deeply")));
    ff_tree_close(tree);
}

/* Root may read everything, so it becomes somebody else for a while. */
static void what_may_not_be_read_is_said(void **state)
{
    bool root = geteuid() == 0;
    (void)state;
    plot_put("closed/x", "");
    plot_put("file", "no\n");
    plot_put("open", "yes\n");
    assert_int_equal(chmod("closed", 0), 0);
    assert_int_equal(chmod("file", 0), 0);
    assert_int_equal(chmod(".", 0755), 0);
    assert_int_equal(chmod("open", 0644), 0);
    if (root)
        assert_int_equal(seteuid(65534), 0);
    ff_tree *tree = open_here();
    expect_names(tree, "file\nopen\n");
    assert_false(tree->whole);
    assert_true(ff_slice_eq(tree->lacks, FF_LIT("it has folders that cannot be listed")));
    expect_read(tree, "file", FF_DENIED, "is not readable for this user");
    expect_read(tree, "open", FF_OK, "yes\n");
    ff_tree_close(tree);
    if (root)
        assert_int_equal(seteuid(0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLOT(files_are_listed_and_read),
        IN_PLOT(what_tools_leave_behind_is_not_walked),
        IN_PLOT(the_root_may_be_a_link_and_a_missing_one_is_named),
        IN_PLOT(links_are_listed_and_lead_nowhere),
        IN_PLOT(what_was_swapped_since_is_not_read),
        IN_PLOT(what_is_no_file_is_never_opened),
        IN_PLOT(folders_nested_too_deeply_are_left_out_and_it_is_said),
        IN_PLOT(what_may_not_be_read_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
