#include "history/row.h"
#include "history/window.h"

ff_status ff_history_failed(ff_history *history, const ff_history_window *window, ff_history_known_fn visit, void *self,
                            ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, history, FF_QUERY_FAILED, window, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_history_known known = {0};
        ff_row_known(&row, &known);
        status = visit(self, &known);
    }
    return ff_row_end(&row, status);
}

static ff_status visit_runs(ff_statement *row, ff_history_run_fn visit, void *self, ff_error *error)
{
    ff_status status = FF_OK;
    while (status == FF_OK && (status = ff_statement_next(row, error)) == FF_OK) {
        ff_history_known known = {0};
        ff_row_known(row, &known);
        status = visit(self, &known, ff_statement_small(row));
    }
    return status;
}

ff_status ff_history_runs(ff_history *history, const ff_history_window *window, ff_history_run_fn visit, void *self,
                          ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, history, FF_QUERY_RUNS, window, error);
    if (status == FF_OK)
        status = visit_runs(&row, visit, self, error);
    return ff_row_end(&row, status);
}

ff_status ff_history_passed_after(ff_history *history, const ff_history_run *run, ff_history_run_fn visit, void *self,
                                  ff_error *error)
{
    ff_statement row;
    ff_status status = ff_statement_open(&row, history, ff_query_text(FF_QUERY_PASSED_AFTER), error);
    if (status == FF_OK)
        status = ff_window_set_run(&row, run, error);
    ff_statement_set_uint(&row, ":workflow_id", run->workflow_id);
    ff_statement_set_whole(&row, ":workflow", run->workflow);
    ff_statement_set_whole(&row, ":branch", run->head_branch);
    ff_statement_set_whole(&row, ":event", run->event);
    ff_statement_set_int(&row, ":created_at", run->created_at);
    ff_statement_set_whole(&row, ":cancelled", FF_LIT("failure"));
    if (status == FF_OK)
        status = ff_statement_next(&row, error);
    if (status == FF_OK) {
        ff_history_known known = {0};
        ff_row_known(&row, &known);
        status = visit(self, &known, ff_statement_small(&row));
    } else if (status == FF_END) {
        status = FF_NOT_FOUND;
    }
    return ff_row_end(&row, status);
}
