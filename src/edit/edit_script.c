#include "edit/edit_script.h"

#include "base/buf.h"
#include "base/limits.h"

static uint32_t count_lines(ff_slice text)
{
    uint32_t count = 0;
    ff_slice line;
    while (ff_slice_take_until(&text, '\n', &line))
        count++;
    return count;
}

ff_status ff_edit_script_read(ff_edit_script *script, ff_slice text, const ff_shell_options *options, ff_arena *arena)
{
    ff_slice line, rest = text;
    *script = (ff_edit_script){.arena = arena, .options = options};
    if (text.len > FF_LIMIT_SCRIPT_BYTES)
        return FF_LIMIT;
    script->rows = ff_arena_array(arena, count_lines(text), sizeof *script->rows);
    if (!script->rows)
        return FF_NOMEM;
    while (ff_slice_take_until(&rest, '\n', &line))
        script->rows[script->count++] =
            (ff_edit_row){.old = ff_slice_without_cr(line), .text = ff_slice_without_cr(line)};
    return options ? ff_shell_read(&script->shell, text, options, arena) : FF_OK;
}

void ff_edit_script_refuse(ff_edit_script *script, uint32_t line, const char *why)
{
    if (!script->refused.count++) {
        script->refused.line = line;
        script->refused.why = why;
    }
}

bool ff_edit_row_changed(const ff_edit_row *row)
{
    return row->gone || row->above.len || !ff_slice_eq(row->old, row->text);
}

bool ff_edit_script_changed(const ff_edit_script *script)
{
    for (uint32_t i = 0; i < script->count; i++)
        if (ff_edit_row_changed(&script->rows[i]))
            return true;
    return false;
}

static void add_line(ff_buf *out, ff_slice line, bool *begun)
{
    if (*begun)
        ff_buf_add_byte(out, '\n');
    ff_buf_add(out, line);
    *begun = true;
}

ff_status ff_edit_script_write(const ff_edit_script *script, ff_slice *text)
{
    ff_buf out;
    bool begun = false;
    ff_buf_init(&out, SIZE_MAX / 2); /* the old text is bounded, and what is put in is the catalog's */
    for (uint32_t i = 0; i < script->count; i++) {
        if (script->rows[i].above.len)
            add_line(&out, script->rows[i].above, &begun);
        if (!script->rows[i].gone)
            add_line(&out, script->rows[i].text, &begun);
    }
    ff_status status = ff_buf_status(&out);
    *text = status == FF_OK ? ff_arena_dup(script->arena, ff_buf_slice(&out)) : (ff_slice){0};
    if (script->arena->failed)
        status = FF_NOMEM;
    ff_buf_release(&out);
    return status;
}

uint32_t ff_edit_script_shell(const ff_edit_script *script, uint32_t row)
{
    const ff_shell_command *command = script->options ? ff_shell_at(&script->shell, row + 1) : NULL;
    return command ? command->inner_of : FF_SHELL_NONE;
}

ff_slice ff_edit_indent(ff_slice line)
{
    size_t length = 0;
    while (length < line.len && (line.ptr[length] == ' ' || line.ptr[length] == '\t'))
        length++;
    return ff_slice_cut(line, length);
}

bool ff_edit_is_idle(ff_slice line)
{
    line = ff_slice_trim(line);
    return !line.len || line.ptr[0] == '#';
}

bool ff_edit_continues(ff_slice line)
{
    size_t backslashes = 0;
    if (ff_edit_is_idle(line))
        return false;
    while (backslashes < line.len && line.ptr[line.len - 1 - backslashes] == '\\')
        backslashes++;
    line = ff_slice_trim_end(line);
    return backslashes % 2 || ff_slice_ends(line, FF_LIT("|")) || ff_slice_ends(line, FF_LIT("&&"));
}

ff_slice ff_edit_indented(ff_arena *arena, ff_slice text, ff_slice indent)
{
    ff_slice line, result = {0};
    for (bool first = true; ff_slice_take_until(&text, '\n', &line); first = false)
        result = first ? ff_arena_printf(arena, "%.*s%.*s", FF_ARG(indent), FF_ARG(line))
                       : ff_arena_printf(arena, "%.*s\n%.*s%.*s", FF_ARG(result), FF_ARG(indent), FF_ARG(line));
    return result;
}
