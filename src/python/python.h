/* A Python module as far as settings need it: its statements at module level, and the expressions in them. Nothing is
 * executed; what a statement would do is worked out in python_module.h.
 *
 *     ff_python_source source;
 *     if (ff_python_read(&source, text, &arena) == FF_OK)
 *         for (size_t i = 0; i < source.statements.count; i++) ...
 *
 * Bodies of functions and classes are left out: what they bind is not the module's. Bounds: FF_LIMIT_PYTHON_DEPTH of
 * blocks and brackets in one another, FF_LIMIT_PYTHON_NODES of expressions; what lies beyond is not read, and `trouble`
 * says so.
 *
 * Format: https://docs.python.org/3/reference/grammar.html
 */
#ifndef FF_PYTHON_PYTHON_H
#define FF_PYTHON_PYTHON_H

#include "python/python_token.h"

typedef enum ff_python_type {
    FF_PYTHON_UNKNOWN,   /* not understood; `text` is a word of it */
    FF_PYTHON_OTHER,     /* a number, None, True, a comparison, a dictionary: no text and no list */
    FF_PYTHON_STRING,    /* `text`, escapes undone */
    FF_PYTHON_LIST,      /* a list, tuple or set of the children */
    FF_PYTHON_NAME,      /* `text` */
    FF_PYTHON_SUM,       /* children joined by `+` or `|` */
    FF_PYTHON_CHOICE,    /* one of the children: `a if … else b`, `a or b` */
    FF_PYTHON_STAR,      /* `*child` in a list or call */
    FF_PYTHON_EACH,      /* `child for text in child if …`; `some`: there is an `if` */
    FF_PYTHON_ATTRIBUTE, /* `child.text` */
    FF_PYTHON_CALL,      /* the first child called with the others */
    FF_PYTHON_KEYWORD,   /* `text=child` in a call; without a text: `**child` */
    FF_PYTHON_SUBSCRIPT, /* `child[child]`; `some`: a slice, which has no second child */
} ff_python_type;

typedef struct ff_python_node {
    ff_python_type type;
    bool some;
    uint32_t line;
    ff_slice text;
    struct ff_python_node *child, *next;
} ff_python_node;

typedef enum ff_python_verb {
    FF_PYTHON_ASSIGN,     /* name = value; no value: it becomes something that is not known */
    FF_PYTHON_EXTEND,     /* name += value */
    FF_PYTHON_CHANGE,     /* name is changed in another way */
    FF_PYTHON_DO,         /* value, a call, stands alone */
    FF_PYTHON_IMPORT,     /* from `from` import text as name */
    FF_PYTHON_IMPORT_ALL, /* from `from` import * */
    FF_PYTHON_MODULE,     /* import `from` as name */
} ff_python_verb;

typedef struct ff_python_statement {
    ff_python_verb verb;
    bool perhaps; /* it stands under a condition, in a loop or a `try` */
    uint32_t line;
    ff_slice name, from, text; /* `from` as written, leading dots included, without blanks */
    const ff_python_node *value;
} ff_python_statement;

typedef struct ff_python_source {
    struct {
        ff_python_statement *items;
        size_t count, cap;
    } statements;
    const ff_python_comment *comments; /* those that hold a quoted text */
    size_t comment_count;
    uint32_t nodes;      /* how much of it was kept */
    const char *trouble; /* why the rest was not read, a clause; NULL: all was */
    uint32_t trouble_line;
} ff_python_source;

/* Reads a module; `text` is borrowed. FF_OK, also for what is no Python, or FF_NOMEM. */
ff_status ff_python_read(ff_python_source *source, ff_slice text, ff_arena *arena);

/* True for a name, or a chain of attributes, as in `os.environ.get`. */
bool ff_python_is(const ff_python_node *node, const char *dotted);

#endif
