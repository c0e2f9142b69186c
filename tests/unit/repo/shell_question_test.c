/* What can be asked of a script that was read: finding commands, guards, what is printed, how a command was written. */
#include "script.h"

static void a_needle_is_words_one_after_the_other(void **state)
{
    static const struct {
        const char *script, *needle;
        int line; /* of the command found; 0: none */
    } rows[] = {
        {"python manage.py migrate --noinput", "manage.py migrate", 1},
        {"./manage.py migrate", "manage.py migrate", 1},
        {"python backend/manage.py migrate", "manage.py migrate", 1},
        {"python 'manage.py' \"migrate\"", "manage.py  migrate ", 1},
        {"python \\\n  manage.py \\\n  migrate", "manage.py migrate", 1},
        {"docker run img python manage.py migrate", "manage.py migrate", 1},
        {"sh -c 'cd b\npython manage.py migrate'", "manage.py migrate", 2},
        {"a\nmanage.py mi\\\ngrate", "manage.py migrate", 2},
        {"A=1 manage.py migrate", "manage.py migrate", 1},
        {"time manage.py migrate", "manage.py migrate", 1},
        {"manage.py $'migrate'", "manage.py migrate", 1},
        {"a $(manage.py migrate)", "manage.py migrate", 1},
        {"a \"b $(manage.py migrate)\"", "manage.py migrate", 1},
        {"a=(\n  b\n  $(manage.py migrate)\n)", "manage.py migrate", 1 + 2},
        {"cat <<E\n$(manage.py migrate)\nE\n", "manage.py migrate", 2},
        {"a ${{ matrix.b || 'c' }} manage.py migrate", "manage.py migrate", 1},
        {"echo '${{ contains(x, 'y') }}'\nmanage.py migrate", "manage.py migrate", 2},
        {"manage.py migrate_schemas", "manage.py migrate", 0},
        {"manage.py --settings=a migrate", "manage.py migrate", 0},
        {"xmanage.py migrate", "manage.py migrate", 0},
        {"echo 'manage.py migrate'", "manage.py migrate", 0},
        {"# manage.py migrate", "manage.py migrate", 0},
        {"a # manage.py migrate", "manage.py migrate", 0},
        {"cat <<'E'\nmanage.py migrate\nE\n", "manage.py migrate", 0},
        {"manage.py\nmigrate", "manage.py migrate", 0},
        {"manage.py", "manage.py migrate", 0},
        {"a", "", 0},
        {"a", " ", 0},
        {"", "a", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        const ff_shell_script *script = open_script(&r, rows[i].script, true);
        const ff_shell_command *found = ff_shell_find(script, ff_slice_of(rows[i].needle), NULL);
        if ((found ? (int)found->first_line : 0) != rows[i].line || !script->whole)
            fail_msg("'%s' in '%s': line %d", rows[i].needle, rows[i].script, found ? (int)found->first_line : 0);
        close_script(&r);
    }
}

static void the_next_one_is_found_behind_the_last(void **state)
{
    reading r;
    (void)state;
    const ff_shell_script *script = open_script(&r, "a 1\nb\na 2 | a 3\n", true);
    const ff_shell_command *one = command_of(&r, "a"), *two = ff_shell_find(script, FF_LIT("a"), one);
    assert_non_null(two);
    expect_text(two->text, "a 2");
    const ff_shell_command *three = ff_shell_find(script, FF_LIT("a"), two);
    assert_non_null(three);
    expect_text(three->text, "a 3");
    assert_null(ff_shell_find(script, FF_LIT("a"), three));
    close_script(&r);
}

static void the_innermost_command_covers_a_line(void **state)
{
    static const char script[] = "a \\\n  b\n"            /* 1, 2 */
                                 "\n"                     /* 3 */
                                 "ssh h bash <<'E'\n"     /* 4 */
                                 "# note\n"               /* 5 */
                                 "c $(d)\n"               /* 6 */
                                 "E\n"                    /* 7 */
                                 "e \"x\n"                /* 8 */
                                 "  y\" || f\n"           /* 9 */
                                 "if g; then\n  h\nfi\n"; /* 10, 11, 12 */
    static const char *const rows[] = {
        "",  "a b", "a b", "", "ssh h bash <<'E'", "ssh h bash <<'E'", "d", "ssh h bash <<'E'", "e \"x\n  y\"", "f",
        "g", "h",   "",    ""};
    reading r;
    (void)state;
    (void)open_script(&r, script, true);
    for (uint32_t line = 0; line < COUNT(rows); line++) {
        const ff_shell_command *at = ff_shell_at(&r.script, line);
        if (!ff_slice_eq(at ? at->text : (ff_slice){0}, ff_slice_of(rows[line])))
            fail_msg("line %u: '%.*s'", (unsigned)line, FF_ARG(at ? at->text : FF_LIT("nothing")));
    }
    close_script(&r);
}

static void a_command_is_shown_as_it_was_written(void **state)
{
    static const struct {
        const char *script, *needle, *text;
    } rows[] = {
        {"x  'a b'  >log   2>&1 ; y", "x", "x  'a b'  >log   2>&1"},
        {"A=1 B=\"2\" x", "x", "A=1 B=\"2\" x"},
        {"x \\\n    --a \\\n\t--b # c", "x", "x --a --b"},
        {"x a\\\nb", "x", "x ab"},
        {"x <<E \\\n  --a\nbody\nE\n", "x", "x <<E --a"},
        {"x 'a \\\n b'", "x", "x 'a \\\n b'"},
        {"sh -c \"x \\\n   --a; y\"", "x --a", "x --a"},
        {"x \xC3\xA4", "x", "x \xC3\xA4"},
        {"x a\r\ny", "x", "x a"},
        {">log x a", "x", ">log x a"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        (void)open_script(&r, rows[i].script, true);
        expect_text(command_of(&r, rows[i].needle)->text, rows[i].text);
        close_script(&r);
    }
}

static void a_long_construct_is_one_short_line(void **state)
{
    static char script[3000] = "x || { echo ";
    reading r;
    (void)state;
    for (size_t at = strlen(script); at + 2 < 2000; at += 2)
        memcpy(script + at, "\xC3\xA4", 3);
    memcpy(script + strlen(script), "\n}\ny", 5);
    (void)open_script(&r, script, true);
    const ff_shell_command *command = command_of(&r, "x");
    assert_int_equal(command->shield, FF_SHIELD_IGNORED);
    assert_in_range(command->shield_text.len, 390, 400);
    assert_true(ff_slice_ends(command->shield_text, FF_LIT("\xC3\xA4…")));
    close_script(&r);
}

static void dropped_output_is_told(void **state)
{
    static const struct {
        const char *script;
        bool silent, errors;
    } rows[] = {
        {"x >/dev/null 2>&1", true, true},
        {"x > /dev/null 2> /dev/null", true, true},
        {"x &>/dev/null", true, true},
        {"x >& /dev/null", true, true},
        {"x 2>&1 >/dev/null", false, false}, /* errors go where the output went before */
        {"x 2>/dev/null", false, true},
        {"x 2>&-", false, true},
        {"x >/dev/null", false, false},
        {"x >/dev/null >&2", false, false},
        {"x 2>/dev/null >&2", true, true},
        {"x >log 2>&1", false, false},
        {"{ x; } >/dev/null 2>&1", true, true},
        {"if x; then a; fi 2>/dev/null", false, true},
        {"sh -c 'x; a' >/dev/null 2>&1", true, true},
        {"A=$(x 2>/dev/null)", false, true},
        {"x >/dev/null 2>&1 | a", true, true},
        {"x 2>/dev/null | a", false, true},
        {"x |& a", false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        (void)open_script(&r, rows[i].script, true);
        const ff_shell_command *command = NULL;
        while ((command = ff_shell_find(&r.script, FF_LIT("x"), command)) && command->words[0].len != 1)
            continue;
        if (!command || command->silent != rows[i].silent || command->errors_dropped != rows[i].errors)
            fail_msg("%s", rows[i].script);
        close_script(&r);
    }
}

static void what_is_printed_for_certain_is_told(void **state)
{
    static const char *const rows[][2] = {
        {"echo Using regular migrations...", "Using regular migrations..."},
        {"echo 'Using  $x'", "Using  $x"},
        {"echo \"a\" 'b'  c", "a b c"},
        {"echo -n a", "a"},
        {"echo -- a", "-- a"},
        {"echo \"a\" >&2", "a"},
        {"printf 'a b\\n'", "a b"},
        {"printf \"a\"", "a"},
        {"sh -c \"echo 'a b'; x\"", "a b"},
        {"python -c 'print(\"a b\")'", "a b"},
        {"python -c 'print(f\"a b\")'", "a b"},
        {"echo \"a $x\"", ""},
        {"echo $(a)", ""},
        {"echo *.c", ""},
        {"echo {a,b}", ""},
        {"echo -e 'a\\nb'", ""},
        {"echo a > file", ""},
        {"echo a >> $GITHUB_OUTPUT", ""},
        {"echo a | x", ""},
        {"x \"$(echo a)\"", ""},
        {"{ echo a; } > file", ""},
        {"echo", ""},
        {"printf 'a %s' b", ""},
        {"printf 'a%%'", ""},
        {"x a", ""},
        {"python -c 'print(f\"a {b}\")'", ""},
        {"python -c 'print(\"a\", b)'", ""},
        {"python -c 'print(\"a\\n\")'", ""},
        {"python -c 'print(a)'", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        const ff_shell_script *script = open_script(&r, rows[i][0], true);
        ff_slice said = {0};
        for (size_t c = 0; c < script->commands.count && !said.len; c++)
            said = ff_shell_says(&script->commands.items[c]);
        if (!ff_slice_eq(said, ff_slice_of(rows[i][1])))
            fail_msg("%s: '%.*s'", rows[i][0], FF_ARG(said));
        close_script(&r);
    }
}

static void a_guard_asks_first_whether_the_command_exists(void **state)
{
    static const struct {
        const char *script;
        int line; /* of the `if`; 0: none */
        bool in_then, negated;
    } rows[] = {
        {"if manage.py help x; then\n  manage.py x\nfi", 1, true, false},
        {"if a; then\n  if manage.py help x &>/dev/null; then\n    manage.py x\n  fi\nfi", 2, true, false},
        {"if manage.py help x; then\n  if a; then manage.py x; fi\nfi", 1, true, false},
        {"if manage.py x --help >/dev/null; then manage.py x; fi", 1, true, false},
        {"if command -v x; then x; fi", 1, true, false},
        {"if ! type x; then\n  a\nelse\n  x\nfi", 1, false, true},
        {"if which -s x; then a; else b; x; fi", 1, false, false},
        {"if hash x; then x; fi", 1, true, false},
        {"if [ -x \"$(command -v x)\" ]; then x; fi", 1, true, false},
        {"if manage.py help | grep -q x; then manage.py x; fi", 1, true, false},
        {"if a; then b\nelif manage.py help x; then\n  manage.py x\nfi", 2, true, false},
        {"if manage.py help x; then\n  a\nelif b; then\n  manage.py x\nfi", 1, false, false},
        {"if manage.py help x; then\n  sh -c 'a; manage.py x'\nfi", 1, true, false},
        {"if a; then manage.py x; fi", 0, false, false},
        {"if manage.py help y; then manage.py x; fi", 0, false, false},
        {"if manage.py help xy; then manage.py x; fi", 0, false, false},
        {"if manage.py help x; then a; fi\nmanage.py x", 0, false, false},
        {"while manage.py help x; do manage.py x; done", 0, false, false},
        {"if echo x; then manage.py x; fi", 0, false, false},
        {"if grep -q x file; then manage.py x; fi", 0, false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        bool in_then = !rows[i].in_then;
        const ff_shell_script *script = open_script(&r, rows[i].script, true);
        const ff_shell_command *command = NULL, *last = NULL;
        while ((command = ff_shell_find(script, FF_LIT("x"), command)) != NULL)
            last = command;
        assert_non_null(last);
        const ff_shell_choice *guard = ff_shell_guard(script, last, FF_LIT("x"), &in_then);
        if ((guard ? (int)guard->first_line : 0) != rows[i].line ||
            (guard && (in_then != rows[i].in_then || guard->negated != rows[i].negated)))
            fail_msg("%s: line %d, then %d", rows[i].script, guard ? (int)guard->first_line : 0, in_then);
        close_script(&r);
    }
}

static void a_simple_choice_has_whole_lines(void **state)
{
    static const struct {
        const char *script;
        uint32_t lines[7]; /* first, then, then, else, else, else, last */
        bool simple;
    } rows[] = {
        {"if a; then\n  b\nelse\n  c\nfi", {1, 2, 2, 3, 4, 4, 5}, true},
        {"  if a\n  then\n    # note\n    b\n\n  fi # end", {1, 3, 5, 0, 0, 0, 6}, true},
        {"if a; then # why\n  b <<E\nbody\nE\nelse # not\n  c\n  d\nfi", {1, 2, 4, 5, 6, 7, 8}, true},
        {"if a; then b; else c; fi", {1, 1, 1, 1, 1, 1, 1}, false},
        {"if a; then b\nelse\n  c\nfi", {1, 1, 1, 2, 3, 3, 4}, false},
        {"if a; then\n  b\nelse c\nfi", {1, 2, 2, 3, 3, 3, 4}, false},
        {"if a; then\n  b\nelif c; then\n  d\nfi", {1, 2, 2, 3, 0, 0, 5}, false},
        {"if a; then\n  b\nfi || c", {1, 2, 2, 0, 0, 0, 3}, false},
        {"if a; then\n  b\nfi | c", {1, 2, 2, 0, 0, 0, 3}, false},
        {"if a; then\n  b\nfi >log", {1, 2, 2, 0, 0, 0, 3}, false},
        {"if a; then\n  b\nfi; c", {1, 2, 2, 0, 0, 0, 3}, false},
        {"x && if a; then\n  b\nfi", {1, 2, 2, 0, 0, 0, 3}, false},
        {"A=$(if a; then\n  b\nfi)", {1, 2, 2, 0, 0, 0, 3}, false},
        {"sh -c \"\n  if a; then\n    b\n  else\n    c\n  fi\n\"", {2, 3, 3, 4, 5, 5, 6}, true},
        {"sh -c \"if a; then\n    b\n  fi\"", {1, 2, 2, 0, 0, 0, 3}, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        const ff_shell_script *script = open_script(&r, rows[i].script, true);
        assert_true(script->choices.count >= 1);
        const ff_shell_choice *c = &script->choices.items[0];
        const uint32_t got[] = {c->first_line, c->then_first, c->then_last, c->else_line,
                                c->else_first, c->else_last,  c->last_line};
        for (size_t k = 0; k < COUNT(got); k++)
            if (got[k] != rows[i].lines[k] || c->simple != rows[i].simple)
                fail_msg("%s: number %zu is %u, simple %d", rows[i].script, k, (unsigned)got[k], c->simple);
        close_script(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_needle_is_words_one_after_the_other),
        cmocka_unit_test(the_next_one_is_found_behind_the_last),
        cmocka_unit_test(the_innermost_command_covers_a_line),
        cmocka_unit_test(a_command_is_shown_as_it_was_written),
        cmocka_unit_test(a_long_construct_is_one_short_line),
        cmocka_unit_test(dropped_output_is_told),
        cmocka_unit_test(what_is_printed_for_certain_is_told),
        cmocka_unit_test(a_guard_asks_first_whether_the_command_exists),
        cmocka_unit_test(a_simple_choice_has_whole_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
