/* Do the patterns of a layer compile? For catalogs that may be left out if they do not. */
#ifndef FF_WORKSHOP_COMPILE_H
#define FF_WORKSHOP_COMPILE_H

#include "base/error.h"

#include <firstfault/catalog.h>

/* FF_OK; FF_INVALID with the place of the first pattern of `layer` that does not; FF_NOMEM. */
ff_status ff_compile_check(const ff_catalog *catalog, const char *layer, ff_error *error);

#endif
