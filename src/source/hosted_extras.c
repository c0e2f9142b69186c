/* What helps to judge a failure and is not needed to read it: annotations, other attempts, the workflow's time limits,
 * the last green run. A failure to get one of them is no loss worth a retry by the user; it is noted. */
#include "base/keep.h"
#include "base/limits.h"
#include "fetch/runs.h"
#include "source/hosted.h"

enum { MESSAGE_BYTES = 2000, TITLE_BYTES = 300 };

static void note_skipped(ff_hosted *source, const char *what, const ff_error *reason)
{
    source->arena->failed |= reason->status == FF_NOMEM; /* no loss, but no run either */
    ff_notes_add(&source->run->notes, false, "facts-missing", "%s could not be read: %s.", what, reason->text);
}

/* ---- annotations ---- */

static bool has_failed_step(const ff_job *job)
{
    for (size_t i = 0; i < job->steps.count; i++)
        if (job->steps.items[i].conclusion == FF_CONCLUSION_FAILURE)
            return true;
    return false;
}

/* Annotations repeat the errors of the log; they alone tell why a job ended without one. */
static bool wants_annotations(const ff_hosted *source, const ff_job *job)
{
    bool asked_for = source->run->only == FF_NO_INDEX || ff_run_job(source->run, source->run->only) == job;
    return asked_for && job->known && job->id > 0 && ff_conclusion_is_bad(job->conclusion) &&
           (!job->has_log || job->conclusion != FF_CONCLUSION_FAILURE || !has_failed_step(job));
}

/* Of many runs those alone that neither began nor have any other trace: what keeps them from it is often the same for
 * all their jobs. */
static bool never_began(const ff_job *job)
{
    return !job->has_log && job->steps.count == 0 && job->conclusion == FF_CONCLUSION_FAILURE;
}

static bool add_annotation(ff_run *run, uint32_t job, const ff_api_annotation *from)
{
    ff_annotation *annotation = FF_ARRAY_PUSH(run->arena, &run->annotations);
    if (!annotation)
        return false;
    *annotation = (ff_annotation){.job = job, .line = from->line, .end_line = from->end_line};
    annotation->level = ff_run_keep_name(run, from->level);
    annotation->path = ff_run_keep_name(run, from->path);
    annotation->title = ff_text_keep(run->arena, from->title, TITLE_BYTES, &run->redactions);
    annotation->message = ff_text_keep(run->arena, from->message, MESSAGE_BYTES, &run->redactions);
    return true;
}

/* False when asking on is pointless: these tokens may not, or a limit is reached. */
static bool read_annotations_of(ff_hosted *source, uint32_t job)
{
    ff_api_annotations found = {0};
    ff_error reason = {0};
    uint64_t id = (uint64_t)ff_run_job(source->run, job)->id;
    ff_status status = ff_github_annotations(&source->api, id, &found, &reason);
    if (status != FF_OK) {
        note_skipped(source, "The annotations of a job", &reason);
        return status == FF_NOT_FOUND || status == FF_INVALID;
    }
    for (size_t i = 0; i < found.count && i < FF_LIMIT_ANNOTATIONS; i++)
        if (!add_annotation(source->run, job, &found.items[i]))
            return false;
    return true;
}

static void read_annotations(ff_hosted *source)
{
    size_t asked = 0, most = source->listed ? FF_LIMIT_LISTED_ANNOTATED_JOBS : FF_LIMIT_ANNOTATED_JOBS;
    bool on = true;
    for (uint32_t i = 0; i < source->jobs.count && on; i++) {
        const ff_job *job = ff_run_job(source->run, i);
        if (wants_annotations(source, job) && (!source->listed || never_began(job)) && asked++ < most)
            on = read_annotations_of(source, i);
    }
    if (asked > most)
        ff_notes_add(&source->run->notes, false, "annotations-limit",
                     "The annotations of %zu job%s were asked for, those of %zu more were not.", most,
                     most == 1 ? "" : "s", asked - most);
}

