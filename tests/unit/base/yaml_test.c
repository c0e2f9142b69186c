/* YAML trees: shapes and positions, what is refused and where, hostile files. */
#include "base/yaml.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* The tree in one line: {key:value,…}, […], scalars as they are, quoted ones in quotes. */
static void print_tree(ff_buf *buf, const ff_yaml_node *node)
{
    if (node->type == FF_YAML_SCALAR) {
        ff_buf_printf(buf, node->quoted ? "'%.*s'" : "%.*s", FF_ARG(node->text));
        return;
    }
    ff_buf_add_byte(buf, node->type == FF_YAML_MAP ? '{' : '[');
    for (const ff_yaml_node *child = node->child; child; child = child->next) {
        if (child->key)
            ff_buf_printf(buf, "%.*s:", FF_ARG(child->key->text));
        print_tree(buf, child);
        if (child->next)
            ff_buf_add_byte(buf, ',');
    }
    ff_buf_add_byte(buf, node->type == FF_YAML_MAP ? '}' : ']');
}

static void every_style_gives_the_same_kinds_of_node(void **state)
{
    static const struct {
        const char *yaml, *tree;
    } rows[] = {
        {"a: 1\nb: 'x'\n", "{a:1,b:'x'}"},
        {"{a: [1, \"2\"], b: {}}", "{a:[1,'2'],b:{}}"},
        {"- a\n-\n- - b\n  - c\n", "[a,,[b,c]]"},
        {"rules:\n- id: x\n  match: '\\d+'\n", "{rules:[{id:x,match:'\\d+'}]}"},
        {"a: |\n  one\n  two\nb: >-\n  one\n  two\n", "{a:'one\ntwo\n',b:'one two'}"},
        {"a: \"\\x41\\u00fc\\n\"", "{a:'A\xC3\xBC\n'}"},
        {"a: 'it''s'", "{a:'it's'}"},
        {"scalar", "scalar"},
        {"---\na: b\n...\n", "{a:b}"},
        {"\xEF\xBB\xBF"
         "a: b",
         "{a:b}"},
        {"a: b\r\nc:\r\n  - d\r\n", "{a:b,c:[d]}"},
        {"# only\na: b # comment\n", "{a:b}"},
        {"a: b\tc\n", "{a:b\tc}"},
        {"\"\": x", "{:x}"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_error error = {0};
        const ff_yaml_node *root = NULL;
        ff_buf buf;
        ff_buf_init(&buf, 1000);
        if (ff_yaml_parse(&arena, "x.yaml", ff_slice_of(rows[i].yaml), &root, &error) != FF_OK)
            fail_msg("row %zu: %s", i, error.text);
        print_tree(&buf, root);
        assert_string_equal(buf.ptr, rows[i].tree);
        ff_buf_release(&buf);
        ff_arena_release(&arena);
    }
}

static void nodes_know_where_they_stand(void **state)
{
    ff_arena arena = {0};
    const ff_yaml_node *root = NULL;
    (void)state;
    ff_slice text = FF_LIT("\xEF\xBB\xBF# \xC3\xBC\r\nfamily: x\r\nrules:\n  - id: \"\xC3\xBC\"  # \xE2\x82\xAC\n    "
                           "t: {a: 1, \xC3\xBC: 2}\n    m: |\n      x\n");
    assert_int_equal(ff_yaml_parse(&arena, "x.yaml", text, &root, NULL), FF_OK);
    const ff_yaml_node *rule = ff_yaml_get(root, "rules")->child;
    const struct {
        const ff_yaml_node *node;
        uint32_t line, column;
    } rows[] = {
        {root, 2, 1},
        {ff_yaml_get(root, "family"), 2, 9},
        {ff_yaml_get(root, "family")->key, 2, 1},
        {ff_yaml_get(root, "rules"), 4, 3},
        {rule, 4, 5},
        {ff_yaml_get(rule, "id"), 4, 9},
        {ff_yaml_get(rule, "t"), 5, 8},
        {ff_yaml_get(ff_yaml_get(rule, "t"), "\xC3\xBC"), 5, 18},
        {ff_yaml_get(rule, "m"), 6, 8},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (rows[i].node->line != rows[i].line || rows[i].node->column != rows[i].column)
            fail_msg("row %zu stands at %u:%u", i, rows[i].node->line, rows[i].node->column);
    ff_arena_release(&arena);
}

static void members_are_found_by_key(void **state)
{
    ff_arena arena = {0};
    const ff_yaml_node *root = NULL;
    (void)state;
    assert_int_equal(ff_yaml_parse(&arena, "x.yaml", FF_LIT("a: [1]\nab: 2"), &root, NULL), FF_OK);
    assert_int_equal(ff_yaml_get(root, "a")->type, FF_YAML_LIST);
    assert_true(ff_slice_eq(ff_yaml_get(root, "ab")->text, FF_LIT("2")));
    assert_null(ff_yaml_get(root, "b"));
    assert_null(ff_yaml_get(ff_yaml_get(root, "a"), "1"));
    assert_null(ff_yaml_get(NULL, "a"));
    ff_arena_release(&arena);
}

static void what_is_refused_is_refused_at_its_place(void **state)
{
    const struct {
        ff_slice yaml;
        ff_status status;
        const char *text; /* how the error starts */
    } rows[] = {
        {FF_LIT(""), FF_INVALID, "x.yaml:1:1: the file is empty"},
        {{NULL, 0}, FF_INVALID, "x.yaml:1:1: the file is empty"},
        {FF_LIT("# nothing\n"), FF_INVALID, "x.yaml:2:1: the file is empty"},
        {FF_LIT("a: &x 1\nb: *x\n"), FF_INVALID, "x.yaml:1:4: anchors are not allowed"},
        {FF_LIT("- &x [a]"), FF_INVALID, "x.yaml:1:3: anchors are not allowed"},
        {FF_LIT("- &x {a: b}"), FF_INVALID, "x.yaml:1:3: anchors are not allowed"},
        {FF_LIT("a: *x"), FF_INVALID, "x.yaml:1:4: aliases are not allowed"},
        {FF_LIT("a: 1\n<<: *x"), FF_INVALID, "x.yaml:2:5: aliases are not allowed"},
        {FF_LIT("a: !!str 1"), FF_INVALID, "x.yaml:1:4: tags are not allowed"},
        {FF_LIT("a: !py/object x"), FF_INVALID, "x.yaml:1:4: tags are not allowed"},
        {FF_LIT("a: ! x"), FF_INVALID, "x.yaml:1:4: tags are not allowed"},
        {FF_LIT("!!map {a: 1}"), FF_INVALID, "x.yaml:1:1: tags are not allowed"},
        {FF_LIT("a: 1\nb: 2\na: 3\n"), FF_INVALID, "x.yaml:3:1: duplicate key 'a', first given in line 1"},
        {FF_LIT("a: {x: 1, 'x': 2}"), FF_INVALID, "x.yaml:1:11: duplicate key 'x'"},
        {FF_LIT("a: 1\n---\nb: 2\n"), FF_INVALID, "x.yaml:2:1: a second document"},
        {FF_LIT("a: 1\n...\nb: 2\n"), FF_INVALID, "x.yaml:3:1: did not find expected <document start>"},
        {FF_LIT("? [a]\n: b\n"), FF_INVALID, "x.yaml:1:3: a key must be a scalar"},
        {FF_LIT("%YAML 1.1\n---\na: 1"), FF_INVALID, "x.yaml:1:1: a line must not start with '%'"},
        {FF_LIT("a: 1\n%TAG ! x\n"), FF_INVALID, "x.yaml:2:1: a line must not start with '%'"},
        {FF_LIT("a: 1\r%TAG ! x\n"), FF_INVALID, "x.yaml:1:6: a line must not start with '%'"},
        {FF_LIT("a: 1\xC2\x85%TAG ! x\n"), FF_INVALID, "x.yaml:1:6: a line must not start with '%'"},
        {FF_LIT("a: 1\xE2\x80\xA8%TAG ! x\n"), FF_INVALID, "x.yaml:1:6: a line must not start with '%'"},
        {FF_LIT("a: b\nc: \xC3\xBC\xFF\n"), FF_INVALID, "x.yaml:2:5: not valid UTF-8"},
        {FF_LIT("a: \xED\xA0\x80"), FF_INVALID, "x.yaml:1:4: not valid UTF-8"},
        {FF_LIT("\xFF\xFE"
                "a\0:\0"),
         FF_INVALID, "x.yaml:1:1: not valid UTF-8"},
        {FF_LIT("a: b\0c"), FF_INVALID, "x.yaml:1:5: control characters are not allowed"},
        {FF_LIT("a: \x1b[0m"), FF_INVALID, "x.yaml:1:4: control characters are not allowed"},
        {FF_LIT("a:\n\tb: c\n"), FF_INVALID, "x.yaml:2:1: found character that cannot start any token"},
        {FF_LIT("a: [1, 2\n"), FF_INVALID, "x.yaml:2:1: did not find expected ',' or ']'"},
        {FF_LIT("a: 'x\n"), FF_INVALID, "x.yaml:2:1: found unexpected end of stream"},
        {FF_LIT("a: b: c"), FF_INVALID, "x.yaml:1:5: mapping values are not allowed"},
        {FF_LIT("a: b\n c: d"), FF_INVALID, "x.yaml:2:3: mapping values are not allowed"},
        {FF_LIT("a: \"\\q\""), FF_INVALID, "x.yaml:1:5: found unknown escape character"},
        {FF_LIT("a: %x"), FF_INVALID, "x.yaml:1:4: found character that cannot start any token"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_error error = {0};
        const ff_yaml_node *root = (const ff_yaml_node *)"";
        assert_int_equal(ff_yaml_parse(&arena, "x.yaml", rows[i].yaml, &root, &error), rows[i].status);
        if (!ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].text)))
            fail_msg("row %zu: '%s' instead of '%s'", i, error.text, rows[i].text);
        assert_null(root);
        assert_int_equal(error.status, rows[i].status);
        ff_arena_release(&arena);
    }
}

