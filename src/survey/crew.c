#include "survey/crew.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct ff_crew {
    pthread_mutex_t lock;
    pthread_cond_t ended; /* a thread has nothing left to do */
    uint32_t working;
    const ff_crew_task *task;
};

ff_status ff_crew_new(ff_crew **crew)
{
    ff_crew *made = calloc(1, sizeof *made);
    *crew = made;
    if (!made)
        return FF_NOMEM;
    pthread_condattr_t attributes;
    bool ready = pthread_condattr_init(&attributes) == 0;
    if (!ready) {
        free(made);
        *crew = NULL;
        return FF_NOMEM;
    }
    /* POSIX: neither fails for valid arguments but for want of memory. */
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    ready = pthread_cond_init(&made->ended, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes);
    if (ready && pthread_mutex_init(&made->lock, NULL) == 0)
        return FF_OK;
    if (ready)
        (void)pthread_cond_destroy(&made->ended);
    free(made);
    *crew = NULL;
    return FF_NOMEM;
}

void ff_crew_free(ff_crew *crew)
{
    if (!crew)
        return;
    (void)pthread_cond_destroy(&crew->ended);
    (void)pthread_mutex_destroy(&crew->lock);
    free(crew);
}

void ff_crew_lock(ff_crew *crew)
{
    (void)pthread_mutex_lock(&crew->lock);
}

void ff_crew_unlock(ff_crew *crew)
{
    (void)pthread_mutex_unlock(&crew->lock);
}

static void *labour(void *argument)
{
    ff_crew *crew = argument;
    while (crew->task->work(crew->task->self))
        ;
    ff_crew_lock(crew);
    crew->working--;
    (void)pthread_cond_signal(&crew->ended);
    ff_crew_unlock(crew);
    return NULL;
}

static void watch(const ff_crew_task *task)
{
    if (task->watch)
        task->watch(task->self);
}

static struct timespec next_tick(void)
{
    static const long second = 1000000000;
    struct timespec at = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &at); /* POSIX has this clock */
    at.tv_nsec += FF_CREW_TICK_MS * 1000000L;
    at.tv_sec += at.tv_nsec / second;
    at.tv_nsec %= second;
    return at;
}

/* Returns when no thread works any more. */
static void wait_for_all(ff_crew *crew)
{
    ff_crew_lock(crew);
    while (crew->working > 0) {
        struct timespec tick = next_tick();
        int result = 0;
        while (crew->working > 0 && result != ETIMEDOUT)
            result = pthread_cond_timedwait(&crew->ended, &crew->lock, &tick);
        ff_crew_unlock(crew);
        watch(crew->task);
        ff_crew_lock(crew);
    }
    ff_crew_unlock(crew);
}

void ff_crew_run(ff_crew *crew, const ff_crew_task *task)
{
    pthread_t *threads = calloc(task->hands ? task->hands : 1, sizeof *threads);
    uint32_t started = 0;
    crew->task = task;
    ff_crew_lock(crew);
    for (; threads && started < task->hands; started++, crew->working++)
        if (pthread_create(&threads[started], NULL, labour, crew) != 0)
            break;
    ff_crew_unlock(crew);
    while (started == 0 && task->work(task->self))
        watch(task);
    wait_for_all(crew);
    for (uint32_t i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    watch(task);
    free(threads);
}
