/* All workflow files of a repository, and where a job and a step of a log stand in them.
 *
 *     ff_workflows *workflows = NULL;
 *     ff_workflows_load(&workflows, tree, &arena);
 *     ff_workflow_site site;
 *     ff_workflow_ask ask = {.path = run->workflow_path, .job = FF_LIT("test (3.11)"), .step = FF_LIT("Run pytest"),
 *                            .script = echoed};
 *     if (ff_workflows_locate(workflows, &ask, &site)) ... site.file->path : site.step->first_line ...
 *
 * Files: `*.yml` and `*.yaml` in `.github/workflows`, and of the same repository the reusable workflows (`uses: ./…`)
 * and composite actions (`action.yml`) that they name. A broken file is read as far as it goes.
 */
#ifndef FF_WORKFLOW_WORKFLOWS_H
#define FF_WORKFLOW_WORKFLOWS_H

#include "tree/tree.h"
#include "workflow/workflow.h"

typedef struct ff_workflow_file {
    ff_slice path;
    ff_slice text;     /* borrowed from the tree */
    ff_workflow model; /* of an action: one job without a key, with its steps */
    bool action;       /* a composite action */
    ff_slice trouble;  /* why it was not read, or not to its end: `line 12: …`; empty: all of it was */
} ff_workflow_file;

typedef struct ff_workflows {
    struct {
        ff_workflow_file *items; /* sorted by path */
        size_t count, cap;
    } files;
    bool whole; /* the tree's list of names was whole, and every file was read to its end */
} ff_workflows;

typedef struct ff_workflow_ask {
    ff_slice path;      /* of the run's workflow; empty: any that has such a job */
    ff_slice job, step; /* names as the API or the log has them, `caller / called` for a job of a reusable workflow; a
                         * text log may know no job: then any of the workflow and of those that it calls */
    ff_slice script;    /* as the runner echoed it, without its `Run …` header; empty: not known */
} ff_workflow_ask;

typedef struct ff_workflow_site {
    const ff_workflow_file *file; /* where the step stands: for a step of a reusable workflow, that file; for an echo of
                                   * a composite action, the action's */
    const ff_workflow_job *job;
    const ff_workflow_step *step; /* NULL: only the job was found */
    bool confirmed;               /* the echoed script is the step's `run`, expressions aside */
    bool differs;                 /* it is known, and is not: the file is not the one that ran. With neither, nobody can
                                   * tell: no script is known, or the step is an action from elsewhere */
} ff_workflow_site;

/* Reads the files; memory from `arena`, texts from the tree, which may be NULL: then there are none. FF_OK or
 * FF_NOMEM. */
ff_status ff_workflows_load(ff_workflows **workflows, ff_tree *tree, ff_arena *arena);

/* Reads one of them again, after ff_tree_put; a path that is none of them is left alone. What was known of the file is
 * not to be used any more. FF_OK or FF_NOMEM. */
ff_status ff_workflows_reread(ff_workflows *workflows, ff_tree *tree, ff_slice path, ff_arena *arena);

/* Finds the one place that a job and step can be. False, and a zeroed site, if there is none or more than one. Of
 * several steps with one name the echoed script decides, and so it does where no step has the name or none is given.
 * Where a job can be told and its step cannot, the job alone is found. Bound: FF_LIMIT_LOCATE_BYTES, then false. */
bool ff_workflows_locate(const ff_workflows *workflows, const ff_workflow_ask *ask, ff_workflow_site *site);

/* The file of this path, or NULL. */
const ff_workflow_file *ff_workflows_file(const ff_workflows *workflows, ff_slice path);

/* The workflow that a job's `uses: ./…` calls, or the action of a step's; NULL for what is not of this repository or
 * not there. */
const ff_workflow_file *ff_workflows_called(const ff_workflows *workflows, ff_slice uses, bool action);

/* The `shell` of the site's step, or what its job or workflow set for all of theirs; empty: none of them does, and it
 * is GitHub's default. On Windows that is `pwsh`. */
ff_slice ff_workflow_shell_of(const ff_workflow_site *site);

/* Likewise the folder that the step, if there is one, works in; empty: the root of the repository. */
ff_slice ff_workflow_folder_of(const ff_workflow_site *site);

/* The line of the file where line `line` (1-based) of the step's script stands; 0: it has none of its own (a folded or
 * quoted scalar). */
uint32_t ff_workflow_line_of(const ff_workflow_step *step, uint32_t line);

#endif
