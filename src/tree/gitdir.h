/* Where git keeps what a folder is a checkout of: found by reading a few small files, without git and its settings.
 *
 * `.git` is a folder, or a file that names one (a linked work tree, a submodule); a bare repository is itself that
 * folder. Settings such as `core.worktree` and `include.path` mean nothing here. All of it is untrusted.
 */
#ifndef FF_TREE_GITDIR_H
#define FF_TREE_GITDIR_H

#include "base/array.h"
#include "base/error.h"

/* Folders of objects, with those that the first one borrows from. */
enum { FF_GITDIR_STORES = 8 };

typedef struct ff_gitdir {
    bool bare;
    ff_slice head;                            /* the commit in full hexadecimal, small letters; empty: none */
    const char *stores[FF_GITDIR_STORES + 1]; /* hold nothing but files and folders; ends with NULL */
    struct {
        ff_slice *items; /* as the settings have them */
        size_t count, cap;
    } remotes; /* URLs */
} ff_gitdir;

/* Looks at the folder itself, not above it; everything lives in the arena. FF_OK; FF_NOT_FOUND if git has nothing
 * there; FF_UNSUPPORTED if its objects must not be read (devices, FIFOs, too many files): then all but `stores` is
 * known; FF_NOMEM. */
ff_status ff_gitdir_find(ff_gitdir *found, const char *directory, ff_arena *arena);

/* True if a remote's URL ends in the repository's name: forks have another owner. Also if either is not known. */
bool ff_gitdir_is_of(const ff_gitdir *found, ff_slice repository);

/* True if no store has, as a file of its own, an object of this id (40 digits) of more than `most` bytes: libgit2 reads
 * such a file whole, whatever it says of itself. */
bool ff_gitdir_is_small(const char *const *stores, const char *id, uint64_t most);

#endif
