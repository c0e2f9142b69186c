#include "diagnose/context.h"

#include "base/clock.h"

static ff_status tell_unfinished(ff_observer *observer)
{
    const ff_run *run = observer->c->run;
    size_t open = 0;
    if (!run->unfinished)
        return FF_OK;
    for (size_t i = 0; i < run->jobs.count; i++)
        open += run->jobs.items[i].unfinished;
    ff_buf_add(&observer->said, FF_LIT("The run has not finished"));
    if (open)
        ff_buf_printf(&observer->said, ": %zu of %zu jobs still %s or %s", open, run->jobs.count,
                      open == 1 ? "runs" : "run", open == 1 ? "waits" : "wait");
    ff_buf_add(&observer->said, FF_LIT("; this is what it says so far"));
    return ff_observer_tell(observer, "unfinished", FF_NO_INDEX, FF_NO_INDEX);
}

static bool has_failed(const ff_job *job)
{
    return job->conclusion_known && ff_conclusion_is_bad(job->conclusion) && job->conclusion != FF_CONCLUSION_CANCELLED;
}

/* Every other job of the run is known, and so is how it ended. */
static bool are_others_over(const ff_run *run)
{
    bool over = !run->jobs_missing;
    for (uint32_t i = 0; i < run->jobs.count; i++)
        over = over && (i == run->only || ff_run_job(run, i)->conclusion_known);
    return over;
}

static ff_status tell_not_read(ff_observer *observer)
{
    enum { NAMED = 3 };
    const ff_run *run = observer->c->run;
    size_t failed = 0;
    if (run->only >= run->jobs.count)
        return FF_OK;
    ff_buf_add(&observer->said, FF_LIT("Only the job "));
    ff_observer_name(observer, ff_run_job(run, run->only)->name);
    ff_buf_add(&observer->said, FF_LIT(" was read, because its address was given"));
    for (uint32_t i = 0; i < run->jobs.count; i++) {
        if (i == run->only || !has_failed(ff_run_job(run, i)) || ++failed > NAMED)
            continue;
        ff_buf_add(&observer->said, failed == 1 ? FF_LIT("; failed too and not read: ") : FF_LIT(", "));
        ff_observer_name(observer, ff_run_job(run, i)->name);
    }
    if (failed > NAMED)
        ff_buf_printf(&observer->said, " and %zu more", failed - NAMED);
    else if (failed == 0 && are_others_over(run))
        ff_buf_add(&observer->said, FF_LIT("; no other job failed"));
    return ff_observer_tell(observer, "not-read", run->only, FF_NO_INDEX);
}

ff_status ff_context_observe_gaps(ff_observer *observer)
{
    ff_status status = tell_unfinished(observer);
    return status == FF_OK ? tell_not_read(observer) : status;
}

ff_status ff_context_observe_green(ff_observer *observer)
{
    enum { SHORT_HASH = 7 };
    const ff_run *run = observer->c->run;
    const ff_last_green *green = &run->last_green;
    if (green->id == 0 || observer->c->failures.count == 0)
        return FF_OK;
    ff_buf_add(&observer->said, FF_LIT("The last run of this workflow"));
    if (run->head_branch.len) {
        ff_buf_add(&observer->said, FF_LIT(" on "));
        ff_observer_name(observer, run->head_branch);
    }
    ff_buf_printf(&observer->said, " that passed before it is %llu", (unsigned long long)green->id);
    if (green->head_sha.len) {
        bool same = ff_slice_eq(green->head_sha, run->head_sha);
        ff_buf_add(&observer->said, same ? FF_LIT(", of the same commit ") : FF_LIT(", commit "));
        ff_observer_name(observer, ff_slice_cut(green->head_sha, SHORT_HASH));
    }
    if (green->at != FF_NO_TIME) {
        ff_buf_add(&observer->said, FF_LIT(", started "));
        ff_clock_add_minute(&observer->said, green->at);
    }
    return ff_observer_tell(observer, "last-green", FF_NO_INDEX, FF_NO_INDEX);
}
