/* Files are asked for by their own id (`git/blobs`), not by path and commit (`contents`): such an answer is the same
 * for every commit that has the file, so the next run finds it in the cache, and it comes up to 100 MB instead of 1 MB.
 */
#include "tree/hosted.h"

#include "base/limits.h"
#include "tree/listing.h"

#include <stdlib.h>

/* GitHub tells no more of one comparison. */
enum { CHANGES_TOLD = 300 };

typedef struct hosted {
    ff_tree tree; /* first */
    ff_github github;
    size_t id_len; /* of the files: as long as that of the commit */
    unsigned asked;
} hosted;

static ff_tree_kind kind_of(const ff_api_node *node)
{
    if (!ff_slice_eq(node->type, FF_LIT("blob")))
        return FF_TREE_OTHER;
    return ff_slice_eq(node->mode, FF_LIT("120000")) ? FF_TREE_LINK : FF_TREE_FILE;
}

/* A node that cannot be used leaves the list incomplete. */
static ff_status list_node(ff_listing *listing, const ff_api_node *node, size_t id_len)
{
    if (ff_slice_eq(node->type, FF_LIT("tree")))
        return FF_OK;
    if (!node->path.len || node->sha.len != id_len) {
        ff_listing_lack(listing, "GitHub's list of it has files without a name");
        return FF_OK;
    }
    ff_tree_entry entry = {.path = node->path, .size = node->size, .kind = kind_of(node)};
    return ff_listing_add(listing, &entry, node->sha);
}

static ff_status list_files(hosted *self, const ff_api_nodes *nodes)
{
    ff_listing listing;
    ff_status status = FF_OK;
    ff_listing_start(&listing, &self->tree);
    if (nodes->truncated)
        ff_listing_lack(&listing, "GitHub's list of it is cut off");
    for (size_t i = 0; i < nodes->count && status == FF_OK; i++)
        status = list_node(&listing, &nodes->items[i], self->id_len);
    return ff_listing_finish(&listing, status);
}

/* The answer is read into an arena of its own: what it says may be much longer than what is kept of it. */
static ff_status ask_files(hosted *self, ff_error *error)
{
    ff_arena scratch;
    ff_api_nodes nodes = {0};
    ff_github github = self->github;
    github.arena = &scratch;
    ff_arena_init(&scratch, FF_LIMIT_TREE_BYTES);
    ff_status status = ff_github_nodes(&github, self->tree.commit, &nodes, error);
    if (status == FF_OK && (status = list_files(self, &nodes)) != FF_OK)
        (void)ff_error_set(error, status, "out of memory");
    ff_arena_release(&scratch);
    return status;
}

static ff_status ask_file(hosted *self, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    ff_arena scratch;
    ff_slice came;
    ff_github github = self->github;
    github.arena = &scratch;
    ff_arena_init(&scratch, 0);
    ff_status status = ff_github_blob(&github, ff_listing_key(entry, self->id_len), &came, reason);
    if (status == FF_OK)
        status = ff_listing_room(&self->tree, came.len, reason);
    if (status == FF_OK) {
        *bytes = ff_arena_dup(&self->tree.arena, came);
        status = bytes->ptr ? FF_OK : FF_NOMEM;
    }
    ff_arena_release(&scratch);
    return status;
}

/* The text of a failure without what was asked for, which the reader knows. */
static ff_slice reason_of(const ff_error *problem, ff_slice what)
{
    ff_slice text = ff_slice_of(problem->text);
    (void)ff_slice_take_prefix(&text, what);
    return text;
}

/* That a file of the list cannot be found is a trouble of the server's, not an answer about the repository. */
static ff_status read_file(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    hosted *self = (hosted *)tree;
    ff_error problem = {0};
    ff_status status = ff_listing_room(tree, entry->size, reason);
    if (status != FF_OK)
        return status;
    if (self->asked == FF_LIMIT_HOSTED_FILES)
        return ff_error_set(reason, FF_LIMIT, "was not asked for: %u files were", FF_LIMIT_HOSTED_FILES);
    self->asked++;
    status = ask_file(self, entry, bytes, &problem);
    if (status == FF_NOT_FOUND)
        status = FF_IO;
    return status == FF_OK
               ? FF_OK
               : ff_error_set(reason, status, "cannot be had: %.*s", FF_ARG(reason_of(&problem, FF_LIT("the file: "))));
}

/* GitHub compares with the last commit that both have. Where that is not `base`, what `base` itself changed since is
 * missing. */
static ff_status keep_changes(ff_tree *tree, const ff_api_comparison *found, ff_tree_paths *paths)
{
    paths->whole = found->count < CHANGES_TOLD &&
                   (ff_slice_eq(found->status, FF_LIT("ahead")) || ff_slice_eq(found->status, FF_LIT("identical")));
    for (size_t i = 0; i < found->count && i < CHANGES_TOLD; i++) {
        const ff_api_change *change = &found->items[i];
        if (!ff_listing_add_change(tree, paths, change->path) ||
            (change->before.len && !ff_listing_add_change(tree, paths, change->before)))
            return FF_NOMEM;
    }
    return FF_OK;
}

static ff_status list_changes(ff_tree *tree, ff_slice base, ff_tree_paths *paths, ff_error *reason)
{
    hosted *self = (hosted *)tree;
    ff_arena scratch;
    ff_api_comparison found = {0};
    ff_error problem = {0};
    ff_github github = self->github;
    github.arena = &scratch;
    ff_arena_init(&scratch, 0);
    ff_status status = ff_github_compare(&github, base, tree->commit, &found, &problem);
    if (status == FF_OK)
        status = keep_changes(tree, &found, paths);
    ff_arena_release(&scratch);
    return status == FF_OK ? FF_OK
                           : ff_error_set(reason, status, "cannot be compared with the last green run: %.*s",
                                          FF_ARG(reason_of(&problem, FF_LIT("the changes: "))));
}

static void close_hosted(ff_tree *tree)
{
    free(tree);
}

static const ff_tree_methods METHODS = {.read = read_file, .changes = list_changes, .close = close_hosted};

ff_status ff_tree_open_hosted(ff_tree **tree, const ff_github *github, const ff_tree_wish *wish, ff_error *error)
{
    *tree = NULL;
    hosted *self = calloc(1, sizeof *self);
    if (!self)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *self = (hosted){.tree.methods = &METHODS, .github = *github, .id_len = wish->commit.len};
    ff_arena_init(&self->tree.arena, FF_LIMIT_TREE_BYTES);
    self->tree.commit = ff_arena_dup(&self->tree.arena, wish->commit);
    ff_status status = self->tree.commit.ptr ? ask_files(self, error) : ff_error_set(error, FF_NOMEM, "out of memory");
    if (status == FF_OK)
        *tree = &self->tree;
    else
        ff_tree_close(&self->tree);
    return status;
}
