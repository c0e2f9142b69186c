/* What swallows the failure of a function's call swallows what fails in its body; and in a call that errexit does not
 * look at, as in `if deploy` or `deploy || exit 1`, it does not look at the body either. */
#include "shell/shell_judge.h"

/* Functions that call functions, one in another. */
enum { ROUNDS = 8 };

/* What is known of all calls of a function: the one that swallows most. */
typedef struct call {
    bool swallowed;  /* `fate` says by what */
    bool suppressed; /* but the call's own failure is looked at: `ends`, or the last of a list */
    ff_shell_fate fate;
} call;

static ff_shell_fate fate_of(const ff_shell_command *command)
{
    return (ff_shell_fate){
        .shield = command->shield, .ends = command->ends, .line = command->shield_line, .text = command->shield_text};
}

static void note_call(call *of, const ff_shell_command *command, const ff_shell_trace *trace, ff_arena *arena)
{
    bool swallowed = command->shield != FF_SHIELD_NONE && !command->ends;
    if (of->swallowed || (!swallowed && !trace->suppressed))
        return;
    of->swallowed = swallowed;
    of->suppressed = !swallowed;
    of->fate = fate_of(command);
    if (command->shield != FF_SHIELD_NONE)
        return;
    of->fate.line = trace->text.len ? trace->line : command->first_line;
    of->fate.text = trace->text.len ? trace->text : ff_shell_squeeze(command->text, arena);
}

static bool cover(ff_shell_command *command, const ff_shell_trace *trace, const call *by)
{
    bool process = by->fate.shield == FF_SHIELD_PIPE || by->fate.shield == FF_SHIELD_BACKGROUND ||
                   by->fate.shield == FF_SHIELD_SUBSTITUTION;
    if (command->shield != FF_SHIELD_NONE || (command->ends && !process))
        return false;
    ff_shield shield = by->swallowed ? by->fate.shield : trace->last ? FF_SHIELD_NONE : FF_SHIELD_NO_ERREXIT;
    if (shield == FF_SHIELD_NONE)
        return false;
    command->shield = shield;
    command->shield_line = by->fate.line;
    command->shield_text = by->fate.text;
    command->ends = false;
    return true;
}

/* Which function each command calls; SIZE_MAX: none. */
static size_t *called(const ff_shell_judge *judge)
{
    const ff_shell_command *commands = judge->script->commands.items;
    size_t *functions = ff_arena_array(judge->reading->scratch, judge->script->commands.count, sizeof *functions);
    for (size_t i = 0; functions && i < judge->script->commands.count; i++) {
        const ff_shell_function *function =
            commands[i].word_count && !commands[i].python
                ? ff_shell_function_of(judge, judge->traces.items[i].script, commands[i].words[0])
                : NULL;
        functions[i] = function ? (size_t)(function - judge->functions.items) : SIZE_MAX;
    }
    return functions;
}

static bool carry(ff_shell_judge *judge, const size_t *functions, call *calls)
{
    ff_shell_command *commands = judge->script->commands.items;
    const ff_shell_trace *traces = judge->traces.items;
    bool changed = false;
    for (size_t i = 0; i < judge->script->commands.count; i++)
        if (functions[i] != SIZE_MAX)
            note_call(&calls[functions[i]], &commands[i], &traces[i], judge->reading->arena);
    for (size_t i = 0; i < judge->script->commands.count; i++) {
        const call *by = traces[i].function == FF_SHELL_NONE ? NULL : &calls[traces[i].function];
        if (by && (by->swallowed || by->suppressed))
            changed = cover(&commands[i], &traces[i], by) || changed;
    }
    return changed;
}

void ff_shell_judge_calls(ff_shell_judge *judge)
{
    if (!judge->functions.count || judge->reading->failed)
        return;
    size_t *functions = called(judge);
    call *calls = ff_arena_array(judge->reading->scratch, judge->functions.count, sizeof *calls);
    if (!functions || !calls) {
        judge->reading->failed = true;
        return;
    }
    bool changed = true;
    for (unsigned i = 0; i < ROUNDS && changed; i++)
        changed = carry(judge, functions, calls);
    if (changed)
        judge->reading->whole = false;
}
