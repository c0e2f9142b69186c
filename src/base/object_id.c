#include "base/object_id.h"

#include <string.h>

bool ff_object_id_is(ff_slice text)
{
    enum { SHA1_DIGITS = 40, SHA256_DIGITS = 64 };
    if (text.len != SHA1_DIGITS && text.len != SHA256_DIGITS)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!text.ptr[i] || !strchr("0123456789abcdefABCDEF", text.ptr[i]))
            return false;
    return true;
}
