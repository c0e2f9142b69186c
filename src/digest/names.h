/* Texts kept once: of ten thousand runs most share their workflow, branch and commit.
 *
 *     ff_names names = {.arena = arena, .tables = scratch};
 *     uint32_t branch = ff_names_put(&names, run->head_branch);
 *     ff_slice text = ff_names_text(&names, branch);
 */
#ifndef FF_DIGEST_NAMES_H
#define FF_DIGEST_NAMES_H

#include "base/arena.h"

#define FF_NO_NAME UINT32_MAX

typedef struct ff_names {
    ff_arena *arena;  /* of the texts */
    ff_arena *tables; /* of the rest, which may go before */
    ff_slice *items;
    size_t count, cap;
    uint32_t *slots; /* open addressing: number + 1, 0 where free */
    size_t slot_count;
} ff_names;

/* The number of a text, the same for the same bytes; longer ones are cut at FF_LIMIT_NAME_BYTES. FF_NO_NAME without
 * memory. */
uint32_t ff_names_put(ff_names *names, ff_slice text);

/* The text of a number; empty for FF_NO_NAME. In the arena. */
ff_slice ff_names_text(const ff_names *names, uint32_t number);

/* Both at once: a copy of `text` in the arena; empty without memory, and then the arena has failed. */
ff_slice ff_names_keep(ff_names *names, ff_slice text);

#endif
