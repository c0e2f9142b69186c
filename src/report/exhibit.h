/* The lines that a diagnosis stands on, as a reader wants them: file, line numbers, a loop as its first and last line.
 *
 *     deploy-backend/6_Post-deployment health check.txt
 *      38  Health check attempt 1/20 (HTTP 500)...
 *          … 18 more, every 5 s …
 *      57  ✗ Backend health check failed after 20 attempts (HTTP 500)
 */
#ifndef FF_REPORT_EXHIBIT_H
#define FF_REPORT_EXHIBIT_H

#include "base/buf.h"
#include "diagnose/diagnosis.h"

/* The most rows that ff_exhibit_add takes for `max`. */
enum { FF_EXHIBIT_ROWS = 16 };

/* Appends at most `max` lines of the log (3 to FF_EXHIBIT_ROWS), safe to show, a newline behind each. Between them
 * stand the file names and what was left out. Nothing if the diagnosis has no line of a log. */
void ff_exhibit_add(ff_buf *out, const ff_diagnosis *diagnosis, uint32_t max);

/* Appends these lines in the same form, at most FF_EXHIBIT_ROWS, in log order. */
void ff_exhibit_add_lines(ff_buf *out, const ff_kept_line *const *lines, uint32_t count);

#endif
