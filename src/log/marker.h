/* The runner's markers at the start of a line: `##[error]text`, `[command]text`, `::error file=a,line=3::text`.
 *
 *     ff_marker marker = ff_marker_take(&text);
 *     if (marker.word != FF_MARKER_NONE)
 *         kind = marker.kind;
 */
#ifndef FF_LOG_MARKER_H
#define FF_LOG_MARKER_H

#include "log/line.h"

typedef enum ff_marker_word {
    FF_MARKER_NONE,
    FF_MARKER_GROUP, /* opens a group; the text is its title */
    FF_MARKER_ENDGROUP,
    FF_MARKER_START_ACTION, /* newer runners: an inner step of a composite action begins … */
    FF_MARKER_END_ACTION,   /* … and ends */
    FF_MARKER_OTHER,        /* says only what kind of line this is */
} ff_marker_word;

typedef struct ff_marker {
    ff_marker_word word;
    ff_line_kind kind; /* valid unless word is FF_MARKER_NONE */
} ff_marker;

/* Drops the markers that stand at the start of `text` and says what the first of them means. Parameters such as
 * `file=…` are dropped too. */
ff_marker ff_marker_take(ff_slice *text);

#endif
