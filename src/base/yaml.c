#include "base/yaml.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <yaml.h>

typedef struct reader {
    yaml_parser_t parser;
    ff_arena *arena;
    const char *file;
    ff_slice bytes;
    ff_error *error;
    uint32_t nodes;
} reader;

/* What an event says about the node that it starts; scalars, lists and maps keep it in three different places. */
typedef struct node_facts {
    ff_yaml_type type;
    bool tagged, anchored;
} node_facts;

static ff_status refuse_at(reader *r, ff_status status, yaml_mark_t mark, const char *what)
{
    return ff_error_at(r->error, status, r->file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1, "%s", what);
}

static ff_status refuse_bound(reader *r, yaml_mark_t mark, const char *what, uint32_t bound)
{
    return ff_error_at(r->error, FF_LIMIT, r->file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1,
                       "more %s than the %u allowed in one file", what, bound);
}

static ff_status no_memory(reader *r)
{
    return ff_error_set(r->error, FF_NOMEM, "%s: out of memory", r->file);
}

/* An error that is known by its byte offset only. */
static ff_status refuse_offset(reader *r, size_t offset, const char *what)
{
    yaml_mark_t mark = {.index = offset};
    for (size_t i = 0; i < offset && i < r->bytes.len; i++) {
        unsigned char byte = (unsigned char)r->bytes.ptr[i];
        mark.line += byte == '\n';
        mark.column = byte == '\n' ? 0 : mark.column + ((byte & 0xC0) != 0x80);
    }
    return refuse_at(r, FF_INVALID, mark, what);
}

static ff_status check_utf8(reader *r)
{
    uint32_t code;
    size_t used;
    for (ff_slice rest = r->bytes; rest.len; rest = ff_slice_from(rest, used))
        if ((used = ff_utf8_next(rest, &code)) == 0)
            return refuse_offset(r, r->bytes.len - rest.len, "not valid UTF-8");
    return FF_OK;
}

/* The length of a line break at the start of `text`, or 0. YAML 1.1 knows more of them than LF. */
static size_t break_length(ff_slice text)
{
    static const ff_slice breaks[] = {FF_TEXT("\n"), FF_TEXT("\r"), FF_TEXT("\xC2\x85"), FF_TEXT("\xE2\x80\xA8"),
                                      FF_TEXT("\xE2\x80\xA9")};
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (ff_slice_starts(text, breaks[i]))
            return breaks[i].len;
    return 0;
}

/* libyaml compares each %TAG directive with all before it, so a file of them takes hours; nothing here needs one. */
static ff_status check_directives(reader *r)
{
    bool starts_line = true;
    for (size_t at = 0; at < r->bytes.len;) {
        ff_slice rest = ff_slice_from(r->bytes, at);
        if (starts_line && rest.ptr[0] == '%')
            return refuse_offset(r, at, "a line must not start with '%': directives are not allowed");
        size_t length = break_length(rest);
        starts_line = length > 0;
        at += length ? length : 1;
    }
    return FF_OK;
}

static ff_status parser_error(reader *r)
{
    const yaml_parser_t *parser = &r->parser;
    const char *problem = parser->problem ? parser->problem : "not YAML";
    if (parser->error == YAML_MEMORY_ERROR)
        return no_memory(r);
    if (parser->error == YAML_READER_ERROR)
        return refuse_offset(r, parser->problem_offset, problem);
    const yaml_mark_t at = parser->problem_mark;
    return ff_error_at(r->error, FF_INVALID, r->file, (uint32_t)at.line + 1, (uint32_t)at.column + 1, "%s%s%s", problem,
                       parser->context ? " " : "", parser->context ? parser->context : "");
}

/* On success the caller deletes the event. */
static ff_status next_event(reader *r, yaml_event_t *event)
{
    return yaml_parser_parse(&r->parser, event) ? FF_OK : parser_error(r);
}

static ff_status expect_event(reader *r, yaml_event_type_t type, const char *otherwise)
{
    yaml_event_t event;
    ff_status status = next_event(r, &event);
    if (status != FF_OK)
        return status;
    if (event.type != type)
        status = refuse_at(r, FF_INVALID, event.start_mark, otherwise);
    yaml_event_delete(&event);
    return status;
}

