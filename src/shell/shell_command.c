#include "shell/shell_judge.h"

#include "base/limits.h"

static ff_shell_sink sink_of(const ff_shell_judge *judge, const ff_shell_redirect *redirect)
{
    ff_slice target = ff_shell_word_value(judge, &redirect->word);
    if (ff_slice_eq(target, FF_LIT("/dev/null")))
        return SINK_NULL;
    bool terminal = ff_slice_eq(target, FF_LIT("/dev/stdout")) || ff_slice_eq(target, FF_LIT("/dev/stderr"));
    return terminal ? SINK_LOG : SINK_ELSEWHERE;
}

/* `2>&1`, `>&2`, `2>&-`. */
static void apply_same(const ff_shell_judge *judge, const ff_shell_redirect *redirect, ff_shell_place *place)
{
    ff_slice target = ff_shell_word_value(judge, &redirect->word);
    ff_shell_sink *sink = redirect->fd == 2 ? &place->err : &place->out;
    if (redirect->fd != 1 && redirect->fd != 2)
        return;
    *sink = ff_slice_eq(target, FF_LIT("1"))   ? place->out
            : ff_slice_eq(target, FF_LIT("2")) ? place->err
            : ff_slice_eq(target, FF_LIT("-")) ? SINK_NULL
                                               : SINK_ELSEWHERE;
}

void ff_shell_apply_redirects(const ff_shell_judge *judge, const ff_shell_redirect *redirects, ff_shell_place *place)
{
    for (const ff_shell_redirect *redirect = redirects; redirect; redirect = redirect->next) {
        if (redirect->flow == FLOW_BOTH)
            place->out = place->err = sink_of(judge, redirect);
        else if (redirect->flow == FLOW_FILE && redirect->fd == 1)
            place->out = sink_of(judge, redirect);
        else if (redirect->flow == FLOW_FILE && redirect->fd == 2)
            place->err = sink_of(judge, redirect);
        else if (redirect->flow == FLOW_SAME)
            apply_same(judge, redirect, place);
    }
}

/* ---- what it prints ---- */

static bool is_option_of_echo(ff_slice word)
{
    if (word.len < 2 || word.ptr[0] != '-')
        return false;
    for (size_t i = 1; i < word.len; i++)
        if (!strchr("neE", word.ptr[i]) || !word.ptr[i])
            return false;
    return true;
}

static bool is_literal(const ff_shell_word *word, ff_slice value)
{
    return !word->expands && ff_slice_find_byte(value, '\\') == SIZE_MAX && ff_slice_find_byte(value, '\n') == SIZE_MAX;
}

static ff_slice said_by_echo(const ff_shell_node *node, const ff_slice *words, ff_arena *arena)
{
    const ff_shell_word *word = node->words.first->next;
    uint32_t first = 1;
    for (; word && is_option_of_echo(words[first]); word = word->next)
        first++;
    size_t len = 0;
    uint32_t i = first;
    for (const ff_shell_word *each = word; each; each = each->next, i++) {
        if (!is_literal(each, words[i]))
            return (ff_slice){0};
        len += words[i].len + 1;
    }
    if (node->words.count - first <= 1)
        return first < node->words.count ? words[first] : (ff_slice){0};
    char *said = ff_arena_alloc(arena, len);
    size_t at = 0;
    for (i = first; said && i < node->words.count; i++) {
        if (i > first)
            said[at++] = ' ';
        if (words[i].len)
            memcpy(said + at, words[i].ptr, words[i].len);
        at += words[i].len;
    }
    return (ff_slice){said, at};
}

/* Of one argument without directives; a `\n` at its end is what everybody writes there. */
static ff_slice said_by_printf(const ff_shell_node *node, const ff_slice *words)
{
    const ff_shell_word *format = node->words.first->next;
    if (!format || format->next || ff_slice_find_byte(words[1], '%') != SIZE_MAX)
        return (ff_slice){0};
    ff_slice said = ff_slice_ends(words[1], FF_LIT("\\n")) ? ff_slice_cut(words[1], words[1].len - 2) : words[1];
    return is_literal(format, said) ? said : (ff_slice){0};
}

