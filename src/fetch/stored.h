/* One answer of the cache as a file: written, and read back only if it is whole and the one that was asked for. */
#ifndef FF_FETCH_STORED_H
#define FF_FETCH_STORED_H

#include "fetch/cache.h"

typedef struct ff_stored {
    ff_slice url, etag, next;
    const ff_body *body;
} ff_stored;

/* True if an answer is within the bounds, and its texts are single lines. */
bool ff_stored_fits(const ff_stored *answer);

/* Bytes that its file takes at most. */
uint64_t ff_stored_size(const ff_stored *answer);

/* Writes an answer that fits to an empty file, down to the disk. FF_OK, FF_IO or FF_NOMEM. */
ff_status ff_stored_write(int fd, const ff_stored *answer);

/* Reads the file into an entry that is initialised. FF_OK; FF_NOT_FOUND if it is damaged or of another URL; FF_IO;
 * FF_NOMEM.
 */
ff_status ff_stored_read(int fd, ff_slice url, ff_cache_entry *entry);

#endif
