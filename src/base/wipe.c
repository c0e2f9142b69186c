#include "base/wipe.h"

void ff_wipe(void *memory, size_t len)
{
    volatile char *bytes = memory; /* so that the compiler cannot see that nobody reads it */
    for (size_t i = 0; i < len; i++)
        bytes[i] = 0;
}
