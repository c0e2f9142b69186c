/* Looking an archive over before a library opens it: own reader of the end record and the central directory.
 *
 * A library trusts what a directory claims: it allocates for a million entries and follows entries that overlap
 * (47 KB become 5 GB). The preflight reads the end record (64 KB) and, if its claims are within bounds, the directory;
 * never the entries' data. What cannot be read safely is marked, entry by entry.
 *
 *     ff_preflight preflight = {0};
 *     if (ff_preflight_run(&preflight, &blob, &error) == FF_OK)
 *         for (uint32_t i = 0; i < preflight.count; i++) ... preflight.records[i].problem ...
 *     ff_preflight_release(&preflight);
 */
#ifndef FF_ARCHIVE_PREFLIGHT_H
#define FF_ARCHIVE_PREFLIGHT_H

#include "archive/blob.h"

#include <stdbool.h>

/* Why an entry is not read. */
typedef enum ff_zip_problem {
    FF_ZIP_FINE,
    FF_ZIP_ENCRYPTED,
    FF_ZIP_METHOD,  /* neither stored nor deflated */
    FF_ZIP_DAMAGED, /* its record contradicts itself */
    FF_ZIP_OUTSIDE, /* its bytes would lie outside the archive */
    FF_ZIP_OVERLAP, /* its bytes are another entry's too */
    FF_ZIP_PROBLEM_COUNT
} ff_zip_problem;

enum { FF_ZIP_STORED = 0, FF_ZIP_DEFLATED = 8 };

/* One entry as the central directory describes it. */
typedef struct ff_zip_record {
    ff_slice name;   /* raw bytes, borrowed from the preflight */
    uint64_t at;     /* of its local header, from `base` */
    uint64_t packed; /* bytes in the archive */
    uint64_t size;   /* bytes that it claims to hold: a lie is possible */
    uint32_t crc;
    uint16_t method;
    uint16_t flags;
    ff_zip_problem problem;
} ff_zip_record;

typedef struct ff_preflight {
    uint64_t base;          /* bytes before the archive */
    uint64_t body_size;     /* bytes from `base` to the directory: local headers and data */
    char *directory;        /* owned; names point into it */
    ff_zip_record *records; /* owned; in the order of the directory */
    uint32_t count;
    bool damaged; /* the directory holds fewer or more records than the end record claims */
} ff_preflight;

/* `preflight` is zeroed. FF_OK; FF_LIMIT (more than FF_LIMIT_ARCHIVE_ENTRIES or FF_LIMIT_DIRECTORY_BYTES: refused
 * before anything is allocated for them), FF_INVALID (no end record, no directory, or no entry that can be read
 * because they overlap), FF_IO, FF_NOMEM. Texts do not name the archive. */
ff_status ff_preflight_run(ff_preflight *preflight, const ff_blob *blob, ff_error *error);

void ff_preflight_release(ff_preflight *preflight); /* a zeroed one is fine */

#endif
