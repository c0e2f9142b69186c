/* Which lines of a failed step are kept when no rule knows why it failed. */
#include "diagnose/suspects.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

typedef struct scene {
    ff_arena arena;
    ff_run run;
    ff_suspects *suspects;
    uint64_t sequence;
} scene;

static void scene_open(scene *s)
{
    *s = (scene){0};
    ff_arena_init(&s->arena, 0);
    ff_run_init(&s->run, &s->arena);
    assert_non_null(ff_run_add_job(&s->run, FF_LIT("build")));
    assert_non_null(ff_run_add_step(&s->run, 0, FF_LIT("first")));
    assert_non_null(ff_run_add_step(&s->run, 0, FF_LIT("second")));
    assert_int_equal(ff_suspects_new(&s->suspects, &s->run), FF_OK);
}

static void scene_close(scene *s)
{
    ff_suspects_free(s->suspects);
    ff_arena_release(&s->arena);
}

static void say(scene *s, uint32_t step, const char *text)
{
    ff_slice slice = ff_slice_of(text);
    ff_line line = {.kind = FF_LINE_OUTPUT, .step = step, .text = slice, .body = slice};
    line.place = (ff_place){FF_LIT("log"), s->sequence + 1, 0, FF_NO_TIME};
    assert_int_equal(ff_suspects_line(s->suspects, &line, ++s->sequence), FF_OK);
}

/* What the log stage notes when the runner says that the step failed. */
static void fail_step(scene *s, uint32_t step)
{
    ff_run_step(&s->run, 0, step)->signs.failed = true;
    ff_run_step(&s->run, 0, step)->signs.exit_code = 1;
}

static const ff_step_traces *finish(scene *s, uint32_t step)
{
    assert_int_equal(ff_suspects_finish(s->suspects), FF_OK);
    return ff_suspects_of(s->suspects, 0, step);
}

static void a_step_that_passes_leaves_nothing(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    say(&s, 0, "fatal error: survived");
    say(&s, 1, "fine");
    assert_null(finish(&s, 0));
    assert_null(ff_suspects_of(s.suspects, 0, 1));
    scene_close(&s);
}

static void the_most_telling_line_is_the_best_and_the_earliest_of_equals(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    say(&s, 0, "1 test failed");
    say(&s, 0, "fatal: first");
    say(&s, 0, "fatal: second");
    fail_step(&s, 0);
    const ff_step_traces *traces = finish(&s, 0);
    assert_non_null(traces);
    assert_int_equal(traces->suspect_count, 3);
    assert_true(ff_slice_eq(traces->suspects[traces->best].text, FF_LIT("fatal: first")));
    scene_close(&s);
}

static void trouble_near_the_end_outweighs_the_same_far_above(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    say(&s, 0, "fatal: far above");
    for (int i = 0; i < 300; i++)
        say(&s, 0, "working");
    say(&s, 0, "fatal: near the end");
    fail_step(&s, 0);
    const ff_step_traces *traces = finish(&s, 0);
    assert_true(ff_slice_eq(traces->suspects[traces->best].text, FF_LIT("fatal: near the end")));
    scene_close(&s);
}

static void early_and_late_lines_are_kept_however_many_stand_between(void **state)
{
    scene s;
    char text[32];
    (void)state;
    scene_open(&s);
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(text, sizeof text, "error: number %d", i);
        say(&s, 0, text);
    }
    fail_step(&s, 0);
    const ff_step_traces *traces = finish(&s, 0);
    assert_int_equal(traces->suspect_count, FF_SUSPECT_LINES);
    assert_true(ff_slice_eq(traces->suspects[0].text, FF_LIT("error: number 0")));
    assert_true(ff_slice_eq(traces->suspects[FF_SUSPECT_LINES - 1].text, FF_LIT("error: number 4999")));
    for (uint32_t i = 1; i < traces->suspect_count; i++)
        assert_true(traces->suspects[i].sequence > traces->suspects[i - 1].sequence);
    assert_int_equal(traces->tail_count, FF_TAIL_LINES);
    scene_close(&s);
}

static void nothing_behind_the_failing_exit_is_kept(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    say(&s, 0, "error: cause");
    fail_step(&s, 0);
    say(&s, 0, "Process completed with exit code 1.");
    say(&s, 0, "fatal: clean-up");
    const ff_step_traces *traces = finish(&s, 0);
    assert_int_equal(traces->suspect_count, 1);
    assert_int_equal(traces->tail_count, 2);
    assert_true(ff_slice_eq(traces->tail[1].text, FF_LIT("Process completed with exit code 1.")));
    scene_close(&s);
}

static void secrets_in_kept_lines_are_masked_and_counted(void **state)
{
    scene s;
    (void)state;
    scene_open(&s);
    say(&s, 0, "error: bad token ghp_0123456789abcdefghijABCDEFGHIJ456789");
    fail_step(&s, 0);
    const ff_step_traces *traces = finish(&s, 0);
    assert_true(ff_slice_find(traces->suspects[0].text, FF_LIT("ghp_0123")) == SIZE_MAX);
    assert_true(s.run.redactions > 0);
    scene_close(&s);
}

static void the_lines_of_thousands_of_failed_steps_are_not_all_kept(void **state)
{
    static char text[1024];
    scene s;
    (void)state;
    scene_open(&s);
    for (uint32_t step = 0; step < 800; step++) {
        if (step > 1)
            assert_non_null(ff_run_add_step(&s.run, 0, FF_LIT("further")));
        for (int i = 0; i < FF_SUSPECT_LINES + FF_TAIL_LINES; i++) {
            (void)snprintf(text, sizeof text, "error: %0999d", i);
            say(&s, step, text);
        }
        fail_step(&s, step);
    }
    assert_null(finish(&s, 799));
    assert_non_null(ff_suspects_of(s.suspects, 0, 0));
    assert_non_null(ff_suspects_of(s.suspects, 0, 300));
    assert_string_equal(s.run.notes.items[0].code, "traces-limit");
    assert_true(s.run.notes.partial);
    assert_true(s.arena.used < 2 * FF_LIMIT_TRACES_BYTES);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_that_passes_leaves_nothing),
        cmocka_unit_test(the_most_telling_line_is_the_best_and_the_earliest_of_equals),
        cmocka_unit_test(trouble_near_the_end_outweighs_the_same_far_above),
        cmocka_unit_test(early_and_late_lines_are_kept_however_many_stand_between),
        cmocka_unit_test(nothing_behind_the_failing_exit_is_kept),
        cmocka_unit_test(secrets_in_kept_lines_are_masked_and_counted),
        cmocka_unit_test(the_lines_of_thousands_of_failed_steps_are_not_all_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
