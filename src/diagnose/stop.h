/* Why GitHub ended a job from outside, or never began it, where an annotation states that: how the job ended, not a
 * fault in the code.
 *
 *     failure.stop = ff_stop_find(run, job, conclusion, &failure.stop_words);
 *
 * Most of it stands in no log: a job that was never started has none, and the runner does not know who cancelled it.
 */
#ifndef FF_DIAGNOSE_STOP_H
#define FF_DIAGNOSE_STOP_H

#include "source/run.h"

/* One row of the table; all strings are static. */
typedef struct ff_stop {
    const char *code;    /* of the observation that tells it: docs/report.md lists them */
    ff_slice phrase;     /* in GitHub's message */
    ff_slice beside;     /* what the message holds too, where the phrase alone is common; empty: nothing */
    const char *verb;    /* for a headline: ` did not start`; NULL: as its conclusion says */
    const char *because; /* behind verb and time: `: no runner took it` */
    const char *meaning; /* what GitHub's words leave unsaid; NULL: nothing */
    const char *todo;    /* what to do about it; NULL: nothing, or GitHub's words say it */
    bool names;          /* who did it stands behind the phrase */
    bool cancels;        /* only what was cancelled ends so */
    bool settled;        /* a log would say no more, or there never was one */
    bool harmless;       /* nothing needs repair */
} ff_stop;

/* The row that fits a message, or NULL. */
const ff_stop *ff_stop_of(ff_slice message);

/* The runner's words for a time limit of a job and of a step; the number of minutes follows. */
extern const ff_slice ff_stop_job_limit, ff_stop_step_limit;

/* True for words that hold one of them. */
bool ff_stop_is_limit(ff_slice words);

/* What is stated of a job that ended with `conclusion`, and in `words` the first line of that message (borrowed from
 * the run). NULL, and `words` untouched, if nothing is. */
const ff_stop *ff_stop_find(const ff_run *run, uint32_t job, ff_conclusion conclusion, ff_slice *words);

/* Who cancelled it, from the words of a row that names somebody: `@octocat`. */
ff_slice ff_stop_who(const ff_stop *stop, ff_slice words);

#endif
