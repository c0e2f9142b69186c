/* What the names of Python settings stand for, worked out without running them: known, perhaps, or not known and why.
 */
#include "repo/python_module.h"

#include "base/buf.h"
#include "grove.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void add_items(ff_buf *buf, const ff_python_value *value)
{
    for (size_t i = 0; i < value->items.count; i++) {
        const ff_python_item *item = &value->items.items[i];
        ff_buf_printf(buf, "%s%.*s%s", i ? " " : "", FF_ARG(item->text), item->perhaps ? "?" : "");
    }
}

/* `A` of the module at `path`: `a b? …` for a list whose end is not known, `"a"` for a text, `-` for what is neither,
 * and behind `: ` why it is open. */
static void say_value(ff_buf *buf, ff_arena *arena, const ff_python_value *value)
{
    if (value->sort == FF_VALUE_TEXT)
        ff_buf_printf(buf, "\"%.*s\"", FF_ARG(value->text));
    else if (value->sort == FF_VALUE_OTHER || value->sort == FF_VALUE_MODULE)
        ff_buf_add(buf, FF_LIT("-"));
    else
        add_items(buf, value);
    if (value->open)
        ff_buf_printf(buf, "%s…: %.*s", value->items.count ? " " : "", FF_ARG(ff_python_why_say(&value->why, arena)));
}

static void expect_name(const grove_file *files, size_t count, const char *name, const char *expected)
{
    ff_tree *tree = ff_grove(files, count);
    ff_arena arena = {0};
    ff_python python;
    ff_buf said;
    ff_buf_init(&said, 1 << 20);
    ff_python_init(&python, tree, &arena);
    const ff_python_module *module = ff_python_load(&python, ff_slice_of(files[0].path), (ff_slice){0});
    assert_non_null(module);
    ff_python_value value = ff_python_get(module, ff_slice_of(name));
    say_value(&said, &arena, &value);
    if (!ff_slice_eq(ff_buf_slice(&said), ff_slice_of(expected)))
        fail_msg("%s\n  gives  %.*s\n  not    %s", files[0].text, FF_ARG(ff_buf_slice(&said)), expected);
    assert_false(arena.failed);
    ff_buf_release(&said);
    ff_arena_release(&arena);
    ff_tree_close(tree);
}

static void expect(const char *text, const char *expected)
{
    const grove_file files[] = {{"s.py", text, FF_TREE_FILE, 0}};
    expect_name(files, 1, "A", expected);
}

static void lists_are_worked_out_in_the_order_of_their_statements(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"A = ['a', \"b\"]", "a b"},
        {"A = ('a', 'b',)\n", "a b"},
        {"A = 'a', 'b'\n", "a b"},
        {"A = {'a', 'b'}\n", "a b"},
        {"A = [\n  'a',  # first\n  # 'x',\n  'b'\n]\n", "a b"},
        {"A = []\n", ""},
        {"A: list[str] = ['a']\n", "a"},
        {"A = B = ['a']\n", "a"},
        {"B = A = ['a']\n", "a"},
        {"A = ['a']\nA = ['b']\n", "b"},
        {"A = ['a']\nA += ['b', 'c']\nA += ('d',)\n", "a b c d"},
        {"A = ['a'] + ['b'] + [\n'c']\n", "a b c"},
        {"A = {'a'} | {'b'}\n", "a b"},
        {"B = ['a']\nA = B + ['b']\nB += ['c']\n", "a b"},
        {"B = ['a']\nA = [*B, 'b', *['c']]\n", "a b c"},
        {"A = ['a']; A.append('b'); A.extend(['c'])\n", "a b c"},
        {"A = ['a', 'b']\nA.remove('a')\nA.insert(0, 'c')\n", "b c"},
        {"A = {'a'}\nA.add('b')\nA.update(['c'])\nA.discard('b')\n", "a c"},
        {"A = ['a']\nA.clear()\nA.append('b')\nA.sort()\n", "b"},
        {"A = ['a', 'b']\nA.pop()\n", "a? b?"},
        {"A = ['a' 'b', 'c']\n", "ab c"},
        {"A = ['a.' + 'b']\nB = 1\n", "a.b"},
        {"P = 'apps.'\nA = [P + 'x', f'y', r'\\n', 'a\\'b']\n", "apps.x y \\n a'b"},
        {"A = list(['a'])\nA = tuple(A) + tuple(('b',))\n", "a b"},
        {"A = list(dict.fromkeys(['a']))\n", "a"},
        {"A = ['a', 1, None, ('x', 'y')]\n", "a"},
        {"A = \\\n  ['a']\n", "a"},
        {"\xEF\xBB\xBF"
         "A = ['a']\r\nA += [\r\n'b']\r\n",
         "a b"},
        {"'''A = ['x']'''\nA = ['a']\n\"\"\"\nA = ['y']\n\"\"\"\n", "a"},
        {"# A = ['x']\nA = ['a']  # + ['y']\n", "a"},
        {"A = ['a']\ndef f():\n    A = ['x']\n    return A\nclass C:\n    A = ['y']\n", "a"},
        {"A = ['a']\nif False:\n    A += ['x']\n", "a"},
        {"B = ['a']\nC = ['a', 'b']\nA = B + [x for x in C if x not in B]\n", "a a? b?"},
        {"A = [x for x in ['a', 'b']]\n", "a b"},
        {"with open('x') as f:\n    A = ['a']\n", "a"},
        {"A = ['a', 'b', 'c'][:2]\n", "a? b? c?"},
        {"A = 'a,b'.split(',')\n", "a b"},
        {"A = 'a'\n", "\"a\""},
        {"A = 3 * 4\nA = {'a': ['b']}\n", "-"},
        {"A = {}\n", "-"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i].text, rows[i].expected);
}