static node_facts facts_of(const yaml_event_t *event)
{
    if (event->type == YAML_SEQUENCE_START_EVENT)
        return (node_facts){FF_YAML_LIST, event->data.sequence_start.tag, event->data.sequence_start.anchor};
    if (event->type == YAML_MAPPING_START_EVENT)
        return (node_facts){FF_YAML_MAP, event->data.mapping_start.tag, event->data.mapping_start.anchor};
    return (node_facts){FF_YAML_SCALAR, event->data.scalar.tag, event->data.scalar.anchor};
}

static ff_status check_node(reader *r, const yaml_event_t *event, uint32_t depth)
{
    if (event->type == YAML_ALIAS_EVENT)
        return refuse_at(r, FF_INVALID, event->start_mark, "aliases are not allowed");
    node_facts facts = facts_of(event);
    if (facts.anchored)
        return refuse_at(r, FF_INVALID, event->start_mark, "anchors are not allowed");
    if (facts.tagged)
        return refuse_at(r, FF_INVALID, event->start_mark, "tags are not allowed");
    if (depth > FF_LIMIT_YAML_DEPTH)
        return refuse_bound(r, event->start_mark, "levels of nesting", FF_LIMIT_YAML_DEPTH);
    if (++r->nodes > FF_LIMIT_YAML_NODES)
        return refuse_bound(r, event->start_mark, "values", FF_LIMIT_YAML_NODES);
    return FF_OK;
}

static ff_yaml_node *add_node(reader *r, const yaml_event_t *event)
{
    ff_yaml_node *node = ff_arena_alloc(r->arena, sizeof *node);
    if (!node)
        return NULL;
    node->type = facts_of(event).type;
    node->line = (uint32_t)event->start_mark.line + 1;
    node->column = (uint32_t)event->start_mark.column + 1;
    if (node->type == FF_YAML_SCALAR) {
        ff_slice value = {(const char *)event->data.scalar.value, event->data.scalar.length};
        node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
        node->text = ff_arena_dup(r->arena, value);
        if (!node->text.ptr)
            return NULL;
    }
    return node;
}

static int compare_members(const void *a, const void *b)
{
    const ff_yaml_node *left = (*(ff_yaml_node *const *)a)->key, *right = (*(ff_yaml_node *const *)b)->key;
    int order = ff_slice_cmp(left->text, right->text);
    if (order == 0)
        order = (left->line > right->line) - (left->line < right->line);
    return order ? order : (left->column > right->column) - (left->column < right->column);
}

/* Sorted, because a hostile map has 100,000 keys. */
static ff_status check_duplicates(reader *r, const ff_yaml_node *map, size_t count)
{
    ff_arena_mark mark = ff_arena_here(r->arena);
    const ff_yaml_node **members = ff_arena_array(r->arena, count, sizeof *members);
    if (!members)
        return no_memory(r);
    size_t used = 0;
    for (const ff_yaml_node *member = map->child; member; member = member->next)
        members[used++] = member;
    if (count)
        qsort(members, count, sizeof *members, compare_members);
    const ff_yaml_node *again = NULL, *first = NULL;
    for (size_t i = 1; i < count && !again; i++)
        if (ff_slice_eq(members[i - 1]->key->text, members[i]->key->text))
            first = members[i - 1]->key, again = members[i]->key;
    ff_arena_rewind(r->arena, mark);
    if (!again)
        return FF_OK;
    ff_slice name = ff_utf8_keep(r->arena, again->text, 60);
    return ff_error_at(r->error, FF_INVALID, r->file, again->line, again->column,
                       "duplicate key '%.*s', first given in line %u", FF_ARG(name), first->line);
}

static ff_status read_node(reader *r, yaml_event_t *event, uint32_t depth, ff_yaml_node **node);

