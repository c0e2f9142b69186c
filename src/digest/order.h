/* The order of the groups on the page: what a reader must see first. */
#ifndef FF_DIGEST_ORDER_H
#define FF_DIGEST_ORDER_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

/* Gives each draft its place, most important first, each group behind the one that it stands under. FF_OK, FF_NOMEM,
 * FF_LIMIT. */
ff_status ff_order_groups(ff_build *build);

#endif
