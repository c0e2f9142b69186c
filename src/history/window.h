/* Which repositories and runs a statement is about. */
#ifndef FF_HISTORY_WINDOW_H
#define FF_HISTORY_WINDOW_H

#include "history/statement.h"

/* The number under which a repository stands in the database: made of its name without case, so that it does not
 * depend on what was seen first. FF_OK; FF_NOMEM; FF_LIMIT for a name longer than FF_LIMIT_HISTORY_TEXT_BYTES. */
ff_status ff_window_number(ff_slice host, ff_slice repository, int64_t *number, ff_error *error);

/* Sets the values of a window in a statement that asks for them; `window` NULL: everything. FF_OK, as
 * ff_window_number, or as ff_database_failed. */
ff_status ff_window_set(ff_statement *statement, const ff_history_window *window, ff_error *error);

/* Sets the key of a run: `:repository`, `:run`, `:attempt`. As ff_window_number. */
ff_status ff_window_set_run(ff_statement *statement, const ff_history_run *run, ff_error *error);

#endif
