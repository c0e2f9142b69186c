#include "repo/shell_parser.h"

/* `$((…))` and `${{ … }}` are looked for no further than this: they hold arithmetic and GitHub's expressions. */
enum { EXPRESSION_BYTES = 1000 };

static const ff_slice OPERATORS = FF_TEXT(" \t\n;&|<>()"), QUOTES = FF_TEXT("\\'\"$`"), NAMES = FF_TEXT("*?[{~");

/* What `$'…'` puts for a backslash and a letter. Other escapes stay as written. */
static const struct {
    char letter;
    const char *byte;
} ESCAPES[] = {{'n', "\n"}, {'t', "\t"}, {'r', "\r"}, {'\\', "\\"}, {'\'', "'"}, {'"', "\""}, {'e', "\033"}};

static bool is_one_of(ff_slice set, char c)
{
    return ff_slice_find_byte(set, c) != SIZE_MAX;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool is_name_start(char c)
{
    return is_name_byte(c) && !(c >= '0' && c <= '9');
}

static size_t line_end(const ff_shell_parser *p, size_t from)
{
    const char *newline = from < p->end ? memchr(p->text->bytes.ptr + from, '\n', p->end - from) : NULL;
    return newline ? (size_t)(newline - p->text->bytes.ptr) : p->end;
}

static void keep(ff_shell_parser *p, ff_shell_word *word, size_t from, size_t to)
{
    if (!p->muted && !ff_shell_pieces_add(&word->pieces, p->text, from, to, p->reading->scratch))
        p->reading->failed = true;
}

static ff_shell_piece *push_piece(ff_shell_parser *p, ff_shell_word *word)
{
    ff_shell_piece *piece = p->muted ? NULL : FF_ARRAY_PUSH(p->reading->scratch, &word->pieces);
    if (!piece && !p->muted)
        p->reading->failed = true;
    return piece;
}

static void keep_outer(ff_shell_parser *p, ff_shell_word *word, size_t from)
{
    ff_shell_piece *piece = push_piece(p, word);
    if (piece)
        *piece = (ff_shell_piece){p->text->bytes.ptr + from, (uint32_t)(p->at - from), (uint32_t)from, true};
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

/* What begins at `from` is closed nowhere: its line is taken for all of it, or, after some of these, the whole rest, so
 * that a text of nothing but open quotes is not read again for each. */
static void give_up(ff_shell_parser *p, size_t from)
{
    ff_shell_doubt(p);
    if (!p->reading->retries) {
        p->at = p->end;
        return;
    }
    p->reading->retries--;
    p->at = line_end(p, from);
    while (p->pending.count && p->pending.items[p->pending.count - 1]->word.start >= from)
        p->pending.count--;
    while (p->joins.count && p->joins.items[p->joins.count - 1] >= p->at)
        p->joins.count--;
}

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

/* ---- quotes ---- */

/* Where the expression `${{ … }}` at `at` ends; 0: it does not. GitHub puts its value there before a shell sees it, so
 * its quotes are none of the shell's. */
static size_t expression_end(const ff_shell_parser *p, size_t at)
{
    ff_slice rest = {p->text->bytes.ptr + at, p->end - at};
    size_t length = ff_slice_find(ff_slice_cut(rest, EXPRESSION_BYTES), FF_LIT("}}"));
    return length == SIZE_MAX ? 0 : at + length + 2;
}

static void read_single(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at, search = from + 1;
    const char *bytes = p->text->bytes.ptr;
    word->quoted = true;
    for (;;) {
        const char *close = search < p->end ? memchr(bytes + search, '\'', p->end - search) : NULL;
        if (!close) {
            give_up(p, from);
            return;
        }
        ff_slice inside = {bytes + search, (size_t)(close - bytes) - search};
        size_t expression = ff_slice_find(inside, FF_LIT("${{"));
        size_t end = expression == SIZE_MAX ? 0 : expression_end(p, search + expression);
        search = end;
        if (end)
            continue;
        p->at = (size_t)(close - bytes) + 1;
        keep(p, word, from + 1, p->at - 1);
        return;
    }
}

static void keep_escape(ff_shell_parser *p, ff_shell_word *word)
{
    char letter = ff_shell_peek(p, 1);
    for (size_t i = 0; i < sizeof ESCAPES / sizeof *ESCAPES; i++)
        if (ESCAPES[i].letter == letter) {
            ff_shell_piece *piece = push_piece(p, word);
            if (piece)
                *piece = (ff_shell_piece){ESCAPES[i].byte, 1, (uint32_t)p->at, false};
            p->at += 2;
            return;
        }
    keep(p, word, p->at, p->at + 1);
    p->at++;
}

/* `$'…'` */
static void read_ansi(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at;
    word->quoted = true;
    p->at += 2;
    while (p->at < p->end) {
        char c = ff_shell_peek(p, 0);
        if (c == '\\') {
            keep_escape(p, word);
            continue;
        }
        p->at++;
        if (c == '\'')
            return;
        keep(p, word, p->at - 1, p->at);
    }
    give_up(p, from);
}

static void note_literal(ff_shell_parser *p, ff_shell_word *word)
{
    char next = ff_shell_peek(p, 2);
    if (p->text->quoted && ff_shell_peek(p, 1) == '$' && (is_name_start(next) || next == '{' || next == '('))
        word->literal_vars = true;
}

/* Outside of quotes a backslash takes the meaning of any byte, and itself goes. */
static void read_escape(ff_shell_parser *p, ff_shell_word *word)
{
    note_literal(p, word);
    if (ff_shell_is_at(p, FF_LIT("\\\n"))) {
        ff_shell_join(p);
        return;
    }
    word->quoted = true;
    if (p->at + 1 < p->end)
        p->at++;
    keep(p, word, p->at, p->at + 1);
    p->at++;
}

/* Between double quotes only of a few. */
static void read_quoted_escape(ff_shell_parser *p, ff_shell_word *word, char closer)
{
    char next = ff_shell_peek(p, 1);
    note_literal(p, word);
    if (next == '\n')
        p->at += 2;
    else if (next == '$' || next == '`' || next == '\\' || (closer && next == closer)) {
        keep(p, word, p->at + 1, p->at + 2);
        p->at += 2;
    } else {
        keep(p, word, p->at, p->at + 1);
        p->at++;
    }
}

static void read_double(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at++;
    word->quoted = true;
    if (!ff_shell_read_quoted(p, word, '"'))
        give_up(p, from);
}

/* ---- expansions ---- */

static void read_dollar(ff_shell_parser *p, ff_shell_word *word);

static void read_substitution(ff_shell_parser *p, ff_shell_word *word, size_t from)
{
    unsigned muted = p->muted, quoted = p->quoted;
    p->muted = p->quoted = 0;
    add_substitution(word, ff_shell_parse_substitution(p));
    p->muted = muted;
    p->quoted = quoted;
    keep_outer(p, word, from);
}

/* The backslashes that backticks need go before what stands between them is read. */
static void pieces_of_backtick(ff_shell_parser *p, size_t from, size_t to, ff_shell_pieces *pieces)
{
    const char *bytes = p->text->bytes.ptr;
    size_t start = from;
    for (size_t i = from; i < to; i++) {
        if (bytes[i] != '\\' || i + 1 >= to || !is_one_of(FF_LIT("$`\\"), bytes[i + 1]))
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
    if (text && ff_shell_text_join(text, p->text, &pieces, reading->arena, reading->scratch))
        add_substitution(word, ff_shell_parse(reading, text, p->depth + 1));
    else
        reading->failed = true;
}

static void read_backtick(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at, opaque = ff_shell_text_opaque(p->text, from), i = from + 1;
    word->expands = true;
    while (!opaque && i < p->end && p->text->bytes.ptr[i] != '`')
        i += p->text->bytes.ptr[i] == '\\' ? 2 : 1;
    if (!opaque && i >= p->end) {
        give_up(p, from);
        return;
    }
    p->at = opaque ? opaque : i + 1;
    if (!opaque)
        parse_backtick(p, word, from);
    keep_outer(p, word, from);
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
            read_dollar(p, word);
        else if (c == '`')
            read_backtick(p, word);
        else if (c == '"')
            read_double(p, word);
        else if (c == '\'' && !p->quoted)
            read_single(p, word);
        else
            p->at = c == '\\' && p->at + 2 < p->end ? p->at + 2 : p->at + 1;
    }
    if (p->at >= p->end)
        give_up(p, from);
    else
        p->at++;
    p->muted--;
    keep(p, word, from, p->at);
    ff_shell_leave(p);
}

/* `$name`, `$1`, `$?`; or a dollar that means nothing. */
static void read_variable(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at++;
    char c = ff_shell_peek(p, 0);
    if (is_name_start(c))
        while (is_name_byte(ff_shell_peek(p, 0)))
            p->at++;
    else if (is_name_byte(c) || (c && is_one_of(FF_LIT("@*#?-$!"), c)))
        p->at++;
    word->expands = word->expands || p->at > from + 1;
    keep(p, word, from, p->at);
}

static void read_dollar(ff_shell_parser *p, ff_shell_word *word)
{
    size_t from = p->at, end = ff_shell_text_opaque(p->text, from);
    bool opaque = end != 0;
    if (!end && ff_shell_is_at(p, FF_LIT("${{")))
        end = expression_end(p, from);
    if (!end && ff_shell_is_at(p, FF_LIT("$((")))
        end = ff_shell_arithmetic_end(p, from + 1);
    if (end) {
        word->expands = true;
        p->at = end;
        if (opaque)
            keep_outer(p, word, from);
        else
            keep(p, word, from, end);
    } else if (ff_shell_is_at(p, FF_LIT("$("))) {
        word->expands = true;
        p->at += 2;
        read_substitution(p, word, from);
    } else if (ff_shell_is_at(p, FF_LIT("${"))) {
        word->expands = true;
        read_braces(p, word);
    } else
        read_variable(p, word);
}

/* Bytes that mean nothing between double quotes. */
static void read_run(ff_shell_parser *p, ff_shell_word *word, char closer)
{
    size_t from = p->at;
    while (p->at < p->end) {
        char c = p->text->bytes.ptr[p->at];
        if (c == '\\' || c == '$' || c == '`' || (closer && c == closer))
            break;
        p->at++;
    }
    keep(p, word, from, p->at);
}

bool ff_shell_read_quoted(ff_shell_parser *p, ff_shell_word *word, char closer)
{
    bool closed = !closer;
    p->quoted++;
    while (p->at < p->end) {
        char c = ff_shell_peek(p, 0);
        closed = closer && c == closer;
        if (closed)
            break;
        if (c == '\\')
            read_quoted_escape(p, word, closer);
        else if (c == '$')
            read_dollar(p, word);
        else if (c == '`')
            read_backtick(p, word);
        else
            read_run(p, word, closer);
    }
    if (closed && closer)
        p->at++;
    p->quoted--;
    return closed || !closer;
}

/* ---- words ---- */

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
    keep(p, word, from, p->at);
    ff_shell_leave(p);
}

/* `@(a|b)` of a pattern: up to its bracket, on one line. */
static bool read_pattern_list(ff_shell_parser *p, ff_shell_word *word)
{
    size_t end = line_end(p, p->at), i = p->at;
    unsigned open = 0;
    if (end > p->at + EXPRESSION_BYTES)
        end = p->at + EXPRESSION_BYTES;
    do {
        open += p->text->bytes.ptr[i] == '(' ? 1 : 0;
        open -= p->text->bytes.ptr[i] == ')' ? 1 : 0;
        i++;
    } while (open && i < end);
    if (open)
        return false;
    keep(p, word, p->at, i);
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
    keep(p, word, from, p->at);
}

static bool read_part(ff_shell_parser *p, ff_shell_word *word, ff_shell_mode mode, size_t start)
{
    ff_slice stops = mode == MODE_TEST ? FF_LIT(" \t\n") : OPERATORS;
    char c = p->text->bytes.ptr[p->at];
    switch (c) {
    case '\\': read_escape(p, word); return true;
    case '\'': read_single(p, word); return true;
    case '"': read_double(p, word); return true;
    case '`': read_backtick(p, word); return true;
    case '$':
        if (ff_shell_peek(p, 1) == '\'')
            read_ansi(p, word);
        else if (ff_shell_peek(p, 1) == '"')
            p->at++;
        else
            read_dollar(p, word);
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
        read_substitution(p, word, start);
    }
    while (p->at < p->end && !p->reading->failed && read_part(p, word, mode, start))
        continue;
    if (!p->muted) {
        word->start = (uint32_t)start;
        word->end = (uint32_t)p->at;
    }
    return p->at > start;
}
