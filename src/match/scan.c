#include "match/scan.h"

#include "base/arena.h"
#include "match/fold.h"
#include "match/judge.h"
#include "match/pending.h"
#include "match/recent.h"
#include "match/requires.h"

#include <stdlib.h>

enum { WORD = 64 };

/* What a scan knows of a rule between lines. */
typedef struct mark {
    bool elsewhere;  /* its globs do not fit the current job and step */
    bool present;    /* a sign of `absent` was seen in the job or step */
    uint64_t judged; /* sequence of the last line that it has hit or closed */
} mark;

struct ff_scan {
    const ff_matcher *matcher;
    ff_run *run;
    ff_judge *judge;
    ff_fold *fold;
    ff_pending *pending;
    ff_recent *recent;
    ff_arena memory; /* of the arrays below */
    mark *marks;
    uint64_t *candidates;
    ff_span *spans;        /* of the hit being built */
    ff_kept_line *context; /* likewise */
    uint32_t context_count, span_count;
    uint64_t sequence; /* of the current line, from 1 */
    uint32_t job, step;
    bool started;
    bool loose;
    const ff_rule *only;
    ff_watch_fn watch; /* NULL: nobody watches */
    void *watcher;
};

static bool allocate(ff_scan *scan)
{
    const ff_matcher *matcher = scan->matcher;
    ff_arena_init(&scan->memory, SIZE_MAX);
    scan->marks = ff_arena_array(&scan->memory, matcher->plan_count, sizeof *scan->marks);
    scan->candidates = ff_arena_array(&scan->memory, ff_prefilter_words(matcher->prefilter), sizeof *scan->candidates);
    scan->spans = ff_arena_array(&scan->memory, matcher->spans_max, sizeof *scan->spans);
    scan->context = ff_arena_array(&scan->memory, matcher->unit_count, sizeof *scan->context);
    return !scan->memory.failed && ff_judge_new(&scan->judge, matcher, scan->run) == FF_OK &&
           ff_fold_new(&scan->fold, matcher, scan->run) == FF_OK &&
           ff_pending_new(&scan->pending, matcher, scan->judge, scan->fold, &scan->run->notes) == FF_OK &&
           ff_recent_new(&scan->recent, matcher->before_max) == FF_OK;
}

ff_status ff_scan_new(ff_scan **scan, const ff_matcher *matcher, ff_run *run, ff_error *error)
{
    *scan = NULL;
    ff_scan *made = calloc(1, sizeof *made);
    if (made)
        *made = (ff_scan){.matcher = matcher, .run = run, .job = FF_NO_INDEX, .step = FF_NO_INDEX};
    if (!made || !allocate(made)) {
        ff_scan_free(made);
        return ff_error_set(error, FF_NOMEM, "out of memory");
    }
    *scan = made;
    return FF_OK;
}

void ff_scan_loosen(ff_scan *scan, const ff_rule *only)
{
    scan->loose = true;
    scan->only = only;
    ff_fold_loosen(scan->fold);
}

void ff_scan_watch(ff_scan *scan, ff_watch_fn watch, void *self)
{
    scan->watch = watch;
    scan->watcher = self;
    ff_pending_watch(scan->pending, watch, self);
}

void ff_scan_free(ff_scan *scan)
{
    if (!scan)
        return;
    ff_pending_free(scan->pending);
    ff_fold_free(scan->fold);
    ff_judge_free(scan->judge);
    ff_recent_free(scan->recent);
    ff_arena_release(&scan->memory);
    free(scan);
}

/* ---- Steps and jobs ---- */

static bool fits_any(ff_texts globs, ff_slice name)
{
    for (size_t i = 0; i < globs.count; i++)
        if (ff_slice_glob(globs.items[i], name))
            return true;
    return globs.count == 0;
}

/* A name that is not known is empty: it fits `*` only. */
static ff_slice job_name(const ff_scan *scan)
{
    return scan->job < scan->run->jobs.count ? ff_run_job(scan->run, scan->job)->name : (ff_slice){0};
}

