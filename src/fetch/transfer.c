#include "fetch/transfer.h"

#include "base/limits.h"
#include "fetch/link.h"
#include "fetch/refusal.h"
#include "fetch/trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char API_VERSION[] = "X-GitHub-Api-Version: 2022-11-28";
static const char API_ACCEPT[] = "Accept: application/vnd.github+json";

static void end(ff_transfer *transfer, ff_status status)
{
    transfer->state = FF_TRANSFER_DONE;
    transfer->call->status = status;
    if (status != FF_OK)
        ff_body_reset(&transfer->call->body);
}

void ff_transfer_fail(ff_transfer *transfer, ff_status status, const char *text)
{
    const char *what = transfer->call->what;
    ff_http_cancel(transfer->session->http, &transfer->hop);
    end(transfer, ff_error_set(&transfer->call->error, status, "%s%s%s", what ? what : "", what ? ": " : "", text));
}

static void fail_memory(ff_transfer *transfer)
{
    end(transfer, ff_error_set(&transfer->call->error, FF_NOMEM, "out of memory"));
}

/* The kept body becomes the call's. */
static void take_kept(ff_transfer *transfer)
{
    ff_call *call = transfer->call;
    ff_body_release(&call->body);
    call->body = transfer->kept.body;
    transfer->kept.body = (ff_body){0};
    call->http = 200;
    if (ff_call_own(&call->next, ff_buf_slice(&transfer->kept.next)))
        end(transfer, FF_OK);
    else
        fail_memory(transfer);
}

/* True if the cache settles the call. */
static bool ask_cache(ff_transfer *transfer)
{
    const ff_live_options *options = &transfer->session->options;
    bool alone = options->offline || transfer->call->lasting;
    bool condition = !alone && transfer->call->kind == FF_CALL_JSON;
    bool found = options->cache && (alone || condition) &&
                 ff_cache_find(options->cache, ff_buf_slice(&transfer->asked), &transfer->kept) == FF_OK;
    if (found && alone)
        take_kept(transfer);
    else if (options->offline) {
        transfer->call->unsent = true;
        ff_transfer_fail(transfer, FF_IO, "not in the cache; run once without --offline");
    }
    return transfer->state == FF_TRANSFER_DONE;
}

/* Sends it (again) to the API, which for a file gives a fresh signed URL. */
static void go_to_api(ff_transfer *transfer, uint64_t due)
{
    transfer->side = FF_SIDE_API;
    transfer->due_ms = due;
    transfer->redirects = 0;
    transfer->state = FF_TRANSFER_WAITING;
    ff_buf_reset(&transfer->url);
    ff_buf_add(&transfer->url, ff_buf_slice(&transfer->asked));
    if (ff_buf_status(&transfer->url) != FF_OK)
        fail_memory(transfer);
}

void ff_transfer_begin(ff_transfer *transfer, ff_session *session, ff_call *call)
{
    *transfer = (ff_transfer){.session = session, .call = call};
    ff_buf_init(&transfer->asked, FF_LIMIT_HEADER_BYTES);
    ff_buf_init(&transfer->url, FF_LIMIT_HEADER_BYTES);
    ff_buf_init(&transfer->refused, FF_LIMIT_HEADER_BYTES);
    ff_answer_init(&transfer->answer);
    ff_body_init(&call->body, ff_call_most(call->kind));
    ff_status status = ff_session_url(session, call->path, &transfer->asked, &call->error);
    if (status != FF_OK)
        end(transfer, status);
    else if (!ask_cache(transfer))
        go_to_api(transfer, 0);
}

void ff_transfer_release(ff_transfer *transfer)
{
    ff_http_cancel(transfer->session->http, &transfer->hop);
    ff_cache_entry_release(&transfer->kept);
    ff_answer_release(&transfer->answer);
    ff_buf_release(&transfer->refused);
    ff_buf_release(&transfer->url);
    ff_buf_release(&transfer->asked);
}

uint64_t ff_transfer_due(const ff_transfer *transfer)
{
    uint64_t open = transfer->session->ledger.open_ms[transfer->side];
    return transfer->due_ms > open ? transfer->due_ms : open;
}

bool ff_transfer_is_due(const ff_transfer *transfer, uint64_t now)
{
    return transfer->state == FF_TRANSFER_WAITING && ff_transfer_due(transfer) <= now;
}

bool ff_transfer_is_held(const ff_transfer *transfer, uint64_t now)
{
    return transfer->state == FF_TRANSFER_WAITING && transfer->session->ledger.open_ms[transfer->side] > now;
}

