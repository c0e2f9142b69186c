#include "workflow/workflow_fields.h"

#include "base/limits.h"

/* Of GitHub's own limits the longest is that of a run, 35 days: a larger number is a slip, and is not reasoned with. */
enum { MINUTES_MAX = 100000 };

static ff_slice scalar_of(const ff_yaml_node *node)
{
    return node && node->type == FF_YAML_SCALAR ? node->text : (ff_slice){0};
}

ff_workflow_text ff_workflow_text_whole(const ff_yaml_node *map, const char *key)
{
    const ff_yaml_node *node = ff_yaml_get(map, key);
    return (ff_workflow_text){scalar_of(node), node ? node->line : 0};
}

ff_workflow_text ff_workflow_text_of(const ff_yaml_node *map, const char *key)
{
    ff_workflow_text text = ff_workflow_text_whole(map, key);
    text.text = ff_slice_trim(text.text);
    return text;
}

ff_workflow_text ff_workflow_text_named(const ff_yaml_node *node)
{
    if (ff_yaml_get(node, "name"))
        return ff_workflow_text_of(node, "name");
    return (ff_workflow_text){ff_slice_trim(scalar_of(node)), node ? node->line : 0};
}

size_t ff_workflow_count_children(const ff_yaml_node *node)
{
    size_t count = 0;
    for (const ff_yaml_node *child = node ? node->child : NULL; child; child = child->next)
        count++;
    return count;
}

bool ff_workflow_text_joined(const ff_yaml_node *node, ff_arena *arena, ff_workflow_text *text)
{
    *text = ff_workflow_text_named(node);
    if (!node || node->type != FF_YAML_LIST)
        return true;
    size_t length = 0;
    for (const ff_yaml_node *item = node->child; item; item = item->next)
        length += ff_slice_trim(scalar_of(item)).len + 2;
    if (length > FF_LIMIT_NAME_BYTES) /* an alias of such a list costs nothing in the file */
        return true;
    char *joined = ff_arena_alloc(arena, length);
    if (!joined)
        return false;
    text->text.ptr = joined;
    for (const ff_yaml_node *item = node->child; item; item = item->next) {
        ff_slice part = ff_slice_trim(scalar_of(item));
        ff_slice comma = text->text.len ? FF_LIT(", ") : (ff_slice){0};
        if (!part.len)
            continue;
        if (comma.len)
            memcpy(joined + text->text.len, comma.ptr, comma.len);
        memcpy(joined + text->text.len + comma.len, part.ptr, part.len);
        text->text.len += comma.len + part.len;
    }
    return true;
}

bool ff_workflow_pairs_of(const ff_yaml_node *map, const char *key, ff_arena *arena, ff_workflow_pairs *pairs)
{
    const ff_yaml_node *node = ff_yaml_get(map, key);
    size_t count = node && node->type == FF_YAML_MAP ? ff_workflow_count_children(node) : 0;
    if (!count)
        return true;
    pairs->items = ff_arena_array(arena, count, sizeof *pairs->items);
    if (!pairs->items)
        return false;
    pairs->cap = count;
    for (const ff_yaml_node *member = node->child; member; member = member->next)
        pairs->items[pairs->count++] = (ff_workflow_pair){member->key->text, scalar_of(member), member->key->line};
    return true;
}

/* GitHub reads YAML 1.2, whose core schema has these and neither `yes` nor `on`:
 * https://yaml.org/spec/1.2.2/#103-core-schema */
ff_workflow_flag ff_workflow_flag_of(const ff_yaml_node *map, const char *key, ff_workflow_flag otherwise,
                                     uint32_t *line)
{
    static const struct {
        ff_slice text;
        ff_workflow_flag flag;
    } values[] = {
        {FF_TEXT("true"), FF_FLAG_ON},   {FF_TEXT("True"), FF_FLAG_ON},   {FF_TEXT("TRUE"), FF_FLAG_ON},
        {FF_TEXT("false"), FF_FLAG_OFF}, {FF_TEXT("False"), FF_FLAG_OFF}, {FF_TEXT("FALSE"), FF_FLAG_OFF},
    };
    const ff_yaml_node *node = ff_yaml_get(map, key);
    if (line)
        *line = node ? node->line : 0;
    if (!node)
        return otherwise;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (node->type == FF_YAML_SCALAR && !node->quoted && ff_slice_eq(node->text, values[i].text))
            return values[i].flag;
    return FF_FLAG_DEPENDS;
}

/* Only a plain whole number is certain: of `"10"`, `1e1` and `010` readers differ, `2.5` and `0` are no limit that
 * GitHub describes. */
ff_minutes ff_workflow_minutes_of(const ff_yaml_node *map)
{
    const ff_yaml_node *node = ff_yaml_get(map, "timeout-minutes");
    uint64_t minutes = 0;
    if (!node)
        return (ff_minutes){.known = true};
    if (node->type != FF_YAML_SCALAR || node->quoted || ff_slice_starts(node->text, FF_LIT("0")) ||
        !ff_slice_to_uint(node->text, &minutes) || minutes > MINUTES_MAX)
        return (ff_minutes){.known = false};
    return (ff_minutes){.known = true, .minutes = (uint32_t)minutes};
}
