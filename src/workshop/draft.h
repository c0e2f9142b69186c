/* A rule to begin with, for failures that no rule knows.
 *
 *     size_t rules = 0;
 *     ff_draft draft = {catalog, "run.zip", &options};
 *     status = ff_draft_run(&draft, &out, &rules, &error);    // out: a catalog file that loads
 */
#ifndef FF_WORKSHOP_DRAFT_H
#define FF_WORKSHOP_DRAFT_H

#include "base/buf.h"
#include "catalog/catalog.h"

#include <firstfault/analysis.h>

/* From what; all borrowed. */
typedef struct ff_draft {
    const ff_catalog *catalog;
    const char *target;
    const ff_analysis_options *options;
} ff_draft;

/* Triages the target and appends a catalog file with one rule for each failure that no rule explains: a masked pattern,
 * two examples, a near miss, advice to be written. `rules` counts them; with none nothing is appended. FF_OK; what
 * ff_analysis_triage returns; FF_LIMIT, FF_NOMEM. */
ff_status ff_draft_run(const ff_draft *draft, ff_buf *out, size_t *rules, ff_error *error);

#endif
