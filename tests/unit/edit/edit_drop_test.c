/* What becomes of a script when a command is taken out of it, and where it is left alone. */
#include "edit/edit_drop.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const ff_shell_options SHELL = {.errexit = true};

/* Every table takes out `manage.py x`. */
typedef struct example {
    const char *script;
    const char *instead;  /* NULL: none */
    const char *expected; /* NULL: it stays as it is */
    const char *refused;  /* `line: words of the reason`; NULL: nothing was */
} example;

static void expect_refused(const ff_edit_script *script, const example *row)
{
    if (!row->refused) {
        if (script->refused.count)
            fail_msg("'%s' refused at %u: %s", row->script, script->refused.line, script->refused.why);
        return;
    }
    char got[200];
    (void)snprintf(got, sizeof got, "%u: %s", script->refused.line, script->refused.why ? script->refused.why : "");
    if (!script->refused.count || ff_slice_find(ff_slice_of(got), ff_slice_of(row->refused)) != 0)
        fail_msg("'%s' refused as '%s', not '%s'", row->script, got, row->refused);
}

static void expect_row(const example *row)
{
    ff_arena arena;
    ff_edit_script script;
    ff_slice after;
    ff_arena_init(&arena, 0);
    assert_int_equal(ff_edit_script_read(&script, ff_slice_of(row->script), &SHELL, &arena), FF_OK);
    assert_int_equal(ff_edit_drop(&script, FF_LIT("manage.py x"), ff_slice_of(row->instead)), FF_OK);
    assert_int_equal(ff_edit_script_write(&script, &after), FF_OK);
    const char *expected = row->expected ? row->expected : row->script;
    if (!ff_slice_eq(after, ff_slice_of(expected)))
        fail_msg("'%s' became '%.*s', not '%s'", row->script, FF_ARG(after), expected);
    assert_int_equal(ff_edit_script_changed(&script), row->expected != NULL);
    expect_refused(&script, row);
    ff_arena_release(&arena);
}

static void expect_rows(const example *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_row(&rows[i]);
}

