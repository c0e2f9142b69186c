/* Diffs are what git writes, git takes them, and the applier takes nothing else. */
#include "tree/diff.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

#define LINES "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n"

static const struct {
    const char *before, *after;
} PAIRS[] = {
    {"a\n", "b\n"},
    {"", "a\n"},
    {"a\n", ""},
    {"", "a"},
    {"a", ""},
    {"a", "a\n"},
    {"a\n", "a"},
    {"a", "b"},
    {"a\nb\nc", "a\nB\nc"},
    {LINES, "1\n2\nx\n3\n4\n5\n6\n7\n8\n9\n10\n12\n"},
    {LINES, "0\n" LINES},
    {LINES, LINES "13\n"},
    {LINES LINES LINES, "x\n" LINES LINES LINES "y"},
    {"a\r\nb\r\nc\r\n", "a\r\nc\r\n"},
    {"a\r\nb\n", "a\nb\n"},
    {"a\rb", "a\rc"},
    {"\xFF\xFE\n", "\xFF\n"},
    {"\xC3\xBC\n", "\xC3\xA4\n"},
    {"\n\n\n", "\n\n"},
    {"--- a\n+++ b\n@@ -1 +1 @@\n", "--- a\n+++ c\n@@ -1 +1 @@\n"},
    {"\\ No newline at end of file", "\\ No newline at end of file\n"},
    {"diff --git a/x b/x\n", "-diff\n"},
};

static const char *const PATHS[] = {
    "x",           ".github/workflows/ci.yml",
    "a b/c d.yml", "q\"uote",
    "back\\slash", "\xC3\xBC.yml",
    "tab\there",   "a b/\xC3\xBC",
    "new\nline",
};

static ff_slice make(const char *path, ff_slice before, ff_slice after, ff_arena *arena)
{
    ff_slice diff;
    assert_int_equal(ff_diff_make(ff_slice_of(path), before, after, arena, &diff), FF_OK);
    return diff;
}

static void what_is_made_applies_and_gives_the_new_text(void **state)
{
    ff_arena arena = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(PAIRS); i++) {
        ff_slice before = ff_slice_of(PAIRS[i].before), after = ff_slice_of(PAIRS[i].after), got;
        ff_slice diff = make("x", before, after, &arena);
        assert_true(ff_slice_starts(diff, FF_LIT("diff --git a/x b/x\nindex ")));
        assert_true(ff_slice_ends(diff, FF_LIT("\n")));
        assert_int_equal(ff_diff_apply(before, diff, &arena, &got), FF_OK);
        assert_true(ff_slice_eq(got, after));
    }
    assert_int_equal(make("x", FF_LIT("a\n"), FF_LIT("a\n"), &arena).len, 0);
    ff_arena_release(&arena);
}

static void a_diff_is_byte_for_byte_that_of_git(void **state)
{
    static const struct {
        const char *path, *diff;
    } rows[] = {
        {"x", "diff --git a/x b/x\nindex 7898192..6178079 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"},
        {"a b",
         "diff --git a/a b b/a b\nindex 7898192..6178079 100644\n--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n-a\n+b\n"},
        {"\xC3\xBC\" ", "diff --git \"a/\\303\\274\\\" \" \"b/\\303\\274\\\" \"\nindex 7898192..6178079 100644\n"
                        "--- \"a/\\303\\274\\\" \"\n+++ \"b/\\303\\274\\\" \"\n@@ -1 +1 @@\n-a\n+b\n"},
    };
    ff_arena arena = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(make(rows[i].path, FF_LIT("a\n"), FF_LIT("b\n"), &arena).ptr, rows[i].diff);
    ff_arena_release(&arena);
}

static void text_with_nul_bytes_has_no_diff(void **state)
{
    ff_arena arena = {0};
    ff_slice diff;
    (void)state;
    assert_int_equal(ff_diff_make(FF_LIT("x"), FF_LIT("a\0b"), FF_LIT("a"), &arena, &diff), FF_UNSUPPORTED);
    assert_int_equal(ff_diff_make(FF_LIT("x"), FF_LIT("a"), FF_LIT("\0"), &arena, &diff), FF_UNSUPPORTED);
    assert_int_equal(diff.len, 0);
    ff_arena_release(&arena);
}

