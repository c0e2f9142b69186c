/* One exchange that many threads ask at once, over a small server on the loopback. */
#include "fetch/shared.h"

#include "base/limits.h"
#include "fetch/http.h"

#include "unit/base/room.h"
#include "unit/fetch/loopback.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdatomic.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { THREADS = 8, MANY = 16 };

static const ff_live_times SHORT_TIMES = {
    .connect_ms = 5000, .silent_ms = 20000, .gap_ms = 10, .minute_ms = 1000, .stale_ms = 50000};

typedef struct talk {
    loopback server;
    ff_exchange *exchange;
    atomic_bool stop, impatient;
    atomic_uint traced;
} talk;

/* One thread's calls, asked together; what became of them. */
typedef struct asker {
    pthread_t thread;
    ff_exchange *exchange;
    char paths[MANY][32];
    ff_call calls[MANY];
    size_t count;
    unsigned turns; /* one get after the other, each with all calls; 0: one */
    bool wrong;
} asker;

static bool is_stopped(void *self)
{
    return atomic_load(&((talk *)self)->stop);
}

static bool is_impatient(void *self)
{
    return atomic_load(&((talk *)self)->impatient);
}

static void trace(void *self, ff_slice line)
{
    (void)line;
    atomic_fetch_add(&((talk *)self)->traced, 1);
}

static void forbidden(void *self, const ff_fetch_progress *progress)
{
    (void)self, (void)progress;
    abort();
}

static void open_talk(talk *t, ff_live_options options)
{
    ff_host host = {.name = "github.com", .token = "secret-token", .token_from = "GH_TOKEN"};
    ff_error error = {0};
    memset(t, 0, sizeof *t);
    loopback_open(&t->server);
    (void)snprintf(host.api, sizeof host.api, "http://127.0.0.1:%u", t->server.port);
    options.times = options.times ? options.times : &SHORT_TIMES;
    options.stopped = is_stopped;
    options.impatient = is_impatient;
    options.progress = forbidden;
    options.trace = trace;
    options.self = t;
    if (ff_shared_open(&t->exchange, &host, &options, &error) != FF_OK)
        fail_msg("%s", error.text);
}

static void close_talk(talk *t)
{
    ff_exchange_close(t->exchange);
    loopback_close(&t->server);
}

static void set_call(asker *a, const char *word, size_t number)
{
    size_t at = a->count++;
    (void)snprintf(a->paths[at], sizeof a->paths[at], "/%s/%zu", word, number);
    a->calls[at] = (ff_call){.path = ff_slice_of(a->paths[at]), .what = "it"};
    if (strcmp(word, "file") == 0)
        a->calls[at].kind = FF_CALL_FILE;
}

static void *ask(void *self)
{
    asker *a = self;
    for (unsigned turn = 0; turn < a->turns; turn++) {
        ff_exchange_get_all(a->exchange, a->calls, a->count);
        for (size_t i = 0; i < a->count; i++) {
            ff_slice rest = ff_slice_of(a->paths[i]);
            char body[64];
            const char *path = ff_slice_take_prefix(&rest, FF_LIT("/file")) ? rest.ptr : a->paths[i];
            int len = snprintf(body, sizeof body, "{\"n\":\"%s%s\"}", path == a->paths[i] ? "" : "/n", path);
            a->wrong |= a->calls[i].status != FF_OK || a->calls[i].body.size != (uint64_t)len ||
                        !ff_slice_eq(ff_buf_slice(&a->calls[i].body.memory), (ff_slice){body, (size_t)len});
            ff_call_release(&a->calls[i]);
            a->calls[i] = (ff_call){.path = a->calls[i].path, .what = "it", .kind = a->calls[i].kind};
        }
    }
    return NULL;
}

/* Asks once and keeps what came. */
static void *ask_once(void *self)
{
    asker *a = self;
    ff_exchange_get_all(a->exchange, a->calls, a->count);
    return NULL;
}

static void start(asker *a, talk *t, void *(*run)(void *self))
{
    a->exchange = t->exchange;
    assert_int_equal(pthread_create(&a->thread, NULL, run, a), 0);
}

static void finish(asker *a)
{
    pthread_join(a->thread, NULL);
}

static void all_failed(asker *a, ff_status status, const char *text)
{
    for (size_t i = 0; i < a->count; i++) {
        if (a->calls[i].status != status || strcmp(a->calls[i].error.text, text) != 0)
            fail_msg("%s: %d '%s'", a->paths[i], a->calls[i].status, a->calls[i].error.text);
        assert_int_equal(a->calls[i].body.size, 0);
        ff_call_release(&a->calls[i]);
    }
}

