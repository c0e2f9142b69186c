#include "diagnose/change.h"

#include "base/array.h"
#include "base/limits.h"
#include "diagnose/fixing.h"
#include "diagnose/stage.h"
#include "tree/diff.h"

/* A file as it was and as the edits so far left it. */
typedef struct ff_drafted {
    ff_slice path, before, after;
    struct {
        uint32_t *items;
        size_t count, cap;
    } diagnoses;
} ff_drafted;

typedef struct ff_draft {
    ff_case *c;
    struct {
        ff_drafted *items;
        size_t count, cap;
    } files;
    ff_slice refused;
} ff_draft;

static ff_drafted *drafted_of(ff_draft *draft, ff_slice path)
{
    for (size_t i = 0; i < draft->files.count; i++)
        if (ff_slice_eq(draft->files.items[i].path, path))
            return &draft->files.items[i];
    ff_drafted *made = FF_ARRAY_PUSH(draft->c->run->arena, &draft->files);
    if (made)
        made->path = path;
    return made;
}

/* The next edit starts from what this one left. */
static ff_status take(ff_draft *draft, const ff_edit *edit, uint32_t diagnosis)
{
    ff_arena *arena = draft->c->run->arena;
    ff_tree *tree = draft->c->repo->tree;
    ff_error reason = {0};
    ff_slice before = {0};
    ff_drafted *file = drafted_of(draft, edit->path);
    ff_status status = file ? ff_tree_read(tree, edit->path, &before, &reason) : FF_NOMEM;
    if (status != FF_OK)
        return status == FF_NOMEM ? FF_NOMEM : FF_OK;
    if (!file->before.ptr)
        file->before = before;
    file->after = edit->after;
    uint32_t *by = FF_ARRAY_PUSH(arena, &file->diagnoses);
    if (!by)
        return FF_NOMEM;
    *by = diagnosis;
    draft->c->edited = true;
    return ff_repo_put(draft->c->repo, edit->path, edit->after);
}

static ff_status take_fixes(ff_draft *draft, uint32_t index)
{
    ff_case *c = draft->c;
    const ff_diagnosis *d = &c->diagnoses.items[index];
    ff_status status = FF_OK;
    for (size_t i = 0; i < d->rule->fix_count && status == FF_OK; i++) {
        ff_edits edits = {0};
        if (!ff_fix_applies(c, d, &d->rule->fixes[i]))
            continue;
        status = ff_fix_edit(c, d, &d->rule->fixes[i], c->run->arena, &edits);
        for (size_t k = 0; k < edits.count && status == FF_OK; k++)
            status = take(draft, &edits.items[k], index);
        if (edits.refused.len && !draft->refused.len)
            draft->refused = edits.refused;
    }
    return status;
}

/* Gives the files back as they were. */
static ff_status undo(ff_draft *draft)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < draft->files.count && status == FF_OK; i++)
        if (draft->files.items[i].before.ptr)
            status = ff_repo_put(draft->c->repo, draft->files.items[i].path, draft->files.items[i].before);
    draft->c->edited = false;
    return status;
}

static ff_status finish(ff_draft *draft, ff_change_set *set)
{
    ff_arena *arena = draft->c->run->arena;
    ff_change *changes = ff_arena_array(arena, draft->files.count, sizeof *changes);
    if (!changes)
        return FF_NOMEM;
    for (size_t i = 0; i < draft->files.count; i++) {
        const ff_drafted *file = &draft->files.items[i];
        ff_slice diff = {0};
        ff_status status = ff_diff_make(file->path, file->before, file->after, arena, &diff);
        if (status == FF_NOMEM)
            return FF_NOMEM;
        if (status != FF_OK || !diff.len || !ff_fix_is_showable(diff))
            continue;
        ff_change *change = &changes[set->count++];
        *change = (ff_change){.path = file->path, .diff = diff, .diagnoses = file->diagnoses.items};
        change->diagnosis_count = (uint32_t)file->diagnoses.count;
        ff_diff_extent(diff, &change->start_line, &change->end_line);
    }
    set->items = changes;
    set->refused = draft->refused;
    return FF_OK;
}

ff_status ff_changes_make(ff_case *c, ff_change_set sets[FF_PROPOSAL_COUNT])
{
    ff_status status = FF_OK;
    for (int kind = 0; kind < FF_PROPOSAL_COUNT && status == FF_OK; kind++) {
        ff_draft draft = {.c = c};
        sets[kind] = (ff_change_set){0};
        if (!c->repo || !c->repo->tree)
            continue;
        for (uint32_t i = 0; i < c->diagnoses.count && status == FF_OK; i++)
            if (ff_proposal_is_for(&c->diagnoses.items[i], (ff_proposal_kind)kind))
                status = take_fixes(&draft, i);
        if (status == FF_OK)
            status = finish(&draft, &sets[kind]);
        if (status == FF_OK)
            status = undo(&draft);
    }
    return status;
}
