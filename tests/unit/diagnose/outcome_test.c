/* Conclusions and failures, inferred from what steps show. */
#include "diagnose/outcome.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* One step: number, what it shows (`+` nothing, `x` exit 1, `c` cancelled, `t` over its time), name. */
typedef struct step_sketch {
    int64_t number;
    char shows;
    const char *name;
} step_sketch;

enum { STEPS_MAX = 8 };

static void add_job(ff_run *run, const char *name, const step_sketch *steps, int64_t start)
{
    ff_job *job = ff_run_add_job(run, ff_slice_of(name));
    assert_non_null(job);
    uint32_t index = (uint32_t)run->jobs.count - 1;
    job->has_log = true;
    for (size_t i = 0; i < STEPS_MAX && steps[i].name; i++) {
        ff_step *step = ff_run_add_step(run, index, ff_slice_of(steps[i].name));
        assert_non_null(step);
        step->number = steps[i].number;
        step->started_at = start + (int64_t)i;
        step->completed_at = start + (int64_t)i + 1;
        if (ff_slice_starts(step->name, FF_LIT("Post ")))
            step->phase = FF_STEP_POST;
        if (steps[i].shows == 'x') {
            step->signs.failed = true;
            step->signs.exit_code = 1;
            step->signs.exit_at = (ff_place){FF_LIT("f"), 10 + i, 0, start + (int64_t)i};
        }
        step->signs.cancelled = steps[i].shows == 'c';
        step->signs.timed_out = steps[i].shows == 't';
    }
}

