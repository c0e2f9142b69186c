/* What the API says about a run, out of its JSON (by the tables of form.h).
 *
 * Every field may be missing or null: then it is empty, 0 or FF_NO_TIME. Words of enumerations are kept as they
 * came, so unknown ones survive. Unknown fields are passed over. A byte order mark is skipped; duplicate keys, more
 * than FF_LIMIT_ANSWER_BYTES or FF_LIMIT_JSON_DEPTH make the answer invalid. Texts are UTF-8 in the arena, untrusted.
 * Format: https://docs.github.com/en/rest/actions/workflow-runs and /workflow-jobs, version 2022-11-28.
 */
#ifndef FF_FETCH_FACTS_H
#define FF_FETCH_FACTS_H

#include "base/array.h"
#include "base/clock.h"
#include "base/error.h"

#include <stdint.h>

typedef struct ff_api_run {
    uint64_t id, workflow_id;
    uint32_t attempt;
    ff_slice name, path, event, head_sha, head_branch, status, conclusion, title;
    ff_slice repository;                        /* OWNER/REPO as it is called today */
    ff_slice page;                              /* the address of its page, as GitHub tells it */
    int64_t created_at, started_at, updated_at; /* nanoseconds since 1970 */
} ff_api_run;

typedef struct ff_api_step {
    ff_slice name, status, conclusion;
    int64_t number; /* 0: none */
    int64_t started_at, completed_at;
} ff_api_step;

typedef struct ff_api_job {
    uint64_t id;
    uint64_t run; /* id of the run that it belongs to */
    uint32_t attempt;
    ff_slice name, status, conclusion, runner;
    int64_t started_at, completed_at;
    ff_api_step *steps;
    size_t step_count;
} ff_api_job;

typedef struct ff_api_jobs {
    ff_api_job *items;
    size_t count, cap;
    uint64_t total; /* total_count as last stated; 0: not stated */
} ff_api_jobs;

typedef struct ff_api_annotation {
    ff_slice path, level, title, message; /* level: notice, warning, failure */
    uint64_t line, end_line;
} ff_api_annotation;

typedef struct ff_api_annotations {
    ff_api_annotation *items;
    size_t count, cap;
} ff_api_annotations;

typedef struct ff_api_runs {
    ff_api_run *items;
    size_t count, cap;
    uint64_t total;
} ff_api_runs;

/* https://docs.github.com/en/rest/repos/repos#list-organization-repositories */
typedef struct ff_api_repository {
    uint64_t id;
    ff_slice full_name; /* OWNER/REPO */
    uint32_t archived, disabled;
} ff_api_repository;

typedef struct ff_api_repositories {
    ff_api_repository *items;
    size_t count, cap;
} ff_api_repositories;

/* What a tree holds, with everything below it. https://docs.github.com/en/rest/git/trees */
typedef struct ff_api_node {
    ff_slice path, mode, type, sha; /* type: blob, tree, commit. A path that is too long is empty */
    uint64_t size;                  /* 0: none */
} ff_api_node;

typedef struct ff_api_nodes {
    ff_api_node *items;
    size_t count, cap;
    uint32_t truncated; /* 1: GitHub left some out */
} ff_api_nodes;

/* What differs between two commits, to be read with ff_api_comparison.status: from the older one only where that is
 * `ahead` or `identical`, else from the last commit that both have.
 * https://docs.github.com/en/rest/commits/commits#compare-two-commits */
typedef struct ff_api_change {
    ff_slice path, before; /* `before`: its name in the older commit, if that was another one */
} ff_api_change;

typedef struct ff_api_comparison {
    ff_api_change *items; /* GitHub tells 300 at most */
    size_t count, cap;
    ff_slice status; /* ahead, behind, diverged, identical */
} ff_api_comparison;

/* Each reads one answer; memory from `arena`. Lists append: of jobs, runs and repositories that are there already by
 * id, the first stays. FF_OK; FF_INVALID with a text that completes "<the answer> …" (`is not JSON: …, line 3`, `holds
 * no list of jobs`); FF_LIMIT, FF_NOMEM. After a failure the list holds what it held before. */
ff_status ff_api_run_parse(ff_api_run *run, ff_slice json, ff_arena *arena, ff_error *error);
ff_status ff_api_runs_parse(ff_api_runs *runs, ff_slice json, ff_arena *arena, ff_error *error);
ff_status ff_api_repositories_parse(ff_api_repositories *repositories, ff_slice json, ff_arena *arena, ff_error *error);
ff_status ff_api_job_parse(ff_api_job *job, ff_slice json, ff_arena *arena, ff_error *error);
ff_status ff_api_jobs_parse(ff_api_jobs *jobs, ff_slice json, ff_arena *arena, ff_error *error);
ff_status ff_api_annotations_parse(ff_api_annotations *annotations, ff_slice json, ff_arena *arena, ff_error *error);
ff_status ff_api_nodes_parse(ff_api_nodes *nodes, ff_slice json, ff_arena *arena, ff_error *error);
ff_status ff_api_comparison_parse(ff_api_comparison *comparison, ff_slice json, ff_arena *arena, ff_error *error);

/* The bytes of a file as an answer of `contents` or `blobs` holds them, FF_LIMIT_YAML_BYTES at most, not UTF-8 by need.
 * Else as the others, and FF_UNSUPPORTED for what is no file (a folder, a link, a submodule) or comes in another
 * encoding than Base64, as files of more than 1 MiB do. https://docs.github.com/en/rest/repos/contents and /git/blobs
 */
ff_status ff_api_content_parse(ff_slice *bytes, ff_slice json, ff_arena *arena, ff_error *error);

/* The `message` of an error answer, cleaned and cut to a line; the empty slice if it has none or is no JSON. */
ff_slice ff_api_message(ff_slice json, ff_arena *arena);

#endif
