/* A borrowed piece of text: pointer and length, no NUL at the end, any bytes inside.
 *
 * All text in firstfault is an ff_slice; NUL-terminated strings appear only where a library or the system asks for
 * them. A slice never owns: whoever made the bytes says how long they live. The empty slice may have a NULL pointer.
 */
#ifndef FF_BASE_SLICE_H
#define FF_BASE_SLICE_H

#include <firstfault/base.h>
#include <stdbool.h>
#include <string.h>

/* A slice of a string literal. */
#define FF_LIT(literal) ((ff_slice){"" literal, sizeof(literal) - 1})

/* The same as an initialiser, for static tables. */
#define FF_TEXT(literal)                \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }

/* For printf's %.*s; cuts at INT_MAX. */
#define FF_ARG(slice) ff_slice_int_len(slice), (slice).ptr ? (slice).ptr : ""

/* The length as an int, INT_MAX at most; a slice over a literal or other NUL-ended text. */
int ff_slice_int_len(ff_slice s);
ff_slice ff_slice_of(const char *text); /* NULL gives the empty slice */

/* Comparisons, byte by byte. */
bool ff_slice_eq(ff_slice a, ff_slice b);
bool ff_slice_eq_nocase(ff_slice a, ff_slice b);  /* ASCII case only */
int ff_slice_cmp(ff_slice a, ff_slice b);         /* byte order, shorter first; for qsort */
int ff_slice_cmp_natural(ff_slice a, ff_slice b); /* likewise, but digits count as the number that they are */
bool ff_slice_starts(ff_slice s, ff_slice prefix);
bool ff_slice_ends(ff_slice s, ff_slice suffix);

/* Offset of the first `needle` in `s`, or SIZE_MAX. An empty needle is found at 0. */
size_t ff_slice_find(ff_slice s, ff_slice needle);
size_t ff_slice_find_nocase(ff_slice s, ff_slice needle); /* ASCII case only */
size_t ff_slice_find_byte(ff_slice s, char byte);

/* The part from `from` on; offsets past the end give the empty slice. */
ff_slice ff_slice_from(ff_slice s, size_t from);
ff_slice ff_slice_cut(ff_slice s, size_t max); /* at most `max` bytes from the start */
ff_slice ff_slice_trim(ff_slice s);            /* ASCII white space at both ends */
ff_slice ff_slice_trim_end(ff_slice s);

ff_slice ff_slice_without_cr(ff_slice line); /* of a line that ends in CRLF, its LF gone already */

/* What stands behind the last `byte`, all of it if there is none: `c` of `a/b/c`. And what stands before that, nothing
 * if there is none: `a/b`. */
ff_slice ff_slice_behind_last(ff_slice s, char byte);
ff_slice ff_slice_before_last(ff_slice s, char byte);

/* If `s` starts with `prefix`, drops it and returns true. The building block of cursor parsing. */
bool ff_slice_take_prefix(ff_slice *s, ff_slice prefix);

/* Takes everything up to `delimiter` (which is dropped too) into `part`; the whole rest if there is none.
 * Returns false, and leaves everything alone, when `s` is empty. */
bool ff_slice_take_until(ff_slice *s, char delimiter, ff_slice *part);

/* Takes a run of decimal digits as an unsigned number. False, with `s` untouched, if there is none or it exceeds
 * UINT64_MAX. */
bool ff_slice_take_uint(ff_slice *s, uint64_t *value);

/* True if the whole slice is a decimal number within range. */
bool ff_slice_to_uint(ff_slice s, uint64_t *value);

/* Shell-like match of the whole text: `*` any run of bytes, `?` one byte. No brackets, no escapes; never
 * more than length times length steps. */
bool ff_slice_glob(ff_slice pattern, ff_slice text);

#endif
