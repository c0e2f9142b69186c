#include "catalog/field.h"

#include "base/array.h"
#include "base/utf8.h"
#include "catalog/choice.h"

#include <stdio.h>

enum { QUOTED_BYTES = 60 }; /* of a value repeated in an error */

/* The nodes of "one or a list". The single node's `next` is the next member of its map, so the count decides. */
typedef struct nodes {
    const ff_yaml_node *first;
    size_t count;
} nodes;

static nodes nodes_of(const ff_yaml_node *value)
{
    if (value->type != FF_YAML_LIST)
        return (nodes){value, 1};
    nodes list = {value->child, 0};
    for (const ff_yaml_node *node = value->child; node; node = node->next)
        list.count++;
    return list;
}

static void *member(void *into, size_t offset)
{
    return (char *)into + offset;
}

static ff_status no_memory(ff_loader *loader)
{
    return ff_error_set(loader->error, FF_NOMEM, "%s: no memory left for the catalog", loader->file);
}

static ff_slice quote(ff_loader *loader, ff_slice text)
{
    return ff_utf8_keep(loader->arena, text, QUOTED_BYTES);
}

/* `key:` with nothing behind it is a slip far more often than a wish for the default. */
static bool is_null(const ff_yaml_node *node)
{
    return node->type == FF_YAML_SCALAR && !node->quoted &&
           (node->text.len == 0 || ff_slice_eq(node->text, FF_LIT("~")) || ff_slice_eq(node->text, FF_LIT("null")));
}

ff_source_position ff_loader_place(const ff_loader *loader, const ff_yaml_node *node)
{
    return (ff_source_position){loader->file, node->line, node->column};
}

/* Refuses a word that is none of the choices: a key, or the value of `key`. */
static ff_status refuse_choice(ff_loader *loader, const ff_yaml_node *node, const char *key, const ff_choice *choice)
{
    char what[64] = "unknown key";
    if (key)
        (void)snprintf(what, sizeof what, "'%s' cannot be", key);
    ff_slice given = quote(loader, choice->given);
    if (choice->nearest)
        return FF_REFUSE(loader, node, "%s '%.*s', did you mean '%s'? allowed: %s", what, FF_ARG(given),
                         choice->nearest, ff_choice_allowed(choice));
    return FF_REFUSE(loader, node, "%s '%.*s', allowed: %s", what, FF_ARG(given), ff_choice_allowed(choice));
}

static ff_status take_text(ff_loader *loader, const ff_field *field, const ff_yaml_node *node, ff_slice *text)
{
    if (node->type != FF_YAML_SCALAR)
        return FF_REFUSE(loader, node, "'%s' must be %s, not a %s", field->key, field->form->what,
                         node->type == FF_YAML_LIST ? "list" : "map");
    if (!field->form->fits(node->text))
        return FF_REFUSE(loader, node, "'%s' must be %s, not '%.*s'", field->key, field->form->what,
                         FF_ARG(quote(loader, node->text)));
    *text = ff_arena_dup(loader->arena, node->text);
    return text->ptr ? FF_OK : no_memory(loader);
}

static ff_status refuse_null(ff_loader *loader, const ff_yaml_node *key)
{
    return FF_REFUSE(loader, key, "'%.*s' has no value; give it one or leave the key out",
                     FF_ARG(quote(loader, key->text)));
}

/* Refuses an empty list where something is required. */
static ff_status check_count(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, size_t count)
{
    if (count == 0 && field->required)
        return FF_REFUSE(loader, value, "'%s' must not be empty, at least one item is needed", field->key);
    return FF_OK;
}

ff_status ff_field_text(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    return take_text(loader, field, value, member(into, field->offset));
}

ff_status ff_field_texts(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    nodes list = nodes_of(value);
    ff_status status = check_count(loader, field, value, list.count);
    ff_slice *items = status == FF_OK ? ff_arena_array(loader->arena, list.count, sizeof *items) : NULL;
    if (status == FF_OK && !items)
        status = no_memory(loader);
    for (size_t i = 0; i < list.count && status == FF_OK; i++, list.first = list.first->next)
        status = take_text(loader, field, list.first, &items[i]);
    if (status == FF_OK)
        *(ff_texts *)member(into, field->offset) = (ff_texts){items, list.count};
    return status;
}

