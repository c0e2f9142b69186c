#include "base/keep.h"

#include "base/secret.h"
#include "base/utf8.h"

static const ff_slice MARK = FF_TEXT("\xE2\x80\xA6");

/* Appends `text` from `at` to `end`, masked; what stands around that only helps to see where a secret begins and ends.
 */
static uint32_t redact(ff_buf *out, ff_slice text, size_t at, size_t end)
{
    uint32_t count = 0;
    size_t seen = 0, from, to;
    while (at < end && ff_secret_find(text, seen, &from, &to) && from < end) {
        seen = to;
        if (to <= at)
            continue;
        if (from > at)
            ff_buf_add(out, (ff_slice){text.ptr + at, from - at});
        ff_buf_add(out, FF_LIT("***"));
        count++;
        at = to;
    }
    if (at < end)
        ff_buf_add(out, (ff_slice){text.ptr + at, end - at});
    return count;
}

bool ff_text_is_clean(ff_slice text)
{
    size_t from, to;
    return !ff_secret_find(text, 0, &from, &to);
}

uint32_t ff_text_redact(ff_buf *out, ff_slice text)
{
    return redact(out, text, 0, text.len);
}

ff_slice ff_text_keep(ff_arena *arena, ff_slice text, size_t max, uint32_t *redactions)
{
    return ff_text_keep_part(arena, text, text, max, redactions);
}

ff_slice ff_text_keep_part(ff_arena *arena, ff_slice whole, ff_slice part, size_t max, uint32_t *redactions)
{
    /* Masked before it is cut: half a token is still a secret. */
    size_t shown = ff_utf8_cut(part, max).len;
    size_t begin = part.len ? (size_t)(part.ptr - whole.ptr) : 0;
    size_t behind = begin < FF_SECRET_BYTES ? 0 : begin - FF_SECRET_BYTES;
    ff_slice around = ff_slice_cut(ff_slice_from(whole, behind), begin - behind + max + FF_SECRET_BYTES);
    ff_buf buf;
    ff_slice kept = {0};
    ff_buf_init(&buf, 4 * shown + 16);
    uint32_t count = redact(&buf, around, begin - behind, begin - behind + shown);
    if (shown < part.len)
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
