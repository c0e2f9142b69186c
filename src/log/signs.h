/* What a step's text shows of its outcome: exit codes, cancellations, timeouts, a runner that went away, errors at the
 * end. A static table holds the phrases, of the GitHub runner and, for text without any of its marks, of other services
 * and build tools.
 *
 *     ff_signs signs;
 *     ff_signs_begin(&signs, plain);
 *     for each line of the step: ff_signs_line(&signs, &step->signs, &line);
 *     ff_signs_end(&signs, &step->signs);
 */
#ifndef FF_LOG_SIGNS_H
#define FF_LOG_SIGNS_H

#include "log/line.h"

typedef struct ff_signs {
    bool plain;    /* no mark of GitHub's was seen in this text */
    bool scripted; /* the step's last header was a script's: it says how it exited */
    bool weak;     /* a build tool's words for a failure, which count only near the end … */
    ff_place weak_at;
    int32_t weak_code;
    uint64_t since_weak; /* … so many lines before it */
} ff_signs;

/* Forgets the step before. `plain`: no mark of GitHub's was seen in this text so far. */
void ff_signs_begin(ff_signs *signs, bool plain);

/* Looks at one line. Set `scripted` and `plain` before, as headers and marks come. */
void ff_signs_line(ff_signs *signs, ff_step_signs *shown, const ff_line *line);

/* Draws the conclusions that need the end of the step. May be called again if the step goes on. */
void ff_signs_end(ff_signs *signs, ff_step_signs *shown);

#endif
