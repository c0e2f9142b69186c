/* What a diagnosis stands on: blocks of kept lines, with their places. */
#ifndef FF_DIAGNOSE_EVIDENCE_H
#define FF_DIAGNOSE_EVIDENCE_H

#include "diagnose/case.h"

/* Sets the evidence of a diagnosis from its finding: the block that starts with the first hit is primary. A loop whose
 * hits follow one another without other lines between is one block with head and tail; otherwise each run of adjacent
 * lines is a block. Numbers are given later, by ff_evidence_number. FF_OK or FF_NOMEM. */
ff_status ff_evidence_from_finding(ff_case *c, ff_diagnosis *diagnosis);

/* The same from single lines, the first of which is primary. FF_OK or FF_NOMEM. */
ff_status ff_evidence_from_lines(ff_case *c, ff_diagnosis *diagnosis, const ff_kept_line *lines, uint32_t count);

/* Adds a block of what GitHub's API states, without places: primary if the diagnosis has no evidence yet. The texts are
 * borrowed for as long as the run. FF_OK or FF_NOMEM. */
ff_status ff_evidence_add_stated(ff_case *c, ff_diagnosis *diagnosis, const ff_slice *texts, uint32_t count);

/* Adds a block of lines of the repository, each text with its place in front. As above, but never primary. */
ff_status ff_evidence_add_repo(ff_case *c, ff_diagnosis *diagnosis, const ff_slice *texts, uint32_t count);

/* Numbers the evidence of a diagnosis: E1, E2 … in the order of calls. */
void ff_evidence_number(ff_case *c, ff_diagnosis *diagnosis);

#endif
