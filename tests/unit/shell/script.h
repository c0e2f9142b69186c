/* A script read for a test, and one of its commands. */
#ifndef FF_TESTS_UNIT_REPO_SCRIPT_H
#define FF_TESTS_UNIT_REPO_SCRIPT_H

#include "shell/shell.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

typedef struct reading {
    ff_arena arena;
    ff_shell_script script;
} reading;

static inline const ff_shell_script *open_script(reading *r, const char *text, bool errexit)
{
    r->arena = (ff_arena){0};
    assert_int_equal(ff_shell_read(&r->script, ff_slice_of(text), &(ff_shell_options){.errexit = errexit}, &r->arena),
                     FF_OK);
    return &r->script;
}

static inline void close_script(reading *r)
{
    ff_arena_release(&r->arena);
}

/* The first command with these words; the test ends without one. */
static inline const ff_shell_command *command_of(const reading *r, const char *needle)
{
    const ff_shell_command *command = ff_shell_find(&r->script, ff_slice_of(needle), NULL);
    if (!command)
        fail_msg("no '%s'", needle);
    return command;
}

static inline void expect_text(ff_slice got, const char *expected)
{
    if (!ff_slice_eq(got, ff_slice_of(expected)))
        fail_msg("'%.*s', not '%s'", FF_ARG(got), expected);
}

#endif
