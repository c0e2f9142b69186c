/* Scripts inside the script: which there are, on which lines their commands stand, and what swallows their failures. */
#include "script.h"

#include "base/buf.h"

typedef struct row {
    const char *script;
    const char *needle;
    uint32_t line;     /* of the command */
    const char *inner; /* word that the command around it begins with; NULL: none */
    ff_shield shield;
    uint32_t shield_line;
} row;

static void expect_row(const row *r)
{
    reading read;
    const ff_shell_script *script = open_script(&read, r->script, true);
    const ff_shell_command *command = command_of(&read, r->needle);
    const ff_shell_command *outer =
        command->inner_of == FF_SHELL_NONE ? NULL : &script->commands.items[command->inner_of];
    bool inner = outer ? r->inner && ff_slice_eq(outer->words[0], ff_slice_of(r->inner)) : !r->inner;
    if (command->first_line != r->line || !inner || command->shield != r->shield ||
        command->shield_line != r->shield_line || !script->whole ||
        (outer != NULL) != (command->inner != FF_INNER_NONE))
        fail_msg("%s\n: '%s' in '%.*s', line %u, %s, line %u, whole %d", r->script, r->needle,
                 FF_ARG(outer ? outer->text : FF_LIT("")), (unsigned)command->first_line,
                 ff_shield_name(command->shield), (unsigned)command->shield_line, script->whole);
    close_script(&read);
}

