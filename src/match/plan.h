/* What a matcher is made of: one plan for each rule, one unit for each of its patterns.
 *
 * Units are numbered rule by rule and, in a rule, in the order of ff_use; the prefilter answers in unit numbers. The
 * order is the order in which a line is judged: it closes a loop before it could open one, and counts as a sign of
 * `absent` only for the lines below it.
 *
 *     for (uint32_t unit = plan->first[FF_USE_UNLESS]; unit < plan->first[FF_USE_UNLESS + 1]; unit++) ...
 */
#ifndef FF_MATCH_PLAN_H
#define FF_MATCH_PLAN_H

#include "log/line.h"
#include "match/matcher.h"
#include "match/prefilter.h"
#include "match/regex.h"

/* The first three begin something on the line where they match; the others are asked when those did. */
typedef enum ff_use {
    FF_USE_CLOSED_BY,
    FF_USE_MATCH,
    FF_USE_ABSENT,
    FF_USE_UNLESS,
    FF_USE_FOLLOW_FOUND,
    FF_USE_FOLLOW_MAYBE,
    FF_USE_FOLLOW_UNLESS,
    FF_USE_FOLLOW_UNTIL,
    FF_USE_BEFORE_FOUND,
    FF_USE_BEFORE_MAYBE,
    FF_USE_BEFORE_UNLESS,
    FF_USE_BEFORE_UNTIL,
    FF_USE_COUNT
} ff_use;

typedef struct ff_unit {
    ff_regex *regex;
    const ff_pattern *pattern;
    uint32_t rule; /* index of the plan */
    ff_use use;
} ff_unit;

typedef struct ff_plan {
    const ff_rule *rule;
    uint32_t first[FF_USE_COUNT + 1]; /* units of a use: first[use] up to first[use + 1] */
} ff_plan;

/* Rows of `starts`: a line's kind, or all kinds together. */
enum { FF_STARTS_ANY = FF_LINE_KIND_COUNT, FF_STARTS_COUNT };

struct ff_matcher {
    ff_plan *plans; /* in the order of the catalog */
    uint32_t plan_count;
    ff_unit *units;
    uint32_t unit_count;
    ff_prefilter *prefilter;
    size_t words;                      /* of a set of units */
    uint64_t *starts[FF_STARTS_COUNT]; /* units to look at on a line of that kind */
    uint32_t groups_max;               /* of any unit */
    uint32_t spans_max;                /* named groups of any rule, all its units and `compose` together */
    uint32_t before_max;               /* lines that any rule looks back */
};

#endif
