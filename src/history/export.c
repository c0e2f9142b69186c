#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "history/row.h"

/* A line that is being made, and who gets it. */
typedef struct outlet {
    ff_history *history;
    const ff_history_window *window;
    ff_history_write_fn write;
    void *self;
    ff_buf line;
    ff_json json;
} outlet;

/* Texts stay as they are, newlines too: another engine reads them back. */
static void put(ff_json *json, const char *key, ff_slice text)
{
    ff_json_key(json, key);
    if (ff_utf8_is_showable(text)) /* what this program wrote is */
        ff_json_exact(json, text);
    else
        ff_json_lines(json, text);
}

static void put_int(ff_json *json, const char *key, int64_t value)
{
    ff_json_key(json, key);
    ff_json_int(json, value);
}

static void put_repository(ff_json *json, ff_slice host, ff_slice repository)
{
    put(json, "host", host);
    put(json, "repository", repository);
}

static void begin_line(outlet *to, const char *kind)
{
    ff_buf_reset(&to->line);
    to->json = (ff_json){.out = &to->line, .compact = true};
    ff_json_open(&to->json, '{');
    ff_json_put_text(&to->json, "kind", ff_slice_of(kind));
}

static ff_status end_line(outlet *to, ff_error *error)
{
    ff_json_close(&to->json, '}');
    ff_buf_add_byte(&to->line, '\n');
    ff_status status = ff_buf_status(&to->line);
    if (status != FF_OK)
        return ff_error_set(error, status, "%s",
                            status == FF_NOMEM ? "out of memory" : "a line of the export is too long");
    return to->write(to->self, ff_buf_slice(&to->line));
}

/* Repositories. */

static ff_status export_repositories(outlet *to, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, to->history, FF_QUERY_EXPORT_REPOSITORIES, to->window, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_slice host = ff_statement_text(&row);
        begin_line(to, "repository");
        put_repository(&to->json, host, ff_statement_text(&row));
        status = end_line(to, error);
    }
    return ff_row_end(&row, status);
}

/* Runs. */

static void put_run(ff_json *json, const ff_history_known *known, bool partial)
{
    const ff_history_run *run = &known->run;
    put_repository(json, run->host, run->repository);
    ff_json_put_uint(json, "id", run->id);
    ff_json_put_uint(json, "attempt", run->attempt);
    ff_json_put_uint(json, "workflow_id", run->workflow_id);
    put(json, "workflow", run->workflow);
    put(json, "workflow_path", run->workflow_path);
    put(json, "event", run->event);
    put(json, "head_branch", run->head_branch);
    put(json, "head_sha", run->head_sha);
    put(json, "title", run->title);
    put(json, "conclusion", run->conclusion);
    ff_json_put_time(json, "created_at", run->created_at);
    ff_json_put_time(json, "started_at", run->started_at);
    ff_json_put_time(json, "updated_at", run->updated_at);
    ff_json_put_text(json, "state", ff_slice_of(ff_history_state_name(known->state)));
    put(json, "catalog_digest", known->digest);
    put(json, "why", known->why);
    ff_json_put_bool(json, "partial", partial);
}

static ff_status put_failure(void *self, const ff_history_failure *failure)
{
    ff_json *json = self;
    ff_json_open(json, '{');
    put(json, "job", failure->job);
    put_int(json, "step", failure->step);
    put(json, "step_name", failure->step_name);
    put(json, "conclusion", failure->conclusion);
    put(json, "file", failure->file);
    ff_json_put_uint(json, "line", failure->line);
    ff_json_put_bool(json, "follow_on", failure->follow_on);
    ff_json_put_uint(json, "rank", failure->rank);
    ff_json_close(json, '}');
    return FF_OK;
}

