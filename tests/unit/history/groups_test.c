/* Groups: which runs are members of which, by which attempt, and what follows from what. */
#include "history/history.h"
#include "past.h"
#include "spoken.h"

#define ALWAYS .since = FF_NO_TIME, .until = FF_NO_TIME

static const past_run NIGHT[] = {
    {.id = 1, .created_at = AT(0, 0), .print = PRINT_A},
    {.id = 2, .created_at = AT(0, 1), .print = PRINT_B},
    {.id = 3, .created_at = AT(0, 2), .print = PRINT_A, .branch = "feature", .event = "pull_request"},
    /* passed in the end */
    {.id = 4, .created_at = AT(0, 3), .print = PRINT_A},
    {.id = 4, .created_at = AT(0, 3), .print = PRINT_A, .attempt = 2},
    {.id = 4, .created_at = AT(0, 3), .attempt = 3, .conclusion = "success"},
    /* fails for another reason now */
    {.id = 5, .created_at = AT(0, 4), .print = PRINT_A},
    {.id = 5, .created_at = AT(0, 4), .print = PRINT_B, .attempt = 2},
    /* not known to have failed in the end */
    {.id = 6, .created_at = AT(0, 5), .print = PRINT_A},
    {.id = 6, .created_at = AT(0, 5), .attempt = 2, .conclusion = ""},
    {.id = 7, .created_at = AT(0, 6), .print = PRINT_C, .conclusion = "cancelled"},
    {.id = 8, .created_at = AT(1, 0), .print = PRINT_A, .repository = "acme/web"},
    /* without a diagnosis */
    {.id = 9, .created_at = AT(1, 1)},
};

static ff_status speak_member(void *self, const ff_history_member *member)
{
    spoken_add(self, "%.1s:%llu.%u", member->diagnosis.fingerprint, (unsigned long long)member->run.id,
               member->run.attempt);
    return FF_OK;
}

static ff_status speak_member_fully(void *self, const ff_history_member *member)
{
    spoken_add(self, "%.1s#%u[%.*s]", member->diagnosis.fingerprint, member->diagnosis.rank, FF_ARG(member->jobs));
    return FF_OK;
}

static void a_run_is_a_member_by_the_attempt_that_speaks_for_it(void **state)
{
    static const ff_history_run web[] = {{.host = FF_TEXT("GitHub.com"), .repository = FF_TEXT("acme/web")}};
    static const struct {
        ff_history_window window;
        const char *members;
    } rows[] = {
        {{ALWAYS}, "a:8.1 a:4.2 a:3.1 a:1.1 b:5.2 b:2.1"},
        {{ALWAYS, .cancelled = true}, "a:8.1 a:4.2 a:3.1 a:1.1 b:5.2 b:2.1 c:7.1"},
        {{ALWAYS, .fingerprint = PRINT_A}, "a:8.1 a:4.2 a:3.1 a:1.1"},
        {{ALWAYS, .fingerprint = PRINT_C}, ""},
        {{ALWAYS, .fingerprint = PRINT_C, .cancelled = true}, "c:7.1"},
        {{.since = AT(0, 1), .until = AT(0, 3)}, "a:3.1 b:2.1"},
        {{.since = AT(0, 1), .until = AT(0, 3), .fingerprint = PRINT_A}, "a:3.1"},
        {{ALWAYS, .event = FF_TEXT("pull_request")}, "a:3.1"},
        {{ALWAYS, .repositories = web, .repository_count = 1}, "a:8.1"},
        {{ALWAYS, .repositories = web, .repository_count = 1, .fingerprint = PRINT_B}, ""},
    };
    (void)state;
    ff_history *history = past_open("h.db");
    past_fill(history, NIGHT, COUNT(NIGHT));
    for (size_t i = 0; i < COUNT(rows); i++) {
        spoken said = {0};
        assert_int_equal(ff_history_members(history, &rows[i].window, speak_member, &said, NULL), FF_OK);
        assert_string_equal(said.text, rows[i].members);
    }
    ff_history_close(history);
}

