#include "base/yaml.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <yaml.h>

/* A node that aliases may stand for. Its weight and depth are those of its whole tree: what a chain of aliases amounts
 * to is known before anybody walks through it. */
typedef struct anchor {
    ff_slice name;
    const ff_yaml_node *node;
    uint32_t weight, depth;
    bool open; /* its children are being read */
} anchor;

typedef struct reader {
    yaml_parser_t parser;
    ff_yaml_reading how;
    ff_slice bytes;
    ff_error *error;
    ff_status later; /* of an error that did not end the reading */
    uint32_t nodes;
    uint32_t deepest; /* level reached since the innermost anchor */
    uint32_t last;    /* line of the file where the node just read ends */
    struct {
        size_t at;
        size_t line; /* from 0, starts at `at` */
    } seen;
    struct {
        anchor *items;
        size_t count, cap;
    } anchors;
} reader;

/* What an event says about the node that it starts; scalars, lists and maps keep it in three different places. */
typedef struct node_facts {
    ff_yaml_type type;
    const unsigned char *tag, *anchor;
    bool flow; /* `[…]` or `{…}` */
} node_facts;

static ff_status refuse_at(reader *r, ff_status status, yaml_mark_t mark, const char *what)
{
    return ff_error_at(r->error, status, r->how.file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1, "%s", what);
}

static ff_status refuse_bound(reader *r, yaml_mark_t mark, const char *what, uint32_t bound)
{
    return ff_error_at(r->error, FF_LIMIT, r->how.file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1,
                       "more %s than the %u allowed in one file", what, bound);
}

