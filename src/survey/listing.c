/* The runs of one repository, page after page, into the history. */
#include "base/limits.h"
#include "fetch/runs.h"
#include "fetch/target.h"
#include "survey/span.h"
#include "survey/tour.h"

#include <inttypes.h>

typedef struct listing {
    ff_tour *tour;
    ff_site site;     /* a copy: the tour's may move */
    ff_arena arena;   /* of one question */
    ff_arena lasting; /* of the listing */
    ff_github github; /* in `arena` */
    ff_github_outcome outcome;
    ff_spans spans;    /* in `lasting` */
    uint32_t asked;    /* spans, of all conclusions */
    ff_slice workflow; /* as GitHub can be asked for it; empty: all, and the window picks */
    uint64_t
        total;   /* runs of the whole window, as GitHub says; of the last conclusion where these are asked one by one */
    bool capped; /* more runs in one second than GitHub lists */
    ff_slice ended; /* in `lasting`: why a list ended early; empty: none did */
    uint64_t heard; /* runs of this question that progress counts already, though they are not kept yet */
} listing;

/* ---- what GitHub tells, as the history keeps it ---- */

/* The path without the `@refs/heads/…` that it has had since 2023. */
static ff_slice path_of(ff_slice path)
{
    return ff_slice_cut(path, ff_slice_find_byte(path, '@'));
}

static void fill_run(ff_history_run *run, const ff_api_run *facts, const listing *of, ff_arena *arena)
{
    bool completed = ff_slice_eq(facts->status, FF_LIT("completed"));
    *run = (ff_history_run){.host = ff_slice_of(of->site.server->name),
                            .repository = of->site.called,
                            .id = facts->id,
                            .attempt = facts->attempt ? facts->attempt : 1,
                            .workflow_id = facts->workflow_id,
                            .workflow = ff_tour_keep(arena, facts->name),
                            .workflow_path = ff_tour_keep(arena, path_of(facts->path)),
                            .event = ff_tour_keep(arena, facts->event),
                            .head_branch = ff_tour_keep(arena, facts->head_branch),
                            .head_sha = ff_tour_keep(arena, facts->head_sha),
                            .title = ff_tour_keep(arena, facts->title),
                            .created_at = facts->created_at,
                            .started_at = facts->started_at,
                            .updated_at = facts->updated_at};
    if (completed)
        run->conclusion = ff_tour_keep(arena, facts->conclusion);
    /* GitHub found it in this time; one without a time of its own would be in none. */
    if (run->created_at == FF_NO_TIME)
        run->created_at = facts->started_at != FF_NO_TIME ? facts->started_at : of->tour->ask->since;
}

/* A repository that was renamed is kept under the name that it has now, by the address of a run's page. */
static void learn_name(listing *of, const ff_api_runs *runs)
{
    ff_target target;
    for (size_t i = 0; i < runs->count; i++)
        if (ff_target_read(&target, runs->items[i].page, (ff_slice){0}) && target.run == runs->items[i].id) {
            of->site.called = ff_arena_printf(&of->lasting, "%.*s/%.*s", FF_ARG(target.owner), FF_ARG(target.name));
            return;
        }
}

static ff_status keep_runs(listing *of, const ff_api_runs *runs, ff_error *error)
{
    ff_tour *tour = of->tour;
    size_t count = 0;
    learn_name(of, runs);
    ff_history_run *kept = ff_arena_array(&of->arena, runs->count, sizeof *kept);
    for (size_t i = 0; kept && i < runs->count; i++)
        if (runs->items[i].id)
            fill_run(&kept[count++], &runs->items[i], of, &of->arena);
    if (of->arena.failed || of->lasting.failed)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    ff_error reason = {0};
    ff_crew_lock(tour->crew);
    ff_status status = ff_history_list(tour->ask->history, kept, count, &reason);
    if (status != FF_OK)
        ff_tour_fail(tour, status, &reason);
    tour->done += count - of->heard;
    of->heard = 0;
    ff_crew_unlock(tour->crew);
    return status;
}

/* ---- asking ---- */

/* Who watches sees that pages come, long before the last one does. */
static void hear(void *self, size_t count)
{
    listing *of = self;
    ff_crew_lock(of->tour->crew);
    of->tour->done += count - of->heard;
    of->heard = count;
    ff_crew_unlock(of->tour->crew);
}

/* A window that reaches up to now, or nearly so, is left open: a scan soon after asks the same. */
static ff_span whole_window(const ff_tour *tour)
{
    static const int64_t nearly = 600 * FF_CLOCK_SECOND;
    int64_t until = tour->ask->until;
    return ff_span_of(tour->ask->since, until == FF_NO_TIME || until > tour->now - nearly ? FF_NO_TIME : until);
}

