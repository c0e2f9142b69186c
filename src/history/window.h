/* Which repositories and runs a statement is about. */
#ifndef FF_HISTORY_WINDOW_H
#define FF_HISTORY_WINDOW_H

#include "history/statement.h"

/* The number under which a repository stands in the database: made of its name without case, so that it does not
 * depend on what was seen first. FF_OK or FF_NOMEM. */
ff_status ff_window_number(ff_slice host, ff_slice repository, int64_t *number, ff_error *error);

/* Sets the values of a window in a statement that asks for them; `window` NULL: everything. FF_OK, or as
 * ff_database_failed. */
ff_status ff_window_set(ff_statement *statement, const ff_history_window *window, ff_error *error);

/* Sets the key of a run: `:repository`, `:run`, `:attempt`. FF_OK or FF_NOMEM. */
ff_status ff_window_set_run(ff_statement *statement, const ff_history_run *run, ff_error *error);

#endif
