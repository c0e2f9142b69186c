/* The runs of the window, each once with its newest attempt: counted, and found again by id or commit.
 *
 *     ff_census_take(build);
 *     const ff_sighting *run = ff_census_find(build, member->run.host, member->run.repository, member->run.id);
 */
#ifndef FF_DIGEST_CENSUS_H
#define FF_DIGEST_CENSUS_H

#include "digest/digest.h"

typedef struct ff_build ff_build;

typedef struct ff_census_repository {
    ff_slice host, name, label; /* label: as in ff_digest.repositories */
} ff_census_repository;

typedef struct ff_census_workflow {
    uint64_t id;
    uint32_t repository, name; /* numbers; the name is the newest one */
    uint32_t failed, passed, other;
    uint32_t unread; /* of those that failed: nobody knows why */
} ff_census_workflow;

/* A run that a reader may be told of though it is in no group: it failed, or passed on a later attempt. */
typedef struct ff_census_case {
    ff_digest_run run;
    bool failed; /* else it passed on a later attempt */
    bool placed; /* a group has it */
} ff_census_case;

typedef struct ff_sighting {
    uint64_t id;
    int64_t created_at;
    uint32_t repository, workflow, event, sha; /* numbers */
    uint32_t attempt;                          /* the newest */
    uint32_t at;                               /* of its case, or FF_NO_GROUP */
    bool passed;
} ff_sighting;

typedef struct ff_census {
    struct {
        ff_census_repository *items;
        size_t count, cap;
    } repositories;
    struct {
        ff_census_workflow *items;
        size_t count, cap;
    } workflows;
    struct {
        ff_census_case *items;
        size_t count, cap;
    } cases; /* oldest first */
    struct {
        ff_sighting *items;
        size_t count, cap;
    } sightings; /* by repository and id, once taken */
    struct {
        const ff_sighting **items;
        size_t count, cap;
    } passed; /* by what makes them comparable, then oldest first */
    uint32_t last_repository, last_workflow;
    uint64_t failed;
    uint64_t expired; /* of these: their logs are gone */
} ff_census;

/* Visits the runs of the window and fills build->census and the counts of the digest. As ff_digest_build. */
ff_status ff_census_take(ff_build *build);

/* The number of a repository, which is added if it is not there; FF_NO_GROUP without memory. */
uint32_t ff_census_repository_of(ff_build *build, ff_slice host, ff_slice name);

/* Makes the runs that were visited findable. FF_OK, FF_NOMEM, FF_LIMIT. */
ff_status ff_census_sort(ff_build *build);

/* The run of that repository and id; NULL if it is not in the window. */
const ff_sighting *ff_census_find(const ff_build *build, uint32_t repository, uint64_t id);

/* The first other run of the same repository, workflow, commit and event that was created after `run` and passed; NULL:
 * none is known. */
const ff_sighting *ff_census_passed_after(const ff_build *build, const ff_sighting *run);

/* True if a run of the same workflow failed in the window, and its logs were not read: it may have any cause. */
bool ff_census_has_unread(ff_build *build, const ff_history_run *run);

/* Says of a run why it may be in no group: its group is left out. False without memory. */
bool ff_census_leave_out(ff_build *build, const ff_history_run *run);

/* Groups are gathered anew: no run is in one. */
void ff_census_forget_places(ff_build *build);

/* True for a conclusion that the window calls a failure. */
bool ff_census_is_failure(const ff_build *build, ff_slice conclusion);

/* Describes one attempt in the digest's arena. False without memory. */
bool ff_census_describe(ff_build *build, const ff_history_run *run, ff_digest_run *out);

#endif
