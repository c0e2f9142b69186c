/* What the fuzz targets have in common: the entry that libFuzzer calls, and promises that abort when they are broken.
 *
 *     int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
 *     {
 *         ...
 *         FF_PROMISE(output_is_valid);
 *         return 0;
 *     }
 */
#ifndef FF_TESTS_FUZZ_H
#define FF_TESTS_FUZZ_H

#include "base/slice.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Gets one input. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FF_PROMISE(condition)                                                               \
    do {                                                                                    \
        if (!(condition)) {                                                                 \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                        \
        }                                                                                   \
    } while (0)

static inline ff_slice ff_fuzz_input(const uint8_t *data, size_t size)
{
    return (ff_slice){(const char *)data, size};
}

#endif
