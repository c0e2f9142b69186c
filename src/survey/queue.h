/* What is to be read of a window: the failed runs that the history does not know yet, newest first, and those whose
 * diagnoses were made with another catalog. Those that an earlier scan could not read come last, so that they never
 * keep it from the others.
 *
 * A few bytes a run: facts are looked up again when its turn comes.
 */
#ifndef FF_SURVEY_QUEUE_H
#define FF_SURVEY_QUEUE_H

#include "base/arena.h"
#include "history/history.h"

typedef struct ff_queue_item {
    uint64_t id;
    int64_t created_at;
    uint32_t repository; /* index in the window's */
    bool again;          /* known, and to be read from the cache alone */
    bool unstarted;      /* it failed before any job was started: nobody need be asked */
} ff_queue_item;

typedef struct ff_queue {
    ff_arena *arena; /* borrowed */
    ff_queue_item *items;
    size_t count, cap;
    size_t next;     /* of the items, the next to hand out */
    uint64_t failed; /* runs of the window */
    uint64_t known;  /* of these, those that the history knows */
    uint64_t over;   /* new ones beyond the limit */
    uint64_t fresh;  /* items that somebody must be asked about */
} ff_queue;

/* What makes the queue. Borrowed for the call. */
typedef struct ff_queue_ask {
    const ff_history_window *window; /* with its repositories */
    ff_slice digest;                 /* of the catalog */
    uint32_t limit;                  /* new runs at most; 0: all */
} ff_queue_ask;

/* Fills an empty queue. As ff_history_failed. */
ff_status ff_queue_fill(ff_queue *queue, ff_history *history, const ff_queue_ask *ask, ff_error *error);

/* Takes an item out of the counts: the history has no such failed run any more. */
void ff_queue_drop(ff_queue *queue, const ff_queue_item *item);

/* The next item; false when there is none. */
bool ff_queue_take(ff_queue *queue, ff_queue_item *item);

/* Puts what the history has of an item into `known`, with texts in `arena`. FF_NOT_FOUND when it is no failed run of it
 * any more; else as ff_history_failed. Unless FF_OK, `known` is as it was. */
ff_status ff_queue_facts(const ff_queue_item *item, ff_history *history, const ff_history_window *window,
                         ff_arena *arena, ff_history_known *known, ff_error *error);

#endif
