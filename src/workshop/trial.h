/* The trial of a catalog: every example of every rule against all rules.
 *
 *     ff_buf out;
 *     ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
 *     ff_trial_tally tally = {0};
 *     status = ff_trial_run(catalog, "--patterns", &out, &tally, &error);    // tally.complaints: lines in `out`
 *
 * An example under `match` must be hit by its own rule with the captures that it names, one under `no_match` must not.
 * Another rule that hits it is a cross-fire: allowed if one of the two yields to the other, or the example names it
 * under `also`. Each complaint is one line, `file:line:column: id: what`.
 */
#ifndef FF_WORKSHOP_TRIAL_H
#define FF_WORKSHOP_TRIAL_H

#include "base/buf.h"

#include <firstfault/catalog.h>

typedef struct ff_trial_tally {
    size_t rules, examples, complaints;
} ff_trial_tally;

/* Tries the rules of `layer` (NULL: of all layers) and appends complaints to `out`. FF_OK also with complaints;
 * FF_INVALID for a pattern that does not compile, with its place; FF_NOMEM. */
ff_status ff_trial_run(const ff_catalog *catalog, const char *layer, ff_buf *out, ff_trial_tally *tally,
                       ff_error *error);

#endif
