/* One run of the queue: read, analysed, and what was found out written down. */
#include "base/limits.h"
#include "diagnose/analysis.h"
#include "survey/record.h"
#include "survey/tour.h"

#include <inttypes.h>

typedef struct reading {
    ff_tour *tour;
    ff_queue_item item;
    ff_arena arena; /* of what is kept of it */
    ff_history_known known;
    ff_exchange *exchange;
    ff_analysis *analysis; /* owned */
    ff_history_result result;
} reading;

/* ---- what to do next ---- */

/* True while runs of its repository may still be asked for. One that is read again, or that never started, asks nobody.
 */
static bool may_begin(const ff_tour *tour, const ff_queue_item *item)
{
    return item->again || item->unstarted ||
           (!tour->used_up.len && tour->refusals[item->repository] < FF_LIMIT_REFUSED_RUNS);
}

/* Takes the next run and looks it up. Another program that uses the history may have forgotten it since the queue was
 * filled, or seen it pass when it was run again: then the page will not tell of it. Under the lock. */
static bool begin(reading *one)
{
    ff_tour *tour = one->tour;
    ff_error error = {0};
    do {
        if (tour->status != FF_OK || ff_tour_is_stopped(tour) || !ff_queue_take(&tour->queue, &one->item))
            return false;
    } while (!may_begin(tour, &one->item));
    ff_status status = ff_queue_facts(&one->item, tour->ask->history, &tour->window, &one->arena, &one->known, &error);
    if (status == FF_NOT_FOUND)
        ff_queue_drop(&tour->queue, &one->item);
    else if (status != FF_OK)
        ff_tour_fail(tour, status, &error);
    if (status == FF_OK) {
        ff_server *server = NULL;
        status = ff_servers_find(&tour->servers, one->known.run.host, &server, &error);
        if (status == FF_OK)
            one->exchange = one->item.again ? ff_server_kept(&tour->servers, server) : server->live;
    }
    one->result = (ff_history_result){.run = one->known.run, .digest = tour->digest};
    return true;
}

/* ---- reading ---- */

static ff_api_run facts_of(const ff_history_run *run)
{
    return (ff_api_run){.id = run->id,
                        .workflow_id = run->workflow_id,
                        .attempt = run->attempt,
                        .name = run->workflow,
                        .path = run->workflow_path,
                        .event = run->event,
                        .head_sha = run->head_sha,
                        .head_branch = run->head_branch,
                        .status = FF_LIT("completed"),
                        .conclusion = run->conclusion,
                        .title = run->title,
                        .repository = run->repository,
                        .created_at = run->created_at,
                        .started_at = run->started_at,
                        .updated_at = run->updated_at};
}

/* The first thing that was not read, as a clause: `The list of jobs could not be read: GitHub answered 502.` without
 * what stands in front of the colon, because everything that says it names the run. */
static ff_slice missing_clause(const ff_analysis *analysis, ff_arena *arena)
{
    ff_slice text = ff_slice_of(ff_analysis_missing(analysis));
    size_t colon = ff_slice_find(text, FF_LIT(": "));
    if (colon != SIZE_MAX)
        text = ff_slice_from(text, colon + 2);
    if (ff_slice_ends(text, FF_LIT(".")))
        text.len--;
    return text.len ? ff_tour_keep(arena, text) : FF_LIT("something of it could not be read");
}

/* Logs are there some time after the run has ended; a day later they will not come any more. */
static bool may_still_come(const reading *one)
{
    const ff_history_run *run = &one->known.run;
    int64_t ended = run->updated_at != FF_NO_TIME ? run->updated_at : run->created_at;
    return ended != FF_NO_TIME && one->tour->now - ended < FF_CLOCK_DAY;
}

/* What became of the logs decides what became of the run. */
static void judge(reading *one, ff_status logs)
{
    ff_history_result *result = &one->result;
    if (logs == FF_OK) {
        result->state = FF_HISTORY_ANALYSED;
    } else if (logs == FF_NOT_FOUND) {
        result->state = FF_HISTORY_EXPIRED;
        result->why = FF_LIT("its logs have expired");
    } else if (logs == FF_END) {
        bool later = may_still_come(one);
        result->state = later ? FF_HISTORY_ERROR : FF_HISTORY_EXPIRED;
        result->why =
            later ? FF_LIT("its logs are not there, or not yet (404)") : FF_LIT("its logs are not there (404)");
    } else {
        result->state = FF_HISTORY_ERROR;
        result->why = missing_clause(one->analysis, &one->arena);
    }
}

static ff_status analyse(reading *one, ff_status *logs, ff_error *error)
{
    const ff_tour *tour = one->tour;
    const ff_history_run *run = &one->known.run;
    ff_api_run facts = facts_of(run);
    ff_target target = {.host = run->host, .run = run->id};
    ff_slice name = run->repository;
    (void)ff_slice_take_until(&name, '/', &target.owner);
    target.name = name;
    ff_source_listed ask = {.exchange = one->exchange, .target = &target, .facts = &facts};
    ff_source *source = NULL;
    ff_run *into = ff_analysis_run(one->analysis);
    into->now = tour->now;
    ff_status status = ff_source_open_listed(&source, &ask, into, error);
    if (status == FF_OK)
        *logs = ff_source_logs(source);
    if (status == FF_OK)
        status = ff_analysis_read(one->analysis, tour->ask->catalog, tour->matcher, source, error);
    ff_source_close(source);
    return status;
}

