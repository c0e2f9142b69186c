#include "history/database.h"

#include "base/limits.h"

#include <sqlite3.h>

ff_status ff_database_failed(const ff_history *history, int code, ff_error *error)
{
    const char *reason = sqlite3_errstr(code);
    if (history->db && (code & 0xFF) == (sqlite3_errcode(history->db) & 0xFF))
        reason = sqlite3_errmsg(history->db);
    switch (code & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return FF_OK;
    case SQLITE_NOMEM: return ff_error_set(error, FF_NOMEM, "out of memory");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ff_error_set(error, FF_IO, "%s: another program has held the history for %d seconds", history->path,
                            FF_LIMIT_HISTORY_BUSY_SECONDS);
    case SQLITE_CONSTRAINT: /* what a caller hands in contradicts itself, such as two diagnoses of one rank */
    case SQLITE_MISUSE: return ff_error_set(error, FF_MISUSE, "%s: %s", history->path, reason);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* such as a table that is not there */
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
        return ff_error_set(error, FF_INVALID, "%s: the history is damaged (%s); " FF_DATABASE_ELSEWHERE, history->path,
                            reason);
    default: return ff_error_set(error, FF_IO, "%s: %s", history->path, reason);
    }
}

ff_status ff_database_execute(ff_history *history, const char *sql, ff_error *error)
{
    return ff_database_failed(history, sqlite3_exec(history->db, sql, NULL, NULL, NULL), error);
}

ff_status ff_database_begin(ff_history *history, ff_error *error)
{
    return ff_database_execute(history, "BEGIN IMMEDIATE", error);
}

ff_status ff_database_end(ff_history *history, ff_status status, ff_error *error)
{
    if (status == FF_OK)
        status = ff_database_execute(history, "COMMIT", error);
    if (status != FF_OK && !sqlite3_get_autocommit(history->db)) /* some failures have rolled it back already */
        (void)sqlite3_exec(history->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
