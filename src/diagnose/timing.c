#include "diagnose/timing.h"

#include "base/clock.h"
#include "diagnose/pinned.h"
#include "diagnose/stop.h"

static const int64_t SECOND = 1000000000, MINUTE = 60 * (int64_t)1000000000;

/* https://docs.github.com/en/actions/reference/limits: what `jobs.<job_id>.timeout-minutes` is where nobody sets it. */
enum { DEFAULT_MINUTES = 360 };

/* Exit codes of a process that somebody else ended: 128 and the signal; `timeout` has one of its own. */
static const struct {
    int32_t code;
    const char *words;
} KILLS[] = {
    {137, " was killed (exit code 137)"},
    {143, " was terminated (exit code 143)"},
    {124, " ended with exit code 124, as `timeout` does when its time is up,"},
};

static bool has_step_over_time(const ff_job *job)
{
    for (size_t i = 0; i < job->steps.count; i++)
        if (job->steps.items[i].signs.timed_out)
            return true;
    return false;
}

ff_conclusion ff_timing_conclude(const ff_run *run, uint32_t job, uint32_t step, ff_conclusion conclusion)
{
    if (conclusion != FF_CONCLUSION_CANCELLED && conclusion != FF_CONCLUSION_FAILURE)
        return conclusion;
    bool said = step != FF_NO_INDEX && ff_run_step(run, job, step)->signs.timed_out;
    /* An annotation and what another step says are about the job; a step that failed by itself may stand beside it. */
    if (!said && conclusion == FF_CONCLUSION_CANCELLED)
        said = has_step_over_time(ff_run_job(run, job)) || ff_pinned_find(run, job, ff_stop_job_limit);
    return said ? FF_CONCLUSION_TIMED_OUT : conclusion;
}

int64_t ff_timing_step(const ff_run *run, uint32_t job, uint32_t step)
{
    if (step == FF_NO_INDEX)
        return 0;
    const ff_step *of = ff_run_step(run, job, step);
    return ff_clock_between(of->started_at, of->completed_at);
}

int64_t ff_timing_job(const ff_run *run, uint32_t index)
{
    const ff_job *job = ff_run_job(run, index);
    int64_t first = job->started_at, last = job->completed_at;
    for (size_t i = 0; i < job->steps.count && job->started_at == FF_NO_TIME; i++)
        if (job->steps.items[i].started_at != FF_NO_TIME &&
            (first == FF_NO_TIME || job->steps.items[i].started_at < first))
            first = job->steps.items[i].started_at;
    for (size_t i = 0; i < job->steps.count && job->completed_at == FF_NO_TIME; i++)
        if (job->steps.items[i].completed_at > last)
            last = job->steps.items[i].completed_at;
    return ff_clock_between(first, last);
}

/* A limit as somebody stated it. */
typedef struct ff_stated_limit {
    ff_slice words; /* empty: nobody did */
    bool of_step, by_annotation;
} ff_stated_limit;

static bool note_limit(ff_stated_limit *limit, ff_slice words, bool by_annotation)
{
    if (!ff_stop_is_limit(words))
        return false;
    *limit = (ff_stated_limit){words, ff_slice_find(words, ff_stop_step_limit) != SIZE_MAX, by_annotation};
    return true;
}

static bool find_in_step(const ff_case *c, uint32_t job, uint32_t step, ff_stated_limit *limit)
{
    const ff_step_traces *traces = ff_suspects_of(c->suspects, job, step);
    for (uint32_t i = 0; traces && i < traces->tail_count; i++)
        if (note_limit(limit, traces->tail[i].text, false))
            return true;
    for (uint32_t i = 0; traces && i < traces->suspect_count; i++)
        if (note_limit(limit, traces->suspects[i].text, false))
            return true;
    return false;
}

static ff_stated_limit find_limit(const ff_case *c, uint32_t job, uint32_t step)
{
    ff_stated_limit limit = {.of_step = false};
    if (step != FF_NO_INDEX && find_in_step(c, job, step, &limit))
        return limit;
    const ff_annotation *pinned = ff_pinned_find(c->run, job, ff_stop_job_limit);
    if (pinned && note_limit(&limit, ff_annotation_words(pinned), true))
        return limit;
    const ff_job *of = ff_run_job(c->run, job);
    for (uint32_t i = 0; i < of->steps.count; i++)
        if (of->steps.items[i].signs.timed_out && find_in_step(c, job, i, &limit))
            break;
    return limit;
}

/* `10 minutes` of the runner's words, which end in a full stop, or `6h0m0s` as older runners say. */
static void say_limit(ff_observer *observer, const ff_stated_limit *limit)
{
    ff_slice phrase = limit->of_step ? ff_stop_step_limit : ff_stop_job_limit;
    ff_slice words = ff_slice_from(limit->words, ff_slice_find(limit->words, phrase) + phrase.len);
    uint64_t minutes;
    if (ff_slice_take_uint(&words, &minutes) && ff_slice_starts(words, FF_LIT(" minute")))
        ff_buf_printf(&observer->said, " of %llu %s", (unsigned long long)minutes, minutes == 1 ? "minute" : "minutes");
}

