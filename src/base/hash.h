/* FNV-1a, 64 bits: to recognise a text seen before without keeping it. Not against adversaries: a collision costs a
 * wrongly drawn border between two steps, or between two findings of one loop, nothing else.
 *
 *     uint64_t name = ff_hash(FF_HASH_START, text);
 */
#ifndef FF_BASE_HASH_H
#define FF_BASE_HASH_H

#include "base/slice.h"

#define FF_HASH_START UINT64_C(14695981039346656037)

/* The hash of what went into `hash` so far, FF_HASH_START at first, continued by `text`. */
static inline uint64_t ff_hash(uint64_t hash, ff_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * UINT64_C(1099511628211);
    return hash;
}

#endif
