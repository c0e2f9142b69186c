/* What passed over a failure: the construct that is named, its words and its place, and when none is. */
#include "diagnose/tolerance.h"

#include "unit/diagnose/held.h"

#define HEAD "on: push\njobs:\n  build:\n    runs-on: ubuntu-24.04\n"
#define STEP "    steps:\n      - name: Prepare\n"

static const ff_slice SWALLOWED[] = {FF_TEXT("swallowed")};
static const ff_rule BROKE = {.id = FF_TEXT("app.broke"),
                              .family = FF_TEXT("app"),
                              .role = FF_ROLE_CAUSE,
                              .severity = FF_SEVERITY_ERROR,
                              .tags = {SWALLOWED, 1},
                              .where = {.kinds = FF_LINES_PRINTED}};

/* The text is printed by the step that passed, whose script, if any, is given; the rule captures `command`, if any. */
typedef struct printed {
    const char *workflow, *script, *shell, *command, *text;
} printed;

static void expect(const printed *by, const char *construct, const char *words, const char *at)
{
    held h;
    const grove_file file = {HELD_CI, by->workflow, FF_TREE_FILE, 0};
    held_open(&h, by->workflow ? &file : NULL, 1);
    if (by->script)
        held_script_of(&h, HELD_PREPARE, by->script, by->shell);
    (void)held_find(&h, &BROKE, HELD_PREPARE, by->text, by->command ? "command" : NULL, by->command);
    held_prepare(&h);
    assert_int_equal(ff_tolerance_name_all(&h.k.work), FF_OK);
    const ff_diagnosis *d = held_of(&h, &BROKE);
    assert_non_null(d);
    assert_true(d->tolerated);
    const ff_tolerance *got = &d->tolerance;
    if (!ff_slice_starts(ff_slice_of(got->construct), ff_slice_of(construct)) ||
        (construct == NULL) != !got->construct || !ff_slice_eq(got->text, ff_slice_of(words)) ||
        !ff_slice_eq(got->at, ff_slice_of(at)))
        fail_msg("%s: '%s', '%.*s' at '%.*s'", by->script ? by->script : by->workflow,
                 got->construct ? got->construct : "nothing", FF_ARG(got->text), FF_ARG(got->at));
    held_close(&h);
}

