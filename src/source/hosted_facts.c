/* The API's facts about a run, its jobs and steps, put into the run. */
#include "base/keep.h"
#include "base/limits.h"
#include "source/hosted.h"
#include "source/phase.h"

#include <inttypes.h>
#include <stdlib.h>

static const ff_slice UNFINISHED[] = {
    FF_TEXT("queued"), FF_TEXT("in_progress"), FF_TEXT("waiting"), FF_TEXT("requested"), FF_TEXT("pending"),
};

static bool is_unfinished(ff_slice status)
{
    for (size_t i = 0; i < sizeof UNFINISHED / sizeof *UNFINISHED; i++)
        if (ff_slice_eq(status, UNFINISHED[i]))
            return true;
    return false;
}

/* The API's word as a conclusion; a word that this version does not know is kept in a note, and taken for unknown. */
static bool read_conclusion(ff_run *run, ff_slice word, ff_slice whose, ff_conclusion *conclusion)
{
    *conclusion = ff_conclusion_of(word);
    if (word.len && *conclusion == FF_CONCLUSION_UNKNOWN) {
        enum { WORD_BYTES = 60 };
        ff_slice shown = ff_text_keep(run->arena, word, WORD_BYTES, &run->redactions);
        ff_notes_add(&run->notes, false, "unknown-conclusion",
                     "GitHub calls the conclusion of %.*s \"%.*s\", a word that this version does not know.",
                     FF_ARG(whose), FF_ARG(shown));
    }
    return *conclusion != FF_CONCLUSION_UNKNOWN;
}

static void fill_run(ff_hosted *source)
{
    ff_run *run = source->run;
    const ff_api_run *facts = &source->facts;
    run->known = true;
    run->id = source->target.run;
    run->attempt = facts->attempt ? facts->attempt : source->target.attempt;
    run->workflow = ff_run_keep_name(run, facts->name);
    /* Since 2023 the path may have `@refs/heads/…` behind it. */
    run->workflow_path = ff_run_keep_name(run, ff_slice_cut(facts->path, ff_slice_find_byte(facts->path, '@')));
    run->event = ff_run_keep_name(run, facts->event);
    run->head_sha = ff_run_keep_name(run, facts->head_sha);
    run->head_branch = ff_run_keep_name(run, facts->head_branch);
    run->host = source->target.host;
    /* As it was asked for: GitHub leads on from a name that a repository had before. */
    run->repository =
        ff_arena_printf(run->arena, "%.*s/%.*s", FF_ARG(source->target.owner), FF_ARG(source->target.name));
    run->url = ff_arena_printf(run->arena, "https://%.*s/%.*s/actions/runs/%" PRIu64, FF_ARG(run->host),
                               FF_ARG(run->repository), run->id);
    run->unfinished = is_unfinished(facts->status);
    run->waiting = ff_slice_eq(facts->status, FF_LIT("waiting"));
    run->conclusion_known = read_conclusion(run, facts->conclusion, FF_LIT("the run"), &run->conclusion);
}

