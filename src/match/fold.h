/* Folding: the hits of one rule in one step become findings.
 *
 * Without `repeat` all of them are one. `same` starts a new piece where a value changes; a piece that stays shorter
 * than `at_least` joins its neighbour, so that a loop with a blip in it is not lost; a loop shorter than `at_least` is
 * no finding. `closed_by` ends a loop and counts as its last hit. What ends is copied into the run's arena at once:
 * at any time two pieces of a rule are open at most.
 *
 *     ff_fold_hit(fold, rule, &hit);        // rule: index of its plan
 *     if (ff_fold_is_open(fold, rule)) ff_fold_close(fold, rule, &closing_line);
 *     ff_fold_end_step(fold);
 */
#ifndef FF_MATCH_FOLD_H
#define FF_MATCH_FOLD_H

#include "match/hit.h"
#include "match/plan.h"

typedef struct ff_fold ff_fold;

/* `matcher` and `run` are borrowed. FF_OK or FF_NOMEM. */
ff_status ff_fold_new(ff_fold **fold, const ff_matcher *matcher, ff_run *run);
void ff_fold_free(ff_fold *fold); /* NULL is fine */

/* From now on a single hit is a finding, whatever `at_least` says. */
void ff_fold_loosen(ff_fold *fold);

/* Takes a hit of the current step. FF_OK or FF_NOMEM. */
ff_status ff_fold_hit(ff_fold *fold, uint32_t rule, const ff_hit *hit);

/* True if the rule has hit in this step and no closing line came since. */
bool ff_fold_is_open(const ff_fold *fold, uint32_t rule);

/* Ends the open loop of the rule with its closing line. */
ff_status ff_fold_close(ff_fold *fold, uint32_t rule, const ff_hit *hit);

/* Ends all loops of the step. */
ff_status ff_fold_end_step(ff_fold *fold);

/* The findings so far, in no order; borrowed until the next call. Past FF_LIMIT_FINDINGS, FF_LIMIT_FINDINGS_PER_RULE
 * or FF_LIMIT_FINDING_BYTES further ones were left out, with the note `findings-limit`. */
ff_findings *ff_fold_findings(ff_fold *fold);

#endif
