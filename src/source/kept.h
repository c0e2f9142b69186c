/* A run kept by `firstfault fetch`: the answers of GitHub as they came, and an index of what was asked.
 *
 * In a folder or a ZIP: `firstfault.json` (schema firstfault.kept/1) lists for each request its path, how it ended and
 * the file with its body (`001-actions-runs-1.json`, `003-actions-runs-1-attempts-1-logs.zip`). Reading it asks the
 * same questions again, so a triage gives the same report. No header, token or signed URL is in it.
 */
#ifndef FF_SOURCE_KEPT_H
#define FF_SOURCE_KEPT_H

#include "fetch/exchange.h"
#include "fetch/target.h"
#include "source/shelf.h"

/* Index of `firstfault.json` among the entries, or SIZE_MAX: the shelf holds no kept run. */
size_t ff_kept_index(const ff_shelf *shelf);

/* Opens an exchange that answers from the shelf, which is borrowed, as is the arena; fills the target. FF_OK;
 * FF_INVALID for an index that makes no sense, FF_IO, FF_LIMIT, FF_NOMEM. */
ff_status ff_kept_open(ff_exchange **exchange, const ff_shelf *shelf, ff_target *target, ff_arena *arena,
                       ff_error *error);

#endif
