#include "survey/queue.h"

#include "base/array.h"

/* ---- filling ---- */

typedef struct filling {
    ff_queue *queue;
    const ff_queue_ask *ask;
    bool retries; /* now those that could not be read before; first all others */
} filling;

static bool is_same_repository(const ff_history_run *a, const ff_history_run *b)
{
    return ff_slice_eq_nocase(a->repository, b->repository) && ff_slice_eq_nocase(a->host, b->host);
}

/* Visits come in order of time, not of repositories; there are few of these. */
static uint32_t find_repository(const ff_history_window *window, const ff_history_run *run)
{
    uint32_t at = 0;
    while (at < window->repository_count && !is_same_repository(&window->repositories[at], run))
        at++;
    return at;
}

static ff_status take_in(void *self, const ff_history_known *known)
{
    const filling *work = self;
    ff_queue *queue = work->queue;
    bool is_known = known->state == FF_HISTORY_ANALYSED || known->state == FF_HISTORY_EXPIRED;
    bool again = known->state == FF_HISTORY_ANALYSED && !ff_slice_eq(known->digest, work->ask->digest);
    bool unstarted = ff_slice_eq(known->run.conclusion, FF_LIT("startup_failure"));
    bool asks = !again && !unstarted;
    uint32_t repository = find_repository(work->ask->window, &known->run);
    if (repository == work->ask->window->repository_count)
        return FF_OK; /* of none that was asked for */
    queue->failed += !work->retries;
    queue->known += is_known && !work->retries;
    if ((is_known && !again) || work->retries != (known->state == FF_HISTORY_ERROR))
        return FF_OK;
    if (asks && work->ask->limit && queue->fresh >= work->ask->limit) {
        queue->over++;
        return FF_OK;
    }
    ff_queue_item *item = FF_ARRAY_PUSH(queue->arena, queue);
    if (!item)
        return FF_NOMEM;
    *item = (ff_queue_item){.id = known->run.id,
                            .created_at = known->run.created_at,
                            .repository = repository,
                            .again = again,
                            .unstarted = unstarted};
    queue->fresh += asks;
    return FF_OK;
}

ff_status ff_queue_fill(ff_queue *queue, ff_history *history, const ff_queue_ask *ask, ff_error *error)
{
    filling work = {queue, ask, false};
    ff_status status = ff_history_failed(history, ask->window, take_in, &work, error);
    work.retries = true;
    if (status == FF_OK)
        status = ff_history_failed(history, ask->window, take_in, &work, error);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "%s", ff_status_name(status));
}

bool ff_queue_take(ff_queue *queue, ff_queue_item *item)
{
    if (queue->next == queue->count)
        return false;
    *item = queue->items[queue->next++];
    return true;
}

void ff_queue_drop(ff_queue *queue, const ff_queue_item *item)
{
    queue->failed--;
    queue->known -= item->again;
}

/* ---- looking up ---- */

typedef struct lookup {
    uint64_t id;
    ff_arena *arena;
    ff_history_known *known;
    bool found;
} lookup;

static ff_status copy_one(void *self, const ff_history_known *known)
{
    lookup *work = self;
    if (known->run.id != work->id)
        return FF_OK;
    ff_history_known copy = *known; /* whole or not at all: its texts last for this visit only */
    ff_history_run *run = &copy.run;
    ff_slice *const texts[] = {&run->host,       &run->repository,  &run->workflow, &run->workflow_path,
                               &run->event,      &run->head_branch, &run->head_sha, &run->title,
                               &run->conclusion, &copy.digest,      &copy.why};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = ff_arena_dup(work->arena, *texts[i]);
        if (!texts[i]->ptr)
            return FF_NOMEM;
    }
    *work->known = copy;
    work->found = true;
    return FF_OK;
}

ff_status ff_queue_facts(const ff_queue_item *item, ff_history *history, const ff_history_window *window,
                         ff_arena *arena, ff_history_known *known, ff_error *error)
{
    lookup work = {item->id, arena, known, false};
    ff_history_window moment = {.repositories = &window->repositories[item->repository],
                                .repository_count = 1,
                                .since = item->created_at,
                                .until = item->created_at + 1,
                                .cancelled = true};
    ff_status status = ff_history_failed(history, &moment, copy_one, &work, error);
    if (status != FF_OK)
        return ff_error_set(error, status, "%s", ff_status_name(status));
    return work.found ? FF_OK : FF_NOT_FOUND;
}
