/* From findings to candidate diagnoses: each placed towards a failure, with its standing and its causes. */
#ifndef FF_DIAGNOSE_CANDIDATES_H
#define FF_DIAGNOSE_CANDIDATES_H

#include "diagnose/case.h"

/* Makes a diagnosis of every finding that could explain, follow from, or be mistaken for the cause of a failure.
 * Needs the failures of the case. FF_OK or FF_NOMEM. */
ff_status ff_candidates_collect(ff_case *c);

/* Adds a diagnosis for each failure of its own that no candidate explains, from the suspicious lines of its step; and
 * one for a text that shows no end but looks like trouble. FF_OK or FF_NOMEM. */
ff_status ff_candidates_add_unknown(ff_case *c);

/* Links effects to causes along `caused_by`: the cause stands before its effect in the same job, or is inferred from it
 * in the same step. FF_OK or FF_NOMEM. */
ff_status ff_candidates_link(ff_case *c);

/* True if the step of the finding ended as the rule's `where: {outcome}` wants it. */
bool ff_candidate_fits_outcome(const ff_case *c, const ff_finding *finding);

/* True if it may explain its failure: printed in the failing step and not tolerated there, or shown by a later step of
 * the job. */
bool ff_candidate_is_at_failure(const ff_case *c, const ff_diagnosis *diagnosis);

/* True for what nobody printed and somebody will propose, so that it must be held against the repository: rules tagged
 * `suspicion`. */
bool ff_candidate_is_suspicion(const ff_rule *rule);

/* True for two loops of one family in one step: the same waiting, whose answers changed. */
bool ff_candidate_is_same_loop(const ff_diagnosis *one, const ff_diagnosis *other);

/* True if so much was printed in the failing step after it that the step most likely went on. */
bool ff_candidate_is_far(const ff_case *c, const ff_diagnosis *diagnosis);

/* True if the diagnosis with the index `cause` is among those that may have caused `effect`. */
bool ff_candidate_is_caused_by(const ff_diagnosis *effect, uint32_t cause);

#endif
