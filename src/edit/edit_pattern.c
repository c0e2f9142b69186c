#include "edit/edit_pattern.h"

#include "base/limits.h"

#include <stdlib.h>

/* The engine tells where named groups stand, so the whole match gets a name. */
#define WHOLE "ff_whole"

static ff_status compile(ff_regex **regex, ff_slice text)
{
    const ff_pattern pattern = {.text = text, .at = {.file = "edit"}};
    return ff_regex_new(regex, &pattern, NULL);
}

ff_status ff_edit_pattern_open(ff_edit_pattern *pattern, ff_slice text, ff_arena *arena)
{
    ff_regex *bare = NULL;
    *pattern = (ff_edit_pattern){.meter = {.budget = FF_LIMIT_RULE_NANOSECONDS}};
    /* First as it is: `a)(b` would be whole only in the brackets around it. */
    ff_status status = compile(&bare, text);
    ff_regex_free(bare);
    ff_slice named = ff_arena_printf(arena, "(?<" WHOLE ">%.*s)", FF_ARG(text));
    if (status == FF_OK)
        status = named.len ? compile(&pattern->regex, named) : FF_NOMEM;
    if (status == FF_OK)
        status = ff_regex_work_new(&pattern->work, ff_regex_groups(pattern->regex), true);
    if (status == FF_OK) {
        pattern->spans = ff_arena_array(arena, ff_regex_names(pattern->regex), sizeof *pattern->spans);
        status = pattern->spans ? FF_OK : FF_NOMEM;
    }
    return status;
}

void ff_edit_pattern_close(ff_edit_pattern *pattern)
{
    ff_regex_work_free(pattern->work);
    ff_regex_free(pattern->regex);
    *pattern = (ff_edit_pattern){.failed = true};
}

/* The first match in `line`; false: none. */
static bool find(ff_edit_pattern *pattern, ff_slice line, ff_slice *match)
{
    if (pattern->failed)
        return false;
    ff_regex_result result = ff_regex_run(pattern->regex, pattern->work, line, &pattern->meter);
    pattern->failed = result == FF_REGEX_FAILED;
    if (result != FF_REGEX_HIT)
        return false;
    uint32_t count = ff_regex_spans(pattern->regex, pattern->work, line, pattern->spans);
    *match = (ff_slice){line.ptr, 0}; /* an empty match has no span: it is as good as one at the start */
    if (count && ff_slice_eq(pattern->spans[0].name, FF_LIT(WHOLE)))
        *match = pattern->spans[0].value; /* spans are in the order of the pattern */
    return true;
}

static int by_bytes(const void *a, const void *b)
{
    return ff_slice_cmp(*(const ff_slice *)a, *(const ff_slice *)b);
}

void ff_edit_lines_sort(ff_edit_lines *lines)
{
    if (lines->count)
        qsort(lines->items, lines->count, sizeof *lines->items, by_bytes);
}

static bool is_among(const ff_edit_lines *lines, ff_slice line)
{
    ff_slice wanted = ff_slice_trim(line);
    return !lines || (lines->count && bsearch(&wanted, lines->items, lines->count, sizeof wanted, by_bytes));
}

ff_status ff_edit_pattern_collect(ff_edit_pattern *pattern, const ff_edit_script *script, ff_edit_lines *lines,
                                  ff_arena *arena)
{
    ff_slice match;
    for (uint32_t i = 0; i < script->count; i++) {
        if (!find(pattern, script->rows[i].old, &match))
            continue;
        ff_slice *line = FF_ARRAY_PUSH(arena, lines);
        if (!line)
            return FF_NOMEM;
        *line = ff_slice_trim(script->rows[i].old);
    }
    return FF_OK;
}

static bool is_blank(ff_slice text, size_t at)
{
    return at >= text.len || text.ptr[at] == ' ' || text.ptr[at] == '\t';
}

/* The line with `text` for the match. Where a word in the middle is taken out one of the blanks around it goes too, at
 * the end all of them. */
static ff_slice spliced(ff_edit_script *script, ff_slice line, ff_slice match, ff_slice text)
{
    size_t from = (size_t)(match.ptr - line.ptr), to = from + match.len;
    if (!text.len && from && is_blank(line, from - 1) && is_blank(line, to)) {
        ff_slice before = ff_slice_cut(line, from), behind = ff_slice_from(line, to);
        from = behind.len ? from - 1 : ff_slice_trim_end(before).len;
    }
    ff_slice before = ff_slice_cut(line, from), behind = ff_slice_from(line, to);
    return ff_arena_printf(script->arena, "%.*s%.*s%.*s", FF_ARG(before), FF_ARG(text), FF_ARG(behind));
}

