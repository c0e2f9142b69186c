/* What a terminal would show of a line: no control sequences, and nothing that a later part of the line overwrote.
 *
 *     ff_slice shown = ff_terminal_plain(ff_terminal_last_part(line), scratch);
 *
 * Dropped are colours and erasures even in caret notation (`^[[31m`), CSI, OSC, DCS, SOS, PM and APC sequences,
 * character-set selections and single escapes. A sequence that does not end within a bound is no sequence: only its
 * introducer is dropped, so that nobody can hide text behind one.
 */
#ifndef FF_BASE_TERMINAL_H
#define FF_BASE_TERMINAL_H

#include "base/slice.h"

/* The part of `line` that a terminal would leave: of parts separated by lone CRs, the last one that shows anything, or
 * nothing if that one erases the line. Control sequences stay. Borrowed from `line`. */
ff_slice ff_terminal_last_part(ff_slice line);

/* `text` without control sequences: `text` itself if it has none, else a copy in `scratch`, which must hold text.len
 * bytes. */
ff_slice ff_terminal_plain(ff_slice text, char *scratch);

#endif
