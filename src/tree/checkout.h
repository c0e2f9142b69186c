/* The files of a folder as they are on disk, git or not. */
#ifndef FF_TREE_CHECKOUT_H
#define FF_TREE_CHECKOUT_H

#include "tree/tree.h"

/* Lists what is in a folder now; files are read when somebody asks. No link is followed but `directory` itself, no
 * other file system entered, nothing but regular files opened. Folders that never belong to a commit are left out
 * (`.git`, `node_modules`, …) as if they were not there. The tree knows neither commit nor match. FF_OK; FF_NOT_FOUND,
 * FF_IO with one line that names the folder; FF_NOMEM. */
ff_status ff_checkout_open(ff_tree **tree, const char *directory, ff_error *error);

#endif
