/* A workflow file, as far as it can be read without running it: its jobs, their steps, and the time limits of both.
 *
 * What depends on an expression (`${{ … }}`), on a file elsewhere or on a guess is not known, which is another answer
 * than that the file says nothing. Nothing is looked up here: text in, facts out.
 *
 *     ff_workflow workflow;
 *     ff_time_limits limits;
 *     if (ff_workflow_read(text, &arena, &workflow, &error) == FF_OK) {
 *         limits = ff_workflow_limits(&workflow, FF_LIT("test (3.11)"), FF_LIT("Run pytest"));
 *         if (limits.job.known && limits.job.minutes) ...
 *
 * Format: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
#ifndef FF_REPO_WORKFLOW_H
#define FF_REPO_WORKFLOW_H

#include "base/arena.h"
#include "base/error.h"

#include <stdint.h>

/* A `timeout-minutes`. Known with 0 minutes: there is none. */
typedef struct ff_minutes {
    bool known;
    uint32_t minutes;
} ff_minutes;

typedef struct ff_time_limits {
    ff_minutes job, step;
} ff_time_limits;

/* The most names that GitHub may give to the legs of one job. */
enum { FF_WORKFLOW_SHAPES = 4 };

/* A member as written, with its place; line 0: there is none. */
typedef struct ff_workflow_text {
    ff_slice text;
    uint32_t line; /* of the file, from 1 */
} ff_workflow_text;

/* A member of `env`, `with`, `secrets`, `services`. */
typedef struct ff_workflow_pair {
    ff_slice name, value; /* no value where it is no scalar */
    uint32_t line;
} ff_workflow_pair;

typedef struct ff_workflow_pairs {
    ff_workflow_pair *items;
    size_t count, cap;
} ff_workflow_pairs;

/* How `continue-on-error` stands there: an expression is neither. */
typedef enum ff_workflow_flag { FF_FLAG_OFF, FF_FLAG_ON, FF_FLAG_DEPENDS } ff_workflow_flag;

typedef struct ff_workflow_step {
    ff_slice label; /* what GitHub calls it, with the expressions that stand in it */
    ff_minutes limit;
    ff_workflow_text name, id, uses, run, shell, working_directory, condition; /* `if` */
    ff_workflow_flag continues;                                                /* `continue-on-error` */
    uint32_t continues_line;
    ff_workflow_pairs env, with;
    uint32_t first_line, last_line;         /* of the file: the step as a whole */
    uint32_t run_first_line, run_last_line; /* of the script's text; 0: lines of text and file do not correspond */
} ff_workflow_step;

typedef struct ff_workflow_job {
    ff_slice key;
    bool reusable;                       /* its steps are those of another file (`uses`) */
    ff_slice shapes[FF_WORKFLOW_SHAPES]; /* what GitHub calls its legs, with the expressions that stand in it */
    size_t shape_count;
    ff_minutes limit;
    ff_workflow_text name, condition, uses, environment, runs_on, shell, working_directory; /* the last two: defaults */
    ff_workflow_flag continues;
    uint32_t continues_line;
    ff_workflow_pairs env, secrets, services;
    bool inherits;              /* `secrets: inherit` */
    bool matrix;                /* it has a strategy with a matrix */
    ff_workflow_flag fail_fast; /* on unless it says otherwise */
    struct {
        ff_workflow_text *items;
        size_t count, cap;
    } needs;
    uint32_t first_line, last_line;
    struct {
        ff_workflow_step *items;
        size_t count, cap;
    } steps;
} ff_workflow_job;

/* Zeroed it has no jobs, and so knows nothing. */
typedef struct ff_workflow {
    ff_workflow_text name, shell, working_directory; /* the last two: `defaults.run` */
    ff_workflow_pairs env;
    struct {
        ff_workflow_job *items; /* in file order */
        size_t count, cap;
    } jobs;
} ff_workflow;

/* Reads a workflow file; all of it lives in `arena`, and `text` is not kept. FF_OK; FF_INVALID or FF_LIMIT with a
 * position for what base/yaml.h refuses or what is no workflow (`workflow file:3:1: …`); FF_NOMEM. After an error
 * `workflow` is zeroed. */
ff_status ff_workflow_read(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error);

/* What the file sets for a job and its step, by the names that GitHub's API has for them; an empty step name stands for
 * no step. Not known: a name that no job, or more than one, could have; a job of a reusable workflow; a step whose name
 * several have that differ; a limit that is no whole number. */
ff_time_limits ff_workflow_limits(const ff_workflow *workflow, ff_slice job, ff_slice step);

#endif
