/* What one analysis knows of the run's repository: the tree, its workflow files, and what probes worked out once.
 *
 *     ff_repo *repo = NULL;
 *     ff_repo_facts facts = {.workflow_path = run->workflow_path};
 *     if (ff_repo_open(&repo, tree, &facts) == FF_OK) ... ff_probe_ask(repo, ...) ...
 *     ff_repo_close(repo);
 *
 * There is always a repo, with or without a tree: scripts that the log echoes can be asked without one, and `why_not`
 * says why the other probes cannot answer.
 */
#ifndef FF_REPO_REPO_H
#define FF_REPO_REPO_H

#include "tree/tree.h"
#include "workflow/workflows.h"

typedef struct ff_repo_facts {
    ff_slice workflow_path; /* of the run; empty: not known */
    const char *why_not;    /* without a tree: why there is none, a static clause */
} ff_repo_facts;

typedef struct ff_repo {
    ff_arena arena;           /* owned; FF_LIMIT_REPO_BYTES: answers, models, diffs */
    ff_tree *tree;            /* borrowed; NULL: none, or one that says nothing about this run */
    ff_slice why_not;         /* then why, as a clause: `no checkout was given` */
    ff_slice workflow_path;   /* of the run */
    ff_workflows *workflows;  /* owned; empty without a tree */
    struct ff_django *django; /* NULL until asked for; see django.h */
    struct ff_scene *scenes;  /* owned: steps that were asked about; see scene.h */
    size_t scenes_bytes;      /* of these */
    bool spent;               /* the arena reached its bound: nothing is asked any more */
} ff_repo;

/* `tree` may be NULL and is borrowed, as are the texts of `facts`. A tree of another repository, or one that lacks the
 * run's workflow file, is not used, and `why_not` says so. FF_OK or FF_NOMEM. */
ff_status ff_repo_open(ff_repo **repo, ff_tree *tree, const ff_repo_facts *facts);

/* From now on the file is `bytes`, as ff_tree_put; a workflow file is read again. FF_OK, FF_NOMEM, or as ff_tree_read.
 */
ff_status ff_repo_put(ff_repo *repo, ff_slice path, ff_slice bytes);

void ff_repo_close(ff_repo *repo); /* NULL is fine; the tree stays open */

#endif
