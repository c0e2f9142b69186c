/* What the history knows over time: pages word by word, and what is left out of them. FIRSTFAULT_BLESS=1 in the
 * environment writes those pages anew; then read what changed. */
#define EXPECTED_OF "chronicle"
#include "chronicle/chronicle.h"

#include "base/utf8.h"
#include "unit/history/past.h"
#include "unit/report/expected.h"

static const char *const FORMATS[] = {"text", "markdown", "json"};
static const ff_history_window ALWAYS = {.since = FF_NO_TIME, .until = FF_NO_TIME, .cancelled = true};

/* A chronicle and the history that it is read from. */
typedef struct chapter {
    ff_history *history;
    ff_arena arena;
    ff_chronicle chronicle;
} chapter;

static void begin(chapter *one)
{
    one->history = past_open("h.db");
    ff_arena_init(&one->arena, 0);
    ff_chronicle_init(&one->chronicle, &one->arena);
}

static void end(chapter *one)
{
    ff_history_close(one->history);
    ff_arena_release(&one->arena);
}

static void again(chapter *one)
{
    ff_arena_release(&one->arena);
    ff_arena_init(&one->arena, 0);
    ff_chronicle_init(&one->chronicle, &one->arena);
}

static void print(const chapter *one, const char *format, ff_buf *out)
{
    static const ff_digest_options options = {.inside_actions = true};
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_chronicle_render(&one->chronicle, format, &options, out), FF_OK);
    assert_true(ff_utf8_is_showable(ff_buf_slice(out)));
}

static void expect_pages(const chapter *one, const char *name)
{
    for (size_t i = 0; i < COUNT(FORMATS); i++) {
        ff_buf out;
        print(one, FORMATS[i], &out);
        expect_file(name, FORMATS[i], &out);
        ff_buf_release(&out);
    }
}

/* ---- a history with something of everything ---- */

static const ff_history_evidence EVIDENCE[] = {
    {.number = 1,
     .kind = FF_TEXT("log"),
     .file = FF_TEXT("1_test (3.12).txt"),
     .line = 812,
     .end_line = 813,
     .job_line = 812,
     .primary = true,
     .text = FF_TEXT("curl: (22) The requested URL returned error: 500\nHealth check failed after 20 tries")},
    {.number = 2, .kind = FF_TEXT("api"), .text = FF_TEXT("the step took 95 s")},
};

static void record_health(ff_history *history, const past_run *row, const char *verdict, double confidence)
{
    static const uint32_t causes[] = {1};
    ff_history_diagnosis diagnoses[] = {past_diagnosis(1, PRINT_A, "test (3.12)"),
                                        past_diagnosis(2, PRINT_C, "deploy")};
    static const ff_history_failure failures[] = {
        {.job = FF_TEXT("test (3.12)"),
         .step = 4,
         .step_name = FF_TEXT("Health check"),
         .conclusion = FF_TEXT("failure"),
         .file = FF_TEXT("1_test (3.12).txt"),
         .line = 812,
         .rank = 1},
        {.job = FF_TEXT("deploy"), .conclusion = FF_TEXT("cancelled"), .follow_on = true},
    };
    diagnoses[0].rule = FF_LIT("health.http-status");
    diagnoses[0].title =
        FF_LIT("The health check of `/health/` got HTTP 500 twenty times in a row from the new server");
    diagnoses[0].summary =
        FF_LIT("The server answered 500 to all 20 requests within 95 s, so the container had started "
               "and the fault is in the application or in what it needs, not in the network.");
    diagnoses[0].verdict = ff_slice_of(verdict);
    diagnoses[0].confidence = confidence;
    diagnoses[0].step_name = FF_LIT("Health check");
    diagnoses[0].evidence = EVIDENCE;
    diagnoses[0].evidence_count = COUNT(EVIDENCE);
    diagnoses[0].fix = FF_LIT("Look at the log of the server first:\n\n```sh\ndocker compose logs api\n```\n\n"
                              "- A missing migration answers 500.\n- So does a missing `SECRET_KEY`.");
    diagnoses[0].command = FF_LIT("docker compose logs api");
    diagnoses[0].json = FF_LIT("{\"id\":\"D1\",\"rank\":1}");
    diagnoses[1].origin = false;
    diagnoses[1].tolerated = true;
    diagnoses[1].rule = (ff_slice){0};
    diagnoses[1].role = FF_LIT("consequence");
    diagnoses[1].caused_by = causes;
    diagnoses[1].caused_by_count = COUNT(causes);
    const ff_history_result result = {.run = past_facts(row),
                                      .state = FF_HISTORY_ANALYSED,
                                      .digest = FF_LIT("sha256:1"),
                                      .failures = failures,
                                      .failure_count = COUNT(failures),
                                      .diagnoses = diagnoses,
                                      .diagnosis_count = COUNT(diagnoses)};
    past_list(history, row, 1);
    past_record(history, &result);
}

