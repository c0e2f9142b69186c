/* Which runs a window has, and what is known of each. */
#include "past.h"
#include "spoken.h"

/* Ids as they are visited: `7.2` is attempt 2 of run 7. */
static ff_status speak_known(void *self, const ff_history_known *known)
{
    spoken_add(self, "%llu.%u", (unsigned long long)known->run.id, known->run.attempt);
    return FF_OK;
}

/* `(1)` behind it: attempt 1 failed before. */
static ff_status speak_run(void *self, const ff_history_known *known, uint32_t first_failed)
{
    char failed[16] = "";
    if (first_failed)
        (void)snprintf(failed, sizeof failed, "(%u)", first_failed);
    spoken_add(self, "%llu.%u%s", (unsigned long long)known->run.id, known->run.attempt, failed);
    return FF_OK;
}

static const past_run NIGHT[] = {
    {.id = 1, .created_at = AT(0, 0), .conclusion = "success"},
    {.id = 2, .created_at = AT(0, 1)},
    {.id = 3, .created_at = AT(0, 2), .conclusion = "timed_out", .branch = "feature", .event = "pull_request"},
    {.id = 4, .created_at = AT(0, 3), .conclusion = "cancelled"},
    {.id = 5, .created_at = AT(0, 4), .conclusion = "startup_failure", .workflow = "Nightly"},
    {.id = 6, .created_at = AT(0, 5)},
    {.id = 6, .created_at = AT(0, 5), .attempt = 2, .conclusion = "success"},
    {.id = 7, .created_at = AT(0, 6)},
    {.id = 7, .created_at = AT(0, 6), .attempt = 3},
    {.id = 8, .created_at = AT(0, 7), .conclusion = ""},
    {.id = 9, .created_at = AT(0, 8), .repository = "acme/web"},
    {.id = 10, .created_at = AT(1, 0)},
    {.id = 11, .created_at = AT(1, 0), .conclusion = "skipped"},
};

static void a_window_has_the_runs_it_asks_for(void **state)
{
    static const ff_history_run app[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/app")}},
                                web[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("ACME/Web")}},
                                none[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/other")}};
    static const struct {
        ff_history_window window;
        const char *failed, *all;
    } rows[] = {
        {{.since = FF_NO_TIME, .until = FF_NO_TIME},
         "10.1 9.1 7.3 5.1 3.1 2.1",
         "1.1 2.1 3.1 4.1 5.1 6.2(1) 7.3 8.1 9.1 10.1 11.1"},
        {{.since = AT(0, 1), .until = AT(0, 4)}, "3.1 2.1", "2.1 3.1 4.1"},
        {{.since = AT(0, 1) + 1, .until = AT(0, 4) + 1}, "5.1 3.1", "3.1 4.1 5.1"},
        {{.since = AT(0, 1), .until = AT(0, 4), .cancelled = true}, "4.1 3.1 2.1", "2.1 3.1 4.1"},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .branch = FF_TEXT("feature")}, "3.1", "3.1"},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .event = FF_TEXT("pull_request")}, "3.1", "3.1"},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .workflow = FF_TEXT("Nightly")}, "5.1", "5.1"},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .workflow = FF_TEXT("1007")}, "5.1", "5.1"},
        {{.since = AT(1, 0), .until = FF_NO_TIME, .workflow = FF_TEXT("ci.yml")}, "10.1", "10.1 11.1"},
        {{.since = AT(1, 0), .until = FF_NO_TIME, .workflow = FF_TEXT(".github/workflows/ci.yml")},
         "10.1",
         "10.1 11.1"},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .workflow = FF_TEXT("i.yml")}, "", ""},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .workflow = FF_TEXT("%")}, "", ""},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .repositories = web, .repository_count = 1}, "9.1", "9.1"},
        {{.since = AT(0, 6), .until = FF_NO_TIME, .repositories = app, .repository_count = 1},
         "10.1 7.3",
         "7.3 8.1 10.1 11.1"},
        {{.since = FF_NO_TIME, .until = FF_NO_TIME, .repositories = none, .repository_count = 1}, "", ""},
        {{.since = AT(2, 0), .until = FF_NO_TIME}, "", ""},
    };
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, NIGHT, COUNT(NIGHT));
    for (size_t i = 0; i < COUNT(rows); i++) {
        spoken failed = {0}, all = {0};
        assert_int_equal(ff_history_failed(history, &rows[i].window, speak_known, &failed, NULL), FF_OK);
        assert_string_equal(failed.text, rows[i].failed);
        assert_int_equal(ff_history_runs(history, &rows[i].window, speak_run, &all, NULL), FF_OK);
        assert_string_equal(all.text, rows[i].all);
    }
    ff_history_close(history);
}

