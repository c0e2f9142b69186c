/* A pull request drafted from a report: a title in the form of a conventional commit, and a body in Markdown.
 *
 *     if (ff_proposal_refusal(report, FF_PROPOSAL_FIX) == NULL) {
 *         ff_proposal_write_title(report, FF_PROPOSAL_FIX, &title);
 *         ff_proposal_write_body(report, FF_PROPOSAL_FIX, &options, &body);
 *     }
 *
 * The body claims nothing that was not seen: no outcome, no box ticked. It stays below FF_LIMIT_PROPOSAL_BYTES, which
 * is what GitHub takes; the least important parts are left out first, and that is said.
 */
#ifndef FF_REPORT_PROPOSAL_H
#define FF_REPORT_PROPOSAL_H

#include "report/report.h"

/* Why there can be no proposal of this kind, as one clause; NULL: there can. A static string. */
const char *ff_proposal_refusal(const ff_report *report, ff_proposal_kind kind);

/* Append the title, one line without its end, and the body; only without a refusal. */
void ff_proposal_write_title(const ff_report *report, ff_proposal_kind kind, ff_buf *out);
void ff_proposal_write_body(const ff_report *report, ff_proposal_kind kind, const ff_report_options *options,
                            ff_buf *out);

#endif
