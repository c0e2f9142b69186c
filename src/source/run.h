/* Facts of one run: jobs and steps, as GitHub's API names them.
 *
 * A source fills in what it knows (names and numbers from an archive; from the API conclusions and times too). The
 * log stage adds the steps of plain text and what each step's text shows. `diagnose` infers the conclusions that no
 * source knew. Everything lives in the run's arena. Jobs and steps are named by index, because the arrays move.
 */
#ifndef FF_SOURCE_RUN_H
#define FF_SOURCE_RUN_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/notes.h"

#include <stdint.h>

#define FF_NO_INDEX UINT32_MAX
#define FF_NO_EXIT_CODE INT32_MIN

/* As in GitHub's API; FF_CONCLUSION_UNKNOWN where nobody knows. */
typedef enum ff_conclusion {
    FF_CONCLUSION_UNKNOWN,
    FF_CONCLUSION_SUCCESS,
    FF_CONCLUSION_FAILURE,
    FF_CONCLUSION_CANCELLED,
    FF_CONCLUSION_TIMED_OUT,
    FF_CONCLUSION_SKIPPED,
    FF_CONCLUSION_STARTUP_FAILURE,
    FF_CONCLUSION_NEUTRAL,
    FF_CONCLUSION_ACTION_REQUIRED,
    FF_CONCLUSION_STALE,
    FF_CONCLUSION_COUNT
} ff_conclusion;

/* The API's word, or NULL for FF_CONCLUSION_UNKNOWN. */
const char *ff_conclusion_name(ff_conclusion conclusion);

/* The other way; FF_CONCLUSION_UNKNOWN for any other word, and for none. */
ff_conclusion ff_conclusion_of(ff_slice word);

/* True for failure, timed_out, cancelled and startup_failure. */
bool ff_conclusion_is_bad(ff_conclusion conclusion);

typedef enum ff_step_phase {
    FF_STEP_MAIN,
    FF_STEP_SETUP,    /* "Set up job", "Initialize containers", pre steps: before the workflow's own steps */
    FF_STEP_POST,     /* "Post …", "Stop containers": clean-up after the job's outcome is decided */
    FF_STEP_COMPLETE, /* "Complete job" */
} ff_step_phase;

/* A place in the text that was read. */
typedef struct ff_place {
    ff_slice file;     /* archive entry, path, or `-` */
    uint64_t line;     /* 1-based physical line in `file`; 0: no place */
    uint64_t job_line; /* 1-based line in the whole-job log; 0: not known */
    int64_t time;      /* nanoseconds since 1970-01-01 UTC, or FF_NO_TIME */
} ff_place;

/* What a step's text shows of its outcome. Filled in by the log stage, line by line. */
typedef struct ff_step_signs {
    int32_t exit_code;    /* of "Process completed with exit code N", or FF_NO_EXIT_CODE */
    ff_place exit_at;     /* the line that says so, or the last error marker of the runner */
    bool open_end;        /* `exit_at` is a build tool's word, which goes on to say why */
    bool failed;          /* the runner said that the step failed: exit code not 0, or an action's own error end */
    bool cancelled;       /* "The operation was canceled." and the like */
    bool timed_out;       /* the runner's words for a step or job over its time */
    bool lost;            /* the runner went away */
    bool passed;          /* the text says of itself, in its last words, that it succeeded */
    uint32_t error_lines; /* lines of kind error */
    ff_place first_error; /* the first of them */
    ff_place last_error;  /* the last of them */
    bool error_ends;      /* the last line of the step that is not of the runner was an error marker */
} ff_step_signs;

typedef struct ff_step {
    ff_slice name;    /* as in the log or API; any bytes */
    int64_t number;   /* the API's number; 0: not known */
    uint32_t ordinal; /* position among the job's steps that have text, from 1 */
    ff_step_phase phase;
    ff_conclusion conclusion;
    bool conclusion_known;                  /* stated by a source, not inferred */
    bool tolerated;                         /* it failed and its job went on as if it had not (set by diagnose) */
    bool doubtful;                          /* of one job's text: it failed, and ordinary steps ran behind it */
    ff_slice file;                          /* where its text is */
    uint64_t first_line, last_line;         /* in `file`; 0: no text */
    uint64_t first_job_line, last_job_line; /* 0: not known */
    int64_t started_at, completed_at;       /* API times, else first and last time stamp; FF_NO_TIME */
    ff_step_signs signs;
} ff_step;

/* How the same job ended in another attempt of the run. */
typedef struct ff_other_try {
    uint32_t attempt;
    ff_conclusion conclusion;
} ff_other_try;

