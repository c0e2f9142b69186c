/* Lists of runs and repositories, page after page.
 *
 *     ff_runs_query query = {.from = since, .to = until - 1000000000};
 *     ff_github_runs(&github, &query, &runs, &ended, &error);
 *     if (runs.total > FF_RUNS_MOST) ... GitHub tells no more of one filter: ask for shorter times
 *
 * https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository and
 * https://docs.github.com/en/rest/repos/repos#list-organization-repositories, version 2022-11-28.
 */
#ifndef FF_FETCH_RUNS_H
#define FF_FETCH_RUNS_H

#include "fetch/github.h"

enum { FF_RUNS_MOST = 1000 }; /* that GitHub tells of a filtered list, whatever its total */

typedef struct ff_runs_query {
    int64_t from, to;       /* created_at in nanoseconds, whole seconds, both included; FF_NO_TIME: open */
    const char *status;     /* a status or conclusion, as GitHub calls it; NULL: any */
    ff_slice branch, event; /* empty: any */
    ff_slice workflow;      /* id in decimal, or file name such as `ci.yml`; empty: any */
    uint32_t most;          /* runs wanted of one page, 1 to 100; 0: 100. With 1 only the total is of interest */
    bool first_page_only; /* if `runs->total` is above FF_RUNS_MOST, or if `most` is set: no other page is asked for */
    /* NULL: nobody wants to know. Told after each page how many runs have come so far. */
    void (*heard)(void *self, size_t count);
    void *self;
} ff_runs_query;

/* The runs of the query, `runs` emptied first; newest first as GitHub gives them, one that is seen twice counted once.
 * `runs->total` is what GitHub says there are. As ff_github_jobs, with `ended` likewise; it also says when one may have
 * been missed because the list became shorter. FF_MISUSE for a workflow that cannot be one, FF_LIMIT for names that are
 * too long: then nothing was asked. */
ff_status ff_github_runs(const ff_github *github, const ff_runs_query *query, ff_api_runs *runs, ff_slice *ended,
                         ff_error *error);

/* The repositories of an organisation that the token sees; `github->name` is not used. As ff_github_runs. */
ff_status ff_github_repositories(const ff_github *github, ff_api_repositories *repositories, ff_slice *ended,
                                 ff_error *error);

/* The last successful run of the workflow and branch of `than` that was made before it, 0 as `facts->id` if there is
 * none. `than` must know its workflow. */
ff_status ff_github_last_green(const ff_github *github, const ff_api_run *than, ff_api_run *facts, ff_error *error);

#endif
