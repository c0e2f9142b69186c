#include "python/python_expression.h"

#include <string.h>

/* Attributes, calls and subscripts behind one another; no settings have more. */
enum { TRAILERS_MAX = 32 };

/* Words that no expression begins with, or that make it something else. */
static const char *const KEYWORDS[] = {
    "and",      "as",     "assert",  "async", "await", "break",  "class", "continue", "def",  "del",   "elif",
    "else",     "except", "finally", "for",   "from",  "global", "if",    "import",   "in",   "is",    "lambda",
    "nonlocal", "not",    "or",      "pass",  "raise", "return", "try",   "while",    "with", "yield",
};

static const char *const BINARY[] = {"-", "*", "/", "%", "//", "@", "**", "&", "^", "<<", ">>"};
static const char *const COMPARISONS[] = {"==", "!=", "<", ">", "<=", ">=", "in", "is", "not"};

void ff_python_advance(ff_python_parser *parser)
{
    parser->now = ff_python_next(&parser->tokens);
}

bool ff_python_at(const ff_python_parser *parser, const char *text)
{
    return (parser->now.kind == FF_TOKEN_OPERATOR || parser->now.kind == FF_TOKEN_NAME) &&
           ff_slice_eq(parser->now.text, ff_slice_of(text));
}

bool ff_python_accept(ff_python_parser *parser, const char *text)
{
    bool at = ff_python_at(parser, text);
    if (at)
        ff_python_advance(parser);
    return at;
}

static bool at_any(const ff_python_parser *parser, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ff_python_at(parser, texts[i]))
            return true;
    return false;
}

#define AT_ANY(parser, texts) at_any((parser), (texts), sizeof(texts) / sizeof *(texts))

static bool at_end_of_line(const ff_python_parser *parser)
{
    return parser->now.kind == FF_TOKEN_NEWLINE || parser->now.kind == FF_TOKEN_END;
}

/* The brackets around the next token: an opening one counts itself already, a closing one no longer does. */
static uint32_t open_around(const ff_python_parser *parser)
{
    bool opens = ff_python_at(parser, "(") || ff_python_at(parser, "[") || ff_python_at(parser, "{");
    return parser->tokens.open - opens;
}

void ff_python_skip_to(ff_python_parser *parser, const char *text, uint32_t open)
{
    while (!at_end_of_line(parser) && !(ff_python_at(parser, text) && open_around(parser) == open))
        ff_python_advance(parser);
}

/* Moves behind the bracket that closes those beyond `open`. */
static void skip_out(ff_python_parser *parser, uint32_t open)
{
    while (!at_end_of_line(parser) && parser->tokens.open > open)
        ff_python_advance(parser);
    if (!at_end_of_line(parser))
        ff_python_advance(parser);
}

/* Moves to what ends an expression, over brackets and all they hold. */
static void skip_rest(ff_python_parser *parser)
{
    static const char *const ends[] = {",", ")", "]", "}", ":", "="};
    while (!at_end_of_line(parser) && !AT_ANY(parser, ends)) {
        if (open_around(parser) < parser->tokens.open)
            skip_out(parser, open_around(parser));
        else
            ff_python_advance(parser);
    }
}

/* A node of this type, made of the token that comes next, which is not taken. */
static ff_python_node *node_new(ff_python_parser *parser, ff_python_type type)
{
    ff_python_node *node = NULL;
    if (parser->status == FF_OK && parser->nodes >= FF_LIMIT_PYTHON_NODES)
        parser->status = FF_LIMIT;
    if (parser->status == FF_OK && !(node = ff_arena_alloc(parser->arena, sizeof *node)))
        parser->status = FF_NOMEM;
    if (!node) {
        parser->spare = (ff_python_node){.type = FF_PYTHON_UNKNOWN, .line = parser->now.line};
        return &parser->spare;
    }
    parser->nodes++;
    *node = (ff_python_node){.type = type, .line = parser->now.line, .text = parser->now.text};
    return node;
}

/* A node over `first`, such as a call of it. */
static ff_python_node *over(ff_python_parser *parser, ff_python_type type, ff_python_node *first)
{
    ff_python_node *node = node_new(parser, type);
    if (node == &parser->spare)
        return node;
    node->line = first->line;
    node->child = first;
    return node;
}

static ff_python_node *take_as(ff_python_parser *parser, ff_python_type type)
{
    ff_python_node *node = node_new(parser, type);
    ff_python_advance(parser);
    return node;
}

/* ---- strings ---- */

