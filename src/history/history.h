/* What earlier scans saw: runs and their attempts, how they failed, what was diagnosed, and what each scan said of it.
 *
 * A database of SQLite (this folder is the only one that includes sqlite3.h), in WAL mode, 0600. What is known of a run
 * is written in one transaction, replaces what was known of the same attempt, and does not depend on the order in which
 * runs come or on the time of day: a scan that was killed and repeated leaves the same content as one that was not.
 * Only a finished scan leaves a row of itself, and only finished scans decide what is new (docs/history.md).
 *
 *     ff_history *history = NULL;
 *     if (ff_history_open(&history, NULL, FF_HISTORY_WRITE, &error) == FF_OK) {
 *         ff_history_list(history, runs, count, &error);
 *         ff_history_record(history, &result, &error);
 *     }
 *     ff_history_close(history);
 *
 * One thread at a time may use a connection; several processes may use one database. Slices that are handed to
 * a visitor are borrowed for its call. All text that goes in has been redacted and is UTF-8 that is safe to show
 * (ff_text_keep). Times are nanoseconds since 1970, FF_NO_TIME where not known.
 *
 * Every function returns FF_OK; FF_NOMEM; FF_IO (locked for FF_LIMIT_HISTORY_BUSY_SECONDS, disk full, not readable);
 * FF_INVALID when the database is damaged or is none, FF_UNSUPPORTED when a newer version made it: then it was left as
 * it is, and the one line of text says so and offers --db; FF_MISUSE for what contradicts itself, such as two diagnoses
 * of one rank; FF_LIMIT for names longer than any repository's. A visitor that returns anything but FF_OK ends the
 * visit with that, and by FF_END with FF_OK; it may ask something else, but must not write. `window` may be NULL:
 * everything.
 */
#ifndef FF_HISTORY_HISTORY_H
#define FF_HISTORY_HISTORY_H

#include "base/clock.h"
#include "base/error.h"
#include "base/sha256.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct ff_history ff_history;

typedef enum ff_history_mode {
    FF_HISTORY_READ,  /* one that is not there: FF_NOT_FOUND */
    FF_HISTORY_WRITE, /* made, with its folder, where there is none; an older schema is migrated */
} ff_history_mode;

/* `path`: NULL for $XDG_STATE_HOME/firstfault/history.db or ~/.local/state/firstfault/history.db; FF_MISUSE if it is
 * empty or nothing says where these are. */
ff_status ff_history_open(ff_history **history, const char *path, ff_history_mode mode, ff_error *error);
void ff_history_close(ff_history *history); /* NULL is fine */

/* ---- runs ---- */

/* One attempt of a run, as GitHub lists it. */
typedef struct ff_history_run {
    ff_slice host, repository; /* `github.com`, `OWNER/REPO`; compared without ASCII case */
    uint64_t id;
    uint32_t attempt;
    uint64_t workflow_id;
    ff_slice workflow, workflow_path, event, head_branch, head_sha, title;
    ff_slice conclusion; /* GitHub's word; empty while it is not completed */
    int64_t created_at, started_at, updated_at;
} ff_history_run;

typedef enum ff_history_state {
    FF_HISTORY_LISTED,   /* nothing more is known */
    FF_HISTORY_ANALYSED, /* also what needs no logs, such as a startup failure */
    FF_HISTORY_EXPIRED,  /* its logs are gone; what the API's facts told is there */
    FF_HISTORY_ERROR,    /* it could not be read: a later scan tries again */
} ff_history_state;

/* Its word, in the database and in JSON: listed, analysed, expired, error; static. */
const char *ff_history_state_name(ff_history_state state);

/* Writes a page of listed runs down, all in one transaction. What is known of an attempt stays, its facts as listed are
 * renewed. Runs of every conclusion are kept, also those that passed: rates, flicker and what was fixed need them. */
ff_status ff_history_list(ff_history *history, const ff_history_run *runs, size_t count, ff_error *error);

/* Which runs are meant. Empty slices and zeros: any. Conclusions other than failure, timed_out and startup_failure
 * (and cancelled, if wanted) are no failures. */
typedef struct ff_history_window {
    const ff_history_run *repositories; /* host and repository of each */
    size_t repository_count;            /* 0: all */
    int64_t since, until;               /* created_at; since <= it < until; FF_NO_TIME: open */
    ff_slice branch, event;
    ff_slice workflow;       /* its name, its path, the file name of it, or its id in decimal */
    bool cancelled;          /* counts as failed */
    const char *fingerprint; /* of members: of this group alone; NULL: of all */
} ff_history_window;

/* A run, and what is known of it. */
typedef struct ff_history_known {
    ff_history_run run;
    ff_history_state state;
    ff_slice digest; /* of the catalog that its diagnoses were made with; empty unless analysed */
    ff_slice why;    /* one clause: why it was not read, or why there is no diagnosis; may be empty */
} ff_history_known;

