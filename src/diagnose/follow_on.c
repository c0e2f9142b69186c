#include "diagnose/follow_on.h"

#include "diagnose/siblings.h"

/* Words in the names of jobs that only collect the results of others. Lower case, compared without case. */
static const ff_slice COLLECTOR_WORDS[] = {
    FF_TEXT("all green"),       FF_TEXT("all-green"),  FF_TEXT("alls-green"), FF_TEXT("all checks"),
    FF_TEXT("all-checks"),      FF_TEXT("all jobs"),   FF_TEXT("all-jobs"),   FF_TEXT("ci status"),
    FF_TEXT("ci-status"),       FF_TEXT("ci success"), FF_TEXT("ci-success"), FF_TEXT("required checks"),
    FF_TEXT("required-checks"), FF_TEXT("conclusion"), FF_TEXT("gate"),
};

static bool has_tagged(const ff_findings *findings, uint32_t job, uint32_t step, const char *tag)
{
    for (size_t i = 0; i < findings->count; i++) {
        const ff_finding *finding = &findings->items[i];
        if (finding->job == job && finding->step == step && ff_rule_has_tag(finding->rule, tag))
            return true;
    }
    return false;
}

/* Of a job without a log only its name tells that it collects results. */
static bool is_collector(const ff_run *run, const ff_failure *failure)
{
    if (!run->known || failure->place.line || failure->job == FF_NO_INDEX)
        return false;
    if (failure->step != FF_NO_INDEX && ff_run_step(run, failure->job, failure->step)->first_line)
        return false;
    for (size_t i = 0; i < sizeof COLLECTOR_WORDS / sizeof *COLLECTOR_WORDS; i++)
        if (ff_slice_find_nocase(ff_run_job(run, failure->job)->name, COLLECTOR_WORDS[i]) != SIZE_MAX)
            return true;
    return false;
}

/* It began when the other one had ended, as a job does that `needs` it. */
static bool began_after(const ff_run *run, uint32_t job, uint32_t earlier)
{
    int64_t began = ff_run_job(run, job)->started_at, ended = ff_run_job(run, earlier)->completed_at;
    return began != FF_NO_TIME && ended != FF_NO_TIME && began >= ended;
}

static bool may_follow(const ff_failure *failure, const ff_failure *earlier)
{
    return earlier != failure && !earlier->follow_on && earlier->job != failure->job &&
           earlier->conclusion != FF_CONCLUSION_CANCELLED &&
           (failure->at == FF_NO_TIME || earlier->at == FF_NO_TIME || earlier->at <= failure->at);
}

void ff_follow_on_mark(const ff_run *run, const ff_findings *findings, ff_failures *failures)
{
    for (size_t i = 0; i < failures->count; i++) {
        ff_failure *failure = &failures->items[i];
        bool cancelled = failure->conclusion == FF_CONCLUSION_CANCELLED;
        bool reports = failure->step != FF_NO_INDEX && has_tagged(findings, failure->job, failure->step, "follow-on");
        bool collects = !cancelled && !reports && is_collector(run, failure);
        if (failure->follow_on || !(cancelled || reports || collects))
            continue;
        for (size_t k = 0; k < failures->count && !failure->follow_on; k++) {
            const ff_failure *earlier = &failures->items[k];
            failure->follow_on =
                may_follow(failure, earlier) && (!collects || began_after(run, failure->job, earlier->job));
        }
    }
}

/* How well `origin` explains why `failure` follows: of its own job; a sibling of its matrix, which fail-fast cuts off;
 * any. */
static unsigned kinship(const ff_failure *origin, const ff_failure *failure, const ff_leg *of_origin, const ff_leg *leg)
{
    if (origin->job == failure->job)
        return 3;
    return ff_leg_is_sibling(leg, of_origin) ? 2 : 1;
}

/* Names are taken apart once; `legs` has room for the origins, which stand first. */
static uint32_t take_apart(const ff_run *run, const ff_failures *failures, ff_leg *legs)
{
    uint32_t origins = 0;
    for (; origins < failures->count && !failures->items[origins].follow_on; origins++)
        if (failures->items[origins].job != FF_NO_INDEX)
            legs[origins] = ff_leg_of(ff_run_job(run, failures->items[origins].job)->name);
    return origins;
}

/* Among equals the earliest origin is taken. */
ff_status ff_follow_on_link(const ff_run *run, ff_failures *failures)
{
    ff_leg *legs = ff_arena_array(run->arena, failures->count, sizeof *legs);
    if (!legs)
        return FF_NOMEM;
    uint32_t origins = take_apart(run, failures, legs);
    for (size_t i = origins; i < failures->count; i++) {
        ff_failure *failure = &failures->items[i];
        ff_leg leg = ff_leg_of(ff_run_job(run, failure->job)->name);
        unsigned best = 0;
        for (uint32_t origin = 0; origin < origins; origin++) {
            unsigned kin = kinship(&failures->items[origin], failure, &legs[origin], &leg);
            if (kin > best) {
                best = kin;
                failure->follows = origin;
            }
        }
    }
    return FF_OK;
}
