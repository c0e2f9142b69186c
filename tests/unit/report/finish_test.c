/* Runs in which nothing is known to have failed. */
#include "report/finish.h"

#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A run by the API, with a job for each letter: p passed, r runs, w waits. */
static void make(ff_arena *arena, ff_run *run, const char *jobs)
{
    ff_arena_init(arena, 0);
    ff_run_init(run, arena);
    run->known = true;
    for (uint32_t i = 0; jobs[i]; i++) {
        ff_job *job = ff_run_add_job(run, FF_LIT("job"));
        assert_non_null(job);
        job->unfinished = jobs[i] != 'p';
        job->conclusion = jobs[i] == 'p' ? FF_CONCLUSION_SUCCESS : FF_CONCLUSION_UNKNOWN;
        if (jobs[i] != 'w')
            assert_non_null(ff_run_add_step(run, i, FF_LIT("step")));
    }
}

static void a_run_is_called_by_its_conclusion(void **state)
{
    static const struct {
        ff_conclusion conclusion;
        bool unfinished;
        const char *jobs, *expected;
    } rows[] = {
        {FF_CONCLUSION_ACTION_REQUIRED, false, "", "The run waits for approval (action_required)"},
        {FF_CONCLUSION_NEUTRAL, false, "p", "The run ended neither passed nor failed (neutral)"},
        {FF_CONCLUSION_STALE, false, "", "GitHub gave the run up, because it did not finish in time (stale)"},
        {FF_CONCLUSION_SKIPPED, false, "", "The run was skipped"},
        {FF_CONCLUSION_SUCCESS, false, "p", "The run passed"},
        {FF_CONCLUSION_UNKNOWN, true, "ww", "The run is queued: no job has begun"},
        {FF_CONCLUSION_UNKNOWN, true, "prw",
         "The run has not finished, and nothing that was read of it failed so far; 2 of 3 jobs still run or wait"},
        {FF_CONCLUSION_UNKNOWN, true, "", "The run has not finished, and nothing that was read of it failed so far"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_arena arena;
        ff_run run;
        make(&arena, &run, rows[i].jobs);
        run.conclusion = rows[i].conclusion;
        run.unfinished = rows[i].unfinished;
        ff_report report = {.run = &run};
        ff_story story = ff_story_of(&report, 0);
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_finish_say(&story, &(ff_voice){.out = &out});
        assert_string_equal(out.ptr, rows[i].expected);
        ff_buf_release(&out);
        ff_arena_release(&arena);
    }
}

static void the_attempt_that_failed_before_is_known_by_run_or_job(void **state)
{
    static const struct {
        ff_conclusion now;
        uint32_t attempt;
        ff_attempt of_run;
        ff_other_try of_job;
        uint32_t failed;
    } rows[] = {
        {FF_CONCLUSION_SUCCESS, 3, {1, FF_CONCLUSION_FAILURE}, {2, FF_CONCLUSION_FAILURE}, 2},
        {FF_CONCLUSION_SUCCESS, 3, {2, FF_CONCLUSION_TIMED_OUT}, {1, FF_CONCLUSION_SUCCESS}, 2},
        {FF_CONCLUSION_SUCCESS, 1, {2, FF_CONCLUSION_FAILURE}, {2, FF_CONCLUSION_FAILURE}, 0},
        {FF_CONCLUSION_SUCCESS, 2, {1, FF_CONCLUSION_CANCELLED}, {1, FF_CONCLUSION_CANCELLED}, 0},
        {FF_CONCLUSION_FAILURE, 2, {1, FF_CONCLUSION_FAILURE}, {1, FF_CONCLUSION_FAILURE}, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_arena arena;
        ff_run run;
        make(&arena, &run, "p");
        run.conclusion = rows[i].now;
        run.attempt = rows[i].attempt;
        *FF_ARRAY_PUSH(&arena, &run.attempts) = rows[i].of_run;
        *FF_ARRAY_PUSH(&arena, &run.jobs.items[0].others) = rows[i].of_job;
        assert_int_equal(ff_finish_failed_attempt(&run), rows[i].failed);
        ff_arena_release(&arena);
    }
}

static void what_has_not_run_yet_is_not_missing(void **state)
{
    ff_arena arena;
    ff_run run;
    (void)state;
    make(&arena, &run, "w");
    ff_report report = {.run = &run, .partial = true};
    ff_notes_add(&run.notes, true, "run-unfinished", "It runs.");
    assert_null(ff_finish_missing(&report));
    ff_notes_add(&run.notes, true, "logs-limited", "Too many requests.");
    assert_string_equal(ff_finish_missing(&report)->code, "logs-limited");
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_called_by_its_conclusion),
        cmocka_unit_test(the_attempt_that_failed_before_is_known_by_run_or_job),
        cmocka_unit_test(what_has_not_run_yet_is_not_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