static ff_runs_query query_of(listing *of, ff_span span, const char *status)
{
    return (ff_runs_query){.from = span.from,
                           .to = span.to,
                           .status = status,
                           .branch = of->tour->ask->branch,
                           .event = of->tour->ask->event,
                           .workflow = of->workflow,
                           .heard = hear,
                           .self = of};
}

/* Asks for the runs of a span and keeps them, if GitHub tells them all; else cuts the span. FF_END: they are too many
 * to be listed at all (only where every conclusion is asked for). */
static ff_status list_span(listing *of, ff_span span, const char *conclusion, ff_error *error)
{
    ff_runs_query query = query_of(of, span, conclusion);
    ff_api_runs runs = {0};
    ff_slice ended = {0};
    query.first_page_only = true;
    hear(of, 0);
    ff_status status = ff_github_runs(&of->github, &query, &runs, &ended, error);
    if (status != FF_OK)
        return status;
    of->total = runs.total > of->total ? runs.total : of->total;
    if (runs.total > FF_RUNS_MOST) {
        if (!conclusion && runs.total > FF_LIMIT_LISTED_RUNS)
            return FF_END;
        status = ff_spans_cut(&of->spans, span, runs.total, of->tour->now);
        if (status != FF_LIMIT)
            return status == FF_OK ? FF_OK : ff_error_set(error, status, "out of memory");
        /* So many in one second: what GitHub tells of them. */
        query.first_page_only = false;
        status = ff_github_runs(&of->github, &query, &runs, &ended, error);
        of->capped = true;
    }
    if (ended.len && !of->ended.len)
        of->ended = ff_tour_keep(&of->lasting, ended);
    return status == FF_OK ? keep_runs(of, &runs, error) : status;
}

/* All runs of the window with one conclusion, or with any. FF_END as list_span. */
static ff_status list_window(listing *of, const char *conclusion, ff_error *error)
{
    ff_span span;
    ff_status status = FF_OK;
    of->total = 0;
    of->spans.count = 0;
    if (!ff_spans_add(&of->spans, whole_window(of->tour)))
        return ff_error_set(error, FF_NOMEM, "out of memory");
    while (status == FF_OK && !ff_tour_is_stopped(of->tour) && ff_spans_take(&of->spans, &span)) {
        if (++of->asked > FF_LIMIT_LISTED_SPANS) {
            of->ended = FF_LIT("it would take too many questions");
            break;
        }
        ff_arena_mark mark = ff_arena_here(&of->arena);
        status = list_span(of, span, conclusion, error);
        ff_arena_rewind(&of->arena, mark);
    }
    return status;
}

/* How many passed, with one request. */
static ff_status count_passed(listing *of, uint64_t *passed, ff_error *error)
{
    ff_runs_query query = query_of(of, whole_window(of->tour), "success");
    ff_api_runs runs = {0};
    ff_slice ended = {0};
    query.most = 1;
    query.first_page_only = true;
    query.heard = NULL;
    ff_status status = ff_github_runs(&of->github, &query, &runs, &ended, error);
    *passed = runs.total;
    return status;
}

/* Of a window with very many runs only those that failed are listed, and those that passed are counted. GitHub's pages
 * do not name `startup_failure` among what `status` takes; its own client sends it. */
static ff_status list_failed(listing *of, ff_error *error)
{
    enum { STARTUP = 2, UNPROCESSABLE = 422 };
    static const char *const conclusions[] = {"failure", "timed_out", "startup_failure", "cancelled"};
    size_t count = sizeof conclusions / sizeof *conclusions - !of->tour->ask->cancelled;
    uint64_t all = of->total, passed = 0;
    ff_status status = FF_OK;
    bool refused = false;
    for (size_t i = 0; i < count && status == FF_OK; i++) {
        ff_error reason = {0};
        status = list_window(of, conclusions[i], &reason);
        if (status != FF_OK && i == STARTUP && of->outcome.http == UNPROCESSABLE) {
            status = FF_OK;
            refused = true;
        } else if (status != FF_OK)
            (void)ff_error_set(error, status, "%s", reason.text);
    }
    if (status == FF_OK)
        status = count_passed(of, &passed, error);
    if (status != FF_OK)
        return status;
    ff_slice label = ff_site_label(&of->site, &of->lasting);
    ff_crew_lock(of->tour->crew);
    if (refused)
        ff_notes_add(&of->tour->result->notes, false, "startup-failures-unlisted",
                     "Runs of %.*s that failed to start are not listed: GitHub does not list them alone.",
                     FF_ARG(label));
    of->tour->result->passed += passed;
    ff_notes_add(&of->tour->result->notes, false, "passed-counted",
                 "%.*s had %" PRIu64 " runs in this time: only those that failed were listed, and %" PRIu64
                 " that passed were counted.",
                 FF_ARG(label), all, passed);
    ff_crew_unlock(of->tour->crew);
    return FF_OK;
}

