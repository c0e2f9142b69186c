/* The tables of the loader, the schema for editors and the reference for authors name the same keys; the rules in the
 * reference load, and so does the built-in catalog. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/yaml.h"
#include "catalog/catalog.h"
#include "catalog/path.h"
#include "catalog/rule_fields.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static ff_slice read_file(ff_arena *arena, const char *path)
{
    ff_buf bytes;
    ff_error error = {0};
    ff_buf_init(&bytes, FF_LIMIT_YAML_BYTES);
    if (ff_path_read(path, &bytes, &error) != FF_OK)
        fail_msg("%s", error.text);
    ff_slice text = ff_arena_dup(arena, ff_buf_slice(&bytes));
    ff_buf_release(&bytes);
    assert_non_null(text.ptr);
    return text;
}

/* JSON is YAML as far as this schema goes. */
static const ff_yaml_node *read_schema(ff_arena *arena)
{
    const ff_yaml_node *root = NULL;
    ff_error error = {0};
    ff_slice text = read_file(arena, FF_SOURCE_DIR "/schema/catalog.schema.json");
    if (ff_yaml_parse(arena, "catalog.schema.json", text, &root, &error) != FF_OK)
        fail_msg("%s", error.text);
    return root;
}

static const ff_yaml_node *resolve(const ff_yaml_node *schema, const ff_yaml_node *node)
{
    const ff_yaml_node *reference = ff_yaml_get(node, "$ref");
    if (!reference)
        return node;
    ff_slice name = reference->text;
    assert_true(ff_slice_take_prefix(&name, FF_LIT("#/$defs/")));
    const ff_yaml_node *target = ff_yaml_get(ff_yaml_get(schema, "$defs"), name.ptr);
    if (!target)
        fail_msg("no definition of %s", reference->text.ptr);
    return target;
}

/* The object with properties that `node` describes, through references, lists and alternatives; or NULL. */
static const ff_yaml_node *object_of(const ff_yaml_node *schema, const ff_yaml_node *node)
{
    node = resolve(schema, node);
    if (ff_yaml_get(node, "properties"))
        return node;
    if (ff_yaml_get(node, "items"))
        return object_of(schema, ff_yaml_get(node, "items"));
    const ff_yaml_node *choices = ff_yaml_get(node, "anyOf"), *found = NULL;
    for (const ff_yaml_node *choice = choices ? choices->child : NULL; choice && !found; choice = choice->next)
        found = object_of(schema, choice);
    return found;
}

static bool list_has(const ff_yaml_node *list, const char *word)
{
    for (const ff_yaml_node *item = list ? list->child : NULL; item; item = item->next)
        if (ff_slice_eq(item->text, ff_slice_of(word)))
            return true;
    return false;
}

static const ff_field *field_of(const ff_fields *fields, ff_slice key)
{
    for (size_t i = 0; i < fields->count; i++)
        if (ff_slice_eq(ff_slice_of(fields->items[i].key), key))
            return &fields->items[i];
    return NULL;
}

/* The words of an enum stand in the schema in the order of the table. */
static void compare_words(const ff_yaml_node *schema, const ff_field *field, const ff_yaml_node *property)
{
    const ff_yaml_node *node = resolve(schema, property);
    if (ff_yaml_get(node, "anyOf"))
        node = resolve(schema, ff_yaml_get(node, "anyOf")->child);
    const ff_yaml_node *words = ff_yaml_get(node, "enum");
    uint32_t index = 0;
    assert_non_null(words);
    for (const ff_yaml_node *word = words->child; word; word = word->next, index++)
        if (!field->word(index) || !ff_slice_eq(word->text, ff_slice_of(field->word(index))))
            fail_msg("'%s' of '%s' is no word of the loader", word->text.ptr, field->key);
    assert_null(field->word(index));
}

static uint32_t compare(const ff_yaml_node *schema, const ff_fields *fields, const ff_yaml_node *node)
{
    const ff_yaml_node *object = object_of(schema, node);
    assert_non_null(object);
    const ff_yaml_node *properties = ff_yaml_get(object, "properties"), *required = ff_yaml_get(object, "required");
    uint32_t compared = 0;
    for (const ff_yaml_node *property = properties->child; property; property = property->next)
        if (!field_of(fields, property->key->text))
            fail_msg("the schema has '%s', the loader has not", property->key->text.ptr);
    for (const ff_yaml_node *key = required ? required->child : NULL; key; key = key->next)
        if (!field_of(fields, key->text) || !field_of(fields, key->text)->required)
            fail_msg("the schema requires '%s', the loader does not", key->text.ptr);
    for (size_t i = 0; i < fields->count; i++) {
        const ff_field *field = &fields->items[i];
        const ff_yaml_node *property = ff_yaml_get(properties, field->key);
        if (!property)
            fail_msg("the loader has '%s', the schema has not", field->key);
        assert_int_equal(field->required, list_has(required, field->key));
        if (field->word)
            compare_words(schema, field, property);
        compared += 1 + (field->fields ? compare(schema, field->fields, property) : 0);
    }
    const ff_yaml_node *more = ff_yaml_get(object, "additionalProperties");
    assert_int_equal(fields->open, more && more->type == FF_YAML_MAP);
    assert_true(fields->open || ff_slice_eq(more->text, FF_LIT("false")));
    return compared;
}