static void a_jobs_conclusion_follows_from_its_steps(void **state)
{
    static const struct {
        const char *what;
        step_sketch steps[STEPS_MAX];
        ff_conclusion job;
        int tolerated; /* index of a tolerated step, or -1 */
        bool text;     /* the text of one job */
    } rows[] = {
        {"all well",
         {{1, '+', "Set up job"}, {2, '+', "Build"}, {5, '+', "Post checkout"}},
         FF_CONCLUSION_SUCCESS,
         -1,
         false},
        {"the last step fails",
         {{1, '+', "Set up job"}, {2, 'x', "Build"}, {9, '+', "Post checkout"}},
         FF_CONCLUSION_FAILURE,
         -1,
         false},
        {"a gap after the failure",
         {{1, '+', "Set up job"}, {2, 'x', "Build"}, {5, '+', "Deploy"}, {9, '+', "Post x"}},
         FF_CONCLUSION_FAILURE,
         -1,
         false},
        {"only clean-up after it",
         {{1, '+', "Set up job"}, {2, 'x', "Test"}, {3, '+', "Upload artifacts"}, {9, '+', "Post x"}},
         FF_CONCLUSION_FAILURE,
         -1,
         false},
        {"ordinary steps went on",
         {{1, '+', "Set up job"}, {2, 'x', "Lint"}, {3, '+', "Build"}, {4, '+', "Test"}, {9, '+', "Post x"}},
         FF_CONCLUSION_SUCCESS,
         1,
         false},
        {"tolerated, then a real one",
         {{1, '+', "Set up job"}, {2, 'x', "Lint"}, {3, '+', "Build"}, {4, 'x', "Test"}, {9, '+', "Post x"}},
         FF_CONCLUSION_FAILURE,
         1,
         false},
        {"tolerated, then a real one that skips a step",
         {{1, '+', "Set up job"}, {2, 'x', "Lint"}, {3, 'x', "Test"}, {5, '+', "Upload logs"}, {9, '+', "Post x"}},
         FF_CONCLUSION_FAILURE,
         1,
         false},
        {"a tool's option is no clean-up",
         {{1, '+', "Set up job"}, {2, 'x', "Lint"}, {3, '+', "Run npm test -- --coverage"}, {9, '+', "Post x"}},
         FF_CONCLUSION_SUCCESS,
         1,
         false},
        {"a text with one failing exit",
         {{1, '+', "Set up job"}, {0, 'x', "Run a"}, {0, '+', "Run b"}, {0, '+', "Post x"}},
         FF_CONCLUSION_FAILURE,
         -1,
         true},
        {"cancelled",
         {{1, '+', "Set up job"}, {2, 'c', "Build"}, {9, '+', "Post x"}},
         FF_CONCLUSION_CANCELLED,
         -1,
         false},
        {"over its time", {{1, '+', "Set up job"}, {2, 't', "Build"}}, FF_CONCLUSION_TIMED_OUT, -1, false},
        {"no end in sight", {{1, '+', "Set up job"}, {2, '+', "Build"}}, FF_CONCLUSION_UNKNOWN, -1, false},
        {"only a post step fails",
         {{1, '+', "Set up job"}, {2, '+', "Build"}, {9, 'x', "Post x"}},
         FF_CONCLUSION_SUCCESS,
         -1,
         false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_arena arena;
        ff_run run;
        ff_arena_init(&arena, 0);
        ff_run_init(&run, &arena);
        run.single_log = rows[i].text;
        add_job(&run, "build", rows[i].steps, 0);
        ff_outcome_infer(&run);
        if (run.jobs.items[0].conclusion != rows[i].job)
            fail_msg("%s: the job became %d", rows[i].what, (int)run.jobs.items[0].conclusion);
        for (size_t s = 0; s < run.jobs.items[0].steps.count; s++)
            if (run.jobs.items[0].steps.items[s].tolerated != ((int)s == rows[i].tolerated))
                fail_msg("%s: step %zu is wrongly (not) tolerated", rows[i].what, s);
        if (!rows[i].text && run.conclusion != rows[i].job)
            fail_msg("%s: the run became %d", rows[i].what, (int)run.conclusion);
        ff_arena_release(&arena);
    }
}

static void what_a_source_states_is_not_overruled(void **state)
{
    ff_arena arena;
    ff_run run;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    add_job(&run, "build", (step_sketch[STEPS_MAX]){{2, 'x', "Build"}, {3, '+', "Upload logs"}}, 0);
    run.jobs.items[0].conclusion = FF_CONCLUSION_SUCCESS;
    run.jobs.items[0].conclusion_known = true;
    ff_outcome_infer(&run);
    assert_int_equal(run.jobs.items[0].conclusion, FF_CONCLUSION_SUCCESS);
    assert_true(run.jobs.items[0].steps.items[0].tolerated);
    ff_arena_release(&arena);
}

/* A step as the API tells it: s success, f failure, c cancelled, - skipped, r not yet; and what its text shows. */
typedef struct stated_step {
    char stated, shows;
    const char *name;
} stated_step;

static ff_conclusion meant(char letter)
{
    switch (letter) {
    case 's': return FF_CONCLUSION_SUCCESS;
    case 'f': return FF_CONCLUSION_FAILURE;
    case 'c': return FF_CONCLUSION_CANCELLED;
    case '-': return FF_CONCLUSION_SKIPPED;
    default: return FF_CONCLUSION_UNKNOWN;
    }
}

static void add_stated_job(ff_run *run, char ended, const stated_step *steps)
{
    step_sketch sketches[STEPS_MAX] = {{0}};
    for (size_t i = 0; i < STEPS_MAX && steps[i].name; i++)
        sketches[i] = (step_sketch){(int64_t)i + 1, steps[i].shows, steps[i].name};
    add_job(run, "build", sketches, 0);
    ff_job *job = &run->jobs.items[0];
    job->known = true;
    job->unfinished = ended == 'r';
    job->conclusion = meant(ended);
    job->conclusion_known = ended != 'r';
    for (size_t i = 0; i < job->steps.count; i++) {
        ff_step *step = &job->steps.items[i];
        step->conclusion = meant(steps[i].stated);
        step->conclusion_known = step->conclusion != FF_CONCLUSION_UNKNOWN;
        step->first_line = steps[i].shows != ' ';
    }
}

static void inference_stops_where_the_api_knows(void **state)
{
    static const struct {
        const char *what;
        char job;
        stated_step steps[STEPS_MAX];
        const char *become;    /* the conclusion of each step, as above */
        const char *tolerated; /* of each step, `t` if it is */
    } rows[] = {
        {"continue-on-error", 's', {{'s', 'x', "Lint"}, {'s', '+', "Build"}}, "ss", "t."},
        {"it failed, and ordinary steps ran on", 'f', {{'f', 'x', "Lint"}, {'s', '+', "Build"}}, "fs", ".."},
        {"a gap, and yet it passed", 's', {{'s', 'x', "Lint"}, {'-', ' ', "Next"}, {'s', '+', "Build"}}, "s-s", "t.."},
        {"failed without a word in its text", 'f', {{'s', '+', "Lint"}, {'f', '+', "Build"}}, "sf", ".."},
        {"failed, and its job passed", 's', {{'f', 'x', "Lint"}, {'s', '+', "Build"}}, "fs", "t."},
        {"without text", 'f', {{'s', ' ', "Lint"}, {'f', ' ', "Build"}, {'-', ' ', "Next"}}, "sf-", "..."},
        {"still running", 'r', {{'s', '+', "Lint"}, {'r', '+', "Build"}, {'r', ' ', "Next"}}, "srr", "..."},
        {"failed, and its job still runs", 'r', {{'f', 'x', "Lint"}, {'r', ' ', "Post x"}}, "fr", ".."},
        {"the text says over its time", 'c', {{'c', 't', "Run"}, {'-', ' ', "Next"}}, "c-", ".."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_arena arena;
        ff_run run;
        ff_arena_init(&arena, 0);
        ff_run_init(&run, &arena);
        run.known = true;
        add_stated_job(&run, rows[i].job, rows[i].steps);
        ff_outcome_infer(&run);
        const ff_job *job = &run.jobs.items[0];
        if (job->conclusion != meant(rows[i].job) || run.conclusion != FF_CONCLUSION_UNKNOWN)
            fail_msg("%s: the job became %d, the run %d", rows[i].what, (int)job->conclusion, (int)run.conclusion);
        for (size_t s = 0; s < job->steps.count; s++) {
            const ff_step *step = &job->steps.items[s];
            if (step->conclusion != meant(rows[i].become[s]) || step->tolerated != (rows[i].tolerated[s] == 't'))
                fail_msg("%s: step %zu became %d, tolerated %d", rows[i].what, s, (int)step->conclusion,
                         step->tolerated);
        }
        ff_arena_release(&arena);
    }
}

static ff_rule aggregator = {.id = {"runner.aggregate", 16}};
static const ff_slice follow_on_tag = {"follow-on", 9};

static void origins_come_first_in_time_order_and_follow_ons_name_them(void **state)
{
    ff_arena arena;
    ff_run run;
    ff_failures failures = {0};
    (void)state;
    aggregator.tags = (ff_texts){&follow_on_tag, 1};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    add_job(&run, "status", (step_sketch[STEPS_MAX]){{1, '+', "Set up job"}, {2, 'x', "Check"}}, 300);
    add_job(&run, "late", (step_sketch[STEPS_MAX]){{1, '+', "Set up job"}, {2, 'x', "Test"}, {3, 'x', "Report"}}, 200);
    add_job(&run, "early", (step_sketch[STEPS_MAX]){{1, '+', "Set up job"}, {2, 'x', "Test"}}, 100);
    add_job(&run, "sibling", (step_sketch[STEPS_MAX]){{1, '+', "Set up job"}, {2, 'c', "Test"}}, 150);
    ff_finding hit = {.rule = &aggregator, .job = 0, .step = 1, .count = 1};
    ff_findings findings = {&hit, 1, 1};
    ff_outcome_infer(&run);
    assert_int_equal(ff_failures_collect(&run, &findings, &failures), FF_OK);
    static const struct {
        uint32_t job, step;
        bool follow_on;
        uint32_t follows;
    } expected[] = {
        {2, 1, false, FF_NO_INDEX}, {1, 1, false, FF_NO_INDEX}, {3, 1, true, 0}, {1, 2, true, 1}, {0, 1, true, 0}};
    assert_int_equal(failures.count, 5);
    for (size_t i = 0; i < 5; i++) {
        const ff_failure *f = &failures.items[i];
        if (f->job != expected[i].job || f->step != expected[i].step || f->follow_on != expected[i].follow_on ||
            f->follows != expected[i].follows)
            fail_msg("failure %zu is job %u step %u follow-on %d of %u", i, f->job, f->step, f->follow_on, f->follows);
    }
    ff_arena_release(&arena);
}

static void a_cancelled_job_alone_is_a_failure_of_its_own(void **state)
{
    ff_arena arena;
    ff_run run;
    ff_failures failures = {0};
    ff_findings none = {0};
    (void)state;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    add_job(&run, "build", (step_sketch[STEPS_MAX]){{1, '+', "Set up job"}, {2, 'c', "Test"}}, 0);
    ff_outcome_infer(&run);
    assert_int_equal(ff_failures_collect(&run, &none, &failures), FF_OK);
    assert_int_equal(failures.count, 1);
    assert_false(failures.items[0].follow_on);
    assert_int_equal(failures.items[0].conclusion, FF_CONCLUSION_CANCELLED);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_jobs_conclusion_follows_from_its_steps),
        cmocka_unit_test(what_a_source_states_is_not_overruled),
        cmocka_unit_test(inference_stops_where_the_api_knows),
        cmocka_unit_test(origins_come_first_in_time_order_and_follow_ons_name_them),
        cmocka_unit_test(a_cancelled_job_alone_is_a_failure_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
