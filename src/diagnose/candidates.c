#include "diagnose/candidates.h"

#include "base/limits.h"
#include "diagnose/evidence.h"

static bool is_exit(const ff_rule *rule)
{
    return ff_rule_has_tag(rule, "exit");
}

bool ff_candidate_is_suspicion(const ff_rule *rule)
{
    return ff_rule_has_tag(rule, "suspicion");
}

/* A rule that draws on other findings or on the script alone infers; what it says was never printed. */
static bool infers(const ff_rule *rule)
{
    return (rule->where.kinds & FF_LINES_PRINTED) == 0 || rule->requires.same_step.count ||
           rule->requires.same_job.count || rule->requires.run.count || rule->absent.patterns.count;
}

bool ff_candidate_is_at_failure(const ff_case *c, const ff_diagnosis *diagnosis)
{
    if (diagnosis->failure == FF_NO_INDEX || diagnosis->standing != FF_STANDING_EXPLAINS)
        return false;
    const ff_failure *failure = &c->failures.items[diagnosis->failure];
    return failure->job == diagnosis->job && (failure->step == FF_NO_INDEX || failure->step <= diagnosis->step);
}

bool ff_candidate_is_caused_by(const ff_diagnosis *effect, uint32_t cause)
{
    for (uint32_t k = 0; k < effect->caused_by_count; k++)
        if (effect->caused_by[k] == cause)
            return true;
    return false;
}

static bool is_loop(const ff_diagnosis *diagnosis)
{
    return diagnosis->rule && diagnosis->role == FF_ROLE_SYMPTOM && diagnosis->rule->repeat.at_least > 1;
}

bool ff_candidate_is_same_loop(const ff_diagnosis *one, const ff_diagnosis *other)
{
    return one != other && is_loop(one) && is_loop(other) && one->job == other->job && one->step == other->step &&
           ff_slice_eq(one->rule->family, other->rule->family);
}

bool ff_candidate_is_far(const ff_case *c, const ff_diagnosis *diagnosis)
{
    enum { FAR_LINES = 400 };
    if (!diagnosis->finding || !ff_candidate_is_at_failure(c, diagnosis))
        return false;
    const ff_place *end = &c->failures.items[diagnosis->failure].place;
    const ff_place *last = &diagnosis->finding->last.place;
    return ff_slice_eq(end->file, last->file) && end->line > last->line + FAR_LINES;
}

/* The failure whose step this is, else the first origin that the step could have led to: of its job, then of any. */
static uint32_t failure_of(const ff_case *c, uint32_t job, uint32_t step)
{
    uint32_t same_job = FF_NO_INDEX, any = FF_NO_INDEX;
    for (uint32_t i = 0; i < c->failures.count; i++) {
        const ff_failure *failure = &c->failures.items[i];
        if (failure->job == job && (failure->step == step || failure->step == FF_NO_INDEX))
            return i;
        if (failure->job == job && same_job == FF_NO_INDEX)
            same_job = i;
        if (!failure->follow_on && any == FF_NO_INDEX)
            any = i;
    }
    return same_job != FF_NO_INDEX ? same_job : any;
}

/* A `recovered` line of the same family behind the finding, in the same step, proves that it passed. */
static bool recovered(const ff_case *c, const ff_finding *finding)
{
    for (size_t i = 0; i < c->findings->count; i++) {
        const ff_finding *other = &c->findings->items[i];
        if (other->job == finding->job && other->step == finding->step &&
            other->last.sequence > finding->last.sequence && ff_slice_eq(other->rule->family, finding->rule->family) &&
            ff_rule_has_tag(other->rule, "recovered"))
            return true;
    }
    return false;
}

/* Printed behind the line that says that its step failed: some services go on in the same text, with other commands or
 * with what they do after a failure. */
static bool is_behind(const ff_case *c, const ff_failure *failure, const ff_finding *finding)
{
    const ff_place *end = &failure->place, *first = &finding->first.place;
    bool ends = failure->step != FF_NO_INDEX && !ff_run_step(c->run, failure->job, failure->step)->signs.open_end;
    return ends && end->line && first->line > end->line && ff_slice_eq(first->file, end->file);
}

static ff_standing standing_of(const ff_case *c, const ff_finding *finding, uint32_t failure)
{
    const ff_step *step = ff_run_step(c->run, finding->job, finding->step);
    bool in_failed_step =
        failure != FF_NO_INDEX && c->failures.items[failure].job == finding->job &&
        (c->failures.items[failure].step == finding->step || c->failures.items[failure].step == FF_NO_INDEX);
    if (ff_candidate_is_suspicion(finding->rule))
        return FF_STANDING_RIVAL;
    if (recovered(c, finding) || step->tolerated)
        return FF_STANDING_TOLERATED;
    if (in_failed_step && is_behind(c, &c->failures.items[failure], finding))
        return FF_STANDING_CONSEQUENCE;
    if (in_failed_step)
        return ff_rule_has_tag(finding->rule, "swallowed") ? FF_STANDING_TOLERATED : FF_STANDING_EXPLAINS;
    if (failure != FF_NO_INDEX && c->failures.items[failure].job == finding->job &&
        finding->step > c->failures.items[failure].step)
        return FF_STANDING_CONSEQUENCE;
    bool passed = step->conclusion == FF_CONCLUSION_SUCCESS || step->conclusion == FF_CONCLUSION_SKIPPED;
    return passed ? FF_STANDING_TOLERATED : FF_STANDING_EXPLAINS;
}

