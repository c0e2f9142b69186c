#include "log/terminal.h"

/* Longer ones are not seen in logs; OSC carries titles and links. */
enum { CSI_MAX = 256, STRING_MAX = 4096 };

#define ESC '\x1b'
#define BEL '\a'
#define CANCEL '\x18'
#define SUBSTITUTE '\x1a'

static bool in_range(char c, unsigned first, unsigned last)
{
    unsigned char byte = (unsigned char)c;
    return byte >= first && byte <= last;
}

/* ECMA-48 control sequence: parameters, intermediates, one final byte. A byte that cannot belong to it ends it. Returns
 * its length, introducer included. */
static size_t csi_length(ff_slice s)
{
    size_t at = 2;
    while (at < s.len && at < CSI_MAX && in_range(s.ptr[at], 0x20, 0x3F))
        at++;
    if (at == CSI_MAX || at == s.len)
        return 2;
    return in_range(s.ptr[at], 0x40, 0x7E) ? at + 1 : at;
}

/* A string up to ST (ESC \), for OSC also BEL. CAN and SUB break it off; any other ESC begins the next sequence. */
static size_t string_length(ff_slice s)
{
    bool osc = s.ptr[1] == ']';
    for (size_t at = 2; at < s.len && at < STRING_MAX; at++) {
        char c = s.ptr[at];
        if ((c == BEL && osc) || c == CANCEL || c == SUBSTITUTE)
            return at + 1;
        if (c == ESC)
            return at + 1 < s.len && s.ptr[at + 1] == '\\' ? at + 2 : at;
    }
    return 2;
}

/* ESC, intermediates, one final byte: `ESC ( B` selects a character set. */
static size_t escape_length(ff_slice s)
{
    size_t at = 1;
    while (at < s.len && at < CSI_MAX && in_range(s.ptr[at], 0x20, 0x2F))
        at++;
    if (at == CSI_MAX || at == s.len)
        return 1;
    return in_range(s.ptr[at], 0x30, 0x7E) ? at + 1 : 1;
}

static size_t sequence_length(ff_slice s)
{
    switch (s.len > 1 ? s.ptr[1] : '\0') {
    case '[': return csi_length(s);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_': return string_length(s);
    default: return escape_length(s);
    }
}

/* Appends to `scratch` what stands between the sequences; returns how much. With `scratch` NULL it only counts. */
static size_t copy_plain(ff_slice text, char *scratch)
{
    size_t kept = 0;
    while (text.len) {
        size_t plain = ff_slice_find_byte(text, ESC);
        ff_slice piece = ff_slice_cut(text, plain);
        if (scratch && piece.len)
            memcpy(scratch + kept, piece.ptr, piece.len);
        kept += piece.len;
        text = ff_slice_from(text, piece.len);
        if (text.len)
            text = ff_slice_from(text, sequence_length(text));
    }
    return kept;
}

ff_slice ff_terminal_plain(ff_slice text, char *scratch)
{
    if (ff_slice_find_byte(text, ESC) == SIZE_MAX)
        return text;
    return (ff_slice){scratch, copy_plain(text, scratch)};
}

static size_t last_cr(ff_slice s)
{
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != '\r')
        at--;
    return at;
}

ff_slice ff_terminal_last_part(ff_slice line)
{
    if (ff_slice_find_byte(line, '\r') == SIZE_MAX)
        return line;
    for (;;) {
        size_t from = last_cr(line);
        ff_slice part = ff_slice_from(line, from);
        /* Blanks over blanks wipe the line too, but tools that pad with them write the next part at once. */
        if (from == 0 || copy_plain(part, NULL) > 0)
            return from == 0 ? line : part;
        if (ff_slice_find(part, FF_LIT("\x1b[")) != SIZE_MAX && ff_slice_find_byte(part, 'K') != SIZE_MAX)
            return (ff_slice){0};
        line = ff_slice_cut(line, from - 1);
    }
}