static void the_applier_takes_nothing_that_does_not_fit(void **state)
{
    static const struct {
        const char *before, *diff;
    } rows[] = {
        {"a\n", ""},
        {"a\n", "\n"},
        {"a\n", "@@"},
        {"a\n", "diff --git a/x b/x\n"},
        {"a\n", "@@ -1 +1 @@\n"},
        {"a\n", "@@ -1 +1 @@\n-a\n"},
        {"a\n", "@@ -1 +1 @@\n-b\n+c\n"},                /* another context */
        {"a\n", "@@ -1 +1 @@\n-a\n+c"},                  /* cut off */
        {"a\n", "@@ -2 +2 @@\n-a\n+c\n"},                /* another place */
        {"z\na\n", "@@ -1 +1 @@\n-a\n+c\n"},             /* another place */
        {"z\na\n", "@@ -2 +1 @@\n-a\n+c\n"},             /* on one side only */
        {"a\n", "@@ -0 +0 @@\n-a\n+c\n"},                /* no line */
        {"a\n", "@@ -0,0 +0,0 @@\n"},                    /* nothing */
        {"a\n", "@@ -1,2 +1,2 @@\n-a\n+c\n"},            /* too few lines */
        {"a\n", "@@ -1 +1 @@\n-a\n+c\n+d\n"},            /* too many lines */
        {"a\n", "@@ -1 +1 @@\n-a\n+c\nmore\n"},          /* text behind it */
        {"a\n", "@@ -1 +1 @@\n*a\n+c\n"},                /* another mark */
        {"a\n", "@@ -1 +1 @@\n\n+c\n"},                  /* no mark */
        {"a", "@@ -1 +1 @@\n-a\n+c\n"},                  /* a newline that is not there */
        {"a\n", "@@ -1 +1 @@\n-a\n\\ No newline\n+c\n"}, /* one that is */
        {"a\nb\n", "@@ -1 +1 @@\n-a\n+c\n\\ No newline\n"},
        {"a\nb\n", "@@ -2 +2 @@\n-b\n+c\n@@ -1 +1 @@\n-a\n+d\n"}, /* backwards */
        {"a\n", "@@ -1 +1\n-a\n+c\n"},
        {"a\n", "@@ -99999999999999999999 +1 @@\n-a\n+c\n"},
        {"a\n", "@@ -1,18446744073709551615 +1 @@\n-a\n+c\n"},
        {"a\n", "@@ -18446744073709551615,0 +1 @@\n+c\n"},
        {"a\n", "diff --git a/x b/x\nnew file mode 100644\n@@ -1 +1 @@\n-a\n+c\n"},
        {"a\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+c\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+c\n"}, /* a second file */
    };
    ff_arena arena = {0};
    ff_slice got;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_diff_apply(ff_slice_of(rows[i].before), ff_slice_of(rows[i].diff), &arena, &got) != FF_INVALID)
            fail_msg("applies: %s", rows[i].diff);
    assert_int_equal(ff_diff_apply(FF_LIT("a\n"), FF_LIT("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+c\n"), &arena, &got),
                     FF_OK);
    assert_true(ff_slice_eq(got, FF_LIT("c\n")));
    ff_arena_release(&arena);
}

/* A file of the largest size of short lines, every other one changed: neither step may grow with its square. */
static void a_large_file_takes_little_time(void **state)
{
    ff_arena arena = {0};
    ff_buf before, after;
    ff_slice got;
    (void)state;
    ff_buf_init(&before, FF_LIMIT_TREE_FILE_BYTES);
    ff_buf_init(&after, FF_LIMIT_TREE_FILE_BYTES);
    for (unsigned i = 0; i < 200000; i++) {
        ff_buf_printf(&before, "%u\n", i % 7);
        ff_buf_printf(&after, "%u\n", i % 2 ? i % 5 : i % 7);
    }
    clock_t start = clock();
    ff_slice diff = make("x", ff_buf_slice(&before), ff_buf_slice(&after), &arena);
    assert_int_equal(ff_diff_apply(ff_buf_slice(&before), diff, &arena, &got), FF_OK);
    assert_true(ff_slice_eq(got, ff_buf_slice(&after)));
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    ff_buf_release(&before);
    ff_buf_release(&after);
    ff_arena_release(&arena);
}

