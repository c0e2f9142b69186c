#include "digest/gather.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "digest/build.h"
#include "digest/url.h"

#include <stdlib.h>

/* pull_request, pull_request_target, pull_request_review and so on; a merge queue is no pull request any more. */
bool ff_gather_is_pull(ff_slice event)
{
    return ff_slice_starts(event, FF_LIT("pull_request"));
}

void ff_gather_begin(ff_build *build, ff_gather *gather, const char *fingerprint, bool keep)
{
    ff_arena_rewind(&build->pad, (ff_arena_mark){0});
    *gather = (ff_gather){.keep = keep, .legs = {.pad = &build->pad, .names = &build->names}};
    gather->draft.group.example = gather->draft.group.under = FF_NO_GROUP;
    gather->draft.newest = FF_NO_TIME;
    for (size_t i = 0; i < FF_SHA256_HEX && fingerprint[i]; i++)
        gather->draft.group.fingerprint[i] = fingerprint[i];
}

/* The run as the census describes it, where the attempt is the same: then it is described once. */
static bool describe(ff_build *build, const ff_history_run *run, const ff_sighting *seen, ff_digest_run *out)
{
    const ff_census_case *known = seen && seen->at != FF_NO_GROUP ? &build->census.cases.items[seen->at] : NULL;
    if (!known || known->run.attempt != run->attempt)
        return ff_census_describe(build, run, out);
    *out = known->run;
    out->why = (ff_slice){0};
    out->passed_attempt = 0;
    return true;
}

/* Whether it passed after all: the same run later, or the same commit in another run. */
static void add_passes(ff_build *build, const ff_sighting *seen, ff_digest_run *run)
{
    if (seen && seen->passed && seen->attempt > run->attempt)
        run->passed_attempt = seen->attempt;
    const ff_sighting *later = seen ? ff_census_passed_after(build, seen) : NULL;
    if (!later)
        return;
    const ff_census_repository *place = &build->census.repositories.items[later->repository];
    run->passed_url = ff_url_run(build->digest->arena, place->host, place->name, later->id, later->attempt);
}

static bool count_branch(ff_build *build, ff_gather *gather, ff_slice branch)
{
    uint32_t name = ff_names_put(&build->names, branch);
    if (branch.len == 0 || name == FF_NO_NAME)
        return branch.len == 0;
    for (size_t i = 0; i < gather->branches.count; i++)
        if (gather->branches.items[i].name == name) {
            gather->branches.items[i].runs++;
            return true;
        }
    if (gather->branches.count == FF_LIMIT_GROUP_BRANCHES)
        return gather->full = true;
    ff_branch_count *added = FF_ARRAY_PUSH(&build->pad, &gather->branches);
    if (added)
        *added = (ff_branch_count){name, 1};
    return added != NULL;
}

static bool count_place(ff_build *build, ff_gather *gather, uint32_t repository, int64_t created_at)
{
    ff_draft_place *place = NULL;
    for (size_t i = 0; i < gather->places.count && !place; i++)
        if (gather->places.items[i].repository == repository)
            place = &gather->places.items[i];
    if (!place && (place = FF_ARRAY_PUSH(&build->pad, &gather->places)))
        *place = (ff_draft_place){.repository = repository, .newest = FF_NO_TIME};
    if (!place)
        return false;
    place->count++;
    if (created_at > place->newest)
        place->newest = created_at;
    return true;
}

static bool describe_candidate(ff_build *build, ff_gather *gather, const ff_history_run *from)
{
    ff_digest_run *run = FF_ARRAY_PUSH(&build->pad, &gather->runs);
    return run && ff_census_describe(build, from, run);
}

/* Keeps it among the best. As runs come newest first, the newest of equals are kept. */
static bool weigh(ff_build *build, ff_gather *gather, const ff_history_member *member)
{
    ff_draft *draft = &gather->draft;
    const ff_history_diagnosis *diagnosis = &member->diagnosis;
    size_t weakness = ff_digest_weakness(diagnosis->verdict);
    bool better = draft->candidate_count == 0 || weakness < draft->weakness ||
                  (weakness == draft->weakness && diagnosis->confidence > draft->confidence);
    bool worse = !better && (weakness > draft->weakness || diagnosis->confidence < draft->confidence);
    if (worse || (!better && draft->candidate_count == FF_GATHER_CANDIDATES))
        return true;
    if (better) {
        draft->candidate_count = 0;
        draft->weakness = weakness;
        draft->confidence = diagnosis->confidence;
        draft->group.title = ff_arena_dup(&build->pad, ff_utf8_cut(diagnosis->title, FF_LIMIT_NAME_BYTES));
        draft->group.rule = ff_names_keep(&build->names, diagnosis->rule);
        draft->group.family = ff_names_keep(&build->names, diagnosis->family);
        draft->group.role = ff_names_keep(&build->names, diagnosis->role);
        draft->group.verdict = ff_names_keep(&build->names, diagnosis->verdict);
    }
    if (!gather->keep && !describe_candidate(build, gather, &member->run))
        return false;
    draft->candidates[draft->candidate_count++] =
        (ff_candidate){.at = (uint32_t)(gather->runs.count - 1), .rank = diagnosis->rank};
    return !build->pad.failed;
}