/* `count` times `piece`, then `end`. */
static ff_status parse_repeated(const char *start, const char *piece, size_t count, const char *end, ff_error *error)
{
    ff_buf buf;
    ff_buf_init(&buf, 64 << 20);
    ff_buf_add(&buf, ff_slice_of(start));
    for (size_t i = 0; i < count; i++)
        ff_buf_add(&buf, ff_slice_of(piece));
    ff_buf_add(&buf, ff_slice_of(end));
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    ff_arena arena = {0};
    const ff_yaml_node *root = NULL;
    ff_status status = ff_yaml_parse(&arena, "x.yaml", ff_buf_slice(&buf), &root, error);
    ff_arena_release(&arena);
    ff_buf_release(&buf);
    return status;
}

static void hostile_files_end_quickly_at_a_bound(void **state)
{
    static const struct {
        const char *start, *piece;
        size_t count;
        const char *end;
        ff_status status;
        const char *text;
    } rows[] = {
        {"", "[", 10000, "", FF_LIMIT, "x.yaml:1:65: more levels of nesting than the 64"},
        {"", "{a: ", 10000, "", FF_LIMIT, "x.yaml:1:254: more levels of nesting"},
        {"", "- ", 10000, "", FF_LIMIT, "x.yaml:1:129: more levels of nesting"},
        {"", "? ", 10000, "", FF_LIMIT, "x.yaml:1:129: more levels of nesting"},
        {"", "[", 64, "x", FF_LIMIT, "x.yaml:1:65: more levels"},
        {"", "[", 64, "", FF_INVALID, "x.yaml:2:1: did not find"},
        {"", "- a\n", 200000, "", FF_LIMIT, "x.yaml:200000:3: more values than the 200000"},
        {"a: \"", "x", 5000000, "\"", FF_LIMIT, "x.yaml:1:1: larger than the 4194304 bytes"},
        {"a: 1 #", "\n", 4000000, "b: 2\nb: 3", FF_INVALID, "x.yaml:4000002:1: duplicate key 'b'"},
        {"a: &a [lol]\n", "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", 10, "", FF_INVALID, "x.yaml:1:4: anchors"},
        {"", "%TAG !a! x\n", 300000, "--- a", FF_INVALID, "x.yaml:1:1: a line must not start with '%'"},
        {"", "--- \n", 800000, "", FF_INVALID, "x.yaml:2:1: a second document"},
        {"a: !<", "%41", 1300000, "> x", FF_INVALID, "x.yaml:1:4: tags"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_error error = {0};
        ff_status status = parse_repeated(rows[i].start, rows[i].piece, rows[i].count, rows[i].end, &error);
        if (status != rows[i].status || !ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].text)))
            fail_msg("row %zu: status %d, '%s'", i, status, error.text);
    }
}

