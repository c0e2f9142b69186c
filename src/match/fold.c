#include "match/fold.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/limits.h"
#include "match/compose.h"
#include "match/piece.h"

#include <stdlib.h>

/* A rule in the current step: `before` has at_least hits and waits whether `open`, begun later, stays short. */
typedef struct track {
    ff_piece *before, *open;
    uint32_t emitted;
    bool listed;
    bool joined; /* it has all findings that it may have here, and said so */
} track;

struct ff_fold {
    const ff_matcher *matcher;
    ff_run *run;
    track *tracks;
    uint32_t *active; /* rules with a track in this step */
    uint32_t active_count;
    ff_compose compose;
    ff_findings findings;
    size_t bytes; /* of the arena, in findings */
    bool loose;
    bool limited; /* the note was added */
};

ff_status ff_fold_new(ff_fold **fold, const ff_matcher *matcher, ff_run *run)
{
    *fold = NULL;
    ff_fold *made = calloc(1, sizeof *made);
    if (!made)
        return FF_NOMEM;
    *made = (ff_fold){.matcher = matcher, .run = run};
    made->tracks = calloc(matcher->plan_count + 1u, sizeof *made->tracks);
    made->active = calloc(matcher->plan_count + 1u, sizeof *made->active);
    if (!made->tracks || !made->active || ff_compose_new(&made->compose, matcher->spans_max) != FF_OK) {
        ff_fold_free(made);
        return FF_NOMEM;
    }
    *fold = made;
    return FF_OK;
}

void ff_fold_free(ff_fold *fold)
{
    if (!fold)
        return;
    for (uint32_t i = 0; fold->tracks && i < fold->active_count; i++) {
        ff_piece_free(fold->tracks[fold->active[i]].before);
        ff_piece_free(fold->tracks[fold->active[i]].open);
    }
    ff_compose_release(&fold->compose);
    free(fold->tracks);
    free(fold->active);
    free(fold);
}

void ff_fold_loosen(ff_fold *fold)
{
    fold->loose = true;
}

static uint32_t least(const ff_fold *fold, uint32_t rule)
{
    uint32_t at_least = fold->matcher->plans[rule].rule->repeat.at_least;
    return fold->loose || !at_least ? 1 : at_least;
}

static bool has_room(ff_fold *fold, const track *t)
{
    if (t->emitted < FF_LIMIT_FINDINGS_PER_RULE && fold->findings.count < FF_LIMIT_FINDINGS &&
        fold->bytes < FF_LIMIT_FINDING_BYTES)
        return true;
    if (!fold->limited)
        ff_notes_add(&fold->run->notes, true, "findings-limit",
                     "More findings than can be kept: at most %u in all and %u of one rule in one step.",
                     FF_LIMIT_FINDINGS, FF_LIMIT_FINDINGS_PER_RULE);
    fold->limited = true;
    return false;
}

/* Copies a piece out and frees it. */
static ff_status emit(ff_fold *fold, uint32_t rule, ff_piece **piece)
{
    track *t = &fold->tracks[rule];
    ff_status status = FF_OK;
    if (*piece && has_room(fold, t)) {
        size_t used = fold->run->arena->used;
        ff_finding *finding = FF_ARRAY_PUSH(fold->run->arena, &fold->findings);
        status = finding ? ff_piece_finding(*piece, fold->matcher->plans[rule].rule, fold->run, finding) : FF_NOMEM;
        fold->bytes += fold->run->arena->used - used;
        t->emitted++;
    }
    ff_piece_free(*piece);
    *piece = NULL;
    return status;
}

/* The open piece becomes part of the one before it, which is open again. */
static ff_status rejoin(track *t)
{
    ff_status status = ff_piece_absorb(t->before, t->open);
    ff_piece_free(t->open);
    t->open = t->before;
    t->before = NULL;
    return status;
}

static ff_status end_loop(ff_fold *fold, uint32_t rule)
{
    track *t = &fold->tracks[rule];
    ff_status status = FF_OK;
    if (t->open && t->before && ff_piece_count(t->open) < least(fold, rule))
        status = rejoin(t);
    if (status == FF_OK)
        status = emit(fold, rule, &t->before);
    if (t->open && ff_piece_count(t->open) < least(fold, rule)) {
        ff_piece_free(t->open);
        t->open = NULL;
    }
    return status == FF_OK ? emit(fold, rule, &t->open) : status;
}

