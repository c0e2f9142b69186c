#include "digest/names.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"

enum { SLOTS_FIRST = 256 };

/* Where `text` stands or would stand. There is a free slot: at most half of them are taken. */
static size_t find(const ff_names *names, ff_slice text)
{
    size_t at = (size_t)ff_hash(FF_HASH_START, text) & (names->slot_count - 1);
    while (names->slots[at] && !ff_slice_eq(names->items[names->slots[at] - 1], text))
        at = (at + 1) & (names->slot_count - 1);
    return at;
}

static bool grow(ff_names *names)
{
    if (2 * (names->count + 1) <= names->slot_count)
        return true;
    size_t count = names->slot_count ? 2 * names->slot_count : SLOTS_FIRST;
    uint32_t *slots = ff_arena_array(names->tables, count, sizeof *slots);
    if (!slots)
        return false;
    names->slots = slots;
    names->slot_count = count;
    for (size_t i = 0; i < names->count; i++)
        names->slots[find(names, names->items[i])] = (uint32_t)(i + 1);
    return true;
}

uint32_t ff_names_put(ff_names *names, ff_slice text)
{
    text = ff_utf8_cut(text, FF_LIMIT_NAME_BYTES);
    if (!grow(names))
        return FF_NO_NAME;
    size_t at = find(names, text);
    if (names->slots[at])
        return names->slots[at] - 1;
    ff_slice kept = text.len ? ff_arena_dup(names->arena, text) : (ff_slice){0};
    ff_slice *item = kept.len == text.len ? FF_ARRAY_PUSH(names->tables, names) : NULL;
    if (!item)
        return FF_NO_NAME;
    *item = kept;
    names->slots[at] = (uint32_t)names->count;
    return (uint32_t)(names->count - 1);
}

ff_slice ff_names_text(const ff_names *names, uint32_t number)
{
    return number < names->count ? names->items[number] : (ff_slice){0};
}

ff_slice ff_names_keep(ff_names *names, ff_slice text)
{
    return ff_names_text(names, ff_names_put(names, text));
}
