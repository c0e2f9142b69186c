#include "fetch/http.h"

#include "base/limits.h"
#include "base/wipe.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* All headers of one answer, kept or not. */
static const size_t HEADERS_BYTES = 16 * FF_LIMIT_HEADER_BYTES;

struct ff_http {
    CURLM *multi;
    ff_http_bounds bounds;
    ff_hop *flying[FF_LIMIT_PARALLEL];
    bool stopped; /* a hop was ended here, which libcurl does not tell */
};

#define CERTIFICATE \
    "the server's certificate cannot be verified; behind a proxy of a company, name its CA bundle in SSL_CERT_FILE"

/* What a code of libcurl means for another try; what is not here would end the same way again. Truncation is 18 in
 * HTTP/1.1 and 92 in HTTP/2, a reset 56 or 92. */
static const struct {
    CURLcode code;
    ff_hop_end end;
    ff_status status;
    const char *text; /* NULL: libcurl's own */
} CODES[] = {
    {CURLE_COULDNT_RESOLVE_PROXY, FF_HOP_BROKEN, FF_IO, "the proxy's name cannot be resolved"},
    {CURLE_COULDNT_RESOLVE_HOST, FF_HOP_BROKEN, FF_IO, "its name cannot be resolved"},
    {CURLE_COULDNT_CONNECT, FF_HOP_BROKEN, FF_IO, NULL},
    {CURLE_WEIRD_SERVER_REPLY, FF_HOP_BROKEN, FF_IO, "it does not speak HTTP"},
    {CURLE_HTTP2, FF_HOP_BROKEN, FF_IO, NULL},
    {CURLE_PARTIAL_FILE, FF_HOP_BROKEN, FF_IO, "the answer was cut off"},
    {CURLE_OPERATION_TIMEDOUT, FF_HOP_BROKEN, FF_IO, "no connection in time"},
    {CURLE_SSL_CONNECT_ERROR, FF_HOP_BROKEN, FF_IO, NULL},
    {CURLE_GOT_NOTHING, FF_HOP_BROKEN, FF_IO, "the connection was closed without an answer"},
    {CURLE_SEND_ERROR, FF_HOP_BROKEN, FF_IO, NULL},
    {CURLE_RECV_ERROR, FF_HOP_BROKEN, FF_IO, NULL}, /* a proxy that refuses, too */
    {CURLE_BAD_CONTENT_ENCODING, FF_HOP_BROKEN, FF_IO, "the compressed answer is damaged"},
    {CURLE_HTTP2_STREAM, FF_HOP_BROKEN, FF_IO, "the answer was cut off"},
    {CURLE_AGAIN, FF_HOP_BROKEN, FF_IO, NULL},
    {CURLE_PEER_FAILED_VERIFICATION, FF_HOP_REFUSED, FF_IO, CERTIFICATE},
    {CURLE_SSL_ISSUER_ERROR, FF_HOP_REFUSED, FF_IO, CERTIFICATE},
    {CURLE_SSL_INVALIDCERTSTATUS, FF_HOP_REFUSED, FF_IO, CERTIFICATE},
    {CURLE_SSL_CACERT_BADFILE, FF_HOP_REFUSED, FF_IO,
     "the CA bundle cannot be read; see CURL_CA_BUNDLE, SSL_CERT_FILE and SSL_CERT_DIR"},
    {CURLE_OUT_OF_MEMORY, FF_HOP_REFUSED, FF_NOMEM, "out of memory"},
};

