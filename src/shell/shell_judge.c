#include "shell/shell_judge.h"

void ff_shell_judge_list(ff_shell_judge *judge, const ff_shell_node *list, const ff_shell_place *place)
{
    ff_shell_place within = ff_shell_place_within(place);
    for (const ff_shell_node *node = list->first; node; node = node->next)
        ff_shell_judge_node(judge, node, node->next ? &within : place);
}

/* ---- substitutions ---- */

static void judge_substitution(ff_shell_judge *judge, const ff_shell_node *list, const ff_shell_place *place,
                               ff_shell_fate fate)
{
    ff_shell_process process;
    ff_shell_place inside = ff_shell_enter_process(place, &process, fate);
    /* Bash: errexit is not handed down to `$(…)`.
     * https://www.gnu.org/software/bash/manual/html_node/Command-Execution-Environment.html */
    process.modes.errexit = false;
    process.modes.off_line = ff_shell_text_line(list->text, list->start);
    process.modes.off_text = FF_LIT("$(…)");
    process.input = NULL;
    inside.commands++;
    inside.depth++;
    inside.out = SINK_ELSEWHERE;
    ff_shell_judge_list(judge, list, &inside);
}

/* Those of one word, whose status is lost unless `last` says what becomes of that of the last one. */
static void judge_word(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_word *word,
                       const ff_shell_place *place, const ff_shell_fate *last)
{
    for (const ff_shell_node *list = word->substitutions; list; list = list->next) {
        if (!list->first)
            continue;
        ff_shell_fate fate = last && !list->next ? *last : (ff_shell_fate){0};
        if (!last || list->next)
            fate = ff_shell_swallow(judge, FF_SHIELD_SUBSTITUTION, node->text, node->start, node->end);
        judge_substitution(judge, list, place, fate);
    }
}

static void judge_redirects(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    for (const ff_shell_redirect *redirect = node->redirects; redirect; redirect = redirect->next) {
        judge_word(judge, node, &redirect->word, place, NULL);
        judge_word(judge, node, &redirect->body, place, NULL);
    }
}

/* The status of a command that only assigns is that of the last substitution in it. */
void ff_shell_judge_words(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    ff_shell_fate fate = ff_shell_resolve(place, NULL);
    const ff_shell_word *last = NULL;
    for (const ff_shell_word *word = node->assignments.first; word; word = word->next)
        last = word->substitutions ? word : last;
    for (const ff_shell_word *word = node->assignments.first; word; word = word->next)
        judge_word(judge, node, word, place, word == last && !node->words.first ? &fate : NULL);
    for (const ff_shell_word *word = node->words.first; word; word = word->next)
        judge_word(judge, node, word, place, NULL);
}

/* ---- simple commands ---- */

/* What changes the process for the commands behind it. */
static void note_exit(ff_shell_judge *judge, ff_shell_process *process, bool success)
{
    if (process->function != FF_SHELL_NONE) {
        judge->functions.items[process->function].exits = true;
        judge->functions.items[process->function].succeeds |= success;
    }
    if (success || process->fate.shield != FF_SHIELD_NONE)
        process->left = true;
}

static void apply_command(ff_shell_judge *judge, const ff_shell_node *node, ff_shell_process *process)
{
    if (!node->words.first)
        return;
    ff_slice name = ff_shell_word_value(judge, node->words.first);
    const ff_shell_function *function = ff_shell_function_of(judge, judge->inside, name);
    if (function && function->exits)
        note_exit(judge, process, function->succeeds);
    if (function)
        return;
    if (ff_slice_eq(name, FF_LIT("set")))
        ff_shell_apply_set(judge, node, &process->modes);
    else if (ff_slice_eq(name, FF_LIT("exit")))
        note_exit(judge, process, !ff_shell_exits_with(judge, node, false));
    else if (ff_slice_eq(name, FF_LIT("exec")) && node->words.count > 1)
        note_exit(judge, process, true);
}

static void judge_simple(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    /* Whether errexit sees a call fail depends on what the call itself has set. */
    const ff_shell_function *function =
        node->words.first ? ff_shell_function_of(judge, judge->inside, ff_shell_word_value(judge, node->words.first))
                          : NULL;
    if (function)
        ff_shell_apply_call(&place->process->modes, function);
    uint32_t command = ff_shell_push_command(judge, node, place);
    if (command == FF_SHELL_NONE || judge->reading->failed)
        return;
    ff_shell_judge_words(judge, node, place);
    judge_redirects(judge, node, place);
    ff_shell_judge_inner(judge, node, place, command);
    apply_command(judge, node, place->process);
    ff_shell_note_failure(place);
}

/* ---- pipelines, and-or lists ---- */

/* `cat <<EOF | bash`: what the next one reads. */
static void hand_on_input(const ff_shell_judge *judge, const ff_shell_node *node, ff_shell_process *next)
{
    next->input = NULL;
    if (node->kind != NODE_SIMPLE || node->words.count != 1 ||
        !ff_slice_eq(ff_shell_word_value(judge, node->words.first), FF_LIT("cat")))
        return;
    for (const ff_shell_redirect *redirect = node->redirects; redirect; redirect = redirect->next)
        if (redirect->body.end) {
            next->input = &redirect->body;
            next->input_text = node->text;
        }
}