ff_status ff_field_references(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    ff_status status = ff_field_texts(loader, field, value, into);
    if (status != FF_OK)
        return status;
    const ff_texts *texts = member(into, field->offset);
    const ff_yaml_node *node = nodes_of(value).first;
    for (size_t i = 0; i < texts->count; i++, node = node->next) {
        ff_reference *reference = FF_ARRAY_PUSH(loader->arena, loader->references);
        if (!reference)
            return no_memory(loader);
        *reference = (ff_reference){texts->items[i], ff_loader_place(loader, node)};
    }
    return FF_OK;
}

static ff_status take_pattern(ff_loader *loader, const ff_field *field, const ff_yaml_node *node, ff_pattern *pattern)
{
    pattern->at = ff_loader_place(loader, node);
    return take_text(loader, field, node, &pattern->text);
}

ff_status ff_field_pattern(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    return take_pattern(loader, field, value, member(into, field->offset));
}

ff_status ff_field_patterns(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    nodes list = nodes_of(value);
    ff_status status = check_count(loader, field, value, list.count);
    ff_pattern *items = status == FF_OK ? ff_arena_array(loader->arena, list.count, sizeof *items) : NULL;
    if (status == FF_OK && !items)
        status = no_memory(loader);
    for (size_t i = 0; i < list.count && status == FF_OK; i++, list.first = list.first->next)
        status = take_pattern(loader, field, list.first, &items[i]);
    if (status == FF_OK)
        *(ff_patterns *)member(into, field->offset) = (ff_patterns){items, list.count};
    return status;
}

/* Quoted digits are a text: the schema says so too, and an author should not find two rules. */
ff_status ff_field_number(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    uint64_t number = 0;
    bool fits = value->type == FF_YAML_SCALAR && !value->quoted && ff_slice_to_uint(value->text, &number);
    if (!fits || number < 1 || number > field->max)
        return FF_REFUSE(loader, value, "'%s' must be a whole number from 1 to %u, not '%.*s'", field->key, field->max,
                         FF_ARG(quote(loader, value->text)));
    *(uint32_t *)member(into, field->offset) = (uint32_t)number;
    return FF_OK;
}

ff_status ff_field_word_index(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, uint32_t *index)
{
    if (value->type != FF_YAML_SCALAR)
        return FF_REFUSE(loader, value, "'%s' must be a word, not a %s", field->key,
                         value->type == FF_YAML_LIST ? "list" : "map");
    for (*index = 0; field->word(*index); ++*index)
        if (ff_slice_eq(value->text, ff_slice_of(field->word(*index))))
            return FF_OK;
    ff_choice choice;
    ff_choice_init(&choice, value->text);
    for (uint32_t i = 0; field->word(i); i++)
        ff_choice_offer(&choice, field->word(i));
    return refuse_choice(loader, value, field->key, &choice);
}

ff_status ff_field_word(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    uint32_t index;
    ff_status status = ff_field_word_index(loader, field, value, &index);
    if (status == FF_OK)
        memcpy(member(into, field->offset), &index, sizeof index); /* an enum: copied, not cast */
    return status;
}

static const ff_field *find_field(const ff_fields *fields, ff_slice key)
{
    for (size_t i = 0; fields && i < fields->count; i++)
        if (ff_slice_eq(key, ff_slice_of(fields->items[i].key)))
            return &fields->items[i];
    return NULL;
}

ff_status ff_params_read(ff_loader *loader, const ff_yaml_node *map, const ff_fields *except, const ff_form *names,
                         const ff_param **items, size_t *count)
{
    struct {
        ff_param *items;
        size_t count, cap;
    } params = {0};
    const ff_field name = {.key = "key", .form = names};
    ff_status status = FF_OK;
    for (const ff_yaml_node *node = map->child; node && status == FF_OK; node = node->next) {
        if (find_field(except, node->key->text))
            continue;
        if (is_null(node))
            return refuse_null(loader, node->key);
        ff_param *param = FF_ARRAY_PUSH(loader->arena, &params);
        status = param ? take_text(loader, &name, node->key, &param->name) : no_memory(loader);
        const ff_field value = {.key = status == FF_OK ? param->name.ptr : "value", .form = &ff_form_any};
        if (status == FF_OK)
            status = take_text(loader, &value, node, &param->value);
    }
    *items = params.items;
    *count = params.count;
    return status;
}

