/* The parts of a pull request that say what is changed, and what else names it. */
#ifndef FF_REPORT_PROPOSAL_CHANGES_H
#define FF_REPORT_PROPOSAL_CHANGES_H

#include "report/page.h"

/* The diffs with what they are for, half of a body at most, and in words what is to be made by hand. */
void ff_proposal_write_changes(const ff_page *page, ff_proposal_kind kind);

/* True if nothing outside `.github/` is changed. */
bool ff_proposal_is_pipeline(const ff_change_set *set);

/* Every other place that names what is changed, by the probe `mentions`. */
void ff_proposal_write_elsewhere(const ff_page *page, ff_proposal_kind kind);

#endif
