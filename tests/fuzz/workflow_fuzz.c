/* Workflow files as bytes: what is read of them is bounded and belongs to one job at most, places lie inside the file,
 * and reading leniently never gives less. */
#include "fuzz.h"

#include "base/limits.h"
#include "workflow/echoed.h"
#include "workflow/workflows.h"

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

static void check_step(const ff_workflow_step *step, uint32_t lines)
{
    size_t work = FF_LIMIT_LOCATE_BYTES;
    FF_PROMISE(step->first_line >= 1 && step->first_line <= step->last_line && step->last_line <= lines);
    FF_PROMISE(step->run_first_line <= step->run_last_line && step->run_last_line <= lines);
    FF_PROMISE(ff_workflow_line_of(step, 1) == step->run_first_line);
    FF_PROMISE(ff_echoed_compare(step->run.text, step->run.text, &work) != FF_ECHOED_DIFFERS);
}

static void check_places(const ff_workflow *workflow, uint32_t lines)
{
    for (size_t i = 0; i < workflow->jobs.count && i < 64; i++) {
        const ff_workflow_job *job = &workflow->jobs.items[i];
        FF_PROMISE(job->first_line >= 1 && job->first_line <= job->last_line && job->last_line <= lines);
        for (size_t k = 0; k < job->steps.count && k < 64; k++)
            check_step(&job->steps.items[k], lines);
    }
}

/* No more than there are, and an empty line behind the last. YAML counts other line ends than LF too. */
static uint32_t count_lines(ff_slice text)
{
    uint32_t lines = 2;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n' || text.ptr[i] == '\r' || (unsigned char)text.ptr[i] >= 0x80;
    return lines;
}

static void check_lenient(ff_slice text, const ff_workflow *strict, ff_status status)
{
    ff_arena arena;
    ff_workflow workflow;
    ff_error error = {0};
    ff_arena_init(&arena, 0);
    ff_status part = ff_workflow_read_part(text, &arena, &workflow, &error);
    FF_PROMISE(status != FF_OK || (part == FF_OK && workflow.jobs.count == strict->jobs.count));
    FF_PROMISE(part == FF_OK || error.text[0]);
    check_places(&workflow, count_lines(text));
    part = ff_workflow_read_action(text, &arena, &workflow, NULL);
    FF_PROMISE(part != FF_OK || workflow.jobs.count <= 1);
    check_places(&workflow, count_lines(text));
    ff_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ff_arena arena;
    ff_workflow workflow;
    ff_error error = {0};
    ff_slice text = ff_fuzz_input(data, size);
    ff_arena_init(&arena, 0);
    ff_status status = ff_workflow_read(text, &arena, &workflow, &error);
    FF_PROMISE(status == FF_OK || status == FF_INVALID || status == FF_LIMIT || status == FF_NOMEM);
    FF_PROMISE(status == FF_OK || (workflow.jobs.count == 0 && error.text[0]));
    for (size_t i = 0; i < workflow.jobs.count && i < 64; i++)
        check_job(&workflow, &workflow.jobs.items[i]);
    check_lenient(text, &workflow, status);
    ff_arena_release(&arena);
    return 0;
}