static void the_schema_has_the_keys_and_words_of_the_loader(void **state)
{
    ff_arena arena = {0};
    const ff_yaml_node *schema = read_schema(&arena);
    (void)state;
    assert_true(compare(schema, &ff_file_fields, schema) > 50);
    ff_arena_release(&arena);
}

static void the_schema_has_the_bounds_of_the_loader(void **state)
{
    static const struct {
        const char *definition, *key, *bound;
        uint64_t value;
    } rows[] = {
        {"pattern", NULL, "maxLength", FF_LIMIT_PATTERN_BYTES}, {"name", NULL, "maxLength", FF_LIMIT_ID_BYTES},
        {"idGlob", NULL, "maxLength", FF_LIMIT_ID_BYTES},       {"window", "lines", "maximum", FF_LIMIT_WINDOW_LINES},
        {"rule", "id", "maxLength", FF_LIMIT_ID_BYTES},
    };
    ff_arena arena = {0};
    const ff_yaml_node *definitions = ff_yaml_get(read_schema(&arena), "$defs");
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const ff_yaml_node *node = ff_yaml_get(definitions, rows[i].definition);
        if (rows[i].key)
            node = ff_yaml_get(ff_yaml_get(node, "properties"), rows[i].key);
        uint64_t value = 0;
        assert_true(ff_slice_to_uint(ff_yaml_get(node, rows[i].bound)->text, &value));
        assert_int_equal(value, rows[i].value);
    }
    ff_arena_release(&arena);
}

/* The reference writes each key as code. */
static void find_keys(ff_arena *arena, const ff_fields *fields, ff_slice page)
{
    for (size_t i = 0; i < fields->count; i++) {
        if (ff_slice_find(page, ff_arena_printf(arena, "`%s`", fields->items[i].key)) == SIZE_MAX)
            fail_msg("docs/catalog.md does not tell of `%s`", fields->items[i].key);
        for (uint32_t word = 0; fields->items[i].word && fields->items[i].word(word); word++)
            if (ff_slice_find(page, ff_arena_printf(arena, "`%s`", fields->items[i].word(word))) == SIZE_MAX)
                fail_msg("docs/catalog.md does not tell of `%s`", fields->items[i].word(word));
        if (fields->items[i].fields)
            find_keys(arena, fields->items[i].fields, page);
    }
}

static void the_reference_tells_of_every_key_and_word(void **state)
{
    ff_arena arena = {0};
    (void)state;
    find_keys(&arena, &ff_file_fields, read_file(&arena, FF_SOURCE_DIR "/docs/catalog.md"));
    ff_arena_release(&arena);
}

/* Blocks of YAML that hold a whole file have a family; pieces have not. */
static void the_files_in_the_reference_load(void **state)
{
    ff_arena arena = {0};
    ff_slice rest = read_file(&arena, FF_SOURCE_DIR "/docs/catalog.md");
    uint32_t loaded = 0;
    (void)state;
    for (size_t at; (at = ff_slice_find(rest, FF_LIT("\n```yaml\n"))) != SIZE_MAX;) {
        rest = ff_slice_from(rest, at + 9);
        size_t end = ff_slice_find(rest, FF_LIT("\n```\n"));
        assert_true(end != SIZE_MAX);
        ff_slice block = ff_slice_cut(rest, end + 1);
        rest = ff_slice_from(rest, end + 5);
        if (ff_slice_find(block, FF_LIT("family: ")) == SIZE_MAX)
            continue;
        ff_catalog *catalog = NULL;
        ff_error error = {0};
        assert_int_equal(ff_catalog_new(&catalog), FF_OK);
        if (ff_catalog_add_bytes(catalog, "catalog.md", block, "user", &error) != FF_OK ||
            ff_catalog_finish(catalog, &error) != FF_OK)
            fail_msg("%s", error.text);
        ff_catalog_free(catalog);
        loaded++;
    }
    assert_true(loaded >= 2);
    ff_arena_release(&arena);
}

/* `health.yaml` is the file of the family health, and so is `health-http.yaml`, a part of it. */
static bool is_file_of(ff_slice file, ff_slice family)
{
    (void)ff_slice_take_prefix(&file, FF_LIT(FF_SOURCE_DIR "/patterns/"));
    return ff_slice_take_prefix(&file, family) && file.len > 0 && (file.ptr[0] == '.' || file.ptr[0] == '-');
}

static void built_in_rules_load_and_stand_in_the_file_of_their_family(void **state)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    size_t count = 0;
    (void)state;
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    if (ff_catalog_add_path(catalog, FF_SOURCE_DIR "/patterns", "built-in", &error) != FF_OK ||
        ff_catalog_finish(catalog, &error) != FF_OK)
        fail_msg("%s", error.text);
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        if (!is_file_of(ff_slice_of(rules[i].at.file), rules[i].family))
            fail_msg("%s stands in %s", rules[i].id.ptr, rules[i].at.file);
    }
    ff_catalog_free(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_has_the_keys_and_words_of_the_loader),
        cmocka_unit_test(the_schema_has_the_bounds_of_the_loader),
        cmocka_unit_test(the_reference_tells_of_every_key_and_word),
        cmocka_unit_test(the_files_in_the_reference_load),
        cmocka_unit_test(built_in_rules_load_and_stand_in_the_file_of_their_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
