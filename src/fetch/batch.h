/* All transfers of a session that are on their way at once: sent in the order in which they came, moved on together,
 * handed back when they are done. For one thread.
 *
 *     ff_batch batch = {.session = &session};
 *     ff_batch_add(&batch, &transfer);
 *     while (ff_batch_move(&batch)) {
 *         while ((done = ff_batch_take(&batch))) ...
 *         ff_batch_wait(&batch);
 *     }
 */
#ifndef FF_FETCH_BATCH_H
#define FF_FETCH_BATCH_H

#include "fetch/transfer.h"

/* Zero-initialise and set the session. Nothing is owned. */
typedef struct ff_batch {
    ff_session *session;
    ff_transfer *first, *last; /* on their way, linked by `next` */
    ff_transfer *done;         /* likewise, the last one first */
    uint64_t now;              /* of the last move */
    uint64_t next_ms;          /* until then nothing can happen but from outside; UINT64_MAX: not known */
    uint64_t held_ms;          /* until then all of them are held back by a limit; 0: they are not */
    uint64_t told_ms;          /* when progress was last reported */
} ff_batch;

/* Adds one that was begun, done or not. It stays where it is until it was taken. */
void ff_batch_add(ff_batch *batch, ff_transfer *transfer);

/* Lands what has ended, ends everything if the session is to stop, sends what is due. True if some are still on their
 * way. */
bool ff_batch_move(ff_batch *batch);

/* One that is done, which is no part of the batch any more; NULL: none is. */
ff_transfer *ff_batch_take(ff_batch *batch);

/* Waits until something happened, a few times a second at least, and tells progress. */
void ff_batch_wait(ff_batch *batch);

/* Ends everything that is on its way. */
void ff_batch_fail(ff_batch *batch, ff_status status, const char *text);

#endif