static ff_slice step_name(const ff_scan *scan)
{
    bool known = scan->job < scan->run->jobs.count && scan->step < ff_run_job(scan->run, scan->job)->steps.count;
    return known ? ff_run_step(scan->run, scan->job, scan->step)->name : (ff_slice){0};
}

static ff_status end_step(ff_scan *scan)
{
    ff_status status = ff_pending_end_step(scan->pending);
    return status == FF_OK ? ff_fold_end_step(scan->fold) : status;
}

static ff_status begin_step(ff_scan *scan, const ff_line *line)
{
    ff_status status = scan->started ? end_step(scan) : FF_OK;
    bool same_job = scan->started && line->job == scan->job;
    scan->started = true;
    scan->job = line->job;
    scan->step = line->step;
    ff_recent_clear(scan->recent);
    if (!same_job)
        ff_judge_begin_job(scan->judge, line->job);
    ff_slice job = job_name(scan), step = step_name(scan);
    for (uint32_t i = 0; i < scan->matcher->plan_count; i++) {
        const ff_rule *rule = scan->matcher->plans[i].rule;
        mark *m = &scan->marks[i];
        m->elsewhere = !fits_any(rule->where.jobs, job) || !fits_any(rule->where.steps, step);
        m->present = m->present && same_job && !rule->absent.same_step;
        if (scan->loose)
            m->elsewhere = scan->only && rule != scan->only;
    }
    return status;
}

/* ---- One rule on one line ---- */

static const ff_unit *unit_at(const ff_scan *scan, uint32_t unit)
{
    return &scan->matcher->units[unit];
}

static const ff_pattern *pattern_of(const ff_scan *scan, uint32_t unit)
{
    return unit == FF_NO_INDEX ? NULL : unit_at(scan, unit)->pattern;
}

/* Tells who watches what became of `unit` on the line; `against`: the unit that spoke against it. */
static void tell(const ff_scan *scan, ff_watch_kind kind, uint32_t unit, const ff_sight *sight, uint32_t against)
{
    if (!scan->watch)
        return;
    scan->watch(scan->watcher, &(ff_watch_event){.kind = kind,
                                                 .rule = scan->matcher->plans[unit_at(scan, unit)->rule].rule,
                                                 .pattern = pattern_of(scan, unit),
                                                 .against = pattern_of(scan, against),
                                                 .line = sight->line,
                                                 .sequence = scan->sequence});
}

static void add_spans(ff_scan *scan, uint32_t unit, ff_slice subject)
{
    scan->span_count += ff_judge_spans(scan->judge, unit, subject, scan->spans + scan->span_count);
}

/* The `unless` unit that matches the line, or FF_NO_INDEX. */
static uint32_t find_veto(ff_scan *scan, const ff_plan *plan, const ff_sight *sight)
{
    for (uint32_t i = plan->first[FF_USE_UNLESS]; i < plan->first[FF_USE_UNLESS + 1]; i++)
        if (ff_sight_test(sight, scan->judge, scan->matcher, i))
            return i;
    return FF_NO_INDEX;
}

/* The nearest of `lines` lines above on which one of the units from `first` up to `end` matches; NULL if none does.
 * `back` is how far up it stands. */
static const ff_recent_line *look_back(ff_scan *scan, uint32_t first, uint32_t end, uint32_t lines, uint32_t *back)
{
    for (*back = 1; *back <= lines && first < end; ++*back) {
        const ff_recent_line *above = ff_recent_at(scan->recent, *back);
        if (!above)
            break;
        uint32_t kinds = scan->matcher->plans[unit_at(scan, first)->rule].rule->where.kinds;
        bool seen = scan->loose || (kinds & FF_LINE_BIT(above->line.kind));
        for (uint32_t unit = first; seen && unit < end; unit++)
            if (ff_judge_test(scan->judge, unit, above->body))
                return above;
    }
    return NULL;
}

