/* The address of a run's page, built from numbers and from a host and a repository whose form was checked. */
#ifndef FF_DIGEST_URL_H
#define FF_DIGEST_URL_H

#include "base/arena.h"

#include <stdint.h>

/* The page of an attempt, of the run where that is 0; empty if a part has not the form it should have, or without
 * memory, and then the arena has failed. In the arena. */
ff_slice ff_url_run(ff_arena *arena, ff_slice host, ff_slice repository, uint64_t id, uint32_t attempt);

#endif
