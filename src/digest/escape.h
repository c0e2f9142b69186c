/* Text that is only text on a page of HTML: in an element, or in an attribute in double quotes.
 *
 * The one way by which anything untrusted gets onto such a page. Any bytes may go in; what comes out is valid UTF-8
 * without control bytes (see ff_utf8_add_safe).
 */
#ifndef FF_DIGEST_ESCAPE_H
#define FF_DIGEST_ESCAPE_H

#include "base/buf.h"

/* Appends `text` with `&`, `<`, `>` and both quotes as character references. */
void ff_escape_add(ff_buf *out, ff_slice text);

/* True if `url` is an address as the model makes them: https, and no byte that could end an attribute or a link. */
bool ff_escape_is_address(ff_slice url);

#endif
