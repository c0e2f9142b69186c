#include "source/pairing.h"

#include "source/names.h"

static bool can_have_log(const ff_job *job)
{
    return !(job->conclusion_known && job->conclusion == FF_CONCLUSION_SKIPPED);
}

static bool fits(const ff_job *staged, const ff_job *job)
{
    return can_have_log(job) && ff_entry_name_fits(staged->archive_name, job->name);
}

/* The only job that `staged` fits, or FF_NO_INDEX. */
static uint32_t only_fit(const ff_job *staged, const ff_run *run)
{
    uint32_t found = FF_NO_INDEX;
    for (uint32_t i = 0; i < run->jobs.count; i++) {
        if (!fits(staged, &run->jobs.items[i]))
            continue;
        if (found != FF_NO_INDEX)
            return FF_NO_INDEX;
        found = i;
    }
    return found;
}

void ff_pairing_make(uint32_t *pairs, const ff_run *staged, const ff_run *run)
{
    for (uint32_t s = 0; s < staged->jobs.count; s++)
        pairs[s] = only_fit(&staged->jobs.items[s], run);
    for (uint32_t s = 0; s < staged->jobs.count; s++) {
        uint32_t job = pairs[s];
        bool shared = false;
        for (uint32_t other = 0; job != FF_NO_INDEX && other < staged->jobs.count; other++)
            shared |= other != s && fits(&staged->jobs.items[other], &run->jobs.items[job]);
        if (!shared)
            continue;
        for (uint32_t other = 0; other < staged->jobs.count; other++)
            if (fits(&staged->jobs.items[other], &run->jobs.items[job]))
                pairs[other] = FF_NO_INDEX;
    }
}
