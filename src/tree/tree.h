/* The files of a repository as they stood at one commit: names at once, bytes when somebody asks for them.
 *
 * Two kinds exist: a checkout on disk (checkout.c) and a repository on a server (hosted.c). Nothing in a repository is
 * ever executed, no link is followed, and what lies outside of it is not read.
 *
 *     ff_tree *tree = NULL;
 *     ff_tree_wish wish = {.commit = run->head_sha, .repository = run->repository};
 *     if (ff_tree_open_checkout(&tree, "shop/", &wish, &error) == FF_OK)
 *         status = ff_tree_read(tree, FF_LIT("manage.py"), &bytes, &reason);
 *     ff_tree_close(tree);
 *
 * Limits: FF_LIMIT_TREE_ENTRIES names, FF_LIMIT_TREE_FILE_BYTES of one file, FF_LIMIT_TREE_BYTES of all that is kept.
 */
#ifndef FF_TREE_TREE_H
#define FF_TREE_TREE_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"

#include <stdint.h>

/* What is sought: both may be empty where the run does not say. */
typedef struct ff_tree_wish {
    ff_slice commit;     /* full hexadecimal */
    ff_slice repository; /* OWNER/REPO */
} ff_tree_wish;

typedef enum ff_tree_match {
    FF_TREE_EXACT,        /* it is the run's commit */
    FF_TREE_UNVERIFIED,   /* nobody can tell: a plain folder, or a run whose commit is not known */
    FF_TREE_OTHER_COMMIT, /* the same repository at another commit, or with changes that were not committed */
    FF_TREE_FOREIGN,      /* another repository: what it says means nothing here */
} ff_tree_match;

typedef enum ff_tree_kind { FF_TREE_FILE, FF_TREE_LINK, FF_TREE_OTHER } ff_tree_kind; /* other: a submodule, a device */

typedef struct ff_tree_entry {
    ff_slice path; /* from the root, `/` between components, any bytes but NUL */
    uint64_t size; /* 0 where not known */
    ff_tree_kind kind;
    uint32_t body; /* for ff_tree_read alone: 1 + its place among the bodies; 0: not read */
} ff_tree_entry;

/* A list of paths, sorted by bytes. */
typedef struct ff_tree_paths {
    ff_slice *items;
    size_t count, cap;
    bool whole; /* false: some are missing */
} ff_tree_paths;

typedef struct ff_tree ff_tree;

typedef struct ff_tree_methods {
    /* Bytes of a file into memory of `tree->arena`. As ff_tree_read, never called twice for one entry. */
    ff_status (*read)(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason);
    /* Paths that differ between `base` and this commit, appended in any order; memory of `tree->arena`. `whole` is true
     * before. FF_OK; FF_NOT_FOUND, FF_UNSUPPORTED, FF_LIMIT, FF_IO with a clause; FF_NOMEM. NULL: not known. */
    ff_status (*changes)(ff_tree *tree, ff_slice base, ff_tree_paths *paths, ff_error *reason);
    void (*close)(ff_tree *tree); /* frees what the kind holds, and the tree itself; not the arena */
} ff_tree_methods;

/* The first member of every kind. */
struct ff_tree {
    const ff_tree_methods *methods;
    ff_arena arena; /* owned; FF_LIMIT_TREE_BYTES */
    struct {
        ff_tree_entry *items; /* files, links and others; no folders; sorted by path */
        size_t count, cap;
    } entries;
    bool whole;      /* false: the list lacks names, so what is not in it may exist */
    ff_slice lacks;  /* then why, as a clause */
    ff_slice commit; /* of what is read, full hexadecimal; empty for a plain folder */
    ff_tree_match match;
    ff_slice remark;  /* one sentence for the reader when `match` is not FF_TREE_EXACT; empty otherwise */
    uint32_t unread;  /* files of the list that were wanted and did not come, through no fault of theirs */
    ff_slice trouble; /* then why, as a clause about the first of them: `cannot be had: …` */
    struct {          /* what was read, by entry; kept by ff_tree_read */
        struct ff_tree_body *items;
        size_t count, cap;
    } bodies;
};

/* Opens a work tree or a plain folder. Where git has the wanted commit, that is read and the work tree is not; else the
 * work tree as it is, without what git ignores by name (`.git`). FF_OK, also for another repository (see `match`);
 * FF_NOT_FOUND, FF_IO, FF_NOMEM with one line that names the folder. */
ff_status ff_tree_open_checkout(ff_tree **tree, const char *directory, const ff_tree_wish *wish, ff_error *error);

void ff_tree_close(ff_tree *tree); /* NULL is fine */

/* The entry of this path, or NULL. Borrowed. */
const ff_tree_entry *ff_tree_entry_of(const ff_tree *tree, ff_slice path);

/* True if something stands below `folder`, which ends in a slash. */
bool ff_tree_has_folder(const ff_tree *tree, ff_slice folder);

/* The next file (no link, no other) whose path matches the glob, from index `*at` on, which it moves behind it; NULL
 * past the last. In a glob `**` stands for any folders or none, `*` and `?` stay within a component. */
const ff_tree_entry *ff_tree_next(const ff_tree *tree, ff_slice glob, size_t *at);

/* Like `*` and `**` above. */
bool ff_tree_glob(ff_slice glob, ff_slice path);

/* The bytes of a file, borrowed from the tree; a second call costs nothing. FF_OK; FF_NOT_FOUND; FF_UNSUPPORTED for a
 * link, a submodule or a file with NUL bytes; FF_LIMIT; FF_IO, FF_INVALID, FF_DENIED; FF_NOMEM. `reason` is a clause
 * without the path (`is a link`, `is larger than 4 MiB`). */
ff_status ff_tree_read(ff_tree *tree, ff_slice path, ff_slice *bytes, ff_error *reason);

/* From now on ff_tree_read gives `bytes`, which the caller keeps, for this file: to see what edits make of it. FF_OK,
 * or as ff_tree_read. */
ff_status ff_tree_put(ff_tree *tree, ff_slice path, ff_slice bytes);

/* Paths that differ between the commit `base` (full hexadecimal) and this tree's, a renamed file under both names. The
 * list and its texts live in the tree's arena. As ff_tree_methods.changes. */
ff_status ff_tree_changes(ff_tree *tree, ff_slice base, ff_tree_paths *paths, ff_error *reason);

#endif
