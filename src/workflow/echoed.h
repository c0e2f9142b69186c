/* The script of a step, as a workflow file has it and as the log echoes it: can they be the same?
 *
 * The runner puts in values for expressions (`${{ … }}`), which may have several lines, and writes `***` for every
 * secret; a log reader may have cut long lines (`…`). Blanks at the ends of lines and empty lines at both ends of a
 * script do not count.
 */
#ifndef FF_WORKFLOW_ECHOED_H
#define FF_WORKFLOW_ECHOED_H

#include "base/slice.h"

typedef enum ff_echoed {
    FF_ECHOED_UNSURE,  /* one of them is not known or is open to anything, or comparing them took too long */
    FF_ECHOED_SAME,    /* every line fits, and enough of them is fixed text */
    FF_ECHOED_DIFFERS, /* no value of the expressions makes them equal */
} ff_echoed;

/* Compares; `work` is what may be spent, in bytes, and becomes less. Linear where no expression has several lines. */
ff_echoed ff_echoed_compare(ff_slice script, ff_slice echo, size_t *work);

#endif