static void scripts_in_words_are_read(void **state)
{
    static const row rows[] = {
        {"sh -c 'a x; b'", "a x", 1, "sh", FF_SHIELD_NO_ERREXIT, 1},
        {"sh -c 'b; a x'", "a x", 1, "sh", FF_SHIELD_NONE, 0},
        {"sh -ec 'a x; b'", "a x", 1, "sh", FF_SHIELD_NONE, 0},
        {"bash -eo pipefail -c 'a x | b'", "a x", 1, "bash", FF_SHIELD_NONE, 0},
        {"bash -o errexit -c 'a x; b'", "a x", 1, "bash", FF_SHIELD_NONE, 0},
        {"bash -e +e -c 'a x; b'", "a x", 1, "bash", FF_SHIELD_NO_ERREXIT, 1},
        {"/bin/bash --norc -lc 'a x; b'", "a x", 1, "/bin/bash", FF_SHIELD_NO_ERREXIT, 1},
        {"sh -c 'set -e\na x; b'", "a x", 2, "sh", FF_SHIELD_NONE, 0},
        {"sh -c '\n  b\n\n  a x\n  c\n'", "a x", 4, "sh", FF_SHIELD_NO_ERREXIT, 1},
        {"sh -c \"b \\\n  --c\n  a x\n  c\"", "a x", 3, "sh", FF_SHIELD_NO_ERREXIT, 1},
        {"docker run \\\n  img \\\n  sh -c \"a x \\\"q\\\" \\$y; b\"", "a x q $y", 3, "docker", FF_SHIELD_NO_ERREXIT,
         1},
        {"sudo docker exec -i web bash -c 'a x; b'", "a x", 1, "sudo", FF_SHIELD_NO_ERREXIT, 1},
        {"docker run --entrypoint sh img -c 'a x; b'", "a x", 1, "docker", FF_SHIELD_NO_ERREXIT, 1},
        {"docker run --entrypoint=/bin/sh img -c 'a x; b'", "a x", 1, "docker", FF_SHIELD_NO_ERREXIT, 1},
        {"docker run -d img sh -c 'b; a x'", "a x", 1, "docker", FF_SHIELD_BACKGROUND, 1},
        {"docker run -dit img sh -c 'b; a x'", "a x", 1, "docker", FF_SHIELD_BACKGROUND, 1},
        {"docker run --rm -v \"$PWD:/d\" img sh -c 'b; a x'", "a x", 1, "docker", FF_SHIELD_NONE, 0},
        {"kubectl exec web -- sh -c 'b; a x'", "a x", 1, "kubectl", FF_SHIELD_NONE, 0},
        {"ssh host 'b && a x'", "a x", 1, "ssh", FF_SHIELD_NONE, 0},
        {"ssh -o A=b -p 22 -i key u@host \"b; a x\"", "a x", 1, "ssh", FF_SHIELD_NONE, 0},
        {"ssh host 'a x; b'", "a x", 1, "ssh", FF_SHIELD_NO_ERREXIT, 1},
        {"ssh host b '&&' a x", "a x", 1, NULL, FF_SHIELD_NONE, 0}, /* its own words say so already */
        {"sshpass -e ssh host 'b; a x' || true", "a x", 1, "sshpass", FF_SHIELD_IGNORED, 1},
        {"su - postgres -c 'b; a x'", "a x", 1, "su", FF_SHIELD_NONE, 0},
        {"sudo su postgres --command='b; a x'", "a x", 1, "sudo", FF_SHIELD_NONE, 0},
        {"env A=b sh -c 'b; a x'", "a x", 1, "env", FF_SHIELD_NONE, 0},
        {"timeout 5 bash -c 'until a x; do sleep 1; done'", "a x", 1, "timeout", FF_SHIELD_CONDITION, 1},
        {"b | xargs -I{} sh -c 'b; a x'", "a x", 1, "xargs", FF_SHIELD_NONE, 0},
        {"eval 'a x; b'\nc", "a x", 1, "eval", FF_SHIELD_NONE, 0},
        {"set +e\neval 'a x; b'\nc", "a x", 2, "eval", FF_SHIELD_NO_ERREXIT, 1},
        {"eval 'set +e'\na x\nc", "a x", 2, NULL, FF_SHIELD_NO_ERREXIT, 1},
        {"trap 'a x; b' EXIT\nc", "a x", 1, "trap", FF_SHIELD_NONE, 0},
        {"sh -c \"sh -c 'a x; b'\"", "a x", 1, "sh", FF_SHIELD_NO_ERREXIT, 1},
        {"if sh -c 'b; a x'; then c; fi", "a x", 1, "sh", FF_SHIELD_CONDITION, 1},
        {"sh -c 'b; a x' || other\nc", "a x", 1, "sh", FF_SHIELD_FALLBACK, 1},
        {"bash -c 'c &&\n a x ||\n true'\nd", "a x", 2, "bash", FF_SHIELD_IGNORED, 2},
        {"A=\"$(sh -c 'b; a x')\"", "a x", 1, "sh", FF_SHIELD_NONE, 0},
        {"vagrant ssh -c 'b; a x'", "a x", 1, "vagrant", FF_SHIELD_NONE, 0},
        {"nix-shell --run 'b; a x'", "a x", 1, "nix-shell", FF_SHIELD_NONE, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_row(&rows[i]);
}

static void here_documents_that_feed_a_shell_are_read(void **state)
{
    static const row rows[] = {
        {"bash <<'E'\nb\na x\nc\nE\nd", "a x", 3, "bash", FF_SHIELD_NO_ERREXIT, 1},
        {"bash -e <<E\nb\na x\nc\nE\nd", "a x", 3, "bash", FF_SHIELD_NONE, 0},
        {"bash -s -- 1 2 <<'E'\nset -euo pipefail\na x\nc\nE\nd", "a x", 3, "bash", FF_SHIELD_NONE, 0},
        {"if b; then\n\tbash <<-E\n\t\ta x\n\tE\nfi", "a x", 3, "bash", FF_SHIELD_NONE, 0},
        {"ssh host <<'E'\na x\nc\nE\nd", "a x", 2, "ssh", FF_SHIELD_NO_ERREXIT, 1},
        {"ssh host bash -s <<'E'\na x\nc\nE\nd", "a x", 2, "ssh", FF_SHIELD_NO_ERREXIT, 1},
        {"ssh host 'A=1 bash -s' <<'E'\nset -e\na x\nc\nE\nd", "a x", 3, "bash", FF_SHIELD_NONE, 0},
        {"ssh host 'cd d && sudo bash -s' <<'E' || true\nset -e\na x\nE\nd", "a x", 3, "sudo", FF_SHIELD_IGNORED, 1},
        {"cat <<'E' | ssh host bash\nset -e\na x\nc\nE\nd", "a x", 3, "ssh", FF_SHIELD_NONE, 0},
        {"sudo -u db bash <<E\nset -e\na x\nc\nE\n", "a x", 3, "sudo", FF_SHIELD_NONE, 0},
        {"su - db <<E\nset -e\na x\nE\n", "a x", 3, "su", FF_SHIELD_NONE, 0},
        {"bash <<< 'b; a x'", "a x", 1, "bash", FF_SHIELD_NONE, 0},
        {"bash <<A\nb\nA\nbash <<B\na x\nB\n", "a x", 5, "bash", FF_SHIELD_NONE, 0},
        {"c <<A; bash <<B\nb\nA\na x\nB\n", "a x", 4, "bash", FF_SHIELD_NONE, 0},
        {"bash <<'E'\nb <<'F'\ndata\nF\na x\nE\n", "a x", 5, "bash", FF_SHIELD_NONE, 0},
        {"bash <<E\nb \\\n  c\nsh -c \"d\n a x\"\nE\n", "a x", 5, "sh", FF_SHIELD_NONE, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_row(&rows[i]);
}

/* Of these nothing is known to be run. */
static void data_is_no_script(void **state)
{
    static const char *const rows[] = {
        "cat > file.sh <<'E'\na x\nE\n",
        "tee file <<E\na x\nE\n",
        "bash file.sh <<E\na x\nE\n",
        "python file.py <<E\na x\nE\n",
        "psql -c 'a x'",
        "bash -c \"$SCRIPT\"",
        "echo 'a x' > file",
        "command -v sh <<E\na x\nE\n",
        "git commit -m 'a x'",
        "python -m pytest <<E\na x\nE\n",
        "# bash -c 'a x'\nb",
        "mysql <<E\na x\nE\n",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        const ff_shell_script *script = open_script(&r, rows[i], true);
        for (size_t c = 0; c < script->commands.count; c++)
            if (script->commands.items[c].inner != FF_INNER_NONE)
                fail_msg("%s: '%.*s'", rows[i], FF_ARG(script->commands.items[c].text));
        assert_true(script->whole);
        close_script(&r);
    }
}

/* The outer shell runs it, whatever the inner one makes of what it prints. */
static void what_the_outer_shell_replaces_is_run_once(void **state)
{
    static const struct {
        const char *script;
        uint32_t depth;
    } rows[] = {
        {"bash <<E\nb $(a x)\nE\n", 1}, {"bash <<'E'\nb $(a x)\nE\n", 2}, {"bash <<E\nb \\$(a x)\nE\n", 2},
        {"sh -c \"b $(a x)\"", 1},      {"sh -c \"b \\$(a x)\"", 2},      {"sh -c 'b `a x`'", 2},
        {"sh -c \"b \\`a x\\`\"", 2},   {"sh -c \"b `a x`\"", 1},         {"eval \"$(a x)\"", 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        (void)open_script(&r, rows[i].script, true);
        const ff_shell_command *command = command_of(&r, "a x");
        const ff_shell_command *again = ff_shell_find(&r.script, FF_LIT("a x"), command);
        if (command->depth != rows[i].depth || again)
            fail_msg("%s: depth %u, again %d", rows[i].script, (unsigned)command->depth, again != NULL);
        close_script(&r);
    }
}

static void variables_that_a_quoted_delimiter_keeps_are_told(void **state)
{
    static const struct {
        const char *script;
        bool literal;
    } rows[] = {
        {"bash <<'E'\nwhile [ \\$I -le 3 ]; do x; done\nE\n", true},
        {"bash <<'E'\nwhile [ \"\\$I\" -le 3 ]; do x; done\nE\n", true},
        {"ssh host 'bash -s' <<'E'\n[ \\${I} -le 3 ]\nE\n", true},
        {"bash <<E\nwhile [ \\$I -le 3 ]; do x; done\nE\n", false},
        {"bash <<'E'\nwhile [ $I -le 3 ]; do x; done\nE\n", false},
        {"bash <<'E'\n[ '\\$I' = 3 ]\nE\n", false},
        {"bash <<'E'\n[ \\$1 = 3 ]\nE\n", false},
        {"sh -c '[ \\$I = 3 ]'", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        (void)open_script(&r, rows[i].script, true);
        if (command_of(&r, "[")->literal_vars != rows[i].literal)
            fail_msg("%s", rows[i].script);
        close_script(&r);
    }
    reading r;
    (void)open_script(&r, "bash <<'E'\nsh -c \"x \\$A\"\nE\n", true);
    assert_false(command_of(&r, "sh -c")->literal_vars); /* the script inside expands it */
    close_script(&r);
}

static void python_that_passes_over_what_failed_is_told(void **state)
{
    static const row rows[] = {
        {"python - <<'PY'\na()\nx()\nPY\nb", "x", 3, "python", FF_SHIELD_NONE, 0},
        {"python3 <<PY\ntry:\n    x()\nexcept:\n    print('no')\nPY\nb", "x", 3, "python3", FF_SHIELD_EXCEPT, 4},
        {"python - <<PY\ntry:\n    x()\nexcept A:\n    raise\nexcept Exception as e:\n    pass\nPY\n", "x", 3, "python",
         FF_SHIELD_EXCEPT, 6},
        {"python - <<PY\ntry:\n    x()\nexcept A:\n    print(1)\n    raise\nPY\n", "x", 3, "python", FF_SHIELD_NONE, 0},
        {"python - <<PY\ntry:\n    x()\nexcept A:\n    sys.exit(1)\nPY\n", "x", 3, "python", FF_SHIELD_NONE, 0},
        {"python - <<PY\ntry:\n    x()\nexcept A:\n    sys.exit(0)\nPY\n", "x", 3, "python", FF_SHIELD_EXCEPT, 4},
        {"python - <<PY\ntry:\n    x()\nexcept A:\n    if b:\n        raise\nPY\n", "x", 3, "python", FF_SHIELD_EXCEPT,
         4},
        {"python - <<PY\ntry:\n    try:\n        x()\n    except B:\n        raise\nexcept A:\n    pass\nPY\n", "x", 4,
         "python", FF_SHIELD_EXCEPT, 7},
        {"python - <<PY\ntry:\n    try:\n        x()\n    except B:\n        pass\nexcept A:\n    pass\nPY\n", "x", 4,
         "python", FF_SHIELD_EXCEPT, 5},
        {"python - <<PY\ntry:\n    a()\nexcept A:\n    x()\nPY\n", "x", 5, "python", FF_SHIELD_NONE, 0},
        {"python - <<PY\ntry:\n    a()\nfinally:\n    x()\nPY\n", "x", 5, "python", FF_SHIELD_NONE, 0},
        {"python - <<PY\ntry: x()\nexcept: pass\na()\nPY\n", "x", 2, "python", FF_SHIELD_EXCEPT, 3},
        {"python - <<PY\nwith suppress(E):\n    x()\nPY\n", "x", 3, "python", FF_SHIELD_EXCEPT, 2},
        {"python - <<PY\nif a:\n    s = '''\nexcept:\n'''\n    x(\n  1,\n)\nPY\n", "x", 6, "python", FF_SHIELD_NONE, 0},
        {"python -c 'import a; a.b(); x()'", "x", 1, "python", FF_SHIELD_NONE, 0},
        {"python -c \"\ntry:\n    x()\nexcept: print('no')\n\"", "x", 3, "python", FF_SHIELD_EXCEPT, 4},
        {"python -c 'x()' || true", "x", 1, "python", FF_SHIELD_IGNORED, 1},
        {"python manage.py shell -c 'x()'", "x", 1, "python", FF_SHIELD_NONE, 0},
        {"docker exec -i web python manage.py shell <<'E'\nx()\nE\n", "x", 2, "docker", FF_SHIELD_NONE, 0},
        {"python - <<E\nimport os\nos.system('a x')\nE\n", "os.system", 3, "python", FF_SHIELD_IGNORED, 3},
        {"python - <<E\nsubprocess.run(['a', 'x'])\nE\n", "a x", 2, "python", FF_SHIELD_IGNORED, 2},
        {"python -Wonce - <<E\nx()\nE\n", "x", 2, "python", FF_SHIELD_NONE, 0},
        {"python -W module -Xdev - <<E\nx()\nE\n", "x", 2, "python", FF_SHIELD_NONE, 0},
        {"python - <<E\nsys.exit(subprocess.call(['a', 'x']))\nE\n", "a x", 2, "python", FF_SHIELD_NONE, 0},
        {"python - <<E\nsubprocess.run(['a', 'x'], check=True)\nE\n", "a x", 2, "python", FF_SHIELD_NONE, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_row(&rows[i]);
}

static void what_becomes_of_a_kept_status_is_not_known(void **state)
{
    static const struct {
        const char *statement;
        bool proves;
    } rows[] = {
        {"subprocess.run(['x'], check=True)", true},
        {"r = subprocess.run(['x'], check=True)", true},
        {"r = subprocess.run(['x'])", false},
        {"if os.system('x'): sys.exit(1)", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        ff_buf buf;
        ff_buf_init(&buf, 1000);
        ff_buf_printf(&buf, "python - <<'E'\n%s\nE\necho", rows[i].statement);
        (void)open_script(&r, buf.ptr, true);
        if (ff_shell_proves(&r.script, command_of(&r, "x"), NULL) != rows[i].proves)
            fail_msg("%s: proves %d", rows[i].statement, !rows[i].proves);
        close_script(&r);
        ff_buf_release(&buf);
    }
}

static void python_is_reached_for_certain_outside_of_blocks(void **state)
{
    static const struct {
        const char *code;
        bool certain;
    } rows[] = {
        {"a()\nx()\n", true},
        {"try:\n    x()\n    a()\nexcept: pass\n", true},
        {"with a():\n    x()\n", true},
        {"try:\n    a()\n    x()\nexcept: pass\n", false},
        {"if a: x()\n", false},
        {"def f():\n    x()\n", false},
        {"try:\n    a()\nexcept:\n    x()\n", false},
        {"if a:\n    sys.exit(0)\nx()\n", false},
        {"if a:\n    sys.exit(1)\nx()\n", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        ff_buf buf;
        ff_buf_init(&buf, 1000);
        ff_buf_printf(&buf, "python - <<'E'\n%sE\n", rows[i].code);
        (void)open_script(&r, buf.ptr, true);
        const ff_shell_command *command = command_of(&r, "x");
        if (command->always != rows[i].certain || !command->python)
            fail_msg("%s", rows[i].code);
        close_script(&r);
        ff_buf_release(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_in_words_are_read),
        cmocka_unit_test(here_documents_that_feed_a_shell_are_read),
        cmocka_unit_test(data_is_no_script),
        cmocka_unit_test(what_the_outer_shell_replaces_is_run_once),
        cmocka_unit_test(variables_that_a_quoted_delimiter_keeps_are_told),
        cmocka_unit_test(python_that_passes_over_what_failed_is_told),
        cmocka_unit_test(what_becomes_of_a_kept_status_is_not_known),
        cmocka_unit_test(python_is_reached_for_certain_outside_of_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
