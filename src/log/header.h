/* The block with which the runner opens a step: `##[group]Run …`, the script echoed, `shell:`, `with:`, `env:`,
 * `##[endgroup]`. Nothing in it was printed by a program.
 *
 *     ff_header_survey survey = ff_header_look(&front, ahead, gh, stamps);
 *     if (survey.genuine)
 *         ff_header_open(&header, survey.closes, stamps);
 *     ...
 *     if (ff_header_holds(&header, &front)) kind = FF_LINE_SCRIPT;
 *
 * A script may hold any text, markers too; a tool may print a group of its own that is called `Run …`; a text cut out
 * by hand may lack the end. So the look ahead decides what is a header, and, where no end is in sight, each line must
 * look like part of one.
 */
#ifndef FF_LOG_HEADER_H
#define FF_LOG_HEADER_H

#include "log/front.h"

typedef struct ff_header {
    bool open;
    bool closes; /* its end is in sight: everything up to there belongs to it */
    bool stamps; /* lines of this text have stamps, so one without continues the line above */
    bool keys;   /* `shell:`, `with:` or `env:` was seen: the script proper is over */
    bool echoed; /* the script comes in the colour of the echo */
    uint32_t lines;
} ff_header;

typedef struct ff_header_survey {
    bool genuine; /* the runner's own header, not a group of that name that a program printed */
    bool closes;
    bool scripted;  /* a `run:` step; else an action */
    ff_slice title; /* `Run make test` */
    ff_slice shell; /* what stands behind `shell: `; empty if not seen */
} ff_header_survey;

/* True if the line can open a step: a group called `Run …`. */
bool ff_header_starts(const ff_front *front);

/* Looks at what follows such a line. Slices borrow from `front` and `ahead`. */
ff_header_survey ff_header_look(const ff_front *front, ff_slice ahead, bool gh, bool stamps);

/* A header begins at the line that ff_header_look was asked about. */
void ff_header_open(ff_header *header, bool closes, bool stamps);

/* True if the line belongs to the open header; its `##[endgroup]` does, and closes it. */
bool ff_header_holds(ff_header *header, const ff_front *front);

#endif
