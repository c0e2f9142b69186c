/* What one exchange has waited for limits, and which limits it knows of, so that no request is sent into one.
 *
 * Times are milliseconds of ff_http_now. Calls that wait for the same limit at the same time wait once.
 */
#ifndef FF_FETCH_LEDGER_H
#define FF_FETCH_LEDGER_H

#include "fetch/policy.h"

typedef struct ff_ledger {
    uint64_t max_ms; /* of all waits together */
    uint64_t spent_ms;
    uint64_t open_ms[FF_SIDE_COUNT];    /* nothing is sent before */
    uint64_t refused_ms[FF_SIDE_COUNT]; /* a limit beyond max_ms lasts until then */
    ff_error refusal[FF_SIDE_COUNT];    /* and what was said about it */
    uint32_t http[FF_SIDE_COUNT];       /* by which status */
} ff_ledger;

/* Books a wait from `now` on. False, and nothing is booked, if all waits together would pass the bound; then `needed`
 * is what max_ms would have to be. */
bool ff_ledger_book(ff_ledger *ledger, ff_side side, uint64_t now, uint64_t wait_ms, uint64_t *needed);

/* Remembers that nothing will come of another request before `until`: a limit that is not waited for, or a token that
 * is no good (UINT64_MAX). */
void ff_ledger_refuse(ff_ledger *ledger, ff_side side, uint64_t until, const ff_error *refusal, uint32_t http);

/* What was said about a refusal that still lasts, or NULL. */
const ff_error *ff_ledger_refusal(const ff_ledger *ledger, ff_side side, uint64_t now);

#endif
