/* What the parts of ff_digest_build share. Inside src/digest only.
 *
 * Three arenas: the digest's, which keeps what writers see; `scratch`, for the whole building; `pad`, for one group.
 */
#ifndef FF_DIGEST_BUILD_H
#define FF_DIGEST_BUILD_H

#include "digest/census.h"
#include "digest/groups.h"
#include "digest/names.h"
#include "digest/shortlist.h"
#include "digest/states.h"

typedef struct ff_build {
    ff_digest *digest;
    ff_history *history;
    const ff_digest_ask *ask;
    ff_arena scratch, pad;
    ff_names names;
    ff_census census;
    ff_groups groups;
    ff_states states;
    ff_shortlist shortlist;
    ff_error *error;
} ff_build;

/* The status of a failed allocation in one of the three arenas, with its words. */
ff_status ff_build_full(ff_build *build);

#endif
