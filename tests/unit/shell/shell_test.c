/* What becomes of a command that fails. In the tables `x` is the command asked about. */
#include "script.h"

typedef struct row {
    const char *script;
    ff_shield shield;
    uint32_t line;
    const char *text; /* of the construct; NULL: none */
} row;

static void expect_row(const row *r, bool errexit)
{
    reading read;
    const ff_shell_script *script = open_script(&read, r->script, errexit);
    const ff_shell_command *command = command_of(&read, "x");
    if (command->shield != r->shield || command->shield_line != r->line || !script->whole ||
        !ff_slice_eq(command->shield_text, ff_slice_of(r->text)))
        fail_msg("%s\n: %s, line %u, '%.*s', whole %d", r->script, ff_shield_name(command->shield),
                 (unsigned)command->shield_line, FF_ARG(command->shield_text), script->whole);
    close_script(&read);
}

static void expect_rows(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect_row(&rows[i], true);
}

static void a_failure_ends_the_script_where_nothing_catches_it(void **state)
{
    static const row rows[] = {
        {"x", FF_SHIELD_NONE, 0, NULL},
        {"x\ny", FF_SHIELD_NONE, 0, NULL},
        {"A=1 x >log 2>&1; y", FF_SHIELD_NONE, 0, NULL},
        {"if a; then\n  x\nfi\ny", FF_SHIELD_NONE, 0, NULL},
        {"if a; then b; elif c; then d; else x; fi\ny", FF_SHIELD_NONE, 0, NULL},
        {"while a; do x; done; y", FF_SHIELD_NONE, 0, NULL},
        {"for i in 1 2; do x; done; y", FF_SHIELD_NONE, 0, NULL},
        {"case $a in b|c) x ;; *) y ;; esac; z", FF_SHIELD_NONE, 0, NULL},
        {"{ x; y; }; z", FF_SHIELD_NONE, 0, NULL},
        {"( x; y ); z", FF_SHIELD_NONE, 0, NULL},
        {"f() { x; y; }\nf\nz", FF_SHIELD_NONE, 0, NULL},
        {"function f { x; y; }\nf\nz", FF_SHIELD_NONE, 0, NULL},
        {"a && x\ny", FF_SHIELD_NONE, 0, NULL},
        {"a || x\ny", FF_SHIELD_NONE, 0, NULL},
        {"a | x\ny", FF_SHIELD_NONE, 0, NULL},
        {"set -o pipefail\nx | a\ny", FF_SHIELD_NONE, 0, NULL},
        {"A=$(x)\ny", FF_SHIELD_NONE, 0, NULL},
        {"A=`x`\ny", FF_SHIELD_NONE, 0, NULL},
        {"A=\"$(x)\" >log\ny", FF_SHIELD_NONE, 0, NULL},
        {"time x\ny", FF_SHIELD_NONE, 0, NULL},
        {"x && y", FF_SHIELD_NONE, 0, NULL}, /* the status of the list is that of the script */
        {"set +e\nset -e\nx\ny", FF_SHIELD_NONE, 0, NULL},
        {"set +e; set -o errexit; x; y", FF_SHIELD_NONE, 0, NULL},
        {"( set +e ); x; y", FF_SHIELD_NONE, 0, NULL},
    };
    (void)state;
    expect_rows(rows, COUNT(rows));
}

