/* What a ZIP library gets to see of an archive: its local headers and data as they are, and behind them a directory
 * and an end record written anew from what the preflight verified.
 *
 * So the library and the preflight can never disagree about which end record counts, how many entries there are or
 * where they stand, and an entry that is not to be read cannot spoil the opening: it is not in the directory. Entry
 * names are not needed for reading and are replaced by numbers. The end record carries the longest possible comment,
 * all zero: a library searches only that far for an end record, so it finds none in the data.
 *
 *     ff_view view = {0};
 *     ff_view_make(&view, &blob, &preflight, &error);
 *     ff_view_read(&view, position, into, len, &got, &error);
 *     ff_view_release(&view);
 */
#ifndef FF_ARCHIVE_VIEW_H
#define FF_ARCHIVE_VIEW_H

#include "archive/preflight.h"
#include "base/buf.h"

typedef struct ff_view {
    const ff_blob *blob; /* borrowed */
    uint64_t base;       /* where the archive begins in it */
    uint64_t body_size;  /* bytes taken from it */
    ff_buf tail;         /* directory and end records */
    uint64_t size;       /* of the whole view */
} ff_view;

/* `view` is zeroed; `blob` is borrowed. The view holds the records whose problem is FF_ZIP_FINE, in their order.
 * FF_OK or FF_NOMEM. */
ff_status ff_view_make(ff_view *view, const ff_blob *blob, const ff_preflight *preflight, ff_error *error);

/* Reads up to `len` bytes at `at` and stores how many in `got`: 0 only at or past the end. FF_OK, FF_INVALID, FF_IO. */
ff_status ff_view_read(const ff_view *view, uint64_t at, char *into, size_t len, size_t *got, ff_error *error);

void ff_view_release(ff_view *view); /* a zeroed one is fine */

#endif
