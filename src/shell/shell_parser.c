#include "shell/shell_parser.h"

#include "base/limits.h"
#include "shell/shell_name.h"

static const struct {
    ff_slice word;
    unsigned closer;
} CLOSERS[] = {
    {FF_TEXT("then"), CLOSE_THEN}, {FF_TEXT("elif"), CLOSE_ELIF}, {FF_TEXT("else"), CLOSE_ELSE},
    {FF_TEXT("fi"), CLOSE_FI},     {FF_TEXT("do"), CLOSE_DO},     {FF_TEXT("done"), CLOSE_DONE},
    {FF_TEXT("esac"), CLOSE_ESAC}, {FF_TEXT("}"), CLOSE_BRACE},
};

/* ---- nodes ---- */

ff_shell_node *ff_shell_node_new(ff_shell_parser *p, ff_shell_kind kind)
{
    if (kind == NODE_SIMPLE && p->reading->commands++ >= FF_LIMIT_SCRIPT_COMMANDS) {
        ff_shell_stop(p);
        return NULL;
    }
    ff_shell_node *node = ff_shell_new(p, sizeof *node);
    if (node) {
        node->kind = kind;
        node->text = p->text;
        node->start = node->end = (uint32_t)p->at;
    }
    return node;
}

void ff_shell_node_append(ff_shell_node *parent, ff_shell_node *child)
{
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    if (child->end > parent->end)
        parent->end = child->end;
}

/* A node of this kind around `child`, which stands where the child does. */
static ff_shell_node *wrap(ff_shell_parser *p, ff_shell_kind kind, ff_shell_node *child)
{
    ff_shell_node *node = ff_shell_node_new(p, kind);
    if (!node)
        return NULL;
    node->start = node->end = child->start;
    ff_shell_node_append(node, child);
    return node;
}

/* ---- simple commands ---- */

bool ff_shell_push_word(ff_shell_parser *p, ff_shell_words *words, ff_shell_mode mode)
{
    ff_shell_word *word = ff_shell_new(p, sizeof *word);
    if (!word || !ff_shell_read_word(p, word, mode))
        return false;
    if (words->last)
        words->last->next = word;
    else
        words->first = word;
    words->last = word;
    words->count++;
    return true;
}

/* `NAME=`, `NAME+=`, `NAME[…]=` */
static bool is_assignment(const ff_shell_parser *p)
{
    size_t i = 0;
    char c = ff_shell_peek(p, i);
    if (!ff_shell_is_name_start(c))
        return false;
    while (ff_shell_is_name_byte(c))
        c = ff_shell_peek(p, ++i);
    if (i && c == '[') {
        while (c && !strchr("] \t\n;&|<>()", c))
            c = ff_shell_peek(p, ++i);
        c = c == ']' ? ff_shell_peek(p, ++i) : '\0';
    }
    return i && (c == '=' || (c == '+' && ff_shell_peek(p, i + 1) == '='));
}

static size_t blanks_at(const ff_shell_parser *p, size_t ahead)
{
    while (ff_shell_peek(p, ahead) == ' ' || ff_shell_peek(p, ahead) == '\t')
        ahead++;
    return ahead;
}

static bool is_function(const ff_shell_parser *p, const ff_shell_node *node)
{
    size_t open = blanks_at(p, 0);
    if (node->words.count != 1 || node->assignments.count || node->redirects || ff_shell_peek(p, open) != '(')
        return false;
    return ff_shell_peek(p, blanks_at(p, open + 1)) == ')';
}

/* One more word or redirection; false at the end of the command. */
static bool read_element(ff_shell_parser *p, ff_shell_node *node, ff_shell_redirect ***tail)
{
    ff_shell_skip_blanks(p);
    if (p->at >= p->end || p->reading->failed)
        return false;
    if (!ff_shell_read_redirect(p, tail) &&
        !ff_shell_push_word(p, !node->words.count && is_assignment(p) ? &node->assignments : &node->words,
                            MODE_COMMAND))
        return false;
    node->end = (uint32_t)p->at;
    return true;
}

