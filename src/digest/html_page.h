/* The parts of the page in HTML. Each appends what it says to the pen's buffer; everything untrusted goes through the
 * pen, and so is escaped. The page has no script, no style but its one sheet, and nothing that comes from elsewhere.
 */
#ifndef FF_DIGEST_HTML_PAGE_H
#define FF_DIGEST_HTML_PAGE_H

#include "digest/digest.h"
#include "digest/pen.h"

/* The style sheet, and what the page's policy calls it: `sha256-` and its hash in base64; static. */
void ff_html_add_style(ff_buf *out);
const char *ff_html_style_hash(void);

/* Markup, as it is. */
void ff_html_mark(const ff_pen *pen, const char *markup);

/* Bars of the last days: of a group, where `highest` runs a day fill the height; of all runs, failed and passed. And
 * the line of a group on which its days are dots, from the day it was first seen to that of its last run. Pictures say
 * their numbers in words. */
void ff_html_add_bars(const ff_pen *pen, const ff_digest *digest, const ff_group *group, uint32_t highest);
void ff_html_add_totals(const ff_pen *pen, const ff_digest *digest);
void ff_html_add_track(const ff_pen *pen, const ff_digest *digest, const ff_group *group);

/* The days under them, as numbers. */
void ff_html_add_axis(const ff_pen *pen, const ff_digest *digest);

/* The table of all groups, at most `most` rows; and all that is known of one. */
void ff_html_add_overview(const ff_pen *pen, const ff_digest *digest, size_t most);
void ff_html_add_group(const ff_pen *pen, const ff_digest *digest, size_t index);

/* The sections behind the groups; those without content are left out. */
void ff_html_add_lists(const ff_pen *pen, const ff_digest *digest);

#endif