uint64_t ff_http_now(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* POSIX has this clock */
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
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

ff_status ff_http_open(ff_http **http, const ff_http_bounds *bounds, ff_error *error)
{
    /* Counted by libcurl, and safe in any thread since 7.84. */
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return ff_error_set(error, FF_IO, "libcurl cannot be started");
    ff_http *made = calloc(1, sizeof *made);
    if (made)
        made->multi = curl_multi_init();
    if (!made || !made->multi) {
        free(made);
        curl_global_cleanup();
        return ff_error_set(error, FF_NOMEM, "out of memory");
    }
    made->bounds = *bounds;
    *http = made;
    return FF_OK;
}

void ff_http_close(ff_http *http)
{
    if (!http)
        return;
    for (size_t i = 0; i < FF_LIMIT_PARALLEL; i++)
        if (http->flying[i])
            ff_http_cancel(http, http->flying[i]);
    (void)curl_multi_cleanup(http->multi);
    free(http);
    curl_global_cleanup();
}

static void free_lines(struct curl_slist *lines)
{
    for (struct curl_slist *line = lines; line; line = line->next)
        ff_wipe(line->data, strlen(line->data));
    curl_slist_free_all(lines);
}

/* Takes the hop's handle away from libcurl. */
static void land(ff_http *http, ff_hop *hop)
{
    for (size_t i = 0; i < FF_LIMIT_PARALLEL; i++)
        if (http->flying[i] == hop)
            http->flying[i] = NULL;
    if (hop->handle) {
        (void)curl_multi_remove_handle(http->multi, hop->handle); /* fails only for a foreign handle */
        curl_easy_cleanup(hop->handle);
    }
    free_lines(hop->lines);
    hop->handle = NULL;
    hop->lines = NULL;
    hop->flying = false;
}

void ff_http_cancel(ff_http *http, ff_hop *hop)
{
    if (hop->flying)
        land(http, hop);
}

static void fail(ff_hop *hop, ff_hop_end end, ff_status status, const char *text)
{
    hop->end = end;
    hop->status = status;
    (void)snprintf(hop->text, sizeof hop->text, "%s", text); /* a cut one is still useful */
}

/* Curl's callbacks say "stop" by another number than the one that they were given; why stands in the hop. */
/* NOLINTNEXTLINE(readability-non-const-parameter): the type is libcurl's */
static size_t take_header(char *bytes, size_t size, size_t count, void *self)
{
    ff_hop *hop = self;
    hop->last_ms = ff_http_now();
    hop->header_bytes += size * count;
    ff_status status = hop->header_bytes > HEADERS_BYTES ? FF_LIMIT : FF_OK;
    if (status == FF_OK)
        status = ff_answer_add_line(hop->answer, (ff_slice){bytes, size * count});
    if (status == FF_OK)
        return size * count;
    fail(hop, FF_HOP_REFUSED, status, status == FF_LIMIT ? "its headers are too long" : "out of memory");
    return 0;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the type is libcurl's */
static size_t take_body(char *bytes, size_t size, size_t count, void *self)
{
    ff_hop *hop = self;
    ff_error error = {0};
    ff_slice piece = {bytes, size * count};
    hop->last_ms = ff_http_now();
    if (hop->answer->http != 200) {
        /* What a refusal says beyond its first kilobytes is of no interest. */
        uint64_t room = hop->body->size < FF_LIMIT_REFUSAL_BYTES ? FF_LIMIT_REFUSAL_BYTES - hop->body->size : 0;
        piece = ff_slice_cut(piece, (size_t)room);
    }
    if (ff_body_add(hop->body, piece, &error) == FF_OK)
        return size * count;
    fail(hop, FF_HOP_REFUSED, error.status, error.text);
    return 0;
}

/* A connection stands, new or kept: silence counts from here. */
/* NOLINTNEXTLINE(readability-non-const-parameter): the type is libcurl's */
static int take_connection(void *self, char *remote, char *local, int remote_port, int local_port)
{
    ff_hop *hop = self;
    (void)remote, (void)local, (void)remote_port, (void)local_port;
    hop->last_ms = ff_http_now();
    return CURL_PREREQFUNC_OK;
}

static CURLcode set_text(CURL *handle, CURLoption option, const char *text)
{
    return text && *text ? curl_easy_setopt(handle, option, text) : CURLE_OK;
}

/* The variables that the curl program reads and libcurl does not. */
static CURLcode set_certificates(CURL *handle)
{
    const char *bundle = getenv("CURL_CA_BUNDLE");
    if (!bundle || !*bundle)
        bundle = getenv("SSL_CERT_FILE");
    CURLcode code = set_text(handle, CURLOPT_CAINFO, bundle);
    return code == CURLE_OK ? set_text(handle, CURLOPT_CAPATH, getenv("SSL_CERT_DIR")) : code;
}

static CURLcode set_lines(ff_hop *hop)
{
    /* libcurl's own Accept is none of ours, and the store refuses some. */
    struct curl_slist *lines = curl_slist_append(NULL, "Accept:");
    hop->lines = lines;
    for (size_t i = 0; lines && hop->headers && hop->headers[i]; i++)
        lines = curl_slist_append(hop->lines, hop->headers[i]);
    return lines ? curl_easy_setopt(hop->handle, CURLOPT_HTTPHEADER, hop->lines) : CURLE_OUT_OF_MEMORY;
}

#define SET(option, value)                                    \
    do {                                                      \
        if (code == CURLE_OK)                                 \
            code = curl_easy_setopt(handle, (option), value); \
    } while (0)

/* What holds for every hop: one hop only, no files of the user's, no signals. */
static CURLcode set_rules(CURL *handle)
{
    static const struct {
        CURLoption option;
        long value;
    } RULES[] = {
        {CURLOPT_FOLLOWLOCATION, 0},
        {CURLOPT_NETRC, CURL_NETRC_IGNORED},
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    };
    CURLcode code = set_certificates(handle);
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        SET(RULES[i].option, RULES[i].value);
    SET(CURLOPT_USERAGENT, "firstfault/" FF_VERSION);
    return code;
}

static CURLcode set_callbacks(ff_hop *hop)
{
    CURL *handle = hop->handle;
    CURLcode code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, take_header);
    SET(CURLOPT_HEADERDATA, hop);
    SET(CURLOPT_WRITEFUNCTION, take_body);
    SET(CURLOPT_WRITEDATA, hop);
    SET(CURLOPT_PREREQFUNCTION, take_connection);
    SET(CURLOPT_PREREQDATA, hop);
    SET(CURLOPT_ERRORBUFFER, hop->detail);
    SET(CURLOPT_PRIVATE, hop);
    return code;
}

static CURLcode set_options(const ff_http *http, ff_hop *hop)
{
    CURL *handle = hop->handle;
    CURLcode code = set_rules(handle);
    if (code == CURLE_OK)
        code = set_callbacks(hop);
    SET(CURLOPT_URL, hop->url);
    /* What is meant for this machine, perhaps in the clear, is nothing for a proxy. */
    if (ff_http_is_loopback(ff_slice_of(hop->url)))
        SET(CURLOPT_NOPROXY, "*");
    SET(CURLOPT_PROTOCOLS_STR, ff_http_is_secure(ff_slice_of(hop->url)) ? "https" : "http");
    SET(CURLOPT_CONNECTTIMEOUT_MS, (long)http->bounds.connect_ms);
    if (hop->compressed)
        SET(CURLOPT_ACCEPT_ENCODING, "gzip");
    return code == CURLE_OK ? set_lines(hop) : code;
}

static bool take_place(ff_http *http, ff_hop *hop)
{
    for (size_t i = 0; i < FF_LIMIT_PARALLEL; i++) {
        if (!http->flying[i]) {
            http->flying[i] = hop;
            return true;
        }
    }
    return false;
}

void ff_http_start(ff_http *http, ff_hop *hop)
{
    ff_answer_reset(hop->answer);
    ff_body_reset(hop->body);
    hop->detail[0] = hop->text[0] = '\0';
    hop->end = FF_HOP_ANSWERED;
    hop->status = FF_OK;
    hop->header_bytes = 0;
    hop->last_ms = ff_http_now();
    hop->lines = NULL;
    hop->flying = true;
    hop->handle = curl_easy_init();
    CURLcode code = hop->handle ? set_options(http, hop) : CURLE_OUT_OF_MEMORY;
    if (code == CURLE_OK && take_place(http, hop) && curl_multi_add_handle(http->multi, hop->handle) == CURLM_OK)
        return;
    fail(hop, FF_HOP_REFUSED, code == CURLE_OUT_OF_MEMORY ? FF_NOMEM : FF_IO, "the request cannot be made");
    land(http, hop);
}

static void judge(ff_hop *hop, CURLcode code)
{
    if (hop->status != FF_OK || code == CURLE_OK)
        return; /* why a callback stopped it is known already */
    const char *detail = hop->detail[0] ? hop->detail : curl_easy_strerror(code);
    for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
        if (CODES[i].code == code) {
            fail(hop, CODES[i].end, CODES[i].status, CODES[i].text ? CODES[i].text : detail);
            return;
        }
    }
    fail(hop, FF_HOP_REFUSED, FF_IO, detail);
}

