/* Failures without a log, and annotations beside one. */
#include "diagnose/stated.h"

#include "diagnose/pinned.h"
#include "unit/diagnose/known.h"

static const ff_diagnosis *first(const known *k)
{
    assert_in_range(k->report.failure_count, 1, 100);
    assert_in_range(k->report.failures[0].first_fault, 0, k->report.diagnosis_count - 1);
    return &k->report.diagnoses[k->report.failures[0].first_fault];
}

static void expect_text(ff_slice text, const char *expected)
{
    if (!ff_slice_eq(text, ff_slice_of(expected)))
        fail_msg("%.*s", FF_ARG(text));
}

/* Exactly one primary block, of the API and without places. */
static void expect_stated(const known *k, const ff_diagnosis *d)
{
    assert_null(d->rule);
    assert_int_equal(d->verdict, FF_VERDICT_UNDECIDED);
    assert_int_equal(d->evidence_count, 1);
    assert_int_equal(d->evidence[0].kind, FF_EVIDENCE_API);
    assert_true(d->evidence[0].primary);
    assert_int_equal(d->evidence[0].place.line, 0);
    assert_int_equal(d->evidence[0].number, 1);
    assert_int_equal(k->report.excerpt_count, 0);
}

static void an_expired_log_leaves_what_the_api_states(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    ff_notes_add(&k.run.notes, true, "logs-expired", "GitHub has deleted the logs.");
    (void)known_job(&k, "test", 'f', 80,
                    (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'f', 63}, {"Deploy", '-', 0}, {0}});
    (void)known_job(&k, "later", 'c', 90, NULL);
    known_annotation(&k, 0, "failure", "Process completed with exit code 1.");
    known_diagnose(&k);
    assert_int_equal(k.report.failure_count, 2);
    assert_int_equal(k.report.failures[0].step, 1);
    assert_true(k.report.failures[0].at == KNOWN_START + 68 * KNOWN_SECOND);
    assert_true(k.report.failures[1].follow_on);
    assert_int_equal(k.report.diagnosis_count, 1);
    const ff_diagnosis *d = first(&k);
    expect_stated(&k, d);
    expect_text(d->title, "No log says why step 2 “Run tests” ended with failure");
    assert_int_equal(d->evidence[0].line_count, 1);
    expect_text(d->evidence[0].lines[0].text, "step 2 \"Run tests\" ended with failure after 63 s");
    assert_int_equal(d->next_evidence_count, 1);
    expect_text(d->next_evidence[0].command, "gh run rerun 4711 --failed -R example/shop");
    assert_int_equal(k.run.jobs.items[0].steps.items[2].conclusion, FF_CONCLUSION_SKIPPED);
    known_close(&k);
}

static void an_annotation_that_says_more_comes_first(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'f', 0, (known_step[]){{"Set up job", 's', 0}, {0}});
    known_annotation(&k, 0, "warning", "Node.js 16 actions are deprecated.");
    known_annotation(&k, 0, "failure", "The hosted runner lost communication with the server.\nMore about it.");
    known_diagnose(&k);
    const ff_diagnosis *d = first(&k);
    expect_stated(&k, d);
    expect_text(d->title, "GitHub states: The hosted runner lost communication with the server.");
    assert_int_equal(d->evidence[0].line_count, 2);
    expect_text(d->evidence[0].lines[1].text, "job \"test\" ended with failure");
    expect_text(d->next_evidence[0].command, ""); /* the runner took its log along: nothing can be asked */
    assert_true(ff_slice_starts(d->next_evidence[0].why, FF_LIT("run the failed jobs again")));
    known_close(&k);
}

