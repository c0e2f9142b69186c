/* Time stamps: what is one, what it says, and what only looks like one. */
#include "log/stamp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct row {
    const char *text;
    bool taken;
    int64_t time;
    const char *rest;
} ROWS[] = {
    {"1970-01-01T00:00:00.0000000Z x", true, 0, "x"},
    {"2025-12-01T05:14:50.1234567Z hello", true, INT64_C(1764566090123456700), "hello"},
    {"2025-12-01T05:14:50.123Z hello", true, INT64_C(1764566090123000000), "hello"},
    {"2025-12-01T05:14:50Z hello", true, INT64_C(1764566090000000000), "hello"},
    {"2025-12-01T05:14:50.123456789Z hello", true, INT64_C(1764566090123456789), "hello"},
    {"2024-02-29T23:59:60.0000000Z ", true, INT64_C(1709251200000000000), ""},
    {"2025-12-01T05:14:50.1234567Z", true, INT64_C(1764566090123456700), ""},
    {"2025-12-01T05:14:50.1234567Z   indented", true, INT64_C(1764566090123456700), "  indented"},
    {"1969-12-31T23:59:59.0000000Z x", true, -INT64_C(1000000000), "x"},
    /* half a stamp, and others, are text */
    {"", false, 0, ""},
    {"2025-12-01T05:14:5", false, 0, ""},
    {"2025-12-01T05:14:50", false, 0, ""},
    {"2025-12-01T05:14:50.1234567", false, 0, ""},
    {"2025-12-01T05:14:50.Z x", false, 0, ""},
    {"2025-12-01T05:14:50.1234567890Z x", false, 0, ""},
    {"2025-12-01T05:14:50.1234567Zx", false, 0, ""},
    {"2025-12-01 05:14:50.1234567Z x", false, 0, ""},
    {"2025-12-01T05:14:50.1234567+00:00 x", false, 0, ""},
    {"2025-13-01T05:14:50.1234567Z x", false, 0, ""},
    {"2025-00-01T05:14:50.1234567Z x", false, 0, ""},
    {"2025-12-32T05:14:50.1234567Z x", false, 0, ""},
    {"2025-12-01T24:14:50.1234567Z x", false, 0, ""},
    {"2025-12-01T05:60:50.1234567Z x", false, 0, ""},
    {"9999-12-01T05:14:50.1234567Z x", false, 0, ""},
    {"0000-12-01T05:14:50.1234567Z x", false, 0, ""},
    {" 2025-12-01T05:14:50.1234567Z x", false, 0, ""},
};

static void test_a_stamp_is_taken_whole_or_not_at_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_slice text = ff_slice_of(ROWS[i].text);
        int64_t time = -7;
        if (ff_stamp_take(&text, &time) != ROWS[i].taken)
            fail_msg("row %zu: %s", i, ROWS[i].text);
        assert_true(ff_slice_eq(text, ff_slice_of(ROWS[i].taken ? ROWS[i].rest : ROWS[i].text)));
        assert_int_equal(time, ROWS[i].taken ? ROWS[i].time : -7);
    }
}

static void test_every_prefix_of_a_stamp_is_text(void **state)
{
    (void)state;
    ff_slice whole = FF_LIT("2025-12-01T05:14:50.1234567Z");
    for (size_t len = 0; len < whole.len; len++) {
        ff_slice text = ff_slice_cut(whole, len);
        int64_t time;
        assert_false(ff_stamp_take(&text, &time));
        assert_int_equal(text.len, len);
    }
}

static void test_github_writes_seven_decimals(void **state)
{
    (void)state;
    assert_true(ff_stamp_is_github(FF_LIT("2025-12-01T05:14:50.1234567Z x")));
    assert_true(ff_stamp_is_github(FF_LIT("2025-12-01T05:14:50.1234567Z")));
    assert_false(ff_stamp_is_github(FF_LIT("2025-12-01T05:14:50.123456Z x")));
    assert_false(ff_stamp_is_github(FF_LIT("2025-12-01T05:14:50.12345678Z x")));
    assert_false(ff_stamp_is_github(FF_LIT("2025-12-01T05:14:50Z x")));
    assert_false(ff_stamp_is_github((ff_slice){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_stamp_is_taken_whole_or_not_at_all),
        cmocka_unit_test(test_every_prefix_of_a_stamp_is_text),
        cmocka_unit_test(test_github_writes_seven_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
