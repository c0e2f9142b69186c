/* Asks the live exchange itself: the API at GITHUB_API_URL with the token of GH_TOKEN.
 *
 *     ask [--max-wait S] [--offline] [--cache FOLDER] [--together] [--threads N] [--short] [--save FOLDER] KIND:PATH...
 *
 * KIND is json, pages (follows the listing), file, or lasting (a file that never changes). Prints one JSON object a
 * call; the trace goes to stderr. `--short` makes every wait of the program's own choice short. With `--threads` each
 * of so many threads makes all calls, one after the other, over one shared exchange with as many requests at once. */
#include "base/json.h"
#include "base/limits.h"
#include "fetch/shared.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CALLS = 32, THREADS = 64 };

typedef struct asked {
    ff_live_options options;
    const char *save;
    const char *cache;
    bool together, stop;
    size_t threads; /* 0: this one alone */
    ff_exchange *exchange;
    unsigned saved;
    bool failed;
} asked;

static const ff_live_times SHORT_TIMES = {
    .connect_ms = 2000, .silent_ms = 1500, .gap_ms = 50, .minute_ms = 1000, .stale_ms = 50000};

static void trace(void *self, ff_slice line)
{
    (void)self;
    fprintf(stderr, "%.*s\n", FF_ARG(line));
}

static void progress(void *self, const ff_fetch_progress *told)
{
    asked *all = self;
    all->failed |= told->requests == 0 && told->bytes > 0; /* something must have been sent */
}

static void save(asked *all, const ff_call *call)
{
    char path[1024], piece[4096];
    size_t got = 0;
    if (!all->save || call->status != FF_OK)
        return;
    int len = snprintf(path, sizeof path, "%s/%u", all->save, all->saved++);
    FILE *file = len > 0 && (size_t)len < sizeof path ? fopen(path, "wb") : NULL;
    if (!file) {
        all->failed = true;
        return;
    }
    for (uint64_t at = 0; at < call->body.size; at += got) {
        if (ff_body_read(&call->body, at, piece, sizeof piece, &got, NULL) != FF_OK ||
            fwrite(piece, 1, got, file) != got) {
            all->failed = true;
            break;
        }
    }
    all->failed |= fclose(file) != 0;
}

static void print(asked *all, const ff_call *call)
{
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_json json = {.out = &out};
    ff_json_open(&json, '{');
    ff_json_put_text(&json, "path", call->path);
    ff_json_put_text(&json, "status", ff_slice_of(ff_status_name(call->status)));
    ff_json_put_uint(&json, "http", call->http);
    ff_json_put_uint(&json, "size", call->body.size);
    ff_json_put_text(&json, "next", call->next);
    ff_json_key(&json, "next_refused");
    ff_json_bool(&json, call->next_refused);
    ff_json_key(&json, "next_circles");
    ff_json_bool(&json, call->next_circles);
    ff_json_put_text(&json, "text", ff_slice_of(call->error.text));
    ff_json_close(&json, '}');
    for (size_t i = 0; i < out.len; i++)
        if (out.ptr[i] == '\n')
            out.ptr[i] = ' ';
    printf("%.*s\n", FF_ARG(ff_buf_slice(&out)));
    ff_buf_release(&out);
    save(all, call);
}

static void ask_pages(asked *all, ff_call call)
{
    char url[4096];
    for (unsigned page = 0; page < FF_LIMIT_PAGES; page++) {
        ff_exchange_get(all->exchange, &call);
        print(all, &call);
        int len = snprintf(url, sizeof url, "%.*s", FF_ARG(call.next));
        ff_call_release(&call);
        if (len <= 0 || (size_t)len >= sizeof url || call.next_refused || call.next_circles)
            return;
        call = (ff_call){.path = ff_slice_of(url), .kind = FF_CALL_JSON, .what = "a page"};
    }
}

static ff_call call_of(const char *argument, bool *pages)
{
    ff_slice path = ff_slice_of(argument), kind;
    if (!ff_slice_take_until(&path, ':', &kind))
        return (ff_call){0};
    *pages = ff_slice_eq(kind, FF_LIT("pages"));
    ff_call call = {.path = path, .kind = FF_CALL_FILE, .what = "the file"};
    call.lasting = ff_slice_eq(kind, FF_LIT("lasting"));
    if (*pages || ff_slice_eq(kind, FF_LIT("json"))) {
        call.kind = FF_CALL_JSON;
        call.what = "the answer";
    }
    return call;
}

