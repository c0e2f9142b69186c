#include "diagnose/score.h"

#include "diagnose/candidates.h"
#include "diagnose/check.h"
#include "diagnose/survival.h"

#include <math.h>

typedef enum ff_term {
    TERM_CAUSE,
    TERM_SYMPTOM,
    TERM_CONSEQUENCE,
    TERM_FATAL,
    TERM_ERROR,
    TERM_WARNING,
    TERM_NOTE,
    TERM_AT_FAILURE,
    TERM_NO_END,
    TERM_FAR,
    TERM_WENT_ON,
    TERM_EARLIEST,
    TERM_CHANGED,
    TERM_EXPLAINS,
    TERM_EXPLAINED,
    TERM_INFERRED,
    TERM_SAME_LINE,
    TERM_TOLERATED,
    TERM_SURVIVED,
    TERM_OTHER_JOB,
    TERM_AFTERMATH,
    TERM_UNKNOWN,
    TERM_NO_LOG,
    TERM_BORNE_OUT,
    TERM_SUGGESTED,
    TERM_WEAKENED,
    TERM_CONTRADICTED,
} ff_term;

/* Weights are in logits: 0 is even odds once MIDDLE is taken off. Order and texts are documented in docs/diagnosis.md.
 */
static const struct {
    const char *term;
    double weight;
    const char *text;
} TERMS[] = {
    [TERM_CAUSE] = {"role-cause", 2.0, "the rule describes a cause"},
    [TERM_SYMPTOM] = {"role-symptom", 1.5, "the rule describes a symptom: true, but something lies behind it"},
    [TERM_CONSEQUENCE] = {"role-consequence", 0.0, "the rule describes what follows from a failure"},
    [TERM_FATAL] = {"severity-fatal", 0.6, "nothing goes on after this"},
    [TERM_ERROR] = {"severity-error", 0.3, "an error by itself"},
    [TERM_WARNING] = {"severity-warning", -0.5, "often harmless"},
    [TERM_NOTE] = {"severity-note", -1.2, "seldom the reason by itself"},
    [TERM_AT_FAILURE] = {"in-failing-step", 1.5, "in the step that failed"},
    [TERM_NO_END] = {"no-failure-seen", -0.6, "the text does not show whether its step failed"},
    [TERM_FAR] = {"far-from-end", -2.5, "much was printed after it before the step failed"},
    [TERM_WENT_ON] = {"steps-behind", -1.0, "ordinary steps ran after it: the job may have gone on and passed"},
    [TERM_EARLIEST] = {"first-in-step", 0.4, "the first of its kind in the failing step"},
    [TERM_CHANGED] = {"answer-changed", -1.5, "the loop went on with other answers after it"},
    [TERM_EXPLAINS] = {"explains-symptom", 0.8, "known to cause what was seen after it"},
    [TERM_EXPLAINED] = {"explained", -1.2, "something before it explains it"},
    [TERM_INFERRED] = {"inferred", -2.2, "drawn from the script or from other findings, not printed"},
    [TERM_SAME_LINE] = {"same-line", -1.5, "a rule that says more hit the same line"},
    [TERM_TOLERATED] = {"tolerated", -3.0, "the step or job went on after it"},
    [TERM_SURVIVED] = {"step-went-on", -2.0, "another command of its step failed behind it, so the step had gone on"},
    [TERM_OTHER_JOB] = {"other-job", -1.0, "in a job that did not fail"},
    [TERM_AFTERMATH] = {"after-failure", -3.0, "it came after the failure"},
    [TERM_UNKNOWN] = {"no-rule", -0.8, "no rule knows it; the line only looks like an error"},
    [TERM_NO_LOG] = {"no-log", -0.5, "no line of a log shows it: only what GitHub's API states"},
    [TERM_BORNE_OUT] = {"check-supports", 1.5, "a check bears it out"},
    [TERM_SUGGESTED] = {"check-suggests", 0.4, "a check speaks for it"},
    [TERM_WEAKENED] = {"check-weakens", -0.8, "a check speaks against it"},
    [TERM_CONTRADICTED] = {"check-contradicts", -6.0, "a check contradicts it"},
};

