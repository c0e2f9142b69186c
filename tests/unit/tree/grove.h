/* A tree over a static table of paths and texts.
 *
 *     static const grove_file FILES[] = {{"manage.py", "import os\n"}, {"link", NULL, FF_TREE_LINK}};
 *     ff_tree *tree = ff_grove(FILES, COUNT(FILES));
 *     ...
 *     ff_tree_close(tree);
 *
 * It is whole, at GROVE_COMMIT, and FF_TREE_EXACT; a test may set `whole`, `lacks`, `match`, `remark` itself.
 */
#ifndef FF_TESTS_GROVE_H
#define FF_TESTS_GROVE_H

#include "tree/listing.h"

#include <stdio.h>
#include <stdlib.h>

#define GROVE_COMMIT "0123456789abcdef0123456789abcdef01234567"

typedef struct grove_file {
    const char *path;
    const char *text; /* NULL: a file that cannot be read, as FF_IO */
    ff_tree_kind kind;
    size_t size; /* of a text that holds NUL bytes; 0: as strlen says */
} grove_file;

typedef struct grove {
    ff_tree tree; /* first: ff_grove_of makes one of a tree again */
    const grove_file *files;
    size_t count;
    const char *base;    /* the commit that ff_tree_changes knows; NULL: none */
    const char *changed; /* then these paths, one a line */
    unsigned reads;      /* so often was a file read */
} grove;

static inline grove *ff_grove_of(ff_tree *tree)
{
    return (grove *)tree;
}

static ff_status grove_read(ff_tree *tree, const ff_tree_entry *entry, ff_slice *bytes, ff_error *reason)
{
    grove *g = ff_grove_of(tree);
    g->reads++;
    for (size_t i = 0; i < g->count; i++)
        if (ff_slice_eq(entry->path, ff_slice_of(g->files[i].path)) && g->files[i].text) {
            *bytes = ff_slice_of(g->files[i].text);
            bytes->len = g->files[i].size ? g->files[i].size : bytes->len;
            return FF_OK;
        }
    return ff_error_set(reason, FF_IO, "cannot be read");
}

static ff_status grove_changes(ff_tree *tree, ff_slice base, ff_tree_paths *paths, ff_error *reason)
{
    grove *g = ff_grove_of(tree);
    ff_slice rest = ff_slice_of(g->changed), line;
    if (!g->base || !ff_slice_eq(base, ff_slice_of(g->base)))
        return ff_error_set(reason, FF_NOT_FOUND, "does not have the commit of the last green run");
    while (ff_slice_take_until(&rest, '\n', &line)) {
        ff_slice *path = FF_ARRAY_PUSH(&tree->arena, paths);
        if (!path)
            return FF_NOMEM;
        *path = line;
    }
    return FF_OK;
}

static void grove_close(ff_tree *tree)
{
    free(tree);
}

static inline ff_tree *ff_grove(const grove_file *files, size_t count)
{
    static const ff_tree_methods methods = {.read = grove_read, .changes = grove_changes, .close = grove_close};
    ff_listing listing;
    grove *g = calloc(1, sizeof *g);
    ff_status status = g ? FF_OK : FF_NOMEM;
    if (!g)
        abort();
    *g = (grove){.tree = {.methods = &methods, .commit = FF_LIT(GROVE_COMMIT)}, .files = files, .count = count};
    ff_listing_start(&listing, &g->tree);
    for (size_t i = 0; status == FF_OK && i < count; i++) {
        ff_tree_entry entry = {.path = ff_slice_of(files[i].path), .kind = files[i].kind};
        entry.size = files[i].size ? files[i].size : ff_slice_of(files[i].text).len;
        status = ff_listing_add(&listing, &entry, (ff_slice){0});
    }
    if (ff_listing_finish(&listing, status) != FF_OK) {
        (void)fprintf(stderr, "grove: out of memory\n");
        abort();
    }
    return &g->tree;
}

#endif
