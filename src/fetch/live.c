#include "fetch/live.h"

#include "fetch/batch.h"

#include <stdlib.h>

typedef struct ff_live {
    ff_exchange exchange;
    ff_session session;
    ff_batch batch;
} ff_live;

static void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    ff_live *live = (ff_live *)exchange;
    ff_transfer *all = calloc(count, sizeof *all);
    if (!all) {
        for (size_t i = 0; i < count; i++)
            calls[i].status = ff_error_set(&calls[i].error, FF_NOMEM, "out of memory");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        ff_transfer_begin(&all[i], &live->session, &calls[i]);
        ff_batch_add(&live->batch, &all[i]);
    }
    while (ff_batch_move(&live->batch))
        ff_batch_wait(&live->batch);
    while (ff_batch_take(&live->batch)) {
    }
    for (size_t i = 0; i < count; i++)
        ff_transfer_release(&all[i]);
    free(all);
}

static void forget(ff_exchange *exchange, ff_slice path)
{
    ff_live *live = (ff_live *)exchange;
    ff_session_forget(&live->session, path);
}

static void close_live(ff_exchange *exchange)
{
    ff_live *live = (ff_live *)exchange;
    ff_session_release(&live->session);
    free(live);
}

static const ff_exchange_kind LIVE = {get, forget, close_live};

ff_status ff_live_open(ff_exchange **exchange, const ff_host *host, const ff_live_options *options, ff_error *error)
{
    ff_live *made = calloc(1, sizeof *made);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    made->exchange.kind = &LIVE;
    made->batch.session = &made->session;
    ff_status status = ff_session_open(&made->session, host, options, error);
    if (status != FF_OK) {
        close_live(&made->exchange);
        return status;
    }
    *exchange = &made->exchange;
    return FF_OK;
}
