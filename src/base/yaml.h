/* YAML documents as an immutable tree with the position of every node (the only file pair that includes yaml.h).
 *
 * Reads one document per file, and quotes texts for those that are written. Guards: UTF-8 is checked first; size, depth
 * and node count are bounded; aliases, anchors, tags, directives, duplicate keys and keys that are no scalars are
 * refused. Scalars stay text; the reader of a field decides what it means. Columns count code points.
 *
 * Files of other programs are read leniently: anchors, aliases and tags are allowed, and a file that breaks off or
 * makes no sense is read as far as it goes.
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

/* How a scalar is written. */
typedef enum ff_yaml_style {
    FF_YAML_PLAIN,
    FF_YAML_SINGLE, /* quotes */
    FF_YAML_DOUBLE,
    FF_YAML_LITERAL, /* a block: `|` keeps line ends, `>` folds them */
    FF_YAML_FOLDED
} ff_yaml_style;

typedef struct ff_yaml_node {
    ff_yaml_type type;
    ff_yaml_style style;        /* of a scalar */
    bool quoted;                /* scalar in quotes or a block: never null, number or boolean */
    ff_slice text;              /* scalar value, in the arena */
    uint32_t line, column;      /* 1-based; of a block, where its `|` or `>` stands */
    uint32_t last_line;         /* the last with something of it; empty lines at the end of a block do not count */
    struct ff_yaml_node *key;   /* of a map's member: the key node */
    struct ff_yaml_node *child; /* first item or member, in file order */
    struct ff_yaml_node *next;  /* next item or member */
} ff_yaml_node;

/* Parses `bytes` into a tree owned by `arena`; `bytes` is not kept. `file` names it in errors. FF_OK; FF_INVALID or
 * FF_LIMIT with a position; FF_NOMEM. A text without any node gives FF_INVALID. After an error `root` is NULL, and what
 * was allocated stays in the arena. */
ff_status ff_yaml_parse(ff_arena *arena, const char *file, ff_slice bytes, const ff_yaml_node **root, ff_error *error);

typedef struct ff_yaml_reading {
    const char *file; /* names it in errors */
    ff_arena *nodes;  /* owns the tree */
    ff_arena *texts;  /* owns what `text` of the nodes points to; may be the same, and may live longer */
    bool lenient;
} ff_yaml_reading;

/* The same, for callers that keep texts longer than nodes, or read leniently. Then
 * - an alias is a copy of the node that its anchor names, position included, and shares its children; it counts with
 *   all of them as to the bound of nodes, is refused inside its own anchor, and one of FF_LIMIT_YAML_ANCHORS;
 * - tags mean nothing, and `<<` is a key as any other;
 * - after FF_INVALID or FF_LIMIT `root` is the tree of what was read until then, or NULL. Bytes that no YAML file may
 *   hold, and directives, end the reading where they stand; duplicate keys do not, and both members are there. */
ff_status ff_yaml_read(const ff_yaml_reading *reading, ff_slice bytes, const ff_yaml_node **root, ff_error *error);

/* The value of a map's member by key, or NULL (also when `map` is NULL or no map). Borrowed from the tree. */
const ff_yaml_node *ff_yaml_get(const ff_yaml_node *map, const char *key);

/* Appends `text`, which has no line end and no control character, as a scalar in single quotes: there only the quote
 * itself means something. */
void ff_yaml_add_quoted(ff_buf *out, ff_slice text);

#endif