bool ff_transfer_is_refused(const ff_transfer *transfer, uint64_t now)
{
    return transfer->state == FF_TRANSFER_WAITING &&
           ff_ledger_refusal(&transfer->session->ledger, transfer->side, now) != NULL;
}

/* The token goes to the API's own scheme, host and port, and nowhere else; neither does anything that only the API
 * understands. */
static void write_lines(ff_transfer *transfer)
{
    const ff_session *session = transfer->session;
    ff_slice etag = ff_buf_slice(&transfer->kept.etag);
    size_t count = 0;
    if (transfer->side == FF_SIDE_API &&
        ff_http_same_origin(ff_buf_slice(&transfer->url), ff_slice_of(session->host.api))) {
        transfer->lines[count++] = API_ACCEPT;
        transfer->lines[count++] = API_VERSION;
        if (session->authorization[0])
            transfer->lines[count++] = session->authorization;
        int len = snprintf(transfer->condition, sizeof transfer->condition, "If-None-Match: %.*s", FF_ARG(etag));
        if (etag.len && len > 0 && (size_t)len < sizeof transfer->condition)
            transfer->lines[count++] = transfer->condition;
    }
    transfer->lines[count] = NULL;
}

void ff_transfer_send(ff_transfer *transfer, uint64_t now)
{
    ff_session *session = transfer->session;
    const ff_error *refusal = ff_ledger_refusal(&session->ledger, transfer->side, now);
    if (refusal) {
        transfer->call->error = *refusal;
        transfer->call->http = session->ledger.http[transfer->side];
        end(transfer, refusal->status);
        return;
    }
    /* It waited for others: its signed URL has not become younger. */
    if (transfer->side == FF_SIDE_STORE && now - transfer->signed_ms > session->times.stale_ms) {
        go_to_api(transfer, 0);
        return;
    }
    write_lines(transfer);
    transfer->hop = (ff_hop){
        .url = transfer->url.ptr,
        .headers = transfer->lines,
        .compressed = transfer->side == FF_SIDE_API && transfer->call->kind == FF_CALL_JSON,
        .answer = &transfer->answer,
        .body = &transfer->call->body,
    };
    transfer->sent_ms = now;
    transfer->state = FF_TRANSFER_FLYING;
    session->requests++;
    ff_http_start(session->http, &transfer->hop);
}

/* The next page, if there is one that may be asked: on the API's own origin, and not the page itself again. */
static bool take_next(ff_transfer *transfer)
{
    ff_call *call = transfer->call;
    ff_slice here = ff_buf_slice(&transfer->url);
    ff_slice link = ff_link_next(ff_answer_header(&transfer->answer, FF_HEADER_LINK));
    if (!link.len)
        return true;
    ff_buf next;
    ff_buf_init(&next, FF_LIMIT_HEADER_BYTES);
    ff_status status = ff_http_resolve(here, link, &next);
    ff_slice url = ff_buf_slice(&next);
    call->next_refused = status != FF_OK || !ff_http_same_origin(url, ff_slice_of(transfer->session->host.api));
    call->next_circles = ff_slice_eq(url, here) || ff_slice_eq(url, ff_buf_slice(&transfer->asked));
    bool fine = status != FF_NOMEM && (status != FF_OK || ff_call_own(&call->next, url));
    ff_buf_release(&next);
    return fine;
}

/* A captive portal or a proxy that asks for a login answers 200 to everything. */
static bool is_foreign_page(const ff_transfer *transfer)
{
    ff_slice type = ff_answer_header(&transfer->answer, FF_HEADER_CONTENT_TYPE);
    if (transfer->call->kind == FF_CALL_FILE)
        return ff_slice_find_nocase(type, FF_LIT("text/html")) != SIZE_MAX;
    return ff_slice_find_nocase(type, FF_LIT("html")) != SIZE_MAX ||
           ff_slice_find_nocase(type, FF_LIT("xml")) != SIZE_MAX;
}

static void keep(ff_transfer *transfer)
{
    ff_call *call = transfer->call;
    ff_cache *cache = transfer->session->options.cache;
    ff_slice etag = ff_answer_header(&transfer->answer, FF_HEADER_ETAG);
    if (call->kind == FF_CALL_FILE)
        etag = (ff_slice){0}; /* the store's, not the API's */
    /* Where there is a next page that is not followed, the answer is not one to build on. */
    if (!cache || call->next_refused || call->next_circles || (call->kind == FF_CALL_FILE && !call->lasting))
        return;
    (void)ff_cache_keep(cache, ff_buf_slice(&transfer->asked), etag, call->next, &call->body);
}

