/* Waits for limits, together. */
#include "fetch/ledger.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void calls_that_wait_at_the_same_time_wait_once(void **state)
{
    (void)state;
    uint64_t needed;
    ff_ledger ledger = {.max_ms = 5000};
    assert_true(ff_ledger_book(&ledger, FF_SIDE_API, 1000, 2000, &needed));
    assert_int_equal(ledger.open_ms[FF_SIDE_API], 3000);
    assert_true(ff_ledger_book(&ledger, FF_SIDE_API, 1500, 2000, &needed)); /* 500 more */
    assert_true(ff_ledger_book(&ledger, FF_SIDE_API, 1600, 1000, &needed)); /* none */
    assert_int_equal(ledger.spent_ms, 2500);
    assert_int_equal(ledger.open_ms[FF_SIDE_API], 3500);
    assert_int_equal(ledger.open_ms[FF_SIDE_STORE], 0);
}

static void what_would_pass_the_bound_is_refused_and_costs_nothing(void **state)
{
    (void)state;
    uint64_t needed;
    ff_ledger ledger = {.max_ms = 5000};
    assert_true(ff_ledger_book(&ledger, FF_SIDE_STORE, 1000, 3000, &needed));
    assert_false(ff_ledger_book(&ledger, FF_SIDE_API, 9000, 2001, &needed));
    assert_int_equal(needed, 5001);
    assert_int_equal(ledger.spent_ms, 3000);
    assert_true(ff_ledger_book(&ledger, FF_SIDE_API, 9000, 2000, &needed));
    assert_false(ff_ledger_book(&ledger, FF_SIDE_API, 20000, 1, &needed));
}

static void a_refusal_lasts_as_long_as_its_limit(void **state)
{
    (void)state;
    ff_ledger ledger = {.max_ms = 0};
    ff_error error = {.status = FF_LIMIT, .text = "rate limit"};
    assert_null(ff_ledger_refusal(&ledger, FF_SIDE_API, 0));
    ff_ledger_refuse(&ledger, FF_SIDE_API, 5000, &error, 429);
    assert_string_equal(ff_ledger_refusal(&ledger, FF_SIDE_API, 4999)->text, "rate limit");
    assert_null(ff_ledger_refusal(&ledger, FF_SIDE_API, 5000));
    assert_null(ff_ledger_refusal(&ledger, FF_SIDE_STORE, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calls_that_wait_at_the_same_time_wait_once),
        cmocka_unit_test(what_would_pass_the_bound_is_refused_and_costs_nothing),
        cmocka_unit_test(a_refusal_lasts_as_long_as_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
