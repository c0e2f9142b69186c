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
    ff_hop *flying[FF_LIMIT_PARALLEL_MOST];
    bool stopped;   /* a hop was ended here, which libcurl does not tell */
    uint64_t bytes; /* of bodies, of hops that have ended */
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

uint32_t ff_http_seconds_until(uint64_t time, uint64_t now)
{
    uint64_t left = time > now ? time - now : 0, seconds = left / 1000 + (left % 1000 != 0);
    return seconds < UINT32_MAX ? (uint32_t)seconds : UINT32_MAX;
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
    for (size_t i = 0; i < FF_LIMIT_PARALLEL_MOST; i++)
        if (http->flying[i])
            ff_http_cancel(http, http->flying[i]);
    (void)curl_multi_cleanup(http->multi);
    free(http);
    curl_global_cleanup();
}

void ff_http_wake(ff_http *http)
{
    (void)curl_multi_wakeup(http->multi); /* where it fails, ff_http_wait returns when its time is over */
}

uint64_t ff_http_bytes(const ff_http *http)
{
    uint64_t bytes = http->bytes;
    for (size_t i = 0; i < FF_LIMIT_PARALLEL_MOST; i++)
        bytes += http->flying[i] ? http->flying[i]->body_bytes : 0;
    return bytes;
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
    for (size_t i = 0; i < FF_LIMIT_PARALLEL_MOST; i++)
        if (http->flying[i] == hop)
            http->flying[i] = NULL;
    http->bytes += hop->body_bytes;
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
    hop->body_bytes += piece.len;
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
    for (size_t i = 0; i < FF_LIMIT_PARALLEL_MOST; i++) {
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
    hop->header_bytes = hop->body_bytes = 0;
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
    for (size_t i = 0; i < FF_LIMIT_PARALLEL_MOST; i++) {
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
