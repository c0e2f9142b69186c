#include "match/words.h"

#include "match/literal.h"
#include "match/rarity.h"

enum { JOIN_MAX = 16 }; /* texts of a product */

ff_words ff_words_empty_text(void)
{
    static const ff_slice EMPTY = {"", 0};
    return (ff_words){&EMPTY, 1};
}

ff_words ff_words_one(ff_arena *arena, ff_slice text)
{
    ff_slice *item = ff_arena_alloc(arena, sizeof *item);
    if (!item)
        return (ff_words){0};
    *item = text;
    return (ff_words){item, 1};
}

static bool joined(ff_arena *arena, ff_slice a, ff_slice b, ff_slice *into)
{
    if (a.len + b.len > FF_LITERAL_MAX)
        return false;
    char *text = ff_arena_alloc(arena, a.len + b.len + 1);
    if (!text)
        return false;
    memcpy(text, a.ptr, a.len);
    memcpy(text + a.len, b.ptr, b.len);
    *into = (ff_slice){text, a.len + b.len};
    return true;
}

bool ff_words_join(ff_arena *arena, ff_words *words, ff_words next)
{
    if (!next.count || next.count > JOIN_MAX || words->count > JOIN_MAX / next.count)
        return false;
    ff_slice *items = ff_arena_array(arena, words->count * next.count, sizeof *items);
    if (!items)
        return false;
    uint32_t count = 0;
    for (uint32_t i = 0; i < words->count; i++)
        for (uint32_t j = 0; j < next.count; j++)
            if (!joined(arena, words->items[i], next.items[j], &items[count++]))
                return false;
    *words = (ff_words){items, count};
    return true;
}

static bool holds(const ff_slice *items, uint32_t count, ff_slice text)
{
    for (uint32_t i = 0; i < count; i++)
        if (ff_slice_eq(items[i], text))
            return true;
    return false;
}

bool ff_words_add(ff_arena *arena, ff_words *words, ff_words other, uint32_t max)
{
    ff_slice *items = other.count ? ff_arena_array(arena, words->count + other.count, sizeof *items) : NULL;
    if (!items)
        return false;
    uint32_t count = words->count;
    if (count)
        memcpy(items, words->items, count * sizeof *items);
    for (uint32_t i = 0; i < other.count; i++)
        if (!holds(items, count, other.items[i]))
            items[count++] = other.items[i];
    if (count > max)
        return false;
    *words = (ff_words){items, count};
    return true;
}

static bool holds_any(ff_slice text, ff_words words)
{
    for (uint32_t i = 0; i < words.count; i++)
        if (ff_slice_find(text, words.items[i]) != SIZE_MAX)
            return true;
    return false;
}

bool ff_words_imply(ff_words words, ff_words weaker)
{
    for (uint32_t i = 0; i < words.count; i++)
        if (!holds_any(words.items[i], weaker))
            return false;
    return true;
}

uint32_t ff_words_score(ff_words words)
{
    uint32_t lowest = 0;
    for (uint32_t i = 0; i < words.count; i++) {
        if (words.items[i].len < FF_LITERAL_MIN)
            return 0;
        uint32_t rarity = ff_rarity(words.items[i]);
        lowest = i == 0 || rarity < lowest ? rarity : lowest;
    }
    for (uint32_t many = words.count; many > 1; many /= 2)
        lowest -= lowest > 1;
    return lowest;
}
