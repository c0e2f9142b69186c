#include "digest/build.h"

#include "base/limits.h"
#include "digest/example.h"
#include "digest/links.h"
#include "digest/order.h"

#include <stdlib.h>

static const int64_t DAY = (int64_t)86400 * 1000000000;

ff_status ff_build_full(ff_build *build)
{
    bool full = build->digest->arena->full || build->scratch.full || build->pad.full;
    if (full)
        return ff_error_set(build->error, FF_LIMIT,
                            "there is too much in this time for one page: ask for a shorter one");
    return ff_error_set(build->error, FF_NOMEM, "out of memory");
}

/* ---- what every group gets from the whole history ---- */

/* The day, since 1970, that the charts end with. */
static int64_t last_day(const ff_build *build)
{
    int64_t end = build->ask->window.until != FF_NO_TIME ? build->ask->window.until - 1 : build->ask->now;
    return end >= 0 ? end / DAY : -((-end + DAY - 1) / DAY);
}

/* The window, from the first day of the charts on. */
static ff_history_window charted(const ff_build *build)
{
    ff_history_window window = build->ask->window;
    window.since = (last_day(build) - (FF_DIGEST_DAYS - 1)) * DAY;
    return window;
}

static uint32_t fold(uint64_t count)
{
    return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

typedef struct ff_chart {
    int64_t first;
    uint32_t *days;      /* of a group, or */
    ff_digest_day *both; /* of all */
} ff_chart;

static ff_status draw(void *self, const ff_history_day *day)
{
    const ff_chart *chart = self;
    if (day->day < chart->first || day->day >= chart->first + FF_DIGEST_DAYS)
        return FF_OK;
    if (chart->days)
        chart->days[day->day - chart->first] = fold(day->failed);
    else
        chart->both[day->day - chart->first] = (ff_digest_day){day->day, fold(day->failed), fold(day->passed)};
    return FF_OK;
}

static ff_status look_back(ff_build *build, ff_group *group)
{
    const ff_history_window window = charted(build);
    ff_chart chart = {.first = last_day(build) - (FF_DIGEST_DAYS - 1), .days = group->days};
    ff_status status = ff_history_days(build->history, &window, group->fingerprint, draw, &chart, build->error);
    if (status != FF_OK)
        return status;
    status = ff_history_seen(build->history, &build->ask->window, group->fingerprint, &group->first_seen,
                             &group->last_seen, &group->all_time, build->error);
    return status == FF_NOT_FOUND ? FF_OK : status;
}

static ff_status complete_groups(ff_build *build)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < build->groups.count && status == FF_OK; i++) {
        ff_draft *draft = &build->groups.items[i];
        draft->group.share = build->census.failed ? (double)draft->failed / (double)build->census.failed : 0;
        draft->group.first_seen = draft->group.last_seen = draft->newest;
        status = look_back(build, &draft->group);
    }
    return status;
}

/* ---- what the digest gets ---- */

static ff_status publish_groups(ff_build *build)
{
    size_t count = build->groups.count;
    ff_group *groups = ff_arena_array(build->digest->arena, count, sizeof *groups);
    if (!groups)
        return ff_build_full(build);
    for (size_t i = 0; i < count; i++) {
        groups[i] = build->groups.ordered[i]->group;
        if (groups[i].under != FF_NO_GROUP)
            groups[i].under = (uint32_t)build->groups.items[groups[i].under].order;
    }
    build->digest->groups = groups;
    build->digest->group_count = count;
    return FF_OK;
}

/* Failed runs, or repeated ones, that no group has: newest first. */
static const ff_digest_run *list_cases(ff_build *build, bool failed, size_t *count)
{
    const ff_census_case *cases = build->census.cases.items;
    size_t wanted = 0;
    for (size_t i = 0; i < build->census.cases.count; i++)
        wanted += cases[i].failed == failed && !cases[i].placed;
    ff_digest_run *runs = ff_arena_array(build->digest->arena, wanted, sizeof *runs);
    *count = 0;
    for (size_t i = build->census.cases.count; runs && i-- > 0;)
        if (cases[i].failed == failed && !cases[i].placed)
            runs[(*count)++] = cases[i].run;
    return runs;
}

static int by_failed(const void *a, const void *b)
{
    const ff_digest_workflow *x = a, *y = b;
    if (x->failed != y->failed)
        return x->failed > y->failed ? -1 : 1;
    if (x->passed != y->passed)
        return x->passed > y->passed ? -1 : 1;
    int order = ff_slice_cmp(x->repository, y->repository);
    return order ? order : ff_slice_cmp(x->name, y->name);
}

