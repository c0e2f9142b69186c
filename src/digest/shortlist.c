#include "digest/shortlist.h"

#include "base/array.h"
#include "base/limits.h"
#include "digest/build.h"

#include <stdlib.h>

enum { ROOM = 2 * FF_LIMIT_GROUPS }; /* so many are compared before the less important half is dropped */

static int by_importance(const void *a, const void *b)
{
    return ff_order_compare(a, b);
}

static int by_fingerprint(const void *a, const void *b)
{
    return strcmp(((const ff_weight *)a)->fingerprint, ((const ff_weight *)b)->fingerprint);
}

static void keep_best(ff_shortlist *list)
{
    if (list->count <= FF_LIMIT_GROUPS)
        return;
    qsort(list->items, list->count, sizeof *list->items, by_importance);
    list->count = FF_LIMIT_GROUPS;
}

/* Members come group by group, newest first. */
static ff_status see(void *self, const ff_history_member *member)
{
    ff_build *build = self;
    ff_shortlist *list = &build->shortlist;
    const char *fingerprint = member->diagnosis.fingerprint;
    ff_weight *weight = list->count ? &list->items[list->count - 1] : NULL;
    size_t weakness = ff_digest_weakness(member->diagnosis.verdict);
    if (!weight || strcmp(weight->fingerprint, fingerprint) != 0) {
        if (list->count == ROOM)
            keep_best(list);
        weight = FF_ARRAY_PUSH(&build->scratch, list);
        if (!weight)
            return ff_build_full(build);
        *weight = (ff_weight){
            .state = ff_states_of(build, fingerprint), .weakness = weakness, .newest = member->run.created_at};
        memcpy(weight->fingerprint, fingerprint, sizeof weight->fingerprint);
    }
    weight->runs++;
    if (weakness < weight->weakness)
        weight->weakness = weakness;
    return FF_OK;
}

ff_status ff_shortlist_make(ff_build *build)
{
    ff_shortlist *list = &build->shortlist;
    ff_status status = ff_history_members(build->history, &build->ask->window, see, build, build->error);
    keep_best(list);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_fingerprint);
    list->is_made = true;
    return status;
}

bool ff_shortlist_has(const ff_shortlist *list, const char *fingerprint)
{
    ff_weight key;
    memcpy(key.fingerprint, fingerprint, sizeof key.fingerprint);
    return list->count && bsearch(&key, list->items, list->count, sizeof key, by_fingerprint);
}
