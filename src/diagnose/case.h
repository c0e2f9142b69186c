/* The working table of one diagnosis: what was read, and the diagnoses as they take shape. Private to this stage. */
#ifndef FF_DIAGNOSE_CASE_H
#define FF_DIAGNOSE_CASE_H

#include "diagnose/outcome.h"
#include "diagnose/scripts.h"
#include "diagnose/suspects.h"
#include "repo/probe.h"

typedef struct ff_case {
    ff_run *run;
    const ff_findings *findings;
    const ff_suspects *suspects;
    const ff_scripts *scripts;    /* NULL: none were kept */
    const ff_probe_scene *scenes; /* one for each script, in their order */
    size_t scene_count;
    ff_repo *repo;        /* NULL: no questions are asked */
    bool edited;          /* its files are no longer as they were read: edits are being put together */
    uint32_t check_count; /* questions asked so far */
    ff_failures failures;
    struct {
        ff_diagnosis *items;
        size_t count, cap;
    } diagnoses;
    uint32_t evidence_count; /* numbers handed out so far */
} ff_case;

/* A new diagnosis with its unknowns set, or NULL: no memory, or FF_LIMIT_DIAGNOSES (then a note is added). */
ff_diagnosis *ff_case_add(ff_case *c);

/* Notes why a diagnosis stands where it stands: adds the term's weight to its score and a reason for the reader. */
ff_status ff_case_reason(ff_case *c, ff_diagnosis *diagnosis, const char *term, double weight, const char *text);

/* The captured value of `name` for a finding: its own, else one of a `context` finding of the same step, job or run.
 * NULL if nobody captured it. `finding` may be NULL; then only context counts. */
const ff_capture *ff_case_capture(const ff_case *c, const ff_finding *finding, uint32_t job, ff_slice name);

#endif
