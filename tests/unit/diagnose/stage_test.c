/* Where in a run a question comes from: scenes, the places of script lines, and what a job ran before. */
#include "diagnose/stage.h"

#include "unit/diagnose/held.h"

static const ff_rule BROKE = {.id = FF_TEXT("app.broke"),
                              .family = FF_TEXT("app"),
                              .role = FF_ROLE_CAUSE,
                              .severity = FF_SEVERITY_ERROR,
                              .where = {.kinds = FF_LINES_PRINTED}};

static const grove_file FILES[] = {
    {HELD_CI,
     "on: push\n"
     "jobs:\n"
     "  build:\n"
     "    steps:\n"
     "      - name: Prepare\n"
     "        run: |\n"
     "          tool prepare\n"
     "          echo \"all is prepared\"\n"
     "      - name: Build\n"
     "        run: >-\n"
     "          tool\n"
     "          build\n",
     FF_TREE_FILE, 0},
};

static const char PREPARE[] = "tool prepare\necho \"all is prepared\"\n";

static void each_echoed_script_is_a_scene_with_what_its_job_ran_before(void **state)
{
    (void)state;
    held h;
    held_open(&h, FILES, COUNT(FILES));
    h.k.run.last_green.head_sha = FF_LIT("abc");
    held_script(&h, HELD_PREPARE, PREPARE);
    (void)held_line(&h, FF_LINE_OUTPUT, HELD_PREPARE, FF_LIT("all is prepared"));
    held_script_of(&h, HELD_BUILD, "tool build\necho \"all is built\"\n",
                   "/usr/bin/bash --noprofile --norc -e -o pipefail {0}");
    (void)held_line(&h, FF_LINE_OUTPUT, HELD_BUILD, FF_LIT("it broke"));
    held_prepare(&h);
    const ff_case *c = &h.k.work;
    assert_int_equal(c->scene_count, 2);
    const ff_probe_scene *first = &c->scenes[0], *second = &c->scenes[1];
    assert_true(ff_slice_eq(first->job, FF_LIT("build")) && ff_slice_eq(first->step, FF_LIT("Prepare")));
    assert_true(ff_slice_eq(first->script, ff_slice_of(PREPARE)));
    assert_true(first->passed && first->shell.errexit && !first->shell.pipefail);
    assert_int_equal(first->earlier_count, 0);
    assert_int_equal(first->printed_count, 1);
    assert_true(ff_slice_eq(first->printed[0], FF_LIT("all is prepared")));
    assert_true(!second->passed && second->shell.pipefail);
    assert_ptr_equal(second->earlier, first);
    assert_int_equal(second->earlier_count, 1);
    assert_int_equal(second->printed_count, 0);
    assert_true(ff_slice_eq(second->last_green, FF_LIT("abc")));
    assert_true(ff_slice_eq(ff_stage_script(c, second)->text, second->script));
    held_close(&h);
}

static void a_job_does_not_have_what_another_ran_before(void **state)
{
    (void)state;
    static const known_step steps[] = {{"Test", 's', 5}, {0}};
    held h;
    held_open(&h, NULL, 0);
    held_script(&h, HELD_PREPARE, PREPARE);
    (void)held_line(&h, FF_LINE_OUTPUT, HELD_PREPARE, FF_LIT("x"));
    (void)known_job(&h.k, "test", 's', 9, steps);
    ff_line line = {
        .kind = FF_LINE_SCRIPT, .job = 1, .text = FF_LIT("tool test"), .place = {FF_LIT("log"), 9, 0, FF_NO_TIME}};
    assert_int_equal(ff_scripts_line(h.scripts, &line, ++h.sequence), FF_OK);
    line.text = FF_LIT("shell: " HELD_SHELL);
    assert_int_equal(ff_scripts_line(h.scripts, &line, ++h.sequence), FF_OK);
    line.kind = FF_LINE_OUTPUT;
    assert_int_equal(ff_scripts_line(h.scripts, &line, ++h.sequence), FF_OK);
    held_prepare(&h);
    assert_int_equal(h.k.work.scene_count, 2);
    assert_true(ff_slice_eq(h.k.work.scenes[1].job, FF_LIT("test")));
    assert_int_equal(h.k.work.scenes[1].earlier_count, 0);
    held_close(&h);
}