ff_status ff_field_params(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    const ff_param *items = NULL;
    if (value->type != FF_YAML_MAP)
        return FF_REFUSE(loader, value, "'%s' must be a map of names and texts", field->key);
    ff_status status = ff_params_read(loader, value, NULL, field->form, &items, member(into, field->count_offset));
    memcpy(member(into, field->offset), &items, sizeof items);
    return status;
}

static ff_status refuse_key(ff_loader *loader, const ff_fields *fields, const ff_yaml_node *key)
{
    ff_choice choice;
    ff_choice_init(&choice, key->text);
    for (size_t i = 0; i < fields->count; i++)
        ff_choice_offer(&choice, fields->items[i].key);
    return refuse_choice(loader, key, NULL, &choice);
}

/* Runs after the members, so that a misspelt key is told as such and not as a missing one. */
static ff_status check_required(ff_loader *loader, const ff_fields *fields, const ff_yaml_node *map)
{
    const char *missing = NULL;
    ff_choice required;
    ff_choice_init(&required, FF_LIT(""));
    for (size_t i = 0; i < fields->count; i++) {
        if (!fields->items[i].required)
            continue;
        ff_choice_offer(&required, fields->items[i].key);
        if (!missing && !ff_yaml_get(map, fields->items[i].key))
            missing = fields->items[i].key;
    }
    if (missing)
        return FF_REFUSE(loader, map, "missing key '%s', required here: %s", missing, ff_choice_allowed(&required));
    return FF_OK;
}

static ff_status read_member(ff_loader *loader, const ff_fields *fields, const ff_yaml_node *value, void *into)
{
    const ff_field *field = find_field(fields, value->key->text);
    if (!field)
        return fields->open ? FF_OK : refuse_key(loader, fields, value->key);
    if (is_null(value))
        return refuse_null(loader, value->key);
    return field->read(loader, field, value, into);
}

ff_status ff_fields_read(ff_loader *loader, const ff_fields *fields, const ff_yaml_node *node, void *into)
{
    ff_status status = FF_OK;
    if (node->type == FF_YAML_SCALAR && fields->shorthand) {
        const ff_field *field = find_field(fields, ff_slice_of(fields->shorthand));
        status = field->read(loader, field, node, into);
    } else if (node->type != FF_YAML_MAP) {
        ff_choice keys;
        ff_choice_init(&keys, FF_LIT(""));
        for (size_t i = 0; i < fields->count; i++)
            ff_choice_offer(&keys, fields->items[i].key);
        return FF_REFUSE(loader, node, "a map is needed here, with keys of: %s", ff_choice_allowed(&keys));
    } else {
        for (const ff_yaml_node *value = node->child; value && status == FF_OK; value = value->next)
            status = read_member(loader, fields, value, into);
        if (status == FF_OK)
            status = check_required(loader, fields, node);
    }
    return status == FF_OK && fields->finish ? fields->finish(loader, node, into) : status;
}

ff_status ff_field_map(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    return ff_fields_read(loader, field->fields, value, member(into, field->offset));
}

ff_status ff_field_list(ff_loader *loader, const ff_field *field, const ff_yaml_node *value, void *into)
{
    const ff_fields *fields = field->fields;
    if (value->type == FF_YAML_MAP || (value->type == FF_YAML_SCALAR && !fields->shorthand))
        return FF_REFUSE(loader, value, "'%s' must be a list", field->key);
    nodes list = nodes_of(value);
    ff_status status = check_count(loader, field, value, list.count);
    char *items = status == FF_OK ? ff_arena_array(loader->arena, list.count, fields->size) : NULL;
    if (status == FF_OK && !items)
        status = no_memory(loader);
    for (size_t i = 0; i < list.count && status == FF_OK; i++, list.first = list.first->next) {
        void *item = items + i * fields->size;
        if (fields->initial)
            memcpy(item, fields->initial, fields->size);
        status = ff_fields_read(loader, fields, list.first, item);
    }
    if (status == FF_OK) {
        memcpy(member(into, field->offset), &items, sizeof items); /* any object pointer: copied, not cast */
        *(size_t *)member(into, field->count_offset) = list.count;
    }
    return status;
}
