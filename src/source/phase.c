#include "source/phase.h"

struct word {
    ff_slice begins, ends; /* of a step's name; empty: anything */
    bool whole;            /* `begins` is the whole name */
};

/* The names that the runner gives to steps which no workflow file lists. */
static const struct word SETUP[] = {
    {FF_TEXT("Set up job"), FF_TEXT(""), true},
    {FF_TEXT("Set up runner"), FF_TEXT(""), true},
    {FF_TEXT("Initialize containers"), FF_TEXT(""), true},
    {FF_TEXT("Pre "), FF_TEXT(""), false},
    {FF_TEXT("Pull "), FF_TEXT(""), false},
    {FF_TEXT("Build "), FF_TEXT("container"), false},
};
static const struct word COMPLETE = {FF_TEXT("Complete job"), FF_TEXT(""), true};
static const struct word COMPLETE_HOOK = {FF_TEXT("Complete runner"), FF_TEXT(""), true};
static const struct word STOP = {FF_TEXT("Stop containers"), FF_TEXT(""), false};
static const ff_slice POST = FF_TEXT("Post ");

static bool is(const struct word *word, ff_slice name)
{
    return word->whole ? ff_slice_eq(name, word->begins)
                       : ff_slice_starts(name, word->begins) && ff_slice_ends(name, word->ends);
}

static bool is_setup(ff_slice name)
{
    for (size_t i = 0; i < sizeof SETUP / sizeof *SETUP; i++)
        if (is(&SETUP[i], name))
            return true;
    return false;
}

/* "Post X" is the clean-up of a step X that ran. The longer of the two names may have been cut. */
static bool has_main_step(const ff_job *job, ff_slice post)
{
    ff_slice wanted = ff_slice_from(post, POST.len);
    for (size_t i = 0; i < job->steps.count; i++)
        if (wanted.len && ff_slice_starts(job->steps.items[i].name, wanted))
            return true;
    return false;
}

/* Whether names of clean-up steps can be traced to their steps at all in this job. */
static bool names_are_traceable(const ff_job *job)
{
    for (size_t i = 0; i < job->steps.count; i++)
        if (ff_slice_starts(job->steps.items[i].name, POST) && has_main_step(job, job->steps.items[i].name))
            return true;
    return false;
}

static bool is_post(const ff_job *job, ff_slice name, bool traceable)
{
    if (is(&STOP, name) || is(&COMPLETE_HOOK, name) || ff_slice_starts(name, FF_LIT("Post Run ")))
        return true;
    return ff_slice_starts(name, POST) && (!traceable || has_main_step(job, name));
}

void ff_phase_assign(ff_job *job)
{
    size_t begin = 0, end = job->steps.count;
    bool traceable = names_are_traceable(job);
    for (; begin < end && is_setup(job->steps.items[begin].name); begin++)
        job->steps.items[begin].phase = FF_STEP_SETUP;
    for (; end > begin; end--) {
        ff_step *step = &job->steps.items[end - 1];
        if (is(&COMPLETE, step->name))
            step->phase = FF_STEP_COMPLETE;
        else if (is_post(job, step->name, traceable))
            step->phase = FF_STEP_POST;
        else
            break;
    }
}
