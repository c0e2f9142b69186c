/* Base64 (RFC 4648, section 4), read strictly: one text has one reading.
 *
 * Line breaks may stand anywhere, as MIME and GitHub's API put them; everything else must be of the alphabet, padded,
 * and without bits left over. Alphabets for URLs are not read.
 *
 *     ff_buf_init(&bytes, FF_LIMIT_YAML_BYTES);
 *     if (ff_base64_add(&bytes, FF_LIT("aGVsbG8=\n")) == FF_OK) ... // hello
 */
#ifndef FF_BASE_BASE64_H
#define FF_BASE_BASE64_H

#include "base/buf.h"

/* Appends the bytes that `text` stands for; no text stands for none. FF_OK; FF_INVALID: not Base64; FF_LIMIT and
 * FF_NOMEM as the buffer has it. After a failure the buffer may hold a part. */
ff_status ff_base64_add(ff_buf *out, ff_slice text);

#endif
