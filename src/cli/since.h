/* Points in time as people give them: how long ago, or a date. */
#ifndef FF_CLI_SINCE_H
#define FF_CLI_SINCE_H

#include <stdbool.h>
#include <stdint.h>

/* What a user may give, for messages. */
#define FF_SINCE_FORMS "90m, 24h, 7d, 2w, 2026-11-27 or 2026-11-27T03:00:00Z"

/* A length of time in nanoseconds: `90m`, `24h`, `7d`, `2w`, from one minute to 100 years. False, with `length`
 * untouched, for anything else. */
bool ff_since_length(const char *text, int64_t *length);

/* Such a length before `now`; a date, `2026-11-27`, which begins at midnight UTC; or a date and time as GitHub writes
 * it, `2026-11-27T03:00:00Z`, or with an offset. Nanoseconds since 1970. False likewise. */
bool ff_since_read(const char *text, int64_t now, int64_t *time);

#endif
