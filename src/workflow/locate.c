#include "base/limits.h"
#include "workflow/echoed.h"
#include "workflow/workflow_names.h"
#include "workflow/workflows.h"

/* GitHub allows ten levels of workflows that call one another, and of composite actions as many:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations */
enum { CALLS_MAX = 10 };

/* Places that have something in common, as far as it matters: none, the one, or several. */
typedef struct tally {
    size_t count;
    ff_workflow_site site; /* the first */
} tally;

typedef struct search {
    const ff_workflows *workflows;
    ff_workflow_ask ask;
    size_t work; /* left, in bytes */
    tally jobs;
    tally named, plausible; /* steps with the name; those of them that are not known to be other ones */
    tally same, named_same; /* steps with the script, with both */
} search;

static void count(tally *t, const ff_workflow_site *site)
{
    if (t->count && t->site.job == site->job && t->site.step == site->step)
        return; /* two ways to the same place */
    if (!t->count++)
        t->site = *site;
}

/* False when all work is spent. Names are short, and each has a step's or a job's other costs. */
static bool spend(search *s, size_t bytes)
{
    s->work -= bytes + 64 < s->work ? bytes + 64 : s->work;
    return s->work > 0;
}

/* ---- steps ---- */

static ff_echoed hold_against_step(search *s, ff_workflow_site *site, uint32_t depth);

/* The step of a composite action that the echo can be. What is in actions from elsewhere nobody knows. */
static ff_echoed hold_against_action(search *s, ff_workflow_site *site, uint32_t depth)
{
    const ff_workflow_file *action = ff_workflows_called(s->workflows, site->step->uses.text, true);
    tally same = {0};
    bool known = action && !action->trouble.len && action->model.jobs.count && depth < CALLS_MAX;
    const ff_workflow_job *job =
        action && action->model.jobs.count && depth < CALLS_MAX ? action->model.jobs.items : NULL;
    for (size_t i = 0; job && i < job->steps.count && spend(s, 0); i++) {
        ff_workflow_site inner = {.file = action, .job = job, .step = &job->steps.items[i]};
        ff_echoed echoed = hold_against_step(s, &inner, depth + 1);
        known = known && echoed != FF_ECHOED_UNSURE;
        if (echoed == FF_ECHOED_SAME)
            count(&same, &inner);
    }
    if (same.count == 1)
        *site = same.site;
    return same.count == 1 ? FF_ECHOED_SAME : known && !same.count ? FF_ECHOED_DIFFERS : FF_ECHOED_UNSURE;
}

/* Moves `site` into the action that a step uses, if the echo is from there. */
static ff_echoed hold_against_step(search *s, ff_workflow_site *site, uint32_t depth)
{
    if (!s->ask.script.len)
        return FF_ECHOED_UNSURE;
    if (site->step->run.text.len)
        return ff_echoed_compare(site->step->run.text, s->ask.script, &s->work);
    return hold_against_action(s, site, depth);
}

static void consider_step(search *s, const ff_workflow_site *of_job, const ff_workflow_step *step)
{
    ff_workflow_site site = {.file = of_job->file, .job = of_job->job, .step = step};
    const bool named = s->ask.step.len && ff_workflow_could_be(step->label, s->ask.step);
    const ff_echoed echoed = hold_against_step(s, &site, 0);
    site.confirmed = echoed == FF_ECHOED_SAME;
    site.differs = echoed == FF_ECHOED_DIFFERS;
    if (named)
        count(&s->named, &site);
    if (named && !site.differs)
        count(&s->plausible, &site);
    if (site.confirmed)
        count(&s->same, &site);
    if (site.confirmed && named)
        count(&s->named_same, &site);
}

/* ---- jobs ---- */

/* A step that broke off before it said anything would have any name. */
static bool is_known(const ff_workflow_file *file, const ff_workflow_step *step)
{
    return !file->trouble.len || step->name.text.len || step->run.text.len || step->uses.text.len;
}

