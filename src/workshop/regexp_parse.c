#include "workshop/regexp.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "workshop/regexp_parser.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- Steps ---- */

ff_regexp_node *ff_regexp_refuse(ff_regexp_parser *parser, size_t offset, const char *format, ...)
{
    if (!parser->fault->what[0]) {
        va_list args;
        va_start(args, format);
        (void)vsnprintf(parser->fault->what, sizeof parser->fault->what, format, args);
        va_end(args);
        parser->fault->offset = offset;
    }
    parser->rest.len = 0;
    return NULL;
}

ff_regexp_node *ff_regexp_node_new(ff_regexp_parser *parser, ff_regexp_kind kind)
{
    ff_regexp_node *node = ff_arena_alloc(parser->arena, sizeof *node);
    if (node) {
        node->kind = kind;
        node->group = FF_NO_GROUP;
    }
    return node;
}

size_t ff_regexp_offset(const ff_regexp_parser *parser)
{
    return parser->text.len - parser->rest.len;
}

char ff_regexp_peek(const ff_regexp_parser *parser, size_t ahead)
{
    return ahead < parser->rest.len ? parser->rest.ptr[ahead] : '\0';
}

bool ff_regexp_take(ff_regexp_parser *parser, const char *token)
{
    return ff_slice_take_prefix(&parser->rest, ff_slice_of(token));
}

bool ff_regexp_take_code(ff_regexp_parser *parser, uint32_t *code)
{
    size_t used = parser->rest.len ? ff_utf8_next(parser->rest, code) : 0;
    if (used == 0) {
        (void)ff_regexp_refuse(parser, ff_regexp_offset(parser), "it ends too early, or is not valid UTF-8");
        return false;
    }
    parser->rest = ff_slice_from(parser->rest, used);
    return true;
}

/* ---- Repetition ---- */

/* {n}, {n,} and {n,m}; anything else in braces is text. */
static bool take_braces(ff_regexp_parser *p, uint64_t *least, uint64_t *most)
{
    ff_slice at = p->rest;
    if (!ff_slice_take_prefix(&at, FF_LIT("{")) || !ff_slice_take_uint(&at, least))
        return false;
    *most = *least;
    if (ff_slice_take_prefix(&at, FF_LIT(",")) && !ff_slice_take_uint(&at, most))
        *most = FF_REGEXP_FOREVER;
    if (!ff_slice_take_prefix(&at, FF_LIT("}")))
        return false;
    p->rest = at;
    return true;
}

