/* What is kept of the scripts that the runner echoes, and which of their messages came out. */
#include "diagnose/scripts.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

typedef struct tape {
    ff_arena arena;
    ff_run run;
    ff_scripts *scripts;
    uint64_t sequence;
} tape;

static void tape_open(tape *t)
{
    *t = (tape){0};
    ff_arena_init(&t->arena, 0);
    ff_run_init(&t->run, &t->arena);
    assert_non_null(ff_run_add_job(&t->run, FF_LIT("build")));
    assert_non_null(ff_run_add_step(&t->run, 0, FF_LIT("first")));
    assert_non_null(ff_run_add_step(&t->run, 0, FF_LIT("second")));
    assert_int_equal(ff_scripts_new(&t->scripts, &t->run), FF_OK);
}

static void tape_close(tape *t)
{
    ff_scripts_free(t->scripts);
    ff_arena_release(&t->arena);
}

static void play(tape *t, ff_line_kind kind, uint32_t step, const char *lines)
{
    ff_slice rest = ff_slice_of(lines), text;
    while (ff_slice_take_until(&rest, '\n', &text)) {
        ff_line line = {.kind = kind, .step = step, .text = text, .body = text};
        line.place = (ff_place){FF_LIT("log"), t->sequence + 1, 0, FF_NO_TIME};
        assert_int_equal(ff_scripts_line(t->scripts, &line, ++t->sequence), FF_OK);
    }
}

