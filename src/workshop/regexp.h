/* A regular expression as a tree, to be written again in another dialect.
 *
 * GitHub runs the patterns of problem matchers in .NET with its ECMAScript option; the catalog runs PCRE2 in byte mode.
 * What both understand in the same way is read, what only one of them has is refused by name, never guessed. The engine
 * has the last word: what is written here is compiled before anybody gets to see it.
 *
 *     ff_regexp regexp;
 *     ff_regexp_fault fault = {0};
 *     if (ff_regexp_parse(&regexp, &arena, text, FF_DIALECT_ACTIONS, &fault) == FF_OK)
 *         ff_regexp_write(&regexp, &(ff_regexp_style){.dialect = FF_DIALECT_PCRE2, ...}, &out);
 */
#ifndef FF_WORKSHOP_REGEXP_H
#define FF_WORKSHOP_REGEXP_H

#include "base/arena.h"
#include "base/buf.h"

typedef enum ff_dialect {
    FF_DIALECT_ACTIONS, /* JavaScript's syntax as .NET takes it */
    FF_DIALECT_PCRE2,   /* in byte mode */
} ff_dialect;

typedef enum ff_regexp_kind {
    FF_REGEXP_CHAR,     /* one code point */
    FF_REGEXP_CLASS,    /* \d, [a-z] */
    FF_REGEXP_ANY,      /* the dot */
    FF_REGEXP_ASSERT,   /* ^, \b and the like: `text` */
    FF_REGEXP_FLAGS,    /* (?i): `text` */
    FF_REGEXP_BACK,     /* what `group` matched, again */
    FF_REGEXP_GROUP,    /* its child are branches; `text` opens it unless it captures */
    FF_REGEXP_BRANCHES, /* children are sequences, at least one */
    FF_REGEXP_SEQUENCE,
    FF_REGEXP_REPEAT, /* its child, `least` to `most` times */
} ff_regexp_kind;

/* A part of a class: code points from `first` to `last`, or what an escape of that letter stands for. */
typedef struct ff_regexp_item {
    char escape; /* one of "dwsDWS", or NUL */
    uint32_t first, last;
} ff_regexp_item;

typedef struct ff_regexp_class {
    ff_regexp_item *items;
    size_t count, cap;
    bool negated;
    bool wide; /* holds a code point beyond ASCII; only single ones may be */
} ff_regexp_class;

enum { FF_REGEXP_FOREVER = UINT16_MAX + 1, FF_NO_GROUP = UINT16_MAX };

typedef struct ff_regexp_node {
    ff_regexp_kind kind;
    uint32_t code;
    ff_slice text;
    ff_regexp_class *class_;
    uint32_t group; /* index in `groups` of what captures, or is referred to; else FF_NO_GROUP */
    uint32_t least, most;
    bool lazy;
    struct ff_regexp_node *child, *next;
} ff_regexp_node;

typedef struct ff_regexp_group {
    ff_slice name;              /* empty: none */
    uint32_t number;            /* as its dialect counts */
    bool skippable;             /* the pattern can match without it */
    bool referenced;            /* something matches its text again */
    const ff_regexp_node *body; /* branches */
} ff_regexp_group;

typedef struct ff_regexp {
    const ff_regexp_node *root; /* branches */
    struct {
        ff_regexp_group *items; /* in the order in which they open; the first is the whole pattern, number 0 */
        size_t count, cap;
    } groups;
} ff_regexp;

typedef struct ff_regexp_fault {
    size_t offset; /* in the text */
    char what[160];
} ff_regexp_fault;

/* Reads `text`, which the tree borrows. FF_OK; FF_INVALID with a fault; FF_NOMEM. */
ff_status ff_regexp_parse(ff_regexp *regexp, ff_arena *arena, ff_slice text, ff_dialect dialect,
                          ff_regexp_fault *fault);

/* The index in `groups` of the group of that number, or FF_NO_GROUP. */
uint32_t ff_regexp_group_at(const ff_regexp *regexp, uint64_t number);

/* True if it can match at the start of a line only, as the first `^` says. */
bool ff_regexp_is_anchored(const ff_regexp *regexp);

/* True if `group` takes part in every match in which `given` does; FF_NO_GROUP: in every match. */
bool ff_regexp_needs(const ff_regexp *regexp, uint32_t group, uint32_t given);

/* True if all branches are plain words. */
bool ff_regexp_is_words(const ff_regexp_node *branches);

/* Appends the characters of a sequence of plain characters. */
void ff_regexp_add_word(ff_buf *out, const ff_regexp_node *sequence);

/* A name for a group; several for one are allowed. */
typedef struct ff_regexp_label {
    uint32_t group;
    ff_slice name;
} ff_regexp_label;

/* Narrows one group: text that is put first into it, and which of its branches stay. */
typedef struct ff_regexp_narrowing {
    uint32_t group; /* FF_NO_GROUP: none */
    ff_slice front;
    bool (*keeps)(const void *self, const ff_regexp_node *branch); /* NULL: all */
    const void *self;
} ff_regexp_narrowing;

typedef struct ff_regexp_style {
    ff_dialect dialect;
    const ff_regexp_label *labels; /* what captures; in FF_DIALECT_ACTIONS by number */
    size_t label_count;
    ff_regexp_narrowing narrowing;
    uint32_t *numbers; /* room for one a group, zeroed: the number that each has in what was written, or 0 */
    uint32_t next;     /* number of groups that stand before it in a longer pattern; counted on */
} ff_regexp_style;

/* Appends the pattern. Groups without a label capture only if something refers to them. `out` says how that went. */
void ff_regexp_write(const ff_regexp *regexp, ff_regexp_style *style, ff_buf *out);

/* Appends the branches of one group, without any capture. */
void ff_regexp_write_group(const ff_regexp *regexp, uint32_t group, ff_dialect dialect, ff_buf *out);

/* A text that a group shall match. */
typedef struct ff_regexp_wish {
    uint32_t group;
    ff_slice text;
} ff_regexp_wish;

typedef struct ff_regexp_taste {
    const ff_regexp_wish *wishes;
    size_t wish_count;
    ff_regexp_narrowing narrowing;
    uint32_t variant; /* another one gives another text, where there is a choice */
} ff_regexp_taste;

/* Appends a text that the pattern may match: look-arounds are not minded, the engine has to be asked. `out` says how
 * that went; FF_LIMIT also for a pattern that takes too many steps. */
void ff_regexp_sample(const ff_regexp *regexp, const ff_regexp_taste *taste, ff_buf *out);

#endif