/* Never 0, which stands for a capture that a hit does not have. */
static uint64_t hash_value(ff_slice text)
{
    uint64_t value = ff_hash(FF_HASH_START, text);
    return value ? value : 1;
}

static size_t read_same(const ff_rule *rule, const ff_hit *hit, uint64_t same[FF_PIECE_SAME_MAX])
{
    size_t count = rule->repeat.same.count < FF_PIECE_SAME_MAX ? rule->repeat.same.count : FF_PIECE_SAME_MAX;
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < hit->span_count && !same[i]; j++)
            if (ff_slice_eq(hit->spans[j].name, rule->repeat.same.items[i]))
                same[i] = hash_value(hit->spans[j].value);
    return count;
}

static ff_status begin(ff_fold *fold, uint32_t rule)
{
    track *t = &fold->tracks[rule];
    t->open = ff_piece_new();
    if (!t->listed)
        fold->active[fold->active_count++] = rule;
    t->listed = true;
    return t->open ? FF_OK : FF_NOMEM;
}

/* A value has changed. A long enough piece ends; a short one joins the one before it, or goes on with the new value. */
static ff_status change(ff_fold *fold, uint32_t rule, const uint64_t *same, size_t count)
{
    track *t = &fold->tracks[rule];
    ff_status status = FF_OK;
    if (ff_piece_count(t->open) < least(fold, rule)) {
        if (!t->before)
            return FF_OK;
        status = rejoin(t);
        if (status != FF_OK || ff_piece_knows(t->open, same, count))
            return status;
    }
    status = emit(fold, rule, &t->before);
    t->before = t->open;
    t->open = NULL;
    return status == FF_OK ? begin(fold, rule) : status;
}

/* Where a rule has all findings that it may have in a step, the last one takes further values: nothing is lost. */
static bool can_split(const track *t)
{
    return t->emitted + (t->before ? 2 : 1) < FF_LIMIT_FINDINGS_PER_RULE;
}

/* Its captures may be cut, as those of any finding. */
static void join(ff_fold *fold, uint32_t rule)
{
    track *t = &fold->tracks[rule];
    if (!t->joined)
        ff_notes_add(&fold->run->notes, false, "findings-joined",
                     "Rule %.*s has more than %u findings in one step; the last one takes the rest.",
                     FF_ARG(fold->matcher->plans[rule].rule->id), FF_LIMIT_FINDINGS_PER_RULE);
    t->joined = true;
}

static ff_status take(ff_fold *fold, uint32_t rule, const ff_hit *hit)
{
    track *t = &fold->tracks[rule];
    uint64_t same[FF_PIECE_SAME_MAX] = {0};
    size_t count = read_same(fold->matcher->plans[rule].rule, hit, same);
    ff_status status = FF_OK;
    if (!t->open)
        status = begin(fold, rule);
    else if (count && !ff_piece_knows(t->open, same, count)) {
        if (can_split(t))
            status = change(fold, rule, same, count);
        else
            join(fold, rule);
    }
    if (status != FF_OK)
        return status;
    if (count)
        ff_piece_learn(t->open, same, count);
    return ff_piece_add(t->open, hit);
}

ff_status ff_fold_hit(ff_fold *fold, uint32_t rule, const ff_hit *hit)
{
    ff_hit full;
    ff_status status = ff_compose_apply(&fold->compose, fold->matcher->plans[rule].rule, hit, &full);
    return status == FF_OK ? take(fold, rule, &full) : status;
}

bool ff_fold_is_open(const ff_fold *fold, uint32_t rule)
{
    return fold->tracks[rule].open != NULL;
}

ff_status ff_fold_close(ff_fold *fold, uint32_t rule, const ff_hit *hit)
{
    ff_piece *open = fold->tracks[rule].open;
    ff_status status = ff_piece_add(open, hit);
    ff_piece_close(open);
    return status == FF_OK ? end_loop(fold, rule) : status;
}

ff_status ff_fold_end_step(ff_fold *fold)
{
    ff_status status = FF_OK;
    for (uint32_t i = 0; i < fold->active_count && status == FF_OK; i++) {
        status = end_loop(fold, fold->active[i]);
        if (status == FF_OK)
            fold->tracks[fold->active[i]] = (track){0};
    }
    if (status == FF_OK)
        fold->active_count = 0;
    return status;
}

ff_findings *ff_fold_findings(ff_fold *fold)
{
    return &fold->findings;
}
