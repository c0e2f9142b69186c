/* Trying rules on a text by itself: the examples of the catalog, and what a person pastes to see which rules hit.
 *
 *     ff_run run;
 *     ff_run_init(&run, &arena);
 *     ff_match_example(matcher, rule, FF_LIT("Unknown command: 'x'"), &run, &findings);
 *     if (run.notes.partial) ...                        // a pattern failed: this is not "no match"
 */
#ifndef FF_MATCH_EXAMPLE_H
#define FF_MATCH_EXAMPLE_H

#include "match/finding.h"
#include "match/matcher.h"
#include "source/run.h"

/* Scans `text`, line by line, as the output of one step, with `repeat.at_least`, `requires`, `absent` and `where`
 * ignored. `rule` is one of the matcher's, or NULL for all of them. `run` must be initialised and empty; a job and a
 * step without names are added to it, findings and notes live in its arena. Findings come in order of their first
 * line. FF_OK or FF_NOMEM. */
ff_status ff_match_example(const ff_matcher *matcher, const ff_rule *rule, ff_slice text, ff_run *run,
                           ff_findings *findings);

#endif
