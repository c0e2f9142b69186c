/* Times as people give them. */
#include "cli/since.c" /* NOLINT(bugprone-suspicious-include): no library has the files of the program */

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define S ((int64_t)1000000000)
#define NOW (1764566090 * S) /* 2025-12-01T05:14:50Z */

static const struct {
    const char *text;
    int64_t time; /* 0: refused */
} TIMES[] = {
    {"90m", NOW - 5400 * S},
    {"1m", NOW - 60 * S},
    {"24h", NOW - 86400 * S},
    {"7d", NOW - 604800 * S},
    {"2w", NOW - 1209600 * S},
    {"36500d", NOW - 3153600000 * S},
    {"2025-11-30", 1764460800 * S},
    {"2025-11-30T03:00:00Z", 1764471600 * S},
    {"2025-11-30T03:00:00+01:00", 1764468000 * S},
    {"2024-02-29", 1709164800 * S},
    {"", 0},
    {"0h", 0},
    {"24", 0},
    {"h", 0},
    {"24H", 0},
    {"24 h", 0},
    {" 24h", 0},
    {"-24h", 0},
    {"+24h", 0},
    {"1.5h", 0},
    {"24hh", 0},
    {"3s", 0},
    {"36501d", 0},
    {"99999999999999999999h", 0},
    {"18446744073709551615w", 0},
    {"yesterday", 0},
    {"2025-11-31", 0},
    {"2025-02-29", 0},
    {"2025-13-01", 0},
    {"2025/11/30", 0},
    {"25-11-30", 0},
    {"2025-11-30T03:00:00", 0},
    {"2025-11-30T25:00:00Z", 0},
    {"2025-11-3\xff", 0},
};

static void a_time_is_a_length_before_now_or_a_date(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TIMES); i++) {
        int64_t time = 7;
        bool read = ff_since_read(TIMES[i].text, NOW, &time);
        if (read != (TIMES[i].time != 0) || time != (read ? TIMES[i].time : 7))
            fail_msg("'%s': %d, %lld", TIMES[i].text, (int)read, (long long)time);
    }
}

static void a_date_is_no_length(void **state)
{
    int64_t length = 7;
    (void)state;
    assert_false(ff_since_length("2025-11-30", &length));
    assert_int_equal(length, 7);
    assert_true(ff_since_length("90d", &length));
    assert_int_equal(length, 7776000 * S);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_a_length_before_now_or_a_date),
        cmocka_unit_test(a_date_is_no_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