/* ---- other attempts ---- */

/* Names are unique in a run but for matrix legs that give themselves one name: those cannot be compared. */
static const ff_api_job *only_job_of(const ff_api_jobs *jobs, ff_slice name)
{
    const ff_api_job *found = NULL;
    for (size_t i = 0; i < jobs->count; i++) {
        if (!ff_slice_eq(jobs->items[i].name, name))
            continue;
        if (found)
            return NULL;
        found = &jobs->items[i];
    }
    return found;
}

/* How an attempt ended, by its jobs: the listing does not say it of the whole. Unknown where one of them is not over.
 */
static ff_conclusion worst_of(const ff_api_jobs *jobs)
{
    static const ff_conclusion order[] = {
        FF_CONCLUSION_FAILURE, FF_CONCLUSION_STARTUP_FAILURE, FF_CONCLUSION_TIMED_OUT, FF_CONCLUSION_CANCELLED,
        FF_CONCLUSION_UNKNOWN, FF_CONCLUSION_ACTION_REQUIRED, FF_CONCLUSION_STALE,     FF_CONCLUSION_SUCCESS};
    for (size_t o = 0; o < sizeof order / sizeof *order; o++)
        for (size_t i = 0; i < jobs->count; i++)
            if (ff_conclusion_of(jobs->items[i].conclusion) == order[o])
                return order[o];
    return FF_CONCLUSION_UNKNOWN;
}

/* A re-run of the failed jobs lists the others too, with the attempt in which they ran. */
static bool ran_in(const ff_api_job *job, uint32_t attempt)
{
    return job->attempt == 0 || job->attempt == attempt;
}

static bool compare_attempt(ff_hosted *source, uint32_t number)
{
    ff_run *run = source->run;
    ff_api_jobs jobs = {0};
    ff_slice ended = {0};
    ff_error reason = {0};
    ff_status status = ff_github_jobs(&source->api, run->id, number, &jobs, &ended, &reason);
    if (status == FF_OK && ended.len) /* of a part of the jobs nothing can be said */
        status = ff_error_set(&reason, FF_INVALID, "%.*s", FF_ARG(ended));
    if (status != FF_OK) {
        note_skipped(source, "Another attempt of the run", &reason);
        return false;
    }
    ff_attempt *attempt = FF_ARRAY_PUSH(run->arena, &run->attempts);
    if (!attempt)
        return false;
    *attempt = (ff_attempt){.number = number, .conclusion = worst_of(&jobs)};
    for (size_t i = 0; i < source->jobs.count; i++) {
        const ff_api_job *own = &source->jobs.items[i];
        const ff_api_job *other = only_job_of(&jobs, own->name);
        bool single = only_job_of(&source->jobs, own->name) == own;
        if (!other || !single || !ran_in(other, number))
            continue;
        ff_job *job = ff_run_job(run, (uint32_t)i);
        ff_other_try *tried = FF_ARRAY_PUSH(run->arena, &job->others);
        if (!tried)
            return false;
        *tried = (ff_other_try){number, ff_conclusion_of(other->conclusion)};
    }
    return true;
}

/* The attempt before this one, and the latest. */
static void compare_attempts(ff_hosted *source)
{
    ff_run *run = source->run;
    uint32_t numbers[FF_LIMIT_OTHER_ATTEMPTS] = {run->attempt > 1 ? run->attempt - 1 : 0,
                                                 run->latest_attempt > run->attempt ? run->latest_attempt : 0};
    for (size_t i = 0; i < FF_LIMIT_OTHER_ATTEMPTS; i++)
        if (numbers[i] && !compare_attempt(source, numbers[i]))
            return;
    size_t others = run->latest_attempt > 1 ? run->latest_attempt - 1u : 0;
    if (others > run->attempts.count && run->attempts.count == FF_LIMIT_OTHER_ATTEMPTS)
        ff_notes_add(&run->notes, false, "attempts-limit",
                     "Of %zu other attempts the one before this and the latest were compared.", others);
}