static void without_a_thread_it_cannot_be_opened(void **state)
{
    struct rlimit before;
    ff_host host = {.name = "github.com", .api = "https://api.github.com"};
    ff_exchange *exchange = NULL;
    ff_error error = {0};
    (void)state;
    if (!room_leave(4 * 1024 * 1024, &before))
        skip();
    ff_status status = ff_shared_open(&exchange, &host, &(ff_live_options){.max_wait = 1}, &error);
    room_restore(&before);
    assert_int_equal(status, FF_IO);
    assert_true(ff_slice_starts(ff_slice_of(error.text), FF_LIT("no thread can be started: ")));
    assert_null(exchange);
}

static void without_memory_every_call_says_so(void **state)
{
    enum { CALLS = 10000 };
    struct rlimit before;
    talk t;
    ff_call *calls = calloc(CALLS, sizeof *calls);
    (void)state;
    assert_non_null(calls);
    open_talk(&t, (ff_live_options){0});
    for (size_t i = 0; i < CALLS; i++)
        calls[i] = (ff_call){.path = FF_LIT("/n/1"), .what = "it"};
    bool limited = room_leave(1024 * 1024, &before);
    if (limited) {
        ff_exchange_get_all(t.exchange, calls, CALLS);
        room_restore(&before);
    }
    for (size_t i = 0; limited && i < CALLS; i++) {
        assert_int_equal(calls[i].status, FF_NOMEM);
        assert_string_equal(calls[i].error.text, "out of memory");
        ff_call_release(&calls[i]);
    }
    assert_int_equal(loopback_requests(&t.server), 0);
    close_talk(&t);
    free(calls);
}

static void an_api_in_the_clear_is_refused(void **state)
{
    ff_host host = {.name = "github.com", .api = "http://api.github.com"};
    ff_exchange *exchange = NULL;
    ff_error error = {0};
    (void)state;
    assert_int_equal(ff_shared_open(&exchange, &host, &(ff_live_options){0}, &error), FF_INVALID);
    assert_null(exchange);
}

static void one_that_nobody_asks_is_closed_at_once(void **state)
{
    talk t;
    (void)state;
    open_talk(&t, (ff_live_options){0});
    ff_shared_tally tally = ff_shared_count(t.exchange);
    assert_int_equal(tally.bytes + tally.requests + tally.wait, 0);
    assert_int_equal(tally.remaining, -1);
    uint64_t since = ff_http_now();
    close_talk(&t);
    assert_true(ff_http_now() - since < 2000);
}

static void every_thread_gets_its_own_answers(void **state)
{
    enum { TURNS = 20, CALLS = 4 };
    static asker askers[THREADS];
    talk t;
    (void)state;
    memset(askers, 0, sizeof askers);
    open_talk(&t, (ff_live_options){.parallel = 6});
    for (size_t i = 0; i < THREADS; i++) {
        for (size_t k = 0; k < CALLS; k++)
            set_call(&askers[i], k == 3 ? "file" : "n", 100 * i + k);
        askers[i].turns = TURNS;
        start(&askers[i], &t, ask);
    }
    for (size_t i = 0; i < THREADS; i++) {
        finish(&askers[i]);
        assert_false(askers[i].wrong);
    }
    ff_shared_tally tally = ff_shared_count(t.exchange);
    assert_int_equal(tally.requests, THREADS * TURNS * (CALLS + 1)); /* a file is two */
    assert_int_equal(tally.remaining, 77);
    assert_true(tally.bytes > 0);
    assert_int_equal(tally.wait, 0);
    assert_int_equal(atomic_load(&t.traced), tally.requests);
    assert_int_equal(loopback_requests(&t.server), tally.requests);
    assert_in_range(loopback_peak(&t.server), 1, 6);
    close_talk(&t);
}

static void no_more_fly_at_once_than_may(void **state)
{
    static const struct {
        uint32_t parallel;
        size_t peak;
    } rows[] = {{1, 1}, {0, FF_LIMIT_PARALLEL}, {1000, FF_LIMIT_PARALLEL_MOST}};
    static asker askers[3];
    (void)state;
    for (size_t row = 0; row < COUNT(rows); row++) {
        talk t;
        memset(askers, 0, sizeof askers);
        open_talk(&t, (ff_live_options){.parallel = rows[row].parallel});
        for (size_t i = 0; i < COUNT(askers); i++) {
            for (size_t k = 0; k < 8; k++)
                set_call(&askers[i], "slow", 10 * i + k);
            askers[i].turns = 1;
            start(&askers[i], &t, ask);
        }
        for (size_t i = 0; i < COUNT(askers); i++) {
            finish(&askers[i]);
            assert_false(askers[i].wrong);
        }
        assert_in_range(loopback_peak(&t.server), 1, rows[row].peak);
        assert_true(rows[row].peak == 1 || loopback_peak(&t.server) > 1);
        close_talk(&t);
    }
}

