/* Bytes that can be read at any offset: an open regular file, or memory.
 *
 *     ff_blob blob;
 *     ff_blob_of_file(&blob, fd, &error);
 *     ff_blob_read(&blob, blob.size - 22, tail, 22, &error);
 *
 * The descriptor and the memory are borrowed; the file's offset is neither used nor moved.
 */
#ifndef FF_ARCHIVE_BLOB_H
#define FF_ARCHIVE_BLOB_H

#include "base/error.h"

typedef struct ff_blob {
    int fd;         /* -1: `bytes` */
    ff_slice bytes; /* only without a file */
    uint64_t size;
} ff_blob;

/* Over memory, which is borrowed. Cannot fail. */
ff_blob ff_blob_of_bytes(ff_slice bytes);

/* FF_OK, or FF_IO if the file does not tell its size. */
ff_status ff_blob_of_file(ff_blob *blob, int fd, ff_error *error);

/* Reads exactly `len` bytes from offset `at`. FF_OK; FF_INVALID if they are not all there; FF_IO. */
ff_status ff_blob_read(const ff_blob *blob, uint64_t at, char *into, size_t len, ff_error *error);

#endif
