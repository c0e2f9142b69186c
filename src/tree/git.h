/* The files of one commit out of git's objects, through libgit2.
 *
 * Of libgit2 only the reading of objects is used: it sees folders of objects and never a repository, so no settings, no
 * hooks, no index, no work tree, and nothing global is set.
 */
#ifndef FF_TREE_GIT_H
#define FF_TREE_GIT_H

#include "tree/gitdir.h"
#include "tree/tree.h"

/* Lists the files of a commit (full hexadecimal). The tree is FF_TREE_EXACT; nothing is borrowed. FF_OK; FF_NOT_FOUND
 * if the commit is not there, FF_INVALID if it or its list of files cannot be read, both without a text; FF_NOMEM. */
ff_status ff_git_open(ff_tree **tree, const ff_gitdir *where, ff_slice commit);

#endif
