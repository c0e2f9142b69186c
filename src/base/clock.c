#include "base/clock.h"

#include <time.h>

static const int64_t TENTH = 100000000;
static const int64_t MICROSECOND = 1000;

/* Splits a time into its date and the nanoseconds behind the second. False if there is none. */
static bool split(int64_t time, struct tm *utc, int64_t *rest)
{
    if (time == FF_NO_TIME)
        return false;
    int64_t second = time / FF_CLOCK_SECOND;
    *rest = time % FF_CLOCK_SECOND;
    if (*rest < 0) {
        *rest += FF_CLOCK_SECOND;
        second--;
    }
    time_t at = (time_t)second;
    return gmtime_r(&at, utc) != NULL;
}

void ff_clock_add_utc(ff_buf *out, int64_t time)
{
    struct tm utc;
    int64_t rest;
    if (!split(time, &utc, &rest))
        return;
    ff_buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                  utc.tm_min, utc.tm_sec);
    if (rest >= MICROSECOND)
        ff_buf_printf(out, ".%06d", (int)(rest / MICROSECOND));
    ff_buf_add_byte(out, 'Z');
}

bool ff_clock_add_date(ff_buf *out, int64_t time)
{
    struct tm utc;
    int64_t rest;
    if (!split(time, &utc, &rest))
        return false;
    ff_buf_printf(out, "%04d-%02d-%02d", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday);
    return true;
}

int64_t ff_clock_day(int64_t time)
{
    return time / FF_CLOCK_DAY - (time % FF_CLOCK_DAY < 0);
}

bool ff_clock_add_hour(ff_buf *out, int64_t time)
{
    struct tm utc;
    int64_t rest;
    if (!split(time, &utc, &rest))
        return false;
    ff_buf_printf(out, "%02d:%02d:%02d UTC", utc.tm_hour, utc.tm_min, utc.tm_sec);
    return true;
}

bool ff_clock_add_minute(ff_buf *out, int64_t time)
{
    struct tm utc;
    int64_t rest;
    if (!split(time, &utc, &rest))
        return false;
    ff_buf_printf(out, "%04d-%02d-%02d %02d:%02d UTC", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                  utc.tm_min);
    return true;
}

static void add_parts(ff_buf *out, int64_t large, const char *large_unit, int small, const char *small_unit)
{
    ff_buf_printf(out, "%lld %s", (long long)large, large_unit);
    if (small)
        ff_buf_printf(out, " %d %s", small, small_unit);
}

void ff_clock_add_duration(ff_buf *out, int64_t duration)
{
    enum { TENTHS_SHOWN = 100, SECONDS_SHOWN = 120, MINUTE = 60, HOUR = 3600, HOURS_FROM = 7200 };
    if (duration < 0)
        duration = 0;
    int64_t tenths = duration / TENTH + (duration % TENTH >= TENTH / 2);
    int64_t seconds = duration / FF_CLOCK_SECOND + (duration % FF_CLOCK_SECOND >= FF_CLOCK_SECOND / 2);
    if (tenths < TENTHS_SHOWN && tenths % 10)
        ff_buf_printf(out, "%d.%d s", (int)(tenths / 10), (int)(tenths % 10));
    else if (seconds < SECONDS_SHOWN)
        ff_buf_printf(out, "%d s", (int)seconds);
    else if (seconds < HOURS_FROM)
        add_parts(out, seconds / MINUTE, "min", (int)(seconds % MINUTE), "s");
    else
        add_parts(out, seconds / HOUR, "h", (int)(seconds % HOUR / MINUTE), "min");
}

int64_t ff_clock_between(int64_t first, int64_t last)
{
    /* The subtraction cannot overflow: both lie within the years that log time stamps can name, or are refused. */
    if (first == FF_NO_TIME || last == FF_NO_TIME || last <= first || (first < 0 && last > INT64_MAX + first))
        return 0;
    return last - first;
}

int64_t ff_clock_whole_minutes(int64_t duration)
{
    const int64_t minute = 60 * FF_CLOCK_SECOND;
    if (duration < minute - FF_CLOCK_SLACK || duration > INT64_MAX - FF_CLOCK_SLACK)
        return 0;
    int64_t minutes = (duration + FF_CLOCK_SLACK) / minute;
    return duration - minutes * minute <= FF_CLOCK_SLACK ? minutes : 0;
}
