/* What is written down: listings that are renewed, results that replace one another, texts of any kind. */
#include "base/limits.h"
#include "base/utf8.h"
#include "past.h"
#include "spoken.h"

static ff_status speak_known(void *self, const ff_history_known *known)
{
    static const char *const states[] = {"listed", "analysed", "expired", "error"};
    spoken_add(self, "%llu.%u:%.*s:%s:%.*s:%.*s", (unsigned long long)known->run.id, known->run.attempt,
               FF_ARG(known->run.conclusion), states[known->state], FF_ARG(known->digest), FF_ARG(known->why));
    return FF_OK;
}

static ff_status speak_first(void *self, const ff_history_known *known, uint32_t first_failed)
{
    (void)first_failed;
    return speak_known(self, known);
}

static void expect_runs(ff_history *history, const char *words)
{
    spoken said = {0};
    assert_int_equal(ff_history_runs(history, NULL, speak_first, &said, NULL), FF_OK);
    assert_string_equal(said.text, words);
}

static void a_listing_renews_the_facts_and_keeps_what_is_known(void **state)
{
    static const past_run run = {.id = 1, .created_at = AT(0, 0), .print = PRINT_A};
    (void)state;
    ff_history *history = past_open("h.db");
    past_fill(history, &run, 1);
    expect_runs(history, "1.1:failure:analysed:sha256:1:");
    ff_history_run facts = past_facts(&run);
    facts.conclusion = FF_LIT("timed_out");
    assert_int_equal(ff_history_list(history, &facts, 1, NULL), FF_OK);
    expect_runs(history, "1.1:timed_out:analysed:sha256:1:");
    facts.conclusion = FF_LIT("");
    facts.updated_at -= 1; /* a page that was asked for earlier */
    assert_int_equal(ff_history_list(history, &facts, 1, NULL), FF_OK);
    expect_runs(history, "1.1:timed_out:analysed:sha256:1:");
    assert_int_equal(ff_history_list(history, NULL, 0, NULL), FF_OK);
    ff_history_close(history);
}

/* Whichever of two comes first. */
static void what_was_told_last_stays(void **state)
{
    static const struct {
        int64_t earlier, later; /* seconds; 0: not known */
        const char *before, *after;
    } rows[] = {
        {1, 2, "failure", "success"}, {1, 2, "failure", ""}, /* GitHub says so */
        {1, 1, "", "failure"},        {0, 1, "failure", "success"}, {0, 1, "failure", ""}, {0, 0, "", "failure"},
    };
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    char name[32], expected[64];
    (void)state;
    for (size_t i = 0; i < 2 * COUNT(rows); i++) {
        ff_history_run facts[2] = {past_facts(&run), past_facts(&run)};
        bool turned = i % 2 == 1;
        facts[turned].updated_at = rows[i / 2].earlier ? rows[i / 2].earlier * SECONDS : FF_NO_TIME;
        facts[!turned].updated_at = rows[i / 2].later ? rows[i / 2].later * SECONDS : FF_NO_TIME;
        facts[turned].conclusion = ff_slice_of(rows[i / 2].before);
        facts[!turned].conclusion = ff_slice_of(rows[i / 2].after);
        (void)snprintf(name, sizeof name, "%zu.db", i);
        (void)snprintf(expected, sizeof expected, "1.1:%s:listed::", rows[i / 2].after);
        ff_history *history = past_open(name);
        assert_int_equal(ff_history_list(history, &facts[0], 1, NULL), FF_OK);
        assert_int_equal(ff_history_list(history, &facts[1], 1, NULL), FF_OK);
        expect_runs(history, expected);
        ff_history_close(history);
    }
}

/* What is there, what comes, and whose words are there afterwards. */
static void what_says_more_stays(void **state)
{
    enum {
        LISTED = FF_HISTORY_LISTED,
        ANALYSED = FF_HISTORY_ANALYSED,
        EXPIRED = FF_HISTORY_EXPIRED,
        ERROR = FF_HISTORY_ERROR
    };
    static const struct {
        int first, second;
        const char *left;
    } rows[] = {
        {LISTED, ERROR, "1.1:failure:error::second"},          {ERROR, LISTED, "1.1:failure:error::first"},
        {ERROR, ERROR, "1.1:failure:error::second"},           {ERROR, EXPIRED, "1.1:failure:expired::second"},
        {ERROR, ANALYSED, "1.1:failure:analysed:d2:second"},   {EXPIRED, ERROR, "1.1:failure:expired::first"},
        {EXPIRED, ANALYSED, "1.1:failure:analysed:d2:second"}, {ANALYSED, ERROR, "1.1:failure:analysed:d1:first"},
        {ANALYSED, EXPIRED, "1.1:failure:analysed:d1:first"},  {ANALYSED, ANALYSED, "1.1:failure:analysed:d2:second"},
        {EXPIRED, EXPIRED, "1.1:failure:expired::second"},
    };
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    char name[32];
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        (void)snprintf(name, sizeof name, "%zu.db", i);
        ff_history *history = past_open(name);
        ff_history_result result = {.run = past_facts(&run),
                                    .state = (ff_history_state)rows[i].first,
                                    .digest = FF_LIT("d1"),
                                    .why = FF_LIT("first")};
        past_list(history, &run, 1);
        past_record(history, &result);
        result.state = (ff_history_state)rows[i].second;
        result.digest = FF_LIT("d2");
        result.why = FF_LIT("second");
        past_record(history, &result);
        expect_runs(history, rows[i].left);
        ff_history_close(history);
    }
}

