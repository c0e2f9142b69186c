#include "digest/build.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "digest/url.h"

typedef enum ff_outcome {
    OUTCOME_FAILED,
    OUTCOME_PASSED,
    OUTCOME_CANCELLED,
    OUTCOME_RUNNING,
    OUTCOME_OTHER
} ff_outcome;

static const struct {
    ff_slice conclusion;
    ff_outcome outcome;
} OUTCOMES[] = {
    {FF_TEXT("failure"), OUTCOME_FAILED},         {FF_TEXT("timed_out"), OUTCOME_FAILED},
    {FF_TEXT("startup_failure"), OUTCOME_FAILED}, {FF_TEXT("cancelled"), OUTCOME_CANCELLED},
    {FF_TEXT("success"), OUTCOME_PASSED},         {FF_TEXT(""), OUTCOME_RUNNING},
};

static ff_outcome outcome_of(const ff_build *build, ff_slice conclusion)
{
    for (size_t i = 0; i < sizeof OUTCOMES / sizeof *OUTCOMES; i++) {
        bool wanted = OUTCOMES[i].outcome == OUTCOME_CANCELLED && build->ask->window.cancelled;
        if (ff_slice_eq(OUTCOMES[i].conclusion, conclusion))
            return wanted ? OUTCOME_FAILED : OUTCOMES[i].outcome;
    }
    return OUTCOME_OTHER;
}

bool ff_census_is_failure(const ff_build *build, ff_slice conclusion)
{
    return outcome_of(build, conclusion) == OUTCOME_FAILED;
}

static ff_slice label_of(ff_arena *arena, ff_slice host, ff_slice name)
{
    if (ff_slice_eq_nocase(host, FF_LIT("github.com")) || host.len == 0)
        return name;
    return ff_arena_printf(arena, "%.*s/%.*s", FF_ARG(host), FF_ARG(name));
}

uint32_t ff_census_repository_of(ff_build *build, ff_slice host, ff_slice name)
{
    ff_census *census = &build->census;
    for (size_t i = 0; i < census->repositories.count; i++) {
        size_t at = (census->last_repository + i) % census->repositories.count;
        const ff_census_repository *known = &census->repositories.items[at];
        if (ff_slice_eq_nocase(known->name, name) && ff_slice_eq_nocase(known->host, host))
            return census->last_repository = (uint32_t)at;
    }
    ff_census_repository *added = FF_ARRAY_PUSH(&build->scratch, &census->repositories);
    if (!added)
        return FF_NO_GROUP;
    added->host = ff_names_keep(&build->names, host);
    added->name = ff_names_keep(&build->names, name);
    added->label = label_of(build->digest->arena, added->host, added->name);
    return census->last_repository = (uint32_t)(census->repositories.count - 1);
}

/* A workflow is its id; one that has none, its name. */
static size_t find_workflow(ff_census *census, uint32_t repository, uint64_t id, uint32_t name)
{
    for (size_t i = 0; i < census->workflows.count; i++) {
        size_t at = (census->last_workflow + i) % census->workflows.count;
        const ff_census_workflow *known = &census->workflows.items[at];
        if (known->repository == repository && known->id == id && (id || known->name == name))
            return at;
    }
    return census->workflows.count;
}

static uint32_t name_of(ff_build *build, const ff_history_run *run)
{
    return ff_names_put(&build->names, run->workflow.len ? run->workflow : run->workflow_path);
}

/* Names change: the newest counts. */
static uint32_t workflow_of(ff_build *build, uint32_t repository, const ff_history_run *run)
{
    ff_census *census = &build->census;
    uint32_t name = name_of(build, run);
    size_t at = find_workflow(census, repository, run->workflow_id, name);
    if (name == FF_NO_NAME)
        return FF_NO_GROUP;
    if (at == census->workflows.count) {
        ff_census_workflow *added = FF_ARRAY_PUSH(&build->scratch, &census->workflows);
        if (!added)
            return FF_NO_GROUP;
        *added = (ff_census_workflow){.id = run->workflow_id, .repository = repository};
    }
    census->workflows.items[at].name = name;
    return census->last_workflow = (uint32_t)at;
}

bool ff_census_describe(ff_build *build, const ff_history_run *run, ff_digest_run *out)
{
    ff_arena *arena = build->digest->arena;
    uint32_t at = ff_census_repository_of(build, run->host, run->repository);
    if (at == FF_NO_GROUP)
        return false;
    const ff_census_repository *repository = &build->census.repositories.items[at];
    *out = (ff_digest_run){
        .host = repository->host,
        .repository = repository->name,
        .id = run->id,
        .attempt = run->attempt,
        .workflow = ff_names_keep(&build->names, run->workflow.len ? run->workflow : run->workflow_path),
        .conclusion = ff_names_keep(&build->names, run->conclusion),
        .event = ff_names_keep(&build->names, run->event),
        .branch = ff_names_keep(&build->names, run->head_branch),
        .sha = ff_names_keep(&build->names, run->head_sha),
        .title = ff_names_keep(&build->names, ff_utf8_cut(run->title, FF_LIMIT_KEPT_LINE_BYTES)),
        .url = ff_url_run(arena, repository->host, repository->name, run->id, run->attempt),
        .created_at = run->created_at,
        .started_at = run->started_at,
    };
    return !arena->failed && !build->scratch.failed;
}

/* ---- taking it ---- */

