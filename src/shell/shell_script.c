/* Scripts inside the script: what a command runs that stands in its own words or in a here-document. */
#include "base/limits.h"
#include "shell/shell_inner.h"
#include "shell/shell_judge.h"

/* The text on the standard input of a command: its own, else the one that is left of what runs its script. */
typedef struct input {
    const ff_shell_word *word;
    const ff_shell_text *text;
    bool inherited;
} input;

static input input_of(const ff_shell_node *node, const ff_shell_place *place)
{
    input found = {.word = NULL};
    bool redirected = false;
    for (const ff_shell_redirect *redirect = node->redirects; redirect; redirect = redirect->next) {
        if (redirect->fd != 0 || redirect->flow == FLOW_FILE || redirect->flow == FLOW_BOTH)
            continue;
        redirected = true;
        found = (input){.text = node->text};
        if (redirect->body.end)
            found.word = &redirect->body;
        else if (redirect->flow == FLOW_STRING)
            found.word = &redirect->word;
    }
    if (!redirected && place->process->input)
        found = (input){place->process->input, place->process->input_text, true};
    return found;
}

static void add_pieces(ff_shell_judge *judge, ff_shell_pieces *to, const ff_shell_word *word, size_t skip)
{
    for (size_t i = 0; i < word->pieces.count; i++) {
        ff_shell_piece piece = word->pieces.items[i];
        size_t drop = skip < piece.len ? skip : piece.len;
        piece.ptr += drop;
        piece.origin += (uint32_t)drop;
        piece.len -= (uint32_t)drop;
        skip -= drop;
        ff_shell_piece *added = piece.len ? FF_ARRAY_PUSH(judge->reading->scratch, to) : NULL;
        if (added)
            *added = piece;
        else if (piece.len)
            judge->reading->failed = true;
    }
}

static void add_blank(ff_shell_judge *judge, ff_shell_pieces *to, const ff_shell_word *before)
{
    ff_shell_piece *added = FF_ARRAY_PUSH(judge->reading->scratch, to);
    if (added)
        *added = (ff_shell_piece){" ", 1, before->start, false};
    else
        judge->reading->failed = true;
}

static ff_shell_pieces pieces_of_words(ff_shell_judge *judge, const ff_shell_node *node, const ff_inner_script *script)
{
    ff_shell_pieces pieces = {0};
    const ff_shell_word *word = node->words.first;
    for (uint32_t i = 0; word && i < script->first; i++)
        word = word->next;
    for (uint32_t i = 0; word && i < script->count; i++, word = word->next) {
        if (i)
            add_blank(judge, &pieces, word);
        add_pieces(judge, &pieces, word, i ? 0 : script->skip);
    }
    return pieces;
}

/* `sh -c "$SCRIPT"`, `eval "$(…)"`: nobody knows what that is. */
static bool is_unknown(ff_slice text)
{
    return text.len == 0 || ((text.ptr[0] == '$' || text.ptr[0] == '`') && ff_slice_find_byte(text, '\n') == SIZE_MAX &&
                             ff_slice_find_byte(text, ';') == SIZE_MAX);
}

/* Scripts inside scripts hold the same bytes again; all together they are bounded as the outermost is. */
static bool may_read(ff_shell_reading *reading, const ff_shell_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        reading->inside += pieces->items[i].len;
    if (reading->inside <= FF_LIMIT_SCRIPT_BYTES)
        return true;
    reading->whole = false;
    return false;
}

static ff_shell_text *open_text(ff_shell_judge *judge, const ff_shell_node *node, const ff_inner_script *script,
                                const input *in)
{
    ff_shell_reading *reading = judge->reading;
    ff_shell_text *text = ff_arena_alloc(reading->scratch, sizeof *text);
    ff_shell_pieces pieces = script->from_input ? in->word->pieces : pieces_of_words(judge, node, script);
    const ff_shell_text *outer = script->from_input ? in->text : node->text;
    if (!may_read(reading, &pieces))
        return NULL;
    if (!text || !ff_shell_text_join(text, outer, &pieces, reading->arena, reading->scratch)) {
        reading->failed = true;
        return NULL;
    }
    text->embedded = !script->from_input || !in->word->body;
    text->quoted = script->from_input && in->word->body && in->word->quoted;
    return is_unknown(text->bytes) ? NULL : text;
}