bool ff_candidate_fits_outcome(const ff_case *c, const ff_finding *finding)
{
    const ff_step *step = ff_run_step(c->run, finding->job, finding->step);
    bool bad = ff_outcome_went_wrong(step);
    switch (finding->rule->where.outcome) {
    case FF_OUTCOME_FAILED: return bad;
    case FF_OUTCOME_PASSED: return !bad && step->conclusion == FF_CONCLUSION_SUCCESS;
    case FF_OUTCOME_ANY: break;
    }
    return true;
}

/* True if something in a failed step of the same job names this rule as its cause: clean-up steps print the logs of
 * service containers. */
static bool is_wanted(const ff_case *c, const ff_finding *finding)
{
    for (size_t i = 0; i < c->findings->count; i++) {
        const ff_finding *other = &c->findings->items[i];
        if (other->job == finding->job && other->step < finding->step &&
            ff_outcome_went_wrong(ff_run_step(c->run, other->job, other->step)) &&
            ff_rule_is_among(finding->rule, other->rule->caused_by))
            return true;
    }
    return false;
}

/* A suspicion is about a failure of its own job. */
static bool is_of_failed_job(const ff_case *c, const ff_finding *finding)
{
    for (size_t i = 0; i < c->failures.count; i++)
        if (c->failures.items[i].job == finding->job && !c->failures.items[i].follow_on)
            return finding->step <= c->failures.items[i].step;
    return false;
}

static bool has_same_captures(const ff_finding *one, const ff_finding *other)
{
    for (uint32_t i = 0; i < one->capture_count; i++) {
        const ff_capture *capture = ff_finding_capture(other, one->captures[i].name);
        if (!capture || !ff_slice_eq(capture->values[0], one->captures[i].values[0]))
            return false;
    }
    return one->capture_count == other->capture_count;
}

/* A command that a job calls five times is suspected once. */
static bool is_suspected(const ff_case *c, const ff_finding *finding)
{
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *other = &c->diagnoses.items[i];
        if (other->rule == finding->rule && other->job == finding->job && has_same_captures(other->finding, finding))
            return true;
    }
    return false;
}

/* In a step that failed, everything but the runner's last words (they are the place of the failure, not a diagnosis of
 * their own). Elsewhere only what somebody may take for the cause: a cause that was tolerated in a step of the
 * workflow; notes, symptoms and what clean-up steps print are nothing to report there. */
static bool is_worth_telling(const ff_case *c, const ff_finding *finding)
{
    const ff_rule *rule = finding->rule;
    const ff_step *step = ff_run_step(c->run, finding->job, finding->step);
    if (ff_candidate_is_suspicion(rule))
        return is_of_failed_job(c, finding) && !is_suspected(c, finding);
    if (rule->role == FF_ROLE_NOISE || (rule->role == FF_ROLE_CONSEQUENCE && is_exit(rule)) ||
        !ff_candidate_fits_outcome(c, finding))
        return false;
    if (ff_outcome_went_wrong(step))
        return true;
    if (step->phase != FF_STEP_MAIN)
        return rule->role == FF_ROLE_CAUSE && is_wanted(c, finding);
    if (step->conclusion == FF_CONCLUSION_SUCCESS && !recovered(c, finding))
        return rule->role == FF_ROLE_CAUSE &&
               (rule->severity >= FF_SEVERITY_ERROR || ff_rule_has_tag(rule, "swallowed"));
    return rule->severity != FF_SEVERITY_NOTE && rule->role != FF_ROLE_CONSEQUENCE && !is_exit(rule);
}

/* A rule to which this one yields stands on the same line, and says no less: then this one says nothing. Findings are
 * in order of their first lines. */
static bool is_silenced(const ff_case *c, const ff_finding *finding)
{
    if (!finding->rule->yields_to.count)
        return false;
    const ff_finding *other = finding, *end = c->findings->items + c->findings->count;
    while (other > c->findings->items && other[-1].first.sequence == finding->first.sequence)
        other--;
    for (; other < end && other->first.sequence == finding->first.sequence; other++)
        if (other->count >= finding->count && ff_rule_yields(finding->rule, other->rule) &&
            !ff_rule_yields(other->rule, finding->rule))
            return true;
    return false;
}

