/* Which entries of a shelf are read, in which order, and as what.
 *
 * An archive holds each job twice: whole, and as one file a step. Only one copy is read: the step files when there is
 * at least one of a step with a number from 1 on and every one of them can be read and holds something; else the
 * whole-job file. Where two whole-job files have one name, nobody can say whose the step files are: both whole files
 * are read, as two jobs. Jobs stand in the order of their ordinals, then of their names.
 *
 *     ff_source_plan plan = {0};
 *     ff_source_plan_make(&plan, &shelf, run, &arena, &error);
 *     for (size_t i = 0; i < plan.count; i++) ... shelf.items[plan.items[i].entry] ...
 */
#ifndef FF_SOURCE_PLAN_H
#define FF_SOURCE_PLAN_H

#include "source/shelf.h"
#include "source/source.h"

/* One stream to come. */
typedef struct ff_source_item {
    ff_stream_form form;
    uint32_t job, step; /* as in ff_stream */
    uint32_t entry;     /* index in the shelf */
} ff_source_item;

typedef struct ff_source_plan {
    ff_source_item *items;
    size_t count, cap;
} ff_source_plan;

/* Fills the run with the jobs and steps that the names tell, and `plan` with the streams. Temporary and lasting memory
 * comes from `arena`; what the run keeps from its own. Reads every system.txt, and up to
 * FF_LIMIT_VERIFY_BYTES of step files to see whether the whole-job file is needed. Adds notes about what is not read.
 * FF_OK; FF_INVALID if there is no log that can be read (the text does not name the target), FF_NOMEM. */
ff_status ff_source_plan_make(ff_source_plan *plan, const ff_shelf *shelf, ff_run *run, ff_arena *arena,
                              ff_error *error);

#endif
