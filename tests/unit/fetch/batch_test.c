/* Transfers that are on their way at once: who is sent when, what holds all of them, and what ends them. */
#include "fetch/batch.h"

#include "unit/fetch/loopback.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { MANY = 6 };

static const ff_live_times SHORT_TIMES = {
    .connect_ms = 5000, .silent_ms = 20000, .gap_ms = 10, .minute_ms = 1000, .stale_ms = 50000};

/* A batch over a server, and what it is asked. */
typedef struct journey {
    loopback server;
    ff_session session;
    ff_batch batch;
    ff_call calls[MANY];
    ff_transfer transfers[MANY];
    size_t count, taken;
    bool stop;
    unsigned told;
    ff_fetch_progress last;
} journey;

static bool is_stopped(void *self)
{
    return ((journey *)self)->stop;
}

static void progress(void *self, const ff_fetch_progress *told)
{
    journey *j = self;
    j->told++;
    j->last = *told;
}

static void set_out(journey *j, ff_live_options options)
{
    ff_host host = {.name = "github.com"};
    memset(j, 0, sizeof *j);
    options.max_wait = 60;
    options.times = &SHORT_TIMES;
    options.self = j;
    options.stopped = is_stopped;
    options.progress = progress;
    loopback_open(&j->server);
    (void)snprintf(host.api, sizeof host.api, "http://127.0.0.1:%u", j->server.port);
    assert_int_equal(ff_session_open(&j->session, &host, &options, NULL), FF_OK);
    j->batch.session = &j->session;
}

static void add(journey *j, const char *path)
{
    size_t at = j->count++;
    j->calls[at] = (ff_call){.path = ff_slice_of(path), .what = "it", .number = (uint32_t)at + 1, .total = MANY};
    ff_transfer_begin(&j->transfers[at], &j->session, &j->calls[at]);
    ff_batch_add(&j->batch, &j->transfers[at]);
}

/* Moves on until nothing is left, or `turns` are over. True: something is left. */
static bool go(journey *j, unsigned turns)
{
    bool more = true;
    while (turns-- && (more = ff_batch_move(&j->batch))) {
        while (ff_batch_take(&j->batch))
            j->taken++;
        ff_batch_wait(&j->batch);
    }
    while (ff_batch_take(&j->batch))
        j->taken++;
    return more;
}

static void come_home(journey *j)
{
    for (size_t i = 0; i < j->count; i++) {
        ff_transfer_release(&j->transfers[i]);
        ff_call_release(&j->calls[i]);
    }
    ff_session_release(&j->session);
    loopback_close(&j->server);
}

static void an_empty_batch_has_nothing_to_do(void **state)
{
    static journey j;
    (void)state;
    set_out(&j, (ff_live_options){.parallel = 1});
    assert_false(ff_batch_move(&j.batch));
    assert_null(ff_batch_take(&j.batch));
    ff_batch_fail(&j.batch, FF_IO, "x");
    come_home(&j);
}

static void each_is_handed_back_once_in_the_order_of_their_coming(void **state)
{
    static journey j;
    (void)state;
    set_out(&j, (ff_live_options){.parallel = 1});
    for (size_t i = 0; i < 3; i++)
        add(&j, i == 1 ? "https://elsewhere.example/" : "/n/1"); /* done before it began */
    assert_false(go(&j, 1000));
    assert_int_equal(j.taken, 3);
    add(&j, "/n/2");
    assert_false(go(&j, 1000));
    assert_int_equal(j.taken, 4);
    assert_int_equal(j.calls[1].status, FF_INVALID);
    for (size_t i = 0; i < 4; i++)
        assert_true(i == 1 || j.calls[i].status == FF_OK);
    assert_string_equal(j.server.paths[2], "/n/2");
    assert_int_equal(loopback_peak(&j.server), 1);
    come_home(&j);
}

static void a_limit_holds_all_that_wait_and_none_that_fly(void **state)
{
    static journey j;
    (void)state;
    set_out(&j, (ff_live_options){.parallel = 2});
    add(&j, "/limit/30");
    add(&j, "/hang/1");
    for (unsigned i = 0; i < 200 && !j.session.ledger.spent_ms; i++)
        assert_true(go(&j, 1));
    assert_int_equal(j.session.ledger.spent_ms, 30000);
    assert_int_equal(j.batch.held_ms, 0); /* one of them flies */
    add(&j, "/n/1");
    assert_true(go(&j, 2));
    assert_int_equal(loopback_requests(&j.server), 2);
    ff_transfer_fail(&j.transfers[1], FF_IO, "cancelled");
    assert_true(go(&j, 2));
    assert_in_range(j.batch.held_ms, ff_http_now() + 20000, ff_http_now() + 30000);
    assert_in_range(j.last.wait, 20, 30);
    ff_batch_fail(&j.batch, FF_IO, "over");
    assert_false(go(&j, 1));
    assert_int_equal(j.batch.held_ms, 0);
    assert_int_equal(j.taken, 3);
    assert_string_equal(j.calls[0].error.text, "it: over");
    assert_string_equal(j.calls[1].error.text, "it: cancelled");
    come_home(&j);
}

