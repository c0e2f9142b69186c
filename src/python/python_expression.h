/* Expressions of Python, from tokens to nodes; private to the reader of modules. Every function leaves the parser
 * behind what it has read, and always gives a node. */
#ifndef FF_PYTHON_PYTHON_EXPRESSION_H
#define FF_PYTHON_PYTHON_EXPRESSION_H

#include "python/python.h"

typedef struct ff_python_parser {
    ff_python_tokens tokens;
    ff_python_token now; /* not yet taken */
    ff_arena *arena;     /* borrowed */
    uint32_t nodes, depth;
    ff_status status;     /* FF_OK; FF_LIMIT: too many nodes; FF_NOMEM. Then what is being read is not to be used */
    ff_python_node spare; /* stands for every node that could not be had */
} ff_python_parser;

/* Moves on to the next token. */
void ff_python_advance(ff_python_parser *parser);

/* True if the next token is this operator or word. */
bool ff_python_at(const ff_python_parser *parser, const char *text);

/* Takes the next token if it is this operator or word. */
bool ff_python_accept(ff_python_parser *parser, const char *text);

/* Moves to the next token with `open` brackets around it that is `text`, or to the end of the line. */
void ff_python_skip_to(ff_python_parser *parser, const char *text, uint32_t open);

/* One expression; one or more with commas between them, which are a list. */
ff_python_node *ff_python_expression(ff_python_parser *parser);
ff_python_node *ff_python_expressions(ff_python_parser *parser);

#endif