static const ff_term SEVERITY_TERMS[FF_SEVERITY_COUNT] = {
    [FF_SEVERITY_NOTE] = TERM_NOTE,
    [FF_SEVERITY_WARNING] = TERM_WARNING,
    [FF_SEVERITY_ERROR] = TERM_ERROR,
    [FF_SEVERITY_FATAL] = TERM_FATAL,
};

static const ff_term ROLE_TERMS[FF_ROLE_COUNT] = {
    [FF_ROLE_CAUSE] = TERM_CAUSE,
    [FF_ROLE_SYMPTOM] = TERM_SYMPTOM,
    [FF_ROLE_CONSEQUENCE] = TERM_CONSEQUENCE,
    [FF_ROLE_NOISE] = TERM_CONSEQUENCE,
};

static const double MIDDLE = 2.5;
static const double LIKELY = 0.60, POSSIBLE = 0.25, CERTAIN = 0.95;

/* Failing here is only running out of memory, which the arena remembers. */
static void note(ff_case *c, ff_diagnosis *d, ff_term term)
{
    (void)ff_case_reason(c, d, TERMS[term].term, TERMS[term].weight, TERMS[term].text);
}

static bool is_earlier(const ff_diagnosis *a, const ff_diagnosis *b)
{
    return a->finding->first.sequence < b->finding->first.sequence;
}

/* The first finding of its role in the failing step. */
static bool is_earliest(const ff_case *c, const ff_diagnosis *d)
{
    if (!d->finding || !ff_candidate_is_at_failure(c, d) || d->inferred)
        return false;
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *other = &c->diagnoses.items[i];
        if (other != d && other->finding && other->failure == d->failure && other->role == d->role &&
            other->rule->severity >= d->rule->severity && ff_candidate_is_at_failure(c, other) && !other->inferred &&
            is_earlier(other, d))
            return false;
    }
    return true;
}

/* An earlier piece of a loop whose answers changed: what the step ended on is the later one. */
static bool is_superseded(const ff_case *c, const ff_diagnosis *d)
{
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *other = &c->diagnoses.items[i];
        if (ff_candidate_is_same_loop(d, other) && is_earlier(d, other) && other->standing == FF_STANDING_EXPLAINS)
            return true;
    }
    return false;
}

/* A printed, untolerated cause of an effect that stands at the failure. */
static bool is_sound_cause(const ff_diagnosis *cause)
{
    return !cause->tolerated && !cause->inferred && cause->role != FF_ROLE_CONSEQUENCE;
}

static bool explains_something(const ff_case *c, const ff_diagnosis *d)
{
    uint32_t self = (uint32_t)(d - c->diagnoses.items);
    for (size_t i = 0; i < c->diagnoses.count; i++)
        if (ff_candidate_is_caused_by(&c->diagnoses.items[i], self) &&
            ff_candidate_is_at_failure(c, &c->diagnoses.items[i]))
            return true;
    return false;
}

/* One tool tells both, or the effect names just this cause; a glob on other tools says only that it could be. */
static bool is_kin(const ff_rule *effect, const ff_rule *cause)
{
    for (size_t i = 0; i < effect->caused_by.count; i++)
        if (ff_slice_eq(effect->caused_by.items[i], cause->id))
            return true;
    return ff_slice_eq(effect->family, cause->family);
}

/* Much was printed after it, and nothing near the end goes back to it: the step seems to have survived it. */
static bool is_survived(const ff_case *c, const ff_diagnosis *d)
{
    uint32_t self = (uint32_t)(d - c->diagnoses.items);
    if (!ff_candidate_is_far(c, d))
        return false;
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        const ff_diagnosis *effect = &c->diagnoses.items[i];
        if (effect->rule && ff_candidate_is_caused_by(effect, self) && is_kin(effect->rule, d->rule) &&
            ff_candidate_is_at_failure(c, effect) && !ff_candidate_is_far(c, effect))
            return false;
    }
    return true;
}

