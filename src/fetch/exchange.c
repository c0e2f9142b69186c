#include "fetch/exchange.h"

#include <stdlib.h>

void ff_exchange_get(ff_exchange *exchange, ff_call *call)
{
    exchange->kind->get(exchange, call, 1);
}

void ff_exchange_get_all(ff_exchange *exchange, ff_call *calls, size_t count)
{
    if (count)
        exchange->kind->get(exchange, calls, count);
}

void ff_exchange_forget(ff_exchange *exchange, ff_slice path)
{
    exchange->kind->forget(exchange, path);
}

void ff_exchange_close(ff_exchange *exchange)
{
    if (exchange)
        exchange->kind->close(exchange);
}

/* The answer's texts are this call's own, and only lent as const. */
static void free_text(ff_slice *text)
{
    free((void *)(uintptr_t)text->ptr);
    *text = (ff_slice){0};
}

ff_slice ff_call_reason(const ff_call *call)
{
    ff_slice text = ff_slice_of(call->error.text), rest = text;
    if (call->what && ff_slice_take_prefix(&rest, ff_slice_of(call->what)) && ff_slice_take_prefix(&rest, FF_LIT(": ")))
        return rest;
    return text;
}

void ff_call_release(ff_call *call)
{
    ff_body_release(&call->body);
    free_text(&call->next);
}
