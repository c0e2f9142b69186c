/* For those who make trees: collecting the names of a tree, and making room for the bytes of its files.
 *
 *     ff_listing listing;
 *     ff_listing_start(&listing, tree);
 *     while (... status == FF_OK ...)
 *         status = ff_listing_add(&listing, &(ff_tree_entry){.path = path, .kind = FF_TREE_FILE}, id);
 *     status = ff_listing_finish(&listing, status);
 *
 * A list that had to leave something out says so in the tree: `whole` and `lacks`.
 */
#ifndef FF_TREE_LISTING_H
#define FF_TREE_LISTING_H

#include "tree/tree.h"

typedef struct ff_listing {
    ff_tree *tree;
    ff_arena scratch; /* of `found` alone: growing in the tree's arena would cost twice the room */
    struct {
        ff_tree_entry *items;
        size_t count, cap;
    } found;
    size_t names; /* bytes */
} ff_listing;

/* Starts a list, whole so far, for an empty tree. */
void ff_listing_start(ff_listing *listing, ff_tree *tree);

/* Copies an entry and, behind its path, `key`: what the kind finds the file by, of one length in all of a tree; may be
 * empty. A path that no repository can have, or that is too long, is left out. FF_OK; FF_END at a bound, beyond which
 * nothing more is taken; FF_NOMEM. */
ff_status ff_listing_add(ff_listing *listing, const ff_tree_entry *entry, ff_slice key);

/* Says that something is missing. `lacks` is a static clause; the first one stays. */
void ff_listing_lack(ff_listing *listing, const char *lacks);

/* Sorts what was added into the tree, and releases the rest. `status` is how collecting went: FF_END counts as FF_OK,
 * another failure is handed on. FF_OK or FF_NOMEM else. */
ff_status ff_listing_finish(ff_listing *listing, ff_status status);

/* The key of a listed entry, of `len` bytes. Borrowed. */
ff_slice ff_listing_key(const ff_tree_entry *entry, size_t len);

/* FF_OK if a file of so many bytes may be read and kept; FF_LIMIT with a clause. */
ff_status ff_listing_room(const ff_tree *tree, uint64_t size, ff_error *reason);

/* True if so many bytes more fit into the tree's arena, and what has to be noted of a file with them: without this
 * check a full arena looks like a lack of memory. */
bool ff_listing_fits(const ff_tree *tree, uint64_t size);

/* Appends a copy of a path that changed; without room for it the list is not whole. False without memory. */
bool ff_listing_add_change(ff_tree *tree, ff_tree_paths *paths, ff_slice path);

#endif