static void take(ff_transfer *transfer, const ff_advice *advice)
{
    (void)advice;
    if (transfer->answer.http == 304) {
        if (transfer->kept.etag.len)
            take_kept(transfer);
        else
            ff_transfer_fail(transfer, FF_INVALID, "GitHub answered 304 although nothing was known of it");
        return;
    }
    if (is_foreign_page(transfer)) {
        ff_transfer_fail(transfer, FF_INVALID,
                         transfer->side == FF_SIDE_API
                             ? "a web page came instead of GitHub's API; a proxy or a login page may stand in between"
                             : "a web page came instead of the log; a proxy or a login page may stand in between");
        return;
    }
    if (transfer->call->kind == FF_CALL_JSON && !take_next(transfer)) {
        fail_memory(transfer);
        return;
    }
    keep(transfer);
    end(transfer, FF_OK);
}

/* Ends it with the line that explains the last answer. */
static void give_up(ff_transfer *transfer, const ff_advice *advice, uint64_t needed_ms)
{
    ff_call *call = transfer->call;
    ff_refusal refusal = {
        .call = call,
        .host = &transfer->session->host,
        .answer = &transfer->answer,
        .advice = *advice,
        .side = transfer->side,
        .url = ff_buf_slice(&transfer->url),
        .tries = transfer->tries[transfer->side],
        .network = transfer->hop.text,
        .needed_ms = needed_ms,
    };
    ff_refusal_tell(&refusal, &call->error);
    end(transfer, advice->status);
}

static void fail(ff_transfer *transfer, const ff_advice *advice)
{
    give_up(transfer, advice, 0);
    /* A token that is no good is so for every question. */
    if (transfer->side == FF_SIDE_API && transfer->answer.http == 401)
        ff_ledger_refuse(&transfer->session->ledger, FF_SIDE_API, UINT64_MAX, &transfer->call->error, 401);
}

/* `retry-after` and other limits that may be gone after a while. */
static void wait_for_limit(ff_transfer *transfer, const ff_advice *advice)
{
    ff_ledger *ledger = &transfer->session->ledger;
    uint64_t now = ff_http_now(), needed;
    transfer->limits++;
    if (ff_ledger_book(ledger, transfer->side, now, advice->wait_ms, &needed)) {
        ff_side side = transfer->side;
        uint64_t due = now + advice->wait_ms;
        transfer->due_ms = due;
        transfer->state = FF_TRANSFER_WAITING;
        if (side == FF_SIDE_STORE && due - transfer->signed_ms > transfer->session->times.stale_ms)
            go_to_api(transfer, due);
        return;
    }
    ff_advice refused = *advice;
    refused.status = FF_LIMIT;
    give_up(transfer, &refused, needed);
    ff_ledger_refuse(ledger, transfer->side, now + advice->wait_ms, &transfer->call->error, transfer->answer.http);
}

static void try_again(ff_transfer *transfer, const ff_advice *advice)
{
    uint64_t due = ff_http_now() + advice->wait_ms;
    transfer->due_ms = due;
    transfer->state = FF_TRANSFER_WAITING;
    if (transfer->side == FF_SIDE_STORE && due - transfer->signed_ms > transfer->session->times.stale_ms)
        go_to_api(transfer, due);
}

/* A signed URL lives a minute; the API gives another one. */
static void renew(ff_transfer *transfer, const ff_advice *advice)
{
    if (++transfer->refusals >= FF_LIMIT_FRESH_URLS) {
        give_up(transfer, advice, 0);
        return;
    }
    ff_buf_reset(&transfer->refused);
    ff_buf_add(&transfer->refused, ff_buf_slice(&transfer->url));
    if (ff_buf_status(&transfer->refused) == FF_OK)
        go_to_api(transfer, 0);
    else
        fail_memory(transfer);
}

/* True if the redirect stays in the API: a repository that was renamed, asked again with the token. Files have their
 * own status, 302, for the store, which on Enterprise Server may be the same host. */
static bool stays_in_api(const ff_transfer *transfer, ff_slice to)
{
    if (transfer->side != FF_SIDE_API || !ff_http_same_origin(to, ff_slice_of(transfer->session->host.api)))
        return false;
    return transfer->call->kind == FF_CALL_JSON || (transfer->answer.http != 302 && transfer->answer.http != 303);
}

/* Why a redirect is not followed, or NULL. */
static const char *refuse_redirect(const ff_transfer *transfer, ff_slice to)
{
    if (stays_in_api(transfer, to))
        return NULL;
    if (transfer->call->kind == FF_CALL_JSON)
        return "GitHub's API redirected to another host, which is not followed";
    if (!ff_session_may_follow(transfer->session, to))
        return "redirected to an address that is not https, which is not followed";
    if (ff_slice_eq(to, ff_buf_slice(&transfer->refused)))
        return "GitHub gave the same address again that the store had refused; try again later";
    return NULL;
}