static ff_shell_node *parse_simple(ff_shell_parser *p)
{
    size_t start = p->at;
    ff_shell_node *node = ff_shell_node_new(p, NODE_SIMPLE);
    if (!node)
        return NULL;
    ff_shell_redirect **tail = &node->redirects;
    while (read_element(p, node, &tail))
        if (is_function(p, node)) {
            ff_shell_parse_function(p, node);
            return node;
        }
    if (ff_shell_peek(p, 0) == '(' && p->at > start)
        ff_shell_skip_line(p);
    return node->end > start ? node : NULL;
}

/* What the reserved word ends; 0: none. */
static unsigned closer_of(ff_slice word)
{
    for (size_t i = 0; word.len && i < sizeof CLOSERS / sizeof *CLOSERS; i++)
        if (ff_slice_eq(word, CLOSERS[i].word))
            return CLOSERS[i].closer;
    return 0;
}

ff_shell_node *ff_shell_parse_command(ff_shell_parser *p)
{
    size_t start = p->at;
    if (closer_of(ff_shell_reserved(p)))
        return NULL;
    ff_shell_node *node = ff_shell_parse_compound(p);
    if (!node)
        return p->at == start ? parse_simple(p) : NULL;
    ff_shell_redirect **tail = &node->redirects;
    ff_shell_skip_blanks(p);
    while (!p->reading->failed && ff_shell_read_redirect(p, &tail)) {
        node->end = (uint32_t)p->at;
        ff_shell_skip_blanks(p);
    }
    return node;
}

/* ---- pipelines and lists ---- */

static ff_shell_joint take_pipe(ff_shell_parser *p)
{
    if (ff_shell_peek(p, 0) != '|' || ff_shell_peek(p, 1) == '|')
        return JOINT_NONE;
    bool both = ff_shell_peek(p, 1) == '&';
    p->at += both ? 2 : 1;
    return both ? JOINT_PIPE_BOTH : JOINT_PIPE;
}

static ff_shell_joint take_and_or(ff_shell_parser *p)
{
    bool and = ff_shell_is_at(p, FF_LIT("&&")), or = ff_shell_is_at(p, FF_LIT("||"));
    p->at += and || or ? 2 : 0;
    return and? JOINT_AND : or ? JOINT_OR : JOINT_NONE;
}

/* `!` and `time [-p]`, any number of them. */
static bool take_prefixes(ff_shell_parser *p)
{
    bool negated = false;
    for (;;) {
        if (ff_shell_take_reserved(p, FF_LIT("!")))
            negated = !negated;
        else if (!ff_shell_take_reserved(p, FF_LIT("time")))
            return negated;
        ff_shell_skip_blanks(p);
        if (ff_shell_is_at(p, FF_LIT("-p ")))
            p->at += 3;
    }
}

/* Puts `first` and what follows, joined as `take` says, into a node of this kind; `first` itself if nothing does. */
static ff_shell_node *parse_chain(ff_shell_parser *p, ff_shell_node *first, ff_shell_kind kind,
                                  ff_shell_joint (*take)(ff_shell_parser *), ff_shell_node *(*parse)(ff_shell_parser *))
{
    ff_shell_node *chain = NULL;
    while (first && !p->reading->failed) {
        ff_shell_skip_blanks(p);
        size_t at = p->at;
        ff_shell_joint joint = take(p);
        if (joint == JOINT_NONE)
            break;
        ff_shell_skip_newlines(p);
        ff_shell_node *next = parse(p);
        if (!next) {
            ff_shell_doubt(p);
            break;
        }
        next->joint = joint;
        next->joint_at = (uint32_t)at;
        chain = chain ? chain : wrap(p, kind, first);
        if (chain)
            ff_shell_node_append(chain, next);
    }
    return chain ? chain : first;
}

