#include "python/python_module.h"

enum {
    NESTED_MAX = 4 * FF_LIMIT_PYTHON_DEPTH, /* nodes in one another: brackets, and the attributes between them */
    TEXT_MAX = 4096,                        /* of a text that is put together */
    TEXT_STEP = 64,                         /* bytes of a text that cost one step */
};

/* Where an expression stands, and how deep in another. */
typedef struct place {
    ff_python *python;
    const ff_python_module *module;
    uint32_t depth;
} place;

typedef ff_python_value (*evaluate_fn)(const place *at, const ff_python_node *node);

static const char RUN[] = "would have to be run";
static const char ENVIRONMENT[] = "is read from the environment";

static ff_python_value evaluate(const place *around, const ff_python_node *node);

static ff_python_value unknown(const place *at, const ff_python_node *node, const char *words)
{
    return ff_python_value_unknown(
        (ff_python_why){.words = words, .name = node->text, .path = at->module->path, .line = node->line});
}

static ff_python_value other(const place *at, const ff_python_node *node)
{
    (void)at;
    (void)node;
    return (ff_python_value){.sort = FF_VALUE_OTHER};
}

/* ---- texts and lists ---- */

static void add_text(const place *at, ff_python_value *list, ff_slice text, const ff_python_node *node, bool perhaps)
{
    ff_python_item item = {.text = text, .path = at->module->path, .line = node->line, .perhaps = perhaps};
    ff_python_value_push(&at->python->room, list, &item);
}

static void add_member(const place *around, ff_python_value *list, const ff_python_node *node, bool perhaps)
{
    place at = {around->python, around->module, around->depth + 1};
    bool spread = node->type == FF_PYTHON_STAR || node->type == FF_PYTHON_EACH;
    if (node->type == FF_PYTHON_CHOICE && at.depth < NESTED_MAX) {
        for (const ff_python_node *child = node->child; child; child = child->next)
            add_member(&at, list, child, true);
        return;
    }
    ff_python_value value = evaluate(&at, node->type == FF_PYTHON_STAR ? node->child : node);
    if (spread || value.sort == FF_VALUE_UNKNOWN)
        ff_python_value_join(&at.python->room, list, &value, perhaps);
    else if (value.sort == FF_VALUE_TEXT)
        add_text(&at, list, value.text, node, perhaps);
}

static ff_python_value text(const place *at, const ff_python_node *node)
{
    (void)at;
    return (ff_python_value){.sort = FF_VALUE_TEXT, .text = node->text};
}

static ff_python_value list(const place *at, const ff_python_node *node)
{
    ff_python_value value = {.sort = FF_VALUE_LIST};
    for (const ff_python_node *member = node->child; member; member = member->next)
        add_member(at, &value, member, false);
    return value;
}

/* `left + right` where both are texts; false if it cannot be put together. */
static bool append_text(const place *at, ff_python_value *left, const ff_python_value *right)
{
    size_t length = left->text.len + right->text.len;
    if (left->sort != FF_VALUE_TEXT || right->sort != FF_VALUE_TEXT || length > TEXT_MAX ||
        !ff_python_room_spend(&at->python->room, 1 + length / TEXT_STEP))
        return false;
    left->text = ff_arena_printf(at->python->room.arena, "%.*s%.*s", FF_ARG(left->text), FF_ARG(right->text));
    return true;
}

/* A sum of lists stays one where a part of it is not known. */
static ff_python_value sum(const place *at, const ff_python_node *node)
{
    ff_python_value whole = evaluate(at, node->child);
    for (const ff_python_node *part = node->child->next; part; part = part->next) {
        ff_python_value value = evaluate(at, part);
        if (append_text(at, &whole, &value))
            continue;
        if (whole.sort == FF_VALUE_LIST || value.sort == FF_VALUE_LIST) {
            ff_python_value joined = {.sort = FF_VALUE_LIST};
            ff_python_value_join(&at->python->room, &joined, &whole, false);
            ff_python_value_join(&at->python->room, &joined, &value, false);
            whole = joined;
        } else if (whole.sort != FF_VALUE_UNKNOWN) {
            whole = value.sort == FF_VALUE_UNKNOWN ? value : unknown(at, part, RUN);
        }
    }
    return whole;
}

static ff_python_value choice(const place *at, const ff_python_node *node)
{
    ff_python_value value = evaluate(at, node->child);
    for (const ff_python_node *part = node->child->next; part; part = part->next) {
        ff_python_value alternative = evaluate(at, part);
        value = ff_python_value_either(&at->python->room, &value, &alternative);
    }
    return value;
}

/* `[x for x in y if …]` picks from y; anything else makes new texts. */
static ff_python_value each(const place *at, const ff_python_node *node)
{
    bool picks = node->child->type == FF_PYTHON_NAME && ff_slice_eq(node->child->text, node->text);
    if (!picks || !node->child->next)
        return unknown(at, node, RUN);
    ff_python_value from = evaluate(at, node->child->next), value = {.sort = FF_VALUE_LIST};
    ff_python_value_join(&at->python->room, &value, &from, node->some);
    return value;
}

