#include "fetch/facts.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/limits.h"
#include "fetch/form.h"

static const ff_form_member node_members[] = {
    {"path", offsetof(ff_api_node, path), FF_FORM_URL},  {"mode", offsetof(ff_api_node, mode), FF_FORM_NAME},
    {"type", offsetof(ff_api_node, type), FF_FORM_NAME}, {"sha", offsetof(ff_api_node, sha), FF_FORM_NAME},
    {"size", offsetof(ff_api_node, size), FF_FORM_ID},
};

static const ff_form_member nodes_members[] = {
    {"truncated", offsetof(ff_api_nodes, truncated), FF_FORM_FLAG},
};

static const ff_form_member change_members[] = {
    {"filename", offsetof(ff_api_change, path), FF_FORM_URL},
    {"previous_filename", offsetof(ff_api_change, before), FF_FORM_URL},
};

static const ff_form_member comparison_members[] = {
    {"status", offsetof(ff_api_comparison, status), FF_FORM_NAME},
};

static const ff_form node_form = FF_FORM(node_members), nodes_form = FF_FORM(nodes_members),
                     change_form = FF_FORM(change_members), comparison_form = FF_FORM(comparison_members);

static bool add_node(void *list, const ff_value *item, ff_arena *arena)
{
    ff_api_nodes *nodes = list;
    ff_api_node *node = FF_ARRAY_PUSH(arena, nodes);
    if (node)
        *node = (ff_api_node){0};
    return node && ff_form_read(node, &node_form, item, arena);
}

static bool add_change(void *list, const ff_value *item, ff_arena *arena)
{
    ff_api_comparison *comparison = list;
    ff_api_change *change = FF_ARRAY_PUSH(arena, comparison);
    if (change)
        *change = (ff_api_change){0};
    return change && ff_form_read(change, &change_form, item, arena);
}

static bool finish_nodes(void *list, const ff_value *root, ff_arena *arena)
{
    return ff_form_read(list, &nodes_form, root, arena);
}

static bool finish_comparison(void *list, const ff_value *root, ff_arena *arena)
{
    return ff_form_read(list, &comparison_form, root, arena);
}

static const ff_form_list nodes_list = {
    .member = "tree",
    .absent = "holds no list of files",
    .size = sizeof(ff_api_nodes),
    .count_at = offsetof(ff_api_nodes, count),
    .values = FF_LIMIT_NODES_VALUES,
    .add = add_node,
    .finish = finish_nodes,
};

static const ff_form_list comparison_list = {
    .member = "files",
    .absent = "holds no list of files",
    .size = sizeof(ff_api_comparison),
    .count_at = offsetof(ff_api_comparison, count),
    .add = add_change,
    .finish = finish_comparison,
};

ff_status ff_api_nodes_parse(ff_api_nodes *nodes, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_list(nodes, &nodes_list, json, arena, error);
}

ff_status ff_api_comparison_parse(ff_api_comparison *comparison, ff_slice json, ff_arena *arena, ff_error *error)
{
    return ff_form_parse_list(comparison, &comparison_list, json, arena, error);
}

/* The bytes that a member in Base64 stands for. */
static ff_status read_content(ff_slice *bytes, ff_slice base64, ff_arena *arena, ff_error *error)
{
    ff_buf whole;
    ff_buf_init(&whole, FF_LIMIT_YAML_BYTES);
    ff_status status = ff_base64_add(&whole, base64);
    if (status == FF_INVALID)
        (void)ff_error_set(error, status, "is not the Base64 that it says it is");
    else if (status == FF_LIMIT)
        (void)ff_error_set(error, status, "holds a file larger than the %zu bytes allowed", FF_LIMIT_YAML_BYTES);
    else if (status == FF_OK)
        *bytes = ff_arena_dup(arena, ff_buf_slice(&whole));
    if (status == FF_NOMEM || (status == FF_OK && !bytes->ptr))
        status = ff_error_set(error, FF_NOMEM, "cannot be read: out of memory");
    ff_buf_release(&whole);
    return status;
}

ff_status ff_api_content_parse(ff_slice *bytes, ff_slice json, ff_arena *arena, ff_error *error)
{
    ff_value *root;
    *bytes = (ff_slice){0};
    ff_status status = ff_value_open(&root, json, FF_LIMIT_JSON_VALUES, error);
    if (status != FF_OK)
        return status;
    const ff_value *type = ff_value_member(root, "type"), *content = ff_value_member(root, "content");
    if (ff_value_is_list(root)) /* the files of a folder */
        status = ff_error_set(error, FF_UNSUPPORTED, "lists a folder");
    else if (type && !ff_slice_eq(ff_value_slice(type), FF_LIT("file")))
        status = ff_error_set(error, FF_UNSUPPORTED, "is about no file");
    else if (!ff_value_is_text(content))
        status = ff_error_set(error, FF_INVALID, "holds no file");
    else if (!ff_slice_eq(ff_value_slice(ff_value_member(root, "encoding")), FF_LIT("base64")))
        status = ff_error_set(error, FF_UNSUPPORTED, "holds a file in an encoding that is not read");
    else
        status = read_content(bytes, ff_value_slice(content), arena, error);
    ff_value_close(root);
    return status;
}
