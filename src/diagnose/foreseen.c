#include "diagnose/foreseen.h"

/* The step of the job itself whose script this is: one of a composite action fails inside of another step. */
static bool may_not_fail(const ff_case *c, const ff_script *script)
{
    ff_workflow_site site;
    ff_workflow_ask ask = {.path = c->run->workflow_path,
                           .job = ff_run_job(c->run, script->job)->name,
                           .step = ff_run_step(c->run, script->job, script->step)->name,
                           .script = script->text};
    if (!ff_workflows_locate(c->repo->workflows, &ask, &site) || !site.job || !site.step || !site.confirmed)
        return false;
    bool own = false;
    for (size_t i = 0; i < site.job->steps.count && !own; i++)
        own = site.step == &site.job->steps.items[i];
    return own && site.step->continues == FF_FLAG_OFF && site.job->continues == FF_FLAG_OFF;
}

static bool is_inferred(const ff_job *job, const ff_step *step)
{
    return step->tolerated && !step->conclusion_known && !job->conclusion_known &&
           step->conclusion == FF_CONCLUSION_FAILURE;
}

void ff_foreseen_revise(ff_case *c)
{
    size_t count = c->scripts && c->repo ? ff_scripts_count(c->scripts) : 0;
    for (size_t i = 0; i < count; i++) {
        const ff_script *script = ff_scripts_get(c->scripts, i);
        ff_job *job = ff_run_job(c->run, script->job);
        ff_step *step = ff_run_step(c->run, script->job, script->step);
        if (!is_inferred(job, step) || !may_not_fail(c, script))
            continue;
        step->tolerated = false;
        job->conclusion = FF_CONCLUSION_FAILURE;
        if (!c->run->conclusion_known && !c->run->known && !c->run->single_log)
            c->run->conclusion = FF_CONCLUSION_FAILURE;
    }
}
