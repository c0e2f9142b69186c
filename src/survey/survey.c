#include "survey/survey.h"

#include "base/keep.h"
#include "base/limits.h"
#include "fetch/http.h"
#include "survey/tour.h"

#include <inttypes.h>
#include <time.h>

/* ---- what the parts of a tour share ---- */

bool ff_tour_is_stopped(const ff_tour *tour)
{
    const ff_online *online = tour->ask->online;
    return online->stopped && online->stopped(online->self);
}

void ff_tour_fail(ff_tour *tour, ff_status status, const ff_error *error)
{
    if (tour->status != FF_OK)
        return;
    tour->status = status;
    (void)ff_error_set(&tour->error, status, "%s", error->text[0] ? error->text : ff_status_name(status));
}

ff_slice ff_tour_keep(ff_arena *arena, ff_slice text)
{
    uint32_t redactions = 0;
    return ff_text_keep(arena, text, FF_LIMIT_KEPT_LINE_BYTES, &redactions);
}

/* ---- progress ---- */

static void tell(void *self)
{
    ff_tour *tour = self;
    if (!tour->ask->progress)
        return;
    ff_crew_lock(tour->crew);
    ff_survey_progress progress = {.what = tour->what, .done = tour->done, .total = tour->pace.total};
    ff_pace pace = tour->pace;
    ff_shared_tally tally = ff_servers_count(&tour->servers);
    ff_crew_unlock(tour->crew);
    progress.bytes = tally.bytes;
    progress.requests = tally.requests;
    progress.remaining = tally.remaining;
    progress.wait = tally.wait;
    progress.seconds = ff_pace_left(&pace, progress.done, ff_http_now());
    tour->ask->progress(tour->ask->self, &progress);
}

static void work(ff_tour *tour, const char *what, uint64_t total, ff_crew_work_fn piece)
{
    ff_crew_task task = {.hands = ff_servers_hands(tour->ask), .work = piece, .watch = tell, .self = tour};
    tour->what = what;
    tour->next = 0;
    tour->done = 0;
    tour->pace = (ff_pace){.began = ff_http_now(), .total = total};
    ff_crew_run(tour->crew, &task);
}

/* ---- which repositories ---- */

static ff_status name_sites(ff_tour *tour, ff_error *error)
{
    const ff_survey *ask = tour->ask;
    ff_status status = FF_OK;
    if (ask->repository_count + ask->organization_count == 0)
        return ff_error_set(error, FF_MISUSE, "no repository was named");
    for (size_t i = 0; i < ask->repository_count && status == FF_OK; i++)
        status = ff_sites_add(&tour->sites, &tour->servers, ff_slice_of(ask->repositories[i]), error);
    /* Words that name no organisation are refused before anything is asked. */
    for (size_t i = 0; i < ask->organization_count && status == FF_OK; i++) {
        ff_server *server;
        ff_slice name;
        status = ff_sites_organization(&tour->servers, ff_slice_of(ask->organizations[i]), &server, &name, error);
    }
    if (status == FF_OK && ask->organization_count)
        work(tour, "listing", 0, ff_tour_list_organization);
    return status;
}

/* True if the page tells of it: it was listed, or nobody was to be asked, and what the history has of it counts. */
static bool is_told_of(const ff_tour *tour, const ff_site *site)
{
    return site->done && (site->status == FF_OK || (tour->ask->online->offline && site->status == FF_IO));
}

static bool is_listed(const ff_history_window *window, const ff_site *site)
{
    for (size_t i = 0; i < window->repository_count; i++)
        if (ff_slice_eq_nocase(window->repositories[i].repository, site->called) &&
            ff_slice_eq_nocase(window->repositories[i].host, ff_slice_of(site->server->name)))
            return true;
    return false;
}

/* The repositories that the page is about, each once: two names may have led to one. */
static ff_status choose_repositories(ff_tour *tour, ff_error *error)
{
    ff_survey_result *result = tour->result;
    result->repositories = ff_arena_array(tour->arena, tour->sites.count, sizeof *result->repositories);
    tour->window.repositories = result->repositories;
    if (!result->repositories)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    for (size_t i = 0; i < tour->sites.count; i++) {
        const ff_site *site = &tour->sites.items[i];
        if (!is_told_of(tour, site) || is_listed(&tour->window, site))
            continue;
        result->repositories[tour->window.repository_count++] = (ff_history_run){
            .host = ff_arena_dup(tour->arena, ff_slice_of(site->server->name)), .repository = site->called};
    }
    result->repository_count = tour->window.repository_count;
    return FF_OK;
}

