/* The same sentence on a page of Markdown and on one of HTML: what the program itself says, and what it quotes.
 *
 *     ff_pen pen = {.out = &buf, .html = true, .now = digest->made_at};
 *     ff_pen_say(&pen, "the job ");
 *     ff_pen_name(&pen, job->name);
 *     if (ff_pen_begin_link(&pen, run->url)) ...
 *
 * Quoted text is inert in both: code in Markdown (report/inert.h), escaped in HTML (escape.h). All of it is cut, so
 * that a sentence has a bound whatever a workflow is called.
 */
#ifndef FF_DIGEST_PEN_H
#define FF_DIGEST_PEN_H

#include "base/buf.h"

#include <stdint.h>

typedef struct ff_pen {
    ff_buf *out; /* borrowed */
    bool html;
    bool in_cell; /* of a Markdown table */
    int64_t now;  /* when the page was made: dates of the same year go without it */
} ff_pen;

/* How many bytes are shown of a name, and of a sentence. */
enum { FF_PEN_NAME_BYTES = 80, FF_PEN_PROSE_BYTES = 600 };

/* The program's own words, which mean nothing in either language. */
void ff_pen_say(const ff_pen *pen, const char *words);

/* `21,000`; and `1 run`, `21,000 runs`. */
void ff_pen_number(const ff_pen *pen, uint64_t number);
void ff_pen_count(const ff_pen *pen, uint64_t count, const char *one, const char *several);

/* ` and 3 more` if fewer than `count` were `shown`. */
void ff_pen_more(const ff_pen *pen, size_t count, size_t shown);

/* A name or a piece of one, as code; cut at FF_PEN_NAME_BYTES, or at `max`, with `…`. */
void ff_pen_name(const ff_pen *pen, ff_slice text);
void ff_pen_quote(const ff_pen *pen, ff_slice text, size_t max);

/* A sentence that may hold quoted words; its lines are joined. Cut at FF_PEN_PROSE_BYTES, or at `max`. */
void ff_pen_prose(const ff_pen *pen, ff_slice text);
void ff_pen_title(const ff_pen *pen, ff_slice text, size_t max);

/* Strong text between the two. */
void ff_pen_begin_strong(const ff_pen *pen);
void ff_pen_end_strong(const ff_pen *pen);

/* A link to `url` around what is said until the end. False, with nothing said, unless it is an address; then there is
 * nothing to end. */
bool ff_pen_begin_link(const ff_pen *pen, ff_slice url);
void ff_pen_end_link(const ff_pen *pen, ff_slice url);

/* `27 Nov`, `27 Nov 03:12`; with the year where it is not that of the page; `a time that is not known` for none.
 * UTC, which the page says once. */
void ff_pen_day(const ff_pen *pen, int64_t time);
void ff_pen_minute(const ff_pen *pen, int64_t time);

#endif