/* A composite action echoes several scripts in one step. */
static void the_scene_of_a_diagnosis_is_that_of_the_script_which_was_running(void **state)
{
    (void)state;
    held h;
    ff_probe_scene bare;
    static const ff_rule second = {.id = FF_TEXT("app.second"),
                                   .family = FF_TEXT("app"),
                                   .role = FF_ROLE_CAUSE,
                                   .severity = FF_SEVERITY_ERROR,
                                   .where = {.kinds = FF_LINES_PRINTED}};
    held_open(&h, NULL, 0);
    held_script(&h, HELD_BUILD, "tool one\n");
    (void)held_find(&h, &BROKE, HELD_BUILD, "one broke", NULL, NULL);
    held_script(&h, HELD_BUILD, "tool two\n");
    (void)held_find(&h, &second, HELD_BUILD, "two broke", NULL, NULL);
    held_prepare(&h);
    const ff_case *c = &h.k.work;
    assert_ptr_equal(ff_stage_of(c, held_of(&h, &BROKE), &bare), &c->scenes[0]);
    assert_ptr_equal(ff_stage_of(c, held_of(&h, &second), &bare), &c->scenes[1]);
    held_close(&h);
}

static void without_a_script_a_scene_has_names_only(void **state)
{
    (void)state;
    held h;
    ff_probe_scene bare;
    held_open(&h, FILES, COUNT(FILES));
    (void)held_find(&h, &BROKE, HELD_BUILD, "it broke", NULL, NULL);
    held_prepare(&h);
    const ff_probe_scene *scene = ff_stage_of(&h.k.work, held_of(&h, &BROKE), &bare);
    assert_ptr_equal(scene, &bare);
    assert_true(ff_slice_eq(scene->job, FF_LIT("build")) && ff_slice_eq(scene->step, FF_LIT("Build")));
    assert_int_equal(scene->script.len, 0);
    assert_null(ff_stage_script(&h.k.work, scene));
    assert_int_equal(ff_stage_place(&h.k.work, scene, 1).len, 0);
    ff_diagnosis nowhere = {.job = FF_NO_INDEX, .step = FF_NO_INDEX};
    scene = ff_stage_of(&h.k.work, &nowhere, &bare);
    assert_int_equal(scene->job.len + scene->step.len, 0);
    held_close(&h);
}

static void a_line_of_a_script_has_its_place_in_the_workflow_or_else_in_the_log(void **state)
{
    (void)state;
    static const struct {
        bool repository;
        uint32_t step;
        const char *script;
        uint32_t line;
        const char *place;
    } rows[] = {
        {true, HELD_PREPARE, PREPARE, 1, HELD_CI ":7"},
        {true, HELD_PREPARE, PREPARE, 2, HELD_CI ":8"},
        {false, HELD_PREPARE, PREPARE, 2, "log:2"},
        /* Its lines are not those of the file. */
        {true, HELD_BUILD, "tool build\n", 1, "log:1"},
        /* Another script than the one that ran. */
        {true, HELD_PREPARE, "tool other\necho x\n", 2, "log:2"},
        {true, HELD_PREPARE, PREPARE, 0, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        held_open(&h, rows[i].repository ? FILES : NULL, COUNT(FILES));
        held_script(&h, rows[i].step, rows[i].script);
        (void)held_line(&h, FF_LINE_OUTPUT, rows[i].step, FF_LIT("x"));
        held_prepare(&h);
        ff_slice place = ff_stage_place(&h.k.work, &h.k.work.scenes[0], rows[i].line);
        if (!ff_slice_eq(place, ff_slice_of(rows[i].place)))
            fail_msg("row %zu: '%.*s', not '%s'", i, FF_ARG(place), rows[i].place);
        held_close(&h);
    }
}

static void a_step_is_located_by_its_names_and_told_to_differ_by_its_script(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        bool confirmed, differs;
    } rows[] = {{PREPARE, true, false}, {"tool other\n", false, true}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        ff_workflow_site site;
        held_open(&h, FILES, COUNT(FILES));
        held_script(&h, HELD_PREPARE, rows[i].script);
        (void)held_line(&h, FF_LINE_OUTPUT, HELD_PREPARE, FF_LIT("x"));
        held_prepare(&h);
        assert_true(ff_stage_locate(&h.k.work, &h.k.work.scenes[0], &site));
        assert_true(site.step && site.step->first_line == 5);
        assert_int_equal(site.confirmed, rows[i].confirmed);
        assert_int_equal(site.differs, rows[i].differs);
        held_close(&h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_echoed_script_is_a_scene_with_what_its_job_ran_before),
        cmocka_unit_test(a_job_does_not_have_what_another_ran_before),
        cmocka_unit_test(the_scene_of_a_diagnosis_is_that_of_the_script_which_was_running),
        cmocka_unit_test(without_a_script_a_scene_has_names_only),
        cmocka_unit_test(a_line_of_a_script_has_its_place_in_the_workflow_or_else_in_the_log),
        cmocka_unit_test(a_step_is_located_by_its_names_and_told_to_differ_by_its_script),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
