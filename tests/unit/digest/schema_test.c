/* What the JSON writer prints is what schema/scan.schema.json describes: nothing is missing, of another type, or not
 * described. JSON is YAML as far as both go, so the reader of base does; the keywords that the schemas use are few. */
#include "base/yaml.h"
#include "catalog/path.h"
#include "night.h"

typedef struct schema {
    ff_arena arena;
    const ff_yaml_node *scan, *report;
    const ff_yaml_node *root; /* of the two, the one that references are looked up in */
    char where[200];          /* the first fault */
} schema;

static const ff_yaml_node *load(ff_arena *arena, const char *path)
{
    const ff_yaml_node *root = NULL;
    ff_error error = {0};
    ff_buf bytes;
    ff_buf_init(&bytes, FF_LIMIT_YAML_BYTES);
    if (ff_path_read(path, &bytes, &error) != FF_OK ||
        ff_yaml_parse(arena, path, ff_buf_slice(&bytes), &root, &error) != FF_OK)
        fail_msg("%s", error.text);
    ff_buf_release(&bytes);
    return root;
}

static void schema_begin(schema *s)
{
    *s = (schema){0};
    ff_arena_init(&s->arena, 0);
    s->scan = s->root = load(&s->arena, FF_SOURCE_DIR "/schema/scan.schema.json");
    s->report = load(&s->arena, FF_SOURCE_DIR "/schema/report.schema.json");
}

/* Remembers the first fault. */
static bool fault(schema *s, const char *what, const ff_yaml_node *value)
{
    if (!s->where[0])
        (void)snprintf(s->where, sizeof s->where, "line %lu: %s: %.80s", (unsigned long)value->line, what,
                       value->text.ptr ? value->text.ptr : "");
    return false;
}

static const ff_yaml_node *follow(schema *s, ff_slice reference)
{
    if (ff_slice_take_prefix(&reference, FF_LIT("../firstfault.report/1")))
        s->root = s->report;
    assert_true(ff_slice_take_prefix(&reference, FF_LIT("#/$defs/")));
    const ff_yaml_node *found = ff_yaml_get(ff_yaml_get(s->root, "$defs"), reference.ptr);
    assert_non_null(found);
    return found;
}

static bool is_plain(const ff_yaml_node *value, const char *word)
{
    return value->type == FF_YAML_SCALAR && !value->quoted && ff_slice_eq(value->text, ff_slice_of(word));
}

static bool has_type(const ff_yaml_node *value, ff_slice type)
{
    bool word = is_plain(value, "true") || is_plain(value, "false") || is_plain(value, "null");
    bool number = value->type == FF_YAML_SCALAR && !value->quoted && !word;
    if (ff_slice_eq(type, FF_LIT("object")))
        return value->type == FF_YAML_MAP;
    if (ff_slice_eq(type, FF_LIT("array")))
        return value->type == FF_YAML_LIST;
    if (ff_slice_eq(type, FF_LIT("string")))
        return value->type == FF_YAML_SCALAR && value->quoted;
    if (ff_slice_eq(type, FF_LIT("null")))
        return is_plain(value, "null");
    if (ff_slice_eq(type, FF_LIT("boolean")))
        return word && !is_plain(value, "null");
    uint64_t whole;
    return number && (ff_slice_eq(type, FF_LIT("number")) || ff_slice_to_uint(value->text, &whole));
}

static bool fits_type(schema *s, const ff_yaml_node *type, const ff_yaml_node *value)
{
    if (type->type == FF_YAML_SCALAR)
        return has_type(value, type->text) || fault(s, "another type", value);
    for (const ff_yaml_node *one = type->child; one; one = one->next)
        if (has_type(value, one->text))
            return true;
    return fault(s, "none of the types", value);
}

static bool is_same(const ff_yaml_node *a, const ff_yaml_node *b)
{
    return a->quoted == b->quoted && ff_slice_eq(a->text, b->text);
}

static bool fits_enum(schema *s, const ff_yaml_node *values, const ff_yaml_node *value)
{
    for (const ff_yaml_node *one = values->child; one; one = one->next)
        if (is_same(one, value))
            return true;
    return fault(s, "not one of the values", value);
}

static size_t length(const ff_yaml_node *list)
{
    size_t count = 0;
    for (const ff_yaml_node *item = list->child; item; item = item->next)
        count++;
    return count;
}

