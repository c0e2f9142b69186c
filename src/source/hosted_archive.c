/* The archive of a run from GitHub: opened, checked, and its entries given to the jobs that the API knows. */
#include "base/limits.h"
#include "source/hosted.h"
#include "source/names.h"
#include "source/pairing.h"
#include "source/phase.h"
#include "source/shelf_of_zip.h"
#include "source/sniff.h"

#include <stdlib.h>

/* ---- asking ---- */

/* A rate limit, not a body beyond its bound: whatever else is asked now will not be answered either. */
static bool is_limited(const ff_call *call)
{
    return call->status == FF_LIMIT && call->http != 200;
}

/* What keeps the logs of the run away as a whole is said once; logs of single jobs would be refused as well. */
static void note_no_archive(ff_hosted *source, const ff_call *call)
{
    ff_notes *notes = &source->run->notes;
    ff_slice reason = ff_call_reason(call);
    if (call->status == FF_NOT_FOUND && call->http == 410) {
        source->logs = FF_NOT_FOUND;
        ff_notes_add(notes, true, "logs-expired",
                     "GitHub no longer has the logs of this run (410): they expired or were deleted; "
                     "only a new run can tell more.");
    } else if (call->status == FF_DENIED || is_limited(call)) {
        source->logs = call->status;
        ff_notes_add(notes, true, call->status == FF_DENIED ? "logs-refused" : "logs-limited",
                     "The logs could not be had: %.*s.", FF_ARG(reason));
    } else if (source->run->unfinished) {
        return; /* it is made when the run has ended */
    } else if (call->status == FF_NOT_FOUND) {
        ff_notes_add(notes, false, "archive-missing", "There is no log archive of this run (404).");
    } else {
        ff_notes_add(notes, false, "archive-unreadable", "The log archive could not be had: %.*s.", FF_ARG(reason));
    }
}

static ff_status open_blob(ff_hosted *source, ff_error *reason)
{
    const ff_body *body = &source->archive.body;
    if (body->fd >= 0)
        return ff_blob_of_file(&source->blob, body->fd, reason);
    source->blob = ff_blob_of_bytes(ff_buf_slice(&body->memory));
    return FF_OK;
}

/* Reads each entry to its end, while FF_LIMIT_CHECK_BYTES last: what is damaged can be had from the job's own log, but
 * not once its lines have been handed out. */
static ff_status check_entries(ff_hosted *source, char *scratch)
{
    uint64_t left = FF_LIMIT_CHECK_BYTES;
    size_t damaged = 0;
    bool broken = false;
    ff_slice first = {0};
    for (size_t i = 0; i < source->shelf.count; i++) {
        ff_entry *entry = &source->shelf.items[i];
        ff_reader reader;
        ff_status status = entry->trouble.code ? FF_END : source->shelf.open(source->shelf.self, i, &reader, NULL);
        for (size_t got = 0; status == FF_OK && left > 0; left -= got < left ? got : left)
            status = reader.read(reader.self, scratch, FF_LIMIT_READ_BYTES, &got, NULL);
        if (status == FF_NOMEM)
            return status;
        if (status == FF_OK || status == FF_END)
            continue;
        entry->trouble =
            status == FF_IO ? (ff_trouble){"entry-unreadable", "unreadable"} : (ff_trouble){"entry-damaged", "damaged"};
        first = damaged++ ? first : entry->name;
        broken |= status != FF_IO;
    }
    if (!damaged)
        return FF_OK;
    if (broken) /* and not this machine */
        ff_exchange_forget(source->exchange, source->archive.path);
    ff_notes_add(&source->run->notes, false, "archive-damaged",
                 "The archive is damaged: %zu of its %zu entries cannot be read, the first is \"%s\".", damaged,
                 source->shelf.count, ff_entry_name_shown(source->run->arena, first));
    return FF_OK;
}

/* A login page or an error page that came in place of the archive. */
static ff_status refuse_page(const ff_hosted *source, ff_error *reason)
{
    char head[512];
    size_t got = 0;
    ff_status status = ff_body_read(&source->archive.body, 0, head, sizeof head, &got, reason);
    const char *format = status == FF_OK ? ff_sniff_format((ff_slice){head, got}) : NULL;
    if (format && !ff_sniff_is_zip((ff_slice){head, got}))
        return ff_error_set(reason, FF_INVALID, "what came is %s", format);
    return status;
}

