#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "repo/assigned.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* `a:1 b:2?`: texts with their lines, those that only perhaps hold with a question mark. */
static void describe(ff_buf *out, const ff_assigned *assigned)
{
    for (size_t i = 0; i < assigned->texts.count; i++)
        ff_buf_printf(out, "%s%.*s:%u%s", i ? " " : "", FF_ARG(assigned->texts.items[i].text),
                      assigned->texts.items[i].line, assigned->texts.items[i].perhaps ? "?" : "");
}

static void texts_of_a_value_are_read_and_what_is_not_literal_is_told(void **state)
{
    static const struct {
        const char *code, *texts;
        uint32_t line;
        bool environment, computed;
    } rows[] = {
        {"X = ['a', \"b\"]\n", "a:1 b:1", 1, false, false},
        {"X=('a',)", "a:1", 1, false, false},
        {"X = {\n  'a',\n  'b'}\nY = ['c']\n", "a:2 b:3", 1, false, false},
        {"X: list[str] = ['a']\n", "a:1", 1, false, false},
        {"X = 'a'\n", "a:1", 1, false, false},
        {"X = ['a' 'b',\n 'c'\n 'd']\n", "ab:1 cd:2", 1, false, false},
        {"X = r'a'\n", "a:1", 1, false, false},
        {"X = ['a'] + ['b']\nX += ['c']\nX.append('d')\nX.extend(['e', 'f'])\nX.insert(0, 'g')\n",
         "a:1 b:1 c:2 d:3 e:4 f:4 g:5", 1, false, false},
        {"X = ['a']\nX = ['b']\n", "b:2", 2, false, false},
        {"X = \\\n  ['a']\n", "a:2", 1, false, false},
        {"X = list(('a', 'b'))\n", "a:1 b:1", 1, false, false},
        {"X = ['a'] if DEBUG else ['b']\n", "a:1? b:1?", 1, false, true},
        {"if A:\n    X = ['a']\n", "a:2?", 2, false, false},
        {"X = ['a']\nif A:\n    X += ['b']\n", "a:1 b:3?", 1, false, false},
        {"X = [*Y, 'a']\n", "a:1", 1, false, true},
        {"X = Y + ['a']\n", "a:1", 1, false, true},
        {"X = f(['a'])\n", "", 1, false, true},
        {"X = D['a']\n", "", 1, false, true},
        {"X = f'{A}b'\n", "{A}b:1", 1, false, true},
        {"X = ['a\\x62']\n", "a\\x62:1", 1, false, true},
        {"X.remove('a')\n", "", 0, false, true},
        {"X = os.environ['A']\n", "", 1, true, true},
        {"X = os.getenv('A', 'b').split(',')\n", "", 1, true, true},
        {"X = env.list('A', default=['b'])\n", "", 1, true, true},
        {"X = config('A', cast=Csv())\n", "", 1, true, true},
        {"X = ['a'", "a:1", 1, false, true},
        {"X = ['a\nY = 1\n", "a:1", 1, false, true},
        {"X = [None, True, 5, 'a']\n", "a:1", 1, false, false},
        {"XY = ['a']\nY.X = ['b']\nX == ['c']\nX.y = ['d']\nX, Z = ['e']\n", "", 0, false, false},
        {"Y = '''\nX = ['a']\n'''\n", "", 0, false, false},
        {"Y = {\n'a': 1,\nX = ['b'],\n}\n", "", 0, false, false},
        {"X\n", "", 0, false, false},
        {"X =", "", 1, false, false},
        {"", "", 0, false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_assigned assigned;
        ff_buf texts;
        ff_buf_init(&texts, 4096);
        assert_int_equal(ff_assigned_read(&assigned, ff_slice_of(rows[i].code), FF_LIT("X"), &arena), FF_OK);
        describe(&texts, &assigned);
        if (!ff_slice_eq(ff_buf_slice(&texts), ff_slice_of(rows[i].texts)) || assigned.line != rows[i].line ||
            assigned.environment != rows[i].environment || assigned.computed != rows[i].computed)
            fail_msg("%s: %.*s, line %u, environment %d, computed %d", rows[i].code, FF_ARG(ff_buf_slice(&texts)),
                     assigned.line, assigned.environment, assigned.computed);
        ff_buf_release(&texts);
        ff_arena_release(&arena);
    }
}

#define TIMES_8(text) text text text text text text text text

/* Each is repeated up to 2 MiB, behind `X = `. */
static void hostile_sources_cost_little(void **state)
{
    static const char *const pieces[] = {"[",    "]",  "'a',",        "'a' ", "\"\"\"", "'",
                                         "\\\n", "f(", "X = ['a']\n", "X",    "\n",     TIMES_8(TIMES_8("'a' ")) ","};
    enum { BYTES = 2 * 1024 * 1024 };
    (void)state;
    for (size_t i = 0; i < COUNT(pieces); i++) {
        ff_arena arena;
        ff_assigned assigned;
        ff_buf code;
        ff_buf_init(&code, BYTES + 1024);
        ff_buf_add(&code, FF_LIT("X = "));
        while (code.len < BYTES)
            ff_buf_add(&code, ff_slice_of(pieces[i]));
        ff_arena_init(&arena, (size_t)1024 * 1024);
        assert_int_equal(ff_assigned_read(&assigned, ff_buf_slice(&code), FF_LIT("X"), &arena), FF_OK);
        assert_true(assigned.line > 0);
        ff_arena_release(&arena);
        ff_buf_release(&code);
    }
}

static void missing_memory_is_reported(void **state)
{
    ff_arena arena;
    ff_assigned assigned;
    (void)state;
    ff_arena_init(&arena, 16);
    assert_int_equal(ff_assigned_read(&assigned, FF_LIT("X = ['a']\n"), FF_LIT("X"), &arena), FF_NOMEM);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_a_value_are_read_and_what_is_not_literal_is_told),
        cmocka_unit_test(hostile_sources_cost_little),
        cmocka_unit_test(missing_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
