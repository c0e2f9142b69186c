/* What the shell parser makes of a text: a tree of commands, before anything is said of what their failure does. All of
 * it lives in the parser's scratch memory; offsets are offsets of the node's text. */
#ifndef FF_SHELL_SHELL_NODE_H
#define FF_SHELL_SHELL_NODE_H

#include "shell/shell_text.h"

typedef struct ff_shell_node ff_shell_node;

typedef struct ff_shell_word {
    uint32_t start, end;
    ff_shell_pieces pieces; /* what it stands for, quotes removed */
    bool quoted;
    bool body;         /* of a here-document; then `quoted` is said of its delimiter */
    bool expands;      /* holds `$…`, a substitution, or what a file name may come of */
    bool literal_vars; /* `\$NAME`, in the body of a here-document that keeps the backslash */
    ff_shell_node *substitutions, *last_substitution;
    struct ff_shell_word *next;
} ff_shell_word;

typedef struct ff_shell_words {
    ff_shell_word *first, *last;
    uint32_t count;
} ff_shell_words;

typedef enum ff_shell_flow {
    FLOW_FILE,    /* `> file`, `2>> file` */
    FLOW_BOTH,    /* `&> file` */
    FLOW_SAME,    /* `2>&1` */
    FLOW_IN,      /* `< file` and the rest */
    FLOW_STRING,  /* `<<< word` */
    FLOW_HEREDOC, /* `<< word` */
    FLOW_HEREDOC_TABS
} ff_shell_flow;

typedef struct ff_shell_redirect {
    ff_shell_flow flow;
    int fd;             /* as given, else 0 of an operator with `<`, 1 of others */
    ff_shell_word word; /* target, or delimiter */
    ff_shell_word body; /* of a here-document */
    struct ff_shell_redirect *next;
} ff_shell_redirect;

typedef enum ff_shell_kind {
    NODE_SIMPLE,
    NODE_LIST,
    NODE_AND_OR,
    NODE_PIPELINE,
    NODE_GROUP,
    NODE_SUBSHELL,
    NODE_IF,   /* children: condition, body, condition, body, … and perhaps an else */
    NODE_LOOP, /* children: condition unless it is a `for`, body */
    NODE_CASE, /* children: bodies */
    NODE_FUNCTION
} ff_shell_kind;

/* What joins a child to the one before it, or which part of its parent it is. */
typedef enum ff_shell_joint {
    JOINT_NONE,
    JOINT_AND,
    JOINT_OR,
    JOINT_PIPE,
    JOINT_PIPE_BOTH, /* `|&` */
    JOINT_CONDITION,
    JOINT_BODY,
    JOINT_ELSE
} ff_shell_joint;

struct ff_shell_node {
    ff_shell_kind kind;
    ff_shell_joint joint;
    uint32_t joint_at;   /* of the operator, or of `if`, `then`, `else` */
    uint32_t start, end; /* redirections included */
    uint32_t close_at;   /* of `fi`, `done`, … */
    const ff_shell_text *text;
    bool negated, background;
    bool broken; /* one of its reserved words is missing */
    ff_shell_words assignments;
    ff_shell_words words; /* of a `for` and a `case` too; a function's name */
    ff_shell_redirect *redirects;
    ff_shell_node *first, *last; /* children */
    ff_shell_node *next;
};

#endif
