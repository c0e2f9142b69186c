/* YAML documents as an immutable tree with the position of every node (the only file pair that includes yaml.h).
 *
 * Reads one document per file, and quotes texts for those that are written. Guards: UTF-8 is checked first; size, depth
 * and node count are bounded; aliases, anchors, tags, directives, duplicate keys and keys that are no scalars are
 * refused. Scalars stay text; the reader of a field decides what it means. Columns count code points.
 *
 *     const ff_yaml_node *root = NULL;
 *     if (ff_yaml_parse(&arena, "health.yaml", bytes, &root, &error) != FF_OK)
 *         return error.status; // error.text reads "health.yaml:3:1: what"
 *     const ff_yaml_node *rules = ff_yaml_get(root, "rules");
 *     for (const ff_yaml_node *rule = rules ? rules->child : NULL; rule; rule = rule->next) ...
 */
#ifndef FF_BASE_YAML_H
#define FF_BASE_YAML_H

#include "base/arena.h"
#include "base/buf.h"
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

/* Parses `bytes` into a tree owned by `arena`; `bytes` is not kept. `file` names it in errors. FF_OK; FF_INVALID or
 * FF_LIMIT with a position; FF_NOMEM. A text without any node gives FF_INVALID. After an error `root` is NULL, and what
 * was allocated stays in the arena. */
ff_status ff_yaml_parse(ff_arena *arena, const char *file, ff_slice bytes, const ff_yaml_node **root, ff_error *error);

/* The value of a map's member by key, or NULL (also when `map` is NULL or no map). Borrowed from the tree. */
const ff_yaml_node *ff_yaml_get(const ff_yaml_node *map, const char *key);

/* Appends `text`, which has no line end and no control character, as a scalar in single quotes: there only the quote
 * itself means something. */
void ff_yaml_add_quoted(ff_buf *out, ff_slice text);

#endif
