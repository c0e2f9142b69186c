/* Which of a job's known steps a piece of its whole text belongs to.
 *
 * The API knows every step with its number, name and times; the text of a whole job has only headers. Both times come
 * from the runner's clock, the API's cut to seconds, so a header belongs to the step that ran in its second; where
 * several steps share it, names decide, else their order. Steps inside a composite action begin while their step still
 * runs.
 */
#ifndef FF_LOG_ALIGN_H
#define FF_LOG_ALIGN_H

#include "source/run.h"

/* The step that a header or another opening line begins: behind `current` (FF_NO_INDEX: none yet), or `current` itself
 * if the line stands inside it. `name` is what the line says, `time` its stamp or FF_NO_TIME. FF_NO_INDEX only if the
 * job has no step at all. */
uint32_t ff_align_opening(const ff_job *job, uint32_t current, ff_slice name, ff_step_phase phase, int64_t time);

/* The same for any other line: `current`, unless that step had ended before and another one ran then. */
uint32_t ff_align_line(const ff_job *job, uint32_t current, int64_t time);

#endif