static void judge_pipeline(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    ff_shell_place whole = *place;
    if (node->negated && place->fate.shield != FF_SHIELD_CONDITION) {
        whole.fate = ff_shell_swallow(judge, FF_SHIELD_CONDITION, node->text, node->start, node->end);
        whole.suppressed = true;
    }
    if (node->first == node->last) {
        ff_shell_judge_node(judge, node->first, &whole);
        return;
    }
    const ff_shell_node *before = NULL;
    for (const ff_shell_node *child = node->first; child; before = child, child = child->next) {
        const ff_shell_node *next = child->next;
        ff_shell_process process;
        ff_shell_fate fate = next && !place->process->modes.pipefail
                                 ? ff_shell_swallow(judge, FF_SHIELD_PIPE, next->text, next->joint_at, next->end)
                                 : ff_shell_resolve(&whole, NULL);
        ff_shell_place inside = ff_shell_enter_process(&whole, &process, fate);
        if (before)
            hand_on_input(judge, before, &process);
        inside.out = next ? SINK_ELSEWHERE : inside.out;
        inside.err = next && next->joint == JOINT_PIPE_BOTH ? SINK_ELSEWHERE : inside.err;
        ff_shell_judge_node(judge, child, &inside);
    }
    ff_shell_note_failure(&whole);
}

static void judge_and_or(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    size_t count = 0, i = 0;
    for (const ff_shell_node *child = node->first; child; child = child->next)
        count++;
    ff_shell_fate *fates = ff_arena_array(judge->reading->scratch, count, sizeof *fates);
    if (!fates) {
        judge->reading->failed = true;
        return;
    }
    ff_shell_and_or_fates(judge, node, place, fates);
    for (const ff_shell_node *child = node->first; child; child = child->next, i++) {
        ff_shell_place inside = *place;
        if (child->next) {
            inside.fate = fates[i];
            inside.suppressed = true;
        }
        inside.always = place->always && i == 0;
        ff_shell_modes before = place->process->modes;
        ff_shell_judge_node(judge, child, &inside);
        if (i)
            ff_shell_meet(&place->process->modes, &before);
    }
}

/* ---- compound commands ---- */

static void judge_function(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    ff_shell_function *function = FF_ARRAY_PUSH(judge->reading->scratch, &judge->functions);
    if (!function) {
        judge->reading->failed = true;
        return;
    }
    function->name = node->words.first ? ff_shell_word_value(judge, node->words.first) : (ff_slice){0};
    function->script = judge->inside;
    function->answer = node->first ? ff_shell_answer_of(judge, node->first, false) : ANSWER_NOTHING;
    ff_shell_process process;
    ff_shell_place inside = ff_shell_enter_process(place, &process, place->process->fate);
    size_t number = judge->functions.count - 1;
    process.function = (uint32_t)number;
    process.fate.decides = true;
    inside.suppressed = false;
    inside.always = false;
    if (node->first)
        ff_shell_judge_node(judge, node->first, &inside);
    judge->functions.items[number].before = place->process->modes;
    judge->functions.items[number].after = process.modes;
    place->process->left = place->process->left || process.left;
}

static void judge_compound(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    ff_shell_place inside = *place;
    ff_shell_process process;
    inside.depth++;
    ff_shell_apply_redirects(judge, node->redirects, &inside);
    if (node->kind == NODE_SUBSHELL)
        inside = ff_shell_enter_process(&inside, &process, ff_shell_resolve(&inside, NULL));
    if (node->kind == NODE_IF)
        ff_shell_judge_if(judge, node, &inside);
    else if (node->kind == NODE_LOOP || node->kind == NODE_CASE)
        ff_shell_judge_loop(judge, node, &inside);
    else if (node->kind == NODE_FUNCTION)
        judge_function(judge, node, &inside);
    else if (node->first)
        ff_shell_judge_node(judge, node->first, &inside);
    if (node->kind == NODE_SUBSHELL)
        ff_shell_note_failure(place);
    judge_redirects(judge, node, place);
}

void ff_shell_judge_node(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    ff_shell_place inside = *place;
    ff_shell_process process;
    if (judge->reading->failed)
        return;
    if (node->background) {
        size_t sign = node->end;
        while (sign < node->text->bytes.len && node->text->bytes.ptr[sign] != '&')
            sign++;
        ff_shell_fate fate = ff_shell_swallow(judge, FF_SHIELD_BACKGROUND, node->text, node->start, sign + 1);
        inside = ff_shell_enter_process(&inside, &process, fate);
        inside.suppressed = false;
    }
    if (node->kind == NODE_SIMPLE)
        judge_simple(judge, node, &inside);
    else if (node->kind == NODE_LIST)
        ff_shell_judge_list(judge, node, &inside);
    else if (node->kind == NODE_AND_OR)
        judge_and_or(judge, node, &inside);
    else if (node->kind == NODE_PIPELINE)
        judge_pipeline(judge, node, &inside);
    else
        judge_compound(judge, node, &inside);
}
