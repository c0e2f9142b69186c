/* One call of the live exchange on its way: asked of the API, led to a store, tried again, until its answer is there.
 *
 *     ff_transfer_begin(&transfer, &session, &call);
 *     while (transfer.state != FF_TRANSFER_DONE) {
 *         if (ff_transfer_is_due(&transfer, ff_http_now()))
 *             ff_transfer_send(&transfer, ff_http_now());
 *         ff_http_wait(...);
 *         if (transfer.state == FF_TRANSFER_FLYING && !transfer.hop.flying)
 *             ff_transfer_land(&transfer);
 *     }
 *     ff_transfer_release(&transfer);
 */
#ifndef FF_FETCH_TRANSFER_H
#define FF_FETCH_TRANSFER_H

#include "fetch/session.h"

typedef enum ff_transfer_state {
    FF_TRANSFER_WAITING, /* to be sent, at `due_ms` */
    FF_TRANSFER_FLYING,
    FF_TRANSFER_DONE, /* the call is answered */
} ff_transfer_state;

typedef struct ff_transfer {
    ff_session *session; /* borrowed */
    ff_call *call;       /* borrowed */
    ff_transfer_state state;
    ff_side side;   /* of the next hop */
    ff_buf asked;   /* the API's URL: where fresh signed URLs come from, and the key in the cache */
    ff_buf url;     /* of the hop; a signed one is a secret */
    ff_buf refused; /* the signed URL that was refused last: never sent again */
    ff_cache_entry kept;
    ff_answer answer;
    ff_hop hop;
    char condition[FF_HOP_TEXT]; /* the line of If-None-Match */
    const char *lines[5];
    uint64_t due_ms, sent_ms, signed_ms;
    uint32_t tries[FF_SIDE_COUNT]; /* that failed */
    uint32_t limits, redirects, refusals;
    struct ff_transfer *next; /* in the batch that it is part of */
} ff_transfer;

/* Starts: the call may be done at once, by the cache or a bad path. `call` must have been zeroed but for what it asks.
 */
void ff_transfer_begin(ff_transfer *transfer, ff_session *session, ff_call *call);
void ff_transfer_release(ff_transfer *transfer); /* the answer stays in the call */

/* True if it waits, and neither its own time nor a limit holds it back; `ff_transfer_due` says until when it waits. */
bool ff_transfer_is_due(const ff_transfer *transfer, uint64_t now);
uint64_t ff_transfer_due(const ff_transfer *transfer);

bool ff_transfer_is_held(const ff_transfer *transfer, uint64_t now);    /* it waits for a limit */
bool ff_transfer_is_refused(const ff_transfer *transfer, uint64_t now); /* it waits, and sending it would end it */

void ff_transfer_send(ff_transfer *transfer, uint64_t now); /* one that is due or refused at that time */
void ff_transfer_land(ff_transfer *transfer);               /* its hop has ended: what comes next? */

/* Ends it with an error of the exchange itself. */
void ff_transfer_fail(ff_transfer *transfer, ff_status status, const char *text);

#endif
