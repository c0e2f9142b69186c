/* A workflow file, as far as it can be read without running it: its jobs, their steps, where they stand, what they say.
 * A composite action has such steps too.
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
#ifndef FF_WORKFLOW_WORKFLOW_H
#define FF_WORKFLOW_WORKFLOW_H

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

/* A member as written, without blanks at its ends, with the place of its value; line 0: there is none. What is no
 * scalar has a line and no text. */
typedef struct ff_workflow_text {
    ff_slice text;
    uint32_t line; /* of the file, from 1 */
} ff_workflow_text;

/* A member of `env`, `with`, `secrets`, `services`. */
typedef struct ff_workflow_pair {
    ff_slice name, value; /* no value where it is no scalar */
    uint32_t line;        /* of the name */
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
    ff_workflow_text name, id, uses, shell, working_directory, condition; /* `if` */
    ff_workflow_text run;       /* this one with all its blanks: its lines are those of the script */
    ff_workflow_flag continues; /* `continue-on-error` */
    uint32_t continues_line;    /* 0: it is not written */
    ff_workflow_pairs env, with;
    uint32_t first_line, last_line;         /* of the file: the step as a whole; of an alias, what it stands for */
    uint32_t run_first_line, run_last_line; /* of the script's text; 0: lines of text and file do not correspond */
} ff_workflow_step;

typedef struct ff_workflow_job {
    ff_slice key;
    bool reusable; /* its steps are those of another file (`uses`) */
    ff_slice
        shapes[FF_WORKFLOW_SHAPES]; /* what GitHub calls its legs, with the expressions that stand in it; of a
                                     * reusable one the first half are its own, the others those of what it calls */
    size_t shape_count;
    ff_minutes limit;
    ff_workflow_text name, condition, uses;
    ff_workflow_text environment;              /* its name, however it is written */
    ff_workflow_text runs_on;                  /* labels of a list with commas between them */
    ff_workflow_text shell, working_directory; /* `defaults.run` */
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
 * `workflow` is zeroed. Bounds: FF_LIMIT_WORKFLOW_JOBS, FF_LIMIT_WORKFLOW_STEPS. */
ff_status ff_workflow_read(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error);

/* The same for a file that may be broken or have anchors: read leniently, and after FF_INVALID or FF_LIMIT `workflow`
 * has what could be read. What stands behind the place of the error may be missing. */
ff_status ff_workflow_read_part(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error);

/* Reads an `action.yml` likewise: the steps of a composite action make one job without key and names. An action of
 * another kind has no jobs. */
ff_status ff_workflow_read_action(ff_slice text, ff_arena *arena, ff_workflow *workflow, ff_error *error);

/* What the file sets for a job and its step, by the names that GitHub's API has for them; an empty step name stands for
 * no step. Not known: a name that no job, or more than one, could have; a job of a reusable workflow; a step whose name
 * several have that differ; a limit that is no whole number. */
ff_time_limits ff_workflow_limits(const ff_workflow *workflow, ff_slice job, ff_slice step);

#endif
