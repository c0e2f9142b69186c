#include "log/window.h"

#include "base/limits.h"

#include <assert.h>
#include <stdlib.h>

/* The current line, a full look ahead and one piece that is being read fit in side by side. */
#define WINDOW_BYTES (4 * FF_LIMIT_READ_BYTES)

static const ff_slice MARK = FF_TEXT("\xE2\x80\xA6");

ff_status ff_window_init(ff_window *window)
{
    window->bytes = malloc(WINDOW_BYTES);
    window->ends = malloc(2 * FF_LIMIT_LINE_BYTES + MARK.len);
    return window->bytes && window->ends ? FF_OK : FF_NOMEM;
}

void ff_window_release(ff_window *window)
{
    free(window->bytes);
    free(window->ends);
    *window = (ff_window){0};
}

void ff_window_open(ff_window *window, ff_reader reader)
{
    *window = (ff_window){.reader = reader, .bytes = window->bytes, .ends = window->ends};
}

/* Moves what stands from `from` on to the front; the current line moves along if it stands there. */
static void move_down(ff_window *window, size_t from)
{
    if (from == 0)
        return;
    memmove(window->bytes, window->bytes + from, window->end - from);
    window->start -= from;
    window->end -= from;
}

/* Reads one piece behind `end`, where there must be room. */
static ff_status read_piece(ff_window *window, ff_error *error)
{
    assert(WINDOW_BYTES - window->end >= FF_LIMIT_READ_BYTES);
    size_t got = 0;
    ff_status status =
        window->reader.read(window->reader.self, window->bytes + window->end, FF_LIMIT_READ_BYTES, &got, error);
    if (status != FF_OK)
        window->ended = true;
    else
        window->end += got;
    return status == FF_END ? FF_OK : status;
}

/* True if what was read of the stream has lines that end with CR alone. A progress bar has some CRs too, but an LF
 * before long. */
static bool has_cr_ends(const ff_window *window)
{
    enum { CRS = 64 };
    size_t crs = 0;
    for (size_t i = window->start + 1; i < window->end; i++)
        crs += window->bytes[i] == '\r' && window->bytes[i - 1] != '\r';
    return crs >= CRS;
}

/* The end of the line in `text`, or NULL: an LF, or while CR ends lines whichever of both comes first. */
static const char *find_end(const ff_window *window, const char *text, size_t len)
{
    const char *lf = memchr(text, '\n', len);
    const char *cr = window->cr_ends ? memchr(text, '\r', lf ? (size_t)(lf - text) : len) : NULL;
    return cr ? cr : lf;
}

/* Hands out the bytes up to `line_end`; `next` is where the following line starts. */
static void take_line(ff_window *window, size_t line_end, size_t next)
{
    ff_slice whole = ff_slice_without_cr((ff_slice){window->bytes + window->start, line_end - window->start});
    window->cut = whole.len > 2 * FF_LIMIT_LINE_BYTES;
    if (window->cut) {
        memcpy(window->ends, whole.ptr, FF_LIMIT_LINE_BYTES);
        memcpy(window->ends + FF_LIMIT_LINE_BYTES, MARK.ptr, MARK.len);
        memcpy(window->ends + FF_LIMIT_LINE_BYTES + MARK.len, whole.ptr + (whole.len - FF_LIMIT_LINE_BYTES),
               FF_LIMIT_LINE_BYTES);
        whole = (ff_slice){window->ends, 2 * FF_LIMIT_LINE_BYTES + MARK.len};
    }
    window->line = whole;
    window->start = next;
    window->number++;
}

/* A line that outgrows the window: keeps its head aside, then only its last bytes, until its end comes by. */
static ff_status skim_line(ff_window *window, ff_error *error)
{
    memcpy(window->ends, window->bytes + window->start, FF_LIMIT_LINE_BYTES);
    memcpy(window->ends + FF_LIMIT_LINE_BYTES, MARK.ptr, MARK.len);
    size_t line_end, next;
    for (;;) {
        /* One byte more than the tail, for a CR that turns out to belong to the end of the line. */
        window->start = window->end - (FF_LIMIT_LINE_BYTES + 1);
        move_down(window, window->start);
        size_t seen = window->end;
        ff_status status = window->ended ? FF_OK : read_piece(window, error);
        if (status != FF_OK)
            return status;
        const char *lf = find_end(window, window->bytes + seen, window->end - seen);
        line_end = lf ? (size_t)(lf - window->bytes) : window->end;
        next = lf ? line_end + 1 : line_end;
        if (lf)
            window->cr_ends = window->cr_ends && *lf == '\r';
        if (lf || window->ended)
            break;
    }
    ff_slice tail = ff_slice_without_cr((ff_slice){window->bytes, line_end});
    memcpy(window->ends + FF_LIMIT_LINE_BYTES + MARK.len, tail.ptr + (tail.len - FF_LIMIT_LINE_BYTES),
           FF_LIMIT_LINE_BYTES);
    window->line = (ff_slice){window->ends, 2 * FF_LIMIT_LINE_BYTES + MARK.len};
    window->cut = true;
    window->start = next;
    window->number++;
    return FF_OK;
}

ff_status ff_window_next(ff_window *window, ff_error *error)
{
    size_t seen = window->start;
    for (;;) {
        const char *lf = find_end(window, window->bytes + seen, window->end - seen);
        if (lf) {
            size_t at = (size_t)(lf - window->bytes);
            window->cr_ends = window->cr_ends && *lf == '\r';
            take_line(window, at, at + 1);
            return FF_OK;
        }
        bool first = window->number == 0 && !window->cr_ends;
        if (first && (window->ended || window->end > FF_LIMIT_READ_BYTES) && has_cr_ends(window)) {
            window->cr_ends = true;
            seen = window->start;
            continue;
        }
        if (window->ended) {
            if (window->start == window->end)
                return FF_END;
            take_line(window, window->end, window->end);
            return FF_OK;
        }
        if (window->end - window->start > 2 * FF_LIMIT_READ_BYTES)
            return skim_line(window, error);
        if (WINDOW_BYTES - window->end < FF_LIMIT_READ_BYTES)
            move_down(window, window->start);
        seen = window->end;
        ff_status status = read_piece(window, error);
        if (status != FF_OK)
            return status;
    }
}

ff_status ff_window_ahead(ff_window *window, ff_slice *bytes, ff_error *error)
{
    bool inside = window->line.ptr && window->line.ptr != window->ends;
    size_t line_at = inside ? (size_t)(window->line.ptr - window->bytes) : window->start;
    while (!window->ended && window->end - window->start < FF_LIMIT_READ_BYTES) {
        if (WINDOW_BYTES - window->end < FF_LIMIT_READ_BYTES) {
            move_down(window, line_at);
            line_at = 0;
        }
        ff_status status = read_piece(window, error);
        if (inside)
            window->line.ptr = window->bytes + line_at;
        if (status != FF_OK)
            return status;
    }
    *bytes = (ff_slice){window->bytes + window->start, window->end - window->start};
    return FF_OK;
}
