/* The time stamp that the runner puts before each message: `2025-12-01T05:14:50.1234567Z `.
 *
 *     int64_t time = FF_NO_TIME;
 *     if (ff_stamp_take(&text, &time)) ...
 */
#ifndef FF_LOG_STAMP_H
#define FF_LOG_STAMP_H

#include "base/slice.h"

/* If a whole stamp stands at the start of `text` (none to nine decimals, then `Z` and a space or the end), drops it and
 * stores nanoseconds since 1970-01-01 UTC. False, with both untouched, for anything else: half a stamp is text. */
bool ff_stamp_take(ff_slice *text, int64_t *time);

/* True if `text` starts with a stamp of exactly seven decimals, as GitHub writes it. */
bool ff_stamp_is_github(ff_slice text);

#endif
