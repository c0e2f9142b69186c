/* Where a job is defined, as the runner states it. */
#include "source/definition.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_system_text_tells_repository_workflow_and_branch(void **state)
{
    static const struct {
        const char *text, *repository, *path, *branch;
    } rows[] = {
        {"2025-12-01T05:01:34.0017486Z Job defined at: o/r/.github/workflows/ci.yml@refs/heads/main\r\n", "o/r",
         ".github/workflows/ci.yml", "main"},
        {"Job defined at: o/r/.github/workflows/ci.yml@refs/pull/12/merge\n", "o/r", ".github/workflows/ci.yml", ""},
        {"Job defined at: o/r/.github/workflows/called.yml@refs/heads/x\nReusable workflow chain:\n"
         "o/r/.github/workflows/top.yml@refs/heads/main (0123456789)\n-> "
         "o/r/.github/workflows/called.yml@refs/heads/x\n",
         "o/r", ".github/workflows/top.yml", "main"},
        {"Job defined at: o/r/../evil/.github/workflows/ci.yml@refs/heads/main\n", "", "", ""},
        {"Job defined at: o/r/.github/workflows/$(id).yml@refs/heads/`x`\n", "o/r", ".github/workflows/$(id).yml", ""},
        {"Requested labels: ubuntu-latest\n", "", "", ""},
        {"", "", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_arena arena;
        ff_run run;
        ff_arena_init(&arena, 0);
        ff_run_init(&run, &arena);
        ff_definition_note_system(&run, ff_slice_of(rows[i].text));
        if (!ff_slice_eq(run.repository, ff_slice_of(rows[i].repository)) ||
            !ff_slice_eq(run.workflow_path, ff_slice_of(rows[i].path)) ||
            !ff_slice_eq(run.head_branch, ff_slice_of(rows[i].branch)))
            fail_msg("row %zu: '%.*s' '%.*s' '%.*s'", i, FF_ARG(run.repository), FF_ARG(run.workflow_path),
                     FF_ARG(run.head_branch));
        ff_arena_release(&arena);
    }
}

static void what_is_known_is_not_overwritten_and_strangers_say_nothing(void **state)
{
    ff_arena arena;
    ff_run run;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    run.repository = FF_LIT("o/r");
    ff_definition_note(&run, FF_LIT("other/r/.github/workflows/ci.yml@refs/heads/main"));
    assert_int_equal(run.workflow_path.len, 0);
    ff_definition_note(&run, FF_LIT("O/R/.github/workflows/ci.yml@refs/heads/main"));
    assert_true(ff_slice_eq(run.repository, FF_LIT("o/r")));
    assert_true(ff_slice_eq(run.head_branch, FF_LIT("main")));
    ff_definition_note(&run, FF_LIT("o/r/.github/workflows/late.yml@refs/heads/late"));
    assert_true(ff_slice_eq(run.workflow_path, FF_LIT(".github/workflows/ci.yml")));
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_system_text_tells_repository_workflow_and_branch),
        cmocka_unit_test(what_is_known_is_not_overwritten_and_strangers_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
