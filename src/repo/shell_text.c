#include "repo/shell_text.h"

static bool add_mark(ff_shell_text *text, size_t at, uint32_t line, ff_arena *scratch)
{
    if (text->marks.count && text->marks.items[text->marks.count - 1].line == line)
        return true;
    struct ff_shell_mark *mark = FF_ARRAY_PUSH(scratch, &text->marks);
    if (!mark)
        return false;
    *mark = (struct ff_shell_mark){(uint32_t)at, line};
    return true;
}

bool ff_shell_text_open(ff_shell_text *text, ff_slice bytes, ff_arena *scratch)
{
    *text = (ff_shell_text){.bytes = bytes};
    uint32_t line = 1;
    if (!add_mark(text, 0, line, scratch))
        return false;
    for (size_t i = 0; i < bytes.len; i++)
        if (bytes.ptr[i] == '\n' && !add_mark(text, i + 1, ++line, scratch))
            return false;
    return true;
}

uint32_t ff_shell_text_line(const ff_shell_text *text, size_t at)
{
    size_t low = 0, high = text->marks.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (text->marks.items[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return high ? text->marks.items[low].line : 1;
}

size_t ff_shell_text_opaque(const ff_shell_text *text, size_t at)
{
    size_t low = 0, high = text->opaque.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->opaque.items[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < text->opaque.count && text->opaque.items[low].at == at ? text->opaque.items[low].end : 0;
}

bool ff_shell_pieces_add(ff_shell_pieces *pieces, const ff_shell_text *text, size_t from, size_t to, ff_arena *scratch)
{
    const char *ptr = text->bytes.ptr + from;
    ff_shell_piece *last = pieces->count ? &pieces->items[pieces->count - 1] : NULL;
    if (from >= to)
        return true;
    if (last && last->ptr + last->len == ptr && !last->outer) {
        last->len += (uint32_t)(to - from);
        return true;
    }
    ff_shell_piece *piece = FF_ARRAY_PUSH(scratch, pieces);
    if (!piece)
        return false;
    *piece = (ff_shell_piece){.ptr = ptr, .len = (uint32_t)(to - from), .origin = (uint32_t)from};
    return true;
}

ff_slice ff_shell_pieces_value(const ff_shell_pieces *pieces, ff_arena *arena)
{
    size_t len = 0;
    bool whole = true;
    for (size_t i = 0; i < pieces->count; i++) {
        whole = whole && pieces->items[i].ptr == pieces->items[0].ptr + len;
        len += pieces->items[i].len;
    }
    if (whole && len)
        return (ff_slice){pieces->items[0].ptr, len};
    char *bytes = len ? ff_arena_alloc(arena, len + 1) : NULL;
    if (!bytes)
        return (ff_slice){0};
    size_t at = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        memcpy(bytes + at, pieces->items[i].ptr, pieces->items[i].len);
        at += pieces->items[i].len;
    }
    return (ff_slice){bytes, len};
}

/* Marks of one piece, whose first byte stands at `at` of the new text. */
static bool mark_piece(ff_shell_text *text, const ff_shell_text *outer, const ff_shell_piece *piece, size_t at,
                       ff_arena *scratch)
{
    if (!add_mark(text, at, ff_shell_text_line(outer, piece->origin), scratch))
        return false;
    /* What stands for an escape, as in `$'\n'`, has no lines of its own. */
    if (piece->ptr != outer->bytes.ptr + piece->origin)
        return true;
    for (size_t i = 0; i + 1 < piece->len; i++)
        if (piece->ptr[i] == '\n' &&
            !add_mark(text, at + i + 1, ff_shell_text_line(outer, piece->origin + i + 1), scratch))
            return false;
    return true;
}

bool ff_shell_text_join(ff_shell_text *text, const ff_shell_text *outer, const ff_shell_pieces *pieces, ff_arena *arena,
                        ff_arena *scratch)
{
    *text = (ff_shell_text){.bytes = ff_shell_pieces_value(pieces, arena)};
    size_t at = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const ff_shell_piece *piece = &pieces->items[i];
        if (!mark_piece(text, outer, piece, at, scratch))
            return false;
        if (piece->outer) {
            struct ff_shell_span *span = FF_ARRAY_PUSH(scratch, &text->opaque);
            if (!span)
                return false;
            *span = (struct ff_shell_span){(uint32_t)at, (uint32_t)(at + piece->len)};
        }
        at += piece->len;
    }
    if (!text->bytes.ptr)
        text->bytes = FF_LIT("");
    return text->bytes.len == at;
}
