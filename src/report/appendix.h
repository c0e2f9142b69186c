/* The end of a Markdown report: where each piece of evidence stands, what the reader must know about the reading
 * itself, and who says all this. */
#ifndef FF_REPORT_APPENDIX_H
#define FF_REPORT_APPENDIX_H

#include "report/page.h"

/* E1, E2 … with place, a link where its parts are known, and the line. */
void ff_appendix_write_evidence(const ff_page *page);

/* Bounds reached, entries skipped. */
void ff_appendix_write_notes(const ff_page *page);

/* Version, catalog, and how much was read. */
void ff_appendix_write_footer(const ff_page *page);

#endif
