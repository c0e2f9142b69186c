/* What commands do that run because another one failed: the right side of `||`, the body of `if ! cmd`. */
#include "shell/shell_judge.h"
#include "shell/shell_name.h"

/* What is nothing to those who waited for the command that failed; sorted. */
static const ff_slice HARMLESS[] = {
    FF_TEXT(":"),    FF_TEXT("break"),  FF_TEXT("continue"), FF_TEXT("date"),
    FF_TEXT("echo"), FF_TEXT("printf"), FF_TEXT("sleep"),    FF_TEXT("true"),
};

/* Functions of other files, by the names that people give to what prints and exits; sorted. */
static const ff_slice ENDERS[] = {
    FF_TEXT("abort"),      FF_TEXT("bail"), FF_TEXT("die"),   FF_TEXT("err_exit"),
    FF_TEXT("error_exit"), FF_TEXT("fail"), FF_TEXT("fatal"), FF_TEXT("panic"),
};

/* `exit` and `return`: with what status? `$?` and none at all stand for that of the command before. */
static bool is_success(const ff_shell_judge *judge, const ff_shell_word *argument, bool fresh)
{
    ff_slice value = argument ? ff_shell_word_value(judge, argument) : FF_LIT("$?");
    return ff_slice_eq(value, FF_LIT("$?")) ? !fresh : ff_slice_eq(value, FF_LIT("0"));
}

static ff_shell_answer answer_of_call(const ff_shell_judge *judge, ff_slice name)
{
    const ff_shell_function *function = ff_shell_function_of(judge, judge->inside, name);
    if (function)
        return function->answer == ANSWER_RETURN ? ANSWER_FAIL : function->answer;
    return FF_SHELL_IS_AMONG(ENDERS, name) ? ANSWER_END : ANSWER_OTHER;
}

static ff_shell_answer answer_of_simple(const ff_shell_judge *judge, const ff_shell_node *node, bool fresh)
{
    const ff_shell_word *word = node->words.first;
    if (!word)
        return ANSWER_NOTHING;
    ff_slice name = ff_shell_word_value(judge, word);
    bool leaves = ff_slice_eq(name, FF_LIT("exit"));
    if (leaves || ff_slice_eq(name, FF_LIT("return")))
        return is_success(judge, word->next, fresh) ? ANSWER_NOTHING : leaves ? ANSWER_END : ANSWER_RETURN;
    if (ff_slice_eq(name, FF_LIT("false")))
        return ANSWER_FAIL;
    return FF_SHELL_IS_AMONG(HARMLESS, name) ? ANSWER_NOTHING : answer_of_call(judge, name);
}

static bool is_leaving(const ff_shell_judge *judge, const ff_shell_node *node)
{
    if (node->kind != NODE_SIMPLE || !node->words.first)
        return false;
    ff_slice name = ff_shell_word_value(judge, node->words.first);
    return ff_slice_eq(name, FF_LIT("exit")) || ff_slice_eq(name, FF_LIT("return"));
}

/* One after the other; what stands behind an exit does not count. */
static ff_shell_answer answer_of_list(const ff_shell_judge *judge, const ff_shell_node *list, bool fresh)
{
    ff_shell_answer all = ANSWER_NOTHING;
    for (const ff_shell_node *node = list->first; node; node = node->next) {
        ff_shell_answer one = ff_shell_answer_of(judge, node, fresh);
        if (one == ANSWER_END || one == ANSWER_RETURN)
            return one;
        if (is_leaving(judge, node))
            return one == ANSWER_NOTHING ? all : one;
        if (one == ANSWER_OTHER || (one == ANSWER_FAIL && !node->next))
            all = one;
        /* `rc=$?` and what only prints leave nothing of `$?`. */
        fresh = false;
    }
    return all;
}

/* As far as it runs if everything harmless in it succeeds. A failure that is not that of its last command is one that
 * errexit does not look at. */
static ff_shell_answer answer_of_and_or(const ff_shell_judge *judge, const ff_shell_node *list, bool fresh)
{
    ff_shell_answer all = ANSWER_NOTHING;
    for (const ff_shell_node *node = list->first; node; node = node->next) {
        if (node->joint == JOINT_OR)
            continue;
        ff_shell_answer one = ff_shell_answer_of(judge, node, fresh);
        if (one == ANSWER_END || one == ANSWER_RETURN)
            return one;
        if (one == ANSWER_FAIL)
            return node->next ? ANSWER_NOTHING : one;
        all = one == ANSWER_OTHER ? one : all;
        fresh = false;
    }
    return all;
}

