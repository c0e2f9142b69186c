/* Bytes into lines: the text of every job of a run, one line after the other.
 *
 * An ff_log pulls streams from a source and hands out lines that are clean (no byte order mark, time stamp, terminal
 * sequence, `##[…]` marker or gh prefix), classified, and placed in a job and step. Whole-job text is split into the
 * steps that the archive would have as files. On the way it fills in the run: steps of plain text, first and last
 * lines, times, what each step shows of its outcome (ff_step_signs), and the run facts that a log states.
 *
 *     ff_log *log = NULL;
 *     ff_log_open(&log, source, run, &error);
 *     while ((status = ff_log_next(log, &line, &error)) == FF_OK)
 *         printf("%.*s\n", FF_ARG(line.text));
 *     ff_log_close(log);
 *
 * Memory: one window of FF_LIMIT_READ_BYTES and two ends of a line, whatever the input. A lone CR does not end a line.
 * The format is described in docs/log-format.md, gathered from GitHub's runner and real archives.
 */
#ifndef FF_LOG_LOG_H
#define FF_LOG_LOG_H

#include "log/line.h"
#include "source/source.h"

typedef struct ff_log ff_log;

/* `source` and `run` are borrowed and must outlive the log. FF_OK or FF_NOMEM. */
ff_status ff_log_open(ff_log **log, ff_source *source, ff_run *run, ff_error *error);

/* The next line of the run. FF_OK, FF_END after the last, or an error of the source. The line and its text are valid
 * until the next call. */
ff_status ff_log_next(ff_log *log, ff_line *line, ff_error *error);

void ff_log_close(ff_log *log); /* NULL is fine */

#endif
