/* One scan of many runs: lists them, analyses those that failed and are not known, writes down what was found out.
 *
 *     ff_survey survey = {.history = history, .catalog = catalog, .repositories = ..., .jobs = 4, ...};
 *     ff_survey_result result;
 *     ff_survey_run(&survey, &result, &error);
 *
 * Requests: one page of the listing for every 100 runs of the window, then for each failed run that is not known its
 * jobs and its archive; nothing for those that are. Whatever the number of runs, memory is that of `jobs` analyses, or
 * of as many listings of FF_RUNS_MOST runs, and a hundred bytes a run. A run that cannot be read is written down as
 * such and tried again by the next scan.
 */
#ifndef FF_SURVEY_SURVEY_H
#define FF_SURVEY_SURVEY_H

#include "base/notes.h"
#include "history/history.h"

#include <firstfault/catalog.h>
#include <firstfault/online.h>

/* How far it is; a few times a second, from the thread that called ff_survey_run. */
typedef struct ff_survey_progress {
    const char *what;     /* "listing", "reading"; static */
    uint64_t done, total; /* runs; total 0: not known yet */
    uint64_t bytes;       /* received */
    uint32_t requests;    /* sent */
    int64_t remaining;    /* requests that the rate limit leaves; -1: not known */
    uint32_t wait;        /* seconds still to wait for a limit; 0: it does not wait */
    uint32_t seconds;     /* until it is expected to end; 0: not known */
} ff_survey_progress;

typedef struct ff_survey {
    ff_history *history;             /* borrowed */
    const ff_catalog *catalog;       /* borrowed */
    const char *const *repositories; /* OWNER/REPO or HOST/OWNER/REPO */
    size_t repository_count;
    const char *const
        *organizations; /* ORG or HOST/ORG: all repositories that the token sees and that are not archived */
    size_t organization_count;
    int64_t since, until;             /* created_at; until is not included */
    ff_slice branch, workflow, event; /* empty: any */
    bool cancelled;                   /* cancelled runs count as failed */
    uint32_t limit;                   /* analyse so many runs at most, newest first; 0: all */
    uint32_t jobs;                    /* at once; 0: FF_SURVEY_JOBS_DEFAULT */
    /* max_wait, offline, no_cache, trace, stopped, ask_token; `progress` is not used. `stopped`: no further run is
     * begun, those in hand are finished, unless a rate limit holds them back: these are left. It and `hurried` may be
     * asked from any thread, `trace` from one of the survey's own. */
    const ff_online *online;
    bool (*hurried)(void *self); /* NULL; of online->self: true ends those in hand too, and all waiting */
    void (*progress)(void *self, const ff_survey_progress *progress); /* NULL: nobody watches */
    void *self;                                                       /* of progress */
} ff_survey;

enum { FF_SURVEY_JOBS_DEFAULT = 4, FF_SURVEY_JOBS_MAX = 16 };

typedef struct ff_survey_result {
    ff_history_run *repositories; /* host and repository of all that were listed, as GitHub calls them; in the arena */
    size_t repository_count;
    uint64_t listed, failed, analysed, known, expired, errors;
    uint64_t passed; /* of repositories with too many runs to be listed: those that passed, which were only counted */
    bool stopped;    /* by `online->stopped`: what was done is kept */
    bool denied;     /* nothing was read, because the token was refused */
    ff_notes notes;  /* partial: something is missing that a retry could bring */
} ff_survey_result;

/* Runs it to its end. FF_OK also when parts could not be read: the notes say which. Else, when nothing was: as
 * ff_call.status for the first repository, FF_MISUSE for words that name none, or as the history. `arena` keeps the
 * result. */
ff_status ff_survey_run(const ff_survey *survey, ff_arena *arena, ff_survey_result *result, ff_error *error);

#endif