static void a_script_ends_before_the_shell_that_runs_it(void **state)
{
    (void)state;
    static const struct {
        const char *shell;
        bool is_shell, errexit, pipefail;
    } rows[] = {
        {"/usr/bin/bash -e {0}", true, true, false},
        {"/usr/bin/bash --noprofile --norc -e -o pipefail {0}", true, true, true},
        {"/usr/bin/bash --noprofile --norc -eo pipefail {0}", true, true, true},
        {"sh -e {0}", true, true, false},
        {"bash {0}", true, false, false},
        {"/bin/bash -xe {0}", true, true, false},
        {"bash -o errexit {0}", true, true, false},
        {"bash --norc {0}", true, false, false},
        {"C:\\Program Files\\Git\\bin\\bash.EXE --noprofile --norc -e -o pipefail {0}", true, true, true},
        {"/usr/bin/pwsh -command \". '{0}'\"", false, false, false},
        {"/usr/bin/python {0}", false, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tape t;
        char key[200];
        tape_open(&t);
        (void)snprintf(key, sizeof key, "shell: %s", rows[i].shell);
        play(&t, FF_LINE_SCRIPT, 0, "make\necho done\n");
        play(&t, FF_LINE_SCRIPT, 0, key);
        play(&t, FF_LINE_SCRIPT, 0, "env:\n  CI: true\n");
        play(&t, FF_LINE_OUTPUT, 0, "done\n");
        assert_int_equal(ff_scripts_count(t.scripts), 1);
        const ff_script *script = ff_scripts_get(t.scripts, 0);
        assert_true(ff_slice_eq(script->text, FF_LIT("make\necho done\n")));
        assert_int_equal(script->lines, 2);
        assert_int_equal(script->place.line, 1);
        assert_int_equal(script->is_shell, rows[i].is_shell);
        assert_int_equal(script->options.errexit, rows[i].errexit);
        assert_int_equal(script->options.pipefail, rows[i].pipefail);
        tape_close(&t);
    }
}

/* A here-document may hold such a line too; the runner's own is the last. */
static void the_last_shell_line_counts(void **state)
{
    (void)state;
    tape t;
    tape_open(&t);
    play(&t, FF_LINE_SCRIPT, 0, "cat > a.yml <<E\nshell: bash\nE\nshell: /usr/bin/bash -e {0}\n");
    play(&t, FF_LINE_OUTPUT, 0, "x\n");
    assert_int_equal(ff_scripts_get(t.scripts, 0)->lines, 3);
    tape_close(&t);
}

static void inputs_of_an_action_are_no_script(void **state)
{
    (void)state;
    tape t;
    tape_open(&t);
    play(&t, FF_LINE_SCRIPT, 0, "with:\n  repository: o/r\nenv:\n  CI: true\n");
    play(&t, FF_LINE_OUTPUT, 0, "Syncing repository\n");
    play(&t, FF_LINE_SCRIPT, 1, "shell: /usr/bin/bash -e {0}\n");
    play(&t, FF_LINE_OUTPUT, 1, "nothing was run\n");
    assert_int_equal(ff_scripts_count(t.scripts), 0);
    tape_close(&t);
}

static bool was_printed(const ff_script *script, const char *text)
{
    for (uint32_t i = 0; i < script->saying_count; i++)
        if (ff_slice_eq(script->sayings[i].text, ff_slice_of(text)))
            return script->sayings[i].printed;
    return false;
}

static void its_own_messages_are_found_in_what_it_prints(void **state)
{
    (void)state;
    tape t;
    tape_open(&t);
    play(&t, FF_LINE_SCRIPT, 0,
         "if known; then\n  echo 'Using the first way...'\nelse\n  echo 'Using the second way...'\nfi\n"
         "echo \"took $TIME\"\nshell: /usr/bin/bash -e {0}\n");
    play(&t, FF_LINE_OUTPUT, 0, "  Using the second way...\nUsing the first way, or so\n");
    const ff_script *script = ff_scripts_get(t.scripts, 0);
    assert_true(was_printed(script, "Using the second way..."));
    assert_false(was_printed(script, "Using the first way..."));
    assert_int_equal(script->saying_count, 2);
    /* Another step may print the same: that is not this script. */
    play(&t, FF_LINE_OUTPUT, 1, "Using the first way...\n");
    assert_false(was_printed(script, "Using the first way..."));
    tape_close(&t);
}

static void of_several_scripts_the_one_before_the_line_is_meant(void **state)
{
    (void)state;
    tape t;
    tape_open(&t);
    play(&t, FF_LINE_SCRIPT, 0, "one\nshell: bash -e {0}\n");
    play(&t, FF_LINE_OUTPUT, 0, "out of one\n");
    play(&t, FF_LINE_SCRIPT, 0, "two\nshell: bash -e {0}\n");
    play(&t, FF_LINE_OUTPUT, 0, "out of two\n");
    assert_int_equal(ff_scripts_count(t.scripts), 2);
    assert_true(ff_slice_eq(ff_scripts_at(t.scripts, 0, 0, 3)->text, FF_LIT("one\n")));
    assert_true(ff_slice_eq(ff_scripts_at(t.scripts, 0, 0, 6)->text, FF_LIT("two\n")));
    assert_null(ff_scripts_at(t.scripts, 0, 1, 6));
    tape_close(&t);
}

static void a_script_beyond_the_bounds_is_not_kept(void **state)
{
    (void)state;
    enum { LINE = 64, LINES = 5000 }; /* 320 kB */
    tape t;
    tape_open(&t);
    for (size_t i = 0; i < LINES; i++)
        play(&t, FF_LINE_SCRIPT, 0, "echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n");
    play(&t, FF_LINE_SCRIPT, 0, "shell: bash -e {0}\n");
    play(&t, FF_LINE_OUTPUT, 0, "out\n");
    assert_int_equal(ff_scripts_count(t.scripts), 0);
    play(&t, FF_LINE_SCRIPT, 1, "make\nshell: bash -e {0}\n");
    play(&t, FF_LINE_OUTPUT, 1, "out\n");
    assert_int_equal(ff_scripts_count(t.scripts), 1);
    tape_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_ends_before_the_shell_that_runs_it),
        cmocka_unit_test(the_last_shell_line_counts),
        cmocka_unit_test(inputs_of_an_action_are_no_script),
        cmocka_unit_test(its_own_messages_are_found_in_what_it_prints),
        cmocka_unit_test(of_several_scripts_the_one_before_the_line_is_meant),
        cmocka_unit_test(a_script_beyond_the_bounds_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
