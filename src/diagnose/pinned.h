/* Annotations: what the runner or an action pinned to a job. Most repeat a line of the log; some stand nowhere else,
 * such as a lost runner, a time limit, or who cancelled the run.
 */
#ifndef FF_DIAGNOSE_PINNED_H
#define FF_DIAGNOSE_PINNED_H

#include "diagnose/observe.h"

/* The annotations of the job whose log is being read. */
typedef struct ff_pinned {
    uint32_t job;
    size_t from, to; /* where they stand among those of the run */
} ff_pinned;

/* Before the first line. Nothing to release. */
void ff_pinned_init(ff_pinned *pinned);

/* Looks at the next line of the log and marks the annotations that it repeats. */
void ff_pinned_line(ff_pinned *pinned, ff_run *run, const ff_line *line);

/* The first annotation of the job whose message holds `phrase`, or NULL. Borrowed. */
const ff_annotation *ff_pinned_find(const ff_run *run, uint32_t job, ff_slice phrase);

/* The next annotation of the job behind index `*at` that says more than that a step failed, and that no line of the log
 * says; NULL at the end. Start with `*at` 0. */
const ff_annotation *ff_pinned_next(const ff_run *run, uint32_t job, size_t *at);

/* Adds what was pinned to a failed job, and what no line of its log says, to the evidence of its first fault. Needs the
 * final order of the diagnoses. FF_OK or FF_NOMEM. */
ff_status ff_pinned_support(ff_case *c);

/* Says who or what cancelled a job (`cancelled-by`, `superseded`, `fail-fast`), and what else was pinned to a job whose
 * log does not say it (`annotation`). */
ff_status ff_pinned_observe(ff_observer *observer);

#endif
