#include "tree/tree.h"

#include "tree/listing.h"

#include <stdlib.h>

/* How reading a file went, the first time. */
struct ff_tree_body {
    ff_status status;
    ff_slice bytes;
    ff_slice reason; /* unless FF_OK */
};

void ff_tree_close(ff_tree *tree)
{
    if (!tree)
        return;
    ff_arena arena = tree->arena; /* the kind frees the tree, which holds it */
    tree->methods->close(tree);
    ff_arena_release(&arena);
}

/* ---- lookup ---- */

/* The index of the first entry that is not before `path`. */
static size_t place_of(const ff_tree *tree, ff_slice path)
{
    size_t low = 0, high = tree->entries.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ff_slice_cmp(tree->entries.items[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static ff_tree_entry *find_entry(const ff_tree *tree, ff_slice path)
{
    size_t at = place_of(tree, path);
    if (at == tree->entries.count || !ff_slice_eq(tree->entries.items[at].path, path))
        return NULL;
    return &tree->entries.items[at];
}

const ff_tree_entry *ff_tree_entry_of(const ff_tree *tree, ff_slice path)
{
    return find_entry(tree, path);
}

bool ff_tree_has_folder(const ff_tree *tree, ff_slice folder)
{
    size_t at = place_of(tree, folder);
    return at < tree->entries.count && ff_slice_starts(tree->entries.items[at].path, folder);
}

/* What every path that matches starts with. */
static ff_slice fixed_prefix(ff_slice glob)
{
    size_t len = 0;
    while (len < glob.len && glob.ptr[len] != '*' && glob.ptr[len] != '?')
        len++;
    return ff_slice_cut(glob, len);
}

const ff_tree_entry *ff_tree_next(const ff_tree *tree, ff_slice glob, size_t *at)
{
    ff_slice prefix = fixed_prefix(glob);
    size_t first = place_of(tree, prefix);
    if (*at < first)
        *at = first;
    for (; *at < tree->entries.count; ++*at) {
        const ff_tree_entry *entry = &tree->entries.items[*at];
        if (!ff_slice_starts(entry->path, prefix))
            break;
        if (entry->kind == FF_TREE_FILE && ff_tree_glob(glob, entry->path)) {
            ++*at;
            return entry;
        }
    }
    *at = tree->entries.count;
    return NULL;
}

/* Component by component. Only the last `**` needs to be come back to: what stands before it matched as early as it
 * can, and a later place would leave less. So no pair of components is compared twice. */
bool ff_tree_glob(ff_slice glob, ff_slice path)
{
    ff_slice part, name, back_glob = {0}, back_path = {0};
    bool can_go_back = false;
    if (ff_slice_ends(glob, FF_LIT("/")))
        return false;
    for (;;) {
        bool fits = false;
        if (!ff_slice_take_until(&glob, '/', &part)) {
            if (!path.len)
                return true;
        } else if (ff_slice_eq(part, FF_LIT("**"))) {
            if (!glob.len)
                return path.len > 0;
            back_glob = glob;
            back_path = path;
            can_go_back = fits = true;
        } else if (!ff_slice_take_until(&path, '/', &name)) {
            return false;
        } else {
            fits = ff_slice_glob(part, name);
        }
        if (fits)
            continue;
        if (!can_go_back || !ff_slice_take_until(&back_path, '/', &name))
            return false;
        glob = back_glob;
        path = back_path;
    }
}

/* ---- reading ---- */

/* Asks the kind, and looks at what came. */
static ff_status read_entry(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    const ff_arena_mark mark = ff_arena_here(&tree->arena);
    ff_status status = tree->methods->read(tree, entry, bytes, reason);
    if (status == FF_OK && ff_slice_find_byte(*bytes, '\0') != SIZE_MAX)
        status = ff_error_set(reason, FF_UNSUPPORTED, "is no text");
    if (status != FF_OK) {
        *bytes = (ff_slice){0};
        ff_arena_rewind(&tree->arena, mark);
    }
    return status;
}

static ff_status read_first_time(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    switch (entry->kind) {
    case FF_TREE_LINK: return ff_error_set(reason, FF_UNSUPPORTED, "is a link");
    case FF_TREE_OTHER: return ff_error_set(reason, FF_UNSUPPORTED, "is no file");
    case FF_TREE_FILE: break;
    }
    return read_entry(tree, entry, bytes, reason);
}

/* Remembers how it went. A failure may be forgotten where there is no room left: then it is found out again. */
static ff_status keep_body(ff_tree *tree, ff_tree_entry *entry, struct ff_tree_body body, ff_error *reason)
{
    if (body.status == FF_NOMEM || (body.status != FF_OK && !ff_listing_fits(tree, 0)))
        return body.status;
    if (body.status != FF_OK)
        body.reason = ff_arena_dup(&tree->arena, ff_slice_of(reason->text));
    struct ff_tree_body *kept = FF_ARRAY_PUSH(&tree->arena, &tree->bodies);
    if (!kept || (body.status != FF_OK && !body.reason.ptr)) {
        *reason = (ff_error){0};
        return ff_error_set(reason, FF_NOMEM, "out of memory");
    }
    *kept = body;
    entry->body = (uint32_t)tree->bodies.count;
    return body.status;
}

ff_status ff_tree_read(ff_tree *tree, ff_slice path, ff_slice *bytes, ff_error *reason)
{
    ff_error problem = {0};
    struct ff_tree_body body = {0};
    ff_tree_entry *entry = find_entry(tree, path);
    *bytes = (ff_slice){0};
    if (!entry)
        return ff_error_set(reason, FF_NOT_FOUND, tree->whole ? "is not there" : "is not among the files listed");
    if (entry->body) {
        const struct ff_tree_body *known = &tree->bodies.items[entry->body - 1];
        *bytes = known->bytes;
        return known->status == FF_OK ? FF_OK : ff_error_set(reason, known->status, "%.*s", FF_ARG(known->reason));
    }
    body.status = read_first_time(tree, entry, &body.bytes, &problem);
    body.status = keep_body(tree, entry, body, &problem);
    if (body.status == FF_OK)
        *bytes = body.bytes;
    return body.status == FF_OK ? FF_OK : ff_error_set(reason, body.status, "%s", problem.text);
}

ff_status ff_tree_put(ff_tree *tree, ff_slice path, ff_slice bytes)
{
    ff_slice before;
    ff_error reason = {0};
    ff_status status = ff_tree_read(tree, path, &before, &reason);
    if (status == FF_OK)
        tree->bodies.items[find_entry(tree, path)->body - 1].bytes = bytes;
    return status;
}

/* ---- changes ---- */

static int path_cmp(const void *left, const void *right)
{
    return ff_slice_cmp(*(const ff_slice *)left, *(const ff_slice *)right);
}

static void sort_paths(ff_tree_paths *paths)
{
    size_t count = paths->count ? 1 : 0;
    if (!count)
        return;
    qsort(paths->items, paths->count, sizeof *paths->items, path_cmp);
    for (size_t i = 1; i < paths->count; i++)
        if (!ff_slice_eq(paths->items[i], paths->items[count - 1]))
            paths->items[count++] = paths->items[i];
    paths->count = count;
}

ff_status ff_tree_changes(ff_tree *tree, ff_slice base, ff_tree_paths *paths, ff_error *reason)
{
    *paths = (ff_tree_paths){.whole = true};
    if (!tree->methods->changes)
        return ff_error_set(reason, FF_UNSUPPORTED, "has no history at hand");
    ff_status status = tree->methods->changes(tree, base, paths, reason);
    if (status == FF_OK)
        sort_paths(paths);
    else
        *paths = (ff_tree_paths){0};
    return status;
}
