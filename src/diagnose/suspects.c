#include "diagnose/suspects.h"

#include "base/array.h"
#include "base/keep.h"
#include "base/limits.h"
#include "base/secret.h"
#include "diagnose/alarm.h"

#include <stdlib.h>

/* A line as it passes: raw text, cut, before it is known whether the step failed. */
typedef struct ff_raw_line {
    ff_place place;
    ff_line_kind kind;
    uint64_t sequence;
    uint32_t weight;
    size_t length;
    /* A secret that begins in what is shown may end behind it. */
    char text[FF_LIMIT_KEPT_LINE_BYTES + FF_SECRET_BYTES + 1];
} ff_raw_line;

/* Half of the suspicious lines are the first ones, half the last ones. */
enum { HALF = FF_SUSPECT_LINES / 2 };

/* Within so many lines of the end a suspicious line gets a bonus. */
enum { NEAR_LINES = 200, NEAR_BONUS = 2 };

struct ff_suspects {
    ff_run *run;
    ff_alarm alarm;
    uint32_t job, step; /* FF_NO_INDEX before the first line */
    bool sealed;        /* the step said that it failed: nothing behind that is kept */
    ff_raw_line early[HALF];
    uint32_t early_count;
    ff_raw_line late[HALF];          /* ring */
    uint32_t late_count;             /* lines ever put into the ring */
    ff_raw_line tail[FF_TAIL_LINES]; /* ring */
    uint32_t tail_count;             /* lines ever put into the ring */
    struct {
        ff_step_traces **items;
        size_t count, cap;
    } kept;
    size_t bytes; /* of the arena, in what is kept */
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

static void add_suspect(ff_suspects *suspects, ff_step_traces *traces, const ff_raw_line *raw, uint64_t end)
{
    uint32_t weight = raw->weight + (end - raw->sequence <= NEAR_LINES ? NEAR_BONUS : 0);
    traces->suspects[traces->suspect_count] = keep(suspects->run, raw);
    traces->weights[traces->suspect_count] = weight;
    if (weight > traces->best_weight) {
        traces->best = traces->suspect_count;
        traces->best_weight = weight;
    }
    traces->suspect_count++;
}

/* The early ones, then those of the ring that are not among them: both lists are in log order. */
static void keep_suspects(ff_suspects *suspects, ff_step_traces *traces)
{
    uint64_t end = suspects->tail_count ? suspects->tail[(suspects->tail_count - 1) % FF_TAIL_LINES].sequence : 0;
    for (uint32_t i = 0; i < suspects->early_count; i++)
        add_suspect(suspects, traces, &suspects->early[i], end);
    uint64_t last = suspects->early_count ? suspects->early[suspects->early_count - 1].sequence : 0;
    uint32_t kept = suspects->late_count < HALF ? suspects->late_count : HALF;
    for (uint32_t i = 0; i < kept; i++) {
        const ff_raw_line *raw = &suspects->late[(suspects->late_count - kept + i) % HALF];
        if (raw->sequence > last)
            add_suspect(suspects, traces, raw, end);
    }
}

static bool looks_failed(const ff_step_signs *signs)
{
    return signs->failed || signs->cancelled || signs->timed_out || signs->lost || signs->error_lines;
}

/* By what a source states; a step that ended in no conclusion may be the one that its runner was lost in. */
static bool may_have_failed(const ff_job *job, const ff_step *step)
{
    return step->conclusion_known ? ff_conclusion_is_bad(step->conclusion) : job->known;
}

/* Half of the room is for steps that failed, or so it seems: of a single log all steps are kept. */
static bool has_room(ff_suspects *suspects, bool failed)
{
    if (suspects->bytes < FF_LIMIT_TRACES_BYTES / (failed ? 1 : 2))
        return true;
    ff_notes_add(&suspects->run->notes, true, "traces-limit",
                 "The lines of failed steps take more than %zu MiB; those of further steps were not kept.",
                 FF_LIMIT_TRACES_BYTES / 1024 / 1024);
    return false;
}

/* NULL without memory. */
static ff_step_traces *add_traces(ff_suspects *suspects)
{
    ff_step_traces **slot = FF_ARRAY_PUSH(suspects->run->arena, &suspects->kept);
    if (slot)
        *slot = ff_arena_alloc(suspects->run->arena, sizeof **slot);
    if (slot && !*slot)
        suspects->kept.count--;
    return slot ? *slot : NULL;
}

static ff_status end_step(ff_suspects *suspects)
{
    if (suspects->step == FF_NO_INDEX)
        return FF_OK;
    const ff_job *job = ff_run_job(suspects->run, suspects->job);
    const ff_step *step = &job->steps.items[suspects->step];
    bool failed = looks_failed(&step->signs) || may_have_failed(job, step);
    if ((!failed && !suspects->run->single_log) || !has_room(suspects, failed))
        return FF_OK;
    size_t before = suspects->run->arena->used;
    ff_step_traces *traces = add_traces(suspects);
    if (!traces)
        return FF_NOMEM;
    traces->job = suspects->job;
    traces->step = suspects->step;
    keep_suspects(suspects, traces);
    uint32_t kept = suspects->tail_count < FF_TAIL_LINES ? suspects->tail_count : FF_TAIL_LINES;
    for (uint32_t i = 0; i < kept; i++)
        traces->tail[traces->tail_count++] =
            keep(suspects->run, &suspects->tail[(suspects->tail_count - kept + i) % FF_TAIL_LINES]);
    suspects->bytes += suspects->run->arena->used - before;
    return suspects->run->arena->failed ? FF_NOMEM : FF_OK;
}

/* Keeps the last suspicious lines, and the first ones of the highest weights: a full list gives up its last line of the
 * lowest weight for a more telling one, so that early noise cannot crowd out the cause. */
static void suspect(ff_suspects *suspects, const ff_line *line, uint64_t sequence, uint32_t weight)
{
    if (weight >= FF_SUSPECT_KEPT)
        fill(&suspects->late[suspects->late_count++ % HALF], line, sequence, weight);
    if (suspects->early_count < HALF) {
        fill(&suspects->early[suspects->early_count++], line, sequence, weight);
        return;
    }
    uint32_t weakest = HALF - 1;
    for (uint32_t i = HALF - 1; i-- > 0;)
        if (suspects->early[i].weight < suspects->early[weakest].weight)
            weakest = i;
    if (suspects->early[weakest].weight >= weight)
        return;
    for (uint32_t i = weakest; i + 1 < HALF; i++)
        suspects->early[i] = suspects->early[i + 1];
    fill(&suspects->early[HALF - 1], line, sequence, weight);
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
        suspects->early_count = suspects->late_count = suspects->tail_count = 0;
    }
    if (suspects->sealed || !(FF_LINE_BIT(line->kind) & FF_LINES_PRINTED) || line->text.len == 0)
        return FF_OK;
    uint32_t weight = ff_alarm_weigh(&suspects->alarm, line);
    if (weight)
        suspect(suspects, line, sequence, weight);
    fill(&suspects->tail[suspects->tail_count++ % FF_TAIL_LINES], line, sequence, weight);
    const ff_step_signs *signs = &ff_run_step(suspects->run, line->job, line->step)->signs;
    suspects->sealed = signs->exit_code > 0 || signs->cancelled || signs->timed_out;
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
        if (suspects->kept.items[i]->job == job && suspects->kept.items[i]->step == step)
            return suspects->kept.items[i];
    return NULL;
}
