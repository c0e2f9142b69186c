/* What a digest says of each group, run and workflow beyond the states: the model, member by member. */
#include "night.h"

static const char EMPTY[] = "";

static void assert_text(ff_slice text, const char *expected)
{
    if (!ff_slice_eq(text, ff_slice_of(expected)))
        fail_msg("\"%.*s\" instead of \"%s\"", FF_ARG(text), expected);
}

static const ff_group *group_of(const ff_digest *digest, char letter)
{
    for (size_t i = 0; i < digest->group_count; i++)
        if (digest->groups[i].fingerprint[0] == letter)
            return &digest->groups[i];
    fail_msg("no group %c", letter);
    return NULL;
}

/* ---- the best example ---- */

enum { RUNS = 4 };

static void the_best_example_is_the_strongest_then_surest_then_best_proved_then_newest(void **state)
{
    static const struct {
        const char *name;
        seen runs[RUNS];
        uint64_t best;
    } rows[] = {
        {"verdict",
         {{.id = 1, .hour = 9, .of = "a?", .confidence = 0.99, .evidence = 4},
          {.id = 2, .hour = 1, .of = "a!", .confidence = 0.1},
          {.id = 3, .hour = 8, .of = "a", .confidence = 0.99}},
         2},
        {"confidence",
         {{.id = 1, .hour = 9, .of = "a", .confidence = 0.5, .evidence = 4},
          {.id = 2, .hour = 1, .of = "a", .confidence = 0.6}},
         2},
        {"evidence",
         {{.id = 1, .hour = 9, .of = "a", .evidence = 2},
          {.id = 2, .hour = 1, .of = "a", .evidence = 3},
          {.id = 3, .hour = 5, .of = "a", .evidence = 1}},
         2},
        {"newest",
         {{.id = 1, .hour = 1, .of = "a"}, {.id = 2, .hour = 9, .of = "a"}, {.id = 3, .hour = 5, .of = "a"}},
         2},
        {"smallest id",
         {{.id = 9, .hour = 1, .of = "a"}, {.id = 3, .hour = 1, .of = "a"}, {.id = 5, .hour = 1, .of = "a"}},
         3},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        night n;
        night_begin(&n);
        for (size_t j = 0; j < RUNS && rows[i].runs[j].id; j++)
            night_see(&n, rows[i].runs[j]);
        const ff_group *group = group_of(night_build(&n, 0, 24), 'a');
        if (group->example_run.id != rows[i].best || group->runs[group->example].id != rows[i].best)
            fail_msg("%s: run %lu", rows[i].name, (unsigned long)group->example_run.id);
        night_end(&n);
    }
}

static void the_example_brings_its_texts_and_its_primary_evidence_first(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1, .hour = 1, .of = "a?", .title = "The worse one"});
    night_see(
        &n, (seen){.id = 2, .hour = 2, .of = "a", .title = "The better one", .evidence = 3, .json = "{\"id\":\"D1\"}"});
    const ff_group *group = group_of(night_build(&n, 0, 24), 'a');
    assert_text(group->title, "The better one");
    assert_text(group->rule, "demo.rule");
    assert_text(group->family, "demo");
    assert_text(group->role, "cause");
    assert_text(group->verdict, "likely");
    assert_text(group->summary, "A summary.");
    assert_text(group->job, "test");
    assert_text(group->step_name, "Run tests");
    assert_text(group->example_json, "{\"id\":\"D1\"}");
    assert_int_equal(group->evidence_count, 3);
    assert_text(group->evidence[0].kind, "log");
    assert_text(group->evidence[0].file, "test/4_Run.txt");
    assert_text(group->evidence[0].text, "first\nsecond");
    assert_int_equal(group->evidence[0].line, 7);
    assert_int_equal(group->evidence[0].job_line, 70);
    assert_text(group->evidence[1].kind, "api");
    assert_text(group->evidence[2].kind, "repo");
    night_end(&n);
}

/* ---- one group ---- */

