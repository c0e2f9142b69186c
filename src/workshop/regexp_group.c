/* Groups: how they open, what they are called, what refers to them. */
#include "base/array.h"
#include "base/limits.h"
#include "workshop/regexp_parser.h"

typedef struct ff_regexp_reference {
    ff_regexp_node *node;
    ff_slice name;
    uint64_t number;
    size_t offset, groups; /* groups that were open or closed before it */
    struct ff_regexp_reference *next;
} ff_regexp_reference;

/* Groups that do not capture are spelled alike in both dialects. */
static const char *const OPENERS[] = {"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"};

static const struct {
    const char *opener;
    bool in_both; /* false: only where PCRE2 is read, where .NET has no word for it */
    const char *what;
} FOREIGN[] = {
    {"(?(", true, "a conditional `(?(…)…)` has no counterpart"},
    {"(?|", true, "groups that share their numbers, `(?|…)`, have no counterpart"},
    {"(?P=", true, "`(?P=…)` is Python's"},
    {"(?P>", true, "a call of a group has no counterpart"},
    {"(?&", true, "a call of a group has no counterpart"},
    {"(?R", true, "a recursion has no counterpart"},
    {"(?C", true, "a callout has no counterpart"},
    {"(*", false, "a verb `(*…)` has no counterpart"},
};

/* ---- Names ---- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

ff_slice ff_regexp_take_name(ff_regexp_parser *parser, char end)
{
    enum { NAME_MAX = 32 }; /* PCRE2's */
    size_t at = ff_regexp_offset(parser), length = 0;
    while (is_word(ff_regexp_peek(parser, length)))
        length++;
    char behind = ff_regexp_peek(parser, length), first = ff_regexp_peek(parser, 0);
    ff_slice name = ff_slice_cut(parser->rest, length);
    if (behind == '-' && end != '}')
        (void)ff_regexp_refuse(parser, at, "a balancing group, which only .NET has");
    else if (behind != end)
        (void)ff_regexp_refuse(parser, at, "a group's name has letters, digits and `_`: others PCRE2 does not take");
    else if (length == 0 || length > NAME_MAX || (first >= '0' && first <= '9'))
        (void)ff_regexp_refuse(parser, at, "a group's name has 1 to %d characters and no digit first", NAME_MAX);
    else
        parser->rest = ff_slice_from(parser->rest, length + 1);
    return parser->fault->what[0] ? (ff_slice){0} : name;
}

ff_regexp_node *ff_regexp_refer(ff_regexp_parser *parser, ff_slice name, uint64_t number, size_t offset)
{
    ff_regexp_reference *reference = ff_arena_alloc(parser->arena, sizeof *reference);
    ff_regexp_node *node = ff_regexp_node_new(parser, FF_REGEXP_BACK);
    if (!reference || !node)
        return NULL;
    *reference = (ff_regexp_reference){node, name, number, offset, parser->regexp->groups.count, parser->references};
    parser->references = reference;
    return node;
}

/* ---- Groups ---- */

static ff_regexp_node *finish_group(ff_regexp_parser *p, ff_regexp_node *group, size_t at)
{
    if (p->depth == FF_LIMIT_REGEXP_DEPTH)
        return ff_regexp_refuse(p, at, "more than %u groups inside one another", FF_LIMIT_REGEXP_DEPTH);
    p->depth++;
    group->child = ff_regexp_parse_branches(p);
    p->depth--;
    if (!group->child)
        return NULL;
    return ff_regexp_take(p, ")") ? group : ff_regexp_refuse(p, at, "a group is not closed");
}

static ff_regexp_node *parse_capture(ff_regexp_parser *p, ff_slice name, size_t at)
{
    for (size_t i = 0; i < p->regexp->groups.count; i++)
        if (name.len && ff_slice_eq(p->regexp->groups.items[i].name, name))
            return ff_regexp_refuse(p, at, "two groups have the name %.*s", FF_ARG(name));
    if (p->regexp->groups.count == FF_NO_GROUP)
        return ff_regexp_refuse(p, at, "too many groups");
    ff_regexp_node *node = ff_regexp_node_new(p, FF_REGEXP_GROUP);
    ff_regexp_group *group = FF_ARRAY_PUSH(p->arena, &p->regexp->groups);
    if (!node || !group)
        return NULL;
    group->name = name;
    uint32_t index = (uint32_t)p->regexp->groups.count - 1;
    node->group = index;
    node = finish_group(p, node, at);
    if (node)
        p->regexp->groups.items[index].body = node->child;
    return node;
}

static ff_regexp_node *parse_opened(ff_regexp_parser *p, const char *opener, size_t at)
{
    ff_regexp_node *group = ff_regexp_node_new(p, FF_REGEXP_GROUP);
    if (!group)
        return NULL;
    group->text = ff_slice_of(opener);
    return finish_group(p, group, at);
}

