/* Whether what failed passes by now: where a group failed last, and what passed there since. */
#ifndef FF_DIGEST_PASSING_H
#define FF_DIGEST_PASSING_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

typedef struct ff_passing {
    int64_t newest;       /* created_at of the newest run that has it, up to the end of the window */
    bool all;             /* all that must have passed has */
    ff_digest_run passed; /* with `all`: the run that passed after the newest one */
} ff_passing;

/* Looks at all runs of a group that were created before the end of the window, whatever its other filters. Passed must
 * have: the workflow and branch of its newest run, after it; and each workflow and branch on which it failed outside of
 * pull requests, after its last failure there. As ff_digest_build. */
ff_status ff_passing_find(ff_build *build, const char *fingerprint, ff_passing *passing);

#endif
