#include "diagnose/timing.h"

#include "base/clock.h"
#include "diagnose/pinned.h"
#include "diagnose/stop.h"
#include "workflow/workflow.h"

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

/* How long a failed step and its job ran, and what the workflow allows them. */
typedef struct ff_span {
    int64_t step_ran, job_ran; /* 0: not known */
    ff_time_limits limits;
} ff_span;

static ff_span span_of(const ff_run *run, const ff_workflow *workflow, const ff_failure *failure)
{
    ff_slice step_name = {0};
    /* GitHub's own steps may have the name of one of the workflow's. */
    if (failure->step != FF_NO_INDEX && ff_run_step(run, failure->job, failure->step)->phase == FF_STEP_MAIN)
        step_name = ff_run_step(run, failure->job, failure->step)->name;
    return (ff_span){
        .step_ran = ff_timing_step(run, failure->job, failure->step),
        .job_ran = ff_timing_job(run, failure->job),
        .limits = ff_workflow_limits(workflow, ff_run_job(run, failure->job)->name, step_name),
    };
}

static bool has_met(ff_minutes limit, int64_t ran)
{
    return limit.minutes && ran && ran >= limit.minutes * MINUTE - FF_CLOCK_SLACK;
}

/* Against what ends a job whose workflow sets no limit, or a longer one than GitHub's machines give. */
static void say_own_limit(ff_observer *observer, const ff_span *span)
{
    const int64_t limit = DEFAULT_MINUTES * MINUTE;
    int64_t longest = span->job_ran > span->step_ran ? span->job_ran : span->step_ran;
    if (span->limits.job.minutes && span->limits.job.minutes <= DEFAULT_MINUTES)
        return;
    if (longest >= limit)
        ff_buf_printf(&observer->said, ", which is GitHub's own limit of %d minutes", DEFAULT_MINUTES);
    else if (longest < limit / 10 * 9)
        ff_buf_printf(&observer->said, ", far from GitHub's own limit of %d minutes: not that time limit",
                      DEFAULT_MINUTES);
}

/* The workflow of a pull request is the one that came of the merge, which the commit of the run is not. */
static void say_file(ff_observer *observer)
{
    const ff_run *run = observer->c->run;
    ff_observer_name(observer, run->workflow_path);
    if (ff_slice_starts(run->event, FF_LIT("pull_request")))
        ff_buf_add(&observer->said, FF_LIT(" at the head of the pull request"));
}

/* Against what the workflow sets: that a limit was reached, not that it ended anything. `only_met`: of a limit that was
 * not reached nothing is to be said. */
static void say_workflow_limits(ff_observer *observer, const ff_span *span, bool only_met)
{
    const struct {
        ff_minutes limit;
        int64_t ran;
        const char *of;
    } rows[] = {{span->limits.job, span->job_ran, "job"}, {span->limits.step, span->step_ran, "step"}};
    ff_buf *said = &observer->said;
    bool begun = false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool met = has_met(rows[i].limit, rows[i].ran);
        if (!rows[i].limit.minutes || !rows[i].ran || (only_met && !met))
            continue;
        ff_buf_add(said, begun ? FF_LIT(", and") : FF_LIT("; "));
        if (!begun) {
            say_file(observer);
            ff_buf_add(said, FF_LIT(" sets"));
        }
        begun = true;
        ff_buf_printf(said, " “timeout-minutes: %u” for the %s", (unsigned)rows[i].limit.minutes, rows[i].of);
        ff_buf_add(said, !met ? FF_LIT(": not that time limit")
                         : rows[i].ran >= rows[i].limit.minutes * MINUTE
                             ? FF_LIT(", which it had reached")
                             : FF_LIT(", which it had reached to within 3 s"));
    }
}

/* A job that met a limit of its workflow says so in words, so a round time is only a hint, and none where the workflow
 * was read. */
