#include "fetch/moment.h"

#include <time.h>

enum { FIRST_YEAR = 1970, LAST_YEAR = 2261, FRACTION_DIGITS = 9 };

static const int64_t NANOSECONDS = INT64_C(1000000000);

typedef struct clock_parts {
    int64_t year, month, day, hour, minute, second;
} clock_parts;

/* Exactly `digits` decimal digits. */
static bool take_number(ff_slice *text, size_t digits, int64_t *number)
{
    if (text->len < digits)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < digits; i++) {
        char digit = text->ptr[i];
        if (digit < '0' || digit > '9')
            return false;
        value = value * 10 + (digit - '0');
    }
    *text = ff_slice_from(*text, digits);
    *number = value;
    return true;
}

static int64_t days_in(int64_t year, int64_t month)
{
    static const int64_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

/* Days since 1970-01-01. Years begin in March here, so that the leap day is a year's last. */
static int64_t days_until(const clock_parts *parts)
{
    int64_t year = parts->month <= 2 ? parts->year - 1 : parts->year;
    int64_t month = (parts->month + 9) % 12;
    int64_t days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts->day - 1;
    return days - 719468;
}

static bool take_parts(ff_slice *text, clock_parts *parts)
{
    const struct {
        ff_slice before;
        size_t digits;
        int64_t *into;
    } form[] = {
        {FF_LIT(""), 4, &parts->year},  {FF_LIT("-"), 2, &parts->month},  {FF_LIT("-"), 2, &parts->day},
        {FF_LIT("T"), 2, &parts->hour}, {FF_LIT(":"), 2, &parts->minute}, {FF_LIT(":"), 2, &parts->second},
    };
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        if (!ff_slice_take_prefix(text, form[i].before) || !take_number(text, form[i].digits, form[i].into))
            return false;
    return true;
}

/* A second 60 is a leap second: the next minute's first. */
static bool is_possible(const clock_parts *parts)
{
    return parts->year >= FIRST_YEAR && parts->year <= LAST_YEAR && parts->month >= 1 && parts->month <= 12 &&
           parts->day >= 1 && parts->day <= days_in(parts->year, parts->month) && parts->hour <= 23 &&
           parts->minute <= 59 && parts->second <= 60;
}

static bool take_fraction(ff_slice *text, int64_t *nanoseconds)
{
    *nanoseconds = 0;
    if (!ff_slice_take_prefix(text, FF_LIT(".")))
        return true;
    size_t digits = 0;
    for (int64_t digit; digits < FRACTION_DIGITS && take_number(text, 1, &digit); digits++)
        *nanoseconds = *nanoseconds * 10 + digit;
    for (size_t i = digits; i < FRACTION_DIGITS; i++)
        *nanoseconds *= 10;
    return digits > 0;
}

/* Seconds that the clock is ahead of UTC. */
static bool take_offset(ff_slice *text, int64_t *seconds)
{
    int64_t hours, minutes;
    *seconds = 0;
    if (ff_slice_take_prefix(text, FF_LIT("Z")))
        return true;
    bool behind = ff_slice_starts(*text, FF_LIT("-"));
    if (!behind && !ff_slice_starts(*text, FF_LIT("+")))
        return false;
    *text = ff_slice_from(*text, 1);
    if (!take_number(text, 2, &hours) || !ff_slice_take_prefix(text, FF_LIT(":")) || !take_number(text, 2, &minutes) ||
        hours > 23 || minutes > 59)
        return false;
    *seconds = (hours * 60 + minutes) * (behind ? -60 : 60);
    return true;
}

bool ff_moment_read(ff_slice text, int64_t *time)
{
    clock_parts parts = {0};
    int64_t fraction, offset;
    if (!take_parts(&text, &parts) || !is_possible(&parts) || !take_fraction(&text, &fraction) ||
        !take_offset(&text, &offset) || text.len)
        return false;
    int64_t seconds = ((days_until(&parts) * 24 + parts.hour) * 60 + parts.minute) * 60 + parts.second - offset;
    *time = seconds * NANOSECONDS + fraction;
    return true;
}

void ff_moment_write(int64_t time, char text[FF_MOMENT_BYTES])
{
    struct tm parts = {0};
    time_t seconds = (time_t)(time / NANOSECONDS);
    (void)gmtime_r(&seconds, &parts);
    if (strftime(text, FF_MOMENT_BYTES, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0)
        text[0] = '\0';
}
