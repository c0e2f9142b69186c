/* `compose`: captures that are made of other captures of the same hit.
 *
 *     ff_compose compose = {0};
 *     ff_compose_new(&compose, matcher->spans_max);
 *     ff_compose_apply(&compose, rule, &hit, &full);     // full: the hit with the captures of `compose` behind its own
 *     ff_compose_release(&compose);
 */
#ifndef FF_MATCH_COMPOSE_H
#define FF_MATCH_COMPOSE_H

#include "base/arena.h"
#include "base/buf.h"
#include "match/hit.h"

/* Values are masked before they are put together: the text around a secret may be what tells that it is one. */
typedef struct ff_compose {
    ff_span *spans; /* owned; room for those of any rule */
    ff_buf text;    /* of the values made */
    ff_arena parts; /* what they are made of, with its secrets masked */
} ff_compose;

/* Room for `spans` captures. FF_OK or FF_NOMEM; what was made must be released either way. */
ff_status ff_compose_new(ff_compose *compose, uint32_t spans);
void ff_compose_release(ff_compose *compose); /* a zeroed one is fine */

/* Copies `hit` to `full` and adds what its rule composes; a text in which a capture has no value is left out. `full`
 * borrows from both until the next call. FF_OK or FF_NOMEM. */
ff_status ff_compose_apply(ff_compose *compose, const ff_rule *rule, const ff_hit *hit, ff_hit *full);

#endif