static const char *const WHY[] = {
    [FF_HISTORY_LISTED] = "it was not read yet",
    [FF_HISTORY_ANALYSED] = "no diagnosis was made",
    [FF_HISTORY_EXPIRED] = "its logs have expired",
    [FF_HISTORY_ERROR] = "it could not be read",
};

/* `first_failed` may be 0 though an attempt failed: a listing shows the newest attempt alone. */
static ff_slice why_repeated(const ff_build *build, uint32_t attempt, uint32_t first_failed)
{
    ff_arena *arena = build->digest->arena;
    if (first_failed)
        return ff_arena_printf(arena, "it passed on attempt %lu; why attempt %lu failed is not known",
                               (unsigned long)attempt, (unsigned long)first_failed);
    return ff_arena_printf(arena, "it passed on attempt %lu; what came before is not known", (unsigned long)attempt);
}

static bool add_case(ff_build *build, const ff_history_known *known, uint32_t first_failed, bool failed)
{
    ff_census_case *found = FF_ARRAY_PUSH(&build->scratch, &build->census.cases);
    if (!found || !ff_census_describe(build, &known->run, &found->run))
        return false;
    found->failed = failed;
    if (!failed) {
        found->run.passed_attempt = known->run.attempt;
        found->run.why = why_repeated(build, known->run.attempt, first_failed);
    } else if (ff_slice_eq(known->run.conclusion, FF_LIT("startup_failure"))) {
        found->run.why = FF_LIT("it failed before any job was started");
    } else {
        found->run.unread = known->state == FF_HISTORY_LISTED;
        found->run.why = known->why.len ? ff_names_keep(&build->names, known->why) : ff_slice_of(WHY[known->state]);
    }
    return !build->digest->arena->failed;
}

static void count(ff_build *build, const ff_history_known *known, ff_census_workflow *workflow)
{
    ff_outcome outcome = outcome_of(build, known->run.conclusion);
    ff_digest_counts *counts = &build->digest->counts;
    build->census.failed += outcome == OUTCOME_FAILED;
    build->census.expired += outcome == OUTCOME_FAILED && known->state == FF_HISTORY_EXPIRED;
    counts->passed += outcome == OUTCOME_PASSED;
    counts->cancelled += outcome == OUTCOME_CANCELLED;
    counts->running += outcome == OUTCOME_RUNNING;
    counts->other += outcome == OUTCOME_OTHER;
    workflow->failed += outcome == OUTCOME_FAILED;
    workflow->unread += outcome == OUTCOME_FAILED && known->state != FF_HISTORY_ANALYSED;
    workflow->passed += outcome == OUTCOME_PASSED;
    workflow->other += outcome != OUTCOME_FAILED && outcome != OUTCOME_PASSED;
}

static ff_status see(void *self, const ff_history_known *known, uint32_t first_failed)
{
    ff_build *build = self;
    ff_census *census = &build->census;
    if (census->sightings.count == FF_LIMIT_DIGEST_RUNS)
        return ff_error_set(build->error, FF_LIMIT, "there are more than %lu runs in this time: ask for a shorter one",
                            (unsigned long)FF_LIMIT_DIGEST_RUNS);
    ff_outcome outcome = outcome_of(build, known->run.conclusion);
    bool repeated = outcome == OUTCOME_PASSED && (known->run.attempt > 1 || first_failed);
    ff_sighting *seen = FF_ARRAY_PUSH(&build->scratch, &census->sightings);
    uint32_t repository = ff_census_repository_of(build, known->run.host, known->run.repository);
    uint32_t workflow = repository == FF_NO_GROUP ? FF_NO_GROUP : workflow_of(build, repository, &known->run);
    if (!seen || workflow == FF_NO_GROUP)
        return ff_build_full(build);
    *seen = (ff_sighting){
        .id = known->run.id,
        .created_at = known->run.created_at,
        .repository = repository,
        .workflow = workflow,
        .event = ff_names_put(&build->names, known->run.event),
        .sha = ff_names_put(&build->names, known->run.head_sha),
        .attempt = known->run.attempt,
        .at = FF_NO_GROUP,
        .passed = outcome == OUTCOME_PASSED,
    };
    count(build, known, &census->workflows.items[workflow]);
    if (seen->event == FF_NO_NAME || seen->sha == FF_NO_NAME)
        return ff_build_full(build);
    if (outcome != OUTCOME_FAILED && !repeated)
        return FF_OK;
    if (!add_case(build, known, first_failed, outcome == OUTCOME_FAILED))
        return ff_build_full(build);
    seen->at = (uint32_t)(census->cases.count - 1);
    return FF_OK;
}

ff_status ff_census_take(ff_build *build)
{
    const ff_history_window *window = &build->ask->window;
    for (size_t i = 0; i < window->repository_count; i++)
        if (ff_census_repository_of(build, window->repositories[i].host, window->repositories[i].repository) ==
            FF_NO_GROUP)
            return ff_build_full(build);
    ff_status status = ff_history_runs(build->history, window, see, build, build->error);
    return status == FF_OK ? ff_census_sort(build) : status;
}

bool ff_census_has_unread(ff_build *build, const ff_history_run *run)
{
    ff_census *census = &build->census;
    uint32_t repository = ff_census_repository_of(build, run->host, run->repository);
    size_t at = find_workflow(census, repository, run->workflow_id, name_of(build, run));
    return at < census->workflows.count && census->workflows.items[at].unread > 0;
}
