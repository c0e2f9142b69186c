/* How long a step and its job ran, against the limit that ended them or did not.
 *
 * A job over its `timeout-minutes` ends as `cancelled` more often than as `timed_out`; that it was the limit stands in
 * a line of its log or in an annotation. Without such words the workflow file tells the limit, where it was read, but
 * not that it was what ended the job; without the file too a limit is at most something to look up.
 */
#ifndef FF_DIAGNOSE_TIMING_H
#define FF_DIAGNOSE_TIMING_H

#include "diagnose/observe.h"

/* The conclusion of a failed step, or of a job for step FF_NO_INDEX: `conclusion`, or timed_out where the log or an
 * annotation says that it met its time limit. */
ff_conclusion ff_timing_conclude(const ff_run *run, uint32_t job, uint32_t step, ff_conclusion conclusion);

/* From start to end by the API's times, else by the first and last time stamp, in nanoseconds; 0: not known. */
int64_t ff_timing_step(const ff_run *run, uint32_t job, uint32_t step);
int64_t ff_timing_job(const ff_run *run, uint32_t job);

/* Says of each step that was killed, cancelled or timed out how long it ran (`time-limit`, `killed`, `cut-off`). */
ff_status ff_timing_observe(ff_observer *observer);

#endif