static void consider_job(search *s, const ff_workflow_file *file, const ff_workflow_job *job)
{
    const ff_workflow_site site = {.file = file, .job = job};
    count(&s->jobs, &site);
    for (size_t i = 0; i < job->steps.count && spend(s, job->steps.items[i].label.len); i++)
        if (is_known(file, &job->steps.items[i]))
            consider_step(s, &site, &job->steps.items[i]);
}

static void find_jobs(search *s, const ff_workflow_file *file, ff_slice name, uint32_t depth);

/* A job's name may itself have a slash, so every one is tried as the border. */
static void find_called(search *s, const ff_workflow_file *file, const ff_workflow_job *job, ff_slice name,
                        uint32_t depth)
{
    static const ff_slice border = FF_TEXT(" / ");
    const ff_workflow_file *called = ff_workflows_called(s->workflows, job->uses.text, false);
    if (!called && ff_workflow_job_could_be(job, name))
        consider_job(s, file, job);
    if (!called || depth == CALLS_MAX)
        return;
    if (ff_workflow_leg_could_be(job, name))
        consider_job(s, file, job);
    for (size_t at = 0, next; (next = ff_slice_find(ff_slice_from(name, at), border)) != SIZE_MAX; at++) {
        at += next;
        if (!spend(s, name.len))
            return;
        if (ff_workflow_leg_could_be(job, ff_slice_cut(name, at)))
            find_jobs(s, called, ff_slice_from(name, at + border.len), depth + 1);
    }
}

static void find_jobs(search *s, const ff_workflow_file *file, ff_slice name, uint32_t depth)
{
    for (size_t i = 0; i < file->model.jobs.count && spend(s, name.len); i++) {
        const ff_workflow_job *job = &file->model.jobs.items[i];
        if (job->reusable)
            find_called(s, file, job, name, depth);
        else if (ff_workflow_job_could_be(job, name))
            consider_job(s, file, job);
    }
}

/* All jobs of a file, and of those that it calls if `follow`. */
static void take_jobs(search *s, const ff_workflow_file *file, bool follow, uint32_t depth)
{
    for (size_t i = 0; i < file->model.jobs.count && spend(s, 0); i++) {
        const ff_workflow_job *job = &file->model.jobs.items[i];
        const ff_workflow_file *called =
            follow && job->reusable ? ff_workflows_called(s->workflows, job->uses.text, false) : NULL;
        consider_job(s, file, job);
        if (called && depth < CALLS_MAX)
            take_jobs(s, called, follow, depth + 1);
    }
}

static void search_file(search *s, const ff_workflow_file *file)
{
    if (s->ask.job.len)
        find_jobs(s, file, s->ask.job, 0);
    else
        take_jobs(s, file, s->ask.path.len > 0, 0);
}

static const tally *decide(const search *s)
{
    const bool job_known = s->ask.job.len > 0;
    if (s->named_same.count)
        return s->named_same.count == 1 ? &s->named_same : &s->jobs;
    if (s->same.count == 1)
        return &s->same;
    if (s->plausible.count == 1)
        return &s->plausible;
    return job_known && s->named.count == 1 ? &s->named : &s->jobs;
}

bool ff_workflows_locate(const ff_workflows *workflows, const ff_workflow_ask *ask, ff_workflow_site *site)
{
    search s = {.workflows = workflows, .ask = *ask, .work = FF_LIMIT_LOCATE_BYTES};
    const ff_workflow_file *own = ff_workflows_file(workflows, ask->path);
    *site = (ff_workflow_site){0};
    s.ask.job = ff_slice_trim(ask->job);
    s.ask.step = ff_slice_trim(ask->step);
    if (own)
        search_file(&s, own);
    for (size_t i = 0; !ask->path.len && i < workflows->files.count; i++)
        if (!workflows->files.items[i].action)
            search_file(&s, &workflows->files.items[i]);
    const tally *found = decide(&s);
    if (!s.work || found->count != 1 || (found == &s.jobs && !s.ask.job.len))
        return false;
    *site = found->site;
    return true;
}
