#include "base/utf8.h"

static const ff_slice REPLACEMENT = FF_TEXT("\xEF\xBF\xBD");
static const ff_slice ELLIPSIS = FF_TEXT("\xE2\x80\xA6");

/* Code point ranges that never reach the output as they are; sorted. */
static const struct {
    uint32_t first, last;
} CONTROLS[] = {
    {0x0000, 0x001F},   /* C0 */
    {0x007F, 0x009F},   /* DEL, C1 */
    {0x061C, 0x061C},   /* Arabic letter mark */
    {0x200B, 0x200B},   /* zero width space: hides text in a review */
    {0x200E, 0x200F},   /* left-to-right and right-to-left marks */
    {0x2028, 0x202E},   /* line and paragraph separators, bidirectional embeddings and overrides */
    {0x2060, 0x206F},   /* word joiner, bidirectional isolates, deprecated format characters */
    {0xFEFF, 0xFEFF},   /* byte order mark */
    {0xFFF9, 0xFFFB},   /* interlinear annotations */
    {0xE0000, 0xE007F}, /* tags */
};

static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

size_t ff_utf8_next(ff_slice text, uint32_t *code)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    size_t length = sequence_length((unsigned char)text.ptr[0]);
    if (length == 0 || length > text.len)
        return 0;
    uint32_t value = (unsigned char)text.ptr[0] & lead_bits[length];
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if ((byte & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (byte & 0x3F);
    }
    if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return length;
}

bool ff_utf8_valid(ff_slice text)
{
    uint32_t code;
    for (size_t used; text.len; text = ff_slice_from(text, used))
        if ((used = ff_utf8_next(text, &code)) == 0)
            return false;
    return true;
}

bool ff_utf8_is_control(uint32_t code)
{
    for (size_t i = 0; i < sizeof CONTROLS / sizeof *CONTROLS; i++)
        if (code >= CONTROLS[i].first && code <= CONTROLS[i].last)
            return true;
    return false;
}

static void add_escape(ff_buf *buf, uint32_t code)
{
    if (code == '\t')
        ff_buf_add_byte(buf, ' ');
    else if (code < 0x100)
        ff_buf_printf(buf, "\\x%02x", code);
    else
        ff_buf_printf(buf, "\\u%04x", code);
}

static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F;
}

bool ff_utf8_is_showable(ff_slice text)
{
    while (text.len) {
        uint32_t code = 0;
        size_t size = ff_utf8_next(text, &code);
        bool blank = code == '\n' || code == '\t' || code == '\r';
        if (size == 0 || (ff_utf8_is_control(code) && !blank))
            return false;
        text = ff_slice_from(text, size);
    }
    return true;
}

void ff_utf8_add_safe(ff_buf *buf, ff_slice text)
{
    while (text.len) {
        size_t plain = 0;
        while (plain < text.len && is_plain(text.ptr[plain]))
            plain++;
        ff_buf_add(buf, ff_slice_cut(text, plain));
        text = ff_slice_from(text, plain);
        if (text.len == 0)
            break;
        uint32_t code = 0;
        size_t used = ff_utf8_next(text, &code);
        if (used == 0)
            ff_buf_add(buf, REPLACEMENT);
        else if (ff_utf8_is_control(code))
            add_escape(buf, code);
        else
            ff_buf_add(buf, ff_slice_cut(text, used));
        text = ff_slice_from(text, used ? used : 1);
    }
}

ff_slice ff_utf8_cut(ff_slice text, size_t max)
{
    if (text.len <= max)
        return text;
    size_t end = max;
    while (end > 0 && max - end < 3 && ((unsigned char)text.ptr[end] & 0xC0) == 0x80)
        end--;
    bool stray = ((unsigned char)text.ptr[end] & 0xC0) == 0x80; /* no lead byte near: not inside a code point */
    return ff_slice_cut(text, stray ? max : end);
}

ff_slice ff_utf8_keep(ff_arena *arena, ff_slice text, size_t max)
{
    ff_buf buf;
    /* An escape is at most 7 bytes for one of input, so this much of the input always fills `max`. */
    ff_buf_init(&buf, 7 * max + 64);
    ff_utf8_add_safe(&buf, ff_slice_cut(text, max + 4));
    ff_slice kept = {0};
    if (ff_buf_status(&buf) == FF_OK) {
        ff_slice safe = ff_buf_slice(&buf);
        bool cut = safe.len > max || text.len > max + 4;
        if (cut) {
            buf.len = ff_utf8_cut(safe, max > ELLIPSIS.len ? max - ELLIPSIS.len : 0).len;
            if (max >= ELLIPSIS.len)
                ff_buf_add(&buf, ELLIPSIS);
        }
        kept = ff_arena_dup(arena, ff_buf_slice(&buf));
    } else {
        arena->failed = true; /* only for want of memory: the buffer's bound fits `max` */
    }
    ff_buf_release(&buf);
    return kept;
}
