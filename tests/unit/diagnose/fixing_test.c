/* From a rule's fixes to diffs of real files: which fix applies, which edit is made, and what is not handed out. */
#include "diagnose/fixing.h"

#include "tree/diff.h"
#include "unit/diagnose/held.h"

#define BUILD "on: push\njobs:\n  build:\n    steps:\n      - name: Build\n        run: |\n"
#define OTHER ".github/workflows/other.yml"
#define SECRET "ghp_0123456789abcdefghijABCDEFGHIJ456789"

static const char SCRIPT[] = "tool check || tool build\ntool pack\n";
static const grove_file FILES[] = {
    {HELD_CI, BUILD "          tool check || tool build\n          tool pack\n", FF_TREE_FILE, 0},
    {OTHER, BUILD "          tool check\n          tool sign\n", FF_TREE_FILE, 0},
};

static const ff_fix DROP = {.say = FF_TEXT("Build at once."), .edit_drop = FF_TEXT("tool check")};
static const ff_fix NAMED = {.say = FF_TEXT("Build at once."), .edit_drop = FF_TEXT("${command}")};
static const ff_fix LINE = {.say = FF_TEXT("Check harder."),
                            .edit_line = {.text = FF_TEXT("tool pack")},
                            .edit_becomes = FF_TEXT("tool pack --hard")};
static const ff_fix BEFORE = {
    .say = FF_TEXT("Look first."), .edit_before = {.text = FF_TEXT("^tool pack")}, .edit_insert = FF_TEXT("tool look")};
static const ff_fix WORDS = {.say = FF_TEXT("Think.")};
static const ff_fix BROKEN = {
    .say = FF_TEXT("No."), .edit_line = {.text = FF_TEXT("tool (")}, .edit_becomes = FF_TEXT("x")};

static ff_rule rule_of(const ff_fix *fixes, size_t count)
{
    return (ff_rule){.id = FF_LIT("app.rule"),
                     .family = FF_LIT("app"),
                     .title = FF_LIT("It broke"),
                     .role = FF_ROLE_CAUSE,
                     .severity = FF_SEVERITY_ERROR,
                     .where = {.kinds = FF_LINES_PRINTED},
                     .fixes = fixes,
                     .fix_count = count};
}

/* Everything up to the advice of one diagnosis of a failing step. */
static void prepare(held *h, const ff_rule *rule, const grove_file *files, size_t count, const char *script,
                    const char *command)
{
    held_open(h, files, count);
    held_script(h, HELD_BUILD, script);
    (void)held_find(h, rule, HELD_BUILD, "it broke", command ? "command" : NULL, command);
    held_prepare(h);
    assert_int_equal(h->k.work.diagnoses.count, 1);
}

static ff_diagnosis *the_diagnosis(held *h)
{
    return &h->k.work.diagnoses.items[0];
}

static void a_fix_for_these_captures_takes_the_place_of_the_general_one(void **state)
{
    (void)state;
    static const ff_param when_a[] = {{FF_TEXT("command"), FF_TEXT("a")}},
                          when_b[] = {{FF_TEXT("command"), FF_TEXT("b")}};
    static const ff_fix fixes[] = {
        {.say = FF_TEXT("In general.")},
        {.say = FF_TEXT("For a."), .when = when_a, .when_count = 1},
        {.say = FF_TEXT("For b."), .when = when_b, .when_count = 1},
        {.when = when_a, .when_count = 1},
    };
    static const struct {
        const char *command; /* NULL: nothing was captured */
        bool applies[COUNT(fixes)];
    } rows[] = {
        {NULL, {true, false, false, false}},
        {"c", {true, false, false, false}},
        {"a", {false, true, false, false}},
        {"b", {false, false, true, false}},
    };
    const ff_rule rule = rule_of(fixes, COUNT(fixes));
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        prepare(&h, &rule, NULL, 0, SCRIPT, rows[i].command);
        for (size_t k = 0; k < COUNT(fixes); k++)
            if (ff_fix_applies(&h.k.work, the_diagnosis(&h), &fixes[k]) != rows[i].applies[k])
                fail_msg("fix %zu for '%s'", k, rows[i].command ? rows[i].command : "nothing");
        held_close(&h);
    }
}

