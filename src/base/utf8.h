/* UTF-8: decoding, and the one way in which untrusted bytes become text that may be shown.
 *
 * Logs hold any bytes. What a report shows is valid UTF-8 without control bytes: invalid sequences become U+FFFD, and
 * C0, DEL, C1 and bidirectional controls become a visible escape like \x1b or \u202e. Tabs become one space.
 */
#ifndef FF_BASE_UTF8_H
#define FF_BASE_UTF8_H

#include "base/arena.h"
#include "base/buf.h"

/* Decodes the first code point of a non-empty slice into `code` and returns how many bytes it took (1 to 4); 0 when
 * the bytes there are no valid UTF-8 (overlong, surrogate, above U+10FFFF, cut off). */
size_t ff_utf8_next(ff_slice text, uint32_t *code);

/* True if every byte is part of valid UTF-8. */
bool ff_utf8_valid(ff_slice text);

/* True for code points that must never reach a terminal or a page as they are: C0 (tab and newline too), DEL, C1,
 * bidirectional controls, U+2028, U+2029, interlinear annotations, tags and the byte order mark. */
bool ff_utf8_is_control(uint32_t code);

/* True for valid UTF-8 without such code points but newlines, tabs and carriage returns: text that can be shown as it
 * is, byte for byte. */
bool ff_utf8_is_showable(ff_slice text);

/* Appends `text` made safe to show. */
void ff_utf8_add_safe(ff_buf *buf, ff_slice text);

/* A safe copy in the arena of at most `max` bytes, with `…` at the end when it was cut (never inside a code point;
 * the mark counts as part of `max`). The empty slice when there is no memory. */
ff_slice ff_utf8_keep(ff_arena *arena, ff_slice text, size_t max);

/* The longest prefix of at most `max` bytes that does not end inside a code point. */
ff_slice ff_utf8_cut(ff_slice text, size_t max);

#endif