static ff_status no_memory(reader *r)
{
    return ff_error_set(r->error, FF_NOMEM, "%s: out of memory", r->how.file);
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

/* What must not stand at this offset: the end of a file that is read as far as it goes. */
static ff_status end_at(reader *r, size_t offset, const char *what)
{
    if (!r->how.lenient)
        return refuse_offset(r, offset, what);
    if (r->error && r->later != FF_OK) /* found behind what this is in front of */
        *r->error = (ff_error){0};
    r->later = refuse_offset(r, offset, what);
    r->bytes = ff_slice_cut(r->bytes, offset);
    return FF_OK;
}

static bool is_readable(uint32_t code)
{
    return code == '\t' || code == '\n' || code == '\r' || (code >= ' ' && code <= '~') || code == 0x85 ||
           (code >= 0xA0 && code < 0xFFFE) || code >= 0x10000;
}

/* libyaml refuses control characters too, but before the events of what stands in front of them. */
static ff_status check_utf8(reader *r)
{
    uint32_t code = 0;
    size_t used;
    for (ff_slice rest = r->bytes; rest.len; rest = ff_slice_from(rest, used)) {
        size_t at = r->bytes.len - rest.len;
        if ((used = ff_utf8_next(rest, &code)) == 0)
            return end_at(r, at, "not valid UTF-8");
        if (r->how.lenient && !is_readable(code))
            return end_at(r, at, "control characters are not allowed");
    }
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
            return end_at(r, at, "a line must not start with '%': directives are not allowed");
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
    return ff_error_at(r->error, FF_INVALID, r->how.file, (uint32_t)at.line + 1, (uint32_t)at.column + 1, "%s%s%s",
                       problem, parser->context ? " " : "", parser->context ? parser->context : "");
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
        return (node_facts){FF_YAML_LIST, event->data.sequence_start.tag, event->data.sequence_start.anchor,
                            event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE};
    if (event->type == YAML_MAPPING_START_EVENT)
        return (node_facts){FF_YAML_MAP, event->data.mapping_start.tag, event->data.mapping_start.anchor,
                            event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE};
    return (node_facts){FF_YAML_SCALAR, event->data.scalar.tag, event->data.scalar.anchor, false};
}

/* Counts a node, or the tree that an alias stands for. */
static ff_status count_nodes(reader *r, const yaml_event_t *event, uint32_t level, uint32_t nodes)
{
    if (level > FF_LIMIT_YAML_DEPTH)
        return refuse_bound(r, event->start_mark, "levels of nesting", FF_LIMIT_YAML_DEPTH);
    r->nodes += nodes;
    if (r->nodes > FF_LIMIT_YAML_NODES)
        return refuse_bound(r, event->start_mark, "values", FF_LIMIT_YAML_NODES);
    if (level > r->deepest)
        r->deepest = level;
    return FF_OK;
}

static ff_status check_node(reader *r, const yaml_event_t *event, uint32_t depth)
{
    if (event->type == YAML_ALIAS_EVENT)
        return refuse_at(r, FF_INVALID, event->start_mark, "aliases are not allowed");
    node_facts facts = facts_of(event);
    if (facts.anchor && !r->how.lenient)
        return refuse_at(r, FF_INVALID, event->start_mark, "anchors are not allowed");
    if (facts.tag && !r->how.lenient)
        return refuse_at(r, FF_INVALID, event->start_mark, "tags are not allowed");
    return count_nodes(r, event, depth, 1);
}

/* The line, from 1, in which a scalar ends. libyaml ends a block in front of what follows it. */
static uint32_t last_line_of(reader *r, const yaml_event_t *event)
{
    const yaml_mark_t end = event->end_mark;
    const size_t first = event->start_mark.line + 1;
    if (event->type != YAML_SCALAR_EVENT || event->data.scalar.style < YAML_LITERAL_SCALAR_STYLE || end.column > 0)
        return (uint32_t)end.line + 1;
    while (r->seen.line < end.line && r->seen.at < r->bytes.len) {
        size_t length = break_length(ff_slice_from(r->bytes, r->seen.at));
        r->seen.at += length ? length : 1;
        r->seen.line += length > 0 && !(r->bytes.ptr[r->seen.at - 1] == '\r' && r->seen.at < r->bytes.len &&
                                        r->bytes.ptr[r->seen.at] == '\n');
    }
    size_t last = end.line + 1;
    for (size_t at = r->seen.at; at > 0 && strchr(" \t\r\n", r->bytes.ptr[at - 1]); at--)
        last -= r->bytes.ptr[at - 1] == '\n';
    return (uint32_t)(last > first && last <= end.line ? last : first);
}

static ff_status add_node(reader *r, const yaml_event_t *event, ff_yaml_node **added)
{
    static const ff_yaml_style styles[] = {
        [YAML_SINGLE_QUOTED_SCALAR_STYLE] = FF_YAML_SINGLE,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = FF_YAML_DOUBLE,
        [YAML_LITERAL_SCALAR_STYLE] = FF_YAML_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = FF_YAML_FOLDED,
    };
    ff_yaml_node *node = ff_arena_alloc(r->how.nodes, sizeof *node);
    if (!node)
        return no_memory(r);
    node->type = facts_of(event).type;
    node->line = (uint32_t)event->start_mark.line + 1;
    node->column = (uint32_t)event->start_mark.column + 1;
    node->last_line = node->type == FF_YAML_SCALAR ? last_line_of(r, event) : node->line;
    if (node->type == FF_YAML_SCALAR) {
        ff_slice value = {(const char *)event->data.scalar.value, event->data.scalar.length};
        node->style = styles[event->data.scalar.style];
        node->quoted = node->style != FF_YAML_PLAIN;
        node->text = ff_arena_dup(r->how.texts, value);
        if (!node->text.ptr)
            return no_memory(r);
    }
    r->last = node->last_line;
    *added = node;
    return FF_OK;
}

/* ---- anchors ---- */

/* Later anchors of a name replace earlier ones. */
static anchor *find_anchor(reader *r, ff_slice name)
{
    for (size_t i = r->anchors.count; i > 0; i--)
        if (ff_slice_eq(r->anchors.items[i - 1].name, name))
            return &r->anchors.items[i - 1];
    return NULL;
}

static ff_status add_anchor(reader *r, const yaml_event_t *event, const ff_yaml_node *node)
{
    ff_slice name = ff_slice_of((const char *)facts_of(event).anchor);
    if (r->anchors.count == FF_LIMIT_YAML_ANCHORS)
        return refuse_bound(r, event->start_mark, "anchors", FF_LIMIT_YAML_ANCHORS);
    anchor *added = FF_ARRAY_PUSH(r->how.nodes, &r->anchors);
    if (!added)
        return no_memory(r);
    *added = (anchor){.name = ff_arena_dup(r->how.nodes, name), .node = node, .open = true};
    return added->name.ptr ? FF_OK : no_memory(r);
}

static ff_status copy_anchor(reader *r, const yaml_event_t *event, uint32_t depth, ff_yaml_node **node)
{
    const anchor *of = find_anchor(r, ff_slice_of((const char *)event->data.alias.anchor));
    if (!of)
        return refuse_at(r, FF_INVALID, event->start_mark, "an alias of an anchor that does not stand before it");
    if (of->open)
        return refuse_at(r, FF_INVALID, event->start_mark, "an alias inside its own anchor");
    ff_status status = count_nodes(r, event, depth + of->depth, of->weight);
    if (status != FF_OK)
        return status;
    ff_yaml_node *copy = ff_arena_alloc(r->how.nodes, sizeof *copy);
    if (!copy)
        return no_memory(r);
    *copy = *of->node;
    copy->key = copy->next = NULL;
    r->last = (uint32_t)event->end_mark.line + 1;
    *node = copy;
    return FF_OK;
}

/* ---- trees ---- */

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
    ff_arena_mark mark = ff_arena_here(r->how.nodes);
    const ff_yaml_node **members = ff_arena_array(r->how.nodes, count, sizeof *members);
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
    ff_arena_rewind(r->how.nodes, mark);
    if (!again)
        return FF_OK;
    ff_slice name = ff_utf8_keep(r->how.nodes, again->text, 60);
    ff_status status = ff_error_at(r->error, FF_INVALID, r->how.file, again->line, again->column,
                                   "duplicate key '%.*s', first given in line %u", FF_ARG(name), first->line);
    if (r->how.lenient)
        r->later = status;
    return r->how.lenient ? FF_OK : status;
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
            status = ff_error_at(r->error, FF_INVALID, r->how.file, key->line, key->column, "a key must be a scalar");
        if (status == FF_OK)
            status = next_event(r, event);
    }
    if (status == FF_OK)
        status = read_node(r, event, depth, child);
    if (*child)
        (*child)->key = key;
    return status;
}

