/* What is no script, or is one that means harm: bounded, and told to be not whole. */
#include "script.h"

#include "base/buf.h"
#include "base/limits.h"

static void what_is_not_understood_ends_one_line_or_construct(void **state)
{
    static const struct {
        const char *script, *needle;
        uint32_t line; /* of the needle behind the trouble; 0: it is lost */
    } rows[] = {
        {"a )\nx", "x", 2},
        {"fi\nx", "x", 2},
        {"; ; x", "x", 1},
        {"&& x", "x", 1},
        {"a (b) c\nx", "x", 2},
        {"if a; then\n  b (c)\nfi\nx", "x", 4},
        {"{ a; fi\nx", "x", 2},
        {"if a\nx", "x", 2},
        {"while a; do x", "x", 1},
        {"case a in b) x", "x", 1},
        {"case a in (\nesac\nx", "x", 3},
        {"a 'b\nx", "x", 2},
        {"a \"b\nx", "x", 2},
        {"a `b\nx", "x", 2},
        {"a ${b\nx", "x", 2},
        {"a \"$(b\nx", "x", 2},
        {"a $'b\nx", "x", 2},
        {"a $(b\nx", "x", 2},
        {"a=(b\nx", "x", 0},
        {"a <<E\nx", "x", 0},
        {"a <\nx", "x", 2},
        {"for ; do x; done", "x", 1},
        {"f()", "f", 0},
        {"if a; then\n  # b\nfi\nx", "x", 4},
        {"while a; do\ndone\nx", "x", 3},
        {"{ }\nx", "x", 2},
        {"()\nx", "x", 2},
        {"[[ a\nb", "b", 1},
        {"sh -c 'a )\nx'", "x", 2},
        {"python - <<E\na('b\nx()\nE\n", "x", 2},
        {"python - <<E\n'''\nE\nx", "x", 4},
        {"\xEF\xBB\xBFx \x01\xFF )", "x", 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        const ff_shell_script *script = open_script(&r, rows[i].script, true);
        const ff_shell_command *found = ff_shell_find(script, ff_slice_of(rows[i].needle), NULL);
        if (script->whole || (found ? found->first_line : 0) != rows[i].line)
            fail_msg("%s\n: whole %d, line %d", rows[i].script, script->whole, found ? (int)found->first_line : 0);
        close_script(&r);
    }
}

static void nothing_is_a_script_too(void **state)
{
    static const char *const rows[] = {"", "\n", " \t\n\n", "# a", "\\\n", "\r\n"};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        const ff_shell_script *script = open_script(&r, rows[i], true);
        assert_true(script->whole && script->commands.count == 0 && script->choices.count == 0);
        assert_null(ff_shell_at(script, 1));
        close_script(&r);
    }
}

/* `before`, `piece` as often as it fits, `x` on a line of its own. */
static void fill(ff_buf *buf, const char *before, const char *piece, size_t times)
{
    ff_buf_init(buf, (size_t)8 * 1024 * 1024);
    ff_buf_add(buf, ff_slice_of(before));
    for (size_t i = 0; i < times; i++)
        ff_buf_add(buf, ff_slice_of(piece));
    ff_buf_add(buf, FF_LIT("\nx\n"));
    assert_int_equal(ff_buf_status(buf), FF_OK);
}