/* The words that say what runs the script. */
static ff_slice label_of(ff_shell_judge *judge, const ff_shell_node *node, const ff_inner_script *script)
{
    const ff_shell_word *first = NULL, *last = NULL;
    uint32_t i = 0;
    for (const ff_shell_word *word = node->words.first; word; word = word->next, i++) {
        first = i == script->label_first ? word : first;
        last = i <= script->label_last ? word : last;
    }
    if (!first || !last)
        return (ff_slice){0};
    return ff_shell_one_line(node->text, first->start, last->end, judge->reading->arena);
}

static ff_shell_fate fate_of_script(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place,
                                    const ff_inner_script *script)
{
    if (script->detached)
        return ff_shell_swallow(judge, FF_SHIELD_BACKGROUND, node->text, node->start, node->end);
    return ff_shell_resolve(place, NULL);
}

static void judge_text(ff_shell_judge *judge, ff_shell_text *text, const ff_shell_place *place,
                       ff_inner_language language)
{
    if (language == INNER_PYTHON) {
        ff_shell_judge_python(judge, text, place);
        return;
    }
    ff_shell_node *list = ff_shell_parse(judge->reading, text, place->depth);
    if (list)
        ff_shell_judge_node(judge, list, place);
}

/* By the same shell: its options, its input and its fate are those of the place. */
static void judge_eval(ff_shell_judge *judge, ff_shell_text *text, const ff_shell_place *place, uint32_t command,
                       bool perhaps)
{
    ff_shell_process *process = place->process, before = *process;
    ff_shell_place inside = *place;
    process->inner_of = command;
    process->inner = FF_INNER_WORD;
    inside.commands++;
    inside.depth++;
    /* In a pipeline Bash lets errexit look into an `eval` even where it does not look at the pipeline. */
    inside.always = inside.always && !perhaps && !place->suppressed;
    judge_text(judge, text, &inside, INNER_SHELL);
    process->inner_of = before.inner_of;
    process->inner = before.inner;
    process->left = perhaps ? before.left : process->left;
}

void ff_shell_judge_inner(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place,
                          uint32_t command)
{
    const ff_shell_command *runner = &judge->script->commands.items[command];
    input in = input_of(node, place);
    ff_inner_script script = ff_inner_find(runner->words, runner->word_count, in.word != NULL);
    ff_shell_text *text = script.language == INNER_NONE ? NULL : open_text(judge, node, &script, &in);
    if (!text)
        return;
    judge->script->commands.items[command].literal_vars = false;
    if (script.same) {
        judge_eval(judge, text, place, command, script.perhaps);
        return;
    }
    ff_shell_process process;
    ff_shell_place outside = *place;
    ff_shell_apply_redirects(judge, node->redirects, &outside);
    ff_shell_place inside = ff_shell_enter_process(&outside, &process, fate_of_script(judge, node, place, &script));
    /* An exception that nobody catches ends Python. */
    process.modes.errexit = script.errexit || script.language == INNER_PYTHON;
    process.modes.pipefail = script.pipefail;
    process.modes.off_line = ff_shell_text_line(node->text, node->start);
    process.modes.off_text = label_of(judge, node, &script);
    process.inner_of = command;
    process.inner = script.from_input ? FF_INNER_HEREDOC : FF_INNER_WORD;
    process.input = script.from_input ? NULL : in.word;
    process.input_text = in.text;
    inside.suppressed = false;
    inside.always = inside.always && !script.perhaps;
    inside.commands++;
    inside.depth++;
    uint32_t before = judge->inside;
    judge->inside = ++judge->scripts;
    judge_text(judge, text, &inside, script.language);
    judge->inside = before;
    if (script.from_input && in.inherited)
        place->process->input = NULL;
}
