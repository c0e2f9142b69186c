/* The whole pipeline over small texts with a catalog of four rules: standing, rank, verdict, links, fingerprints. */
#include "diagnose/analysis.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char CATALOG[] =
    "family: app\n"
    "rules:\n"
    "  - id: app.crash\n"
    "    title: 'The application crashed: ${reason}'\n"
    "    role: cause\n"
    "    match: '^Crash: (?<reason>\\w+)'\n"
    "    unless: 'expected'\n"
    "    ask: [{command: 'cat ${reason}.log', why: It says more.}]\n"
    "    fix: [{say: 'Mend ${reason}.'}, {when: {reason: other}, say: Never.}]\n"
    "    examples: {match: ['Crash: a', 'Crash: b'], no_match: ['crash', 'Crash: expected']}\n"
    "  - id: app.loop\n"
    "    title: 'Not ready ${count} times'\n"
    "    role: symptom\n"
    "    match: '^Not ready'\n"
    "    repeat: {at_least: 3, closed_by: '^Gave up'}\n"
    "    caused_by: 'app.crash'\n"
    "    examples: {match: ['Not ready', 'Not ready (1)'], no_match: ['Ready', 'not ready']}\n"
    "  - id: app.guess\n"
    "    title: The script asks the wrong door\n"
    "    role: cause\n"
    "    where: {text: script}\n"
    "    match: 'wrong-door'\n"
    "    requires: {same_step: app.loop}\n"
    "    examples: {match: ['curl wrong-door', 'wget wrong-door'], no_match: ['curl right', 'right-door']}\n"
    "  - id: app.late\n"
    "    title: A later exception\n"
    "    role: cause\n"
    "    match: '^Later:'\n"
    "    examples: {match: ['Later: a', 'Later: b'], no_match: ['later', 'Late']}\n"
    "  - id: app.chain\n"
    "    title: One exception after the other\n"
    "    role: noise\n"
    "    tags: chain\n"
    "    match: '^While handling that'\n"
    "    examples: {match: ['While handling that', 'While handling that:'], no_match: ['a', 'b']}\n"
    "  - id: app.answers\n"
    "    title: 'Answered ${status} ${count} times'\n"
    "    role: symptom\n"
    "    match: '^Answer (?<status>\\d+)'\n"
    "    repeat: {at_least: 2, same: status}\n"
    "    caused_by: 'app.crash'\n"
    "    examples: {match: ['Answer 500', 'Answer 1'], no_match: ['a', 'b']}\n"
    "  - id: app.ready\n"
    "    title: Ready in the end\n"
    "    role: noise\n"
    "    tags: recovered\n"
    "    match: '^Ready now'\n"
    "    examples: {match: ['Ready now', 'Ready now!'], no_match: ['Ready', 'ready now']}\n";

#define T "2025-12-01T05:14:50.1234567Z "
#define SETUP T "Current runner version: '2.330.0'\n" T "Complete job name: build\n"
#define RUN(script)                                                                                                    \
    T "##[group]Run " script "\n" T "\x1b[36;1m" script "\x1b[0m\n" T "shell: /usr/bin/bash -e {0}\n" T "##[endgroup]" \
      "\n"
#define EXIT1 T "##[error]Process completed with exit code 1.\n"
#define LOOP T "Not ready\n" T "Not ready\n" T "Not ready\n" T "Gave up\n"
#define END T "Post job cleanup.\n" T "Cleaning up orphan processes\n"

static ff_analysis *triage(const char *text)
{
    static ff_catalog *catalog;
    char path[] = "/tmp/firstfault-analysis-XXXXXX";
    ff_error error = {0};
    if (!catalog) {
        assert_int_equal(ff_catalog_new(&catalog), FF_OK);
        if (ff_catalog_add_bytes(catalog, "app.yaml", ff_slice_of(CATALOG), "built-in", &error) != FF_OK)
            fail_msg("%s", error.text);
        assert_int_equal(ff_catalog_finish(catalog, &error), FF_OK);
    }
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    (void)close(fd);
    ff_analysis *analysis = NULL;
    assert_int_equal(ff_analysis_new(&analysis), FF_OK);
    ff_status status = ff_analysis_triage(analysis, catalog, path, NULL, &error);
    (void)unlink(path);
    if (status != FF_OK)
        fail_msg("%s", error.text);
    return analysis;
}

static const ff_diagnosis *find(const ff_report *report, const char *rule)
{
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if (report->diagnoses[i].rule && ff_slice_eq(report->diagnoses[i].rule->id, ff_slice_of(rule)))
            return &report->diagnoses[i];
    return NULL;
}

