/* Writers: one file a format, one row a format in the table of report.c. A writer sees a const ff_report and appends to
 * a buffer; it never fails by itself, the buffer's status tells.
 *
 *     ff_buf out;
 *     ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
 *     if (ff_report_render(report, "markdown", NULL, &out) == FF_OK) ...
 *
 * What a writer appends must be valid UTF-8 without control bytes and show untrusted text inertly (inert.h). Workflow
 * commands are broken up behind every writer, in ff_report_render.
 */
#ifndef FF_REPORT_REPORT_H
#define FF_REPORT_REPORT_H

#include "base/buf.h"
#include "diagnose/analysis.h"
#include "report/inert.h"

#include <firstfault/report.h>

typedef struct ff_report_format {
    const char *name;    /* "markdown" */
    const char *summary; /* for help texts */
    ff_seal seal;        /* how a workflow command in it is broken up */
    void (*write)(const ff_report *report, const ff_report_options *options, ff_buf *out);
} ff_report_format;

/* Writers; `options` is never NULL. */
/* The writers of the table. `options` is never NULL; what they append is bounded by `out`. */
void ff_report_write_markdown(const ff_report *report, const ff_report_options *options, ff_buf *out);
void ff_report_write_text(const ff_report *report, const ff_report_options *options, ff_buf *out);
void ff_report_write_json(const ff_report *report, const ff_report_options *options, ff_buf *out);

/* Appends the finished report to `out`. `options` may be NULL. FF_OK, FF_UNSUPPORTED for an unknown format, FF_LIMIT or
 * FF_NOMEM. */
ff_status ff_report_render(const ff_report *report, const char *format, const ff_report_options *options, ff_buf *out);

#endif
