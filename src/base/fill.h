/* Texts with gaps: `${name}` is filled in by the caller, and `$[ … ]` is an optional part, left out when a gap inside
 * it has no value.
 * `$${` stands for the text `${`.
 *
 *     static bool value_of(void *self, ff_slice name, ff_buf *out) ...
 *     complete = ff_fill(FF_LIT("exit ${code}$[ after ${time}]"), value_of, self, &out);
 */
#ifndef FF_BASE_FILL_H
#define FF_BASE_FILL_H

#include "base/buf.h"

#include <stdbool.h>

/* Appends the value of `name`, or what shall stand for it, to `out`. False if there is no value. */
typedef bool (*ff_fill_fn)(void *self, ff_slice name, ff_buf *out);

/* Drops `:first` from the end of a gap's name; true if it stood there. It asks for the first value of a list alone. */
bool ff_fill_take_first(ff_slice *name);

/* Appends `text` to `out`, which says how that went. False if a gap outside of optional parts had no value. */
bool ff_fill(ff_slice text, ff_fill_fn value_of, void *self, ff_buf *out);

#endif
