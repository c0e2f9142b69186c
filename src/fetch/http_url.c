#include "fetch/http.h"

#include "base/limits.h"

#include <curl/curl.h>
#include <stdlib.h>

/* One more URL over what `parts` holds. */
static ff_status set_url(CURLU *parts, ff_slice url)
{
    if (url.len == 0)
        return FF_OK;
    char *text = strndup(url.ptr, url.len);
    /* Schemes that nobody here speaks are URLs too: they are refused by name. */
    CURLUcode code = CURLUE_OUT_OF_MEMORY;
    if (text)
        code = curl_url_set(parts, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE);
    free(text);
    if (code == CURLUE_OK)
        return FF_OK;
    return code == CURLUE_OUT_OF_MEMORY ? FF_NOMEM : FF_INVALID;
}

/* `reference` as seen from `base`, taken apart. FF_OK, FF_INVALID or FF_NOMEM; then `parts` is NULL. */
static ff_status take_apart(ff_slice base, ff_slice reference, CURLU **parts)
{
    *parts = NULL;
    if (base.len + reference.len > 2 * FF_LIMIT_HEADER_BYTES)
        return FF_INVALID;
    CURLU *made = curl_url();
    ff_status status = made ? set_url(made, base) : FF_NOMEM;
    if (status == FF_OK)
        status = set_url(made, reference);
    if (status == FF_OK)
        *parts = made;
    else
        curl_url_cleanup(made);
    return status;
}

/* A whole URL; NULL if it is none, or without memory: then it is no address to trust either. */
static CURLU *parse(ff_slice url)
{
    CURLU *parts;
    (void)take_apart((ff_slice){0}, url, &parts); /* `parts` says it */
    return parts;
}

/* One part of a URL, to be freed by curl_free; NULL if it has none. */
static char *part_of(CURLU *parts, CURLUPart part)
{
    char *text = NULL;
    return parts && curl_url_get(parts, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK ? text : NULL;
}

ff_status ff_http_resolve(ff_slice base, ff_slice reference, ff_buf *url)
{
    ff_buf_reset(url);
    CURLU *parts;
    ff_status status = take_apart(base, reference, &parts);
    char *user = part_of(parts, CURLUPART_USER), *password = part_of(parts, CURLUPART_PASSWORD);
    char *text = NULL;
    if (status == FF_OK && (user || password || curl_url_set(parts, CURLUPART_FRAGMENT, NULL, 0) != CURLUE_OK ||
                            curl_url_get(parts, CURLUPART_URL, &text, 0) != CURLUE_OK))
        status = FF_INVALID;
    ff_buf_add(url, ff_slice_of(text));
    curl_free(text);
    curl_free(user);
    curl_free(password);
    curl_url_cleanup(parts);
    return status == FF_OK ? ff_buf_status(url) : status;
}

/* True if both URLs have this part, and the same. */
static bool is_shared(CURLU *one, CURLU *other, CURLUPart part)
{
    char *a = part_of(one, part), *b = part_of(other, part);
    bool same = a && b && ff_slice_eq_nocase(ff_slice_of(a), ff_slice_of(b));
    curl_free(a);
    curl_free(b);
    return same;
}

bool ff_http_same_origin(ff_slice one, ff_slice other)
{
    CURLU *a = parse(one), *b = parse(other);
    bool same = is_shared(a, b, CURLUPART_SCHEME) && is_shared(a, b, CURLUPART_HOST) && is_shared(a, b, CURLUPART_PORT);
    curl_url_cleanup(a);
    curl_url_cleanup(b);
    return same;
}

bool ff_http_same_host(ff_slice url, ff_slice host)
{
    ff_buf other;
    ff_buf_init(&other, FF_LIMIT_HEADER_BYTES);
    ff_buf_printf(&other, "https://%.*s", FF_ARG(host));
    bool same = ff_buf_status(&other) == FF_OK && ff_http_same_origin(url, ff_buf_slice(&other));
    ff_buf_release(&other);
    return same;
}

static bool has_scheme(CURLU *parts, const char *scheme)
{
    char *text = part_of(parts, CURLUPART_SCHEME);
    bool same = text && ff_slice_eq_nocase(ff_slice_of(text), ff_slice_of(scheme));
    curl_free(text);
    return same;
}

bool ff_http_is_secure(ff_slice url)
{
    CURLU *parts = parse(url);
    bool secure = has_scheme(parts, "https");
    curl_url_cleanup(parts);
    return secure;
}

bool ff_http_is_loopback(ff_slice url)
{
    CURLU *parts = parse(url);
    char *text = part_of(parts, CURLUPART_HOST);
    ff_slice host = ff_slice_of(text);
    bool web = has_scheme(parts, "https") || has_scheme(parts, "http");
    bool number = text && strspn(text, "0123456789.") == host.len && ff_slice_starts(host, FF_LIT("127."));
    bool loopback = number || ff_slice_eq_nocase(host, FF_LIT("localhost")) || ff_slice_eq(host, FF_LIT("[::1]"));
    curl_free(text);
    curl_url_cleanup(parts);
    return web && loopback;
}

void ff_http_add_shown(ff_buf *out, ff_slice url)
{
    static const struct {
        CURLUPart part;
        const char *before;
        const char *usual; /* is left out */
    } PARTS[] = {{CURLUPART_SCHEME, "", NULL},
                 {CURLUPART_HOST, "://", NULL},
                 {CURLUPART_PORT, ":", NULL},
                 {CURLUPART_PATH, "", "/"}};
    CURLU *parts = parse(url);
    if (!parts)
        ff_buf_add(out, FF_LIT("a URL that is none"));
    for (size_t i = 0; parts && i < sizeof PARTS / sizeof *PARTS; i++) {
        char *text = NULL;
        /* Without CURLU_DEFAULT_PORT: only a port that was named. */
        if (curl_url_get(parts, PARTS[i].part, &text, 0) == CURLUE_OK &&
            !(PARTS[i].usual && ff_slice_eq(ff_slice_of(text), ff_slice_of(PARTS[i].usual))))
            ff_buf_printf(out, "%s%s", PARTS[i].before, text);
        curl_free(text);
    }
    curl_url_cleanup(parts);
}

int64_t ff_http_date(ff_slice text)
{
    char copy[64];
    if (text.len == 0 || text.len >= sizeof copy)
        return -1;
    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return curl_getdate(copy, NULL);
}
