#include "history/listed.h"

#include "history/window.h"

static const char ADD_REPOSITORY[] =
    "INSERT INTO repository (id, host, name) VALUES (:id, :host, :name) ON CONFLICT (id) DO UPDATE SET"
    " host = min(host COLLATE BINARY, excluded.host), name = min(name COLLATE BINARY, excluded.name)"
    " WHERE host COLLATE BINARY > excluded.host OR name COLLATE BINARY > excluded.name";

/* What is told later, by GitHub's clock, stays, in whichever order two scans tell it: before that nothing counts as
 * told that has no time, and of one second that the run was not completed yet. */
#define TOLD(row) "(ifnull(" row ".updated_at, -9223372036854775808), " row ".conclusion <> '')"

static const char ADD_RUN[] =
    "INSERT INTO run (repository, id, attempt, workflow_id, workflow, workflow_path, event, head_branch, head_sha, "
    "title,"
    " conclusion, created_at, started_at, updated_at) VALUES (:repository, :run, :attempt"
    ", :workflow_id, :workflow, :workflow_path, :event, :head_branch, :head_sha, :title, :conclusion, :created_at,"
    " :started_at, :updated_at) ON CONFLICT DO UPDATE SET workflow_id = excluded.workflow_id,"
    " workflow = excluded.workflow, workflow_path = excluded.workflow_path, event = excluded.event,"
    " head_branch = excluded.head_branch, head_sha = excluded.head_sha, title = excluded.title,"
    " conclusion = excluded.conclusion, created_at = excluded.created_at, started_at = excluded.started_at,"
    " updated_at = excluded.updated_at WHERE " TOLD("excluded") " >= " TOLD("run");

ff_status ff_listed_repository(ff_history *history, const ff_history_run *run, int64_t *number, ff_error *error)
{
    ff_statement add;
    ff_status status = ff_window_number(run->host, run->repository, number, error);
    if (status != FF_OK)
        return status;
    status = ff_statement_open(&add, history, ADD_REPOSITORY, error);
    ff_statement_set_int(&add, ":id", *number);
    ff_statement_set_text(&add, ":host", run->host);
    ff_statement_set_text(&add, ":name", run->repository);
    if (status == FF_OK)
        status = ff_statement_run(&add, error);
    ff_statement_close(&add);
    return status;
}

static ff_status add_run(ff_statement *add, int64_t repository, const ff_history_run *run, ff_error *error)
{
    ff_statement_set_int(add, ":repository", repository);
    ff_statement_set_uint(add, ":run", run->id);
    ff_statement_set_uint(add, ":attempt", run->attempt);
    ff_statement_set_uint(add, ":workflow_id", run->workflow_id);
    ff_statement_set_text(add, ":workflow", run->workflow);
    ff_statement_set_text(add, ":workflow_path", run->workflow_path);
    ff_statement_set_text(add, ":event", run->event);
    ff_statement_set_text(add, ":head_branch", run->head_branch);
    ff_statement_set_text(add, ":head_sha", run->head_sha);
    ff_statement_set_text(add, ":title", run->title);
    ff_statement_set_text(add, ":conclusion", run->conclusion);
    ff_statement_set_int(add, ":created_at", run->created_at);
    ff_statement_set_time(add, ":started_at", run->started_at);
    ff_statement_set_time(add, ":updated_at", run->updated_at);
    return ff_statement_run(add, error);
}

static bool is_same_repository(const ff_history_run *a, const ff_history_run *b)
{
    return ff_slice_eq(a->host, b->host) && ff_slice_eq(a->repository, b->repository);
}

ff_status ff_history_list(ff_history *history, const ff_history_run *runs, size_t count, ff_error *error)
{
    ff_statement add;
    int64_t repository = 0;
    ff_status status = ff_database_begin(history, error);
    if (status != FF_OK)
        return status;
    status = ff_statement_open(&add, history, ADD_RUN, error);
    for (size_t i = 0; i < count && status == FF_OK; i++) {
        if (!i || !is_same_repository(&runs[i], &runs[i - 1]))
            status = ff_listed_repository(history, &runs[i], &repository, error);
        if (status == FF_OK)
            status = add_run(&add, repository, &runs[i], error);
    }
    ff_statement_close(&add);
    return ff_database_end(history, status, error);
}
