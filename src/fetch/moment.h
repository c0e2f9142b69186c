/* Points in time as the API writes them: `2026-01-10T10:00:00Z` (RFC 3339, the profile of ISO 8601 that GitHub uses).
 */
#ifndef FF_FETCH_MOMENT_H
#define FF_FETCH_MOMENT_H

#include "base/slice.h"

#include <stdint.h>

/* Reads a whole date and time with an optional fraction of one to nine digits and `Z` or an offset such as `+01:00`,
 * into nanoseconds since 1970-01-01 UTC. False, with `time` untouched, for anything else and for years before 1970 or
 * after 2261, where 64 bits end. */
bool ff_moment_read(ff_slice text, int64_t *time);

enum { FF_MOMENT_BYTES = sizeof "2026-01-10T10:00:00Z" };

/* Writes a time that ff_moment_read could have read, cut to seconds, as `2026-01-10T10:00:00Z`. */
void ff_moment_write(int64_t time, char text[FF_MOMENT_BYTES]);

#endif