static void who_comes_first_is_asked_for_first(void **state)
{
    static const char *const order[] = {"/slow/0", "/n/1", "/n/2", "/n/3", "/n/9"};
    static asker first, second;
    talk t;
    (void)state;
    memset(&first, 0, sizeof first);
    memset(&second, 0, sizeof second);
    open_talk(&t, (ff_live_options){.parallel = 1});
    set_call(&first, "slow", 0);
    for (size_t k = 1; k < 4; k++)
        set_call(&first, "n", k);
    set_call(&second, "n", 9);
    first.turns = second.turns = 1;
    start(&first, &t, ask);
    assert_true(loopback_await(&t.server, 1));
    start(&second, &t, ask);
    finish(&first);
    finish(&second);
    assert_false(first.wrong || second.wrong);
    for (size_t i = 0; i < COUNT(order); i++)
        assert_string_equal(t.server.paths[i], order[i]);
    close_talk(&t);
}

static void long_bodies_are_whole(void **state)
{
    static asker askers[4];
    talk t;
    (void)state;
    memset(askers, 0, sizeof askers);
    open_talk(&t, (ff_live_options){0});
    for (size_t i = 0; i < COUNT(askers); i++) {
        set_call(&askers[i], "big", i);
        set_call(&askers[i], "n", i);
        start(&askers[i], &t, ask_once);
    }
    for (size_t i = 0; i < COUNT(askers); i++) {
        finish(&askers[i]);
        assert_int_equal(askers[i].calls[0].status, FF_OK);
        assert_int_equal(askers[i].calls[0].body.size, LOOPBACK_BIG);
        assert_true(askers[i].calls[0].body.fd >= 0);
        assert_int_equal(askers[i].calls[1].status, FF_OK);
        ff_call_release(&askers[i].calls[0]);
        ff_call_release(&askers[i].calls[1]);
    }
    assert_true(ff_shared_count(t.exchange).bytes > COUNT(askers) * LOOPBACK_BIG);
    close_talk(&t);
}

static void closing_ends_the_calls_that_wait(void **state)
{
    static const ff_live_times patient = {.connect_ms = 5000, .silent_ms = 60000, .gap_ms = 60000};
    static asker askers[THREADS];
    talk t;
    (void)state;
    memset(askers, 0, sizeof askers);
    open_talk(&t, (ff_live_options){.parallel = 2 * THREADS, .times = &patient});
    for (size_t i = 0; i < THREADS; i++) {
        set_call(&askers[i], "hang", i);
        set_call(&askers[i], "down", i); /* waits for another try */
        start(&askers[i], &t, ask_once);
    }
    assert_true(loopback_await(&t.server, 2 * THREADS)); /* all of them are inside */
    uint64_t since = ff_http_now();
    ff_exchange_close(t.exchange);
    assert_true(ff_http_now() - since < 5000);
    for (size_t i = 0; i < THREADS; i++) {
        finish(&askers[i]);
        all_failed(&askers[i], FF_IO, "it: interrupted");
    }
    loopback_close(&t.server);
}

static void stopping_ends_the_calls_that_wait_and_all_later_ones(void **state)
{
    static asker askers[THREADS], late;
    talk t;
    (void)state;
    memset(askers, 0, sizeof askers);
    memset(&late, 0, sizeof late);
    open_talk(&t, (ff_live_options){.parallel = 4});
    for (size_t i = 0; i < THREADS; i++) {
        set_call(&askers[i], "hang", i);
        start(&askers[i], &t, ask_once);
    }
    assert_true(loopback_await(&t.server, 4));
    atomic_store(&t.stop, true);
    for (size_t i = 0; i < THREADS; i++) {
        finish(&askers[i]);
        all_failed(&askers[i], FF_IO, "it: interrupted");
    }
    set_call(&late, "n", 1);
    start(&late, &t, ask_once);
    finish(&late);
    all_failed(&late, FF_IO, "it: interrupted");
    assert_int_equal(loopback_requests(&t.server), 4);
    close_talk(&t);
}

