/* Times of the API, read strictly: what is not wholly one is none. */
#include "fetch/moment.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define SECOND INT64_C(1000000000)

static void a_time_is_nanoseconds_since_1970(void **state)
{
    static const struct {
        const char *text;
        int64_t time;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-01-10T10:00:00Z", 1768039200 * SECOND},
        {"2026-01-10T10:00:00.5Z", 1768039200 * SECOND + 500000000},
        {"2026-01-10T10:00:00.123456789Z", 1768039200 * SECOND + 123456789},
        {"2026-01-10T10:00:00.000Z", 1768039200 * SECOND},
        {"2026-01-10T11:30:00+01:30", 1768039200 * SECOND},
        {"2026-01-10T02:00:00-08:00", 1768039200 * SECOND},
        {"2026-01-10T10:00:00.25-00:00", 1768039200 * SECOND + 250000000},
        {"2024-02-29T23:59:59Z", 1709251199 * SECOND},
        {"2024-03-01T00:00:00Z", 1709251200 * SECOND},
        {"2000-02-29T00:00:00Z", 951782400 * SECOND},
        {"2016-12-31T23:59:60Z", 1483228800 * SECOND},
        {"2261-12-31T23:59:59Z", INT64_C(9214646399) * SECOND},
        {"1970-01-01T00:00:00+01:00", -3600 * SECOND},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t time = 7;
        if (!ff_moment_read(ff_slice_of(rows[i].text), &time) || time != rows[i].time)
            fail_msg("%s gave %lld", rows[i].text, (long long)time);
    }
}

static void what_is_no_time_leaves_it_alone(void **state)
{
    static const char *const rows[] = {
        "",
        "null",
        "2026-01-10",
        "2026-01-10T10:00:00",
        "2026-01-10 10:00:00Z",
        "2026-01-10T10:00Z",
        "2026-01-10t10:00:00z",
        " 2026-01-10T10:00:00Z",
        "2026-01-10T10:00:00Z ",
        "2026-01-10T10:00:00ZZ",
        "2026-1-10T10:00:00Z",
        "2026-01-10T10:00:00.Z",
        "2026-01-10T10:00:00.1234567890Z",
        "2026-01-10T10:00:00+0100",
        "2026-01-10T10:00:00+24:00",
        "2026-01-10T10:00:00+01:60",
        "2026-01-10T10:00:00+",
        "2026-13-01T10:00:00Z",
        "2026-00-01T10:00:00Z",
        "2026-01-00T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2100-02-29T10:00:00Z",
        "2026-04-31T10:00:00Z",
        "2026-01-10T24:00:00Z",
        "2026-01-10T10:60:00Z",
        "2026-01-10T10:00:61Z",
        "1969-12-31T23:59:59Z",
        "2262-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "-026-01-10T10:00:00Z",
        "+026-01-10T10:00:00Z",
        "1768039200",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t time = 7;
        if (ff_moment_read(ff_slice_of(rows[i]), &time) || time != 7)
            fail_msg("'%s' was taken for a time", rows[i]);
    }
}

static void a_time_is_written_as_it_was_read(void **state)
{
    static const char *const rows[] = {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "2261-12-31T23:59:59Z"};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t time = 0;
        char text[FF_MOMENT_BYTES];
        assert_true(ff_moment_read(ff_slice_of(rows[i]), &time));
        ff_moment_write(time + 999, text);
        assert_string_equal(text, rows[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_nanoseconds_since_1970),
        cmocka_unit_test(a_time_is_written_as_it_was_read),
        cmocka_unit_test(what_is_no_time_leaves_it_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
