#include "python/python_token.h"

#include "base/array.h"

enum { TAB = 8 };

/* The longest first. */
static const ff_slice OPERATORS[] = {
    FF_TEXT("**="), FF_TEXT("//="), FF_TEXT(">>="), FF_TEXT("<<="), FF_TEXT("..."), FF_TEXT("->"),
    FF_TEXT(":="),  FF_TEXT("+="),  FF_TEXT("-="),  FF_TEXT("*="),  FF_TEXT("/="),  FF_TEXT("%="),
    FF_TEXT("&="),  FF_TEXT("|="),  FF_TEXT("^="),  FF_TEXT("@="),  FF_TEXT("=="),  FF_TEXT("!="),
    FF_TEXT("<="),  FF_TEXT(">="),  FF_TEXT("**"),  FF_TEXT("//"),  FF_TEXT("<<"),  FF_TEXT(">>"),
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Any byte beyond ASCII may be part of an identifier. */
static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c) || (unsigned char)c >= 0x80;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
}

static char byte_at(const ff_python_tokens *tokens, size_t at)
{
    return at < tokens->rest.len ? tokens->rest.ptr[at] : '\0';
}

static ff_slice take(ff_python_tokens *tokens, size_t length)
{
    ff_slice taken = ff_slice_cut(tokens->rest, length);
    tokens->rest = ff_slice_from(tokens->rest, length);
    return taken;
}

static ff_python_token token_of(const ff_python_tokens *tokens, ff_python_kind kind, ff_slice text)
{
    return (ff_python_token){.kind = kind, .text = text, .line = tokens->line};
}

/* Nothing behind this place can be trusted to mean what it seems to. */
static ff_python_token stop(ff_python_tokens *tokens, const char *trouble, uint32_t line)
{
    if (!tokens->trouble) {
        tokens->trouble = trouble;
        tokens->trouble_line = line;
    }
    tokens->rest = (ff_slice){0};
    tokens->dedents = tokens->depth = tokens->open = 0;
    tokens->line_start = tokens->within = false;
    return token_of(tokens, FF_TOKEN_END, (ff_slice){0});
}

static void skip_comment(ff_python_tokens *tokens)
{
    ff_slice comment = take(tokens, ff_slice_find_byte(tokens->rest, '\n'));
    bool quoted = ff_slice_find_byte(comment, '"') != SIZE_MAX || ff_slice_find_byte(comment, '\'') != SIZE_MAX;
    if (!quoted || tokens->comments.count == FF_LIMIT_PYTHON_ITEMS)
        return;
    ff_python_comment *kept = FF_ARRAY_PUSH(tokens->arena, &tokens->comments);
    if (kept)
        *kept = (ff_python_comment){comment, tokens->line};
}

/* Blanks, comments, continued lines, and inside brackets line ends. */
static void skip_space(ff_python_tokens *tokens)
{
    for (;;) {
        char c = byte_at(tokens, 0);
        if (is_blank(c)) {
            (void)take(tokens, 1);
        } else if (c == '#') {
            skip_comment(tokens);
        } else if (c == '\n' && tokens->open) {
            (void)take(tokens, 1);
            tokens->line++;
        } else if (c == '\\' &&
                   (byte_at(tokens, 1) == '\n' || (byte_at(tokens, 1) == '\r' && byte_at(tokens, 2) == '\n'))) {
            (void)take(tokens, byte_at(tokens, 1) == '\n' ? 2 : 3);
            tokens->line++;
        } else {
            return;
        }
    }
}

/* The column of the first thing on the next line that is not blank. */
static uint32_t take_indent(ff_python_tokens *tokens)
{
    uint32_t column = 0;
    for (;;) {
        char c = byte_at(tokens, 0);
        if (c == ' ')
            column++;
        else if (c == '\t')
            column = (column / TAB + 1) * TAB;
        else if (c == '\n' || c == '\f')
            column = 0;
        else if (c == '#')
            skip_comment(tokens);
        else if (c != '\r')
            return column;
        tokens->line += c == '\n';
        if (c != '#')
            (void)take(tokens, 1);
    }
}

/* The token that a line begins with, if its indentation gives one: `*token` is then set. */
static bool begin_line(ff_python_tokens *tokens, ff_python_token *token)
{
    uint32_t column = take_indent(tokens);
    tokens->line_start = false;
    if (!tokens->rest.len)
        column = 0;
    uint32_t now = tokens->depth ? tokens->indents[tokens->depth - 1] : 0;
    if (column > now && tokens->depth == FF_LIMIT_PYTHON_DEPTH) {
        *token = stop(tokens, "too many blocks stand in one another", tokens->line);
        return true;
    }
    if (column > now) {
        tokens->indents[tokens->depth++] = column;
        *token = token_of(tokens, FF_TOKEN_INDENT, (ff_slice){0});
        return true;
    }
    while (tokens->depth && tokens->indents[tokens->depth - 1] > column) {
        tokens->depth--;
        tokens->dedents++;
    }
    if ((tokens->depth ? tokens->indents[tokens->depth - 1] : 0) == column)
        return false;
    *token = stop(tokens, "the indentation fits no block", tokens->line);
    return true;
}

