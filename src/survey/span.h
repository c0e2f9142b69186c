/* Ranges of time that GitHub is asked for: the window of a scan, and its parts where the window holds more runs than
 * GitHub tells of one question.
 *
 * Times are nanoseconds since 1970, whole seconds, both ends included, because GitHub's `created=A..B` is so.
 */
#ifndef FF_SURVEY_SPAN_H
#define FF_SURVEY_SPAN_H

#include "base/arena.h"
#include "base/clock.h"

#include <stdint.h>

typedef struct ff_span {
    int64_t from, to; /* FF_NO_TIME: open */
} ff_span;

/* What to ask for runs of `since <= created_at < until`. The beginning is rounded down to the hour: a scan that is
 * repeated within it asks the same, and GitHub answers that nothing changed. Nothing before 1970. */
ff_span ff_span_of(int64_t since, int64_t until);

/* What is still to be asked. Zero-initialise with the arena. */
typedef struct ff_spans {
    ff_arena *arena; /* borrowed */
    ff_span *items;
    size_t count, cap;
} ff_spans;

/* False without memory. */
bool ff_spans_add(ff_spans *spans, ff_span span);

/* The one to ask next; false when there is none. */
bool ff_spans_take(ff_spans *spans, ff_span *span);

/* Puts back a span that turned out to hold `total` runs, cut into as many equal parts as that takes. An open end counts
 * as the next whole hour after `now`, and the last part stays open. FF_OK; FF_LIMIT if it is one second and cannot be
 * cut; FF_NOMEM. */
ff_status ff_spans_cut(ff_spans *spans, ff_span span, uint64_t total, int64_t now);

#endif