static bool take_quantifier(ff_regexp_parser *p, uint64_t *least, uint64_t *most)
{
    static const struct {
        const char *token;
        uint32_t least, most;
    } marks[] = {{"*", 0, FF_REGEXP_FOREVER}, {"+", 1, FF_REGEXP_FOREVER}, {"?", 0, 1}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (ff_regexp_take(p, marks[i].token)) {
            *least = marks[i].least;
            *most = marks[i].most;
            return true;
        }
    return take_braces(p, least, most);
}

/* `a++` of PCRE2 is `(?>a+)` everywhere. */
static ff_regexp_node *make_atomic(ff_regexp_parser *p, ff_regexp_node *repeat)
{
    ff_regexp_node *group = ff_regexp_node_new(p, FF_REGEXP_GROUP);
    ff_regexp_node *branches = ff_regexp_node_new(p, FF_REGEXP_BRANCHES);
    ff_regexp_node *sequence = ff_regexp_node_new(p, FF_REGEXP_SEQUENCE);
    if (!group || !branches || !sequence)
        return NULL;
    group->text = FF_LIT("(?>");
    group->child = branches;
    branches->child = sequence;
    sequence->child = repeat;
    return group;
}

static ff_regexp_node *parse_quantifier(ff_regexp_parser *p, ff_regexp_node *item)
{
    uint64_t least = 0, most = 0;
    size_t at = ff_regexp_offset(p);
    if (!take_quantifier(p, &least, &most))
        return item;
    if (item->kind == FF_REGEXP_ASSERT || item->kind == FF_REGEXP_FLAGS)
        return ff_regexp_refuse(p, at, "there is nothing to repeat");
    if (least > UINT16_MAX || most > FF_REGEXP_FOREVER || least > most)
        return ff_regexp_refuse(p, at, "a repetition counts up to %d, the smaller number first", UINT16_MAX);
    if (p->dialect == FF_DIALECT_PCRE2 && item->kind == FF_REGEXP_CHAR && item->code > 0x7F)
        return ff_regexp_refuse(p, at, "it repeats the last byte of a character, which has no counterpart");
    ff_regexp_node *repeat = ff_regexp_node_new(p, FF_REGEXP_REPEAT);
    if (!repeat)
        return NULL;
    repeat->child = item;
    repeat->least = (uint32_t)least;
    repeat->most = (uint32_t)most;
    repeat->lazy = ff_regexp_take(p, "?");
    bool possessive = !repeat->lazy && p->dialect == FF_DIALECT_PCRE2 && ff_regexp_take(p, "+");
    return possessive ? make_atomic(p, repeat) : repeat;
}

/* ---- Sequences ---- */

static ff_regexp_node *parse_assert(ff_regexp_parser *p)
{
    ff_regexp_node *node = ff_regexp_node_new(p, FF_REGEXP_ASSERT);
    if (!node)
        return NULL;
    node->text = ff_slice_cut(p->rest, 1);
    p->rest = ff_slice_from(p->rest, 1);
    return node;
}

static ff_regexp_node *parse_char(ff_regexp_parser *p)
{
    uint64_t least, most;
    size_t at = ff_regexp_offset(p);
    if (take_quantifier(p, &least, &most))
        return ff_regexp_refuse(p, at, "there is nothing to repeat");
    ff_regexp_node *node = ff_regexp_node_new(p, FF_REGEXP_CHAR);
    return node && ff_regexp_take_code(p, &node->code) ? node : NULL;
}

static ff_regexp_node *parse_item(ff_regexp_parser *p)
{
    switch (ff_regexp_peek(p, 0)) {
    case '(': return ff_regexp_parse_group(p);
    case '[': return ff_regexp_parse_class(p);
    case '\\': return ff_regexp_parse_escape(p);
    case '^':
    case '$': return parse_assert(p);
    case '.': (void)ff_regexp_take(p, "."); return ff_regexp_node_new(p, FF_REGEXP_ANY);
    default: return parse_char(p);
    }
}

static bool skip_comment(ff_regexp_parser *p)
{
    size_t at = ff_regexp_offset(p), end = ff_slice_find_byte(p->rest, ')');
    if (!ff_slice_starts(p->rest, FF_LIT("(?#")))
        return false;
    if (end == SIZE_MAX)
        (void)ff_regexp_refuse(p, at, "a comment is not closed");
    else
        p->rest = ff_slice_from(p->rest, end + 1);
    return true;
}

static ff_regexp_node *parse_sequence(ff_regexp_parser *p)
{
    ff_regexp_node *sequence = ff_regexp_node_new(p, FF_REGEXP_SEQUENCE);
    ff_regexp_node **tail = sequence ? &sequence->child : NULL;
    while (tail && p->rest.len && ff_regexp_peek(p, 0) != '|' && ff_regexp_peek(p, 0) != ')') {
        if (skip_comment(p))
            continue;
        ff_regexp_node *item = parse_item(p);
        *tail = item ? parse_quantifier(p, item) : NULL;
        tail = *tail ? &(*tail)->next : NULL;
    }
    return tail ? sequence : NULL;
}

ff_regexp_node *ff_regexp_parse_branches(ff_regexp_parser *parser)
{
    ff_regexp_parser *p = parser;
    ff_regexp_node *branches = ff_regexp_node_new(p, FF_REGEXP_BRANCHES);
    ff_regexp_node **tail = branches ? &branches->child : NULL;
    do {
        if (tail)
            *tail = parse_sequence(p);
        tail = tail && *tail ? &(*tail)->next : NULL;
    } while (tail && ff_regexp_take(p, "|"));
    return tail ? branches : NULL;
}

ff_status ff_regexp_parse(ff_regexp *regexp, ff_arena *arena, ff_slice text, ff_dialect dialect, ff_regexp_fault *fault)
{
    *regexp = (ff_regexp){0};
    ff_regexp_parser p = {
        .arena = arena, .text = text, .rest = text, .dialect = dialect, .regexp = regexp, .fault = fault};
    if (text.len > FF_LIMIT_PATTERN_BYTES)
        (void)ff_regexp_refuse(&p, 0, "it is longer than %zu bytes", FF_LIMIT_PATTERN_BYTES);
    ff_regexp_group *whole = FF_ARRAY_PUSH(arena, &regexp->groups);
    ff_regexp_node *root = whole ? ff_regexp_parse_branches(&p) : NULL;
    if (root && p.rest.len)
        (void)ff_regexp_refuse(&p, ff_regexp_offset(&p), "a `)` closes no group");
    regexp->root = root;
    ff_regexp_settle_groups(&p);
    if (fault->what[0])
        return FF_INVALID;
    if (!root || arena->failed)
        return FF_NOMEM;
    regexp->groups.items[0].body = root;
    return FF_OK;
}

bool ff_regexp_is_anchored(const ff_regexp *regexp)
{
    const ff_regexp_node *sequence = regexp->root->child;
    const ff_regexp_node *first = sequence->child;
    return !sequence->next && first && first->kind == FF_REGEXP_ASSERT && ff_slice_eq(first->text, FF_LIT("^"));
}

static bool holds(const ff_regexp_node *node, uint32_t group)
{
    if (node->kind == FF_REGEXP_GROUP && node->group == group)
        return true;
    for (const ff_regexp_node *child = node->child; child; child = child->next)
        if (holds(child, group))
            return true;
    return false;
}

bool ff_regexp_needs(const ff_regexp *regexp, uint32_t group, uint32_t given)
{
    if (group == 0 || !regexp->groups.items[group].skippable)
        return true;
    if (given == FF_NO_GROUP)
        return false;
    const ff_regexp_node *node = regexp->root;
    while (node->kind != FF_REGEXP_GROUP || node->group != group) {
        const ff_regexp_node *child = node->child;
        while (!holds(child, group))
            child = child->next;
        bool choice = (node->kind == FF_REGEXP_BRANCHES && node->child->next) || ff_slice_ends(node->text, FF_LIT("!"));
        bool none = node->kind == FF_REGEXP_REPEAT && node->least == 0;
        if ((choice || none) && !holds(child, given))
            return false;
        node = child;
    }
    return true;
}