static bool is_unlisted(const ff_site *site)
{
    return site->done && site->status != FF_OK;
}

/* Names those that could not be listed; of very many the first, with one note that counts the others. */
static void note_unlisted(ff_tour *tour, size_t count)
{
    size_t named = 0, most = count > FF_LIMIT_NOTES_PER_CODE ? FF_LIMIT_NOTES_PER_CODE - 1 : count;
    for (size_t i = 0; i < tour->sites.count && named < most; i++) {
        const ff_site *site = &tour->sites.items[i];
        if (!is_unlisted(site))
            continue;
        named++;
        ff_notes_add(&tour->result->notes, true, "repository-unreadable", "The runs of %.*s could not be listed: %.*s.",
                     FF_ARG(ff_site_label(site, tour->arena)), FF_ARG(site->why));
    }
    if (count == named)
        return;
    ff_notes *notes = &tour->result->notes;
    size_t before = notes->count;
    ff_notes_add(notes, true, "repository-unreadable", "The runs of %zu more repositories could not be listed.",
                 count - named);
    if (notes->count > before) /* it stands for so many */
        notes->items[before].count = (uint32_t)(count - named);
}

/* When none could be listed, that is the error, and nothing is left to do. */
static ff_status check_sites(ff_tour *tour, ff_error *error)
{
    size_t listed = 0, tried = 0, unlisted = 0;
    const ff_site *first = NULL;
    for (size_t i = 0; i < tour->sites.count; i++) {
        const ff_site *site = &tour->sites.items[i];
        tried += site->done;
        listed += site->done && site->status == FF_OK;
        unlisted += is_unlisted(site);
        first = first || !is_unlisted(site) ? first : site;
    }
    note_unlisted(tour, unlisted);
    if (tried == 0 && tour->organization_error.status != FF_OK)
        return ff_error_set(error, tour->organization_error.status, "%s", tour->organization_error.text);
    if (tour->sites.count == 0 && !ff_tour_is_stopped(tour))
        return ff_error_set(error, FF_NOT_FOUND, "there is no repository to scan: the token sees none");
    if (listed > 0 || !first || is_told_of(tour, first))
        return FF_OK;
    if (unlisted > 1)
        return ff_error_set(error, first->status, "none of these %zu repositories could be listed", unlisted);
    return ff_error_set(error, first->status, "%.*s: %.*s", FF_ARG(ff_site_label(first, tour->arena)),
                        FF_ARG(first->why));
}

static ff_status list_all(ff_tour *tour, ff_error *error)
{
    ff_status status = name_sites(tour, error);
    if (status == FF_OK)
        work(tour, "listing", 0, ff_tour_list_site);
    if (status == FF_OK && tour->status != FF_OK)
        status = ff_error_set(error, tour->status, "%s", tour->error.text);
    if (status == FF_OK)
        status = check_sites(tour, error);
    tour->result->denied = status == FF_DENIED;
    return status == FF_OK ? choose_repositories(tour, error) : status;
}

/* ---- reading ---- */

static ff_status count_one(void *self, const ff_history_known *known, uint32_t first_failed)
{
    (void)known;
    (void)first_failed;
    (*(uint64_t *)self)++;
    return FF_OK;
}

