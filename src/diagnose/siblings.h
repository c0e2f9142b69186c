/* Jobs of one matrix, told by their names: `ci / test (ubuntu, 3.11)` has the values `ubuntu` and `3.11`, and every job
 * whose name is the same without its values is a sibling.
 *
 *     ff_leg leg = ff_leg_of(job->name);
 *     if (leg.value_count && ff_leg_is_sibling(&leg, &other)) ...
 *
 * GitHub names a job of a matrix so unless the workflow names it otherwise; a called workflow's jobs stand behind
 * `caller / `, and either part may have values.
 */
#ifndef FF_DIAGNOSE_SIBLINGS_H
#define FF_DIAGNOSE_SIBLINGS_H

#include "diagnose/observe.h"

enum { FF_LEG_PARTS = 4, FF_LEG_VALUES = 12 };

typedef struct ff_leg {
    ff_slice parts[FF_LEG_PARTS]; /* the name without its values; borrowed, as the values are */
    uint32_t part_count;
    ff_slice values[FF_LEG_VALUES];
    uint32_t value_count; /* 0: not one of a matrix */
    bool cut;             /* GitHub cut the name: values are missing */
} ff_leg;

/* Takes a job's name apart. */
ff_leg ff_leg_of(ff_slice name);

/* True for two names that are equal without their values. */
bool ff_leg_is_sibling(const ff_leg *one, const ff_leg *other);

/* Says of each matrix with a failure of its own how many of its jobs failed, and which value only those have. Jobs that
 * were cancelled or skipped, that still run, or whose conclusion no source states, count neither way. */
ff_status ff_siblings_observe(ff_observer *observer);

#endif
