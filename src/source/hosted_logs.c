/* Logs of single jobs: where the archive has none, or none that can be told apart or read. */
#include "base/keep.h"
#include "base/limits.h"
#include "source/hosted.h"
#include "source/names.h"

#include <inttypes.h>

ff_slice ff_hosted_log_name(ff_arena *arena, uint64_t job)
{
    return ff_arena_printf(arena, "job-%" PRIu64 ".txt", job);
}

static bool has_items(const ff_hosted *source, uint32_t job)
{
    for (size_t i = 0; i < source->items.count; i++)
        if (source->items.items[i].item.job == job)
            return true;
    return false;
}

static bool has_run(const ff_hosted *source, uint32_t index)
{
    const ff_job *job = ff_run_job(source->run, index);
    const ff_api_job *facts = &source->jobs.items[index];
    if (job->unfinished || (job->conclusion_known && job->conclusion == FF_CONCLUSION_SKIPPED))
        return false;
    return facts->step_count > 0 || facts->runner.len > 0;
}

/* A job of the API whose log should exist and has not come with the archive. */
static bool lacks_log(const ff_hosted *source, uint32_t job)
{
    bool asked_for = source->run->only == FF_NO_INDEX || source->run->only == job;
    return asked_for && ff_run_job(source->run, job)->id > 0 && has_run(source, job) && !has_items(source, job);
}

static bool ask_for(ff_hosted *source, uint32_t job)
{
    ff_hosted_log *log = FF_ARRAY_PUSH(source->arena, &source->own);
    if (!log)
        return false;
    log->job = job;
    log->call = ff_github_job_log_call(&source->api, (uint64_t)ff_run_job(source->run, job)->id);
    return log->call.path.ptr != NULL;
}

/* Failed jobs first, as far as FF_LIMIT_JOB_LOGS goes; counts those beyond it. */
static ff_status choose(ff_hosted *source, size_t *left_out)
{
    for (int bad = 1; bad >= 0; bad--)
        for (uint32_t i = 0; i < source->jobs.count; i++) {
            if (!lacks_log(source, i) || ff_conclusion_is_bad(ff_run_job(source->run, i)->conclusion) != (bool)bad)
                continue;
            if (source->own.count >= FF_LIMIT_JOB_LOGS)
                ++*left_out;
            else if (!ask_for(source, i))
                return FF_NOMEM;
        }
    return FF_OK;
}

/* Asking for the next ones is of no use where the network, the server or a limit was in the way of all of these. */
static bool is_hopeless(const ff_call *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (calls[i].status == FF_OK || calls[i].status == FF_NOT_FOUND || calls[i].unsent)
            return false;
    return count > 0;
}

/* Asks for a few at once; FF_ARRAY_PUSH moves the logs, so they are asked from a block of their own. Those that are not
 * asked for any more failed as the last ones did. */
static ff_status ask(ff_hosted *source)
{
    ff_call *calls = ff_arena_array(source->arena, source->own.count, sizeof *calls);
    if (!calls)
        return FF_NOMEM;
    for (size_t i = 0; i < source->own.count; i++) {
        calls[i] = source->own.items[i].call;
        calls[i].number = (uint32_t)i + 1;
        calls[i].total = (uint32_t)source->own.count;
    }
    size_t asked = 0, count = 0;
    while (asked < source->own.count && !is_hopeless(calls + asked - count, count)) {
        count = source->own.count - asked < FF_LIMIT_PARALLEL ? source->own.count - asked : FF_LIMIT_PARALLEL;
        ff_exchange_get_all(source->exchange, calls + asked, count);
        asked += count;
    }
    ff_status status = FF_OK;
    for (size_t i = 0; i < source->own.count; i++) {
        if (i >= asked) {
            calls[i].status = calls[asked - 1].status;
            calls[i].error = calls[asked - 1].error;
        }
        source->own.items[i].call = calls[i];
        if (calls[i].status == FF_NOMEM)
            status = FF_NOMEM;
    }
    return status;
}

static void note_missing(ff_hosted *source, const ff_hosted_log *log)
{
    const ff_job *job = ff_run_job(source->run, log->job);
    const char *name = ff_entry_name_shown(source->run->arena, job->name);
    bool expired = log->call.status == FF_NOT_FOUND && log->call.http == 410;
    /* A job that was cancelled before it began has steps and no log. */
    bool none = log->call.status == FF_NOT_FOUND && job->conclusion == FF_CONCLUSION_CANCELLED;
    if (expired)
        ff_notes_add(&source->run->notes, true, "logs-expired", "GitHub no longer has the log of job \"%s\" (410).",
                     name);
    else
        ff_notes_add(&source->run->notes, !none, "log-missing", "The log of job \"%s\" could not be had: %.*s.", name,
                     FF_ARG(ff_call_reason(&log->call)));
}

