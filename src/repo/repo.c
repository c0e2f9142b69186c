#include "repo/repo.h"

#include "base/limits.h"
#include "repo/scene.h"

#include <stdlib.h>

/* Why a tree that was given says nothing about this run; the empty slice if it may. Of a list that lacks names nobody
 * can tell; and the tree of the run's own commit is the right one, though the workflow may be another repository's, or
 * GitHub's own. */
static ff_slice refusal_of(ff_repo *repo, const ff_tree *tree)
{
    if (tree->match == FF_TREE_FOREIGN)
        return FF_LIT("what was given is another repository than the run's");
    if (tree->match == FF_TREE_EXACT || !tree->whole || !repo->workflow_path.len ||
        ff_tree_entry_of(tree, repo->workflow_path))
        return (ff_slice){0};
    return ff_arena_printf(&repo->arena, "the repository that was given lacks the run's workflow “%.*s”",
                           FF_ARG(repo->workflow_path));
}

ff_status ff_repo_open(ff_repo **repo, ff_tree *tree, const ff_repo_facts *facts)
{
    ff_repo *made = calloc(1, sizeof *made);
    *repo = made;
    if (!made)
        return FF_NOMEM;
    ff_arena_init(&made->arena, FF_LIMIT_REPO_BYTES);
    made->workflow_path = facts->workflow_path;
    made->why_not = tree ? refusal_of(made, tree) : ff_slice_of(facts->why_not);
    if (!tree && !made->why_not.len)
        made->why_not = FF_LIT("the repository was not given");
    made->tree = made->why_not.len ? NULL : tree;
    ff_status status = made->arena.failed ? FF_NOMEM : ff_workflows_load(&made->workflows, made->tree, &made->arena);
    if (status == FF_OK)
        return FF_OK;
    ff_repo_close(made);
    *repo = NULL;
    return status;
}

ff_status ff_repo_put(ff_repo *repo, ff_slice path, ff_slice bytes)
{
    ff_status status = ff_tree_put(repo->tree, path, bytes);
    ff_scene_drop_kept(repo); /* they point into the workflow files */
    return status == FF_OK ? ff_workflows_reread(repo->workflows, repo->tree, path, &repo->arena) : status;
}

void ff_repo_close(ff_repo *repo)
{
    if (!repo)
        return;
    ff_scene_drop_kept(repo);
    ff_arena_release(&repo->arena);
    free(repo);
}
