/* What run is meant: every way in which one is written, and texts that name none. */
#include "fetch/target.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define RUN "https://github.com/octo-org/octo-repo/actions/runs/10000001001"

typedef struct named {
    const char *text, *repository;
    const char *host, *owner, *name;
    uint64_t run;
    uint32_t attempt;
    uint64_t job;
} named;

static const named NAMED[] = {
    {RUN, "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {RUN "/", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {" " RUN "\n", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {RUN "?check_suite_focus=true", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {RUN "#summary-1", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {RUN "/attempts/2", "", "github.com", "octo-org", "octo-repo", 10000001001, 2, 0},
    {RUN "/attempts/2?pr=7", "", "github.com", "octo-org", "octo-repo", 10000001001, 2, 0},
    {RUN "/job/41015000001", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 41015000001},
    {RUN "/jobs/41015000001", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 41015000001},
    {RUN "/job/41015000001#step:4:27", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 41015000001},
    {RUN "/job/41015000001?pr=7#step:4:27", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 41015000001},
    {RUN "/attempts/2/job/3", "", "github.com", "octo-org", "octo-repo", 10000001001, 2, 3},
    {RUN "/workflow", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {RUN "/artifacts/99", "", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {RUN, "other/repo", "github.com", "octo-org", "octo-repo", 10000001001, 0, 0},
    {"HTTPS://GitHub.com/o/r/actions/runs/1", "", "GitHub.com", "o", "r", 1, 0, 0},
    {"http://ghes.example:8443/o/r.js/actions/runs/1", "", "ghes.example:8443", "o", "r.js", 1, 0, 0},
    {"https://octo.ghe.com/o_x/-r/actions/runs/1", "", "octo.ghe.com", "o_x", "-r", 1, 0, 0},
    {"https://[::1]:8080/o/r/actions/runs/1", "", "[::1]:8080", "o", "r", 1, 0, 0},
    {"https://api.github.com/repos/o/r/actions/runs/1", "", "github.com", "o", "r", 1, 0, 0},
    {"https://api.github.com/repos/o/r/actions/runs/1/attempts/3/jobs", "", "github.com", "o", "r", 1, 3, 0},
    {"https://api.github.com/repos/o/r/actions/runs/1/jobs?page=2", "", "github.com", "o", "r", 1, 0, 0},
    {"https://api.github.com/repos/o/r/actions/runs/1/logs", "", "github.com", "o", "r", 1, 0, 0},
    {"https://api.github.com/repos/o/r/actions/jobs/5", "", "github.com", "o", "r", 0, 0, 5},
    {"https://api.octo.ghe.com/repos/o/r/actions/runs/1", "", "octo.ghe.com", "o", "r", 1, 0, 0},
    {"https://ghes.example/api/v3/repos/o/r/actions/runs/1", "", "ghes.example", "o", "r", 1, 0, 0},
    {"https://github.com/o/r/runs/5?check_suite_focus=true", "", "github.com", "o", "r", 0, 0, 5},
    {"10000001001", "", "", "", "", 10000001001, 0, 0},
    {"10000001001", "o/r", "", "o", "r", 10000001001, 0, 0},
    {"10000001001", "ghes.example/o/r", "ghes.example", "o", "r", 10000001001, 0, 0},
    {"\t1 ", " o/r ", "", "o", "r", 1, 0, 0},
    {"1", "not a repository", "", "", "", 1, 0, 0},
    {"18446744073709551615", "", "", "", "", UINT64_MAX, 0, 0},
};

static void every_spelling_of_a_run_is_understood(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(NAMED); i++) {
        const named *row = &NAMED[i];
        ff_target got;
        if (!ff_target_read(&got, ff_slice_of(row->text), ff_slice_of(row->repository)))
            fail_msg("'%s' was not understood", row->text);
        if (!ff_slice_eq(got.host, ff_slice_of(row->host)) || !ff_slice_eq(got.owner, ff_slice_of(row->owner)) ||
            !ff_slice_eq(got.name, ff_slice_of(row->name)) || got.run != row->run || got.attempt != row->attempt ||
            got.job != row->job)
            fail_msg("'%s' gave %.*s %.*s/%.*s run %llu attempt %u job %llu", row->text, FF_ARG(got.host),
                     FF_ARG(got.owner), FF_ARG(got.name), (unsigned long long)got.run, got.attempt,
                     (unsigned long long)got.job);
    }
}

static void what_names_no_run_is_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "0",
        "-1",
        "+1",
        "1.5",
        "0x10",
        "1 2",
        "run.zip",
        "18446744073709551616",
        "10000001001/attempts/2",
        "github.com/o/r/actions/runs/1",
        "ftp://github.com/o/r/actions/runs/1",
        "https://github.com",
        "https://github.com/",
        "https://github.com/o/r",
        "https://github.com/o/r/actions",
        "https://github.com/o/r/actions/runs",
        "https://github.com/o/r/actions/runs/",
        "https://github.com/o/r/actions/runs/0",
        "https://github.com/o/r/actions/runs/x",
        "https://github.com/o/r/actions/runs/1x",
        "https://github.com/o/r/actions/workflows/ci.yml",
        "https://github.com/o/r/pull/1/checks",
        "https://github.com/o//r/actions/runs/1",
        "https://github.com//r/actions/runs/1",
        "https://github.com/o/../actions/runs/1",
        "https://github.com/o/r%2f/actions/runs/1",
        "https://github.com/o/r/actions/runs/1/attempts/0",
        "https://github.com/o/r/actions/runs/1/attempts/x",
        "https://github.com/o/r/actions/runs/1/attempts/4294967296",
        "https://github.com/o/r/actions/runs/1/job/",
        "https://github.com/o/r/actions/runs/1/job/x",
        "https://user:word@github.com/o/r/actions/runs/1",
        "https://github.com@evil.example/o/r/actions/runs/1",
        "https://git hub.com/o/r/actions/runs/1",
        "https:///o/r/actions/runs/1",
        "https://github.com?/o/r/actions/runs/1",
        "https://-x/o/r/actions/runs/1",
        "https://api.github.com/repositories/1/actions/runs/1",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_target got = {.run = 7};
        if (ff_target_read(&got, ff_slice_of(rows[i]), FF_LIT("o/r")) || got.run != 7)
            fail_msg("'%s' was taken for a run", rows[i]);
    }
    ff_target got;
    assert_false(ff_target_read(&got, FF_LIT("1\0"), FF_LIT("o/r")));
}

