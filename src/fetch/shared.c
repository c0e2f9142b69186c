#include "fetch/shared.h"

#include "fetch/batch.h"

#include <pthread.h>
#include <stdlib.h>

/* The calls of one get, until all of them are answered; on the stack of the thread that asks. */
typedef struct question {
    struct question *next; /* that came after it and was not begun either */
    ff_call *calls;
    struct ticket *tickets; /* one a call */
    size_t count;
    size_t left; /* not answered yet */
} question;

typedef struct ticket {
    ff_transfer transfer; /* first */
    question *of;
} ticket;

typedef struct ff_shared {
    ff_exchange exchange;
    ff_session session; /* used by its own thread only, but for host and cache, which stay as they are */
    ff_batch batch;     /* likewise */
    pthread_t thread;
    pthread_mutex_t lock;    /* guards all below, and `left` of questions */
    pthread_cond_t asked;    /* or to be closed */
    pthread_cond_t answered; /* some question wholly, or an asker has gone */
    question *first, *last;  /* not begun */
    size_t askers;           /* threads that are inside of `get` */
    bool closing;
    ff_shared_tally tally; /* `wait` apart */
    uint64_t held_ms;      /* as in ff_batch */
} ff_shared;

/* Its own thread. */

/* Takes what was asked meanwhile; while nothing is under way it waits for that. False: it is to be closed. */
static bool take_questions(ff_shared *shared, question **come)
{
    (void)pthread_mutex_lock(&shared->lock);
    while (!shared->first && !shared->batch.first && !shared->closing)
        (void)pthread_cond_wait(&shared->asked, &shared->lock);
    *come = shared->first;
    shared->first = shared->last = NULL;
    bool open = !shared->closing;
    (void)pthread_mutex_unlock(&shared->lock);
    return open;
}

static void begin(ff_shared *shared, question *one)
{
    for (size_t i = 0; i < one->count; i++) {
        ticket *made = &one->tickets[i];
        made->of = one;
        ff_transfer_begin(&made->transfer, &shared->session, &one->calls[i]);
        ff_batch_add(&shared->batch, &made->transfer);
    }
}

/* Gives back what is done. From then on a question is its asker's. */
static void hand_out(ff_shared *shared)
{
    const ff_session *session = &shared->session;
    bool whole = false;
    (void)pthread_mutex_lock(&shared->lock);
    for (ff_transfer *done; (done = ff_batch_take(&shared->batch)) != NULL;)
        whole |= --((ticket *)done)->of->left == 0;
    shared->tally = (ff_shared_tally){
        .bytes = ff_http_bytes(session->http), .requests = session->requests, .remaining = session->remaining};
    shared->held_ms = shared->batch.held_ms;
    if (whole)
        (void)pthread_cond_broadcast(&shared->answered);
    (void)pthread_mutex_unlock(&shared->lock);
}

static void *talk(void *self)
{
    ff_shared *shared = self;
    bool open;
    do {
        question *come, *next;
        open = take_questions(shared, &come);
        for (; come; come = next) {
            next = come->next; /* it may be gone as soon as it was handed out */
            begin(shared, come);
        }
        if (!open)
            ff_batch_fail(&shared->batch, FF_IO, "interrupted");
        bool more = ff_batch_move(&shared->batch);
        hand_out(shared);
        if (more)
            ff_batch_wait(&shared->batch);
    } while (open);
    return NULL;
}

/* Any thread. */

/* Queues it, unless the exchange is being closed. */
static bool ask(ff_shared *shared, question *one)
{
    (void)pthread_mutex_lock(&shared->lock);
    bool open = !shared->closing;
    if (open) {
        shared->askers++;
        if (shared->last)
            shared->last->next = one;
        else
            shared->first = one;
        shared->last = one;
        (void)pthread_cond_signal(&shared->asked);
    }
    (void)pthread_mutex_unlock(&shared->lock);
    return open;
}

static void await_answers(ff_shared *shared, const question *one)
{
    ff_http_wake(shared->session.http);
    (void)pthread_mutex_lock(&shared->lock);
    while (one->left)
        (void)pthread_cond_wait(&shared->answered, &shared->lock);
    (void)pthread_mutex_unlock(&shared->lock);
    for (size_t i = 0; i < one->count; i++)
        ff_transfer_release(&one->tickets[i].transfer);
}

