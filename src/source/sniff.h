/* Is this the beginning of a log? Told from the first bytes, never from a name. */
#ifndef FF_SOURCE_SNIFF_H
#define FF_SOURCE_SNIFF_H

#include "base/slice.h"

/* True for the first bytes of a ZIP file. */
bool ff_sniff_is_zip(ff_slice head);

/* The name of the format whose signature `head` begins with ("gzip data", "a PNG image" …), or NULL. A static
 * string. */
const char *ff_sniff_format(ff_slice head);

/* Why text that begins with `head` is no log, as the end of "it is …", or NULL if it may be one. `head` is at most one
 * piece of FF_LIMIT_READ_BYTES and may end inside a code point. A static string. */
const char *ff_sniff_not_a_log(ff_slice head);

#endif
