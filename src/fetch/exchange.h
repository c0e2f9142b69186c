/* A conversation with GitHub's API: resources asked for by path, bodies handed out. Two of them exist: ff_live (HTTP
 * with a cache) and the kept answers of an earlier fetch (source/kept.h), so that a triage can be repeated without a
 * network.
 *
 *     ff_call call = {.path = FF_LIT("/repos/o/r/actions/runs/1"), .kind = FF_CALL_JSON};
 *     ff_exchange_get(exchange, &call);
 *     if (call.status == FF_OK) ... call.body ... call.next ...
 *     ff_call_release(&call);
 *
 * What went wrong is in the call: `status`, the HTTP status that decided it, and one line for the user which says what
 * to do. No text holds a token or the query of a signed URL.
 */
#ifndef FF_FETCH_EXCHANGE_H
#define FF_FETCH_EXCHANGE_H

#include "fetch/body.h"

typedef enum ff_call_kind {
    FF_CALL_JSON, /* an answer of the API itself, FF_LIMIT_ANSWER_BYTES at most */
    FF_CALL_FILE, /* a redirect of the API to a store, which must not see the token; FF_LIMIT_DOWNLOAD_BYTES at most */
} ff_call_kind;

typedef struct ff_call {
    /* Asked. */
    ff_slice path; /* below the API's base, `/repos/…?per_page=100`; or the `next` of an earlier call. Borrowed */
    ff_call_kind kind;
    bool lasting;           /* what it names never changes once it is there: a cached body is used unasked */
    const char *what;       /* for texts and progress, such as "the jobs of the run"; static */
    uint32_t number, total; /* for progress: so many of its kind are asked for, and which it is; 0: it alone */
    /* Answered. */
    ff_status status;  /* FF_OK: `body` is whole. FF_NOT_FOUND: 404, 410. FF_DENIED: 401, or a 403 that is no limit.
                        * FF_LIMIT:  a rate limit beyond --max-wait, or a bound. FF_UNSUPPORTED: the version of the API
                        * is  retired.  FF_INVALID: an answer that makes no sense (no Location, a refused scheme, a web
                        * page).  FF_IO: the network, the server, or nothing in the cache with --offline. FF_NOMEM */
    uint32_t http;     /* the last HTTP status; 0: none came */
    bool unsent;       /* it failed without asking anybody: what was kept lacks it */
    ff_error error;    /* unless FF_OK */
    ff_body body;      /* owned by the call */
    ff_slice next;     /* of a list: the URL of the next page, owned by the call; empty: the last */
    bool next_refused; /* it leads to another host, and is not to be asked for */
    bool next_circles; /* it is this page again */
} ff_call;

typedef struct ff_exchange ff_exchange;

typedef struct ff_exchange_kind {
    /* Answers `count` calls, a few at once where it can, in any order. */
    void (*get)(ff_exchange *exchange, ff_call *calls, size_t count);
    /* The body of this path turned out to be no use: it shall not be kept. */
    void (*forget)(ff_exchange *exchange, ff_slice path);
    void (*close)(ff_exchange *exchange);
} ff_exchange_kind;

/* The first member of every exchange. */
struct ff_exchange {
    const ff_exchange_kind *kind;
};

/* Asks; results are in the calls. Answers of an earlier use of the same ff_call must have been released. */
void ff_exchange_get(ff_exchange *exchange, ff_call *call);
void ff_exchange_get_all(ff_exchange *exchange, ff_call *calls, size_t count);

/* Says that the body of this path was no use, so that it is not kept; and ends the exchange. */
void ff_exchange_forget(ff_exchange *exchange, ff_slice path);
void ff_exchange_close(ff_exchange *exchange); /* NULL is fine */

/* What the body of an answer of this kind may have at most, in bytes. */
uint64_t ff_call_most(ff_call_kind kind);

/* For those who answer: a copy of the text that the call owns, ended by a zero byte; nothing for an empty one. False
 * without memory. */
bool ff_call_own(ff_slice *into, ff_slice text);

/* Why a call failed, without what was asked for in front of it; borrowed from the call. */
ff_slice ff_call_reason(const ff_call *call);

/* Frees what the answer brought; a zeroed call, one never asked, and one released before are fine. */
void ff_call_release(ff_call *call);

#endif
