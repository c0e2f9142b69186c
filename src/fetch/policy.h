/* What to do after an answer: take it, follow it, wait and ask again, or give up. Pure: the same facts give the same
 * advice, and nothing is asked or waited for here.
 *
 * Rules: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api and
 * /best-practices-for-using-the-rest-api. `retry-after` counts first, then `x-ratelimit-remaining: 0` with
 * `x-ratelimit-reset`, then at least a minute, growing. A 403 that says nothing of the kind is a refusal.
 */
#ifndef FF_FETCH_POLICY_H
#define FF_FETCH_POLICY_H

#include "fetch/answer.h"

typedef enum ff_side {
    FF_SIDE_API,
    FF_SIDE_STORE, /* where the API's redirects lead */
    FF_SIDE_COUNT
} ff_side;

typedef enum ff_move {
    FF_MOVE_TAKE,   /* a success, or "not modified" */
    FF_MOVE_FOLLOW, /* to its Location */
    FF_MOVE_AGAIN,  /* after `wait_ms` */
    FF_MOVE_WAIT,   /* for a limit: after `wait_ms`, and all others on that side too */
    FF_MOVE_RENEW,  /* the signed URL is refused: ask the API for another one */
    FF_MOVE_FAIL,   /* with `status` */
} ff_move;

typedef enum ff_limit_kind {
    FF_LIMIT_KIND_NONE,
    FF_LIMIT_KIND_PRIMARY,   /* used up until a known time */
    FF_LIMIT_KIND_SECONDARY, /* too much at once */
    FF_LIMIT_KIND_BUSY,      /* 503 with retry-after */
} ff_limit_kind;

typedef struct ff_situation {
    const ff_answer *answer; /* NULL: the connection broke */
    ff_slice body;           /* of an answer that is no success */
    ff_side side;
    uint32_t tries;     /* of this request that failed, this one included */
    uint32_t limits;    /* that it was waiting for before */
    uint32_t gap_ms;    /* before the second try; later ones double it */
    uint32_t minute_ms; /* to wait at least where a limit says nothing */
    uint32_t jitter;    /* 0 to 255: by chance */
    int64_t now;        /* seconds since 1970, for answers without a date of their own */
} ff_situation;

typedef struct ff_advice {
    ff_move move;
    ff_status status; /* why it fails; also where it may not wait or try again */
    ff_limit_kind limit;
    uint64_t wait_ms;
    int64_t until; /* the end of that wait, in the server's time */
} ff_advice;

/* The advice for one situation. FF_MOVE_AGAIN becomes FF_MOVE_FAIL with FF_IO after FF_LIMIT_TRIES tries, FF_MOVE_WAIT
 * with FF_LIMIT after as many limits. */
ff_advice ff_policy_advise(const ff_situation *situation);

#endif
