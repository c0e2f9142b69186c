/* How a run ended in which nothing is known to have failed, and what of it is still to come.
 *
 *     ff_finish_say(&story, &voice);       The run passed in attempt 2; attempt 1 failed
 */
#ifndef FF_REPORT_FINISH_H
#define FF_REPORT_FINISH_H

#include "report/story.h"

/* The headline of a story without a failure. */
void ff_finish_say(const ff_story *story, const ff_voice *voice);

/* True if no job of a run that the API calls unfinished has begun. */
bool ff_finish_is_queued(const ff_run *run);

/* The attempt before this one that failed last, where the run passed; 0: none is known. */
uint32_t ff_finish_failed_attempt(const ff_run *run);

/* What was not read, for the first lines; NULL: nothing, or only what has not run yet, which is said elsewhere. */
const ff_note *ff_finish_missing(const ff_report *report);

/* What the checks were made against, and whether that is the run's commit; only if report->repository. */
void ff_finish_say_repository(const ff_report *report, const ff_voice *voice);

#endif
