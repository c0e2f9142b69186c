/* The parts of an answer in JSON (value.c is the only file that includes jansson.h).
 *
 *     ff_value *root;
 *     if (ff_value_open(&root, json, FF_LIMIT_JSON_VALUES, &error) == FF_OK)
 *         ... ff_value_slice(ff_value_member(root, "message")) ...
 *     ff_value_close(root);
 *
 * Parts are borrowed from their root. Every function takes NULL, and a value of any type: what it does not have is
 * NULL, 0 or empty.
 */
#ifndef FF_FETCH_VALUE_H
#define FF_FETCH_VALUE_H

#include "base/error.h"
#include "base/slice.h"

#include <stdint.h>

typedef struct json_t ff_value;

/* Reads a text whole; its size is known to be bounded before a tree is built. FF_OK; FF_INVALID with a text that
 * completes "the answer …"; FF_LIMIT for what is longer than FF_LIMIT_ANSWER_BYTES, deeper than FF_LIMIT_JSON_DEPTH or
 * has more than `max_values`; FF_NOMEM. */
ff_status ff_value_open(ff_value **root, ff_slice json, size_t max_values, ff_error *error);
void ff_value_close(ff_value *root); /* NULL is fine */

/* What it is; `true` is the only value that is true. */
bool ff_value_is_object(const ff_value *value);
bool ff_value_is_list(const ff_value *value);
bool ff_value_is_text(const ff_value *value);
bool ff_value_is_true(const ff_value *value);

/* A member of an object, the items of a list. */
const ff_value *ff_value_member(const ff_value *object, const char *name);
size_t ff_value_count(const ff_value *list);
const ff_value *ff_value_item(const ff_value *list, size_t at);

ff_slice ff_value_slice(const ff_value *value);                            /* UTF-8; may hold zero bytes */
int64_t ff_value_integer(const ff_value *value, int64_t min, int64_t max); /* 0: no whole number between them */

#endif
