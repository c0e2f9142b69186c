/* Copies in an arena of what a visitor of the history is shown, which is gone with the visit.
 *
 * Without memory the arena has failed, and the copy is of no use.
 */
#ifndef FF_CHRONICLE_COPY_H
#define FF_CHRONICLE_COPY_H

#include "base/arena.h"
#include "history/history.h"

/* Each replaces the borrowed texts of its structure by copies. */
void ff_copy_run(ff_arena *arena, ff_history_run *run);
void ff_copy_known(ff_arena *arena, ff_history_known *known);
void ff_copy_failure(ff_arena *arena, ff_history_failure *failure);
void ff_copy_said(ff_arena *arena, ff_history_said *said);
void ff_copy_diagnosis(ff_arena *arena, ff_history_diagnosis *diagnosis); /* evidence, ranks and json too */

/* `status` of what was read into the arena; but FF_NOMEM or FF_LIMIT, with its words, if the arena has failed. */
ff_status ff_copy_status(const ff_arena *arena, ff_status status, ff_error *error);

#endif
