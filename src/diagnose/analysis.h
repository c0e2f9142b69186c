/* From lines to a report, from inside: what the writers see. Running an analysis is in the public header. */
#ifndef FF_DIAGNOSE_ANALYSIS_H
#define FF_DIAGNOSE_ANALYSIS_H

#include "diagnose/diagnosis.h"

#include <firstfault/analysis.h>

/* What was found; borrowed until ff_analysis_free. NULL before a triage that read anything. */
const ff_report *ff_analysis_report(const ff_analysis *analysis);

#endif
