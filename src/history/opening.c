/* A database from where it is to one that can be used: found, guarded, checked, brought up to date. */
#include "base/limits.h"
#include "history/place.h"
#include "history/schema.h"
#include "history/statement.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

enum { WAL_PAUSE_MS = 20, WAL_TRIES = FF_LIMIT_HISTORY_BUSY_SECONDS * 1000 / WAL_PAUSE_MS };

/* A database may have been made to harm its reader: what it could make SQLite do beyond reading tables is off. Nothing
 * is moved out of the WAL at the end before the database is known to be a good one. */
static ff_status guard(ff_history *history, ff_error *error)
{
    static const struct {
        int what, on;
    } settings[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},   {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},          {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},      {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},
    };
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof settings / sizeof *settings && code == SQLITE_OK; i++)
        code = sqlite3_db_config(history->db, settings[i].what, settings[i].on, NULL);
    (void)sqlite3_limit(history->db, SQLITE_LIMIT_ATTACHED, 0);
    (void)sqlite3_limit(history->db, SQLITE_LIMIT_LENGTH, FF_LIMIT_HISTORY_VALUE_BYTES);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(history->db, FF_LIMIT_HISTORY_BUSY_SECONDS * 1000);
    if (code == SQLITE_OK)
        code = sqlite3_exec(history->db, "PRAGMA cell_size_check = ON", NULL, NULL, NULL);
    return ff_database_failed(history, code, error);
}