static void finish(ff_history *history, int day, const char *state, uint64_t count)
{
    static const ff_history_run app[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/app")}};
    const ff_history_said said[] = {{.host = FF_TEXT("github.com"),
                                     .repository = FF_TEXT("acme/app"),
                                     .fingerprint = PRINT_A,
                                     .state = ff_slice_of(state),
                                     .count = count,
                                     .last_seen = AT(day, 1)}};
    const ff_history_scan scan = {.started_at = AT(day, 3),
                                  .ended_at = AT(day, 3),
                                  .window = {.repositories = app, .repository_count = 1, .since = AT(day - 1, 3)},
                                  .said = said,
                                  .said_count = 1};
    assert_int_equal(ff_history_finish(history, &scan, NULL), FF_OK);
}

static void fill(ff_history *history)
{
    static const past_run health[] = {
        {.id = 101, .created_at = AT(0, 1)},
        {.id = 102, .created_at = AT(0, 2), .branch = "feature/x", .event = "pull_request"},
        {.id = 103, .created_at = AT(3, 1)},
        {.id = 104, .created_at = AT(4, 1), .repository = "acme/web"},
    };
    static const past_run others[] = {
        {.id = 103, .attempt = 2, .created_at = AT(3, 1), .conclusion = "success"},
        {.id = 105, .created_at = AT(2, 5), .print = PRINT_B},
        {.id = 106, .created_at = AT(2, 6), .conclusion = "startup_failure"},
    };
    for (size_t i = 0; i < COUNT(health); i++)
        record_health(history, &health[i], i == 1 ? "confirmed" : "likely", i == 1 ? 0.95 : 0.7);
    past_list(history, others, COUNT(others));
    past_fill(history, others + 1, 1);
    const ff_history_result expired = {
        .run = past_facts(&others[2]), .state = FF_HISTORY_EXPIRED, .why = FF_LIT("GitHub answered 410")};
    past_record(history, &expired);
    finish(history, 1, "new", 2);
    finish(history, 4, "known", 1);
    finish(history, 5, "fixed", 0);
}

/* ---- pages ---- */

static void all_groups_are_listed_newest_first(void **state)
{
    chapter one;
    (void)state;
    begin(&one);
    assert_int_equal(ff_chronicle_read_groups(&one.chronicle, one.history, &ALWAYS, NULL), FF_OK);
    expect_pages(&one, "history-nothing");
    fill(one.history);
    again(&one);
    assert_int_equal(ff_chronicle_read_groups(&one.chronicle, one.history, &ALWAYS, NULL), FF_OK);
    expect_pages(&one, "history-groups");
    end(&one);
}

static void a_group_is_told_from_its_first_run_to_its_last_scan(void **state)
{
    chapter one;
    (void)state;
    begin(&one);
    fill(one.history);
    assert_int_equal(ff_chronicle_read_group(&one.chronicle, one.history, &ALWAYS, PRINT_A, NULL), FF_OK);
    expect_pages(&one, "history-group");
    end(&one);
}

static void a_run_is_told_with_all_its_attempts(void **state)
{
    chapter one;
    (void)state;
    begin(&one);
    fill(one.history);
    assert_int_equal(ff_chronicle_read_run(&one.chronicle, one.history, &ALWAYS, 103, NULL), FF_OK);
    expect_pages(&one, "history-run");
    again(&one);
    assert_int_equal(ff_chronicle_read_run(&one.chronicle, one.history, &ALWAYS, 106, NULL), FF_OK);
    expect_pages(&one, "history-expired");
    end(&one);
}

static void what_is_not_known_is_not_found(void **state)
{
    static const ff_history_run web[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/web")}};
    const ff_history_window late = {.since = AT(9, 0), .until = FF_NO_TIME, .cancelled = true},
                            of_web = {
                                .since = FF_NO_TIME, .until = FF_NO_TIME, .repositories = web, .repository_count = 1};
    const struct {
        ff_history_window window;
        const char *print;
    } rows[] = {{ALWAYS, "1234"}, {ALWAYS, PRINT_C}, {late, PRINT_A}, {of_web, PRINT_B}};
    chapter one;
    (void)state;
    begin(&one);
    fill(one.history);
    for (size_t i = 0; i < COUNT(rows); i++) {
        again(&one);
        assert_int_equal(ff_chronicle_read_group(&one.chronicle, one.history, &rows[i].window, rows[i].print, NULL),
                         FF_NOT_FOUND);
    }
    again(&one);
    assert_int_equal(ff_chronicle_read_run(&one.chronicle, one.history, &ALWAYS, 999, NULL), FF_NOT_FOUND);
    assert_int_equal(ff_chronicle_read_run(&one.chronicle, one.history, &of_web, 101, NULL), FF_NOT_FOUND);
    end(&one);
}

/* ---- what the model comes to ---- */

static void the_strongest_diagnosis_shows_a_group_best(void **state)
{
    static const struct {
        const char *verdicts[3];
        double confidences[3];
        uint64_t best; /* id; the newest run is 3 */
    } rows[] = {
        {{"likely", "likely", "likely"}, {0.5, 0.5, 0.5}, 3},
        {{"likely", "likely", "likely"}, {0.5, 0.9, 0.6}, 2},
        {{"confirmed", "likely", "possible"}, {0.1, 0.9, 0.9}, 1},
        {{"undecided", "possible", "of no kind"}, {0.9, 0.1, 0.9}, 2},
    };
    chapter one;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        begin(&one);
        for (uint64_t id = 1; id <= 3; id++) {
            const past_run run = {.id = id, .created_at = AT(0, (int)id)};
            record_health(one.history, &run, rows[i].verdicts[id - 1], rows[i].confidences[id - 1]);
        }
        assert_int_equal(ff_chronicle_read_group(&one.chronicle, one.history, &ALWAYS, PRINT_A, NULL), FF_OK);
        assert_int_equal(one.chronicle.members.items[one.chronicle.example].run.id, rows[i].best);
        assert_int_equal(one.chronicle.shown.rank, 1);
        end(&one);
    }
}

static void days_become_weeks_where_they_are_many(void **state)
{
    static const struct {
        int days[3]; /* a run on each; AT(0, 0) is a Friday */
        uint32_t mark_days;
        size_t count;
        int64_t first; /* day of the first mark, from AT(0, 0) */
        uint64_t sum;
    } rows[] = {
        {{0, 0, 0}, 1, 1, 0, 3},    {{0, 1, 34}, 1, 35, 0, 3},      {{0, 2, 35}, 7, 6, -4, 3},
        {{2, 3, 60}, 7, 10, -4, 3}, {{0, 400, 800}, 7, 52, 437, 1}, {{-300, -299, -1}, 7, 44, -305, 3},
    };
    chapter one;
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t sum = 0;
        begin(&one);
        for (uint64_t id = 0; id < 3; id++) {
            const past_run run = {.id = id + 1, .created_at = AT(rows[i].days[id], 0) + (int64_t)id, .print = PRINT_A};
            past_fill(one.history, &run, 1);
        }
        assert_int_equal(ff_chronicle_read_group(&one.chronicle, one.history, &ALWAYS, PRINT_A, NULL), FF_OK);
        for (size_t k = 0; k < FF_CHRONICLE_MARKS; k++)
            sum += one.chronicle.marks[k];
        assert_int_equal(one.chronicle.mark_days, rows[i].mark_days);
        assert_int_equal(one.chronicle.mark_count, rows[i].count);
        assert_int_equal(one.chronicle.first_mark - MIDNIGHT / DAYS, rows[i].first);
        assert_int_equal(sum, rows[i].sum);
        end(&one);
        (void)remove("h.db");
    }
}

