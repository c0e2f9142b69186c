/* `if`, loops and `case`: which branches there are, on which lines, and what becomes of a condition that fails. */
#include "shell/shell_judge.h"

/* True if nothing but blanks stands before `at` on its line. */
static bool begins_line(const ff_shell_text *text, size_t at)
{
    while (at && (text->bytes.ptr[at - 1] == ' ' || text->bytes.ptr[at - 1] == '\t'))
        at--;
    return at ? text->bytes.ptr[at - 1] == '\n' : !text->embedded;
}

/* True if nothing but blanks and a comment stands from `at` on. */
static bool ends_line(const ff_shell_text *text, size_t at)
{
    while (at < text->bytes.len && (text->bytes.ptr[at] == ' ' || text->bytes.ptr[at] == '\t'))
        at++;
    if (at < text->bytes.len)
        return text->bytes.ptr[at] == '\n' || text->bytes.ptr[at] == '#';
    return !text->embedded;
}

static bool stands_alone(const ff_shell_text *text, size_t at, size_t length)
{
    return begins_line(text, at) && ends_line(text, at + length);
}

/* The body of the first branch and the `else`, of an `if` from its condition on. */
typedef struct branches {
    const ff_shell_node *condition, *body, *other; /* other: a list, or the condition of an `elif`, or NULL */
} branches;

static branches branches_of(const ff_shell_node *condition)
{
    const ff_shell_node *body = condition->next;
    return (branches){condition, body, body ? body->next : NULL};
}

static bool is_simple(const ff_shell_node *node, const branches *b)
{
    const ff_shell_text *text = node->text;
    bool whole = b->body && b->body->first && (!b->other || (b->other->joint == JOINT_ELSE && b->other->first));
    if (node->broken || !whole || b->condition != node->first)
        return false;
    if (!begins_line(text, node->start) || !ends_line(text, b->body->joint_at + sizeof "then" - 1))
        return false;
    return stands_alone(text, node->close_at, sizeof "fi" - 1) && node->end == node->close_at + sizeof "fi" - 1 &&
           (!b->other || stands_alone(text, b->other->joint_at, sizeof "else" - 1));
}

static void lines_of(const ff_shell_node *list, uint32_t *first, uint32_t *last)
{
    if (!list || !list->first)
        return;
    *first = ff_shell_text_line(list->text, list->first->start);
    *last = ff_shell_text_line(list->text, list->end - 1);
}

static void fill_lines(ff_shell_choice *choice, const ff_shell_node *node, const branches *b)
{
    const ff_shell_text *text = node->text;
    choice->first_line = ff_shell_text_line(text, b->condition->joint_at);
    choice->last_line = ff_shell_text_line(text, node->close_at);
    choice->simple = is_simple(node, b);
    choice->else_line = b->other ? ff_shell_text_line(text, b->other->joint_at) : 0;
    if (!choice->simple) {
        lines_of(b->body, &choice->then_first, &choice->then_last);
        if (b->other && b->other->joint == JOINT_ELSE)
            lines_of(b->other, &choice->else_first, &choice->else_last);
        return;
    }
    choice->then_first = ff_shell_text_line(text, b->body->joint_at) + 1;
    choice->then_last = (b->other ? choice->else_line : choice->last_line) - 1;
    choice->else_first = b->other ? choice->else_line + 1 : 0;
    choice->else_last = b->other ? choice->last_line - 1 : 0;
}

static bool is_negated(const ff_shell_node *condition)
{
    const ff_shell_node *node = condition->first;
    return node && !node->next && node->kind == NODE_PIPELINE && node->negated;
}

/* True if a failure of any command of the condition leads to its `then` (`! a || ! b`), or to its `else` (`a && b`). */
static bool leads_to(const ff_shell_node *condition, bool then)
{
    const ff_shell_node *only = condition->first;
    if (!only || only->next)
        return false;
    const ff_shell_node *part = only->kind == NODE_AND_OR ? only->first : only;
    for (; part; part = part == only ? NULL : part->next) {
        if ((part->kind == NODE_PIPELINE && part->negated) != then)
            return false;
        if (part->joint == (then ? JOINT_AND : JOINT_OR) && part != only)
            return false;
    }
    return true;
}

static bool ends(const ff_shell_judge *judge, const ff_shell_node *list, bool fresh)
{
    return list && ff_shell_answer_of(judge, list, fresh) == ANSWER_END;
}

static ff_shell_fate fate_of_condition(ff_shell_judge *judge, const branches *b)
{
    ff_shell_fate fate =
        ff_shell_swallow(judge, FF_SHIELD_CONDITION, b->condition->text, b->condition->joint_at, b->condition->end);
    bool otherwise = b->other && b->other->joint == JOINT_ELSE;
    fate.ends = (leads_to(b->condition, true) && ends(judge, b->body, false)) ||
                (otherwise && leads_to(b->condition, false) && ends(judge, b->other, true));
    return fate;
}

