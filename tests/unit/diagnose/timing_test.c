/* How long it ran, and which limit ended it. */
#include "diagnose/timing.h"

#include "unit/diagnose/known.h"

static const char JOB_WORDS[] =
    "The job running on runner GitHub Actions 7 has exceeded the maximum execution time of 10 "
    "minutes.";

static void durations_are_told_for_what_was_ended_by_others(void **state)
{
    static const struct {
        const char *what;
        char ended;
        int step_seconds, job_seconds;
        int32_t exit_code; /* 0: none */
        const char *annotation;
        const char *code, *said;
        ff_conclusion conclusion;
    } rows[] = {
        {"killed, far from the limit", 'f', 723, 760, 137, NULL, "killed",
         "“test” › “Run” was killed (exit code 137) after 12 min 3 s, the job after 12 min 40 s, far from GitHub's own "
         "limit of 360 minutes: not that time limit. It would fit “timeout-minutes: 12” of the step, which nothing "
         "here "
         "states: look into the workflow",
         FF_CONCLUSION_FAILURE},
        {"no whole number of minutes", 'f', 95, 110, 143, NULL, "killed",
         "“test” › “Run” was terminated (exit code 143) after 95 s, the job after 110 s, far from GitHub's own limit "
         "of "
         "360 minutes: not that time limit",
         FF_CONCLUSION_FAILURE},
        {"timeout", 'f', 95, 95, 124, NULL, "killed",
         "“test” › “Run” ended with exit code 124, as `timeout` does when its time is up, after 95 s, far from "
         "GitHub's "
         "own limit of 360 minutes: not that time limit",
         FF_CONCLUSION_FAILURE},
        {"an ordinary failure", 'f', 95, 95, 1, NULL, "killed", "", FF_CONCLUSION_FAILURE},
        {"no times", 'f', 0, 0, 137, NULL, "killed", "", FF_CONCLUSION_FAILURE},
        {"cancelled, and an annotation says why", 'c', 600, 612, 0, JOB_WORDS, "time-limit",
         "“test” ran 10 min 12 s; an annotation says that it exceeded the maximum execution time of 10 minutes",
         FF_CONCLUSION_TIMED_OUT},
        {"cancelled by somebody", 'c', 100, 112, 0, NULL, "cut-off",
         "“test” › “Run” was cancelled after 100 s, the job after 112 s, far from GitHub's own limit of 360 minutes: "
         "not "
         "that time limit",
         FF_CONCLUSION_CANCELLED},
        {"at GitHub's own limit", 'c', 21590, 21602, 0, NULL, "cut-off",
         "“test” › “Run” was cancelled after 5 h 59 min, the job after 6 h, which is GitHub's own limit of 360 minutes",
         FF_CONCLUSION_CANCELLED},
        {"said by the API", 't', 100, 112, 0, NULL, "cut-off",
         "“test” › “Run” ran out of time after 100 s, the job after 112 s", FF_CONCLUSION_TIMED_OUT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        (void)known_job(&k, "test", rows[i].ended, rows[i].job_seconds,
                        (known_step[]){{"Run", rows[i].ended, rows[i].step_seconds}, {0}});
        if (rows[i].exit_code)
            ff_run_step(&k.run, 0, 0)->signs.exit_code = rows[i].exit_code;
        if (rows[i].annotation)
            known_annotation(&k, 0, "failure", rows[i].annotation);
        known_diagnose(&k);
        if (strcmp(known_said(&k, rows[i].code), rows[i].said) != 0)
            fail_msg("%s: %s", rows[i].what, known_said(&k, rows[i].code));
        if (k.report.failures[0].conclusion != rows[i].conclusion)
            fail_msg("%s: ended with %s", rows[i].what, ff_conclusion_name(k.report.failures[0].conclusion));
        known_close(&k);
    }
}

/* A workflow whose job `test` and step `Run` have these members. */
#define WORKFLOW(job, step) "jobs:\n  test:\n" job "    steps:\n      - name: Run\n" step
#define OF_JOB(minutes) "    timeout-minutes: " minutes "\n"
#define OF_STEP(minutes) "        timeout-minutes: " minutes "\n"
#define CUT_OFF "“test” › “Run” was cancelled after "
#define OWN ", far from GitHub's own limit of 360 minutes: not that time limit"
#define FILE_SETS "; “.github/workflows/ci.yml” sets “timeout-minutes: "

static void durations_are_held_against_the_limits_of_the_workflow(void **state)
{
    static const struct {
        const char *what, *workflow;
        char ended;
        int step_seconds, job_seconds;
        int32_t exit_code; /* 0: none */
        const char *said;
    } rows[] = {
        {"the job's, reached", WORKFLOW(OF_JOB("10"), ""), 'c', 590, 601, 0,
         CUT_OFF "9 min 50 s, the job after 10 min 1 s" FILE_SETS "10” for the job, which it had reached"},
        {"the job's, all but reached", WORKFLOW(OF_JOB("10"), ""), 'c', 590, 598, 0,
         CUT_OFF "9 min 50 s, the job after 9 min 58 s" FILE_SETS
                 "10” for the job, which it had reached to within 3 s"},
        {"the job's, far away", WORKFLOW(OF_JOB("30"), ""), 'c', 590, 601, 0,
         CUT_OFF "9 min 50 s, the job after 10 min 1 s" FILE_SETS "30” for the job: not that time limit"},
        {"the step's", WORKFLOW("", OF_STEP("5")), 'f', 301, 330, 143,
         "“test” › “Run” was terminated (exit code 143) after 5 min 1 s, the job after 5 min 30 s" OWN FILE_SETS
         "5” for the step, which it had reached"},
        {"both", WORKFLOW(OF_JOB("30"), OF_STEP("5")), 'f', 301, 330, 137,
         "“test” › “Run” was killed (exit code 137) after 5 min 1 s, the job after 5 min 30 s" FILE_SETS
         "30” for the job: not that time limit, and “timeout-minutes: 5” for the step, which it had reached"},
        {"none is set, and no hint is given", WORKFLOW("", ""), 'c', 600, 612, 0,
         CUT_OFF "10 min, the job after 10 min 12 s" OWN},
        {"none, at GitHub's own", WORKFLOW("", ""), 'c', 21590, 21602, 0,
         CUT_OFF "5 h 59 min, the job after 6 h, which is GitHub's own limit of 360 minutes"},
        {"longer than GitHub's own", WORKFLOW(OF_JOB("600"), ""), 'c', 21590, 21602, 0,
         CUT_OFF "5 h 59 min, the job after 6 h, which is GitHub's own limit of 360 minutes" FILE_SETS
                 "600” for the job: not that time limit"},
        {"none for the job, the step's is an expression", WORKFLOW("", OF_STEP("${{ env.M }}")), 'c', 600, 612, 0,
         CUT_OFF "10 min, the job after 10 min 12 s" OWN
                 ". It would fit “timeout-minutes: 10” of the step, which nothing here states: look into the workflow"},
        {"the job's is an expression, the step's far away", WORKFLOW(OF_JOB("${{ env.M }}"), OF_STEP("30")), 'c', 590,
         600, 0,
         CUT_OFF "9 min 50 s, the job after 10 min" OWN FILE_SETS
                 "30” for the step: not that time limit. It would fit “timeout-minutes: 10” of the job, which nothing "
                 "here states: look into the workflow"},
        {"said by the API, and reached", WORKFLOW(OF_JOB("10"), OF_STEP("30")), 't', 590, 601, 0,
         "“test” › “Run” ran out of time after 9 min 50 s, the job after 10 min 1 s" FILE_SETS
         "10” for the job, which it had reached"},
        {"said by the API, and not reached", WORKFLOW(OF_JOB("30"), ""), 't', 590, 601, 0,
         "“test” › “Run” ran out of time after 9 min 50 s, the job after 10 min 1 s"},
        {"another job", "jobs:\n  build:\n    timeout-minutes: 10\n", 'c', 590, 600, 0,
         CUT_OFF "9 min 50 s, the job after 10 min" OWN
                 ". It would fit “timeout-minutes: 10” of the job, which nothing here states: look into the workflow"},
        {"a file that makes no sense", "jobs: [", 'c', 590, 600, 0,
         CUT_OFF "9 min 50 s, the job after 10 min" OWN
                 ". It would fit “timeout-minutes: 10” of the job, which nothing here states: look into the workflow"},
        {"an ordinary failure", WORKFLOW(OF_JOB("10"), ""), 'f', 590, 600, 1, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        k.run.workflow_text = ff_slice_of(rows[i].workflow);
        (void)known_job(&k, "test", rows[i].ended, rows[i].job_seconds,
                        (known_step[]){{"Run", rows[i].ended, rows[i].step_seconds}, {0}});
        if (rows[i].exit_code)
            ff_run_step(&k.run, 0, 0)->signs.exit_code = rows[i].exit_code;
        known_diagnose(&k);
        const char *said = known_said(&k, rows[i].ended == 'f' ? "killed" : "cut-off");
        if (strcmp(said, rows[i].said) != 0)
            fail_msg("%s: %s", rows[i].what, said);
        assert_int_equal(k.report.failures[0].conclusion, known_ending(rows[i].ended));
        known_close(&k);
    }
}

/* What ran is the file of the merge, which may have another limit than that of the head. */
static void the_workflow_of_a_pull_request_is_that_of_its_head(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    k.run.event = FF_LIT("pull_request");
    k.run.workflow_text = FF_LIT(WORKFLOW(OF_JOB("10"), ""));
    (void)known_job(&k, "test", 'c', 601, (known_step[]){{"Run", 'c', 601}, {0}});
    known_diagnose(&k);
    assert_string_equal(known_said(&k, "cut-off"), CUT_OFF
                        "10 min 1 s; “.github/workflows/ci.yml” at the head of the pull request sets “timeout-minutes: "
                        "10” for the job, which it had reached");
    known_close(&k);
}

static void stated_words_come_before_the_workflow(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    k.run.workflow_text = FF_LIT(WORKFLOW(OF_JOB("5"), ""));
    (void)known_job(&k, "test", 'c', 612, (known_step[]){{"Run", 'c', 600}, {0}});
    known_annotation(&k, 0, "failure", JOB_WORDS);
    known_diagnose(&k);
    assert_string_equal(
        known_said(&k, "time-limit"),
        "“test” ran 10 min 12 s; an annotation says that it exceeded the maximum execution time of 10 minutes");
    assert_string_equal(known_said(&k, "cut-off"), "");
    known_close(&k);
}

static void the_limit_of_a_step_is_its_own(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'f', 400, (known_step[]){{"Run", 'f', 301}, {0}});
    ff_slice words = FF_LIT("The action 'Run' has timed out after 5 minutes.");
    ff_line line = {.kind = FF_LINE_ERROR, .text = words, .body = words};
    line.place = (ff_place){FF_LIT("log"), 9, 0, FF_NO_TIME};
    ff_step *step = ff_run_step(&k.run, 0, 0);
    step->file = FF_LIT("log");
    step->first_line = 1;
    step->last_line = 9;
    step->signs.timed_out = true;
    step->signs.exit_at = line.place;
    assert_int_equal(ff_suspects_line(k.suspects, &line, 1), FF_OK);
    known_diagnose(&k);
    assert_string_equal(known_said(&k, "time-limit"),
                        "“test” › “Run” ran 5 min 1 s; its log says that it exceeded its time limit of 5 minutes");
    assert_int_equal(k.report.failures[0].conclusion, FF_CONCLUSION_TIMED_OUT);
    known_close(&k);
}

static void the_limit_of_a_job_may_stand_behind_the_step_that_met_it(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'c', 612, (known_step[]){{"Run", 'c', 590}, {"Complete job", 's', 1}, {0}});
    ff_slice words = ff_slice_of(JOB_WORDS);
    ff_line line = {.kind = FF_LINE_ERROR, .step = 1, .text = words, .body = words};
    line.place = (ff_place){FF_LIT("log"), 9, 0, FF_NO_TIME};
    ff_run_step(&k.run, 0, 1)->signs.timed_out = true;
    assert_int_equal(ff_suspects_line(k.suspects, &line, 1), FF_OK);
    known_diagnose(&k);
    assert_int_equal(k.report.failures[0].conclusion, FF_CONCLUSION_TIMED_OUT);
    assert_string_equal(
        known_said(&k, "time-limit"),
        "“test” ran 10 min 12 s; its log says that it exceeded the maximum execution time of 10 minutes");
    known_close(&k);
}

static void a_job_without_times_ran_as_long_as_its_steps(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "test", 'f', 0, (known_step[]){{"a", 's', 5}, {"b", 'f', 60}, {"c", '-', 0}, {0}});
    assert_true(ff_timing_job(&k.run, 0) == 65 * KNOWN_SECOND);
    assert_true(ff_timing_step(&k.run, 0, 1) == 60 * KNOWN_SECOND);
    assert_true(ff_timing_step(&k.run, 0, 2) == 0);
    assert_true(ff_timing_step(&k.run, 0, FF_NO_INDEX) == 0);
    known_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_told_for_what_was_ended_by_others),
        cmocka_unit_test(durations_are_held_against_the_limits_of_the_workflow),
        cmocka_unit_test(the_workflow_of_a_pull_request_is_that_of_its_head),
        cmocka_unit_test(stated_words_come_before_the_workflow),
        cmocka_unit_test(the_limit_of_a_step_is_its_own),
        cmocka_unit_test(the_limit_of_a_job_may_stand_behind_the_step_that_met_it),
        cmocka_unit_test(a_job_without_times_ran_as_long_as_its_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