/* A matrix of 24 legs stays on the screen, and no line of facts is wider than 100 columns. */
static void legs_of_a_matrix_are_one_job(void **state)
{
    enum { LEGS = 24 };
    chapter one;
    ff_buf out;
    (void)state;
    begin(&one);
    for (uint64_t leg = 1; leg <= LEGS; leg++) {
        char job[64];
        const past_run row = {.id = leg, .created_at = AT(0, (int)leg), .workflow = "A workflow of a long name"};
        ff_history_failure failure = {.conclusion = FF_LIT("failure"), .rank = 1};
        (void)snprintf(job, sizeof job, "a job with a long name (ubuntu-24.04-arm, %u)", (unsigned)leg);
        failure.job = ff_slice_of(job);
        const ff_history_diagnosis diagnosis = past_diagnosis(1, PRINT_A, job);
        const ff_history_result result = {.run = past_facts(&row),
                                          .state = FF_HISTORY_ANALYSED,
                                          .digest = FF_LIT("sha256:1"),
                                          .failures = &failure,
                                          .failure_count = 1,
                                          .diagnoses = &diagnosis,
                                          .diagnosis_count = 1};
        past_list(one.history, &row, 1);
        past_record(one.history, &result);
    }
    assert_int_equal(ff_chronicle_read_group(&one.chronicle, one.history, &ALWAYS, PRINT_A, NULL), FF_OK);
    print(&one, "text", &out);
    assert_non_null(strstr(out.ptr, "  jobs      a job with a long name (24; legs ubuntu-24.04-arm, 1; "));
    assert_non_null(strstr(out.ptr, "18 more)\n"));
    assert_non_null(strstr(out.ptr, "14 older ones"));
    ff_slice rest = ff_buf_slice(&out), line;
    while (ff_slice_take_until(&rest, '\n', &line) && !ff_slice_eq(line, FF_LIT("What shows it best")))
        assert_in_range(line.len, 0, 100);
    ff_buf_release(&out);
    end(&one);
}

