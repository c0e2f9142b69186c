/* Failed steps behind which others ran, held against the workflow. */
#include "diagnose/foreseen.h"

#include "unit/diagnose/held.h"

#define HEAD "on: push\njobs:\n  build:\n"
#define PREPARE "    steps:\n      - name: Prepare\n"
#define RUN "        run: tool prepare\n"

static void a_step_without_continue_on_error_ended_its_job(void **state)
{
    (void)state;
    static const struct {
        const char *workflow; /* NULL: there is no repository */
        bool tolerated;
    } rows[] = {
        {HEAD PREPARE RUN, false},
        {HEAD PREPARE "        continue-on-error: false\n" RUN, false},
        {HEAD PREPARE "        continue-on-error: true\n" RUN, true},
        {HEAD PREPARE "        continue-on-error: ${{ matrix.new }}\n" RUN, true},
        {HEAD "    continue-on-error: true\n" PREPARE RUN, true},
        {HEAD PREPARE "        run: make\n", true},
        {HEAD "    steps: []\n", true},
        {NULL, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        const grove_file file = {HELD_CI, rows[i].workflow, FF_TREE_FILE, 0};
        held_open(&h, rows[i].workflow ? &file : NULL, 1);
        held_script(&h, HELD_PREPARE, "tool prepare\n");
        (void)held_line(&h, FF_LINE_OUTPUT, HELD_PREPARE, FF_LIT("it broke"));
        held_read(&h);
        ff_job *job = ff_run_job(&h.k.run, 0);
        ff_step *step = ff_run_step(&h.k.run, 0, HELD_PREPARE);
        job->conclusion_known = step->conclusion_known = false;
        step->conclusion = FF_CONCLUSION_FAILURE;
        step->tolerated = true;
        job->conclusion = FF_CONCLUSION_SUCCESS;
        ff_foreseen_revise(&h.k.work);
        if (step->tolerated != rows[i].tolerated ||
            job->conclusion != (rows[i].tolerated ? FF_CONCLUSION_SUCCESS : FF_CONCLUSION_FAILURE))
            fail_msg("row %zu: tolerated %d", i, step->tolerated);
        held_close(&h);
    }
}

static void what_a_source_stated_stands(void **state)
{
    (void)state;
    held h;
    const grove_file file = {HELD_CI, HEAD PREPARE RUN, FF_TREE_FILE, 0};
    held_open(&h, &file, 1);
    held_script(&h, HELD_PREPARE, "tool prepare\n");
    (void)held_line(&h, FF_LINE_OUTPUT, HELD_PREPARE, FF_LIT("it broke"));
    held_read(&h);
    ff_step *step = ff_run_step(&h.k.run, 0, HELD_PREPARE);
    step->conclusion = FF_CONCLUSION_FAILURE;
    step->conclusion_known = step->tolerated = true;
    ff_foreseen_revise(&h.k.work);
    assert_true(step->tolerated);
    held_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_without_continue_on_error_ended_its_job),
        cmocka_unit_test(what_a_source_stated_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