/* The last that an asker does with the exchange, which may be closed as soon as it is done. */
static void leave(ff_shared *shared)
{
    (void)pthread_mutex_lock(&shared->lock);
    shared->askers--;
    (void)pthread_cond_broadcast(&shared->answered);
    (void)pthread_mutex_unlock(&shared->lock);
}

static void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    ff_shared *shared = (ff_shared *)exchange;
    question one = {.calls = calls, .count = count, .left = count};
    one.tickets = calloc(count, sizeof *one.tickets);
    if (one.tickets && ask(shared, &one)) {
        await_answers(shared, &one);
        leave(shared);
    } else {
        ff_status status = one.tickets ? FF_IO : FF_NOMEM;
        for (size_t i = 0; i < count; i++)
            calls[i].status = ff_error_set(&calls[i].error, status, status == FF_IO ? "interrupted" : "out of memory");
    }
    free(one.tickets);
}

/* What is removed is a file of a name; neither the session nor what the cache counts is touched. */
static void forget(ff_exchange *exchange, ff_slice path)
{
    const ff_shared *shared = (const ff_shared *)exchange;
    ff_session_forget(&shared->session, path);
}

ff_shared_tally ff_shared_count(ff_exchange *exchange)
{
    ff_shared *shared = (ff_shared *)exchange;
    (void)pthread_mutex_lock(&shared->lock);
    ff_shared_tally tally = shared->tally;
    tally.wait = ff_http_seconds_until(shared->held_ms, ff_http_now());
    (void)pthread_mutex_unlock(&shared->lock);
    return tally;
}

/* Opening and closing. */

static void close_shared(ff_exchange *exchange)
{
    ff_shared *shared = (ff_shared *)exchange;
    (void)pthread_mutex_lock(&shared->lock);
    shared->closing = true;
    (void)pthread_cond_signal(&shared->asked);
    (void)pthread_mutex_unlock(&shared->lock);
    ff_http_wake(shared->session.http);
    (void)pthread_join(shared->thread, NULL);
    (void)pthread_mutex_lock(&shared->lock);
    while (shared->askers)
        (void)pthread_cond_wait(&shared->answered, &shared->lock);
    (void)pthread_mutex_unlock(&shared->lock);
    (void)pthread_cond_destroy(&shared->answered);
    (void)pthread_cond_destroy(&shared->asked);
    (void)pthread_mutex_destroy(&shared->lock);
    ff_session_release(&shared->session);
    free(shared);
}

static const ff_exchange_kind SHARED = {get, forget, close_shared};

/* What was made before a step that failed is undone. */
static int start(ff_shared *shared)
{
    int code = pthread_mutex_init(&shared->lock, NULL);
    if (code != 0)
        return code;
    code = pthread_cond_init(&shared->asked, NULL);
    if (code == 0) {
        code = pthread_cond_init(&shared->answered, NULL);
        if (code == 0) {
            code = pthread_create(&shared->thread, NULL, talk, shared);
            if (code != 0)
                (void)pthread_cond_destroy(&shared->answered);
        }
        if (code != 0)
            (void)pthread_cond_destroy(&shared->asked);
    }
    if (code != 0)
        (void)pthread_mutex_destroy(&shared->lock);
    return code;
}

ff_status ff_shared_open(ff_exchange **exchange, const ff_host *host, const ff_live_options *options, ff_error *error)
{
    ff_live_options quiet = *options;
    ff_shared *made = calloc(1, sizeof *made);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    quiet.progress = NULL;
    made->exchange.kind = &SHARED;
    made->batch.session = &made->session;
    made->tally.remaining = -1;
    ff_status status = ff_session_open(&made->session, host, &quiet, error);
    int code = status == FF_OK ? start(made) : 0;
    if (code != 0)
        status = ff_error_set(error, FF_IO, "no thread can be started: %s", strerror(code));
    if (status == FF_OK) {
        *exchange = &made->exchange;
        return FF_OK;
    }
    ff_session_release(&made->session);
    free(made);
    return status;
}