/* Undoes the escapes that a name can have; the others stay as they are. */
static size_t unescape(char *into, ff_slice text)
{
    static const char from[] = "\\'\"nt", to[] = "\\'\"\n\t";
    size_t length = 0;
    for (size_t i = 0; i < text.len; i++) {
        char next = i + 1 < text.len ? text.ptr[i + 1] : '\0';
        const char *found = text.ptr[i] == '\\' && next ? strchr(from, next) : NULL;
        if (found)
            into[length++] = to[found - from];
        else if (text.ptr[i] != '\\' || next != '\n')
            into[length++] = text.ptr[i];
        i += found || (text.ptr[i] == '\\' && next == '\n');
    }
    return length;
}

/* Adds the string that comes next to `text`. */
static bool join(ff_python_parser *parser, ff_slice *text)
{
    ff_slice part = parser->now.text;
    if (!text->len && (parser->now.raw || ff_slice_find_byte(part, '\\') == SIZE_MAX)) {
        *text = part;
        return true;
    }
    char *joined = ff_arena_alloc(parser->arena, text->len + part.len);
    if (!joined)
        return false;
    if (text->len)
        memcpy(joined, text->ptr, text->len);
    size_t length = part.len;
    if (!parser->now.raw)
        length = unescape(joined + text->len, part);
    else if (part.len)
        memcpy(joined + text->len, part.ptr, part.len);
    *text = (ff_slice){joined, text->len + length};
    return true;
}

/* Strings behind one another are one. A forgotten comma makes two apps one that does not exist, here as in Python. */
static ff_python_node *take_strings(ff_python_parser *parser)
{
    ff_python_node *node = node_new(parser, FF_PYTHON_STRING);
    ff_slice text = {0};
    uint32_t count = 0;
    for (; parser->now.kind == FF_TOKEN_STRING && parser->status == FF_OK; ff_python_advance(parser), count++) {
        bool filled = parser->now.formatted && ff_slice_find_byte(parser->now.text, '{') != SIZE_MAX;
        if (node->type == FF_PYTHON_UNKNOWN || filled || count == FF_LIMIT_PYTHON_STRINGS)
            node->type = FF_PYTHON_UNKNOWN;
        else if (!join(parser, &text))
            parser->status = FF_NOMEM;
    }
    if (node->type == FF_PYTHON_STRING)
        node->text = text;
    return node;
}

/* ---- brackets ---- */

typedef ff_python_node *(*take_fn)(ff_python_parser *parser);

static ff_python_node *take_disjunction(ff_python_parser *parser);

/* An expression inside another one: whatever leads back to one goes through here. */
static ff_python_node *take_inside(ff_python_parser *parser, take_fn take)
{
    if (parser->depth == FF_LIMIT_PYTHON_DEPTH) {
        ff_python_node *node = node_new(parser, FF_PYTHON_UNKNOWN);
        skip_rest(parser);
        return node;
    }
    parser->depth++;
    ff_python_node *node = take(parser);
    parser->depth--;
    return node;
}

/* `for target in iterable if condition`, behind the element. */
static ff_python_node *take_each(ff_python_parser *parser, ff_python_node *element)
{
    ff_python_node *each = over(parser, FF_PYTHON_EACH, element);
    (void)ff_python_accept(parser, "async");
    (void)ff_python_accept(parser, "for");
    if (parser->now.kind == FF_TOKEN_NAME && each != &parser->spare)
        each->text = parser->now.text;
    ff_python_advance(parser);
    if (!ff_python_accept(parser, "in")) {
        each->type = FF_PYTHON_UNKNOWN; /* several targets */
        return each;
    }
    ff_python_node *iterable = take_inside(parser, take_disjunction);
    if (each == &parser->spare)
        return each;
    element->next = iterable;
    while (ff_python_accept(parser, "if")) {
        each->some = true;
        (void)take_inside(parser, take_disjunction);
    }
    if (ff_python_at(parser, "for") || ff_python_at(parser, "async"))
        each->type = FF_PYTHON_UNKNOWN;
    return each;
}

static ff_python_node *take_item(ff_python_parser *parser)
{
    if (ff_python_at(parser, "*") || ff_python_at(parser, "**")) {
        bool keywords = ff_python_at(parser, "**");
        ff_python_advance(parser);
        ff_python_node *of = take_inside(parser, take_disjunction);
        ff_python_node *item = over(parser, keywords ? FF_PYTHON_KEYWORD : FF_PYTHON_STAR, of);
        item->text = (ff_slice){0};
        return item;
    }
    ff_python_node *item = ff_python_expression(parser);
    if (ff_python_at(parser, "for") || ff_python_at(parser, "async"))
        return take_each(parser, item);
    return item;
}

