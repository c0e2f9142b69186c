#include "catalog/catalog.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/sha256.h"
#include "catalog/layers.h"
#include "catalog/meaning.h"
#include "catalog/path.h"

#include <stdlib.h>

struct ff_catalog {
    ff_arena arena;
    ff_layers layers;
    bool finished;
    const ff_rule *rules; /* in force, sorted by id; NULL before finish */
    size_t count;
    char digest[FF_SHA256_HEX + 1];
};

ff_status ff_catalog_new_within(ff_catalog **catalog, size_t bytes)
{
    *catalog = calloc(1, sizeof **catalog);
    if (!*catalog)
        return FF_NOMEM;
    ff_arena_init(&(*catalog)->arena, bytes);
    return FF_OK;
}

ff_status ff_catalog_new(ff_catalog **catalog)
{
    return ff_catalog_new_within(catalog, FF_LIMIT_CATALOG_BYTES);
}

void ff_catalog_free(ff_catalog *catalog)
{
    if (catalog)
        ff_arena_release(&catalog->arena);
    free(catalog);
}

/* The tree is only needed while the file is read: it lives in an arena of its own. */
static ff_status load(ff_catalog *catalog, const char *file, ff_slice bytes, const char *layer, ff_error *error)
{
    ff_arena scratch;
    ff_arena_init(&scratch, catalog->arena.limit);
    ff_loader loader = {
        .arena = &catalog->arena, .layer = layer, .references = &catalog->layers.references, .error = error};
    loader.file = ff_arena_dup(&catalog->arena, ff_slice_of(file)).ptr;
    const ff_yaml_node *root = NULL;
    ff_status status = loader.file ? ff_yaml_parse(&scratch, loader.file, bytes, &root, error)
                                   : ff_error_at(error, FF_NOMEM, file, 0, 0, "no memory left for the catalog");
    if (status == FF_OK)
        status = ff_layers_add(&catalog->layers, &loader, root);
    ff_arena_release(&scratch);
    return status;
}

static ff_status check_open(const ff_catalog *catalog, const char *path, ff_error *error)
{
    if (catalog->finished)
        return ff_error_at(error, FF_INVALID, path, 0, 0, "the catalog is finished, nothing can be added");
    return FF_OK;
}

/* A snapshot of the catalog, and the way back to it. Arrays may have grown since, but what they held is untouched. */
typedef struct snapshot {
    ff_arena_mark mark;
    ff_layers layers;
} snapshot;

static snapshot take_snapshot(const ff_catalog *catalog)
{
    return (snapshot){ff_arena_here(&catalog->arena), catalog->layers};
}

static void go_back(ff_catalog *catalog, const snapshot *before)
{
    ff_arena_rewind(&catalog->arena, before->mark);
    catalog->arena.failed = false;
    catalog->layers = before->layers;
}

ff_status ff_catalog_add_bytes(ff_catalog *catalog, const char *file, ff_slice bytes, const char *layer,
                               ff_error *error)
{
    ff_status status = check_open(catalog, file, error);
    if (status != FF_OK)
        return status;
    const snapshot before = take_snapshot(catalog);
    status = load(catalog, file, bytes, layer, error);
    if (status != FF_OK)
        go_back(catalog, &before);
    return status;
}

ff_status ff_catalog_add_path(ff_catalog *catalog, const char *path, const char *layer, ff_error *error)
{
    ff_status status = check_open(catalog, path, error);
    if (status != FF_OK)
        return status;
    const snapshot before = take_snapshot(catalog);
    ff_path_list files = {0};
    ff_buf bytes;
    ff_buf_init(&bytes, FF_LIMIT_YAML_BYTES);
    status = ff_path_list_files(&catalog->arena, path, &files, error);
    for (size_t i = 0; i < files.count && status == FF_OK; i++) {
        status = ff_path_read(files.items[i], &bytes, error);
        if (status == FF_OK)
            status = load(catalog, files.items[i], ff_buf_slice(&bytes), layer, error);
    }
    if (status != FF_OK)
        go_back(catalog, &before);
    ff_buf_release(&bytes);
    return status;
}

/* The rules are sorted by id, so files and their order do not matter. */
static ff_status compute_digest(ff_catalog *catalog, ff_error *error)
{
    ff_sha256 *digest = ff_sha256_new();
    ff_status status = digest ? FF_OK : FF_NOMEM;
    for (size_t i = 0; i < catalog->count && status == FF_OK; i++)
        ff_meaning_add(digest, &catalog->rules[i]);
    if (status == FF_OK)
        status = ff_sha256_finish(digest, catalog->digest);
    ff_sha256_free(digest);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "no memory left for the catalog's digest");
}

ff_status ff_catalog_finish(ff_catalog *catalog, ff_error *error)
{
    if (catalog->finished)
        return ff_error_set(error, FF_INVALID, "the catalog is finished already");
    ff_status status = ff_layers_settle(&catalog->layers, &catalog->arena, &catalog->rules, &catalog->count, error);
    if (status == FF_OK)
        status = compute_digest(catalog, error);
    catalog->finished = status == FF_OK;
    return status;
}

const char *ff_catalog_digest(const ff_catalog *catalog)
{
    return catalog->digest;
}

const ff_rule *ff_catalog_rules(const ff_catalog *catalog, size_t *count)
{
    *count = catalog->count;
    return catalog->rules;
}

const ff_family *ff_catalog_families(const ff_catalog *catalog, size_t *count)
{
    *count = catalog->layers.families.count;
    return catalog->layers.families.items;
}

const ff_disabled *ff_catalog_disabled(const ff_catalog *catalog, size_t *count)
{
    *count = catalog->layers.disabled.count;
    return catalog->layers.disabled.items;
}

bool ff_catalog_has(const ff_catalog *catalog, ff_slice glob)
{
    for (size_t i = 0; i < catalog->layers.rules.count; i++)
        if (ff_slice_glob(glob, catalog->layers.rules.items[i].rule->id))
            return true;
    return false;
}

static int compare_id(const void *key, const void *element)
{
    return ff_slice_cmp(*(const ff_slice *)key, ((const ff_rule *)element)->id);
}

const ff_rule *ff_catalog_find(const ff_catalog *catalog, ff_slice id)
{
    return catalog->count ? bsearch(&id, catalog->rules, catalog->count, sizeof *catalog->rules, compare_id) : NULL;
}
