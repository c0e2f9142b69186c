#include "source/run.h"

#include "base/array.h"
#include "base/keep.h"
#include "base/limits.h"

#include <assert.h>

static const char *const CONCLUSION_NAMES[FF_CONCLUSION_COUNT] = {
    [FF_CONCLUSION_UNKNOWN] = NULL,
    [FF_CONCLUSION_SUCCESS] = "success",
    [FF_CONCLUSION_FAILURE] = "failure",
    [FF_CONCLUSION_CANCELLED] = "cancelled",
    [FF_CONCLUSION_TIMED_OUT] = "timed_out",
    [FF_CONCLUSION_SKIPPED] = "skipped",
    [FF_CONCLUSION_STARTUP_FAILURE] = "startup_failure",
    [FF_CONCLUSION_NEUTRAL] = "neutral",
    [FF_CONCLUSION_ACTION_REQUIRED] = "action_required",
    [FF_CONCLUSION_STALE] = "stale",
};

const char *ff_conclusion_name(ff_conclusion conclusion)
{
    return (unsigned)conclusion < FF_CONCLUSION_COUNT ? CONCLUSION_NAMES[conclusion] : NULL;
}

bool ff_conclusion_is_bad(ff_conclusion conclusion)
{
    return conclusion == FF_CONCLUSION_FAILURE || conclusion == FF_CONCLUSION_TIMED_OUT ||
           conclusion == FF_CONCLUSION_CANCELLED || conclusion == FF_CONCLUSION_STARTUP_FAILURE;
}

void ff_run_init(ff_run *run, ff_arena *arena)
{
    *run = (ff_run){.arena = arena};
    ff_notes_init(&run->notes, arena);
}

ff_slice ff_run_keep_name(ff_run *run, ff_slice name)
{
    ff_buf masked;
    ff_slice kept = {0};
    ff_buf_init(&masked, 4 * name.len + 16);
    uint32_t redactions = ff_text_redact(&masked, name);
    if (ff_buf_status(&masked) == FF_OK) {
        kept = ff_arena_dup(run->arena, ff_buf_slice(&masked));
        run->redactions += redactions;
    } else {
        run->arena->failed = true;
    }
    ff_buf_release(&masked);
    return kept;
}

ff_job *ff_run_add_job(ff_run *run, ff_slice name)
{
    if (run->jobs.count >= FF_LIMIT_JOBS) {
        ff_notes_add(&run->notes, true, "jobs-limit", "More than %u jobs; the rest was not read.", FF_LIMIT_JOBS);
        return NULL;
    }
    ff_job *job = FF_ARRAY_PUSH(run->arena, &run->jobs);
    if (job)
        *job = (ff_job){.name = ff_run_keep_name(run, name), .started_at = FF_NO_TIME, .completed_at = FF_NO_TIME};
    return job;
}

ff_step *ff_run_add_step(ff_run *run, uint32_t job, ff_slice name)
{
    ff_job *owner = ff_run_job(run, job);
    if (owner->steps.count >= FF_LIMIT_STEPS) {
        ff_notes_add(&run->notes, true, "steps-limit", "More than %u steps in one job; the rest was not told apart.",
                     FF_LIMIT_STEPS);
        return NULL;
    }
    ff_step *step = FF_ARRAY_PUSH(run->arena, &owner->steps);
    if (step)
        *step = (ff_step){.name = ff_run_keep_name(run, name),
                          .ordinal = (uint32_t)owner->steps.count,
                          .started_at = FF_NO_TIME,
                          .completed_at = FF_NO_TIME,
                          .signs = {.exit_code = FF_NO_EXIT_CODE}};
    return step;
}

ff_job *ff_run_job(const ff_run *run, uint32_t job)
{
    assert(job < run->jobs.count);
    return &run->jobs.items[job];
}

ff_step *ff_run_step(const ff_run *run, uint32_t job, uint32_t step)
{
    assert(step < ff_run_job(run, job)->steps.count);
    return &run->jobs.items[job].steps.items[step];
}
