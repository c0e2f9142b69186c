/* Writing a whole result to standard output or, all or nothing, to a file. */
#ifndef FF_CLI_OUTPUT_H
#define FF_CLI_OUTPUT_H

#include "base/error.h"

#include <stdbool.h>

/* A result that is written piece by piece. */
typedef struct ff_output {
    const char *path; /* borrowed; NULL: standard output */
    int fd;
    bool replaces; /* at the end it gets its name */
} ff_output;

/* Writes `text` to `path`, or to standard output when `path` is NULL. A file is written beside its final name, synced
 * and renamed, so that a reader never sees half of it; it keeps the mode of the file that it replaces, and is 0600 when
 * it is new. A symbolic link is replaced, not followed; a device or FIFO is written to. FF_OK or FF_IO with one line
 * for the user. */
ff_status ff_output_write(const char *path, ff_slice text, ff_error *error);

/* The same piece by piece; one at a time. ff_output_end belongs behind a begin that failed too: with `status` FF_OK the
 * file gets its name, else it is removed. It returns `status`, or why it cannot stay. */
ff_status ff_output_begin(ff_output *output, const char *path, ff_error *error);
ff_status ff_output_add(ff_output *output, ff_slice text, ff_error *error);
ff_status ff_output_end(ff_output *output, ff_status status, ff_error *error);

/* True if what is printed is read by a runner of Actions. */
bool ff_output_is_for_actions(void);

/* Removes the unfinished file, if there is one. Safe in a signal handler. */
void ff_output_abandon(void);

#endif