static int step_cmp(const void *left, const void *right)
{
    const ff_api_step *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

static bool add_steps(ff_run *run, uint32_t job, const ff_api_job *facts)
{
    if (facts->step_count)
        qsort(facts->steps, facts->step_count, sizeof *facts->steps, step_cmp);
    ff_run_expect_steps(run, job, facts->step_count);
    for (size_t i = 0; i < facts->step_count; i++) {
        const ff_api_step *from = &facts->steps[i];
        ff_step *step = ff_run_add_step(run, job, from->name);
        if (!step)
            break;
        step->number = from->number;
        step->started_at = from->started_at;
        step->completed_at = from->completed_at;
        step->conclusion_known = read_conclusion(run, from->conclusion, FF_LIT("a step"), &step->conclusion);
    }
    ff_phase_assign(ff_run_job(run, job));
    return !run->arena->failed;
}

static bool add_job(ff_run *run, const ff_api_job *facts)
{
    ff_job *job = ff_run_add_job(run, facts->name);
    if (!job)
        return false;
    job->id = facts->id <= INT64_MAX ? (int64_t)facts->id : 0;
    job->known = true;
    job->started_at = facts->started_at;
    job->completed_at = facts->completed_at;
    job->unfinished = is_unfinished(facts->status);
    job->conclusion_known = read_conclusion(run, facts->conclusion, FF_LIT("a job"), &job->conclusion);
    return add_steps(run, (uint32_t)run->jobs.count - 1, facts);
}

/* All jobs of the list; the list and the run's jobs stay in step. */
static ff_status fill_jobs(ff_hosted *source)
{
    ff_run *run = source->run;
    size_t kept = 0;
    for (; kept < source->jobs.count; kept++)
        if (!add_job(run, &source->jobs.items[kept]))
            break; /* no memory, or a bound that has made its note */
    if (kept < source->jobs.count) {
        source->jobs_whole = false;
        run->jobs_missing = true;
    }
    source->jobs.count = kept < run->jobs.count ? kept : run->jobs.count;
    for (uint32_t i = 0; i < run->jobs.count && source->target.job; i++)
        if ((uint64_t)run->jobs.items[i].id == source->target.job)
            run->only = i;
    return run->arena->failed ? FF_NOMEM : FF_OK;
}

static ff_status read_jobs(ff_hosted *source)
{
    ff_run *run = source->run;
    ff_slice ended = {0};
    ff_error reason = {0};
    /* Of the latest attempt the list of the run itself: it also has the jobs that a partial re-run left as they were.
     */
    uint32_t attempt = run->attempt == run->latest_attempt ? 0 : run->attempt;
    ff_github_outcome outcome = {0};
    ff_github api = source->api;
    api.outcome = &outcome;
    ff_status status = ff_github_jobs(&api, run->id, attempt, &source->jobs, &ended, &reason);
    if (status == FF_NOMEM)
        return status;
    source->list = status == FF_OK ? outcome.status : status;
    if (source->list == FF_NOT_FOUND && outcome.http == 404)
        source->list = FF_END;
    if (source->list == FF_LIMIT && (outcome.status != FF_LIMIT || outcome.http == 200))
        source->list = FF_OK; /* no rate limit: what is too long stays so */
    source->jobs_known = status == FF_OK;
    source->jobs_whole = status == FF_OK && ended.len == 0;
    run->jobs_missing = !source->jobs_whole;
    if (status != FF_OK)
        ff_notes_add(&run->notes, true, "jobs-unreadable", "The list of jobs could not be read: %s%s.", reason.text,
                     status == FF_INVALID ? "; try again later" : "");
    else if (ended.len)
        ff_notes_add(&run->notes, true, "jobs-incomplete",
                     "The list of jobs is incomplete: %.*s; try again later, or give the URL of one job.",
                     FF_ARG(ended));
    return fill_jobs(source);
}

/* The job that was asked for must be one of the run's; where the list is not whole it may be. */
static ff_status check_job(const ff_hosted *source, ff_error *error)
{
    if (!source->target.job || source->run->only != FF_NO_INDEX)
        return FF_OK;
    if (source->jobs_whole)
        return ff_error_set(error, FF_NOT_FOUND, "job %" PRIu64 " is not in attempt %u of run %" PRIu64,
                            source->target.job, source->run->attempt, source->target.run);
    return ff_error_set(error, FF_IO, "job %" PRIu64 " is not among the jobs of run %" PRIu64 " that could be read",
                        source->target.job, source->target.run);
}

/* A job's URL whose job is not in the attempt that was asked: the job knows its own. */
static bool needs_other_attempt(const ff_hosted *source)
{
    return source->target.job && !source->target.attempt && source->facts.attempt > 1;
}

/* Finds the attempt of the job that was asked for. Without an answer the latest one stands. */
static ff_status find_attempt(ff_hosted *source)
{
    ff_api_job job = {0};
    ff_error ignored = {0};
    ff_status status = ff_github_job(&source->api, source->target.job, &job, &ignored);
    bool ours = job.run == 0 || job.run == source->target.run;
    if (status == FF_OK && ours && job.attempt && job.attempt != source->facts.attempt)
        source->target.attempt = job.attempt;
    return status == FF_NOMEM ? status : FF_OK;
}

/* The address of a job's checks, or the API's of a job, does not name the run: the job knows it. */
static ff_status find_run(ff_hosted *source, ff_error *error)
{
    ff_api_job job = {0};
    if (source->target.run)
        return FF_OK;
    ff_status status = ff_github_job(&source->api, source->target.job, &job, error);
    if (status == FF_OK && !job.run)
        status =
            ff_error_set(error, FF_INVALID, "GitHub does not say of which run job %" PRIu64 " is; give the run's URL",
                         source->target.job);
    source->target.run = job.run;
    if (!source->target.attempt)
        source->target.attempt = job.attempt;
    return status;
}

/* A run that is not there is named: the number or the repository may be mistyped. */
static ff_status name_run(const ff_hosted *source, ff_status status, const ff_error *reason, ff_error *error)
{
    ff_slice text = ff_slice_of(reason->text);
    if (status != FF_NOT_FOUND)
        return ff_error_set(error, status, "%s", reason->text);
    (void)ff_slice_take_prefix(&text, FF_LIT("the run: "));
    return ff_error_set(error, status, "run %" PRIu64 " of %.*s/%.*s: %.*s; of a job give the address, not the id",
                        source->target.run, FF_ARG(source->target.owner), FF_ARG(source->target.name), FF_ARG(text));
}

/* Of one of many runs the listing told the rest; one that did not start has no jobs. */
static ff_status read_listed(ff_hosted *source)
{
    source->run->latest_attempt = source->facts.attempt;
    fill_run(source);
    source->jobs_known = source->jobs_whole = source->run->conclusion == FF_CONCLUSION_STARTUP_FAILURE;
    return source->jobs_whole ? FF_OK : read_jobs(source);
}

static ff_status read_asked(ff_hosted *source, ff_error *error)
{
    ff_error reason = {0};
    ff_status status = find_run(source, error);
    if (status != FF_OK)
        return status;
    status = ff_github_run(&source->api, source->target.run, 0, &source->facts, &reason);
    if (status != FF_OK)
        return name_run(source, status, &reason, error);
    if (source->facts.id != source->target.run)
        return ff_error_set(error, FF_INVALID, "GitHub's answer for run %" PRIu64 " is not about that run",
                            source->target.run);
    source->run->latest_attempt = source->facts.attempt;
    if (needs_other_attempt(source))
        status = find_attempt(source);
    if (status == FF_OK && source->target.attempt > source->facts.attempt && source->facts.attempt)
        return ff_error_set(error, FF_NOT_FOUND, "run %" PRIu64 " has %u attempt%s, not %u", source->target.run,
                            source->facts.attempt, source->facts.attempt == 1 ? "" : "s", source->target.attempt);
    if (status == FF_OK && source->target.attempt && source->target.attempt != source->facts.attempt)
        status = ff_github_run(&source->api, source->target.run, source->target.attempt, &source->facts, error);
    if (status != FF_OK)
        return status;
    fill_run(source);
    return read_jobs(source);
}

ff_status ff_hosted_read_facts(ff_hosted *source, ff_error *error)
{
    ff_status status = source->listed ? read_listed(source) : read_asked(source, error);
    if (status != FF_OK)
        return ff_error_set(error, status, "out of memory");
    return check_job(source, error);
}