/* ---- the workflow file ---- */

static bool ran_whole_minutes(int64_t started_at, int64_t completed_at)
{
    return ff_clock_whole_minutes(ff_clock_between(started_at, completed_at)) > 0;
}

/* A limit ends a job as cancelled or timed out, or its step with a signal: after about as many minutes as it says. A
 * job without steps never began. */
static bool may_have_met_a_limit(const ff_job *job)
{
    if (!job->known || job->steps.count == 0 || !ff_conclusion_is_bad(job->conclusion))
        return false;
    bool met = job->conclusion == FF_CONCLUSION_CANCELLED || job->conclusion == FF_CONCLUSION_TIMED_OUT ||
               ran_whole_minutes(job->started_at, job->completed_at);
    for (size_t i = 0; i < job->steps.count && !met; i++) {
        const ff_step *step = &job->steps.items[i];
        met = ff_conclusion_is_bad(step->conclusion) && ran_whole_minutes(step->started_at, step->completed_at);
    }
    return met;
}

/* The file that ran is the one at the run's commit if it is in this repository: a workflow that an organisation
 * requires has the path of another. With pull_request_target it comes from the base, and the commit is the head's. */
static bool has_own_workflow(const ff_run *run)
{
    return ff_slice_starts(run->workflow_path, FF_LIT(".github/workflows/")) && run->head_sha.len &&
           !ff_slice_eq(run->event, FF_LIT("pull_request_target"));
}

static void read_workflow(ff_hosted *source)
{
    ff_run *run = source->run;
    ff_slice text = {0};
    ff_error reason = {0};
    bool wanted = false;
    for (uint32_t i = 0; i < run->jobs.count && !wanted; i++)
        wanted = (run->only == FF_NO_INDEX || run->only == i) && may_have_met_a_limit(ff_run_job(run, i));
    if (!wanted || !has_own_workflow(run))
        return;
    if (ff_github_file(&source->api, run->workflow_path, run->head_sha, &text, &reason) != FF_OK)
        note_skipped(source, "The workflow file", &reason);
    else
        run->workflow_text = source->arena == run->arena ? text : ff_arena_dup(run->arena, text);
}

/* ---- the last green run ---- */

static void read_last_green(ff_hosted *source)
{
    ff_run *run = source->run;
    ff_api_run green = {0};
    ff_error reason = {0};
    if (!source->facts.workflow_id || !source->facts.head_branch.len)
        return;
    ff_status status = ff_github_last_green(&source->api, &source->facts, &green, &reason);
    if (status != FF_OK) {
        note_skipped(source, "The last successful run", &reason);
        return;
    }
    if (green.id == 0 || green.id == run->id)
        return;
    run->last_green = (ff_last_green){.id = green.id, .at = FF_NO_TIME};
    run->last_green.head_sha = ff_run_keep_name(run, green.head_sha);
    run->last_green.at = green.started_at != FF_NO_TIME ? green.started_at : green.created_at;
}

static bool has_failed(const ff_run *run)
{
    for (size_t i = 0; i < run->jobs.count; i++)
        if (ff_conclusion_is_bad(run->jobs.items[i].conclusion))
            return true;
    return ff_conclusion_is_bad(run->conclusion);
}

ff_status ff_hosted_read_extras(ff_hosted *source)
{
    bool failed = has_failed(source->run);
    if (failed && (!source->listed || source->logs == FF_OK))
        read_annotations(source);
    if (source->listed)
        return source->run->arena->failed || source->arena->failed ? FF_NOMEM : FF_OK;
    if (failed || source->run->attempt > 1)
        compare_attempts(source);
    if (failed) {
        read_workflow(source);
        read_last_green(source);
    }
    return source->run->arena->failed || source->arena->failed ? FF_NOMEM : FF_OK;
}
