/* Bytes into physical lines, in bounded memory: whatever a stream holds, a window keeps a few pieces of it.
 *
 *     ff_window window = {0};
 *     if (ff_window_init(&window) == FF_OK) {
 *         ff_window_open(&window, stream.reader);
 *         while (ff_window_next(&window, &error) == FF_OK)
 *             use(window.line, window.number);
 *     }
 *     ff_window_release(&window);
 *
 * LF ends a line; a CR before it is dropped; any other byte is text. A stream that begins with many CRs and
 * no LF has the line ends of old systems: there CR ends a line too, and `cr_ends` is set, until the first LF comes. Of
 * a line longer than 2 * FF_LIMIT_LINE_BYTES both ends are kept, joined by `…`, and `cut` is set.
 */
#ifndef FF_LOG_WINDOW_H
#define FF_LOG_WINDOW_H

#include "base/reader.h"

typedef struct ff_window {
    ff_slice line;   /* the line last read, without its end; borrowed until the next call */
    uint64_t number; /* of that line, from 1 */
    bool cut;
    bool cr_ends; /* of the whole stream */
    /* private */
    ff_reader reader;
    char *bytes;       /* owned */
    char *ends;        /* owned: head, mark and tail of a long line */
    size_t start, end; /* what is not yet handed out */
    bool ended;
} ff_window;

/* Allocates. FF_OK or FF_NOMEM. A zeroed window may be released. */
ff_status ff_window_init(ff_window *window);
void ff_window_release(ff_window *window);

/* Begins with a new stream, keeping the memory. */
void ff_window_open(ff_window *window, ff_reader reader);

/* Reads the next line into `line`, `number` and `cut`. FF_OK, FF_END, or an error of the reader (which ends the
 * stream). */
ff_status ff_window_next(ff_window *window, ff_error *error);

/* Shows in `bytes` what follows the current line: FF_LIMIT_READ_BYTES at least, unless the stream ends before. The
 * current line may move: read `line` again. FF_OK or an error of the reader. */
ff_status ff_window_ahead(ff_window *window, ff_slice *bytes, ff_error *error);

#endif
