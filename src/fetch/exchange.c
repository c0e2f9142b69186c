#include "fetch/exchange.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

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

uint64_t ff_call_most(ff_call_kind kind)
{
    return kind == FF_CALL_JSON ? FF_LIMIT_ANSWER_BYTES : FF_LIMIT_DOWNLOAD_BYTES;
}

bool ff_call_own(ff_slice *into, ff_slice text)
{
    *into = (ff_slice){0};
    if (!text.len)
        return true;
    char *copy = malloc(text.len + 1);
    if (!copy)
        return false;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    *into = (ff_slice){copy, text.len};
    return true;
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
