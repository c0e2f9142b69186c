/* Text without what differs from run to run although the cause is the same.
 *
 *     ff_buf masked;
 *     ff_buf_init(&masked, FF_MASK_BYTES_MAX);
 *     ff_mask_add(&masked, FF_LIT("/home/runner/work/shop/shop/src/a.c:12: took 31 ms"), FF_MASK_FLEETING);
 *     // src/a.c:#: took # ms
 *
 * The result is hashed, never shown: it only has to be equal where a person would say that two texts are.
 */
#ifndef FF_DIAGNOSE_MASK_H
#define FF_DIAGNOSE_MASK_H

#include "base/buf.h"

enum { FF_MASK_BYTES_MAX = 64 * 1024 };

typedef enum ff_mask {
    /* What is never the point: the folder of the checkout, temporary names, hashes, addresses, ids, times, durations,
     * line numbers. `E303`, `HTTP 404`, `test_2` and `1.26.4` stay. */
    FF_MASK_FLEETING,
    /* Every number but codes such as `E303` and `exit code 137`: for a line of which nobody knows what it says. */
    FF_MASK_NUMBERS,
} ff_mask;

/* Appends `text`, masked. Failure is the buffer's. */
void ff_mask_add(ff_buf *out, ff_slice text, ff_mask mask);

/* If a path begins with a folder that another machine, user or version of the tool has elsewhere, takes that folder off
 * `text` and appends what stands for it. `text` has `/` as its only separator and is at the start of a path. */
bool ff_mask_take_folder(ff_slice *text, ff_buf *out);

#endif
