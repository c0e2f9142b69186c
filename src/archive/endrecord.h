/* The end record of a ZIP file: how many entries it claims and where its directory stands.
 *
 * Found by reading the last 64 KB. Any bytes of an archive's comment can look like an end record, so every candidate
 * is checked against the directory that it points to; the last one that fits wins. Bytes before the archive (a
 * self-extracting program, a prepended text) are told by the directory not being where the record says.
 *
 *     ff_end_record end = {0};
 *     if (ff_end_record_find(&blob, &end, &error) == FF_OK)
 *         ... end.entries, end.directory_at ...
 */
#ifndef FF_ARCHIVE_ENDRECORD_H
#define FF_ARCHIVE_ENDRECORD_H

#include "archive/blob.h"

typedef struct ff_end_record {
    uint64_t entries;        /* claimed */
    uint64_t directory_at;   /* offset in the blob */
    uint64_t directory_size; /* bytes */
    uint64_t base;           /* bytes before the archive: every recorded offset lacks them */
} ff_end_record;

/* FF_OK; FF_NOT_FOUND if there is no end record; FF_INVALID if there is one but no directory where it points (then
 * `end` holds its bare claims); FF_IO; FF_NOMEM. */
ff_status ff_end_record_find(const ff_blob *blob, ff_end_record *end, ff_error *error);

#endif
