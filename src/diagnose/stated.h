/* A failure of which there is no log, as GitHub's API states it: what ended how, and what was pinned to the job. */
#ifndef FF_DIAGNOSE_STATED_H
#define FF_DIAGNOSE_STATED_H

#include "diagnose/case.h"

/* Adds a diagnosis without rule for the failure at this index; its evidence is of the API. Nothing unless the run's
 * facts are GitHub's. FF_OK or FF_NOMEM. */
ff_status ff_stated_add(ff_case *c, uint32_t failure);

#endif
