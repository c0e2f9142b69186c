/* Which steps of a job are the runner's own: set-up before the workflow's steps, clean-up after them. */
#ifndef FF_SOURCE_PHASE_H
#define FF_SOURCE_PHASE_H

#include "source/run.h"

/* Sets the phase of every step of `job`, which stand in the order of their numbers, from their names and places:
 * a step of the workflow may be called "Post a comment" or "Pull images" too, so clean-up counts only behind the last
 * step of the workflow, and set-up only before the first. */
void ff_phase_assign(ff_job *job);

#endif