static void files_at_the_bounds_are_read(void **state)
{
    ff_error error = {0};
    (void)state;
    assert_int_equal(parse_repeated("", "- a\n", FF_LIMIT_YAML_NODES - 1, "", &error), FF_OK);
    assert_int_equal(
        parse_repeated("", "[", 63, "x]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", &error), FF_OK);
    assert_int_equal(parse_repeated("a: \"", "x", FF_LIMIT_YAML_BYTES - 5, "\"", &error), FF_OK);
}

static void a_map_of_very_many_keys_is_checked_for_duplicates(void **state)
{
    ff_buf buf;
    ff_arena arena = {0};
    const ff_yaml_node *root = NULL;
    ff_error error = {0};
    (void)state;
    ff_buf_init(&buf, 4 << 20);
    for (uint32_t i = 0; i < 90000; i++)
        ff_buf_printf(&buf, "key%u: x\n", i);
    ff_buf_printf(&buf, "key4711: again\n");
    assert_int_equal(ff_yaml_parse(&arena, "x.yaml", ff_buf_slice(&buf), &root, &error), FF_INVALID);
    assert_string_equal(error.text, "x.yaml:90001:1: duplicate key 'key4711', first given in line 4712");
    ff_arena_release(&arena);
    ff_buf_release(&buf);
}

