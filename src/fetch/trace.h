/* One line for every HTTP request that has ended, for --verbose: what, how it went, and when it is tried again. */
#ifndef FF_FETCH_TRACE_H
#define FF_FETCH_TRACE_H

#include "fetch/transfer.h"

/* Hands the line to the session's `trace`, if there is one. `advice` is NULL where nothing is tried again. A URL of the
 * store stands there without its query, which is a secret. */
void ff_trace_hop(const ff_transfer *transfer, const ff_advice *advice);

#endif