/* What is wrong with an archive that does not open; single jobs' logs may do. */
static ff_status open_archive(ff_hosted *source)
{
    ff_error reason = {0};
    ff_status status = open_blob(source, &reason);
    if (status == FF_OK)
        status = refuse_page(source, &reason);
    if (status == FF_OK)
        status = ff_zip_open(&source->zip, &source->blob, &reason);
    if (status == FF_OK)
        status = ff_shelf_of_zip(&source->shelf, source->zip, source->arena, &reason);
    char *scratch = status == FF_OK ? ff_arena_alloc(source->arena, FF_LIMIT_READ_BYTES) : NULL;
    if (status == FF_OK && !scratch)
        return FF_NOMEM;
    if (status == FF_OK && ff_zip_is_damaged(source->zip))
        ff_notes_add(&source->run->notes, false, "archive-damaged", "The archive's directory is damaged.");
    if (status == FF_OK)
        status = check_entries(source, scratch);
    if (status == FF_OK)
        status = ff_source_plan_make(&source->plan, &source->shelf, &source->staged, source->arena, &reason);
    if (status == FF_NOMEM)
        return status;
    if (status != FF_OK) {
        source->plan.count = source->staged.jobs.count = 0;
        if (status != FF_IO)
            ff_exchange_forget(source->exchange, source->archive.path);
        ff_notes_add(&source->run->notes, false, "archive-unreadable", "The log archive is no use: %s.", reason.text);
    }
    return FF_OK;
}

/* ---- giving entries to jobs ---- */

/* The step of this number; of several, the one whose name fits; else one of that name whose number the API does not
 * tell. */
static uint32_t find_step(const ff_job *job, const ff_step *staged)
{
    uint32_t numbered = FF_NO_INDEX, named = FF_NO_INDEX;
    for (uint32_t i = 0; i < job->steps.count; i++) {
        const ff_step *step = &job->steps.items[i];
        bool fits = ff_entry_name_fits(staged->name, step->name);
        if (step->number == staged->number && (fits || numbered == FF_NO_INDEX))
            numbered = i;
        if (step->number <= 0 && fits && named == FF_NO_INDEX)
            named = i;
    }
    return numbered == FF_NO_INDEX ? named : numbered;
}