/* ---- names ---- */

static ff_python_value of_scope(const place *at, const ff_python_scope *scope, const ff_python_node *node)
{
    const ff_python_binding *binding = ff_python_scope_find(scope, node->text);
    if (binding && ff_python_room_spend(&at->python->room, binding->value.items.count))
        return ff_python_scope_value(scope, binding);
    if (binding)
        return ff_python_value_unknown(ff_python_why_spent());
    return scope->open.words ? ff_python_value_unknown(scope->open) : unknown(at, node, "is assigned nowhere");
}

static ff_python_value name(const place *at, const ff_python_node *node)
{
    return of_scope(at, &at->module->scope, node);
}

static ff_python_value attribute(const place *at, const ff_python_node *node)
{
    ff_python_value of = evaluate(at, node->child);
    return of.sort == FF_VALUE_MODULE ? of_scope(at, &of.module->scope, node) : unknown(at, node, RUN);
}

/* ---- calls ---- */

/* The argument at `index`, or the one with this name; NULL: there is none. */
static const ff_python_node *argument(const ff_python_node *call, uint32_t index, const char *keyword)
{
    const ff_python_node *found = NULL;
    uint32_t at = 0;
    for (const ff_python_node *each = call->child->next; each; each = each->next) {
        bool named = each->type == FF_PYTHON_KEYWORD;
        if (named ? keyword && ff_slice_eq(each->text, ff_slice_of(keyword)) : at++ == index)
            found = each;
    }
    return found && found->type == FF_PYTHON_KEYWORD ? found->child : found;
}

/* The value of a variable of the environment: not known, but for what it is where nobody sets it. */
static ff_python_value environment(const place *at, const ff_python_node *variable, const ff_python_node *preset)
{
    ff_python_value value = unknown(at, variable, ENVIRONMENT), from = {.sort = FF_VALUE_UNKNOWN};
    value.variable = variable->text;
    if (preset)
        from = evaluate(at, preset);
    if (from.sort == FF_VALUE_LIST) {
        value.sort = FF_VALUE_LIST;
        ff_python_value_join(&at->python->room, &value, &from, true);
    }
    if (from.sort == FF_VALUE_TEXT)
        value.text = from.text;
    return value;
}

static ff_python_value call_environment(const place *at, const ff_python_node *node)
{
    const ff_python_node *variable = argument(node, 0, NULL);
    return variable && variable->type == FF_PYTHON_STRING ? environment(at, variable, argument(node, 1, "default"))
                                                          : unknown(at, node->child, ENVIRONMENT);
}

/* `list(x)` holds what x does. */
static ff_python_value call_through(const place *at, const ff_python_node *node)
{
    const ff_python_node *of = argument(node, 0, NULL);
    ff_python_value value = {.sort = FF_VALUE_LIST};
    if (of && of->type == FF_PYTHON_EACH)
        return each(at, of);
    return of ? evaluate(at, of) : value;
}

static ff_python_value call_filter(const place *at, const ff_python_node *node)
{
    const ff_python_node *of = argument(node, 1, NULL);
    ff_python_value value = {.sort = FF_VALUE_LIST}, from;
    if (!of)
        return unknown(at, node->child, RUN);
    from = evaluate(at, of);
    ff_python_value_join(&at->python->room, &value, &from, true);
    return value;
}

