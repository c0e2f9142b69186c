#include "history/row.h"

#include "history/window.h"

static const char *const STATES[] = {
    [FF_HISTORY_LISTED] = "listed",
    [FF_HISTORY_ANALYSED] = "analysed",
    [FF_HISTORY_EXPIRED] = "expired",
    [FF_HISTORY_ERROR] = "error",
};

const char *ff_history_state_name(ff_history_state state)
{
    return STATES[state];
}

ff_history_state ff_row_state(ff_statement *row)
{
    ff_slice name = ff_statement_text(row);
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        if (ff_slice_eq(name, ff_slice_of(STATES[i])))
            return (ff_history_state)i;
    return FF_HISTORY_LISTED;
}

ff_status ff_row_ask(ff_statement *statement, ff_history *history, ff_query query, const ff_history_window *window,
                     ff_error *error)
{
    ff_status status = ff_statement_open(statement, history, ff_query_text(query), error);
    return status == FF_OK ? ff_window_set(statement, window, error) : status;
}

ff_status ff_row_end(ff_statement *statement, ff_status status)
{
    ff_statement_close(statement);
    return status == FF_END ? FF_OK : status;
}

void ff_row_fingerprint(ff_statement *row, char fingerprint[FF_SHA256_HEX + 1])
{
    ff_slice text = ff_slice_cut(ff_statement_text(row), FF_SHA256_HEX);
    if (text.len)
        memcpy(fingerprint, text.ptr, text.len);
    fingerprint[text.len] = '\0';
}

void ff_row_run(ff_statement *row, ff_history_run *run)
{
    run->host = ff_statement_text(row);
    run->repository = ff_statement_text(row);
    run->id = ff_statement_uint(row);
    run->attempt = ff_statement_small(row);
    run->workflow_id = ff_statement_uint(row);
    run->workflow = ff_statement_text(row);
    run->workflow_path = ff_statement_text(row);
    run->event = ff_statement_text(row);
    run->head_branch = ff_statement_text(row);
    run->head_sha = ff_statement_text(row);
    run->title = ff_statement_text(row);
    run->conclusion = ff_statement_text(row);
    run->created_at = ff_statement_time(row);
    run->started_at = ff_statement_time(row);
    run->updated_at = ff_statement_time(row);
}

void ff_row_known(ff_statement *row, ff_history_known *known)
{
    ff_row_run(row, &known->run);
    known->state = ff_row_state(row);
    known->digest = ff_statement_text(row);
    known->why = ff_statement_text(row);
}

void ff_row_diagnosis(ff_statement *row, ff_history_diagnosis *diagnosis)
{
    diagnosis->rank = ff_statement_small(row);
    ff_row_fingerprint(row, diagnosis->fingerprint);
    diagnosis->rule = ff_statement_text(row);
    diagnosis->family = ff_statement_text(row);
    diagnosis->role = ff_statement_text(row);
    diagnosis->title = ff_statement_text(row);
    diagnosis->verdict = ff_statement_text(row);
    diagnosis->standing = ff_statement_text(row);
    diagnosis->summary = ff_statement_text(row);
    diagnosis->confidence = ff_statement_real(row);
    diagnosis->job = ff_statement_text(row);
    diagnosis->step_name = ff_statement_text(row);
    diagnosis->step = ff_statement_int(row);
    diagnosis->tolerated = ff_statement_bool(row);
    diagnosis->origin = ff_statement_bool(row);
    diagnosis->count = ff_statement_small(row);
    diagnosis->fix = ff_statement_text(row);
    diagnosis->command = ff_statement_text(row);
}

void ff_row_evidence(ff_statement *row, ff_history_evidence *evidence)
{
    evidence->number = ff_statement_small(row);
    evidence->kind = ff_statement_text(row);
    evidence->file = ff_statement_text(row);
    evidence->line = ff_statement_uint(row);
    evidence->end_line = ff_statement_uint(row);
    evidence->job_line = ff_statement_uint(row);
    evidence->primary = ff_statement_bool(row);
    evidence->text = ff_statement_text(row);
}

void ff_row_failure(ff_statement *row, ff_history_failure *failure)
{
    failure->job = ff_statement_text(row);
    failure->step_name = ff_statement_text(row);
    failure->conclusion = ff_statement_text(row);
    failure->file = ff_statement_text(row);
    failure->step = ff_statement_int(row);
    failure->line = ff_statement_uint(row);
    failure->follow_on = ff_statement_bool(row);
    failure->rank = ff_statement_small(row);
}

void ff_row_said(ff_statement *row, ff_history_said *said)
{
    said->host = ff_statement_text(row);
    said->repository = ff_statement_text(row);
    ff_row_fingerprint(row, said->fingerprint);
    said->state = ff_statement_text(row);
    said->count = ff_statement_uint(row);
    said->last_seen = ff_statement_time(row);
    said->said_at = ff_statement_time(row);
}