static bool is_explained(const ff_case *c, const ff_diagnosis *d)
{
    for (uint32_t k = 0; k < d->caused_by_count; k++)
        if (is_sound_cause(&c->diagnoses.items[d->caused_by[k]]))
            return true;
    return false;
}

/* Which of two rules on one line says more: the one to which the other yields, else the graver role and severity, then
 * the one with more captures. */
static bool says_more(const ff_diagnosis *a, const ff_diagnosis *b)
{
    bool a_yields = ff_rule_yields(a->rule, b->rule), b_yields = ff_rule_yields(b->rule, a->rule);
    if (a_yields != b_yields)
        return b_yields;
    if (a->role != b->role)
        return a->role < b->role;
    if (a->rule->severity != b->rule->severity)
        return a->rule->severity > b->rule->severity;
    if (a->capture_count != b->capture_count)
        return a->capture_count > b->capture_count;
    return ff_slice_cmp(a->rule->id, b->rule->id) < 0;
}

static bool is_outdone_on_its_line(const ff_case *c, const ff_diagnosis *d)
{
    for (size_t i = 0; i < c->diagnoses.count && d->finding; i++) {
        const ff_diagnosis *other = &c->diagnoses.items[i];
        if (other != d && other->finding && other->finding->first.sequence == d->finding->first.sequence &&
            says_more(other, d))
            return true;
    }
    return false;
}

/* Nobody knows the conclusion of the job, and what came behind the failing step speaks against a failure. */
static bool is_doubtful(const ff_case *c, const ff_diagnosis *d)
{
    return d->step != FF_NO_INDEX && ff_candidate_is_at_failure(c, d) && ff_run_step(c->run, d->job, d->step)->doubtful;
}

/* Made from what the API states: there was no log. */
static bool is_stated(const ff_diagnosis *d)
{
    return d->evidence_count && d->evidence[0].kind == FF_EVIDENCE_API;
}

/* Of several checks that say the same kind of thing one counts: they often ask about one fact. */
static void weigh_checks(ff_case *c, ff_diagnosis *d)
{
    bool suggested = false, weakened = false;
    for (uint32_t i = 0; i < d->check_count; i++) {
        suggested = suggested || (d->checks[i].result == FF_CHECK_SUPPORTS && !d->checks[i].decides);
        weakened = weakened || (d->checks[i].result == FF_CHECK_CONTRADICTS && !d->checks[i].decides);
    }
    if (ff_check_deciding(d, FF_CHECK_CONTRADICTS))
        note(c, d, TERM_CONTRADICTED);
    if (ff_check_deciding(d, FF_CHECK_SUPPORTS))
        note(c, d, TERM_BORNE_OUT);
    else if (suggested)
        note(c, d, TERM_SUGGESTED);
    if (weakened)
        note(c, d, TERM_WEAKENED);
}

