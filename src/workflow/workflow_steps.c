#include "workflow/workflow_steps.h"

#include "workflow/workflow_fields.h"
#include "workflow/workflow_names.h"

static bool has_odd_line_ends(ff_slice text)
{
    static const ff_slice odd[] = {FF_TEXT("\xC2\x85"), FF_TEXT("\xE2\x80\xA8"), FF_TEXT("\xE2\x80\xA9")};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        if (ff_slice_find(text, odd[i]) != SIZE_MAX)
            return true;
    for (size_t at; (at = ff_slice_find_byte(text, '\r')) != SIZE_MAX; text = ff_slice_from(text, at + 2))
        if (at + 1 == text.len || text.ptr[at + 1] != '\n')
            return true;
    return false;
}

bool ff_workflow_lines_find(ff_workflow_lines *lines, ff_slice text, ff_arena *arena)
{
    size_t count = 1;
    *lines = (ff_workflow_lines){.text = text};
    if (has_odd_line_ends(text))
        return true;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    lines->starts = ff_arena_array(arena, count, sizeof *lines->starts);
    if (!lines->starts)
        return false;
    lines->count = 1;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n')
            lines->starts[lines->count++] = (uint32_t)(i + 1);
    return true;
}

static ff_slice line_at(const ff_workflow_lines *lines, uint32_t line)
{
    if (line == 0 || line > lines->count)
        return (ff_slice){0};
    ff_slice rest = ff_slice_from(lines->text, lines->starts[line - 1]), text = {0};
    (void)ff_slice_take_until(&rest, '\n', &text);
    return ff_slice_trim_end(text);
}

/* Lines of a script without what stands behind its last one. */
static uint32_t count_lines(ff_slice script)
{
    uint32_t count = 1;
    script = ff_slice_trim_end(script);
    for (size_t at; (at = ff_slice_find_byte(script, '\n')) != SIZE_MAX; script = ff_slice_from(script, at + 1))
        count++;
    return count;
}

/* Where the `|` of a block stands is known, unless an anchor or a tag stands in a line before it. So its first line is
 * looked at. */
static void place_script(ff_workflow_step *step, const ff_yaml_node *script, const ff_workflow_lines *lines)
{
    const bool block = script->style == FF_YAML_LITERAL;
    const uint32_t first = script->line + block;
    ff_slice rest = script->text, line = {0};
    if (!ff_slice_trim(rest).len || script->style == FF_YAML_FOLDED)
        return;
    const uint32_t count = count_lines(rest);
    (void)ff_slice_take_until(&rest, '\n', &line);
    if (block ? !ff_slice_ends(line_at(lines, first), ff_slice_trim_end(line))
              : count > 1 || script->last_line != first || !lines->count)
        return;
    step->run_first_line = first;
    step->run_last_line = first + count - 1;
}

bool ff_workflow_read_step(ff_workflow_step *step, const ff_yaml_node *node, const ff_workflow_lines *lines,
                           ff_arena *arena)
{
    const ff_yaml_node *script = ff_yaml_get(node, "run");
    step->limit = ff_workflow_minutes_of(node);
    step->name = ff_workflow_text_of(node, "name");
    step->id = ff_workflow_text_of(node, "id");
    step->uses = ff_workflow_text_of(node, "uses");
    step->run = ff_workflow_text_whole(node, "run");
    step->shell = ff_workflow_text_of(node, "shell");
    step->working_directory = ff_workflow_text_of(node, "working-directory");
    step->condition = ff_workflow_text_of(node, "if");
    step->continues = ff_workflow_flag_of(node, "continue-on-error", FF_FLAG_OFF, &step->continues_line);
    step->first_line = node->line;
    step->last_line = node->last_line;
    if (script && script->type == FF_YAML_SCALAR)
        place_script(step, script, lines);
    return ff_workflow_name_step(step, arena) && ff_workflow_pairs_of(node, "env", arena, &step->env) &&
           ff_workflow_pairs_of(node, "with", arena, &step->with);
}
