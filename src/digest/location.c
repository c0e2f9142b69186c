#include "digest/location.h"

enum { LEGS = 8, JOBS = 4, BRANCHES = 4, REPOSITORIES = 3 };

static void say_job(const ff_pen *pen, const ff_digest_job *job, bool all_legs)
{
    ff_pen_name(pen, job->name);
    if (!all_legs && job->leg_count) {
        ff_pen_say(pen, " (");
        ff_pen_count(pen, job->leg_count, "leg", "legs");
        ff_pen_say(pen, ")");
        return;
    }
    for (size_t i = 0; i < job->leg_count && i < LEGS; i++) {
        ff_pen_say(pen, i ? ", " : " (");
        ff_pen_name(pen, job->legs[i]);
    }
    if (job->leg_count) {
        ff_pen_more(pen, job->leg_count, LEGS);
        ff_pen_say(pen, ")");
    }
}

static void say_jobs(const ff_pen *pen, const ff_group *group, size_t most, bool all_legs)
{
    for (size_t i = 0; i < group->job_count && i < most; i++) {
        ff_pen_say(pen, i ? ", " : "");
        say_job(pen, &group->jobs[i], all_legs);
    }
    ff_pen_more(pen, group->job_count, most);
}

static void say_branches(const ff_pen *pen, const ff_group *group, size_t most)
{
    for (size_t i = 0; i < group->branch_count && i < most; i++) {
        ff_pen_say(pen, i ? ", " : "");
        ff_pen_name(pen, group->branches[i]);
    }
    ff_pen_more(pen, group->branch_count, most);
}

static bool is_told_before(const ff_group *group, size_t run)
{
    for (size_t i = 0; i < run; i++)
        if (ff_slice_eq(group->runs[i].repository, group->runs[run].repository) &&
            ff_slice_eq(group->runs[i].host, group->runs[run].host))
            return true;
    return false;
}

/* The repositories of the newest runs; those beyond are counted. */
static void say_repositories(const ff_pen *pen, const ff_group *group, size_t most)
{
    enum { LOOKED_AT = 200 };
    size_t told = 0;
    for (size_t i = 0; i < group->run_count && i < LOOKED_AT && told < most; i++)
        if (!is_told_before(group, i)) {
            ff_pen_say(pen, told++ ? ", " : "");
            ff_pen_name(pen, group->runs[i].repository);
        }
    if (told == 0 && group->example_run.repository.len) {
        ff_pen_name(pen, group->example_run.repository);
        told = 1;
    }
    ff_pen_more(pen, group->repository_count, told);
}

bool ff_location_is(const ff_digest *digest, const ff_group *group)
{
    return group->job_count > 0 || group->branch_count > 0 || digest->repository_count > 1;
}

void ff_location_say(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    static const char *const reaches[] = {
        [FF_REACH_BOTH] = ", in and outside of pull requests",
        [FF_REACH_MAIN] = ", not in pull requests",
        [FF_REACH_PULL_REQUESTS] = ", only in pull requests",
    };
    if (digest->repository_count > 1) {
        say_repositories(pen, group, REPOSITORIES);
        ff_pen_say(pen, group->job_count ? " › " : "");
    }
    say_jobs(pen, group, JOBS, true);
    if (group->branch_count) {
        ff_pen_say(pen, " on ");
        say_branches(pen, group, BRANCHES);
    }
    if (group->count)
        ff_pen_say(pen, reaches[group->reach]);
}

void ff_location_say_short(const ff_pen *pen, const ff_digest *digest, const ff_group *group, size_t most)
{
    bool several = digest->repository_count > 1;
    if (several)
        say_repositories(pen, group, most);
    if (group->job_count) {
        ff_pen_say(pen, several ? " › " : "");
        say_jobs(pen, group, most, false);
    }
    if (group->branch_count) {
        ff_pen_say(pen, " on ");
        say_branches(pen, group, most);
    }
}

void ff_location_say_workflow(const ff_pen *pen, const ff_digest *digest, ff_slice repository, ff_slice workflow)
{
    if (digest->repository_count > 1) {
        ff_pen_name(pen, repository);
        ff_pen_say(pen, " › ");
    }
    ff_pen_name(pen, workflow);
}

void ff_location_say_run(const ff_pen *pen, const ff_digest *digest, const ff_digest_run *run)
{
    ff_location_say_workflow(pen, digest, run->repository, run->workflow);
    if (run->branch.len) {
        ff_pen_say(pen, " on ");
        ff_pen_name(pen, run->branch);
    }
}
