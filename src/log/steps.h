/* Which step a line belongs to, found in the text of a whole job.
 *
 * The steps are those that the log archive would have as files: "Set up job", one for each header of the runner, one
 * for each `Post job cleanup.`, "Stop containers", "Complete job". Steps inside a composite action have headers of
 * their own; where it can be known that a header is such a one, it does not begin a step.
 *
 *     ff_steps steps = {0};
 *     ff_steps_begin(&steps, run, job, true);
 *     for each line: ff_steps_look(&steps, &front, header, stamps);  … steps.step …  ff_steps_note(&steps, &line);
 *
 * Numbers of steps are not in the text (skipped steps leave no trace), but "Set up job" is always 1.
 */
#ifndef FF_LOG_STEPS_H
#define FF_LOG_STEPS_H

#include "log/download.h"
#include "log/header.h"

typedef struct ff_steps {
    ff_run *run; /* borrowed */
    uint32_t job;
    uint32_t step; /* the current one; FF_NO_INDEX before the first line */
    bool split;    /* steps must be found; else they are known from elsewhere */
    bool aligned;  /* they are known by their numbers and times, and must be found in the text */
    /* private */
    const void *opened; /* what opened the current step */
    int64_t time;       /* stamp of the line, or FF_NO_TIME */
    bool preparing;     /* the current step is still without its header */
    bool main_seen;     /* a step of the workflow's own was seen */
    bool action;        /* the last header was an action's, not a script's */
    bool silent;        /* and nothing was printed since */
    int64_t header_time;
    bool composite; /* the current step is known to hold others */
    /* Hashes of what stood behind `shell: `; 0: not known. */
    uint64_t last_shell;  /* of the current step's last script */
    uint64_t inner_shell; /* of the scripts inside the current step */
    uint64_t job_shell;   /* of the job's own scripts */
    bool job_default;     /* which is that of a script that names none */
    bool marked;          /* the runner marks inner steps */
    uint32_t depth;       /* and so many are open */
    ff_downloads downloads;
} ff_steps;

/* Begins with the lines of a job. */
void ff_steps_begin(ff_steps *steps, ff_run *run, uint32_t job, bool split);

/* Looks at a line before it is placed and opens a new step in the run if it begins one; afterwards `step` is the one it
 * belongs to. `header` is the survey of a line that opens a header, else NULL. Past FF_LIMIT_STEPS the lines stay with
 * the last step. FF_OK or FF_NOMEM. */
ff_status ff_steps_look(ff_steps *steps, const ff_front *front, const ff_header_survey *header, bool stamps);

/* Takes note of the line after it was placed and classified. */
void ff_steps_note(ff_steps *steps, const ff_line *line);

/* The phase that the name of a step of the runner's own tells; FF_STEP_MAIN for all others. */
ff_step_phase ff_steps_phase(ff_slice name);

/* True if `text` is a line with which the log of a job begins. */
bool ff_steps_is_setup(ff_slice text);

#endif
