#include "workflow/workflow_names.h"

/* The one job that can have this name, or NULL. */
static const ff_workflow_job *find_job(const ff_workflow *workflow, ff_slice name)
{
    const ff_workflow_job *found = NULL;
    for (size_t i = 0; i < workflow->jobs.count; i++) {
        if (!ff_workflow_job_could_be(&workflow->jobs.items[i], name))
            continue;
        if (found)
            return NULL;
        found = &workflow->jobs.items[i];
    }
    return found;
}

/* Of steps with one name nobody can tell which it is, but they may agree. */
static ff_minutes limit_of_step(const ff_workflow_job *job, ff_slice name)
{
    ff_minutes limit = {.known = false};
    bool found = false;
    for (size_t i = 0; name.len && i < job->steps.count; i++) {
        const ff_workflow_step *step = &job->steps.items[i];
        if (!ff_workflow_could_be(step->label, name))
            continue;
        if (!step->limit.known || (found && step->limit.minutes != limit.minutes))
            return (ff_minutes){.known = false};
        limit = step->limit;
        found = true;
    }
    return limit;
}

ff_time_limits ff_workflow_limits(const ff_workflow *workflow, ff_slice job, ff_slice step)
{
    const ff_workflow_job *found = job.len ? find_job(workflow, ff_slice_trim(job)) : NULL;
    if (!found || found->reusable)
        return (ff_time_limits){.job = {.known = false}};
    return (ff_time_limits){.job = found->limit, .step = limit_of_step(found, ff_slice_trim(step))};
}