static void weigh(ff_case *c, ff_diagnosis *d)
{
    note(c, d, ROLE_TERMS[d->role]);
    if (d->rule)
        note(c, d, SEVERITY_TERMS[d->rule->severity]);
    else
        note(c, d, is_stated(d) ? TERM_NO_LOG : TERM_UNKNOWN);
    if (d->failure == FF_NO_INDEX && !d->tolerated)
        note(c, d, TERM_NO_END);
    if (ff_candidate_is_at_failure(c, d) && !is_stated(d))
        note(c, d, TERM_AT_FAILURE);
    if (is_survived(c, d))
        note(c, d, TERM_FAR);
    if (is_doubtful(c, d))
        note(c, d, TERM_WENT_ON);
    if (is_earliest(c, d))
        note(c, d, TERM_EARLIEST);
    if (is_superseded(c, d))
        note(c, d, TERM_CHANGED);
    if (explains_something(c, d))
        note(c, d, TERM_EXPLAINS);
    if (is_explained(c, d))
        note(c, d, TERM_EXPLAINED);
    if (d->inferred)
        note(c, d, TERM_INFERRED);
    if (is_outdone_on_its_line(c, d))
        note(c, d, TERM_SAME_LINE);
    if (d->tolerated)
        note(c, d, TERM_TOLERATED);
    if (ff_survival_is_open(c, d))
        note(c, d, TERM_SURVIVED);
    if (d->failure != FF_NO_INDEX && c->failures.items[d->failure].job != d->job)
        note(c, d, TERM_OTHER_JOB);
    if (d->standing == FF_STANDING_CONSEQUENCE)
        note(c, d, TERM_AFTERMATH);
    weigh_checks(c, d);
}

static ff_verdict cap(ff_verdict verdict, ff_verdict most)
{
    return verdict < most ? verdict : most;
}

/* The run passed, or the job of this text did. */
static bool has_passed(const ff_case *c, const ff_diagnosis *d)
{
    if (c->failures.count)
        return false;
    return c->run->conclusion == FF_CONCLUSION_SUCCESS ||
           ff_run_job(c->run, d->job)->conclusion == FF_CONCLUSION_SUCCESS;
}

static bool is_borne_out(const ff_case *c, const ff_diagnosis *d)
{
    return d->role == FF_ROLE_CAUSE && d->standing == FF_STANDING_EXPLAINS && ff_candidate_is_at_failure(c, d) &&
           d->confidence >= LIKELY && !ff_candidate_is_far(c, d) && ff_check_deciding(d, FF_CHECK_SUPPORTS);
}

static ff_verdict verdict_of(const ff_case *c, const ff_diagnosis *d)
{
    if (!d->rule)
        return FF_VERDICT_UNDECIDED;
    if (ff_check_deciding(d, FF_CHECK_CONTRADICTS))
        return FF_VERDICT_REFUTED;
    ff_verdict verdict = d->confidence >= LIKELY     ? FF_VERDICT_LIKELY
                         : d->confidence >= POSSIBLE ? FF_VERDICT_POSSIBLE
                                                     : FF_VERDICT_UNDECIDED;
    /* A symptom that the failing step printed was observed: it needs no inference. */
    if (d->role == FF_ROLE_SYMPTOM && ff_candidate_is_at_failure(c, d) && !d->inferred &&
        d->rule->severity >= FF_SEVERITY_ERROR && d->standing == FF_STANDING_EXPLAINS)
        verdict = FF_VERDICT_CONFIRMED;
    /* A cause is seen in the step that failed, and something outside of the log bears it out. */
    if (is_borne_out(c, d))
        verdict = FF_VERDICT_CONFIRMED;
    /* What another cause before it explains, such as the second exception of a chain, is not the one to repair. */
    bool follows = d->role == FF_ROLE_CAUSE && is_explained(c, d);
    if (follows || d->tolerated || d->inferred || has_passed(c, d) || is_doubtful(c, d) || ff_survival_is_open(c, d))
        verdict = cap(verdict, FF_VERDICT_POSSIBLE);
    return verdict;
}

ff_status ff_score_all(ff_case *c)
{
    for (size_t i = 0; i < c->diagnoses.count; i++)
        weigh(c, &c->diagnoses.items[i]);
    for (size_t i = 0; i < c->diagnoses.count; i++) {
        ff_diagnosis *d = &c->diagnoses.items[i];
        d->confidence = 1.0 / (1.0 + exp(MIDDLE - d->score));
        d->verdict = verdict_of(c, d);
        if (d->verdict == FF_VERDICT_CONFIRMED && d->confidence < CERTAIN)
            d->confidence = CERTAIN;
    }
    return c->run->arena->failed ? FF_NOMEM : FF_OK;
}
