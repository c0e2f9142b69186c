#include "workshop/issue_file.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/yaml.h"

#include <stdio.h>

typedef struct reader {
    ff_arena *arena;
    const char *name;
    ff_error *error;
    ff_issue_file *file;
    ff_issue_matcher *matcher;                  /* the one being read */
    ff_issue_pattern *pattern;                  /* likewise */
    const ff_yaml_node *values[FF_ISSUE_PARTS]; /* the numbers of the pattern's groups */
    const ff_yaml_node *regexp, *loop;
    bool given[FF_ISSUE_PARTS]; /* by a pattern of the matcher */
} reader;

typedef ff_status (*read_fn)(reader *r, const ff_yaml_node *value);

typedef struct field {
    const char *key;
    read_fn read;
} field;

static const struct {
    const char *key;
    ff_slice capture;
} PARTS[] = {
    [FF_ISSUE_FILE] = {"file", FF_TEXT("file")},
    [FF_ISSUE_FROM_PATH] = {"fromPath", FF_TEXT("from_path")},
    [FF_ISSUE_LINE] = {"line", FF_TEXT("line")},
    [FF_ISSUE_COLUMN] = {"column", FF_TEXT("column")},
    [FF_ISSUE_SEVERITY] = {"severity", FF_TEXT("severity")},
    [FF_ISSUE_CODE] = {"code", FF_TEXT("code")},
    [FF_ISSUE_MESSAGE] = {"message", FF_TEXT("message")},
};

_Static_assert(sizeof PARTS / sizeof *PARTS == FF_ISSUE_PARTS, "a name for each part");

const char *ff_issue_part_key(ff_issue_part part)
{
    return PARTS[part].key;
}

ff_slice ff_issue_part_capture(ff_issue_part part)
{
    return PARTS[part].capture;
}

/* ---- Refusals ---- */

#define REFUSE(r, node, ...) ff_error_at((r)->error, FF_INVALID, (r)->name, (node)->line, (node)->column, __VA_ARGS__)

static ff_status no_memory(reader *r)
{
    return ff_error_set(r->error, FF_NOMEM, "%s: out of memory", r->name);
}

static ff_source_position place(const reader *r, const ff_yaml_node *node)
{
    return (ff_source_position){r->name, node->line, node->column};
}

static bool is_null(const ff_yaml_node *value)
{
    return value->type == FF_YAML_SCALAR && !value->quoted && ff_slice_eq(value->text, FF_LIT("null"));
}

static ff_status take_text(reader *r, const ff_yaml_node *value, ff_slice *text)
{
    if (value->type != FF_YAML_SCALAR || !value->quoted)
        return REFUSE(r, value, "'%.*s' must be a text in quotes", FF_ARG(value->key->text));
    *text = value->text;
    return FF_OK;
}

static ff_status take_list(reader *r, const ff_yaml_node *value, const ff_yaml_node **first)
{
    if (value->type != FF_YAML_LIST || !value->child)
        return REFUSE(r, value, "'%.*s' must be a list with at least one entry", FF_ARG(value->key->text));
    *first = value->child;
    return FF_OK;
}

/* ---- Maps from tables ---- */

static ff_status read_member(reader *r, const field *fields, size_t count, const ff_yaml_node *value)
{
    char allowed[160] = "";
    for (size_t i = 0; i < count; i++) {
        if (ff_slice_eq(value->key->text, ff_slice_of(fields[i].key)))
            return is_null(value) ? FF_OK : fields[i].read(r, value);
        size_t used = strlen(allowed);
        (void)snprintf(allowed + used, sizeof allowed - used, "%s%s", i ? ", " : "", fields[i].key);
    }
    return REFUSE(r, value->key, "unknown key '%.*s', allowed: %s",
                  FF_ARG(ff_slice_cut(value->key->text, FF_LIMIT_ID_BYTES)), allowed);
}

static ff_status read_map(reader *r, const field *fields, size_t count, const ff_yaml_node *map)
{
    if (map->type != FF_YAML_MAP)
        return REFUSE(r, map, "an object in braces is needed here");
    ff_status status = FF_OK;
    for (const ff_yaml_node *value = map->child; value && status == FF_OK; value = value->next)
        status = read_member(r, fields, count, value);
    return status;
}