/* Reads the run. Whatever goes wrong is put down as the reason why it could not be read. `logs` is FF_LIMIT if that is
 * so because of a rate limit. */
static void read_run(reading *one, ff_status *logs)
{
    ff_error error = {0};
    ff_status status = one->exchange ? ff_analysis_new(&one->analysis) : FF_IO;
    *logs = FF_OK;
    if (status == FF_OK)
        status = analyse(one, logs, &error);
    if (status == FF_OK)
        judge(one, *logs);
    /* What the facts alone told of a run whose logs are still to come would be taken for its cause. */
    if (status == FF_OK && one->result.state != FF_HISTORY_ERROR)
        status = ff_record_make(&one->result, ff_analysis_report(one->analysis), &one->arena);
    if (status == FF_OK && one->result.state == FF_HISTORY_ANALYSED && !ff_analysis_run(one->analysis)->jobs.count)
        one->result.why = ff_slice_eq(one->known.run.conclusion, FF_LIT("cancelled"))
                              ? FF_LIT("it was cancelled before any job was started")
                              : FF_LIT("it failed before any job was started");
    if (status != FF_OK) {
        one->result = (ff_history_result){.run = one->known.run, .digest = one->tour->digest};
        one->result.state = FF_HISTORY_ERROR;
        one->result.why =
            error.text[0] ? ff_tour_keep(&one->arena, ff_slice_of(error.text)) : ff_slice_of(ff_status_name(status));
    }
}

/* ---- writing down ---- */

static void count(ff_tour *tour, const reading *one, ff_status logs)
{
    const ff_history_result *result = &one->result;
    if (one->item.again)
        return; /* it counts as known already */
    if (result->state != FF_HISTORY_ERROR)
        tour->refusals[one->item.repository] = 0;
    switch (result->state) {
    case FF_HISTORY_ANALYSED: tour->result->analysed++; return;
    case FF_HISTORY_EXPIRED: tour->result->expired++; return;
    case FF_HISTORY_LISTED:
    case FF_HISTORY_ERROR: break;
    }
    if (tour->failures++ == 0)
        tour->first_why = ff_arena_printf(tour->arena, "run %" PRIu64 " of %.*s, because %.*s", result->run.id,
                                          FF_ARG(result->run.repository), FF_ARG(result->why));
    if (logs == FF_DENIED) {
        tour->refusals[one->item.repository]++;
        if (!tour->denial.len)
            tour->denial = ff_arena_dup(tour->arena, result->why);
    }
}

/* What is in the cache may be less than what was read before: then that stays. */
static bool is_less(const reading *one)
{
    return one->item.again && one->result.state != FF_HISTORY_ANALYSED;
}

/* A run that was in hand when the rate limit was used up, or when somebody would not wait for it any more, or of which
 * nobody was to be asked, is as if it had not been begun. */
static bool was_broken_off(const reading *one, ff_status logs)
{
    const ff_survey *ask = one->tour->ask;
    if (one->result.state != FF_HISTORY_ERROR)
        return false;
    return logs == FF_LIMIT || ask->online->offline || (ask->hurried && ask->hurried(ask->online->self));
}

static void put_down(const reading *one, ff_status logs)
{
    ff_tour *tour = one->tour;
    ff_error error = {0};
    if (is_less(one))
        return;
    bool broken_off = was_broken_off(one, logs);
    ff_crew_lock(tour->crew);
    ff_status status = broken_off ? FF_OK : ff_history_record(tour->ask->history, &one->result, &error);
    if (status == FF_NOT_FOUND) /* forgotten while it was read */
        ff_queue_drop(&tour->queue, &one->item);
    else if (status != FF_OK)
        ff_tour_fail(tour, status, &error);
    else if (!broken_off)
        count(tour, one, logs);
    else if (logs == FF_LIMIT && !tour->used_up.len)
        tour->used_up = ff_arena_dup(tour->arena, one->result.why);
    ff_crew_unlock(tour->crew);
}

/* Another scan of the same database may have read it while it waited in the queue. */
static bool was_read_elsewhere(const reading *one)
{
    ff_history_state state = one->known.state;
    return !one->item.again && (state == FF_HISTORY_ANALYSED || state == FF_HISTORY_EXPIRED);
}

bool ff_tour_read_run(void *self)
{
    reading one = {.tour = self};
    ff_status logs = FF_OK;
    ff_arena_init(&one.arena, 0);
    ff_crew_lock(one.tour->crew);
    bool any = begin(&one);
    ff_crew_unlock(one.tour->crew);
    bool read_elsewhere = any && was_read_elsewhere(&one);
    if (any && one.known.run.id && !read_elsewhere) {
        read_run(&one, &logs);
        put_down(&one, logs);
    }
    ff_crew_lock(one.tour->crew);
    one.tour->queue.known += read_elsewhere;
    one.tour->done += any;
    ff_crew_unlock(one.tour->crew);
    ff_analysis_free(one.analysis);
    ff_arena_release(&one.arena);
    return any;
}