static ff_slice said_by(const ff_shell_node *node, const ff_slice *words, ff_arena *arena)
{
    if (ff_slice_eq(words[0], FF_LIT("echo")))
        return said_by_echo(node, words, arena);
    return ff_slice_eq(words[0], FF_LIT("printf")) ? said_by_printf(node, words) : (ff_slice){0};
}

/* ---- the command ---- */

static uint32_t last_line_of(const ff_shell_node *node)
{
    uint32_t last = ff_shell_text_line(node->text, node->end ? node->end - 1 : 0);
    for (const ff_shell_redirect *redirect = node->redirects; redirect; redirect = redirect->next)
        if (redirect->body.end) {
            uint32_t line = ff_shell_text_line(node->text, redirect->body.end - 1);
            last = line > last ? line : last;
        }
    return last;
}

static bool fill_words(const ff_shell_judge *judge, const ff_shell_node *node, ff_shell_command *command)
{
    ff_arena *arena = judge->reading->arena;
    command->words = node->words.count ? ff_arena_array(arena, node->words.count, sizeof *command->words) : NULL;
    if (node->words.count && !command->words)
        return false;
    for (const ff_shell_word *word = node->words.first; word; word = word->next) {
        command->words[command->word_count++] = ff_shell_pieces_value(&word->pieces, arena);
        command->literal_vars = command->literal_vars || word->literal_vars;
    }
    return true;
}

static void fill_fate(ff_shell_command *command, ff_shell_fate fate)
{
    command->shield = fate.shield;
    command->ends = fate.ends;
    if (fate.shield == FF_SHIELD_NONE)
        return;
    command->shield_line = fate.line;
    command->shield_text = fate.text;
}

static void fill_place(ff_shell_command *command, const ff_shell_place *place)
{
    command->inner_of = place->process->inner_of;
    command->inner = place->process->inner;
    command->depth = place->commands;
    command->branch_of = place->branch;
    command->in_else = place->in_else;
    command->in_function = place->process->function != FF_SHELL_NONE;
    command->always = place->always && !place->process->left;
    command->errors_dropped = place->err == SINK_NULL;
    command->silent = place->out == SINK_NULL && command->errors_dropped;
}

static void note_trace(ff_shell_judge *judge, const ff_shell_place *place, bool last)
{
    ff_shell_trace *trace = FF_ARRAY_PUSH(judge->reading->scratch, &judge->traces);
    if (trace)
        *trace = (ff_shell_trace){.last = last,
                                  .suppressed = place->suppressed,
                                  .line = place->fate.line,
                                  .text = place->fate.text,
                                  .script = judge->inside,
                                  .function = place->process->function};
    else
        judge->reading->failed = true;
}

ff_shell_command *ff_shell_add_command(ff_shell_judge *judge, const ff_shell_place *place)
{
    ff_shell_command *command = FF_ARRAY_PUSH(judge->reading->arena, &judge->script->commands);
    if (!command) {
        judge->reading->failed = true;
        return NULL;
    }
    ff_shell_fate fate = ff_shell_resolve(place, NULL);
    fill_fate(command, fate);
    fill_place(command, place);
    note_trace(judge, place, fate.decides);
    return command;
}

uint32_t ff_shell_push_command(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    ff_shell_place behind = *place;
    ff_shell_apply_redirects(judge, node->redirects, &behind);
    ff_shell_command *command = ff_shell_add_command(judge, &behind);
    if (!command)
        return FF_SHELL_NONE;
    command->first_line = ff_shell_text_line(node->text, node->start);
    command->last_line = last_line_of(node);
    command->text = ff_shell_shown(node->text, node->start, node->end, judge->reading->arena);
    if (!fill_words(judge, node, command))
        judge->reading->failed = true;
    else if (command->word_count && behind.out == SINK_LOG)
        command->said = said_by(node, command->words, judge->reading->arena);
    return (uint32_t)(judge->script->commands.count - 1);
}