static void a_group_of_very_many_runs_names_the_newest(void **state)
{
    enum { RUNS = 1500 };
    chapter one;
    ff_buf out;
    (void)state;
    begin(&one);
    ff_history_run runs[RUNS];
    for (uint64_t id = 0; id < RUNS; id++) {
        const past_run row = {.id = id + 1, .created_at = AT(0, 0) + (int64_t)id * SECONDS};
        runs[id] = past_facts(&row);
    }
    assert_int_equal(ff_history_list(one.history, runs, RUNS, NULL), FF_OK);
    for (uint64_t id = 0; id < RUNS; id++) {
        char branch[32];
        const past_run row = {
            .id = id + 1, .created_at = AT(0, 0) + (int64_t)id * SECONDS, .print = PRINT_A, .branch = branch};
        (void)snprintf(branch, sizeof branch, "branch-%u", (unsigned)id);
        past_fill(one.history, &row, 1);
    }
    assert_int_equal(ff_chronicle_read_group(&one.chronicle, one.history, &ALWAYS, PRINT_A, NULL), FF_OK);
    assert_int_equal(one.chronicle.groups.items[0].runs, RUNS);
    assert_int_equal(one.chronicle.members.count, FF_LIMIT_CHRONICLE_RUNS);
    assert_int_equal(one.chronicle.members.items[0].run.id, RUNS);
    assert_int_equal(one.chronicle.branches.count, FF_LIMIT_CHRONICLE_NAMES);
    assert_true(one.chronicle.full);
    print(&one, "text", &out);
    assert_non_null(strstr(out.ptr, "more branches or jobs than were counted"));
    assert_non_null(strstr(out.ptr, "1490 older ones"));
    ff_buf_release(&out);
    end(&one);
}

