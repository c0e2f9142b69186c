/* A firstfault command that can be pasted and does what the report says of it: with the repository where the target is
 * a run's number, with the attempt where another one would be read, and with the caller's patterns.
 *
 *     ff_invocation_add(out, report, options, &(ff_invocation){.command = "triage", .tail = " --format markdown"});
 */
#ifndef FF_REPORT_INVOCATION_H
#define FF_REPORT_INVOCATION_H

#include "report/report.h"

typedef struct ff_invocation {
    const char *command; /* "triage", "catalog draft" */
    uint32_t attempt;    /* of the run, where not the one that the report is about; 0: that one */
    const char *tail;    /* further options; NULL: none */
} ff_invocation;

/* Appends `firstfault COMMAND TARGET …` as one line for a POSIX shell; every untrusted word is quoted for it. */
void ff_invocation_add(ff_buf *out, const ff_report *report, const ff_report_options *options,
                       const ff_invocation *invocation);

#endif
