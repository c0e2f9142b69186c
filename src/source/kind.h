/* One row for each kind of place that logs come from. A new kind is one file and one row in source.c.
 *
 * A kind fills the run and hands out streams. Archive and folder share most of it: they put their entries on the
 * source's shelf, let the plan decide, and use ff_source_next_planned.
 */
#ifndef FF_SOURCE_KIND_H
#define FF_SOURCE_KIND_H

#include "source/gauge.h"
#include "source/input.h"
#include "source/online.h"
#include "source/plan.h"

typedef struct ff_source_kind {
    /* Whether the content is of this kind. Rows are asked in order. */
    bool (*accepts)(const ff_input *input);
    /* Fills the run. FF_OK or an error whose text does not name the target. `close` follows in either case. */
    ff_status (*open)(ff_source *source, ff_error *error);
    ff_status (*next)(ff_source *source, ff_stream *stream, ff_error *error);
    void (*close)(ff_source *source); /* releases `self` */
} ff_source_kind;

struct ff_source {
    const ff_source_kind *kind;
    ff_run *run; /* borrowed */
    ff_input input;
    ff_gauge gauge;
    ff_arena arena; /* what lives as long as the source: entries, plan */
    ff_shelf shelf;
    ff_source_plan plan;
    size_t next; /* index of the next stream */
    void *self;  /* the kind's own state; NULL before `open` */
    /* A run of GitHub hands out the streams itself, whatever it was opened from. */
    struct ff_hosted *hosted;
    ff_server_line line;   /* to a live one; owned */
    ff_exchange *kept;     /* to a kept one, which answers in place of the network; owned */
    ff_exchange *recorder; /* stands before `line` where the run is to be kept; owned */
    const char *keep;      /* where; borrowed */
};

extern const ff_source_kind ff_source_archive, ff_source_folder, ff_source_text;

/* The rest of `open` for kinds with a shelf: a kept run (kept.h) is opened as such, all else by its plan. Results of
 * ff_source_plan_make or ff_hosted_open. */
ff_status ff_source_open_shelf(ff_source *source, ff_error *error);

/* `next` for kinds with a plan: the next entry that opens; others leave a note. */
ff_status ff_source_next_planned(ff_source *source, ff_stream *stream, ff_error *error);

#endif
