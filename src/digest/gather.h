/* The runs of one group, made into one draft: what they share and where they differ.
 *
 *     ff_gather gather;
 *     ff_gather_begin(build, &gather, fingerprint, true);
 *     for each member: ff_gather_add(build, &gather, member);        newest first
 *     ff_gather_end(build, &gather, &draft);
 */
#ifndef FF_DIGEST_GATHER_H
#define FF_DIGEST_GATHER_H

#include "digest/legs.h"

typedef struct ff_build ff_build;

/* Of runs whose diagnoses are equally good so many of the newest are compared by their evidence. */
enum { FF_GATHER_CANDIDATES = 8 };

typedef struct ff_candidate {
    uint32_t at;   /* of its run among the draft's */
    uint32_t rank; /* of the diagnosis in it */
} ff_candidate;

/* What a group did in one repository. */
typedef struct ff_draft_place {
    uint32_t repository, count;
    int64_t newest;
} ff_draft_place;

typedef struct ff_draft {
    ff_group group;    /* `under`: index of a draft */
    uint32_t failed;   /* of its runs so many failed in the end; the others passed on a later attempt */
    size_t weakness;   /* of its strongest verdict */
    int64_t newest;    /* created_at of its newest run */
    double confidence; /* of its candidates */
    ff_candidate candidates[FF_GATHER_CANDIDATES];
    size_t candidate_count;
    const ff_digest_run *runs; /* those of the group; of one without runs in the window, those of the candidates */
    ff_draft_place *places;    /* in `scratch` */
    size_t place_count;
    size_t order; /* its place in the digest */
} ff_draft;

typedef struct ff_branch_count {
    uint32_t name, runs;
} ff_branch_count;

typedef struct ff_gather {
    ff_draft draft;
    bool keep; /* the runs themselves */
    bool outside, pulls;
    struct {
        ff_digest_run *items;
        size_t count, cap;
    } runs;
    struct {
        ff_branch_count *items;
        size_t count, cap;
    } branches;
    struct {
        ff_draft_place *items;
        size_t count, cap;
    } places;
    ff_legs legs;
    bool full; /* more branches than are kept */
} ff_gather;

/* True for the events of a pull request: their code is not that of a branch of the repository. */
bool ff_gather_is_pull(ff_slice event);

/* Starts anew; ends what another gather left in the pad. */
void ff_gather_begin(ff_build *build, ff_gather *gather, const char *fingerprint, bool keep);

/* Adds a run; they come newest first. FF_OK, FF_NOMEM, FF_LIMIT. */
ff_status ff_gather_add(ff_build *build, ff_gather *gather, const ff_history_member *member);

/* Ends it: what `draft` gets lives in the digest's arena and in `scratch`. As ff_gather_add. */
ff_status ff_gather_end(ff_build *build, ff_gather *gather, ff_draft *draft);

#endif
