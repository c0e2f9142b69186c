/* Markdown sections for what to do: what not to blame, what was passed over, the fix, and how to see that it worked.
 * Each is left out when it has nothing to say. */
#ifndef FF_REPORT_REMEDY_H
#define FF_REPORT_REMEDY_H

#include "report/page.h"

/* Refuted hypotheses with the reason, because somebody will propose them. */
void ff_remedy_write_ruled_out(const ff_page *page);

/* What failed and was passed over, numbered T1, T2 … */
void ff_remedy_write_tolerated(const ff_page *page);

/* The advice of the rules, as their authors wrote it, first for what explains the failure. */
void ff_remedy_write_fix(const ff_page *page);

/* What the failing steps should do better, so that the next failure explains itself. It is no hypothesis. */
void ff_remedy_write_lessons(const ff_page *page);

/* What must be seen after the fix; nothing is ticked. */
void ff_remedy_write_verify(const ff_page *page);

#endif
