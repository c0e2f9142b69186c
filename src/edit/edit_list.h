/* One list of shell commands, such as `a && b || c; d`, cut at its operators: where each part stands in the text.
 *
 * The shell reader says what commands mean; this says which bytes they and the operators between them are. Whatever
 * stands in quotes, substitutions and groups is passed over, and is part of the command around it.
 *
 *     ff_edit_list list;
 *     ff_edit_list_init(&list, false, &arena);
 *     while (!ff_edit_list_whole(&list) && more lines) ff_edit_list_feed(&list, line);
 */
#ifndef FF_EDIT_LIST_H
#define FF_EDIT_LIST_H

#include "base/array.h"
#include "base/buf.h"

typedef enum ff_edit_join {
    FF_JOIN_NONE, /* the first part; the end of the list */
    FF_JOIN_OR,
    FF_JOIN_AND,
    FF_JOIN_PIPE,
    FF_JOIN_NEXT, /* `;` */
    FF_JOIN_BACK, /* `&` */
} ff_edit_join;

typedef struct ff_edit_part {
    size_t from, to;     /* in the list's text, without blanks at the ends */
    ff_edit_join before; /* the operator that stands before it */
    bool heredoc;        /* it has a here-document, whose text stands below the list */
    /* For those who change the list. */
    const struct ff_shell_command *command; /* the command that is to be taken out; NULL: another */
    bool gone;
    ff_slice text; /* if not empty: what stands there instead */
} ff_edit_part;

/* What is open at a byte: a quote, a bracket, a group. */
enum { FF_EDIT_NESTING = 32 };

typedef struct ff_edit_list {
    ff_arena *arena;
    ff_buf text; /* the lines, LF between them */
    struct {
        ff_edit_part *items;
        size_t count, cap;
    } parts;
    ff_edit_join last; /* the operator behind the last part */
    bool foreign;      /* part of a construct that begins or ends elsewhere, such as `then` or `)` */
    bool escaped;      /* it stands in a quoted word, where `\"` is a quote */
    bool joined;       /* the last line ends in a backslash */
    bool word, start;  /* inside a word; where a command may begin */
    size_t depth;
    char open[FF_EDIT_NESTING];
    ff_edit_part part; /* the one being read; `from` is SIZE_MAX until it begins */
} ff_edit_list;

/* Starts an empty list, and ends one. */
void ff_edit_list_init(ff_edit_list *list, bool escaped, ff_arena *arena);
void ff_edit_list_release(ff_edit_list *list);

/* Reads one more line, without its line end. FF_OK; FF_LIMIT past FF_LIMIT_SCRIPT_BYTES; FF_NOMEM. */
ff_status ff_edit_list_feed(ff_edit_list *list, ff_slice line);

/* True if nothing is open: the list ends with the last line that was read. */
bool ff_edit_list_whole(const ff_edit_list *list);

/* The text between two offsets, borrowed from the list. */
ff_slice ff_edit_list_text(const ff_edit_list *list, size_t from, size_t to);

/* The text of a part, and the operator behind it; borrowed likewise. */
ff_slice ff_edit_list_part(const ff_edit_list *list, size_t part);
ff_edit_join ff_edit_list_behind(const ff_edit_list *list, size_t part);

#endif