/* One member of what stands in brackets; `name=value` in those of a call. */
static ff_python_node *take_member(ff_python_parser *parser)
{
    ff_python_node *member = take_item(parser);
    ff_slice name = member->text;
    if (member->type != FF_PYTHON_NAME || !ff_python_accept(parser, "="))
        return member;
    ff_python_node *keyword = over(parser, FF_PYTHON_KEYWORD, ff_python_expression(parser));
    keyword->text = name;
    return keyword;
}

/* What stands in brackets up to `close`, appended to `node`; returns how many commas there were. What does not belong
 * there makes `node` unknown. */
static uint32_t take_members(ff_python_parser *parser, ff_python_node *node, ff_python_node **tail, const char *close)
{
    uint32_t open = parser->tokens.open - 1, commas = 0;
    ff_python_advance(parser);
    while (!ff_python_at(parser, close) && parser->status == FF_OK) {
        ff_python_node *member = take_member(parser);
        if (parser->status == FF_OK) {
            *tail = member;
            tail = &member->next;
        }
        if (!ff_python_accept(parser, ","))
            break;
        commas++;
    }
    if (!ff_python_at(parser, close)) {
        node->type = FF_PYTHON_UNKNOWN;
        skip_out(parser, open);
    } else {
        ff_python_advance(parser);
    }
    return commas;
}

static ff_python_node *take_list(ff_python_parser *parser)
{
    ff_python_node *list = node_new(parser, FF_PYTHON_LIST);
    (void)take_members(parser, list, &list->child, "]");
    return list;
}

static ff_python_node *take_parentheses(ff_python_parser *parser)
{
    ff_python_node *tuple = node_new(parser, FF_PYTHON_LIST);
    uint32_t commas = take_members(parser, tuple, &tuple->child, ")");
    bool single = tuple->type == FF_PYTHON_LIST && !commas && tuple->child && tuple->child->type != FF_PYTHON_EACH;
    return single ? tuple->child : tuple;
}

/* A dictionary is told by its first colon or by `**`, and is not looked into. */
static ff_python_node *take_braces(ff_python_parser *parser)
{
    ff_python_node *node = node_new(parser, FF_PYTHON_LIST);
    (void)take_members(parser, node, &node->child, "}");
    bool spread = node->child && node->child->type == FF_PYTHON_KEYWORD;
    if (node->type == FF_PYTHON_UNKNOWN || spread || !node->child)
        node->type = FF_PYTHON_OTHER;
    return node;
}

/* ---- operators, from the tightest to the loosest ---- */

static ff_python_node *take_name(ff_python_parser *parser)
{
    static const char *const constants[] = {"None", "True", "False"};
    if (AT_ANY(parser, constants))
        return take_as(parser, FF_PYTHON_OTHER);
    if (!AT_ANY(parser, KEYWORDS))
        return take_as(parser, FF_PYTHON_NAME);
    ff_python_node *node = node_new(parser, FF_PYTHON_UNKNOWN);
    if (ff_python_at(parser, "lambda") || ff_python_at(parser, "yield")) {
        ff_python_skip_to(parser, ":", parser->tokens.open);
        (void)ff_python_accept(parser, ":");
        skip_rest(parser);
    }
    return node;
}

/* What begins no expression is left for the caller, who knows how to go on. */
static ff_python_node *take_atom(ff_python_parser *parser)
{
    if (parser->now.kind == FF_TOKEN_STRING)
        return take_strings(parser);
    if (parser->now.kind == FF_TOKEN_NUMBER || ff_python_at(parser, "..."))
        return take_as(parser, FF_PYTHON_OTHER);
    if (parser->now.kind == FF_TOKEN_NAME)
        return take_name(parser);
    if (ff_python_at(parser, "("))
        return take_parentheses(parser);
    if (ff_python_at(parser, "["))
        return take_list(parser);
    if (ff_python_at(parser, "{"))
        return take_braces(parser);
    return node_new(parser, FF_PYTHON_UNKNOWN);
}

static ff_python_node *take_attribute(ff_python_parser *parser, ff_python_node *of)
{
    ff_python_advance(parser);
    ff_python_node *node = over(parser, FF_PYTHON_ATTRIBUTE, of);
    if (parser->now.kind == FF_TOKEN_NAME)
        ff_python_advance(parser);
    else
        node->type = FF_PYTHON_UNKNOWN;
    return node;
}

static ff_python_node *take_call(ff_python_parser *parser, ff_python_node *of)
{
    ff_python_node *node = over(parser, FF_PYTHON_CALL, of);
    (void)take_members(parser, node, &of->next, ")");
    return node;
}

