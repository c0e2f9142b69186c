#include "history/row.h"

/* Members. */

ff_status ff_history_members(ff_history *history, const ff_history_window *window, ff_history_member_fn visit,
                             void *self, ff_error *error)
{
    ff_statement row;
    ff_query query = window && window->fingerprint ? FF_QUERY_MEMBERS_OF : FF_QUERY_MEMBERS;
    ff_status status = ff_row_ask(&row, history, query, window, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_history_member member = {0};
        ff_row_run(&row, &member.run);
        ff_row_diagnosis(&row, &member.diagnosis);
        member.jobs = ff_statement_text(&row);
        status = visit(self, &member);
    }
    return ff_row_end(&row, status);
}

/* What several members tell. */

ff_status ff_history_edges(ff_history *history, const ff_history_window *window, ff_history_edge_fn visit, void *self,
                           ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, history, FF_QUERY_EDGES, window, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        char effect[FF_SHA256_HEX + 1], cause[FF_SHA256_HEX + 1];
        ff_row_fingerprint(&row, effect);
        ff_row_fingerprint(&row, cause);
        const ff_history_edge edge = {.effect = effect, .cause = cause, .runs = ff_statement_uint(&row)};
        status = visit(self, &edge);
    }
    return ff_row_end(&row, status);
}

/* The window, about one group. */
static ff_history_window of_group(const ff_history_window *window, const char *fingerprint)
{
    ff_history_window group = {.since = FF_NO_TIME, .until = FF_NO_TIME};
    if (window)
        group = *window;
    group.fingerprint = fingerprint;
    return group;
}

ff_status ff_history_days(ff_history *history, const ff_history_window *window, const char *fingerprint,
                          ff_history_day_fn visit, void *self, ff_error *error)
{
    ff_statement row;
    const ff_history_window group = of_group(window, fingerprint);
    ff_status status = ff_row_ask(&row, history, fingerprint ? FF_QUERY_DAYS_OF : FF_QUERY_DAYS, &group, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_history_day day = {0};
        day.day = ff_statement_int(&row);
        day.failed = ff_statement_uint(&row);
        day.passed = ff_statement_uint(&row);
        status = visit(self, &day);
    }
    return ff_row_end(&row, status);
}

ff_status ff_history_seen(ff_history *history, const ff_history_window *window, const char *fingerprint,
                          ff_history_sight *sight, ff_error *error)
{
    ff_statement row;
    ff_history_window all_time = {.since = FF_NO_TIME, .until = FF_NO_TIME, .fingerprint = fingerprint};
    if (window) {
        all_time.repositories = window->repositories;
        all_time.repository_count = window->repository_count;
        all_time.cancelled = window->cancelled;
    }
    ff_status status = ff_row_ask(&row, history, FF_QUERY_SEEN, &all_time, error);
    if (status == FF_OK)
        status = ff_statement_next(&row, error);
    if (status == FF_OK) {
        sight->first = ff_statement_time(&row);
        sight->last = ff_statement_time(&row);
        sight->runs = ff_statement_uint(&row);
    }
    ff_statement_close(&row);
    return status == FF_OK && !sight->runs ? FF_NOT_FOUND : status;
}
