/* What all calls of one live exchange share: the host and its token, the connections, what is known of limits. */
#ifndef FF_FETCH_SESSION_H
#define FF_FETCH_SESSION_H

#include "fetch/http.h"
#include "fetch/ledger.h"
#include "fetch/live.h"

typedef struct ff_session {
    ff_host host; /* with the token; wiped at the end */
    ff_live_options options;
    ff_live_times times;
    ff_http *http;
    ff_ledger ledger;
    char authorization[FF_HOST_TOKEN_BYTES + 32]; /* the header's line; empty without a token */
    uint32_t parallel;                            /* requests at once */
    uint32_t allowed, went_well;                  /* of these, for now; answers since that last changed */
    uint32_t requests;                            /* sent */
    int64_t remaining;                            /* of the rate limit; -1: not known */
    uint32_t chance;                              /* for jitter, not for secrets */
} ff_session;

/* As ff_live_open. A session that could not be opened is released like any other. */
ff_status ff_session_open(ff_session *session, const ff_host *host, const ff_live_options *options, ff_error *error);
void ff_session_release(ff_session *session);

/* A number by chance, 24 bits. */
uint32_t ff_session_chance(ff_session *session);

/* The absolute URL of a call's path, which is below the API's base or a URL of the API's own origin: also the key in
 * the cache. FF_OK; FF_INVALID, FF_LIMIT, FF_NOMEM. */
ff_status ff_session_url(const ff_session *session, ff_slice path, ff_buf *url, ff_error *error);

/* Removes what the cache has of a call's path, if there is a cache. Any thread may do it, at any time. */
void ff_session_forget(const ff_session *session, ff_slice path);

/* True if a redirect may lead there: https, or http to this machine when the API itself is reached so. */
bool ff_session_may_follow(const ff_session *session, ff_slice url);

#endif
