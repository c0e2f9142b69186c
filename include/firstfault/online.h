/* Asking GitHub: how far that may go, and who watches. A triage whose options have such a struct takes a run's URL, a
 * job's URL or a run's id as target, and can keep all that it asks, to repeat it without a network.
 *
 *     ff_online online = {.max_wait = FF_MAX_WAIT_DEFAULT};
 *     ff_analysis_options options = {.repository = "OWNER/REPO", .online = &online};
 *     ff_analysis_triage(analysis, catalog, "19821302147", &options, &error);
 *
 * Server and token come from the environment (docs/fetch.md): GITHUB_API_URL, GITHUB_SERVER_URL, GH_HOST; GH_TOKEN,
 * GITHUB_TOKEN, GH_ENTERPRISE_TOKEN, GITHUB_ENTERPRISE_TOKEN. The token is sent to that server's API alone and is in no
 * text, file or report.
 */
#ifndef FIRSTFAULT_ONLINE_H
#define FIRSTFAULT_ONLINE_H

#include <firstfault/base.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How far things are; numbers count from the start. */
typedef struct ff_fetch_progress {
    const char *what;       /* what is being asked for, such as "the log archive"; static */
    uint32_t number, total; /* which of how many of its kind, such as logs of jobs; 0: it alone */
    uint64_t bytes;         /* of it so far */
    uint64_t expected;      /* 0: not known */
    uint32_t wait;          /* seconds still to wait for a limit or another try; 0: it does not wait */
    uint32_t requests;      /* sent */
    int64_t remaining;      /* requests that the rate limit leaves; -1: not known */
} ff_fetch_progress;

#define FF_MAX_WAIT_DEFAULT 60u

/* Zero-initialise and set what differs. Borrowed for the call. */
typedef struct ff_online {
    uint32_t attempt;  /* of the run; 0: the one that the target names, else the latest */
    uint32_t max_wait; /* seconds that all waiting for rate limits may take together */
    bool offline;      /* answer from the cache alone */
    bool no_cache;     /* neither read nor write it */
    void (*progress)(void *self, const ff_fetch_progress *progress); /* NULL: nobody watches; a few times a second */
    void (*trace)(void *self, ff_slice line); /* NULL; a line for each request, without secrets */
    bool (*stopped)(void *self);              /* NULL; asked a few times a second: true ends all waiting and asking */
    /* Asked for a token of `host` when no variable has one; writes it with a NUL. FF_OK or FF_NOT_FOUND. May be NULL.
     */
    ff_status (*ask_token)(void *self, const char *host, char *token, size_t size);
    void *self;
} ff_online;

/* True if `target` is meant for a server rather than something on disk: a URL, or a run's id that is no file. */
FF_API bool ff_target_is_online(const char *target);

#ifdef __cplusplus
}
#endif

#endif
