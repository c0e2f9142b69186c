/* Writing a ZIP: whole files from memory or from open files, into a file beside its final name. */
#ifndef FF_ARCHIVE_PACK_H
#define FF_ARCHIVE_PACK_H

#include "base/error.h"
#include "base/slice.h"

typedef struct ff_pack_member {
    const char *name; /* borrowed until the pack is written */
    int fd;           /* borrowed; -1: `bytes` */
    uint64_t size;    /* of the file */
    ff_slice bytes;   /* borrowed */
} ff_pack_member;

/* Writes `path`, which exists and is empty: its mode stays. FF_OK, FF_IO or FF_NOMEM; the text does not name the path.
 */
ff_status ff_pack_write(const char *path, const ff_pack_member *members, size_t count, ff_error *error);

#endif
