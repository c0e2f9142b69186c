#include "digest/passing.h"

#include "base/array.h"
#include "base/limits.h"
#include "digest/build.h"

/* The newest runs of workflows and branches; texts in the pad. */
typedef struct ff_fronts {
    ff_build *build;
    ff_history_run newest; /* of all */
    struct {
        ff_history_run *items;
        size_t count, cap;
    } outside; /* of pull requests: the newest of each */
    bool any;
    bool full; /* there are more: nothing can be said of all */
} ff_fronts;

static bool is_same_front(const ff_history_run *a, const ff_history_run *b)
{
    return a->workflow_id == b->workflow_id && ff_slice_eq(a->head_branch, b->head_branch) &&
           ff_slice_eq_nocase(a->repository, b->repository) && ff_slice_eq_nocase(a->host, b->host) &&
           (a->workflow_id || ff_slice_eq(a->workflow, b->workflow));
}

/* What ff_history_passed_after needs of it. */
static ff_history_run keep(ff_arena *pad, const ff_history_run *run)
{
    return (ff_history_run){
        .host = ff_arena_dup(pad, run->host),
        .repository = ff_arena_dup(pad, run->repository),
        .id = run->id,
        .attempt = run->attempt,
        .workflow_id = run->workflow_id,
        .workflow = ff_arena_dup(pad, run->workflow),
        .event = ff_arena_dup(pad, run->event),
        .head_branch = ff_arena_dup(pad, run->head_branch),
        .created_at = run->created_at,
    };
}

/* Members come newest first, so the first of each workflow and branch is the one. */
static ff_status see(void *self, const ff_history_member *member)
{
    ff_fronts *fronts = self;
    ff_arena *pad = &fronts->build->pad;
    if (!fronts->any)
        fronts->newest = keep(pad, &member->run);
    fronts->any = true;
    bool known = ff_gather_is_pull(member->run.event);
    for (size_t i = 0; i < fronts->outside.count && !known; i++)
        known = is_same_front(&fronts->outside.items[i], &member->run);
    if (known || fronts->full)
        return FF_OK;
    if (fronts->outside.count == FF_LIMIT_GROUP_BRANCHES) {
        fronts->full = true;
        return FF_OK;
    }
    ff_history_run *front = FF_ARRAY_PUSH(pad, &fronts->outside);
    if (front)
        *front = keep(pad, &member->run);
    return pad->failed ? ff_build_full(fronts->build) : FF_OK;
}

typedef struct ff_passed {
    ff_build *build;
    ff_digest_run *run;
    bool in_time;
} ff_passed;

static ff_status describe(void *self, const ff_history_known *known, uint32_t first_failed)
{
    ff_passed *passed = self;
    ff_build *build = passed->build;
    int64_t until = build->ask->window.until;
    (void)first_failed;
    passed->in_time = until == FF_NO_TIME || known->run.created_at < until;
    if (!passed->run || !passed->in_time)
        return FF_OK;
    return ff_census_describe(build, &known->run, passed->run) ? FF_OK : ff_build_full(build);
}

/* `out` may be NULL: then only whether one passed is of interest. */
static ff_status passed_after(ff_build *build, const ff_history_run *front, bool *found, ff_digest_run *out)
{
    ff_passed passed = {.build = build, .run = out};
    ff_status status = ff_history_passed_after(build->history, front, describe, &passed, build->error);
    *found = status == FF_OK && passed.in_time;
    return status == FF_NOT_FOUND ? FF_OK : status;
}

ff_status ff_passing_find(ff_build *build, const char *fingerprint, ff_passing *passing)
{
    const ff_history_window *asked = &build->ask->window;
    const ff_history_window window = {
        .repositories = asked->repositories,
        .repository_count = asked->repository_count,
        .since = FF_NO_TIME,
        .until = asked->until,
        .cancelled = asked->cancelled,
        .fingerprint = fingerprint,
    };
    ff_fronts fronts = {.build = build};
    *passing = (ff_passing){.newest = FF_NO_TIME};
    ff_arena_rewind(&build->pad, (ff_arena_mark){0});
    ff_status status = ff_history_members(build->history, &window, see, &fronts, build->error);
    if (status != FF_OK || !fronts.any)
        return status;
    passing->newest = fronts.newest.created_at;
    passing->all = !fronts.full;
    for (size_t i = 0; i < fronts.outside.count && status == FF_OK && passing->all; i++)
        status = passed_after(build, &fronts.outside.items[i], &passing->all, NULL);
    if (status == FF_OK && passing->all)
        status = passed_after(build, &fronts.newest, &passing->all, &passing->passed);
    return status;
}
