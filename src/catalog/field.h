/* Reading YAML maps into structs by table: a row says which key goes where and what its value must look like.
 *
 *     static const ff_field ASK_ROWS[] = {
 *         {.key = "command", .read = ff_field_text, .offset = offsetof(ff_ask, command), .required = true,
 *          .form = &ff_form_line},
 *         {.key = "why", .read = ff_field_text, .offset = offsetof(ff_ask, why), .required = true,
 *          .form = &ff_form_text},
 *     };
 *     static const ff_fields ASK_FIELDS = {ASK_ROWS, 2, .size = sizeof(ff_ask)};
 *     status = ff_fields_read(&loader, &ASK_FIELDS, node, &ask);
 *
 * The same tables tell an author which keys are allowed, and a test that the schema for editors knows them all.
 * Every reader returns FF_OK, FF_INVALID or FF_LIMIT with a position, or FF_NOMEM. What they store lives in the
 * loader's arena.
 */
#ifndef FF_CATALOG_FIELD_H
#define FF_CATALOG_FIELD_H

#include "base/yaml.h"
#include "catalog/form.h"
#include "catalog/rule.h"

/* A rule named in another rule, kept with its place until all layers are known. */
typedef struct ff_reference {
    ff_slice text;
    ff_source_position at;
} ff_reference;

typedef struct ff_references {
    ff_reference *items;
    size_t count, cap;
} ff_references;

/* What every reader needs to know about the file at hand. */
typedef struct ff_loader {
    ff_arena *arena;
    const char *file;  /* lives as long as the arena */
    const char *layer; /* a static string */
    ff_references *references;
    ff_error *error;
} ff_loader;

typedef struct ff_field ff_field;
typedef struct ff_fields ff_fields;

/* Reads `value`, the value of the key `field`, into the struct `into`. */
typedef ff_status (*ff_field_fn)(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into);

/* The word of an index, NULL past the last. */
typedef const char *(*ff_word_fn)(uint32_t index);

struct ff_field {
    const char *key;
    ff_field_fn read;
    size_t offset;           /* of the member in the struct that is filled */
    size_t count_offset;     /* lists and params: of the member that counts them */
    bool required;           /* a required list must not be empty either */
    uint32_t max;            /* ff_field_number: 1 to max */
    const ff_form *form;     /* of a text, of each of several, or of the names of params */
    ff_word_fn word;         /* ff_field_word */
    const ff_fields *fields; /* of a map, or of each item of a list */
};

struct ff_fields {
    const ff_field *items;
    size_t count;
    size_t size;           /* of the struct, for lists */
    const void *initial;   /* what a struct in a list holds before it is read; NULL: zeroes */
    const char *shorthand; /* a bare scalar stands for a map with this key; NULL: only maps */
    bool open;             /* keys that are not in the table are left to `finish` */
    /* Called when all members are read: conditions between them, positions. May be NULL. */
    ff_status (*finish)(ff_loader *loader, const ff_yaml_node *map, void *into);
};

/* Refuses what stands at `node` (printf style, one line). */
#define FF_REFUSE(loader, node, ...) \
    ff_error_at((loader)->error, FF_INVALID, (loader)->file, (node)->line, (node)->column, __VA_ARGS__)

/* Reads the members of `node` into the struct `into`. */
ff_status ff_fields_read(ff_loader *loader, const ff_fields *fields, const ff_yaml_node *node, void *into);

/* Where a node stands, in a form that outlives the tree. */
ff_source_position ff_loader_place(const ff_loader *loader, const ff_yaml_node *node);

/* The index of the word that `value` is, in the list of `field->word`. */
ff_status ff_field_word_index(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, uint32_t *index);

/* Reads the members of `map` whose keys are not in `except` (which may be NULL) as names with texts. */
ff_status ff_params_read(ff_loader *loader, const ff_yaml_node *map, const ff_fields *except, const ff_form *names,
                         const ff_param **items, size_t *count);

/* Readers for tables: what they fill, and what they take. */
ff_status ff_field_text(ff_loader *, const ff_field *, const ff_yaml_node *, void *);  /* ff_slice: a scalar */
ff_status ff_field_texts(ff_loader *, const ff_field *, const ff_yaml_node *, void *); /* ff_texts: one or a list */
ff_status ff_field_references(ff_loader *, const ff_field *, const ff_yaml_node *, void *); /* ff_texts, remembered */
ff_status ff_field_pattern(ff_loader *, const ff_field *, const ff_yaml_node *, void *);    /* ff_pattern: a scalar */
ff_status ff_field_patterns(ff_loader *, const ff_field *, const ff_yaml_node *,
                            void *);                                                    /* ff_patterns: one or a list */
ff_status ff_field_number(ff_loader *, const ff_field *, const ff_yaml_node *, void *); /* uint32_t */
ff_status ff_field_word(ff_loader *, const ff_field *, const ff_yaml_node *, void *);   /* an enum */
ff_status ff_field_params(ff_loader *, const ff_field *, const ff_yaml_node *, void *); /* const ff_param *, size_t */
ff_status ff_field_map(ff_loader *, const ff_field *, const ff_yaml_node *, void *);    /* a struct: a map */
ff_status ff_field_list(ff_loader *, const ff_field *, const ff_yaml_node *,
                        void *); /* const T *, size_t: a list of maps */

#endif
