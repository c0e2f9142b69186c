/* A growable byte buffer with a named maximum and sticky failure.
 *
 * Append as often as you like and check once: after an append that found no memory or would have passed `max`, the
 * buffer is marked failed, keeps what it had and ignores further appends.
 *
 *     ff_buf buf;
 *     ff_buf_init(&buf, FF_LIMIT_REPORT_BYTES);
 *     ff_buf_add(&buf, FF_LIT("hello "));
 *     ff_buf_printf(&buf, "%d", 42);
 *     if (ff_buf_status(&buf) != FF_OK) ...
 *     ff_buf_release(&buf);
 */
#ifndef FF_BASE_BUF_H
#define FF_BASE_BUF_H

#include "base/error.h"
#include "base/slice.h"

typedef struct ff_buf {
    char *ptr; /* owned; a NUL stands behind the last byte whenever ptr is not NULL */
    size_t len;
    size_t cap;
    size_t max;
    ff_status status; /* FF_OK, FF_NOMEM or FF_LIMIT */
} ff_buf;

/* Starts an empty buffer of at most `max` bytes, ends it, starts again. Nothing is allocated before the first append.
 */
void ff_buf_init(ff_buf *buf, size_t max);
void ff_buf_release(ff_buf *buf); /* a zeroed buffer is fine */
void ff_buf_reset(ff_buf *buf);   /* empties it, forgets the failure, keeps the memory */

/* Append text, one byte, or one byte `count` times. Failure is kept in the buffer. */
void ff_buf_add(ff_buf *buf, ff_slice text);
void ff_buf_add_byte(ff_buf *buf, char byte);
void ff_buf_add_repeat(ff_buf *buf, char byte, size_t count);

/* Appends printf style. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void ff_buf_printf(ff_buf *buf, const char *format, ...);

/* Marks `buf` failed if `part`, a buffer whose text was to go into it, has failed. */
void ff_buf_inherit(ff_buf *buf, const ff_buf *part);

/* How all appends went: FF_OK, or the first failure, FF_NOMEM or FF_LIMIT. What arrived before it stays readable. */
ff_status ff_buf_status(const ff_buf *buf);
ff_slice ff_buf_slice(const ff_buf *buf); /* borrowed until the next append or release */

#endif
