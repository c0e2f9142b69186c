/* Watching a scan: what became of each pattern that was tried, for people who write rules.
 *
 *     static void on_event(void *self, const ff_watch_event *event) ...
 *     ff_scan_watch(scan, on_event, self);
 */
#ifndef FF_MATCH_WATCH_H
#define FF_MATCH_WATCH_H

#include "catalog/rule.h"
#include "log/line.h"

typedef enum ff_watch_kind {
    FF_WATCH_HIT,       /* the pattern matched, and nothing spoke against it */
    FF_WATCH_WAITS,     /* it matched, and waits for the lines below it */
    FF_WATCH_MISS,      /* a literal let the line through, the pattern did not match */
    FF_WATCH_ELSEWHERE, /* the rule does not look at this kind of line, or in this job or step */
    FF_WATCH_VETOED,    /* matched, but `unless` did too */
    FF_WATCH_ABOVE,     /* matched, but `before` is not as it should be */
    FF_WATCH_BELOW,     /* had matched, but `follow` is not as it should be */
    FF_WATCH_PRESENT,   /* not tried: what the rule calls `absent` was seen */
    FF_WATCH_ASIDE,     /* the rule was set aside in this job */
    FF_WATCH_CLOSES,    /* a `closed_by` pattern ends the loop */
    FF_WATCH_COUNT
} ff_watch_kind;

/* All borrowed for the call. */
typedef struct ff_watch_event {
    ff_watch_kind kind;
    const ff_rule *rule;
    const ff_pattern *pattern; /* that was tried; NULL if it is not one alone */
    const ff_pattern *against; /* FF_WATCH_VETOED: the one that spoke against it; else NULL */
    const ff_line *line;       /* FF_WATCH_BELOW: NULL */
    uint64_t sequence;         /* of the line of the hit */
} ff_watch_event;

typedef void (*ff_watch_fn)(void *self, const ff_watch_event *event);

#endif
