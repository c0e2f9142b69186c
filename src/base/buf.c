#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void ff_buf_init(ff_buf *buf, size_t max)
{
    *buf = (ff_buf){.max = max};
}

void ff_buf_release(ff_buf *buf)
{
    free(buf->ptr);
    *buf = (ff_buf){.max = buf->max};
}

void ff_buf_reset(ff_buf *buf)
{
    buf->len = 0;
    buf->status = FF_OK;
    if (buf->ptr)
        buf->ptr[0] = '\0';
}

/* Makes room for `more` bytes and the NUL behind them. */
static bool reserve(ff_buf *buf, size_t more)
{
    if (buf->status != FF_OK)
        return false;
    if (buf->len > buf->max || more > buf->max - buf->len || more >= SIZE_MAX - buf->len) {
        buf->status = FF_LIMIT;
        return false;
    }
    size_t need = buf->len + more + 1;
    if (need <= buf->cap)
        return true;
    size_t cap = buf->cap > SIZE_MAX / 2 ? need : buf->cap * 2;
    if (cap < need)
        cap = need < 64 ? 64 : need;
    char *grown = realloc(buf->ptr, cap);
    if (!grown) {
        buf->status = FF_NOMEM;
        return false;
    }
    buf->ptr = grown;
    buf->cap = cap;
    return true;
}

void ff_buf_add(ff_buf *buf, ff_slice text)
{
    if (text.len == 0 || !reserve(buf, text.len))
        return;
    memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
    buf->ptr[buf->len] = '\0';
}

void ff_buf_add_byte(ff_buf *buf, char byte)
{
    ff_buf_add(buf, (ff_slice){&byte, 1});
}

void ff_buf_add_repeat(ff_buf *buf, char byte, size_t count)
{
    if (count == 0 || !reserve(buf, count))
        return;
    memset(buf->ptr + buf->len, byte, count);
    buf->len += count;
    buf->ptr[buf->len] = '\0';
}

void ff_buf_printf(ff_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0 && buf->status == FF_OK)
        buf->status = FF_LIMIT; /* longer than INT_MAX: EOVERFLOW */
    if (length > 0 && reserve(buf, (size_t)length)) {
        (void)vsnprintf(buf->ptr + buf->len, (size_t)length + 1, format, again);
        buf->len += (size_t)length;
    }
    va_end(again);
}

void ff_buf_inherit(ff_buf *buf, const ff_buf *part)
{
    if (buf->status == FF_OK)
        buf->status = part->status;
}

ff_status ff_buf_status(const ff_buf *buf)
{
    return buf->status;
}

ff_slice ff_buf_slice(const ff_buf *buf)
{
    return (ff_slice){buf->ptr, buf->len};
}
