#include "digest/publish.h"

#include "digest/build.h"

#include <stdlib.h>

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

/* Failed runs, or repeated ones, that no group has: newest first, `unread` ones behind those that were read. */
static const ff_digest_run *list_cases(ff_build *build, bool failed, size_t *count, size_t *unread)
{
    const ff_census_case *cases = build->census.cases.items;
    size_t wanted = 0, read = 0;
    for (size_t i = 0; i < build->census.cases.count; i++) {
        bool listed = cases[i].failed == failed && !cases[i].placed;
        wanted += listed;
        read += listed && !cases[i].run.unread;
    }
    ff_digest_run *runs = ff_arena_array(build->digest->arena, wanted, sizeof *runs);
    size_t next[2] = {0, read};
    for (size_t i = build->census.cases.count; runs && i-- > 0;)
        if (cases[i].failed == failed && !cases[i].placed)
            runs[next[cases[i].run.unread]++] = cases[i].run;
    *count = wanted;
    *unread = wanted - read;
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
    size_t none;
    digest->unexplained = list_cases(build, true, &digest->unexplained_count, &digest->unread_count);
    digest->reruns = list_cases(build, false, &digest->rerun_count, &none);
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
    digest->workflow_count = build->ask->passed ? 0 : count; /* without those that passed their rates would be false */
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

ff_status ff_publish(ff_build *build)
{
    ff_status status = publish_groups(build);
    if (status == FF_OK)
        status = publish_runs(build);
    return status == FF_OK ? publish_words(build) : status;
}