/* `env` and `config` are what django-environ and python-decouple are called where they are used. */
static const struct called {
    const char *name;
    evaluate_fn evaluate;
} CALLED[] = {
    {"list", call_through},
    {"tuple", call_through},
    {"set", call_through},
    {"frozenset", call_through},
    {"sorted", call_through},
    {"reversed", call_through},
    {"dict.fromkeys", call_through},
    {"OrderedDict.fromkeys", call_through},
    {"collections.OrderedDict.fromkeys", call_through},
    {"filter", call_filter},
    {"os.environ.get", call_environment},
    {"os.environ.setdefault", call_environment},
    {"environ.get", call_environment},
    {"os.getenv", call_environment},
    {"getenv", call_environment},
    {"env", call_environment},
    {"config", call_environment},
    {"env.list", call_environment},
    {"env.tuple", call_environment},
    {"env.str", call_environment},
    {"env.json", call_environment},
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Takes the next part of a text that is split; false: there is none. Without a separator any blanks are one, and no
 * part is empty. */
static bool take_part(ff_slice *rest, ff_slice separator, ff_slice *part)
{
    size_t length = 0;
    if (separator.len) {
        length = ff_slice_find(*rest, separator);
    } else {
        *rest = ff_slice_trim(*rest);
        while (length < rest->len && !is_space(rest->ptr[length]))
            length++;
    }
    bool any = rest->len > 0;
    *part = ff_slice_cut(*rest, length);
    *rest = ff_slice_from(*rest, part->len + separator.len);
    return any;
}

/* `"a,b".split(",")`, also of a variable's default. */
static ff_python_value split(const place *at, const ff_python_node *node, const ff_python_value *of)
{
    const ff_python_node *separator = node->child->next;
    bool plain = !separator || (separator->type == FF_PYTHON_STRING && separator->text.len && !separator->next);
    ff_python_value value = *of;
    ff_slice rest = of->text, part;
    if (!plain)
        return unknown(at, node->child, RUN);
    if (!ff_python_room_spend(&at->python->room, of->text.len / TEXT_STEP))
        return ff_python_value_unknown(ff_python_why_spent());
    value.sort = FF_VALUE_LIST;
    while (take_part(&rest, separator ? separator->text : (ff_slice){0}, &part))
        add_text(at, &value, part, node, of->sort != FF_VALUE_TEXT);
    return value;
}

/* Methods that leave the texts as they are, or give their parts. */
static ff_python_value call_method(const place *at, const ff_python_node *node)
{
    static const char *const strips[] = {"strip", "rstrip", "lstrip"};
    ff_slice method = node->child->text;
    ff_python_value of = evaluate(at, node->child->child);
    bool textual = of.sort == FF_VALUE_TEXT || (of.sort == FF_VALUE_UNKNOWN && of.variable.len);
    if (textual && ff_slice_eq(method, FF_LIT("split")))
        return split(at, node, &of);
    for (size_t i = 0; textual && !node->child->next && i < sizeof strips / sizeof *strips; i++)
        if (ff_slice_eq(method, ff_slice_of(strips[i]))) {
            of.text = ff_slice_trim(of.text); /* who strips one end wants no blanks at either */
            return of;
        }
    bool same = ff_slice_eq(method, FF_LIT("copy")) || (of.sort == FF_VALUE_UNKNOWN && of.variable.len);
    return same ? of : unknown(at, node->child, RUN);
}

static ff_python_value call(const place *at, const ff_python_node *node)
{
    for (size_t i = 0; i < sizeof CALLED / sizeof *CALLED; i++)
        if (ff_python_is(node->child, CALLED[i].name))
            return CALLED[i].evaluate(at, node);
    return node->child->type == FF_PYTHON_ATTRIBUTE ? call_method(at, node) : unknown(at, node->child, RUN);
}

/* Of a slice each item may or may not be in it. */
static ff_python_value subscript(const place *at, const ff_python_node *node)
{
    const ff_python_node *index = node->child->next;
    if (index && index->type == FF_PYTHON_STRING &&
        (ff_python_is(node->child, "os.environ") || ff_python_is(node->child, "environ")))
        return environment(at, index, NULL);
    ff_python_value of = evaluate(at, node->child), value = {.sort = FF_VALUE_LIST};
    if (!node->some || of.sort != FF_VALUE_LIST)
        return of.sort == FF_VALUE_UNKNOWN ? of : unknown(at, node->child, RUN);
    ff_python_value_join(&at->python->room, &value, &of, true);
    return value;
}

static ff_python_value not_understood(const place *at, const ff_python_node *node)
{
    return unknown(at, node, "is not understood");
}

static const evaluate_fn BY_TYPE[] = {
    [FF_PYTHON_UNKNOWN] = not_understood,
    [FF_PYTHON_OTHER] = other,
    [FF_PYTHON_STRING] = text,
    [FF_PYTHON_LIST] = list,
    [FF_PYTHON_NAME] = name,
    [FF_PYTHON_SUM] = sum,
    [FF_PYTHON_CHOICE] = choice,
    [FF_PYTHON_STAR] = not_understood,
    [FF_PYTHON_EACH] = each,
    [FF_PYTHON_ATTRIBUTE] = attribute,
    [FF_PYTHON_CALL] = call,
    [FF_PYTHON_KEYWORD] = other,
    [FF_PYTHON_SUBSCRIPT] = subscript,
};

static ff_python_value evaluate(const place *around, const ff_python_node *node)
{
    place at = {around->python, around->module, around->depth + 1};
    if (at.depth >= NESTED_MAX || !ff_python_room_spend(&at.python->room, 1))
        return ff_python_value_unknown(ff_python_why_spent());
    return BY_TYPE[node->type](&at, node);
}

ff_python_value ff_python_evaluate(ff_python *python, const ff_python_module *module, const ff_python_node *node)
{
    return evaluate(&(place){.python = python, .module = module}, node);
}

void ff_python_add_member(ff_python *python, const ff_python_module *module, ff_python_value *list,
                          const ff_python_node *node, bool perhaps)
{
    add_member(&(place){.python = python, .module = module}, list, node, perhaps);
}
