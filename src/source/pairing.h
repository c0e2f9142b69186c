/* Which job of the archive is which job of the API, by name alone.
 *
 * The archive's spelling of a name is lossy (names.h), so a spelling may fit several names. A pair counts only when
 * each fits nothing else: anything less would be a guess.
 */
#ifndef FF_SOURCE_PAIRING_H
#define FF_SOURCE_PAIRING_H

#include "source/run.h"

/* For a job of the archive that fits several of the run, or shares the one that it fits. */
#define FF_PAIR_UNSURE (FF_NO_INDEX - 1)

/* For each job of `staged` (an archive's, by archive_name) stores in `pairs` the index of its job in `run`,
 * FF_NO_INDEX where none fits, or FF_PAIR_UNSURE. Jobs of the run that were skipped have no log and are left
 * out.
 */
void ff_pairing_make(uint32_t *pairs, const ff_run *staged, const ff_run *run, ff_arena *arena);

#endif
