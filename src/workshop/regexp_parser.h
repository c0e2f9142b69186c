/* What the files that read regular expressions share. */
#ifndef FF_WORKSHOP_REGEXP_PARSER_H
#define FF_WORKSHOP_REGEXP_PARSER_H

#include "workshop/regexp.h"

typedef struct ff_regexp_parser {
    ff_arena *arena;
    ff_slice text, rest;
    ff_dialect dialect;
    ff_regexp *regexp;
    ff_regexp_fault *fault;
    uint32_t depth;
    struct ff_regexp_reference *references; /* to groups, newest first */
} ff_regexp_parser;

/* Records a fault (printf style) unless there is one, and gives up on the rest of the text. Returns NULL. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
ff_regexp_node *
ff_regexp_refuse(ff_regexp_parser *parser, size_t offset, const char *format, ...);

/* A new node, or NULL without memory. */
ff_regexp_node *ff_regexp_node_new(ff_regexp_parser *parser, ff_regexp_kind kind);

/* Small steps on the rest: how far it is, the next byte (NUL at the end), whether it starts with a token, and the token
 * taken. */
size_t ff_regexp_offset(const ff_regexp_parser *parser);
char ff_regexp_peek(const ff_regexp_parser *parser, size_t ahead);
bool ff_regexp_take(ff_regexp_parser *parser, const char *token);

/* Takes a code point as it stands there. False with a fault at the end or where it is no UTF-8. */
bool ff_regexp_take_code(ff_regexp_parser *parser, uint32_t *code);

/* Branches up to a `)` or the end. NULL with a fault or without memory. */
ff_regexp_node *ff_regexp_parse_branches(ff_regexp_parser *parser);

/* regexp_group.c. A name and `end` behind it: the empty slice with a fault if that is not there. */
ff_slice ff_regexp_take_name(ff_regexp_parser *parser, char end);

/* A reference to a group by its name, or by its number if the name is empty; resolved when all groups are known. */
ff_regexp_node *ff_regexp_refer(ff_regexp_parser *parser, ff_slice name, uint64_t number, size_t offset);

/* A group, the rest standing at its bracket. NULL with a fault or without memory. */
ff_regexp_node *ff_regexp_parse_group(ff_regexp_parser *parser);

/* At the end: numbers the groups, resolves references, marks what can be skipped. May leave a fault. */
void ff_regexp_settle_groups(ff_regexp_parser *parser);

/* regexp_escape.c: an escape outside of a class, the rest standing at its backslash; a class, at its bracket. NULL with
 * a fault or without memory. */
ff_regexp_node *ff_regexp_parse_escape(ff_regexp_parser *parser);
ff_regexp_node *ff_regexp_parse_class(ff_regexp_parser *parser);

#endif
