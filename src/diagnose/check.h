/* Hypotheses held against the repository: each `verify` of a rule is asked, and its answer noted with the diagnosis. */
#ifndef FF_DIAGNOSE_CHECK_H
#define FF_DIAGNOSE_CHECK_H

#include "diagnose/case.h"

/* Asks for every diagnosis, those of failing steps first, FF_LIMIT_CHECKS questions at most: further ones are unknown.
 * Takes out suspicions (rules tagged `suspicion`) about which nothing was learnt: nobody saw them, and nobody can say
 * that they are wrong. Needs scenes. FF_OK or FF_NOMEM. */
ff_status ff_checks_make(ff_case *c);

/* True if the job itself said of the same command that it failed. */
bool ff_check_is_printed_too(const ff_case *c, const ff_diagnosis *diagnosis);

/* True if a check of this kind decided; the first that did, else NULL. */
const ff_check *ff_check_deciding(const ff_diagnosis *diagnosis, ff_check_result result);

#endif
