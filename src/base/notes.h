/* What a reader of the report must know about how it came to be: bounds reached, entries skipped, secrets masked.
 *
 * Codes are stable, lower-case, with hyphens (docs/limits.md lists them). A note that says that something was not
 * read makes the whole report partial. At most FF_LIMIT_NOTES are kept, and FF_LIMIT_NOTES_PER_CODE of one
 * code; equal notes are folded.
 */
#ifndef FF_BASE_NOTES_H
#define FF_BASE_NOTES_H

#include "base/arena.h"
#include "base/json.h"

typedef struct ff_note {
    const char *code; /* static string */
    ff_slice text;    /* one sentence, cleaned for output; names inside are quoted */
    uint32_t count;   /* how often the same note was added */
    bool partial;
} ff_note;

typedef struct ff_notes {
    ff_arena *arena; /* borrowed */
    ff_note *items;
    size_t count, cap;
    uint32_t dropped; /* beyond FF_LIMIT_NOTES or the memory */
    bool partial;     /* any note said so, kept or dropped */
} ff_notes;

/* Starts an empty list; its memory comes from `arena` and goes with it. */
void ff_notes_init(ff_notes *notes, ff_arena *arena);

/* Adds a note (printf style). Untrusted names go through ff_utf8_keep first or are printed by the report inertly;
 * the text is cut at 500 bytes. Without memory the note is lost but `partial` still stands. */
#if defined(__GNUC__)
__attribute__((format(printf, 4, 5)))
#endif
void ff_notes_add(ff_notes *notes, bool partial, const char *code, const char *format, ...);

/* The members `notes` and `notes_dropped` of an object that is being written. */
void ff_notes_put(ff_json *json, const ff_notes *notes);

#endif
