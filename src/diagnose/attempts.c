#include "diagnose/attempts.h"

static bool is_failed(ff_conclusion conclusion)
{
    return conclusion == FF_CONCLUSION_FAILURE || conclusion == FF_CONCLUSION_TIMED_OUT;
}

static bool is_passed(ff_conclusion conclusion)
{
    return conclusion == FF_CONCLUSION_SUCCESS;
}

static uint32_t count(const ff_job *job, bool (*ended)(ff_conclusion))
{
    uint32_t found = 0;
    for (size_t i = 0; i < job->others.count; i++)
        found += ended(job->others.items[i].conclusion);
    return found;
}

/* `attempt 1`, `attempts 1, 2 and 4`: those that ended so. */
static void say_attempts(ff_observer *observer, const ff_job *job, bool (*ended)(ff_conclusion))
{
    enum { NAMED = 5 };
    uint32_t total = count(job, ended), said = 0;
    ff_buf_add(&observer->said, total == 1 ? FF_LIT("attempt ") : FF_LIT("attempts "));
    for (size_t i = 0; i < job->others.count && said < NAMED; i++) {
        if (!ended(job->others.items[i].conclusion))
            continue;
        const char *gap = said == 0 ? "" : said + 1 == total ? " and " : ", ";
        ff_buf_printf(&observer->said, "%s%u", gap, job->others.items[i].attempt);
        said++;
    }
    if (total > said)
        ff_buf_printf(&observer->said, " and %u more", total - said);
}

/* The other way round: nothing failed in this attempt. */
static ff_status tell_passed(ff_observer *observer, uint32_t index)
{
    const ff_run *run = observer->c->run;
    const ff_job *job = ff_run_job(run, index);
    if (count(job, is_failed) == 0)
        return FF_OK;
    ff_observer_place(observer, index, FF_NO_INDEX);
    ff_buf_printf(&observer->said, " passed in attempt %u and failed in ", run->attempt);
    say_attempts(observer, job, is_failed);
    ff_buf_add(&observer->said, FF_LIT(" of the same commit: it flickers"));
    return ff_observer_tell(observer, "flicker", index, FF_NO_INDEX);
}

static ff_status tell(ff_observer *observer, uint32_t index)
{
    const ff_run *run = observer->c->run;
    const ff_job *job = ff_run_job(run, index);
    uint32_t passed = count(job, is_passed), failed = count(job, is_failed);
    if (passed + failed == 0 || run->attempt == 0)
        return FF_OK;
    if (job->conclusion == FF_CONCLUSION_SUCCESS)
        return tell_passed(observer, index);
    ff_observer_place(observer, index, FF_NO_INDEX);
    if (passed) {
        ff_buf_printf(&observer->said, " failed in attempt %u and passed in ", run->attempt);
        say_attempts(observer, job, is_passed);
        ff_buf_add(&observer->said, FF_LIT(" of the same commit: it flickers"));
    } else if (job->others.items[job->others.count - 1].attempt > run->attempt) {
        ff_buf_printf(&observer->said, " failed in attempt %u and again in ", run->attempt);
        say_attempts(observer, job, is_failed);
    } else {
        ff_buf_add(&observer->said, FF_LIT(" failed in "));
        say_attempts(observer, job, is_failed);
        ff_buf_printf(&observer->said, " and again in attempt %u", run->attempt);
    }
    return ff_observer_tell(observer, passed ? "flicker" : "failed-again", index, FF_NO_INDEX);
}

ff_status ff_attempts_observe(ff_observer *observer)
{
    const ff_case *c = observer->c;
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->failures.count && status == FF_OK; i++) {
        const ff_failure *failure = &c->failures.items[i];
        if (failure->job != FF_NO_INDEX && !failure->follow_on && is_failed(failure->conclusion))
            status = tell(observer, failure->job);
    }
    for (uint32_t i = 0; i < c->run->jobs.count && status == FF_OK && c->failures.count == 0; i++)
        if (ff_run_job(c->run, i)->conclusion == FF_CONCLUSION_SUCCESS && ff_run_job(c->run, i)->others.count)
            status = tell(observer, i);
    return status;
}
