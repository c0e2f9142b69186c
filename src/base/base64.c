#include "base/base64.h"

#include <stdint.h>

enum { BITS = 6, BYTE_BITS = 8, BYTE_MASK = 0xFF, GROUP = 4 };

/* What a digit stands for, or -1. */
static int value_of(char digit)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = digit ? strchr(alphabet, digit) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

/* Digits and padding must fill groups of four; one digit alone holds no byte. */
static bool is_whole(size_t digits, size_t padding)
{
    return (digits + padding) % GROUP == 0 && padding < GROUP - 1;
}

ff_status ff_base64_add(ff_buf *out, ff_slice text)
{
    size_t digits = 0, padding = 0;
    uint32_t bits = 0, held = 0;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        int value = value_of(byte);
        if (byte == '\n' || byte == '\r')
            continue;
        if (byte == '=' && ++padding)
            continue;
        if (value < 0 || padding)
            return FF_INVALID;
        digits++;
        bits = bits << BITS | (uint32_t)value;
        held += BITS;
        if (held >= BYTE_BITS) {
            held -= BYTE_BITS;
            ff_buf_add_byte(out, (char)(unsigned char)(bits >> held & BYTE_MASK));
            bits &= (1u << held) - 1;
        }
    }
    if (!is_whole(digits, padding) || bits)
        return FF_INVALID;
    return ff_buf_status(out);
}
