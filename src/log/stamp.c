#include "log/stamp.h"

#include <stdint.h>

/* Days from 1970-01-01 to a date of the proleptic Gregorian calendar; years are counted from March, so that the leap
 * day comes last. */
static int64_t days_from_epoch(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Compares with a shape in which `d` stands for any digit. */
static bool has_shape(const char *text, const char *shape)
{
    for (; *shape; text++, shape++)
        if (*shape == 'd' ? !is_digit(*text) : *text != *shape)
            return false;
    return true;
}

static int64_t number(const char *digits, size_t count)
{
    int64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* Takes `.` and up to nine digits; stores nanoseconds. */
static bool take_fraction(ff_slice text, size_t *at, int64_t *nanoseconds)
{
    *nanoseconds = 0;
    if (text.ptr[*at] != '.')
        return true;
    size_t digits = 0;
    while (digits < 9 && *at + 1 + digits < text.len && is_digit(text.ptr[*at + 1 + digits]))
        digits++;
    *nanoseconds = number(text.ptr + *at + 1, digits);
    for (size_t i = digits; i < 9; i++)
        *nanoseconds *= 10;
    *at += 1 + digits;
    return digits > 0;
}

bool ff_stamp_take(ff_slice *text, int64_t *time)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:dd";
    size_t at = sizeof shape - 1;
    if (text->len <= at || !has_shape(text->ptr, shape))
        return false;
    const char *p = text->ptr;
    int64_t nanoseconds;
    if (!take_fraction(*text, &at, &nanoseconds) || at >= text->len || p[at] != 'Z')
        return false;
    if (at + 1 < text->len && p[at + 1] != ' ')
        return false;
    int64_t month = number(p + 5, 2), day = number(p + 8, 2);
    int64_t hour = number(p + 11, 2), minute = number(p + 14, 2), second = number(p + 17, 2);
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
        return false;
    /* Nanoseconds of 64 bits reach from 1677 to 2262. */
    int64_t year = number(p, 4);
    if (year < 1678 || year > 2261)
        return false;
    int64_t days = days_from_epoch(year, month, day);
    *time = (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000000000 + nanoseconds;
    *text = ff_slice_from(*text, at + 2);
    return true;
}

bool ff_stamp_is_github(ff_slice text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:dd.dddddddZ";
    size_t len = sizeof shape - 1;
    return text.len >= len && has_shape(text.ptr, shape) && (text.len == len || text.ptr[len] == ' ');
}
