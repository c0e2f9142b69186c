/* Writers: one file a format, one row a format in the table of report.c. A writer sees a const ff_report and appends to
 * a buffer; it never fails by itself, the buffer's status tells.
 */
#ifndef FF_REPORT_REPORT_H
#define FF_REPORT_REPORT_H

#include "base/buf.h"
#include "diagnose/analysis.h"

#include <firstfault/report.h>

typedef struct ff_report_format {
    const char *name;    /* "markdown" */
    const char *summary; /* for help texts */
    void (*write)(const ff_report *report, const ff_report_options *options, ff_buf *out);
} ff_report_format;

void ff_report_write_markdown(const ff_report *report, const ff_report_options *options, ff_buf *out);
void ff_report_write_text(const ff_report *report, const ff_report_options *options, ff_buf *out);
void ff_report_write_json(const ff_report *report, const ff_report_options *options, ff_buf *out);

#endif
