/* Markdown sections that say what happened: the run, its jobs, its failures, and what followed from them. Each is left
 * out when it has nothing to say. */
#ifndef FF_REPORT_FACTS_H
#define FF_REPORT_FACTS_H

#include "report/page.h"

/* The table of run, workflow and failed step under the quote. */
void ff_facts_write_run(const ff_page *page);

/* One row a job in the order in which they ran; uneventful jobs of one result share a row. */
void ff_facts_write_jobs(const ff_page *page);

/* Only with several failures of their own: each with its own first fault. */
void ff_facts_write_failures(const ff_page *page);

/* Failures that follow from others, and diagnoses that do. */
void ff_facts_write_consequences(const ff_page *page);

#endif
