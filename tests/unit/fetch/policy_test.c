/* What is done after an answer. */
#include "base/limits.h"
#include "fetch/policy.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* 2023-11-14T22:13:20Z */
static const int64_t NOW = 1700000000;

static ff_answer answer_of(const char *const *lines)
{
    ff_answer answer;
    ff_answer_init(&answer);
    for (size_t i = 0; lines[i]; i++)
        assert_int_equal(ff_answer_add_line(&answer, ff_slice_of(lines[i])), FF_OK);
    return answer;
}

static ff_situation situation_of(const ff_answer *answer, const char *body, ff_side side)
{
    return (ff_situation){.answer = answer,
                          .body = ff_slice_of(body),
                          .side = side,
                          .tries = 1,
                          .gap_ms = 500,
                          .minute_ms = 60000,
                          .jitter = 128,
                          .now = NOW};
}

#define API FF_SIDE_API
#define STORE FF_SIDE_STORE
#define SECONDARY "{\"message\": \"You have exceeded a secondary rate limit. Please wait\"}"

static void an_answer_decides_what_comes_next(void **state)
{
    static const struct {
        const char *lines[6];
        const char *body;
        ff_side side;
        ff_move move;
        ff_status status;
        ff_limit_kind limit;
        uint64_t wait_ms;
    } rows[] = {
        {{"HTTP/1.1 200 OK"}, "", API, FF_MOVE_TAKE, FF_OK, 0, 0},
        {{"HTTP/2 304"}, "", API, FF_MOVE_TAKE, FF_OK, 0, 0},
        {{"HTTP/2 301"}, "", API, FF_MOVE_FOLLOW, FF_INVALID, 0, 0},
        {{"HTTP/2 308"}, "", API, FF_MOVE_FOLLOW, FF_INVALID, 0, 0},
        {{"HTTP/2 202"}, "", API, FF_MOVE_FAIL, FF_INVALID, 0, 0},
        {{"HTTP/2 305"}, "", API, FF_MOVE_FAIL, FF_INVALID, 0, 0},
        {{"HTTP/2 400"}, "", API, FF_MOVE_FAIL, FF_INVALID, 0, 0},
        {{"HTTP/2 401"}, "", API, FF_MOVE_FAIL, FF_DENIED, 0, 0},
        {{"HTTP/2 404"}, "", API, FF_MOVE_FAIL, FF_NOT_FOUND, 0, 0},
        {{"HTTP/2 408"}, "", API, FF_MOVE_AGAIN, FF_IO, 0, 500},
        {{"HTTP/2 410"}, "{\"message\":\"Server Error\"}", API, FF_MOVE_FAIL, FF_NOT_FOUND, 0, 0},
        {{"HTTP/2 410"},
         "{\"message\":\"This API version is no longer supported.\"}",
         API,
         FF_MOVE_FAIL,
         FF_UNSUPPORTED,
         0,
         0},
        {{"HTTP/2 400"},
         "The requested API version \\\"2022-11-28\\\" is not supported.",
         API,
         FF_MOVE_FAIL,
         FF_UNSUPPORTED,
         0,
         0},
        {{"HTTP/2 410"}, "API version", STORE, FF_MOVE_FAIL, FF_NOT_FOUND, 0, 0},
        {{"HTTP/2 422"}, "", API, FF_MOVE_FAIL, FF_INVALID, 0, 0},
        {{"HTTP/2 500"}, "", API, FF_MOVE_AGAIN, FF_IO, 0, 500},
        {{"HTTP/2 502"}, SECONDARY, API, FF_MOVE_AGAIN, FF_IO, 0, 500},
        {{"HTTP/2 503", "Retry-After: 3"}, "", API, FF_MOVE_WAIT, FF_LIMIT, FF_LIMIT_KIND_BUSY, 3000},
        {{"HTTP/2 503", "Retry-After: 0"}, "", API, FF_MOVE_WAIT, FF_LIMIT, FF_LIMIT_KIND_BUSY, 500},
        {{"HTTP/2 503", "Retry-After: soon"}, "", API, FF_MOVE_AGAIN, FF_IO, 0, 500},
        /* A 403 is a refusal unless something says otherwise. */
        {{"HTTP/2 403"},
         "{\"message\":\"Resource not accessible by integration\"}",
         API,
         FF_MOVE_FAIL,
         FF_DENIED,
         0,
         0},
        {{"HTTP/2 403", "x-ratelimit-remaining: 4999", "x-ratelimit-reset: 1700000010"},
         "",
         API,
         FF_MOVE_FAIL,
         FF_DENIED,
         0,
         0},
        {{"HTTP/2 403", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1700000010"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_PRIMARY,
         10250},
        {{"HTTP/2 403", "x-ratelimit-remaining: 0"}, "", API, FF_MOVE_FAIL, FF_DENIED, 0, 0},
        {{"HTTP/2 403", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1600000000"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_PRIMARY,
         500},
        {{"HTTP/2 403"}, SECONDARY, API, FF_MOVE_WAIT, FF_LIMIT, FF_LIMIT_KIND_SECONDARY, 60000},
        {{"HTTP/2 403"},
         "You have triggered an ABUSE detection mechanism",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_SECONDARY,
         60000},
        {{"HTTP/2 403", "retry-after: 7"}, "", API, FF_MOVE_WAIT, FF_LIMIT, FF_LIMIT_KIND_SECONDARY, 7000},
        /* retry-after comes first. */
        {{"HTTP/2 429", "retry-after: 7", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1700003000"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_PRIMARY,
         7000},
        {{"HTTP/2 429"}, "", API, FF_MOVE_WAIT, FF_LIMIT, FF_LIMIT_KIND_SECONDARY, 60000},
        {{"HTTP/2 429", "retry-after: Tue, 14 Nov 2023 22:13:30 GMT"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_SECONDARY,
         10250},
        {{"HTTP/2 429", "retry-after: Tue, 14 Nov 2023 22:00:00 GMT"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_SECONDARY,
         500},
        {{"HTTP/2 429", "retry-after: 99999999999999999999"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_SECONDARY,
         60000},
        {{"HTTP/2 429", "retry-after: 999999999999"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_SECONDARY,
         31536000000},
        {{"HTTP/2 429", "retry-after: -5"}, "", API, FF_MOVE_WAIT, FF_LIMIT, FF_LIMIT_KIND_SECONDARY, 60000},
        /* The server's clock counts, not ours. */
        {{"HTTP/2 403", "Date: Tue, 14 Nov 2023 23:13:20 GMT", "x-ratelimit-remaining: 0",
          "x-ratelimit-reset: 1700003604"},
         "",
         API,
         FF_MOVE_WAIT,
         FF_LIMIT,
         FF_LIMIT_KIND_PRIMARY,
         4250},
        /* The store refuses a signed URL that is too old. */
        {{"HTTP/2 200"}, "", STORE, FF_MOVE_TAKE, FF_OK, 0, 0},
        {{"HTTP/2 302"}, "", STORE, FF_MOVE_FOLLOW, FF_INVALID, 0, 0},
        {{"HTTP/2 304"}, "", STORE, FF_MOVE_FAIL, FF_INVALID, 0, 0},
        {{"HTTP/2 401"}, "", STORE, FF_MOVE_RENEW, FF_IO, 0, 0},
        {{"HTTP/2 403"}, SECONDARY, STORE, FF_MOVE_RENEW, FF_IO, 0, 0},
        {{"HTTP/2 404"}, "", STORE, FF_MOVE_RENEW, FF_NOT_FOUND, 0, 0},
        {{"HTTP/2 429"}, "", STORE, FF_MOVE_AGAIN, FF_IO, 0, 500},
        {{"HTTP/2 503", "retry-after: 1"}, "", STORE, FF_MOVE_WAIT, FF_LIMIT, FF_LIMIT_KIND_BUSY, 1000},
        {{"nonsense"}, "", API, FF_MOVE_FAIL, FF_INVALID, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_answer answer = answer_of(rows[i].lines);
        ff_situation situation = situation_of(&answer, rows[i].body, rows[i].side);
        ff_advice advice = ff_policy_advise(&situation);
        if (advice.move != rows[i].move || advice.status != rows[i].status || advice.limit != rows[i].limit ||
            advice.wait_ms != rows[i].wait_ms)
            print_error("row %zu: %s\n", i, rows[i].lines[0]);
        assert_int_equal(advice.move, rows[i].move);
        assert_int_equal(advice.status, rows[i].status);
        assert_int_equal(advice.limit, rows[i].limit);
        assert_int_equal(advice.wait_ms, rows[i].wait_ms);
        ff_answer_release(&answer);
    }
}

static void a_limit_ends_at_a_time_of_the_server(void **state)
{
    static const char *const lines[] = {"HTTP/2 403", "Date: Tue, 14 Nov 2023 23:13:20 GMT", "x-ratelimit-remaining: 0",
                                        "x-ratelimit-reset: 1700003900", NULL};
    (void)state;
    ff_answer answer = answer_of(lines);
    ff_situation situation = situation_of(&answer, "", API);
    assert_int_equal(ff_policy_advise(&situation).until, 1700003900);
    ff_answer_release(&answer);
}

static void gaps_grow_whatever_chance_says_and_tries_are_bounded(void **state)
{
    (void)state;
    for (uint32_t first = 0; first < 256; first += 5) {
        for (uint32_t second = 0; second < 256; second += 5) {
            uint64_t before = 0;
            for (uint32_t tries = 1; tries < FF_LIMIT_TRIES; tries++) {
                ff_situation situation = situation_of(NULL, "", API);
                situation.tries = tries;
                situation.jitter = tries % 2 ? first : second;
                ff_advice advice = ff_policy_advise(&situation);
                assert_int_equal(advice.move, FF_MOVE_AGAIN);
                assert_true(advice.wait_ms > before);
                before = advice.wait_ms;
            }
        }
    }
    ff_situation last = situation_of(NULL, "", API);
    last.tries = FF_LIMIT_TRIES;
    assert_int_equal(ff_policy_advise(&last).move, FF_MOVE_FAIL);
    assert_int_equal(ff_policy_advise(&last).status, FF_IO);
}

static void a_limit_told_again_and_again_is_waited_for_longer_and_not_for_ever(void **state)
{
    static const char *const lines[] = {"HTTP/2 429", NULL};
    static const char *const over[] = {"HTTP/2 429", "retry-after: 0", NULL};
    (void)state;
    ff_answer bare = answer_of(lines), gone = answer_of(over);
    for (uint32_t limits = 0; limits < FF_LIMIT_TRIES; limits++) {
        ff_situation situation = situation_of(&bare, "", API);
        situation.limits = limits;
        assert_int_equal(ff_policy_advise(&situation).move, FF_MOVE_WAIT);
        assert_int_equal(ff_policy_advise(&situation).wait_ms, 60000u << limits);
        situation.answer = &gone;
        assert_int_equal(ff_policy_advise(&situation).wait_ms, 500u << limits);
    }
    ff_situation last = situation_of(&bare, "", API);
    last.limits = FF_LIMIT_TRIES;
    assert_int_equal(ff_policy_advise(&last).move, FF_MOVE_FAIL);
    assert_int_equal(ff_policy_advise(&last).status, FF_LIMIT);
    ff_answer_release(&bare);
    ff_answer_release(&gone);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_decides_what_comes_next),
        cmocka_unit_test(a_limit_ends_at_a_time_of_the_server),
        cmocka_unit_test(gaps_grow_whatever_chance_says_and_tries_are_bounded),
        cmocka_unit_test(a_limit_told_again_and_again_is_waited_for_longer_and_not_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
