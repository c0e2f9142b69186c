/* What a page says of all groups together.
 *
 *     ff_tally tally = ff_tally_of(digest);
 *     ff_tally_say_failed(&tally, &pen);     26 of 141 runs failed
 *     ff_tally_say_news(&tally, &pen);       in 12 ways: 3 are new, 1 is back, 6 are known; 2 got fixed, 1 flickers
 */
#ifndef FF_DIGEST_TALLY_H
#define FF_DIGEST_TALLY_H

#include "digest/digest.h"
#include "digest/pen.h"

typedef struct ff_tally {
    const ff_digest *digest; /* borrowed */
    uint32_t states[FF_GROUP_STATE_COUNT];
    uint32_t failing; /* groups with runs in the window that failed in the end; `states` counts these and fixed ones */
    uint32_t flickers;
} ff_tally;

/* Counts them; the digest is borrowed. */
ff_tally ff_tally_of(const ff_digest *digest);

/* How many runs failed; where none did, what is known of the others. */
void ff_tally_say_failed(const ff_tally *tally, const ff_pen *pen);

/* In how many ways, and which of these are news; nothing if there is no group. */
void ff_tally_say_news(const ff_tally *tally, const ff_pen *pen);

/* Of a partial digest: that not everything was read, and the first note that says what. */
void ff_tally_say_partial(const ff_tally *tally, const ff_pen *pen);

/* How many failed runs stand in none of them, and how many nobody read yet, a blank in front of each; nothing if all
 * do.
 */
void ff_tally_say_unexplained(const ff_tally *tally, const ff_pen *pen);

/* The repositories that were looked at, the first ones by name. */
void ff_tally_say_repositories(const ff_tally *tally, const ff_pen *pen);

/* `27 Nov 03:00 to 28 Nov 03:00 UTC`, and what else was asked for. */
void ff_tally_say_window(const ff_tally *tally, const ff_pen *pen);

/* What became of the runs that did not fail, `gap` in front of it; nothing if there were none, or if all passed, which
 * ff_tally_say_failed says. */
void ff_tally_say_others(const ff_tally *tally, const ff_pen *pen, const char *gap);

#endif
