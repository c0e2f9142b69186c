/* What triage and pr have in common: catalog, analysis, and what is said of it on standard error. */
#ifndef FF_CLI_ANALYSE_H
#define FF_CLI_ANALYSE_H

#include "cli/options.h"

#include <firstfault/firstfault.h>

/* Zero-initialise; release in any case. */
typedef struct ff_analysed {
    ff_catalog *catalog;
    ff_analysis *analysis;
    bool readable; /* something was read, so there is something to report */
} ff_analysed;

/* True if the words of the command line are one target that can be analysed; else says why not. */
bool ff_analyse_is_ready(const ff_options *options, const char *command);

/* Analyses the target; says on standard error what went wrong. */
ff_exit ff_analyse(ff_analysed *analysed, const ff_options *options);
void ff_analysed_release(ff_analysed *analysed);

/* How a report is to be written for where it goes. */
ff_report_options ff_analyse_report_options(const ff_options *options, bool terminal);

/* Collects pieces in an ff_buf. */
ff_status ff_analyse_append(void *buf, ff_slice piece);

#endif
