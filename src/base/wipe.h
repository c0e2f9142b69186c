/* Overwriting memory that held a secret, in a way that a compiler does not leave out. */
#ifndef FF_BASE_WIPE_H
#define FF_BASE_WIPE_H

#include <stddef.h>

/* Sets `len` bytes to zero. */
void ff_wipe(void *memory, size_t len);

#endif
