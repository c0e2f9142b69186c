#include "python/python.h"

#include "base/array.h"
#include "python/python_expression.h"

/* What a block does to the statements in it. */
typedef enum effect { AS_BEFORE, PERHAPS, NOT_AT_ALL } effect;

static const struct header {
    const char *word;
    effect effect;
} HEADERS[] = {
    {"if", PERHAPS},     {"elif", PERHAPS},   {"else", PERHAPS},     {"for", PERHAPS},
    {"while", PERHAPS},  {"try", PERHAPS},    {"except", PERHAPS},   {"finally", AS_BEFORE},
    {"with", AS_BEFORE}, {"def", NOT_AT_ALL}, {"class", NOT_AT_ALL},
};

typedef struct reader {
    ff_python_parser parser;
    ff_python_source *source;
    ff_python_statement unused; /* stands for those that are not kept */
    uint32_t depth;
    effect blocks[FF_LIMIT_PYTHON_DEPTH + 1]; /* around what is read, each as all around it make it */
    effect next;                              /* of the block that begins next */
} reader;

/* ---- simple statements ---- */

static ff_python_statement *add(reader *r, ff_python_verb verb, ff_slice name, uint32_t line)
{
    ff_python_statement *statement = NULL;
    if (r->parser.status == FF_OK && r->parser.nodes++ >= FF_LIMIT_PYTHON_NODES)
        r->parser.status = FF_LIMIT;
    if (r->parser.status == FF_OK && !(statement = FF_ARRAY_PUSH(r->parser.arena, &r->source->statements)))
        r->parser.status = FF_NOMEM;
    if (!statement)
        return &r->unused;
    *statement =
        (ff_python_statement){.verb = verb, .perhaps = r->blocks[r->depth] != AS_BEFORE, .line = line, .name = name};
    return statement;
}

/* The name that an assignment to a part of it changes: `x[0] = …`. */
static void add_change(reader *r, const ff_python_node *target)
{
    while (target->type == FF_PYTHON_SUBSCRIPT)
        target = target->child;
    if (target->type == FF_PYTHON_NAME)
        (void)add(r, FF_PYTHON_CHANGE, target->text, target->line);
}

/* Of `a, b = …` only that both become something. */
static void add_assignment(reader *r, const ff_python_node *target, const ff_python_node *value)
{
    if (target->type == FF_PYTHON_NAME)
        add(r, FF_PYTHON_ASSIGN, target->text, target->line)->value = value;
    else if (target->type != FF_PYTHON_LIST)
        add_change(r, target);
    for (const ff_python_node *part = target->type == FF_PYTHON_LIST ? target->child : NULL; part; part = part->next) {
        const ff_python_node *name = part->type == FF_PYTHON_STAR ? part->child : part;
        if (name->type == FF_PYTHON_NAME)
            (void)add(r, FF_PYTHON_ASSIGN, name->text, name->line);
        else
            add_change(r, name);
    }
}

/* `a = b = value`: the targets are strung together, the last one first. */
static void read_assignment(reader *r, ff_python_node *first)
{
    ff_python_node *targets = first, *value = first;
    while (ff_python_accept(&r->parser, "=") && r->parser.status == FF_OK) {
        value = ff_python_expressions(&r->parser);
        if (!ff_python_at(&r->parser, "=") || r->parser.status != FF_OK)
            break;
        value->next = targets;
        targets = value;
    }
    if (r->parser.status != FF_OK)
        return;
    for (const ff_python_node *target = targets; target; target = target->next)
        add_assignment(r, target, value);
}

static void read_augmented(reader *r, const ff_python_node *target)
{
    bool extends = ff_python_at(&r->parser, "+=") || ff_python_at(&r->parser, "|=");
    ff_python_advance(&r->parser);
    const ff_python_node *value = ff_python_expressions(&r->parser);
    if (extends && target->type == FF_PYTHON_NAME)
        add(r, FF_PYTHON_EXTEND, target->text, target->line)->value = value;
    else
        add_change(r, target);
}

