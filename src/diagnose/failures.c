#include "base/array.h"
#include "base/limits.h"
#include "diagnose/follow_on.h"
#include "diagnose/timing.h"

#include <stdlib.h>

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
        int64_t time = failures->items[i].at;
        /* Unknown times sort last: nothing says that they came first. */
        ordered[i] = (ff_ordered){failures->items[i], time == FF_NO_TIME ? INT64_MAX : time, i};
    }
    qsort(ordered, failures->count, sizeof *ordered, by_origin_and_time);
    for (size_t i = 0; i < failures->count; i++)
        failures->items[i] = ordered[i].failure;
    return FF_OK;
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
        for (size_t i = 0; i < failures->count; i++) {
            ff_failure *failure = &failures->items[i];
            failure->at = failing_time(run, failure);
            if (failure->job != FF_NO_INDEX)
                failure->stop = ff_stop_find(run, failure->job, failure->conclusion, &failure->stop_words);
        }
        ff_follow_on_mark(run, findings, failures);
        status = sort(run, failures);
    }
    if (status == FF_OK)
        status = ff_follow_on_link(run, failures);
    return status;
}
