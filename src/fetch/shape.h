/* How large a tree a JSON text would become, told before anybody builds it: a parser spends a hundred bytes and more on
 * each `[]`. */
#ifndef FF_FETCH_SHAPE_H
#define FF_FETCH_SHAPE_H

#include "base/slice.h"

typedef struct ff_shape {
    size_t depth;  /* of the deepest list or object */
    size_t values; /* at least as many as there are */
} ff_shape;

/* Counts brackets and commas outside of strings. Of a text that is no JSON the numbers hold up to its first fault,
 * where a parser stops. */
ff_shape ff_shape_of(ff_slice json);

#endif
