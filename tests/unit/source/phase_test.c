/* Phases of steps: the runner's own are told by name and place. */
#include "source/phase.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

typedef struct row {
    const char *name; /* NULL: the end */
    ff_step_phase phase;
} row;

static void names_and_places_tell_the_phase(void **state)
{
    const row jobs[][12] = {
        {{"Set up job", FF_STEP_SETUP},
         {"Initialize containers", FF_STEP_SETUP},
         {"Pull alpine_3.19", FF_STEP_SETUP},
         {"Checkout", FF_STEP_MAIN},
         {"Pull images", FF_STEP_MAIN},
         {"Build the container", FF_STEP_MAIN},
         {"Run make", FF_STEP_MAIN},
         {"Post Checkout", FF_STEP_POST},
         {"Stop containers", FF_STEP_POST},
         {"Complete job", FF_STEP_COMPLETE}},
        /* a step of the workflow that is called like a clean-up, in the middle and as the last */
        {{"Set up job", FF_STEP_SETUP},
         {"Run actions_checkout@v4", FF_STEP_MAIN},
         {"Set up Node", FF_STEP_MAIN},
         {"Post the results to chat", FF_STEP_MAIN},
         {"Run tests", FF_STEP_MAIN},
         {"Post a comment", FF_STEP_MAIN},
         {"Post Set up Node", FF_STEP_POST},
         {"Post Run actions_checkout@v4", FF_STEP_POST},
         {"Complete job", FF_STEP_COMPLETE}},
        /* whose main steps are not known: the name has to do */
        {{"Run tests", FF_STEP_MAIN}, {"Post Cache", FF_STEP_POST}, {"Complete job", FF_STEP_COMPLETE}},
        {{"Post-deployment health check", FF_STEP_MAIN}, {"Complete job", FF_STEP_COMPLETE}},
        {{"Set up runner", FF_STEP_SETUP}, {"Set up job", FF_STEP_SETUP}, {"Complete runner", FF_STEP_POST}},
        {{"Set up job for the tests", FF_STEP_MAIN}},
        {{"Set up job", FF_STEP_SETUP}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(jobs); i++) {
        ff_arena arena;
        ff_run run;
        ff_arena_init(&arena, 0);
        ff_run_init(&run, &arena);
        assert_non_null(ff_run_add_job(&run, FF_LIT("job")));
        for (const row *step = jobs[i]; step->name; step++)
            assert_non_null(ff_run_add_step(&run, 0, ff_slice_of(step->name)));
        ff_phase_assign(ff_run_job(&run, 0));
        for (uint32_t step = 0; jobs[i][step].name; step++)
            if (ff_run_step(&run, 0, step)->phase != jobs[i][step].phase)
                fail_msg("job %zu, step \"%s\"", i, jobs[i][step].name);
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_and_places_tell_the_phase)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
