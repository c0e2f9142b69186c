/* From lines to a report, from inside: what the writers see. Running an analysis is in the public header. */
#ifndef FF_DIAGNOSE_ANALYSIS_H
#define FF_DIAGNOSE_ANALYSIS_H

#include "diagnose/diagnosis.h"
#include "match/watch.h"

#include <firstfault/analysis.h>

/* What was found; borrowed until ff_analysis_free. NULL before a triage that read anything. */
const ff_report *ff_analysis_report(const ff_analysis *analysis);

/* Before the triage, for people who write rules: text is read as a log whatever it looks like, and what becomes of each
 * pattern is told to `watch`. */
void ff_analysis_watch(ff_analysis *analysis, ff_watch_fn watch, void *self);

/* What the rules found, noise and context too; borrowed likewise. */
const ff_findings *ff_analysis_findings(const ff_analysis *analysis);

#endif
