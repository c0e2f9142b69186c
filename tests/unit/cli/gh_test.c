/* Asking gh: a program that answers, one that does not, and what it gets to see of us. The programs are scripts on a
 * PATH of the test's own. */
#include "cli/gh.c" /* NOLINT(bugprone-suspicious-include): no library has the files of the program */

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <sys/stat.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static char folder[64], script[96], record[96];

static int enter_folder(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof folder, "/tmp/firstfault-gh-test-XXXXXX");
    if (!mkdtemp(folder) || setenv("PATH", folder, 1) != 0)
        return -1;
    (void)snprintf(script, sizeof script, "%s/gh", folder);
    (void)snprintf(record, sizeof record, "%s/record", folder);
    return 0;
}

static int leave_folder(void **state)
{
    (void)state;
    (void)remove(script);
    (void)remove(record);
    return rmdir(folder);
}

/* A gh that runs these lines of shell; `$0` tells where it is. */
static void write_gh(const char *lines)
{
    FILE *file = fopen(script, "w");
    assert_non_null(file);
    assert_true(fprintf(file, "#!/bin/sh\n%s\n", lines) > 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(script, 0700), 0);
}

static ff_status ask_for(const char *host, char *token, size_t size)
{
    memset(token, 'x', size);
    return ff_gh_token(NULL, host, token, size);
}

static void a_token_is_one_line_of_a_gh_that_succeeds(void **state)
{
    static const struct {
        const char *lines, *token;
    } rows[] = {
        {"echo abc", "abc"},
        {"printf abc", "abc"},
        {"printf ' abc\\r\\n'", "abc"},
        {"echo warning >&2; echo abc", "abc"},
        {"read x; echo \"abc$x\"", "abc"},
        {"echo abc; exit 1", NULL},
        {"echo abc; echo def", NULL},
        {"exit 0", NULL},
        {"echo", NULL},
        {"kill -9 $$", NULL},
        {"printf 0123456789012345", NULL},
        {"printf 012345678901234", "012345678901234"},
        {"while :; do echo 0123456789; done", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char token[16];
        write_gh(rows[i].lines);
        ff_status status = ask_for("github.com", token, sizeof token);
        if (status != (rows[i].token ? FF_OK : FF_NOT_FOUND) || strcmp(token, rows[i].token ? rows[i].token : "") != 0)
            fail_msg("%s: %d '%s'", rows[i].lines, status, token);
        for (size_t at = strlen(token); at < sizeof token; at++)
            assert_int_equal(token[at], 0);
    }
}

static void gh_gets_the_host_and_no_token(void **state)
{
    char token[64], seen[4096] = "";
    (void)state;
    assert_int_equal(setenv("GH_TOKEN", "secret-1", 1) | setenv("GITHUB_TOKEN", "secret-2", 1), 0);
    assert_int_equal(setenv("GH_ENTERPRISE_TOKEN", "secret-3", 1) | setenv("GITHUB_ENTERPRISE_TOKEN", "secret-4", 1),
                     0);
    assert_int_equal(setenv("GH_TOKENS", "kept", 1), 0);
    write_gh("{ echo \"$#:$*\"; set; } >\"${0%/gh}/record\"; echo abc");
    assert_int_equal(ask_for("ghes.example:8443", token, sizeof token), FF_OK);
    FILE *file = fopen(record, "r");
    assert_non_null(file);
    assert_true(fread(seen, 1, sizeof seen - 1, file) > 0);
    assert_int_equal(fclose(file), 0);
    assert_true(ff_slice_starts(ff_slice_of(seen), FF_LIT("4:auth token --hostname ghes.example:8443\n")));
    assert_null(strstr(seen, "secret-"));
    assert_non_null(strstr(seen, "GH_TOKENS='kept'"));
}

static void what_is_no_host_is_not_asked_for(void **state)
{
    static const char *const rows[] = {"", "-h", "--help", "a b", "a;b", "a/b", "a\n", "$(id)"};
    (void)state;
    write_gh("echo >\"${0%/gh}/record\"; echo abc");
    for (size_t i = 0; i < COUNT(rows); i++) {
        char token[64];
        assert_int_equal(ask_for(rows[i], token, sizeof token), FF_NOT_FOUND);
        assert_string_equal(token, "");
        assert_int_not_equal(access(record, F_OK), 0);
    }
}

static void without_gh_there_is_no_token(void **state)
{
    char token[64];
    (void)state;
    assert_int_equal(ask_for("github.com", token, sizeof token), FF_NOT_FOUND);
    write_gh("echo abc");
    assert_int_equal(chmod(script, 0600), 0);
    assert_int_equal(ask_for("github.com", token, sizeof token), FF_NOT_FOUND);
}

/* Five seconds each: one that says nothing, and one that says all but does not end. */
static void a_gh_that_hangs_is_ended(void **state)
{
    static const char *const rows[] = {"exec /bin/sleep 60", "echo abc; exec /bin/sleep 60 >/dev/null"};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char token[64];
        write_gh(rows[i]);
        int64_t start = now_milliseconds();
        assert_int_equal(ask_for("github.com", token, sizeof token), FF_NOT_FOUND);
        assert_true(now_milliseconds() - start < 4 * TIMEOUT_MILLISECONDS);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_token_is_one_line_of_a_gh_that_succeeds, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(gh_gets_the_host_and_no_token, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(what_is_no_host_is_not_asked_for, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(without_gh_there_is_no_token, enter_folder, leave_folder),
        cmocka_unit_test_setup_teardown(a_gh_that_hangs_is_ended, enter_folder, leave_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
