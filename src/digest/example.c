#include "digest/example.h"

#include "base/limits.h"
#include "digest/build.h"

typedef struct ff_show {
    ff_build *build;
    ff_group *group;
    bool whole; /* evidence and JSON too */
    bool found;
    size_t evidence; /* how much there is */
    size_t bytes;    /* that evidence and JSON took */
} ff_show;

/* Between two questions another scan may have written the run anew: then this is another diagnosis. */
static bool is_of(const ff_group *group, const ff_history_diagnosis *diagnosis)
{
    return strcmp(group->fingerprint, diagnosis->fingerprint) == 0;
}

static ff_status weigh(void *self, const ff_history_diagnosis *diagnosis)
{
    ff_show *show = self;
    if (is_of(show->group, diagnosis))
        show->evidence = diagnosis->evidence_count;
    return FF_OK;
}

static ff_status ask(ff_show *show, const ff_candidate *candidate, ff_history_diagnosis_fn visit)
{
    const ff_history_run run = {.host = candidate->run.host,
                                .repository = candidate->run.repository,
                                .id = candidate->run.id,
                                .attempt = candidate->run.attempt};
    ff_status status =
        ff_history_diagnosis_of(show->build->history, &run, candidate->rank, visit, show, show->build->error);
    return status == FF_NOT_FOUND ? FF_OK : status;
}

/* Equals in verdict and confidence: most evidence, then newest, then the smallest id. */
static bool is_better(const ff_candidate *a, size_t a_evidence, const ff_candidate *b, size_t b_evidence)
{
    if (a_evidence != b_evidence)
        return a_evidence > b_evidence;
    if (a->run.created_at != b->run.created_at)
        return a->run.created_at > b->run.created_at;
    return a->run.id < b->run.id;
}

static ff_status choose(ff_build *build, ff_draft *draft, size_t *best)
{
    ff_status status = FF_OK;
    size_t most = 0;
    *best = 0;
    for (size_t i = 0; i < draft->candidate_count && draft->candidate_count > 1 && status == FF_OK; i++) {
        ff_show show = {.build = build, .group = &draft->group};
        status = ask(&show, &draft->candidates[i], weigh);
        if (i && !is_better(&draft->candidates[i], show.evidence, &draft->candidates[*best], most))
            continue;
        *best = i;
        most = show.evidence;
    }
    return status;
}

static bool copy_evidence(ff_show *show, const ff_history_diagnosis *diagnosis)
{
    ff_arena *arena = show->build->digest->arena;
    ff_digest_evidence *copy = ff_arena_array(arena, diagnosis->evidence_count, sizeof *copy);
    size_t at = 0;
    for (int primary = 1; primary >= 0 && copy; primary--)
        for (size_t i = 0; i < diagnosis->evidence_count; i++) {
            const ff_history_evidence *from = &diagnosis->evidence[i];
            if (from->primary != (primary == 1))
                continue;
            copy[at].kind = ff_names_keep(&show->build->names, from->kind);
            copy[at].file = ff_names_keep(&show->build->names, from->file);
            copy[at].text = ff_arena_dup(arena, from->text);
            copy[at].line = from->line;
            copy[at++].job_line = from->job_line;
        }
    show->group->evidence = copy;
    show->group->evidence_count = at;
    return copy != NULL;
}

static size_t bytes_of(const ff_history_diagnosis *diagnosis)
{
    size_t bytes = diagnosis->json.len;
    for (size_t i = 0; i < diagnosis->evidence_count; i++)
        bytes += sizeof(ff_digest_evidence) + diagnosis->evidence[i].text.len;
    return bytes;
}

static ff_status copy(void *self, const ff_history_diagnosis *diagnosis)
{
    ff_show *show = self;
    ff_build *build = show->build;
    ff_group *group = show->group;
    ff_arena *arena = build->digest->arena;
    if (!is_of(group, diagnosis))
        return FF_OK;
    group->title = ff_arena_dup(arena, diagnosis->title);
    group->rule = ff_names_keep(&build->names, diagnosis->rule);
    group->family = ff_names_keep(&build->names, diagnosis->family);
    group->role = ff_names_keep(&build->names, diagnosis->role);
    group->summary = ff_arena_dup(arena, diagnosis->summary);
    group->job = ff_names_keep(&build->names, diagnosis->job);
    group->step_name = ff_names_keep(&build->names, diagnosis->step_name);
    group->fix = ff_arena_dup(arena, diagnosis->fix);
    group->command = ff_arena_dup(arena, diagnosis->command);
    show->bytes = bytes_of(diagnosis);
    if (show->whole && show->bytes <= FF_LIMIT_EXAMPLE_BYTES) {
        group->example_json = ff_arena_dup(arena, diagnosis->json);
        show->found = copy_evidence(show, diagnosis);
    }
    return arena->failed ? ff_build_full(build) : FF_OK;
}

ff_status ff_example_choose(ff_build *build, size_t *left_out)
{
    size_t bytes = 0;
    ff_status status = FF_OK;
    *left_out = 0;
    for (size_t i = 0; i < build->groups.count && status == FF_OK; i++) {
        ff_draft *draft = build->groups.ordered[i];
        ff_show show = {.build = build, .group = &draft->group, .whole = bytes < FF_LIMIT_EXAMPLES_BYTES};
        size_t best = 0;
        status = choose(build, draft, &best);
        const ff_candidate *candidate = &draft->candidates[best];
        draft->group.example = candidate->at;
        draft->group.example_run = candidate->run;
        if (status == FF_OK)
            status = ask(&show, candidate, copy);
        bytes += show.found ? show.bytes : 0;
        *left_out += !show.found;
    }
    return status;
}