static void read_expression(reader *r)
{
    ff_python_parser *parser = &r->parser;
    uint32_t line = parser->now.line;
    ff_python_node *first = ff_python_expressions(parser);
    ff_slice sign = parser->now.kind == FF_TOKEN_OPERATOR ? parser->now.text : (ff_slice){0};
    if (ff_python_accept(parser, ":")) {
        (void)ff_python_expression(parser); /* a type */
        sign = ff_python_at(parser, "=") ? parser->now.text : (ff_slice){0};
    }
    if (ff_slice_eq(sign, FF_LIT("=")))
        read_assignment(r, first);
    else if (sign.len > 1 && ff_slice_ends(sign, FF_LIT("=")))
        read_augmented(r, first);
    else if (first->type == FF_PYTHON_CALL)
        add(r, FF_PYTHON_DO, (ff_slice){0}, line)->value = first;
}

/* ---- imports ---- */

/* `.a.b` as written. */
static ff_slice take_module(ff_python_parser *parser)
{
    ff_slice from = {parser->now.text.ptr, 0};
    while ((parser->now.kind == FF_TOKEN_NAME && !ff_python_at(parser, "import") && !ff_python_at(parser, "as")) ||
           ff_python_at(parser, ".") || ff_python_at(parser, "...")) {
        from.len = (size_t)(parser->now.text.ptr - from.ptr) + parser->now.text.len;
        ff_python_advance(parser);
    }
    return from;
}

static ff_slice take_name(ff_python_parser *parser)
{
    ff_slice name = parser->now.kind == FF_TOKEN_NAME ? parser->now.text : (ff_slice){0};
    if (name.len)
        ff_python_advance(parser);
    return name;
}

static void read_from(reader *r)
{
    ff_python_parser *parser = &r->parser;
    uint32_t line = parser->now.line;
    ff_python_advance(parser);
    ff_slice from = take_module(parser);
    (void)ff_python_accept(parser, "import");
    if (ff_python_accept(parser, "*")) {
        add(r, FF_PYTHON_IMPORT_ALL, (ff_slice){0}, line)->from = from;
        return;
    }
    (void)ff_python_accept(parser, "(");
    while (parser->now.kind == FF_TOKEN_NAME) {
        ff_slice text = take_name(parser);
        ff_slice name = ff_python_accept(parser, "as") ? take_name(parser) : text;
        ff_python_statement *statement = add(r, FF_PYTHON_IMPORT, name, line);
        statement->from = from;
        statement->text = text;
        if (!ff_python_accept(parser, ","))
            break;
    }
    (void)ff_python_accept(parser, ")");
}

static void read_import(reader *r)
{
    do {
        uint32_t line = r->parser.now.line;
        ff_python_advance(&r->parser);
        ff_slice from = take_module(&r->parser);
        if (ff_python_accept(&r->parser, "as"))
            add(r, FF_PYTHON_MODULE, take_name(&r->parser), line)->from = from;
    } while (ff_python_at(&r->parser, ","));
}

static void read_deletion(reader *r)
{
    ff_python_advance(&r->parser);
    ff_python_node *targets = ff_python_expressions(&r->parser);
    if (targets->type != FF_PYTHON_LIST)
        add_change(r, targets);
    for (const ff_python_node *each = targets->type == FF_PYTHON_LIST ? targets->child : NULL; each; each = each->next)
        add_change(r, each);
}

/* ---- lines and blocks ---- */

static const struct simple {
    const char *word;
    void (*read)(reader *r);
} SIMPLE[] = {{"from", read_from}, {"import", read_import}, {"del", read_deletion}};

static void read_simple(reader *r)
{
    for (size_t i = 0; i < sizeof SIMPLE / sizeof *SIMPLE; i++)
        if (ff_python_at(&r->parser, SIMPLE[i].word)) {
            SIMPLE[i].read(r);
            return;
        }
    read_expression(r);
}

static void skip_line(ff_python_parser *parser)
{
    while (parser->now.kind != FF_TOKEN_NEWLINE && parser->now.kind != FF_TOKEN_END)
        ff_python_advance(parser);
    if (parser->now.kind == FF_TOKEN_NEWLINE)
        ff_python_advance(parser);
}

static void read_line(reader *r)
{
    if (r->blocks[r->depth] != NOT_AT_ALL)
        do
            read_simple(r);
        while (ff_python_accept(&r->parser, ";"));
    skip_line(&r->parser);
}

/* `if False:` is a way of commenting out. */
static bool is_never(ff_python_parser *parser, ff_slice word)
{
    bool falsity = ff_python_at(parser, "False") ||
                   (parser->now.kind == FF_TOKEN_NUMBER && ff_slice_eq(parser->now.text, FF_LIT("0")));
    if (!falsity || !(ff_slice_eq(word, FF_LIT("if")) || ff_slice_eq(word, FF_LIT("while"))))
        return false;
    ff_python_advance(parser);
    return ff_python_at(parser, ":");
}

