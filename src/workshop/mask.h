/* A line of a log as the pattern of a rule: what differs from run to run becomes a class of characters, what names
 * something becomes a capture, the rest stays as it is.
 *
 *     ff_mask mask;
 *     ff_mask_init(&mask);
 *     ff_mask_line(&mask, FF_LIT("lib/a.py:12: cannot open 'x' (3 tries)"));
 *     // pattern: ^(?<file>[^\s:]+):(?<line>\d+): cannot open '(?<name>[^']{1,200})' \(\d+ tries\)
 *     // title:   ${file}:${line}: cannot open '${name}' (# tries)
 *     // variant: other/file.py:23: cannot open 'other' (4 tries)
 *     ff_mask_release(&mask);
 */
#ifndef FF_WORKSHOP_MASK_H
#define FF_WORKSHOP_MASK_H

#include "base/buf.h"

typedef struct ff_mask {
    ff_buf pattern; /* PCRE2, anchored at the start of the line */
    ff_buf title;   /* with `${capture}`, `#` for numbers */
    ff_buf variant; /* another line that the pattern matches, as another run could print it */
    ff_buf slug;    /* a few of its words, for an id */
    uint32_t names; /* captures given so far */
    bool has_file;
} ff_mask;

/* Starts and ends a mask. */
void ff_mask_init(ff_mask *mask);
void ff_mask_release(ff_mask *mask);

/* Masks one line of valid UTF-8. The buffers say how it went. */
void ff_mask_line(ff_mask *mask, ff_slice line);

#endif