/* What helps depends on why there is no log, and on whether there ever was one. */
static void what_to_do_fits_the_reason_why_there_is_no_log(void **state)
{
    enum { DAY = 24 * 3600 };
    static const struct {
        const char *note, *text;
        int days;                  /* after the run; 0: nobody knows what day it is */
        bool ran;                  /* false: the job has no step, so it never had a log */
        const char *command, *why; /* NULL: nothing is advised; of `why` the start */
    } rows[] = {
        {"logs-expired", "gone", 0, true, "gh run rerun 4711 --failed -R example/shop", "It runs"},
        {"logs-expired", "gone", 29, true, "gh run rerun 4711 --failed -R example/shop", "It runs"},
        {"logs-expired", "gone", 31, true, "",
         "too old to run again (more than 30 days): only a new run, such as by a push"},
        {"logs-limited", "rate limit", 0, true, "", "GitHub's rate limit kept the logs away"},
        {"logs-refused", "no", 31, true, "gh run view 4711 --log-failed -R example/shop", "It prints"},
        {"job-logs", "some", 0, false, NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        ff_notes_add(&k.run.notes, true, rows[i].note, "%s", rows[i].text);
        (void)known_job(&k, "test", 'f', 80, rows[i].ran ? (known_step[]){{"Run tests", 'f', 63}, {0}} : NULL);
        if (rows[i].days)
            k.run.now = KNOWN_START + rows[i].days * (int64_t)DAY * KNOWN_SECOND;
        known_diagnose(&k);
        const ff_diagnosis *d = first(&k);
        assert_int_equal(d->next_evidence_count, rows[i].command != NULL);
        if (rows[i].command) {
            expect_text(d->next_evidence[0].command, rows[i].command);
            assert_true(ff_slice_starts(d->next_evidence[0].why, ff_slice_of(rows[i].why)));
        }
        known_close(&k);
    }
}

static void jobs_that_a_limit_kept_away_are_not_said_to_be_none(void **state)
{
    static const struct {
        const char *text, *command;
    } rows[] = {
        {"The list of jobs could not be read: rate limit of GitHub's API.", ""},
        {"The list of jobs could not be read: 502.", "gh run view 4711 -R example/shop"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        ff_notes_add(&k.run.notes, true, "jobs-unreadable", "%s", rows[i].text);
        known_diagnose(&k);
        const ff_diagnosis *d = first(&k);
        expect_text(d->title, "The jobs could not be read, so nothing says why the run ended with failure");
        expect_text(d->evidence[0].lines[0].text, "the run ended with failure");
        expect_text(d->next_evidence[0].command, rows[i].command);
        known_close(&k);
    }
}

static void a_job_that_collects_results_follows_without_a_log_too(void **state)
{
    static const struct {
        const char *name;
        int starts; /* so many seconds after the failed job ended */
        bool follows;
    } rows[] = {{"CI status", 2, true}, {"All green", 0, true}, {"CI status", -5, false}, {"deploy", 2, false}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        (void)known_job(&k, "test", 'f', 60, (known_step[]){{"Run", 'f', 50}, {0}});
        ff_job *job = known_job(&k, rows[i].name, 'f', 0, NULL);
        job->started_at = KNOWN_START + (60 + rows[i].starts) * KNOWN_SECOND;
        job->completed_at = job->started_at + 3 * KNOWN_SECOND;
        known_diagnose(&k);
        if (k.report.failure_count != 2 || k.report.failures[1].follow_on != rows[i].follows)
            fail_msg("row %zu", i);
        known_close(&k);
    }
}

static void a_run_without_jobs_is_a_failure_of_its_own(void **state)
{
    known k;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        known_open(&k);
        k.run.conclusion = known_ending("xf"[i]);
        known_diagnose(&k);
        assert_int_equal(k.report.failure_count, 1);
        assert_int_equal(k.report.failures[0].job, FF_NO_INDEX);
        assert_int_equal(k.report.failures[0].step, FF_NO_INDEX);
        assert_int_equal(k.report.failures[0].conclusion, k.run.conclusion);
        const ff_diagnosis *d = first(&k);
        expect_stated(&k, d);
        expect_text(d->next_evidence[0].command, "gh run view 4711 -R example/shop");
        known_close(&k);
    }
    known_open(&k);
    k.run.conclusion = FF_CONCLUSION_SUCCESS;
    known_diagnose(&k);
    assert_int_equal(k.report.failure_count, 0);
    known_close(&k);
}

static void a_command_needs_a_repository_of_the_right_form(void **state)
{
    static const struct {
        const char *host, *repository;
        const char *command; /* "" for none */
    } rows[] = {
        {"github.com", "o/r", "gh run view 4711 --log-failed -R o/r"},
        {"git.example.com", "o/r", "gh run view 4711 --log-failed -R git.example.com/o/r"},
        {"github.com", "o/r; rm -rf x", ""},
        {"github.com", "", ""},
        {"github.com", "-o/r", ""},
        {"$(x)", "o/r", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        k.run.host = ff_slice_of(rows[i].host);
        k.run.repository = ff_slice_of(rows[i].repository);
        (void)known_job(&k, "test", 'f', 9, (known_step[]){{"Run", 'f', 8}, {0}});
        known_diagnose(&k);
        assert_int_equal(first(&k)->next_evidence_count, rows[i].command[0] != '\0');
        if (rows[i].command[0])
            expect_text(first(&k)->next_evidence[0].command, rows[i].command);
        known_close(&k);
    }
}

/* The step has text: a line of it goes to the suspects and to the annotations, as when a log is read. */
static void read_line(known *k, ff_line_kind kind, const char *text)
{
    ff_pinned pinned;
    ff_slice words = ff_slice_of(text);
    ff_line line = {.kind = kind, .text = words, .body = words, .place = {FF_LIT("log"), 3, 0, FF_NO_TIME}};
    ff_step *step = ff_run_step(&k->run, 0, 0);
    step->file = FF_LIT("log");
    step->first_line = 1;
    step->last_line = 3;
    ff_pinned_init(&pinned);
    ff_pinned_line(&pinned, &k->run, &line);
    assert_int_equal(ff_suspects_line(k->suspects, &line, 1), FF_OK);
}

static void annotations_support_a_log_only_with_what_it_does_not_say(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'f', 9, (known_step[]){{"Run", 'f', 8}, {0}});
    known_annotation(&k, 0, "failure", "src/a.c is broken");
    known_annotation(&k, 0, "failure", "Process completed with exit code 1.");
    known_annotation(&k, 0, "failure", "The runner ran out of disk space.");
    read_line(&k, FF_LINE_ERROR, "Error: src/a.c is broken");
    known_diagnose(&k);
    const ff_diagnosis *d = first(&k);
    assert_int_equal(d->evidence_count, 2);
    assert_int_equal(d->evidence[0].kind, FF_EVIDENCE_LOG);
    assert_true(d->evidence[0].primary);
    assert_int_equal(d->evidence[1].kind, FF_EVIDENCE_API);
    assert_false(d->evidence[1].primary);
    assert_int_equal(d->evidence[1].line_count, 1);
    expect_text(d->evidence[1].lines[0].text, "The runner ran out of disk space.");
    assert_string_equal(known_said(&k, "annotation"), "GitHub says of “test”: “The runner ran out of disk space.”");
    known_close(&k);
}

static void what_a_step_printed_that_was_allowed_to_fail_is_tolerated(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    k.run.conclusion = FF_CONCLUSION_SUCCESS;
    (void)known_job(&k, "test", 's', 9, (known_step[]){{"Lint", 's', 8}, {"Run", 's', 1}, {0}});
    ff_run_step(&k.run, 0, 0)->signs = (ff_step_signs){.failed = true, .exit_code = 1};
    read_line(&k, FF_LINE_ERROR, "fatal: 3 findings");
    known_diagnose(&k);
    assert_int_equal(k.report.failure_count, 0);
    assert_int_equal(k.report.diagnosis_count, 1);
    assert_true(k.report.diagnoses[0].tolerated);
    assert_in_range(k.report.diagnoses[0].verdict, FF_VERDICT_REFUTED, FF_VERDICT_POSSIBLE);
    known_close(&k);
}

static void who_cancelled_a_job_is_told(void **state)
{
    static const struct {
        const char *message, *code;
    } rows[] = {
        {"Canceling since a higher priority waiting request for 'ci-main' exists", "superseded"},
        {"The run was canceled by @octocat.", "cancelled-by"},
        {"The job was canceled because \"_3_11\" failed.", "fail-fast"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        k.run.conclusion = FF_CONCLUSION_CANCELLED;
        (void)known_job(&k, "test", 'c', 9, (known_step[]){{"Run", 'c', 8}, {0}});
        known_annotation(&k, 0, "failure", rows[i].message);
        known_diagnose(&k);
        assert_int_equal(k.report.failures[0].conclusion, FF_CONCLUSION_CANCELLED);
        assert_non_null(strstr(known_said(&k, rows[i].code), rows[i].message));
        known_close(&k);
    }
}

static void equal_failures_have_equal_fingerprints_however_long_they_took(void **state)
{
    static const struct {
        const char *step;
        int seconds;
    } rows[] = {{"Run tests", 63}, {"Run tests", 7300}, {"Build", 63}};
    char prints[3][FF_SHA256_HEX + 1];
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        known k;
        known_open(&k);
        (void)known_job(&k, "test", 'f', 9000, (known_step[]){{rows[i].step, 'f', rows[i].seconds}, {0}});
        known_diagnose(&k);
        memcpy(prints[i], first(&k)->fingerprint, sizeof prints[i]);
        known_close(&k);
    }
    assert_string_equal(prints[0], prints[1]);
    assert_string_not_equal(prints[0], prints[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_expired_log_leaves_what_the_api_states),
        cmocka_unit_test(an_annotation_that_says_more_comes_first),
        cmocka_unit_test(what_to_do_fits_the_reason_why_there_is_no_log),
        cmocka_unit_test(jobs_that_a_limit_kept_away_are_not_said_to_be_none),
        cmocka_unit_test(a_job_that_collects_results_follows_without_a_log_too),
        cmocka_unit_test(a_run_without_jobs_is_a_failure_of_its_own),
        cmocka_unit_test(a_command_needs_a_repository_of_the_right_form),
        cmocka_unit_test(annotations_support_a_log_only_with_what_it_does_not_say),
        cmocka_unit_test(what_a_step_printed_that_was_allowed_to_fail_is_tolerated),
        cmocka_unit_test(who_cancelled_a_job_is_told),
        cmocka_unit_test(equal_failures_have_equal_fingerprints_however_long_they_took),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
