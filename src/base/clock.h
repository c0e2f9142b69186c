/* Times and durations as a reader or a program wants them.
 *
 *     ff_clock_add_utc(out, line.place.time);            2025-12-01T05:14:50.123456Z
 *     ff_clock_add_duration(out, last - first);          95 s
 *
 * Times are nanoseconds since 1970-01-01 UTC, FF_NO_TIME where unknown; durations are nanoseconds.
 */
#ifndef FF_BASE_CLOCK_H
#define FF_BASE_CLOCK_H

#include "base/buf.h"

#include <stdint.h>

#define FF_NO_TIME INT64_MIN

/* Appends a time as ISO 8601 in UTC; microseconds only where there is a fraction. Nothing for FF_NO_TIME. */
void ff_clock_add_utc(ff_buf *out, int64_t time);

/* Appends the date, `2025-12-01`, in UTC. False, with nothing appended, for FF_NO_TIME. */
bool ff_clock_add_date(ff_buf *out, int64_t time);

/* Appends the time of day, `05:14:50 UTC`. False, with nothing appended, for FF_NO_TIME. */
bool ff_clock_add_hour(ff_buf *out, int64_t time);

/* Appends date and time for a reader, `2025-12-01 05:14 UTC`. False, with nothing appended, for FF_NO_TIME. */
bool ff_clock_add_minute(ff_buf *out, int64_t time);

#define FF_CLOCK_SECOND ((int64_t)1000000000)

/* The day that a time lies on, UTC, counted from 1970-01-01; not for FF_NO_TIME. It begins at so many FF_CLOCK_DAY. */
#define FF_CLOCK_DAY (86400 * FF_CLOCK_SECOND)
int64_t ff_clock_day(int64_t time);

/* Appends a duration with its unit: `5 s`, `3.6 s`, `95 s`, `4 min 10 s`, `2 h`. Rounded; a negative one counts
 * as 0. */
void ff_clock_add_duration(ff_buf *out, int64_t duration);

/* The time from `first` to `last`; 0 if either is unknown or they are in the wrong order. */
int64_t ff_clock_between(int64_t first, int64_t last);

/* The whole number of minutes, 1 or more, that a duration is within FF_CLOCK_SLACK of; 0: it is not. What a limit of so
 * many minutes ended ran about as long: the clocks that start, end and tell it are not one. */
#define FF_CLOCK_SLACK (3 * FF_CLOCK_SECOND)
int64_t ff_clock_whole_minutes(int64_t duration);

#endif
