/* What a tree says of itself and of its files. Behind unit/tree/plot.h, which brings cmocka. */
#ifndef FF_TESTS_READ_BACK_H
#define FF_TESTS_READ_BACK_H

#include "base/buf.h"
#include "tree/tree.h"

/* `path`, with `@` for a link and `?` for others, `end` behind each. */
static void expect_entries(const ff_tree *tree, const char *end, const char *expected)
{
    static const char *const marks[] = {[FF_TREE_FILE] = "", [FF_TREE_LINK] = "@", [FF_TREE_OTHER] = "?"};
    ff_buf got;
    ff_buf_init(&got, 65536);
    for (size_t i = 0; i < tree->entries.count; i++)
        ff_buf_printf(&got, "%.*s%s%s", FF_ARG(tree->entries.items[i].path), marks[tree->entries.items[i].kind], end);
    assert_string_equal(got.ptr ? got.ptr : "", expected);
    ff_buf_release(&got);
}

/* Reads a file: `text` is what it holds, or why it cannot be read. */
static void expect_read(ff_tree *tree, const char *path, ff_status status, const char *text)
{
    ff_slice bytes;
    ff_error reason = {0};
    ff_status got = ff_tree_read(tree, ff_slice_of(path), &bytes, &reason);
    if (got != status)
        fail_msg("%s: %d %s", path, got, reason.text);
    if (status == FF_OK)
        assert_true(ff_slice_eq(bytes, ff_slice_of(text)));
    else
        assert_string_equal(reason.text, text);
}

#endif
