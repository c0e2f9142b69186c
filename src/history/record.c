#include "base/limits.h"
#include "history/row.h"
#include "history/window.h"

#define KEY "(repository, run, attempt"
#define KEY_VALUES " VALUES (:repository, :run, :attempt"

static const char FIND_STATE[] =
    "SELECT state FROM run WHERE repository = :repository AND id = :run AND attempt = :attempt";

static const char SET_STATE[] = "UPDATE run SET state = :state, digest = :digest, why = :why, partial = :partial"
                                " WHERE repository = :repository AND id = :run AND attempt = :attempt";

static const char ADD_FAILURE[] =
    "INSERT INTO failure " KEY ", number, job, step, step_name, conclusion, file, line, follow_on, rank)" KEY_VALUES
    ", :number, :job, :step, :step_name, :conclusion, :file, :line, :follow_on, :rank)";

static const char ADD_DIAGNOSIS[] =
    "INSERT INTO diagnosis " KEY ", rank, fingerprint, rule, family, role, title, verdict, standing, summary,"
    " confidence, job, step_name, step, tolerated, origin, count, fix, command, json)" KEY_VALUES
    ", :rank, :fingerprint, :rule, :family, :role, :title, :verdict, :standing, :summary, :confidence, :job,"
    " :step_name, :step, :tolerated, :origin, :count, :fix, :command, :json)";

static const char ADD_EVIDENCE[] =
    "INSERT INTO evidence " KEY ", rank, position, number, kind, file, line, end_line, job_line, main, text)" KEY_VALUES
    ", :rank, :position, :number, :kind, :file, :line, :end_line, :job_line, :main, :text)";

static const char ADD_CAUSE[] = "INSERT OR IGNORE INTO cause " KEY ", rank, cause)" KEY_VALUES ", :rank, :cause)";

/* Of two results of one attempt the one that says more stays. */
static const int WORTH[] = {
    [FF_HISTORY_LISTED] = 0,
    [FF_HISTORY_ERROR] = 1,
    [FF_HISTORY_EXPIRED] = 2,
    [FF_HISTORY_ANALYSED] = 3,
};

/* The statements of one result. */
typedef struct record {
    ff_history *history;
    const ff_history_result *result;
    int64_t repository;
    ff_statement diagnosis, evidence, cause;
} record;

static void set_key(const record *to, ff_statement *statement)
{
    ff_statement_set_int(statement, ":repository", to->repository);
    ff_statement_set_uint(statement, ":run", to->result->run.id);
    ff_statement_set_uint(statement, ":attempt", to->result->run.attempt);
}

/* How much the result that is there is worth. */
static ff_status find_worth(const record *to, int *worth, ff_error *error)
{
    ff_statement find;
    ff_status status = ff_statement_open(&find, to->history, FIND_STATE, error);
    set_key(to, &find);
    if (status == FF_OK)
        status = ff_statement_next(&find, error);
    if (status == FF_OK)
        *worth = WORTH[ff_row_state(&find)];
    ff_statement_close(&find);
    return status == FF_END ? ff_error_set(error, FF_NOT_FOUND, "run %llu was not listed before",
                                           (unsigned long long)to->result->run.id)
                            : status;
}

static ff_status forget_result(const record *to, ff_error *error)
{
    static const char *const deletions[] = {
        "DELETE FROM failure WHERE repository = :repository AND run = :run AND attempt = :attempt",
        "DELETE FROM diagnosis WHERE repository = :repository AND run = :run AND attempt = :attempt",
    };
    ff_status status = FF_OK;
    for (size_t i = 0; i < sizeof deletions / sizeof *deletions && status == FF_OK; i++) {
        ff_statement forget;
        status = ff_statement_open(&forget, to->history, deletions[i], error);
        set_key(to, &forget);
        if (status == FF_OK)
            status = ff_statement_run(&forget, error);
        ff_statement_close(&forget);
    }
    return status;
}

static ff_status set_state(const record *to, ff_error *error)
{
    ff_statement set;
    const ff_history_result *result = to->result;
    ff_status status = ff_statement_open(&set, to->history, SET_STATE, error);
    set_key(to, &set);
    ff_statement_set_text(&set, ":state", ff_slice_of(ff_history_state_name(result->state)));
    ff_statement_set_text(&set, ":digest", result->state == FF_HISTORY_ANALYSED ? result->digest : (ff_slice){0});
    ff_statement_set_text(&set, ":why", result->why);
    ff_statement_set_int(&set, ":partial", result->partial);
    if (status == FF_OK)
        status = ff_statement_run(&set, error);
    ff_statement_close(&set);
    return status;
}

static ff_status add_failures(const record *to, ff_error *error)
{
    ff_statement add;
    ff_status status = ff_statement_open(&add, to->history, ADD_FAILURE, error);
    for (size_t i = 0; i < to->result->failure_count && status == FF_OK; i++) {
        const ff_history_failure *failure = &to->result->failures[i];
        set_key(to, &add);
        ff_statement_set_uint(&add, ":number", i + 1);
        ff_statement_set_text(&add, ":job", failure->job);
        ff_statement_set_int(&add, ":step", failure->step);
        ff_statement_set_text(&add, ":step_name", failure->step_name);
        ff_statement_set_text(&add, ":conclusion", failure->conclusion);
        ff_statement_set_text(&add, ":file", failure->file);
        ff_statement_set_uint(&add, ":line", failure->line);
        ff_statement_set_int(&add, ":follow_on", failure->follow_on);
        ff_statement_set_int(&add, ":rank", failure->rank);
        status = ff_statement_run(&add, error);
    }
    ff_statement_close(&add);
    return status;
}

