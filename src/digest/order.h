/* The order of the groups on the page: what a reader must see first. */
#ifndef FF_DIGEST_ORDER_H
#define FF_DIGEST_ORDER_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

/* What decides where a group stands. */
typedef struct ff_weight {
    ff_group_state state;
    uint64_t runs;   /* of the window */
    size_t weakness; /* of its verdict */
    int64_t newest;  /* created_at of its newest run */
    char fingerprint[FF_SHA256_HEX + 1];
} ff_weight;

/* Negative if `a` comes before `b`; never 0 for two groups. */
int ff_order_compare(const ff_weight *a, const ff_weight *b);

/* Gives each draft its place, most important first, each group behind the one that it stands under. FF_OK, FF_NOMEM,
 * FF_LIMIT. */
ff_status ff_order_groups(ff_build *build);

#endif
