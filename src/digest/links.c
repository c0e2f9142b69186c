#include "digest/links.h"

#include "base/array.h"
#include "digest/build.h"

#include <stdlib.h>

typedef struct ff_link {
    uint32_t effect, cause; /* drafts */
    uint64_t runs;
} ff_link;

typedef struct ff_links {
    ff_build *build;
    ff_link *items;
    size_t count, cap;
} ff_links;

static ff_status see(void *self, const ff_history_edge *edge)
{
    ff_links *links = self;
    ff_build *build = links->build;
    uint32_t effect = ff_groups_find(build, edge->effect), cause = ff_groups_find(build, edge->cause);
    if (effect == FF_NO_GROUP || cause == FF_NO_GROUP || effect == cause)
        return FF_OK;
    ff_link *link = FF_ARRAY_PUSH(&build->scratch, links);
    if (!link)
        return ff_build_full(build);
    *link = (ff_link){effect, cause, edge->runs};
    return FF_OK;
}

/* Drafts are in order of fingerprints, so their numbers decide where the runs do not. */
static int by_runs(const void *a, const void *b)
{
    const ff_link *x = a, *y = b;
    if (x->runs != y->runs)
        return x->runs > y->runs ? -1 : 1;
    if (x->cause != y->cause)
        return x->cause < y->cause ? -1 : 1;
    return (x->effect > y->effect) - (x->effect < y->effect);
}

static bool stands_under(const ff_draft *drafts, uint32_t group, uint32_t other)
{
    while (group != FF_NO_GROUP && group != other)
        group = drafts[group].group.under;
    return group == other;
}

ff_status ff_links_draw(ff_build *build)
{
    ff_links links = {.build = build};
    ff_draft *drafts = build->groups.items;
    ff_status status = ff_history_edges(build->history, &build->ask->window, see, &links, build->error);
    if (status == FF_OK && links.count > 1)
        qsort(links.items, links.count, sizeof *links.items, by_runs);
    for (size_t i = 0; i < links.count && status == FF_OK; i++) {
        ff_group *effect = &drafts[links.items[i].effect].group;
        if (effect->under == FF_NO_GROUP && !stands_under(drafts, links.items[i].cause, links.items[i].effect))
            effect->under = links.items[i].cause;
    }
    return status;
}
