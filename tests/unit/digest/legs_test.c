/* Names of jobs folded into the jobs of a workflow and the legs of their matrices. */
#include "digest/legs.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* Runs with `|` between them, their jobs with `;`; expected: name, runs, legs. */
static const struct {
    const char *runs, *expected;
} ROWS[] = {
    {"lint", "lint 1"},
    {"lint|lint|lint", "lint 3"},
    {"", ""},
    {"test (3.11);test (3.12)", "test 1 [3.11] [3.12]"},
    {"test (3.12)|test (3.11)|test (3.12)", "test 3 [3.11] [3.12]"},
    {"test (3.11)|test (3.11)", "test (3.11) 2"},        /* one leg is no matrix as far as anybody sees */
    {"test;test (1);test (2)", "test 1 test 1 [1] [2]"}, /* a job of its own beside the matrix */
    {"t (107);t (57);t (7);t (3.9);t (3.11)", "t 1 [3.9] [3.11] [7] [57] [107]"},
    {"a|b;a|c;b;a", "a 3 b 2 c 1"}, /* most runs first */
    {"test (ubuntu, 3.11);test (macos, 3.11)", "test 1 [macos, 3.11] [ubuntu, 3.11]"},
    {"call / test (1);call / test (2)", "call / test 1 [1] [2]"}, /* of a workflow that another one calls */
    {"build (a) / test", "build (a) / test 1"},
    {"test (f(x));test (g(x))", "test 1 [f(x)] [g(x)]"},
    {"test(1);test(2)", "test(1) 1 test(2) 1"}, /* GitHub puts a blank there */
    {"(1);(2)", "(1) 1 (2) 1"},
    {"test ();test (1)", "test () 1 test (1) 1"},
    {"test 1);test 2)", "test 1) 1 test 2) 1"},
    {";;lint;", "lint 1"},
};

static void add_runs(ff_legs *legs, ff_buf *text, const char *runs)
{
    for (ff_slice rest = ff_slice_of(runs), run; ff_slice_take_until(&rest, '|', &run);) {
        ff_buf_reset(text);
        for (ff_slice job; ff_slice_take_until(&run, ';', &job);) {
            ff_buf_add(text, job);
            ff_buf_add_byte(text, '\n');
        }
        assert_true(ff_legs_add(legs, ff_slice_trim_end(ff_buf_slice(text))));
    }
}

static void tell(const ff_digest_job *jobs, size_t count, ff_buf *out)
{
    ff_buf_reset(out);
    for (size_t i = 0; i < count; i++) {
        ff_buf_printf(out, "%s%.*s %lu", i ? " " : "", FF_ARG(jobs[i].name), (unsigned long)jobs[i].runs);
        for (size_t j = 0; j < jobs[i].leg_count; j++)
            ff_buf_printf(out, " [%.*s]", FF_ARG(jobs[i].legs[j]));
    }
}

static void legs_of_a_matrix_are_one_job(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        ff_arena arena;
        ff_buf text;
        size_t count;
        ff_arena_init(&arena, 0);
        ff_buf_init(&text, FF_LIMIT_REPORT_BYTES);
        ff_names names = {.arena = &arena, .tables = &arena};
        ff_legs legs = {.pad = &arena, .names = &names};
        add_runs(&legs, &text, ROWS[i].runs);
        const ff_digest_job *jobs = ff_legs_fold(&legs, &arena, &count);
        assert_non_null(jobs);
        tell(jobs, count, &text);
        if (!ff_slice_eq(ff_buf_slice(&text), ff_slice_of(ROWS[i].expected)))
            fail_msg("%s: %.*s", ROWS[i].runs, FF_ARG(ff_buf_slice(&text)));
        ff_buf_release(&text);
        ff_arena_release(&arena);
    }
}

/* A workflow can be made to have any number of names; the first of them are kept, and their runs counted. */
static void names_beyond_the_bound_are_left_out(void **state)
{
    ff_arena arena;
    size_t count, legs_kept = 0;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_names names = {.arena = &arena, .tables = &arena};
    ff_legs legs = {.pad = &arena, .names = &names};
    for (unsigned i = 0; i < 3 * FF_LIMIT_GROUP_JOBS; i++)
        assert_true(ff_legs_add(&legs, ff_arena_printf(&arena, i % 3 ? "job %u" : "test (%u)", i)));
    const ff_digest_job *jobs = ff_legs_fold(&legs, &arena, &count);
    assert_true(legs.full);
    for (size_t i = 0; i < count; i++)
        legs_kept += jobs[i].leg_count;
    assert_int_equal(count + legs_kept, FF_LIMIT_GROUP_JOBS);
    assert_true(ff_slice_eq(jobs[0].name, FF_LIT("test")));
    assert_int_equal(jobs[0].runs, FF_LIMIT_GROUP_JOBS);
    ff_arena_release(&arena);
}

static void without_memory_nothing_is_said(void **state)
{
    (void)state;
    for (size_t bytes = 1; bytes < 8000; bytes += 64) {
        ff_arena arena;
        size_t count = 7;
        ff_arena_init(&arena, bytes);
        ff_names names = {.arena = &arena, .tables = &arena};
        ff_legs legs = {.pad = &arena, .names = &names};
        bool added = ff_legs_add(&legs, FF_LIT("test (1)\ntest (2)\nlint"));
        const ff_digest_job *jobs = added ? ff_legs_fold(&legs, &arena, &count) : NULL;
        assert_true(jobs ? count == 2 && jobs[1].leg_count == 2 : arena.failed);
        assert_true(added || arena.failed);
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legs_of_a_matrix_are_one_job),
        cmocka_unit_test(names_beyond_the_bound_are_left_out),
        cmocka_unit_test(without_memory_nothing_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
