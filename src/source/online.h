/* Opening a run on a server: target, host, token, cache and exchange put together. */
#ifndef FF_SOURCE_ONLINE_H
#define FF_SOURCE_ONLINE_H

#include "fetch/live.h"
#include "fetch/target.h"
#include "source/source.h"

/* Everything that asking a server needs. Zero-initialise; close in any case. */
typedef struct ff_server_line {
    ff_target target; /* slices in the arena given */
    ff_cache *cache;
    ff_exchange *exchange;
} ff_server_line;

/* The parts that others need too. A host of bad form, or a variable, is FF_MISUSE; else as the functions of host.h.
 * A cache that cannot be used, or shall not be, is NULL; the former is noted. It is the caller's. */
ff_status ff_online_usual_host(char name[FF_HOST_NAME_BYTES], const ff_online *online, ff_error *error);
ff_status ff_online_find_host(ff_host *host, ff_slice name, const ff_online *online, ff_error *error);
ff_cache *ff_online_open_cache(const ff_online *online, ff_notes *notes);

/* Reads the target, finds its host and token, opens cache and exchange; nothing is asked yet. A cache that cannot be
 * used is noted in `run`. FF_OK; FF_MISUSE (no run in the target, no repository or another one, a variable of bad
 * form), FF_IO, FF_NOMEM. */
ff_status ff_server_line_open(ff_server_line *line, const ff_source_online *ask, ff_run *run, ff_error *error);
void ff_server_line_close(ff_server_line *line);

#endif
