/* What the names of Python settings stand for, worked out without running them: known, perhaps, or not known and why.
 */
#include "python/python_module.h"

#include "base/buf.h"
#include "unit/tree/grove.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define A_FILE(path, text)              \
    {                                   \
        (path), (text), FF_TREE_FILE, 0 \
    }
#define A_LINK(path, text)              \
    {                                   \
        (path), (text), FF_TREE_LINK, 0 \
    }

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
    const grove_file files[] = {A_FILE("s.py", text)};
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
        {"A = 'a, b'.split(', ')\n", "a b"},
        {"A = '''\n  a\n  b\n'''.split()\n", "a b"},
        {"A = ' a b '.strip().split(' ')\n", "a b"},
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
        {"A = 'a b'.split(x)\n", "…: “split” would have to be run (s.py:1)"},
        {"A = 'a b'.split(' ', 1)\n", "…: “split” would have to be run (s.py:1)"},
        {"A = ['A'.lower()]\n", "…: “lower” would have to be run (s.py:1)"},
        {"A = [)\n", "…: “[” is not understood (s.py:1)"},
        {"A = ['a' 'b' $ 'c', 'd']\n", "…: “[” is not understood (s.py:1)"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(rows[i].text, rows[i].expected);
}

static void imports_are_followed_inside_the_tree(void **state)
{
    static const struct {
        grove_file files[5];
        const char *expected;
    } rows[] = {
        {{A_FILE("p/s/prod.py", "from .base import *\nA += ['b']\n"), A_FILE("p/s/base.py", "A = ['a']\n")}, "a b"},
        {{A_FILE("p/s/prod.py", "from p.s.base import *\nA = A + ['b']\n"), A_FILE("p/s/base.py", "A = ['a']\n")},
         "a b"},
        {{A_FILE("p/s/prod.py", "from .base import (\n  A as B, C,\n)\nA = B + C\n"),
          A_FILE("p/s/base.py", "from ..c import C\nA = ['a']\n"), A_FILE("p/c.py", "C = ['c']\n")},
         "a c"},
        {{A_FILE("p/s/prod.py", "from . import base\nA = base.A + ['b']\n"), A_FILE("p/s/base.py", "A = ['a']\n"),
          A_FILE("p/s/__init__.py", "")},
         "a b"},
        {{A_FILE("p/s/prod.py", "import p.s.base as base, os\nA = [*base.A]\n"), A_FILE("p/s/base.py", "A = ['a']\n")},
         "a"},
        {{A_FILE("p/s/__init__.py", "from .base import *\n"), A_FILE("p/s/base.py", "A = ['a']\n")}, "a"},
        {{A_FILE("s.py", "from s import *\nfrom t import *\nA = ['a']\n"), A_FILE("t.py", "from s import *\n")}, "a"},
        {{A_FILE("s.py", "A = ['a']\nif X:\n    from t import *\n"), A_FILE("t.py", "A = ['a', 'b']\n")}, "a a? b?"},
        {{A_FILE("s.py", "from os import *\nfrom pathlib import Path\nA = ['a']\n")}, "a"},
        {{A_FILE("s.py", "A = ['a']\ntry:\n    from local import *\nexcept ImportError:\n    pass\n")},
         "a …: “local” is imported whole and is not in the repository (s.py:3)"},
        {{A_FILE("s.py", "from local import *\nA = ['a']\n")}, "a"},
        {{A_FILE("s.py", "from local import A\nA += ['a']\n")}, "a …: “local” is not in the repository (s.py:1)"},
        {{A_FILE("s.py", "from t import A\n"), A_FILE("t.py", "B = 1\n")},
         "…: “A” is assigned nowhere in what was read"},
        {{A_FILE("s.py", "from t import *\n"), A_FILE("t.py", NULL)}, "…: “t.py” cannot be read"},
        {{A_FILE("s.py", "from t import *\n"), A_LINK("t.py", "A = ['a']")}, "…: “t.py” cannot be read"},
        {{A_FILE("s.py", "from ....t import *\n"), A_FILE("t.py", "A = ['a']")}, "a"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = 0;
        while (count < COUNT(rows[i].files) && rows[i].files[count].path)
            count++;
        expect_name(rows[i].files, count, "A", rows[i].expected);
    }
}

static void an_item_is_placed_where_it_was_written(void **state)
{
    const grove_file files[] = {A_FILE("s.py", "from t import *\nA += [\n    'b',\n]\n"),
                                A_FILE("t.py", "\nA = ['a']\n")};
    ff_tree *tree = ff_grove(files, COUNT(files));
    ff_arena arena = {0};
    ff_python python;
    (void)state;
    ff_python_init(&python, tree, &arena);
    ff_python_value value = ff_python_get(ff_python_load(&python, FF_LIT("s.py"), (ff_slice){0}), FF_LIT("A"));
    assert_int_equal(value.items.count, 2);
    assert_true(ff_slice_eq(value.items.items[0].path, FF_LIT("t.py")) && value.items.items[0].line == 2);
    assert_true(ff_slice_eq(value.items.items[1].path, FF_LIT("s.py")) && value.items.items[1].line == 3);
    ff_arena_release(&arena);
    ff_tree_close(tree);
}

/* `piece` again and again, `size` bytes at most, between two other texts. */
static char *repeated(const char *before, const char *piece, size_t size, const char *after)
{
    ff_buf buf;
    ff_buf_init(&buf, (size_t)8 << 20);
    ff_buf_add(&buf, ff_slice_of(before));
    while (buf.len + strlen(piece) <= size)
        ff_buf_add(&buf, ff_slice_of(piece));
    ff_buf_add(&buf, ff_slice_of(after));
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    return buf.ptr;
}

/* Each must end soon and in bounded memory; what is expected of the list is only that it does not pretend to be whole.
 */
static void hostile_settings_are_not_known_and_cost_little(void **state)
{
    static const struct {
        const char *before, *piece, *after;
    } rows[] = {
        {"A = ['a']\nA = ", "[", ""},
        {"A = ['a']\nA = ", "(", ""},
        {"A = ['a']\nB = ", "{[(", ""},
        {"A = ['a']\nA = ", "(*", ""},
        {"A = ['a']\nA = ", "[*f(**", ""},
        {"A = ['a']\nA = ", "[x for x in ", ""},
        {"A = ['a']\nA = ", "(x for x in y if (", ""},
        {"A = ['a']\n", "]", ""},
        {"A = ['a'] + x", ".x", "\n"},
        {"A = ['a'] + x", "()", "\n"},
        {"A = ['a'] + x", "[0]", "\n"},
        {"A = ['a'] + ", "x if y else ", "z\n"},
        {"A = ['a'] + ", "lambda: ", "z\n"},
        {"A = x + ", "- ", "z\n"},
        {"A = [", "'a',", "]\n"},
        {"A = ['a'] + 'a'", "'a'", "\n"},
        {"A = ['a'] + 'a'", "+'a'", "\n"},
        {"A = ['a']\n", "A += A\n", ""},
        {"A = ['a']\n", "A = A + A\n", ""},
        {"A = ['a']\n", "if x:\n A = A\n", ""},
        {"A = ['a']\n", "from s import *\nfrom t import *\n", ""},
        {"A = ['a']\n", "import a.b.c.d as e\n", ""},
        {"A = ['a']\n'", "x", "\n"},
        {"A = ['a']\n'''", "'x", "\n"},
        {"A = ['a']\n", "x = \"\n", ""},
        {"A = b['a']\n", "\\\n", ""},
        {"A = b['a']\n", "# 'x'\n", ""},
        {"A = b['a']\nB = ' ", "x ", "'\nA = B.split()\n"},
        {"A = b['a']\n", "a=", "\n"},
        {"A = b['a']\n", "a,", "\n"},
        {"A = b['a']\n", ";", "\n"},
        {"A = b['a']\n", "\xFF\xC3(", "\n"},
        {"A = b['a']\n", " if x:\n", "\n"},
        {"A = b['a']\n", "from ", "\n"},
        {"A = b['a']\nfrom ", ".", " import *\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = repeated(rows[i].before, rows[i].piece, FF_LIMIT_TREE_FILE_BYTES / 2 + 65536, rows[i].after);
        const grove_file files[] = {A_FILE("s.py", text), A_FILE("t.py", "B = ['b']\n")};
        ff_tree *tree = ff_grove(files, COUNT(files));
        ff_arena arena = {0};
        ff_python python;
        ff_python_init(&python, tree, &arena);
        const ff_python_module *module = ff_python_load(&python, FF_LIT("s.py"), (ff_slice){0});
        assert_non_null(module);
        ff_python_value value = ff_python_get(module, FF_LIT("A"));
        if (arena.failed || (value.sort == FF_VALUE_LIST && !value.open))
            fail_msg("%s%s…: %zu items, %zu bytes", rows[i].before, rows[i].piece, value.items.count, arena.used);
        ff_arena_release(&arena);
        ff_tree_close(tree);
        free(text);
    }
}

static void blocks_nested_too_deeply_end_the_reading(void **state)
{
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, (size_t)8 << 20);
    ff_buf_add(&buf, FF_LIT("A = ['a']\n"));
    for (size_t i = 0; i < 300; i++) {
        ff_buf_add_repeat(&buf, ' ', i);
        ff_buf_add(&buf, FF_LIT("if x:\n"));
    }
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    expect(buf.ptr, "a …: too many blocks stand in one another (s.py:103)");
    ff_buf_release(&buf);
}

static void modules_beyond_the_bound_are_not_read(void **state)
{
    enum { FILES = 2 * FF_LIMIT_PYTHON_FILES };
    static char names[FILES][32], texts[FILES][64];
    static grove_file files[FILES];
    (void)state;
    for (size_t i = 0; i < FILES; i++) {
        (void)snprintf(names[i], sizeof names[i], "m%zu.py", i);
        (void)snprintf(texts[i], sizeof texts[i], "from m%zu import *\n%s", i + 1, i == FILES - 1 ? "A = ['a']\n" : "");
        files[i] = (grove_file){.path = names[i], .text = texts[i]};
    }
    expect_name(files, FILES, "A", "…: more modules import one another than are read");
}

/* Each imports the next, and all are as long as the bound of all together allows. */
static void many_long_modules_fit_into_memory(void **state)
{
    static const char *const pieces[] = {"a,", "import a as b\n", "a = ['a']\n", "x()\n", "a = 'b' + 'c'\n"};
    static char names[FF_LIMIT_PYTHON_FILES][32], *texts[FF_LIMIT_PYTHON_FILES];
    static grove_file files[FF_LIMIT_PYTHON_FILES];
    (void)state;
    for (size_t p = 0; p < COUNT(pieces); p++) {
        for (size_t i = 0; i < FF_LIMIT_PYTHON_FILES; i++) {
            char head[48];
            (void)snprintf(names[i], sizeof names[i], "m%zu.py", i);
            (void)snprintf(head, sizeof head, "from m%zu import *\n", i + 1);
            texts[i] = repeated(head, pieces[p], FF_LIMIT_PYTHON_BYTES / FF_LIMIT_PYTHON_FILES - 64, "\n");
            files[i] = (grove_file){.path = names[i], .text = texts[i]};
        }
        ff_tree *tree = ff_grove(files, COUNT(files));
        ff_arena arena = {0};
        ff_python python;
        ff_python_init(&python, tree, &arena);
        const ff_python_module *module = ff_python_load(&python, FF_LIT("m0.py"), (ff_slice){0});
        assert_true(module && !arena.failed && module->scope.open.words);
        ff_arena_release(&arena);
        ff_tree_close(tree);
        for (size_t i = 0; i < FF_LIMIT_PYTHON_FILES; i++)
            free(texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_worked_out_in_the_order_of_their_statements),
        cmocka_unit_test(what_stands_under_a_condition_is_perhaps_there),
        cmocka_unit_test(what_is_not_literal_is_not_known_and_says_why),
        cmocka_unit_test(imports_are_followed_inside_the_tree),
        cmocka_unit_test(an_item_is_placed_where_it_was_written),
        cmocka_unit_test(hostile_settings_are_not_known_and_cost_little),
        cmocka_unit_test(blocks_nested_too_deeply_end_the_reading),
        cmocka_unit_test(modules_beyond_the_bound_are_not_read),
        cmocka_unit_test(many_long_modules_fit_into_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