static void what_is_refused_needs_no_place_to_fail(void **state)
{
    static journey j;
    (void)state;
    set_out(&j, (ff_live_options){.parallel = 1});
    add(&j, "/hang/1");
    add(&j, "/n/1");
    assert_true(go(&j, 2));
    ff_error reason = {.status = FF_LIMIT, .text = "not today"};
    ff_ledger_refuse(&j.session.ledger, FF_SIDE_API, UINT64_MAX, &reason, 403);
    assert_true(go(&j, 1));
    assert_int_equal(j.taken, 1);
    assert_int_equal(j.calls[1].status, FF_LIMIT);
    assert_int_equal(j.calls[1].http, 403);
    assert_string_equal(j.calls[1].error.text, "not today");
    assert_int_equal(j.transfers[0].state, FF_TRANSFER_FLYING);
    j.stop = true;
    assert_false(go(&j, 1));
    assert_string_equal(j.calls[0].error.text, "it: interrupted");
    come_home(&j);
}

static void no_more_are_sent_at_once_than_are_left(void **state)
{
    static journey j;
    (void)state;
    set_out(&j, (ff_live_options){.parallel = 4});
    add(&j, "/last/1");
    assert_false(go(&j, 1000));
    for (size_t i = 1; i < 4; i++)
        add(&j, "/last/2");
    assert_false(go(&j, 1000));
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(j.calls[i].status, FF_OK);
    assert_int_equal(loopback_peak(&j.server), 1);
    j.session.remaining = 2;
    add(&j, "/hang/1");
    add(&j, "/hang/2");
    assert_true(go(&j, 3));
    assert_int_equal(loopback_peak(&j.server), 2);
    j.stop = true;
    assert_false(go(&j, 1));
    come_home(&j);
}

static void a_gentle_session_asks_more_at_once_while_that_goes_well(void **state)
{
    static journey j;
    (void)state;
    set_out(&j, (ff_live_options){.parallel = 4, .gently = true});
    for (size_t i = 0; i < 4; i++)
        add(&j, "/slow/1");
    assert_false(go(&j, 1000));
    assert_int_equal(loopback_peak(&j.server), 1);
    assert_int_equal(j.session.allowed, 2);
    add(&j, "/hang/1");
    add(&j, "/hang/2");
    assert_true(go(&j, 3));
    assert_int_equal(loopback_peak(&j.server), 2);
    j.stop = true;
    assert_false(go(&j, 1));
    come_home(&j);
}

static void a_gentle_session_goes_back_to_one_at_a_fault_or_a_limit(void **state)
{
    static const char *const paths[] = {"/down/1", "/limit/30"};
    static journey j;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        set_out(&j, (ff_live_options){.parallel = 4, .gently = true});
        j.session.allowed = 3;
        j.session.went_well = 3;
        add(&j, paths[i]);
        for (unsigned turn = 0; turn < 200 && j.session.allowed > 1; turn++)
            assert_true(go(&j, 1));
        assert_int_equal(j.session.allowed, 1);
        assert_int_equal(j.session.went_well, 0);
        j.stop = true;
        assert_false(go(&j, 1));
        come_home(&j);
    }
}

static void progress_tells_of_what_moves(void **state)
{
    static journey j;
    (void)state;
    set_out(&j, (ff_live_options){.parallel = 2});
    add(&j, "/hang/1");
    assert_true(go(&j, 3));
    assert_true(j.told > 0);
    assert_string_equal(j.last.what, "it");
    assert_int_equal(j.last.number, 1);
    assert_int_equal(j.last.total, MANY);
    assert_int_equal(j.last.requests, 1);
    assert_int_equal(j.last.remaining, -1);
    assert_int_equal(j.last.wait, 0);
    j.stop = true;
    assert_false(go(&j, 1));
    come_home(&j);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_batch_has_nothing_to_do),
        cmocka_unit_test(each_is_handed_back_once_in_the_order_of_their_coming),
        cmocka_unit_test(a_limit_holds_all_that_wait_and_none_that_fly),
        cmocka_unit_test(what_is_refused_needs_no_place_to_fail),
        cmocka_unit_test(no_more_are_sent_at_once_than_are_left),
        cmocka_unit_test(a_gentle_session_asks_more_at_once_while_that_goes_well),
        cmocka_unit_test(a_gentle_session_goes_back_to_one_at_a_fault_or_a_limit),
        cmocka_unit_test(progress_tells_of_what_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