static void follow(ff_transfer *transfer, const ff_advice *advice)
{
    (void)advice;
    ff_buf to;
    ff_buf_init(&to, FF_LIMIT_HEADER_BYTES);
    ff_slice location = ff_answer_header(&transfer->answer, FF_HEADER_LOCATION);
    const char *fault = NULL;
    ff_status status = FF_OK;
    if (!location.len)
        fault = "redirected without saying where to (no Location)";
    else if (++transfer->redirects > FF_LIMIT_REDIRECTS)
        fault = "redirected in circles, perhaps by a proxy";
    else if ((status = ff_http_resolve(ff_buf_slice(&transfer->url), location, &to)) != FF_OK)
        fault = "redirected to something that is no usable address";
    else
        fault = refuse_redirect(transfer, ff_buf_slice(&to));
    if (fault) {
        ff_buf_release(&to);
        if (status == FF_NOMEM)
            fail_memory(transfer);
        else
            ff_transfer_fail(transfer, FF_INVALID, fault);
        return;
    }
    if (transfer->side == FF_SIDE_API && !stays_in_api(transfer, ff_buf_slice(&to))) {
        transfer->side = FF_SIDE_STORE;
        transfer->signed_ms = ff_http_now();
    }
    ff_buf_release(&transfer->url);
    transfer->url = to;
    transfer->due_ms = 0;
    transfer->state = FF_TRANSFER_WAITING;
}

static void (*const MOVES[])(ff_transfer *transfer, const ff_advice *advice) = {
    [FF_MOVE_TAKE] = take,           [FF_MOVE_FOLLOW] = follow, [FF_MOVE_AGAIN] = try_again,
    [FF_MOVE_WAIT] = wait_for_limit, [FF_MOVE_RENEW] = renew,   [FF_MOVE_FAIL] = fail,
};

static ff_advice advise(ff_transfer *transfer)
{
    ff_session *session = transfer->session;
    bool answered = transfer->hop.end == FF_HOP_ANSWERED;
    uint32_t http = transfer->answer.http;
    bool busy = http == 429 && transfer->side == FF_SIDE_STORE; /* of the API it is a limit */
    if (!answered || http >= 500 || http == 408 || busy)
        transfer->tries[transfer->side]++;
    ff_situation situation = {
        .answer = answered ? &transfer->answer : NULL,
        .body = ff_buf_slice(&transfer->call->body.memory), /* refusals are short: never on disk */
        .side = transfer->side,
        .tries = transfer->tries[transfer->side],
        .limits = transfer->limits,
        .gap_ms = session->times.gap_ms,
        .minute_ms = session->times.minute_ms,
        .jitter = ff_session_chance(session) & 255,
        .now = (int64_t)time(NULL),
    };
    return ff_policy_advise(&situation);
}

/* A gentle session asks more at once as long as that goes well. */
static void learn(ff_session *session, ff_move move)
{
    enum { A_FEW = 4 };
    bool well = move == FF_MOVE_TAKE || move == FF_MOVE_FOLLOW;
    if (!session->options.gently)
        return;
    if (move == FF_MOVE_AGAIN || move == FF_MOVE_WAIT) {
        session->allowed = 1;
        session->went_well = 0;
    } else if (well && session->allowed < session->parallel && ++session->went_well == A_FEW) {
        session->allowed++;
        session->went_well = 0;
    }
}

void ff_transfer_land(ff_transfer *transfer)
{
    ff_session *session = transfer->session;
    uint64_t remaining;
    if (transfer->hop.end == FF_HOP_REFUSED) {
        ff_trace_hop(transfer, NULL);
        transfer->call->http = transfer->answer.http;
        ff_transfer_fail(transfer, transfer->hop.status, transfer->hop.text);
        return;
    }
    if (transfer->hop.end == FF_HOP_BROKEN)
        ff_answer_reset(&transfer->answer); /* half an answer is none */
    else
        transfer->call->http = transfer->answer.http;
    if (transfer->side == FF_SIDE_API &&
        ff_slice_to_uint(ff_answer_header(&transfer->answer, FF_HEADER_REMAINING), &remaining))
        session->remaining = remaining < INT64_MAX ? (int64_t)remaining : INT64_MAX;
    ff_advice advice = advise(transfer);
    ff_trace_hop(transfer, &advice);
    learn(session, advice.move);
    MOVES[advice.move](transfer, &advice);
}