static void origins_of_one_run_are_members_once_each_with_all_their_jobs(void **state)
{
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    static const ff_history_window window = {ALWAYS};
    const ff_history_failure failures[] = {
        {.job = FF_TEXT("test (3.12)"), .rank = 4},
        {.job = FF_TEXT("deploy"), .rank = 2},
        {.job = FF_TEXT("report"), .rank = 2, .follow_on = true},
        {.job = FF_TEXT(""), .rank = 2},
    };
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, &run, 1);
    ff_history_diagnosis diagnoses[] = {
        past_diagnosis(1, PRINT_B, "lint"),
        past_diagnosis(2, PRINT_A, "test (3.11)"),
        past_diagnosis(3, PRINT_A, "never first"),
        past_diagnosis(4, PRINT_A, "test (3.12)"),
        past_diagnosis(5, PRINT_C, "no origin"),
        past_diagnosis(6, PRINT_B, "lint"),
        past_diagnosis(7, PRINT_B, ""),
    };
    diagnoses[2].origin = diagnoses[4].origin = false;
    const ff_history_result result = {
        .run = past_facts(&run),
        .state = FF_HISTORY_ANALYSED,
        .failures = failures,
        .failure_count = COUNT(failures),
        .diagnoses = diagnoses,
        .diagnosis_count = COUNT(diagnoses),
    };
    past_record(history, &result);
    spoken said = {0};
    assert_int_equal(ff_history_members(history, &window, speak_member_fully, &said, NULL), FF_OK);
    assert_string_equal(said.text, "a#2[deploy\ntest (3.11)\ntest (3.12)] b#1[lint]");
    ff_history_close(history);
}

static ff_status speak_edge(void *self, const ff_history_edge *edge)
{
    spoken_add(self, "%.1s<%.1s*%llu", edge->effect, edge->cause, (unsigned long long)edge->runs);
    return FF_OK;
}

static void edges_count_runs_whose_cause_is_at_least_likely(void **state)
{
    static const past_run runs[] = {
        {.id = 1, .created_at = AT(0, 0)}, {.id = 2, .created_at = AT(0, 1)},
        {.id = 3, .created_at = AT(0, 2)}, {.id = 3, .created_at = AT(0, 2), .attempt = 2},
        {.id = 4, .created_at = AT(0, 3)},
    };
    static const char *const verdicts[] = {"likely", "confirmed", "confirmed", "likely", "possible"};
    static const uint32_t of_second[] = {1}, of_third[] = {1, 2, 2, 9};
    static const ff_history_window all = {ALWAYS}, first = {.since = FF_NO_TIME, .until = AT(0, 1)};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, runs, COUNT(runs));
    for (size_t i = 0; i < COUNT(runs); i++) {
        ff_history_diagnosis diagnoses[] = {past_diagnosis(1, PRINT_A, "test"), past_diagnosis(2, PRINT_B, "test"),
                                            past_diagnosis(3, PRINT_B, "test")};
        diagnoses[0].verdict = ff_slice_of(verdicts[i]);
        diagnoses[1].origin = false;
        diagnoses[1].caused_by = of_second;
        diagnoses[1].caused_by_count = COUNT(of_second);
        diagnoses[2].caused_by = of_third;
        diagnoses[2].caused_by_count = COUNT(of_third);
        const ff_history_result result = {.run = past_facts(&runs[i]),
                                          .state = FF_HISTORY_ANALYSED,
                                          .diagnoses = diagnoses,
                                          .diagnosis_count = COUNT(diagnoses)};
        past_record(history, &result);
    }
    spoken said = {0};
    assert_int_equal(ff_history_edges(history, &all, speak_edge, &said, NULL), FF_OK);
    assert_string_equal(said.text, "b<a*3");
    said = (spoken){0};
    assert_int_equal(ff_history_edges(history, &first, speak_edge, &said, NULL), FF_OK);
    assert_string_equal(said.text, "b<a*1");
    ff_history_close(history);
}

static ff_status speak_day(void *self, const ff_history_day *day)
{
    spoken_add(self, "%+lld:%llu/%llu", (long long)(day->day - MIDNIGHT / DAYS), (unsigned long long)day->failed,
               (unsigned long long)day->passed);
    return FF_OK;
}

