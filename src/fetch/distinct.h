/* Lists whose members have an id: those that came twice, because pages shifted while they were read, count once. */
#ifndef FF_FETCH_DISTINCT_H
#define FF_FETCH_DISTINCT_H

#include "base/arena.h"

#include <stdint.h>

typedef struct ff_distinct {
    void *items;
    size_t size;  /* of one item, whose first member is its uint64_t id; 0: not known, and like no other */
    size_t count; /* before and after */
} ff_distinct;

/* Drops every item whose id an earlier one has; the others keep their order. False without memory, which is taken from
 * `arena` for the time of the call; then nothing changed. */
bool ff_distinct_keep(ff_distinct *list, ff_arena *arena);

#endif
