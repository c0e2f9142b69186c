/* Memory for one analysis: allocate many small things, free them all at once.
 *
 * An arena has a byte limit; past it, and when the system has no memory, allocation returns NULL and the arena
 * remembers it (`failed`). Memory is zeroed and aligned for any type. Pointers stay valid until the arena
 * is released or rewound behind them.
 */
#ifndef FF_BASE_ARENA_H
#define FF_BASE_ARENA_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct ff_arena_chunk ff_arena_chunk;

typedef struct ff_arena {
    ff_arena_chunk *chunks; /* newest first */
    size_t used;            /* bytes handed out */
    size_t limit;           /* 0: FF_LIMIT_ARENA_BYTES */
    bool failed;
    bool full; /* something did not fit into the limit */
} ff_arena;

/* A place to come back to. */
typedef struct ff_arena_mark {
    ff_arena_chunk *chunk;
    size_t chunk_used;
    size_t used;
} ff_arena_mark;

/* Starts an empty arena of at most `limit` bytes, and ends it. */
void ff_arena_init(ff_arena *arena, size_t limit);
void ff_arena_release(ff_arena *arena); /* frees everything; a zeroed arena is fine */

/* Zeroed memory, or NULL. `size` 0 gives a valid pointer. */
void *ff_arena_alloc(ff_arena *arena, size_t size);

/* Zeroed array of `count` elements of `size` bytes; NULL on overflow too. */
void *ff_arena_array(ff_arena *arena, size_t count, size_t size);

/* A copy with a NUL behind it (not counted in len). On failure the empty slice, and `failed` is set. */
ff_slice ff_arena_dup(ff_arena *arena, ff_slice text);

/* printf into the arena; the empty slice on failure. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
ff_slice
ff_arena_printf(ff_arena *arena, const char *format, ...);

/* Remembers a place; coming back to it frees what was allocated since. Marks nest: an older one ends newer ones. */
ff_arena_mark ff_arena_here(const ff_arena *arena);
void ff_arena_rewind(ff_arena *arena, ff_arena_mark mark);

/* Takes over all that `from` holds, which is empty then; pointers stay valid. For what is kept only if it turns out not
 * to be too large. False, and nothing changed but `full`, if it does not fit into the limit. */
bool ff_arena_adopt(ff_arena *arena, ff_arena *from);

#endif
