#include "chronicle/copy.h"

static void keep_all(ff_arena *arena, ff_slice *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        *texts[i] = ff_arena_dup(arena, *texts[i]);
}

#define KEEP_ALL(arena, texts) keep_all((arena), (texts), sizeof(texts) / sizeof *(texts))

void ff_copy_run(ff_arena *arena, ff_history_run *run)
{
    ff_slice *const texts[] = {&run->host,  &run->repository,  &run->workflow, &run->workflow_path, &run->event,
                               &run->title, &run->head_branch, &run->head_sha, &run->conclusion};
    KEEP_ALL(arena, texts);
}

void ff_copy_known(ff_arena *arena, ff_history_known *known)
{
    ff_slice *const texts[] = {&known->digest, &known->why};
    ff_copy_run(arena, &known->run);
    KEEP_ALL(arena, texts);
}

void ff_copy_failure(ff_arena *arena, ff_history_failure *failure)
{
    ff_slice *const texts[] = {&failure->job, &failure->step_name, &failure->conclusion, &failure->file};
    KEEP_ALL(arena, texts);
}

void ff_copy_said(ff_arena *arena, ff_history_said *said)
{
    ff_slice *const texts[] = {&said->host, &said->repository, &said->state};
    KEEP_ALL(arena, texts);
}

static void copy_evidence(ff_arena *arena, ff_history_diagnosis *diagnosis)
{
    ff_history_evidence *copies = ff_arena_array(arena, diagnosis->evidence_count, sizeof *copies);
    for (size_t i = 0; i < diagnosis->evidence_count && copies; i++) {
        ff_slice *const texts[] = {&copies[i].kind, &copies[i].file, &copies[i].text};
        copies[i] = diagnosis->evidence[i];
        KEEP_ALL(arena, texts);
    }
    diagnosis->evidence = copies;
}

void ff_copy_diagnosis(ff_arena *arena, ff_history_diagnosis *diagnosis)
{
    ff_slice *const texts[] = {&diagnosis->rule,      &diagnosis->family,  &diagnosis->role,     &diagnosis->title,
                               &diagnosis->verdict,   &diagnosis->summary, &diagnosis->standing, &diagnosis->job,
                               &diagnosis->step_name, &diagnosis->fix,     &diagnosis->command,  &diagnosis->json};
    KEEP_ALL(arena, texts);
    copy_evidence(arena, diagnosis);
    uint32_t *ranks = ff_arena_array(arena, diagnosis->caused_by_count, sizeof *ranks);
    if (ranks && diagnosis->caused_by_count)
        memcpy(ranks, diagnosis->caused_by, diagnosis->caused_by_count * sizeof *ranks);
    diagnosis->caused_by = ranks;
}

ff_status ff_copy_status(const ff_arena *arena, ff_status status, ff_error *error)
{
    if (arena->full)
        return ff_error_set(error, FF_LIMIT, "the history has more of it than fits into memory; see --since");
    return arena->failed ? ff_error_set(error, FF_NOMEM, "out of memory") : status;
}
