/* Writing all of a text to a descriptor. */
#ifndef FF_BASE_WRITE_H
#define FF_BASE_WRITE_H

#include "base/error.h"
#include "base/slice.h"

/* Goes on after short writes and interruptions. FF_OK, or FF_IO with errno when the system refuses. */
ff_status ff_write_all(int fd, ff_slice bytes);

#endif
