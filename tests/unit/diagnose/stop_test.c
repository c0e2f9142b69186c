/* What GitHub states about why a job ended or never began. */
#include "diagnose/stop.h"

#include "unit/diagnose/known.h"

static void githubs_words_are_known(void **state)
{
    static const struct {
        char ended;
        const char *message;
        const char *code; /* NULL: nothing is stated */
        const char *verb, *because;
        bool settled, harmless;
    } rows[] = {
        {'c', "Canceling since a higher priority waiting request for 'ci-main' exists", "superseded", NULL,
         ": a newer run took its place", true, true},
        {'c', "Canceling since a deadlock for concurrency group 'x' was detected between 'top level workflow' and 'a'",
         "annotation", NULL, ": its concurrency group would wait for itself", true, false},
        {'c', "The run was canceled by @octocat.", "cancelled-by", NULL, " by ", true, false},
        {'c', "The job was canceled because \"_3_11\" failed.", "fail-fast", NULL, ": another job failed", true, false},
        {'f', "The run was canceled by @octocat.", NULL, NULL, NULL, false, false},
        {'f',
         "The job was not started because recent account payments have failed or your spending limit needs to be "
         "increased. Please check the 'Billing & plans' section in your settings",
         "annotation", " did not start", ": billing", true, false},
        {'f', "The job was not started because your account is locked due to a billing issue.", "annotation",
         " did not start", ": billing", true, false},
        {'f', "The job was not acquired by Runner of type hosted even after multiple attempts", "annotation",
         " did not start", ": no runner took it", true, false},
        {'f',
         "This request was automatically failed because there were no enabled runners online to process the request "
         "for more than 1 days.",
         "annotation", " did not start", ": no runner was online", true, false},
        {'f', "The self-hosted runner: r7 lost communication with the server. Verify the machine is running.",
         "annotation", NULL, ": its runner lost contact", false, false},
        {'f', "psql lost communication with the server", NULL, NULL, NULL, false, false},
        {'t', "The job running on runner r7 has exceeded the maximum execution time of 6 minutes.", "time-limit", NULL,
         "", false, false},
        {'f', "billing-service: 3 tests failed", NULL, NULL, NULL, false, false},
        {'f', "Process completed with exit code 1.", NULL, NULL, NULL, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        (void)known_job(&k, "test", rows[i].ended, 9, NULL);
        known_annotation(&k, 0, "failure", rows[i].message);
        ff_slice words = {0};
        const ff_stop *stop = ff_stop_find(&k.run, 0, known_ending(rows[i].ended), &words);
        if ((stop != NULL) != (rows[i].code != NULL))
            fail_msg("row %zu", i);
        if (stop) {
            assert_string_equal(stop->code, rows[i].code);
            assert_string_equal(stop->verb ? stop->verb : "", rows[i].verb ? rows[i].verb : "");
            assert_string_equal(stop->because, rows[i].because);
            assert_int_equal(stop->settled, rows[i].settled);
            assert_int_equal(stop->harmless, rows[i].harmless);
            assert_true(ff_slice_eq(words, ff_slice_of(rows[i].message)));
        }
        known_close(&k);
    }
}

/* Whoever writes a step can pin any words to its job; they stand in its log as well. */
static void what_a_step_printed_is_no_statement_of_github(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'f', 9, NULL);
    known_annotation(&k, 0, "failure", "The runner lost communication with the server");
    k.run.annotations.items[0].in_log = true;
    ff_slice words;
    assert_null(ff_stop_find(&k.run, 0, FF_CONCLUSION_FAILURE, &words));
    known_close(&k);
}

static void of_two_statements_the_one_that_says_more_counts(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'c', 9, NULL);
    known_annotation(&k, 0, "failure", "The run was canceled by @octocat.");
    known_annotation(&k, 0, "failure", "Canceling since a higher priority waiting request for 'x' exists");
    ff_slice words;
    assert_string_equal(ff_stop_find(&k.run, 0, FF_CONCLUSION_CANCELLED, &words)->code, "superseded");
    assert_true(ff_slice_starts(words, FF_LIT("Canceling since")));
    known_close(&k);
}

static void who_cancelled_stands_behind_the_phrase(void **state)
{
    (void)state;
    ff_slice words = FF_LIT("The run was canceled by @octocat.");
    assert_true(ff_slice_eq(ff_stop_who(ff_stop_of(words), words), FF_LIT("@octocat")));
}

static void a_job_that_never_began_did_not_run_for_a_time(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "deploy", 'c', 600, NULL);
    known_diagnose(&k);
    assert_string_equal(known_said(&k, "cut-off"), "");
    known_close(&k);
}

/* How long it ran is told; whether a limit would fit is no question any more. */
static void no_limit_is_guessed_where_the_reason_is_stated(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'c', 60, (known_step[]){{"Run", 'c', 60}, {0}});
    known_annotation(&k, 0, "failure", "The run was canceled by @octocat.");
    known_diagnose(&k);
    assert_string_equal(known_said(&k, "cut-off"), "“test” › “Run” was cancelled after 60 s");
    assert_int_equal(k.report.diagnoses[0].next_evidence_count, 0);
    known_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(githubs_words_are_known),
        cmocka_unit_test(what_a_step_printed_is_no_statement_of_github),
        cmocka_unit_test(of_two_statements_the_one_that_says_more_counts),
        cmocka_unit_test(who_cancelled_stands_behind_the_phrase),
        cmocka_unit_test(a_job_that_never_began_did_not_run_for_a_time),
        cmocka_unit_test(no_limit_is_guessed_where_the_reason_is_stated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
