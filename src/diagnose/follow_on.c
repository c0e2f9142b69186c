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
static unsigned kinship(const ff_run *run, const ff_failure *origin, const ff_failure *failure, const ff_leg *leg)
{
    if (origin->job == failure->job)
        return 3;
    ff_leg other = ff_leg_of(ff_run_job(run, origin->job)->name);
    return ff_leg_is_sibling(leg, &other) ? 2 : 1;
}

/* Among equals the earliest origin is taken. */
void ff_follow_on_link(const ff_run *run, ff_failures *failures)
{
    for (size_t i = 0; i < failures->count; i++) {
        ff_failure *failure = &failures->items[i];
        unsigned best = 0;
        if (!failure->follow_on)
            continue;
        ff_leg leg = ff_leg_of(ff_run_job(run, failure->job)->name);
        for (uint32_t origin = 0; origin < failures->count && !failures->items[origin].follow_on; origin++) {
            unsigned kin = kinship(run, &failures->items[origin], failure, &leg);
            if (kin > best) {
                best = kin;
                failure->follows = origin;
            }
        }
    }
}