static void a_repository_has_an_owner_and_a_name(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } rows[] = {
        {"o/r", true},        {"Octo-Org/octo.repo_1", true},
        {"o/.github", true},  {"github.com/o/r", true},
        {"h:8080/o/r", true}, {"", false},
        {"o", false},         {"o/", false},
        {"/r", false},        {"o/r/", false},
        {"o//r", false},      {"h/o/r/x", false},
        {"-o/r", false},      {"o/r r", false},
        {"o/.", false},       {"o/..", false},
        {"o/r?x", false},     {"h_/o/r", false},
        {"o.x/r", false},     {"https://github.com/o/r", false},
        {"o/r\n", false},     {"\xC3\xBC/r", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_target_is_repository(ff_slice_of(rows[i].text)) != rows[i].good)
            fail_msg("'%s'", rows[i].text);
    char longest[102];
    memset(longest, 'a', sizeof longest);
    longest[1] = '/';
    assert_true(ff_target_is_repository((ff_slice){longest, sizeof longest}));
    longest[1] = 'a';
    longest[0] = '/';
    assert_false(ff_target_is_repository((ff_slice){longest, sizeof longest}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_spelling_of_a_run_is_understood),
        cmocka_unit_test(what_names_no_run_is_refused),
        cmocka_unit_test(a_repository_has_an_owner_and_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