static void add_context(ff_scan *scan, ff_kept_line line)
{
    uint32_t at = scan->context_count++;
    for (; at > 0 && scan->context[at - 1].sequence > line.sequence; at--)
        scan->context[at] = scan->context[at - 1];
    scan->context[at] = line;
}

static bool has_before(ff_scan *scan, const ff_plan *plan)
{
    const uint32_t *first = plan->first;
    uint32_t lines = plan->rule->before.lines, back;
    if (look_back(scan, first[FF_USE_BEFORE_UNTIL], first[FF_USE_BEFORE_UNTIL + 1], lines, &back))
        lines = back - 1;
    if (look_back(scan, first[FF_USE_BEFORE_UNLESS], first[FF_USE_BEFORE_UNLESS + 1], lines, &back))
        return false;
    for (uint32_t i = first[FF_USE_BEFORE_FOUND]; i < first[FF_USE_BEFORE_MAYBE + 1]; i++) {
        const ff_recent_line *above = look_back(scan, i, i + 1, lines, &back);
        if (above) {
            add_spans(scan, i, above->body);
            add_context(scan, above->line);
        } else if (unit_at(scan, i)->use == FF_USE_BEFORE_FOUND) {
            return false;
        }
    }
    return true;
}

static ff_hit build_hit(const ff_scan *scan, const ff_line *line)
{
    return (ff_hit){
        .job = line->job,
        .step = line->step,
        .line = {.place = line->place, .kind = line->kind, .text = line->text, .sequence = scan->sequence},
        .context = scan->context,
        .context_count = scan->context_count,
        .spans = scan->spans,
        .span_count = scan->span_count,
    };
}

/* What becomes of a MATCH unit on the line; the spans and the context of the hit are collected on the way. */
static ff_watch_kind judge_match(ff_scan *scan, uint32_t unit, const ff_sight *sight, uint32_t *against)
{
    uint32_t rule = unit_at(scan, unit)->rule;
    const ff_plan *plan = &scan->matcher->plans[rule];
    scan->span_count = scan->context_count = 0;
    if (scan->marks[rule].present && !scan->loose)
        return FF_WATCH_PRESENT;
    if (!ff_sight_test(sight, scan->judge, scan->matcher, unit))
        return ff_judge_is_aside(scan->judge, rule) ? FF_WATCH_ASIDE : FF_WATCH_MISS;
    scan->marks[rule].judged = scan->sequence;
    add_spans(scan, unit, sight->line->body);
    *against = find_veto(scan, plan, sight);
    if (*against != FF_NO_INDEX)
        return FF_WATCH_VETOED;
    if (!has_before(scan, plan))
        return FF_WATCH_ABOVE;
    if (ff_judge_is_aside(scan->judge, rule))
        return FF_WATCH_ASIDE;
    return plan->rule->follow.lines ? FF_WATCH_WAITS : FF_WATCH_HIT;
}

static ff_status match(ff_scan *scan, uint32_t unit, const ff_sight *sight)
{
    uint32_t rule = unit_at(scan, unit)->rule, against = FF_NO_INDEX;
    ff_watch_kind kind = judge_match(scan, unit, sight, &against);
    tell(scan, kind, unit, sight, against);
    ff_hit hit = build_hit(scan, sight->line);
    if (kind == FF_WATCH_WAITS)
        return ff_pending_add(scan->pending, rule, &hit);
    return kind == FF_WATCH_HIT ? ff_fold_hit(scan->fold, rule, &hit) : FF_OK;
}

static ff_status close_loop(ff_scan *scan, uint32_t unit, const ff_sight *sight)
{
    uint32_t rule = unit_at(scan, unit)->rule;
    if (!ff_fold_is_open(scan->fold, rule) || !ff_sight_test(sight, scan->judge, scan->matcher, unit))
        return FF_OK;
    scan->marks[rule].judged = scan->sequence;
    tell(scan, FF_WATCH_CLOSES, unit, sight, FF_NO_INDEX);
    scan->span_count = scan->context_count = 0;
    add_spans(scan, unit, sight->line->body);
    ff_hit hit = build_hit(scan, sight->line);
    return ff_fold_close(scan->fold, rule, &hit);
}