/* What a loop, a function or a class binds. */
static void bind_names(reader *r, ff_slice word)
{
    bool loop = ff_slice_eq(word, FF_LIT("for"));
    while (loop && !ff_python_at(&r->parser, "in") && !ff_python_at(&r->parser, ":") &&
           r->parser.now.kind != FF_TOKEN_NEWLINE && r->parser.now.kind != FF_TOKEN_END) {
        if (r->parser.now.kind == FF_TOKEN_NAME)
            (void)add(r, FF_PYTHON_ASSIGN, r->parser.now.text, r->parser.now.line);
        ff_python_advance(&r->parser);
    }
    bool defines = ff_slice_eq(word, FF_LIT("def")) || ff_slice_eq(word, FF_LIT("class"));
    if (defines && r->parser.now.kind == FF_TOKEN_NAME)
        (void)add(r, FF_PYTHON_ASSIGN, r->parser.now.text, r->parser.now.line);
}

static void read_header(reader *r, const struct header *header)
{
    ff_python_advance(&r->parser);
    effect around = r->blocks[r->depth];
    effect inside = is_never(&r->parser, ff_slice_of(header->word)) ? NOT_AT_ALL : header->effect;
    if (around != NOT_AT_ALL)
        bind_names(r, ff_slice_of(header->word));
    inside = inside > around ? inside : around;
    ff_python_skip_to(&r->parser, ":", 0);
    (void)ff_python_accept(&r->parser, ":");
    if (r->parser.now.kind == FF_TOKEN_NEWLINE) {
        ff_python_advance(&r->parser);
        r->next = inside;
        return;
    }
    r->blocks[r->depth] = inside;
    read_line(r);
    r->blocks[r->depth] = around;
}

static void read_statement(reader *r)
{
    (void)ff_python_accept(&r->parser, "async");
    r->next = r->blocks[r->depth] > PERHAPS ? r->blocks[r->depth] : PERHAPS;
    for (size_t i = 0; i < sizeof HEADERS / sizeof *HEADERS; i++)
        if (ff_python_at(&r->parser, HEADERS[i].word)) {
            read_header(r, &HEADERS[i]);
            return;
        }
    read_line(r);
}

static void read_module(reader *r)
{
    ff_python_advance(&r->parser);
    while (r->parser.now.kind != FF_TOKEN_END && r->parser.status == FF_OK) {
        if (r->parser.now.kind == FF_TOKEN_INDENT)
            r->blocks[++r->depth] = r->next;
        else if (r->parser.now.kind == FF_TOKEN_DEDENT)
            r->depth -= r->depth > 0;
        if (r->parser.now.kind <= FF_TOKEN_DEDENT)
            ff_python_advance(&r->parser);
        else
            read_statement(r);
    }
}

ff_status ff_python_read(ff_python_source *source, ff_slice text, ff_arena *arena)
{
    reader r = {.parser = {.arena = arena}, .source = source};
    *source = (ff_python_source){.trouble = NULL};
    ff_python_tokens_init(&r.parser.tokens, text, arena);
    read_module(&r);
    source->comments = r.parser.tokens.comments.items;
    source->comment_count = r.parser.tokens.comments.count;
    source->nodes = r.parser.nodes;
    source->trouble = r.parser.status == FF_LIMIT ? "too much stands in it" : r.parser.tokens.trouble;
    source->trouble_line = r.parser.status == FF_LIMIT ? r.parser.now.line : r.parser.tokens.trouble_line;
    return r.parser.status == FF_NOMEM || arena->failed ? FF_NOMEM : FF_OK;
}

bool ff_python_is(const ff_python_node *node, const char *dotted)
{
    ff_slice rest = ff_slice_of(dotted);
    for (; node->type == FF_PYTHON_ATTRIBUTE; node = node->child) {
        if (rest.len <= node->text.len || !ff_slice_ends(rest, node->text))
            return false;
        rest = ff_slice_cut(rest, rest.len - node->text.len);
        if (!ff_slice_ends(rest, FF_LIT(".")))
            return false;
        rest = ff_slice_cut(rest, rest.len - 1);
    }
    return node->type == FF_PYTHON_NAME && ff_slice_eq(node->text, rest);
}
