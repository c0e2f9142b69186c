/* How a failing step ended: the last lines that it printed, and for one that was cut off how long it had been silent.
 * Shown where the first fault is not known, because a person reads there first.
 *
 *     ff_ending_add(&block, &story, 3);          file name, line numbers, lines
 *     ff_ending_say_silence(&story, &voice);     line 11, `waiting`, then silent for 18 min 3 s
 *
 * The lines come from the report's excerpt: with a short one there may be none.
 */
#ifndef FF_REPORT_ENDING_H
#define FF_REPORT_ENDING_H

#include "report/story.h"

/* The most lines that ff_ending_add takes for `max`. */
enum { FF_ENDING_ROWS = 8 };

/* Appends the last lines before the runner's own words, at most `max`, in the form of an exhibit, without those
 * that what the step showed holds; in front of them the line that stands for a failure no rule knows. False, with
 * nothing appended, if none is left. */
bool ff_ending_add(ff_buf *out, const ff_story *story, uint32_t max);

/* For a step that was cancelled or ran out of time: its last output and how long it was silent then. False, and nothing
 * said, for other steps or without lines. */
bool ff_ending_say_silence(const ff_story *story, const ff_voice *voice);

#endif
