/* Which repositories a scan is about: those of the options, of a file, else the one that the environment names. */
#ifndef FF_CLI_PLACES_H
#define FF_CLI_PLACES_H

#include "base/buf.h"
#include "cli/options.h"

typedef struct ff_places {
    const char **items; /* OWNER/REPO or HOST/OWNER/REPO; borrowed from options, environment and `text` */
    size_t count, cap;
    ff_buf text; /* of the file */
} ff_places;

/* Fills zeroed places; release in any case. In a file of repositories stands one a line; `#` begins a comment. FF_OK;
 * FF_INVALID when none is named, and no organisation either, or a line is no repository (the text names it); FF_IO,
 * FF_LIMIT (a file of more than FF_LIMIT_REPOSITORIES_BYTES), FF_NOMEM. */
ff_status ff_places_find(ff_places *places, const ff_options *options, ff_error *error);
void ff_places_release(ff_places *places);

#endif
