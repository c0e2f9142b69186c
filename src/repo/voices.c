#include "repo/voices.h"

#include <stdlib.h>

static int by_text(const void *a, const void *b)
{
    const ff_voice *x = a, *y = b;
    int order = ff_slice_cmp(x->text, y->text);
    return order ? order : x->command < y->command ? -1 : x->command > y->command;
}

static int by_command(const void *a, const void *b)
{
    const ff_voice *x = a, *y = b;
    return x->command < y->command ? -1 : x->command > y->command;
}

static int by_bytes(const void *a, const void *b)
{
    return ff_slice_cmp(*(const ff_slice *)a, *(const ff_slice *)b);
}

/* Voices of one text learn of one another. */
static void join(ff_voice *group, size_t count, bool heard)
{
    uint32_t first = group[0].line, last = group[0].line;
    for (size_t i = 1; i < count; i++) {
        first = group[i].line < first ? group[i].line : first;
        last = group[i].line > last ? group[i].line : last;
    }
    for (size_t i = 0; i < count; i++) {
        group[i].first_line = first;
        group[i].last_line = last;
        group[i].alone = count == 1;
        group[i].heard = heard;
    }
}

static void join_all(ff_voices *voices, const ff_slice *sorted, size_t count)
{
    for (size_t from = 0, to = 0; from < voices->count; from = to) {
        const ff_slice *text = &voices->items[from].text;
        while (to < voices->count && ff_slice_eq(voices->items[to].text, *text))
            to++;
        bool heard = count && bsearch(text, sorted, count, sizeof *sorted, by_bytes) != NULL;
        join(&voices->items[from], to - from, heard);
    }
}

ff_status ff_voices_read(ff_voices *voices, const ff_shell_script *script, const ff_slice *printed, size_t count,
                         ff_arena *arena)
{
    ff_slice *sorted = ff_arena_array(arena, count, sizeof *sorted);
    *voices = (ff_voices){.items = ff_arena_array(arena, script->commands.count, sizeof *voices->items)};
    if (!sorted || !voices->items)
        return FF_NOMEM;
    for (size_t i = 0; i < script->commands.count; i++) {
        ff_slice text = ff_slice_trim(ff_shell_says(&script->commands.items[i]));
        if (text.len)
            voices->items[voices->count++] =
                (ff_voice){.text = text, .command = (uint32_t)i, .line = script->commands.items[i].first_line};
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = ff_slice_trim(printed[i]);
    if (count)
        qsort(sorted, count, sizeof *sorted, by_bytes);
    if (voices->count)
        qsort(voices->items, voices->count, sizeof *voices->items, by_text);
    join_all(voices, sorted, count);
    if (voices->count)
        qsort(voices->items, voices->count, sizeof *voices->items, by_command);
    return FF_OK;
}

ff_slice ff_voices_witness(const ff_voices *voices, uint32_t first_line, uint32_t last_line, bool *says)
{
    bool any = false;
    ff_slice text = {0};
    for (size_t i = 0; i < voices->count && !text.len; i++) {
        const ff_voice *voice = &voices->items[i];
        if (voice->line < first_line || voice->line > last_line)
            continue;
        any = true;
        if (voice->heard && voice->first_line >= first_line && voice->last_line <= last_line)
            text = voice->text;
    }
    if (says)
        *says = any;
    return text;
}