/* The patterns are those of a time, a day, and 64 hexadecimal digits: their length is told apart here, no more. */
static bool fits_pattern(schema *s, const ff_yaml_node *value)
{
    bool fits = !value->quoted || value->text.len == FF_SHA256_HEX || value->text.len == 10 || value->text.len == 20 ||
                (value->text.len < 5 && (value->text.ptr[0] == 'D' || value->text.ptr[0] == 'E'));
    return fits || fault(s, "not of the form", value);
}

static bool fits(schema *s, const ff_yaml_node *node, const ff_yaml_node *value);

static bool fits_one(schema *s, const ff_yaml_node *choices, const ff_yaml_node *value)
{
    size_t fitting = 0;
    for (const ff_yaml_node *choice = choices->child; choice; choice = choice->next) {
        schema trial = *s;
        trial.where[0] = '\0';
        fitting += fits(&trial, choice, value);
        if (!is_plain(value, "null") && trial.where[0] && !strstr(trial.where, "type"))
            memcpy(s->where, trial.where, sizeof s->where);
    }
    return fitting == 1 || fault(s, "not exactly one of the choices", value);
}

static bool fits_members(schema *s, const ff_yaml_node *node, const ff_yaml_node *value)
{
    const ff_yaml_node *required = ff_yaml_get(node, "required"), *known = ff_yaml_get(node, "properties");
    for (const ff_yaml_node *key = required ? required->child : NULL; key; key = key->next)
        if (!ff_yaml_get(value, key->text.ptr))
            return fault(s, "a member is missing", key);
    for (const ff_yaml_node *member = value->child; member && known; member = member->next) {
        const ff_yaml_node *described = ff_yaml_get(known, member->key->text.ptr);
        if (!described)
            return fault(s, "a member is not described", member->key);
        const ff_yaml_node *root = s->root;
        bool good = fits(s, described, member);
        s->root = root;
        if (!good)
            return false;
    }
    return true;
}

static bool fits_items(schema *s, const ff_yaml_node *node, const ff_yaml_node *value)
{
    uint64_t bound;
    const ff_yaml_node *items = ff_yaml_get(node, "items"), *most = ff_yaml_get(node, "maxItems");
    if (most && ff_slice_to_uint(most->text, &bound) && length(value) > bound)
        return fault(s, "too long", value);
    const ff_yaml_node *least = ff_yaml_get(node, "minItems");
    if (least && ff_slice_to_uint(least->text, &bound) && length(value) < bound)
        return fault(s, "too short", value);
    for (const ff_yaml_node *item = value->child; item && items; item = item->next)
        if (!fits(s, items, item))
            return false;
    return true;
}

static bool fits(schema *s, const ff_yaml_node *node, const ff_yaml_node *value)
{
    const ff_yaml_node *reference = ff_yaml_get(node, "$ref"), *rule;
    uint64_t least, number;
    if (reference)
        return fits(s, follow(s, reference->text), value);
    if ((rule = ff_yaml_get(node, "oneOf")) && !fits_one(s, rule, value))
        return false;
    if ((rule = ff_yaml_get(node, "type")) && !fits_type(s, rule, value))
        return false;
    if ((rule = ff_yaml_get(node, "const")) && !is_same(rule, value))
        return fault(s, "not the one value", value);
    if ((rule = ff_yaml_get(node, "enum")) && !fits_enum(s, rule, value))
        return false;
    if (ff_yaml_get(node, "pattern") && !fits_pattern(s, value))
        return false;
    if ((rule = ff_yaml_get(node, "minimum")) && ff_slice_to_uint(rule->text, &least) &&
        ff_slice_to_uint(value->text, &number) && number < least)
        return fault(s, "too small", value);
    if (value->type == FF_YAML_MAP)
        return fits_members(s, node, value);
    return value->type != FF_YAML_LIST || fits_items(s, node, value);
}

/* As the history gives it back: on one line, without blanks. */
static const char DIAGNOSIS[] =
    "{\"id\":\"D1\",\"rank\":1,\"rule\":null,\"family\":null,\"tags\":[],\"role\":\"cause\",\"title\":\"A title\","
    "\"verdict\":\"likely\",\"confidence\":0.5,\"summary\":\"\",\"job\":\"test\",\"step\":null,\"step_name\":null,"
    "\"tolerated\":false,\"count\":1,\"first_time\":null,\"last_time\":\"2026-11-28T03:00:00Z\","
    "\"captures\":{\"a\":\"b\"},\"evidence\":[{\"id\":\"E1\",\"kind\":\"api\",\"file\":null,\"line\":null,"
    "\"end_line\":null,\"job_line\":null,\"primary\":true,\"text\":[\"x\"]}],\"reasons\":[],\"checks\":[],"
    "\"caused_by\":[\"D2\"],\"fixes\":[],\"next_evidence\":[],\"fingerprint\":null}";