static ff_status speak_diagnosis(void *self, const ff_history_diagnosis *diagnosis)
{
    spoken_add(self, "%u:%.1s+%zu", diagnosis->rank, diagnosis->fingerprint, diagnosis->evidence_count);
    return FF_OK;
}

static ff_status speak_failure(void *self, const ff_history_failure *failure)
{
    spoken_add(self, "%.*s/%lld/%.*s/%.*s/%.*s:%llu%s>%u", FF_ARG(failure->job), (long long)failure->step,
               FF_ARG(failure->step_name), FF_ARG(failure->conclusion), FF_ARG(failure->file),
               (unsigned long long)failure->line, failure->follow_on ? "+" : "", failure->rank);
    return FF_OK;
}

static void a_result_takes_the_place_of_the_one_before(void **state)
{
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    static const ff_history_evidence evidence[] = {{.number = 1, .kind = FF_TEXT("log")}, {.number = 2}};
    static const ff_history_failure failures[] = {
        {.job = FF_TEXT("b"),
         .step = 3,
         .step_name = FF_TEXT("Test"),
         .conclusion = FF_TEXT("failure"),
         .file = FF_TEXT("1_b.txt"),
         .line = 12,
         .rank = 1},
        {.job = FF_TEXT("a"), .conclusion = FF_TEXT("cancelled"), .follow_on = true},
    };
    spoken said = {0};
    ff_error error = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, &run, 1);
    ff_history_diagnosis diagnoses[] = {past_diagnosis(3, PRINT_A, "a"), past_diagnosis(1, PRINT_B, "b")};
    diagnoses[0].evidence = evidence;
    diagnoses[0].evidence_count = COUNT(evidence);
    ff_history_result result = {.run = past_facts(&run),
                                .state = FF_HISTORY_ANALYSED,
                                .failures = failures,
                                .failure_count = COUNT(failures),
                                .diagnoses = diagnoses,
                                .diagnosis_count = COUNT(diagnoses)};
    past_record(history, &result);
    assert_int_equal(ff_history_diagnoses_of(history, &result.run, speak_diagnosis, &said, NULL), FF_OK);
    assert_string_equal(said.text, "1:b+0 3:a+2");
    said = (spoken){0};
    assert_int_equal(ff_history_failures_of(history, &result.run, speak_failure, &said, NULL), FF_OK);
    assert_string_equal(said.text, "b/3/Test/failure/1_b.txt:12>1 a/0//cancelled/:0+>0");
    result.failure_count = 1;
    result.diagnoses = diagnoses + 1;
    result.diagnosis_count = 1;
    past_record(history, &result);
    said = (spoken){0};
    assert_int_equal(ff_history_diagnoses_of(history, &result.run, speak_diagnosis, &said, NULL), FF_OK);
    assert_int_equal(ff_history_failures_of(history, &result.run, speak_failure, &said, NULL), FF_OK);
    assert_string_equal(said.text, "1:b+0 b/3/Test/failure/1_b.txt:12>1");
    /* what contradicts itself changes nothing */
    ff_history_diagnosis twice[] = {past_diagnosis(7, PRINT_A, "a"), past_diagnosis(7, PRINT_B, "b")};
    result.diagnoses = twice;
    result.diagnosis_count = COUNT(twice);
    assert_int_equal(ff_history_record(history, &result, &error), FF_MISUSE);
    said = (spoken){0};
    assert_int_equal(ff_history_diagnoses_of(history, &result.run, speak_diagnosis, &said, NULL), FF_OK);
    assert_string_equal(said.text, "1:b+0");
    ff_history_close(history);
}

static void what_was_not_listed_is_not_recorded(void **state)
{
    static const past_run runs[] = {{.id = 1, .created_at = AT(0, 0)},
                                    {.id = 1, .attempt = 2, .created_at = AT(0, 0)},
                                    {.id = 1, .created_at = AT(0, 0), .repository = "acme/other"}};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, runs, 1);
    for (size_t i = 0; i < COUNT(runs); i++) {
        ff_error error = {0};
        const ff_history_result result = {.run = past_facts(&runs[i]), .state = FF_HISTORY_ANALYSED};
        assert_int_equal(ff_history_record(history, &result, &error), i ? FF_NOT_FOUND : FF_OK);
        assert_true(!i || strstr(error.text, "run 1 "));
    }
    ff_history_close(history);
}