static ff_status keep_run(ff_build *build, ff_gather *gather, const ff_history_run *from, uint32_t repository)
{
    const ff_sighting *seen = ff_census_find(build, repository, from->id);
    ff_digest_run *run = FF_ARRAY_PUSH(&build->pad, &gather->runs);
    if (!run || !describe(build, from, seen, run))
        return ff_build_full(build);
    add_passes(build, seen, run);
    gather->draft.group.flicker |= run->passed_attempt || run->passed_url.len;
    gather->draft.failed += seen && seen->attempt == run->attempt && ff_census_is_failure(build, run->conclusion);
    if (seen && seen->at != FF_NO_GROUP)
        build->census.cases.items[seen->at].placed = true;
    return FF_OK;
}

ff_status ff_gather_add(ff_build *build, ff_gather *gather, const ff_history_member *member)
{
    const ff_history_run *from = &member->run;
    uint32_t repository = ff_census_repository_of(build, from->host, from->repository);
    if (repository == FF_NO_GROUP)
        return ff_build_full(build);
    ff_status status = gather->keep ? keep_run(build, gather, from, repository) : FF_OK;
    if (status != FF_OK)
        return status;
    if (from->created_at > gather->draft.newest)
        gather->draft.newest = from->created_at;
    *(ff_gather_is_pull(from->event) ? &gather->pulls : &gather->outside) = true;
    if (!count_branch(build, gather, from->head_branch) || !count_place(build, gather, repository, from->created_at) ||
        !ff_legs_add(&gather->legs, member->jobs) || !weigh(build, gather, member))
        return ff_build_full(build);
    return FF_OK;
}

/* ---- the end ---- */

typedef struct ff_branch_row {
    ff_slice name;
    uint32_t runs;
} ff_branch_row;

static int by_runs(const void *a, const void *b)
{
    const ff_branch_row *x = a, *y = b;
    if (x->runs != y->runs)
        return x->runs > y->runs ? -1 : 1;
    return ff_slice_cmp(x->name, y->name);
}

static bool end_branches(ff_build *build, const ff_gather *gather, ff_group *group)
{
    size_t count = gather->branches.count;
    ff_branch_row *rows = ff_arena_array(&build->pad, count, sizeof *rows);
    ff_slice *branches = ff_arena_array(build->digest->arena, count, sizeof *branches);
    if (!rows || !branches)
        return false;
    for (size_t i = 0; i < count; i++)
        rows[i] = (ff_branch_row){ff_names_text(&build->names, gather->branches.items[i].name),
                                  gather->branches.items[i].runs};
    if (count > 1)
        qsort(rows, count, sizeof *rows, by_runs);
    for (size_t i = 0; i < count; i++)
        branches[i] = rows[i].name;
    group->branches = branches;
    group->branch_count = count;
    return true;
}

/* A copy of what stands in the pad; NULL without memory. */
static void *copy(ff_arena *arena, const void *items, size_t count, size_t size)
{
    void *copied = ff_arena_array(arena, count, size);
    if (copied && count)
        memcpy(copied, items, count * size);
    return copied;
}

ff_status ff_gather_end(ff_build *build, ff_gather *gather, ff_draft *draft)
{
    ff_arena *arena = build->digest->arena;
    *draft = gather->draft;
    ff_group *group = &draft->group;
    group->title = ff_arena_dup(arena, group->title);
    group->reach = gather->outside && gather->pulls ? FF_REACH_BOTH
                   : gather->outside                ? FF_REACH_MAIN
                                                    : FF_REACH_PULL_REQUESTS;
    draft->runs = copy(arena, gather->runs.items, gather->runs.count, sizeof *gather->runs.items);
    group->runs = gather->keep ? draft->runs : NULL;
    group->run_count = gather->keep ? gather->runs.count : 0;
    group->count = (uint32_t)group->run_count;
    group->repository_count = (uint32_t)gather->places.count;
    draft->places = copy(&build->scratch, gather->places.items, gather->places.count, sizeof *draft->places);
    draft->place_count = gather->places.count;
    group->jobs = ff_legs_fold(&gather->legs, arena, &group->job_count);
    if (!end_branches(build, gather, group) || !draft->runs || !draft->places || !group->jobs || arena->failed)
        return ff_build_full(build);
    build->groups.shortened += gather->full || gather->legs.full;
    return FF_OK;
}