static void reach(ff_yaml_node *node, uint32_t line)
{
    if (line > node->last_line)
        node->last_line = line;
}

/* After an error the parent has the children that were read, the last of them perhaps in part. */
static ff_status read_children(reader *r, ff_yaml_node *parent, bool flow, uint32_t depth)
{
    const yaml_event_type_t end = parent->type == FF_YAML_MAP ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT;
    ff_yaml_node **tail = &parent->child;
    for (size_t count = 0;; count++) {
        yaml_event_t event;
        ff_status status = next_event(r, &event);
        if (status == FF_OK && event.type == end) {
            if (flow)
                reach(parent, (uint32_t)event.end_mark.line + 1);
            r->last = parent->last_line;
            yaml_event_delete(&event);
            return parent->type == FF_YAML_MAP ? check_duplicates(r, parent, count) : FF_OK;
        }
        if (status == FF_OK)
            status = read_child(r, parent, &event, depth, tail);
        reach(parent, r->last);
        if (status != FF_OK)
            return status;
        tail = &(*tail)->next;
    }
}

/* Reads the children of a node that aliases may stand for, and what they amount to. */
static ff_status read_anchored(reader *r, ff_yaml_node *node, bool flow, uint32_t depth)
{
    const size_t index = r->anchors.count - 1; /* the array moves */
    const uint32_t nodes = r->nodes, deepest = r->deepest;
    r->deepest = depth;
    ff_status status = node->type == FF_YAML_SCALAR ? FF_OK : read_children(r, node, flow, depth + 1);
    anchor *of = &r->anchors.items[index];
    of->weight = r->nodes - nodes + 1;
    of->depth = r->deepest - depth;
    of->open = status != FF_OK;
    if (deepest > r->deepest)
        r->deepest = deepest;
    return status;
}

/* Takes the event. Recursion ends at FF_LIMIT_YAML_DEPTH. */
static ff_status read_node(reader *r, yaml_event_t *event, uint32_t depth, ff_yaml_node **node)
{
    if (event->type == YAML_ALIAS_EVENT && r->how.lenient) {
        ff_status status = copy_anchor(r, event, depth, node);
        yaml_event_delete(event);
        return status;
    }
    ff_status status = check_node(r, event, depth);
    const node_facts facts = facts_of(event);
    const bool anchored = facts.anchor != NULL;
    if (status == FF_OK)
        status = add_node(r, event, node);
    if (status == FF_OK && anchored)
        status = add_anchor(r, event, *node);
    yaml_event_delete(event);
    if (status == FF_OK && anchored)
        return read_anchored(r, *node, facts.flow, depth);
    return status == FF_OK && facts.type != FF_YAML_SCALAR ? read_children(r, *node, facts.flow, depth + 1) : status;
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

static ff_status read_bytes(reader *r, ff_yaml_node **root)
{
    if (!yaml_parser_initialize(&r->parser))
        return no_memory(r);
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)(r->bytes.ptr ? r->bytes.ptr : ""), r->bytes.len);
    ff_status status = read_document(r, root);
    yaml_parser_delete(&r->parser);
    return status == FF_OK ? r->later : status;
}

ff_status ff_yaml_read(const ff_yaml_reading *reading, ff_slice bytes, const ff_yaml_node **root, ff_error *error)
{
    *root = NULL;
    reader r = {.how = *reading, .bytes = bytes, .error = error};
    if (bytes.len > FF_LIMIT_YAML_BYTES)
        return ff_error_at(error, FF_LIMIT, reading->file, 1, 1, "larger than the %zu bytes allowed for one file",
                           FF_LIMIT_YAML_BYTES);
    ff_status status = check_utf8(&r);
    if (status == FF_OK)
        status = check_directives(&r);
    if (status != FF_OK)
        return status;
    ff_yaml_node *node = NULL;
    status = read_bytes(&r, &node);
    if (status == FF_OK || (reading->lenient && status != FF_NOMEM))
        *root = node;
    return status;
}

ff_status ff_yaml_parse(ff_arena *arena, const char *file, ff_slice bytes, const ff_yaml_node **root, ff_error *error)
{
    return ff_yaml_read(&(ff_yaml_reading){.file = file, .nodes = arena, .texts = arena}, bytes, root, error);
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
