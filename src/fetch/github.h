/* The endpoints of GitHub's API that a triage asks, as functions: facts of a run, its jobs, its logs.
 *
 *     ff_github github = {.exchange = exchange, .owner = ..., .name = ..., .arena = &arena};
 *     ff_github_run(&github, 10000001001, 0, &run, &error);
 *
 * Paths and what they answer: https://docs.github.com/en/rest/actions, version 2022-11-28.
 */
#ifndef FF_FETCH_GITHUB_H
#define FF_FETCH_GITHUB_H

#include "fetch/exchange.h"
#include "fetch/facts.h"

/* What became of a call, for those who must know whether it pays to ask on. */
typedef struct ff_github_outcome {
    ff_status status; /* of the call: FF_OK also where its answer could not be read */
    uint32_t http;    /* as in ff_call */
    bool unsent;      /* likewise */
} ff_github_outcome;

typedef struct ff_github {
    ff_exchange *exchange;      /* borrowed */
    ff_slice owner, name;       /* of the repository, of the form that ff_target_is_repository accepts; borrowed */
    ff_arena *arena;            /* borrowed; facts live here */
    ff_github_outcome *outcome; /* borrowed; of the last call. NULL: nobody wants to know */
} ff_github;

/* Facts of the run, or of one attempt of it (`attempt` > 0). As ff_call.status; the text is one line for the user. */
ff_status ff_github_run(const ff_github *github, uint64_t run, uint32_t attempt, ff_api_run *facts, ff_error *error);

/* Facts of one job, of which nothing but the id is known; `facts->run` is its run. As ff_github_run. */
ff_status ff_github_job(const ff_github *github, uint64_t job, ff_api_job *facts, ff_error *error);

/* All jobs of an attempt (0: the latest). FF_OK, also when the listing ended early: then `ended` says why in one clause
 * (it is empty otherwise), and what came is in `jobs`, which is emptied first. A failure of the first page is the
 * call's own; FF_INVALID if that page cannot be read. */
ff_status ff_github_jobs(const ff_github *github, uint64_t run, uint32_t attempt, ff_api_jobs *jobs, ff_slice *ended,
                         ff_error *error);

/* Annotations of a job's check run, FF_LIMIT_ANNOTATIONS at most, appended; as ff_call.status. */
ff_status ff_github_annotations(const ff_github *github, uint64_t job, ff_api_annotations *annotations,
                                ff_error *error);

/* The bytes of a file of the repository at a commit: `path` from its root without `.` and `..`, `commit` in full
 * hexadecimal. They live in the arena, FF_LIMIT_YAML_BYTES at most. As ff_github_run; FF_UNSUPPORTED for what is no
 * file or comes in another form than Base64; FF_MISUSE, and nothing is asked, for another path or commit. */
ff_status ff_github_file(const ff_github *github, ff_slice path, ff_slice commit, ff_slice *bytes, ff_error *error);

/* What is in the tree of a commit or in one of its folders, by its id in full hexadecimal, appended; `deep`: with
 * everything below. What it says never changes. As ff_github_file; FF_LIMIT also for what is too long. */
ff_status ff_github_nodes(const ff_github *github, ff_slice id, bool deep, ff_api_nodes *nodes, ff_error *error);

/* The bytes of a file by the id that its tree has for it, in full hexadecimal. As ff_github_file. */
ff_status ff_github_blob(const ff_github *github, ff_slice id, ff_slice *bytes, ff_error *error);

/* What differs between two commits (full hexadecimal), appended. As ff_github_file. */
ff_status ff_github_compare(const ff_github *github, ff_slice base, ff_slice commit, ff_api_comparison *comparison,
                            ff_error *error);

/* Calls to be asked by the caller: the archive of an attempt, the log of one finished job. `path` lives in the arena;
 * empty without memory. `finished` says that what the archive's path names will not change; with attempt 0, the latest,
 * it is for the caller to know that there is no other. */
ff_call ff_github_archive_call(const ff_github *github, uint64_t run, uint32_t attempt, bool finished);
ff_call ff_github_job_log_call(const ff_github *github, uint64_t job);

#endif
