/* The lines of one script while an edit is made of them: each row has its text as it was and as it shall be.
 *
 *     ff_edit_script script;
 *     ff_edit_script_read(&script, text, &options, &arena);
 *     ff_edit_drop(&script, FF_LIT("manage.py migrate_schemas"), FF_LIT(""));
 *     if (ff_edit_script_changed(&script)) ff_edit_script_write(&script, &text);
 *
 * Text in, text out: what file the script stands in is the business of edit.c.
 */
#ifndef FF_EDIT_SCRIPT_H
#define FF_EDIT_SCRIPT_H

#include "base/arena.h"
#include "base/error.h"
#include "shell/shell.h"

typedef struct ff_edit_row {
    ff_slice old;   /* without its line end */
    ff_slice text;  /* the same, as it shall be; LF inside if it becomes several lines */
    ff_slice above; /* put above it, likewise; empty: nothing */
    bool gone;
} ff_edit_row;

typedef struct ff_edit_script {
    ff_arena *arena;
    ff_edit_row *rows; /* line 1 is rows[0] */
    uint32_t count;
    const ff_shell_options *options; /* NULL: not a script of a shell */
    ff_shell_script shell;           /* of the old text */
    struct {
        uint32_t line;
        const char *why; /* the first place that was left alone, a clause; NULL: none was */
        uint32_t count;
    } refused;
} ff_edit_script;

/* Splits `text` (LF or CRLF) into rows, and reads it as a script of a shell if `options` are given, which must outlive
 * it. Rows borrow from `text`. FF_OK; FF_LIMIT above FF_LIMIT_SCRIPT_BYTES; FF_NOMEM. */
ff_status ff_edit_script_read(ff_edit_script *script, ff_slice text, const ff_shell_options *options, ff_arena *arena);

/* Notes that a place needs the edit and does not get it. `why` is static. */
void ff_edit_script_refuse(ff_edit_script *script, uint32_t line, const char *why);

/* True if a row changed. */
bool ff_edit_row_changed(const ff_edit_row *row);
bool ff_edit_script_changed(const ff_edit_script *script);

/* What must not be left without a command (a branch, a loop, a script in quotes, the whole) gets `instead`, or the
 * lines that are gone back, which is refused. FF_OK or FF_NOMEM. */
ff_status ff_edit_script_fill(ff_edit_script *script, ff_slice instead);

/* The new text, LF between its lines and none at its end, in the arena. FF_OK or FF_NOMEM. */
ff_status ff_edit_script_write(const ff_edit_script *script, ff_slice *text);

/* Which shell runs a row, from 0: the command whose inner script it stands in, or FF_SHELL_NONE for the script itself.
 */
uint32_t ff_edit_script_shell(const ff_edit_script *script, uint32_t row);

/* The blanks and tabs that a line begins with. */
ff_slice ff_edit_indent(ff_slice line);

/* True if the line is blank or a comment. */
bool ff_edit_is_idle(ff_slice line);

/* True if the next line belongs to the same list of commands: it ends in a backslash, `||`, `&&` or `|`. */
bool ff_edit_continues(ff_slice line);

/* `text`, each of its lines with `indent` before it, in the arena; the empty slice without memory or text. */
ff_slice ff_edit_indented(ff_arena *arena, ff_slice text, ff_slice indent);

#endif
