/* What the catalog makes of a text, line by line: for people who write rules.
 *
 *     status = ff_explain_run(catalog, "job.log", &out, &error);
 *
 * For each line that a pattern reached: which rule hit it, by which pattern, which literals let the line through, what
 * vetoed; then how the hits folded into findings, and how the diagnoses made of them were scored.
 */
#ifndef FF_WORKSHOP_EXPLAIN_H
#define FF_WORKSHOP_EXPLAIN_H

#include "base/buf.h"
#include "catalog/catalog.h"

/* Triages `target` (a file of any text, an archive, a folder, "-") and appends the explanation to `out`. FF_OK; what
 * ff_analysis_triage returns. */
ff_status ff_explain_run(const ff_catalog *catalog, const char *target, ff_buf *out, ff_error *error);

#endif
