#include "base/array.h"

/* Of larger elements most arrays hold only a few. */
enum { LARGE = 128 };

bool ff_array_room(ff_arena *arena, void *items_at, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return true;
    size_t wanted = *cap ? *cap * 2 : size > LARGE ? 2 : 8;
    void *grown = ff_arena_array(arena, wanted, size);
    if (!grown)
        return false;
    void *items;
    memcpy(&items, items_at, sizeof items); /* any object pointer: copied, not cast */
    if (count)
        memcpy(grown, items, count * size);
    memcpy(items_at, &grown, sizeof grown);
    *cap = wanted;
    return true;
}