static void say_round_time(ff_observer *observer, const ff_span *span)
{
    const ff_time_limits *limits = &span->limits;
    int64_t of_job = limits->job.known ? 0 : ff_clock_whole_minutes(span->job_ran);
    int64_t of_step = limits->step.known ? 0 : ff_clock_whole_minutes(span->step_ran);
    int64_t longest = span->job_ran > span->step_ran ? span->job_ran : span->step_ran;
    if ((!of_job && !of_step) || longest >= DEFAULT_MINUTES * MINUTE || has_met(limits->job, span->job_ran) ||
        has_met(limits->step, span->step_ran))
        return;
    ff_buf_printf(&observer->said,
                  ". It would fit “timeout-minutes: %lld” of the %s, which nothing here states: look into the workflow",
                  (long long)(of_job ? of_job : of_step), of_job ? "job" : "step");
}

static ff_status tell_killed(ff_observer *observer, const ff_failure *failure, const ff_span *span, const char *words,
                             const char *code)
{
    if (span->step_ran == 0 && span->job_ran == 0)
        return FF_OK;
    ff_observer_place(observer, failure->job, failure->step);
    ff_buf_add(&observer->said, ff_slice_of(words));
    say_ran(observer, span->step_ran, span->job_ran);
    if (failure->conclusion == FF_CONCLUSION_TIMED_OUT) {
        say_workflow_limits(observer, span, true);
    } else if (!failure->stop) { /* else it is known what ended it */
        say_own_limit(observer, span);
        say_workflow_limits(observer, span, false);
        say_round_time(observer, span);
    }
    return ff_observer_tell(observer, code, failure->job, failure->step);
}

static ff_status tell(ff_observer *observer, const ff_workflow *workflow, const ff_failure *failure)
{
    const ff_run *run = observer->c->run;
    bool cancelled = failure->conclusion == FF_CONCLUSION_CANCELLED;
    ff_stated_limit limit = find_limit(observer->c, failure->job, failure->step);
    if (limit.words.len && failure->conclusion == FF_CONCLUSION_TIMED_OUT)
        return tell_limit(observer, failure, &limit);
    /* Of a job that never began the API has times too: how long it waited. */
    if (cancelled && ff_run_job(run, failure->job)->known && ff_run_job(run, failure->job)->steps.count == 0)
        return FF_OK;
    ff_span span = span_of(run, workflow, failure);
    if (cancelled || failure->conclusion == FF_CONCLUSION_TIMED_OUT)
        return tell_killed(observer, failure, &span, cancelled ? " was cancelled" : " ran out of time", "cut-off");
    int32_t exit_code =
        failure->step == FF_NO_INDEX ? FF_NO_EXIT_CODE : ff_run_step(run, failure->job, failure->step)->signs.exit_code;
    for (size_t i = 0; i < sizeof KILLS / sizeof *KILLS; i++)
        if (KILLS[i].code == exit_code)
            return tell_killed(observer, failure, &span, KILLS[i].words, "killed");
    return FF_OK;
}

/* A file that makes no sense leaves the workflow without jobs, as if it had not been read. */
static ff_status read_workflow(const ff_run *run, ff_arena *arena, ff_workflow *workflow)
{
    ff_status status = run->workflow_text.len ? ff_workflow_read(run->workflow_text, arena, workflow, NULL) : FF_OK;
    return status == FF_NOMEM ? status : FF_OK;
}

ff_status ff_timing_observe(ff_observer *observer)
{
    const ff_case *c = observer->c;
    ff_workflow workflow = {.jobs = {0}};
    ff_arena arena; /* its own: the tree of a file is many times as large as the file, and of use only here */
    ff_arena_init(&arena, 0);
    ff_status status = read_workflow(c->run, &arena, &workflow);
    for (size_t i = 0; i < c->failures.count && status == FF_OK; i++)
        if (!c->failures.items[i].follow_on && c->failures.items[i].job != FF_NO_INDEX)
            status = tell(observer, &workflow, &c->failures.items[i]);
    ff_arena_release(&arena);
    return status;
}
