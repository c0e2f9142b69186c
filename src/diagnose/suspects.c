#include "diagnose/suspects.h"

#include "base/array.h"
#include "base/limits.h"
#include "diagnose/alarm.h"
#include "log/keep.h"

#include <stdlib.h>

/* A line as it passes: raw text, cut, before it is known whether the step failed. */
typedef struct ff_raw_line {
    ff_place place;
    ff_line_kind kind;
    uint64_t sequence;
    uint32_t weight;
    size_t length;
    char text[2 * FF_LIMIT_KEPT_LINE_BYTES];
} ff_raw_line;

struct ff_suspects {
    ff_run *run;
    ff_alarm alarm;
    uint32_t job, step; /* FF_NO_INDEX before the first line */
    bool sealed;        /* the step said that it failed: nothing behind that is kept */
    ff_raw_line suspects[FF_SUSPECT_LINES];
    uint32_t suspect_count;
    ff_raw_line tail[FF_TAIL_LINES]; /* ring */
    uint32_t tail_count;             /* lines ever put into the ring */
    struct {
        ff_step_traces *items;
        size_t count, cap;
    } kept;
};

ff_status ff_suspects_new(ff_suspects **suspects, ff_run *run)
{
    *suspects = calloc(1, sizeof **suspects);
    if (!*suspects)
        return FF_NOMEM;
    ff_alarm_init(&(*suspects)->alarm);
    (*suspects)->run = run;
    (*suspects)->job = (*suspects)->step = FF_NO_INDEX;
    return FF_OK;
}

void ff_suspects_free(ff_suspects *suspects)
{
    free(suspects);
}

static void fill(ff_raw_line *raw, const ff_line *line, uint64_t sequence, uint32_t weight)
{
    ff_slice text = ff_slice_cut(line->text, sizeof raw->text);
    raw->place = line->place;
    raw->kind = line->kind;
    raw->sequence = sequence;
    raw->weight = weight;
    raw->length = text.len;
    if (text.len)
        memcpy(raw->text, text.ptr, text.len);
}

static ff_kept_line keep(ff_run *run, const ff_raw_line *raw)
{
    ff_slice text = {raw->text, raw->length};
    return (ff_kept_line){.place = raw->place,
                          .kind = raw->kind,
                          .sequence = raw->sequence,
                          .text = ff_text_keep(run->arena, text, FF_LIMIT_KEPT_LINE_BYTES, &run->redactions)};
}

static bool looks_failed(const ff_step_signs *signs)
{
    return signs->failed || signs->cancelled || signs->timed_out || signs->lost || signs->error_lines;
}

static ff_status end_step(ff_suspects *suspects)
{
    if (suspects->step == FF_NO_INDEX)
        return FF_OK;
    const ff_job *job = ff_run_job(suspects->run, suspects->job);
    bool stated = job->steps.items[suspects->step].conclusion_known;
    if (!stated && !looks_failed(&job->steps.items[suspects->step].signs) && !suspects->run->single_log)
        return FF_OK;
    ff_step_traces *traces = FF_ARRAY_PUSH(suspects->run->arena, &suspects->kept);
    if (!traces)
        return FF_NOMEM;
    traces->job = suspects->job;
    traces->step = suspects->step;
    for (; traces->suspect_count < suspects->suspect_count; traces->suspect_count++) {
        uint32_t at = traces->suspect_count;
        traces->suspects[at] = keep(suspects->run, &suspects->suspects[at]);
        if (suspects->suspects[at].weight > traces->best_weight) {
            traces->best = at;
            traces->best_weight = suspects->suspects[at].weight;
        }
    }
    uint32_t kept = suspects->tail_count < FF_TAIL_LINES ? suspects->tail_count : FF_TAIL_LINES;
    for (uint32_t i = 0; i < kept; i++)
        traces->tail[traces->tail_count++] =
            keep(suspects->run, &suspects->tail[(suspects->tail_count - kept + i) % FF_TAIL_LINES]);
    return suspects->run->arena->failed ? FF_NOMEM : FF_OK;
}

/* Keeps the first lines of the highest weights: a full list gives up its last line of the lowest weight for a more
 * telling one, so that early noise cannot crowd out the cause. */
static void suspect(ff_suspects *suspects, const ff_line *line, uint64_t sequence, uint32_t weight)
{
    if (suspects->suspect_count < FF_SUSPECT_LINES) {
        fill(&suspects->suspects[suspects->suspect_count++], line, sequence, weight);
        return;
    }
    uint32_t weakest = FF_SUSPECT_LINES - 1;
    for (uint32_t i = FF_SUSPECT_LINES - 1; i-- > 0;)
        if (suspects->suspects[i].weight < suspects->suspects[weakest].weight)
            weakest = i;
    if (suspects->suspects[weakest].weight >= weight)
        return;
    for (uint32_t i = weakest; i + 1 < FF_SUSPECT_LINES; i++)
        suspects->suspects[i] = suspects->suspects[i + 1];
    fill(&suspects->suspects[FF_SUSPECT_LINES - 1], line, sequence, weight);
}

ff_status ff_suspects_line(ff_suspects *suspects, const ff_line *line, uint64_t sequence)
{
    if (line->job != suspects->job || line->step != suspects->step) {
        ff_status status = end_step(suspects);
        if (status != FF_OK)
            return status;
        suspects->job = line->job;
        suspects->step = line->step;
        suspects->sealed = false;
        suspects->suspect_count = suspects->tail_count = 0;
    }
    if (suspects->sealed || !(FF_LINE_BIT(line->kind) & FF_LINES_PRINTED) || line->text.len == 0)
        return FF_OK;
    uint32_t weight = ff_alarm_weigh(&suspects->alarm, line);
    if (weight)
        suspect(suspects, line, sequence, weight);
    fill(&suspects->tail[suspects->tail_count++ % FF_TAIL_LINES], line, sequence, weight);
    suspects->sealed = ff_run_step(suspects->run, line->job, line->step)->signs.exit_code > 0;
    return FF_OK;
}

ff_status ff_suspects_finish(ff_suspects *suspects)
{
    ff_status status = end_step(suspects);
    suspects->job = suspects->step = FF_NO_INDEX;
    return status;
}

const ff_step_traces *ff_suspects_of(const ff_suspects *suspects, uint32_t job, uint32_t step)
{
    for (size_t i = suspects->kept.count; i-- > 0;)
        if (suspects->kept.items[i].job == job && suspects->kept.items[i].step == step)
            return &suspects->kept.items[i];
    return NULL;
}