/* ---- A pattern ---- */

static ff_status keep_part(reader *r, const ff_yaml_node *value)
{
    for (int part = 0; part < FF_ISSUE_PARTS; part++)
        if (ff_slice_eq(value->key->text, ff_slice_of(PARTS[part].key)))
            r->values[part] = value;
    return FF_OK;
}

static ff_status keep_regexp(reader *r, const ff_yaml_node *value)
{
    r->regexp = value;
    return FF_OK;
}

static ff_status keep_loop(reader *r, const ff_yaml_node *value)
{
    bool yes = ff_slice_eq(value->text, FF_LIT("true")), no = ff_slice_eq(value->text, FF_LIT("false"));
    if (value->type != FF_YAML_SCALAR || value->quoted || (!yes && !no))
        return REFUSE(r, value, "'loop' must be true or false");
    r->loop = yes ? value : NULL;
    return FF_OK;
}

static const field PATTERN_FIELDS[] = {
    {"regexp", keep_regexp}, {"file", keep_part}, {"fromPath", keep_part}, {"line", keep_part}, {"column", keep_part},
    {"severity", keep_part}, {"code", keep_part}, {"message", keep_part},  {"loop", keep_loop},
};

static ff_status read_regexp(reader *r, const ff_yaml_node *map)
{
    ff_slice text = {0};
    ff_regexp_fault fault = {0};
    if (!r->regexp)
        return REFUSE(r, map, "'regexp' is missing");
    ff_status status = take_text(r, r->regexp, &text);
    if (status != FF_OK)
        return status;
    if (!text.len)
        return REFUSE(r, r->regexp, "'regexp' must not be empty");
    r->pattern->at = place(r, r->regexp);
    status = ff_regexp_parse(&r->pattern->regexp, r->arena, text, FF_DIALECT_ACTIONS, &fault);
    if (status == FF_INVALID)
        return REFUSE(r, r->regexp, "'regexp', offset %zu: %s", fault.offset, fault.what);
    return status == FF_OK ? FF_OK : no_memory(r);
}

static ff_status read_part(reader *r, int part)
{
    const ff_yaml_node *value = r->values[part];
    const char *key = PARTS[part].key;
    uint64_t number;
    if (value->type != FF_YAML_SCALAR || !ff_slice_to_uint(value->text, &number))
        return REFUSE(r, value, "'%s' must be the number of a group of the regexp", key);
    uint32_t group = ff_regexp_group_at(&r->pattern->regexp, number);
    if (group == FF_NO_GROUP)
        return REFUSE(r, value, "'%s' is group %llu, the regexp has %zu", key, (unsigned long long)number,
                      r->pattern->regexp.groups.count - 1);
    if (r->given[part])
        return REFUSE(r, value, "'%s' is given by an earlier pattern already", key);
    r->given[part] = true;
    r->pattern->groups[part] = group;
    return FF_OK;
}

static ff_status check_loop(reader *r, bool first, bool last)
{
    if (!r->loop)
        return FF_OK;
    if (first || !last)
        return REFUSE(r, r->loop, "only the last of several patterns may loop");
    if (!r->values[FF_ISSUE_MESSAGE])
        return REFUSE(r, r->loop, "a pattern that loops must give the 'message'");
    r->pattern->loop = true;
    return FF_OK;
}

static ff_status read_pattern(reader *r, const ff_yaml_node *map, bool first)
{
    if (r->matcher->patterns.count == FF_LIMIT_MATCHER_PATTERNS)
        return ff_error_at(r->error, FF_LIMIT, r->name, map->line, map->column,
                           "more patterns than the %u allowed in one matcher", FF_LIMIT_MATCHER_PATTERNS);
    r->pattern = FF_ARRAY_PUSH(r->arena, &r->matcher->patterns);
    if (!r->pattern)
        return no_memory(r);
    r->regexp = r->loop = NULL;
    for (int part = 0; part < FF_ISSUE_PARTS; part++) {
        r->values[part] = NULL;
        r->pattern->groups[part] = FF_NO_GROUP;
    }
    ff_status status = read_map(r, PATTERN_FIELDS, sizeof PATTERN_FIELDS / sizeof *PATTERN_FIELDS, map);
    if (status == FF_OK)
        status = read_regexp(r, map);
    for (int part = 0; part < FF_ISSUE_PARTS && status == FF_OK; part++)
        if (r->values[part])
            status = read_part(r, part);
    return status == FF_OK ? check_loop(r, first, !map->next) : status;
}

