/* The lines that look like an error to anybody, kept for the steps that fail: what is shown when no rule knows why.
 *
 * While lines pass, each step keeps its first few suspicious lines, its last few, and its last lines of any kind, in
 * fixed memory; when the step turns out to have failed they are copied to the arena, else forgotten. What stands near
 * the end of the step weighs more: a step prints much trouble that it survives.
 */
#ifndef FF_DIAGNOSE_SUSPECTS_H
#define FF_DIAGNOSE_SUSPECTS_H

#include "match/finding.h"
#include "source/run.h"

enum { FF_SUSPECT_LINES = 16, FF_TAIL_LINES = 12 };

/* Marks on the scale of weights (ff_alarm_weigh, with the bonus for standing near the end). */
enum {
    FF_SUSPECT_KEPT = 2,    /* kept although it stands late */
    FF_SUSPECT_TROUBLE = 6, /* makes a text without an end worth a diagnosis */
    FF_SUSPECT_DOUBT = 7,   /* takes back an inferred success */
};

/* What is kept of one failed step. `suspects` in log order; `best` is the index of the most telling one. */
typedef struct ff_step_traces {
    uint32_t job, step;
    ff_kept_line suspects[FF_SUSPECT_LINES];
    uint32_t weights[FF_SUSPECT_LINES]; /* of each, with the bonus for standing near the end */
    uint32_t suspect_count;
    uint32_t best;
    uint32_t best_weight;             /* 0: no suspicious line at all */
    ff_kept_line tail[FF_TAIL_LINES]; /* the last lines up to the one that says that the step failed, in log order */
    uint32_t tail_count;
} ff_step_traces;

typedef struct ff_suspects ff_suspects;

/* `run` is borrowed; kept lines live in its arena. FF_OK or FF_NOMEM. */
ff_status ff_suspects_new(ff_suspects **suspects, ff_run *run);
void ff_suspects_free(ff_suspects *suspects); /* NULL is fine */

/* Looks at the next line, `sequence` being its position in the run. FF_OK or FF_NOMEM. */
ff_status ff_suspects_line(ff_suspects *suspects, const ff_line *line, uint64_t sequence);

/* Ends the last step. FF_OK or FF_NOMEM. */
ff_status ff_suspects_finish(ff_suspects *suspects);

/* The traces of a step that looked failed, or NULL. Borrowed from the run's arena. */
const ff_step_traces *ff_suspects_of(const ff_suspects *suspects, uint32_t job, uint32_t step);

#endif
