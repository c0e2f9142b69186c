/* Keeping a piece of log text beyond its line: the one door through which untrusted text enters findings and reports.
 *
 * What passes here has secrets of known shapes masked (`ghp_…` becomes `***`), no control bytes, valid UTF-8, and at
 * most the given length. Masked secrets are counted.
 */
#ifndef FF_BASE_KEEP_H
#define FF_BASE_KEEP_H

#include "base/arena.h"
#include "base/buf.h"

/* A safe copy of `text` in the arena, cut at `max` bytes with `…`. The empty slice without memory. `redactions` is
 * increased by the number of masked secrets. */
ff_slice ff_text_keep(ff_arena *arena, ff_slice text, size_t max, uint32_t *redactions);

/* The same for `part`, a slice of `whole`: what of it belongs to a secret is masked even where only its surroundings
 * tell that it is one, as in `password=…`. */
ff_slice ff_text_keep_part(ff_arena *arena, ff_slice whole, ff_slice part, size_t max, uint32_t *redactions);

/* True if no part of `text` is a secret: then ff_utf8_keep of any part of it keeps the same as the functions above, for
 * less. Worth asking where several parts of one line are kept. */
bool ff_text_is_clean(ff_slice text);

/* Appends `text` with its secrets masked by `***`; returns how many. Bytes are otherwise unchanged. */
uint32_t ff_text_redact(ff_buf *out, ff_slice text);

#endif