static void a_group_counts_its_runs_of_the_window_and_of_all_time(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1, .hour = -50, .of = "a"}); /* three days before */
    night_see(&n, (seen){.id = 2, .hour = -1, .of = "a"});
    night_see(&n, (seen){.id = 3, .hour = 1, .of = "a"});
    night_see(&n, (seen){.id = 4, .hour = 2, .of = "a"});
    night_see(&n, (seen){.id = 5, .hour = 3, .of = "b"});
    night_see(&n, (seen){.id = 6, .hour = 4, .state = FF_HISTORY_EXPIRED});
    night_see(&n, (seen){.id = 7, .hour = 5});
    night_see(&n, (seen){.id = 8, .hour = 30, .of = "a"}); /* behind the window */
    const ff_digest *digest = night_build(&n, 0, 24);
    const ff_group *group = group_of(digest, 'a');
    assert_int_equal(group->count, 2);
    assert_int_equal(group->run_count, 2);
    assert_int_equal(group->runs[0].id, 4);
    assert_int_equal(group->runs[1].id, 3);
    assert_true(group->share > 0.499 && group->share < 0.501); /* of four */
    assert_int_equal(group->all_time, 5);
    assert_int_equal(group->first_seen, AT(-2, -2));
    assert_int_equal(group->last_seen, AT(0, 30));
    assert_int_equal(group->days[FF_DIGEST_DAYS - 1], 2);
    assert_int_equal(group->days[FF_DIGEST_DAYS - 2], 1);
    assert_int_equal(group->days[FF_DIGEST_DAYS - 3], 0);
    assert_int_equal(group->days[FF_DIGEST_DAYS - 4], 1);
    assert_int_equal(digest->days[FF_DIGEST_DAYS - 1].day, AT(0, 0) / DAYS);
    assert_int_equal(digest->days[FF_DIGEST_DAYS - 1].failed, 4);
    assert_int_equal(digest->days[FF_DIGEST_DAYS - 1].passed, 1);
    assert_int_equal(digest->days[0].day, AT(0, 0) / DAYS - 13);
    assert_int_equal(digest->unseen_days, FF_DIGEST_DAYS - 4); /* nobody saw a run of before */
    night_end(&n);
}

static void a_run_that_passed_in_the_end_is_in_its_group_but_no_failed_run(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1, .hour = 1, .of = "a"});
    night_see(&n, (seen){.id = 1, .hour = 1, .attempt = 3});
    night_see(&n, (seen){.id = 2, .hour = 2, .of = "a", .sha = "abc"});
    night_see(&n, (seen){.id = 3, .hour = 3, .sha = "abc"});
    night_see(&n, (seen){.id = 4, .hour = 4, .of = "b"});
    const ff_digest *digest = night_build(&n, 0, 24);
    const ff_group *group = group_of(digest, 'a');
    assert_int_equal(group->count, 2);
    assert_true(group->share > 0.499 && group->share < 0.501); /* one of the two that failed */
    assert_int_equal(group->runs[1].id, 1);
    assert_int_equal(group->runs[1].attempt, 1);
    assert_int_equal(group->runs[1].passed_attempt, 3);
    assert_text(group->runs[1].passed_url, EMPTY);
    assert_text(group->runs[1].conclusion, "failure");
    assert_text(group->runs[1].url, "https://github.com/acme/app/actions/runs/1/attempts/1");
    assert_int_equal(group->runs[0].passed_attempt, 0);
    assert_text(group->runs[0].passed_url, "https://github.com/acme/app/actions/runs/3/attempts/1");
    assert_int_equal(digest->rerun_count, 0);
    night_end(&n);
}