ff_status ff_edit_pattern_replace(ff_edit_pattern *pattern, ff_edit_script *script, ff_slice text,
                                  const ff_edit_lines *only)
{
    ff_slice match;
    for (uint32_t i = 0; i < script->count; i++) {
        ff_edit_row *row = &script->rows[i];
        if (!is_among(only, row->old) || !find(pattern, row->old, &match))
            continue;
        ff_slice becomes = spliced(script, row->old, match, text);
        if (script->arena->failed)
            return FF_NOMEM;
        bool goes = !ff_slice_trim(becomes).len && ff_slice_trim(row->old).len;
        if (goes && i && ff_edit_continues(row[-1].old))
            ff_edit_script_refuse(script, i + 1, "the line above it goes on there");
        else if (goes)
            row->gone = true;
        else
            row->text = becomes;
    }
    return ff_edit_script_fill(script, (ff_slice){0});
}

/* Why nothing can be put above a line, or NULL. */
static const char *obstacle(const ff_edit_script *script, uint32_t line)
{
    const ff_shell_command *command = script->options ? ff_shell_at(&script->shell, line) : NULL;
    if (line > 1 && ff_edit_continues(script->rows[line - 2].old))
        return "the line goes on from the one above it";
    return command && command->python ? "the line is one of Python" : NULL;
}

static bool begins_with_any(ff_slice line, const ff_slice *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_starts(line, words[i]))
            return true;
    return false;
}

/* How many blocks a line opens on the way up: those that it ends, less those that it begins. */
static int blocks_ended(ff_slice line)
{
    static const ff_slice ENDS[] = {FF_TEXT("fi"), FF_TEXT("done"), FF_TEXT("esac"), FF_TEXT("}"), FF_TEXT(")")};
    static const ff_slice BEGINS[] = {FF_TEXT("if "),    FF_TEXT("for "),  FF_TEXT("while "),
                                      FF_TEXT("until "), FF_TEXT("case "), FF_TEXT("{")};
    bool ends = begins_with_any(line, ENDS, sizeof ENDS / sizeof *ENDS);
    bool begins = begins_with_any(line, BEGINS, sizeof BEGINS / sizeof *BEGINS) || ff_slice_ends(line, FF_LIT("{"));
    bool whole = ff_slice_ends(line, FF_LIT("fi")) || ff_slice_ends(line, FF_LIT("done")) ||
                 ff_slice_ends(line, FF_LIT("esac")) || ff_slice_ends(line, FF_LIT("}"));
    return ends - (begins && !(whole && !ends));
}

/* True if `text` stands before the line already, or was put there, where the same shell comes by first: what is
 * prepared once need not be prepared for each line. Other branches are passed over. */
static bool is_prepared(const ff_edit_script *script, uint32_t row, ff_slice text)
{
    static const ff_slice MOVES[] = {FF_TEXT("cd "), FF_TEXT("pushd "), FF_TEXT("popd")};
    static const ff_slice TURNS[] = {FF_TEXT("else"), FF_TEXT("elif"), FF_TEXT(";;")};
    int depth = 0;
    for (uint32_t i = row; i-- > 0;) {
        const ff_edit_row *above = &script->rows[i];
        ff_slice line = ff_slice_trim(above->old);
        if (!line.len || ff_edit_script_shell(script, i) != ff_edit_script_shell(script, row))
            continue;
        if (begins_with_any(line, MOVES, sizeof MOVES / sizeof *MOVES))
            return false; /* what was prepared there may be wanted here */
        if (depth == 0 && begins_with_any(line, TURNS, sizeof TURNS / sizeof *TURNS))
            depth++;
        else
            depth += blocks_ended(line);
        if (depth < 0)
            depth = 0; /* out of the block that the line stands in */
        else if (depth == 0 && (above->above.len || ff_slice_eq(line, ff_slice_trim(text))))
            return true;
    }
    return false;
}

ff_status ff_edit_pattern_insert(ff_edit_pattern *pattern, ff_edit_script *script, ff_slice text,
                                 const ff_edit_lines *only)
{
    ff_slice match;
    for (uint32_t i = 0; i < script->count; i++) {
        ff_edit_row *row = &script->rows[i];
        if (!is_among(only, row->old) || !find(pattern, row->old, &match))
            continue;
        const char *why = obstacle(script, i + 1);
        if (why)
            ff_edit_script_refuse(script, i + 1, why);
        else if (!is_prepared(script, i, text))
            row->above = ff_edit_indented(script->arena, text, ff_edit_indent(row->old));
        if (script->arena->failed)
            return FF_NOMEM;
    }
    return FF_OK;
}
