/* Growing arrays in an arena: the old block is left behind, so growth costs at most twice the final size.
 *
 *     struct { ff_job *items; size_t count, cap; } jobs = {0};
 *     ff_job *job = FF_ARRAY_PUSH(arena, &jobs);   // zeroed element, or NULL without memory
 *
 * Elements move when the array grows: keep indices, not pointers, across pushes.
 */
#ifndef FF_BASE_ARRAY_H
#define FF_BASE_ARRAY_H

#include "base/arena.h"

/* Makes room for one more element of `size` bytes. `items_at` is the address of the items pointer, which may move;
 * new elements are zero. False without memory, and then nothing changed. */
bool ff_array_room(ff_arena *arena, void *items_at, size_t count, size_t *cap, size_t size);

#define FF_ARRAY_PUSH(arena, array)                                                                 \
    (ff_array_room((arena), &(array)->items, (array)->count, &(array)->cap, sizeof *(array)->items) \
         ? &(array)->items[(array)->count++]                                                        \
         : NULL)

#endif