static void bounds_are_kept_and_told(void **state)
{
    static const struct {
        const char *piece;
        size_t fits; /* so many of them are read whole */
    } rows[] = {
        {"{ a;\n", 0},
        {"a\n", FF_LIMIT_SCRIPT_COMMANDS - 1},
        {"#234567\n", FF_LIMIT_SCRIPT_BYTES / 8 - 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t more = 0; more < 2; more++) {
            ff_buf buf;
            reading r;
            fill(&buf, "", rows[i].piece, rows[i].fits + more);
            const ff_shell_script *script = open_script(&r, buf.ptr, true);
            assert_int_equal(script->whole, !more);
            assert_int_equal(ff_shell_find(script, FF_LIT("x"), NULL) != NULL, !more || i == 0);
            assert_true(script->commands.count <= FF_LIMIT_SCRIPT_COMMANDS);
            close_script(&r);
            ff_buf_release(&buf);
        }
}

static void nesting_is_bounded(void **state)
{
    static const char *const rows[][2] = {
        {"{ ", "; }"},    {"( ", " )"}, {"if a; then ", "; fi"}, {"b $(", ")"}, {"b \"$(", ")\""},
        {"b ${c:-", "}"}, {"f() ", ""}, {"eval eval ", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t depth = 8; depth <= 20000; depth *= 50) {
            ff_buf buf;
            reading r;
            ff_buf_init(&buf, (size_t)8 * 1024 * 1024);
            for (size_t k = 0; k < depth; k++)
                ff_buf_add(&buf, ff_slice_of(rows[i][0]));
            ff_buf_add(&buf, i == 5 || i == 7 ? FF_LIT("x") : FF_LIT("{ x; }"));
            for (size_t k = 0; k < depth; k++)
                ff_buf_add(&buf, ff_slice_of(rows[i][1]));
            assert_int_equal(ff_buf_status(&buf), FF_OK);
            if (open_script(&r, buf.ptr, true)->whole != (depth == 8))
                fail_msg("%s: whole %d at %zu", rows[i][0], r.script.whole, depth);
            close_script(&r);
            ff_buf_release(&buf);
        }
}

/* Each of these made a reader that goes back, or looks ahead, take minutes. */
static void no_text_takes_long(void **state)
{
    static const char *const rows[] = {
        "'",
        "\"",
        "`",
        "\"$(",
        "$(",
        "${",
        "(",
        "{ ",
        "$((\n",
        "((",
        "if x\n",
        "cat <<E\n",
        "cat <<E ",
        "$(cat <<E\n",
        "a && ",
        "a || ",
        "a | ",
        "\\",
        "\\\n",
        "\\a",
        "A=$(b) ",
        "a=(",
        "case a in ",
        "'${{' ",
        "\"${{ ",
        "f() {\n",
        "a || die\n",
        "fi ",
        "! ",
        ";;",
        "@(",
        "[[ ",
        "ssh a ",
        "eval 'b' ",
        "eval a ",
        "elif a; then",
        "'\n",
        "\"\n",
        "`\n",
        "\"$(\na\n",
        "`\\`",
        "sh -c 'a b'\n",
        "bash <<E\na\nE\n",
        "f() { a; }\nf || true\n",
        "\\\n\\\n ",
        "\r",
        "<(a) ",
        "time ",
    };
    static const char *const before[] = {"", "bash <<'X'\n", "python - <<'X'\n", "if a; then\n"};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t b = 0; b < COUNT(before); b++) {
            ff_buf buf;
            reading r;
            fill(&buf, before[b], rows[i], (size_t)128 * 1024 / strlen(rows[i]));
            (void)open_script(&r, buf.ptr, true);
            if (r.arena.used > (size_t)12 * 1024 * 1024)
                fail_msg("%s%s: %zu bytes", before[b], rows[i], r.arena.used);
            (void)ff_shell_at(&r.script, 1);
            close_script(&r);
            ff_buf_release(&buf);
        }
}

static void too_little_memory_is_told(void **state)
{
    static const char text[] =
        "if a; then\n  b \"$(c)\" || d\nfi\nsh -c 'e\n f'\npython - <<E\ntry: g()\nexcept: pass\nE\n"
        "echo i \\\n  j\n";
    bool failed = false, read = false;
    (void)state;
    for (size_t limit = 0; limit < 20000; limit += 61) {
        ff_arena arena;
        ff_shell_script script;
        ff_arena_init(&arena, limit + 1);
        ff_status status = ff_shell_read(&script, ff_slice_of(text), &(ff_shell_options){.errexit = true}, &arena);
        failed = failed || status == FF_NOMEM;
        read = read || status == FF_OK;
        assert_true(status == FF_OK || (status == FF_NOMEM && !script.commands.count && !script.whole));
        ff_arena_release(&arena);
    }
    assert_true(failed && read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_understood_ends_one_line_or_construct),
        cmocka_unit_test(nothing_is_a_script_too),
        cmocka_unit_test(bounds_are_kept_and_told),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(no_text_takes_long),
        cmocka_unit_test(too_little_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
