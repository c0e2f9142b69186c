/* The jobs of a group, the legs of a matrix folded: `test (3.11)` and `test (3.12)` are `test` with two legs.
 *
 *     ff_legs legs = {.pad = pad, .names = names};
 *     ff_legs_add(&legs, FF_LIT("lint\ntest (3.11)\ntest (3.12)"));      a run
 *     jobs = ff_legs_fold(&legs, arena, &count);                         once all are added
 */
#ifndef FF_DIGEST_LEGS_H
#define FF_DIGEST_LEGS_H

#include "digest/digest.h"
#include "digest/names.h"

typedef struct ff_legs_job {
    uint32_t base, whole; /* names: what the job is called without its leg; one job that is called so */
    bool has_leg;
    uint32_t runs, last; /* last: number of the run that counted last */
    size_t legs;
} ff_legs_job;

typedef struct ff_legs_leg {
    uint32_t job, name;
} ff_legs_leg;

typedef struct ff_legs {
    ff_arena *pad;
    ff_names *names;
    struct {
        ff_legs_job *items;
        size_t count, cap;
    } jobs;
    struct {
        ff_legs_leg *items;
        size_t count, cap;
    } legs;
    uint32_t runs;
    bool full; /* there are more than FF_LIMIT_GROUP_JOBS */
} ff_legs;

/* Adds a run; its jobs have a newline between them, each once. False without memory. */
bool ff_legs_add(ff_legs *legs, ff_slice jobs);

/* All jobs, most runs first, then by name; legs by name, numbers in them as numbers. In the arena; NULL without memory.
 */
ff_digest_job *ff_legs_fold(const ff_legs *legs, ff_arena *arena, size_t *count);

#endif
