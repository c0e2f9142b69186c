#include "tree/listing.h"

#include "base/limits.h"

#include <stdlib.h>

/* What is kept beside the bytes of a file: what an arena rounds up and the reason of a failure; and the list of all
 * that was read, when it grows. */
enum { SLACK = 64 * 1024, BODY_ROOM = 128 };

void ff_listing_start(ff_listing *listing, ff_tree *tree)
{
    *listing = (ff_listing){.tree = tree};
    tree->whole = true;
    tree->lacks = (ff_slice){0};
}

void ff_listing_lack(ff_listing *listing, const char *lacks)
{
    ff_tree *tree = listing->tree;
    if (tree->whole)
        tree->lacks = ff_slice_of(lacks);
    tree->whole = false;
}

/* Git refuses to check out a path with such a component, and so does GitHub to take it. */
static bool is_component(ff_slice part)
{
    return part.len && !ff_slice_eq(part, FF_LIT(".")) && !ff_slice_eq(part, FF_LIT("..")) &&
           !ff_slice_eq_nocase(part, FF_LIT(".git")) && ff_slice_find_byte(part, '\0') == SIZE_MAX;
}

static bool is_path(ff_slice path)
{
    ff_slice part;
    if (!path.len || ff_slice_ends(path, FF_LIT("/")))
        return false;
    while (ff_slice_take_until(&path, '/', &part))
        if (!is_component(part))
            return false;
    return true;
}

/* `path`, a NUL, and the key. */
static ff_slice keep_path(ff_arena *arena, ff_slice path, ff_slice key)
{
    char *copy = ff_arena_alloc(arena, path.len + 1 + key.len);
    if (!copy)
        return (ff_slice){0};
    memcpy(copy, path.ptr, path.len);
    if (key.len)
        memcpy(copy + path.len + 1, key.ptr, key.len);
    return (ff_slice){copy, path.len};
}

ff_status ff_listing_add(ff_listing *listing, const ff_tree_entry *entry, ff_slice key)
{
    if (entry->path.len > FF_LIMIT_NAME_BYTES) {
        ff_listing_lack(listing, "it has paths that are too long");
        return FF_OK;
    }
    if (!is_path(entry->path)) {
        ff_listing_lack(listing, "it has paths that git forbids");
        return FF_OK;
    }
    listing->names += entry->path.len + 1 + key.len + _Alignof(max_align_t);
    if (listing->found.count >= FF_LIMIT_TREE_ENTRIES || listing->names > FF_LIMIT_TREE_NAMES_BYTES) {
        ff_listing_lack(listing, "it has more files than are listed");
        return FF_END;
    }
    ff_slice path = keep_path(&listing->tree->arena, entry->path, key);
    ff_tree_entry *kept = path.ptr ? FF_ARRAY_PUSH(&listing->scratch, &listing->found) : NULL;
    if (!kept)
        return FF_NOMEM;
    *kept = (ff_tree_entry){.path = path, .size = entry->size, .kind = entry->kind};
    return FF_OK;
}

static int entry_cmp(const void *left, const void *right)
{
    return ff_slice_cmp(((const ff_tree_entry *)left)->path, ((const ff_tree_entry *)right)->path);
}

/* A made-up tree may name a path twice, and then nobody can say which one is meant. */
static size_t drop_repeated(ff_listing *listing)
{
    ff_tree_entry *items = listing->found.items;
    size_t count = listing->found.count ? 1 : 0;
    for (size_t i = 1; i < listing->found.count; i++)
        if (!ff_slice_eq(items[i].path, items[count - 1].path))
            items[count++] = items[i];
    if (count < listing->found.count)
        ff_listing_lack(listing, "it has a path twice");
    return count;
}

static ff_status hand_over(ff_listing *listing)
{
    ff_tree *tree = listing->tree;
    if (!listing->found.count)
        return FF_OK;
    qsort(listing->found.items, listing->found.count, sizeof *listing->found.items, entry_cmp);
    size_t count = drop_repeated(listing);
    tree->entries.items = ff_arena_array(&tree->arena, count, sizeof *tree->entries.items);
    if (!tree->entries.items)
        return FF_NOMEM;
    memcpy(tree->entries.items, listing->found.items, count * sizeof *tree->entries.items);
    tree->entries.count = tree->entries.cap = count;
    return FF_OK;
}

ff_status ff_listing_finish(ff_listing *listing, ff_status status)
{
    if (status == FF_OK || status == FF_END)
        status = hand_over(listing);
    ff_arena_release(&listing->scratch);
    return status;
}

ff_slice ff_listing_key(const ff_tree_entry *entry, size_t len)
{
    return (ff_slice){entry->path.ptr + entry->path.len + 1, len};
}

bool ff_listing_fits(const ff_tree *tree, uint64_t size)
{
    const uint64_t noted = SLACK + (uint64_t)tree->bodies.cap * BODY_ROOM;
    return size <= FF_LIMIT_TREE_BYTES && tree->arena.used + size + noted <= FF_LIMIT_TREE_BYTES;
}

ff_status ff_listing_room(const ff_tree *tree, uint64_t size, ff_error *reason)
{
    enum { MIB = 1024 * 1024 };
    if (size > FF_LIMIT_TREE_FILE_BYTES)
        return ff_error_set(reason, FF_LIMIT, "is larger than %zu MiB", FF_LIMIT_TREE_FILE_BYTES / MIB);
    if (!ff_listing_fits(tree, size))
        return ff_error_set(reason, FF_LIMIT, "does not fit into the %zu MiB kept of a repository",
                            FF_LIMIT_TREE_BYTES / MIB);
    return FF_OK;
}

bool ff_listing_add_change(ff_tree *tree, ff_tree_paths *paths, ff_slice path)
{
    if (!path.len || path.len > FF_LIMIT_NAME_BYTES ||
        !ff_listing_fits(tree, path.len + (uint64_t)paths->cap * 2 * sizeof *paths->items)) {
        paths->whole = false;
        return true;
    }
    ff_slice kept = ff_arena_dup(&tree->arena, path);
    ff_slice *item = kept.ptr ? FF_ARRAY_PUSH(&tree->arena, paths) : NULL;
    if (item)
        *item = kept;
    return item;
}