/* `!` turns the status of what stands behind it. */
static ff_shell_node *negate(ff_shell_parser *p, ff_shell_node *node, size_t start)
{
    if (node && node->kind != NODE_PIPELINE)
        node = wrap(p, NODE_PIPELINE, node);
    if (node) {
        node->negated = true;
        node->start = (uint32_t)start;
    }
    return node;
}

/* Bash takes a `!` behind a `|` too. */
static ff_shell_node *parse_piped(ff_shell_parser *p)
{
    size_t start = p->at;
    bool negated = take_prefixes(p);
    ff_shell_node *node = ff_shell_parse_command(p);
    return negated ? negate(p, node, start) : node;
}

static ff_shell_node *parse_pipeline(ff_shell_parser *p)
{
    size_t start = p->at;
    bool negated = take_prefixes(p);
    ff_shell_node *node = parse_chain(p, ff_shell_parse_command(p), NODE_PIPELINE, take_pipe, parse_piped);
    return negated ? negate(p, node, start) : node;
}

static ff_shell_node *parse_and_or(ff_shell_parser *p)
{
    return parse_chain(p, parse_pipeline(p), NODE_AND_OR, take_and_or, parse_pipeline);
}

/* True at what ends a list here, or would end one further out. What ends none is skipped. */
static bool is_list_end(ff_shell_parser *p)
{
    ff_slice word = ff_shell_reserved(p);
    unsigned closer = closer_of(word);
    if (ff_shell_peek(p, 0) == ')') {
        closer = CLOSE_BRACKET;
        word.len = 1;
    } else if (ff_shell_is_at(p, FF_LIT(";;")) || ff_shell_is_at(p, FF_LIT(";&"))) {
        closer = CLOSE_CASE;
        word.len = 2;
    }
    if (closer & p->awaited)
        return true;
    if (closer) {
        ff_shell_doubt(p);
        p->at += word.len;
    }
    return false;
}

static void take_separator(ff_shell_parser *p, ff_shell_node *node)
{
    ff_shell_skip_blanks(p);
    if (ff_shell_peek(p, 0) == '&' && ff_shell_peek(p, 1) != '&') {
        node->background = true;
        p->at++;
    } else if (ff_shell_peek(p, 0) == ';' && ff_shell_peek(p, 1) != ';' && ff_shell_peek(p, 1) != '&')
        p->at++;
}

ff_shell_node *ff_shell_parse_list(ff_shell_parser *p, unsigned closers)
{
    unsigned awaited = p->awaited;
    ff_shell_node *list = ff_shell_node_new(p, NODE_LIST);
    p->awaited |= closers;
    while (list && !p->reading->failed) {
        ff_shell_skip_newlines(p);
        if (p->at >= p->end || is_list_end(p))
            break;
        size_t start = p->at;
        ff_shell_node *node = parse_and_or(p);
        if (node) {
            if (!list->first)
                list->start = node->start;
            ff_shell_node_append(list, node);
            take_separator(p, node);
        } else if (p->at == start && p->at < p->end) {
            ff_shell_doubt(p);
            p->at++;
        }
    }
    p->awaited = awaited;
    return list;
}

ff_shell_node *ff_shell_parse_substitution(ff_shell_parser *p)
{
    unsigned awaited = p->awaited;
    ff_shell_node *list = NULL;
    p->awaited = 0;
    if (ff_shell_enter(p))
        list = ff_shell_parse_list(p, CLOSE_BRACKET);
    p->awaited = awaited;
    if (ff_shell_peek(p, 0) == ')')
        p->at++;
    else
        ff_shell_doubt(p);
    ff_shell_leave(p);
    return list;
}

ff_shell_node *ff_shell_parse(ff_shell_reading *reading, ff_shell_text *text, unsigned depth)
{
    ff_shell_parser p = {.reading = reading, .text = text, .end = text->bytes.len, .depth = depth};
    ff_shell_node *list = NULL;
    if (ff_shell_enter(&p))
        list = ff_shell_parse_list(&p, 0);
    text->joins = p.joins;
    return list;
}