static ff_status consider(ff_scan *scan, uint32_t unit, const ff_sight *sight)
{
    const ff_unit *u = unit_at(scan, unit);
    mark *m = &scan->marks[u->rule];
    if (u->use == FF_USE_ABSENT) { /* wherever it is seen, also where the rule itself does not look */
        if (!m->present)
            m->present = ff_sight_test(sight, scan->judge, scan->matcher, unit);
        return FF_OK;
    }
    if (m->judged == scan->sequence)
        return FF_OK;
    if (m->elsewhere) {
        if (u->use == FF_USE_MATCH)
            tell(scan, FF_WATCH_ELSEWHERE, unit, sight, FF_NO_INDEX);
        return FF_OK;
    }
    return u->use == FF_USE_MATCH ? match(scan, unit, sight) : close_loop(scan, unit, sight);
}

/* Rules that do not look at lines of this kind are not even asked; who watches wants to know of them. */
static void tell_other_kinds(const ff_scan *scan, const ff_sight *sight)
{
    const uint64_t *starts = scan->matcher->starts[sight->line->kind];
    for (uint32_t unit = 0; unit < scan->matcher->unit_count; unit++) {
        uint64_t bit = UINT64_C(1) << unit % WORD;
        if (unit_at(scan, unit)->use == FF_USE_MATCH && scan->candidates[unit / WORD] & bit &&
            !(starts[unit / WORD] & bit))
            tell(scan, FF_WATCH_ELSEWHERE, unit, sight, FF_NO_INDEX);
    }
}

static uint32_t lowest_bit(uint64_t word)
{
    uint32_t at = 0;
    for (uint32_t half = WORD / 2; half; half /= 2)
        if (!(word & ((UINT64_C(1) << half) - 1))) {
            word >>= half;
            at += half;
        }
    return at;
}

ff_status ff_scan_line(ff_scan *scan, const ff_line *line)
{
    ff_status status = FF_OK;
    if (!scan->started || line->job != scan->job || line->step != scan->step)
        status = begin_step(scan, line);
    scan->sequence++;
    ff_sight sight = {line, scan->sequence, scan->candidates, scan->loose};
    const uint64_t *starts = scan->matcher->starts[scan->loose ? FF_STARTS_ANY : line->kind];
    bool any = ff_prefilter_run(scan->matcher->prefilter, line->body, scan->candidates);
    if (status == FF_OK)
        status = ff_pending_line(scan->pending, &sight);
    for (size_t i = 0; any && i < scan->matcher->words; i++)
        for (uint64_t word = scan->candidates[i] & starts[i]; word && status == FF_OK; word &= word - 1)
            status = consider(scan, (uint32_t)i * WORD + lowest_bit(word), &sight);
    if (any && scan->watch && !scan->loose)
        tell_other_kinds(scan, &sight);
    ff_recent_push(scan->recent, line, scan->sequence);
    return status;
}

/* ---- The end ---- */

static int by_first_line(const void *a, const void *b)
{
    const ff_finding *left = a, *right = b;
    if (left->first.sequence != right->first.sequence)
        return left->first.sequence < right->first.sequence ? -1 : 1;
    return ff_slice_cmp(left->rule->id, right->rule->id);
}

ff_status ff_scan_finish(ff_scan *scan, ff_findings *findings, ff_error *error)
{
    *findings = (ff_findings){0};
    if (scan->started && end_step(scan) != FF_OK)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *findings = *ff_fold_findings(scan->fold);
    if (findings->count)
        qsort(findings->items, findings->count, sizeof *findings->items, by_first_line);
    if (!scan->loose)
        ff_requires_apply(findings);
    return FF_OK;
}
