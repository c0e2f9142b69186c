#include "base/notes.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { NOTE_BYTES = 500 };

void ff_notes_init(ff_notes *notes, ff_arena *arena)
{
    *notes = (ff_notes){.arena = arena};
}

void ff_notes_put(ff_json *json, const ff_notes *notes)
{
    ff_json_put_list(json, "notes");
    for (size_t i = 0; i < notes->count; i++) {
        ff_json_open(json, '{');
        ff_json_put_text(json, "code", ff_slice_of(notes->items[i].code));
        ff_json_put_text(json, "text", notes->items[i].text);
        ff_json_put_uint(json, "count", notes->items[i].count);
        ff_json_put_bool(json, "partial", notes->items[i].partial);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
    ff_json_put_uint(json, "notes_dropped", notes->dropped);
}

static size_t count_of(const ff_notes *notes, const char *code)
{
    size_t count = 0;
    for (size_t i = 0; i < notes->count; i++)
        count += strcmp(notes->items[i].code, code) == 0;
    return count;
}

static ff_note *find(ff_notes *notes, const char *code, ff_slice text)
{
    for (size_t i = 0; i < notes->count; i++)
        if (strcmp(notes->items[i].code, code) == 0 && ff_slice_eq(notes->items[i].text, text))
            return &notes->items[i];
    return NULL;
}

void ff_notes_add(ff_notes *notes, bool partial, const char *code, const char *format, ...)
{
    char text[NOTE_BYTES + 5]; /* a code point more than is kept, so that the cut can see it */
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    notes->partial = notes->partial || partial;
    if (length < 0)
        return;
    ff_slice slice = ff_utf8_cut(ff_slice_of(text), NOTE_BYTES);
    ff_note *same = find(notes, code, slice);
    if (same) {
        same->count++;
        same->partial = same->partial || partial;
        return;
    }
    if (notes->count >= FF_LIMIT_NOTES || count_of(notes, code) >= FF_LIMIT_NOTES_PER_CODE) {
        notes->dropped++;
        return;
    }
    ff_slice kept = ff_arena_dup(notes->arena, slice);
    ff_note *note = kept.ptr ? FF_ARRAY_PUSH(notes->arena, notes) : NULL;
    if (note)
        *note = (ff_note){.code = code, .text = kept, .count = 1, .partial = partial};
    else
        notes->dropped++;
}