static void a_limit_that_is_not_waited_for_ends_all_calls_alike(void **state)
{
    static asker first, rest[THREADS];
    talk t;
    (void)state;
    memset(&first, 0, sizeof first);
    memset(rest, 0, sizeof rest);
    open_talk(&t, (ff_live_options){.parallel = 3, .max_wait = 60});
    /* One waits for a short limit when another one meets the long one: it must not wait on. */
    set_call(&first, "limit", 30);
    set_call(&first, "late", 3600);
    set_call(&first, "hang", 1);
    uint64_t since = ff_http_now();
    start(&first, &t, ask_once);
    assert_true(loopback_await(&t.server, 3));
    for (size_t i = 0; i < THREADS; i++) {
        set_call(&rest[i], "n", i);
        start(&rest[i], &t, ask_once);
    }
    for (size_t i = 0; i < THREADS; i++) {
        finish(&rest[i]);
        assert_int_equal(rest[i].calls[0].status, FF_LIMIT);
        assert_string_equal(rest[i].calls[0].error.text, rest[0].calls[0].error.text);
        assert_int_equal(rest[i].calls[0].http, 429);
        ff_call_release(&rest[i].calls[0]);
    }
    assert_true(ff_http_now() - since < 10000);
    assert_int_equal(loopback_requests(&t.server), 3);
    atomic_store(&t.stop, true); /* the one that hangs */
    finish(&first);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(first.calls[i].status, FF_LIMIT);
        assert_string_equal(first.calls[i].error.text, rest[0].calls[0].error.text);
    }
    assert_int_equal(first.calls[2].status, FF_IO);
    for (size_t i = 0; i < first.count; i++)
        ff_call_release(&first.calls[i]);
    close_talk(&t);
}

static void a_wait_for_a_limit_is_told(void **state)
{
    static asker a;
    talk t;
    uint32_t wait = 0;
    (void)state;
    memset(&a, 0, sizeof a);
    open_talk(&t, (ff_live_options){.max_wait = 60});
    set_call(&a, "limit", 30);
    start(&a, &t, ask_once);
    for (unsigned i = 0; i < 1000 && !wait; i++) {
        loopback_pause(10);
        wait = ff_shared_count(t.exchange).wait;
    }
    assert_in_range(wait, 25, 30);
    atomic_store(&t.stop, true);
    finish(&a);
    all_failed(&a, FF_IO, "it: interrupted");
    assert_int_equal(ff_shared_count(t.exchange).wait, 0);
    close_talk(&t);
}

static void who_is_impatient_does_not_wait_for_a_limit_but_for_answers(void **state)
{
    static const char text[] = "it: interrupted while a rate limit was waited for";
    static asker waits, flies, later;
    talk t;
    (void)state;
    memset(&waits, 0, sizeof waits);
    memset(&flies, 0, sizeof flies);
    memset(&later, 0, sizeof later);
    open_talk(&t, (ff_live_options){.max_wait = 60, .parallel = 2});
    set_call(&flies, "hang", 1);
    start(&flies, &t, ask_once);
    assert_true(loopback_await(&t.server, 1));
    set_call(&waits, "limit", 30);
    set_call(&waits, "n", 2); /* behind it */
    start(&waits, &t, ask_once);
    assert_true(loopback_await(&t.server, 2));
    uint64_t since = ff_http_now();
    atomic_store(&t.impatient, true);
    finish(&waits);
    set_call(&later, "n", 3); /* the limit is not over */
    start(&later, &t, ask_once);
    finish(&later);
    assert_true(ff_http_now() - since < 5000);
    all_failed(&waits, FF_LIMIT, text);
    all_failed(&later, FF_LIMIT, text);
    assert_int_equal(loopback_requests(&t.server), 2);
    atomic_store(&t.stop, true);
    finish(&flies);
    all_failed(&flies, FF_IO, "it: interrupted");
    close_talk(&t);
}

static void bad_paths_fail_alone(void **state)
{
    static asker a;
    talk t;
    (void)state;
    memset(&a, 0, sizeof a);
    open_talk(&t, (ff_live_options){0});
    set_call(&a, "n", 1);
    set_call(&a, "n", 1);
    a.calls[0].path = FF_LIT("https://evil.example/");
    start(&a, &t, ask_once);
    finish(&a);
    assert_int_equal(a.calls[0].status, FF_INVALID);
    assert_int_equal(a.calls[1].status, FF_OK);
    ff_call_release(&a.calls[0]);
    ff_call_release(&a.calls[1]);
    assert_int_equal(loopback_requests(&t.server), 1);
    close_talk(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_thread_it_cannot_be_opened), /* first: stacks of ended threads are used again */
        cmocka_unit_test(without_memory_every_call_says_so),
        cmocka_unit_test(an_api_in_the_clear_is_refused),
        cmocka_unit_test(one_that_nobody_asks_is_closed_at_once),
        cmocka_unit_test(every_thread_gets_its_own_answers),
        cmocka_unit_test(no_more_fly_at_once_than_may),
        cmocka_unit_test(who_comes_first_is_asked_for_first),
        cmocka_unit_test(long_bodies_are_whole),
        cmocka_unit_test(closing_ends_the_calls_that_wait),
        cmocka_unit_test(stopping_ends_the_calls_that_wait_and_all_later_ones),
        cmocka_unit_test(a_limit_that_is_not_waited_for_ends_all_calls_alike),
        cmocka_unit_test(a_wait_for_a_limit_is_told),
        cmocka_unit_test(who_is_impatient_does_not_wait_for_a_limit_but_for_answers),
        cmocka_unit_test(bad_paths_fail_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
