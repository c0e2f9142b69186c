/* What a pull request would change: the edits of several diagnoses put together, one diff a file. */
#ifndef FF_DIAGNOSE_CHANGE_H
#define FF_DIAGNOSE_CHANGE_H

#include "diagnose/case.h"

/* Makes the changes of each kind of proposal. Needs ranks and advice. FF_OK or FF_NOMEM. */
ff_status ff_changes_make(ff_case *c, ff_change_set sets[FF_PROPOSAL_COUNT]);

#endif
