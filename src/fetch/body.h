/* The body of an answer: in memory while it is short, else in a private temporary file without a name.
 *
 *     ff_body body;
 *     ff_body_init(&body, FF_LIMIT_DOWNLOAD_BYTES);
 *     status = ff_body_add(&body, piece, &error);
 *     ... body.fd >= 0 ? pread(body.fd, ...) : ff_buf_slice(&body.memory) ...
 *     ff_body_release(&body);
 */
#ifndef FF_FETCH_BODY_H
#define FF_FETCH_BODY_H

#include "base/buf.h"

typedef struct ff_body {
    ff_buf memory; /* the whole, as long as fd is -1 */
    int fd;        /* owned; the whole, once it is longer than FF_LIMIT_MEMORY_BODY_BYTES */
    uint64_t size;
    uint64_t max;
} ff_body;

/* Starts an empty body of at most `max` bytes, more than 0. */
void ff_body_init(ff_body *body, uint64_t max);
void ff_body_release(ff_body *body); /* twice is fine, and so is a zeroed one */
void ff_body_reset(ff_body *body);   /* empties it for another try */

/* Appends. FF_OK; FF_LIMIT above the bound; FF_IO (no room on disk), FF_NOMEM. The error text is one line. */
ff_status ff_body_add(ff_body *body, ff_slice piece, ff_error *error);

/* Reads up to `cap` bytes from offset `at`; `got` 0 at the end. FF_OK or FF_IO. */
ff_status ff_body_read(const ff_body *body, uint64_t at, char *into, size_t cap, size_t *got, ff_error *error);

/* The whole as a slice; a body that is on disk is read into `into` first, whose bound counts then. Borrowed until the
 * body or `into` changes. FF_OK, FF_IO, FF_LIMIT, FF_NOMEM. */
ff_status ff_body_slice(const ff_body *body, ff_buf *into, ff_slice *whole, ff_error *error);

#endif
