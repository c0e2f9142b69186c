#include "tree/git.h"

#include "base/limits.h"
#include "tree/git_objects.h"
#include "tree/listing.h"

#include <stdlib.h>

typedef struct git_tree {
    ff_tree tree; /* first */
    ff_git_objects *objects;
    const char *stores[FF_GITDIR_STORES + 1];
    ff_git_id root; /* of the commit */
} git_tree;

/* Paths that changed, being collected. */
typedef struct changes {
    ff_tree *tree;
    ff_tree_paths *paths;
} changes;

static ff_status list_file(void *self, ff_slice path, ff_tree_kind kind, const ff_git_id *id)
{
    ff_listing *listing = self;
    return ff_listing_add(listing, &(ff_tree_entry){.path = path, .kind = kind},
                          (ff_slice){(const char *)id->bytes, FF_GIT_ID_BYTES});
}

static ff_status list_files(git_tree *self)
{
    ff_listing listing;
    ff_git_comparison all = {.after = &self->root, .see = list_file, .self = &listing};
    ff_listing_start(&listing, &self->tree);
    ff_status status = ff_git_compare(self->objects, &all);
    if (all.lacks)
        ff_listing_lack(&listing, all.lacks);
    status = ff_listing_finish(&listing, status);
    return status == FF_NOT_FOUND ? FF_INVALID : status;
}

static ff_status read_file(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    git_tree *self = (git_tree *)tree;
    ff_git_id id;
    uint64_t size = 0;
    memcpy(id.bytes, ff_listing_key(entry, FF_GIT_ID_BYTES).ptr, FF_GIT_ID_BYTES);
    ff_status status = ff_git_size(self->objects, &id, &size);
    if (status == FF_OK)
        status = ff_listing_room(tree, size, reason);
    if (status == FF_OK)
        status = ff_git_read(self->objects, &id, &tree->arena, bytes);
    if (status == FF_NOT_FOUND) /* a partial clone: that it is not in the repository would be another answer */
        return ff_error_set(reason, FF_IO, "is not among the objects of this clone");
    return status == FF_OK ? FF_OK : ff_error_set(reason, status, "cannot be read out of git's objects");
}

static ff_status list_change(void *self, ff_slice path, ff_tree_kind kind, const ff_git_id *id)
{
    changes *list = self;
    (void)kind;
    (void)id;
    return ff_listing_add_change(list->tree, list->paths, path) ? FF_OK : FF_NOMEM;
}

static ff_status list_changes(ff_tree *tree, ff_slice base, ff_tree_paths *paths, ff_error *reason)
{
    git_tree *self = (git_tree *)tree;
    ff_git_id root;
    changes list = {.tree = tree, .paths = paths};
    ff_git_comparison comparison = {.before = &root, .after = &self->root, .see = list_change, .self = &list};
    ff_status status = ff_git_root(self->objects, base, &root);
    if (status == FF_OK)
        status = ff_git_compare(self->objects, &comparison);
    if (comparison.lacks)
        paths->whole = false;
    if (status == FF_NOT_FOUND)
        return ff_error_set(reason, status, "does not have the commit of the last green run");
    return status == FF_OK ? FF_OK : ff_error_set(reason, status, "cannot read the commit of the last green run");
}

static void close_git(ff_tree *tree)
{
    git_tree *self = (git_tree *)tree;
    ff_git_objects_close(self->objects);
    free(self);
}

static const ff_tree_methods METHODS = {.read = read_file, .changes = list_changes, .close = close_git};

static bool keep_stores(git_tree *self, const char *const *stores)
{
    for (size_t i = 0; stores[i]; i++) {
        self->stores[i] = ff_arena_dup(&self->tree.arena, ff_slice_of(stores[i])).ptr;
        if (!self->stores[i])
            return false;
    }
    return true;
}

ff_status ff_git_open(ff_tree **tree, const ff_gitdir *where, ff_slice commit)
{
    *tree = NULL;
    git_tree *self = calloc(1, sizeof *self);
    if (!self)
        return FF_NOMEM;
    *self = (git_tree){.tree.methods = &METHODS, .tree.match = FF_TREE_EXACT};
    ff_arena_init(&self->tree.arena, FF_LIMIT_TREE_BYTES);
    self->tree.commit = ff_arena_dup(&self->tree.arena, commit);
    ff_status status = self->tree.commit.ptr && keep_stores(self, where->stores) ? FF_OK : FF_NOMEM;
    if (status == FF_OK)
        status = ff_git_objects_open(&self->objects, self->stores);
    if (status == FF_OK)
        status = ff_git_root(self->objects, commit, &self->root);
    if (status == FF_OK)
        status = list_files(self);
    if (status == FF_OK)
        *tree = &self->tree;
    else
        ff_tree_close(&self->tree);
    return status;
}
