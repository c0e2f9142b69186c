/* Secrets of known shapes: tokens of known services, private keys, passwords in URLs and assignments.
 *
 *     size_t from, to;
 *     if (ff_secret_find(text, at, &from, &to)) mask text[from..to)
 *
 * A secret is worth masking when its shape is unmistakable. Masks (`***`), references (`$TOKEN`, `${{ secrets.X }}`)
 * and words that only talk about secrets (`password authentication failed`) are left alone.
 */
#ifndef FF_BASE_SECRET_H
#define FF_BASE_SECRET_H

#include "base/slice.h"

/* No secret is longer than this, whatever follows it. */
enum { FF_SECRET_BYTES = 2048 };

/* Finds the first secret of `text` that begins at `at` or later; `from` and `to` bound what must not be shown. */
bool ff_secret_find(ff_slice text, size_t at, size_t *from, size_t *to);

#endif