/* ---- one repository ---- */

/* GitHub takes a workflow's id or the name of its file. */
static ff_slice askable_workflow(ff_slice workflow)
{
    uint64_t id;
    ff_slice file = ff_slice_behind_last(workflow, '/');
    if (ff_slice_to_uint(workflow, &id))
        return workflow;
    return ff_slice_ends(file, FF_LIT(".yml")) || ff_slice_ends(file, FF_LIT(".yaml")) ? file : (ff_slice){0};
}

/* GitHub's 404 does not say whether it is the repository or the workflow that is not there. Of several repositories not
 * all need have the workflow. */
static ff_status tell_missing(listing *of, ff_error *error)
{
    ff_runs_query query = {.from = FF_NO_TIME, .to = FF_NO_TIME, .most = 1};
    ff_api_runs runs = {0};
    ff_slice ended = {0};
    ff_error ignored = {0};
    if (ff_github_runs(&of->github, &query, &runs, &ended, &ignored) != FF_OK)
        return FF_NOT_FOUND;
    ff_slice workflow = ff_tour_keep(&of->lasting, of->workflow);
    ff_tour *tour = of->tour;
    if (tour->sites.count == 1) {
        *error = (ff_error){0};
        return ff_error_set(error, FF_NOT_FOUND, "there is no workflow %.*s", FF_ARG(workflow));
    }
    ff_crew_lock(tour->crew);
    ff_notes_add(&tour->result->notes, false, "workflow-missing", "%.*s has no workflow \"%.*s\".",
                 FF_ARG(ff_site_label(&of->site, &of->lasting)), FF_ARG(workflow));
    ff_crew_unlock(tour->crew);
    return FF_OK;
}

static ff_status list(listing *of, ff_error *error)
{
    ff_arena_init(&of->arena, 0);
    ff_arena_init(&of->lasting, 0);
    of->spans.arena = &of->lasting;
    of->github = (ff_github){.exchange = of->site.server->live,
                             .owner = of->site.owner,
                             .name = of->site.name,
                             .arena = &of->arena,
                             .outcome = &of->outcome};
    of->workflow = askable_workflow(of->tour->ask->workflow);
    ff_status status = list_window(of, NULL, error);
    if (status == FF_NOT_FOUND && of->workflow.len)
        return tell_missing(of, error);
    return status == FF_END ? list_failed(of, error) : status;
}

/* Puts down how it went. */
static void finish(listing *of, size_t index, ff_status status, const ff_error *error)
{
    ff_tour *tour = of->tour;
    ff_slice label = ff_site_label(&of->site, &of->lasting);
    ff_crew_lock(tour->crew);
    ff_site *site = &tour->sites.items[index];
    site->status = status;
    ff_slice why = ff_slice_of(error->text);
    (void)ff_slice_take_prefix(&why, FF_LIT("the runs: ")); /* what says it names the repository */
    site->why = ff_tour_keep(tour->arena, why);
    site->called = ff_arena_dup(tour->arena, of->site.called);
    site->done = true;
    if (of->capped)
        ff_notes_add(&tour->result->notes, true, "listing-capped",
                     "The list of runs of %.*s is incomplete: more were begun in one second than GitHub lists.",
                     FF_ARG(label));
    if (of->ended.len)
        ff_notes_add(&tour->result->notes, true, "listing-incomplete", "The list of runs of %.*s is incomplete: %.*s.",
                     FF_ARG(label), FF_ARG(of->ended));
    ff_crew_unlock(tour->crew);
    ff_arena_release(&of->arena);
    ff_arena_release(&of->lasting);
}

bool ff_tour_list_site(void *self)
{
    ff_tour *tour = self;
    listing of = {.tour = tour};
    ff_error error = {0};
    ff_crew_lock(tour->crew);
    size_t index = tour->next;
    bool any = index < tour->sites.count && tour->status == FF_OK && !ff_tour_is_stopped(tour);
    if (any) {
        of.site = tour->sites.items[index];
        tour->next++;
    }
    ff_crew_unlock(tour->crew);
    if (!any)
        return false;
    ff_status status = list(&of, &error);
    finish(&of, index, status, &error);
    return true;
}