static ff_status speak_repository(void *self, const ff_history_known *known, uint32_t first_failed)
{
    (void)first_failed;
    spoken_add(self, "%.*s/%.*s#%llu", FF_ARG(known->run.host), FF_ARG(known->run.repository),
               (unsigned long long)known->run.id);
    return FF_OK;
}

/* In every order: the spelling that stands first in byte order stays. */
static void a_repository_is_one_however_it_is_spelled(void **state)
{
    static const past_run orders[][3] = {
        {{.id = 1, .repository = "acme/App"}, {.id = 2, .repository = "ACME/App"}, {.id = 3, .repository = "acme/app"}},
        {{.id = 2, .repository = "ACME/App"}, {.id = 3, .repository = "acme/app"}, {.id = 1, .repository = "acme/App"}},
        {{.id = 3, .repository = "acme/app"}, {.id = 1, .repository = "acme/App"}, {.id = 2, .repository = "ACME/App"}},
    };
    char name[32];
    (void)state;
    for (size_t i = 0; i < COUNT(orders); i++) {
        spoken said = {0};
        (void)snprintf(name, sizeof name, "%zu.db", i);
        ff_history *history = past_open(name);
        past_list(history, orders[i], COUNT(orders[i]));
        assert_int_equal(ff_history_runs(history, NULL, speak_repository, &said, NULL), FF_OK);
        assert_string_equal(said.text, "github.com/ACME/App#1 github.com/ACME/App#2 github.com/ACME/App#3");
        ff_history_close(history);
    }
}

/* Only this much of a hostile text is compared here; that nothing of it is SQL shows in the count of runs. */
static ff_status take_title(void *self, const ff_history_known *known, uint32_t first_failed)
{
    ff_buf *title = self;
    (void)first_failed;
    ff_buf_reset(title);
    ff_buf_add(title, known->run.title);
    return FF_OK;
}

static void texts_of_any_kind_are_kept_safe_to_show(void **state)
{
    static const struct {
        ff_slice text;
        const char *kept;
    } rows[] = {
        {FF_TEXT("plain"), "plain"},
        {FF_TEXT("it's \"quoted\"; DROP TABLE run; --"), "it's \"quoted\"; DROP TABLE run; --"},
        {FF_TEXT("two\nlines"), "two\nlines"},
        {FF_TEXT("NUL\0behind"), "NUL\\x00behind"},
        {FF_TEXT("esc \x1b[31m red"), "esc \\x1b[31m red"},
        {FF_TEXT("not UTF-8: \xff\xfe."), "not UTF-8: \xEF\xBF\xBD\xEF\xBF\xBD."},
        {FF_TEXT("bidi \xE2\x80\xAE turned"), "bidi \\u202e turned"},
        {FF_TEXT("\n\n"), "\n\n"},
        {FF_TEXT(""), ""},
        {FF_TEXT(":title ?1 @x $y"), ":title ?1 @x $y"},
    };
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    ff_history_run facts = past_facts(&run);
    ff_buf title;
    (void)state;
    ff_buf_init(&title, 1 << 20);
    ff_history *history = past_open("h.db");
    for (size_t i = 0; i < COUNT(rows); i++) {
        facts.title = rows[i].text;
        assert_int_equal(ff_history_list(history, &facts, 1, NULL), FF_OK);
        assert_int_equal(ff_history_runs(history, NULL, take_title, &title, NULL), FF_OK);
        assert_true(ff_utf8_is_showable(ff_buf_slice(&title)));
        assert_string_equal(title.ptr ? title.ptr : "", rows[i].kept);
    }
    ff_buf_release(&title);
    ff_history_close(history);
}

static void a_long_text_is_cut_between_code_points(void **state)
{
    static const char *const pieces[] = {"x", "é", "€", "\xff", "\x01", "a\n"};
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    ff_history_run facts = past_facts(&run);
    ff_buf text, title;
    (void)state;
    ff_buf_init(&text, 1 << 20);
    ff_buf_init(&title, 1 << 20);
    ff_history *history = past_open("h.db");
    for (size_t i = 0; i < COUNT(pieces); i++) {
        ff_buf_reset(&text);
        while (text.len < 100000)
            ff_buf_add(&text, ff_slice_of(pieces[i]));
        facts.title = ff_buf_slice(&text);
        assert_int_equal(ff_history_list(history, &facts, 1, NULL), FF_OK);
        assert_int_equal(ff_history_runs(history, NULL, take_title, &title, NULL), FF_OK);
        assert_true(title.len <= FF_LIMIT_HISTORY_TEXT_BYTES && title.len > FF_LIMIT_HISTORY_TEXT_BYTES - 8);
        assert_true(ff_utf8_is_showable(ff_buf_slice(&title)));
        assert_true(ff_slice_ends(ff_buf_slice(&title), FF_LIT("…")));
    }
    ff_buf_release(&text);
    ff_buf_release(&title);
    ff_history_close(history);
}

