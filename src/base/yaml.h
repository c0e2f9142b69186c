/* YAML documents as an immutable tree with the position of every node (the only file pair that includes yaml.h).
 *
 * Reads one document per file. Guards: UTF-8 is checked first, size, depth and node count are bounded, aliases,
 * anchors, tags other than the core ones and duplicate keys are refused. Scalars stay text; the reader of a field
 * decides what it means.
 *
 *     ff_yaml_node *root = NULL;
 *     if (ff_yaml_parse(arena, "health.yaml", bytes, &root, &error) != FF_OK) ...   // error has line and column
 *     const ff_yaml_node *id = ff_yaml_get(root, "id");
 */
#ifndef FF_BASE_YAML_H
#define FF_BASE_YAML_H

#include "base/arena.h"
#include "base/error.h"

typedef enum ff_yaml_type { FF_YAML_SCALAR, FF_YAML_LIST, FF_YAML_MAP } ff_yaml_type;

typedef struct ff_yaml_node {
    ff_yaml_type type;
    bool quoted;                /* scalar in quotes or a block: never null, number or boolean */
    ff_slice text;              /* scalar value, in the arena */
    uint32_t line, column;      /* 1-based */
    struct ff_yaml_node *key;   /* of a map's member: the key node */
    struct ff_yaml_node *child; /* first item or member, in file order */
    struct ff_yaml_node *next;  /* next item or member */
} ff_yaml_node;

/* Parses `bytes` into a tree owned by `arena`. `file` names it in errors. FF_OK; FF_INVALID (with a position),
 * FF_LIMIT, FF_NOMEM. An empty document gives FF_INVALID. */
ff_status ff_yaml_parse(ff_arena *arena, const char *file, ff_slice bytes, const ff_yaml_node **root, ff_error *error);

/* The member of a map by key, or NULL (also when `map` is no map). */
const ff_yaml_node *ff_yaml_get(const ff_yaml_node *map, const char *key);

#endif
