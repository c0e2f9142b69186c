/* The last lines of the current step, for `before`: a ring of copies.
 *
 * Memory is one slot for each line that any rule looks back, each large enough for the longest line that the log stage
 * hands out; pages of it that are never used cost nothing.
 *
 *     ff_recent_push(recent, line, sequence);
 *     const ff_recent_line *above = ff_recent_at(recent, 1);      // NULL: the step has no such line
 */
#ifndef FF_MATCH_RECENT_H
#define FF_MATCH_RECENT_H

#include "base/error.h"
#include "match/finding.h"

typedef struct ff_recent ff_recent;

typedef struct ff_recent_line {
    ff_kept_line line; /* its text is as read, not yet safe to show */
    ff_slice body;
} ff_recent_line;

/* Room for `lines` lines, which may be 0. FF_OK or FF_NOMEM. */
ff_status ff_recent_new(ff_recent **recent, uint32_t lines);
void ff_recent_free(ff_recent *recent); /* NULL is fine */

/* Another step begins; one more line of it is copied in, over the oldest if the ring is full. */
void ff_recent_clear(ff_recent *recent);
void ff_recent_push(ff_recent *recent, const ff_line *line, uint64_t sequence);

/* The line pushed `back` pushes ago (1: the last), until it leaves the ring; NULL if there is none. */
const ff_recent_line *ff_recent_at(const ff_recent *recent, uint32_t back);

#endif
