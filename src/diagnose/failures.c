#include "base/array.h"
#include "base/limits.h"
#include "diagnose/outcome.h"
#include "diagnose/siblings.h"
#include "diagnose/timing.h"

#include <stdlib.h>

static bool has_tagged(const ff_findings *findings, uint32_t job, uint32_t step, const char *tag)
{
    for (size_t i = 0; i < findings->count; i++) {
        const ff_finding *finding = &findings->items[i];
        if (finding->job == job && finding->step == step && ff_rule_has_tag(finding->rule, tag))
            return true;
    }
    return false;
}

static ff_place failing_place(const ff_step *step)
{
    const ff_step_signs *signs = &step->signs;
    if (signs->exit_at.line)
        return signs->exit_at;
    return signs->last_error;
}

static int64_t failing_time(const ff_run *run, const ff_failure *failure)
{
    if (failure->place.line && failure->place.time != FF_NO_TIME)
        return failure->place.time;
    if (failure->job == FF_NO_INDEX)
        return FF_NO_TIME;
    const ff_job *job = ff_run_job(run, failure->job);
    if (failure->step != FF_NO_INDEX && job->steps.items[failure->step].completed_at != FF_NO_TIME)
        return job->steps.items[failure->step].completed_at;
    return job->completed_at;
}

/* NULL without memory or room. */
static ff_failure *add(ff_run *run, ff_failures *failures, uint32_t job, uint32_t step)
{
    if (failures->count >= FF_LIMIT_FAILURES) {
        ff_notes_add(&run->notes, true, "failures-limit", "More than %u failures; the rest was left out.",
                     FF_LIMIT_FAILURES);
        return NULL;
    }
    ff_failure *failure = FF_ARRAY_PUSH(run->arena, failures);
    if (failure)
        *failure = (ff_failure){.job = job,
                                .step = step,
                                .conclusion = job == FF_NO_INDEX ? run->conclusion : ff_run_job(run, job)->conclusion,
                                .follows = FF_NO_INDEX,
                                .first_fault = FF_NO_INDEX};
    return failure;
}

/* A failed step ended the job even where that still runs: its clean-up does. */
static bool has_failed(const ff_job *job)
{
    return ff_conclusion_is_bad(job->conclusion) || job->unfinished;
}

/* The failed steps of one job: the first decided the job, later ones failed because of it. */
static ff_status collect_job(ff_run *run, uint32_t job_index, ff_failures *failures)
{
    const ff_job *job = ff_run_job(run, job_index);
    bool first = true;
    if (!has_failed(job))
        return FF_OK;
    for (uint32_t i = 0; i < job->steps.count; i++) {
        const ff_step *step = &job->steps.items[i];
        if (!ff_conclusion_is_bad(step->conclusion) || step->tolerated)
            continue;
        ff_failure *failure = add(run, failures, job_index, i);
        if (!failure)
            return run->arena->failed ? FF_NOMEM : FF_OK;
        failure->conclusion = ff_timing_conclude(run, job_index, i, step->conclusion);
        failure->place = failing_place(step);
        failure->follow_on = !first;
        first = false;
    }
    if (first && ff_conclusion_is_bad(job->conclusion)) {
        ff_failure *failure = add(run, failures, job_index, FF_NO_INDEX);
        if (failure)
            failure->conclusion = ff_timing_conclude(run, job_index, FF_NO_INDEX, job->conclusion);
    }
    return run->arena->failed ? FF_NOMEM : FF_OK;
}

/* A run can fail before it has a job: its workflow file is not valid, or nothing may run it. */
static ff_status collect_run(ff_run *run, ff_failures *failures)
{
    bool no_job = run->jobs.count == 0 || run->conclusion == FF_CONCLUSION_STARTUP_FAILURE;
    if (run->known && no_job && failures->count == 0 && ff_conclusion_is_bad(run->conclusion))
        (void)add(run, failures, FF_NO_INDEX, FF_NO_INDEX);
    return run->arena->failed ? FF_NOMEM : FF_OK;
}

/* qsort has no context argument, so the keys are laid beside the failures. */
typedef struct ff_ordered {
    ff_failure failure;
    int64_t time;
    size_t at;
} ff_ordered;

