#include "archive/wire.h"

static uint64_t get(const char *at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = bytes; i-- > 0;)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

uint16_t ff_wire_get16(const char *at)
{
    return (uint16_t)get(at, 2);
}

uint32_t ff_wire_get32(const char *at)
{
    return (uint32_t)get(at, 4);
}

uint64_t ff_wire_get64(const char *at)
{
    return get(at, 8);
}

void ff_wire_put(ff_buf *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++, value >>= 8)
        ff_buf_add_byte(out, (char)(unsigned char)(value & 0xFF));
}
