#include "diagnose/case.h"

#include "base/array.h"
#include "base/limits.h"

ff_diagnosis *ff_case_add(ff_case *c)
{
    if (c->diagnoses.count >= FF_LIMIT_DIAGNOSES) {
        ff_notes_add(&c->run->notes, true, "diagnoses-limit", "More than %u diagnoses; the rest was left out.",
                     FF_LIMIT_DIAGNOSES);
        return NULL;
    }
    ff_diagnosis *diagnosis = FF_ARRAY_PUSH(c->run->arena, &c->diagnoses);
    if (diagnosis)
        *diagnosis = (ff_diagnosis){.failure = FF_NO_INDEX,
                                    .job = FF_NO_INDEX,
                                    .step = FF_NO_INDEX,
                                    .count = 1,
                                    .first_time = FF_NO_TIME,
                                    .last_time = FF_NO_TIME};
    return diagnosis;
}

ff_status ff_case_reason(ff_case *c, ff_diagnosis *diagnosis, const char *term, double weight, const char *text)
{
    ff_reason *reasons = ff_arena_array(c->run->arena, diagnosis->reason_count + 1u, sizeof *reasons);
    if (!reasons)
        return FF_NOMEM;
    if (diagnosis->reason_count)
        memcpy(reasons, diagnosis->reasons, diagnosis->reason_count * sizeof *reasons);
    reasons[diagnosis->reason_count++] = (ff_reason){term, weight, ff_slice_of(text)};
    diagnosis->reasons = reasons;
    diagnosis->score += weight;
    return FF_OK;
}

/* How near a context finding is: 3 same step, 2 same job, 1 same run. */
static unsigned nearness(const ff_finding *other, const ff_finding *finding, uint32_t job)
{
    if (other->job != job)
        return 1;
    return finding && other->step == finding->step ? 3 : 2;
}

const ff_capture *ff_case_capture(const ff_case *c, const ff_finding *finding, uint32_t job, ff_slice name)
{
    const ff_capture *best = finding ? ff_finding_capture(finding, name) : NULL;
    unsigned best_nearness = 0;
    if (best)
        return best;
    for (size_t i = 0; i < c->findings->count; i++) {
        const ff_finding *other = &c->findings->items[i];
        const ff_capture *capture = ff_finding_capture(other, name);
        if (!capture || !ff_rule_has_tag(other->rule, "context"))
            continue;
        if (nearness(other, finding, job) > best_nearness) {
            best_nearness = nearness(other, finding, job);
            best = capture;
        }
    }
    return best;
}
