/* Jobs and steps of a run: what names become, and the bounds. */
#include "source/run.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

typedef struct scene {
    ff_arena arena;
    ff_run run;
} scene;

static void scene_open(scene *s)
{
    ff_arena_init(&s->arena, 0);
    ff_run_init(&s->run, &s->arena);
}

static bool has_only_note(const scene *s, const char *code)
{
    return s->run.notes.partial && s->run.notes.count == 1 && strcmp(s->run.notes.items[0].code, code) == 0;
}

static void names_are_masked_safe_and_short(void **state)
{
    static char longest[2 * FF_LIMIT_NAME_BYTES];
    scene s;
    (void)state;
    scene_open(&s);
    memset(longest, 'n', sizeof longest);
    assert_non_null(ff_run_add_job(&s.run, FF_LIT("deploy gh"
                                                  "p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")));
    assert_non_null(ff_run_add_step(&s.run, 0, FF_LIT("red \x1b[31m \xFF")));
    assert_non_null(ff_run_add_step(&s.run, 0, (ff_slice){longest, sizeof longest}));
    assert_non_null(ff_run_add_step(&s.run, 0, (ff_slice){0}));
    assert_true(ff_slice_eq(s.run.jobs.items[0].name, FF_LIT("deploy ***")));
    assert_int_equal(s.run.redactions, 1);
    assert_true(ff_slice_eq(ff_run_step(&s.run, 0, 0)->name, FF_LIT("red  \xEF\xBF\xBD")));
    assert_int_equal(ff_run_step(&s.run, 0, 1)->name.len, FF_LIMIT_NAME_BYTES);
    assert_int_equal(ff_run_step(&s.run, 0, 2)->name.len, 0);
    ff_arena_release(&s.arena);
}

static void jobs_beyond_the_bound_are_refused_with_a_note(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    for (uint32_t i = 0; i < FF_LIMIT_JOBS; i++)
        assert_non_null(ff_run_add_job(&s.run, FF_LIT("job")));
    assert_int_equal(s.run.notes.count, 0);
    assert_null(ff_run_add_job(&s.run, FF_LIT("job")));
    assert_true(has_only_note(&s, "jobs-limit"));
    ff_arena_release(&s.arena);
}

static void steps_beyond_the_bound_are_refused_with_a_note(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    assert_non_null(ff_run_add_job(&s.run, FF_LIT("job")));
    ff_run_expect_steps(&s.run, 0, 10 * FF_LIMIT_STEPS);
    for (uint32_t i = 0; i < FF_LIMIT_STEPS; i++)
        assert_non_null(ff_run_add_step(&s.run, 0, FF_LIT("step")));
    assert_int_equal(s.run.notes.count, 0);
    assert_null(ff_run_add_step(&s.run, 0, FF_LIT("step")));
    assert_true(has_only_note(&s, "steps-limit"));
    ff_arena_release(&s.arena);
}

/* Many jobs with many steps stay below both bounds; what is left of the memory is for what is found in them. */
static void jobs_and_steps_never_take_all_of_the_memory(void **state)
{
    static char name[FF_LIMIT_NAME_BYTES];
    scene s;
    (void)state;
    scene_open(&s);
    memset(name, 'n', sizeof name);
    ff_slice text = {name, sizeof name};
    uint32_t job = 0;
    for (; ff_run_add_job(&s.run, text); job++)
        for (uint32_t i = 0; i < 1000 && ff_run_add_step(&s.run, job, text); i++)
            (void)ff_run_keep_name(&s.run, text);
    assert_true(job > 2 && job < 100);
    assert_true(has_only_note(&s, "facts-limit"));
    assert_true(s.arena.used < FF_LIMIT_ARENA_BYTES / 2);
    assert_false(s.arena.failed);
    ff_arena_release(&s.arena);
}

static void the_first_step_of_a_job_always_has_room(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    assert_non_null(ff_run_add_job(&s.run, FF_LIT("first")));
    assert_non_null(ff_run_add_job(&s.run, FF_LIT("second")));
    s.run.facts_bytes = FF_LIMIT_FACTS_BYTES;
    assert_non_null(ff_run_add_step(&s.run, 1, FF_LIT("step")));
    assert_int_equal(s.run.notes.count, 0);
    assert_null(ff_run_add_step(&s.run, 1, FF_LIT("step")));
    assert_true(has_only_note(&s, "facts-limit"));
    ff_arena_release(&s.arena);
}

static void expected_steps_take_no_more_room_than_they_need(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    assert_non_null(ff_run_add_job(&s.run, FF_LIT("job")));
    ff_run_expect_steps(&s.run, 0, 33);
    const ff_step *before = s.run.jobs.items[0].steps.items;
    for (int i = 0; i < 33; i++)
        assert_non_null(ff_run_add_step(&s.run, 0, FF_LIT("step")));
    assert_ptr_equal(s.run.jobs.items[0].steps.items, before);
    assert_non_null(ff_run_add_step(&s.run, 0, FF_LIT("one more")));
    ff_arena_release(&s.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_masked_safe_and_short),
        cmocka_unit_test(jobs_beyond_the_bound_are_refused_with_a_note),
        cmocka_unit_test(steps_beyond_the_bound_are_refused_with_a_note),
        cmocka_unit_test(jobs_and_steps_never_take_all_of_the_memory),
        cmocka_unit_test(the_first_step_of_a_job_always_has_room),
        cmocka_unit_test(expected_steps_take_no_more_room_than_they_need),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
