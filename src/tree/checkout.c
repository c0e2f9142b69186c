#include "tree/checkout.h"

#include "base/file.h"
#include "base/limits.h"
#include "tree/listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct checkout {
    ff_tree tree; /* first */
    int root;
} checkout;

typedef struct walk {
    ff_listing listing;
    ff_buf path; /* of what is looked at, from the root */
    dev_t device;
    size_t seen;
} walk;

/* Made by tools beside the sources, and larger than they are. */
static const ff_slice CLUTTER[] = {
    FF_TEXT(".git"), FF_TEXT("node_modules"), FF_TEXT(".venv"), FF_TEXT("venv"), FF_TEXT("__pycache__"),
};

/* `.git` is also a file, in submodules and linked work trees. */
static bool is_clutter(ff_slice name, const struct stat *facts)
{
    for (size_t i = 0; i < sizeof CLUTTER / sizeof *CLUTTER; i++)
        if (ff_slice_eq(name, CLUTTER[i]))
            return S_ISDIR(facts->st_mode) || i == 0;
    return false;
}

static ff_status walk_folder(walk *w, int fd, size_t depth);

/* A folder may have become something else since it was listed: it is opened as one, and not through a link. */
static ff_status enter(walk *w, int parent, const char *name, size_t depth)
{
    struct stat facts;
    if (depth >= FF_LIMIT_TREE_DEPTH) {
        ff_listing_lack(&w->listing, "it has folders nested too deeply");
        return FF_OK;
    }
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        ff_listing_lack(&w->listing, "it has folders that cannot be listed");
        return FF_OK;
    }
    if (fstat(fd, &facts) != 0 || facts.st_dev != w->device) {
        (void)close(fd);
        ff_listing_lack(&w->listing, "it has folders of another file system");
        return FF_OK;
    }
    return walk_folder(w, fd, depth + 1);
}

static ff_status look_at(walk *w, int parent, const char *name, size_t depth)
{
    struct stat facts;
    if (++w->seen > FF_LIMIT_TREE_ENTRIES) {
        ff_listing_lack(&w->listing, "it has more files than are listed");
        return FF_END;
    }
    if (fstatat(parent, name, &facts, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT) /* gone since it was listed */
            ff_listing_lack(&w->listing, "it has folders that cannot be listed");
        return FF_OK;
    }
    if (is_clutter(ff_slice_of(name), &facts))
        return FF_OK;
    if (S_ISDIR(facts.st_mode))
        return enter(w, parent, name, depth);
    ff_tree_entry entry = {.path = ff_buf_slice(&w->path), .kind = FF_TREE_OTHER};
    if (S_ISLNK(facts.st_mode))
        entry.kind = FF_TREE_LINK;
    if (S_ISREG(facts.st_mode)) {
        entry.kind = FF_TREE_FILE;
        entry.size = (uint64_t)facts.st_size;
    }
    return ff_listing_add(&w->listing, &entry, (ff_slice){0});
}

/* Looks at a name with its path in place. */
static ff_status look_below(walk *w, int parent, const char *name, size_t depth)
{
    size_t before = w->path.len;
    if (before)
        ff_buf_add_byte(&w->path, '/');
    ff_buf_add(&w->path, ff_slice_of(name));
    ff_status status = ff_buf_status(&w->path);
    if (status == FF_OK)
        status = look_at(w, parent, name, depth);
    w->path.len = before;
    return status;
}

/* Takes over `fd`. */
static ff_status walk_folder(walk *w, int fd, size_t depth)
{
    DIR *listing = fdopendir(fd);
    if (!listing) {
        (void)close(fd);
        return FF_NOMEM;
    }
    ff_status status = FF_OK;
    while (status == FF_OK) {
        errno = 0;
        const struct dirent *found = readdir(listing);
        if (!found)
            break;
        if (strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0)
            status = look_below(w, fd, found->d_name, depth);
    }
    if (status == FF_OK && errno != 0)
        ff_listing_lack(&w->listing, "it has folders that cannot be listed");
    (void)closedir(listing);
    return status;
}

static ff_status list_files(checkout *self)
{
    struct stat facts;
    walk w = {.seen = 0};
    ff_listing_start(&w.listing, &self->tree);
    ff_buf_init(&w.path, (FF_LIMIT_TREE_DEPTH + 1) * (size_t)FF_LIMIT_NAME_BYTES);
    /* A listing of its own: the root's descriptor stays at its place for opening files. */
    int fd = openat(self->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ff_status status = fd < 0 || fstat(fd, &facts) != 0 ? FF_IO : FF_OK;
    if (status == FF_OK) {
        w.device = facts.st_dev;
        status = walk_folder(&w, fd, 0);
    } else if (fd >= 0) {
        (void)close(fd);
    }
    ff_buf_release(&w.path);
    return ff_listing_finish(&w.listing, status);
}

static ff_status cannot_open(int reason, ff_error *error)
{
    if (reason == EACCES || reason == EPERM)
        return ff_error_set(error, FF_DENIED, "is not readable for this user");
    if (reason == ELOOP)
        return ff_error_set(error, FF_UNSUPPORTED, "is a link");
    return ff_error_set(error, FF_IO, "cannot be opened: %s", strerror(reason));
}

static ff_status read_file(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    ff_buf whole;
    ff_status status = ff_listing_room(tree, entry->size, reason);
    if (status != FF_OK)
        return status;
    int fd = ff_file_open_below(((const checkout *)tree)->root, entry->path);
    if (fd < 0)
        return cannot_open(errno, reason);
    /* It may have grown since it was listed. */
    ff_buf_init(&whole, FF_LIMIT_TREE_FILE_BYTES);
    status = ff_file_read(fd, &whole);
    if (status == FF_IO)
        (void)ff_error_set(reason, status, "cannot be read: %s", strerror(errno));
    else if (status == FF_UNSUPPORTED)
        (void)ff_error_set(reason, status, "is no file");
    else if (status == FF_OK || status == FF_LIMIT)
        status = ff_listing_room(tree, status == FF_OK ? whole.len : UINT64_MAX, reason);
    if (status == FF_OK) {
        *bytes = ff_arena_dup(&tree->arena, ff_buf_slice(&whole));
        status = bytes->ptr ? FF_OK : FF_NOMEM;
    }
    ff_buf_release(&whole);
    return status;
}

static void close_checkout(ff_tree *tree)
{
    checkout *self = (checkout *)tree;
    if (self->root >= 0)
        (void)close(self->root);
    free(self);
}

/* What git knows of an older commit says nothing of files that may have changed since. */
static const ff_tree_methods METHODS = {.read = read_file, .close = close_checkout};

ff_status ff_checkout_open(ff_tree **tree, const char *directory, ff_error *error)
{
    *tree = NULL;
    checkout *self = calloc(1, sizeof *self);
    if (!self)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *self = (checkout){.tree.methods = &METHODS};
    ff_arena_init(&self->tree.arena, FF_LIMIT_TREE_BYTES);
    self->root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ff_status status = FF_OK;
    if (self->root < 0)
        status = ff_error_set(error, errno == ENOENT || errno == ENOTDIR ? FF_NOT_FOUND : FF_IO, "%s: %s", directory,
                              strerror(errno));
    else if ((status = list_files(self)) != FF_OK)
        (void)ff_error_set(error, status, "%s: %s", directory,
                           status == FF_NOMEM ? "out of memory" : "cannot be listed");
    if (status == FF_OK)
        *tree = &self->tree;
    else
        ff_tree_close(&self->tree);
    return status;
}
