/* What the names of a Python module stand for, as far as literals tell. */
#ifndef FF_PYTHON_PYTHON_VALUE_H
#define FF_PYTHON_PYTHON_VALUE_H

#include "base/arena.h"
#include "base/error.h"

#include <stdint.h>

typedef enum ff_python_sort {
    FF_VALUE_UNKNOWN,
    FF_VALUE_OTHER, /* neither a text nor a list of texts */
    FF_VALUE_TEXT,
    FF_VALUE_LIST,
    FF_VALUE_MODULE,
} ff_python_sort;

/* Why something is not known: “name” words (path:line). */
typedef struct ff_python_why {
    const char *words; /* static; NULL: there is no reason */
    ff_slice name, path;
    uint32_t line;
} ff_python_why;

/* A text in a list, and where it was written. */
typedef struct ff_python_item {
    ff_slice text, path;
    uint32_t line;
    bool perhaps; /* under a condition */
} ff_python_item;

/* Zeroed: not known. Copies share their items, which only the functions below change. */
typedef struct ff_python_value {
    ff_python_sort sort;
    ff_slice text;
    struct {
        ff_python_item *items;
        size_t count, cap;
    } items;
    bool open;         /* of a list: more may be in it than its items */
    ff_python_why why; /* the first reason why it is open or unknown */
    ff_slice variable; /* of the environment, if it comes from one */
    const struct ff_python_module *module;
} ff_python_value;

/* Where values live, and how much work may still go into them. */
typedef struct ff_python_room {
    ff_arena *arena; /* borrowed */
    uint32_t steps;  /* FF_LIMIT_PYTHON_STEPS at first */
} ff_python_room;

/* A value that nothing is known of but why. */
ff_python_value ff_python_value_unknown(ff_python_why why);

/* Takes `count` steps. False, and never again true, when they are spent. */
bool ff_python_room_spend(ff_python_room *room, size_t count);

/* Why something is not known once the steps are spent. */
ff_python_why ff_python_why_spent(void);

/* What a reader is told, in the arena: “get_apps” would have to be run (shop/settings.py:12). */
ff_slice ff_python_why_say(const ff_python_why *why, ff_arena *arena);

/* From now on more may be in `value`; the first reason stays. */
void ff_python_value_open(ff_python_value *value, ff_python_why why);

/* Appends an item. Past FF_LIMIT_PYTHON_ITEMS, and when the work is spent, the list becomes open instead. Without
 * memory the arena has failed. */
void ff_python_value_push(ff_python_room *room, ff_python_value *list, const ff_python_item *item);

/* Appends what `from` holds, all of it perhaps if `perhaps`. What is no list makes `list` open. */
void ff_python_value_join(ff_python_room *room, ff_python_value *list, const ff_python_value *from, bool perhaps);

/* Takes out the items that are `text`; with `perhaps` they stay, and are no longer certain. An empty `text` stands for
 * any. */
void ff_python_value_drop(ff_python_room *room, ff_python_value *list, ff_slice text, bool perhaps);

/* What a name stands for that stood for `before` and perhaps now stands for `after`. */
ff_python_value ff_python_value_either(ff_python_room *room, const ff_python_value *before,
                                       const ff_python_value *after);

/* Names and their values, sorted. */
typedef struct ff_python_binding {
    ff_slice name;
    uint32_t line; /* of the last statement that bound it */
    ff_python_value value;
} ff_python_binding;

typedef struct ff_python_scope {
    ff_python_binding **items;
    size_t count, cap;
    ff_python_why open; /* why other names may be bound too, or these to something else; no words: they are not */
    bool spent;         /* all of it is open, whatever its values say: there was no room left to mark them */
} ff_python_scope;

/* From now on every name may stand for something else, and others may be bound. */
void ff_python_scope_open(ff_python_room *room, ff_python_scope *scope, ff_python_why why);

/* The value of one of its bindings, to be put elsewhere: what is appended to it does not show here. */
ff_python_value ff_python_scope_value(const ff_python_scope *scope, const ff_python_binding *binding);

/* What `name` is bound to, or NULL. */
ff_python_binding *ff_python_scope_find(const ff_python_scope *scope, ff_slice name);

/* The same, bound now if it was not. NULL without memory, and past FF_LIMIT_PYTHON_NAMES: then the scope is open. */
ff_python_binding *ff_python_scope_bind(ff_python_room *room, ff_python_scope *scope, ff_slice name);

#endif
