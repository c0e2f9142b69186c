#include "diagnose/wording.h"

#include "base/array.h"
#include "diagnose/candidates.h"
#include "diagnose/evidence.h"
#include "diagnose/fixing.h"
#include "diagnose/template.h"

static ff_status fill_advice(ff_case *c, ff_diagnosis *d)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < d->rule->fix_count && status == FF_OK; i++)
        if (ff_fix_applies(c, d, &d->rule->fixes[i]))
            status = ff_fix_advise(c, d, &d->rule->fixes[i]);
    return status;
}

static ff_status fill_next(ff_case *c, ff_diagnosis *d)
{
    ff_next_evidence *next = ff_arena_array(c->run->arena, d->rule->ask_count, sizeof *next);
    if (!next)
        return FF_NOMEM;
    for (size_t i = 0; i < d->rule->ask_count; i++) {
        const ff_ask *ask = &d->rule->asks[i];
        next[d->next_evidence_count++] = (ff_next_evidence){
            .command = ff_template_fill(c, ask->command, d, FF_TEMPLATE_COMMAND),
            .why = ff_template_fill(c, ask->why, d, FF_TEMPLATE_PLAIN),
        };
    }
    d->next_evidence = next;
    return FF_OK;
}

static ff_status fill_one(ff_case *c, ff_diagnosis *d)
{
    if (d->rule) {
        d->title = ff_template_fill(c, d->rule->title, d, FF_TEMPLATE_TITLE);
        d->summary = ff_template_fill(c, d->rule->about, d, FF_TEMPLATE_PLAIN);
        ff_status status = fill_next(c, d);
        if (status == FF_OK)
            status = fill_advice(c, d);
        if (status != FF_OK)
            return status;
    }
    ff_evidence_number(c, d);
    return ff_fingerprint_make(c, d);
}

ff_status ff_wording_fill(ff_case *c)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->diagnoses.count && status == FF_OK; i++)
        status = fill_one(c, &c->diagnoses.items[i]);
    return status == FF_OK && c->run->arena->failed ? FF_NOMEM : status;
}

/* Half-done facts count in the job that failed, before its failing step ended. */
static bool is_half_done(const ff_case *c, const ff_finding *finding)
{
    if (!ff_rule_has_tag(finding->rule, "half-done") || !ff_candidate_fits_outcome(c, finding))
        return false;
    for (size_t i = 0; i < c->failures.count; i++)
        if (c->failures.items[i].job == finding->job && finding->step <= c->failures.items[i].step)
            return true;
    return false;
}

static bool is_told(const ff_half_done *facts, size_t count, ff_slice title)
{
    for (size_t i = 0; i < count; i++)
        if (ff_slice_eq(facts[i].title, title))
            return true;
    return false;
}

ff_status ff_half_done_collect(ff_case *c, const ff_half_done **facts, size_t *count)
{
    struct {
        ff_half_done *items;
        size_t count, cap;
    } list = {0};
    for (size_t i = 0; i < c->findings->count; i++) {
        const ff_finding *finding = &c->findings->items[i];
        if (!is_half_done(c, finding))
            continue;
        ff_diagnosis as_diagnosis = {
            .finding = finding, .job = finding->job, .step = finding->step, .count = finding->count};
        ff_slice title = ff_template_fill(c, finding->rule->title, &as_diagnosis, FF_TEMPLATE_TITLE);
        if (is_told(list.items, list.count, title))
            continue;
        ff_half_done *fact = FF_ARRAY_PUSH(c->run->arena, &list);
        if (!fact || ff_evidence_from_lines(c, &as_diagnosis, &finding->first, 1) != FF_OK)
            return FF_NOMEM;
        ff_evidence_number(c, &as_diagnosis);
        *fact = (ff_half_done){title, finding->job, finding->step, as_diagnosis.evidence};
    }
    *facts = list.items;
    *count = list.count;
    return FF_OK;
}
