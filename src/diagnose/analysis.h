/* From lines to a report, from inside: what the writers see. Running an analysis is in the public header. */
#ifndef FF_DIAGNOSE_ANALYSIS_H
#define FF_DIAGNOSE_ANALYSIS_H

#include "diagnose/diagnosis.h"
#include "match/matcher.h"
#include "match/watch.h"
#include "source/source.h"

#include <firstfault/analysis.h>

/* What was found; borrowed until ff_analysis_free. NULL before a triage that read anything. */
const ff_report *ff_analysis_report(const ff_analysis *analysis);

/* Before the triage, for people who write rules: text is read as a log whatever it looks like, and what becomes of each
 * pattern is told to `watch`. */
void ff_analysis_watch(ff_analysis *analysis, ff_watch_fn watch, void *self);

/* What the rules found, noise and context too; borrowed likewise. */
const ff_findings *ff_analysis_findings(const ff_analysis *analysis);

/* For one who analyses many runs: the run to open a source with, and the rest of a triage with a matcher that is used
 * for all of them. `matcher` was made of `catalog`; both may be used by several threads at once, an analysis by one.
 * Nothing is asked of a repository. The run's `now` may be set beforehand. As ff_analysis_triage. */
ff_run *ff_analysis_run(ff_analysis *analysis);
ff_status ff_analysis_read(ff_analysis *analysis, const ff_catalog *catalog, const ff_matcher *matcher,
                           ff_source *source, ff_error *error);

#endif
