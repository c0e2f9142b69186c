/* Raw deflate streams, inflated piece by piece by ISA-L's igzip (the only file pair that includes it).
 *
 * Memory is one window of igzip and one piece of input, whatever the stream. Every call makes progress or ends.
 *
 *     ff_inflate *inflate = ff_inflate_new();
 *     ff_inflate_start(inflate, compressed);
 *     while (ff_inflate_read(inflate, into, cap, &got, &error) == FF_OK) ...
 *     if (ff_inflate_crc(inflate) != expected) ...
 *     ff_inflate_free(inflate);
 */
#ifndef FF_ARCHIVE_INFLATE_H
#define FF_ARCHIVE_INFLATE_H

#include "base/reader.h"

#include <stdbool.h>

typedef struct ff_inflate ff_inflate;

/* True if this build has igzip. Without it nothing else here may be called. */
bool ff_inflate_available(void);

/* A new decoder, or NULL without memory. Free with ff_inflate_free (NULL is fine). */
ff_inflate *ff_inflate_new(void);
void ff_inflate_free(ff_inflate *inflate);

/* Starts on a stream. `compressed` is borrowed until the stream's end or the next start. */
void ff_inflate_start(ff_inflate *inflate, ff_reader compressed);

/* As ff_read_fn: FF_OK with bytes; FF_END behind the stream's last block; FF_INVALID (broken, or cut short); or the
 * error of `compressed`. All bytes before a fault are handed out first. What follows the stream is not looked at. */
ff_status ff_inflate_read(ff_inflate *inflate, char *into, size_t cap, size_t *got, ff_error *error);

/* CRC-32 (the one of ZIP and gzip) over all bytes handed out since the start. */
uint32_t ff_inflate_crc(const ff_inflate *inflate);

#endif