/* Visits the failed runs of the window, newest first (created_at, then repository, then id), each with the newest
 * attempt that is known. */
typedef ff_status (*ff_history_known_fn)(void *self, const ff_history_known *known);
ff_status ff_history_failed(ff_history *history, const ff_history_window *window, ff_history_known_fn visit, void *self,
                            ff_error *error);

/* Likewise all runs of the window, failed or not, oldest first, each with its newest attempt; `first_failed` in the
 * visit: the oldest attempt of it that is known to have failed before a newer one passed, 0: none is. */
typedef ff_status (*ff_history_run_fn)(void *self, const ff_history_known *known, uint32_t first_failed);
ff_status ff_history_runs(ff_history *history, const ff_history_window *window, ff_history_run_fn visit, void *self,
                          ff_error *error);

/* ---- what was found out about one ---- */

typedef struct ff_history_evidence {
    uint32_t number; /* E1, E2 … */
    ff_slice kind;   /* log, api, repo */
    ff_slice file;
    uint64_t line, end_line, job_line; /* 0: not known */
    bool primary;
    ff_slice text; /* lines, a newline between them */
} ff_history_evidence;

typedef struct ff_history_diagnosis {
    uint32_t rank; /* from 1: the key within the run. Refuted ones are not kept */
    char fingerprint[FF_SHA256_HEX + 1];
    ff_slice rule; /* empty: no rule made it */
    ff_slice family, role, title, verdict, standing, summary;
    double confidence;
    ff_slice job, step_name; /* may be empty */
    int64_t step;            /* number; 0: not known */
    bool tolerated;
    bool origin; /* it stands first for a failure that follows from no other: the run is in this group */
    uint32_t count;
    ff_slice fix;     /* what to do about it, Markdown of the rule's author with captures made inert; may be empty */
    ff_slice command; /* the next evidence to get, if one is named */
    ff_slice json;    /* of origins: the whole as a member of firstfault.report/1 `diagnoses`; empty for others */
    const ff_history_evidence *evidence;
    size_t evidence_count;
    const uint32_t *caused_by; /* ranks */
    size_t caused_by_count;
} ff_history_diagnosis;

typedef struct ff_history_failure {
    ff_slice job, step_name, conclusion, file;
    int64_t step;
    uint64_t line;
    bool follow_on;
    uint32_t rank; /* of the diagnosis that stands first for it; 0: none */
} ff_history_failure;

typedef struct ff_history_result {
    ff_history_run run; /* only host, repository, id and attempt count; it must have been listed */
    ff_history_state state;
    ff_slice digest; /* of the catalog */
    ff_slice why;    /* one clause, as in ff_history_known */
    bool partial;
    const ff_history_failure *failures;
    size_t failure_count;
    const ff_history_diagnosis *diagnoses;
    size_t diagnosis_count;
} ff_history_result;

/* Writes it down in one transaction, in place of what was known. An error never replaces an analysis or that the logs
 * have expired, and that they have expired never replaces an analysis: then what was known stays, FF_OK. FF_NOT_FOUND
 * if the run was not listed. */
ff_status ff_history_record(ff_history *history, const ff_history_result *result, ff_error *error);

/* ---- groups: diagnoses with one fingerprint ---- */

/* A run in a group: the attempt, and the diagnosis by which it belongs to it. `jobs` are the names of all jobs of the
 * run with an origin of this fingerprint, a newline between them, in byte order. */
typedef struct ff_history_member {
    ff_history_run run;
    ff_history_diagnosis diagnosis; /* the one of the lowest rank; without evidence and json */
    ff_slice jobs;
} ff_history_member;

/* Visits the members of all groups of the window, in order of fingerprint, then newest run first. Of a run whose newest
 * attempt failed, that attempt; of one that passed in the end, its newest failed attempt that is known. */
typedef ff_status (*ff_history_member_fn)(void *self, const ff_history_member *member);
ff_status ff_history_members(ff_history *history, const ff_history_window *window, ff_history_member_fn visit,
                             void *self, ff_error *error);

/* Visits one diagnosis with its evidence and its json. FF_NOT_FOUND if there is none. */
typedef ff_status (*ff_history_diagnosis_fn)(void *self, const ff_history_diagnosis *diagnosis);
ff_status ff_history_diagnosis_of(ff_history *history, const ff_history_run *run, uint32_t rank,
                                  ff_history_diagnosis_fn visit, void *self, ff_error *error);

/* Visits all attempts that are known of the runs with this id, in the repositories of `window` (NULL: all), oldest
 * first; those of one run follow one another. */
ff_status ff_history_attempts(ff_history *history, const ff_history_window *window, uint64_t id,
                              ff_history_known_fn visit, void *self, ff_error *error);

/* Visit what was found out about one attempt: its failures as they were recorded, its diagnoses by rank with their
 * evidence and json. */
