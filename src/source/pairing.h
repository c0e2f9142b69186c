/* Which job of the archive is which job of the API, by name alone.
 *
 * The archive's spelling of a name is lossy (names.h), so a spelling may fit several names. A pair counts only when
 * each fits nothing else: anything less would be a guess.
 */
#ifndef FF_SOURCE_PAIRING_H
#define FF_SOURCE_PAIRING_H

#include "source/run.h"

/* For each job of `staged` (an archive's, by archive_name) stores in `pairs` the index of its job in `run`, or
 * FF_NO_INDEX where none fits or where it is not certain. Jobs of the run that were skipped have no log and are left
 * out.
 */
void ff_pairing_make(uint32_t *pairs, const ff_run *staged, const ff_run *run);

#endif