static void every_smaller_memory_is_reported_as_such(void **state)
{
    ff_slice text = FF_LIT("family: x\nrules:\n  - {id: a, match: ['b', 'c'], a: {b: {c: d}}}\n  - [1, 2, 3]\n");
    size_t needed = 0;
    (void)state;
    for (size_t limit = 1; !needed; limit += 8) {
        ff_arena arena;
        ff_error error = {0};
        const ff_yaml_node *root = NULL;
        ff_arena_init(&arena, limit);
        ff_status status = ff_yaml_parse(&arena, "x.yaml", text, &root, &error);
        if (status == FF_OK)
            needed = limit;
        else
            assert_int_equal(status, FF_NOMEM);
        assert_int_equal(root != NULL, status == FF_OK);
        assert_int_equal(error.text[0] != '\0', status != FF_OK);
        ff_arena_release(&arena);
    }
    assert_true(needed > 1000);
}

/* Every prefix, and every prefix with a byte that is no text behind it: no crash, no leak, an error has a place. */
static void broken_off_files_never_confuse_the_reader(void **state)
{
    ff_slice text =
        FF_LIT("family: x\nabout: >\n  a\n\n  b\nrules:\n- id: \"a\\n\"\n  m: ['x', {a: b, ? c : d}]\n  # end\n...\n");
    (void)state;
    for (size_t length = 0; length <= text.len; length++) {
        for (int spoilt = 0; spoilt < 2; spoilt++) {
            char bytes[200];
            memcpy(bytes, text.ptr, length);
            bytes[length] = '\xFE';
            ff_arena arena = {0};
            ff_error error = {0};
            const ff_yaml_node *root = NULL;
            ff_status status =
                ff_yaml_parse(&arena, "x.yaml", (ff_slice){bytes, length + (size_t)spoilt}, &root, &error);
            assert_true(status == FF_OK || (status == FF_INVALID && error.line > 0 && error.column > 0));
            assert_true(!spoilt || status == FF_INVALID);
            ff_arena_release(&arena);
        }
    }
}

