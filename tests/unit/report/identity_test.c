/* What identifies a run, and the last one that passed. */
#include "report/identity.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define OLD "aaaaa4d000000000000000000000000000000000"
#define NEW "aaaaa26000000000000000000000000000000000"

static ff_run a_run(void)
{
    return (ff_run){.host = FF_LIT("github.com"),
                    .repository = FF_LIT("o/r"),
                    .head_sha = FF_LIT(NEW),
                    .known = true,
                    .last_green = {.id = 4700, .head_sha = FF_LIT(OLD), .at = (int64_t)1764566000 * 1000000000}};
}

static void only_what_is_known_is_said(void **state)
{
    static const struct {
        const char *workflow, *event, *branch;
        uint32_t attempt, latest;
        const char *expected;
    } rows[] = {
        {"CI", "push", "main", 1, 1, "CI · push on main · aaaaa26 · attempt 1 of 1"},
        {"", "pull_request", "fix", 2, 3, "pull_request from fix · aaaaa26 · attempt 2 of 3"},
        {"", "pull_request_target", "fix", 0, 0, "pull_request_target from fix · aaaaa26"},
        {"", "schedule", "", 0, 0, "schedule · aaaaa26"},
        {"", "", "main", 1, 0, "main · aaaaa26 · attempt 1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_run run = a_run();
        run.workflow = ff_slice_of(rows[i].workflow);
        run.event = ff_slice_of(rows[i].event);
        run.head_branch = ff_slice_of(rows[i].branch);
        run.attempt = rows[i].attempt;
        run.latest_attempt = rows[i].latest;
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        assert_true(ff_identity_say(&voice, &run));
        assert_string_equal(out.ptr, rows[i].expected);
        run.known = false;
        assert_false(ff_identity_say(&voice, &run));
        ff_buf_release(&out);
    }
}

static void the_last_green_run_is_compared_by_checked_parts_only(void **state)
{
    static const struct {
        const char *repository, *sha;
        const char *expected;
    } rows[] = {
        {"o/r", OLD,
         "4700 of 2025-12-01 05:13 UTC, commit aaaaa4d; what changed since: "
         "https://github.com/o/r/compare/aaaaa4d00000...aaaaa2600000"},
        {"o/r", NEW, "of the same commit aaaaa26: 4700 of 2025-12-01 05:13 UTC; the code is not what changed"},
        {"o/r", "aaaaa4d", "4700 of 2025-12-01 05:13 UTC, commit aaaaa4d"},
        {"o/r", "", "4700 of 2025-12-01 05:13 UTC"},
        {"o/r?x", OLD, "4700 of 2025-12-01 05:13 UTC, commit aaaaa4d"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_run run = a_run();
        run.repository = ff_slice_of(rows[i].repository);
        run.last_green.head_sha = ff_slice_of(rows[i].sha);
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_identity_say_green(&voice, &run);
        assert_string_equal(out.ptr, rows[i].expected);
        ff_buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_known_is_said),
        cmocka_unit_test(the_last_green_run_is_compared_by_checked_parts_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
