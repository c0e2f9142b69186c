#include "base/array.h"
#include "base/limits.h"
#include "history/row.h"
#include "history/window.h"

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

/* One diagnosis. */

typedef struct evidence_list {
    ff_history_evidence *items;
    size_t count, cap;
} evidence_list;

typedef struct rank_list {
    uint32_t *items;
    size_t count, cap;
} rank_list;

static ff_status ask_diagnosis(ff_statement *row, ff_history *history, ff_query query, const ff_history_run *run,
                               ff_error *error)
{
    ff_status status = ff_statement_open(row, history, ff_query_text(query), error);
    return status == FF_OK ? ff_window_set_run(row, run, error) : status;
}

static ff_status read_evidence(ff_statement *row, evidence_list *list, ff_arena *arena, ff_error *error)
{
    ff_status status = FF_OK;
    while (status == FF_OK && (status = ff_statement_next(row, error)) == FF_OK) {
        ff_history_evidence *evidence = FF_ARRAY_PUSH(arena, list);
        if (!evidence)
            return FF_NOMEM;
        ff_row_evidence(row, evidence);
        evidence->kind = ff_arena_dup(arena, evidence->kind);
        evidence->file = ff_arena_dup(arena, evidence->file);
        evidence->text = ff_arena_dup(arena, evidence->text);
    }
    return status == FF_END ? FF_OK : status;
}

static ff_status read_causes(ff_statement *row, rank_list *list, ff_arena *arena, ff_error *error)
{
    ff_status status = FF_OK;
    while (status == FF_OK && (status = ff_statement_next(row, error)) == FF_OK) {
        uint32_t *rank = FF_ARRAY_PUSH(arena, list);
        if (!rank)
            return FF_NOMEM;
        *rank = ff_statement_small(row);
    }
    return status == FF_END ? FF_OK : status;
}

/* What hangs on a diagnosis; rows of other questions keep their texts only until the next step, so they are copied. */
static ff_status complete(ff_history *history, const ff_history_run *run, ff_history_diagnosis *diagnosis,
                          ff_arena *arena, ff_error *error)
{
    ff_statement row;
    evidence_list evidence = {0};
    rank_list causes = {0};
    ff_status status = ask_diagnosis(&row, history, FF_QUERY_EVIDENCE, run, error);
    ff_statement_set_int(&row, ":rank", diagnosis->rank);
    if (status == FF_OK)
        status = read_evidence(&row, &evidence, arena, error);
    ff_statement_close(&row);
    if (status != FF_OK)
        return status;
    status = ask_diagnosis(&row, history, FF_QUERY_CAUSES, run, error);
    ff_statement_set_int(&row, ":rank", diagnosis->rank);
    if (status == FF_OK)
        status = read_causes(&row, &causes, arena, error);
    ff_statement_close(&row);
    diagnosis->evidence = evidence.items;
    diagnosis->evidence_count = evidence.count;
    diagnosis->caused_by = causes.items;
    diagnosis->caused_by_count = causes.count;
    return status == FF_OK && arena->failed ? FF_NOMEM : status;
}

/* Visits the diagnoses of an attempt from one rank to another. */
static ff_status visit_ranks(ff_statement *row, const ff_history_run *run, ff_history_diagnosis_fn visit, void *self,
                             ff_error *error)
{
    ff_status status = FF_OK;
    ff_arena arena;
    ff_arena_init(&arena, FF_LIMIT_ARENA_BYTES);
    while (status == FF_OK && (status = ff_statement_next(row, error)) == FF_OK) {
        ff_history_diagnosis diagnosis = {0};
        ff_arena_mark mark = ff_arena_here(&arena);
        ff_row_diagnosis(row, &diagnosis);
        diagnosis.json = ff_statement_text(row);
        status = complete(row->history, run, &diagnosis, &arena, error);
        if (status == FF_NOMEM)
            (void)ff_error_set(error, FF_NOMEM, "out of memory");
        if (status == FF_OK)
            status = visit(self, &diagnosis);
        ff_arena_rewind(&arena, mark);
    }
    ff_arena_release(&arena);
    return status;
}

/* Passes a visit on, and tells whether there was one. */
typedef struct found_one {
    ff_history_diagnosis_fn visit;
    void *self;
    bool any;
} found_one;

static ff_status visit_found(void *self, const ff_history_diagnosis *diagnosis)
{
    found_one *found = self;
    found->any = true;
    return found->visit(found->self, diagnosis);
}

ff_status ff_history_diagnosis_of(ff_history *history, const ff_history_run *run, uint32_t rank,
                                  ff_history_diagnosis_fn visit, void *self, ff_error *error)
{
    ff_statement row;
    found_one found = {.visit = visit, .self = self};
    ff_status status = ask_diagnosis(&row, history, FF_QUERY_DIAGNOSIS, run, error);
    ff_statement_set_int(&row, ":rank", rank);
    ff_statement_set_int(&row, ":last", rank);
    if (status == FF_OK)
        status = visit_ranks(&row, run, visit_found, &found, error);
    status = ff_row_end(&row, status);
    return status == FF_OK && !found.any ? FF_NOT_FOUND : status;
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

ff_status ff_history_seen(ff_history *history, const ff_history_window *window, const char *fingerprint, int64_t *first,
                          int64_t *last, uint64_t *runs, ff_error *error)
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
        *first = ff_statement_time(&row);
        *last = ff_statement_time(&row);
        *runs = ff_statement_uint(&row);
    }
    ff_statement_close(&row);
    return status == FF_OK && !*runs ? FF_NOT_FOUND : status;
}
