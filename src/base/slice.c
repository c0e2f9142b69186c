#include "base/slice.h"

#include <limits.h>

static char fold(char c)
{
    return (c >= 'A' && c <= 'Z') ? (char)(c + ('a' - 'A')) : c;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

int ff_slice_int_len(ff_slice s)
{
    return s.len > INT_MAX ? INT_MAX : (int)s.len;
}

ff_slice ff_slice_of(const char *text)
{
    return text ? (ff_slice){text, strlen(text)} : (ff_slice){0};
}

bool ff_slice_eq(ff_slice a, ff_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool ff_slice_eq_nocase(ff_slice a, ff_slice b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (fold(a.ptr[i]) != fold(b.ptr[i]))
            return false;
    return true;
}

int ff_slice_cmp(ff_slice a, ff_slice b)
{
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.ptr, b.ptr, shared) : 0;
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes a run of digits without the zeros before it, whatever its length. */
static ff_slice take_digits(ff_slice *text)
{
    size_t end = 0, zeros = 0;
    while (end < text->len && is_digit(text->ptr[end]))
        end++;
    while (zeros + 1 < end && text->ptr[zeros] == '0')
        zeros++;
    ff_slice digits = ff_slice_from(ff_slice_cut(*text, end), zeros);
    *text = ff_slice_from(*text, end);
    return digits;
}

int ff_slice_cmp_natural(ff_slice a, ff_slice b)
{
    ff_slice x = a, y = b;
    while (x.len && y.len) {
        if (is_digit(*x.ptr) && is_digit(*y.ptr)) {
            ff_slice left = take_digits(&x), right = take_digits(&y);
            int order = left.len != right.len ? (left.len < right.len ? -1 : 1) : ff_slice_cmp(left, right);
            if (order)
                return order;
        } else if (*x.ptr != *y.ptr) {
            return (unsigned char)*x.ptr < (unsigned char)*y.ptr ? -1 : 1;
        } else {
            x = ff_slice_from(x, 1);
            y = ff_slice_from(y, 1);
        }
    }
    if (x.len != y.len)
        return x.len < y.len ? -1 : 1;
    return ff_slice_cmp(a, b); /* `01` and `1` are not the same */
}

bool ff_slice_starts(ff_slice s, ff_slice prefix)
{
    return s.len >= prefix.len && ff_slice_eq((ff_slice){s.ptr, prefix.len}, prefix);
}

bool ff_slice_ends(ff_slice s, ff_slice suffix)
{
    return s.len >= suffix.len && ff_slice_eq(ff_slice_from(s, s.len - suffix.len), suffix);
}

size_t ff_slice_find_byte(ff_slice s, char byte)
{
    const char *hit = s.len ? memchr(s.ptr, byte, s.len) : NULL;
    return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

size_t ff_slice_find(ff_slice s, ff_slice needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t at = 0; at + needle.len <= s.len; at++) {
        const char *hit = memchr(s.ptr + at, needle.ptr[0], s.len - needle.len - at + 1);
        if (!hit)
            break;
        at = (size_t)(hit - s.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0)
            return at;
    }
    return SIZE_MAX;
}

size_t ff_slice_find_nocase(ff_slice s, ff_slice needle)
{
    if (needle.len == 0)
        return 0;
    for (size_t at = 0; at + needle.len <= s.len; at++)
        if (ff_slice_eq_nocase((ff_slice){s.ptr + at, needle.len}, needle))
            return at;
    return SIZE_MAX;
}

ff_slice ff_slice_from(ff_slice s, size_t from)
{
    return from >= s.len ? (ff_slice){0} : (ff_slice){s.ptr + from, s.len - from};
}

ff_slice ff_slice_cut(ff_slice s, size_t max)
{
    return (ff_slice){s.ptr, s.len < max ? s.len : max};
}

ff_slice ff_slice_without_cr(ff_slice line)
{
    return ff_slice_ends(line, FF_LIT("\r")) ? ff_slice_cut(line, line.len - 1) : line;
}

ff_slice ff_slice_behind_last(ff_slice s, char byte)
{
    size_t from = s.len;
    while (from && s.ptr[from - 1] != byte)
        from--;
    return ff_slice_from(s, from);
}

ff_slice ff_slice_before_last(ff_slice s, char byte)
{
    size_t behind = ff_slice_behind_last(s, byte).len;
    return ff_slice_cut(s, behind < s.len ? s.len - behind - 1 : 0);
}

ff_slice ff_slice_trim_end(ff_slice s)
{
    while (s.len && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

ff_slice ff_slice_trim(ff_slice s)
{
    while (s.len && is_space(s.ptr[0]))
        s = ff_slice_from(s, 1);
    return ff_slice_trim_end(s);
}

bool ff_slice_take_prefix(ff_slice *s, ff_slice prefix)
{
    if (!ff_slice_starts(*s, prefix))
        return false;
    *s = ff_slice_from(*s, prefix.len);
    return true;
}

bool ff_slice_take_until(ff_slice *s, char delimiter, ff_slice *part)
{
    if (s->len == 0)
        return false;
    size_t at = ff_slice_find_byte(*s, delimiter);
    *part = ff_slice_cut(*s, at);
    *s = at == SIZE_MAX ? (ff_slice){0} : ff_slice_from(*s, at + 1);
    return true;
}

bool ff_slice_take_uint(ff_slice *s, uint64_t *value)
{
    uint64_t sum = 0;
    size_t used = 0;
    for (; used < s->len && s->ptr[used] >= '0' && s->ptr[used] <= '9'; used++) {
        uint64_t digit = (uint64_t)(s->ptr[used] - '0');
        if (sum > (UINT64_MAX - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    if (used == 0)
        return false;
    *value = sum;
    *s = ff_slice_from(*s, used);
    return true;
}

bool ff_slice_to_uint(ff_slice s, uint64_t *value)
{
    uint64_t number;
    if (!ff_slice_take_uint(&s, &number) || s.len != 0)
        return false;
    *value = number;
    return true;
}

bool ff_slice_glob(ff_slice pattern, ff_slice text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;
    while (t < text.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.len && (pattern.ptr[p] == '?' || pattern.ptr[p] == text.ptr[t])) {
            p++, t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}
