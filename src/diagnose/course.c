#include "diagnose/course.h"

#include "diagnose/candidates.h"
#include "diagnose/change.h"
#include "diagnose/check.h"
#include "diagnose/excerpt.h"
#include "diagnose/foreseen.h"
#include "diagnose/observe.h"
#include "diagnose/pinned.h"
#include "diagnose/score.h"
#include "diagnose/stage.h"
#include "diagnose/survival.h"
#include "diagnose/tolerance.h"
#include "diagnose/wording.h"

static ff_status collect_failures(ff_case *c)
{
    ff_outcome_infer(c->run);
    ff_outcome_doubt(c->run, c->suspects);
    ff_foreseen_revise(c);
    return ff_failures_collect(c->run, c->findings, &c->failures);
}

/* Each needs what those above it made. */
static ff_status (*const STEPS[])(ff_case *) = {
    collect_failures,  ff_candidates_collect,     ff_stages_make,     ff_survival_mark_all, ff_tolerance_name_all,
    ff_checks_make,    ff_candidates_add_unknown, ff_candidates_link, ff_score_all,         ff_score_rank,
    ff_pinned_support, ff_wording_fill,
};

static void fill(const ff_case *c, ff_report *report)
{
    report->run = c->run;
    report->failures = c->failures.items;
    report->failure_count = c->failures.count;
    report->diagnoses = c->diagnoses.items;
    report->diagnosis_count = c->diagnoses.count;
    for (size_t i = 0; i < c->diagnoses.count; i++)
        report->refuted_count += c->diagnoses.items[i].rank == 0;
}

ff_status ff_course_run(ff_case *c, uint32_t excerpt_lines, ff_report *report)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS && status == FF_OK; i++)
        status = STEPS[i](c);
    if (status == FF_OK)
        status = ff_half_done_collect(c, &report->half_done, &report->half_done_count);
    if (status == FF_OK)
        status = ff_changes_make(c, report->changes);
    if (status == FF_OK)
        status = ff_observations_collect(c, &report->observations, &report->observation_count);
    if (status == FF_OK)
        status = ff_excerpt_collect(c, excerpt_lines, &report->excerpt, &report->excerpt_count);
    if (status == FF_OK)
        fill(c, report);
    return status;
}
