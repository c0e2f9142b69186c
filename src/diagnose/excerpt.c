#include "diagnose/excerpt.h"

#include "base/array.h"

#include <stdlib.h>

typedef struct ff_picked {
    ff_excerpt_line *items;
    size_t count, cap;
    uint32_t limit;
    ff_arena *arena;
} ff_picked;

static ff_status pick(ff_picked *picked, uint32_t job, uint32_t step, const ff_kept_line *line, bool primary)
{
    for (size_t i = 0; i < picked->count; i++) {
        ff_excerpt_line *known = &picked->items[i];
        if (known->line.place.line == line->place.line && ff_slice_eq(known->line.place.file, line->place.file)) {
            known->primary = known->primary || primary;
            return FF_OK;
        }
    }
    if (picked->count >= picked->limit)
        return FF_OK;
    ff_excerpt_line *added = FF_ARRAY_PUSH(picked->arena, picked);
    if (!added)
        return FF_NOMEM;
    *added = (ff_excerpt_line){job, step, *line, primary};
    return FF_OK;
}

static ff_status pick_evidence(ff_picked *picked, const ff_diagnosis *d, bool primary)
{
    ff_status status = FF_OK;
    for (uint32_t e = 0; e < d->evidence_count && status == FF_OK; e++)
        for (uint32_t l = 0; l < d->evidence[e].line_count && status == FF_OK; l++)
            if (d->evidence[e].primary == primary && d->evidence[e].kind == FF_EVIDENCE_LOG)
                status =
                    pick(picked, d->evidence[e].job, d->evidence[e].step, &d->evidence[e].lines[l], primary && l == 0);
    return status;
}

static ff_status pick_traces(ff_case *c, ff_picked *picked)
{
    ff_status status = FF_OK;
    for (size_t f = 0; f < c->failures.count && status == FF_OK; f++) {
        const ff_failure *failure = &c->failures.items[f];
        const ff_step_traces *traces =
            failure->step == FF_NO_INDEX ? NULL : ff_suspects_of(c->suspects, failure->job, failure->step);
        if (!traces)
            continue;
        for (uint32_t i = 0; i < traces->suspect_count && status == FF_OK; i++)
            status = pick(picked, traces->job, traces->step, &traces->suspects[i], false);
        for (uint32_t i = 0; i < traces->tail_count && status == FF_OK; i++)
            status = pick(picked, traces->job, traces->step, &traces->tail[i], false);
    }
    return status;
}

static int in_log_order(const void *a, const void *b)
{
    const ff_excerpt_line *left = a, *right = b;
    if (left->job != right->job)
        return left->job < right->job ? -1 : 1;
    if (left->step != right->step)
        return left->step < right->step ? -1 : 1;
    uint64_t l = left->line.place.line, r = right->line.place.line;
    return (l > r) - (l < r);
}

ff_status ff_excerpt_collect(ff_case *c, uint32_t limit, const ff_excerpt_line **lines, size_t *count)
{
    ff_picked picked = {.limit = limit, .arena = c->run->arena};
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->diagnoses.count && status == FF_OK; i++)
        status = pick_evidence(&picked, &c->diagnoses.items[i], true);
    for (size_t i = 0; i < c->diagnoses.count && status == FF_OK; i++)
        if (c->diagnoses.items[i].standing == FF_STANDING_EXPLAINS)
            status = pick_evidence(&picked, &c->diagnoses.items[i], false);
    if (status == FF_OK)
        status = pick_traces(c, &picked);
    if (picked.count)
        qsort(picked.items, picked.count, sizeof *picked.items, in_log_order);
    *lines = picked.items;
    *count = picked.count;
    return status;
}