static void ask_all(asked *all, char **arguments, size_t count)
{
    ff_call calls[CALLS];
    for (size_t i = 0; i < count && i < CALLS; i++) {
        bool pages = false;
        calls[i] = call_of(arguments[i], &pages);
        if (ff_slice_starts(ff_slice_of(arguments[i]), FF_LIT("forget:"))) {
            ff_exchange_forget(all->exchange, calls[i].path);
        } else if (pages && !all->together) {
            ask_pages(all, calls[i]);
        } else if (!all->together) {
            ff_exchange_get(all->exchange, &calls[i]);
            print(all, &calls[i]);
            bool failed = calls[i].status != FF_OK;
            ff_call_release(&calls[i]);
            if (failed && all->stop)
                return;
        }
    }
    if (!all->together)
        return;
    ff_exchange_get_all(all->exchange, calls, count < CALLS ? count : CALLS);
    for (size_t i = 0; i < count && i < CALLS; i++) {
        print(all, &calls[i]);
        ff_call_release(&calls[i]);
    }
}

typedef struct asker {
    pthread_t thread;
    const asked *all;
    char **arguments;
    size_t count;
    ff_call calls[CALLS];
} asker;

static void *ask_in_turn(void *self)
{
    asker *one = self;
    for (size_t i = 0; i < one->count; i++) {
        bool pages = false;
        one->calls[i] = call_of(one->arguments[i], &pages);
        if (ff_slice_starts(ff_slice_of(one->arguments[i]), FF_LIT("forget:")))
            ff_exchange_forget(one->all->exchange, one->calls[i].path);
        else
            ff_exchange_get(one->all->exchange, &one->calls[i]);
    }
    return NULL;
}

/* What became of the calls is told when all threads have ended. */
static void ask_in_threads(asked *all, char **arguments, size_t count)
{
    static asker askers[THREADS];
    for (size_t i = 0; i < all->threads; i++) {
        askers[i] = (asker){.all = all, .arguments = arguments, .count = count < CALLS ? count : CALLS};
        if (pthread_create(&askers[i].thread, NULL, ask_in_turn, &askers[i]) != 0)
            abort();
    }
    for (size_t i = 0; i < all->threads; i++)
        (void)pthread_join(askers[i].thread, NULL);
    for (size_t i = 0; i < all->threads; i++) {
        for (size_t k = 0; k < askers[i].count; k++) {
            print(all, &askers[i].calls[k]);
            ff_call_release(&askers[i].calls[k]);
        }
    }
    ff_shared_tally tally = ff_shared_count(all->exchange);
    fprintf(stderr, "%u requests, %llu bytes, %lld remaining\n", tally.requests, (unsigned long long)tally.bytes,
            (long long)tally.remaining);
}

static ff_status open_exchange(asked *all, const ff_host *host, ff_error *error)
{
    all->options.parallel = (uint32_t)all->threads;
    return all->threads ? ff_shared_open(&all->exchange, host, &all->options, error)
                        : ff_live_open(&all->exchange, host, &all->options, error);
}

static bool set_up(asked *all, ff_host *host)
{
    const char *api = getenv("GITHUB_API_URL"), *token = getenv("GH_TOKEN");
    int api_len = snprintf(host->api, sizeof host->api, "%s", api ? api : "");
    int token_len = snprintf(host->token, sizeof host->token, "%s", token ? token : "");
    int name_len = snprintf(host->name, sizeof host->name, "github.com");
    host->token_from = token && *token ? "GH_TOKEN" : NULL;
    all->options.trace = trace;
    all->options.progress = progress;
    all->options.self = all;
    return api_len > 0 && (size_t)api_len < sizeof host->api && (size_t)token_len < sizeof host->token && name_len > 0;
}

static int read_options(asked *all, char **argv)
{
    int at = 1;
    for (; argv[at] && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--max-wait") == 0 && argv[at + 1])
            all->options.max_wait = (uint32_t)strtoul(argv[++at], NULL, 10);
        else if (strcmp(argv[at], "--threads") == 0 && argv[at + 1])
            all->threads = strtoul(argv[++at], NULL, 10) % (THREADS + 1);
        else if (strcmp(argv[at], "--save") == 0 && argv[at + 1])
            all->save = argv[++at];
        else if (strcmp(argv[at], "--cache") == 0 && argv[at + 1])
            all->cache = argv[++at];
        else if (strcmp(argv[at], "--stop") == 0)
            all->stop = true;
        else if (strcmp(argv[at], "--offline") == 0)
            all->options.offline = true;
        else if (strcmp(argv[at], "--together") == 0)
            all->together = true;
        else if (strcmp(argv[at], "--short") == 0)
            all->options.times = &SHORT_TIMES;
    }
    return at;
}

int main(int argc, char **argv)
{
    static ff_host host;
    asked all = {.options = {.max_wait = 60}};
    ff_error error = {0};
    int at = read_options(&all, argv);
    if (all.cache && ff_cache_open(&all.options.cache, all.cache, &error) != FF_OK)
        return 77;
    if (!set_up(&all, &host) || open_exchange(&all, &host, &error) != FF_OK) {
        fprintf(stderr, "cannot be opened: %s\n", error.text);
        return 2;
    }
    (all.threads ? ask_in_threads : ask_all)(&all, argv + at, (size_t)(argc - at));
    ff_exchange_close(all.exchange);
    ff_cache_close(all.options.cache);
    return all.failed ? 1 : 0;
}
