/* HTTP, one hop at a time, several at once (http.c), and what there is to know about URLs (http_url.c); no other file
 * includes curl.h. FF_LIMIT_PARALLEL_MOST hops fly at once at most: one more has ended at once.
 *
 *     ff_http *http = NULL;
 *     ff_http_open(&http, &bounds, &error);
 *     ff_hop hop = {.url = "https://api.github.com/repos/o/r", .answer = &answer, .body = &body};
 *     ff_http_start(http, &hop);
 *     while (hop.flying)
 *         ff_http_wait(http, 100, &error);
 *     if (hop.end == FF_HOP_ANSWERED) ... answer.http ...
 *     ff_http_close(http);
 *
 * No redirect is followed, no cookie kept, no .netrc read. Every hop is a handle of its own, so that nothing of one,
 * such as a token, can come along with the next; connections are shared. Proxies are those of libcurl's usual
 * variables; certificates are checked against CURL_CA_BUNDLE, SSL_CERT_FILE, SSL_CERT_DIR where set, as curl does.
 */
#ifndef FF_FETCH_HTTP_H
#define FF_FETCH_HTTP_H

#include "fetch/answer.h"
#include "fetch/body.h"

typedef struct ff_http ff_http;

typedef struct ff_http_bounds {
    uint32_t connect_ms; /* until a connection stands */
    uint32_t silent_ms;  /* without a byte */
} ff_http_bounds;

typedef enum ff_hop_end {
    FF_HOP_ANSWERED, /* the answer is whole, whatever its status */
    FF_HOP_BROKEN,   /* the network failed: worth another try */
    FF_HOP_REFUSED,  /* it would fail again: a certificate, a bound, no room on disk */
} ff_hop_end;

enum { FF_HOP_TEXT = FF_ERROR_TEXT };

/* One request. Its memory is the caller's and stays where it is until the hop has ended. */
typedef struct ff_hop {
    const char *url;
    const char *const *headers; /* `Name: value`, NULL at the end; NULL: none. They are copied and the copies wiped */
    bool compressed;            /* takes gzip; the bound of the body counts what comes out of it */
    ff_answer *answer;          /* initialised; emptied first */
    ff_body *body;              /* likewise. What is not 200 leaves FF_LIMIT_REFUSAL_BYTES at most */
    /* Filled in. */
    bool flying;
    ff_hop_end end;
    ff_status status;                  /* FF_IO, FF_LIMIT, FF_INVALID or FF_NOMEM unless answered */
    char text[FF_HOP_TEXT];            /* why not, in a few words */
    uint64_t last_ms;                  /* when the last byte came, by ff_http_now */
    uint64_t header_bytes, body_bytes; /* that came */
    void *handle;                      /* libcurl's, while flying */
    void *lines;
    char detail[FF_HOP_TEXT];
} ff_hop;

/* FF_OK, FF_NOMEM, or FF_IO when libcurl cannot be used. `bounds` is copied. */
ff_status ff_http_open(ff_http **http, const ff_http_bounds *bounds, ff_error *error);
void ff_http_close(ff_http *http); /* hops that fly are cancelled; NULL is fine */

/* Sends a request. One that cannot be sent has ended at once. */
void ff_http_start(ff_http *http, ff_hop *hop);
void ff_http_cancel(ff_http *http, ff_hop *hop); /* ends it if it flies */

/* Moves everything on; returns as soon as something happened, after `ms` at the latest. FF_OK or FF_IO. */
ff_status ff_http_wait(ff_http *http, uint32_t ms, ff_error *error);

/* Makes an ff_http_wait return that waits in another thread, or the next one: all else is for one thread at a time. */
void ff_http_wake(ff_http *http);

/* Bytes of all bodies that came, decompressed, also of tries that failed. */
uint64_t ff_http_bytes(const ff_http *http);

uint64_t ff_http_now(void); /* milliseconds of a clock that never jumps */

/* Whole seconds that are left of `now` until `time`, both by ff_http_now, a part counted as one; 0 when it is over. */
uint32_t ff_http_seconds_until(uint64_t time, uint64_t now);

int64_t ff_http_date(ff_slice text); /* an HTTP date in seconds since 1970; -1: it is none */

/* The absolute form of `reference`, as seen from `base`, without a fragment; `url` is emptied first. FF_OK; FF_INVALID
 * (no URL, or one with a name or password in it); FF_LIMIT, FF_NOMEM. */
ff_status ff_http_resolve(ff_slice base, ff_slice reference, ff_buf *url);

/* Same scheme, host and port; usual ports count as named. False for what is no URL. */
bool ff_http_same_origin(ff_slice one, ff_slice other);

bool ff_http_same_host(ff_slice url, ff_slice host); /* ASCII case apart; `host` with its port, if it has one */
bool ff_http_is_secure(ff_slice url);                /* https */
bool ff_http_is_loopback(ff_slice url);              /* http or https to this very machine */

/* Appends the URL without query, fragment and credentials: what may be shown. */
void ff_http_add_shown(ff_buf *out, ff_slice url);

#endif
