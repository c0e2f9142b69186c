#include "base/terminal.h"

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

/* A colour in caret notation, as `cat -v` prints it: `^[[31m`. Only this much of it: what else starts with `^[` may be
 * a regular expression. Returns 0 if it is none. */
static size_t caret_length(ff_slice s)
{
    size_t at = FF_LIT("^[[").len;
    if (!ff_slice_starts(s, FF_LIT("^[[")))
        return ff_slice_starts(s, FF_LIT("^[(B")) ? FF_LIT("^[(B").len : 0;
    while (at < s.len && at < CSI_MAX && (in_range(s.ptr[at], '0', '9') || s.ptr[at] == ';'))
        at++;
    return at < s.len && s.ptr[at] && strchr("mKGAB", s.ptr[at]) && (at > 3 || strchr("mK", s.ptr[at])) ? at + 1 : 0;
}

/* Where the next sequence starts (SIZE_MAX: none) and how long it is. */
static size_t find_sequence(ff_slice text, size_t *len)
{
    size_t escape = ff_slice_find_byte(text, ESC);
    ff_slice before = ff_slice_cut(text, escape);
    for (size_t at = 0, caret; (caret = ff_slice_find_byte(ff_slice_from(before, at), '^')) != SIZE_MAX; at++) {
        at += caret;
        *len = caret_length(ff_slice_from(before, at));
        if (*len)
            return at;
    }
    *len = escape == SIZE_MAX ? 0 : sequence_length(ff_slice_from(text, escape));
    return escape;
}

/* Copies what stands between the sequences to `scratch`; returns how much. With `scratch` NULL it only counts. */
static size_t copy_plain(ff_slice text, char *scratch)
{
    size_t kept = 0, len;
    while (text.len) {
        size_t at = find_sequence(text, &len);
        ff_slice piece = ff_slice_cut(text, at);
        if (scratch && piece.len)
            memcpy(scratch + kept, piece.ptr, piece.len);
        kept += piece.len;
        text = ff_slice_from(text, piece.len + len);
    }
    return kept;
}

ff_slice ff_terminal_plain(ff_slice text, char *scratch)
{
    size_t len;
    if (find_sequence(text, &len) == SIZE_MAX)
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