static void a_group_names_branches_jobs_and_its_reach(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1, .hour = 1, .of = "aa", .jobs = "test (1);test (2)", .branch = "topic"});
    night_see(&n, (seen){.id = 2, .hour = 2, .of = "a", .jobs = "test (2)"});
    night_see(&n, (seen){.id = 3, .hour = 3, .of = "a", .jobs = "lint"});
    night_see(&n, (seen){.id = 4, .hour = 4, .of = "b", .event = "pull_request_target"});
    night_see(&n, (seen){.id = 5, .hour = 4, .of = "c", .event = "pull_request"});
    night_see(&n, (seen){.id = 6, .hour = 4, .of = "c", .event = "schedule"});
    night_see(&n, (seen){.id = 7, .hour = 4, .of = "d", .event = "merge_group"});
    const ff_digest *digest = night_build(&n, 0, 24);
    const ff_group *group = group_of(digest, 'a');
    assert_int_equal(group->branch_count, 2);
    assert_text(group->branches[0], "main");
    assert_text(group->branches[1], "topic");
    assert_int_equal(group->job_count, 2);
    assert_text(group->jobs[0].name, "test");
    assert_int_equal(group->jobs[0].leg_count, 2);
    assert_int_equal(group->jobs[0].runs, 2);
    assert_text(group->jobs[1].name, "lint");
    assert_int_equal(group->reach, FF_REACH_MAIN);
    assert_int_equal(group_of(digest, 'b')->reach, FF_REACH_PULL_REQUESTS);
    assert_int_equal(group_of(digest, 'c')->reach, FF_REACH_BOTH);
    assert_int_equal(group_of(digest, 'd')->reach, FF_REACH_MAIN);
    night_end(&n);
}

static void a_fixed_group_shows_what_it_was(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1, .hour = -5, .of = "a", .title = "Gone"});
    night_scan(&n, -24, 0);
    night_see(&n, (seen){.id = 2, .hour = 5});
    night_see(&n, (seen){.id = 3, .hour = 6});
    const ff_digest *digest = night_build(&n, 0, 24);
    const ff_group *group = group_of(digest, 'a');
    assert_int_equal(group->state, FF_GROUP_FIXED);
    assert_int_equal(group->count, 0);
    assert_int_equal(group->run_count, 0);
    assert_int_equal(group->example, FF_NO_GROUP);
    assert_int_equal(group->example_run.id, 1);
    assert_int_equal(group->all_time, 1);
    assert_int_equal(group->last_seen, AT(0, -5));
    assert_int_equal(group->passing.id, 2); /* the first that passed */
    assert_text(group->passing.url, "https://github.com/acme/app/actions/runs/2/attempts/1");
    assert_text(group->title, "Gone");
    assert_int_equal(group->evidence_count, 1);
    assert_int_equal(group->branch_count, 1);
    assert_int_equal(group->job_count, 1);
    night_end(&n);
}

/* ---- the rest of the page ---- */

static void runs_in_no_group_say_why(void **state)
{
    static const struct {
        seen run;
        const char *why;
    } rows[] = {
        {{.id = 1, .conclusion = "startup_failure", .state = FF_HISTORY_ANALYSED},
         "it failed before any job was started"},
        {{.id = 2, .state = FF_HISTORY_ANALYSED}, "no diagnosis was made"},
        {{.id = 3, .state = FF_HISTORY_EXPIRED}, "its logs have expired"},
        {{.id = 4, .state = FF_HISTORY_EXPIRED, .why = "the logs were deleted"}, "the logs were deleted"},
        {{.id = 5, .state = FF_HISTORY_ERROR, .why = "the server did not answer"}, "the server did not answer"},
        {{.id = 6, .conclusion = "timed_out"}, "it was not read yet"},
    };
    (void)state;
    night n;
    night_begin(&n);
    for (size_t i = 0; i < COUNT(rows); i++)
        night_see(&n, rows[i].run);
    night_see(&n, (seen){.id = 7, .attempt = 2});
    night_see(&n, (seen){.id = 8, .conclusion = "failure"});
    night_see(&n, (seen){.id = 8, .attempt = 2});
    const ff_digest *digest = night_build(&n, 0, 24);
    assert_int_equal(digest->unexplained_count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const ff_digest_run *run = &digest->unexplained[i];
        assert_text(run->why, rows[run->id - 1].why);
        assert_int_equal(run->passed_attempt, 0);
    }
    assert_int_equal(digest->rerun_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_text(digest->reruns[i].why, digest->reruns[i].id == 7
                                               ? "it passed on attempt 2; what came before is not known"
                                               : "it passed on attempt 2; why attempt 1 failed is not known");
    night_end(&n);
}

static void counts_are_those_of_the_scan_and_of_the_listing(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    n.ask.listed = 20;
    n.ask.analysed = 3, n.ask.known = 2, n.ask.expired = 1, n.ask.errors = 4;
    const char *const conclusions[] = {"success", "success", "cancelled", "", "skipped", "neutral", "stale", "failure"};
    for (size_t i = 0; i < COUNT(conclusions); i++)
        night_see(&n, (seen){.id = i + 1, .hour = 1, .conclusion = conclusions[i]});
    const ff_digest_counts *counts = &night_build(&n, 0, 24)->counts;
    assert_int_equal(counts->listed, 20);
    assert_int_equal(counts->failed, 10);
    assert_int_equal(counts->passed, 2);
    assert_int_equal(counts->cancelled, 1);
    assert_int_equal(counts->running, 1);
    assert_int_equal(counts->other, 3);
    assert_int_equal(n.digest.notes.count, 0);
    night_end(&n);
}

/* Whichever scan found it out. */
static void what_has_expired_is_noted(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1, .hour = 1, .conclusion = "failure", .state = FF_HISTORY_EXPIRED, .why = "gone"});
    night_see(&n, (seen){.id = 2, .hour = 2, .of = "a"});
    n.ask.known = 2;
    const ff_digest *digest = night_build(&n, 0, 24);
    assert_int_equal(digest->notes.count, 1);
    assert_string_equal(digest->notes.items[0].code, "runs-expired");
    assert_false(digest->notes.partial);
    night_end(&n);
}

