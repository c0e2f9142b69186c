#include "history/statement.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <sqlite3.h>

ff_status ff_statement_open(ff_statement *statement, ff_history *history, const char *sql, ff_error *error)
{
    *statement = (ff_statement){.history = history};
    int code = sqlite3_prepare_v2(history->db, sql, -1, &statement->stmt, NULL);
    statement->status = ff_database_failed(history, code, error);
    return statement->status;
}

void ff_statement_close(ff_statement *statement)
{
    (void)sqlite3_finalize(statement->stmt); /* tells of a failure that was told before */
    *statement = (ff_statement){0};
}

/* Setting. */

static int place_of(const ff_statement *statement, const char *name)
{
    return statement->status == FF_OK ? sqlite3_bind_parameter_index(statement->stmt, name) : 0;
}

static void keep(ff_statement *statement, int code)
{
    if (code != SQLITE_OK && statement->status == FF_OK)
        statement->status = ff_database_failed(statement->history, code, NULL);
}

static void set_bytes(ff_statement *statement, int place, ff_slice text, bool copy)
{
    keep(statement, sqlite3_bind_text64(statement->stmt, place, text.len ? text.ptr : "", text.len,
                                        copy ? SQLITE_TRANSIENT : SQLITE_STATIC, SQLITE_UTF8));
}

void ff_statement_set_whole(ff_statement *statement, const char *name, ff_slice text)
{
    int place = place_of(statement, name);
    if (place)
        set_bytes(statement, place, text, false);
}

void ff_statement_set_copy(ff_statement *statement, const char *name, ff_slice text)
{
    int place = place_of(statement, name);
    if (place)
        set_bytes(statement, place, text, true);
}

/* Newlines stay: texts of several lines have them. */
static void make_safe(ff_buf *safe, ff_slice text)
{
    ff_slice line;
    for (bool first = true; ff_slice_take_until(&text, '\n', &line); first = false) {
        if (!first)
            ff_buf_add_byte(safe, '\n');
        ff_utf8_add_safe(safe, line);
    }
}

void ff_statement_set_text(ff_statement *statement, const char *name, ff_slice text)
{
    static const char mark[] = "…";
    int place = place_of(statement, name);
    if (!place)
        return;
    bool is_long = text.len > FF_LIMIT_HISTORY_TEXT_BYTES;
    if (!is_long && ff_utf8_is_showable(text)) {
        set_bytes(statement, place, text, false);
        return;
    }
    ff_buf safe;
    ff_buf_init(&safe, 8 * FF_LIMIT_HISTORY_TEXT_BYTES); /* one byte is six as an escape at most */
    make_safe(&safe, ff_slice_cut(text, FF_LIMIT_HISTORY_TEXT_BYTES));
    is_long = is_long || safe.len > FF_LIMIT_HISTORY_TEXT_BYTES;
    if (is_long && safe.ptr) {
        safe.len = ff_utf8_cut(ff_buf_slice(&safe), FF_LIMIT_HISTORY_TEXT_BYTES - (sizeof mark - 1)).len;
        ff_buf_add(&safe, FF_LIT("…"));
    }
    if (ff_buf_status(&safe) != FF_OK)
        keep(statement, SQLITE_NOMEM);
    else
        set_bytes(statement, place, ff_buf_slice(&safe), true);
    ff_buf_release(&safe);
}

void ff_statement_set_int(ff_statement *statement, const char *name, int64_t value)
{
    int place = place_of(statement, name);
    if (place)
        keep(statement, sqlite3_bind_int64(statement->stmt, place, value));
}

void ff_statement_set_uint(ff_statement *statement, const char *name, uint64_t value)
{
    ff_statement_set_int(statement, name, (int64_t)value);
}

void ff_statement_set_real(ff_statement *statement, const char *name, double value)
{
    int place = place_of(statement, name);
    if (place)
        keep(statement, sqlite3_bind_double(statement->stmt, place, value));
}

void ff_statement_set_time(ff_statement *statement, const char *name, int64_t time)
{
    int place = place_of(statement, name);
    if (place && time == FF_NO_TIME)
        keep(statement, sqlite3_bind_null(statement->stmt, place));
    else if (place)
        keep(statement, sqlite3_bind_int64(statement->stmt, place, time));
}

/* Stepping. */

ff_status ff_statement_next(ff_statement *statement, ff_error *error)
{
    statement->column = 0;
    if (statement->status != FF_OK)
        return statement->status == FF_NOMEM
                   ? ff_error_set(error, FF_NOMEM, "out of memory")
                   : ff_error_set(error, statement->status, "%s: a value cannot be kept", statement->history->path);
    int code = sqlite3_step(statement->stmt);
    if (code == SQLITE_DONE)
        return FF_END;
    return ff_database_failed(statement->history, code, error);
}

ff_status ff_statement_run(ff_statement *statement, ff_error *error)
{
    ff_status status = ff_statement_next(statement, error);
    if (statement->stmt) {
        (void)sqlite3_reset(statement->stmt); /* repeats the failure of the step */
        (void)sqlite3_clear_bindings(statement->stmt);
    }
    return status == FF_END ? FF_OK : status;
}

/* Reading. */

ff_slice ff_statement_text(ff_statement *statement)
{
    int column = statement->column++;
    const void *text = sqlite3_column_text(statement->stmt, column);
    if (!text && sqlite3_column_type(statement->stmt, column) != SQLITE_NULL)
        keep(statement, SQLITE_NOMEM);
    return text ? (ff_slice){text, (size_t)sqlite3_column_bytes(statement->stmt, column)} : (ff_slice){0};
}

int64_t ff_statement_int(ff_statement *statement)
{
    return sqlite3_column_int64(statement->stmt, statement->column++);
}

uint64_t ff_statement_uint(ff_statement *statement)
{
    return (uint64_t)ff_statement_int(statement);
}

uint32_t ff_statement_small(ff_statement *statement)
{
    int64_t value = ff_statement_int(statement);
    return value < 0 || value > UINT32_MAX ? 0 : (uint32_t)value;
}

double ff_statement_real(ff_statement *statement)
{
    return sqlite3_column_double(statement->stmt, statement->column++);
}

int64_t ff_statement_time(ff_statement *statement)
{
    bool known = sqlite3_column_type(statement->stmt, statement->column) != SQLITE_NULL;
    int64_t time = ff_statement_int(statement);
    return known ? time : FF_NO_TIME;
}

bool ff_statement_bool(ff_statement *statement)
{
    return ff_statement_int(statement) != 0;
}