static int by_origin_and_time(const void *a, const void *b)
{
    const ff_ordered *left = a, *right = b;
    if (left->failure.follow_on != right->failure.follow_on)
        return left->failure.follow_on ? 1 : -1;
    if (left->time != right->time)
        return left->time < right->time ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

static ff_status sort(ff_run *run, ff_failures *failures)
{
    ff_ordered *ordered = ff_arena_array(run->arena, failures->count, sizeof *ordered);
    if (!ordered)
        return FF_NOMEM;
    for (size_t i = 0; i < failures->count; i++) {
        int64_t time = failures->items[i].at = failing_time(run, &failures->items[i]);
        /* Unknown times sort last: nothing says that they came first. */
        ordered[i] = (ff_ordered){failures->items[i], time == FF_NO_TIME ? INT64_MAX : time, i};
    }
    qsort(ordered, failures->count, sizeof *ordered, by_origin_and_time);
    for (size_t i = 0; i < failures->count; i++)
        failures->items[i] = ordered[i].failure;
    return FF_OK;
}

/* Words in the names of jobs that only collect the results of others. Lower case, compared without case. */
static const ff_slice COLLECTOR_WORDS[] = {
    FF_TEXT("all green"),       FF_TEXT("all-green"),  FF_TEXT("alls-green"), FF_TEXT("all checks"),
    FF_TEXT("all-checks"),      FF_TEXT("all jobs"),   FF_TEXT("all-jobs"),   FF_TEXT("ci status"),
    FF_TEXT("ci-status"),       FF_TEXT("ci success"), FF_TEXT("ci-success"), FF_TEXT("required checks"),
    FF_TEXT("required-checks"), FF_TEXT("conclusion"), FF_TEXT("gate"),
};

/* Without a log only its name and the order tell: it began when another failed job had ended. */
static bool seems_to_collect(const ff_run *run, const ff_failure *failure, const ff_failure *earlier)
{
    if (!run->known || failure->place.line || failure->job == FF_NO_INDEX || earlier->job == FF_NO_INDEX ||
        (failure->step != FF_NO_INDEX && ff_run_step(run, failure->job, failure->step)->first_line))
        return false;
    const ff_job *job = ff_run_job(run, failure->job), *needed = ff_run_job(run, earlier->job);
    if (job->started_at == FF_NO_TIME || needed->completed_at == FF_NO_TIME || job->started_at < needed->completed_at)
        return false;
    for (size_t i = 0; i < sizeof COLLECTOR_WORDS / sizeof *COLLECTOR_WORDS; i++)
        if (ff_slice_find_nocase(job->name, COLLECTOR_WORDS[i]) != SIZE_MAX)
            return true;
    return false;
}

/* A job that only reports, or was cut off, after another one failed. */
static bool follows(const ff_run *run, const ff_failure *failure, const ff_failure *earlier, bool any)
{
    int64_t time = failing_time(run, failure), other_time = failing_time(run, earlier);
    return earlier != failure && !earlier->follow_on && earlier->job != failure->job &&
           earlier->conclusion != FF_CONCLUSION_CANCELLED &&
           (time == FF_NO_TIME || other_time == FF_NO_TIME || other_time <= time) &&
           (any || seems_to_collect(run, failure, earlier));
}

static void mark_follow_ons(const ff_run *run, const ff_findings *findings, ff_failures *failures)
{
    for (size_t i = 0; i < failures->count; i++) {
        ff_failure *failure = &failures->items[i];
        bool cancelled = failure->conclusion == FF_CONCLUSION_CANCELLED;
        bool reports = failure->step != FF_NO_INDEX && has_tagged(findings, failure->job, failure->step, "follow-on");
        bool silent = run->known && failure->place.line == 0;
        for (size_t other = 0; (cancelled || reports || silent) && other < failures->count && !failure->follow_on;
             other++)
            failure->follow_on = follows(run, failure, &failures->items[other], cancelled || reports);
    }
}

/* How well `origin` explains why `failure` follows: of its own job; a sibling of its matrix, which fail-fast cuts off;
 * any. */
static unsigned kinship(const ff_run *run, const ff_failure *origin, const ff_failure *failure)
{
    if (origin->job == failure->job)
        return 3;
    ff_leg one = ff_leg_of(ff_run_job(run, origin->job)->name), other = ff_leg_of(ff_run_job(run, failure->job)->name);
    return ff_leg_is_sibling(&one, &other) ? 2 : 1;
}

/* Origins stand first and in time order, so among equals the earliest is taken. */
static void link_follow_ons(const ff_run *run, ff_failures *failures)
{
    for (size_t i = 0; i < failures->count; i++) {
        ff_failure *failure = &failures->items[i];
        unsigned best = 0;
        if (!failure->follow_on)
            continue;
        for (uint32_t origin = 0; origin < failures->count && !failures->items[origin].follow_on; origin++)
            if (kinship(run, &failures->items[origin], failure) > best) {
                best = kinship(run, &failures->items[origin], failure);
                failure->follows = origin;
            }
    }
}

ff_status ff_failures_collect(ff_run *run, const ff_findings *findings, ff_failures *failures)
{
    ff_status status = FF_OK;
    for (uint32_t i = 0; i < run->jobs.count && status == FF_OK; i++)
        if (run->only == FF_NO_INDEX || run->only == i)
            status = collect_job(run, i, failures);
    if (status == FF_OK && run->only == FF_NO_INDEX)
        status = collect_run(run, failures);
    if (status == FF_OK) {
        mark_follow_ons(run, findings, failures);
        status = sort(run, failures);
    }
    if (status == FF_OK)
        link_follow_ons(run, failures);
    return status;
}