static void every_node_knows_its_style_and_last_line(void **state)
{
    static const char text[] = "plain: a\n"                               /* 1 */
                               "long: a\n  b\n"                           /* 2, 3 */
                               "single: 'a\n\n  b'\n"                     /* 4 to 6 */
                               "double: \"a\\\n  b\"\n"                   /* 7, 8 */
                               "literal: |-  # why\n\n  a\n    b\n  \n\n" /* 9 to 12; 13 and 14 are empty */
                               "folded: >2\n    a\n\n\n"                  /* 15, 16; 17 and 18 are empty */
                               "# comment\n"                              /* 19 */
                               "flow: [a,\n  b,\n]\n"                     /* 20 to 22 */
                               "block:\n- a: 1\n  b:\n- c\n\n"            /* 23 to 26 */
                               "empty:\n"                                 /* 28 */
                               "none: |\n"                                /* 29 */
                               "last: |+\n  x\n\n";                       /* 30, 31 */
    static const struct {
        const char *key;
        ff_yaml_style style;
        uint32_t first, last;
    } rows[] = {
        {"plain", FF_YAML_PLAIN, 1, 1},    {"long", FF_YAML_PLAIN, 2, 3},       {"single", FF_YAML_SINGLE, 4, 6},
        {"double", FF_YAML_DOUBLE, 7, 8},  {"literal", FF_YAML_LITERAL, 9, 12}, {"folded", FF_YAML_FOLDED, 15, 16},
        {"flow", FF_YAML_PLAIN, 20, 22},   {"block", FF_YAML_PLAIN, 24, 26},    {"empty", FF_YAML_PLAIN, 28, 28},
        {"none", FF_YAML_LITERAL, 29, 29}, {"last", FF_YAML_LITERAL, 30, 31},
    };
    (void)state;
    for (int crlf = 0; crlf < 2; crlf++) {
        ff_arena arena = {0};
        ff_buf buf;
        const ff_yaml_node *root = NULL;
        ff_buf_init(&buf, 4096);
        for (const char *c = text; *c; c++)
            ff_buf_add(&buf, *c == '\n' && crlf ? FF_LIT("\r\n") : (ff_slice){c, 1});
        assert_int_equal(ff_yaml_parse(&arena, "x.yaml", ff_buf_slice(&buf), &root, NULL), FF_OK);
        for (size_t i = 0; i < COUNT(rows); i++) {
            const ff_yaml_node *node = ff_yaml_get(root, rows[i].key);
            if (node->style != rows[i].style || node->line != rows[i].first || node->last_line != rows[i].last)
                fail_msg("%s: style %d, lines %u to %u", rows[i].key, (int)node->style, node->line, node->last_line);
            assert_int_equal(node->quoted, node->style != FF_YAML_PLAIN);
        }
        assert_int_equal(root->last_line, 31);
        ff_buf_release(&buf);
        ff_arena_release(&arena);
    }
}

/* Reads with nodes and texts in memory of their own. */
static ff_status read_lenient(ff_slice bytes, ff_arena *nodes, ff_arena *texts, const ff_yaml_node **root,
                              ff_error *error)
{
    ff_yaml_reading reading = {.file = "x.yaml", .nodes = nodes, .texts = texts, .lenient = true};
    return ff_yaml_read(&reading, bytes, root, error);
}