/* Of a repository with very many runs. */
static void runs_that_were_only_counted_count_and_no_rate_is_told_without_them(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_see(&n, (seen){.id = 1, .hour = 1, .of = "a"});
    n.ask.listed = 1, n.ask.analysed = 1, n.ask.passed = 20000;
    const ff_digest *digest = night_build(&n, 0, 24);
    assert_int_equal(digest->counts.listed, 20001);
    assert_int_equal(digest->counts.passed, 20000);
    assert_int_equal(digest->workflow_count, 0);
    night_end(&n);
}

static void workflows_are_told_apart_by_their_ids(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_also(&n, "acme/lib");
    night_see(&n, (seen){.id = 1, .hour = 1, .of = "a", .workflow = "Old"});
    night_see(&n, (seen){.id = 2, .hour = 2, .of = "a", .workflow = "New"}); /* as long, so of the same id */
    night_see(&n, (seen){.id = 3, .hour = 3, .workflow = "New"});
    night_see(&n, (seen){.id = 4, .hour = 3, .conclusion = "skipped"});
    night_see(&n, (seen){.id = 5, .hour = 3, .repository = "acme/lib"});
    const ff_digest *digest = night_build(&n, 0, 24);
    assert_int_equal(digest->workflow_count, 3);
    assert_text(digest->workflows[0].name, "New");
    assert_int_equal(digest->workflows[0].failed, 2);
    assert_int_equal(digest->workflows[0].passed, 1);
    assert_text(digest->workflows[1].repository, "acme/lib");
    assert_text(digest->workflows[2].name, "CI");
    assert_int_equal(digest->workflows[2].other, 1);
    night_end(&n);
}

static void what_the_history_is_told_stands_in_a_row_a_repository(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    night_also(&n, "acme/lib");
    night_see(&n, (seen){.id = 1, .hour = -5, .of = "d", .repository = "acme/lib"});
    night_scan(&n, -24, 0);
    night_see(&n, (seen){.id = 2, .hour = 1, .of = "a"});
    night_see(&n, (seen){.id = 3, .hour = 3, .of = "a"});
    night_see(&n, (seen){.id = 4, .hour = 2, .of = "a", .repository = "acme/lib"});
    night_see(&n, (seen){.id = 5, .hour = 4, .repository = "acme/lib"});
    const ff_digest *digest = night_build(&n, 0, 24);
    const ff_history_said *said = digest->said;
    assert_int_equal(digest->said_count, 3);
    for (size_t i = 0; i < digest->said_count; i++) {
        bool fixed = said[i].fingerprint[0] == 'd', app = ff_slice_eq(said[i].repository, FF_LIT("acme/app"));
        assert_text(said[i].host, "github.com");
        assert_text(said[i].state, fixed ? "fixed" : "new");
        assert_int_equal(said[i].count, fixed ? 0 : app ? 2 : 1);
        assert_int_equal(said[i].last_seen, fixed ? AT(0, -5) : app ? AT(0, 3) : AT(0, 2));
        assert_false(fixed && app); /* nobody told of it there */
    }
    night_end(&n);
}

