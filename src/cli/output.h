/* Writing a whole result to standard output or, all or nothing, to a file. */
#ifndef FF_CLI_OUTPUT_H
#define FF_CLI_OUTPUT_H

#include "base/error.h"

/* Writes `text` to `path`, or to standard output when `path` is NULL. A file is written beside its final name, synced
 * and renamed, so that a reader never sees half of it; it keeps the mode of the file that it replaces, and is 0600 when
 * it is new. A symbolic link is replaced, not followed; a device or FIFO is written to. FF_OK or FF_IO with one line
 * for the user. */
ff_status ff_output_write(const char *path, ff_slice text, ff_error *error);

/* Removes the unfinished file, if there is one. Safe in a signal handler. */
void ff_output_abandon(void);

#endif