static ff_status add(ff_case *c, const ff_finding *finding)
{
    ff_diagnosis *diagnosis = ff_case_add(c);
    if (!diagnosis)
        return c->run->arena->failed ? FF_NOMEM : FF_OK;
    diagnosis->rule = finding->rule;
    diagnosis->finding = finding;
    diagnosis->inferred = infers(finding->rule);
    diagnosis->role = finding->rule->role;
    diagnosis->job = finding->job;
    diagnosis->step = finding->step;
    diagnosis->failure = failure_of(c, finding->job, finding->step);
    diagnosis->standing = standing_of(c, finding, diagnosis->failure);
    if (diagnosis->failure != FF_NO_INDEX && c->failures.items[diagnosis->failure].follow_on &&
        diagnosis->standing == FF_STANDING_EXPLAINS)
        diagnosis->standing = FF_STANDING_CONSEQUENCE;
    diagnosis->tolerated = diagnosis->standing == FF_STANDING_TOLERATED;
    diagnosis->count = finding->count;
    diagnosis->first_time = finding->first.place.time;
    diagnosis->last_time = finding->last.place.time;
    diagnosis->captures = finding->captures;
    diagnosis->capture_count = finding->capture_count;
    return ff_evidence_from_finding(c, diagnosis);
}

ff_status ff_candidates_collect(ff_case *c)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->findings->count && status == FF_OK; i++)
        if (is_worth_telling(c, &c->findings->items[i]) && !is_silenced(c, &c->findings->items[i]))
            status = add(c, &c->findings->items[i]);
    return status;
}

/* A cause stands before its effect, with two exceptions: what is inferred belongs to its step as a whole; and the logs
 * of a container or service, which hold the cause of a symptom, are often printed behind it. */
static bool is_in_order(const ff_diagnosis *cause, const ff_diagnosis *effect)
{
    if (cause->inferred)
        return cause->step == effect->step;
    return cause->finding->first.sequence <= effect->finding->last.sequence ||
           ((cause->role == FF_ROLE_CAUSE || ff_rule_has_tag(cause->rule, "seen-late")) &&
            effect->role == FF_ROLE_SYMPTOM && !effect->tolerated);
}

/* The marker between two exceptions of a chain: `tag: chain`, near enough to both. */
static bool is_chained(const ff_case *c, const ff_diagnosis *cause, const ff_diagnosis *effect)
{
    enum { CHAIN_LINES = 120 };
    uint64_t from = cause->finding->first.sequence, to = effect->finding->first.sequence;
    if (cause->step != effect->step || cause->role != FF_ROLE_CAUSE || from >= to || to - from > CHAIN_LINES)
        return false;
    for (size_t i = 0; i < c->findings->count; i++) {
        const ff_finding *marker = &c->findings->items[i];
        if (marker->job == cause->job && marker->step == cause->step && ff_rule_has_tag(marker->rule, "chain") &&
            marker->first.sequence < to && marker->last.sequence > from)
            return true;
    }
    return false;
}

static bool can_cause(const ff_case *c, const ff_diagnosis *cause, const ff_diagnosis *effect)
{
    if (cause == effect || !cause->rule || !effect->rule || cause->rule == effect->rule || cause->job != effect->job)
        return false;
    if (ff_candidate_is_suspicion(cause->rule) || ff_candidate_is_suspicion(effect->rule))
        return false;
    /* What was tolerated ended with its step: only a failure looks for its causes further up. */
    if (effect->tolerated && cause->step != effect->step)
        return false;
    return (ff_rule_is_among(cause->rule, effect->rule->caused_by) && is_in_order(cause, effect)) ||
           is_chained(c, cause, effect);
}

/* What a later step of the job printed and what explains the failure is no consequence of it: somebody showed the logs.
 */
static void promote_shown_causes(ff_case *c, const ff_diagnosis *effect, const uint32_t *causes, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        ff_diagnosis *cause = &c->diagnoses.items[causes[k]];
        if (cause->standing == FF_STANDING_CONSEQUENCE && cause->failure == effect->failure &&
            ff_candidate_is_at_failure(c, effect) && !c->failures.items[effect->failure].follow_on)
            cause->standing = FF_STANDING_EXPLAINS;
    }
}

ff_status ff_candidates_link(ff_case *c)
{
    uint32_t causes[FF_LIMIT_DIAGNOSES];
    for (size_t e = 0; e < c->diagnoses.count; e++) {
        ff_diagnosis *effect = &c->diagnoses.items[e];
        uint32_t count = 0;
        for (uint32_t i = 0; i < c->diagnoses.count; i++)
            if (can_cause(c, &c->diagnoses.items[i], effect))
                causes[count++] = i;
        uint32_t *kept = ff_arena_array(c->run->arena, count, sizeof *kept);
        if (!kept)
            return FF_NOMEM;
        if (count)
            memcpy(kept, causes, count * sizeof *kept);
        effect->caused_by = kept;
        effect->caused_by_count = count;
        promote_shown_causes(c, effect, kept, count);
    }
    return FF_OK;
}
