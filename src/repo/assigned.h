/* What a Python source assigns to one name, as far as it can be told without running it: the texts that stand literally
 * in the value, and whether more comes from elsewhere.
 *
 *     ff_assigned assigned;
 *     ff_assigned_read(&assigned, code, FF_LIT("ALLOWED_HOSTS"), &arena);
 *     if (assigned.environment) ... the value at assigned.line comes from the environment
 *
 * `code` is without remarks (remark.h). One pass over it, brackets and strings are understood, nothing else: a value
 * that is computed, and an assignment that stands under a condition, is told as such. Memory grows with the texts only.
 */
#ifndef FF_REPO_ASSIGNED_H
#define FF_REPO_ASSIGNED_H

#include "base/array.h"
#include "base/error.h"

#include <stdint.h>

typedef struct ff_assigned_text {
    ff_slice text; /* in the arena or of the code */
    uint32_t line;
    bool perhaps; /* under a condition, or where the value is computed */
} ff_assigned_text;

/* All assignments of a source together; the last certain one starts anew. */
typedef struct ff_assigned {
    struct {
        ff_assigned_text *items;
        size_t count, cap;
    } texts;
    uint32_t line;    /* of the last one that sets it anew for certain, else of the first; 0: there is none */
    uint32_t open;    /* line of what is not literal: what the two below are about */
    bool environment; /* something of it comes from the environment or a secret */
    bool computed;    /* something of it is computed from other names */
    bool certain;     /* one of them stands under no condition */
    bool anew;        /* one of these sets it, whatever it was before */
} ff_assigned;

/* Reads what `code` assigns to `name`. FF_OK or FF_NOMEM. */
ff_status ff_assigned_read(ff_assigned *assigned, ff_slice code, ff_slice name, ff_arena *arena);

#endif
