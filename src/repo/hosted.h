#ifndef FF_REPO_HOSTED_H
#define FF_REPO_HOSTED_H
#include "fetch/github.h"
#include "repo/tree.h"
ff_status ff_tree_open_hosted(ff_tree **tree, const ff_github *github, const ff_tree_wish *wish, ff_error *error);
#endif