/* The paths of the files that a fix changes, one blank behind each. */
static ff_slice changed(held *h, const ff_fix *fix)
{
    ff_edits edits = {0};
    ff_slice paths = FF_LIT("");
    assert_int_equal(ff_fix_edit(&h->k.work, the_diagnosis(h), fix, &h->k.arena, &edits), FF_OK);
    for (size_t i = 0; i < edits.count; i++)
        paths = ff_arena_printf(&h->k.arena, "%.*s%.*s ", FF_ARG(paths), FF_ARG(edits.items[i].path));
    return paths;
}

static void an_edit_is_made_where_the_step_stands_and_wherever_else_it_is_needed(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        const ff_fix *fix;
        const char *script;  /* that ran */
        const char *command; /* that was captured, or NULL */
        const char *paths;
    } rows[] = {
        {"a command in both files", &DROP, SCRIPT, NULL, HELD_CI " " OTHER " "},
        {"a command that was captured", &NAMED, SCRIPT, "tool check", HELD_CI " " OTHER " "},
        {"a capture without a value", &NAMED, SCRIPT, NULL, ""},
        {"a command that is nowhere", &NAMED, SCRIPT, "tool absent", ""},
        {"a line of the step", &LINE, SCRIPT, NULL, HELD_CI " "},
        {"a line above another", &BEFORE, SCRIPT, NULL, HELD_CI " "},
        {"words alone", &WORDS, SCRIPT, NULL, ""},
        {"a pattern that does not compile", &BROKEN, SCRIPT, NULL, ""},
        /* The file is not the one that ran, so nobody knows the place; a command is still found by its name. */
        {"a line above another in a foreign file", &BEFORE, "make\n", NULL, ""},
        {"a command in a foreign file", &DROP, "make\n", NULL, HELD_CI " " OTHER " "},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        const ff_rule rule = rule_of(rows[i].fix, 1);
        prepare(&h, &rule, FILES, COUNT(FILES), rows[i].script, rows[i].command);
        ff_slice paths = changed(&h, rows[i].fix);
        if (!ff_slice_eq(paths, ff_slice_of(rows[i].paths)))
            fail_msg("%s: '%.*s'", rows[i].what, FF_ARG(paths));
        held_close(&h);
    }
}

static void only_what_happened_and_may_matter_is_repaired(void **state)
{
    (void)state;
    static const ff_check untrue = {.result = FF_CHECK_CONTRADICTS, .decides = true, .of_fact = true};
    static const ff_check disputed = {.result = FF_CHECK_CONTRADICTS, .of_fact = true};
    static const ff_check harmless = {.result = FF_CHECK_CONTRADICTS, .decides = true};
    static const struct {
        const char *what;
        ff_role role;
        ff_standing standing;
        const ff_check *check;
        bool edited;
    } rows[] = {
        {"a cause at the failure", FF_ROLE_CAUSE, FF_STANDING_EXPLAINS, NULL, true},
        {"what was tolerated", FF_ROLE_CAUSE, FF_STANDING_TOLERATED, NULL, true},
        {"a rival", FF_ROLE_CAUSE, FF_STANDING_RIVAL, NULL, false},
        {"what the next run should tell", FF_ROLE_CONSEQUENCE, FF_STANDING_RIVAL, NULL, true},
        {"what is not so", FF_ROLE_CAUSE, FF_STANDING_TOLERATED, &untrue, false},
        {"what the repository speaks against", FF_ROLE_CAUSE, FF_STANDING_TOLERATED, &disputed, false},
        {"what is so and did not matter", FF_ROLE_CAUSE, FF_STANDING_TOLERATED, &harmless, true},
    };
    const ff_rule rule = rule_of(&DROP, 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        prepare(&h, &rule, FILES, COUNT(FILES), SCRIPT, NULL);
        ff_diagnosis *d = the_diagnosis(&h);
        d->role = rows[i].role;
        d->standing = rows[i].standing;
        d->checks = rows[i].check;
        d->check_count = rows[i].check ? 1 : 0;
        if ((changed(&h, &DROP).len > 0) != rows[i].edited)
            fail_msg("%s %s edited", rows[i].what, rows[i].edited ? "is not" : "is");
        held_close(&h);
    }
}

