/* Facts about the run that a job's log states: the job's name, the repository, the workflow, branch and commit.
 *
 *     ff_facts facts = {0};
 *     ff_facts_line(&facts, run, &line);
 *
 * Only what the run does not know yet is filled in, and only values that have the form they must have: log text is
 * untrusted. The commit comes from the first checkout of the run's own repository, and not from the merge commit that a
 * pull request checks out.
 */
#ifndef FF_LOG_FACTS_H
#define FF_LOG_FACTS_H

#include "log/line.h"

typedef struct ff_facts {
    uint32_t job, step;  /* of the first checkout in this job */
    bool checkout;       /* it was seen */
    bool ours;           /* and is of the run's repository */
    bool merge;          /* and of a pull request's merge commit */
    bool commit_follows; /* the next line answers `git log -1` */
} ff_facts;

/* Looks at one line; start each job with a zeroed state. */
void ff_facts_line(ff_facts *facts, ff_run *run, const ff_line *line);

#endif
