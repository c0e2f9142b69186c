/* Files of a folder that nobody vouches for: opened so that no link leads out of it, read only if they are files.
 *
 *     int fd = ff_file_open_below(root, FF_LIT("src/main.c"));
 *     if (fd >= 0)
 *         status = ff_file_read(fd, &bytes);
 */
#ifndef FF_BASE_FILE_H
#define FF_BASE_FILE_H

#include "base/buf.h"

/* Opens a path below the folder `root` for reading, one component after the other, so that none of them can be a link.
 * Never blocks, not even for a FIFO put in a file's place. The descriptor is the caller's; -1 with errno. */
int ff_file_open_below(int root, ff_slice path);

/* Appends all of an open file, and closes it in any case. FF_OK; FF_UNSUPPORTED for what is no regular file; FF_LIMIT
 * if it has more than `bytes` can hold, without reading it; FF_IO with errno; FF_NOMEM. */
ff_status ff_file_read(int fd, ff_buf *bytes);

#endif
