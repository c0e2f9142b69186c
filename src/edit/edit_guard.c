/* `if … help X; then A else E fi` without X: what stays is the side on which it does not exist. */
#include "edit/edit_drop.h"

/* Rows by line number, `first` 0: none. */
typedef struct span {
    uint32_t first, last;
} span;

static bool begins_with_word(ff_slice line, ff_slice word)
{
    line = ff_slice_trim(line);
    return ff_slice_take_prefix(&line, word) && (!line.len || strchr(" \t;", line.ptr[0]));
}

/* True if nothing follows `fi` that depends on it, such as `|| true` or a redirection. */
static bool ends_plainly(ff_slice line)
{
    line = ff_slice_trim(line);
    if (!ff_slice_take_prefix(&line, FF_LIT("fi")))
        return false;
    (void)ff_slice_take_prefix(&line, FF_LIT(";"));
    return ff_edit_is_idle(line);
}

/* The lines of the side that stays. */
static span kept_side(const ff_shell_choice *guard, bool in_then)
{
    if (!in_then)
        return (span){guard->then_first, guard->else_line - 1};
    return guard->else_line ? (span){guard->else_line + 1, guard->last_line - 1} : (span){0, 0};
}

/* True if a word or a here-document goes over several lines there: their blanks are text. */
static bool holds_text(const ff_edit_script *script, span side)
{
    for (size_t i = 0; i < script->shell.commands.count; i++) {
        const ff_shell_command *command = &script->shell.commands.items[i];
        if (command->first_line < side.first || command->first_line > side.last)
            continue;
        for (uint32_t line = command->first_line; line < command->last_line && line < side.last; line++)
            if (!ff_slice_ends(script->rows[line - 1].text, FF_LIT("\\")))
                return true;
    }
    return false;
}

/* Takes from the lines what they stand further right than the `if`. Where one of them does not, all stay as they are.
 */
static ff_status shift(ff_edit_script *script, span side, ff_slice indent)
{
    ff_slice deep = {0};
    for (uint32_t line = side.first; line <= side.last; line++) {
        ff_slice text = script->rows[line - 1].text;
        if (!ff_slice_trim(text).len)
            continue;
        if (!deep.ptr)
            deep = ff_edit_indent(text);
        if (!ff_slice_starts(deep, indent) || !ff_slice_starts(text, deep))
            return FF_OK;
    }
    for (uint32_t line = side.first; line <= side.last && deep.len > indent.len; line++) {
        ff_slice text = script->rows[line - 1].text;
        if (!ff_slice_trim(text).len)
            continue;
        script->rows[line - 1].text =
            ff_arena_printf(script->arena, "%.*s%.*s", FF_ARG(indent), FF_ARG(ff_slice_from(text, deep.len)));
        if (script->arena->failed)
            return FF_NOMEM;
    }
    return FF_OK;
}

/* What may have to fill the place of a guard that leaves nothing. In a quoted word the text as read is not the text as
 * written. */
static void note_filling(ff_edit_dropping *dropping, const ff_shell_command *command)
{
    bool plain = command->inner != FF_INNER_WORD || (ff_slice_find_byte(command->text, '"') == SIZE_MAX &&
                                                     ff_slice_find_byte(command->text, '$') == SIZE_MAX);
    ff_slice text = plain ? ff_edit_drop_instead(dropping, command, command->text) : (ff_slice){0};
    if (!dropping->guarded)
        dropping->filling = text;
    else if (!ff_slice_eq(dropping->filling, text))
        dropping->filling = (ff_slice){0};
    dropping->guarded = true;
}

static ff_status collapse(ff_edit_script *script, const ff_shell_choice *guard, bool in_then)
{
    span side = kept_side(guard, in_then);
    ff_slice indent = ff_edit_indent(script->rows[guard->first_line - 1].text);
    for (uint32_t line = guard->first_line; line <= guard->last_line; line++)
        if (!side.first || line < side.first || line > side.last)
            script->rows[line - 1].gone = true;
    return !side.first || side.first > side.last || holds_text(script, side) ? FF_OK : shift(script, side, indent);
}

ff_status ff_edit_drop_guard(ff_edit_dropping *dropping, const ff_shell_command *command)
{
    ff_edit_script *script = dropping->script;
    bool in_then = false;
    ff_slice name = ff_slice_behind_last(dropping->needle, ' '); /* what a guard asks for */
    const ff_shell_choice *guard = ff_shell_guard(&script->shell, command, name, &in_then);
    if (!guard || in_then == guard->negated)
        return FF_OK;
    dropping->done[command - script->shell.commands.items] = true;
    if (!guard->simple || !begins_with_word(script->rows[guard->first_line - 1].text, FF_LIT("if")))
        ff_edit_script_refuse(script, command->first_line, "the “if” around it has no line for each of its words");
    else if (!ends_plainly(script->rows[guard->last_line - 1].text))
        ff_edit_script_refuse(script, command->first_line, "something follows the “fi” of the “if” around it");
    else {
        note_filling(dropping, command);
        return collapse(script, guard, in_then);
    }
    return FF_OK;
}
