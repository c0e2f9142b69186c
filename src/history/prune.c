#include "history/row.h"
#include "history/window.h"

/* Runs that are forgotten in one transaction, so that other programs come to their turn. */
enum { SLICE = 500 };

typedef struct run_key {
    int64_t repository, id;
} run_key;

static const char FORGET_RUN[] =
    "DELETE FROM run WHERE repository = :repository AND id = :run AND created_at < :before";
static const char FORGET_SCANS[] = "DELETE FROM scan WHERE ended_at < :before";
static const char FORGET_REPOSITORIES[] =
    "DELETE FROM repository WHERE NOT EXISTS (SELECT 1 FROM run WHERE run.repository = repository.id)"
    " AND NOT EXISTS (SELECT 1 FROM scan_repository AS scanned WHERE scanned.repository = repository.id)"
    " AND NOT EXISTS (SELECT 1 FROM said WHERE said.repository = repository.id)";

static ff_status find_old(ff_history *history, int64_t before, run_key keys[SLICE], size_t *count, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, history, FF_QUERY_OLD_RUNS, NULL, error);
    ff_statement_set_int(&row, ":before", before);
    ff_statement_set_int(&row, ":most", SLICE);
    *count = 0;
    while (status == FF_OK && *count < SLICE && (status = ff_statement_next(&row, error)) == FF_OK) {
        keys[*count].repository = ff_statement_int(&row);
        keys[(*count)++].id = ff_statement_int(&row);
    }
    return ff_row_end(&row, status);
}

static ff_status forget_runs(ff_history *history, int64_t before, size_t *count, ff_error *error)
{
    run_key keys[SLICE];
    ff_statement forget;
    ff_status status = find_old(history, before, keys, count, error);
    if (status == FF_OK)
        status = ff_statement_open(&forget, history, FORGET_RUN, error);
    if (status != FF_OK)
        return status;
    for (size_t i = 0; i < *count && status == FF_OK; i++) {
        ff_statement_set_int(&forget, ":repository", keys[i].repository);
        ff_statement_set_int(&forget, ":run", keys[i].id);
        ff_statement_set_int(&forget, ":before", before);
        status = ff_statement_run(&forget, error);
    }
    ff_statement_close(&forget);
    return status;
}

static ff_status forget_scans(ff_history *history, int64_t before, ff_error *error)
{
    ff_statement forget;
    ff_status status = ff_statement_open(&forget, history, FORGET_SCANS, error);
    ff_statement_set_int(&forget, ":before", before);
    if (status == FF_OK)
        status = ff_statement_run(&forget, error);
    ff_statement_close(&forget);
    return status == FF_OK ? ff_database_execute(history, FORGET_REPOSITORIES, error) : status;
}

ff_status ff_history_prune(ff_history *history, int64_t before, uint64_t *runs, ff_error *error)
{
    size_t count = 0;
    ff_status status = FF_OK;
    *runs = 0;
    do {
        status = ff_database_begin(history, error);
        if (status != FF_OK)
            return status;
        status = ff_database_end(history, forget_runs(history, before, &count, error), error);
        if (status == FF_OK)
            *runs += count;
    } while (status == FF_OK && count);
    if (status == FF_OK)
        status = ff_database_begin(history, error);
    if (status != FF_OK)
        return status;
    status = ff_database_end(history, forget_scans(history, before, error), error);
    /* What is free then goes back to the file system. */
    return status == FF_OK ? ff_database_execute(history, "PRAGMA incremental_vacuum", error) : status;
}