static void a_lenient_reader_takes_what_it_can(void **state)
{
    const struct {
        ff_slice yaml;
        const char *tree;  /* "": none */
        const char *error; /* how it starts; NULL: there is none */
    } rows[] = {
        {FF_LIT("a: &x 1\nb: *x\n"), "{a:1,b:1}", NULL},
        {FF_LIT("a: &x {k: [1, &y 2]}\nb: *x\nc: [*y, *x]\n*y : z"), "{a:{k:[1,2]},b:{k:[1,2]},c:[2,{k:[1,2]}],2:z}",
         NULL},
        {FF_LIT("a: &x 1\nb: &x 2\nc: *x"), "{a:1,b:2,c:2}", NULL},
        {FF_LIT("a: &x {k: 1}\nb:\n  <<: *x\n  l: 2"), "{a:{k:1},b:{<<:{k:1},l:2}}", NULL},
        {FF_LIT("a: !!str 1\nb: !x {c: !y [d]}"), "{a:1,b:{c:[d]}}", NULL},
        {FF_LIT("a: &x\nb: *x"), "{a:,b:}", NULL},
        {FF_LIT("a: *x\nb: 1"), "{}", "x.yaml:1:4: an alias of an anchor that does not stand before it"},
        {FF_LIT("a: &x [1, *x, 2]\nb: 1"), "{a:[1]}", "x.yaml:1:11: an alias inside its own anchor"},
        {FF_LIT("a: &x {k: {l: *x}}"), "{a:{k:{}}}", "x.yaml:1:15: an alias inside its own anchor"},
        {FF_LIT("a: 1\nb: [1, 2\nc: 3"), "{a:1,b:[1,2 c]}", "x.yaml:3:2: did not find expected ',' or ']'"},
        {FF_LIT("a: 1\nb:\n\tc: 3"), "{a:1}", "x.yaml:3:1: found character that cannot start any token"},
        {FF_LIT("a: 1\nb:\n  c: d: e\n"), "{a:1,b:{c:d}}", "x.yaml:3:7: mapping values are not allowed"},
        {FF_LIT("a: 1\na: 2\nb: {c: 1, c: 2}"), "{a:1,a:2,b:{c:1,c:2}}", "x.yaml:3:11: duplicate key 'c'"},
        {FF_LIT("a: 1\n? [x]\n: 2\nb: 3"), "{a:1}", "x.yaml:2:3: a key must be a scalar"},
        {FF_LIT("a: 1\nb: x\xFFy\nc: 2"), "{a:1,b:x}", "x.yaml:2:5: not valid UTF-8"},
        {FF_LIT("a: 1\nb: 2\x1b[0m\nc: \xFF"), "{a:1,b:2}", "x.yaml:2:5: control characters are not allowed"},
        {FF_LIT("a: 1\n%TAG ! x\nb: \x01"), "{a:1}", "x.yaml:2:1: a line must not start with '%'"},
        {FF_LIT("a: 1\n---\nb: 2"), "{a:1}", "x.yaml:2:1: a second document"},
        {FF_LIT("%YAML 1.1\n---\na: 1"), "", "x.yaml:1:1: a line must not start with '%'"},
        {FF_LIT("\xFE"), "", "x.yaml:1:1: not valid UTF-8"},
        {FF_LIT(""), "", "x.yaml:1:1: the file is empty"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena nodes = {0}, texts = {0};
        ff_error error = {0};
        const ff_yaml_node *root = NULL;
        ff_buf buf;
        ff_buf_init(&buf, 1000);
        ff_buf_add(&buf, FF_LIT(""));
        ff_status status = read_lenient(rows[i].yaml, &nodes, &texts, &root, &error);
        if (root)
            print_tree(&buf, root);
        const char *tree = buf.ptr ? buf.ptr : "";
        if (strcmp(tree, rows[i].tree) != 0 || status != (rows[i].error ? FF_INVALID : FF_OK) ||
            !ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error)))
            fail_msg("row %zu: %s, status %d, '%s'", i, tree, status, error.text);
        assert_int_equal(error.status, status);
        ff_buf_release(&buf);
        ff_arena_release(&nodes);
        ff_arena_release(&texts);
    }
}

/* Where something was written once, it is to be changed once. */
static void an_alias_stands_where_its_anchor_does(void **state)
{
    ff_arena arena = {0};
    const ff_yaml_node *root = NULL;
    (void)state;
    ff_slice text = FF_LIT("a: &x\n  k: |\n    1\nb:\n  - *x\n  - c\n  - *x\n");
    assert_int_equal(read_lenient(text, &arena, &arena, &root, NULL), FF_OK);
    const ff_yaml_node *a = ff_yaml_get(root, "a"), *b = ff_yaml_get(root, "b"), *first = b->child;
    assert_int_equal(first->line, a->line);
    assert_int_equal(first->last_line, 3);
    assert_ptr_equal(first->child, a->child);
    assert_true(ff_slice_eq(first->next->text, FF_LIT("c")));
    assert_null(first->next->next->next);
    assert_null(first->key);
    assert_int_equal(b->last_line, 7);
    ff_arena_release(&arena);
}

static void texts_live_longer_than_nodes_where_they_are_kept_apart(void **state)
{
    ff_arena nodes = {0}, texts = {0};
    const ff_yaml_node *root = NULL;
    (void)state;
    assert_int_equal(read_lenient(FF_LIT("a: &x kept\nb: *x\n"), &nodes, &texts, &root, NULL), FF_OK);
    ff_slice kept = ff_yaml_get(root, "b")->text;
    ff_arena_release(&nodes);
    assert_true(ff_slice_eq(kept, FF_LIT("kept")));
    ff_arena_release(&texts);
}

