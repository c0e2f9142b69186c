/* A shelf of named entries, only one of which is open at a time: what an archive and a folder have in common.
 *
 *     ff_shelf shelf = {.what = "archive", .open = open_entry, .self = zip};
 *     ff_entry *entry = FF_ARRAY_PUSH(&arena, &shelf);
 *     *entry = (ff_entry){.name = name, .size = size};
 *     ff_source_plan_make(&plan, &shelf, run, &arena, &error);
 */
#ifndef FF_SOURCE_SHELF_H
#define FF_SOURCE_SHELF_H

#include "base/array.h"
#include "base/reader.h"
#include "source/run.h"

/* Why an entry cannot be read: a note. Static strings; no code: it can. */
typedef struct ff_trouble {
    const char *code;
    const char *text; /* the end of "the entry is …" */
} ff_trouble;

typedef struct ff_entry {
    ff_slice name; /* raw bytes, with `/` between components */
    uint64_t size; /* bytes that it claims to hold */
    uint32_t crc;  /* 0 where the shelf knows none */
    ff_trouble trouble;
} ff_entry;

typedef struct ff_shelf {
    const char *what; /* "archive" or "folder" */
    ff_entry *items;
    size_t count, cap;
    bool checked; /* reading an entry to its end proves that its bytes are right */
    /* Opens an entry and closes the one before. FF_OK, or why not; the text completes "the entry …". */
    ff_status (*open)(void *self, size_t entry, ff_reader *reader, ff_error *error);
    void *self;
} ff_shelf;

#endif