/* The system's own word, "Connection refused", says more than libcurl's. */
static void name_refusal(ff_hop *hop, CURLcode code)
{
    long reason = 0;
    if (code == CURLE_COULDNT_CONNECT && curl_easy_getinfo(hop->handle, CURLINFO_OS_ERRNO, &reason) == CURLE_OK &&
        reason > 0)
        (void)snprintf(hop->text, sizeof hop->text, "no connection: %s", strerror((int)reason));
}

static void collect(ff_http *http)
{
    int left;
    const CURLMsg *message;
    while ((message = curl_multi_info_read(http->multi, &left))) {
        ff_hop *hop = NULL;
        CURLcode code = message->data.result; /* the message goes with its handle */
        if (message->msg != CURLMSG_DONE ||
            curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&hop) != CURLE_OK)
            continue;
        judge(hop, code);
        name_refusal(hop, code);
        land(http, hop);
        http->stopped = true;
    }
}

/* libcurl's own bound for slow transfers is an average; ours is silence. */
static void stop_silent(ff_http *http)
{
    uint64_t now = ff_http_now();
    for (size_t i = 0; i < FF_LIMIT_PARALLEL; i++) {
        ff_hop *hop = http->flying[i];
        if (!hop || now - hop->last_ms < http->bounds.silent_ms)
            continue;
        fail(hop, FF_HOP_BROKEN, FF_IO, "no byte came for a while");
        (void)snprintf(hop->text, sizeof hop->text, "no byte came for %u s", (http->bounds.silent_ms + 500) / 1000);
        land(http, hop);
        http->stopped = true;
    }
}

ff_status ff_http_wait(ff_http *http, uint32_t ms, ff_error *error)
{
    int running = 0;
    http->stopped = false;
    CURLMcode code = curl_multi_perform(http->multi, &running);
    collect(http);
    if (code == CURLM_OK && !http->stopped) {
        code = curl_multi_poll(http->multi, NULL, 0, ms < INT32_MAX ? (int)ms : INT32_MAX, NULL);
        if (code == CURLM_OK)
            code = curl_multi_perform(http->multi, &running);
        collect(http);
    }
    stop_silent(http);
    return code == CURLM_OK ? FF_OK : ff_error_set(error, FF_IO, "libcurl: %s", curl_multi_strerror(code));
}

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
