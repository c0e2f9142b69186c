/* Scripts of workflow files and their echo in the log: the same, different, or not known. */
#include "workflow/echoed.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { UNSURE = FF_ECHOED_UNSURE, SAME = FF_ECHOED_SAME, DIFFERS = FF_ECHOED_DIFFERS };

typedef struct row {
    const char *script, *echo;
    int expected;
} row;

static void expect(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t work = FF_LIMIT_LOCATE_BYTES;
        int got = (int)ff_echoed_compare(ff_slice_of(rows[i].script), ff_slice_of(rows[i].echo), &work);
        if (got != rows[i].expected)
            fail_msg("row %zu: %d instead of %d", i, got, rows[i].expected);
        assert_true(work > 0);
    }
}

static void lines_without_expressions_are_the_same_or_not(void **state)
{
    static const row rows[] = {
        {"make", "make", SAME},
        {"make\n", "make", SAME},
        {"make\r\ntest\r\n", "make\ntest\n", SAME},
        {"make  \n\t\ntest \n\n\n", "make\n\ntest", SAME},
        {"\n\n  make\n", "  make\n", SAME},
        {"\n  make\n", "\n  make", SAME},
        {"  make", "make", DIFFERS},
        {"make", "Make", DIFFERS},
        {"make\ntest", "make", DIFFERS},
        {"make", "make\ntest", DIFFERS},
        {"make\n\ntest", "make\ntest", DIFFERS},
        {"a\nb\nc", "a\nc\nb", DIFFERS},
        {"", "make", UNSURE},
        {"make", "", UNSURE},
        {"\n \n", "make", UNSURE},
    };
    (void)state;
    expect(rows, COUNT(rows));
}

static void an_expression_stands_for_any_text(void **state)
{
    static const row rows[] = {
        {"deploy ${{ inputs.where }}", "deploy prod", UNSURE}, /* too little is fixed */
        {"./deploy ${{ inputs.where }}", "./deploy prod", SAME},
        {"./deploy ${{ inputs.where }}", "./deploy", SAME},
        {"./deploy ${{ a }}  ${{ b }}", "./deploy", SAME},
        {"./deploy ${{ a }}  ${{ b }}", "./deploy x", SAME},
        {"./deploy ${{ a }} now", "./deploy  now", SAME},
        {"./deploy ${{ a }} now", "./deploy now", DIFFERS},
        {"./deploy ${{ a }} now", "./deploy x later", DIFFERS},
        {"./deploy ${{ a }} to ${{ b }} now", "./deploy x now", DIFFERS},
        {"./deploy ${{ a }} to ${{ b }} now", "./deploy to to to now", SAME},
        {"./deploy ${{ format('}}{0}', a) }} now", "./deploy }}x now", SAME},
        {"./deploy ${{ format('}}{0}', a) }} now", "./deploy x', a) }} later", DIFFERS},
        {"./deploy ${{\n  a\n  || b }} now\nmake", "./deploy x now\nmake", SAME},
        {"./deploy ${{\n  a }} and ${{\n b }} now\nmake", "./deploy x and y now\nmake", SAME},
        {"./deploy ${{\n  a\n  || b }} now\nmake", "./deploy x now\nbuild", DIFFERS},
        {"./deploy ${{ a\nmake", "./deploy ${{ a\nmake", SAME},
        {"./deploy ${{ a\nmake", "./deploy x\nmake", DIFFERS},
        {"${{ inputs.script }}", "rm -rf everything", UNSURE},
        {"set -e\n${{ inputs.more }}\n${{ inputs.more }}\n", "set -e", UNSURE},
        {"set -eu\nmake\n${{ inputs.more }}\n", "set -eu\nmake", SAME},
        {"set -eu\nmake\n${{ inputs.more }}\ntest", "set -eu\nmake\n\ntest", SAME},
    };
    (void)state;
    expect(rows, COUNT(rows));
}

static void a_value_may_have_several_lines(void **state)
{
    static const row rows[] = {
        {"echo '${{ toJSON(github) }}'\nmake", "echo '{\n  \"a\": 1\n}'\nmake", SAME},
        {"echo '${{ toJSON(github) }}'\nmake", "echo '{\n  \"a\": 1\n}'\ntest", DIFFERS},
        {"echo '${{ toJSON(github) }}'\nmake", "echo '{\n  \"a\": 1\n}\nmake", DIFFERS},
        {"echo '${{ toJSON(github) }}'\nmake", "echo \"{\n  \"a\": 1\n}'\nmake", DIFFERS},
        {"echo '${{ a }}'\nmake ${{ b }} all\ntest", "echo 'x'\nmake 1\n2 all\ntest", SAME},
        {"echo '${{ a }}'\nmake all\ntest", "echo '\nmake all\n'\nmake all\ntest", SAME},
        {"echo '${{ a }}'\nmake all\n'\ntest", "echo '1'\nmake all\n'\nmake all\n'\ntest", SAME},
        {"make all of it\n${{ a }}", "make all of it\n1\n2\n3", SAME},
        {"make all of it\n${{ a }}\n${{ b }}\ndone", "make all of it\n1\ndone\n2\ndone", SAME},
        {"make all of it\n${{ a }}\nmiddle\n${{ b }}\ndone", "make all of it\n1\n2\n3\ndone", DIFFERS},
    };
    (void)state;
    expect(rows, COUNT(rows));
}