static ff_status read_all(ff_tour *tour, ff_error *error)
{
    const ff_survey *ask = tour->ask;
    ff_queue_ask asked = {.window = &tour->window, .digest = tour->digest, .limit = ask->limit};
    ff_status status = FF_OK;
    if (tour->window.repository_count == 0)
        return FF_OK; /* an organisation without any: to the history no repository means all */
    status = ff_history_runs(ask->history, &tour->window, count_one, &tour->result->listed, error);
    if (status == FF_OK)
        status = ff_queue_fill(&tour->queue, ask->history, &asked, error);
    tour->refusals = ff_arena_array(tour->arena, tour->window.repository_count, sizeof *tour->refusals);
    if (status == FF_OK && !tour->refusals)
        status = FF_NOMEM;
    if (status == FF_OK && tour->queue.count)
        status = ff_matcher_new(&tour->matcher, ask->catalog, error);
    if (status == FF_OK && tour->queue.count)
        work(tour, "reading", tour->queue.count, ff_tour_read_run);
    if (status == FF_OK && tour->status != FF_OK)
        status = ff_error_set(error, tour->status, "%s", tour->error.text);
    return status;
}

/* ---- what is to be said of it ---- */

static void note_left(ff_tour *tour, uint64_t count, const char *why, ff_slice detail)
{
    if (count)
        ff_notes_add(&tour->result->notes, true, "runs-left", "%" PRIu64 " run%s left to the next scan%s%.*s.", count,
                     count == 1 ? " was" : "s were", why, FF_ARG(detail));
}

static void note_unread(ff_tour *tour, uint64_t left)
{
    ff_slice limit = ff_arena_printf(tour->arena, "%u", tour->ask->limit);
    if (tour->failures)
        ff_notes_add(&tour->result->notes, true, "runs-unread",
                     "%" PRIu64 " run%s could not be read, and will be tried again; the first is %.*s.", tour->failures,
                     tour->failures == 1 ? "" : "s", FF_ARG(tour->first_why));
    note_left(tour, tour->queue.over, ", because no more were to be read than ", limit);
    if (tour->used_up.len)
        note_left(tour, left - tour->queue.over, ": ", tour->used_up);
    else
        note_left(tour, left - tour->queue.over, tour->denial.len ? ": " : "", tour->denial);
}

static void sum_up(ff_tour *tour)
{
    ff_survey_result *result = tour->result;
    result->failed = tour->queue.failed;
    result->known = tour->queue.known;
    /* What is left was not begun, or broken off. */
    uint64_t left = result->failed - result->known - result->analysed - result->expired - tour->failures;
    result->errors = tour->failures + left;
    result->stopped = ff_tour_is_stopped(tour);
    if (result->stopped)
        ff_notes_add(&result->notes, true, "scan-interrupted",
                     "The scan was interrupted: there may be more than it has listed and read.");
    note_unread(tour, left);
    if (result->notes.dropped)
        ff_notes_add(&result->notes, result->notes.partial, "notes-dropped",
                     "Further remarks that are left out: %" PRIu32 ".", result->notes.dropped);
}

static void begin(ff_tour *tour, const ff_survey *survey, ff_arena *arena, ff_survey_result *result)
{
    *result = (ff_survey_result){0};
    ff_notes_init(&result->notes, arena);
    *tour = (ff_tour){.ask = survey,
                      .digest = ff_slice_of(ff_catalog_digest(survey->catalog)),
                      .now = (int64_t)time(NULL) * FF_CLOCK_SECOND,
                      .result = result,
                      .arena = arena,
                      .servers = {.ask = survey, .arena = arena, .notes = &result->notes},
                      .sites = {.arena = arena},
                      .queue = {.arena = arena}};
    tour->window = (ff_history_window){.since = survey->since,
                                       .until = survey->until,
                                       .branch = survey->branch,
                                       .event = survey->event,
                                       .workflow = survey->workflow,
                                       .cancelled = survey->cancelled};
}

ff_status ff_survey_run(const ff_survey *survey, ff_arena *arena, ff_survey_result *result, ff_error *error)
{
    ff_tour tour;
    begin(&tour, survey, arena, result);
    ff_status status = ff_crew_new(&tour.crew);
    if (status == FF_OK)
        status = list_all(&tour, error);
    if (status == FF_OK)
        status = read_all(&tour, error);
    if (status == FF_OK)
        sum_up(&tour);
    if (status == FF_OK && arena->failed)
        status = FF_NOMEM;
    if (status != FF_OK)
        (void)ff_error_set(error, status, "%s", ff_status_name(status));
    ff_servers_close(&tour.servers);
    ff_matcher_free(tour.matcher);
    ff_crew_free(tour.crew);
    return status;
}
