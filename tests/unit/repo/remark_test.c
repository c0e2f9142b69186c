#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "repo/remark.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void remarks_become_blanks_and_nothing_else_changes(void **state)
{
    static const struct {
        const char *path, *text, *code;
    } rows[] = {
        {"a.py", "x = 1# c\n", "x = 1   \n"},
        {"a.py", "x = '# no' # c\r\ny", "x = '# no'    \r\ny"},
        {"a.py", "'''doc\nmore'''\nx = '''# no\n'''\n", "      \n       \nx = '''# no\n'''\n"},
        {"a.py", "f(\n\"\"\"text\"\"\")\n", "f(\n\"\"\"text\"\"\")\n"},
        {"a.py", "x = 'it\\'s' # c", "x = 'it\\'s'    "},
        {"a.py", "x = 'open # no\ny # c", "x = 'open # no\ny    "},
        {"a.sh", "echo a#b # c\n# c\n", "echo a#b    \n   \n"},
        {"ci.yml", "run: it's # c\n- x # c\n", "run: it's # c\n- x    \n"},
        {"a.js", "x // c\nu = 'http://y' /* c\nc */ z\n", "x     \nu = 'http://y'     \n     z\n"},
        {"a.js", "`a\n// no`; // c", "`a\n// no`;     "},
        {"a.js", "x # no", "x # no"},
        {"a.c", "/* open\nto the end", "       \n          "},
        {"a.md", "# Title\n", "# Title\n"},
        {"Dockerfile", "# c\nRUN x\n", "   \nRUN x\n"},
        {"a.py", "#", " "},
        {"a.py", "'''", "   "},
        {"a.py", "'\\", "'\\"},
        {"a.py", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_slice code = ff_remark_blank(&arena, ff_slice_of(rows[i].path), ff_slice_of(rows[i].text));
        if (!ff_slice_eq(code, ff_slice_of(rows[i].code)))
            fail_msg("%s %s: '%.*s'", rows[i].path, rows[i].text, FF_ARG(code));
        ff_arena_release(&arena);
    }
}

static void hostile_sources_cost_little(void **state)
{
    static const char *const pieces[] = {"/*", "'''", "'", "#", "`", "\\", "[", "\"", "// \n", "*/"};
    static const char *const paths[] = {"a.py", "a.js", "a.sh"};
    enum { BYTES = 2 * 1024 * 1024 };
    (void)state;
    for (size_t i = 0; i < COUNT(pieces) * COUNT(paths); i++) {
        ff_arena arena = {0};
        ff_buf text;
        ff_buf_init(&text, BYTES + 8);
        while (text.len < BYTES)
            ff_buf_add(&text, ff_slice_of(pieces[i / COUNT(paths)]));
        assert_int_equal(ff_remark_blank(&arena, ff_slice_of(paths[i % COUNT(paths)]), ff_buf_slice(&text)).len,
                         text.len);
        ff_arena_release(&arena);
        ff_buf_release(&text);
    }
}

static void missing_memory_is_reported(void **state)
{
    ff_arena arena;
    (void)state;
    ff_arena_init(&arena, 2);
    assert_int_equal(ff_remark_blank(&arena, FF_LIT("a.py"), FF_LIT("x = 1\n")).len, 0);
    assert_true(arena.failed);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remarks_become_blanks_and_nothing_else_changes),
        cmocka_unit_test(hostile_sources_cost_little),
        cmocka_unit_test(missing_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
