#include "fetch/ledger.h"

bool ff_ledger_book(ff_ledger *ledger, ff_side side, uint64_t now, uint64_t wait_ms, uint64_t *needed)
{
    uint64_t until = now + wait_ms;
    uint64_t from = ledger->open_ms[side] > now ? ledger->open_ms[side] : now;
    uint64_t more = until > from ? until - from : 0;
    *needed = ledger->spent_ms + more;
    if (*needed > ledger->max_ms)
        return false;
    ledger->spent_ms = *needed;
    if (more)
        ledger->open_ms[side] = until;
    return true;
}

void ff_ledger_refuse(ff_ledger *ledger, ff_side side, uint64_t until, const ff_error *refusal, uint32_t http)
{
    ledger->refused_ms[side] = until;
    ledger->refusal[side] = *refusal;
    ledger->http[side] = http;
}

const ff_error *ff_ledger_refusal(const ff_ledger *ledger, ff_side side, uint64_t now)
{
    return ledger->refused_ms[side] > now ? &ledger->refusal[side] : NULL;
}