/* ---- the program git ---- */

static void write_file(const char *path, ff_slice text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

/* The folders above a file. */
static void make_folders(char *path)
{
    for (char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        assert_true(mkdir(path, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
}

static int run_git(const char *const *words)
{
    static const char *const environment[] = {"GIT_CONFIG_NOSYSTEM=1", "HOME=/nonexistent", NULL};
    pid_t child;
    int status = -1;
    if (posix_spawnp(&child, "git", NULL, NULL, (char *const *)(uintptr_t)words,
                     (char *const *)(uintptr_t)environment) != 0)
        return -1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return status;
}

static void check_with_git(const char *path, ff_slice before, ff_slice after)
{
    static const char *const words[] = {"git", "apply", "--check", "patch.diff", NULL};
    char name[64];
    ff_arena arena = {0};
    (void)snprintf(name, sizeof name, "%s", path);
    make_folders(name);
    write_file(name, before);
    write_file("patch.diff", make(path, before, after, &arena));
    if (run_git(words) != 0)
        fail_msg("git does not apply to '%s': %s", path, make(path, before, after, &arena).ptr);
    assert_int_equal(remove(name), 0);
    ff_arena_release(&arena);
}

static void git_takes_every_diff(void **state)
{
    static const char *const nothing[] = {"git", "apply", "--allow-empty", "/dev/null", NULL};
    char folder[] = "/tmp/ff-diff-XXXXXX";
    (void)state;
    if (run_git(nothing) != 0) {
        print_message("git is not installed: its opinion is not asked\n");
        skip();
    }
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    for (size_t i = 0; i < COUNT(PAIRS); i++)
        if (*PAIRS[i].before && *PAIRS[i].after) /* an empty side would be a file that comes or goes */
            check_with_git("x", ff_slice_of(PAIRS[i].before), ff_slice_of(PAIRS[i].after));
    for (size_t i = 0; i < COUNT(PATHS); i++)
        check_with_git(PATHS[i], FF_LIT("a\n"), FF_LIT("b\n"));
    for (size_t i = 0; i < COUNT(PATHS); i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s", PATHS[i]);
        for (char *slash = strrchr(name, '/'); slash; slash = strrchr(name, '/')) {
            *slash = '\0';
            (void)rmdir(name);
        }
    }
    assert_int_equal(remove("patch.diff"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void the_extent_is_that_of_the_old_lines(void **state)
{
    static const struct {
        const char *before, *after;
        uint32_t first, last;
    } rows[] = {
        {LINES, LINES, 0, 0},
        {LINES, "1\n2\nx\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", 3, 3},
        {LINES, "1\n2\nx\ny\nz\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", 3, 3},
        {LINES, "1\n2\nx\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", 3, 3},
        {LINES, "1\n2\n5\n6\n7\n8\n9\n10\n11\n12\n", 3, 4},
        {LINES, "x\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\nx\n", 1, 12},
        {LINES, LINES "13\n", 13, 13},
        {LINES, "x\n" LINES, 1, 1},
        {"", "x\n", 1, 1},
        {"a\nb", "a\nc\n", 2, 2},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        uint32_t first, last;
        ff_diff_extent(make("x", ff_slice_of(rows[i].before), ff_slice_of(rows[i].after), &arena), &first, &last);
        if (first != rows[i].first || last != rows[i].last)
            fail_msg("row %zu: %u to %u, not %u to %u", i, first, last, rows[i].first, rows[i].last);
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_applies_and_gives_the_new_text),
        cmocka_unit_test(a_diff_is_byte_for_byte_that_of_git),
        cmocka_unit_test(the_extent_is_that_of_the_old_lines),
        cmocka_unit_test(text_with_nul_bytes_has_no_diff),
        cmocka_unit_test(the_applier_takes_nothing_that_does_not_fit),
        cmocka_unit_test(a_large_file_takes_little_time),
        cmocka_unit_test(git_takes_every_diff),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
