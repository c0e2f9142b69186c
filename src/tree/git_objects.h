/* Objects of git: the root of a commit, what differs between two roots, the bytes of a file. Through libgit2, of which
 * only the reading of objects is used: it sees folders of objects and never a repository, so no settings, no hooks, no
 * index, no work tree, and nothing global is set.
 *
 *     ff_git_objects *objects = NULL;
 *     if (ff_git_objects_open(&objects, where.stores) == FF_OK && ff_git_root(objects, commit, &root) == FF_OK)
 *         status = ff_git_compare(objects, &(ff_git_comparison){.after = &root, .see = see_file});
 *     ff_git_objects_close(objects);
 */
#ifndef FF_TREE_GIT_OBJECTS_H
#define FF_TREE_GIT_OBJECTS_H

#include "tree/tree.h"

enum { FF_GIT_ID_BYTES = 20 };

typedef struct ff_git_id {
    unsigned char bytes[FF_GIT_ID_BYTES];
} ff_git_id;

typedef struct ff_git_objects ff_git_objects;

/* A file, link or submodule; `path` is borrowed for the call. Another status than FF_OK ends the comparison. */
typedef ff_status (*ff_git_see)(void *self, ff_slice path, ff_tree_kind kind, const ff_git_id *id);

typedef struct ff_git_comparison {
    const ff_git_id *before; /* NULL: nothing, so that every file of `after` is seen */
    const ff_git_id *after;
    ff_git_see see;
    void *self;
    const char *lacks; /* set where something was left out: a static clause; NULL: nothing was */
} ff_git_comparison;

/* Opens folders of objects, a list that ends with NULL and is borrowed. FF_OK; FF_INVALID, FF_NOMEM. */
ff_status ff_git_objects_open(ff_git_objects **objects, const char *const *stores);
void ff_git_objects_close(ff_git_objects *objects); /* NULL is fine */

/* The root folder of a commit, given in hexadecimal. FF_OK; FF_NOT_FOUND; FF_INVALID for what is no commit or damaged;
 * FF_NOMEM. */
ff_status ff_git_root(ff_git_objects *objects, ff_slice commit, ff_git_id *root);

/* Sees each path that differs, those of the second only and of the first only too; FF_LIMIT_TREE_ENTRIES names are
 * looked at, folders with them. FF_OK; FF_NOT_FOUND, FF_INVALID if a root cannot be read; FF_NOMEM; or what `see` said.
 */
ff_status ff_git_compare(ff_git_objects *objects, ff_git_comparison *comparison);

/* The bytes that a file has, without reading it; its bytes, into the arena, once its size is known. FF_OK;
 * FF_NOT_FOUND; FF_INVALID; FF_NOMEM.
 */
ff_status ff_git_size(ff_git_objects *objects, const ff_git_id *file, uint64_t *size);
ff_status ff_git_read(ff_git_objects *objects, const ff_git_id *file, ff_arena *arena, ff_slice *bytes);

#endif
