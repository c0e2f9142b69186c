/* Where the parts of a list of shell commands stand, and when it is whole. */
#include "edit/edit_list.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const char *const JOINS[] = {"", "||", "&&", "|", ";", "&"};

/* Reads lines until the list is whole, and writes its parts as `<a> || <b>`; what is not whole ends in `...`, what
 * belongs to another construct begins with `?`. */
static void write_parts(const char *text, bool escaped, char *out, size_t size)
{
    ff_arena arena;
    ff_edit_list list;
    ff_buf buf;
    ff_slice rest = ff_slice_of(text), line;
    ff_arena_init(&arena, 0);
    ff_buf_init(&buf, size - 1);
    ff_edit_list_init(&list, escaped, &arena);
    while (!ff_edit_list_whole(&list) && ff_slice_take_until(&rest, '\n', &line))
        assert_int_equal(ff_edit_list_feed(&list, line), FF_OK);
    if (list.foreign)
        ff_buf_add(&buf, FF_LIT("? "));
    for (size_t i = 0; i < list.parts.count; i++) {
        ff_slice part = ff_edit_list_part(&list, i);
        ff_buf_printf(&buf, "%s%s<%.*s>%s", i ? " " : "", i ? JOINS[list.parts.items[i].before] : "", FF_ARG(part),
                      list.parts.items[i].heredoc ? "h" : "");
    }
    if (list.parts.count && list.last)
        ff_buf_printf(&buf, " %s", JOINS[list.last]);
    if (!ff_edit_list_whole(&list))
        ff_buf_add(&buf, FF_LIT(" ..."));
    if (rest.len)
        ff_buf_printf(&buf, " + %zu", rest.len);
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    memcpy(out, buf.ptr ? buf.ptr : "", buf.len + 1);
    ff_buf_release(&buf);
    ff_edit_list_release(&list);
    ff_arena_release(&arena);
}

typedef struct row {
    const char *text, *expected;
} row;

static void expect_rows(const row *rows, size_t count, bool escaped)
{
    char got[512];
    for (size_t i = 0; i < count; i++) {
        write_parts(rows[i].text, escaped, got, sizeof got);
        assert_string_equal(got, rows[i].expected);
    }
}

static void test_a_list_is_cut_at_its_operators(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {"a", "<a>"},
        {"  a b  || c -d\nnext", "<a b> ||<c -d> + 4"},
        {"a && b; c | d |& e & f", "<a> &&<b> ;<c> |<d> |<e> &<f>"},
        {"a;", "<a> ;"},
        {"a &", "<a> &"},
        {"a ||\n  b\nc", "<a> ||<b> + 1"},
        {"a \\\n  -x \\\n  || b\nc", "<a \\\n  -x> ||<b> + 1"},
        {"a && # why\n\n  b", "<a> &&<b>"},
        {"a # || b", "<a>"},
        {"a#b || c", "<a#b> ||<c>"},
    };
    expect_rows(ROWS, COUNT(ROWS), false);
}

static void test_redirections_are_no_operators(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {"a >/dev/null 2>&1 || b", "<a >/dev/null 2>&1> ||<b>"},
        {"a &>log && b", "<a &>log> &&<b>"},
        {"a >| f; b", "<a >| f> ;<b>"},
        {"a <<<word || b", "<a <<<word> ||<b>"},
        {"a <<EOF || b\ntext", "<a <<EOF>h ||<b> + 4"},
    };
    expect_rows(ROWS, COUNT(ROWS), false);
}

static void test_quotes_substitutions_and_groups_are_passed_over(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {"a 'x || y' \"z; ' $(b || c \")\") ${d:-e|f}\" || g", "<a 'x || y' \"z; ' $(b || c \")\") ${d:-e|f}\"> ||<g>"},
        {"a `b | c` \\| d; e", "<a `b | c` \\| d> ;<e>"},
        {"a $((1 | 2)) || (b; c) || d", "<a $((1 | 2))> ||<(b; c)> ||<d>"},
        {"a || { echo x; exit 1; }", "<a> ||<{ echo x; exit 1; }>"},
        {"a || {\n  echo x | y\n  exit 1\n}\nb", "<a> ||<{\n  echo x | y\n  exit 1\n}> + 1"},
        {"echo {a,b} } || c", "<echo {a,b} }> ||<c>"},
        {"a 'x\ny' && b\nc", "<a 'x\ny'> &&<b> + 1"},
    };
    expect_rows(ROWS, COUNT(ROWS), false);
}

static void test_parts_of_other_constructs_are_told(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {"then a || b", "? <then a> ||<b>"},
        {"if a; then b; fi", "? <if a> ;<then b> ;<fi>"},
        {"! a || b", "? <! a> ||<b>"},
        {"x) a ;;", "? <x) a> ;"},
        {"a; }", "? <a> ;<}>"},
        {"|| a", "? <a>"},
        {"a )", "? <a )>"},
    };
    expect_rows(ROWS, COUNT(ROWS), false);
}

static void test_what_is_never_closed_is_not_whole(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {"a 'b\nc\n", " ..."}, {"a ||\n\n", "<a> || ..."}, {"a \\", " ..."}, {"a || { b", "<a> || ..."}, {"", " ..."},
        {"# a", " ..."},
    };
    expect_rows(ROWS, COUNT(ROWS), false);
}

static void test_in_a_quoted_word_an_escaped_quote_is_a_quote(void **state)
{
    (void)state;
    static const row ROWS[] = {
        {"a || echo \\\"b; c\\\" && d", "<a> ||<echo \\\"b; c\\\"> &&<d>"},
        {"a \\$x || b", "<a \\$x> ||<b>"},
    };
    expect_rows(ROWS, COUNT(ROWS), true);
}

static void test_deep_nesting_ends_the_trust_not_the_program(void **state)
{
    (void)state;
    char text[4096], got[8192];
    memset(text, '(', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    write_parts(text, false, got, sizeof got);
    assert_string_equal(got, "?  ...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_list_is_cut_at_its_operators),
        cmocka_unit_test(test_redirections_are_no_operators),
        cmocka_unit_test(test_quotes_substitutions_and_groups_are_passed_over),
        cmocka_unit_test(test_parts_of_other_constructs_are_told),
        cmocka_unit_test(test_what_is_never_closed_is_not_whole),
        cmocka_unit_test(test_in_a_quoted_word_an_escaped_quote_is_a_quote),
        cmocka_unit_test(test_deep_nesting_ends_the_trust_not_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
