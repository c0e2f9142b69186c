#include "digest/order.h"

#include "digest/build.h"

#include <stdlib.h>

/* News come first, what is over last. */
static const int TIERS[FF_GROUP_STATE_COUNT] = {
    [FF_GROUP_NEW] = 0, [FF_GROUP_BACK] = 0, [FF_GROUP_KNOWN] = 1, [FF_GROUP_FIXED] = 2};

int ff_order_compare(const ff_weight *a, const ff_weight *b)
{
    if (TIERS[a->state] != TIERS[b->state])
        return TIERS[a->state] - TIERS[b->state];
    if (a->runs != b->runs)
        return a->runs > b->runs ? -1 : 1;
    if (a->weakness != b->weakness)
        return a->weakness < b->weakness ? -1 : 1;
    if (a->newest != b->newest)
        return a->newest > b->newest ? -1 : 1;
    return strcmp(a->fingerprint, b->fingerprint);
}

static ff_weight weight_of(const ff_draft *draft)
{
    ff_weight weight = {
        .state = draft->group.state, .runs = draft->group.count, .weakness = draft->weakness, .newest = draft->newest};
    memcpy(weight.fingerprint, draft->group.fingerprint, sizeof weight.fingerprint);
    return weight;
}

static int by_importance(const void *a, const void *b)
{
    const ff_weight x = weight_of(*(const ff_draft *const *)a), y = weight_of(*(const ff_draft *const *)b);
    return ff_order_compare(&x, &y);
}

typedef struct ff_line_up {
    ff_draft **rows; /* by importance */
    uint32_t *first; /* of each draft: the number + 1 of the first row that stands under it */
    uint32_t *next;  /* of each row: the number + 1 of the next one under the same draft */
    size_t count, placed;
} ff_line_up;

/* Rows with the same parent, in order; without one, all that stand under none. */
static void chain(const ff_build *build, ff_line_up *up)
{
    for (size_t i = up->count; i-- > 0;) {
        uint32_t under = up->rows[i]->group.under;
        uint32_t *head = &up->first[under == FF_NO_GROUP ? build->groups.count : under];
        up->next[i] = *head;
        *head = (uint32_t)(i + 1);
    }
}

/* Depth first without recursion: groups can follow from one another in long chains. A row takes its place, then its
 * first child is next; without one its next sister, or the next of the nearest parent that has one. */
static void place(const ff_build *build, ff_line_up *up, const uint32_t *row_of)
{
    const ff_draft *drafts = build->groups.items;
    uint32_t at = up->first[build->groups.count];
    while (at) {
        ff_draft *draft = up->rows[at - 1];
        draft->order = up->placed++;
        uint32_t child = up->first[draft - drafts];
        while (!child && at) {
            child = up->next[at - 1];
            uint32_t under = up->rows[at - 1]->group.under;
            at = under == FF_NO_GROUP ? 0 : row_of[under];
        }
        at = child;
    }
}

ff_status ff_order_groups(ff_build *build)
{
    ff_groups *groups = &build->groups;
    ff_line_up up = {.count = groups->count};
    uint32_t *row_of = ff_arena_array(&build->scratch, up.count, sizeof *row_of);
    groups->ordered = ff_arena_array(&build->scratch, up.count, sizeof(ff_draft *));
    up.rows = ff_arena_array(&build->scratch, up.count, sizeof(ff_draft *));
    up.first = ff_arena_array(&build->scratch, up.count + 1, sizeof *up.first);
    up.next = ff_arena_array(&build->scratch, up.count, sizeof *up.next);
    if (!row_of || !groups->ordered || !up.rows || !up.first || !up.next)
        return ff_build_full(build);
    for (size_t i = 0; i < up.count; i++)
        up.rows[i] = &groups->items[i];
    if (up.count > 1)
        qsort(up.rows, up.count, sizeof(ff_draft *), by_importance);
    for (size_t i = 0; i < up.count; i++)
        row_of[up.rows[i] - groups->items] = (uint32_t)(i + 1);
    chain(build, &up);
    place(build, &up, row_of);
    for (size_t i = 0; i < up.count; i++)
        groups->ordered[groups->items[i].order] = &groups->items[i];
    return FF_OK;
}