static void put_evidence(ff_json *json, const ff_history_diagnosis *diagnosis)
{
    ff_json_put_list(json, "evidence");
    for (size_t i = 0; i < diagnosis->evidence_count; i++) {
        const ff_history_evidence *evidence = &diagnosis->evidence[i];
        ff_json_open(json, '{');
        ff_json_put_uint(json, "number", evidence->number);
        put(json, "kind", evidence->kind);
        put(json, "file", evidence->file);
        ff_json_put_uint(json, "line", evidence->line);
        ff_json_put_uint(json, "end_line", evidence->end_line);
        ff_json_put_uint(json, "job_line", evidence->job_line);
        ff_json_put_bool(json, "primary", evidence->primary);
        put(json, "text", evidence->text);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static ff_status put_diagnosis(void *self, const ff_history_diagnosis *diagnosis)
{
    ff_json *json = self;
    ff_json_open(json, '{');
    ff_json_put_uint(json, "rank", diagnosis->rank);
    put(json, "fingerprint", ff_slice_of(diagnosis->fingerprint));
    put(json, "rule", diagnosis->rule);
    put(json, "family", diagnosis->family);
    put(json, "role", diagnosis->role);
    put(json, "title", diagnosis->title);
    put(json, "verdict", diagnosis->verdict);
    put(json, "standing", diagnosis->standing);
    put(json, "summary", diagnosis->summary);
    ff_json_key(json, "confidence");
    ff_json_fixed(json, diagnosis->confidence);
    put(json, "job", diagnosis->job);
    put(json, "step_name", diagnosis->step_name);
    put_int(json, "step", diagnosis->step);
    ff_json_put_bool(json, "tolerated", diagnosis->tolerated);
    ff_json_put_bool(json, "origin", diagnosis->origin);
    ff_json_put_uint(json, "count", diagnosis->count);
    put(json, "fix", diagnosis->fix);
    put(json, "command", diagnosis->command);
    ff_json_put_list(json, "caused_by");
    for (size_t i = 0; i < diagnosis->caused_by_count; i++)
        ff_json_uint(json, diagnosis->caused_by[i]);
    ff_json_close(json, ']');
    put_evidence(json, diagnosis);
    ff_json_put_written(json, "report", diagnosis->json);
    ff_json_close(json, '}');
    return FF_OK;
}

static ff_status export_run(outlet *to, const ff_history_known *known, bool partial, ff_error *error)
{
    begin_line(to, "run");
    put_run(&to->json, known, partial);
    ff_json_put_list(&to->json, "failures");
    ff_status status = ff_history_failures_of(to->history, &known->run, put_failure, &to->json, error);
    ff_json_close(&to->json, ']');
    ff_json_put_list(&to->json, "diagnoses");
    if (status == FF_OK)
        status = ff_history_diagnoses_of(to->history, &known->run, put_diagnosis, &to->json, error);
    ff_json_close(&to->json, ']');
    return status == FF_OK ? end_line(to, error) : status;
}

static ff_status export_runs(outlet *to, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, to->history, FF_QUERY_EXPORT_RUNS, to->window, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_history_known known = {0};
        ff_row_known(&row, &known);
        status = export_run(to, &known, ff_statement_bool(&row), error);
    }
    return ff_row_end(&row, status);
}

/* Scans. */

static ff_status put_scanned(outlet *to, int64_t scan, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_statement_open(&row, to->history, ff_query_text(FF_QUERY_EXPORT_SCANNED), error);
    ff_statement_set_int(&row, ":scan", scan);
    ff_json_put_list(&to->json, "repositories");
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_slice host = ff_statement_text(&row);
        ff_json_open(&to->json, '{');
        put_repository(&to->json, host, ff_statement_text(&row));
        ff_json_close(&to->json, '}');
    }
    ff_json_close(&to->json, ']');
    return ff_row_end(&row, status);
}

static ff_status put_said(outlet *to, int64_t scan, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_statement_open(&row, to->history, ff_query_text(FF_QUERY_EXPORT_SAID), error);
    ff_statement_set_int(&row, ":scan", scan);
    ff_json_put_list(&to->json, "said");
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_history_said said = {0};
        ff_row_said(&row, &said);
        ff_json_open(&to->json, '{');
        put_repository(&to->json, said.host, said.repository);
        put(&to->json, "fingerprint", ff_slice_of(said.fingerprint));
        put(&to->json, "state", said.state);
        ff_json_put_uint(&to->json, "count", said.count);
        ff_json_put_time(&to->json, "last_seen", said.last_seen);
        ff_json_close(&to->json, '}');
    }
    ff_json_close(&to->json, ']');
    return ff_row_end(&row, status);
}

static void put_scan(ff_json *json, ff_statement *row)
{
    static const char *const times[] = {"started_at", "ended_at", "since", "until"};
    static const char *const texts[] = {"branch", "event", "workflow"};
    static const char *const counts[] = {"listed", "failed", "analysed", "known", "expired", "errors"};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        ff_json_put_time(json, times[i], ff_statement_time(row));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put(json, texts[i], ff_statement_text(row));
    ff_json_put_bool(json, "include_cancelled", ff_statement_bool(row));
    put(json, "catalog_digest", ff_statement_text(row));
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        ff_json_put_uint(json, counts[i], ff_statement_uint(row));
}

static ff_status export_scans(outlet *to, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, to->history, FF_QUERY_EXPORT_SCANS, to->window, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        int64_t scan = ff_statement_int(&row);
        begin_line(to, "scan");
        put_scan(&to->json, &row);
        status = put_scanned(to, scan, error);
        if (status == FF_OK)
            status = put_said(to, scan, error);
        if (status == FF_OK)
            status = end_line(to, error);
    }
    return ff_row_end(&row, status);
}

/* All of it is of one moment: nobody else's changes are seen on the way. */
ff_status ff_history_export(ff_history *history, const ff_history_window *window, ff_history_write_fn write, void *self,
                            ff_error *error)
{
    outlet to = {.history = history, .window = window, .write = write, .self = self};
    ff_status status = ff_database_execute(history, "BEGIN", error);
    if (status != FF_OK)
        return status;
    ff_buf_init(&to.line, FF_LIMIT_HISTORY_LINE_BYTES);
    status = export_repositories(&to, error);
    if (status == FF_OK)
        status = export_runs(&to, error);
    if (status == FF_OK)
        status = export_scans(&to, error);
    ff_buf_release(&to.line);
    return ff_database_end(history, status, error);
}
