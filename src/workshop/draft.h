/* A rule to begin with, for failures that no rule knows.
 *
 *     size_t rules = 0;
 *     status = ff_draft_run(catalog, "run.zip", &out, &rules, &error);    // out: a catalog file that loads
 */
#ifndef FF_WORKSHOP_DRAFT_H
#define FF_WORKSHOP_DRAFT_H

#include "base/buf.h"
#include "catalog/catalog.h"

/* Triages `target` and appends a catalog file with one rule for each failure that no rule explains: a masked pattern,
 * two examples, a near miss, advice to be written. `rules` counts them; with none nothing is appended. FF_OK; what
 * ff_analysis_triage returns; FF_LIMIT, FF_NOMEM. */
ff_status ff_draft_run(const ff_catalog *catalog, const char *target, ff_buf *out, size_t *rules, ff_error *error);

#endif
