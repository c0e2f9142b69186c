/* Workflow files as bytes: what is read of them is bounded and belongs to one job at most. */
#include "fuzz.h"

#include "base/limits.h"
#include "repo/workflow.h"

static void check_minutes(ff_minutes limit)
{
    FF_PROMISE(limit.known || !limit.minutes);
    FF_PROMISE(limit.minutes <= 100000);
}

static void check_job(const ff_workflow *workflow, const ff_workflow_job *job)
{
    FF_PROMISE(job->shape_count >= 1 && job->shape_count <= FF_WORKFLOW_SHAPES);
    check_minutes(job->limit);
    for (size_t i = 0; i < job->steps.count; i++)
        check_minutes(job->steps.items[i].limit);
    ff_slice step = job->steps.count ? job->steps.items[0].label : (ff_slice){0};
    for (size_t i = 0; i < job->shape_count; i++) {
        ff_time_limits limits = ff_workflow_limits(workflow, job->shapes[i], step);
        check_minutes(limits.job);
        check_minutes(limits.step);
        FF_PROMISE(!job->reusable || !limits.step.minutes || workflow->jobs.count > 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ff_arena arena;
    ff_workflow workflow;
    ff_error error = {0};
    ff_arena_init(&arena, 0);
    ff_status status = ff_workflow_read(ff_fuzz_input(data, size), &arena, &workflow, &error);
    FF_PROMISE(status == FF_OK || status == FF_INVALID || status == FF_LIMIT || status == FF_NOMEM);
    FF_PROMISE(status == FF_OK || (workflow.jobs.count == 0 && error.text[0]));
    for (size_t i = 0; i < workflow.jobs.count && i < 64; i++)
        check_job(&workflow, &workflow.jobs.items[i]);
    ff_arena_release(&arena);
    return 0;
}