/* ---- A matcher ---- */

static ff_status read_owner(reader *r, const ff_yaml_node *value)
{
    ff_status status = take_text(r, value, &r->matcher->owner);
    if (status == FF_OK && !ff_slice_trim(r->matcher->owner).len)
        return REFUSE(r, value, "'owner' must not be empty");
    for (size_t i = 0; status == FF_OK && i + 1 < r->file->matchers.count; i++)
        if (ff_slice_eq_nocase(r->file->matchers.items[i].owner, r->matcher->owner))
            return REFUSE(r, value, "a second matcher of this owner, the first is in line %u",
                          r->file->matchers.items[i].at.line);
    r->matcher->at = place(r, value);
    return status;
}

static ff_status read_severity(reader *r, const ff_yaml_node *value)
{
    ff_slice text = {0};
    ff_status status = take_text(r, value, &text);
    if (status == FF_OK && text.len && !ff_tier_find(text, &r->matcher->severity))
        return REFUSE(r, value, "'severity' must be error, warning or notice");
    return status;
}

static ff_status read_from_path(reader *r, const ff_yaml_node *value)
{
    return take_text(r, value, &r->matcher->from_path);
}

static ff_status read_patterns(reader *r, const ff_yaml_node *value)
{
    const ff_yaml_node *map = NULL;
    ff_status status = take_list(r, value, &map);
    bool first = true;
    memset(r->given, 0, sizeof r->given);
    for (; status == FF_OK && map; map = map->next, first = false)
        status = read_pattern(r, map, first);
    if (status == FF_OK && !r->given[FF_ISSUE_MESSAGE])
        return REFUSE(r, value, "no pattern gives the 'message'");
    return status;
}

static const field MATCHER_FIELDS[] = {
    {"owner", read_owner},
    {"severity", read_severity},
    {"fromPath", read_from_path},
    {"pattern", read_patterns},
};

static ff_status read_matcher(reader *r, const ff_yaml_node *map)
{
    if (r->file->matchers.count == FF_LIMIT_MATCHERS)
        return ff_error_at(r->error, FF_LIMIT, r->name, map->line, map->column,
                           "more matchers than the %u allowed in one file", FF_LIMIT_MATCHERS);
    r->matcher = FF_ARRAY_PUSH(r->arena, &r->file->matchers);
    if (!r->matcher)
        return no_memory(r);
    ff_status status = read_map(r, MATCHER_FIELDS, sizeof MATCHER_FIELDS / sizeof *MATCHER_FIELDS, map);
    if (status == FF_OK && !r->matcher->owner.len)
        return REFUSE(r, map, "'owner' is missing");
    if (status == FF_OK && !r->matcher->patterns.count)
        return REFUSE(r, map, "'pattern' is missing");
    return status;
}

/* ---- The file ---- */

static ff_status read_matchers(reader *r, const ff_yaml_node *value)
{
    const ff_yaml_node *map = NULL;
    ff_status status = take_list(r, value, &map);
    for (; status == FF_OK && map; map = map->next)
        status = read_matcher(r, map);
    return status;
}

/* The name of a schema is for editors. */
static ff_status pass_over(reader *r, const ff_yaml_node *value)
{
    (void)r;
    (void)value;
    return FF_OK;
}

static const field FILE_FIELDS[] = {{"problemMatcher", read_matchers}, {"$schema", pass_over}};

ff_status ff_issue_file_read(ff_issue_file *file, ff_arena *arena, const char *name, ff_slice bytes, ff_error *error)
{
    *file = (ff_issue_file){0};
    reader r = {.arena = arena, .name = name, .error = error, .file = file};
    const ff_yaml_node *root = NULL;
    ff_status status = ff_yaml_parse(arena, name, bytes, &root, error);
    if (status == FF_OK)
        status = read_map(&r, FILE_FIELDS, sizeof FILE_FIELDS / sizeof *FILE_FIELDS, root);
    if (status == FF_OK && !file->matchers.count)
        return REFUSE(&r, root, "'problemMatcher' is missing");
    return status;
}
