#include "repo/shell_parser.h"

/* A pattern in brackets is looked for no further than this. */
enum { PATTERN_BYTES = 1000 };

static const ff_slice OPERATORS = FF_TEXT(" \t\n;&|<>()"), QUOTES = FF_TEXT("\\'\"$`"), NAMES = FF_TEXT("*?[{~");

static bool is_one_of(ff_slice set, char c)
{
    return ff_slice_find_byte(set, c) != SIZE_MAX;
}

/* The elements of `name=( … )`, which stays as written. */
static void read_array(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at;
    bool open = ff_shell_enter(p);
    p->at = open ? p->at + 1 : p->at;
    p->muted++;
    while (open && p->at < p->end) {
        ff_shell_skip_newlines(p);
        if (ff_shell_peek(p, 0) == ')' || p->at >= p->end)
            break;
        if (!ff_shell_read_word(p, word, MODE_COMMAND)) {
            ff_shell_doubt(p);
            p->at++;
        }
    }
    if (p->at < p->end)
        p->at++;
    else
        ff_shell_doubt(p);
    p->muted--;
    word->expands = true;
    ff_shell_keep(p, word, from, p->at);
    ff_shell_leave(p);
}

/* `@(a|b)` of a pattern: up to its bracket, on one line. */
static bool read_pattern_list(ff_shell_parser *p, ff_shell_word *word)
{
    size_t end = ff_shell_line_end(p, p->at), i = p->at;
    unsigned open = 0;
    if (end > p->at + PATTERN_BYTES)
        end = p->at + PATTERN_BYTES;
    do {
        open += p->text->bytes.ptr[i] == '(' ? 1 : 0;
        open -= p->text->bytes.ptr[i] == ')' ? 1 : 0;
        i++;
    } while (open && i < end);
    if (open)
        return false;
    ff_shell_keep(p, word, p->at, i);
    p->at = i;
    return true;
}

/* A bracket inside a word: of an array or of a pattern. False if it ends the word. */
static bool read_bracket(ff_shell_parser *p, ff_shell_word *word, size_t start)
{
    char before = p->at > start ? p->text->bytes.ptr[p->at - 1] : '\0';
    if (before == '=') {
        read_array(p, word);
        return true;
    }
    return before && is_one_of(FF_LIT("?*+@!"), before) && read_pattern_list(p, word);
}

static void read_plain(ff_shell_parser *p, ff_shell_word *word, ff_slice stops)
{
    size_t from = p->at;
    while (p->at < p->end) {
        char c = p->text->bytes.ptr[p->at];
        if (p->at > from && (is_one_of(QUOTES, c) || is_one_of(stops, c)))
            break;
        word->expands = word->expands || is_one_of(NAMES, c);
        p->at++;
    }
    ff_shell_keep(p, word, from, p->at);
}

static bool read_part(ff_shell_parser *p, ff_shell_word *word, ff_shell_mode mode, size_t start)
{
    ff_slice stops = mode == MODE_TEST ? FF_LIT(" \t\n") : OPERATORS;
    char c = p->text->bytes.ptr[p->at];
    switch (c) {
    case '\\': ff_shell_read_escape(p, word); return true;
    case '\'': ff_shell_read_single(p, word); return true;
    case '"': ff_shell_read_double(p, word); return true;
    case '`': ff_shell_read_backtick(p, word); return true;
    case '$':
        if (ff_shell_peek(p, 1) == '\'')
            ff_shell_read_ansi(p, word);
        else if (ff_shell_peek(p, 1) == '"')
            p->at++;
        else
            ff_shell_read_dollar(p, word);
        return true;
    default: break;
    }
    if (c == '(' && mode == MODE_COMMAND)
        return read_bracket(p, word, start);
    if (is_one_of(stops, c))
        return false;
    read_plain(p, word, stops);
    return true;
}

bool ff_shell_read_word(ff_shell_parser *p, ff_shell_word *word, ff_shell_mode mode)
{
    size_t start = p->at;
    if (mode == MODE_COMMAND && (ff_shell_is_at(p, FF_LIT("<(")) || ff_shell_is_at(p, FF_LIT(">(")))) {
        p->at += 2;
        word->expands = true;
        ff_shell_read_substitution(p, word, start);
    }
    while (p->at < p->end && !p->reading->failed && read_part(p, word, mode, start))
        continue;
    if (!p->muted) {
        word->start = (uint32_t)start;
        word->end = (uint32_t)p->at;
    }
    return p->at > start;
}
