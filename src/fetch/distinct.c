#include "fetch/distinct.h"

#include <stdlib.h>

typedef struct place {
    uint64_t id;
    size_t at;
} place;

static char *item_at(const ff_distinct *list, size_t at)
{
    return (char *)list->items + at * list->size;
}

static int compare_places(const void *a, const void *b)
{
    const place *left = a, *right = b;
    if (left->id != right->id)
        return left->id < right->id ? -1 : 1;
    return (left->at > right->at) - (left->at < right->at);
}

static void close_gaps(ff_distinct *list, const bool *again)
{
    size_t kept = 0;
    for (size_t at = 0; at < list->count; at++) {
        if (again[at])
            continue;
        if (kept != at)
            memcpy(item_at(list, kept), item_at(list, at), list->size);
        kept++;
    }
    list->count = kept;
}

/* Sorted, because a hostile answer has a hundred thousand items. */
bool ff_distinct_keep(ff_distinct *list, ff_arena *arena)
{
    if (list->count < 2)
        return true;
    ff_arena_mark mark = ff_arena_here(arena);
    place *places = ff_arena_array(arena, list->count, sizeof *places);
    bool *again = ff_arena_array(arena, list->count, sizeof *again);
    if (places && again) {
        for (size_t at = 0; at < list->count; at++) {
            memcpy(&places[at].id, item_at(list, at), sizeof places[at].id);
            places[at].at = at;
        }
        qsort(places, list->count, sizeof *places, compare_places);
        for (size_t i = 1; i < list->count; i++)
            again[places[i].at] = places[i].id && places[i].id == places[i - 1].id;
        close_gaps(list, again);
    }
    bool done = places && again;
    ff_arena_rewind(arena, mark);
    return done;
}
