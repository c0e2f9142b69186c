#include "base/limits.h"
#include "history/listed.h"
#include "history/row.h"

#include <sqlite3.h>

static const char ADD_SCAN[] =
    "INSERT INTO scan (started_at, ended_at, since, until, branch, event, workflow, cancelled, digest, listed, failed,"
    " analysed, known, expired, errors) VALUES (:started_at, :ended_at, :since, :until, :branch, :event, :workflow,"
    " :cancelled, :digest, :listed, :failed, :analysed, :known, :expired, :errors)";

static const char ADD_SCANNED[] =
    "INSERT OR IGNORE INTO scan_repository (scan, repository) VALUES (:scan, :repository)";

static const char ADD_SAID[] = "INSERT INTO said (repository, fingerprint, said_at, scan, state, count, last_seen)"
                               " VALUES (:repository, :fingerprint, :said_at, :scan, :state, :count, :last_seen)";

static ff_status add_scan(ff_history *history, const ff_history_scan *scan, ff_error *error)
{
    ff_statement add;
    const ff_history_window *window = &scan->window;
    ff_status status = ff_statement_open(&add, history, ADD_SCAN, error);
    ff_statement_set_time(&add, ":started_at", scan->started_at);
    ff_statement_set_int(&add, ":ended_at", scan->ended_at);
    ff_statement_set_time(&add, ":since", window->since);
    ff_statement_set_time(&add, ":until", window->until);
    ff_statement_set_text(&add, ":branch", window->branch);
    ff_statement_set_text(&add, ":event", window->event);
    ff_statement_set_text(&add, ":workflow", window->workflow);
    ff_statement_set_int(&add, ":cancelled", window->cancelled);
    ff_statement_set_text(&add, ":digest", scan->digest);
    ff_statement_set_uint(&add, ":listed", scan->listed);
    ff_statement_set_uint(&add, ":failed", scan->failed);
    ff_statement_set_uint(&add, ":analysed", scan->analysed);
    ff_statement_set_uint(&add, ":known", scan->known);
    ff_statement_set_uint(&add, ":expired", scan->expired);
    ff_statement_set_uint(&add, ":errors", scan->errors);
    if (status == FF_OK)
        status = ff_statement_run(&add, error);
    ff_statement_close(&add);
    return status;
}

static ff_status add_scanned(ff_history *history, const ff_history_window *window, int64_t scan, ff_error *error)
{
    ff_statement add;
    ff_status status = ff_statement_open(&add, history, ADD_SCANNED, error);
    for (size_t i = 0; i < window->repository_count && status == FF_OK; i++) {
        int64_t repository = 0;
        status = ff_listed_repository(history, &window->repositories[i], &repository, error);
        ff_statement_set_int(&add, ":scan", scan);
        ff_statement_set_int(&add, ":repository", repository);
        if (status == FF_OK)
            status = ff_statement_run(&add, error);
    }
    ff_statement_close(&add);
    return status;
}

static ff_status add_said(ff_history *history, const ff_history_scan *scan, int64_t number, ff_error *error)
{
    ff_statement add;
    ff_status status = ff_statement_open(&add, history, ADD_SAID, error);
    for (size_t i = 0; i < scan->said_count && status == FF_OK; i++) {
        const ff_history_said *said = &scan->said[i];
        const ff_history_run repository_of = {.host = said->host, .repository = said->repository};
        int64_t repository = 0;
        status = ff_listed_repository(history, &repository_of, &repository, error);
        ff_statement_set_int(&add, ":repository", repository);
        ff_statement_set_text(&add, ":fingerprint", ff_slice_of(said->fingerprint));
        ff_statement_set_int(&add, ":said_at", scan->ended_at);
        ff_statement_set_int(&add, ":scan", number);
        ff_statement_set_text(&add, ":state", said->state);
        ff_statement_set_uint(&add, ":count", said->count);
        ff_statement_set_time(&add, ":last_seen", said->last_seen);
        if (status == FF_OK)
            status = ff_statement_run(&add, error);
    }
    ff_statement_close(&add);
    return status;
}

ff_status ff_history_finish(ff_history *history, const ff_history_scan *scan, ff_error *error)
{
    ff_status status = ff_database_begin(history, error);
    if (status != FF_OK)
        return status;
    status = add_scan(history, scan, error);
    int64_t number = sqlite3_last_insert_rowid(history->db);
    if (status == FF_OK)
        status = add_scanned(history, &scan->window, number, error);
    if (status == FF_OK)
        status = add_said(history, scan, number, error);
    return ff_database_end(history, status, error);
}

static ff_status visit_said(ff_statement *row, ff_history_said_fn visit, void *self, ff_error *error)
{
    ff_status status = FF_OK;
    while (status == FF_OK && (status = ff_statement_next(row, error)) == FF_OK) {
        ff_history_said said = {0};
        ff_row_said(row, &said);
        status = visit(self, &said);
    }
    return status;
}

ff_status ff_history_last_said(ff_history *history, const ff_history_window *window, ff_history_said_fn visit,
                               void *self, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, history, FF_QUERY_LAST_SAID, window, error);
    return ff_row_end(&row, status == FF_OK ? visit_said(&row, visit, self, error) : status);
}

ff_status ff_history_said_of(ff_history *history, const ff_history_window *window, const char *fingerprint,
                             ff_history_said_fn visit, void *self, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, history, FF_QUERY_SAID_OF, window, error);
    ff_statement_set_whole(&row, ":fingerprint", ff_slice_of(fingerprint));
    return ff_row_end(&row, status == FF_OK ? visit_said(&row, visit, self, error) : status);
}

/* Hexadecimal digits in lower case, or nothing. */
static bool fold_prefix(char out[FF_SHA256_HEX + 1], ff_slice prefix)
{
    if (!prefix.len || prefix.len > FF_SHA256_HEX)
        return false;
    for (size_t i = 0; i < prefix.len; i++) {
        char byte = prefix.ptr[i];
        out[i] = byte >= 'A' && byte <= 'F' ? (char)(byte - 'A' + 'a') : byte;
        if (!(out[i] >= '0' && out[i] <= '9') && !(out[i] >= 'a' && out[i] <= 'f'))
            return false;
    }
    out[prefix.len] = '\0';
    return true;
}

ff_status ff_history_find(ff_history *history, ff_slice prefix, size_t most, ff_history_print_fn visit, void *self,
                          ff_error *error)
{
    char first[FF_SHA256_HEX + 1], behind[FF_SHA256_HEX + 2];
    ff_statement row;
    if (!fold_prefix(first, prefix))
        return FF_OK;
    memcpy(behind, first, prefix.len);
    behind[prefix.len] = 'g'; /* stands behind all digits */
    ff_status status = ff_statement_open(&row, history, ff_query_text(FF_QUERY_FIND), error);
    ff_statement_set_whole(&row, ":first", (ff_slice){first, prefix.len});
    ff_statement_set_whole(&row, ":behind", (ff_slice){behind, prefix.len + 1});
    ff_statement_set_uint(&row, ":most", most);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        char fingerprint[FF_SHA256_HEX + 1];
        ff_row_fingerprint(&row, fingerprint);
        status = visit(self, fingerprint);
    }
    return ff_row_end(&row, status);
}