static void runs_that_nobody_read_come_behind_the_others(void **state)
{
    (void)state;
    night n;
    night_begin(&n);
    n.ask.database = "some where/h.db";
    night_see(&n, (seen){.id = 1, .hour = 1, .state = FF_HISTORY_EXPIRED});
    night_see(&n, (seen){.id = 2, .hour = 2, .conclusion = "failure"});
    night_see(&n, (seen){.id = 3, .hour = 3, .state = FF_HISTORY_ERROR});
    night_see(&n, (seen){.id = 4, .hour = 4, .conclusion = "startup_failure"});
    const ff_digest *digest = night_build(&n, 0, 24);
    assert_int_equal(digest->unexplained_count, 4);
    assert_int_equal(digest->unread_count, 1);
    assert_int_equal(digest->unexplained[0].id, 4);
    assert_int_equal(digest->unexplained[3].id, 2);
    assert_true(digest->first);
    assert_text(digest->database, "some where/h.db");
    night_end(&n);
}

static void the_head_says_what_was_asked_for(void **state)
{
    (void)state;
    ff_arena arena;
    ff_notes notes;
    night n;
    ff_arena_init(&arena, 0);
    ff_notes_init(&notes, &arena);
    ff_notes_add(&notes, true, "repository-unreadable", "%s", "acme/gone was not found");
    ff_notes_add(&notes, true, "repository-unreadable", "%s", "acme/gone was not found");
    night_begin(&n);
    n.ask.notes = &notes;
    n.branch = FF_LIT("main");
    n.cancelled = true;
    n.repositories[n.repository_count++] =
        (ff_history_run){.host = FF_LIT("git.example.test"), .repository = FF_LIT("acme/app")};
    const ff_digest *digest = night_build(&n, 0, 24);
    assert_text(digest->filter, "only branch `main`, cancelled runs too");
    assert_int_equal(digest->repository_count, 2);
    assert_text(digest->repositories[0], "acme/app");
    assert_text(digest->repositories[1], "git.example.test/acme/app");
    assert_int_equal(digest->since, AT(0, 0));
    assert_int_equal(digest->until, AT(1, 0));
    assert_int_equal(digest->notes.count, 1);
    assert_int_equal(digest->notes.items[0].count, 2);
    assert_true(digest->notes.partial);
    night_end(&n);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_example_is_the_strongest_then_surest_then_best_proved_then_newest),
        cmocka_unit_test(the_example_brings_its_texts_and_its_primary_evidence_first),
        cmocka_unit_test(a_group_counts_its_runs_of_the_window_and_of_all_time),
        cmocka_unit_test(a_run_that_passed_in_the_end_is_in_its_group_but_no_failed_run),
        cmocka_unit_test(a_group_names_branches_jobs_and_its_reach),
        cmocka_unit_test(a_fixed_group_shows_what_it_was),
        cmocka_unit_test(runs_in_no_group_say_why),
        cmocka_unit_test(counts_are_those_of_the_scan_and_of_the_listing),
        cmocka_unit_test(what_has_expired_is_noted),
        cmocka_unit_test(runs_that_were_only_counted_count_and_no_rate_is_told_without_them),
        cmocka_unit_test(workflows_are_told_apart_by_their_ids),
        cmocka_unit_test(what_the_history_is_told_stands_in_a_row_a_repository),
        cmocka_unit_test(runs_that_nobody_read_come_behind_the_others),
        cmocka_unit_test(the_head_says_what_was_asked_for),
    };
    return cmocka_run_group_tests(tests, past_enter, past_leave);
}
