/* Lines of a whole job given to the steps that the API knows, by second, name and order. */
#include "log/align.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define NONE FF_NO_INDEX

/* Seconds and halves since some hour, in nanoseconds. */
static int64_t at(double seconds)
{
    return seconds < 0 ? FF_NO_TIME : (int64_t)(seconds * 1e9);
}

/* A job of six steps: two share second 10, one was skipped. */
static ff_job job_of(ff_step steps[6])
{
    static const struct {
        const char *name;
        ff_step_phase phase;
        double from, to;
    } rows[6] = {
        {"Set up job", FF_STEP_SETUP, 1, 3}, {"Run actions/checkout@v4", FF_STEP_MAIN, 3, 9},
        {"Lint", FF_STEP_MAIN, 10, 10},      {"Run make", FF_STEP_MAIN, 10, 60},
        {"Upload", FF_STEP_MAIN, -1, -1},    {"Post Run actions/checkout@v4", FF_STEP_POST, 61, 62},
    };
    for (size_t i = 0; i < 6; i++)
        steps[i] = (ff_step){.name = ff_slice_of(rows[i].name),
                             .phase = rows[i].phase,
                             .started_at = at(rows[i].from),
                             .completed_at = at(rows[i].to),
                             .conclusion = i == 4 ? FF_CONCLUSION_SKIPPED : FF_CONCLUSION_SUCCESS,
                             .conclusion_known = true};
    return (ff_job){.steps = {.items = steps, .count = 6, .cap = 6}};
}

static void an_opening_line_belongs_to_the_step_that_ran_then(void **state)
{
    static const struct {
        uint32_t current;
        const char *name;
        ff_step_phase phase;
        double time;
        uint32_t expected;
    } rows[] = {
        {NONE, "Set up job", FF_STEP_SETUP, 1.5, 0},
        {0, "Run actions/checkout@v4", FF_STEP_MAIN, 3.2, 1},
        {1, "Run make", FF_STEP_MAIN, 10.9, 3},       /* named alike */
        {1, "Run ruff check", FF_STEP_MAIN, 10.1, 2}, /* a step with a name of its own: in order */
        {2, "Run ./inner.sh", FF_STEP_MAIN, 10.8, 3},
        {3, "Run ./inner.sh", FF_STEP_MAIN, 30.0, 3}, /* inside a composite action */
        {1, "Run make", FF_STEP_MAIN, 30.0, 3},       /* headers in between are lost */
        {3, "Post job cleanup", FF_STEP_POST, 61.0, 5},
        {NONE, "Run make", FF_STEP_MAIN, -1, 0}, /* no time: the order alone */
        {3, "Post job cleanup", FF_STEP_POST, -1, 5},
        {5, "Run make", FF_STEP_MAIN, -1, 5}, /* nothing is left */
    };
    ff_step steps[6];
    ff_job job = job_of(steps);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            ff_align_opening(&job, rows[i].current, ff_slice_of(rows[i].name), rows[i].phase, at(rows[i].time)),
            rows[i].expected);
}

static void other_lines_stay_until_their_step_has_ended_and_another_runs(void **state)
{
    static const struct {
        uint32_t current;
        double time;
        uint32_t expected;
    } rows[] = {{0, 2.0, 0},  {0, 3.9, 0},  {0, 4.5, 1},   {1, 9.9, 1},
                {1, 10.2, 2}, {3, 60.9, 3}, {3, 100.0, 3}, {3, -1, 3}};
    ff_step steps[6];
    ff_job job = job_of(steps);
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(ff_align_line(&job, rows[i].current, at(rows[i].time)), rows[i].expected);
}

/* Steps of two seconds each, cut to seconds: at each border two of them seem to run. `Install` prints no header. */
static void a_header_belongs_to_the_step_that_began_just_then(void **state)
{
    static const struct {
        double time;
        uint32_t expected;
    } rows[] = {{11.6, 2}, {11.0, 2}, {10.4, 1}, {9.6, 1}, {12.9, 2}};
    ff_step steps[] = {
        {.name = FF_LIT("Run actions/checkout@v4"), .started_at = at(7), .completed_at = at(9)},
        {.name = FF_LIT("Install"), .started_at = at(9), .completed_at = at(11)},
        {.name = FF_LIT("Test"), .started_at = at(11), .completed_at = at(13)},
    };
    ff_job job = {.steps = {.items = steps, .count = 3, .cap = 3}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(ff_align_opening(&job, 0, FF_LIT("Run make"), FF_STEP_MAIN, at(rows[i].time)),
                         rows[i].expected);
}

static void a_job_without_steps_has_none_to_give(void **state)
{
    ff_job job = {0};
    (void)state;
    assert_int_equal(ff_align_opening(&job, NONE, FF_LIT("x"), FF_STEP_MAIN, 5), NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_opening_line_belongs_to_the_step_that_ran_then),
        cmocka_unit_test(other_lines_stay_until_their_step_has_ended_and_another_runs),
        cmocka_unit_test(a_header_belongs_to_the_step_that_began_just_then),
        cmocka_unit_test(a_job_without_steps_has_none_to_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
