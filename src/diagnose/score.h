/* The ledger: named terms with weights that rank diagnoses, and the verdicts that follow. docs/diagnosis.md lists both.
 */
#ifndef FF_DIAGNOSE_SCORE_H
#define FF_DIAGNOSE_SCORE_H

#include "diagnose/case.h"

/* Gives every diagnosis its reasons, score, confidence and verdict. Needs links. FF_OK or FF_NOMEM. */
ff_status ff_score_all(ff_case *c);

/* Sorts the diagnoses into their final order, the first fault of each failure of its own first, and numbers them;
 * remaps `caused_by` and sets each failure's first_fault. FF_OK or FF_NOMEM. */
ff_status ff_score_rank(ff_case *c);

#endif