static ff_status add_evidence(record *to, const ff_history_diagnosis *diagnosis, ff_error *error)
{
    ff_statement *add = &to->evidence;
    ff_status status = FF_OK;
    for (size_t i = 0; i < diagnosis->evidence_count && status == FF_OK; i++) {
        const ff_history_evidence *evidence = &diagnosis->evidence[i];
        set_key(to, add);
        ff_statement_set_int(add, ":rank", diagnosis->rank);
        ff_statement_set_uint(add, ":position", i + 1);
        ff_statement_set_int(add, ":number", evidence->number);
        ff_statement_set_text(add, ":kind", evidence->kind);
        ff_statement_set_text(add, ":file", evidence->file);
        ff_statement_set_uint(add, ":line", evidence->line);
        ff_statement_set_uint(add, ":end_line", evidence->end_line);
        ff_statement_set_uint(add, ":job_line", evidence->job_line);
        ff_statement_set_int(add, ":main", evidence->primary);
        ff_statement_set_text(add, ":text", evidence->text);
        status = ff_statement_run(add, error);
    }
    return status;
}

static ff_status add_causes(record *to, const ff_history_diagnosis *diagnosis, ff_error *error)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < diagnosis->caused_by_count && status == FF_OK; i++) {
        set_key(to, &to->cause);
        ff_statement_set_int(&to->cause, ":rank", diagnosis->rank);
        ff_statement_set_int(&to->cause, ":cause", diagnosis->caused_by[i]);
        status = ff_statement_run(&to->cause, error);
    }
    return status;
}

static void set_diagnosis(ff_statement *add, const ff_history_diagnosis *diagnosis)
{
    ff_slice json = diagnosis->json;
    ff_statement_set_int(add, ":rank", diagnosis->rank);
    ff_statement_set_text(add, ":fingerprint", ff_slice_of(diagnosis->fingerprint));
    ff_statement_set_text(add, ":rule", diagnosis->rule);
    ff_statement_set_text(add, ":family", diagnosis->family);
    ff_statement_set_text(add, ":role", diagnosis->role);
    ff_statement_set_text(add, ":title", diagnosis->title);
    ff_statement_set_text(add, ":verdict", diagnosis->verdict);
    ff_statement_set_text(add, ":standing", diagnosis->standing);
    ff_statement_set_text(add, ":summary", diagnosis->summary);
    ff_statement_set_real(add, ":confidence", diagnosis->confidence);
    ff_statement_set_text(add, ":job", diagnosis->job);
    ff_statement_set_text(add, ":step_name", diagnosis->step_name);
    ff_statement_set_int(add, ":step", diagnosis->step);
    ff_statement_set_int(add, ":tolerated", diagnosis->tolerated);
    ff_statement_set_int(add, ":origin", diagnosis->origin);
    ff_statement_set_int(add, ":count", diagnosis->count);
    ff_statement_set_text(add, ":fix", diagnosis->fix);
    ff_statement_set_text(add, ":command", diagnosis->command);
    /* Half of it would be no JSON. */
    ff_statement_set_whole(add, ":json", json.len > FF_LIMIT_HISTORY_JSON_BYTES ? (ff_slice){0} : json);
}

static ff_status add_diagnoses(record *to, ff_error *error)
{
    ff_status status = ff_statement_open(&to->diagnosis, to->history, ADD_DIAGNOSIS, error);
    if (status == FF_OK)
        status = ff_statement_open(&to->evidence, to->history, ADD_EVIDENCE, error);
    if (status == FF_OK)
        status = ff_statement_open(&to->cause, to->history, ADD_CAUSE, error);
    for (size_t i = 0; i < to->result->diagnosis_count && status == FF_OK; i++) {
        const ff_history_diagnosis *diagnosis = &to->result->diagnoses[i];
        set_key(to, &to->diagnosis);
        set_diagnosis(&to->diagnosis, diagnosis);
        status = ff_statement_run(&to->diagnosis, error);
        if (status == FF_OK)
            status = add_evidence(to, diagnosis, error);
        if (status == FF_OK)
            status = add_causes(to, diagnosis, error);
    }
    ff_statement_close(&to->diagnosis);
    ff_statement_close(&to->evidence);
    ff_statement_close(&to->cause);
    return status;
}

ff_status ff_history_record(ff_history *history, const ff_history_result *result, ff_error *error)
{
    record to = {.history = history, .result = result};
    int worth = 0;
    ff_status status = ff_window_number(result->run.host, result->run.repository, &to.repository, error);
    if (status == FF_OK)
        status = ff_database_begin(history, error);
    if (status != FF_OK)
        return status;
    status = find_worth(&to, &worth, error);
    if (status == FF_OK && worth <= WORTH[result->state]) {
        status = forget_result(&to, error);
        if (status == FF_OK)
            status = set_state(&to, error);
        if (status == FF_OK)
            status = add_failures(&to, error);
        if (status == FF_OK)
            status = add_diagnoses(&to, error);
    }
    return ff_database_end(history, status, error);
}
