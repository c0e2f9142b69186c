/* Streaming JSON writer: appends to a buffer, keeps track of commas and indentation, escapes text safely.
 *
 *     ff_json json = {.out = &buf};
 *     ff_json_open(&json, '{');
 *     ff_json_key(&json, "count");
 *     ff_json_uint(&json, 20);
 *     ff_json_close(&json, '}');
 *
 * Text is written as valid UTF-8 without any control byte: what ff_utf8_add_safe does, then JSON escapes.
 * Members are written one a line, indented by two spaces; or, if `compact` is set beforehand, all on one line without
 * blanks between them.
 */
#ifndef FF_BASE_JSON_H
#define FF_BASE_JSON_H

#include "base/buf.h"

typedef struct ff_json {
    ff_buf *out; /* borrowed; its status is the writer's */
    uint32_t depth;
    bool has_item;  /* something stands at this level already */
    bool after_key; /* the next value belongs to a key */
    bool compact;
} ff_json;

/* Open and close an object or array; name the next value of an object. Keys are literals of the program. */
void ff_json_open(ff_json *json, char bracket);  /* '{' or '[' */
void ff_json_close(ff_json *json, char bracket); /* '}' or ']' */
void ff_json_key(ff_json *json, const char *key);

/* Values. Text may hold any bytes: invalid UTF-8 becomes U+FFFD, control characters are escaped. */
void ff_json_text(ff_json *json, ff_slice text);
/* Text of several lines that the program itself or a rule's author wrote: newlines stay, as \n; one at the end does
 * not. */
void ff_json_lines(ff_json *json, ff_slice text);
/* Text that a program reads back byte by byte, such as a diff, and that ff_utf8_is_showable: newlines, tabs and
 * carriage returns stay, as escapes. */
void ff_json_exact(ff_json *json, ff_slice text);
void ff_json_text_or_null(ff_json *json, ff_slice text); /* null if empty */
void ff_json_int(ff_json *json, int64_t value);
void ff_json_uint(ff_json *json, uint64_t value);
void ff_json_uint_or_null(ff_json *json, uint64_t value); /* null if 0 */
void ff_json_fixed(ff_json *json, double value);          /* three decimals; not finite: null */
void ff_json_bool(ff_json *json, bool value);
void ff_json_null(ff_json *json);
void ff_json_raw(ff_json *json, ff_slice value); /* a finished JSON value, as it is */

/* A key and its value. */
void ff_json_put_text(ff_json *json, const char *key, ff_slice text);
void ff_json_put_text_or_null(ff_json *json, const char *key, ff_slice text);
void ff_json_put_uint(ff_json *json, const char *key, uint64_t value);
void ff_json_put_uint_or_null(ff_json *json, const char *key, uint64_t value);
void ff_json_put_bool(ff_json *json, const char *key, bool value);
void ff_json_put_null(ff_json *json, const char *key);
void ff_json_put_lines(ff_json *json, const char *key, ff_slice text); /* without blanks at the end */
void ff_json_put_time(ff_json *json, const char *key, int64_t time);   /* ISO 8601 UTC; null for FF_NO_TIME */
/* An object that this writer wrote before, compact, and that was kept elsewhere since; null if it looks like none. */
void ff_json_put_written(ff_json *json, const char *key, ff_slice object);
/* Open it; ff_json_close ends it. */
void ff_json_put_list(ff_json *json, const char *key);
void ff_json_put_object(ff_json *json, const char *key);

#endif
