/* Observations: what is worth knowing beside the diagnoses, such as that the job passed in another attempt. */
#ifndef FF_REPORT_CONTEXT_H
#define FF_REPORT_CONTEXT_H

#include "report/page.h"

/* The most rows that ff_context_pick gives out. */
enum { FF_CONTEXT_ROWS = 3 };

/* A section of Markdown with the most useful ones; nothing if there is none. */
void ff_context_write(const ff_page *page);

/* For a screen: the best ones, each of another kind, at most FF_CONTEXT_ROWS. Returns how many. */
size_t ff_context_pick(const ff_report *report, const ff_observation **picked);

/* What a row of a screen calls an observation of this kind. */
const char *ff_context_label(const ff_observation *observation);

#endif