/* What the runner or an action pinned to a job, as the API tells it. */
typedef struct ff_annotation {
    uint32_t job;
    ff_slice level; /* notice, warning or failure */
    ff_slice title, message;
    ff_slice path; /* of the repository; `.github` stands for no file */
    uint64_t line, end_line;
    bool in_log; /* a line of the job's log says the same (set by diagnose) */
} ff_annotation;

typedef struct ff_job {
    ff_slice name;         /* full name where known, else as in the archive; empty: a text without one */
    ff_slice archive_name; /* as spelled in the archive; empty for text */
    int64_t id;            /* API id; 0: not known */
    ff_conclusion conclusion;
    bool conclusion_known;
    bool has_log;    /* false: only facts (skipped, expired) or nothing at all */
    bool unfinished; /* the API says that it still runs or waits */
    bool known;      /* the API told about it: its steps are all there, with their conclusions */
    int64_t started_at, completed_at;
    struct {
        ff_other_try *items; /* by attempt */
        size_t count, cap;
    } others;
    struct {
        ff_step *items;
        size_t count, cap;
    } steps;
} ff_job;

/* Another attempt of the run. */
typedef struct ff_attempt {
    uint32_t number;
    ff_conclusion conclusion; /* unknown while it runs */
} ff_attempt;

/* The last run of the same workflow and branch that passed. */
typedef struct ff_last_green {
    uint64_t id; /* 0: not known */
    ff_slice head_sha;
    int64_t at; /* its start, or FF_NO_TIME */
} ff_last_green;

typedef struct ff_run {
    ff_arena *arena; /* borrowed; owns everything below */
    /* Empty slices and zeros where not known. */
    ff_slice host, repository, workflow, workflow_path, event, head_sha, head_branch, url;
    ff_slice workflow_text; /* the file at `workflow_path` as `head_sha` has it, as it came; empty where it was not
                             * asked for. Untrusted and unmasked: numbers are read out of it, and it is never shown */
    uint64_t id;
    uint32_t attempt;
    ff_conclusion conclusion;
    bool conclusion_known;
    bool known;              /* its facts come from the API */
    bool jobs_missing;       /* but not all of its jobs do: the list could not be read to its end */
    bool unfinished;         /* the API says that it still runs */
    bool waiting;            /* or that it waits for an approval or a protection rule */
    uint32_t only;           /* index of the one job that was asked for; FF_NO_INDEX: the whole run was */
    const char *asked;       /* where the facts came from, if not from GitHub itself; static; NULL: from there */
    uint32_t latest_attempt; /* 0: not known */
    struct {
        ff_attempt *items; /* the others that were looked at, by number */
        size_t count, cap;
    } attempts;
    struct {
        ff_annotation *items;
        size_t count, cap;
    } annotations;
    ff_last_green last_green;
    bool any_text;   /* set before a source is opened: text is read as a log whatever it looks like */
    bool single_log; /* one job's text, not a whole run: other jobs are unknown, not absent */
    struct {
        ff_job *items;
        size_t count, cap;
    } jobs;
    ff_notes notes;
    uint64_t entries_read, bytes_read;
    uint32_t redactions; /* secrets masked in what was kept */
    int64_t now;         /* when it was looked at, as the caller says; FF_NO_TIME */
    size_t facts_bytes;  /* of the arena, in jobs, steps and names */
} ff_run;

/* The first line of its message; borrowed. */
ff_slice ff_annotation_words(const ff_annotation *annotation);

/* Starts a run without jobs whose facts are all unknown. `arena` must outlive it. */
void ff_run_init(ff_run *run, ff_arena *arena);

/* The name of a job, a step or a file as the run keeps it: passed through ff_text_keep, because whoever gives names can
 * put a secret there, and at most FF_LIMIT_NAME_BYTES long. The empty slice without memory. */
ff_slice ff_run_keep_name(ff_run *run, ff_slice name);

/* A new job or step with its unknowns set, or NULL (no memory, or FF_LIMIT_JOBS, FF_LIMIT_STEPS or
 * FF_LIMIT_FACTS_BYTES: then a note `jobs-limit`, `steps-limit` or `facts-limit` is added; the first step of a job has
 * room whatever the bytes). The pointer holds until the next call; the index is count - 1. `name` goes through
 * ff_run_keep_name. */
ff_job *ff_run_add_job(ff_run *run, ff_slice name);
ff_step *ff_run_add_step(ff_run *run, uint32_t job, ff_slice name);

/* Makes room for the steps of a job that has none yet, exactly; without it the room doubles as they come. */
void ff_run_expect_steps(ff_run *run, uint32_t job, size_t count);

/* Borrowed pointers; the indices must be valid. */
ff_job *ff_run_job(const ff_run *run, uint32_t job);
ff_step *ff_run_step(const ff_run *run, uint32_t job, uint32_t step);

#endif
