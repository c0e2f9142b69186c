#include "base/arena.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHUNK_BYTES = 64 * 1024 };

struct ff_arena_chunk {
    ff_arena_chunk *next;
    size_t size;
    size_t used;
    max_align_t data[];
};

void ff_arena_init(ff_arena *arena, size_t limit)
{
    *arena = (ff_arena){.limit = limit};
}

void ff_arena_release(ff_arena *arena)
{
    while (arena->chunks) {
        ff_arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    *arena = (ff_arena){.limit = arena->limit};
}

static ff_arena_chunk *add_chunk(ff_arena *arena, size_t size)
{
    size_t room = size > CHUNK_BYTES ? size : CHUNK_BYTES;
    ff_arena_chunk *chunk = malloc(sizeof *chunk + room);
    if (!chunk)
        return NULL;
    *chunk = (ff_arena_chunk){.next = arena->chunks, .size = room};
    arena->chunks = chunk;
    return chunk;
}

void *ff_arena_alloc(ff_arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    size_t limit = arena->limit ? arena->limit : FF_LIMIT_ARENA_BYTES;
    size_t rounded = (size + align - 1) / align * align;
    if (size > limit || rounded > limit - arena->used) {
        arena->failed = arena->full = true;
        return NULL;
    }
    ff_arena_chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < rounded)
        chunk = add_chunk(arena, rounded);
    if (!chunk) {
        arena->failed = true;
        return NULL;
    }
    void *memory = (char *)chunk->data + chunk->used;
    chunk->used += rounded;
    arena->used += rounded;
    return memset(memory, 0, rounded);
}

void *ff_arena_array(ff_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return ff_arena_alloc(arena, count * size);
}

ff_slice ff_arena_dup(ff_arena *arena, ff_slice text)
{
    char *copy = ff_arena_alloc(arena, text.len + 1);
    if (!copy)
        return (ff_slice){0};
    if (text.len)
        memcpy(copy, text.ptr, text.len);
    return (ff_slice){copy, text.len};
}

ff_slice ff_arena_printf(ff_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : ff_arena_alloc(arena, (size_t)length + 1);
    if (text)
        (void)vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text ? (ff_slice){text, (size_t)length} : (ff_slice){0};
}

ff_arena_mark ff_arena_here(const ff_arena *arena)
{
    return (ff_arena_mark){arena->chunks, arena->chunks ? arena->chunks->used : 0, arena->used};
}

void ff_arena_rewind(ff_arena *arena, ff_arena_mark mark)
{
    while (arena->chunks != mark.chunk) {
        ff_arena_chunk *next = arena->chunks->next;
        free(arena->chunks);
        arena->chunks = next;
    }
    if (arena->chunks)
        arena->chunks->used = mark.chunk_used;
    arena->used = mark.used;
}

bool ff_arena_adopt(ff_arena *arena, ff_arena *from)
{
    size_t limit = arena->limit ? arena->limit : FF_LIMIT_ARENA_BYTES;
    ff_arena_chunk *last = from->chunks;
    if (from->used > limit - arena->used) {
        arena->full = true;
        return false;
    }
    while (last && last->next)
        last = last->next;
    if (last) {
        last->next = arena->chunks;
        arena->chunks = from->chunks;
    }
    arena->used += from->used;
    from->chunks = NULL;
    from->used = 0;
    return true;
}
