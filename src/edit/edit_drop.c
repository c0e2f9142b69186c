#include "edit/edit_drop.h"

/* `echo manage.py x` names the command and does not run it. */
static bool prints(const ff_shell_command *command)
{
    return command->word_count &&
           (ff_slice_eq(command->words[0], FF_LIT("echo")) || ff_slice_eq(command->words[0], FF_LIT("printf")));
}

const ff_shell_command *ff_edit_drop_next(const ff_edit_dropping *dropping, const ff_shell_command *after)
{
    const ff_edit_script *script = dropping->script;
    while ((after = ff_shell_find(&script->shell, dropping->needle, after)))
        if (!prints(after) && after->first_line && after->first_line <= script->count &&
            !dropping->done[after - script->shell.commands.items] && !script->rows[after->first_line - 1].gone)
            return after;
    return NULL;
}

ff_status ff_edit_drop(ff_edit_script *script, ff_slice needle, ff_slice instead)
{
    ff_edit_dropping dropping = {.script = script, .needle = ff_slice_trim(needle), .instead = ff_slice_trim(instead)};
    const ff_shell_command *command = NULL;
    ff_status status = FF_OK;
    dropping.done = ff_arena_array(script->arena, script->shell.commands.count, sizeof *dropping.done);
    if (!dropping.done)
        return FF_NOMEM;
    if (!dropping.needle.len)
        return FF_OK;
    if (!script->shell.whole) {
        command = ff_edit_drop_next(&dropping, NULL);
        if (command)
            ff_edit_script_refuse(script, command->first_line, "its script is not understood to the end");
        return FF_OK;
    }
    /* All guards first: they also take away the question, which may have the needle's words itself. */
    while (status == FF_OK && (command = ff_edit_drop_next(&dropping, command)))
        status = ff_edit_drop_guard(&dropping, command);
    while (status == FF_OK && (command = ff_edit_drop_next(&dropping, command)))
        status = ff_edit_drop_listed(&dropping, command);
    return status == FF_OK ? ff_edit_script_fill(script, dropping.filling) : status;
}
