#include "base/array.h"
#include "diagnose/candidates.h"
#include "diagnose/check.h"
#include "diagnose/score.h"

#include <stdlib.h>

/* A diagnosis with what its place in the order depends on. */
typedef struct ff_ranked {
    ff_diagnosis diagnosis;
    uint32_t at;    /* index before sorting */
    uint32_t class; /* 0 first faults, 1 the rest, 2 refuted, 3 not worth telling */
    uint32_t order; /* within class 0: the failure's place among the failures */
} ff_ranked;

static int by_rank(const void *a, const void *b)
{
    const ff_ranked *left = a, *right = b;
    if (left->class != right->class)
        return left->class < right->class ? -1 : 1;
    if (left->order != right->order)
        return left->order < right->order ? -1 : 1;
    if (left->diagnosis.score != right->diagnosis.score)
        return left->diagnosis.score > right->diagnosis.score ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

/* The best-scored diagnosis that stands at failure `f`, or FF_NO_INDEX. */
static uint32_t best_of(const ff_case *c, uint32_t f)
{
    uint32_t best = FF_NO_INDEX;
    for (uint32_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *d = &c->diagnoses.items[i];
        if (d->failure == f && d->verdict != FF_VERDICT_REFUTED && ff_candidate_is_at_failure(c, d) &&
            (best == FF_NO_INDEX || d->score > c->diagnoses.items[best].score))
            best = i;
    }
    return best;
}

static void place_first_faults(ff_case *c, ff_ranked *ranked)
{
    for (uint32_t f = 0; f < c->failures.count; f++) {
        uint32_t best = c->failures.items[f].follow_on ? FF_NO_INDEX : best_of(c, f);
        c->failures.items[f].first_fault = best;
        if (best == FF_NO_INDEX)
            continue;
        ranked[best].class = 0;
        ranked[best].order = f;
    }
}

/* One explains the other, or both are pieces of one loop whose answers changed. */
static bool belong_together(const ff_case *c, uint32_t a, uint32_t b)
{
    const ff_diagnosis *one = &c->diagnoses.items[a], *other = &c->diagnoses.items[b];
    if (one->failure != other->failure)
        return false;
    return ff_candidate_is_caused_by(one, b) || ff_candidate_is_caused_by(other, a) ||
           ff_candidate_is_same_loop(one, other);
}

/* Spreads from each first fault along the links, both ways; what stands at a failure and is not reached lost to it. */
static void settle_standings(const ff_case *c, ff_ranked *ranked, bool *reached)
{
    for (size_t f = 0; f < c->failures.count; f++)
        if (c->failures.items[f].first_fault != FF_NO_INDEX)
            reached[c->failures.items[f].first_fault] = true;
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t a = 0; a < c->diagnoses.count; a++)
            for (uint32_t b = 0; b < c->diagnoses.count && !reached[a]; b++)
                if (reached[b] && belong_together(c, a, b))
                    reached[a] = changed = true;
    }
    for (uint32_t i = 0; i < c->diagnoses.count; i++)
        if (!reached[i] && c->diagnoses.items[i].standing == FF_STANDING_EXPLAINS &&
            c->diagnoses.items[i].failure != FF_NO_INDEX)
            ranked[i].diagnosis.standing = FF_STANDING_RIVAL;
}

/* A suspicion is told where nothing better explains the failure: nobody asks about migrations when the log says what it
 * was. Nothing is linked to one. */
static bool is_settled(const ff_case *c, const ff_diagnosis *d)
{
    if (!d->rule || !ff_candidate_is_suspicion(d->rule) || d->failure == FF_NO_INDEX)
        return false;
    if (ff_check_is_printed_too(c, d)) /* the files speak against what was printed: that says where to look */
        return false;
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *other = &c->diagnoses.items[i];
        if (other->failure == d->failure && other->role == FF_ROLE_CAUSE && other->verdict >= FF_VERDICT_LIKELY &&
            ff_candidate_is_at_failure(c, other))
            return true;
    }
    return false;
}

static uint32_t class_of(const ff_case *c, const ff_diagnosis *d)
{
    if (is_settled(c, d))
        return 3;
    return d->verdict == FF_VERDICT_REFUTED ? 2 : 1;
}

static ff_status remap_causes(ff_case *c, ff_diagnosis *d, const uint32_t *now_at)
{
    uint32_t *causes = ff_arena_array(c->run->arena, d->caused_by_count, sizeof *causes);
    if (!causes)
        return FF_NOMEM;
    for (uint32_t k = 0; k < d->caused_by_count; k++)
        causes[k] = now_at[d->caused_by[k]];
    d->caused_by = causes;
    return FF_OK;
}

ff_status ff_score_rank(ff_case *c)
{
    size_t count = c->diagnoses.count;
    ff_ranked *ranked = ff_arena_array(c->run->arena, count, sizeof *ranked);
    uint32_t *now_at = ff_arena_array(c->run->arena, count, sizeof *now_at);
    bool *reached = ff_arena_array(c->run->arena, count, sizeof *reached);
    if (!ranked || !now_at || !reached)
        return FF_NOMEM;
    for (uint32_t i = 0; i < count; i++)
        ranked[i].class = class_of(c, &c->diagnoses.items[i]);
    place_first_faults(c, ranked);
    for (uint32_t i = 0; i < count; i++) {
        ranked[i].at = i;
        ranked[i].diagnosis = c->diagnoses.items[i];
    }
    settle_standings(c, ranked, reached);
    qsort(ranked, count, sizeof *ranked, by_rank);
    while (count && ranked[count - 1].class == 3)
        c->diagnoses.count = --count;
    for (uint32_t i = 0; i < count; i++)
        now_at[ranked[i].at] = i;
    ff_status status = FF_OK;
    for (uint32_t i = 0; i < count && status == FF_OK; i++) {
        ff_diagnosis *d = &c->diagnoses.items[i];
        *d = ranked[i].diagnosis;
        d->number = i + 1;
        d->rank = d->verdict == FF_VERDICT_REFUTED ? 0 : i + 1;
        status = remap_causes(c, d, now_at);
    }
    for (size_t f = 0; f < c->failures.count; f++)
        if (c->failures.items[f].first_fault != FF_NO_INDEX)
            c->failures.items[f].first_fault = now_at[c->failures.items[f].first_fault];
    return status;
}
