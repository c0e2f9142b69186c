/* A run straight from GitHub: facts of the API, the archive, and single jobs' logs where the archive lacks them.
 *
 * All requests are made while it opens, so that what follows is reading from memory and disk. Steps, numbers, times and
 * conclusions are the API's; archive entries are matched to its jobs exactly, under every spelling, and where two
 * candidates remain, or the entry is missing or damaged, the job's own log is asked for, FF_LIMIT_JOB_LOGS at most.
 *
 *     ff_hosted *github = NULL;
 *     ff_hosted_ask ask = {.exchange = exchange, .target = &target};
 *     if (ff_hosted_open(&github, run, arena, &ask, &error) == FF_OK) ...
 *     while (ff_hosted_next(github, &stream, &error) == FF_OK) ...
 *     ff_hosted_close(github);
 */
#ifndef FF_SOURCE_HOSTED_H
#define FF_SOURCE_HOSTED_H

#include "archive/zip.h"
#include "fetch/github.h"
#include "fetch/target.h"
#include "source/kind.h"

/* What is asked for. */
typedef struct ff_hosted_ask {
    ff_exchange *exchange;   /* borrowed; must outlive the source */
    const ff_target *target; /* names owner, name, and run or job; borrowed for the call */
    const ff_api_run *facts; /* likewise: of the run, one of many, as a listing told them; NULL: they are asked for */
} ff_hosted_ask;

/* One stream to come: of the archive, or a job's own log. */
typedef struct ff_hosted_item {
    ff_source_item item;
    uint32_t log; /* index of the job's own log; FF_NO_INDEX: `item.entry` of the archive */
} ff_hosted_item;

/* A job's own log. */
typedef struct ff_hosted_log {
    uint32_t job; /* index in the run */
    ff_call call; /* owned */
} ff_hosted_log;

typedef struct ff_hosted {
    ff_exchange *exchange; /* borrowed */
    ff_github api;
    ff_target target; /* slices in the arena */
    ff_run *run;      /* borrowed */
    ff_arena *arena;  /* borrowed */
    ff_gauge gauge;

    bool listed;      /* one of many: only what its logs need is asked for */
    ff_api_run facts; /* while it opens */
    ff_api_jobs jobs; /* in the order of the run's, which come first there */
    ff_status list;   /* FF_OK; else what kept the list of jobs, or its end, away */
    bool jobs_known;  /* the list was readable */
    bool jobs_whole;  /* and it did not end early */

    ff_call archive; /* owned */
    ff_blob blob;
    ff_zip *zip; /* owned; NULL: no archive */
    ff_shelf shelf;
    ff_source_plan plan;
    ff_run staged;   /* the jobs as the archive alone tells them */
    uint32_t *pairs; /* for each staged job its job in the run, FF_NO_INDEX or FF_PAIR_UNSURE */
    ff_status logs;  /* FF_OK; FF_NOT_FOUND: expired; FF_DENIED: refused; FF_LIMIT: a rate limit; for all its logs */

    struct {
        ff_hosted_log *items;
        size_t count, cap;
    } own;
    struct {
        ff_hosted_item *items;
        size_t count, cap;
    } items;
    size_t next;
    struct {
        const ff_body *body;
        uint64_t at;
    } reading; /* of a job's own log */
} ff_hosted;

/* Asks everything and fills the run. `run` and `arena` must outlive the source. FF_OK when the facts of the run were
 * readable, whatever its logs: what is missing is in the notes. Else as ff_github_run, with one line for the user.
 * After a failure too, the source must be closed. */
ff_status ff_hosted_open(ff_hosted **source, ff_run *run, ff_arena *arena, const ff_hosted_ask *ask, ff_error *error);

/* As ff_source_logs. */
ff_status ff_hosted_logs(const ff_hosted *source);

/* As ff_source_next. */
ff_status ff_hosted_next(ff_hosted *source, ff_stream *stream, ff_error *error);

void ff_hosted_close(ff_hosted *source); /* NULL is fine */

/* The parts of opening, in this order; each leaves notes and returns FF_OK or FF_NOMEM, but the first as above. */
ff_status ff_hosted_read_facts(ff_hosted *source, ff_error *error);
ff_status ff_hosted_read_archive(ff_hosted *source);
ff_status ff_hosted_read_own_logs(ff_hosted *source);
ff_status ff_hosted_read_extras(ff_hosted *source);

/* Hands a job of the archive to a job of the run, or to a new one that only the archive knows. False without memory or
 * at a bound. */
bool ff_hosted_give_job(ff_hosted *source, uint32_t staged, uint32_t job);
bool ff_hosted_adopt(ff_hosted *source, uint32_t staged);

/* The name under which a job's own log stands in reports and in a kept run: `job-ID.txt`. In the arena. */
ff_slice ff_hosted_log_name(ff_arena *arena, uint64_t job);

#endif
