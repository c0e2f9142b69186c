/* How answers become facts: tables that say which member of an object goes into which field.
 *
 *     static const ff_form_member rows[] = {{"id", offsetof(ff_api_job, id), FF_FORM_ID}, ...};
 *     static const ff_form form = FF_FORM(rows);
 *     ff_form_read(&job, &form, object, arena);
 *
 * A member that is missing, null or of another type leaves its field unknown: empty, 0 or FF_NO_TIME.
 */
#ifndef FF_FETCH_FORM_H
#define FF_FETCH_FORM_H

#include "base/array.h"
#include "fetch/value.h"

/* What the field of a member is, and so what a value must be to count. */
typedef enum ff_form_kind {
    FF_FORM_NAME,    /* ff_slice, cut at FF_LIMIT_NAME_BYTES */
    FF_FORM_MESSAGE, /* ff_slice, cut at FF_LIMIT_MESSAGE_BYTES */
    FF_FORM_URL,     /* ff_slice; one that is too long is none */
    FF_FORM_ID,      /* uint64_t, above 0 */
    FF_FORM_COUNT32, /* uint32_t, above 0 */
    FF_FORM_FLAG,    /* uint32_t, 1 for true */
    FF_FORM_SIGN32,  /* int32_t */
    FF_FORM_NUMBER,  /* int64_t, above 0 */
    FF_FORM_TIME,    /* int64_t */
} ff_form_kind;

typedef struct ff_form_member {
    const char *name;
    size_t at; /* of the field */
    ff_form_kind kind;
} ff_form_member;

typedef struct ff_form {
    const ff_form_member *members;
    size_t count;
} ff_form;

#define FF_FORM(rows)                       \
    {                                       \
        rows, sizeof(rows) / sizeof *(rows) \
    }

/* A list of an answer and the typed list that it is appended to. Both functions are false without memory. */
typedef struct ff_form_list {
    const char *member; /* of the answer; NULL: the answer itself is the list */
    const char *absent; /* completes "the answer …" */
    size_t size;        /* of the typed list, FF_FORM_LIST_BYTES at most */
    size_t count_at;    /* in it */
    size_t read;        /* items of one answer that are read; 0: all */
    size_t max;         /* items that the typed list may hold; 0: any number */
    size_t values;      /* of the answer; 0: FF_LIMIT_JSON_VALUES */
    bool (*add)(void *list, const ff_value *item, ff_arena *arena);
    bool (*finish)(void *list, const ff_value *root, ff_arena *arena); /* NULL: nothing is left to do */
} ff_form_list;

enum { FF_FORM_LIST_BYTES = 128 };

/* How to read an answer that is one object. */
typedef struct ff_form_object {
    const char *absent; /* what is wrong with an answer that is none */
    size_t size;
    bool (*read)(void *facts, const ff_value *object, ff_arena *arena); /* false without memory */
} ff_form_object;

/* Fills the fields of `into` that the form names; `object` may be anything. False without memory. */
bool ff_form_read(void *into, const ff_form *form, const ff_value *object, ff_arena *arena);

/* Appends what an answer lists, items that are no objects apart. FF_OK; FF_INVALID with a text that completes "the
 * answer …"; FF_LIMIT, FF_NOMEM. After a failure `list` and `arena` hold what they held before. */
ff_status ff_form_parse_list(void *list, const ff_form_list *form, ff_slice json, ff_arena *arena, ff_error *error);

/* Reads an answer that is one object; the same. */
ff_status ff_form_parse_object(void *into, const ff_form_object *form, ff_slice json, ff_arena *arena, ff_error *error);

#endif
