#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define S ((int64_t)1000000000)

static const struct {
    int64_t time;
    const char *expected;
} TIMES[] = {
    {FF_NO_TIME, ""},
    {0, "1970-01-01T00:00:00Z"},
    {1764566090 * S, "2025-12-01T05:14:50Z"},
    {1764566090 * S + 123456700, "2025-12-01T05:14:50.123456Z"},
    {1764566090 * S + 900, "2025-12-01T05:14:50Z"},
    {-1, "1969-12-31T23:59:59.999999Z"},
    {951782400 * S, "2000-02-29T00:00:00Z"},
    {INT64_MAX, "2262-04-11T23:47:16.854775Z"},
    {INT64_MIN + 1, "1677-09-21T00:12:43.145224Z"},
};

static const struct {
    int64_t duration;
    const char *expected;
} DURATIONS[] = {
    {-5 * S, "0 s"},
    {0, "0 s"},
    {S / 20, "0.1 s"},
    {5 * S, "5 s"},
    {S * 36 / 10, "3.6 s"},
    {S * 99 / 10, "9.9 s"},
    {S * 999 / 100, "10 s"},
    {95 * S, "95 s"},
    {119 * S + S / 2, "2 min"},
    {250 * S, "4 min 10 s"},
    {7199 * S, "119 min 59 s"},
    {7200 * S, "2 h"},
    {7500 * S, "2 h 5 min"},
    {INT64_MAX, "2562047 h 47 min"},
};

static void times_are_iso_8601_in_utc(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        ff_buf out;
        ff_buf_init(&out, 100);
        ff_clock_add_utc(&out, TIMES[i].time);
        assert_string_equal(out.ptr ? out.ptr : "", TIMES[i].expected);
        ff_buf_release(&out);
    }
}

static void a_time_of_day_is_in_utc_or_not_there(void **state)
{
    (void)state;
    ff_buf out;
    ff_buf_init(&out, 100);
    assert_true(ff_clock_add_hour(&out, 1764566090 * S + 123456700));
    assert_string_equal(out.ptr, "05:14:50 UTC");
    ff_buf_reset(&out);
    assert_true(ff_clock_add_hour(&out, -1));
    assert_string_equal(out.ptr, "23:59:59 UTC");
    ff_buf_reset(&out);
    assert_false(ff_clock_add_hour(&out, FF_NO_TIME));
    assert_int_equal(out.len, 0);
    ff_buf_release(&out);
}

static void durations_carry_a_unit_that_fits_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof DURATIONS / sizeof *DURATIONS; i++) {
        ff_buf out;
        ff_buf_init(&out, 100);
        ff_clock_add_duration(&out, DURATIONS[i].duration);
        assert_string_equal(out.ptr, DURATIONS[i].expected);
        ff_buf_release(&out);
    }
}

static void the_time_between_is_0_where_it_is_not_known(void **state)
{
    (void)state;
    assert_int_equal(ff_clock_between(S, 96 * S), 95 * S);
    assert_int_equal(ff_clock_between(-S, S), 2 * S);
    assert_int_equal(ff_clock_between(FF_NO_TIME, S), 0);
    assert_int_equal(ff_clock_between(S, FF_NO_TIME), 0);
    assert_int_equal(ff_clock_between(2 * S, S), 0);
    assert_int_equal(ff_clock_between(S, S), 0);
    assert_int_equal(ff_clock_between(INT64_MIN + 1, INT64_MAX), 0);
    assert_int_equal(ff_clock_between(-5, INT64_MAX - 4), 0);
}

static void a_day_begins_at_midnight_utc(void **state)
{
    static const struct {
        int64_t time, day;
        const char *date;
    } rows[] = {
        {0, 0, "1970-01-01"},   {FF_CLOCK_DAY - 1, 0, "1970-01-01"}, {FF_CLOCK_DAY, 1, "1970-01-02"},
        {-1, -1, "1969-12-31"}, {-FF_CLOCK_DAY, -1, "1969-12-31"},   {20785 * FF_CLOCK_DAY, 20785, "2026-11-28"},
    };
    ff_buf out;
    (void)state;
    ff_buf_init(&out, 100);
    assert_false(ff_clock_add_date(&out, FF_NO_TIME));
    assert_int_equal(out.len, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_buf_reset(&out);
        assert_int_equal(ff_clock_day(rows[i].time), rows[i].day);
        assert_true(ff_clock_add_date(&out, rows[i].time));
        assert_string_equal(out.ptr, rows[i].date);
    }
    ff_buf_release(&out);
}

static void a_duration_near_whole_minutes_is_so_many(void **state)
{
    static const struct {
        int64_t duration, minutes;
    } rows[] = {
        {0, 0},      {3 * S, 0},    {57 * S - 1, 0}, {57 * S, 1},      {60 * S, 1},  {63 * S, 1},    {63 * S + 1, 0},
        {90 * S, 0}, {597 * S, 10}, {604 * S, 0},    {21602 * S, 360}, {-60 * S, 0}, {INT64_MAX, 0}, {INT64_MIN, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ff_clock_whole_minutes(rows[i].duration) != rows[i].minutes)
            fail_msg("row %zu: %lld", i, (long long)ff_clock_whole_minutes(rows[i].duration));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_iso_8601_in_utc),
        cmocka_unit_test(a_time_of_day_is_in_utc_or_not_there),
        cmocka_unit_test(durations_carry_a_unit_that_fits_them),
        cmocka_unit_test(the_time_between_is_0_where_it_is_not_known),
        cmocka_unit_test(a_day_begins_at_midnight_utc),
        cmocka_unit_test(a_duration_near_whole_minutes_is_so_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