typedef ff_status (*ff_history_failure_fn)(void *self, const ff_history_failure *failure);
ff_status ff_history_failures_of(ff_history *history, const ff_history_run *run, ff_history_failure_fn visit,
                                 void *self, ff_error *error);
ff_status ff_history_diagnoses_of(ff_history *history, const ff_history_run *run, ff_history_diagnosis_fn visit,
                                  void *self, ff_error *error);

/* A diagnosis of the fingerprint `effect`, an origin or not, is caused by another one, of `cause`, that is likely or
 * confirmed; in so many runs. */
typedef struct ff_history_edge {
    const char *effect, *cause;
    uint64_t runs;
} ff_history_edge;

/* Visits those of the attempts that ff_history_members visits, in order of both fingerprints. */
typedef ff_status (*ff_history_edge_fn)(void *self, const ff_history_edge *edge);
ff_status ff_history_edges(ff_history *history, const ff_history_window *window, ff_history_edge_fn visit, void *self,
                           ff_error *error);

/* A day, UTC, and how many runs that were created on it failed and passed in the end. */
typedef struct ff_history_day {
    int64_t day; /* since 1970-01-01 */
    uint64_t failed, passed;
} ff_history_day;

/* Visits the days of the window on which there was a run, oldest first. With `fingerprint`: `failed` counts the members
 * of that group, and `passed` is 0. */
typedef ff_status (*ff_history_day_fn)(void *self, const ff_history_day *day);
ff_status ff_history_days(ff_history *history, const ff_history_window *window, const char *fingerprint,
                          ff_history_day_fn visit, void *self, ff_error *error);

/* The first run of the same workflow and branch that was created after `run` and passed. A pull request may come from a
 * branch of another repository that has the same name, so only runs of pull requests are compared with such. Needs of
 * `run` the repository, workflow_id (0: the name), branch, event and created_at. FF_NOT_FOUND: none is known. */
ff_status ff_history_passed_after(ff_history *history, const ff_history_run *run, ff_history_run_fn visit, void *self,
                                  ff_error *error);

/* ---- scans ---- */

/* What a finished scan said of a group in one repository. */
typedef struct ff_history_said {
    ff_slice host, repository;
    char fingerprint[FF_SHA256_HEX + 1];
    ff_slice state;    /* new, known, back, fixed */
    uint64_t count;    /* runs in its window */
    int64_t last_seen; /* created_at of the newest of these */
    int64_t said_at;   /* when that scan ended; filled in for visitors */
} ff_history_said;

typedef struct ff_history_scan {
    int64_t started_at, ended_at;
    ff_history_window window;
    ff_slice digest; /* of the catalog */
    uint64_t listed, failed, analysed, known, expired, errors;
    const ff_history_said *said;
    size_t said_count;
} ff_history_scan;

/* Writes a finished scan down. */
ff_status ff_history_finish(ff_history *history, const ff_history_scan *scan, ff_error *error);

/* Visits what finished scans said last of each group, one row a repository and fingerprint; of repositories of
 * `window` only, whatever the times in it. */
typedef ff_status (*ff_history_said_fn)(void *self, const ff_history_said *said);
ff_status ff_history_last_said(ff_history *history, const ff_history_window *window, ff_history_said_fn visit,
                               void *self, ff_error *error);

/* Visits all that finished scans said of one group, newest first, in the repositories of `window` (NULL: all). */
ff_status ff_history_said_of(ff_history *history, const ff_history_window *window, const char *fingerprint,
                             ff_history_said_fn visit, void *self, ff_error *error);

/* When runs of a group were created first and last, and how many there are. */
typedef struct ff_history_sight {
    int64_t first, last;
    uint64_t runs;
} ff_history_sight;

/* Fills `sight` for all time, in the repositories of `window`. FF_NOT_FOUND: no run is known. */
ff_status ff_history_seen(ff_history *history, const ff_history_window *window, const char *fingerprint,
                          ff_history_sight *sight, ff_error *error);

/* ---- housekeeping ---- */

/* Forgets runs created before `before`, with all that is known of them, and scans that ended before. `runs`: how many.
 */
ff_status ff_history_prune(ff_history *history, int64_t before, uint64_t *runs, ff_error *error);

/* Fingerprints that begin with `prefix` (hexadecimal), at most `most`, in order. */
typedef ff_status (*ff_history_print_fn)(void *self, const char *fingerprint);
ff_status ff_history_find(ff_history *history, ff_slice prefix, size_t most, ff_history_print_fn visit, void *self,
                          ff_error *error);

/* All that is known of `window` (NULL: of everything; of scans those that ended in it), a JSON object a line, in an
 * order that depends on the content alone: repositories, runs with their results, then scans. Formats of the lines:
 * docs/history.md. `write` gets whole lines. */
typedef ff_status (*ff_history_write_fn)(void *self, ff_slice piece);
ff_status ff_history_export(ff_history *history, const ff_history_window *window, ff_history_write_fn write, void *self,
                            ff_error *error);

#endif
