/* Layers of catalog files, later over earlier: which rules are in force in the end.
 *
 *     ff_layers layers = {0};
 *     status = ff_layers_add(&layers, &loader, root);     once a file
 *     status = ff_layers_settle(&layers, arena, &rules, &count, error);
 *
 * Layers rank in the order in which their names first appear. Of the rules of one id the one of the highest layer
 * stands; `disable` of a layer switches off rules of the layers below it, never its own.
 */
#ifndef FF_CATALOG_LAYERS_H
#define FF_CATALOG_LAYERS_H

#include "catalog/field.h"

typedef struct ff_ranked_rule {
    const ff_rule *rule;
    size_t rank; /* of its layer, 0 is the lowest */
} ff_ranked_rule;

/* What a file says about its family. */
typedef struct ff_family {
    ff_slice name, about;
    const char *file; /* as it was named when it was read */
    const char *layer;
} ff_family;

typedef struct ff_disabled {
    ff_slice glob;
    size_t rank;
    ff_source_position at; /* of the file */
} ff_disabled;

/* All arrays live in the arena of the loader. A copy of this struct, together with a mark of the arena, is a snapshot.
 */
typedef struct ff_layers {
    struct {
        const char **items;
        size_t count, cap;
    } names;
    struct {
        ff_ranked_rule *items;
        size_t count, cap;
    } rules;
    struct {
        ff_disabled *items;
        size_t count, cap;
    } disabled;
    struct {
        ff_family *items;
        size_t count, cap;
    } families;
    ff_references references;
} ff_layers;

/* Adds one file to the layer `loader->layer`; `loader->references` must be those of `layers`. FF_OK; FF_INVALID with a
 * position, for an id that the layer has already too; FF_LIMIT; FF_NOMEM. */
ff_status ff_layers_add(ff_layers *layers, ff_loader *loader, const ff_yaml_node *root);

/* The rules in force, sorted by id, in the arena. FF_OK, FF_INVALID (a reference to an id that no layer has), FF_NOMEM.
 */
ff_status ff_layers_settle(ff_layers *layers, ff_arena *arena, const ff_rule **rules, size_t *count, ff_error *error);

#endif
