/* Numbers as a ZIP file holds them: little-endian, unaligned. Signatures and sizes of its records (APPNOTE 4.3). */
#ifndef FF_ARCHIVE_WIRE_H
#define FF_ARCHIVE_WIRE_H

#include "base/buf.h"

#define FF_WIRE_LOCAL_MAGIC UINT32_C(0x04034b50)
#define FF_WIRE_RECORD_MAGIC UINT32_C(0x02014b50)
#define FF_WIRE_END_MAGIC UINT32_C(0x06054b50)
#define FF_WIRE_END64_MAGIC UINT32_C(0x06064b50)
#define FF_WIRE_LOCATOR_MAGIC UINT32_C(0x07064b50)

enum {
    FF_WIRE_LOCAL_BYTES = 30, /* without name and extra field, like the next */
    FF_WIRE_RECORD_BYTES = 46,
    FF_WIRE_END_BYTES = 22,
    FF_WIRE_END64_BYTES = 56,
    FF_WIRE_LOCATOR_BYTES = 20,
    FF_WIRE_COMMENT_MAX = 0xFFFF,
};

/* Read a number of 2, 4 or 8 bytes, all of which must be there. */
uint16_t ff_wire_get16(const char *at);
uint32_t ff_wire_get32(const char *at);
uint64_t ff_wire_get64(const char *at);

/* Appends the low `bytes` bytes of `value`, at most 8. */
void ff_wire_put(ff_buf *out, uint64_t value, size_t bytes);

#endif
