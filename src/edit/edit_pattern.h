/* Lines of a script that a pattern finds: what it matches is replaced, or a line is put above them. */
#ifndef FF_EDIT_PATTERN_H
#define FF_EDIT_PATTERN_H

#include "edit/edit_script.h"
#include "match/regex.h"

/* A compiled pattern, with the time that is left for it. */
typedef struct ff_edit_pattern {
    ff_regex *regex;
    ff_regex_work *work;
    ff_span *spans;
    ff_meter meter;
    bool failed; /* it took too long, or too much memory: no further line is tried */
} ff_edit_pattern;

/* Lines, without blanks at their ends, sorted once they are all there. */
typedef struct ff_edit_lines {
    ff_slice *items;
    size_t count, cap;
} ff_edit_lines;

/* Compiles; numbered references to groups are not understood, named ones are. FF_OK; FF_INVALID; FF_NOMEM. */
ff_status ff_edit_pattern_open(ff_edit_pattern *pattern, ff_slice text, ff_arena *arena);
void ff_edit_pattern_close(ff_edit_pattern *pattern); /* a zeroed one is fine */

/* Adds the lines of the script that match. FF_OK or FF_NOMEM. */
ff_status ff_edit_pattern_collect(ff_edit_pattern *pattern, const ff_edit_script *script, ff_edit_lines *lines,
                                  ff_arena *arena);
void ff_edit_lines_sort(ff_edit_lines *lines);

/* In lines that match, the match becomes `text`. `only`: just in lines that are among these; NULL: in all. FF_OK or
 * FF_NOMEM. */
ff_status ff_edit_pattern_replace(ff_edit_pattern *pattern, ff_edit_script *script, ff_slice text,
                                  const ff_edit_lines *only);

/* Above lines that match, `text` is put with their indent, once a block, unless it stands
 * there. FF_OK or FF_NOMEM. */
ff_status ff_edit_pattern_insert(ff_edit_pattern *pattern, ff_edit_script *script, ff_slice text,
                                 const ff_edit_lines *only);

#endif
