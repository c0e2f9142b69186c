/* Diffs and answers of checks, on a Markdown page. */
#ifndef FF_REPORT_PATCH_H
#define FF_REPORT_PATCH_H

#include "report/page.h"

/* Appends a diff as a fenced block, each line behind `indent`; at most `most` lines of it, and then says how many are
 * left out. */
void ff_patch_write(const ff_page *page, ff_slice diff, const char *indent, size_t most);

/* The answer of a check, and where it comes from. */
void ff_patch_say_check(const ff_page *page, const ff_voice *voice, const ff_check *check);

/* Questions that could not be asked, because there was no repository. Nothing where there were none. */
void ff_patch_write_unanswered(const ff_page *page);

#endif
