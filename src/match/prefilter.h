/* The literal prefilter: which patterns could match a line at all?
 *
 * Looks for the required literals of all patterns in one pass over the line (an Aho-Corasick automaton that ignores
 * ASCII case); a pattern with several sets of them needs one of each. The answer is a superset: a pattern whose bit is
 * not set cannot match the line. Patterns without a literal are candidates always.
 *
 *     ff_prefilter_new(&prefilter, entries, count);
 *     uint64_t bits[words];                          // words = ff_prefilter_words(prefilter)
 *     if (ff_prefilter_run(prefilter, line.body, bits)) ...
 */
#ifndef FF_MATCH_PREFILTER_H
#define FF_MATCH_PREFILTER_H

#include "base/error.h"
#include "match/literal.h"

typedef struct ff_prefilter ff_prefilter; /* immutable; may be shared between threads */

/* The literals of the pattern whose id is the entry's index: folded to lower case, not empty. Without any it is always
 * a candidate. Borrowed for the call. */
typedef struct ff_prefilter_entry {
    ff_literals literals;
    bool never; /* not asked for: its bit is never set */
} ff_prefilter_entry;

/* FF_OK or FF_NOMEM. */
ff_status ff_prefilter_new(ff_prefilter **prefilter, const ff_prefilter_entry *entries, size_t count);
void ff_prefilter_free(ff_prefilter *prefilter); /* NULL is fine */

/* How many 64-bit words ff_prefilter_run writes; one bit for each entry stands in the first of them. */
size_t ff_prefilter_words(const ff_prefilter *prefilter);

/* Overwrites `candidates` with the bits of the entries that could match `line`, by index; what is behind them is for
 * its own use. False if there are none. */
bool ff_prefilter_run(const ff_prefilter *prefilter, ff_slice line, uint64_t *candidates);

#endif
