#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "history/row.h"
#include "history/window.h"

/* Diagnoses, with what hangs on them. */

typedef struct evidence_list {
    ff_history_evidence *items;
    size_t count, cap;
} evidence_list;

typedef struct rank_list {
    uint32_t *items;
    size_t count, cap;
} rank_list;

static ff_status ask_about(ff_statement *row, ff_history *history, ff_query query, const ff_history_run *run,
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
    ff_status status = ask_about(&row, history, FF_QUERY_EVIDENCE, run, error);
    ff_statement_set_int(&row, ":rank", diagnosis->rank);
    if (status == FF_OK)
        status = read_evidence(&row, &evidence, arena, error);
    ff_statement_close(&row);
    if (status != FF_OK)
        return status;
    status = ask_about(&row, history, FF_QUERY_CAUSES, run, error);
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
        if (!ff_utf8_is_showable(diagnosis.json)) /* not what was recorded */
            diagnosis.json = (ff_slice){0};
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
    ff_status status = ask_about(&row, history, FF_QUERY_DIAGNOSIS, run, error);
    ff_statement_set_int(&row, ":rank", rank);
    ff_statement_set_int(&row, ":last", rank);
    if (status == FF_OK)
        status = visit_ranks(&row, run, visit_found, &found, error);
    status = ff_row_end(&row, status);
    return status == FF_OK && !found.any ? FF_NOT_FOUND : status;
}

ff_status ff_history_diagnoses_of(ff_history *history, const ff_history_run *run, ff_history_diagnosis_fn visit,
                                  void *self, ff_error *error)
{
    ff_statement row;
    ff_status status = ask_about(&row, history, FF_QUERY_DIAGNOSIS, run, error);
    ff_statement_set_int(&row, ":rank", 0);
    ff_statement_set_int(&row, ":last", UINT32_MAX);
    if (status == FF_OK)
        status = visit_ranks(&row, run, visit, self, error);
    return ff_row_end(&row, status);
}

/* What else is known of an attempt. */

ff_status ff_history_failures_of(ff_history *history, const ff_history_run *run, ff_history_failure_fn visit,
                                 void *self, ff_error *error)
{
    ff_statement row;
    ff_status status = ask_about(&row, history, FF_QUERY_FAILURES, run, error);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_history_failure failure = {0};
        ff_row_failure(&row, &failure);
        status = visit(self, &failure);
    }
    return ff_row_end(&row, status);
}

ff_status ff_history_attempts(ff_history *history, const ff_history_window *window, uint64_t id,
                              ff_history_known_fn visit, void *self, ff_error *error)
{
    ff_statement row;
    ff_status status = ff_row_ask(&row, history, FF_QUERY_ATTEMPTS, window, error);
    ff_statement_set_uint(&row, ":run", id);
    while (status == FF_OK && (status = ff_statement_next(&row, error)) == FF_OK) {
        ff_history_known known = {0};
        ff_row_known(&row, &known);
        status = visit(self, &known);
    }
    return ff_row_end(&row, status);
}
