/* The names of all tests that failed, on a Markdown page. */
#ifndef FF_REPORT_ROSTER_H
#define FF_REPORT_ROSTER_H

#include "report/page.h"

/* Writes a section with each name once, in the order of the diagnoses, up to 400; nothing for a single one. */
void ff_roster_write(const ff_page *page);

#endif