static void an_exit_behind_a_failure_does_not_swallow_it(void **state)
{
    static const struct {
        const char *script;
        ff_shield shield;
        bool ends;
    } rows[] = {
        {"x || exit 1\ny", FF_SHIELD_NONE, true},
        {"x || exit\ny", FF_SHIELD_NONE, true},
        {"x || exit $?\ny", FF_SHIELD_NONE, true},
        {"x || { echo no; exit 1; }\ny", FF_SHIELD_NONE, true},
        {"x || { rc=$?; echo no; exit $rc; }\ny", FF_SHIELD_NONE, true},
        {"x || {\n  docker logs web\n  exit 2\n}\ny", FF_SHIELD_NONE, true},
        {"x || (echo no; exit 1)\ny", FF_SHIELD_NONE, false},
        {"x || (echo no && exit 1)\ny", FF_SHIELD_NONE, false},
        {"x || echo no && exit 1\ny", FF_SHIELD_NONE, true},
        {"x && a || exit 1\ny", FF_SHIELD_NONE, true},
        {"x || false\ny", FF_SHIELD_NONE, false},
        {"f() { x || return 1; y; }\nf", FF_SHIELD_NONE, false},
        {"fail() { echo \"$1\" >&2; exit 1; }\nx || fail no\ny", FF_SHIELD_NONE, true},
        {"no() { log; return 1; }\nx || no\ny", FF_SHIELD_NONE, false},
        {"x || die no\ny", FF_SHIELD_NONE, true},
        {"set +e\nx || exit 1\ny", FF_SHIELD_NONE, true},
        {"if ! x; then\n  echo no\n  exit 1\nfi\ny", FF_SHIELD_CONDITION, true},
        {"if ! a || ! x; then exit 1; fi\ny", FF_SHIELD_CONDITION, true},
        {"if x; then a; else exit 1; fi\ny", FF_SHIELD_CONDITION, true},
        {"if a && x; then b; else echo no; exit; fi\ny", FF_SHIELD_CONDITION, false},
        {"if a && x; then b; else exit; fi\ny", FF_SHIELD_CONDITION, true},
        {"if ! x; then exit 0; fi\ny", FF_SHIELD_CONDITION, false},
        {"if ! x; then exit; fi\ny", FF_SHIELD_CONDITION, false}, /* `! x` left 0 in `$?` */
        {"if ! x; then echo no; fi\ny", FF_SHIELD_CONDITION, false},
        {"if ! x; then if a; then exit 1; fi; fi\ny", FF_SHIELD_CONDITION, false},
        {"if x; then exit 1; fi\ny", FF_SHIELD_CONDITION, false},
        {"if a || x; then b; else exit 1; fi\ny", FF_SHIELD_CONDITION, false},
        {"(x || exit 1) || true\ny", FF_SHIELD_IGNORED, false},
        {"sh -c 'x || exit 1' || true\ny", FF_SHIELD_IGNORED, false},
        {"sh -c 'x || exit 1'\ny", FF_SHIELD_NONE, true},
        {"sh -c x || exit 1\ny", FF_SHIELD_NONE, true},
        {"{ a; x; } || exit 1\ny", FF_SHIELD_NONE, true},
        {"{ x; a; } || exit 1\ny", FF_SHIELD_NO_ERREXIT, false},
        {"(x; a) || exit 1\ny", FF_SHIELD_NO_ERREXIT, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        (void)open_script(&r, rows[i].script, true);
        const ff_shell_command *command = command_of(&r, "x");
        bool proves = ff_shell_proves(&r.script, command, NULL);
        bool expected = rows[i].shield == FF_SHIELD_NONE || (rows[i].shield == FF_SHIELD_CONDITION && rows[i].ends);
        if (command->shield != rows[i].shield || command->ends != rows[i].ends || proves != expected)
            fail_msg("%s\n: %s, ends %d, proves %d", rows[i].script, ff_shield_name(command->shield), command->ends,
                     proves);
        close_script(&r);
    }
}

/* It may turn errexit off; what activates an environment and files of variables do not. */
static void nothing_is_proved_behind_a_file_that_is_read_in(void **state)
{
    static const struct {
        const char *script;
        bool proves;
    } rows[] = {
        {"source ./lib.sh\nx\ny", false},
        {". scripts/common\nx\ny", false},
        {"x\nsource ./lib.sh\ny", true},
        {"source venv/bin/activate\nx\ny", true},
        {". ./.env\nx\ny", true},
        {"source prod.env\nx\ny", true},
        {"source\nx\ny", true},
        {"source ./lib.sh\nsh -ec 'x; y'\nz", false},
        {"sh -ec 'source ./lib.sh'\nx\nz", true},
        {"f() { x; y; }\nsource ./lib.sh\nf\nz", false},
        {"f() { x; y; }\nf\nz", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        (void)open_script(&r, rows[i].script, true);
        if (ff_shell_proves(&r.script, command_of(&r, "x"), NULL) != rows[i].proves)
            fail_msg("%s: proves %d", rows[i].script, !rows[i].proves);
        close_script(&r);
    }
}

static void what_stands_behind_or_swallows_a_failure(void **state)
{
    static const row rows[] = {
        {"x || other\ny", FF_SHIELD_FALLBACK, 1, "|| other"},
        {"x --a \\\n  --b ||\n  other --c \\\n    --d\ny", FF_SHIELD_FALLBACK, 2, "|| other --c --d"},
        {"x || a || b\ny", FF_SHIELD_FALLBACK, 1, "|| a"},
        {"a || x || b\ny", FF_SHIELD_FALLBACK, 1, "|| b"},
        {"x || a && b\ny", FF_SHIELD_FALLBACK, 1, "|| a && b"},
        {"x || { echo no; other; }\ny", FF_SHIELD_FALLBACK, 1, "|| { echo no; other; }"},
        {"a | x || other\ny", FF_SHIELD_FALLBACK, 1, "|| other"},
        {"x || (exit 0)\ny", FF_SHIELD_IGNORED, 1, "|| (exit 0)"},
        {"x || true\ny", FF_SHIELD_IGNORED, 1, "|| true"},
        {"x || :\ny", FF_SHIELD_IGNORED, 1, "|| :"},
        {"x || echo \"no $a\"\ny", FF_SHIELD_IGNORED, 1, "|| echo \"no $a\""},
        {"x ||\n  printf 'no\\n' >&2\ny", FF_SHIELD_IGNORED, 1, "|| printf 'no\\n' >&2"},
        {"x || { echo no; }\ny", FF_SHIELD_IGNORED, 1, "|| { echo no; }"},
        {"x || {\n  echo no\n  echo really\n}\ny", FF_SHIELD_IGNORED, 1, "|| { echo no echo really }"},
        {"x || echo no | tee log\ny", FF_SHIELD_IGNORED, 1, "|| echo no | tee log"},
        {"x || rc=$?\ny", FF_SHIELD_IGNORED, 1, "|| rc=$?"},
        {"x || exit 0\ny", FF_SHIELD_IGNORED, 1, "|| exit 0"},
        {"x || { echo no; exit; }\ny", FF_SHIELD_IGNORED, 1, "|| { echo no; exit; }"},
        {"for i in 1 2; do x || continue; y; done", FF_SHIELD_IGNORED, 1, "|| continue"},
        {"x && a || true\ny", FF_SHIELD_IGNORED, 1, "|| true"},
        {"x && echo yes || echo no\ny", FF_SHIELD_IGNORED, 1, "|| echo no"},
        {"x || true || exit 1\ny", FF_SHIELD_IGNORED, 1, "|| true"},
        {"x || false || true\ny", FF_SHIELD_IGNORED, 1, "|| true"},
        {"{ x; a; } || true\ny", FF_SHIELD_IGNORED, 1, "|| true"},
        {"{\n  a\n  ( x; b )\n} || true\ny", FF_SHIELD_IGNORED, 4, "|| true"},
        {"if a; then x; fi || true\ny", FF_SHIELD_IGNORED, 1, "|| true"},
        {"say() { echo \"$1\"; }\nx || say no\ny", FF_SHIELD_IGNORED, 2, "|| say no"},
        {"A=$(x || echo 000)\ny", FF_SHIELD_IGNORED, 1, "|| echo 000"},
    };
    (void)state;
    expect_rows(rows, COUNT(rows));
}

static void a_condition_a_pipeline_and_the_rest_swallow_too(void **state)
{
    static const row rows[] = {
        {"if x >/dev/null 2>&1; then a; fi\ny", FF_SHIELD_CONDITION, 1, "if x >/dev/null 2>&1"},
        {"a\nif x \\\n  --b\nthen a; fi\ny", FF_SHIELD_CONDITION, 2, "if x --b"},
        {"if a; then b\nelif x; then c; fi\ny", FF_SHIELD_CONDITION, 2, "elif x"},
        {"if a || x; then b; fi\ny", FF_SHIELD_CONDITION, 1, "if a || x"},
        {"while ! x; do sleep 1; done\ny", FF_SHIELD_CONDITION, 1, "while ! x"},
        {"until x; do sleep 1; done\ny", FF_SHIELD_CONDITION, 1, "until x"},
        {"! x\ny", FF_SHIELD_CONDITION, 1, "! x"},
        {"! x", FF_SHIELD_CONDITION, 1, "! x"},
        {"if (a; x); then b; fi\ny", FF_SHIELD_CONDITION, 1, "if (a; x)"},
        {"if (x; a); then b; fi\ny", FF_SHIELD_CONDITION, 1, "if (x; a)"},
        {"x && a\ny", FF_SHIELD_NOT_LAST, 1, "&& a"},
        {"x &&\n  a &&\n  b\ny", FF_SHIELD_NOT_LAST, 1, "&& a"},
        {"a && x && b\ny", FF_SHIELD_NOT_LAST, 1, "&& b"},
        {"x | a\ny", FF_SHIELD_PIPE, 1, "| a"},
        {"x |\n  tee log\ny", FF_SHIELD_PIPE, 1, "| tee log"},
        {"x |& a\ny", FF_SHIELD_PIPE, 1, "|& a"},
        {"x | a || b\ny", FF_SHIELD_PIPE, 1, "| a"},
        {"if x | grep -q a; then b; fi\ny", FF_SHIELD_PIPE, 1, "| grep -q a"},
        {"a | ! x\ny", FF_SHIELD_CONDITION, 1, "! x"},
        {"set +e\nif a; then set -e; fi\nx\ny", FF_SHIELD_NO_ERREXIT, 1, "set +e"},
        {"if a; then set +e; else b; fi\nx\ny", FF_SHIELD_NO_ERREXIT, 1, "set +e"},
        {"set +e\nif a; then set -e; else set -e; fi\nx\ny", FF_SHIELD_NONE, 0, NULL},
        {"off() { set +e; }\noff\nx\ny", FF_SHIELD_NO_ERREXIT, 1, "set +e"},
        {"off() { set +e; x; }\noff\ny", FF_SHIELD_NO_ERREXIT, 1, "set +e"},
        {"A=$(set -e; x; a) || exit 1\ny", FF_SHIELD_NO_ERREXIT, 1, "|| exit 1"},
        {"x || false && a\ny", FF_SHIELD_NOT_LAST, 1, "&& a"},
        {"f() { exit 1; }\nsh -c 'x || f\na'\ny", FF_SHIELD_FALLBACK, 2, "|| f"}, /* sh does not know it */
        {"a | while x; do b; done\ny", FF_SHIELD_CONDITION, 1, "while x"},
        {"{ x; a; } | b\ny", FF_SHIELD_PIPE, 1, "| b"},
        {"x &\ny", FF_SHIELD_BACKGROUND, 1, "x &"},
        {"{ x; a; } &\ny", FF_SHIELD_BACKGROUND, 1, "{ x; a; } &"},
        {"echo \"$(x)\"\ny", FF_SHIELD_SUBSTITUTION, 1, "echo \"$(x)\""},
        {"export A=$(x)\ny", FF_SHIELD_SUBSTITUTION, 1, "export A=$(x)"},
        {"local A=`x`\ny", FF_SHIELD_SUBSTITUTION, 1, "local A=`x`"},
        {"A=$(x) b\ny", FF_SHIELD_SUBSTITUTION, 1, "A=$(x) b"},
        {"A=$(x)$(b)\ny", FF_SHIELD_SUBSTITUTION, 1, "A=$(x)$(b)"},
        {"[ \"$(x)\" = 1 ]\ny", FF_SHIELD_SUBSTITUTION, 1, "[ \"$(x)\" = 1 ]"},
        {"a=(1 $(x))\ny", FF_SHIELD_NONE, 0, NULL},
        {"b ${a:-$(x)}\ny", FF_SHIELD_SUBSTITUTION, 1, "b ${a:-$(x)}"},
        {"a < <(x)\ny", FF_SHIELD_SUBSTITUTION, 1, "a < <(x)"},
        {"A=$(x; a)\ny", FF_SHIELD_NO_ERREXIT, 1, "$(…)"},
        {"set +e\nx\ny", FF_SHIELD_NO_ERREXIT, 1, "set +e"},
        {"set -e\nset +o errexit\nx\ny", FF_SHIELD_NO_ERREXIT, 2, "set +o errexit"},
        {"set +ex; x; set -e; y", FF_SHIELD_NO_ERREXIT, 1, "set +ex"},
        {"set +e\nfor i in 1; do x; done", FF_SHIELD_NO_ERREXIT, 1, "set +e"},
    };
    static const row plain = {"x\ny", FF_SHIELD_NO_ERREXIT, 0, NULL}, last = {"y\nx", FF_SHIELD_NONE, 0, NULL};
    (void)state;
    expect_rows(rows, COUNT(rows));
    expect_row(&plain, false);
    expect_row(&last, false);
}

static void a_call_swallows_what_fails_in_its_function(void **state)
{
    static const row rows[] = {
        {"f() {\n  x\n  a\n}\nif f; then b; fi\ny", FF_SHIELD_CONDITION, 5, "if f"},
        {"f() { x; a; }\nf || true\ny", FF_SHIELD_IGNORED, 2, "|| true"},
        {"f() { a; x; }\nf || exit 1\ny", FF_SHIELD_NONE, 0, NULL},
        {"f() { x; a; }\nf || exit 1\ny", FF_SHIELD_NO_ERREXIT, 2, "|| exit 1"},
        {"f() { x || exit 1; }\nf || true\ny", FF_SHIELD_NONE, 0, NULL},
        {"f() { x || return 1; }\nf || true\ny", FF_SHIELD_IGNORED, 2, "|| true"},
        {"g() { x; }\nf() { g; a; }\nf || true\ny", FF_SHIELD_IGNORED, 3, "|| true"},
        {"f() { x; a; }\nf\nf || true\ny", FF_SHIELD_IGNORED, 3, "|| true"},
        {"f() { g() { x; a; }; g; b; }\nf || true\ny", FF_SHIELD_IGNORED, 2, "|| true"},
        {"f() { x || true; }\nif f; then b; fi\ny", FF_SHIELD_IGNORED, 1, "|| true"},
        {"f() { x; a; }\nf | tee log\ny", FF_SHIELD_PIPE, 2, "| tee log"},
    };
    (void)state;
    expect_rows(rows, COUNT(rows));
}

static void what_is_reached_for_certain_is_told(void **state)
{
    static const struct {
        const char *script;
        bool certain;
    } rows[] = {
        {"a\nx", true},
        {"a || exit 1\nx", true},
        {"a || true\nx", true},
        {"{ a; x; }", true},
        {"x || true", true},
        {"x && a\nb", true},
        {"if x; then a; fi", true},
        {"A=$(x)", true},
        {"bash -c 'a; x'", true},
        {"bash -e <<'E'\na\nx\nE\n", true},
        {"if a; then exit 1; fi\nx", true},
        {"(exit 0)\nx", true},
        {"a && x", false},
        {"a || x", false},
        {"if a; then x; fi", false},
        {"if a; then b; elif x; then c; fi", false},
        {"for i in 1; do x; done", false},
        {"case $a in b) x;; esac", false},
        {"f() { x; }\nf", false},
        {"if a; then exit 0; fi\nx", false},
        {"if a; then exit; fi\nx", false},
        {"if a; then exit $b; fi\nx", false},
        {"exec a\nx", false},
        {"bash -e -c 'a; x' || true", false}, /* `a` may end it, and the step goes on */
        {"trap 'x; b' EXIT\na", false},
        {"{ a; x; } | b", false}, /* `a` ends the braces, and the script goes on */
        {"{ x; a; } | b", true},
        {"f() { exit 1; }\n{ f; x; } | b", false},
        {"bash -e <<'E' | tee log\nx\nE\n", true},
        {"a | xargs sh -c 'x; b'", false},
        {"x\nif ", false}, /* not whole */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        reading r;
        bool certain = !rows[i].certain;
        (void)open_script(&r, rows[i].script, true);
        (void)ff_shell_proves(&r.script, command_of(&r, "x"), &certain);
        if (certain != rows[i].certain)
            fail_msg("%s: %d", rows[i].script, certain);
        close_script(&r);
    }
}

static void every_shield_has_a_name(void **state)
{
    (void)state;
    for (int i = 0; i < FF_SHIELD_COUNT; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(ff_shield_name((ff_shield)i), ff_shield_name((ff_shield)j));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_ends_the_script_where_nothing_catches_it),
        cmocka_unit_test(an_exit_behind_a_failure_does_not_swallow_it),
        cmocka_unit_test(nothing_is_proved_behind_a_file_that_is_read_in),
        cmocka_unit_test(what_stands_behind_or_swallows_a_failure),
        cmocka_unit_test(a_condition_a_pipeline_and_the_rest_swallow_too),
        cmocka_unit_test(a_call_swallows_what_fails_in_its_function),
        cmocka_unit_test(what_is_reached_for_certain_is_told),
        cmocka_unit_test(every_shield_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
