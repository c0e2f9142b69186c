#include "shell/shell_parser.h"

/* A list behind a keyword that has been taken at `at`. */
static void parse_part(ff_shell_parser *p, ff_shell_node *node, ff_shell_joint joint, size_t at, unsigned closers)
{
    ff_shell_node *list = ff_shell_parse_list(p, closers);
    if (!list)
        return;
    /* No shell takes an empty body, but for one of a `case`. */
    if (!list->first && node->kind != NODE_CASE)
        ff_shell_doubt(p);
    list->joint = joint;
    list->joint_at = (uint32_t)at;
    ff_shell_node_append(node, list);
}

static void expect(ff_shell_parser *p, ff_shell_node *node, ff_slice word)
{
    if (ff_shell_take_reserved(p, word))
        return;
    ff_shell_doubt(p);
    node->broken = true;
}

static void close_with(ff_shell_parser *p, ff_shell_node *node, ff_slice word)
{
    node->close_at = (uint32_t)p->at;
    expect(p, node, word);
    node->end = (uint32_t)p->at;
}

static void parse_if(ff_shell_parser *p, ff_shell_node *node)
{
    size_t at = node->start;
    do {
        parse_part(p, node, JOINT_CONDITION, at, CLOSE_THEN | CLOSE_ELIF | CLOSE_ELSE | CLOSE_FI);
        at = p->at;
        expect(p, node, FF_LIT("then"));
        parse_part(p, node, JOINT_BODY, at, CLOSE_ELIF | CLOSE_ELSE | CLOSE_FI);
        at = p->at;
    } while (!p->reading->failed && ff_shell_take_reserved(p, FF_LIT("elif")));
    if (ff_shell_take_reserved(p, FF_LIT("else")))
        parse_part(p, node, JOINT_ELSE, at, CLOSE_FI);
    close_with(p, node, FF_LIT("fi"));
}

static void parse_body(ff_shell_parser *p, ff_shell_node *node)
{
    size_t at = p->at;
    expect(p, node, FF_LIT("do"));
    parse_part(p, node, JOINT_BODY, at, CLOSE_DONE);
    close_with(p, node, FF_LIT("done"));
}

static void parse_while(ff_shell_parser *p, ff_shell_node *node)
{
    parse_part(p, node, JOINT_CONDITION, node->start, CLOSE_DO | CLOSE_DONE);
    parse_body(p, node);
}

static bool read_word(ff_shell_parser *p, ff_shell_words *words)
{
    ff_shell_skip_blanks(p);
    return ff_shell_push_word(p, words, MODE_COMMAND);
}

/* `for x in a b; do`, `for x; do`, `for x do`, `for ((…)); do`. */
static void parse_for(ff_shell_parser *p, ff_shell_node *node)
{
    size_t arithmetic = 0;
    ff_shell_skip_blanks(p);
    if (ff_shell_is_at(p, FF_LIT("((")))
        arithmetic = ff_shell_arithmetic_end(p, p->at);
    if (arithmetic)
        p->at = arithmetic;
    else if (!read_word(p, &node->words))
        ff_shell_doubt(p);
    ff_shell_skip_newlines(p);
    if (ff_shell_take_reserved(p, FF_LIT("in")))
        while (read_word(p, &node->words))
            continue;
    ff_shell_skip_blanks(p);
    if (ff_shell_peek(p, 0) == ';')
        p->at++;
    ff_shell_skip_newlines(p);
    parse_body(p, node);
}

/* `a|b)` or `(a|b)`; false if there is none. */
static bool take_pattern(ff_shell_parser *p)
{
    bool found = false;
    if (ff_shell_peek(p, 0) == '(')
        p->at++;
    while (!p->reading->failed) {
        ff_shell_word word = {0};
        ff_shell_skip_blanks(p);
        if (ff_shell_peek(p, 0) == ')' && found) {
            p->at++;
            return true;
        }
        if (ff_shell_peek(p, 0) == '|' && found)
            p->at++;
        else if (!ff_shell_read_word(p, &word, MODE_COMMAND))
            return false;
        found = true;
    }
    return false;
}

static void take_case_end(ff_shell_parser *p)
{
    static const ff_slice ends[] = {FF_TEXT(";;&"), FF_TEXT(";;"), FF_TEXT(";&")};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ff_shell_is_at(p, ends[i])) {
            p->at += ends[i].len;
            return;
        }
}

static void parse_case(ff_shell_parser *p, ff_shell_node *node)
{
    ff_shell_word *word = ff_shell_new(p, sizeof *word);
    ff_shell_skip_blanks(p);
    if (word && ff_shell_read_word(p, word, MODE_COMMAND))
        node->words = (ff_shell_words){word, word, 1};
    ff_shell_skip_newlines(p);
    expect(p, node, FF_LIT("in"));
    for (;;) {
        ff_shell_skip_newlines(p);
        size_t at = p->at;
        if (p->at >= p->end || p->reading->failed || ff_slice_eq(ff_shell_reserved(p), FF_LIT("esac")))
            break;
        if (!take_pattern(p)) {
            ff_shell_skip_line(p);
            continue;
        }
        parse_part(p, node, JOINT_BODY, at, CLOSE_CASE | CLOSE_ESAC);
        take_case_end(p);
        if (p->at == at)
            break;
    }
    close_with(p, node, FF_LIT("esac"));
}

