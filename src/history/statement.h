/* One statement of SQL: values by name, rows, the end. The one place that binds and steps.
 *
 *     ff_statement statement;
 *     status = ff_statement_open(&statement, history, "SELECT id, title FROM run WHERE event = :event", error);
 *     ff_statement_set_text(&statement, ":event", event);
 *     while (status == FF_OK && (status = ff_statement_next(&statement, error)) == FF_OK) {
 *         id = ff_statement_uint(&statement);
 *         title = ff_statement_text(&statement);
 *     }
 *     ff_statement_close(&statement);
 *
 * Failures of setting are kept and told by the next step. Columns are read from left to right; text is borrowed until
 * the next step.
 */
#ifndef FF_HISTORY_STATEMENT_H
#define FF_HISTORY_STATEMENT_H

#include "history/database.h"

struct sqlite3_stmt;

typedef struct ff_statement {
    ff_history *history;
    struct sqlite3_stmt *stmt;
    ff_status status;
    int column; /* the next one to be read */
} ff_statement;

/* Compiles it. As ff_database_failed. `statement` may be closed in any case. */
ff_status ff_statement_open(ff_statement *statement, ff_history *history, const char *sql, ff_error *error);
void ff_statement_close(ff_statement *statement);

/* Set a value; a name that the statement does not have is passed over. Text that is not safe to show becomes so, and
 * what is longer than FF_LIMIT_HISTORY_TEXT_BYTES is cut. It must stay where it is until the statement has run. */
void ff_statement_set_text(ff_statement *statement, const char *name, ff_slice text);
void ff_statement_set_whole(ff_statement *statement, const char *name, ff_slice text); /* unchanged */
void ff_statement_set_copy(ff_statement *statement, const char *name, ff_slice text);  /* likewise, and it may go */
void ff_statement_set_int(ff_statement *statement, const char *name, int64_t value);
void ff_statement_set_uint(ff_statement *statement, const char *name, uint64_t value); /* 64 bits as they are */
void ff_statement_set_real(ff_statement *statement, const char *name, double value);
void ff_statement_set_time(ff_statement *statement, const char *name, int64_t time); /* FF_NO_TIME: NULL */

/* The next row: FF_OK; FF_END behind the last one; else as ff_database_failed. */
ff_status ff_statement_next(ff_statement *statement, ff_error *error);

/* Runs a statement that has no rows, and makes it ready to be set and run again. FF_OK, or as ff_database_failed. */
ff_status ff_statement_run(ff_statement *statement, ff_error *error);

/* The value of the next column. */
ff_slice ff_statement_text(ff_statement *statement);
int64_t ff_statement_int(ff_statement *statement);
uint64_t ff_statement_uint(ff_statement *statement);
uint32_t ff_statement_small(ff_statement *statement); /* 0 for what is out of range */
double ff_statement_real(ff_statement *statement);
int64_t ff_statement_time(ff_statement *statement); /* NULL: FF_NO_TIME */
bool ff_statement_bool(ff_statement *statement);

#endif
