#include "base/keep.h"

#include "base/secret.h"
#include "base/utf8.h"

static const ff_slice MARK = FF_TEXT("\xE2\x80\xA6");

/* Appends the first `shown` bytes of `text`, masked; what stands behind them only helps to see where a secret ends. */
static uint32_t redact(ff_buf *out, ff_slice text, size_t shown)
{
    uint32_t count = 0;
    size_t at = 0, from, to;
    while (at < shown && ff_secret_find(text, at, &from, &to) && from < shown) {
        ff_buf_add(out, (ff_slice){text.ptr + at, from - at});
        ff_buf_add(out, FF_LIT("***"));
        count++;
        at = to;
    }
    if (at < shown)
        ff_buf_add(out, (ff_slice){text.ptr + at, shown - at});
    return count;
}

uint32_t ff_text_redact(ff_buf *out, ff_slice text)
{
    return redact(out, text, text.len);
}

ff_slice ff_text_keep(ff_arena *arena, ff_slice text, size_t max, uint32_t *redactions)
{
    /* Masked before it is cut: half a token is still a secret. */
    size_t shown = ff_utf8_cut(text, max).len;
    ff_buf buf;
    ff_slice kept = {0};
    ff_buf_init(&buf, 4 * shown + 16);
    uint32_t count = redact(&buf, ff_slice_cut(text, max + FF_SECRET_BYTES), shown);
    if (shown < text.len)
        ff_buf_add(&buf, MARK);
    if (ff_buf_status(&buf) == FF_OK) {
        kept = ff_utf8_keep(arena, ff_buf_slice(&buf), max);
        *redactions += count;
    } else {
        arena->failed = true;
    }
    ff_buf_release(&buf);
    return kept;
}
