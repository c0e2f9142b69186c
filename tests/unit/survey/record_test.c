/* A report as the history keeps it. */
#include "survey/record.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "unit/report/flagship.h"
#include <cmocka.h>

static void assert_text(ff_slice got, const char *expected)
{
    if (!ff_slice_eq(got, ff_slice_of(expected)))
        fail_msg("'%.*s' instead of '%s'", FF_ARG(got), expected);
}

static void make(flagship *f, ff_history_result *result)
{
    flagship_init(f);
    *result = (ff_history_result){.state = FF_HISTORY_ANALYSED};
    assert_int_equal(ff_record_make(result, &f->report, &f->arena), FF_OK);
}

static void diagnoses_are_kept_by_rank_and_refuted_ones_are_not(void **state)
{
    flagship f;
    ff_history_result result;
    (void)state;
    make(&f, &result);
    assert_int_equal(result.diagnosis_count, FLAGSHIP_DIAGNOSES - 1);
    for (uint32_t i = 0; i < result.diagnosis_count; i++) {
        assert_int_equal(result.diagnoses[i].rank, i + 1);
        assert_int_equal(strlen(result.diagnoses[i].fingerprint), FF_SHA256_HEX);
        assert_int_equal(result.diagnoses[i].fingerprint[0], "0123456789abcdef"[i]);
    }
    assert_text(result.digest, "9f31aa02c4d5e6f708192a3b4c5d6e7f9f31aa02c4d5e6f708192a3b4c5d6e7f");
    assert_int_equal(result.state, FF_HISTORY_ANALYSED);
    flagship_release(&f);
}

static void what_stands_first_for_a_failure_is_an_origin_and_has_its_json(void **state)
{
    flagship f;
    ff_history_result result;
    (void)state;
    make(&f, &result);
    const ff_history_diagnosis *first = &result.diagnoses[0];
    assert_true(first->origin);
    assert_text(first->rule, "health.http-status-loop");
    assert_text(first->family, "health");
    assert_text(first->role, "symptom");
    assert_text(first->title, "Health check answered HTTP 500 on 20 of 20 attempts");
    assert_text(first->verdict, "confirmed");
    assert_text(first->standing, "explains");
    assert_text(first->job, "deploy-backend");
    assert_text(first->step_name, "Post-deployment health check");
    assert_int_equal(first->step, 6);
    assert_int_equal(first->count, 20);
    assert_text(first->command, "docker logs pm-backend --tail 100");
    assert_true(ff_slice_starts(first->fix, FF_LIT("Print the container's log when the check fails")));
    assert_true(ff_slice_ends(first->fix, FF_LIT("The next failure then explains itself.")));
    assert_true(ff_slice_starts(first->json, FF_LIT("{\"id\":\"D1\",\"rank\":1,")));
    assert_int_equal(ff_slice_find_byte(first->json, '\n'), SIZE_MAX);
    assert_int_equal(first->caused_by_count, 1);
    assert_int_equal(first->caused_by[0], 2);
    for (uint32_t i = 1; i < result.diagnosis_count; i++) {
        assert_false(result.diagnoses[i].origin);
        assert_int_equal(result.diagnoses[i].json.len, 0);
    }
    assert_true(result.diagnoses[2].tolerated);
    assert_text(result.diagnoses[2].standing, "tolerated");
    flagship_release(&f);
}

static void evidence_keeps_its_place_and_its_lines(void **state)
{
    flagship f;
    ff_history_result result;
    (void)state;
    make(&f, &result);
    assert_int_equal(result.diagnoses[0].evidence_count, 1);
    const ff_history_evidence *evidence = &result.diagnoses[0].evidence[0];
    assert_int_equal(evidence->number, 1);
    assert_true(evidence->primary);
    assert_text(evidence->kind, "log");
    assert_text(evidence->file, HEALTH_FILE);
    assert_int_equal(evidence->line, 38);
    assert_int_equal(evidence->end_line, 57);
    assert_int_equal(evidence->job_line, 438);
    assert_text(evidence->text, "Health check attempt 1/20 (HTTP 500)...\n"
                                "Health check attempt 2/20 (HTTP 500)...\n"
                                "Health check attempt 19/20 (HTTP 500)...\n"
                                "✗ Backend health check failed after 20 attempts (HTTP 500)");
    flagship_release(&f);
}

static void evidence_of_the_api_has_no_place(void **state)
{
    flagship f;
    (void)state;
    flagship_init(&f);
    ff_evidence stated = *f.diagnoses[0].evidence;
    stated.kind = FF_EVIDENCE_API;
    f.diagnoses[0].evidence = &stated;
    ff_history_result result = {0};
    assert_int_equal(ff_record_make(&result, &f.report, &f.arena), FF_OK);
    assert_text(result.diagnoses[0].evidence[0].kind, "api");
    assert_int_equal(result.diagnoses[0].evidence[0].line, 0);
    assert_int_equal(result.diagnoses[0].evidence[0].file.len, 0);
    flagship_release(&f);
}

