#include "fetch/session.h"

#include "base/limits.h"
#include "base/wipe.h"

#include <stdio.h>
#include <time.h>

static const ff_live_times USUAL_TIMES = {
    .connect_ms = FF_LIMIT_CONNECT_SECONDS * 1000,
    .silent_ms = FF_LIMIT_SILENT_SECONDS * 1000,
    .gap_ms = 500,
    .minute_ms = 60000,
    .stale_ms = 50000,
};

ff_status ff_session_open(ff_session *session, const ff_host *host, const ff_live_options *options, ff_error *error)
{
    *session = (ff_session){.host = *host, .options = *options, .remaining = -1};
    session->times = options->times ? *options->times : USUAL_TIMES;
    session->parallel = options->parallel ? options->parallel : FF_LIMIT_PARALLEL;
    if (session->parallel > FF_LIMIT_PARALLEL_MOST)
        session->parallel = FF_LIMIT_PARALLEL_MOST;
    session->allowed = options->gently ? 1 : session->parallel;
    session->ledger.max_ms = (uint64_t)options->max_wait * 1000;
    session->chance = (uint32_t)ff_http_now() ^ (uint32_t)time(NULL) << 16;
    int len = snprintf(session->authorization, sizeof session->authorization, "Authorization: Bearer %s", host->token);
    if (len < 0 || (size_t)len >= sizeof session->authorization)
        return ff_error_set(error, FF_INVALID, "the token is too long");
    if (!host->token[0])
        session->authorization[0] = '\0';
    ff_slice api = ff_slice_of(host->api);
    if (!ff_http_is_secure(api) && !ff_http_is_loopback(api))
        return ff_error_set(error, FF_INVALID, "GitHub's API is asked over https only");
    ff_http_bounds bounds = {session->times.connect_ms, session->times.silent_ms};
    return ff_http_open(&session->http, &bounds, error);
}

void ff_session_release(ff_session *session)
{
    ff_http_close(session->http);
    session->http = NULL;
    ff_wipe(session->authorization, sizeof session->authorization);
    ff_wipe(session->host.token, sizeof session->host.token);
}

/* xorshift, as in Marsaglia, "Xorshift RNGs", 2003. */
uint32_t ff_session_chance(ff_session *session)
{
    uint32_t x = session->chance ? session->chance : 1;
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    session->chance = x;
    return x >> 8;
}

ff_status ff_session_url(const ff_session *session, ff_slice path, ff_buf *url, ff_error *error)
{
    ff_slice api = ff_slice_of(session->host.api);
    ff_buf whole;
    ff_buf_init(&whole, FF_LIMIT_HEADER_BYTES);
    if (ff_slice_starts(path, FF_LIT("/")))
        ff_buf_add(&whole, api);
    ff_buf_add(&whole, path);
    ff_status status = ff_buf_status(&whole);
    if (status == FF_OK)
        status = ff_http_resolve((ff_slice){0}, ff_buf_slice(&whole), url);
    ff_buf_release(&whole);
    if (status == FF_NOMEM)
        return ff_error_set(error, status, "out of memory");
    if (status != FF_OK)
        return ff_error_set(error, status, "the address of this question to GitHub's API makes no sense");
    if (!ff_http_same_origin(ff_buf_slice(url), api))
        return ff_error_set(error, FF_INVALID, "an address that is not on GitHub's API host is not asked");
    return FF_OK;
}

void ff_session_forget(const ff_session *session, ff_slice path)
{
    ff_buf url;
    ff_buf_init(&url, FF_LIMIT_HEADER_BYTES);
    if (session->options.cache && ff_session_url(session, path, &url, NULL) == FF_OK)
        ff_cache_forget(session->options.cache, ff_buf_slice(&url));
    ff_buf_release(&url);
}

bool ff_session_may_follow(const ff_session *session, ff_slice url)
{
    ff_slice api = ff_slice_of(session->host.api);
    if (ff_http_is_secure(url))
        return true;
    return ff_http_is_loopback(url) && ff_http_is_loopback(api) && !ff_http_is_secure(api);
}