static uint32_t push_choice(ff_shell_judge *judge, const ff_shell_place *place, ff_shell_choice_kind kind)
{
    ff_shell_choice *choice = FF_ARRAY_PUSH(judge->reading->arena, &judge->script->choices);
    if (!choice) {
        judge->reading->failed = true;
        return FF_SHELL_NONE;
    }
    *choice = (ff_shell_choice){
        .kind = kind, .condition = FF_SHELL_NONE, .branch_of = place->branch, .in_else = place->in_else};
    return (uint32_t)(judge->script->choices.count - 1);
}

static void judge_condition(ff_shell_judge *judge, const ff_shell_node *list, const ff_shell_place *place,
                            uint32_t number, ff_shell_fate fate)
{
    size_t first = judge->script->commands.count;
    ff_shell_place inside = *place;
    inside.fate = fate;
    inside.suppressed = true;
    ff_shell_judge_list(judge, list, &inside);
    ff_shell_choice *choice = &judge->script->choices.items[number];
    choice->condition_count = (uint32_t)(judge->script->commands.count - first);
    choice->condition = choice->condition_count ? (uint32_t)first : FF_SHELL_NONE;
    choice->negated = is_negated(list);
}

static ff_shell_place place_of_body(const ff_shell_place *place, uint32_t number, bool in_else)
{
    ff_shell_place inside = *place;
    inside.branch = number;
    inside.in_else = in_else;
    inside.always = false;
    return inside;
}

/* Of branches only one is taken: each begins with the modes in force before, and they meet behind. */
typedef struct meeting {
    ff_shell_modes behind;
    bool any;
} meeting;

static void judge_branch(ff_shell_judge *judge, const ff_shell_node *body, const ff_shell_place *place, meeting *m)
{
    ff_shell_modes *modes = &place->process->modes;
    const ff_shell_modes before = *modes;
    ff_shell_judge_list(judge, body, place);
    if (m->any)
        ff_shell_meet(&m->behind, modes);
    else
        m->behind = *modes;
    m->any = true;
    *modes = before;
}

/* Where none of them need be taken, what was before counts too. */
static void meet(ff_shell_process *process, meeting *m, bool always)
{
    if (m->any && !always)
        ff_shell_meet(&m->behind, &process->modes);
    if (m->any)
        process->modes = m->behind;
}

/* Branch by branch, each `elif` being a choice in the `else` of the one before. */
void ff_shell_judge_if(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    ff_shell_place outside = *place;
    meeting m = {.any = false};
    bool otherwise = false;
    for (const ff_shell_node *part = node->first; part && !otherwise && !judge->reading->failed;) {
        branches b = branches_of(part);
        uint32_t number = push_choice(judge, &outside, FF_CHOICE_IF);
        if (number == FF_SHELL_NONE)
            return;
        fill_lines(&judge->script->choices.items[number], node, &b);
        judge_condition(judge, part, &outside, number, fate_of_condition(judge, &b));
        ff_shell_place then = place_of_body(&outside, number, false);
        if (b.body)
            judge_branch(judge, b.body, &then, &m);
        outside = place_of_body(&outside, number, true);
        part = b.other;
        otherwise = part && part->joint == JOINT_ELSE;
        if (otherwise)
            judge_branch(judge, part, &outside, &m);
    }
    meet(place->process, &m, otherwise);
}

static void judge_body(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_node *body,
                       const ff_shell_place *place, meeting *m)
{
    ff_shell_place inside = *place;
    /* Of a loop only the last turn's last command counts. */
    if (node->kind == NODE_LOOP && inside.fate.shield == FF_SHIELD_NONE)
        inside.fate.decides = false;
    judge_branch(judge, body, &inside, m);
}

void ff_shell_judge_loop(ff_shell_judge *judge, const ff_shell_node *node, const ff_shell_place *place)
{
    uint32_t number = push_choice(judge, place, node->kind == NODE_CASE ? FF_CHOICE_CASE : FF_CHOICE_LOOP);
    if (number == FF_SHELL_NONE)
        return;
    judge->script->choices.items[number].first_line = ff_shell_text_line(node->text, node->start);
    judge->script->choices.items[number].last_line = ff_shell_text_line(node->text, node->close_at);
    ff_shell_judge_words(judge, node, place);
    meeting m = {.any = false};
    for (const ff_shell_node *part = node->first; part; part = part->next) {
        ff_shell_place inside = place_of_body(place, number, false);
        if (part->joint == JOINT_CONDITION) {
            ff_shell_fate fate = ff_shell_swallow(judge, FF_SHIELD_CONDITION, part->text, part->joint_at, part->end);
            judge_condition(judge, part, place, number, fate);
        } else
            judge_body(judge, node, part, &inside, &m);
    }
    meet(place->process, &m, false);
}