static void parse_group(ff_shell_parser *p, ff_shell_node *node)
{
    parse_part(p, node, JOINT_BODY, node->start, CLOSE_BRACE);
    close_with(p, node, FF_LIT("}"));
}

static void parse_subshell(ff_shell_parser *p, ff_shell_node *node)
{
    ff_shell_node *list = ff_shell_parse_substitution(p);
    if (list)
        ff_shell_node_append(node, list);
    if (!list || !list->first)
        ff_shell_doubt(p);
    node->close_at = (uint32_t)p->at - 1;
    node->end = (uint32_t)p->at;
}

static void add_raw(ff_shell_parser *p, ff_shell_node *node, size_t from)
{
    ff_shell_word *word = ff_shell_new(p, sizeof *word);
    if (!word)
        return;
    word->start = (uint32_t)from;
    word->end = (uint32_t)p->at;
    word->expands = true;
    if (!ff_shell_pieces_add(&word->pieces, p->text, from, p->at, p->reading->scratch))
        p->reading->failed = true;
    node->words = (ff_shell_words){word, word, 1};
    node->end = (uint32_t)p->at;
}

/* `[[ … ]]`: a command whose words end at blanks only, and newlines are blanks. */
static void parse_test(ff_shell_parser *p, ff_shell_node *node)
{
    add_raw(p, node, node->start);
    while (!p->reading->failed) {
        ff_shell_skip_newlines(p);
        if (!ff_shell_push_word(p, &node->words, MODE_TEST)) {
            ff_shell_doubt(p);
            return;
        }
        const ff_shell_word *word = node->words.last;
        node->end = (uint32_t)p->at;
        size_t length = word->end - word->start;
        if (length >= 2 && ff_slice_eq((ff_slice){p->text->bytes.ptr + word->start, 2}, FF_LIT("]]"))) {
            p->at = node->end = word->start + 2;
            return;
        }
    }
}

/* `function name { … }`, also with brackets. */
static void parse_function_word(ff_shell_parser *p, ff_shell_node *node)
{
    ff_shell_word *name = ff_shell_new(p, sizeof *name);
    ff_shell_skip_blanks(p);
    if (name && ff_shell_read_word(p, name, MODE_COMMAND))
        node->words = (ff_shell_words){name, name, 1};
    ff_shell_parse_function(p, node);
}

void ff_shell_parse_function(ff_shell_parser *p, ff_shell_node *node)
{
    node->kind = NODE_FUNCTION;
    ff_shell_skip_blanks(p);
    if (ff_shell_peek(p, 0) == '(') {
        p->at++;
        ff_shell_skip_blanks(p);
        p->at += ff_shell_peek(p, 0) == ')' ? 1 : 0;
    }
    ff_shell_skip_newlines(p);
    ff_shell_node *body = ff_shell_enter(p) ? ff_shell_parse_command(p) : NULL;
    ff_shell_leave(p);
    if (body)
        ff_shell_node_append(node, body);
    else
        ff_shell_doubt(p);
    node->end = (uint32_t)p->at;
}

static const struct {
    ff_slice word;
    ff_shell_kind kind;
    void (*parse)(ff_shell_parser *, ff_shell_node *);
} COMPOUNDS[] = {
    {FF_TEXT("if"), NODE_IF, parse_if},
    {FF_TEXT("while"), NODE_LOOP, parse_while},
    {FF_TEXT("until"), NODE_LOOP, parse_while},
    {FF_TEXT("for"), NODE_LOOP, parse_for},
    {FF_TEXT("select"), NODE_LOOP, parse_for},
    {FF_TEXT("case"), NODE_CASE, parse_case},
    {FF_TEXT("{"), NODE_GROUP, parse_group},
    {FF_TEXT("[["), NODE_SIMPLE, parse_test},
    {FF_TEXT("function"), NODE_FUNCTION, parse_function_word},
};

static ff_shell_node *parse_brackets(ff_shell_parser *p)
{
    size_t end = ff_shell_is_at(p, FF_LIT("((")) ? ff_shell_arithmetic_end(p, p->at) : 0;
    ff_shell_node *node = ff_shell_node_new(p, end ? NODE_SIMPLE : NODE_SUBSHELL);
    if (!node)
        return NULL;
    size_t start = p->at;
    p->at = end ? end : p->at + 1;
    if (end)
        add_raw(p, node, start);
    else
        parse_subshell(p, node);
    return node;
}

ff_shell_node *ff_shell_parse_compound(ff_shell_parser *p)
{
    ff_slice word = ff_shell_reserved(p);
    if (ff_shell_peek(p, 0) == '(')
        return parse_brackets(p);
    for (size_t i = 0; word.len && i < sizeof COMPOUNDS / sizeof *COMPOUNDS; i++) {
        if (!ff_slice_eq(word, COMPOUNDS[i].word))
            continue;
        ff_shell_node *node = ff_shell_node_new(p, COMPOUNDS[i].kind);
        bool open = ff_shell_enter(p);
        if (node && open) {
            p->at += word.len;
            COMPOUNDS[i].parse(p, node);
        }
        ff_shell_leave(p);
        return open ? node : NULL;
    }
    return NULL;
}