static ff_status publish_runs(ff_build *build)
{
    ff_digest *digest = build->digest;
    const ff_census *census = &build->census;
    size_t count = census->workflows.count;
    ff_digest_workflow *workflows = ff_arena_array(digest->arena, count, sizeof *workflows);
    ff_slice *repositories = ff_arena_array(digest->arena, census->repositories.count, sizeof *repositories);
    digest->unexplained = list_cases(build, true, &digest->unexplained_count);
    digest->reruns = list_cases(build, false, &digest->rerun_count);
    if (!workflows || !repositories || !digest->unexplained || !digest->reruns)
        return ff_build_full(build);
    for (size_t i = 0; i < count; i++) {
        const ff_census_workflow *from = &census->workflows.items[i];
        workflows[i] =
            (ff_digest_workflow){census->repositories.items[from->repository].label,
                                 ff_names_text(&build->names, from->name), from->failed, from->passed, from->other};
    }
    if (count > 1)
        qsort(workflows, count, sizeof *workflows, by_failed);
    digest->workflows = workflows;
    digest->workflow_count = count;
    for (size_t i = 0; i < census->repositories.count; i++)
        repositories[i] = census->repositories.items[i].label;
    digest->repositories = repositories;
    digest->repository_count = census->repositories.count;
    return FF_OK;
}

static ff_history_said word_on(const ff_build *build, const ff_draft *draft, uint32_t repository)
{
    const ff_census_repository *place = &build->census.repositories.items[repository];
    ff_history_said said = {
        .host = place->host,
        .repository = place->name,
        .state = ff_slice_of(ff_group_state_name(draft->group.state)),
        .last_seen = draft->newest,
        .said_at = FF_NO_TIME,
    };
    memcpy(said.fingerprint, draft->group.fingerprint, sizeof said.fingerprint);
    return said;
}

/* Of a group with runs: where these are. Of a fixed one: where it was told of. */
static ff_status publish_words(ff_build *build)
{
    size_t most = build->states.words.count, at = 0;
    for (size_t i = 0; i < build->groups.current; i++)
        most += build->groups.items[i].place_count;
    ff_history_said *said = ff_arena_array(build->digest->arena, most, sizeof *said);
    for (size_t i = 0; i < build->groups.count && said; i++) {
        const ff_draft *draft = &build->groups.items[i];
        size_t word_count = 0;
        const ff_word *words = ff_states_find(build, draft->group.fingerprint, &word_count);
        if (draft->group.state != FF_GROUP_FIXED)
            word_count = 0;
        for (size_t j = 0; j < word_count; j++)
            said[at++] = word_on(build, draft, words[j].repository);
        for (size_t j = 0; j < draft->place_count && draft->group.state != FF_GROUP_FIXED; j++) {
            said[at] = word_on(build, draft, draft->places[j].repository);
            said[at].count = draft->places[j].count;
            said[at++].last_seen = draft->places[j].newest;
        }
    }
    build->digest->said = said;
    build->digest->said_count = at;
    return said ? FF_OK : ff_build_full(build);
}

/* ---- the head of the page ---- */

static ff_slice filter_of(ff_arena *arena, const ff_history_window *window)
{
    const struct {
        const char *what;
        ff_slice value;
    } parts[] = {{"branch ", window->branch}, {"workflow ", window->workflow}, {"event ", window->event}};
    ff_buf words;
    ff_buf_init(&words, FF_LIMIT_READ_BYTES);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].value.len)
            ff_buf_printf(&words, "%s%s%.*s", words.len ? ", " : "", parts[i].what, FF_ARG(parts[i].value));
    if (window->cancelled)
        ff_buf_printf(&words, "%scancelled runs too", words.len ? ", " : "");
    ff_slice filter = words.len ? ff_arena_dup(arena, ff_buf_slice(&words)) : (ff_slice){0};
    arena->failed |= ff_buf_status(&words) == FF_NOMEM;
    ff_buf_release(&words);
    return filter;
}

static void copy_notes(ff_notes *to, const ff_notes *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const ff_note *note = &from->items[i];
        ff_notes_add(to, note->partial, note->code, "%.*s", FF_ARG(note->text));
        if (to->count)
            to->items[to->count - 1].count = note->count;
    }
    to->dropped += from->dropped;
    to->partial |= from->partial;
}