static void each_text_has_the_first_fault_that_a_reader_would_name(void **state)
{
    static const struct {
        const char *what, *text;
        const char *first; /* rule, "" for a diagnosis without rule, NULL for none at all */
        ff_verdict verdict;
        size_t failures;
    } rows[] = {
        {"a cause in the failing step", SETUP RUN("make") T "Crash: boom\n" EXIT1 END, "app.crash", FF_VERDICT_LIKELY,
         1},
        {"a symptom alone is observed", SETUP RUN("wait") LOOP EXIT1 END, "app.loop", FF_VERDICT_CONFIRMED, 1},
        {"the cause before its symptom", SETUP RUN("wait") T "Crash: boom\n" LOOP EXIT1 END, "app.crash",
         FF_VERDICT_LIKELY, 1},
        {"a guess stays behind what was seen", SETUP RUN("curl wrong-door") LOOP EXIT1 END, "app.loop",
         FF_VERDICT_CONFIRMED, 1},
        {"a failure nobody knows", SETUP RUN("odd") T "gizmo: error: no flux\n" EXIT1 END, "", FF_VERDICT_UNDECIDED, 1},
        {"a silent failure", SETUP RUN("odd") T "hello\n" EXIT1 END, "", FF_VERDICT_UNDECIDED, 1},
        {"a tolerated cause", SETUP RUN("a") T "Crash: boom\n" RUN("b") T "fatal: odd\n" EXIT1 END, "",
         FF_VERDICT_UNDECIDED, 1},
        {"the first of two chained exceptions",
         SETUP RUN("a") T "Crash: boom\n" T "While handling that\n" T "Later: bang\n" EXIT1 END, "app.crash",
         FF_VERDICT_LIKELY, 1},
        {"a loop that ends on other answers",
         SETUP RUN("a") T "Answer 0\n" T "Answer 0\n" T "Answer 500\n" T "Answer 500\n" EXIT1 END, "app.answers",
         FF_VERDICT_CONFIRMED, 1},
        {"the log that a later step shows", SETUP RUN("a") LOOP EXIT1 RUN("show the logs") T "Crash: boom\n" END,
         "app.crash", FF_VERDICT_LIKELY, 1},
        {"a passing job", SETUP RUN("a") T "fine\n" END, NULL, FF_VERDICT_UNDECIDED, 0},
        {"words of the script are not output", SETUP RUN("Crash: boom") T "fine\n" END, NULL, FF_VERDICT_UNDECIDED, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_analysis *analysis = triage(rows[i].text);
        const ff_report *report = ff_analysis_report(analysis);
        if (report->failure_count != rows[i].failures)
            fail_msg("%s: %zu failures", rows[i].what, report->failure_count);
        if ((rows[i].first != NULL) != (report->diagnosis_count > 0))
            fail_msg("%s: %zu diagnoses", rows[i].what, report->diagnosis_count);
        if (rows[i].first) {
            const ff_diagnosis *first = &report->diagnoses[0];
            ff_slice rule = first->rule ? first->rule->id : FF_LIT("");
            if (!ff_slice_eq(rule, ff_slice_of(rows[i].first)) || first->verdict != rows[i].verdict || first->rank != 1)
                fail_msg("%s: '%.*s' %s", rows[i].what, FF_ARG(rule), ff_verdict_name(first->verdict));
        }
        ff_analysis_free(analysis);
    }
}

static void a_cause_is_linked_to_the_symptom_behind_it(void **state)
{
    (void)state;
    ff_analysis *analysis = triage(SETUP RUN("wait") T "Crash: boom\n" LOOP EXIT1 END);
    const ff_report *report = ff_analysis_report(analysis);
    const ff_diagnosis *loop = find(report, "app.loop");
    assert_non_null(loop);
    assert_int_equal(loop->count, 4);
    assert_int_equal(loop->caused_by_count, 1);
    assert_ptr_equal(&report->diagnoses[loop->caused_by[0]], find(report, "app.crash"));
    assert_int_equal(report->failures[0].first_fault, 0);
    ff_analysis_free(analysis);
}

static void two_exceptions_are_chained_and_only_the_first_is_the_cause(void **state)
{
    (void)state;
    ff_analysis *analysis = triage(SETUP RUN("a") T "Crash: boom\n" T "While handling that\n" T "Later: bang\n" EXIT1);
    const ff_report *report = ff_analysis_report(analysis);
    const ff_diagnosis *later = find(report, "app.late");
    assert_non_null(later);
    assert_int_equal(later->caused_by_count, 1);
    assert_ptr_equal(&report->diagnoses[later->caused_by[0]], find(report, "app.crash"));
    ff_analysis_free(analysis);
    analysis = triage(SETUP RUN("a") T "Crash: boom\n" T "Later: bang\n" EXIT1);
    later = find(ff_analysis_report(analysis), "app.late");
    assert_int_equal(later->caused_by_count, 0);
    assert_int_equal(later->standing, FF_STANDING_RIVAL);
    ff_analysis_free(analysis);
}

static void a_loop_that_changes_its_answers_is_told_by_its_last_ones(void **state)
{
    (void)state;
    ff_analysis *analysis =
        triage(SETUP RUN("a") T "Answer 0\n" T "Answer 0\n" T "Answer 500\n" T "Answer 500\n" EXIT1 END);
    const ff_report *report = ff_analysis_report(analysis);
    assert_int_equal(report->diagnosis_count, 2);
    assert_true(ff_slice_eq(report->diagnoses[0].title, FF_LIT("Answered 500 2 times")));
    assert_int_equal(report->diagnoses[1].standing, FF_STANDING_EXPLAINS);
    ff_analysis_free(analysis);
}

/* A step that crashes, works on for long, and fails with `end`. */
static ff_analysis *triage_far(const char *end)
{
    static char text[64 * 1024];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", SETUP RUN("a") T "Crash: boom\n");
    for (int i = 0; i < 500; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", T "working\n");
    (void)snprintf(text + used, sizeof text - used, "%s%s", end, EXIT1 END);
    return triage(text);
}

static void a_cause_far_above_the_end_gives_way_to_what_stands_there(void **state)
{
    (void)state;
    ff_analysis *analysis = triage_far(T "fatal error: disk gone\n");
    const ff_report *report = ff_analysis_report(analysis);
    const ff_diagnosis *crash = find(report, "app.crash");
    assert_non_null(crash);
    assert_true(crash->verdict <= FF_VERDICT_POSSIBLE);
    assert_int_equal(report->diagnosis_count, 2); /* the line at the end has a diagnosis of its own */
    ff_analysis_free(analysis);
}

static void a_cause_far_above_stays_first_for_an_effect_at_the_end(void **state)
{
    (void)state;
    ff_analysis *analysis = triage_far(LOOP);
    const ff_diagnosis *crash = find(ff_analysis_report(analysis), "app.crash");
    assert_non_null(crash);
    assert_int_equal(crash->rank, 1);
    assert_int_equal(crash->verdict, FF_VERDICT_LIKELY);
    ff_analysis_free(analysis);
}

static void what_the_job_went_on_after_is_tolerated_and_at_most_possible(void **state)
{
    (void)state;
    ff_analysis *analysis = triage(SETUP RUN("a") T "Crash: boom\n" RUN("b") LOOP EXIT1 END);
    const ff_diagnosis *crash = find(ff_analysis_report(analysis), "app.crash");
    assert_non_null(crash);
    assert_true(crash->tolerated);
    assert_true(crash->verdict <= FF_VERDICT_POSSIBLE);
    assert_true(crash->rank > 1);
    ff_analysis_free(analysis);
    analysis = triage(SETUP RUN("a") T "Crash: boom\n" T "Ready now\n" T "error: other\n" EXIT1 END);
    crash = find(ff_analysis_report(analysis), "app.crash");
    assert_non_null(crash);
    assert_true(crash->tolerated);
    ff_analysis_free(analysis);
}

static void nothing_in_a_passing_job_is_above_possible(void **state)
{
    (void)state;
    ff_analysis *analysis = triage(SETUP RUN("a") T "Crash: boom\n" LOOP END);
    const ff_report *report = ff_analysis_report(analysis);
    assert_int_equal(report->failure_count, 0);
    for (size_t i = 0; i < report->diagnosis_count; i++)
        assert_true(report->diagnoses[i].verdict <= FF_VERDICT_POSSIBLE);
    ff_analysis_free(analysis);
}

static void each_diagnosis_has_one_primary_evidence_words_and_reasons(void **state)
{
    (void)state;
    ff_analysis *analysis = triage(SETUP RUN("curl wrong-door") T "Crash: boom\n" LOOP EXIT1 END);
    const ff_report *report = ff_analysis_report(analysis);
    assert_int_equal(report->diagnosis_count, 3);
    uint32_t last_number = 0;
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *d = &report->diagnoses[i];
        int primary = 0;
        for (uint32_t e = 0; e < d->evidence_count; e++) {
            primary += d->evidence[e].primary;
            assert_int_equal(d->evidence[e].number, ++last_number);
        }
        assert_int_equal(primary, 1);
        assert_true(d->title.len > 0 && d->reason_count > 0);
        assert_int_equal(strlen(d->fingerprint), FF_SHA256_HEX);
        assert_true(d->confidence > 0 && d->confidence < 1);
    }
    const ff_diagnosis *crash = find(report, "app.crash");
    assert_true(ff_slice_eq(crash->title, FF_LIT("The application crashed: boom")));
    assert_int_equal(crash->advice_count, 1);
    assert_true(ff_slice_eq(crash->advice[0].text, FF_LIT("Mend `boom`.")));
    assert_true(ff_slice_eq(crash->next_evidence[0].command, FF_LIT("cat boom.log")));
    ff_analysis_free(analysis);
}

static void advice_for_these_captures_takes_the_place_of_the_general_one(void **state)
{
    (void)state;
    ff_analysis *analysis = triage(SETUP RUN("a") T "Crash: other\n" EXIT1 END);
    const ff_diagnosis *crash = find(ff_analysis_report(analysis), "app.crash");
    assert_non_null(crash);
    assert_int_equal(crash->advice_count, 1);
    assert_true(ff_slice_eq(crash->advice[0].text, FF_LIT("Never.")));
    ff_analysis_free(analysis);
}

static void what_is_printed_behind_the_failing_exit_is_aftermath(void **state)
{
    (void)state;
    ff_analysis *analysis = triage("Late: bang\nThe command \"make\" exited with 1.\nCrash: boom\n");
    const ff_diagnosis *crash = find(ff_analysis_report(analysis), "app.crash");
    assert_non_null(crash);
    assert_int_equal(crash->standing, FF_STANDING_CONSEQUENCE);
    ff_analysis_free(analysis);
}

static void a_fingerprint_is_the_same_for_the_same_cause_only(void **state)
{
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {SETUP RUN("a") T "Crash: boom\n" EXIT1 END, SETUP RUN("b") T "x\n" T "Crash: boom\n" EXIT1, true},
        {SETUP RUN("a") T "Crash: boom\n" EXIT1 END, SETUP RUN("a") T "Crash: bang\n" EXIT1 END, false},
        {SETUP RUN("a") T "odd error: at 0x7f3a\n" EXIT1, SETUP RUN("a") T "odd error: at 0x11b2\n" EXIT1, true},
        {SETUP RUN("a") T "odd error: here\n" EXIT1, SETUP RUN("a") T "odd error: there\n" EXIT1, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_analysis *one = triage(rows[i].one), *other = triage(rows[i].other);
        bool same = strcmp(ff_analysis_report(one)->diagnoses[0].fingerprint,
                           ff_analysis_report(other)->diagnoses[0].fingerprint) == 0;
        if (same != rows[i].same)
            fail_msg("row %zu: the fingerprints are %s", i, same ? "equal" : "different");
        ff_analysis_free(one);
        ff_analysis_free(other);
    }
}

static void the_excerpt_is_bounded_in_order_and_holds_the_primary_lines(void **state)
{
    (void)state;
    ff_analysis *analysis = triage(SETUP RUN("wait") T "Crash: boom\n" LOOP EXIT1 END);
    const ff_report *report = ff_analysis_report(analysis);
    bool primary = false;
    for (size_t i = 0; i < report->excerpt_count; i++) {
        primary =
            primary || (report->excerpt[i].primary && ff_slice_starts(report->excerpt[i].line.text, FF_LIT("Crash")));
        if (i)
            assert_true(report->excerpt[i].line.place.line > report->excerpt[i - 1].line.place.line);
    }
    assert_true(primary);
    assert_true(report->excerpt_count <= FF_EXCERPT_LINES_DEFAULT);
    ff_analysis_free(analysis);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_text_has_the_first_fault_that_a_reader_would_name),
        cmocka_unit_test(a_cause_is_linked_to_the_symptom_behind_it),
        cmocka_unit_test(two_exceptions_are_chained_and_only_the_first_is_the_cause),
        cmocka_unit_test(a_loop_that_changes_its_answers_is_told_by_its_last_ones),
        cmocka_unit_test(a_cause_far_above_the_end_gives_way_to_what_stands_there),
        cmocka_unit_test(a_cause_far_above_stays_first_for_an_effect_at_the_end),
        cmocka_unit_test(what_the_job_went_on_after_is_tolerated_and_at_most_possible),
        cmocka_unit_test(nothing_in_a_passing_job_is_above_possible),
        cmocka_unit_test(each_diagnosis_has_one_primary_evidence_words_and_reasons),
        cmocka_unit_test(advice_for_these_captures_takes_the_place_of_the_general_one),
        cmocka_unit_test(what_is_printed_behind_the_failing_exit_is_aftermath),
        cmocka_unit_test(a_fingerprint_is_the_same_for_the_same_cause_only),
        cmocka_unit_test(the_excerpt_is_bounded_in_order_and_holds_the_primary_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