static void say_ran(ff_observer *observer, int64_t step_ran, int64_t job_ran)
{
    ff_buf *said = &observer->said;
    if (step_ran) {
        ff_buf_add(said, FF_LIT(" after "));
        ff_clock_add_duration(said, step_ran);
    }
    if (job_ran && job_ran - step_ran > SECOND) {
        ff_buf_add(said, step_ran ? FF_LIT(", the job after ") : FF_LIT(" after "));
        ff_clock_add_duration(said, job_ran);
    }
}

static ff_status tell_limit(ff_observer *observer, const ff_failure *failure, const ff_stated_limit *limit)
{
    const ff_run *run = observer->c->run;
    int64_t step_ran = ff_timing_step(run, failure->job, failure->step), job_ran = ff_timing_job(run, failure->job);
    int64_t ran = limit->of_step ? step_ran : job_ran;
    ff_observer_place(observer, failure->job, limit->of_step ? failure->step : FF_NO_INDEX);
    if (ran) {
        ff_buf_add(&observer->said, FF_LIT(" ran "));
        ff_clock_add_duration(&observer->said, ran);
        ff_buf_add(&observer->said, limit->by_annotation ? FF_LIT("; an annotation") : FF_LIT("; its log"));
        ff_buf_add(&observer->said, FF_LIT(" says that it exceeded"));
    } else
        ff_buf_add(&observer->said, FF_LIT(" exceeded"));
    ff_buf_add(&observer->said, limit->of_step ? FF_LIT(" its time limit") : FF_LIT(" the maximum execution time"));
    say_limit(observer, limit);
    return ff_observer_tell(observer, "time-limit", failure->job, limit->of_step ? failure->step : FF_NO_INDEX);
}

/* The whole number of minutes that a time is within a few seconds of, else 0. */
static int64_t whole_minutes(int64_t ran)
{
    int64_t slack = 3 * SECOND, minutes = (ran + slack) / MINUTE;
    int64_t off = ran - minutes * MINUTE;
    return minutes >= 1 && off <= slack && off >= -slack ? minutes : 0;
}

/* Against what ends a job whose workflow sets no limit. A job that met a limit of its workflow says so in words, so a
 * round time is only a hint. */
static void say_distance(ff_observer *observer, int64_t step_ran, int64_t job_ran)
{
    static const int64_t limit = DEFAULT_MINUTES * (int64_t)60 * 1000000000;
    ff_buf *said = &observer->said;
    int64_t longest = job_ran > step_ran ? job_ran : step_ran;
    if (longest >= limit) {
        ff_buf_printf(said, ", which is GitHub's own limit of %d minutes", DEFAULT_MINUTES);
        return;
    }
    if (longest < limit / 10 * 9)
        ff_buf_printf(said, ", far from GitHub's own limit of %d minutes: not that time limit", DEFAULT_MINUTES);
    int64_t of_job = whole_minutes(job_ran), of_step = whole_minutes(step_ran);
    if (of_job || of_step)
        ff_buf_printf(said,
                      ". It would fit “timeout-minutes: %lld” of the %s, which nothing here states: look into the "
                      "workflow",
                      (long long)(of_job ? of_job : of_step), of_job ? "job" : "step");
}

static ff_status tell_killed(ff_observer *observer, const ff_failure *failure, const char *words, const char *code)
{
    const ff_run *run = observer->c->run;
    int64_t step_ran = ff_timing_step(run, failure->job, failure->step), job_ran = ff_timing_job(run, failure->job);
    if (step_ran == 0 && job_ran == 0)
        return FF_OK;
    ff_observer_place(observer, failure->job, failure->step);
    ff_buf_add(&observer->said, ff_slice_of(words));
    say_ran(observer, step_ran, job_ran);
    if (failure->conclusion != FF_CONCLUSION_TIMED_OUT && !failure->stop) /* else it is known what ended it */
        say_distance(observer, step_ran, job_ran);
    return ff_observer_tell(observer, code, failure->job, failure->step);
}

static ff_status tell(ff_observer *observer, const ff_failure *failure)
{
    const ff_run *run = observer->c->run;
    bool cancelled = failure->conclusion == FF_CONCLUSION_CANCELLED;
    ff_stated_limit limit = find_limit(observer->c, failure->job, failure->step);
    if (limit.words.len && failure->conclusion == FF_CONCLUSION_TIMED_OUT)
        return tell_limit(observer, failure, &limit);
    /* Of a job that never began the API has times too: how long it waited. */
    if (cancelled && ff_run_job(run, failure->job)->known && ff_run_job(run, failure->job)->steps.count == 0)
        return FF_OK;
    if (cancelled || failure->conclusion == FF_CONCLUSION_TIMED_OUT)
        return tell_killed(observer, failure, cancelled ? " was cancelled" : " ran out of time", "cut-off");
    int32_t exit_code =
        failure->step == FF_NO_INDEX ? FF_NO_EXIT_CODE : ff_run_step(run, failure->job, failure->step)->signs.exit_code;
    for (size_t i = 0; i < sizeof KILLS / sizeof *KILLS; i++)
        if (KILLS[i].code == exit_code)
            return tell_killed(observer, failure, KILLS[i].words, "killed");
    return FF_OK;
}

ff_status ff_timing_observe(ff_observer *observer)
{
    const ff_case *c = observer->c;
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->failures.count && status == FF_OK; i++)
        if (!c->failures.items[i].follow_on && c->failures.items[i].job != FF_NO_INDEX)
            status = tell(observer, &c->failures.items[i]);
    return status;
}
