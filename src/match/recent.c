#include "match/recent.h"

#include "base/limits.h"

#include <stdlib.h>

enum { SLOT_BYTES = 2 * FF_LIMIT_LINE_BYTES + 64 }; /* head, tail, the mark between them */

struct ff_recent {
    uint32_t cap, count;
    uint32_t next; /* slot of the next push */
    char *text;    /* cap slots */
    ff_recent_line lines[];
};

ff_status ff_recent_new(ff_recent **recent, uint32_t lines)
{
    ff_recent *made = calloc(1, sizeof *made + lines * sizeof *made->lines);
    *recent = NULL;
    if (!made)
        return FF_NOMEM;
    made->cap = lines;
    made->text = malloc((size_t)lines * SLOT_BYTES + 1);
    if (!made->text) {
        free(made);
        return FF_NOMEM;
    }
    *recent = made;
    return FF_OK;
}

void ff_recent_free(ff_recent *recent)
{
    if (recent)
        free(recent->text);
    free(recent);
}

void ff_recent_clear(ff_recent *recent)
{
    recent->count = 0;
}

/* The body is the end of the text. */
void ff_recent_push(ff_recent *recent, const ff_line *line, uint64_t sequence)
{
    if (!recent->cap)
        return;
    char *slot = recent->text + (size_t)recent->next * SLOT_BYTES;
    ff_slice text = ff_slice_cut(line->text, SLOT_BYTES);
    size_t prefix = line->text.len > line->body.len ? line->text.len - line->body.len : 0;
    if (text.len)
        memcpy(slot, text.ptr, text.len);
    text.ptr = slot;
    recent->lines[recent->next] = (ff_recent_line){
        .line = {.place = line->place, .kind = line->kind, .text = text, .sequence = sequence},
        .body = ff_slice_from(text, prefix),
    };
    recent->next = (recent->next + 1) % recent->cap;
    recent->count += recent->count < recent->cap;
}

const ff_recent_line *ff_recent_at(const ff_recent *recent, uint32_t back)
{
    if (!back || back > recent->count)
        return NULL;
    return &recent->lines[(recent->next + recent->cap - back) % recent->cap];
}
