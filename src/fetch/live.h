/* The live exchange: HTTP to one API host, with retries, rate limits, redirects, and the cache.
 *
 * One place decides all of it, so that no command can hammer, leak or wait for ever (docs/fetch.md):
 * - the token goes only to the API's own host and scheme, never to where a redirect leads;
 * - 5xx, broken bodies, resets and timeouts: FF_LIMIT_TRIES tries with growing, jittered gaps;
 * - 403 and 429 that are rate limits: wait as told, together never more than `max_wait` seconds of one exchange;
 * - nothing is repeated after 400, 401, 404, 410, 422 or a 403 that is no limit.
 */
#ifndef FF_FETCH_LIVE_H
#define FF_FETCH_LIVE_H

#include "fetch/cache.h"
#include "fetch/exchange.h"
#include "fetch/host.h"

#include <firstfault/online.h>

/* Waits; tests make them short. */
typedef struct ff_live_times {
    uint32_t connect_ms; /* until a connection stands */
    uint32_t silent_ms;  /* without a byte: a timeout */
    uint32_t gap_ms;     /* before the second try; doubled before each further one */
    uint32_t minute_ms;  /* for a limit that does not say how long */
    uint32_t stale_ms;   /* an older signed URL is not used again */
} ff_live_times;

typedef struct ff_live_options {
    ff_cache *cache;   /* borrowed; NULL: none */
    uint32_t max_wait; /* seconds, all waits together */
    uint32_t parallel; /* requests at once, FF_LIMIT_PARALLEL_MOST at most; 0: FF_LIMIT_PARALLEL */
    bool gently;  /* begin with one at once; every few answers that succeed allow one more, a limit or a fault is as
                   * at the beginning: so a server that refuses everything is not asked several times at once */
    bool offline; /* answer from the cache alone */
    void (*progress)(void *self, const ff_fetch_progress *progress); /* NULL: nobody watches; a few times a second */
    void (*trace)(void *self, ff_slice line);                        /* NULL; one line a request, without secrets */
    bool (*stopped)(void *self);                                     /* NULL; true ends all calls with FF_IO */
    bool (*impatient)(void *self); /* NULL; true ends the calls that wait for a limit, with FF_LIMIT, and no others */
    void *self;
    const ff_live_times *times; /* NULL: the usual ones; copied */
} ff_live_options;

/* Opens the exchange; nothing is sent yet. `host` is copied, with its token. FF_OK, FF_NOMEM, FF_INVALID (an API that
 * is neither https nor on this machine), FF_IO when libcurl cannot be used. Close with ff_exchange_close. */
ff_status ff_live_open(ff_exchange **exchange, const ff_host *host, const ff_live_options *options, ff_error *error);

#endif
