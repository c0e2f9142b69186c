/* One pass of a matcher over the lines of a run.
 *
 * Lines are pushed in order; findings come out at the end. State is bounded: a ring of recent lines for `before`, the
 * hits that wait for their `follow` lines, open folds of the current step, and flags for `absent`.
 *
 *     ff_scan *scan = NULL;
 *     ff_scan_new(&scan, matcher, run, &error);
 *     for each line: ff_scan_line(scan, &line);
 *     ff_scan_finish(scan, &findings, &error);
 *     ff_scan_free(scan);
 *
 * A pattern that exceeds its budget (FF_LIMIT_MATCH_STEPS, FF_LIMIT_RULE_NANOSECONDS of CPU per job log) is set aside
 * for the rest of the job with the note `rule-quarantined`; other rules are not affected. An error of PCRE2 is such a
 * case, never "no match".
 */
#ifndef FF_MATCH_SCAN_H
#define FF_MATCH_SCAN_H

#include "match/finding.h"
#include "match/matcher.h"
#include "match/watch.h"
#include "source/run.h"

typedef struct ff_scan ff_scan;

/* `matcher` and `run` are borrowed. Findings are allocated in the run's arena. FF_OK or FF_NOMEM. */
ff_status ff_scan_new(ff_scan **scan, const ff_matcher *matcher, ff_run *run, ff_error *error);

/* For examples and explanations, before the first line: `repeat.at_least`, `requires`, `absent` and `where` are
 * ignored. Only the rule `only` is looked at, unless it is NULL. */
void ff_scan_loosen(ff_scan *scan, const ff_rule *only);

/* From now on each pattern that a line reaches is told to `watch`, in the order in which they are tried. */
void ff_scan_watch(ff_scan *scan, ff_watch_fn watch, void *self);

/* Looks at one line. FF_OK or FF_NOMEM. A change of line->job or line->step ends the step before. */
ff_status ff_scan_line(ff_scan *scan, const ff_line *line);

/* Ends the last step, applies `requires` between findings (repeatedly, until nothing changes), and hands over the
 * findings in order of their first line. `where: {outcome}` is left to the caller, who knows outcomes. */
ff_status ff_scan_finish(ff_scan *scan, ff_findings *findings, ff_error *error);

void ff_scan_free(ff_scan *scan); /* NULL is fine */

#endif