/* (?i), (?i-s), (?i:…): of the flags those that mean the same on one line; the others change how a pattern is read. */
static ff_regexp_node *parse_flags(ff_regexp_parser *p, size_t at)
{
    size_t length = 2;
    while (ff_regexp_peek(p, length) && strchr("ims-", ff_regexp_peek(p, length)))
        length++;
    char end = ff_regexp_peek(p, length);
    bool group = end == ':';
    if (length == 2 || (!group && end != ')'))
        return ff_regexp_refuse(p, at, "`(?%c` has no counterpart", ff_regexp_peek(p, 2));
    ff_regexp_node *node = ff_regexp_node_new(p, group ? FF_REGEXP_GROUP : FF_REGEXP_FLAGS);
    if (!node)
        return NULL;
    node->text = ff_slice_cut(p->rest, length + 1);
    p->rest = ff_slice_from(p->rest, length + 1);
    return group ? finish_group(p, node, at) : node;
}

ff_regexp_node *ff_regexp_parse_group(ff_regexp_parser *parser)
{
    ff_regexp_parser *p = parser;
    size_t at = ff_regexp_offset(p);
    bool pcre2 = p->dialect == FF_DIALECT_PCRE2;
    for (size_t i = 0; i < sizeof OPENERS / sizeof *OPENERS; i++)
        if (ff_regexp_take(p, OPENERS[i]))
            return parse_opened(p, OPENERS[i], at);
    for (size_t i = 0; i < sizeof FOREIGN / sizeof *FOREIGN; i++)
        if ((FOREIGN[i].in_both || pcre2) && ff_slice_starts(p->rest, ff_slice_of(FOREIGN[i].opener)))
            return ff_regexp_refuse(p, at, "%s", FOREIGN[i].what);
    bool angle = ff_regexp_take(p, "(?<") || (pcre2 && ff_regexp_take(p, "(?P<"));
    if (angle || ff_regexp_take(p, "(?'")) {
        ff_slice name = ff_regexp_take_name(p, angle ? '>' : '\'');
        return name.len ? parse_capture(p, name, at) : NULL;
    }
    if (ff_slice_starts(p->rest, FF_LIT("(?")))
        return parse_flags(p, at);
    (void)ff_regexp_take(p, "(");
    return parse_capture(p, (ff_slice){0}, at);
}

/* ---- When all groups are known ---- */

/* .NET counts groups without a name first; JavaScript and PCRE2 count them as they come. Actions runs .NET. */
static void number_groups(ff_regexp *regexp, ff_dialect dialect)
{
    uint32_t number = 0;
    for (int named = 0; named < 2; named++)
        for (size_t i = 0; i < regexp->groups.count; i++)
            if (dialect == FF_DIALECT_PCRE2 ? !named : (regexp->groups.items[i].name.len > 0) == named)
                regexp->groups.items[i].number = number++;
}

uint32_t ff_regexp_group_at(const ff_regexp *regexp, uint64_t number)
{
    for (size_t i = 0; i < regexp->groups.count; i++)
        if (regexp->groups.items[i].number == number)
            return (uint32_t)i;
    return FF_NO_GROUP;
}

static uint32_t find_referenced(const ff_regexp *regexp, const ff_regexp_reference *reference)
{
    if (!reference->name.len)
        return ff_regexp_group_at(regexp, reference->number);
    for (size_t i = 1; i < regexp->groups.count; i++)
        if (ff_slice_eq(regexp->groups.items[i].name, reference->name))
            return (uint32_t)i;
    return FF_NO_GROUP;
}

static void resolve(ff_regexp_parser *p)
{
    for (const ff_regexp_reference *r = p->references; r; r = r->next) {
        uint32_t group = find_referenced(p->regexp, r);
        if (group == FF_NO_GROUP || group == 0 || group >= r->groups) {
            (void)ff_regexp_refuse(p, r->offset, "it refers to a group that does not stand before it");
            return;
        }
        r->node->group = group;
        p->regexp->groups.items[group].referenced = true;
    }
}

static void mark_skippable(ff_regexp *regexp, const ff_regexp_node *node, bool skippable)
{
    if (node->kind == FF_REGEXP_GROUP && node->group != FF_NO_GROUP)
        regexp->groups.items[node->group].skippable = skippable;
    bool choice = node->kind == FF_REGEXP_BRANCHES && node->child->next;
    bool none = node->kind == FF_REGEXP_REPEAT && node->least == 0;
    bool denied = node->kind == FF_REGEXP_GROUP && ff_slice_ends(node->text, FF_LIT("!"));
    for (const ff_regexp_node *child = node->child; child; child = child->next)
        mark_skippable(regexp, child, skippable || choice || none || denied);
}

void ff_regexp_settle_groups(ff_regexp_parser *parser)
{
    number_groups(parser->regexp, parser->dialect);
    resolve(parser);
    if (!parser->fault->what[0] && parser->regexp->root)
        mark_skippable(parser->regexp, parser->regexp->root, false);
}
