/* A shelf over an archive's entries. */
#ifndef FF_SOURCE_SHELF_OF_ZIP_H
#define FF_SOURCE_SHELF_OF_ZIP_H

#include "archive/zip.h"
#include "source/shelf.h"

/* Lists the entries of `zip`, which is borrowed; memory from `arena`. FF_OK or FF_NOMEM. */
ff_status ff_shelf_of_zip(ff_shelf *shelf, ff_zip *zip, ff_arena *arena, ff_error *error);

#endif
