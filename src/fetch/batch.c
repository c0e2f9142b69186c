#include "fetch/batch.h"

#include "base/limits.h"

enum { TICK_MS = 100 }; /* between two reports of progress */

/* The one that moved last; among those that wait, the one whose turn comes first. */
static const ff_transfer *most_telling(const ff_batch *batch)
{
    const ff_transfer *best = NULL;
    for (const ff_transfer *one = batch->first; one; one = one->next) {
        bool flies = one->state == FF_TRANSFER_FLYING;
        if (!best || (flies && best->state != FF_TRANSFER_FLYING) || (flies && one->hop.last_ms > best->hop.last_ms) ||
            (!flies && best->state != FF_TRANSFER_FLYING && ff_transfer_due(one) < ff_transfer_due(best)))
            best = one;
    }
    return best;
}

static void tell_progress(ff_batch *batch)
{
    const ff_session *session = batch->session;
    const ff_transfer *one = session->options.progress ? most_telling(batch) : NULL;
    uint64_t now = ff_http_now();
    if (!one || now - batch->told_ms < TICK_MS)
        return;
    batch->told_ms = now;
    ff_fetch_progress progress = {.what = one->call->what,
                                  .number = one->call->number,
                                  .total = one->call->total,
                                  .requests = session->requests,
                                  .remaining = session->remaining};
    if (one->state == FF_TRANSFER_WAITING) {
        progress.wait = ff_http_seconds_until(ff_transfer_due(one), now);
    } else {
        progress.bytes = one->call->body.size;
        /* The length of a compressed answer says nothing about what comes out of it. */
        if (one->hop.compressed ||
            !ff_slice_to_uint(ff_answer_header(&one->answer, FF_HEADER_CONTENT_LENGTH), &progress.expected))
            progress.expected = 0;
    }
    session->options.progress(session->options.self, &progress);
}

void ff_batch_add(ff_batch *batch, ff_transfer *transfer)
{
    transfer->next = NULL;
    if (batch->last)
        batch->last->next = transfer;
    else
        batch->first = transfer;
    batch->last = transfer;
}

ff_transfer *ff_batch_take(ff_batch *batch)
{
    ff_transfer *done = batch->done;
    if (done)
        batch->done = done->next;
    return done;
}

/* How many fly on each side. */
typedef struct crowd {
    uint32_t on[FF_SIDE_COUNT];
} crowd;

static crowd land_all(ff_batch *batch)
{
    crowd flying = {0};
    for (ff_transfer *one = batch->first; one; one = one->next) {
        if (one->state == FF_TRANSFER_FLYING && !one->hop.flying)
            ff_transfer_land(one);
        flying.on[one->side] += one->state == FF_TRANSFER_FLYING;
    }
    return flying;
}

/* Where GitHub says that few requests are left, no more are sent at once: the others would only be refused. One always
 * may, because what it said can be over. */
static bool has_room(const ff_session *session, const crowd *flying, ff_side side)
{
    int64_t left = session->remaining;
    if (flying->on[FF_SIDE_API] + flying->on[FF_SIDE_STORE] >= session->allowed)
        return false;
    return side != FF_SIDE_API || left < 0 || flying->on[side] == 0 || flying->on[side] < left;
}

/* What a limit refuses needs no room to fail. */
static void send_all(ff_batch *batch, crowd flying)
{
    uint64_t now = batch->now;
    for (ff_transfer *one = batch->first; one; one = one->next) {
        ff_side side = one->side; /* sending may change it, from the store back to the API */
        bool due = has_room(batch->session, &flying, side) && ff_transfer_is_due(one, now);
        if (due || ff_transfer_is_refused(one, now))
            ff_transfer_send(one, now);
        flying.on[side] += due && one->state == FF_TRANSFER_FLYING;
    }
}

/* Moves those that are done to their own list, and looks when the others can go on. */
static void sort_out(ff_batch *batch)
{
    ff_transfer *all = batch->first, *next;
    bool held = true;
    batch->first = batch->last = NULL;
    batch->next_ms = UINT64_MAX;
    for (ff_transfer *one = all; one; one = next) {
        next = one->next;
        if (one->state == FF_TRANSFER_DONE) {
            one->next = batch->done;
            batch->done = one;
            continue;
        }
        ff_batch_add(batch, one);
        held = held && ff_transfer_is_held(one, batch->now);
        if (one->state == FF_TRANSFER_WAITING && ff_transfer_due(one) < batch->next_ms)
            batch->next_ms = ff_transfer_due(one);
    }
    batch->held_ms = held && batch->first ? batch->next_ms : 0;
}

static bool is_so(const ff_session *session, bool (*ask)(void *self))
{
    return ask && ask(session->options.self);
}

static void end_waits(ff_batch *batch)
{
    for (ff_transfer *one = batch->first; one; one = one->next)
        if (ff_transfer_is_held(one, batch->now))
            ff_transfer_fail(one, FF_LIMIT, "interrupted while a rate limit was waited for");
}

bool ff_batch_move(ff_batch *batch)
{
    crowd flying = land_all(batch);
    batch->now = ff_http_now();
    if (batch->first && is_so(batch->session, batch->session->options.stopped))
        ff_batch_fail(batch, FF_IO, "interrupted");
    else if (batch->first && is_so(batch->session, batch->session->options.impatient))
        end_waits(batch);
    send_all(batch, flying);
    sort_out(batch);
    return batch->first != NULL;
}

void ff_batch_wait(ff_batch *batch)
{
    ff_error error = {0};
    uint64_t now = batch->now, next = batch->next_ms;
    tell_progress(batch);
    if (ff_http_wait(batch->session->http, next > now && next - now < TICK_MS ? (uint32_t)(next - now) : TICK_MS,
                     &error) != FF_OK)
        ff_batch_fail(batch, error.status, error.text);
}

void ff_batch_fail(ff_batch *batch, ff_status status, const char *text)
{
    for (ff_transfer *one = batch->first; one; one = one->next)
        if (one->state != FF_TRANSFER_DONE)
            ff_transfer_fail(one, status, text);
}
