#include "repo/shell_name.h"
#include "repo/shell_parser.h"

/* `$((…))` and `${{ … }}` are looked for no further than this: they hold arithmetic and GitHub's expressions. */
enum { EXPRESSION_BYTES = 1000 };

size_t ff_shell_arithmetic_end(const ff_shell_parser *p, size_t at)
{
    unsigned open = 0;
    for (size_t i = at + 2; i + 1 < p->end && i < at + EXPRESSION_BYTES; i++) {
        char c = p->text->bytes.ptr[i];
        if (c == ')' && open == 0)
            return p->text->bytes.ptr[i + 1] == ')' ? i + 2 : 0;
        open += c == '(' ? 1 : 0;
        open -= c == ')' ? 1 : 0;
    }
    return 0;
}

/* Where the expression `${{ … }}` at `at` ends; 0: it does not. GitHub puts its value there before a shell sees it, so
 * its quotes are none of the shell's. */
size_t ff_shell_expression_end(const ff_shell_parser *p, size_t at)
{
    ff_slice rest = {p->text->bytes.ptr + at, p->end - at};
    size_t length = ff_slice_find(ff_slice_cut(rest, EXPRESSION_BYTES), FF_LIT("}}"));
    return length == SIZE_MAX ? 0 : at + length + 2;
}

static void add_substitution(ff_shell_word *word, ff_shell_node *list)
{
    if (!list)
        return;
    if (word->last_substitution)
        word->last_substitution->next = list;
    else
        word->substitutions = list;
    word->last_substitution = list;
}

void ff_shell_read_substitution(ff_shell_parser *p, ff_shell_word *word, size_t from)
{
    unsigned muted = p->muted, quoted = p->quoted;
    p->muted = p->quoted = 0;
    add_substitution(word, ff_shell_parse_substitution(p));
    p->muted = muted;
    p->quoted = quoted;
    ff_shell_keep_outer(p, word, from);
}

/* The backslashes that backticks need go before what stands between them is read. */
static void pieces_of_backtick(ff_shell_parser *p, size_t from, size_t to, ff_shell_pieces *pieces)
{
    const char *bytes = p->text->bytes.ptr;
    size_t start = from;
    for (size_t i = from; i < to; i++) {
        if (bytes[i] != '\\' || i + 1 >= to || ff_slice_find_byte(FF_LIT("$`\\"), bytes[i + 1]) == SIZE_MAX)
            continue;
        if (!ff_shell_pieces_add(pieces, p->text, start, i, p->reading->scratch))
            p->reading->failed = true;
        start = ++i;
    }
    if (!ff_shell_pieces_add(pieces, p->text, start, to, p->reading->scratch))
        p->reading->failed = true;
}

static void parse_backtick(ff_shell_parser *p, ff_shell_word *word, size_t from)
{
    ff_shell_reading *reading = p->reading;
    ff_shell_pieces pieces = {0};
    ff_shell_text *text = ff_shell_new(p, sizeof *text);
    pieces_of_backtick(p, from + 1, p->at - 1, &pieces);
    if (!text || !ff_shell_text_join(text, p->text, &pieces, reading->arena, reading->scratch)) {
        reading->failed = true;
        return;
    }
    text->embedded = true;
    add_substitution(word, ff_shell_parse(reading, text, p->depth + 1));
}

void ff_shell_read_backtick(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at, opaque = ff_shell_text_opaque(p->text, from), i = from + 1;
    word->expands = true;
    while (!opaque && i < p->end && p->text->bytes.ptr[i] != '`')
        i += p->text->bytes.ptr[i] == '\\' ? 2 : 1;
    if (!opaque && i >= p->end) {
        ff_shell_give_up(p, from);
        return;
    }
    p->at = opaque ? opaque : i + 1;
    if (!opaque)
        parse_backtick(p, word, from);
    ff_shell_keep_outer(p, word, from);
}

/* `${…}`, which stays as written. */
static void read_braces(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at;
    bool open = ff_shell_enter(p);
    p->at = open ? p->at + 2 : p->at;
    p->muted++;
    while (open && p->at < p->end && ff_shell_peek(p, 0) != '}') {
        char c = ff_shell_peek(p, 0);
        if (c == '$')
            ff_shell_read_dollar(p, word);
        else if (c == '`')
            ff_shell_read_backtick(p, word);
        else if (c == '"')
            ff_shell_read_double(p, word);
        else if (c == '\'' && !p->quoted)
            ff_shell_read_single(p, word);
        else
            p->at = c == '\\' && p->at + 2 < p->end ? p->at + 2 : p->at + 1;
    }
    if (p->at >= p->end)
        ff_shell_give_up(p, from);
    else
        p->at++;
    p->muted--;
    ff_shell_keep(p, word, from, p->at);
    ff_shell_leave(p);
}

/* `$name`, `$1`, `$?`; or a dollar that means nothing. */
static void read_variable(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at++;
    char c = ff_shell_peek(p, 0);
    if (ff_shell_is_name_start(c))
        while (ff_shell_is_name_byte(ff_shell_peek(p, 0)))
            p->at++;
    else if (ff_shell_is_name_byte(c) || ff_slice_find_byte(FF_LIT("@*#?-$!"), c) != SIZE_MAX)
        p->at++;
    word->expands = word->expands || p->at > from + 1;
    ff_shell_keep(p, word, from, p->at);
}

void ff_shell_read_dollar(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at, end = ff_shell_text_opaque(p->text, from);
    bool opaque = end != 0;
    if (!end && ff_shell_is_at(p, FF_LIT("${{")))
        end = ff_shell_expression_end(p, from);
    if (!end && ff_shell_is_at(p, FF_LIT("$((")))
        end = ff_shell_arithmetic_end(p, from + 1);
    if (end) {
        word->expands = true;
        p->at = end;
        if (opaque)
            ff_shell_keep_outer(p, word, from);
        else
            ff_shell_keep(p, word, from, end);
    } else if (ff_shell_is_at(p, FF_LIT("$("))) {
        word->expands = true;
        p->at += 2;
        ff_shell_read_substitution(p, word, from);
    } else if (ff_shell_is_at(p, FF_LIT("${"))) {
        word->expands = true;
        read_braces(p, word);
    } else
        read_variable(p, word);
}