static ff_python_node *take_subscript(ff_python_parser *parser, ff_python_node *of)
{
    ff_python_node *node = over(parser, FF_PYTHON_SUBSCRIPT, of);
    uint32_t open = parser->tokens.open - 1;
    ff_python_advance(parser);
    ff_python_node *index = ff_python_at(parser, ":") ? NULL : ff_python_expressions(parser);
    node->some = ff_python_at(parser, ":");
    if (parser->status == FF_OK && !node->some)
        of->next = index;
    if (!ff_python_accept(parser, "]"))
        skip_out(parser, open);
    return node;
}

static ff_python_node *take_operand(ff_python_parser *parser)
{
    static const char *const signs[] = {"+", "-", "~", "await"};
    bool changed = false;
    for (; AT_ANY(parser, signs); changed = true)
        ff_python_advance(parser);
    ff_python_node *node = take_atom(parser);
    for (int i = 0; i < TRAILERS_MAX && parser->status == FF_OK; i++) {
        if (ff_python_at(parser, "."))
            node = take_attribute(parser, node);
        else if (ff_python_at(parser, "("))
            node = take_call(parser, node);
        else if (ff_python_at(parser, "["))
            node = take_subscript(parser, node);
        else
            return changed ? node_new(parser, FF_PYTHON_OTHER) : node;
    }
    skip_rest(parser);
    return node_new(parser, FF_PYTHON_UNKNOWN);
}

static ff_python_node *take_sum(ff_python_parser *parser)
{
    ff_python_node *first = take_operand(parser), *sum = first, *last = first;
    bool unknown = false;
    for (;;) {
        bool joins = ff_python_at(parser, "+") || ff_python_at(parser, "|");
        if (!joins && !AT_ANY(parser, BINARY))
            break;
        ff_python_advance(parser);
        ff_python_node *operand = take_operand(parser);
        if (parser->status != FF_OK)
            break;
        unknown = unknown || !joins;
        sum = sum == first ? over(parser, FF_PYTHON_SUM, first) : sum;
        last->next = operand;
        last = operand;
    }
    if (unknown)
        sum->type = FF_PYTHON_UNKNOWN;
    return sum;
}

static ff_python_node *take_comparison(ff_python_parser *parser)
{
    bool compares = false;
    for (; ff_python_at(parser, "not"); compares = true)
        ff_python_advance(parser);
    ff_python_node *node = take_sum(parser);
    while (AT_ANY(parser, COMPARISONS) && parser->status == FF_OK) {
        while (AT_ANY(parser, COMPARISONS))
            ff_python_advance(parser);
        (void)take_sum(parser);
        compares = true;
    }
    return compares ? node_new(parser, FF_PYTHON_OTHER) : node;
}

static ff_python_node *take_disjunction(ff_python_parser *parser)
{
    ff_python_node *first = take_comparison(parser), *choice = first, *last = first;
    while (ff_python_at(parser, "or") || ff_python_at(parser, "and")) {
        ff_python_advance(parser);
        ff_python_node *other = take_comparison(parser);
        if (parser->status != FF_OK)
            break;
        choice = choice == first ? over(parser, FF_PYTHON_CHOICE, first) : choice;
        last->next = other;
        last = other;
    }
    return choice;
}

static ff_python_node *take_conditional(ff_python_parser *parser)
{
    ff_python_node *first = take_disjunction(parser);
    if (ff_python_accept(parser, ":=")) {
        (void)ff_python_expression(parser);
        return node_new(parser, FF_PYTHON_UNKNOWN);
    }
    if (!ff_python_accept(parser, "if"))
        return first;
    (void)take_disjunction(parser);
    if (!ff_python_accept(parser, "else"))
        return node_new(parser, FF_PYTHON_UNKNOWN);
    ff_python_node *other = ff_python_expression(parser);
    ff_python_node *choice = over(parser, FF_PYTHON_CHOICE, first);
    if (parser->status == FF_OK)
        first->next = other;
    return choice;
}

ff_python_node *ff_python_expression(ff_python_parser *parser)
{
    return take_inside(parser, take_conditional);
}

ff_python_node *ff_python_expressions(ff_python_parser *parser)
{
    ff_python_node *first = take_item(parser), *list = first, *last = first;
    while (ff_python_accept(parser, ",") && parser->status == FF_OK) {
        list = list == first ? over(parser, FF_PYTHON_LIST, first) : list;
        static const char *const ends[] = {"=", ")", "]", ":", ";"};
        if (at_end_of_line(parser) || AT_ANY(parser, ends))
            break;
        ff_python_node *next = take_item(parser);
        if (parser->status != FF_OK)
            break;
        last->next = next;
        last = next;
    }
    return list;
}
