/* Hits that wait for the lines below them: `follow`.
 *
 * A hit waits until all of `found` and `maybe` stood within the next lines, to a line of `until`, or to the end of its
 * window, which it always does if there is an `unless_found`; then it is folded, behind the older hits of its rule. At
 * most FF_LIMIT_PENDING_HITS wait; further ones are left out with the note `pending-limit`.
 *
 *     ff_pending_line(pending, &sight);                     // each line of the step, before it may hit by itself
 *     ff_pending_add(pending, rule, &hit);                  // a hit of a rule with `follow`
 *     ff_pending_end_step(pending);                         // nothing follows any more
 */
#ifndef FF_MATCH_PENDING_H
#define FF_MATCH_PENDING_H

#include "match/fold.h"
#include "match/judge.h"
#include "match/watch.h"

typedef struct ff_pending ff_pending;

/* A line as a rule's patterns see it. */
typedef struct ff_sight {
    const ff_line *line;
    uint64_t sequence;
    const uint64_t *candidates; /* of the prefilter, for line->body */
    bool any_kind;              /* examples: rules look at lines of every kind */
} ff_sight;

/* True if `unit` matches the line, which its rule may see. */
bool ff_sight_test(const ff_sight *sight, ff_judge *judge, const ff_matcher *matcher, uint32_t unit);

/* All are borrowed. FF_OK or FF_NOMEM. */
ff_status ff_pending_new(ff_pending **pending, const ff_matcher *matcher, ff_judge *judge, ff_fold *fold,
                         ff_notes *notes);
void ff_pending_free(ff_pending *pending); /* NULL is fine */

/* From now on hits that are lost are told to `watch`. */
void ff_pending_watch(ff_pending *pending, ff_watch_fn watch, void *self);

/* Takes a copy of a hit of the rule with that index. FF_OK or FF_NOMEM. */
ff_status ff_pending_add(ff_pending *pending, uint32_t rule, const ff_hit *hit);

/* Shows a line to the waiting hits. FF_OK or FF_NOMEM. */
ff_status ff_pending_line(ff_pending *pending, const ff_sight *sight);

/* Hits that need no more are folded, the others forgotten. FF_OK or FF_NOMEM. */
ff_status ff_pending_end_step(ff_pending *pending);

#endif
