/* Where bytes come from: one function that fills a buffer. The only way in which the stages behind `source` read. */
#ifndef FF_BASE_READER_H
#define FF_BASE_READER_H

#include "base/error.h"
#include "base/slice.h"

/* Fills up to `cap` bytes of `into` and stores how many in `got`. FF_OK with `got` > 0, or FF_END at the end with
 * `got` 0, or an error. After an error or FF_END the reader is not called again. */
typedef ff_status (*ff_read_fn)(void *self, char *into, size_t cap, size_t *got, ff_error *error);

typedef struct ff_reader {
    ff_read_fn read;
    void *self;
} ff_reader;

#endif
