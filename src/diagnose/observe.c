#include "diagnose/observe.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "diagnose/attempts.h"
#include "diagnose/context.h"
#include "diagnose/pinned.h"
#include "diagnose/siblings.h"
#include "diagnose/timing.h"

/* In the order of use: what the reader must not overlook, what ended the step, whether a new try would do, where it
 * fails, and what passed before. */
static ff_status (*const OBSERVERS[])(ff_observer *) = {
    ff_context_observe_gaps, ff_timing_observe,   ff_pinned_observe,
    ff_attempts_observe,     ff_siblings_observe, ff_context_observe_green,
};

void ff_observer_name(ff_observer *observer, ff_slice name)
{
    enum { NAME_BYTES = 80 };
    ff_slice shown = ff_utf8_cut(name, NAME_BYTES);
    ff_buf_printf(&observer->said, "“%.*s%s”", FF_ARG(shown), shown.len < name.len ? "…" : "");
}

void ff_observer_place(ff_observer *observer, uint32_t job, uint32_t step)
{
    const ff_run *run = observer->c->run;
    ff_slice job_name = job == FF_NO_INDEX ? (ff_slice){0} : ff_run_job(run, job)->name;
    ff_slice step_name = step == FF_NO_INDEX ? (ff_slice){0} : ff_run_step(run, job, step)->name;
    if (job_name.len)
        ff_observer_name(observer, job_name);
    if (step_name.len) {
        ff_buf_add(&observer->said, job_name.len ? FF_LIT(" › ") : FF_LIT(""));
        ff_observer_name(observer, step_name);
    }
    if (job_name.len == 0 && step_name.len == 0)
        ff_buf_add(&observer->said, step == FF_NO_INDEX ? FF_LIT("The job") : FF_LIT("The step"));
}

static bool is_told(const ff_observer *observer, const char *code, ff_slice text)
{
    for (size_t i = 0; i < observer->told.count; i++)
        if (strcmp(observer->told.items[i].code, code) == 0 && ff_slice_eq(observer->told.items[i].text, text))
            return true;
    return false;
}

ff_status ff_observer_tell(ff_observer *observer, const char *code, uint32_t job, uint32_t step)
{
    ff_arena *arena = observer->c->run->arena;
    ff_slice text = ff_buf_slice(&observer->said);
    ff_status status = ff_buf_status(&observer->said);
    bool fresh = status == FF_OK && !is_told(observer, code, text);
    if (fresh && observer->told.count >= FF_LIMIT_OBSERVATIONS) {
        ff_notes_add(&observer->c->run->notes, false, "observations-limit",
                     "More than %u remarks on attempts, siblings and times; the rest was left out.",
                     FF_LIMIT_OBSERVATIONS);
    } else if (fresh) {
        ff_slice kept = ff_arena_dup(arena, text);
        ff_observation *told = kept.len ? FF_ARRAY_PUSH(arena, &observer->told) : NULL;
        if (told)
            *told = (ff_observation){code, kept, job, step};
        status = told ? FF_OK : FF_NOMEM;
    }
    ff_buf_reset(&observer->said);
    return status;
}

ff_status ff_observations_collect(const ff_case *c, const ff_observation **items, size_t *count)
{
    enum { SENTENCE_BYTES = 4096 };
    ff_observer observer = {.c = c};
    ff_status status = FF_OK;
    ff_buf_init(&observer.said, SENTENCE_BYTES);
    for (size_t i = 0; i < sizeof OBSERVERS / sizeof *OBSERVERS && status == FF_OK; i++)
        status = OBSERVERS[i](&observer);
    ff_buf_release(&observer.said);
    *items = observer.told.items;
    *count = observer.told.count;
    return status;
}