static void the_construct_of_the_script_is_named_if_it_alone_can_have_done_it(void **state)
{
    (void)state;
    static const struct {
        const char *script;
        const char *command; /* that the finding names, or NULL */
        const char *text;    /* that was printed */
        const char *construct, *words, *at;
    } rows[] = {
        {"tool prepare || tool other\n", "prepare", "it broke", "a fallback", "|| tool other", "log:1"},
        {"tool prepare || true\n", "prepare", "it broke", "“||” with nothing", "|| true", "log:1"},
        {"tool prepare || true\n", NULL, "it broke", "“||” with nothing", "|| true", "log:1"},
        {"echo a\ntool prepare ||\n  echo \"not prepared\"\n", "prepare", "it broke", "“||” with nothing",
         "|| echo \"not prepared\"", "log:2"},
        {"set +e\ntool prepare\ntool next\n", "prepare", "it broke", "no “set -e”", "set +e", "log:1"},
        {"python - <<'PY'\ntry:\n    prepare()\nexcept Exception:\n    print(\"not prepared\")\nPY\n", NULL, "it broke",
         "an “except”", "except Exception:", "log:4"},
        /* Of two constructs, the one around the command that the finding names. */
        {"tool first || true\ntool prepare || tool other\n", "prepare", "it broke", "a fallback", "|| tool other",
         "log:2"},
        {"tool first || true\ntool prepare || tool other\n", NULL, "it broke", NULL, NULL, NULL},
        {"tool first || true\ntool prepare || tool other\n", "absent", "it broke", NULL, NULL, NULL},
        /* Or the one whose own words were printed, if they are long enough to be told from others. */
        {"tool first || true\ntool prepare || echo \"not prepared\"\n", NULL, "not prepared", "“||” with nothing",
         "|| echo \"not prepared\"", "log:2"},
        {"tool first || true\ntool prepare || echo \"oh no\"\n", NULL, "oh no", NULL, NULL, NULL},
        /* What shields nothing, and what asks first, passes over nothing. */
        {"tool prepare\n", "prepare", "it broke", NULL, NULL, NULL},
        {"if tool prepare; then\n  echo yes\nfi\n", "prepare", "it broke", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(&(printed){NULL, rows[i].script, HELD_SHELL, rows[i].command, rows[i].text}, rows[i].construct,
               rows[i].words, rows[i].at);
}

static void a_script_of_another_shell_is_not_read(void **state)
{
    (void)state;
    expect(&(printed){NULL, "tool prepare || true\n", "/usr/bin/pwsh -command \". '{0}'\"", "prepare", "it broke"},
           NULL, NULL, NULL);
    expect(&(printed){NULL, NULL, NULL, "prepare", "it broke"}, NULL, NULL, NULL);
}

static void the_workflow_names_the_line_and_its_own_word_comes_first(void **state)
{
    (void)state;
    static const char RUN[] = "tool prepare || true\n";
    static const struct {
        const char *workflow;
        const char *construct, *words, *at;
    } rows[] = {
        {HEAD STEP "        run: |\n          tool prepare || true\n", "“||” with nothing", "|| true", HELD_CI ":8"},
        {HEAD STEP "        continue-on-error: true\n        run: tool prepare || true\n", "`continue-on-error: true`",
         NULL, HELD_CI ":7"},
        {HEAD "    continue-on-error: true\n" STEP "        run: tool prepare || true\n", "`continue-on-error: true`",
         NULL, HELD_CI ":5"},
        {HEAD STEP "        continue-on-error: ${{ matrix.new }}\n        run: tool prepare || true\n",
         "“||” with nothing", "|| true", HELD_CI ":8"},
        {HEAD STEP "        continue-on-error: false\n        run: tool prepare || true\n", "“||” with nothing",
         "|| true", HELD_CI ":8"},
        /* Another script stands there now: the place is that of the log. */
        {HEAD STEP "        run: make\n", "“||” with nothing", "|| true", "log:1"},
        {HEAD "    steps: []\n", "“||” with nothing", "|| true", "log:1"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(&(printed){rows[i].workflow, RUN, HELD_SHELL, "prepare", "it broke"}, rows[i].construct, rows[i].words,
               rows[i].at);
}

static void what_was_not_tolerated_has_no_construct(void **state)
{
    (void)state;
    static const ff_rule plain = {.id = FF_TEXT("app.plain"),
                                  .family = FF_TEXT("app"),
                                  .role = FF_ROLE_CAUSE,
                                  .severity = FF_SEVERITY_ERROR,
                                  .where = {.kinds = FF_LINES_PRINTED}};
    held h;
    held_open(&h, NULL, 0);
    held_script(&h, HELD_BUILD, "tool prepare || true\n");
    (void)held_find(&h, &plain, HELD_BUILD, "it broke", "command", "prepare");
    held_prepare(&h);
    assert_int_equal(ff_tolerance_name_all(&h.k.work), FF_OK);
    assert_false(held_of(&h, &plain)->tolerated);
    assert_null(held_of(&h, &plain)->tolerance.construct);
    held_close(&h);
}

static void secrets_and_control_bytes_in_the_construct_are_masked(void **state)
{
    (void)state;
    expect(&(printed){NULL, "tool prepare || tool other --token ghp_0123456789abcdefghijABCDEFGHIJ456789\n", HELD_SHELL,
                      "prepare", "it broke"},
           "a fallback", "|| tool other --token ***", "log:1");
    expect(&(printed){NULL, "tool prepare || tool 'a\x1b[31mb'\n", HELD_SHELL, "prepare", "it broke"}, "a fallback",
           "|| tool 'a\\x1b[31mb'", "log:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_construct_of_the_script_is_named_if_it_alone_can_have_done_it),
        cmocka_unit_test(a_script_of_another_shell_is_not_read),
        cmocka_unit_test(the_workflow_names_the_line_and_its_own_word_comes_first),
        cmocka_unit_test(what_was_not_tolerated_has_no_construct),
        cmocka_unit_test(secrets_and_control_bytes_in_the_construct_are_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
