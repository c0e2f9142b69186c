/* A rule hitting one line, on its way to be folded. Everything in it is borrowed for the call; texts are as read and
 * become safe to show only when they are kept.
 */
#ifndef FF_MATCH_HIT_H
#define FF_MATCH_HIT_H

#include "match/finding.h"
#include "match/regex.h"

typedef struct ff_hit {
    uint32_t job, step;
    ff_kept_line line;
    const ff_kept_line *context; /* `before` and `follow` lines, in log order */
    uint32_t context_count;
    const ff_span *spans; /* captures: of the match, then of `before` and `follow` */
    uint32_t span_count;
    uint32_t redactions; /* secrets that were masked in these texts already */
} ff_hit;

#endif