static void days_count_what_failed_and_passed_on_them(void **state)
{
    static const struct {
        ff_history_window window;
        const char *print, *days;
    } rows[] = {
        {{ALWAYS}, NULL, "+0:4/1 +1:2/0"},
        {{ALWAYS, .cancelled = true}, NULL, "+0:5/1 +1:2/0"},
        {{ALWAYS}, PRINT_A, "+0:3/0 +1:1/0"},
        {{.since = AT(0, 3), .until = AT(1, 0)}, PRINT_A, "+0:1/0"},
        {{.since = AT(0, 3), .until = AT(1, 0)}, NULL, "+0:1/1"},
        {{ALWAYS}, PRINT_C, ""},
    };
    (void)state;
    ff_history *history = past_open("h.db");
    past_fill(history, NIGHT, COUNT(NIGHT));
    for (size_t i = 0; i < COUNT(rows); i++) {
        spoken said = {0};
        assert_int_equal(ff_history_days(history, &rows[i].window, rows[i].print, speak_day, &said, NULL), FF_OK);
        assert_string_equal(said.text, rows[i].days);
    }
    ff_history_close(history);
}

static void a_group_was_seen_from_its_first_run_to_its_last(void **state)
{
    static const ff_history_run web[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/web")}};
    static const ff_history_window narrow = {.since = AT(0, 2), .until = AT(0, 3), .branch = FF_TEXT("feature")},
                                   other = {ALWAYS, .repositories = web, .repository_count = 1};
    ff_history_sight sight = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    past_fill(history, NIGHT, COUNT(NIGHT));
    assert_int_equal(ff_history_seen(history, &narrow, PRINT_A, &sight, NULL), FF_OK);
    assert_true(sight.first == AT(0, 0) && sight.last == AT(1, 0) && sight.runs == 4);
    assert_int_equal(ff_history_seen(history, NULL, PRINT_B, &sight, NULL), FF_OK);
    assert_true(sight.first == AT(0, 1) && sight.last == AT(0, 4) && sight.runs == 2);
    assert_int_equal(ff_history_seen(history, &other, PRINT_B, &sight, NULL), FF_NOT_FOUND);
    assert_int_equal(ff_history_seen(history, &narrow, PRINT_C, &sight, NULL), FF_NOT_FOUND);
    ff_history_close(history);
}

static ff_status speak_print(void *self, const char *fingerprint)
{
    spoken_add(self, "%.4s", fingerprint);
    return FF_OK;
}

static void fingerprints_are_found_by_how_they_begin(void **state)
{
    static const past_run runs[] = {
        {.id = 1, .created_at = AT(0, 0), .print = PRINT_A},
        {.id = 2, .created_at = AT(0, 1), .print = "abcccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"},
        {.id = 3, .created_at = AT(0, 2), .print = PRINT_A},
        {.id = 4, .created_at = AT(0, 3), .print = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"},
    };
    static const struct {
        const char *prefix;
        size_t most;
        const char *found;
    } rows[] = {
        {"a", 9, "aaaa abcc"}, {"AA", 9, "aaaa"},    {"ab", 9, "abcc"},    {"abd", 9, ""},
        {"a", 1, "aaaa"},      {"f", 9, "ffff"},     {"", 9, ""},          {"a%", 9, ""},
        {"_", 9, ""},          {PRINT_A, 9, "aaaa"}, {PRINT_A "a", 9, ""},
    };
    (void)state;
    ff_history *history = past_open("h.db");
    past_fill(history, runs, COUNT(runs));
    for (size_t i = 0; i < COUNT(rows); i++) {
        spoken said = {0};
        assert_int_equal(ff_history_find(history, ff_slice_of(rows[i].prefix), rows[i].most, speak_print, &said, NULL),
                         FF_OK);
        assert_string_equal(said.text, rows[i].found);
    }
    ff_history_close(history);
}

/* What a visitor is handed, against what went in. */
static ff_status expect_same(void *self, const ff_history_diagnosis *got)
{
    const ff_history_diagnosis *want = self;
    const struct {
        ff_slice got, want;
    } texts[] = {
        {got->rule, want->rule},       {got->family, want->family},   {got->role, want->role},
        {got->title, want->title},     {got->verdict, want->verdict}, {got->standing, want->standing},
        {got->summary, want->summary}, {got->job, want->job},         {got->step_name, want->step_name},
        {got->fix, want->fix},         {got->command, want->command}, {got->json, want->json},
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_true(ff_slice_eq(texts[i].got, texts[i].want));
    assert_string_equal(got->fingerprint, want->fingerprint);
    assert_true(got->rank == want->rank && got->confidence == want->confidence && got->step == want->step);
    assert_true(got->tolerated == want->tolerated && got->origin == want->origin && got->count == want->count);
    assert_int_equal(got->caused_by_count, want->caused_by_count);
    assert_memory_equal(got->caused_by, want->caused_by, want->caused_by_count * sizeof *want->caused_by);
    assert_int_equal(got->evidence_count, want->evidence_count);
    for (size_t i = 0; i < got->evidence_count; i++) {
        const ff_history_evidence *a = &got->evidence[i], *b = &want->evidence[i];
        assert_true(ff_slice_eq(a->kind, b->kind) && ff_slice_eq(a->file, b->file) && ff_slice_eq(a->text, b->text));
        assert_true(a->number == b->number && a->line == b->line && a->end_line == b->end_line);
        assert_true(a->job_line == b->job_line && a->primary == b->primary);
    }
    return FF_LIMIT; /* to see that it comes back */
}

static void a_diagnosis_comes_back_as_it_was(void **state)
{
    static const past_run run = {.id = UINT64_MAX, .created_at = AT(0, 0), .attempt = UINT32_MAX};
    static const uint32_t causes[] = {1, 3};
    static const ff_history_evidence evidence[] = {
        {.number = 7,
         .kind = FF_TEXT("log"),
         .file = FF_TEXT("1_test.txt"),
         .line = UINT64_MAX,
         .end_line = 3,
         .job_line = 9,
         .primary = true,
         .text = FF_TEXT("one\ntwo 'quoted' \"twice\"")},
        {.number = 2, .kind = FF_TEXT("api")},
        {.number = 2, .kind = FF_TEXT("repo"), .text = FF_TEXT("é")},
    };
    ff_history_diagnosis diagnosis = past_diagnosis(2, PRINT_A, "test");
    diagnosis.fix = FF_LIT("Do *this*.\n\nThen that.");
    diagnosis.command = FF_LIT("git bisect");
    diagnosis.json = FF_LIT("{\"id\":\"D1\"}");
    diagnosis.tolerated = true;
    diagnosis.step = -4;
    diagnosis.count = UINT32_MAX;
    diagnosis.caused_by = causes;
    diagnosis.caused_by_count = COUNT(causes);
    diagnosis.evidence = evidence;
    diagnosis.evidence_count = COUNT(evidence);
    const ff_history_result result = {
        .run = past_facts(&run), .state = FF_HISTORY_ANALYSED, .diagnoses = &diagnosis, .diagnosis_count = 1};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, &run, 1);
    for (int i = 0; i < 2; i++) { /* the second time in place of the first */
        past_record(history, &result);
        assert_int_equal(ff_history_diagnosis_of(history, &result.run, 2, expect_same, &diagnosis, NULL), FF_LIMIT);
    }
    assert_int_equal(ff_history_diagnosis_of(history, &result.run, 1, expect_same, &diagnosis, NULL), FF_NOT_FOUND);
    assert_int_equal(ff_history_diagnosis_of(history, &result.run, 3, expect_same, &diagnosis, NULL), FF_NOT_FOUND);
    ff_history_close(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_run_is_a_member_by_the_attempt_that_speaks_for_it, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(origins_of_one_run_are_members_once_each_with_all_their_jobs, past_enter,
                                        past_leave),
        cmocka_unit_test_setup_teardown(edges_count_runs_whose_cause_is_at_least_likely, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(days_count_what_failed_and_passed_on_them, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(a_group_was_seen_from_its_first_run_to_its_last, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(fingerprints_are_found_by_how_they_begin, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(a_diagnosis_comes_back_as_it_was, past_enter, past_leave),
    };
    return cmocka_run_group_tests_name("groups", tests, NULL, NULL);
}
