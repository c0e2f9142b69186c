/* Why a call failed, in one line for the user which says what to do. No line holds a token or the query of a URL. */
#ifndef FF_FETCH_REFUSAL_H
#define FF_FETCH_REFUSAL_H

#include "fetch/exchange.h"
#include "fetch/host.h"
#include "fetch/policy.h"

typedef struct ff_refusal {
    const ff_call *call;
    const ff_host *host;
    const ff_answer *answer; /* the last one; its status is 0 when none came */
    ff_advice advice;        /* why nothing more is tried */
    ff_side side;
    ff_slice url; /* that was asked last */
    uint32_t tries;
    const char *network; /* what the connection said, where none came */
    uint64_t needed_ms;  /* of waiting, to go on */
} ff_refusal;

/* Sets `error` to the advice's status with the line. */
void ff_refusal_tell(const ff_refusal *refusal, ff_error *error);

#endif
