/* What one page says about many runs: which failures are one and the same, what is new, what flickers, what got fixed.
 *
 * ff_digest_build makes the model out of the history, for one window; the writers (markdown, html, json: a file and a
 * row of a table each) only print it. Groups are ordered by importance: those with news first, then by how many runs
 * they cost (docs/scan.md says how exactly); a group that follows from another stands behind it.
 *
 *     ff_digest digest;
 *     ff_digest_init(&digest, &arena);
 *     if (ff_digest_build(&digest, history, &ask, &error) == FF_OK)
 *         ff_digest_render(&digest, "markdown", &options, &out);
 *
 * The folder, by what a file is about:
 *   - the model: build runs the stages in order: census (the runs of the window; names keeps their texts once), states
 *     (what scans said; passing), groups (each gathered by gather, its jobs by legs; shortlist if there are too many),
 *     links, charts, order, example; publish puts what they found into the digest;
 *   - what both pages say: pen writes in either language, tally says the numbers of all, fact what is known of one
 *     group, location where it failed, advice takes a rule's words apart, escape and url make text and addresses safe;
 *   - the writers: markdown*, html*, json.
 *
 * Texts live in the arena, are UTF-8 that is safe to show, and are untrusted: writers make them inert.
 */
#ifndef FF_DIGEST_DIGEST_H
#define FF_DIGEST_DIGEST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/notes.h"
#include "history/history.h"

#define FF_NO_GROUP UINT32_MAX
enum { FF_DIGEST_DAYS = 14 }; /* of the charts: so many days up to the end of the window */

typedef enum ff_group_state {
    FF_GROUP_NEW,   /* no finished scan of these repositories told of it */
    FF_GROUP_KNOWN, /* one did */
    FF_GROUP_BACK,  /* one did, a later one said that it was fixed, and here it is again */
    FF_GROUP_FIXED, /* told of before, no run in this window, and the same workflow and branch passed since */
    FF_GROUP_STATE_COUNT
} ff_group_state;

const char *ff_group_state_name(ff_group_state state); /* new, known, back, fixed; static */

/* How weak a verdict is: 0 for confirmed, then likely, possible, undecided, then any other word. */
size_t ff_digest_weakness(ff_slice verdict);

/* The verdict of that weakness; NULL past undecided. Static. */
const char *ff_digest_verdict_name(size_t weakness);

typedef struct ff_digest_run {
    ff_slice host, repository;
    uint64_t id;
    uint32_t attempt;
    ff_slice workflow, conclusion, event, branch, sha, title;
    ff_slice url;                   /* made of checked parts */
    int64_t created_at, started_at; /* of the run; of this attempt, not later than the former where it is not known */
    uint32_t passed_attempt;        /* the attempt of the same run that passed later; 0: none is known */
    ff_slice passed_url;            /* another run of the same workflow and commit that passed; empty: none is known */
    ff_slice why;                   /* where it is in no group: why, one clause, such as "its logs have expired" */
    bool unread;                    /* because nobody has read it yet */
} ff_digest_run;

/* Jobs of one matrix are one: `test (3.11)` and `test (3.12)` are `test` with two legs. */
typedef struct ff_digest_job {
    ff_slice name;        /* without what is in parentheses at its end, if it has several legs; else whole */
    const ff_slice *legs; /* what stood in the parentheses; none: the job as it is called */
    size_t leg_count;
    uint32_t runs;
} ff_digest_job;

/* Evidence of the best example, primary first. */
typedef struct ff_digest_evidence {
    ff_slice kind, file, text; /* lines, a newline between them */
    uint64_t line;             /* in the file; 0: not known */
    uint64_t job_line;
} ff_digest_evidence;

typedef enum ff_digest_reach { FF_REACH_BOTH, FF_REACH_MAIN, FF_REACH_PULL_REQUESTS } ff_digest_reach;

