#include "digest/groups.h"

#include "base/array.h"
#include "base/limits.h"
#include "digest/build.h"

ff_draft *ff_groups_add(ff_build *build)
{
    if (build->groups.count < FF_LIMIT_GROUPS)
        return FF_ARRAY_PUSH(&build->scratch, &build->groups);
    build->groups.left_out++;
    return NULL;
}

typedef struct ff_gathering {
    ff_build *build;
    ff_gather gather;
    char fingerprint[FF_SHA256_HEX + 1]; /* of the group that is open; empty: none is */
    bool skipped;                        /* it is left out */
} ff_gathering;

static ff_status end_group(ff_gathering *gathering)
{
    ff_groups *groups = &gathering->build->groups;
    if (!gathering->fingerprint[0] || gathering->skipped)
        return FF_OK;
    return ff_gather_end(gathering->build, &gathering->gather, &groups->items[groups->count - 1]);
}

static ff_status begin_group(ff_gathering *gathering, const char *fingerprint)
{
    ff_build *build = gathering->build;
    ff_status status = end_group(gathering);
    if (status != FF_OK)
        return status;
    memcpy(gathering->fingerprint, fingerprint, sizeof gathering->fingerprint);
    bool chosen = build->shortlist.is_made;
    gathering->skipped =
        chosen ? !ff_shortlist_has(&build->shortlist, fingerprint) : build->groups.count == FF_LIMIT_GROUPS;
    if (gathering->skipped) {
        build->groups.left_out++;
        return chosen ? FF_OK : FF_END;
    }
    ff_gather_begin(build, &gathering->gather, fingerprint, true);
    return ff_groups_add(build) ? FF_OK : ff_build_full(build);
}

static ff_status see(void *self, const ff_history_member *member)
{
    ff_gathering *gathering = self;
    ff_status status = FF_OK;
    if (strcmp(gathering->fingerprint, member->diagnosis.fingerprint) != 0)
        status = begin_group(gathering, member->diagnosis.fingerprint);
    if (status != FF_OK)
        return status;
    if (!gathering->skipped)
        return ff_gather_add(gathering->build, &gathering->gather, member);
    return ff_census_leave_out(gathering->build, &member->run) ? FF_OK : ff_build_full(gathering->build);
}

/* Those of the shortlist, if there is one; else until there is one too many, which is counted as left out. */
static ff_status gather(ff_build *build)
{
    ff_gathering gathering = {.build = build};
    ff_status status = ff_history_members(build->history, &build->ask->window, see, &gathering, build->error);
    return status == FF_OK ? end_group(&gathering) : status;
}

/* Which ones are too many is known only when all were seen: then what was gathered is of no use. */
static ff_status gather_best(ff_build *build)
{
    build->groups.count = build->groups.left_out = build->groups.shortened = 0;
    ff_census_forget_places(build);
    ff_status status = ff_shortlist_make(build);
    return status == FF_OK ? gather(build) : status;
}

ff_status ff_groups_gather(ff_build *build)
{
    ff_status status = gather(build);
    if (status == FF_OK && build->groups.left_out)
        status = gather_best(build);
    build->groups.current = build->groups.count;
    return status;
}

uint32_t ff_groups_find(const ff_build *build, const char *fingerprint)
{
    size_t low = 0, high = build->groups.current;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(build->groups.items[middle].group.fingerprint, fingerprint);
        if (order == 0)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return FF_NO_GROUP;
}