static void a_masked_secret_stands_for_any_text(void **state)
{
    static const row rows[] = {
        {"echo user=admin --now", "echo user=*** --now", SAME},
        {"echo user=admin --now", "echo user=****** --now", SAME},
        {"echo user=admin --now", "echo user=*** --later", DIFFERS},
        {"echo user=admin", "***", UNSURE},
        {"curl -u ${{ secrets.A }} https://host/", "curl -u *** https://host/", SAME},
        {"curl -u ${{ secrets.A }} https://host/", "curl -u *** https://***/", SAME},
        {"curl -u ${{ secrets.A }} https://host/", "curl -u *** https://other/", DIFFERS},
        {"curl -u ${{ secrets.A }} https://host/", "wget -u *** https://host/", DIFFERS},
        {"echo '${{ toJSON(x) }}'\nlogin admin", "echo '{\n  a: ***\n}'\nlogin ***", SAME},
        {"echo '*** done ***'", "echo '*** done ***'", SAME},
        {"a very long line that goes on and on", "a very long line tha…", SAME},
        {"a very long line that goes on and on", "a very long lime…", DIFFERS},
    };
    (void)state;
    expect(rows, COUNT(rows));
}

/* `start`, `count` times `piece`, then `end`. */
typedef struct pile {
    const char *start, *piece;
    size_t count;
    const char *end;
} pile;

static void build(ff_buf *buf, const pile *p)
{
    ff_buf_init(buf, 64 << 20);
    ff_buf_add(buf, ff_slice_of(p->start));
    for (size_t i = 0; i < p->count; i++)
        ff_buf_add(buf, ff_slice_of(p->piece));
    ff_buf_add(buf, ff_slice_of(p->end));
    assert_int_equal(ff_buf_status(buf), FF_OK);
}

static void hostile_scripts_end_when_the_work_is_spent(void **state)
{
    static const struct {
        pile script, echo;
        int expected;
    } rows[] = {
        {{"", "${{ x\n", 40000, ""}, {"", "${{ y\n", 40000, ""}, DIFFERS},
        {{"", "${{ x\n", 20000, ""}, {"", "${{ x\n", 20000, ""}, UNSURE},
        {{"", "${{ x }}\na\na\na\n", 10000, "b"}, {"", "a\n", 100000, ""}, DIFFERS},
        {{"${{ x }}", "a", 100000, "b${{ y }}"}, {"", "a", 250000, ""}, UNSURE},
        {{"${{ x }}\n", "a\n", 50000, "b"}, {"", "a\n", 120000, ""}, UNSURE},
        {{"", "${{ x }} ", 20000, "c"}, {"", "b", 200000, ""}, DIFFERS},
        {{"", "${{ x }}\n", 20000, ""}, {"", "***\n", 60000, ""}, UNSURE},
        {{"", "a", FF_LIMIT_SCRIPT_BYTES + 1, ""}, {"", "a", FF_LIMIT_SCRIPT_BYTES + 1, ""}, UNSURE},
        {{"", "a\n", 100000, ""}, {"", "a\n", 100000, ""}, SAME},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf script, echo;
        size_t work = FF_LIMIT_LOCATE_BYTES;
        build(&script, &rows[i].script);
        build(&echo, &rows[i].echo);
        int got = (int)ff_echoed_compare(ff_buf_slice(&script), ff_buf_slice(&echo), &work);
        if (got != rows[i].expected)
            fail_msg("row %zu: %d instead of %d, %zu left", i, got, rows[i].expected, work);
        ff_buf_release(&script);
        ff_buf_release(&echo);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_without_expressions_are_the_same_or_not),
        cmocka_unit_test(an_expression_stands_for_any_text),
        cmocka_unit_test(a_value_may_have_several_lines),
        cmocka_unit_test(a_masked_secret_stands_for_any_text),
        cmocka_unit_test(hostile_scripts_end_when_the_work_is_spent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
