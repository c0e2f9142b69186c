/* The Link header of a list (RFC 8288), of which only `rel="next"` counts. */
#ifndef FF_FETCH_LINK_H
#define FF_FETCH_LINK_H

#include "base/slice.h"

/* The target of the first link whose relation is `next`, as it stands between `<` and `>`; empty: none. Hostile headers
 * give the empty slice. */
ff_slice ff_link_next(ff_slice header);

#endif