/* The length of a string's prefix, or SIZE_MAX if no string begins here. */
static size_t string_prefix(const ff_python_tokens *tokens)
{
    enum { PREFIX_MAX = 2 };
    for (size_t at = 0; at <= PREFIX_MAX; at++) {
        char c = byte_at(tokens, at);
        if (c == '"' || c == '\'')
            return at;
        if (c == '\0' || !strchr("rRbBuUfFtT", c))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* The offset of the quotes that end a string whose text begins at the rest, or SIZE_MAX. */
static size_t string_end(const ff_python_tokens *tokens, char quote, bool triple)
{
    for (size_t at = 0; at < tokens->rest.len; at++) {
        char c = tokens->rest.ptr[at];
        if (c == '\\')
            at++;
        else if (c == '\n' && !triple)
            return SIZE_MAX;
        else if (c == quote && (!triple || (byte_at(tokens, at + 1) == quote && byte_at(tokens, at + 2) == quote)))
            return at;
    }
    return SIZE_MAX;
}

static ff_python_token take_string(ff_python_tokens *tokens, size_t prefix_len)
{
    ff_slice prefix = take(tokens, prefix_len);
    char quote = byte_at(tokens, 0);
    bool triple = byte_at(tokens, 1) == quote && byte_at(tokens, 2) == quote;
    (void)take(tokens, triple ? 3 : 1);
    size_t end = string_end(tokens, quote, triple);
    if (end == SIZE_MAX)
        return stop(tokens, "a string is not closed", tokens->line);
    ff_python_token token = token_of(tokens, FF_TOKEN_STRING, take(tokens, end));
    (void)take(tokens, triple ? 3 : 1);
    for (size_t i = 0; i < token.text.len; i++)
        tokens->line += token.text.ptr[i] == '\n';
    for (size_t i = 0; i < prefix.len; i++) {
        token.raw = token.raw || strchr("rR", prefix.ptr[i]);
        token.formatted = token.formatted || strchr("fFtT", prefix.ptr[i]);
    }
    return token;
}

static ff_python_token take_operator(ff_python_tokens *tokens)
{
    for (size_t i = 0; i < sizeof OPERATORS / sizeof *OPERATORS; i++)
        if (ff_slice_starts(tokens->rest, OPERATORS[i]))
            return token_of(tokens, FF_TOKEN_OPERATOR, take(tokens, OPERATORS[i].len));
    char c = byte_at(tokens, 0);
    bool closes = c == ')' || c == ']' || c == '}';
    if (closes && !tokens->open)
        return stop(tokens, "a bracket is closed that was not open", tokens->line);
    if (closes)
        tokens->open--;
    else if (c == '(' || c == '[' || c == '{')
        tokens->open++;
    return token_of(tokens, FF_TOKEN_OPERATOR, take(tokens, 1));
}

/* `1e-5` is three tokens here, which does no harm. */
static ff_python_token take_word(ff_python_tokens *tokens)
{
    ff_python_kind kind = is_digit(byte_at(tokens, 0)) ? FF_TOKEN_NUMBER : FF_TOKEN_NAME;
    size_t length = 0;
    while (is_name_byte(byte_at(tokens, length)) || (kind == FF_TOKEN_NUMBER && byte_at(tokens, length) == '.'))
        length++;
    return token_of(tokens, kind, take(tokens, length));
}

void ff_python_tokens_init(ff_python_tokens *tokens, ff_slice text, ff_arena *arena)
{
    (void)ff_slice_take_prefix(&text, FF_LIT("\xEF\xBB\xBF"));
    *tokens = (ff_python_tokens){.arena = arena, .rest = text, .line = 1, .line_start = true};
}

ff_python_token ff_python_next(ff_python_tokens *tokens)
{
    ff_python_token token;
    if (tokens->line_start && begin_line(tokens, &token))
        return token;
    if (tokens->dedents) {
        tokens->dedents--;
        return token_of(tokens, FF_TOKEN_DEDENT, (ff_slice){0});
    }
    skip_space(tokens);
    if (!tokens->rest.len && tokens->open)
        return stop(tokens, "a bracket is not closed", tokens->line);
    if (!tokens->rest.len && !tokens->within)
        return token_of(tokens, FF_TOKEN_END, (ff_slice){0});
    if (!tokens->rest.len || byte_at(tokens, 0) == '\n') {
        tokens->within = false;
        tokens->line_start = true;
        return token_of(tokens, FF_TOKEN_NEWLINE, (ff_slice){0});
    }
    tokens->within = true;
    size_t prefix = string_prefix(tokens);
    if (prefix != SIZE_MAX)
        return take_string(tokens, prefix);
    return is_name_byte(byte_at(tokens, 0)) ? take_word(tokens) : take_operator(tokens);
}
