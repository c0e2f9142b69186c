/* The files of a commit on GitHub, through its API. */
#ifndef FF_TREE_HOSTED_H
#define FF_TREE_HOSTED_H

#include "fetch/github.h"
#include "tree/tree.h"

/* Asks for the list of files of `wish->commit`, in full hexadecimal; a file is asked for when it is first read, and
 * FF_LIMIT_HOSTED_FILES of them at most. The tree is FF_TREE_EXACT. `github` is copied; what it points to is borrowed,
 * but for its arena, which is not used. As ff_github_file, with one clause. */
ff_status ff_tree_open_hosted(ff_tree **tree, const ff_github *github, const ff_tree_wish *wish, ff_error *error);

#endif
