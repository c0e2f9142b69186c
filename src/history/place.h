/* Where a database is, and what stands there already, found out before SQLite touches it. */
#ifndef FF_HISTORY_PLACE_H
#define FF_HISTORY_PLACE_H

#include "history/history.h"

/* What is said where there is no database to be read, behind its path. */
#define FF_PLACE_NOTHING_YET "there is no history yet; firstfault scan begins one"

/* Turns what the user named, NULL for the usual place, into an absolute path without links; the caller frees it.
 * Folders that are missing are made if `make`, 0700; of the usual place the last one is ours alone. FF_OK;
 * FF_NOT_FOUND; FF_IO; FF_NOMEM; FF_MISUSE for an empty name, or where nothing says where the usual place is. */
ff_status ff_place_find(char **path, const char *named, bool make, ff_error *error);

typedef enum ff_place_kind {
    FF_PLACE_NOTHING, /* no file, or an empty one */
    FF_PLACE_HISTORY, /* it says of itself that it is one of ours */
} ff_place_kind;

/* Reads the first bytes. FF_OK; FF_INVALID for anything else that is there (a folder, a link, a text, the database of
 * another program); FF_UNSUPPORTED for one of a newer version; FF_IO. */
ff_status ff_place_look(const char *path, ff_place_kind *kind, ff_error *error);

/* Makes an empty file, 0600, unless there is one: that becomes 0600 too. FF_OK or FF_IO. */
ff_status ff_place_make(const char *path, ff_error *error);

/* True if changes stand beside the database that it does not have yet. */
bool ff_place_has_wal(const char *path);

#endif