ff_shell_answer ff_shell_answer_of(const ff_shell_judge *judge, const ff_shell_node *node, bool fresh)
{
    switch (node->kind) {
    case NODE_SIMPLE: return answer_of_simple(judge, node, fresh);
    case NODE_LIST: return answer_of_list(judge, node, fresh);
    case NODE_AND_OR: return answer_of_and_or(judge, node, fresh);
    case NODE_GROUP: return node->first ? ff_shell_answer_of(judge, node->first, fresh) : ANSWER_NOTHING;
    case NODE_SUBSHELL: {
        /* Its exit is only a status to the shell outside. */
        ff_shell_answer one = node->first ? ff_shell_answer_of(judge, node->first, fresh) : ANSWER_NOTHING;
        return one == ANSWER_END || one == ANSWER_RETURN ? ANSWER_FAIL : one;
    }
    case NODE_PIPELINE:
        return !node->negated && ff_shell_answer_of(judge, node->first, fresh) == ANSWER_NOTHING ? ANSWER_NOTHING
                                                                                                 : ANSWER_OTHER;
    case NODE_IF:
    case NODE_LOOP:
    case NODE_CASE:
    case NODE_FUNCTION: break;
    }
    return ANSWER_OTHER;
}

bool ff_shell_exits_with(const ff_shell_judge *judge, const ff_shell_node *node, bool success)
{
    const ff_shell_word *word = node->words.first, *argument = word ? word->next : NULL;
    if (node->kind != NODE_SIMPLE || !argument || !ff_slice_eq(ff_shell_word_value(judge, word), FF_LIT("exit")))
        return false;
    uint64_t status;
    ff_slice value = ff_shell_word_value(judge, argument);
    return ff_slice_to_uint(value, &status) && (status % 256 == 0) == success;
}

/* ---- and-or lists ---- */

typedef struct chain {
    ff_shell_judge *judge;
    const ff_shell_place *place;
    ff_shell_fate *fates;
    const ff_shell_node **nodes;
    size_t count;
} chain;

/* What becomes of the list if its last child was run and failed. */
static ff_shell_fate fate_of_last(const ff_shell_place *place)
{
    ff_shell_fate fate = place->fate;
    if (fate.shield == FF_SHIELD_NONE && place->process->modes.errexit && !place->suppressed)
        fate.looked = true;
    return fate;
}

/* What becomes of it if child `i` failed and the rest is left out, `&&` by `&&`. */
static ff_shell_fate fate_of_rest(const chain *c, size_t i)
{
    if (c->place->fate.shield != FF_SHIELD_NONE || c->place->fate.decides)
        return c->place->fate;
    const ff_shell_node *other = c->nodes[i + 1];
    return ff_shell_swallow(c->judge, FF_SHIELD_NOT_LAST, other->text, other->joint_at, other->end);
}

/* What the commands from the `||` at `from` on make of a failure before it, up to the next `||`. */
static ff_shell_fate fate_of_or(const chain *c, size_t from)
{
    ff_shell_answer all = ANSWER_NOTHING;
    size_t to = from;
    bool leaves = false;
    do {
        ff_shell_answer one = ff_shell_answer_of(c->judge, c->nodes[to], to == from);
        leaves = all == ANSWER_END || all == ANSWER_RETURN;
        if (one == ANSWER_FAIL && !leaves)
            return c->fates[to];
        all = one == ANSWER_NOTHING || leaves ? all : one;
        to++;
    } while (to < c->count && c->nodes[to]->joint == JOINT_AND);
    leaves = all == ANSWER_END || all == ANSWER_RETURN;
    ff_shield shield = leaves ? FF_SHIELD_NONE : all == ANSWER_NOTHING ? FF_SHIELD_IGNORED : FF_SHIELD_FALLBACK;
    const ff_shell_node *first = c->nodes[from];
    ff_shell_fate fate = ff_shell_swallow(c->judge, shield, first->text, first->joint_at, c->nodes[to - 1]->end);
    fate.decides = leaves;
    fate.ends = all == ANSWER_END;
    return fate;
}

/* From the last to the first: where a failure goes depends on what follows. `behind` says what the next `||` makes of
 * it. */
static void fill_fates(const chain *c)
{
    bool swallowed = false; /* by an `||` further on */
    ff_shell_fate behind = {0};
    for (size_t i = c->count; i-- > 0;) {
        if (i + 1 == c->count) {
            c->fates[i] = fate_of_last(c->place);
            continue;
        }
        if (c->nodes[i + 1]->joint == JOINT_OR) {
            behind = fate_of_or(c, i + 1);
            swallowed = true;
        }
        c->fates[i] = swallowed ? behind : fate_of_rest(c, i);
    }
}

void ff_shell_and_or_fates(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place,
                           ff_shell_fate *fates)
{
    chain c = {.judge = judge, .place = place, .fates = fates};
    for (const ff_shell_node *child = node->first; child; child = child->next)
        c.count++;
    c.nodes = ff_arena_array(judge->reading->scratch, c.count, sizeof(const ff_shell_node *));
    if (!c.nodes) {
        judge->reading->failed = true;
        return;
    }
    size_t i = 0;
    for (const ff_shell_node *child = node->first; child; child = child->next)
        c.nodes[i++] = child;
    /* In a condition all of them are that. */
    if (place->fate.shield == FF_SHIELD_CONDITION)
        for (i = 0; i < c.count; i++)
            fates[i] = place->fate;
    else
        fill_fates(&c);
}
