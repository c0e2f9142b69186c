#include "fetch/live.h"

#include "base/limits.h"
#include "fetch/transfer.h"

#include <stdlib.h>

enum { TICK_MS = 100 }; /* between two reports of progress */

typedef struct ff_live {
    ff_exchange exchange;
    ff_session session;
    uint64_t told_ms; /* when progress was last reported */
} ff_live;

/* The calls of one get. */
typedef struct batch {
    ff_transfer *items;
    size_t count;
} batch;

static uint32_t seconds_until(uint64_t time, uint64_t now)
{
    return time > now ? (uint32_t)((time - now + 999) / 1000) : 0;
}

/* The one that moved last; among those that wait, the one whose turn comes first. */
static const ff_transfer *most_telling(const batch *all)
{
    const ff_transfer *best = NULL;
    for (size_t i = 0; i < all->count; i++) {
        const ff_transfer *one = &all->items[i];
        if (one->state == FF_TRANSFER_DONE)
            continue;
        bool flies = one->state == FF_TRANSFER_FLYING;
        if (!best || (flies && best->state != FF_TRANSFER_FLYING) || (flies && one->hop.last_ms > best->hop.last_ms) ||
            (!flies && best->state != FF_TRANSFER_FLYING && ff_transfer_due(one) < ff_transfer_due(best)))
            best = one;
    }
    return best;
}

static void tell_progress(ff_live *live, const batch *all)
{
    const ff_session *session = &live->session;
    const ff_transfer *one = session->options.progress ? most_telling(all) : NULL;
    uint64_t now = ff_http_now();
    if (!one || now - live->told_ms < TICK_MS)
        return;
    live->told_ms = now;
    ff_fetch_progress progress = {.what = one->call->what,
                                  .number = one->call->number,
                                  .total = one->call->total,
                                  .requests = session->requests,
                                  .remaining = session->remaining};
    if (one->state == FF_TRANSFER_WAITING) {
        progress.wait = seconds_until(ff_transfer_due(one), now);
    } else {
        progress.bytes = one->call->body.size;
        /* The length of a compressed answer says nothing about what comes out of it. */
        if (one->hop.compressed ||
            !ff_slice_to_uint(ff_answer_header(&one->answer, FF_HEADER_CONTENT_LENGTH), &progress.expected))
            progress.expected = 0;
    }
    session->options.progress(session->options.self, &progress);
}

/* Lands what has ended and sends what is due; returns how long nothing can happen but from outside. 0: all are done. */
static uint32_t move_on(const batch *all)
{
    uint64_t now = ff_http_now(), next = UINT64_MAX;
    uint32_t flying = 0;
    for (size_t i = 0; i < all->count; i++) {
        ff_transfer *one = &all->items[i];
        if (one->state == FF_TRANSFER_FLYING && !one->hop.flying)
            ff_transfer_land(one);
        flying += one->state == FF_TRANSFER_FLYING;
    }
    for (size_t i = 0; i < all->count; i++) {
        ff_transfer *one = &all->items[i];
        if (flying < FF_LIMIT_PARALLEL && ff_transfer_is_due(one, now)) {
            ff_transfer_send(one);
            flying += one->state == FF_TRANSFER_FLYING;
        }
        if (one->state == FF_TRANSFER_WAITING && ff_transfer_due(one) < next)
            next = ff_transfer_due(one);
    }
    if (flying == 0 && next == UINT64_MAX)
        return 0;
    return next > now && next - now < TICK_MS ? (uint32_t)(next - now) : TICK_MS;
}

static void fail_all(const batch *all, const ff_error *error)
{
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].state != FF_TRANSFER_DONE)
            ff_transfer_fail(&all->items[i], error->status, error->text);
}

static bool is_stopped(const ff_live *live)
{
    return live->session.options.stopped && live->session.options.stopped(live->session.options.self);
}

static void run(ff_live *live, const batch *all)
{
    ff_error error = {0};
    uint32_t pause;
    while ((pause = move_on(all)) > 0) {
        tell_progress(live, all);
        if (is_stopped(live))
            (void)ff_error_set(&error, FF_IO, "interrupted");
        else
            (void)ff_http_wait(live->session.http, pause, &error);
        if (error.status != FF_OK)
            fail_all(all, &error);
    }
}

static void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    ff_live *live = (ff_live *)exchange;
    batch all = {calloc(count, sizeof(ff_transfer)), count};
    if (!all.items) {
        for (size_t i = 0; i < count; i++)
            calls[i].status = ff_error_set(&calls[i].error, FF_NOMEM, "out of memory");
        return;
    }
    for (size_t i = 0; i < count; i++)
        ff_transfer_begin(&all.items[i], &live->session, &calls[i]);
    run(live, &all);
    for (size_t i = 0; i < count; i++)
        ff_transfer_release(&all.items[i]);
    free(all.items);
}

static void forget(ff_exchange *exchange, ff_slice path)
{
    ff_live *live = (ff_live *)exchange;
    ff_buf url;
    ff_buf_init(&url, FF_LIMIT_HEADER_BYTES);
    if (live->session.options.cache && ff_session_url(&live->session, path, &url, NULL) == FF_OK)
        ff_cache_forget(live->session.options.cache, ff_buf_slice(&url));
    ff_buf_release(&url);
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
    ff_status status = ff_session_open(&made->session, host, options, error);
    if (status != FF_OK) {
        close_live(&made->exchange);
        return status;
    }
    *exchange = &made->exchange;
    return FF_OK;
}