static ff_status take_json(void *self, const ff_history_diagnosis *diagnosis)
{
    *(size_t *)self = diagnosis->json.len;
    return FF_OK;
}

static void what_is_no_json_is_not_handed_out_as_such(void **state)
{
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    ff_buf large;
    size_t len = 0;
    (void)state;
    ff_buf_init(&large, 4 << 20);
    ff_buf_add(&large, FF_LIT("\""));
    ff_buf_add_repeat(&large, 'x', FF_LIMIT_HISTORY_JSON_BYTES);
    ff_buf_add(&large, FF_LIT("\""));
    const struct {
        ff_slice json;
        size_t len;
    } rows[] = {
        {FF_LIT("{\"a\":[1,\"\\u0001\"]}"), 18},
        {FF_LIT("{\"a\":"), 0},
        {FF_LIT("\"\xff\""), 0},
        {ff_buf_slice(&large), 0},
    };
    ff_history *history = past_open("h.db");
    past_list(history, &run, 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_history_diagnosis diagnosis = past_diagnosis(1, PRINT_A, "test");
        diagnosis.json = rows[i].json;
        const ff_history_result result = {
            .run = past_facts(&run), .state = FF_HISTORY_ANALYSED, .diagnoses = &diagnosis, .diagnosis_count = 1};
        past_record(history, &result);
        assert_int_equal(ff_history_diagnosis_of(history, &result.run, 1, take_json, &len, NULL), FF_OK);
        assert_int_equal(len, rows[i].len);
    }
    ff_buf_release(&large);
    ff_history_close(history);
}

static ff_status refuse_second(void *self, const ff_history_known *known)
{
    (void)known;
    return ++*(int *)self == 2 ? FF_DENIED : FF_OK;
}

static void a_visitor_ends_the_visit_with_its_own_status(void **state)
{
    static const past_run runs[] = {
        {.id = 1, .created_at = AT(0, 0)}, {.id = 2, .created_at = AT(0, 1)}, {.id = 4, .created_at = AT(0, 1)}};
    static const past_run next = {.id = 3, .created_at = AT(0, 2)};
    int visits = 0;
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, runs, COUNT(runs));
    assert_int_equal(ff_history_failed(history, NULL, refuse_second, &visits, NULL), FF_DENIED);
    assert_int_equal(visits, 2);
    past_list(history, &next, 1); /* nothing holds the database */
    ff_history_close(history);
    ff_history_close(NULL);
}

static void the_attempts_of_a_run_are_visited_in_order(void **state)
{
    static const past_run runs[] = {
        {.id = 1, .attempt = 2, .created_at = AT(0, 0), .conclusion = "success"},
        {.id = 1, .created_at = AT(0, 0)},
        {.id = 2, .created_at = AT(0, 1)},
        {.id = 1, .created_at = AT(0, 0), .repository = "acme/web", .conclusion = "cancelled"},
    };
    static const ff_history_run web[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/web")}};
    static const ff_history_window window = {.repositories = web, .repository_count = 1};
    spoken said = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, runs, COUNT(runs));
    assert_int_equal(ff_history_attempts(history, NULL, 1, speak_known, &said, NULL), FF_OK);
    assert_string_equal(said.text, "1.1:failure:listed:: 1.2:success:listed:: 1.1:cancelled:listed::");
    said = (spoken){0};
    assert_int_equal(ff_history_attempts(history, &window, 1, speak_known, &said, NULL), FF_OK);
    assert_string_equal(said.text, "1.1:cancelled:listed::");
    ff_history_close(history);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, past_enter, past_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_listing_renews_the_facts_and_keeps_what_is_known),
        TEST(what_was_told_last_stays),
        TEST(what_says_more_stays),
        TEST(a_result_takes_the_place_of_the_one_before),
        TEST(what_was_not_listed_is_not_recorded),
        TEST(a_repository_is_one_however_it_is_spelled),
        TEST(texts_of_any_kind_are_kept_safe_to_show),
        TEST(a_long_text_is_cut_between_code_points),
        TEST(what_is_no_json_is_not_handed_out_as_such),
        TEST(a_visitor_ends_the_visit_with_its_own_status),
        TEST(the_attempts_of_a_run_are_visited_in_order),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
