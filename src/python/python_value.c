#include "python/python_value.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"

/* Of a name in a reason. */
enum { NAME_SHOWN = 80 };

static ff_python_why because(const char *words)
{
    return (ff_python_why){.words = words};
}

ff_python_why ff_python_why_spent(void)
{
    return because("there is too much to work out");
}

ff_slice ff_python_why_say(const ff_python_why *why, ff_arena *arena)
{
    ff_slice name = ff_utf8_cut(why->name, NAME_SHOWN);
    ff_slice said = name.len ? ff_arena_printf(arena, "“%.*s” %s", FF_ARG(name), why->words)
                             : ff_slice_of(why->words ? why->words : "nothing tells");
    return why->path.len
               ? ff_arena_printf(arena, "%.*s (%.*s:%u)", FF_ARG(said), FF_ARG(why->path), (unsigned)why->line)
               : said;
}

ff_python_value ff_python_value_unknown(ff_python_why why)
{
    return (ff_python_value){.sort = FF_VALUE_UNKNOWN, .open = true, .why = why};
}

bool ff_python_room_spend(ff_python_room *room, size_t count)
{
    if (count <= room->steps) {
        room->steps -= (uint32_t)count;
        return true;
    }
    room->steps = 0;
    return false;
}

void ff_python_value_open(ff_python_value *value, ff_python_why why)
{
    value->open = true;
    if (!value->why.words)
        value->why = why;
}

void ff_python_value_push(ff_python_room *room, ff_python_value *list, const ff_python_item *item)
{
    if (list->items.count == FF_LIMIT_PYTHON_ITEMS || !ff_python_room_spend(room, 1)) {
        ff_python_value_open(list, ff_python_why_spent());
        return;
    }
    ff_python_item *pushed = FF_ARRAY_PUSH(room->arena, &list->items);
    if (pushed)
        *pushed = *item;
}

void ff_python_value_join(ff_python_room *room, ff_python_value *list, const ff_python_value *from, bool perhaps)
{
    size_t count = from->sort == FF_VALUE_LIST || from->sort == FF_VALUE_UNKNOWN ? from->items.count : 0;
    for (size_t i = 0; i < count; i++) {
        ff_python_item item = from->items.items[i];
        item.perhaps = item.perhaps || perhaps;
        ff_python_value_push(room, list, &item);
    }
    if (from->open || from->sort != FF_VALUE_LIST)
        ff_python_value_open(list, from->why.words ? from->why : because("a part of it is no list"));
    if (!list->variable.len)
        list->variable = from->variable;
}

void ff_python_value_drop(ff_python_room *room, ff_python_value *list, ff_slice text, bool perhaps)
{
    ff_python_value kept = *list;
    kept.items.items = NULL;
    kept.items.count = kept.items.cap = 0;
    for (size_t i = 0; i < list->items.count; i++) {
        ff_python_item item = list->items.items[i];
        bool meant = !text.len || ff_slice_eq(item.text, text);
        item.perhaps = item.perhaps || meant;
        if (!meant || perhaps)
            ff_python_value_push(room, &kept, &item);
    }
    *list = kept;
}

/* What both lists are sure to hold stays certain; only looked for in lists as long as those of apps are. */
static void settle(ff_python_room *room, ff_python_value *either, const ff_python_value *before,
                   const ff_python_value *after)
{
    enum { COMPARED_MAX = 256 * 256, A_STEP = 64 };
    size_t work = before->items.count * after->items.count;
    if (work > COMPARED_MAX || !ff_python_room_spend(room, work / A_STEP))
        return;
    for (size_t i = 0; i < before->items.count && i < either->items.count; i++)
        for (size_t j = 0; j < after->items.count && !before->items.items[i].perhaps; j++)
            if (!after->items.items[j].perhaps && ff_slice_eq(before->items.items[i].text, after->items.items[j].text))
                either->items.items[i].perhaps = false;
}

ff_python_value ff_python_value_either(ff_python_room *room, const ff_python_value *before,
                                       const ff_python_value *after)
{
    if (before->sort != FF_VALUE_LIST && after->sort != FF_VALUE_LIST) {
        bool same =
            before->sort == FF_VALUE_TEXT && after->sort == FF_VALUE_TEXT && ff_slice_eq(before->text, after->text);
        return same ? *before
                    : ff_python_value_unknown(after->why.words ? after->why : because("it depends on a condition"));
    }
    ff_python_value either = {.sort = FF_VALUE_LIST};
    ff_python_value_join(room, &either, before, true);
    ff_python_value_join(room, &either, after, true);
    settle(room, &either, before, after);
    return either;
}

void ff_python_scope_open(ff_python_room *room, ff_python_scope *scope, ff_python_why why)
{
    scope->open = scope->open.words ? scope->open : why;
    scope->spent = scope->spent || !ff_python_room_spend(room, scope->count);
    for (size_t i = 0; i < scope->count && !scope->spent; i++)
        ff_python_value_open(&scope->items[i]->value, why);
}

ff_python_value ff_python_scope_value(const ff_python_scope *scope, const ff_python_binding *binding)
{
    ff_python_value value = binding->value;
    value.items.cap = value.items.count;
    if (scope->spent)
        ff_python_value_open(&value, scope->open);
    return value;
}

/* Where `name` is, or belongs. */
static size_t place_of(const ff_python_scope *scope, ff_slice name)
{
    size_t low = 0, high = scope->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ff_slice_cmp(scope->items[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

ff_python_binding *ff_python_scope_find(const ff_python_scope *scope, ff_slice name)
{
    size_t at = place_of(scope, name);
    return at < scope->count && ff_slice_eq(scope->items[at]->name, name) ? scope->items[at] : NULL;
}

ff_python_binding *ff_python_scope_bind(ff_python_room *room, ff_python_scope *scope, ff_slice name)
{
    ff_python_binding *found = ff_python_scope_find(scope, name);
    if (found)
        return found;
    if (scope->count == FF_LIMIT_PYTHON_NAMES || !ff_python_room_spend(room, 1)) {
        scope->open = scope->open.words ? scope->open : ff_python_why_spent();
        return NULL;
    }
    ff_python_binding *bound = ff_arena_alloc(room->arena, sizeof *bound);
    size_t at = place_of(scope, name);
    if (!bound || !ff_array_room(room->arena, &scope->items, scope->count, &scope->cap, sizeof *scope->items))
        return NULL;
    memmove(scope->items + at + 1, scope->items + at, (scope->count++ - at) * sizeof *scope->items);
    bound->name = name;
    scope->items[at] = bound;
    return bound;
}