/* Reads one item, or one member of a map whose key `event` is. Takes the event. */
static ff_status read_child(reader *r, const ff_yaml_node *parent, yaml_event_t *event, uint32_t depth,
                            ff_yaml_node **child)
{
    ff_yaml_node *key = NULL;
    ff_status status = FF_OK;
    if (parent->type == FF_YAML_MAP) {
        status = read_node(r, event, depth, &key);
        if (status == FF_OK && key->type != FF_YAML_SCALAR)
            status = ff_error_at(r->error, FF_INVALID, r->file, key->line, key->column, "a key must be a scalar");
        if (status == FF_OK)
            status = next_event(r, event);
    }
    if (status == FF_OK)
        status = read_node(r, event, depth, child);
    if (status == FF_OK)
        (*child)->key = key;
    return status;
}

static ff_status read_children(reader *r, ff_yaml_node *parent, uint32_t depth)
{
    const yaml_event_type_t end = parent->type == FF_YAML_MAP ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    ff_yaml_node **tail = &parent->child;
    for (size_t count = 0;; count++) {
        yaml_event_t event;
        ff_status status = next_event(r, &event);
        if (status == FF_OK && event.type == end) {
            yaml_event_delete(&event);
            return parent->type == FF_YAML_MAP ? check_duplicates(r, parent, count) : FF_OK;
        }
        if (status == FF_OK)
            status = read_child(r, parent, &event, depth, tail);
        if (status != FF_OK)
            return status;
        tail = &(*tail)->next;
    }
}

/* Takes the event. Recursion ends at FF_LIMIT_YAML_DEPTH. */
static ff_status read_node(reader *r, yaml_event_t *event, uint32_t depth, ff_yaml_node **node)
{
    ff_status status = check_node(r, event, depth);
    if (status == FF_OK) {
        *node = add_node(r, event);
        if (!*node)
            status = no_memory(r);
    }
    yaml_event_delete(event);
    if (status == FF_OK && (*node)->type != FF_YAML_SCALAR)
        status = read_children(r, *node, depth + 1);
    return status;
}

static ff_status read_document(reader *r, ff_yaml_node **root)
{
    ff_status status = expect_event(r, YAML_STREAM_START_EVENT, "not YAML");
    if (status == FF_OK)
        status = expect_event(r, YAML_DOCUMENT_START_EVENT, "the file is empty");
    yaml_event_t event;
    if (status == FF_OK)
        status = next_event(r, &event);
    if (status == FF_OK)
        status = read_node(r, &event, 1, root);
    if (status == FF_OK)
        status = expect_event(r, YAML_DOCUMENT_END_EVENT, "one document a file");
    if (status == FF_OK)
        status = expect_event(r, YAML_STREAM_END_EVENT, "a second document starts here; one document a file");
    return status;
}

ff_status ff_yaml_parse(ff_arena *arena, const char *file, ff_slice bytes, const ff_yaml_node **root, ff_error *error)
{
    *root = NULL;
    reader r = {.arena = arena, .file = file, .bytes = bytes, .error = error};
    if (bytes.len > FF_LIMIT_YAML_BYTES)
        return ff_error_at(error, FF_LIMIT, file, 1, 1, "larger than the %zu bytes allowed for one file",
                           FF_LIMIT_YAML_BYTES);
    ff_status status = check_utf8(&r);
    if (status == FF_OK)
        status = check_directives(&r);
    if (status != FF_OK)
        return status;
    if (!yaml_parser_initialize(&r.parser))
        return no_memory(&r);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(bytes.ptr ? bytes.ptr : ""), bytes.len);
    ff_yaml_node *node = NULL;
    status = read_document(&r, &node);
    yaml_parser_delete(&r.parser);
    if (status == FF_OK)
        *root = node;
    return status;
}

const ff_yaml_node *ff_yaml_get(const ff_yaml_node *map, const char *key)
{
    const ff_yaml_node *member = map && map->type == FF_YAML_MAP ? map->child : NULL;
    while (member && !ff_slice_eq(member->key->text, ff_slice_of(key)))
        member = member->next;
    return member;
}

void ff_yaml_add_quoted(ff_buf *out, ff_slice text)
{
    ff_buf_add_byte(out, '\'');
    for (size_t i = 0; i < text.len; i++)
        ff_buf_add(out, text.ptr[i] == '\'' ? FF_LIT("''") : (ff_slice){text.ptr + i, 1});
    ff_buf_add_byte(out, '\'');
}
