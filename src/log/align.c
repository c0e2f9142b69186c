#include "log/align.h"

#define SECOND INT64_C(1000000000)

static bool has_run(const ff_step *step)
{
    return !(step->conclusion_known && step->conclusion == FF_CONCLUSION_SKIPPED);
}

/* True if the step ran in the second of `time`, as far as is known. */
static bool runs_at(const ff_step *step, int64_t time)
{
    if (time == FF_NO_TIME || step->started_at == FF_NO_TIME)
        return false;
    return step->started_at < time + 1 && (step->completed_at == FF_NO_TIME || time < step->completed_at + SECOND);
}

static uint32_t next_run(const ff_job *job, uint32_t from)
{
    uint32_t next = from;
    while (next < job->steps.count && !has_run(&job->steps.items[next]))
        next++;
    return next < job->steps.count ? next : FF_NO_INDEX;
}

/* How well the line's name and phase fit: what is named alike, then what has the same place in a job, then what began
 * just then: a step that began two seconds before its first header had none, and the header is another one's. */
enum { FIT_NAME = 8, FIT_PHASE = 4, FIT_TIME = 2, FIT_AT_ALL = 1 };

static unsigned fit(const ff_step *step, ff_slice name, ff_step_phase phase, int64_t time)
{
    unsigned named = name.len && ff_slice_eq(step->name, name) ? FIT_NAME : 0;
    unsigned placed = step->phase == phase ? FIT_PHASE : 0;
    bool known = time != FF_NO_TIME && step->started_at != FF_NO_TIME;
    return named + placed + (known && time - step->started_at < 2 * SECOND ? FIT_TIME : 0) + FIT_AT_ALL;
}

uint32_t ff_align_opening(const ff_job *job, uint32_t current, ff_slice name, ff_step_phase phase, int64_t time)
{
    uint32_t first = current == FF_NO_INDEX ? 0 : current + 1, best = FF_NO_INDEX;
    unsigned best_fit = 0;
    for (uint32_t i = first; i < job->steps.count; i++) {
        const ff_step *step = &job->steps.items[i];
        unsigned this_fit = fit(step, name, phase, time);
        if (has_run(step) && runs_at(step, time) && this_fit > best_fit) {
            best = i;
            best_fit = this_fit;
        }
    }
    if (best != FF_NO_INDEX)
        return best;
    if (current != FF_NO_INDEX && runs_at(&job->steps.items[current], time))
        return current;
    /* No times to go by: the order alone, and the last step takes what is left. */
    uint32_t next = next_run(job, first);
    if (next == FF_NO_INDEX ||
        (current != FF_NO_INDEX && time != FF_NO_TIME && job->steps.items[next].started_at != FF_NO_TIME &&
         fit(&job->steps.items[next], name, phase, time) < FIT_NAME))
        next = current;
    return next == FF_NO_INDEX && job->steps.count ? 0 : next;
}

uint32_t ff_align_line(const ff_job *job, uint32_t current, int64_t time)
{
    const ff_step *step = &job->steps.items[current];
    if (time == FF_NO_TIME || step->completed_at == FF_NO_TIME || time < step->completed_at + SECOND)
        return current;
    for (uint32_t i = current + 1; i < job->steps.count; i++)
        if (has_run(&job->steps.items[i]) && job->steps.items[i].completed_at != FF_NO_TIME &&
            runs_at(&job->steps.items[i], time))
            return i;
    return current;
}
