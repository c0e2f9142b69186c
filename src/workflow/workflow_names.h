/* What GitHub calls the jobs and steps of a workflow file: names with expressions, whose values nobody knows. */
#ifndef FF_WORKFLOW_WORKFLOW_NAMES_H
#define FF_WORKFLOW_WORKFLOW_NAMES_H

#include "workflow/workflow.h"

/* Takes the text up to the next expression (`${{ … }}`) into `fixed`, and drops the expression. False, with the rest in
 * `fixed`, when none follows. */
bool ff_workflow_take_fixed(ff_slice *shape, ff_slice *fixed);

/* True if `name` can be what becomes of a text with expressions. */
bool ff_workflow_could_be(ff_slice shape, ff_slice name);

/* The same for the names of a job, and for those that are its own: not of the workflow that it calls. */
bool ff_workflow_job_could_be(const ff_workflow_job *job, ff_slice name);
bool ff_workflow_leg_could_be(const ff_workflow_job *job, ff_slice name);

/* Fill `shapes` and `label`, the other members being there. False without memory. */
bool ff_workflow_name_job(ff_workflow_job *job, ff_arena *arena);
bool ff_workflow_name_step(ff_workflow_step *step, ff_arena *arena);

#endif
