/* Everything a diagnosis says in words: title, summary, advice, next evidence, fingerprint. */
#ifndef FF_DIAGNOSE_WORDING_H
#define FF_DIAGNOSE_WORDING_H

#include "diagnose/case.h"

/* Fills in the words of every diagnosis. FF_OK or FF_NOMEM. */
ff_status ff_wording_fill(ff_case *c);

/* The fingerprint, equal for the same cause in another run: SHA-256 over the rule's id and its stable captures, masked
 * and sorted; or, for a diagnosis without rule, over its line (without a log, its title). Where the log says nothing
 * that tells the cause, the step does. FF_OK or FF_NOMEM. */
ff_status ff_fingerprint_make(const ff_case *c, ff_diagnosis *diagnosis);

/* Facts tagged `half-done` in jobs that failed. FF_OK or FF_NOMEM. */
ff_status ff_half_done_collect(ff_case *c, const ff_half_done **facts, size_t *count);

#endif
