/* The export: a line an object, in an order that depends on the content alone. */
#include "base/buf.h"
#include "past.h"

static ff_status add_piece(void *self, ff_slice piece)
{
    assert_true(ff_slice_starts(piece, FF_LIT("{\"kind\":\"")) && ff_slice_ends(piece, FF_LIT("}\n")));
    assert_int_equal(ff_slice_find_byte(piece, '\n'), piece.len - 1);
    ff_buf_add(self, piece);
    return FF_OK;
}

static void expect_export(ff_history *history, const ff_history_window *window, const char *text)
{
    ff_buf out;
    ff_buf_init(&out, 1 << 20);
    assert_int_equal(ff_history_export(history, window, add_piece, &out, NULL), FF_OK);
    assert_string_equal(out.ptr ? out.ptr : "", text);
    ff_buf_release(&out);
}

static void a_run_carries_all_that_is_known_of_it(void **state)
{
    static const past_run row = {.id = 7, .created_at = AT(0, 0)};
    static const ff_history_evidence evidence[] = {{.number = 3,
                                                    .kind = FF_TEXT("log"),
                                                    .file = FF_TEXT("1_a.txt"),
                                                    .line = 5,
                                                    .end_line = 6,
                                                    .job_line = 50,
                                                    .primary = true,
                                                    .text = FF_TEXT("one \"quoted\"\n\ttwo")}};
    static const uint32_t causes[] = {1, 2};
    static const ff_history_failure failure = {.job = FF_TEXT("test"),
                                               .step = 4,
                                               .step_name = FF_TEXT("Run"),
                                               .conclusion = FF_TEXT("failure"),
                                               .file = FF_TEXT("1_a.txt"),
                                               .line = 9,
                                               .rank = 3};
    static const ff_history_run repository[] = {{.host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/app")}};
    (void)state;
    ff_history *history = past_open("h.db");
    expect_export(history, NULL, "");
    past_list(history, &row, 1);
    ff_history_diagnosis diagnosis = past_diagnosis(3, PRINT_A, "test");
    diagnosis.evidence = evidence;
    diagnosis.evidence_count = COUNT(evidence);
    diagnosis.caused_by = causes;
    diagnosis.caused_by_count = COUNT(causes);
    diagnosis.fix = FF_LIT("Do:\n\n- this");
    diagnosis.json = FF_LIT("{\"id\":\"D3\",\"rank\":3}");
    const ff_history_result result = {.run = past_facts(&row),
                                      .state = FF_HISTORY_ANALYSED,
                                      .digest = FF_LIT("sha256:1"),
                                      .partial = true,
                                      .failures = &failure,
                                      .failure_count = 1,
                                      .diagnoses = &diagnosis,
                                      .diagnosis_count = 1};
    past_record(history, &result);
    const ff_history_said said[] = {
        {FF_TEXT("github.com"), FF_TEXT("acme/app"), PRINT_A, FF_TEXT("new"), 1, AT(0, 0), 0}};
    const ff_history_scan scan = {.started_at = AT(0, 2),
                                  .ended_at = AT(0, 3),
                                  .window = {.repositories = repository,
                                             .repository_count = 1,
                                             .since = AT(-1, 0),
                                             .until = FF_NO_TIME,
                                             .branch = FF_LIT("main"),
                                             .cancelled = true},
                                  .digest = FF_LIT("sha256:1"),
                                  .listed = 5,
                                  .failed = 1,
                                  .analysed = 1,
                                  .said = said,
                                  .said_count = 1};
    assert_int_equal(ff_history_finish(history, &scan, NULL), FF_OK);
    expect_export(
        history, NULL,
        "{\"kind\":\"repository\",\"host\":\"github.com\",\"repository\":\"acme/app\"}\n"
        "{\"kind\":\"run\",\"host\":\"github.com\",\"repository\":\"acme/app\",\"id\":7,\"attempt\":1,"
        "\"workflow_id\":1002,\"workflow\":\"CI\",\"workflow_path\":\".github/workflows/ci.yml\",\"event\":\"push\","
        "\"head_branch\":\"main\",\"head_sha\":\"0123456789012345678901234567890123456789\",\"title\":\"A change\","
        "\"conclusion\":\"failure\",\"created_at\":\"2026-11-20T00:00:00Z\",\"started_at\":\"2026-11-20T00:00:01Z\","
        "\"updated_at\":\"2026-11-20T00:01:00Z\",\"state\":\"analysed\",\"catalog_digest\":\"sha256:1\",\"why\":\"\","
        "\"partial\":true,\"failures\":[{\"job\":\"test\",\"step\":4,\"step_name\":\"Run\","
        "\"conclusion\":\"failure\",\"file\":\"1_a.txt\",\"line\":9,\"follow_on\":false,\"rank\":3}],"
        "\"diagnoses\":[{\"rank\":3,\"fingerprint\":\"" PRINT_A "\",\"rule\":\"demo.rule\",\"family\":\"demo\","
        "\"role\":\"cause\",\"title\":\"A title\",\"verdict\":\"likely\",\"standing\":\"first\","
        "\"summary\":\"A summary.\",\"confidence\":0.750,\"job\":\"test\",\"step_name\":\"Run tests\",\"step\":4,"
        "\"tolerated\":false,\"origin\":true,\"count\":1,\"fix\":\"Do:\\n\\n- this\",\"command\":\"\","
        "\"caused_by\":[1,2],\"evidence\":[{\"number\":3,\"kind\":\"log\",\"file\":\"1_a.txt\",\"line\":5,"
        "\"end_line\":6,\"job_line\":50,\"primary\":true,\"text\":\"one \\\"quoted\\\"\\n\\ttwo\"}],"
        "\"report\":{\"id\":\"D3\",\"rank\":3}}]}\n"
        "{\"kind\":\"scan\",\"started_at\":\"2026-11-20T02:00:00Z\",\"ended_at\":\"2026-11-20T03:00:00Z\","
        "\"since\":\"2026-11-19T00:00:00Z\",\"until\":null,\"branch\":\"main\",\"event\":\"\",\"workflow\":\"\","
        "\"include_cancelled\":true,\"catalog_digest\":\"sha256:1\",\"listed\":5,\"failed\":1,\"analysed\":1,"
        "\"known\":0,\"expired\":0,\"errors\":0,"
        "\"repositories\":[{\"host\":\"github.com\",\"repository\":\"acme/app\"}],"
        "\"said\":[{\"host\":\"github.com\",\"repository\":\"acme/app\",\"fingerprint\":\"" PRINT_A
        "\",\"state\":\"new\",\"count\":1,\"last_seen\":\"2026-11-20T00:00:00Z\"}]}\n");
    const ff_history_window later = {.since = AT(0, 3) + 1, .until = FF_NO_TIME};
    expect_export(history, &later, "{\"kind\":\"repository\",\"host\":\"github.com\",\"repository\":\"acme/app\"}\n");
    ff_history_close(history);
}

/* Keys of the runs alone, in the order of the lines. */
static ff_status add_key(void *self, ff_slice piece)
{
    size_t from = ff_slice_find(piece, FF_LIT("\"repository\":")),
           to = ff_slice_find(piece, FF_LIT(",\"workflow_id\""));
    if (ff_slice_starts(piece, FF_LIT("{\"kind\":\"run\""))) {
        ff_buf_add(self, ff_slice_from(ff_slice_cut(piece, to), from + 13));
        ff_buf_add(self, FF_LIT("\n"));
    }
    return FF_OK;
}

static void lines_are_sorted_by_what_names_a_thing(void **state)
{
    static const past_run runs[] = {
        {.id = 20, .created_at = AT(0, 0)},
        {.id = 3, .created_at = AT(1, 0), .attempt = 2},
        {.id = 3, .created_at = AT(1, 0), .attempt = 10},
        {.id = 3, .created_at = AT(1, 0), .repository = "Acme/a-first-one"},
        {.id = 3, .created_at = AT(1, 0)},
    };
    static const ff_history_window first_day = {.since = FF_NO_TIME, .until = AT(1, 0)};
    ff_buf out;
    (void)state;
    ff_buf_init(&out, 1 << 20);
    ff_history *history = past_open("h.db");
    past_list(history, runs, COUNT(runs));
    assert_int_equal(ff_history_export(history, NULL, add_key, &out, NULL), FF_OK);
    assert_string_equal(out.ptr, "\"Acme/a-first-one\",\"id\":3,\"attempt\":1\n"
                                 "\"acme/app\",\"id\":3,\"attempt\":1\n"
                                 "\"acme/app\",\"id\":3,\"attempt\":2\n"
                                 "\"acme/app\",\"id\":3,\"attempt\":10\n"
                                 "\"acme/app\",\"id\":20,\"attempt\":1\n");
    ff_buf_reset(&out);
    assert_int_equal(ff_history_export(history, &first_day, add_key, &out, NULL), FF_OK);
    assert_string_equal(out.ptr, "\"acme/app\",\"id\":20,\"attempt\":1\n");
    ff_buf_release(&out);
    ff_history_close(history);
}

static ff_status refuse(void *self, ff_slice piece)
{
    (void)self;
    (void)piece;
    return FF_DENIED;
}

static void a_writer_that_fails_ends_the_export(void **state)
{
    static const past_run run = {.id = 1, .created_at = AT(0, 0)};
    (void)state;
    ff_history *history = past_open("h.db");
    past_list(history, &run, 1);
    assert_int_equal(ff_history_export(history, NULL, refuse, NULL, NULL), FF_DENIED);
    past_list(history, &run, 1); /* the connection can be used */
    ff_history_close(history);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, past_enter, past_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_run_carries_all_that_is_known_of_it),
        TEST(lines_are_sorted_by_what_names_a_thing),
        TEST(a_writer_that_fails_ends_the_export),
    };
    return cmocka_run_group_tests_name("export", tests, NULL, NULL);
}