static void failures_name_the_rank_of_what_stands_first(void **state)
{
    flagship f;
    ff_history_result result;
    (void)state;
    make(&f, &result);
    assert_int_equal(result.failure_count, 1);
    const ff_history_failure *failure = &result.failures[0];
    assert_text(failure->job, "deploy-backend");
    assert_text(failure->step_name, "Post-deployment health check");
    assert_text(failure->conclusion, "failure");
    assert_text(failure->file, HEALTH_FILE);
    assert_int_equal(failure->step, 6);
    assert_int_equal(failure->line, 59);
    assert_int_equal(failure->rank, 1);
    assert_false(failure->follow_on);
    flagship_release(&f);
}

static void a_failure_that_follows_from_another_makes_no_origin(void **state)
{
    flagship f;
    (void)state;
    flagship_init(&f);
    f.failures[0].follow_on = true;
    ff_history_result result = {0};
    assert_int_equal(ff_record_make(&result, &f.report, &f.arena), FF_OK);
    assert_false(result.diagnoses[0].origin);
    assert_int_equal(result.failures[0].rank, 1);
    flagship_release(&f);
}

/* `No log says why the step ended with failure`: a run without logs is in no group for that. */
static void what_only_repeats_that_it_failed_makes_no_origin(void **state)
{
    flagship f;
    (void)state;
    flagship_init(&f);
    ff_evidence stated = *f.diagnoses[0].evidence;
    stated.kind = FF_EVIDENCE_API;
    f.diagnoses[0].evidence = &stated;
    f.diagnoses[0].rule = NULL;
    ff_history_result result = {0};
    assert_int_equal(ff_record_make(&result, &f.report, &f.arena), FF_OK);
    assert_true(result.diagnoses[0].origin); /* what GitHub states can be a cause all the same */
    f.diagnoses[0].verdict = FF_VERDICT_UNDECIDED;
    assert_int_equal(ff_record_make(&result, &f.report, &f.arena), FF_OK);
    assert_false(result.diagnoses[0].origin);
    flagship_release(&f);
}

static void a_run_that_failed_as_a_whole_has_neither_job_nor_step(void **state)
{
    flagship f;
    (void)state;
    flagship_init(&f);
    f.failures[0] = (ff_failure){.job = FF_NO_INDEX,
                                 .step = FF_NO_INDEX,
                                 .conclusion = FF_CONCLUSION_STARTUP_FAILURE,
                                 .follows = FF_NO_INDEX,
                                 .first_fault = FF_NO_INDEX};
    ff_history_result result = {0};
    assert_int_equal(ff_record_make(&result, &f.report, &f.arena), FF_OK);
    assert_int_equal(result.failures[0].job.len, 0);
    assert_text(result.failures[0].conclusion, "startup_failure");
    assert_int_equal(result.failures[0].rank, 0);
    assert_int_equal(result.failures[0].line, 0);
    flagship_release(&f);
}

/* Whatever does not fit, nothing is half made: without memory that is said. */
static void without_memory_nothing_is_made(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t limit = 0; limit < 16384; limit += 64) {
        flagship f;
        ff_arena arena;
        ff_history_result result = {0};
        flagship_init(&f);
        ff_arena_init(&arena, limit ? limit : 1);
        ff_status status = ff_record_make(&result, &f.report, &arena);
        failed += status != FF_OK;
        if (status == FF_OK ? result.diagnosis_count != FLAGSHIP_DIAGNOSES - 1 : status != FF_NOMEM)
            fail_msg("%zu bytes: status %d, %zu diagnoses", limit, (int)status, result.diagnosis_count);
        ff_arena_release(&arena);
        flagship_release(&f);
    }
    assert_true(failed > 10);
    assert_true(failed < 16384 / 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diagnoses_are_kept_by_rank_and_refuted_ones_are_not),
        cmocka_unit_test(what_stands_first_for_a_failure_is_an_origin_and_has_its_json),
        cmocka_unit_test(evidence_keeps_its_place_and_its_lines),
        cmocka_unit_test(evidence_of_the_api_has_no_place),
        cmocka_unit_test(failures_name_the_rank_of_what_stands_first),
        cmocka_unit_test(a_failure_that_follows_from_another_makes_no_origin),
        cmocka_unit_test(what_only_repeats_that_it_failed_makes_no_origin),
        cmocka_unit_test(a_run_that_failed_as_a_whole_has_neither_job_nor_step),
        cmocka_unit_test(without_memory_nothing_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
