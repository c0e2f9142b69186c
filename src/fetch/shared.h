/* A live exchange that several threads may use at once: one set of connections, one rate-limit ledger, one cache, one
 * bound on all waiting (see live.h for what they do).
 *
 * A thread of its own does the talking; those that ask wait until their calls are answered.
 *
 *     ff_exchange *exchange = NULL;
 *     ff_shared_open(&exchange, &host, &options, &error);
 *     ... any thread: ff_exchange_get(exchange, &call) ...
 *     ff_exchange_close(exchange);       when no thread asks any more
 */
#ifndef FF_FETCH_SHARED_H
#define FF_FETCH_SHARED_H

#include "fetch/live.h"

/* What it has done so far. */
typedef struct ff_shared_tally {
    uint64_t bytes;    /* of bodies received */
    uint32_t requests; /* sent */
    int64_t remaining; /* of the rate limit; -1: not known */
    uint32_t wait;     /* seconds that it still holds everything back for a limit; 0: it does not */
} ff_shared_tally;

/* Opens it and starts its thread. As ff_live_open; FF_IO too if no thread can be started. `progress` of the options is
 * not called, `trace`, `stopped` and `impatient` are called from its thread. */
ff_status ff_shared_open(ff_exchange **exchange, const ff_host *host, const ff_live_options *options, ff_error *error);

/* From any thread. `exchange` must come from ff_shared_open. */
ff_shared_tally ff_shared_count(ff_exchange *exchange);

#endif
