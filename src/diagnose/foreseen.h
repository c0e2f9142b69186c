/* What the workflow says of failed steps behind which others ran: without `continue-on-error` they ended their job, and
 * those behind them ran in spite of it (`if: always()`).
 */
#ifndef FF_DIAGNOSE_FORESEEN_H
#define FF_DIAGNOSE_FORESEEN_H

#include "diagnose/case.h"

/* Takes back inferred tolerance, and what was concluded of it, where the step that ran stands in the repository and may
 * not fail. Needs ff_outcome_infer. */
void ff_foreseen_revise(ff_case *c);

#endif
