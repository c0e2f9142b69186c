#include "source/run.h"

#include "base/array.h"
#include "base/keep.h"
#include "base/limits.h"
#include "base/terminal.h"

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

ff_conclusion ff_conclusion_of(ff_slice word)
{
    for (unsigned i = 0; i < FF_CONCLUSION_COUNT; i++)
        if (CONCLUSION_NAMES[i] && ff_slice_eq(word, ff_slice_of(CONCLUSION_NAMES[i])))
            return (ff_conclusion)i;
    return FF_CONCLUSION_UNKNOWN;
}

bool ff_conclusion_is_bad(ff_conclusion conclusion)
{
    return conclusion == FF_CONCLUSION_FAILURE || conclusion == FF_CONCLUSION_TIMED_OUT ||
           conclusion == FF_CONCLUSION_CANCELLED || conclusion == FF_CONCLUSION_STARTUP_FAILURE;
}

ff_slice ff_annotation_words(const ff_annotation *annotation)
{
    ff_slice rest = ff_slice_trim(annotation->message), line = {0};
    (void)ff_slice_take_until(&rest, '\n', &line);
    return ff_slice_trim(line);
}

void ff_run_init(ff_run *run, ff_arena *arena)
{
    *run = (ff_run){.arena = arena, .only = FF_NO_INDEX, .last_green.at = FF_NO_TIME, .now = FF_NO_TIME};
    ff_notes_init(&run->notes, arena);
}

/* Colours and the like in a name, of which nothing is to be seen. */
static ff_slice without_sequences(ff_arena *arena, ff_slice name)
{
    enum { ESCAPE = 0x1B };
    name = ff_slice_cut(name, (size_t)2 * FF_LIMIT_NAME_BYTES);
    char *scratch = ff_slice_find_byte(name, ESCAPE) == SIZE_MAX ? NULL : ff_arena_alloc(arena, name.len);
    return scratch ? ff_terminal_plain(name, scratch) : name;
}

ff_slice ff_run_keep_name(ff_run *run, ff_slice name)
{
    ff_slice shown = without_sequences(run->arena, name);
    ff_slice kept = ff_text_keep(run->arena, shown, FF_LIMIT_NAME_BYTES, &run->redactions);
    run->facts_bytes += kept.len;
    return kept;
}

/* True if jobs and steps may take no more memory: what is found in them needs some too. */
static bool is_full(ff_run *run)
{
    if (run->facts_bytes < FF_LIMIT_FACTS_BYTES)
        return false;
    ff_notes_add(&run->notes, true, "facts-limit",
                 "The jobs and steps take more than %zu MiB; further ones were not told apart or not read.",
                 FF_LIMIT_FACTS_BYTES / 1024 / 1024);
    return true;
}

ff_job *ff_run_add_job(ff_run *run, ff_slice name)
{
    if (run->jobs.count >= FF_LIMIT_JOBS) {
        ff_notes_add(&run->notes, true, "jobs-limit", "More than %u jobs; the rest was not read.", FF_LIMIT_JOBS);
        return NULL;
    }
    if (is_full(run))
        return NULL;
    size_t before = run->arena->used;
    ff_job *job = FF_ARRAY_PUSH(run->arena, &run->jobs);
    run->facts_bytes += run->arena->used - before;
    if (job)
        *job = (ff_job){.name = ff_run_keep_name(run, name), .started_at = FF_NO_TIME, .completed_at = FF_NO_TIME};
    return job;
}

void ff_run_expect_steps(ff_run *run, uint32_t job, size_t count)
{
    ff_job *owner = ff_run_job(run, job);
    size_t cap = count < FF_LIMIT_STEPS ? count : FF_LIMIT_STEPS;
    size_t before = run->arena->used;
    if (owner->steps.items || is_full(run))
        return;
    owner->steps.items = ff_arena_array(run->arena, cap, sizeof *owner->steps.items);
    owner->steps.cap = owner->steps.items ? cap : 0;
    run->facts_bytes += run->arena->used - before;
}

ff_step *ff_run_add_step(ff_run *run, uint32_t job, ff_slice name)
{
    ff_job *owner = ff_run_job(run, job);
    if (owner->steps.count >= FF_LIMIT_STEPS) {
        ff_notes_add(&run->notes, true, "steps-limit", "More than %u steps in one job; the rest was not told apart.",
                     FF_LIMIT_STEPS);
        return NULL;
    }
    if (owner->steps.count > 0 && is_full(run)) /* the text of a job must belong to some step */
        return NULL;
    size_t before = run->arena->used;
    ff_step *step = FF_ARRAY_PUSH(run->arena, &owner->steps);
    run->facts_bytes += run->arena->used - before;
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
