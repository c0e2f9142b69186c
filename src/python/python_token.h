/* Tokens of a Python source, one at a time: strings, comments, indentation and continuation lines told from code.
 *
 *     ff_python_tokens tokens;
 *     ff_python_tokens_init(&tokens, text, &arena);
 *     for (ff_python_token token = ff_python_next(&tokens); token.kind != FF_TOKEN_END; token =
 * ff_python_next(&tokens))
 *         ...
 *     if (tokens.trouble) ... the text is no Python from line tokens.trouble_line on
 *
 * Format: https://docs.python.org/3/reference/lexical_analysis.html
 */
#ifndef FF_PYTHON_PYTHON_TOKEN_H
#define FF_PYTHON_PYTHON_TOKEN_H

#include "base/arena.h"
#include "base/limits.h"

#include <stdint.h>

typedef enum ff_python_kind {
    FF_TOKEN_END, /* also where the text stops being Python */
    FF_TOKEN_NEWLINE,
    FF_TOKEN_INDENT,
    FF_TOKEN_DEDENT,
    FF_TOKEN_NAME, /* keywords too */
    FF_TOKEN_NUMBER,
    FF_TOKEN_STRING,
    FF_TOKEN_OPERATOR,
} ff_python_kind;

typedef struct ff_python_token {
    ff_python_kind kind;
    ff_slice text; /* as written; of a string what stands between its quotes */
    uint32_t line; /* where it begins, from 1 */
    bool raw;      /* a string whose backslashes are no escapes */
    bool formatted;
} ff_python_token;

/* A comment that holds a quoted text: somebody may have commented an item out. */
typedef struct ff_python_comment {
    ff_slice text;
    uint32_t line;
} ff_python_comment;

typedef struct ff_python_tokens {
    ff_arena *arena; /* borrowed: for comments */
    ff_slice rest;
    uint32_t line;
    uint32_t open; /* brackets around what comes next */
    uint32_t indents[FF_LIMIT_PYTHON_DEPTH], depth;
    uint32_t dedents;    /* still to be handed out */
    bool line_start;     /* the next line has not begun */
    bool within;         /* something of this line was handed out, so it needs an end */
    const char *trouble; /* why the reading stopped before the end, a clause; NULL: it did not */
    uint32_t trouble_line;
    struct {
        ff_python_comment *items; /* FF_LIMIT_PYTHON_ITEMS at most */
        size_t count, cap;
    } comments;
} ff_python_tokens;

/* Starts at the first line of `text`, which is borrowed. */
void ff_python_tokens_init(ff_python_tokens *tokens, ff_slice text, ff_arena *arena);

/* The next token, borrowed from the text. Every line that is not blank and not continued ends in a NEWLINE, the last
 * one too. After END there is only END. Without memory for a comment the arena has failed. */
ff_python_token ff_python_next(ff_python_tokens *tokens);

#endif
