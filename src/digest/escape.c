#include "digest/escape.h"

#include "base/utf8.h"

/* What a byte is written as; NULL: as it is. */
static const char *reference_of(char byte)
{
    switch (byte) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

void ff_escape_add(ff_buf *out, ff_slice text)
{
    ff_buf safe;
    ff_buf_init(&safe, out->max);
    ff_utf8_add_safe(&safe, text);
    size_t from = 0;
    for (size_t i = 0; i < safe.len; i++) {
        const char *reference = reference_of(safe.ptr[i]);
        if (!reference)
            continue;
        ff_buf_add(out, (ff_slice){safe.ptr + from, i - from});
        ff_buf_add(out, ff_slice_of(reference));
        from = i + 1;
    }
    if (from < safe.len)
        ff_buf_add(out, (ff_slice){safe.ptr + from, safe.len - from});
    ff_buf_inherit(out, &safe);
    ff_buf_release(&safe);
}

bool ff_escape_is_address(ff_slice url)
{
    enum { ADDRESS_BYTES = 1000 };
    if (!ff_slice_starts(url, FF_LIT("https://")) || url.len > ADDRESS_BYTES)
        return false;
    for (size_t i = 0; i < url.len; i++) {
        char c = url.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && !memchr("-._/:#%", c, 7))
            return false;
    }
    return true;
}