static void render(const ff_digest *digest, ff_buf *out)
{
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_digest_render(digest, "json", NULL, out), FF_OK);
}

/* NULL if it fits; else the first fault. */
static const char *check(schema *s, ff_slice text)
{
    const ff_yaml_node *root = NULL;
    ff_error error = {0};
    s->where[0] = '\0';
    s->root = s->scan;
    if (ff_yaml_parse(&s->arena, "scan.json", text, &root, &error) != FF_OK)
        fail_msg("%s", error.text);
    return fits(s, s->scan, root) ? NULL : s->where;
}

static void fill(night *n)
{
    night_also(n, "acme/lib");
    night_see(n, (seen){.id = 1, .hour = -5, .of = "d"});
    night_see(n, (seen){.id = 2, .hour = -30, .of = "a"});
    night_scan(n, -48, 0);
    night_see(n, (seen){.id = 3, .hour = 1, .of = "a<b", .jobs = "test (1);build", .json = DIAGNOSIS});
    night_see(n, (seen){.id = 4, .hour = 2, .of = "cc!", .jobs = "test (1);test (2)", .repository = "acme/lib"});
    night_see(n, (seen){.id = 4, .hour = 2, .attempt = 2, .repository = "acme/lib"});
    night_see(n, (seen){.id = 5, .hour = 3, .state = FF_HISTORY_EXPIRED, .workflow = "Night"});
    night_see(n, (seen){.id = 6, .hour = 4});
    night_see(n, (seen){.id = 7, .hour = 5, .attempt = 2});
}

static void what_is_printed_is_described(void **state)
{
    (void)state;
    schema s;
    schema_begin(&s);
    for (int i = 0; i < 2; i++) {
        night n;
        ff_buf out;
        night_begin(&n);
        if (i)
            fill(&n);
        const ff_digest *digest = night_build(&n, 0, 24);
        if (i)
            assert_told(
                digest, "a night of everything",
                "new c 1 flickers, new b 1 passing 6, known a 1 passing 6 under b, fixed d 0; unexplained 5; reruns 7");
        render(digest, &out);
        const char *where = check(&s, ff_buf_slice(&out));
        if (where)
            fail_msg("%s", where);
        ff_buf_release(&out);
        night_end(&n);
    }
    ff_arena_release(&s.arena);
}

/* The check itself can fail. */
static void what_is_not_described_is_noticed(void **state)
{
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"\"firstfault.scan/1\"", "\"firstfault.scan/2\""},
        {"\"since\": \"2026", "\"since\": \"02026"},
        {"\"listed\"", "\"listen\""},
        {"\"failed\": 0", "\"failed\": \"0\""},
        {"\"state\": \"known\"", "\"state\": \"old\""},
        {"\"role\":\"cause\",", ""},
        {"\"confidence\":0.5", "\"confidence\":\"0.5\""},
        {"\"under\": null", "\"under\": 0"},
        {"\"notes\": [", "\"notes\": [0,"},
    };
    (void)state;
    schema s;
    night n;
    ff_buf out;
    schema_begin(&s);
    night_begin(&n);
    fill(&n);
    render(night_build(&n, 0, 24), &out);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_slice text = ff_buf_slice(&out);
        size_t at = ff_slice_find(text, ff_slice_of(rows[i].from));
        if (at == SIZE_MAX)
            fail_msg("%s: not there", rows[i].from);
        ff_buf changed;
        ff_buf_init(&changed, FF_LIMIT_REPORT_BYTES);
        ff_buf_add(&changed, ff_slice_cut(text, at));
        ff_buf_add(&changed, ff_slice_of(rows[i].to));
        ff_buf_add(&changed, ff_slice_from(text, at + strlen(rows[i].from)));
        if (!check(&s, ff_buf_slice(&changed)))
            fail_msg("%s: not noticed", rows[i].to);
        ff_buf_release(&changed);
    }
    ff_buf_release(&out);
    night_end(&n);
    ff_arena_release(&s.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_is_described),
        cmocka_unit_test(what_is_not_described_is_noticed),
    };
    return cmocka_run_group_tests(tests, past_enter, past_leave);
}