/* The archive's part of a job that could not be had whole in any other way. */
static bool give_rest(ff_hosted *source, uint32_t job)
{
    for (uint32_t s = 0; s < source->staged.jobs.count; s++)
        if (source->pairs && source->pairs[s] == job)
            return ff_hosted_give_job(source, s, job);
    return true;
}

static bool take(ff_hosted *source, uint32_t index)
{
    ff_hosted_log *log = &source->own.items[index];
    if (log->call.status == FF_OK && log->call.body.size == 0) {
        ff_exchange_forget(source->exchange, log->call.path);
        log->call.status = ff_error_set(&log->call.error, FF_INVALID, "what came is empty");
    }
    if (log->call.status != FF_OK) {
        note_missing(source, log);
        return give_rest(source, log->job);
    }
    ff_hosted_item *item = FF_ARRAY_PUSH(source->arena, &source->items);
    if (!item)
        return false;
    *item = (ff_hosted_item){{FF_STREAM_JOB, log->job, FF_NO_INDEX, 0}, index};
    ff_run_job(source->run, log->job)->has_log = true;
    return true;
}

/* Says which jobs were read in this way, unless that is what was asked for. */
static void note_own(ff_hosted *source, size_t came, size_t left_out)
{
    ff_notes *notes = &source->run->notes;
    if (came && source->run->only == FF_NO_INDEX && !source->run->unfinished)
        ff_notes_add(
            notes, false, "job-logs",
            "%zu job%s read from %s own log%s: the archive has none that can be told apart and read, or there is "
            "none.",
            came, came == 1 ? " was" : "s were", came == 1 ? "its" : "their", came == 1 ? "" : "s");
    if (left_out)
        ff_notes_add(notes, true, "job-logs-limit", "The logs of %zu more jobs were not asked for: %u at most are.",
                     left_out, FF_LIMIT_JOB_LOGS);
}

/* What the archive said about its entries is a loss only where a job is left without its log. */
static void pass_on_notes(ff_hosted *source)
{
    bool whole = source->jobs_whole && source->run->jobs.count > 0;
    for (uint32_t i = 0; i < source->jobs.count; i++)
        whole = whole && !lacks_log(source, i);
    const ff_notes *staged = &source->staged.notes;
    for (size_t i = 0; i < staged->count; i++) {
        /* Jobs that are spelled alike were read from their own logs. */
        if (source->own.count && strcmp(staged->items[i].code, "ambiguous-job") == 0)
            continue;
        ff_notes_add(&source->run->notes, staged->items[i].partial && !whole, staged->items[i].code, "%.*s",
                     FF_ARG(staged->items[i].text));
    }
    source->run->redactions += source->staged.redactions;
    source->run->facts_bytes += source->staged.facts_bytes;
}

/* Entries that fit no job are read where the list of jobs has holes; elsewhere they are no part of the run. */
static bool give_strangers(ff_hosted *source)
{
    size_t strangers = 0;
    for (uint32_t s = 0; s < source->staged.jobs.count && source->pairs && source->jobs_known; s++) {
        if (source->pairs[s] != FF_NO_INDEX || !source->staged.jobs.items[s].has_log)
            continue;
        if (source->jobs_whole)
            strangers++;
        else if (!ff_hosted_adopt(source, s))
            return false;
    }
    if (strangers && source->own.count == 0 && source->run->jobs.count)
        ff_notes_add(&source->run->notes, false, "archive-strangers",
                     "The archive holds the logs of %zu job%s that the run does not have; they were not read.",
                     strangers, strangers == 1 ? "" : "s");
    return true;
}

ff_status ff_hosted_read_own_logs(ff_hosted *source)
{
    size_t left_out = 0, came = 0;
    ff_status status = source->logs == FF_OK ? choose(source, &left_out) : FF_OK;
    if (status == FF_OK)
        status = ask(source);
    for (uint32_t i = 0; status == FF_OK && i < source->own.count; i++) {
        came += source->own.items[i].call.status == FF_OK;
        if (!take(source, i)) /* no memory, or a bound that has made its note */
            break;
    }
    if (status == FF_OK)
        (void)give_strangers(source); /* likewise */
    note_own(source, came, left_out);
    pass_on_notes(source);
    return source->run->arena->failed || source->arena->failed ? FF_NOMEM : status;
}
