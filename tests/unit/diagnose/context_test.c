/* What the run as a whole says: still to come, not read, last green. */
#include "diagnose/context.h"

#include "unit/diagnose/known.h"

static void a_run_that_still_runs_says_so(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    k.run.unfinished = true;
    k.run.conclusion = FF_CONCLUSION_UNKNOWN;
    k.run.conclusion_known = false;
    (void)known_job(&k, "test", 'f', 60, NULL);
    (void)known_job(&k, "slow", 'r', 60, (known_step[]){{"a", 's', 5}, {"b", 'r', 0}, {"c", 'r', 0}, {0}});
    known_diagnose(&k);
    assert_string_equal(known_said(&k, "unfinished"), "The run has not finished: 1 of 2 jobs still runs or waits; this "
                                                      "is what it says so far");
    assert_int_equal(k.run.jobs.items[1].conclusion, FF_CONCLUSION_UNKNOWN);
    assert_int_equal(k.run.jobs.items[1].steps.items[1].conclusion, FF_CONCLUSION_UNKNOWN);
    assert_int_equal(k.run.conclusion, FF_CONCLUSION_UNKNOWN);
    assert_int_equal(k.report.failure_count, 1);
    known_close(&k);
}

static void a_failed_step_of_a_job_that_still_runs_is_a_failure(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    k.run.unfinished = true;
    k.run.conclusion = FF_CONCLUSION_UNKNOWN;
    (void)known_job(&k, "slow", 'r', 60, (known_step[]){{"a", 'f', 5}, {"Upload", 'r', 0}, {0}});
    known_diagnose(&k);
    assert_int_equal(k.report.failure_count, 1);
    assert_int_equal(k.report.failures[0].step, 0);
    assert_int_equal(k.run.jobs.items[0].conclusion, FF_CONCLUSION_UNKNOWN);
    known_close(&k);
}

static void only_the_job_that_was_asked_for_is_listed(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    for (size_t i = 0; i < 6; i++)
        (void)known_job(&k, (const char *[]){"a", "b", "c", "d", "e", "f"}[i], "ffffcs"[i], 60, NULL);
    k.run.only = 1;
    known_diagnose(&k);
    assert_int_equal(k.report.failure_count, 1);
    assert_int_equal(k.report.failures[0].job, 1);
    assert_string_equal(known_said(&k, "not-read"),
                        "Only the job “b” was read, because its address was given; failed too "
                        "and not read: “a”, “c”, “d”");
    known_close(&k);
    known_open(&k);
    (void)known_job(&k, "a", 'f', 60, NULL);
    (void)known_job(&k, "b", 's', 60, NULL);
    k.run.only = 1;
    known_diagnose(&k);
    assert_int_equal(k.report.failure_count, 0);
    assert_string_equal(known_said(&k, "not-read"),
                        "Only the job “b” was read, because its address was given; failed too and not read: “a”");
    known_close(&k);
}

static void the_last_run_that_passed_is_named(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "a", 'f', 60, NULL);
    k.run.last_green = (ff_last_green){4700, FF_LIT("ffeeddccbbaa99887766554433221100ffeeddcc"), KNOWN_START};
    known_diagnose(&k);
    assert_string_equal(known_said(&k, "last-green"),
                        "The last run of this workflow on “main” that passed before it is 4700, commit "
                        "“ffeeddc”, started 2025-12-01 05:13 UTC");
    known_close(&k);
}

static void a_long_list_of_remarks_is_cut(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    k.run.attempt = 2;
    for (uint32_t i = 0; i < 100; i++) {
        char name[] = "job 00";
        name[4] = (char)('0' + i / 10);
        name[5] = (char)('0' + i % 10);
        (void)known_job(&k, name, 'f', 60, NULL);
        known_other(&k, i, 1, 's');
    }
    known_diagnose(&k);
    assert_int_equal(k.report.observation_count, 64);
    known_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_still_runs_says_so),
        cmocka_unit_test(a_failed_step_of_a_job_that_still_runs_is_a_failure),
        cmocka_unit_test(only_the_job_that_was_asked_for_is_listed),
        cmocka_unit_test(the_last_run_that_passed_is_named),
        cmocka_unit_test(a_long_list_of_remarks_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