static void without_a_repository_advice_is_words(void **state)
{
    (void)state;
    held h;
    const ff_rule rule = rule_of(&DROP, 1);
    prepare(&h, &rule, NULL, 0, SCRIPT, NULL);
    assert_int_equal(ff_fix_advise(&h.k.work, the_diagnosis(&h), &DROP), FF_OK);
    assert_int_equal(the_diagnosis(&h)->advice_count, 1);
    assert_true(ff_slice_eq(the_diagnosis(&h)->advice[0].text, FF_LIT("Build at once.")));
    assert_int_equal(the_diagnosis(&h)->advice[0].path.len + the_diagnosis(&h)->advice[0].diff.len, 0);
    held_close(&h);
}

static void each_further_file_is_an_advice_without_words(void **state)
{
    (void)state;
    held h;
    ff_slice before, after;
    const ff_rule rule = rule_of(&DROP, 1);
    prepare(&h, &rule, FILES, COUNT(FILES), SCRIPT, NULL);
    assert_int_equal(ff_fix_advise(&h.k.work, the_diagnosis(&h), &DROP), FF_OK);
    assert_int_equal(the_diagnosis(&h)->advice_count, 2);
    const ff_advice *advice = the_diagnosis(&h)->advice;
    assert_true(ff_slice_eq(advice[0].text, FF_LIT("Build at once.")) && advice[1].text.len == 0);
    assert_true(ff_slice_eq(advice[0].path, FF_LIT(HELD_CI)) && ff_slice_eq(advice[1].path, FF_LIT(OTHER)));
    assert_int_equal(advice[0].start_line, 7);
    assert_int_equal(advice[0].end_line, 7);
    assert_int_equal(ff_tree_read(h.tree, advice[0].path, &before, NULL), FF_OK);
    assert_int_equal(ff_diff_apply(before, advice[0].diff, &h.k.arena, &after), FF_OK);
    assert_true(ff_slice_eq(after, FF_LIT(BUILD "          tool build\n          tool pack\n")));
    held_close(&h);
}

static void a_diff_that_cannot_be_shown_as_it_is_is_not_handed_out(void **state)
{
    (void)state;
    static const struct {
        const char *what, *beside; /* the line beside the one that is changed */
        bool shown;
    } rows[] = {
        {"plain text", "tool pack", true},
        {"other scripts and a tab", "tool pack # Größe\t日本", true},
        {"a secret", "tool pack --token " SECRET, false},
        {"a control byte", "tool pack '\x01'", false},
        {"a sequence for terminals", "tool pack '\x1b[31m'", false},
        {"a sign that turns text around", "tool pack # \xe2\x80\xae", false},
        {"no UTF-8", "tool pack # \xff", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        char text[400], diff[400];
        (void)snprintf(text, sizeof text, BUILD "          tool check || tool build\n          %s\n", rows[i].beside);
        (void)snprintf(diff, sizeof diff, "-x\n %s\n", rows[i].beside);
        assert_int_equal(ff_fix_is_showable(ff_slice_of(diff)), rows[i].shown);
        const grove_file file = {HELD_CI, text, FF_TREE_FILE, 0};
        const ff_rule rule = rule_of(&DROP, 1);
        prepare(&h, &rule, &file, 1, "tool check || tool build\n", NULL);
        h.k.work.edited = true; /* the script is shorter than the step's: that is no matter here */
        assert_int_equal(ff_fix_advise(&h.k.work, the_diagnosis(&h), &DROP), FF_OK);
        const ff_advice *advice = the_diagnosis(&h)->advice;
        assert_true(advice[0].text.len);
        if ((advice[0].diff.len > 0) != rows[i].shown)
            fail_msg("%s: '%.*s'", rows[i].what, FF_ARG(advice[0].diff));
        held_close(&h);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fix_for_these_captures_takes_the_place_of_the_general_one),
        cmocka_unit_test(an_edit_is_made_where_the_step_stands_and_wherever_else_it_is_needed),
        cmocka_unit_test(only_what_happened_and_may_matter_is_repaired),
        cmocka_unit_test(without_a_repository_advice_is_words),
        cmocka_unit_test(each_further_file_is_an_advice_without_words),
        cmocka_unit_test(a_diff_that_cannot_be_shown_as_it_is_is_not_handed_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
