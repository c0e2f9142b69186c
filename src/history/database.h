/* The connection behind an ff_history, and what became of a call to SQLite, in words.
 *
 * Only files of this folder include it. `sqlite3.h` stays in the .c files. */
#ifndef FF_HISTORY_DATABASE_H
#define FF_HISTORY_DATABASE_H

#include "history/history.h"

/* The end of what is said about a database that cannot be used. */
#define FF_DATABASE_ELSEWHERE "it is left as it is; name another file with --db FILE"

struct sqlite3;

struct ff_history {
    struct sqlite3 *db; /* owned */
    char *path;         /* owned; as errors name it */
};

/* What `code` of SQLite means; the text says so in one line that names the database. FF_OK for a code that is no
 * failure, else FF_NOMEM, FF_IO, FF_INVALID or FF_MISUSE. */
ff_status ff_database_failed(const ff_history *history, int code, ff_error *error);

/* Begins to write, so that no other process can until the end; and ends that: with `status` FF_OK what was written
 * stays, else nothing does. ff_database_end returns `status`, or why it cannot stay. */
ff_status ff_database_begin(ff_history *history, ff_error *error);
ff_status ff_database_end(ff_history *history, ff_status status, ff_error *error);

/* Statements without parameters or rows. */
ff_status ff_database_execute(ff_history *history, const char *sql, ff_error *error);

#endif
