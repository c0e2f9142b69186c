#include "edit/edit_sheet.h"

#include "base/buf.h"

/* Goes to a line of the file; false for one that does not exist or was passed. */
static bool seek(ff_edit_sheet *sheet, uint32_t line)
{
    ff_slice text;
    while (sheet->line < line && ff_slice_take_until(&sheet->rest, '\n', &text)) {
        sheet->line++;
        sheet->at = ff_slice_without_cr(text);
    }
    return line && sheet->line == line;
}

/* Where the script begins in the line of a `run: script` that is not quoted; SIZE_MAX: that is not what stands there.
 */
static size_t behind_key(ff_slice line)
{
    ff_slice rest = ff_slice_from(line, ff_edit_indent(line).len);
    while (ff_slice_take_prefix(&rest, FF_LIT("- ")))
        rest = ff_slice_from(rest, ff_edit_indent(rest).len);
    if (!ff_slice_take_prefix(&rest, FF_LIT("run:")))
        return SIZE_MAX;
    rest = ff_slice_from(rest, ff_edit_indent(rest).len);
    return line.len - rest.len + (rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\''));
}

/* Finds the script's line in the file's: alone behind blanks, as in a block, or behind its key. `alone` says which. */
static bool find_line(ff_slice line, ff_slice script, ff_edit_patch *patch, bool *alone)
{
    size_t blanks = ff_edit_indent(line).len, own = ff_edit_indent(script).len;
    size_t from = blanks >= own ? blanks - own : SIZE_MAX;
    *alone = from != SIZE_MAX && ff_slice_starts(ff_slice_from(line, from), script);
    if (!*alone)
        from = behind_key(line);
    if (from == SIZE_MAX || !ff_slice_starts(ff_slice_from(line, from), script))
        return false;
    patch->before = ff_slice_cut(line, from);
    patch->behind = ff_slice_from(line, from + script.len);
    ff_slice end = patch->behind;
    (void)(!*alone && (ff_slice_take_prefix(&end, FF_LIT("\"")) || ff_slice_take_prefix(&end, FF_LIT("'"))));
    return ff_edit_is_idle(end); /* that both quotes are one pair, and hold no escapes, is for the proof to see */
}

static ff_status add_rows(ff_edit_sheet *sheet, const ff_edit_script *script, const ff_workflow_step *step,
                          const char **why)
{
    for (uint32_t i = 0; i < script->count && !*why; i++) {
        const ff_edit_row *row = &script->rows[i];
        uint32_t last = sheet->line, line = step ? ff_workflow_line_of(step, i + 1) : i + 1;
        bool alone = false;
        if (!ff_edit_row_changed(row))
            continue;
        ff_edit_patch *patch = FF_ARRAY_PUSH(sheet->arena, &sheet->patches);
        if (!patch)
            return FF_NOMEM;
        *patch = (ff_edit_patch){.line = line, .row = row};
        if (line <= last || !seek(sheet, line) || !find_line(sheet->at, row->old, patch, &alone))
            *why = "the lines of its script and of the file do not correspond";
        else if (!alone && (row->above.len || row->gone || ff_slice_find_byte(row->text, '\n') != SIZE_MAX))
            *why = "its script has no line of its own";
    }
    return FF_OK;
}

static ff_status add_swap(ff_edit_sheet *sheet, ff_slice before, ff_slice after)
{
    ff_edit_swap *swap = FF_ARRAY_PUSH(sheet->arena, &sheet->swaps);
    if (!swap)
        return FF_NOMEM;
    *swap = (ff_edit_swap){before, after};
    return FF_OK;
}

void ff_edit_sheet_init(ff_edit_sheet *sheet, ff_slice path, ff_slice text, ff_arena *arena)
{
    *sheet = (ff_edit_sheet){.arena = arena, .path = path, .text = text, .rest = text};
}

ff_status ff_edit_sheet_add(ff_edit_sheet *sheet, const ff_edit_script *script, const ff_workflow_step *step,
                            const ff_edit_wish *wish, const char **why)
{
    ff_slice after = {0};
    bool sound = false;
    size_t patches = sheet->patches.count;
    ff_slice added = wish->kind == FF_EDIT_DROP ? wish->instead : wish->text;
    ff_status status = ff_edit_script_write(script, &after);
    *why = NULL;
    if (status == FF_OK && !ff_slice_trim(after).len)
        *why = "nothing would be left of its script";
    if (status == FF_OK && !*why)
        status = ff_edit_prove_script(script, after, wish->kind, added, &sound);
    if (status == FF_OK && !*why && !sound)
        *why = "what would come of its script cannot be read with certainty";
    if (status == FF_OK && !*why)
        status = add_rows(sheet, script, step, why);
    if (status == FF_OK && !*why && step)
        status = add_swap(sheet, step->run.text, after);
    if (*why)
        sheet->patches.count = patches;
    return status;
}

/* Each line of `text` with what stands around the line in the file. */
static void put(ff_buf *out, const ff_edit_patch *patch, ff_slice text, ff_slice end)
{
    ff_slice line;
    bool begun = false;
    while (ff_slice_take_until(&text, '\n', &line)) {
        if (begun)
            ff_buf_add(out, end);
        ff_buf_add(out, patch->before);
        ff_buf_add(out, line);
        begun = true;
    }
    ff_buf_add(out, patch->behind);
}

static ff_slice line_end(ff_slice text)
{
    size_t at = ff_slice_find_byte(text, '\n');
    return at && at != SIZE_MAX && text.ptr[at - 1] == '\r' ? FF_LIT("\r\n") : FF_LIT("\n");
}

static void put_patch(ff_buf *out, const ff_edit_patch *patch, ff_slice end, ff_slice own_end)
{
    const ff_edit_patch above = {.before = patch->before};
    if (patch->row->above.len) {
        put(out, &above, patch->row->above, end);
        ff_buf_add(out, end);
    }
    if (!patch->row->gone) {
        put(out, patch, patch->row->text, end);
        ff_buf_add(out, own_end);
    }
}

ff_status ff_edit_sheet_write(const ff_edit_sheet *sheet, ff_slice *after)
{
    ff_slice rest = sheet->text, line, end = line_end(sheet->text);
    size_t next = 0;
    ff_buf out;
    ff_buf_init(&out, SIZE_MAX / 2);
    for (uint32_t number = 1; ff_slice_take_until(&rest, '\n', &line); number++) {
        /* The line end is what stands between this line and the rest. */
        const char *behind = line.ptr + line.len;
        bool last = behind == sheet->text.ptr + sheet->text.len, cr = ff_slice_ends(line, FF_LIT("\r"));
        ff_slice own = {behind - cr, (size_t)cr + !last};
        if (next < sheet->patches.count && sheet->patches.items[next].line == number) {
            put_patch(&out, &sheet->patches.items[next++], end, own);
        } else {
            ff_buf_add(&out, ff_slice_without_cr(line));
            ff_buf_add(&out, own);
        }
    }
    ff_slice text = ff_buf_slice(&out);
    /* Where the last line, which had no end, is gone, the one before loses its own. */
    if (text.len && !ff_slice_ends(sheet->text, FF_LIT("\n")) && ff_slice_ends(text, FF_LIT("\n")))
        text = ff_slice_without_cr(ff_slice_cut(text, text.len - 1));
    ff_status status = ff_buf_status(&out);
    *after = status == FF_OK ? ff_arena_dup(sheet->arena, text) : (ff_slice){0};
    ff_buf_release(&out);
    return sheet->arena->failed ? FF_NOMEM : status;
}