/* Groups come in order of their fingerprints; what is left out are the oldest ones nevertheless. */
static void of_very_many_groups_the_oldest_are_left_out(void **state)
{
    enum { EACH = 100, MANY = 2 * FF_LIMIT_CHRONICLE_ROWS + 150 };
    chapter one;
    ff_buf out;
    (void)state;
    begin(&one);
    for (unsigned i = 0; i < MANY; i += EACH) {
        char print[FF_SHA256_HEX + 1];
        ff_history_diagnosis diagnoses[EACH];
        const past_run row = {.id = i + 1, .created_at = AT(0, 0) + (int64_t)i * SECONDS};
        past_list(one.history, &row, 1);
        for (unsigned k = 0; k < EACH; k++) {
            (void)snprintf(print, sizeof print, "%064x", i + k);
            diagnoses[k] = past_diagnosis(k + 1, print, "test");
        }
        const ff_history_result result = {.run = past_facts(&row),
                                          .state = FF_HISTORY_ANALYSED,
                                          .diagnoses = diagnoses,
                                          .diagnosis_count = i + EACH < MANY ? EACH : MANY - i};
        past_record(one.history, &result);
    }
    assert_int_equal(ff_chronicle_read_groups(&one.chronicle, one.history, &ALWAYS, NULL), FF_OK);
    assert_int_equal(one.chronicle.groups.count, FF_LIMIT_CHRONICLE_ROWS);
    assert_int_equal(one.chronicle.groups.items[0].last_seen, AT(0, 0) + (MANY - 50) * SECONDS);
    assert_int_equal(one.chronicle.groups.items[FF_LIMIT_CHRONICLE_ROWS - 1].last_seen,
                     AT(0, 0) + (MANY - 50 - FF_LIMIT_CHRONICLE_ROWS) * SECONDS);
    assert_true(one.chronicle.full);
    print(&one, "text", &out);
    assert_non_null(strstr(out.ptr, "There are more groups than are listed here"));
    ff_buf_release(&out);
    end(&one);
}

static void a_group_whose_times_are_not_known_has_no_marks(void **state)
{
    static const past_run row = {.id = 1, .created_at = FF_NO_TIME, .print = PRINT_A};
    chapter one;
    (void)state;
    begin(&one);
    past_fill(one.history, &row, 1);
    assert_int_equal(ff_chronicle_read_group(&one.chronicle, one.history, &ALWAYS, PRINT_A, NULL), FF_OK);
    assert_int_equal(one.chronicle.mark_count, 0);
    for (size_t i = 0; i < COUNT(FORMATS); i++) {
        ff_buf out;
        print(&one, FORMATS[i], &out);
        if (strcmp(FORMATS[i], "json") == 0)
            assert_non_null(strstr(out.ptr, "\"from\": null"));
        ff_buf_release(&out);
    }
    end(&one);
}

/* ---- hostile ---- */

static void what_is_no_object_is_no_report(void **state)
{
    static const past_run row = {.id = 1, .created_at = AT(0, 0)};
    static const struct {
        const char *json, *printed;
    } rows[] = {
        {"{\"id\":\"D1\"}", "\"report\": {\"id\":\"D1\"}"},
        {"null, \"evil\": 1", "\"report\": null"},
        {"{},\n::error::{}", "\"report\": null"},
    };
    chapter one;
    (void)state;
    begin(&one);
    past_list(one.history, &row, 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf out;
        ff_history_diagnosis diagnosis = past_diagnosis(1, PRINT_A, "test");
        diagnosis.json = ff_slice_of(rows[i].json);
        const ff_history_result result = {
            .run = past_facts(&row), .state = FF_HISTORY_ANALYSED, .diagnoses = &diagnosis, .diagnosis_count = 1};
        past_record(one.history, &result);
        again(&one);
        assert_int_equal(ff_chronicle_read_run(&one.chronicle, one.history, &ALWAYS, 1, NULL), FF_OK);
        print(&one, "json", &out);
        if (!strstr(out.ptr, rows[i].printed))
            fail_msg("%s: %s", rows[i].json, out.ptr);
        ff_buf_release(&out);
    }
    end(&one);
}

/* What of a page of Markdown is neither in a code span nor in a fence. */
static void drop_code(ff_buf *out)
{
    ff_buf bare;
    ff_buf_init(&bare, out->max);
    for (size_t i = 0; i < out->len;) {
        size_t ticks = 0;
        while (i + ticks < out->len && out->ptr[i + ticks] == '`')
            ticks++;
        if (ticks == 0) {
            ff_buf_add_byte(&bare, out->ptr[i++]);
            continue;
        }
        for (i += ticks; i < out->len;) { /* to as many ticks again */
            size_t run = 0;
            while (i + run < out->len && out->ptr[i + run] == '`')
                run++;
            i += run ? run : 1;
            if (run == ticks)
                break;
        }
    }
    ff_buf_add(&bare, FF_LIT(" "));
    ff_buf_release(out);
    *out = bare;
}

