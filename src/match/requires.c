#include "match/requires.h"

typedef bool (*near_fn)(const ff_finding *a, const ff_finding *b);

static bool in_step(const ff_finding *a, const ff_finding *b)
{
    return a->job == b->job && a->step == b->step;
}

static bool in_job(const ff_finding *a, const ff_finding *b)
{
    return a->job == b->job;
}

static bool in_run(const ff_finding *a, const ff_finding *b)
{
    (void)a, (void)b;
    return true;
}

static bool finds(const ff_findings *all, const ff_finding *finding, ff_texts wanted, near_fn near)
{
    for (size_t i = 0; i < all->count; i++) {
        const ff_finding *other = &all->items[i];
        if (other->rule != finding->rule && near(finding, other) && ff_rule_is_among(other->rule, wanted))
            return true;
    }
    return wanted.count == 0;
}

static bool stands(const ff_findings *all, const ff_finding *finding)
{
    const ff_requires *requires = &finding->rule->requires;
    return finds(all, finding, requires->same_step, in_step) && finds(all, finding, requires->same_job, in_job) &&
           finds(all, finding, requires->run, in_run);
}

/* During a pass the slots between `kept` and `i` hold what was moved or removed; that can only make the pass too mild,
 * and then there is another one. */
void ff_requires_apply(ff_findings *findings)
{
    size_t before;
    do {
        size_t kept = 0;
        before = findings->count;
        for (size_t i = 0; i < before; i++)
            if (stands(findings, &findings->items[i]))
                findings->items[kept++] = findings->items[i];
        findings->count = kept;
    } while (findings->count != before);
}