typedef struct ff_group {
    char fingerprint[FF_SHA256_HEX + 1];
    ff_slice title, rule, family, role; /* of the best example */
    ff_slice verdict;                   /* the strongest of its runs */
    ff_group_state state;
    bool flicker; /* a run of it passed on the same commit or in a later attempt */
    uint32_t count;
    double share;                  /* of the failed runs of the window, 0 to 1 */
    int64_t first_seen, last_seen; /* all time; created_at */
    uint64_t all_time;             /* runs */
    const ff_digest_run *runs;     /* newest first; none where fixed */
    size_t run_count;
    const ff_slice *branches; /* most runs first */
    size_t branch_count;
    ff_digest_reach reach; /* only runs outside of pull requests, only of pull requests */
    const ff_digest_job *jobs;
    size_t job_count;
    uint32_t repository_count;
    uint32_t days[FF_DIGEST_DAYS]; /* runs a day, oldest first, beyond the window too where they are known */
    uint32_t example;              /* index of its run; FF_NO_GROUP where fixed */
    ff_digest_run example_run;
    ff_slice example_json; /* firstfault.report/1, a member of `diagnoses` */
    ff_slice summary, job, step_name, fix, command;
    const ff_digest_evidence *evidence;
    size_t evidence_count;
    uint32_t under;        /* index of the group that it follows from, or FF_NO_GROUP */
    ff_digest_run passing; /* the newest fact against it: a run of the same workflow and branch that passed after its
                            * last one; id 0: none, or not on all of its branches */
} ff_group;

typedef struct ff_digest_workflow {
    ff_slice repository, name;
    uint32_t failed, passed, other; /* runs of the window */
} ff_digest_workflow;

typedef struct ff_digest_counts {
    uint64_t listed, failed, analysed, known, expired, errors; /* failed = the last four */
    uint64_t passed, cancelled, running, other;                /* of those that did not fail */
} ff_digest_counts;

typedef struct ff_digest_day {
    int64_t day; /* since 1970-01-01, UTC */
    uint32_t failed, passed;
} ff_digest_day;

typedef struct ff_digest {
    ff_arena *arena;              /* borrowed */
    const ff_slice *repositories; /* HOST/OWNER/REPO, without `github.com/` */
    size_t repository_count;
    int64_t since, until, made_at;
    ff_slice filter; /* what else was asked for, as words: "only branch `main`, workflow `CI`"; empty: nothing */
    const char *catalog_digest;
    ff_slice database; /* the file that the history was asked for by; empty: the usual one */
    bool first;        /* no scan before told of a failure in these repositories */
    ff_digest_counts counts;
    const ff_group *groups; /* most important first */
    size_t group_count;
    const ff_digest_run *unexplained; /* failed, and in no group: those that were read, newest first, then the others */
    size_t unexplained_count, unread_count; /* the latter among the former */
    const ff_digest_run *reruns;            /* passed on a later attempt, and what failed before is not known */
    size_t rerun_count;
    const ff_digest_workflow *workflows; /* most failed runs first */
    size_t workflow_count;
    ff_digest_day days[FF_DIGEST_DAYS]; /* oldest first */
    size_t unseen_days;                 /* so many of the first of them lie before all that is known */
    const ff_history_said *said;        /* for ff_history_finish, not for writers: of each group, a row a repository */
    size_t said_count;
    ff_notes notes;
} ff_digest;

/* What is asked for. Borrowed for the call. */
typedef struct ff_digest_ask {
    ff_history_window window;
    int64_t now;
    const char *catalog_digest, *database;             /* the latter as in ff_digest; NULL: the usual one */
    uint64_t listed, analysed, known, expired, errors; /* of the scan that was just made */
    uint64_t passed; /* likewise, and in no history: counted, not listed. With any no rates of workflows are told */
    const ff_notes *notes; /* likewise; copied */
} ff_digest_ask;

/* Makes it empty; what it will hold lives in `arena`. */
void ff_digest_init(ff_digest *digest, ff_arena *arena);

/* Fills it. As the functions of the history, or FF_LIMIT. */
ff_status ff_digest_build(ff_digest *digest, ff_history *history, const ff_digest_ask *ask, ff_error *error);

typedef struct ff_digest_options {
    bool inside_actions; /* as in ff_report_options */
    size_t most;         /* of Markdown, in bytes; 0: FF_LIMIT_DIGEST_BYTES */
} ff_digest_options;

typedef struct ff_digest_format {
    const char *name;
    /* Appends the page; the status of `out` tells how that went. */
    void (*write)(const ff_digest *digest, const ff_digest_options *options, ff_buf *out);
} ff_digest_format;

/* The writers of the table in digest.c; `options` is never NULL. */
void ff_digest_write_markdown(const ff_digest *digest, const ff_digest_options *options, ff_buf *out);
void ff_digest_write_html(const ff_digest *digest, const ff_digest_options *options, ff_buf *out);
void ff_digest_write_json(const ff_digest *digest, const ff_digest_options *options, ff_buf *out);

/* Appends the page. FF_OK, FF_UNSUPPORTED for an unknown format, FF_LIMIT, FF_NOMEM. */
ff_status ff_digest_render(const ff_digest *digest, const char *format, const ff_digest_options *options, ff_buf *out);

const char *ff_digest_format_name(size_t index); /* NULL past the last; static */

#endif