/* Each anchor holds the one before it nine times, or once and one level deeper. */
static void aliases_count_with_all_that_they_stand_for(void **state)
{
    static const struct {
        const char *first, *piece, *end;
        uint32_t count;
        const char *error;
    } rows[] = {
        {"a0: &a0 [x]\n", "a%u: &a%u [*a%u,*a%u,*a%u,*a%u,*a%u,*a%u,*a%u,*a%u,*a%u]\n", "", 20,
         "x.yaml:7:10: more values than the 200000"},
        {"a0: &a0 [x]\n", "a%u: &a%u [*a%u]\n", "", 100, "x.yaml:63:12: more levels of nesting than the 64"},
        {"a0: &a0 [x]\n", "a%u: &a%u 1\n", "", 1000, "x.yaml:257:7: more anchors than the 256"},
        {"a0: &a0 [x]\n", "a%u: &a%u [*a%u]\n", "b: *a59\n", 59, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_error error = {0};
        const ff_yaml_node *root = NULL;
        ff_buf buf;
        ff_buf_init(&buf, 1 << 20);
        ff_buf_add(&buf, ff_slice_of(rows[i].first));
        for (uint32_t n = 1; n <= rows[i].count; n++) {
            for (const char *c = rows[i].piece; *c; c++) {
                bool number = c[0] == '%';
                uint32_t which = ff_slice_ends(ff_buf_slice(&buf), FF_LIT("*a")) ? n - 1 : n;
                if (number)
                    ff_buf_printf(&buf, "%u", (unsigned)which);
                else
                    ff_buf_add_byte(&buf, *c);
                c += number;
            }
        }
        ff_buf_add(&buf, ff_slice_of(rows[i].end));
        ff_status status = read_lenient(ff_buf_slice(&buf), &arena, &arena, &root, &error);
        if (status != (rows[i].error ? FF_LIMIT : FF_OK) ||
            !ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error)))
            fail_msg("row %zu: status %d, '%s'", i, status, error.text);
        assert_non_null(ff_yaml_get(root, "a0"));
        ff_buf_release(&buf);
        ff_arena_release(&arena);
    }
}

/* The tree of any beginning of a file is that of the whole file, broken off: what is read stays the same. */
static void the_beginning_of_a_file_gives_the_beginning_of_its_tree(void **state)
{
    ff_slice text =
        FF_LIT("family: x\nabout: >\n  a\n\n  b\nrules:\n- id: &i \"a\\n\"\n  m: ['x', {a: *i, ? c : d}]\nz:\n");
    (void)state;
    for (size_t length = 0; length <= text.len; length++) {
        ff_arena arena = {0};
        ff_error error = {0};
        const ff_yaml_node *root = NULL;
        ff_status status = read_lenient(ff_slice_cut(text, length), &arena, &arena, &root, &error);
        assert_true(status == FF_OK || (status == FF_INVALID && error.line > 0));
        if (length > 12)
            assert_true(ff_slice_eq(ff_yaml_get(root, "family")->text, FF_LIT("x")));
        if (length > 42)
            assert_true(ff_slice_eq(ff_yaml_get(root, "about")->text, FF_LIT("a\nb\n")));
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_style_gives_the_same_kinds_of_node),
        cmocka_unit_test(nodes_know_where_they_stand),
        cmocka_unit_test(members_are_found_by_key),
        cmocka_unit_test(what_is_refused_is_refused_at_its_place),
        cmocka_unit_test(hostile_files_end_quickly_at_a_bound),
        cmocka_unit_test(files_at_the_bounds_are_read),
        cmocka_unit_test(a_map_of_very_many_keys_is_checked_for_duplicates),
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
        cmocka_unit_test(broken_off_files_never_confuse_the_reader),
        cmocka_unit_test(every_node_knows_its_style_and_last_line),
        cmocka_unit_test(a_lenient_reader_takes_what_it_can),
        cmocka_unit_test(an_alias_stands_where_its_anchor_does),
        cmocka_unit_test(texts_live_longer_than_nodes_where_they_are_kept_apart),
        cmocka_unit_test(aliases_count_with_all_that_they_stand_for),
        cmocka_unit_test(the_beginning_of_a_file_gives_the_beginning_of_its_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
