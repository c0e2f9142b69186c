/* What the rules found: hits folded into findings, each placed in a job and step.
 *
 * A finding is one fact: a loop of 20 answers is one finding with count 20. All text in it has passed ff_text_keep.
 */
#ifndef FF_MATCH_FINDING_H
#define FF_MATCH_FINDING_H

#include "catalog/rule.h"
#include "log/line.h"

/* A named group of a pattern and the distinct values it had, in order of appearance; at most
 * FF_LIMIT_CAPTURE_VALUES are kept, `distinct` counts on while they are. */
typedef struct ff_capture {
    ff_slice name;
    const ff_slice *values;
    uint32_t count; /* values kept, at least 1 */
    bool more;      /* further distinct values were dropped */
} ff_capture;

typedef struct ff_kept_line {
    ff_place place;
    ff_line_kind kind;
    ff_slice text;
    uint64_t sequence; /* position among all lines of the run, as read */
} ff_kept_line;

typedef struct ff_finding {
    const ff_rule *rule;
    uint32_t job, step;
    uint32_t count;     /* hits folded into this, closing line included */
    bool closed;        /* a `closed_by` line ended it */
    ff_kept_line first; /* the first hit: the primary evidence */
    ff_kept_line last;  /* the last hit or closing line; equals `first` if count is 1 */
    /* Further lines that belong to it, in log order: `before` and `follow` lines of the first hit, then some hits
     * between first and last. At most FF_LIMIT_EVIDENCE_LINES. */
    const ff_kept_line *context;
    uint32_t context_count;
    const ff_capture *captures; /* in the order of the pattern, then those of `before` and `follow` */
    uint32_t capture_count;
} ff_finding;

/* The values of a capture, or NULL if the finding has none of that name. */
const ff_capture *ff_finding_capture(const ff_finding *finding, ff_slice name);

typedef struct ff_findings {
    ff_finding *items; /* in order of first.sequence */
    size_t count, cap;
} ff_findings;

/* The first finding of the rule, or NULL. */
const ff_finding *ff_findings_of(const ff_findings *findings, const ff_rule *rule);

#endif
