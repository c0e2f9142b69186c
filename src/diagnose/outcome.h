/* What became of each step, job and run, where no source said it: inferred from what the log shows.
 *
 * A log never says `continue-on-error` or `if: always()`. A failed step after which ordinary steps ran, without a gap
 * in the step numbers, was tolerated; a gap, or only clean-up and reporting steps after it, means that it ended the
 * job. Where a source stated a conclusion, that stands. docs/diagnosis.md has the reasoning.
 */
#ifndef FF_DIAGNOSE_OUTCOME_H
#define FF_DIAGNOSE_OUTCOME_H

#include "diagnose/diagnosis.h"
#include "diagnose/suspects.h"

/* Fills in the unknown conclusions of `run`, steps first, and marks tolerated steps. */
void ff_outcome_infer(ff_run *run);

/* True for a step that failed, whether or not its job went on: where that was foreseen the API says success. */
bool ff_outcome_went_wrong(const ff_step *step);

/* Takes back an inferred success where the text of one job ends its last step on a line of plain trouble: container
 * actions fail without a word of the runner, and the steps skipped after them leave no trace in a text. */
void ff_outcome_doubt(ff_run *run, const ff_suspects *suspects);

typedef struct ff_failures {
    ff_failure *items; /* origins in time order, then follow-ons */
    size_t count, cap;
} ff_failures;

/* Lists the failed steps of `run` after ff_outcome_infer. `findings` tell which steps only report other failures (tag
 * `follow-on`). Everything is allocated in the run's arena. FF_OK or FF_NOMEM. */
ff_status ff_failures_collect(ff_run *run, const ff_findings *findings, ff_failures *failures);

#endif