static void what_stands_under_a_condition_is_perhaps_there(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"A = ['a']\nif DEBUG:\n    A += ['b']\n", "a b?"},
        {"A = ['a']\nif DEBUG: A += ['b']\nA += ['c']\n", "a b? c"},
        {"A = ['a']\nif X:\n\tif Y:\n\t\tA.append('b')\n\tA.append('c')\nA.append('d')\n", "a b? c? d"},
        {"A = ['a']\nif X:\n    A = A + ['b']\n", "a a? b?"},
        {"A = ['a', 'b']\nif X:\n    A = ['b']\n", "a? b b?"},
        {"A = ['a']\nif X:\n    A.remove('a')\n", "a?"},
        {"if X:\n    A = ['a']\nelse:\n    A = ['b']\n", "a? b?"},
        {"A = ['a']\ntry:\n    import x\n    A += ['x']\nexcept ImportError:\n    pass\n", "a x?"},
        {"A = ['a', *(['b'] if DEBUG else [])]\n", "a b?"},
        {"A = ['a', 'b' if DEBUG else 'c']\n", "a b? c?"},
        {"A = ['a'] + (['b'] if DEBUG else [])\n", "a b?"},
        {"A = list(filter(None, ['a']))\n", "a?"},
        {"A = ['a']\nif 'test' in sys.argv and not x(lambda: 1):\n    A += ['b']\n", "a b?"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i].text, rows[i].expected);
}

static void what_is_not_literal_is_not_known_and_says_why(void **state)
{
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"A = get()\n", "…: “get” would have to be run (s.py:1)"},
        {"\nA = ['a'] + get_apps('x')\n", "a …: “get_apps” would have to be run (s.py:2)"},
        {"A = ['a', name()]\n", "a …: “name” would have to be run (s.py:1)"},
        {"A = ['a'] + B\n", "a …: “B” is assigned nowhere (s.py:1)"},
        {"A += ['a']\n", "a …: “A” is changed before it is assigned (s.py:1)"},
        {"A = os.environ.get('X', 'a,b').split(',')\n", "a? b? …: “X” is read from the environment (s.py:1)"},
        {"A = os.environ['X'].split(',')\n", "…: “X” is read from the environment (s.py:1)"},
        {"A = env.list('X', default=['a'])\n", "a? …: “X” is read from the environment (s.py:1)"},
        {"A = env('X')\n", "…: “X” is read from the environment (s.py:1)"},
        {"A = config('X', default='', cast=Csv())\n", "…: “X” is read from the environment (s.py:1)"},
        {"A = ['a', os.getenv('X')]\n", "a …: “X” is read from the environment (s.py:1)"},
        {"A = [f(x) for x in ['a']]\n", "…: “x” would have to be run (s.py:1)"},
        {"A = ['a']\nfor x in y:\n    A.append(x)\n", "a …: “x” is not a plain value (s.py:2)"},
        {"A = ['a']\nA[0] = 'b'\n", "a? …: “A” is changed in part (s.py:2)"},
        {"A = ['a']\ndel A[0]\n", "a? …: “A” is changed in part (s.py:2)"},
        {"A = ['a']\nadd_more(A)\n", "a …: “add_more” may change it (s.py:2)"},
        {"A = ['a']\nprint(A)\n", "a"},
        {"A = ['a']\nheroku.settings(locals())\n", "a …: “settings” may bind any name (s.py:2)"},
        {"A = ['a']\nexec(open('x').read())\nA = ['b']\n", "b"},
        {"include('parts/*.py')\n", "…: “include” may bind any name (s.py:1)"},
        {"A, B = f()\n", "…: “A” is not a plain value (s.py:1)"},
        {"def A(): pass\n", "…: “A” is not a plain value (s.py:1)"},
        {"B = 1\n", "…: “A” is assigned nowhere in what was read"},
        {"", "…: “A” is assigned nowhere in what was read"},
        {"A = ['a']\nB = [\n", "a …: a bracket is not closed (s.py:3)"},
        {"A = ['a']\nB = 'x\nA = ['b']\n", "a …: a string is not closed (s.py:2)"},
        {"A = ['a']\nB = '''x\nA = ['b']\n", "a …: a string is not closed (s.py:2)"},
        {"A = ['a']\n)\n", "a …: a bracket is closed that was not open (s.py:2)"},
        {"if x:\n        A = ['a']\n    A = ['b']\n", "a? …: the indentation fits no block (s.py:3)"},
        {"A = [)\n", "…: “)” is not understood (s.py:1)"},
        {"A = ['a' 'b' $ 'c', 'd']\n", "…: “[” is not understood (s.py:1)"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i].text, rows[i].expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_worked_out_in_the_order_of_their_statements),
        cmocka_unit_test(what_stands_under_a_condition_is_perhaps_there),
        cmocka_unit_test(what_is_not_literal_is_not_known_and_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
