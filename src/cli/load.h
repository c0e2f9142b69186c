/* The catalog that a command works with: built-in rules, the user's own, --patterns. */
#ifndef FF_CLI_LOAD_H
#define FF_CLI_LOAD_H

#include "cli/options.h"

#include <firstfault/catalog.h>

/* The layer of catalogs that are arguments of a command, not options. */
#define FF_OWN_LAYER "argument"

/* Loads and finishes the catalog, to be freed by the caller. A broken catalog of the user's own is said on standard
 * error and left out. FF_OK; FF_NOT_FOUND, FF_IO, FF_INVALID, FF_LIMIT, FF_NOMEM with one line for the user. */
ff_status ff_load_catalog(ff_catalog **catalog, const ff_options *options, ff_error *error);

#endif
