/* Runs that were counted, found again. */
#include "base/array.h"
#include "digest/build.h"

#include <stdlib.h>

static int by_run(const void *a, const void *b)
{
    const ff_sighting *x = a, *y = b;
    if (x->repository != y->repository)
        return x->repository < y->repository ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* What makes a run the same thing done once more: it is the same number for both. */
static int by_work(const ff_sighting *x, const ff_sighting *y)
{
    if (x->repository != y->repository)
        return x->repository < y->repository ? -1 : 1;
    if (x->workflow != y->workflow)
        return x->workflow < y->workflow ? -1 : 1;
    if (x->sha != y->sha)
        return x->sha < y->sha ? -1 : 1;
    return (x->event > y->event) - (x->event < y->event);
}

static int by_age(const ff_sighting *x, const ff_sighting *y)
{
    if (x->created_at != y->created_at)
        return x->created_at < y->created_at ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static int by_work_and_age(const void *a, const void *b)
{
    const ff_sighting *x = *(const ff_sighting *const *)a, *y = *(const ff_sighting *const *)b;
    int order = by_work(x, y);
    return order ? order : by_age(x, y);
}

ff_status ff_census_sort(ff_build *build)
{
    ff_census *census = &build->census;
    if (census->sightings.count > 1)
        qsort(census->sightings.items, census->sightings.count, sizeof *census->sightings.items, by_run);
    for (size_t i = 0; i < census->sightings.count; i++) {
        if (!census->sightings.items[i].passed)
            continue;
        const ff_sighting **slot = FF_ARRAY_PUSH(&build->scratch, &census->passed);
        if (!slot)
            return ff_build_full(build);
        *slot = &census->sightings.items[i];
    }
    if (census->passed.count > 1)
        qsort(census->passed.items, census->passed.count, sizeof(const ff_sighting *), by_work_and_age);
    return FF_OK;
}

const ff_sighting *ff_census_find(const ff_build *build, uint32_t repository, uint64_t id)
{
    const ff_sighting key = {.repository = repository, .id = id};
    const ff_census *census = &build->census;
    if (census->sightings.count == 0)
        return NULL;
    return bsearch(&key, census->sightings.items, census->sightings.count, sizeof key, by_run);
}

bool ff_census_leave_out(ff_build *build, const ff_history_run *run)
{
    uint32_t repository = ff_census_repository_of(build, run->host, run->repository);
    const ff_sighting *seen = repository == FF_NO_GROUP ? NULL : ff_census_find(build, repository, run->id);
    if (seen && seen->at != FF_NO_GROUP)
        build->census.cases.items[seen->at].run.why = FF_LIT("there are more kinds of failure than fit on one page");
    return repository != FF_NO_GROUP;
}

void ff_census_forget_places(ff_build *build)
{
    for (size_t i = 0; i < build->census.cases.count; i++)
        build->census.cases.items[i].placed = false;
}

const ff_sighting *ff_census_passed_after(const ff_build *build, const ff_sighting *run)
{
    const ff_census *census = &build->census;
    size_t low = 0, high = census->passed.count;
    if (ff_names_text(&build->names, run->sha).len == 0)
        return NULL; /* no commit is not the same commit */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_work_and_age(&census->passed.items[middle], &run) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < census->passed.count && by_work(census->passed.items[low], run) == 0;
    return found ? census->passed.items[low] : NULL;
}
