/* `requires`: findings that only count beside others. */
#ifndef FF_MATCH_REQUIRES_H
#define FF_MATCH_REQUIRES_H

#include "match/finding.h"

/* Removes findings whose rule asks for a finding of another rule that is not there: again and again, until nothing
 * changes, since what is removed may have been asked for by others. Two findings that ask for each other both stay. The
 * order is kept. */
void ff_requires_apply(ff_findings *findings);

#endif