static int by_number(const void *left, const void *right)
{
    const ff_step *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

/* Steps of the archive that the API does not list ran; and where it does not number them, the archive does. */
static bool add_missing_steps(ff_run *run, uint32_t index, const ff_job *staged)
{
    bool added = false;
    for (uint32_t i = 0; i < staged->steps.count; i++) {
        const ff_step *from = &staged->steps.items[i];
        uint32_t at = find_step(ff_run_job(run, index), from);
        ff_step *step = at == FF_NO_INDEX ? ff_run_add_step(run, index, from->name) : ff_run_step(run, index, at);
        if (!step)
            return false;
        added |= step->number != from->number;
        step->number = from->number;
    }
    ff_job *job = ff_run_job(run, index);
    if (added)
        qsort(job->steps.items, job->steps.count, sizeof *job->steps.items, by_number);
    for (uint32_t i = 0; i < job->steps.count; i++)
        job->steps.items[i].ordinal = i + 1;
    if (added)
        ff_phase_assign(job);
    return true;
}

static bool add_item(ff_hosted *source, ff_source_item item)
{
    ff_hosted_item *added = FF_ARRAY_PUSH(source->arena, &source->items);
    if (added)
        *added = (ff_hosted_item){.item = item, .log = FF_NO_INDEX};
    return added != NULL;
}

/* A job that only the archive knows. */
static uint32_t adopt(ff_hosted *source, const ff_job *staged)
{
    ff_job *job = ff_run_add_job(source->run, staged->name);
    if (!job)
        return FF_NO_INDEX;
    *job = *staged;
    return (uint32_t)source->run->jobs.count - 1;
}

bool ff_hosted_give_job(ff_hosted *source, uint32_t staged_index, uint32_t index)
{
    const ff_job *staged = &source->staged.jobs.items[staged_index];
    ff_job *job = ff_run_job(source->run, index);
    job->archive_name = staged->archive_name;
    job->has_log = staged->has_log;
    if (job->known && staged->steps.count && !add_missing_steps(source->run, index, staged))
        return false;
    job = ff_run_job(source->run, index);
    for (size_t i = 0; i < source->plan.count; i++) {
        ff_source_item item = source->plan.items[i];
        if (item.job != staged_index)
            continue;
        item.job = index;
        if (item.form == FF_STREAM_STEP) {
            const ff_step *from = &staged->steps.items[item.step];
            item.step = find_step(job, from);
            job->steps.items[item.step].file = from->file;
        }
        if (!add_item(source, item))
            return false;
    }
    return true;
}

/* True if everything that the archive has of the job can be read. */
static bool is_whole(const ff_hosted *source, uint32_t staged)
{
    const ff_job *job = &source->staged.jobs.items[staged];
    size_t items = 0;
    bool whole_file = false;
    for (size_t i = 0; i < source->plan.count; i++)
        if (source->plan.items[i].job == staged) {
            items++;
            whole_file |= source->plan.items[i].form == FF_STREAM_JOB;
        }
    return items > 0 && (whole_file || items == job->steps.count);
}

/* Jobs whose own log will be asked for are left alone, so that nothing is read twice. */
static bool give_pairs(ff_hosted *source)
{
    for (uint32_t s = 0; s < source->staged.jobs.count; s++) {
        uint32_t job = source->pairs[s];
        bool asked_for = source->run->only == FF_NO_INDEX || source->run->only == job;
        if (job < FF_PAIR_UNSURE && asked_for && is_whole(source, s) && !ff_hosted_give_job(source, s, job))
            return false;
    }
    return true;
}

bool ff_hosted_adopt(ff_hosted *source, uint32_t staged)
{
    uint32_t job = adopt(source, &source->staged.jobs.items[staged]);
    source->pairs[staged] = job;
    return job != FF_NO_INDEX && ff_hosted_give_job(source, staged, job);
}

/* Where the API's list could not be read. */
static bool give_all(ff_hosted *source)
{
    for (uint32_t s = 0; s < source->staged.jobs.count; s++)
        if (!ff_hosted_adopt(source, s))
            return false;
    return true;
}

ff_status ff_hosted_read_archive(ff_hosted *source)
{
    ff_run *run = source->run;
    /* A run that did not start has no logs. */
    if (source->listed && source->jobs_whole && run->jobs.count == 0)
        return FF_OK;
    /* One job alone is asked for by its own log. */
    if (run->only != FF_NO_INDEX) {
        if (ff_run_job(run, run->only)->unfinished)
            ff_notes_add(&run->notes, true, "run-unfinished",
                         "The job is still in progress: its log is still to come.");
        return FF_OK;
    }
    /* The first attempt of a run that has no other needs no number. */
    source->archive = ff_github_archive_call(&source->api, run->id, run->latest_attempt == 1 ? 0 : run->attempt,
                                             !run->unfinished && run->attempt);
    if (!source->archive.path.ptr)
        return FF_NOMEM;
    if (run->unfinished)
        ff_notes_add(&run->notes, true, "run-unfinished",
                     "The run is still in progress: only jobs that have finished were read.");
    ff_exchange_get(source->exchange, &source->archive);
    if (source->archive.status == FF_NOMEM)
        return FF_NOMEM;
    if (source->archive.status != FF_OK) {
        note_no_archive(source, &source->archive);
        return FF_OK;
    }
    ff_status status = open_archive(source);
    if (status != FF_OK)
        return status;
    source->pairs = ff_arena_array(source->arena, source->staged.jobs.count, sizeof *source->pairs);
    if (!source->pairs)
        return FF_NOMEM;
    ff_pairing_make(source->pairs, &source->staged, run, source->arena);
    bool fine = source->jobs_known && run->jobs.count ? give_pairs(source) : give_all(source);
    return fine || !(run->arena->failed || source->arena->failed) ? FF_OK : FF_NOMEM;
}
