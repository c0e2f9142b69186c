/* What several writers of this folder need. */
#ifndef FF_HISTORY_LISTED_H
#define FF_HISTORY_LISTED_H

#include "history/statement.h"

/* Makes sure that a repository is there; of spellings that differ in case the first in byte order stays. FF_OK, or as
 * ff_database_failed. */
ff_status ff_listed_repository(ff_history *history, const ff_history_run *run, int64_t *number, ff_error *error);

#endif