static void test_of_a_guard_the_other_branch_stays(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "set -e\n"
                   "if python manage.py help x >/dev/null 2>&1; then\n"
                   "  # first\n"
                   "  python manage.py x --shared\n"
                   "  python manage.py y\n"
                   "  python manage.py x\n"
                   "else\n"
                   "  # second\n"
                   "  echo 'no x'\n"
                   "\n"
                   "    python manage.py z\n"
                   "fi\n"
                   "done_it",
         .expected = "set -e\n# second\necho 'no x'\n\n  python manage.py z\ndone_it"},
        {.script =
             "  if python manage.py help x; then\n\tpython manage.py x\n  else\n  \tpython manage.py z\n  fi\n  b",
         .expected = "  python manage.py z\n  b"},
        {.script = "a\nif python manage.py help x; then\n  python manage.py x\nfi # x\nb", .expected = "a\nb"},
        {.script = "if ! python manage.py help x; then\n  a\nelse\n  python manage.py x\nfi\nb", .expected = "a\nb"},
        {.script = "a\nif python manage.py help x; then\n  python manage.py x || python manage.py z\nfi",
         .expected = "a"},
        {.script = "if python manage.py help x; then\n"
                   "  python manage.py x\n"
                   "else\n"
                   "  echo z\n"
                   "  python manage.py x || true\n"
                   "fi",
         .expected = "echo z"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_text_that_goes_over_lines_is_not_shifted(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "if python manage.py help x; then\n  python manage.py x\nelse\n  cat <<EOF\n  a\nEOF\nfi",
         .expected = "  cat <<EOF\n  a\nEOF"},
        {.script = "if python manage.py help x; then\n  python manage.py x\nelse\n  echo 'a\n    b'\nfi",
         .expected = "  echo 'a\n    b'"},
        {.script = "if python manage.py help x; then\n  python manage.py x\nelse\n  echo a \\\n    b\nfi",
         .expected = "echo a \\\n  b"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_a_guard_that_is_not_laid_out_in_lines_is_left_alone(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "if python manage.py help x; then python manage.py x; else a; fi", .refused = "1: "},
        {.script = "if python manage.py help x; then\n  python manage.py x\nelif a; then\n  b\nfi", .refused = "2: "},
        {.script = "if python manage.py help x; then\n  python manage.py x\nelse\n  b\nfi || true", .refused = "2: "},
        {.script = "sh -c 'a\nif python manage.py help x; then\n  python manage.py x\nfi'", .refused = "3: "},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_a_fallback_takes_the_place(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "a\n  python manage.py x --shared --noinput || python manage.py y --noinput\nb",
         .expected = "a\n  python manage.py y --noinput\nb"},
        {.script = "python manage.py x 2>/dev/null || python manage.py y > log 2>&1 # why",
         .expected = "python manage.py y > log 2>&1 # why"},
        {.script = "python manage.py x \\\n  || python manage.py y \\\n    --noinput\nb",
         .expected = "python manage.py y \\\n    --noinput\nb"},
        {.script = "  python manage.py x ||\n    python manage.py y\nb", .expected = "  python manage.py y\nb"},
        {.script = "A=1 python manage.py x || B=2 python manage.py y", .expected = "B=2 python manage.py y"},
        {.script = "python manage.py x --a || python manage.py x --b || python manage.py y",
         .expected = "python manage.py y"},
        {.script = "python manage.py x || python manage.py y || true", .expected = "python manage.py y || true"},
        {.script = "a; python manage.py x || python manage.py y; b", .expected = "a; python manage.py y; b"},
        {.script = "python manage.py x || python manage.py y",
         .instead = "python manage.py z",
         .expected = "python manage.py y"},
        {.script = "python manage.py y || python manage.py x\nb", .expected = "python manage.py y\nb"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_what_only_swallows_the_failure_goes_with_the_command(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "a\npython manage.py x || true\nb", .expected = "a\nb"},
        {.script = "a\npython manage.py x || :\nb", .expected = "a\nb"},
        {.script = "a\npython manage.py x || echo \"no; x\" # why\nb", .expected = "a\nb"},
        {.script = "a\npython manage.py x || { echo no; }\nb", .expected = "a\nb"},
        {.script = "a\npython manage.py x || {\n  echo no\n}\nb", .expected = "a\nb"},
        {.script = "a\npython manage.py x || exit 1\nb", .expected = "a\nb"},
        {.script = "a\npython manage.py x || { echo no; exit 1; }\nb", .expected = "a\nb"},
        {.script = "a\n  python manage.py x || true\nb", .instead = "y", .expected = "a\n  y\nb"},
        {.script = "a\npython manage.py x || exit 1\nb", .instead = "y", .expected = "a\ny || exit 1\nb"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_a_command_that_stands_alone_goes_or_is_replaced(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "a\n# why\npython manage.py x\nb", .expected = "a\n# why\nb"},
        {.script = "a\nsudo docker run \\\n  image \\\n  python manage.py x\nb", .expected = "a\nb"},
        {.script = "a; python manage.py x; b", .expected = "a; b"},
        {.script = "python manage.py x; b", .expected = "b"},
        {.script = "a; python manage.py x # why", .expected = "a # why"},
        {.script = "a\n\tpython manage.py x -v # why\nb", .instead = "y -z", .expected = "a\n\ty -z # why\nb"},
        {.script = "python manage.py x", .instead = "y", .expected = "y"},
        {.script = "a\npython manage.py x -1\npython manage.py x -2\nb", .instead = "y", .expected = "a\ny\nb"},
        {.script = "python manage.py x -1; python manage.py x -2; b", .instead = "y", .expected = "y; b"},
        {.script = "cd app && python manage.py x --all", .instead = "y", .expected = "cd app && y"},
        {.script = "a\n  python manage.py x", .instead = "y\nz", .expected = "a\n  y\n  z"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_what_is_put_there_runs_where_the_command_did(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "docker exec web python3 manage.py x --a",
         .instead = "python manage.py y",
         .expected = "docker exec web python manage.py y"},
        {.script = "sudo docker run --rm \\\n  \"$IMG\" \\\n  python manage.py x || true\na",
         .instead = "python manage.py y",
         .expected = "sudo docker run --rm \\\n  \"$IMG\" \\\n  python manage.py y\na"},
        {.script = "A=1 B=2 ./manage.py x", .instead = "make y", .expected = "A=1 B=2 make y"},
        {.script = "a\nuv run manage.py x",
         .instead = "python manage.py y",
         .refused = "2: how to run another command"},
        {.script = "for a in b; do\n"
                   "  if docker exec web ./manage.py help x; then\n"
                   "    docker exec web ./manage.py x\n"
                   "  fi\n"
                   "done",
         .instead = "manage.py y",
         .expected = "for a in b; do\n  docker exec web manage.py y\ndone"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_what_depends_on_the_command_is_left_alone(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "a\npython manage.py x && b", .refused = "2: what stands behind “&&”"},
        {.script = "cd app && python manage.py x", .refused = "1: the command stands behind “&&”"},
        {.script = "a && python manage.py x || b", .refused = "1: what stands behind “&&”"},
        {.script = "python manage.py x | tee log", .refused = "1: the command stands in a pipeline"},
        {.script = "yes | python manage.py x", .refused = "1: the command stands in a pipeline"},
        {.script = "a\npython manage.py x &\nb", .refused = "2: the command runs in the background"},
        {.script = "a=$(python manage.py x)\nb", .refused = "1: "},
        {.script = "echo \"$(python manage.py x)\"", .refused = "1: "},
        {.script = "if python manage.py x; then\n  a\nfi", .refused = "1: "},
        {.script = "if a; then python manage.py x; fi", .refused = "1: "},
        {.script = "while ! python manage.py x; do\n  sleep 1\ndone", .refused = "1: "},
        {.script = "a\npython manage.py x\nif [ $? -ne 0 ]; then\n  b\nfi", .refused = "2: the next command asks"},
        {.script = "a\npython manage.py x; code=$?", .refused = "2: the next command asks"},
        {.script = "a\npython manage.py x || code=$?\nb", .refused = "2: what stands behind"},
        {.script = "a\npython manage.py x || failed=1\nb", .refused = "2: what stands behind"},
        {.script = "a\npython manage.py x || { code=$?; c; }\nb", .refused = "2: what stands behind"},
        {.script = "a\npython manage.py x <<EOF\nb\nEOF", .refused = "2: a here-document belongs"},
        {.script = "case $1 in\n  a) python manage.py x ;;\nesac", .refused = "2: "},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_nothing_is_left_empty(void **state)
{
    (void)state;
    static const char EMPTY[] = "2: nothing would be left";
    static const example ROWS[] = {
        {.script = "# a\npython manage.py x", .refused = EMPTY},
        {.script = "if a; then\n  python manage.py x\nfi", .refused = EMPTY},
        {.script = "if a; then\n  # b\n  python manage.py x\n\nelse\n  c\nfi", .refused = "3: nothing would be left"},
        {.script = "for a in b; do\n  python manage.py x || true\ndone", .refused = EMPTY},
        {.script = "f() {\n  python manage.py x\n}\na", .refused = EMPTY},
        {.script = "sh -c \"\n  python manage.py x\n\"", .refused = EMPTY},
        {.script = "ssh host bash -s <<'EOF'\n  python manage.py x\nEOF", .refused = EMPTY},
        {.script = "if a; then\n  python manage.py x\nfi", .instead = "y", .expected = "if a; then\n  y\nfi"},
        {.script = "if a; then\n  python manage.py x\n  b\nfi", .expected = "if a; then\n  b\nfi"},
        {.script = "f() {\n  if python manage.py help x; then\n    python manage.py x\n  fi\n}\na", .refused = EMPTY},
        {.script = "f() {\n  if python manage.py help x; then\n    python manage.py x\n  fi\n}\na",
         .instead = "y",
         .expected = "f() {\n  y\n}\na"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_scripts_inside_the_script_are_changed_too(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "docker run image sh -c \"python manage.py x || python manage.py y\"",
         .expected = "docker run image sh -c \"python manage.py y\""},
        {.script = "sh -c 'python manage.py x; b' || true", .expected = "sh -c 'b' || true"},
        {.script = "ssh host \"python manage.py x\"", .refused = "1: the script between the quotes"},
        {.script = "sh -c \"python manage.py x\"", .instead = "y", .expected = "sh -c \"y\""},
        {.script = "sh -c \"\n  a\n  python manage.py x || echo \\\"no; x\\\"\n  b\n\"",
         .expected = "sh -c \"\n  a\n  b\n\""},
        {.script = "ssh host bash -s <<'EOF'\n  set -e\n  python manage.py x || python manage.py y\nEOF\na",
         .expected = "ssh host bash -s <<'EOF'\n  set -e\n  python manage.py y\nEOF\na"},
        {.script = "docker run \\\n"
                   "  image \\\n"
                   "  sh -c \"\n"
                   "    if python manage.py help x >/dev/null 2>&1; then\n"
                   "      echo 'Using x...'\n"
                   "      python manage.py x --shared\n"
                   "    else\n"
                   "      echo 'Using y...'\n"
                   "      python manage.py y\n"
                   "    fi\n"
                   "  \"\n"
                   "a",
         .expected = "docker run \\\n  image \\\n  sh -c \"\n    echo 'Using y...'\n    python manage.py y\n  \"\na"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

static void test_what_only_names_the_command_stays(void **state)
{
    (void)state;
    static const example ROWS[] = {
        {.script = "echo python manage.py x\nprintf manage.py x"},
        {.script = "# python manage.py x\npython manage.py xy\npython manage.py help x"},
        {.script = "cat <<EOF\npython manage.py x\nEOF"},
    };
    expect_rows(ROWS, COUNT(ROWS));
}

/* A script of `before`, `count` times `piece`, `after`. */
static char *repeat(const char *before, const char *piece, size_t count, const char *after)
{
    ff_buf text;
    ff_buf_init(&text, (size_t)4 << 20);
    ff_buf_add(&text, ff_slice_of(before));
    for (size_t i = 0; i < count; i++)
        ff_buf_add(&text, ff_slice_of(piece));
    ff_buf_add(&text, ff_slice_of(after));
    assert_int_equal(ff_buf_status(&text), FF_OK);
    return text.ptr;
}

#define LINES_16 "a\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\n"

static void test_hostile_scripts_end_soon(void **state)
{
    (void)state;
    static const struct {
        const char *before, *piece, *after, *instead;
        size_t times; /* 0: as often as fits */
        bool changes;
    } ROWS[] = {
        {"", "a; python manage.py x; ", "", "", FF_LIMIT_SCRIPT_COMMANDS / 2, true},
        {"", "a\npython manage.py x\n", "", "", FF_LIMIT_SCRIPT_COMMANDS / 2, true},
        {"", "sh -c \"python manage.py x\"; ", "", "y", FF_LIMIT_SCRIPT_COMMANDS / 2, true},
        {"", "python manage.py x; ", "(\n" LINES_16 LINES_16 LINES_16 LINES_16 LINES_16 ")", "", 8000, false},
        {"sh -c \"python manage.py x\"; python manage.py x #", " ", "", "0123456789012345678901234567890123456789",
         FF_LIMIT_SCRIPT_BYTES - 52, true},
        {"", "python manage.py x '\n", "", "", 0, false},
        {"", "python manage.py x || \\\n", "", "", 0, false},
        {"", "if python manage.py help x; then\npython manage.py x\n", "", "", 0, false},
        {"", "sh -c \"python manage.py x\n", "", "", 0, false},
        {"", "python manage.py x $(\n", "", "", 0, false},
        {"", "f <<A python manage.py x\n", "", "", 0, false},
    };
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        ff_arena arena;
        ff_edit_script script;
        size_t times = ROWS[i].times ? ROWS[i].times : FF_LIMIT_SCRIPT_BYTES / strlen(ROWS[i].piece);
        char *text = repeat(ROWS[i].before, ROWS[i].piece, times, ROWS[i].after);
        ff_arena_init(&arena, 0);
        assert_int_equal(ff_edit_script_read(&script, ff_slice_of(text), &SHELL, &arena), FF_OK);
        /* What is not understood to its end is left alone before any of this is tried. */
        assert_int_equal(script.shell.whole, ROWS[i].times > 0);
        assert_int_equal(ff_edit_drop(&script, FF_LIT("manage.py x"), ff_slice_of(ROWS[i].instead)), FF_OK);
        assert_int_equal(ff_edit_script_changed(&script), ROWS[i].changes);
        ff_arena_release(&arena);
        free(text);
    }
}

static void test_a_script_beyond_the_bound_is_not_read(void **state)
{
    (void)state;
    ff_arena arena;
    ff_edit_script script;
    char *text = repeat("", "a\n", FF_LIMIT_SCRIPT_BYTES / 2 + 1, "");
    ff_arena_init(&arena, 0);
    assert_int_equal(ff_edit_script_read(&script, ff_slice_of(text), &SHELL, &arena), FF_LIMIT);
    ff_arena_release(&arena);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_a_guard_the_other_branch_stays),
        cmocka_unit_test(test_text_that_goes_over_lines_is_not_shifted),
        cmocka_unit_test(test_a_guard_that_is_not_laid_out_in_lines_is_left_alone),
        cmocka_unit_test(test_a_fallback_takes_the_place),
        cmocka_unit_test(test_what_only_swallows_the_failure_goes_with_the_command),
        cmocka_unit_test(test_a_command_that_stands_alone_goes_or_is_replaced),
        cmocka_unit_test(test_what_is_put_there_runs_where_the_command_did),
        cmocka_unit_test(test_what_depends_on_the_command_is_left_alone),
        cmocka_unit_test(test_nothing_is_left_empty),
        cmocka_unit_test(test_scripts_inside_the_script_are_changed_too),
        cmocka_unit_test(test_what_only_names_the_command_stays),
        cmocka_unit_test(test_hostile_scripts_end_soon),
        cmocka_unit_test(test_a_script_beyond_the_bound_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
