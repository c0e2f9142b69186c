/* What all threads of one survey share. Everything in it but what never changes is used under the crew's lock.
 */
#ifndef FF_SURVEY_TOUR_H
#define FF_SURVEY_TOUR_H

#include "match/matcher.h"
#include "survey/crew.h"
#include "survey/pace.h"
#include "survey/queue.h"
#include "survey/site.h"

typedef struct ff_tour {
    /* These never change. */
    const ff_survey *ask;
    ff_crew *crew;
    ff_matcher *matcher; /* owned */
    ff_slice digest;     /* of the catalog */
    int64_t now;

    ff_survey_result *result;
    ff_arena *arena; /* of the result, and of all below */
    ff_servers servers;
    ff_sites sites;
    ff_history_window window;
    ff_queue queue;
    size_t next; /* organisation or site to be listed */

    const char *what; /* the phase, for progress */
    ff_pace pace;
    uint64_t done;

    ff_error organization_error; /* of the first that could not be listed */
    uint64_t failures;           /* runs that could not be read */
    ff_slice first_why;          /* of the first of these: which, and why */
    ff_slice used_up;            /* the rate limit is: until when, in the words of the call; empty: it is not */
    uint32_t *refusals;          /* of each repository of the window: runs in a row whose logs the token may not read */
    ff_slice denial;             /* of the first of these: the words of the call */
    ff_status status;            /* FF_OK; else what ended it all: the history, or no memory */
    ff_error error;
} ff_tour;

/* True when nothing more shall be begun, because somebody said so. Under the lock or not. */
bool ff_tour_is_stopped(const ff_tour *tour);

/* Keeps what ended it all; the first wins. Under the lock. */
void ff_tour_fail(ff_tour *tour, ff_status status, const ff_error *error);

/* A text that may be shown and stored, in an arena: FF_LIMIT_KEPT_LINE_BYTES at most. */
ff_slice ff_tour_keep(ff_arena *arena, ff_slice text);

/* The next repository or organisation is listed; the next run is read. As ff_crew_work_fn, `self` is the tour. */
bool ff_tour_list_organization(void *self);
bool ff_tour_list_site(void *self);
bool ff_tour_read_run(void *self);

#endif