static void nothing_hostile_survives_on_a_page(void **state)
{
    static const char evil[] = "@everyone <script>alert(1)</script> [x](https://evil.example) ![y](z) | `a` #12\n"
                               "::error::stop\n##[error]x \x1b[31m";
    static const char *const never[] = {"\n::",      "##[error]",      "\x1b", "<script",
                                        "@everyone", "](https://evil", "![",   "#12"};
    enum { EVERYWHERE = 3 }; /* the others mean something in Markdown alone */
    static const past_run row = {.id = 1, .created_at = AT(0, 0), .branch = evil, .workflow = evil, .event = evil};
    ff_slice text = {evil, sizeof evil - 1};
    const ff_history_evidence evidence[] = {{.number = 1, .kind = text, .file = text, .line = 1, .text = text}};
    chapter one;
    (void)state;
    begin(&one);
    past_list(one.history, &row, 1);
    ff_history_diagnosis diagnosis = past_diagnosis(1, PRINT_A, evil);
    diagnosis.title = diagnosis.rule = diagnosis.verdict = diagnosis.role = diagnosis.summary = text;
    diagnosis.step_name = diagnosis.fix = diagnosis.command = text;
    diagnosis.evidence = evidence;
    diagnosis.evidence_count = 1;
    const ff_history_failure failure = {.job = text, .step_name = text, .conclusion = text, .file = text};
    const ff_history_result result = {.run = past_facts(&row),
                                      .state = FF_HISTORY_ANALYSED,
                                      .why = text,
                                      .failures = &failure,
                                      .failure_count = 1,
                                      .diagnoses = &diagnosis,
                                      .diagnosis_count = 1};
    past_record(one.history, &result);
    for (int kind = 0; kind < 3; kind++) {
        ff_buf out;
        again(&one);
        ff_status status = kind == 0   ? ff_chronicle_read_groups(&one.chronicle, one.history, &ALWAYS, NULL)
                           : kind == 1 ? ff_chronicle_read_group(&one.chronicle, one.history, &ALWAYS, PRINT_A, NULL)
                                       : ff_chronicle_read_run(&one.chronicle, one.history, &ALWAYS, 1, NULL);
        assert_int_equal(status, FF_OK);
        for (size_t i = 0; i < COUNT(FORMATS); i++) {
            print(&one, FORMATS[i], &out);
            bool markdown = strcmp(FORMATS[i], "markdown") == 0;
            if (markdown)
                drop_code(&out);
            for (size_t k = 0; k < (markdown ? COUNT(never) : EVERYWHERE); k++)
                if (strstr(out.ptr, never[k]))
                    fail_msg("%s of kind %d has '%s':\n%s", FORMATS[i], kind, never[k], out.ptr);
            ff_buf_release(&out);
        }
    }
    end(&one);
}

static void formats_are_those_of_the_table(void **state)
{
    chapter one;
    ff_buf out;
    size_t count = 0;
    (void)state;
    begin(&one);
    ff_buf_init(&out, 1 << 20);
    while (ff_chronicle_format_name(count))
        count++;
    assert_int_equal(count, COUNT(FORMATS));
    assert_int_equal(ff_chronicle_render(&one.chronicle, "html", &(ff_digest_options){0}, &out), FF_UNSUPPORTED);
    ff_chronicle_seal(FF_LIT("{\"a\":\"##[x]\"}\n"), &(ff_digest_options){.inside_actions = true}, &out);
    assert_null(strstr(out.ptr, "##["));
    ff_buf_release(&out);
    end(&one);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, past_enter, past_leave)
    const struct CMUnitTest tests[] = {
        TEST(all_groups_are_listed_newest_first),
        TEST(a_group_is_told_from_its_first_run_to_its_last_scan),
        TEST(a_run_is_told_with_all_its_attempts),
        TEST(what_is_not_known_is_not_found),
        TEST(the_strongest_diagnosis_shows_a_group_best),
        TEST(days_become_weeks_where_they_are_many),
        TEST(legs_of_a_matrix_are_one_job),
        TEST(a_group_of_very_many_runs_names_the_newest),
        TEST(of_very_many_groups_the_oldest_are_left_out),
        TEST(a_group_whose_times_are_not_known_has_no_marks),
        TEST(what_is_no_object_is_no_report),
        TEST(nothing_hostile_survives_on_a_page),
        TEST(formats_are_those_of_the_table),
    };
    return cmocka_run_group_tests_name("chronicle", tests, NULL, NULL);
}