static void a_run_that_passed_afterwards_is_one_of_the_same_workflow_and_branch(void **state)
{
    static const past_run later[] = {
        {.id = 1, .created_at = AT(0, 1), .conclusion = "success"}, /* at the same moment, not after it */
        {.id = 2, .created_at = AT(0, 2), .conclusion = "success", .branch = "feature"},
        {.id = 3, .created_at = AT(0, 3), .conclusion = "success", .workflow = "Nightly"},
        {.id = 4, .created_at = AT(0, 4), .conclusion = "success", .repository = "acme/web"},
        {.id = 5, .created_at = AT(0, 5), .conclusion = "success", .event = "pull_request_target"},
        {.id = 6, .created_at = AT(0, 6)},
        {.id = 7, .created_at = AT(0, 7), .conclusion = "success"}, /* and failed when it was run again */
        {.id = 7, .created_at = AT(0, 7), .attempt = 2},
        {.id = 8, .created_at = AT(0, 8)},
        {.id = 8, .created_at = AT(0, 8), .attempt = 2, .conclusion = "success", .event = "schedule"},
        {.id = 9, .created_at = AT(0, 9), .conclusion = "success"},
    };
    static const past_run runs[] = {
        {.id = 90, .created_at = AT(0, 1)},
        {.id = 90, .created_at = AT(0, 1), .event = "pull_request"},
        {.id = 90, .created_at = AT(0, 8)},
        {.id = 90, .created_at = AT(0, 9)},
        {.id = 90, .created_at = AT(0, 1), .branch = "feature"},
        {.id = 90, .created_at = AT(0, 1), .branch = "other"},
        {.id = 90, .created_at = AT(0, 1), .workflow = "Other", .branch = "feature"},
    };
    static const char *const expected[] = {"8.2(1)", "5.1", "9.1", "", "2.1", "", ""};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, later, COUNT(later));
    for (size_t i = 0; i < COUNT(runs); i++) {
        spoken said = {0};
        const ff_history_run run = past_facts(&runs[i]);
        assert_int_equal(ff_history_passed_after(history, &run, speak_run, &said, NULL),
                         expected[i][0] ? FF_OK : FF_NOT_FOUND);
        assert_string_equal(said.text, expected[i]);
    }
    ff_history_close(history);
}

static ff_status speak_and_end(void *self, const ff_history_known *known, uint32_t first_failed)
{
    (void)speak_run(self, known, first_failed);
    return FF_END;
}

static void who_has_seen_enough_ends_a_visit_in_peace(void **state)
{
    spoken failed = {0}, passed = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, NIGHT, COUNT(NIGHT));
    const ff_history_run first = past_facts(&NIGHT[1]);
    assert_int_equal(ff_history_runs(history, NULL, speak_and_end, &failed, NULL), FF_OK);
    assert_string_equal(failed.text, "1.1");
    assert_int_equal(ff_history_passed_after(history, &first, speak_and_end, &passed, NULL), FF_OK);
    assert_string_equal(passed.text, "6.2(1)");
    ff_history_close(history);
}

/* Where GitHub gave no number, the name tells workflows apart. */
static void workflows_without_a_number_are_told_apart_by_name(void **state)
{
    static const past_run rows[] = {{.id = 1, .created_at = AT(0, 1), .conclusion = "success"},
                                    {.id = 2, .created_at = AT(0, 2), .conclusion = "success", .workflow = "Nightly"}};
    spoken said = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_history_run run = past_facts(&rows[i]);
        run.workflow_id = 0;
        assert_int_equal(ff_history_list(history, &run, 1, NULL), FF_OK);
    }
    ff_history_run run = past_facts(&rows[1]);
    run.workflow_id = 0;
    run.created_at = AT(0, 0);
    assert_int_equal(ff_history_passed_after(history, &run, speak_run, &said, NULL), FF_OK);
    assert_string_equal(said.text, "2.1");
    ff_history_close(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_window_has_the_runs_it_asks_for, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(a_run_that_passed_afterwards_is_one_of_the_same_workflow_and_branch, past_enter,
                                        past_leave),
        cmocka_unit_test_setup_teardown(who_has_seen_enough_ends_a_visit_in_peace, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(workflows_without_a_number_are_told_apart_by_name, past_enter, past_leave),
    };
    return cmocka_run_group_tests_name("runs", tests, NULL, NULL);
}
