#include "base/limits.h"
#include "diagnose/candidates.h"
#include "diagnose/evidence.h"
#include "diagnose/stated.h"

/* Of a step that was cancelled or ran out of time the runner's own word, for which there is a rule, says what happened.
 */
static bool tells_end(const ff_case *c, const ff_diagnosis *d)
{
    ff_conclusion conclusion = c->failures.items[d->failure].conclusion;
    return d->role == FF_ROLE_CONSEQUENCE &&
           (conclusion == FF_CONCLUSION_CANCELLED || conclusion == FF_CONCLUSION_TIMED_OUT);
}

static bool is_explained(const ff_case *c, uint32_t failure)
{
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *d = &c->diagnoses.items[i];
        if (d->failure == failure && d->rule && ff_candidate_is_at_failure(c, d) && !d->inferred &&
            !ff_candidate_is_far(c, d) && (d->role != FF_ROLE_CONSEQUENCE || tells_end(c, d)) &&
            d->rule->severity >= FF_SEVERITY_WARNING)
            return true;
    }
    return false;
}

/* A line that a rule knows as tolerated does not explain the failure of its step. */
static bool is_tolerated_line(const ff_case *c, const ff_kept_line *line)
{
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *d = &c->diagnoses.items[i];
        if (d->tolerated && d->finding && d->finding->first.place.line == line->place.line &&
            ff_slice_eq(d->finding->first.place.file, line->place.file))
            return true;
    }
    return false;
}

/* The most telling suspicious line, the earliest of equals; NULL if there is none. */
static const ff_kept_line *best_suspect(const ff_case *c, const ff_step_traces *traces)
{
    const ff_kept_line *best = NULL;
    uint32_t weight = 0;
    for (uint32_t i = 0; i < traces->suspect_count; i++)
        if (traces->weights[i] > weight && !is_tolerated_line(c, &traces->suspects[i])) {
            weight = traces->weights[i];
            best = &traces->suspects[i];
        }
    return best;
}

/* What the title says before the line that it quotes. */
static const char *lead_of(const ff_case *c, uint32_t failure, bool error_like)
{
    if (failure != FF_NO_INDEX && c->failures.items[failure].conclusion == FF_CONCLUSION_CANCELLED)
        return "It was cancelled, and the log does not say why; last line before that: ";
    return error_like ? "No rule knows this failure; the line most like an error: "
                      : "No rule knows this failure and no line looks like an error; last line: ";
}

static ff_status describe(ff_case *c, ff_diagnosis *d, const ff_step_traces *traces)
{
    bool cancelled = d->failure != FF_NO_INDEX && c->failures.items[d->failure].conclusion == FF_CONCLUSION_CANCELLED;
    const ff_kept_line *shown = cancelled ? NULL : best_suspect(c, traces);
    bool error_like = shown != NULL;
    uint32_t count = error_like;
    if (!error_like && traces->tail_count) {
        /* The last line says that the step failed; the one before it is the last word of what ran. */
        count = traces->tail_count > 1 ? 2 : 1;
        shown = &traces->tail[traces->tail_count - count];
    }
    if (count == 0)
        return FF_OK;
    d->title = ff_arena_printf(c->run->arena, "%s%.*s", lead_of(c, d->failure, error_like), FF_ARG(shown->text));
    d->first_time = shown->place.time;
    d->last_time = shown->place.time;
    return ff_evidence_from_lines(c, d, shown, count);
}

static bool has_lines(const ff_step_traces *traces)
{
    return traces && traces->suspect_count + traces->tail_count > 0;
}

static ff_status add(ff_case *c, uint32_t failure, uint32_t job, const ff_step_traces *traces)
{
    if (!has_lines(traces))
        return FF_OK;
    ff_diagnosis *d = ff_case_add(c);
    if (!d)
        return c->run->arena->failed ? FF_NOMEM : FF_OK;
    d->failure = failure;
    d->job = job;
    d->step = traces->step;
    d->role = FF_ROLE_SYMPTOM;
    d->standing = FF_STANDING_EXPLAINS;
    d->summary = ff_slice_of("The catalog has no rule for it. What stands around the line in the log may say more.");
    return describe(c, d, traces);
}

/* The step to look at when a job failed and no step says so: its last one with traces. */
static const ff_step_traces *traces_of(const ff_case *c, uint32_t job, uint32_t step)
{
    if (job == FF_NO_INDEX)
        return NULL;
    if (step != FF_NO_INDEX)
        return ff_suspects_of(c->suspects, job, step);
    const ff_step_traces *traces = NULL;
    for (uint32_t i = 0; i < ff_run_job(c->run, job)->steps.count; i++) {
        const ff_step_traces *found = ff_suspects_of(c->suspects, job, i);
        traces = found ? found : traces;
    }
    return traces;
}

/* A text that breaks off: no failing exit was seen, nor a passing one. */
static ff_status add_for_open_end(ff_case *c)
{
    for (uint32_t job = 0; job < c->run->jobs.count; job++) {
        if (ff_run_job(c->run, job)->conclusion != FF_CONCLUSION_UNKNOWN)
            continue;
        for (uint32_t step = 0; step < ff_run_job(c->run, job)->steps.count; step++) {
            const ff_step_traces *traces = ff_suspects_of(c->suspects, job, step);
            if (traces && traces->best_weight >= FF_SUSPECT_TROUBLE)
                return add(c, FF_NO_INDEX, job, traces);
        }
    }
    return FF_OK;
}

static bool is_told(const ff_case *c, uint32_t job, uint32_t step)
{
    for (size_t i = 0; i < c->diagnoses.count; i++)
        if (c->diagnoses.items[i].job == job && c->diagnoses.items[i].step == step)
            return true;
    return false;
}

/* Steps that failed and were tolerated, and in which no rule saw anything: worth telling all the same. */
static ff_status add_for_tolerated(ff_case *c)
{
    ff_status status = FF_OK;
    for (uint32_t job = 0; job < c->run->jobs.count; job++)
        for (uint32_t step = 0; step < ff_run_job(c->run, job)->steps.count && status == FF_OK; step++) {
            size_t before = c->diagnoses.count;
            if (!ff_run_step(c->run, job, step)->tolerated || is_told(c, job, step))
                continue;
            status = add(c, FF_NO_INDEX, job, ff_suspects_of(c->suspects, job, step));
            if (c->diagnoses.count > before) {
                c->diagnoses.items[before].standing = FF_STANDING_TOLERATED;
                c->diagnoses.items[before].tolerated = true;
            }
        }
    return status;
}

ff_status ff_candidates_add_unknown(ff_case *c)
{
    ff_status status = FF_OK;
    for (uint32_t i = 0; i < c->failures.count && status == FF_OK; i++) {
        const ff_failure *failure = &c->failures.items[i];
        if (failure->follow_on || is_explained(c, i))
            continue;
        const ff_step_traces *traces = traces_of(c, failure->job, failure->step);
        /* What ended it is stated: no line of its log is suspected for that. */
        bool stated = !has_lines(traces) || failure->stop;
        status = stated ? ff_stated_add(c, i) : add(c, i, failure->job, traces);
    }
    if (status == FF_OK && c->failures.count == 0 && c->run->single_log && c->diagnoses.count == 0)
        status = add_for_open_end(c);
    return status == FF_OK ? add_for_tolerated(c) : status;
}
