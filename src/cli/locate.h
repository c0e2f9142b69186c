/* Where catalogs are: the built-in one beside the program, the user's own under XDG_CONFIG_HOME. */
#ifndef FF_CLI_LOCATE_H
#define FF_CLI_LOCATE_H

#include "base/error.h"

enum { FF_PATH_BYTES = 4096 };

/* Writes the path of the built-in catalog: PREFIX/share/firstfault/patterns of the running program, the source tree
 * that it was built from, or the folder that it was configured to be installed to; the first that exists. FF_OK or
 * FF_NOT_FOUND. */
ff_status ff_locate_patterns(char path[FF_PATH_BYTES]);

/* Writes the path of the user's catalog if that folder exists. FF_OK or FF_NOT_FOUND. */
ff_status ff_locate_user_patterns(char path[FF_PATH_BYTES]);

#endif
