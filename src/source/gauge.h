/* The counting reader: between whatever a source reads and the stream it hands out.
 *
 * It counts into the run, stops at FF_LIMIT_ENTRY_BYTES and FF_LIMIT_RUN_BYTES, and turns damage into a note and an
 * early end, so that the rest of the run is still read.
 *
 *     ff_gauge gauge;
 *     ff_gauge_init(&gauge, run);
 *     stream->reader = ff_gauge_start(&gauge, name, reader);
 */
#ifndef FF_SOURCE_GAUGE_H
#define FF_SOURCE_GAUGE_H

#include "base/reader.h"
#include "source/run.h"

typedef struct ff_gauge {
    ff_run *run;     /* borrowed */
    ff_reader inner; /* what is counted */
    ff_slice name;   /* for notes; borrowed */
    uint64_t produced;
    uint64_t entry_limit, run_limit; /* from limits.h; smaller in tests */
} ff_gauge;

/* Starts with the bounds of limits.h and nothing counted. `run` must outlive the gauge. */
void ff_gauge_init(ff_gauge *gauge, ff_run *run);

/* A reader over `inner`, which replaces the one before. Counts one entry. The name must live as long as it is read. */
ff_reader ff_gauge_start(ff_gauge *gauge, ff_slice name, ff_reader inner);

/* Adds the note that `name` could not be read (to its end): FF_IO makes it `entry-unreadable`, all else
 * `entry-damaged`. */
void ff_gauge_fail(ff_gauge *gauge, ff_slice name, ff_status status, const ff_error *reason);

#endif
