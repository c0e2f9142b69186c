/* A folder that the user named: git's objects where they have the run's commit, else the files as they are on disk, and
 * what that means for everything said of them. */
#include "base/limits.h"
#include "base/object_id.h"
#include "base/utf8.h"
#include "tree/checkout.h"
#include "tree/git.h"

enum { SHOWN_DIGITS = 7, SHOWN_NAME = 100 };

typedef struct local {
    const char *directory;
    const ff_tree_wish *wish;
    ff_gitdir git;
    bool has_git, unreadable; /* there is one; its objects, or the wanted ones, cannot be read */
    ff_arena arena;           /* of `git` */
} local;

static ff_slice shown(ff_slice commit)
{
    return ff_slice_cut(commit, SHOWN_DIGITS);
}

/* A remark, and what it means; the empty slice stands for no memory. */
static bool judge(ff_tree *tree, ff_tree_match match, ff_slice remark)
{
    tree->match = match;
    tree->remark = remark;
    return remark.len > 0;
}

static bool judge_foreign(ff_tree *tree, ff_slice repository)
{
    ff_arena *arena = &tree->arena;
    ff_slice name = ff_utf8_keep(arena, repository, SHOWN_NAME);
    return judge(tree, FF_TREE_FOREIGN,
                 ff_arena_printf(arena, "The checkout is of another repository: no remote of it is called like %.*s.",
                                 FF_ARG(name)));
}

/* A commit that is not one in full cannot be looked for. */
static bool judge_unknown(ff_tree *tree)
{
    ff_slice at = shown(tree->commit);
    if (!at.len)
        return judge(tree, FF_TREE_UNVERIFIED,
                     FF_LIT("The run's commit is not known, and the checkout has none: what is said of files is of the "
                            "checkout as it is."));
    return judge(tree, FF_TREE_UNVERIFIED,
                 ff_arena_printf(&tree->arena,
                                 "The run's commit is not known: what is said of files is of the checkout, which is "
                                 "at %.*s.",
                                 FF_ARG(at)));
}

static bool judge_other(const local *l, ff_tree *tree)
{
    ff_arena *arena = &tree->arena;
    ff_slice wanted = shown(l->wish->commit), at = shown(tree->commit);
    if (ff_slice_eq_nocase(tree->commit, l->wish->commit))
        return judge(tree, FF_TREE_UNVERIFIED,
                     ff_arena_printf(arena,
                                     "The checkout is at the run's commit %.*s, but git's objects cannot be read: what "
                                     "is said of files is of the checkout as it is.",
                                     FF_ARG(wanted)));
    const char *why = l->unreadable ? "but git's objects cannot be read" : "which it does not have";
    return judge(tree, FF_TREE_OTHER_COMMIT,
                 ff_arena_printf(arena,
                                 "The checkout is at %.*s and the run was at %.*s, %s: what is said of files is of the "
                                 "checkout.",
                                 FF_ARG(at.len ? at : FF_LIT("no commit")), FF_ARG(wanted), why));
}

static bool judge_folder(ff_tree *tree)
{
    return judge(tree, FF_TREE_UNVERIFIED,
                 FF_LIT("The folder is no git checkout, so its commit cannot be told: what is said of files is of the "
                        "folder as it is."));
}

/* For a tree that is not the run's commit out of git's objects. */
static bool judge_files(const local *l, ff_tree *tree)
{
    if (!l->has_git)
        return judge_folder(tree);
    if (l->git.head.len) {
        tree->commit = ff_arena_dup(&tree->arena, l->git.head);
        if (!tree->commit.ptr)
            return false;
    }
    if (!ff_gitdir_is_of(&l->git, l->wish->repository))
        return judge_foreign(tree, l->wish->repository);
    return ff_object_id_is(l->wish->commit) ? judge_other(l, tree) : judge_unknown(tree);
}

/* The files of HEAD where there is no work tree, else the work tree. */
static ff_status open_files(const local *l, ff_tree **tree, ff_error *error)
{
    if (!l->has_git || !l->git.bare)
        return ff_checkout_open(tree, l->directory, error);
    if (!l->git.stores[0])
        return ff_error_set(error, FF_IO, "%s: a bare repository that cannot be read", l->directory);
    ff_status status = l->git.head.len ? ff_git_open(tree, &l->git, l->git.head) : FF_NOT_FOUND;
    if (status == FF_OK || status == FF_NOMEM)
        return status == FF_OK ? FF_OK : ff_error_set(error, status, "out of memory");
    return ff_error_set(error, status == FF_NOT_FOUND ? status : FF_IO, "%s: a bare repository %s", l->directory,
                        status == FF_NOT_FOUND ? "without a commit to read" : "that cannot be read");
}

static ff_status open_local(local *l, ff_tree **tree, ff_error *error)
{
    ff_status status = ff_gitdir_find(&l->git, l->directory, &l->arena);
    if (status == FF_NOMEM)
        return ff_error_set(error, status, "out of memory");
    l->has_git = status != FF_NOT_FOUND;
    l->unreadable = status == FF_UNSUPPORTED;
    if (status == FF_OK && ff_object_id_is(l->wish->commit)) {
        status = ff_git_open(tree, &l->git, l->wish->commit);
        if (status == FF_OK || status == FF_NOMEM)
            return status == FF_OK ? FF_OK : ff_error_set(error, status, "out of memory");
        l->unreadable = status == FF_INVALID;
    }
    status = open_files(l, tree, error);
    if (status != FF_OK || judge_files(l, *tree))
        return status;
    ff_tree_close(*tree);
    *tree = NULL;
    return ff_error_set(error, FF_NOMEM, "out of memory");
}

ff_status ff_tree_open_checkout(ff_tree **tree, const char *directory, const ff_tree_wish *wish, ff_error *error)
{
    local l = {.directory = directory, .wish = wish};
    *tree = NULL;
    ff_arena_init(&l.arena, 0);
    ff_status status = open_local(&l, tree, error);
    ff_arena_release(&l.arena);
    return status;
}
