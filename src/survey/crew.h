/* Threads that share a heap of work, and the one lock that they share.
 *
 *     ff_crew_task task = {.hands = 8, .work = read_next, .watch = tell_progress, .self = &tour};
 *     ff_crew_run(crew, &task);
 */
#ifndef FF_SURVEY_CREW_H
#define FF_SURVEY_CREW_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct ff_crew ff_crew;

/* FF_OK or FF_NOMEM. */
ff_status ff_crew_new(ff_crew **crew);
void ff_crew_free(ff_crew *crew); /* NULL is fine */

/* The lock: held while what all share is looked at, and while the history is asked or written, which one thread at a
 * time may use; that waits for other programs. Never while a server is asked. */
void ff_crew_lock(ff_crew *crew);
void ff_crew_unlock(ff_crew *crew);

/* Does one piece of work; false when there was none left. From several threads at once. */
typedef bool (*ff_crew_work_fn)(void *self);

/* Called every FF_CREW_TICK_MS from the thread that called ff_crew_run, and once at the end. */
typedef void (*ff_crew_watch_fn)(void *self);

enum { FF_CREW_TICK_MS = 200 };

typedef struct ff_crew_task {
    uint32_t hands; /* threads at most */
    ff_crew_work_fn work;
    ff_crew_watch_fn watch; /* NULL: nobody watches */
    void *self;
} ff_crew_task;

/* Works until there is nothing left. Where no thread can be started the caller's own does it all: slower, and watched
 * between the pieces only. */
void ff_crew_run(ff_crew *crew, const ff_crew_task *task);

#endif