static int connect_to(ff_history *history, const char *name, int flags)
{
    (void)sqlite3_close(history->db);
    history->db = NULL;
    int code = sqlite3_open_v2(name, &history->db, flags | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        (void)sqlite3_extended_result_codes(history->db, 1);
    return code;
}

/* One number that a pragma answers. */
static ff_status ask_number(ff_history *history, const char *sql, int64_t *number, ff_error *error)
{
    ff_statement statement;
    ff_status status = ff_statement_open(&statement, history, sql, error);
    if (status == FF_OK)
        status = ff_statement_next(&statement, error);
    if (status == FF_OK)
        *number = ff_statement_int(&statement);
    ff_statement_close(&statement);
    return status == FF_END ? ff_database_failed(history, SQLITE_CORRUPT, error) : status;
}

/* On a medium that cannot be written SQLite cannot make the files that it shares with writers. There are none then, and
 * the database can be read as it stands, unless changes wait beside it. */
static ff_status read_unwritable(ff_history *history, ff_error *error)
{
    if (ff_place_has_wal(history->path))
        return ff_error_set(error, FF_IO,
                            "%s: changes wait in the file with -wal at its end, and its folder cannot be written; copy "
                            "both files to another folder and name the copy with --db FILE",
                            history->path);
    ff_buf uri;
    ff_buf_init(&uri, strlen(history->path) * 3 + 64);
    ff_buf_add(&uri, FF_LIT("file:"));
    for (const char *at = history->path; *at; at++) {
        if (*at == '%' || *at == '?' || *at == '#')
            ff_buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*at);
        else
            ff_buf_add_byte(&uri, *at);
    }
    ff_buf_add(&uri, FF_LIT("?immutable=1"));
    ff_status status = ff_buf_status(&uri);
    if (status == FF_OK) {
        int code = connect_to(history, uri.ptr, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
        status = ff_database_failed(history, code, error);
    }
    ff_buf_release(&uri);
    return status == FF_OK ? guard(history, error) : status;
}

static ff_status say_nothing_yet(const ff_history *history, ff_error *error)
{
    return ff_error_set(error, FF_NOT_FOUND, "%s: " FF_PLACE_NOTHING_YET, history->path);
}

static ff_status open_to_read(ff_history *history, ff_error *error)
{
    ff_status status = ff_database_failed(history, connect_to(history, history->path, SQLITE_OPEN_READONLY), error);
    if (status == FF_OK)
        status = guard(history, error);
    if (status != FF_OK)
        return status;
    int code = sqlite3_exec(history->db, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL);
    if ((code & 0xFF) == SQLITE_CANTOPEN || (code & 0xFF) == SQLITE_READONLY)
        return read_unwritable(history, error);
    return ff_database_failed(history, code, error);
}

/* It says of itself which version it is; once more, as what the WAL changed is known only now. No step leads on from a
 * version below 0. */
static ff_status check_version(ff_history *history, int64_t *version, ff_error *error)
{
    ff_status status = ask_number(history, "PRAGMA user_version", version, error);
    if (status == FF_OK && *version > ff_schema_newest())
        return ff_error_set(
            error, FF_UNSUPPORTED,
            "%s: a newer firstfault made this history (version %lld, this one knows %lld); " FF_DATABASE_ELSEWHERE,
            history->path, (long long)*version, (long long)ff_schema_newest());
    return status == FF_OK && *version < 0 ? ff_database_failed(history, SQLITE_CORRUPT, error) : status;
}

/* `*** in database main ***` stands on a line before what is wrong. */
static ff_slice complaint_of(ff_slice answer)
{
    ff_slice line = {0}, rest = answer;
    while (ff_slice_take_until(&rest, '\n', &line) && ff_slice_starts(line, FF_LIT("***")))
        continue;
    return ff_slice_cut(line, 120);
}

static ff_status check_pages(ff_history *history, ff_error *error)
{
    ff_statement statement;
    ff_status status = ff_statement_open(&statement, history, "PRAGMA quick_check(1)", error);
    if (status == FF_OK)
        status = ff_statement_next(&statement, error);
    if (status == FF_OK) {
        ff_slice answer = ff_statement_text(&statement);
        if (!ff_slice_eq(answer, FF_LIT("ok")))
            status = ff_error_set(error, FF_INVALID, "%s: the history is damaged (%.*s); " FF_DATABASE_ELSEWHERE,
                                  history->path, FF_ARG(complaint_of(answer)));
    }
    ff_statement_close(&statement);
    return status == FF_END ? FF_OK : status;
}

/* One step of the schema: whoever gets the lock first makes it. */
static ff_status migrate_once(ff_history *history, int64_t *version, ff_error *error)
{
    char set[64];
    ff_status status = ff_database_begin(history, error);
    if (status != FF_OK)
        return status;
    status = check_version(history, version, error);
    if (status == FF_OK && *version < ff_schema_newest()) {
        for (const char *const *sql = ff_schema_step(*version); status == FF_OK && *sql; sql++)
            status = ff_database_execute(history, *sql, error);
        (void)snprintf(set, sizeof set, "PRAGMA user_version = %lld", (long long)++*version);
        if (status == FF_OK)
            status = ff_database_execute(history, set, error);
    }
    return ff_database_end(history, status, error);
}

/* What begins a database: whose it is, and that what is free in it can be given back, which must be said before there
 * is any page. So it is said in one transaction that is not begun by writing, as BEGIN IMMEDIATE is. */
static ff_status begin_file(ff_history *history, ff_error *error)
{
    char set[128];
    (void)snprintf(set, sizeof set, "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = %d",
                   FF_SCHEMA_APPLICATION);
    ff_status status = ff_database_execute(history, "BEGIN", error);
    return status == FF_OK ? ff_database_end(history, ff_database_execute(history, set, error), error) : status;
}

/* The tables are made before the database goes over to WAL, so that its own file tells from the start whose it is. That
 * change needs the database for a moment alone, and SQLite does not wait for that by itself. */
static ff_status bring_up_to_date(ff_history *history, int64_t version, ff_error *error)
{
    ff_status status = version ? FF_OK : begin_file(history, error);
    while (status == FF_OK && version < ff_schema_newest())
        status = migrate_once(history, &version, error);
    if (status != FF_OK)
        return status;
    int code = SQLITE_BUSY;
    for (int i = 0; i < WAL_TRIES && (code & 0xFF) == SQLITE_BUSY; i++) {
        if (i)
            (void)sqlite3_sleep(WAL_PAUSE_MS);
        code = sqlite3_exec(history->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
    return ff_database_failed(history, code, error);
}

static ff_status open_to_write(ff_history *history, ff_place_kind kind, ff_error *error)
{
    int64_t version = 0;
    ff_status status = kind == FF_PLACE_NOTHING ? ff_place_make(history->path, error) : FF_OK;
    if (status == FF_OK)
        status = ff_database_failed(history, connect_to(history, history->path, SQLITE_OPEN_READWRITE), error);
    if (status == FF_OK && sqlite3_db_readonly(history->db, "main") == 1) /* it was opened nevertheless */
        status = ff_error_set(error, FF_IO, "%s: cannot be written", history->path);
    if (status == FF_OK)
        status = guard(history, error);
    if (status == FF_OK)
        status = check_version(history, &version, error);
    if (status == FF_OK && kind == FF_PLACE_HISTORY)
        status = check_pages(history, error);
    if (status == FF_OK)
        status = ff_database_execute(history, "PRAGMA synchronous = NORMAL", error);
    if (status == FF_OK)
        status = bring_up_to_date(history, version, error);
    if (status == FF_OK)
        (void)sqlite3_db_config(history->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
    return status;
}

/* To read, all tables must be there; only one who writes may bring them. */
static ff_status check_readable(ff_history *history, ff_error *error)
{
    int64_t version = 0;
    ff_status status = check_version(history, &version, error);
    if (status == FF_OK && version == 0) /* who was to make it was killed before it had any table */
        return say_nothing_yet(history, error);
    if (status == FF_OK && version < ff_schema_newest())
        return ff_error_set(error, FF_UNSUPPORTED,
                            "%s: an older firstfault made this history; the next scan brings it up to date",
                            history->path);
    return status;
}

ff_status ff_history_open(ff_history **history, const char *path, ff_history_mode mode, ff_error *error)
{
    ff_place_kind kind = FF_PLACE_NOTHING;
    *history = NULL;
    ff_history *made = calloc(1, sizeof *made);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_status status = ff_place_find(&made->path, path, mode == FF_HISTORY_WRITE, error);
    if (status == FF_OK)
        status = ff_place_look(made->path, &kind, error);
    if (status == FF_OK && mode == FF_HISTORY_WRITE)
        status = open_to_write(made, kind, error);
    else if (status == FF_OK && kind == FF_PLACE_NOTHING)
        status = say_nothing_yet(made, error);
    else if (status == FF_OK)
        status = open_to_read(made, error);
    if (status == FF_OK && mode == FF_HISTORY_READ)
        status = check_readable(made, error);
    if (status == FF_OK)
        *history = made;
    else
        ff_history_close(made);
    return status;
}

void ff_history_close(ff_history *history)
{
    if (!history)
        return;
    (void)sqlite3_close(history->db);
    free(history->path);
    free(history);
}
