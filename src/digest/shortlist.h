/* Which groups come on the page where the window has more than FF_LIMIT_GROUPS: the most important ones.
 *
 * Of a window with fewer there is none: then all groups come on the page.
 */
#ifndef FF_DIGEST_SHORTLIST_H
#define FF_DIGEST_SHORTLIST_H

#include "digest/order.h"

typedef struct ff_shortlist {
    ff_weight *items; /* by fingerprint, once it is made */
    size_t count, cap;
    bool is_made;
} ff_shortlist;

/* Visits the members of the window and keeps the FF_LIMIT_GROUPS groups that an order puts first. Needs what earlier
 * scans said (ff_states_hear). As ff_digest_build. */
ff_status ff_shortlist_make(ff_build *build);

/* True if the group is on it. */
bool ff_shortlist_has(const ff_shortlist *list, const char *fingerprint);

#endif