static void begin(ff_build *build)
{
    ff_digest *digest = build->digest;
    const ff_digest_ask *ask = build->ask;
    digest->since = ask->window.since;
    digest->until = ask->window.until;
    digest->made_at = ask->now;
    digest->filter = filter_of(digest->arena, &ask->window);
    digest->catalog_digest = ff_arena_dup(digest->arena, ff_slice_of(ask->catalog_digest)).ptr;
    digest->counts = (ff_digest_counts){.listed = ask->listed,
                                        .failed = ask->analysed + ask->known + ask->expired + ask->errors,
                                        .analysed = ask->analysed,
                                        .known = ask->known,
                                        .expired = ask->expired,
                                        .errors = ask->errors};
    for (int i = 0; i < FF_DIGEST_DAYS; i++)
        digest->days[i].day = last_day(build) - (FF_DIGEST_DAYS - 1) + i;
    if (ask->notes)
        copy_notes(&digest->notes, ask->notes);
}

/* A noun in the number that it needs. */
static const char *runs(uint64_t count)
{
    return count == 1 ? "run" : "runs";
}

/* True if the scan says it itself, and why. */
static bool is_said(const ff_notes *notes, const char *code)
{
    for (size_t i = 0; i < notes->count; i++)
        if (strcmp(notes->items[i].code, code) == 0)
            return true;
    return false;
}

static void add_notes(ff_build *build, size_t bare)
{
    ff_notes *notes = &build->digest->notes;
    const ff_digest_counts *counts = &build->digest->counts;
    const ff_groups *groups = &build->groups;
    if (counts->expired)
        ff_notes_add(notes, false, "runs-expired", "the logs of %llu failed %s have expired on GitHub",
                     (unsigned long long)counts->expired, runs(counts->expired));
    bool said = is_said(notes, "runs-unread") || is_said(notes, "runs-left");
    if (counts->errors && !said)
        ff_notes_add(notes, true, "runs-unread", "%llu failed %s could not be read; the next scan tries again",
                     (unsigned long long)counts->errors, runs(counts->errors));
    if (build->census.left && !said)
        ff_notes_add(notes, false, "runs-left", "%llu failed %s not read yet; the next scan goes on with %s",
                     (unsigned long long)build->census.left, build->census.left == 1 ? "run was" : "runs were",
                     build->census.left == 1 ? "it" : "them");
    if (groups->left_out)
        ff_notes_add(notes, true, "groups-limit", "%lu further groups are left out", (unsigned long)groups->left_out);
    if (groups->shortened)
        ff_notes_add(notes, false, "group-limit", "of %lu groups not all branches and jobs are named",
                     (unsigned long)groups->shortened);
    if (bare)
        ff_notes_add(notes, false, "examples-limit", "of %lu groups the evidence is left out", (unsigned long)bare);
}

/* ---- all of it ---- */

static ff_status chart_all(ff_build *build)
{
    const ff_history_window window = charted(build);
    ff_chart chart = {.first = last_day(build) - (FF_DIGEST_DAYS - 1), .both = build->digest->days};
    return ff_history_days(build->history, &window, NULL, draw, &chart, build->error);
}

static ff_status fill(ff_build *build)
{
    static ff_status (*const STAGES[])(ff_build *) = {
        ff_census_take, ff_groups_gather, ff_states_judge, ff_links_draw, complete_groups, chart_all, ff_order_groups,
    };
    size_t bare = 0;
    ff_status status = FF_OK;
    begin(build);
    for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES && status == FF_OK; i++)
        status = STAGES[i](build);
    if (status == FF_OK)
        status = ff_example_choose(build, &bare);
    if (status == FF_OK)
        status = publish_groups(build);
    if (status == FF_OK)
        status = publish_runs(build);
    if (status == FF_OK)
        status = publish_words(build);
    if (status == FF_OK)
        add_notes(build, bare);
    return status == FF_OK && build->digest->arena->failed ? ff_build_full(build) : status;
}

ff_status ff_digest_build(ff_digest *digest, ff_history *history, const ff_digest_ask *ask, ff_error *error)
{
    ff_build build = {.digest = digest, .history = history, .ask = ask, .error = error};
    ff_arena_init(&build.scratch, FF_LIMIT_DIGEST_SCRATCH_BYTES);
    ff_arena_init(&build.pad, FF_LIMIT_DIGEST_SCRATCH_BYTES);
    build.names = (ff_names){.arena = digest->arena, .tables = &build.scratch};
    ff_status status = fill(&build);
    ff_arena_release(&build.pad);
    ff_arena_release(&build.scratch);
    return status;
}
