/* The servers that a survey asks: for each one exchange, shared by all threads, and one over the cache alone, for runs
 * that are read again.
 */
#ifndef FF_SURVEY_SERVER_H
#define FF_SURVEY_SERVER_H

#include "base/notes.h"
#include "fetch/shared.h"
#include "survey/survey.h"

typedef struct ff_server {
    char name[FF_HOST_NAME_BYTES];
    ff_exchange *live; /* owned */
    ff_exchange *kept; /* owned; NULL: not opened yet, or there is no cache */
    bool kept_tried;
    ff_host host;
    ff_cache *cache; /* owned, of both; NULL: none */
} ff_server;

typedef struct ff_servers {
    const ff_survey *ask; /* borrowed */
    ff_arena *arena;      /* borrowed */
    ff_notes *notes;      /* borrowed: a cache that cannot be used */
    ff_server **items;
    size_t count, cap;
} ff_servers;

/* How many threads ask at once: FF_SURVEY_JOBS_MAX at most, far below what GitHub allows. */
uint32_t ff_servers_hands(const ff_survey *ask);

/* Finds the server of this name, or the default one for an empty name; opens it where that was not done yet. FF_OK;
 * FF_MISUSE (a name or a variable of bad form), FF_IO, FF_NOMEM. */
ff_status ff_servers_find(ff_servers *servers, ff_slice name, ff_server **server, ff_error *error);

/* The exchange over the cache alone; NULL if it cannot be had. Not from two threads at once. */
ff_exchange *ff_server_kept(const ff_servers *servers, ff_server *server);

/* What all of them did so far. */
ff_shared_tally ff_servers_count(const ff_servers *servers);

/* Ends all exchanges, wipes all tokens. */
void ff_servers_close(ff_servers *servers);

#endif
