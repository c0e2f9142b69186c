/* Text as written, for a reader: a command, or the construct that swallows a failure. */
#include "repo/shell_judge.h"

#include "base/limits.h"

/* Of a construct no more than this is looked at. */
enum { CONSTRUCT_BYTES = 1024 };

typedef struct copy {
    char *bytes;
    size_t len;
} copy;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Where the first line continuation at or behind `from` stands. */
static size_t first_join(const ff_shell_joins *joins, size_t from)
{
    size_t low = 0, high = joins->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (joins->items[middle] < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t first_mark(const ff_shell_text *text, size_t from)
{
    size_t low = 0, high = text->marks.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->marks.items[middle].at <= from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Goes on behind what joins two lines, with one blank if any stood around it. */
static size_t join_lines(copy *to, ff_slice bytes, size_t at)
{
    size_t len = to->len, from = at;
    while (to->len && is_blank(to->bytes[to->len - 1]))
        to->len--;
    while (at < bytes.len && is_blank(bytes.ptr[at]))
        at++;
    if (to->len && (to->len < len || at > from))
        to->bytes[to->len++] = ' ';
    return at;
}

/* Lines are joined where a continuation stands, and where one stood before quotes were removed from around the text:
 * there a line begins without a newline. */
static void copy_joined(copy *to, const ff_shell_text *text, size_t from, size_t end)
{
    size_t join = first_join(&text->joins, from), mark = first_mark(text, from);
    ff_slice bytes = ff_slice_cut(text->bytes, end);
    for (size_t at = from; at < end;) {
        while (join < text->joins.count && text->joins.items[join] < at)
            join++;
        while (mark < text->marks.count && text->marks.items[mark].at < at)
            mark++;
        bool marked = mark < text->marks.count && text->marks.items[mark].at == at;
        if (join < text->joins.count && text->joins.items[join] == at) {
            at = join_lines(to, bytes, at + 2);
        } else if (marked && at > from && bytes.ptr[at - 1] != '\n') {
            mark++;
            at = join_lines(to, bytes, at);
        } else
            to->bytes[to->len++] = bytes.ptr[at++];
    }
}

static bool is_as_written(const ff_shell_text *text, size_t from, size_t to)
{
    size_t join = first_join(&text->joins, from);
    if (join < text->joins.count && text->joins.items[join] < to)
        return false;
    for (size_t mark = first_mark(text, from); mark < text->marks.count && text->marks.items[mark].at < to; mark++)
        if (text->bytes.ptr[text->marks.items[mark].at - 1] != '\n')
            return false;
    return true;
}

ff_slice ff_shell_shown(const ff_shell_text *text, size_t from, size_t to, ff_arena *arena)
{
    if (to > text->bytes.len)
        to = text->bytes.len;
    if (from >= to)
        return (ff_slice){0};
    if (is_as_written(text, from, to))
        return (ff_slice){text->bytes.ptr + from, to - from};
    copy copied = {.bytes = ff_arena_alloc(arena, to - from + 1)};
    if (!copied.bytes)
        return (ff_slice){0};
    copy_joined(&copied, text, from, to);
    return (ff_slice){copied.bytes, copied.len};
}

static ff_slice cut_between_code_points(ff_slice text, size_t max)
{
    while (max && (text.ptr[max] & 0xC0) == 0x80)
        max--;
    return ff_slice_cut(text, max);
}

/* Newlines and the indentation behind them become one blank; no more than the bound and a byte, which tells that there
 * was more. */
static copy join_all(ff_slice text, ff_arena *arena)
{
    copy line = {.bytes = ff_arena_alloc(arena, FF_LIMIT_KEPT_LINE_BYTES + 1)};
    for (size_t at = 0; line.bytes && at < text.len && line.len <= FF_LIMIT_KEPT_LINE_BYTES;) {
        if (text.ptr[at] != '\n') {
            line.bytes[line.len++] = text.ptr[at++];
            continue;
        }
        while (at < text.len && (text.ptr[at] == '\n' || is_blank(text.ptr[at])))
            at++;
        line.bytes[line.len++] = ' ';
    }
    return line;
}

ff_slice ff_shell_one_line(const ff_shell_text *text, size_t from, size_t to, ff_arena *arena)
{
    static const ff_slice more = FF_TEXT("…");
    if (to > from + CONSTRUCT_BYTES)
        to = from + CONSTRUCT_BYTES;
    ff_slice shown = ff_slice_trim(ff_shell_shown(text, from, to, arena));
    if (shown.len <= FF_LIMIT_KEPT_LINE_BYTES && ff_slice_find_byte(shown, '\n') == SIZE_MAX)
        return shown;
    copy line = join_all(shown, arena);
    ff_slice one = {line.bytes, line.len};
    if (one.len > FF_LIMIT_KEPT_LINE_BYTES) {
        one = cut_between_code_points(one, FF_LIMIT_KEPT_LINE_BYTES - more.len);
        memcpy(line.bytes + one.len, more.ptr, more.len);
        one.len += more.len;
    }
    return one;
}
