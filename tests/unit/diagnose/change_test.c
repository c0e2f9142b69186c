/* What a pull request would change: the edits of several diagnoses put together, one diff a file. */
#include "diagnose/change.h"

#include "tree/diff.h"
#include "unit/diagnose/held.h"

#define BUILD "on: push\njobs:\n  build:\n    steps:\n      - name: Build\n        run: |\n"
#define OTHER ".github/workflows/other.yml"
#define SECRET "ghp_0123456789abcdefghijABCDEFGHIJ456789"

static const char SCRIPT[] = "tool check || tool build\ntool pack\n";
static const grove_file FILES[] = {
    {HELD_CI, BUILD "          tool check || tool build\n          tool pack\n", FF_TREE_FILE, 0},
    {OTHER, BUILD "          tool check || tool sign\n", FF_TREE_FILE, 0},
};

static const ff_slice EVIDENCE[] = {FF_TEXT("evidence")};
static const ff_fix DROP = {.say = FF_TEXT("Build at once."), .edit_drop = FF_TEXT("tool check")};
static const ff_fix LINE = {.say = FF_TEXT("Pack harder."),
                            .edit_line = {.text = FF_TEXT("tool pack")},
                            .edit_becomes = FF_TEXT("tool pack --hard")};
static const ff_fix BEFORE = {
    .say = FF_TEXT("Look first."), .edit_before = {.text = FF_TEXT("^tool pack")}, .edit_insert = FF_TEXT("tool look")};

#define RULE(fix_, role_, tags_)                                                                          \
    {                                                                                                     \
        .id = FF_TEXT("app.rule"), .family = FF_TEXT("app"), .title = FF_TEXT("It broke"), .role = role_, \
        .severity = FF_SEVERITY_ERROR, .tags = {EVIDENCE, tags_}, .where = {.kinds = FF_LINES_PRINTED},   \
        .fixes = &(fix_), .fix_count = 1                                                                  \
    }

static const ff_rule CHECKED = RULE(DROP, FF_ROLE_CAUSE, 0), PACKED = RULE(LINE, FF_ROLE_CONSEQUENCE, 1),
                     LOOKED = RULE(BEFORE, FF_ROLE_CONSEQUENCE, 1);

/* The step fails, and each rule hit a line of it; all that a run has is diagnosed. */
static void diagnose(held *h, const grove_file *files, size_t count, const ff_rule *const *rules, size_t rule_count)
{
    held_open(h, files, count);
    held_script(h, HELD_BUILD, SCRIPT);
    for (size_t i = 0; i < rule_count; i++)
        (void)held_find(h, rules[i], HELD_BUILD, "it broke", NULL, NULL);
    held_diagnose(h);
}

static void expect_change(held *h, const ff_change *change, const char *path, const char *after)
{
    ff_slice before, became;
    assert_true(ff_slice_eq(change->path, ff_slice_of(path)));
    assert_int_equal(ff_tree_read(h->tree, change->path, &before, NULL), FF_OK);
    assert_int_equal(ff_diff_apply(before, change->diff, &h->k.arena, &became), FF_OK);
    if (!ff_slice_eq(became, ff_slice_of(after)))
        fail_msg("%s becomes '%.*s'", path, FF_ARG(became));
}

static void edits_of_one_file_become_one_diff_whichever_diagnosis_they_are_for(void **state)
{
    (void)state;
    static const ff_rule *const rules[] = {&PACKED, &LOOKED};
    held h;
    diagnose(&h, FILES, COUNT(FILES), rules, COUNT(rules));
    const ff_change_set *set = &h.k.report.changes[FF_PROPOSAL_DIAGNOSE];
    assert_int_equal(set->count, 1);
    const ff_change *change = &set->items[0];
    expect_change(&h, change, HELD_CI,
                  BUILD "          tool check || tool build\n          tool look\n          tool pack --hard\n");
    assert_int_equal(change->start_line, 8);
    assert_int_equal(change->end_line, 8);
    assert_int_equal(change->diagnosis_count, 2);
    for (uint32_t i = 0; i < 2; i++)
        assert_ptr_equal(h.k.report.diagnoses[change->diagnoses[i]].rule, rules[i]);
    assert_int_equal(set->refused.len, 0);
    held_close(&h);
}

static void each_file_has_a_diff_of_its_own(void **state)
{
    (void)state;
    static const ff_rule *const rules[] = {&CHECKED};
    held h;
    diagnose(&h, FILES, COUNT(FILES), rules, COUNT(rules));
    const ff_change_set *set = &h.k.report.changes[FF_PROPOSAL_FIX];
    assert_int_equal(set->count, 2);
    expect_change(&h, &set->items[0], HELD_CI, BUILD "          tool build\n          tool pack\n");
    expect_change(&h, &set->items[1], OTHER, BUILD "          tool sign\n");
    held_close(&h);
}

/* Of two causes in one step the second is a rival: to repair both would hide which one it was. */
static void a_rival_is_not_repaired_along_with_the_first(void **state)
{
    (void)state;
    static const ff_rule packed = RULE(LINE, FF_ROLE_CAUSE, 0);
    static const ff_rule *const rules[] = {&CHECKED, &packed};
    held h;
    diagnose(&h, FILES, COUNT(FILES), rules, COUNT(rules));
    const ff_change_set *set = &h.k.report.changes[FF_PROPOSAL_FIX];
    assert_int_equal(set->count, 2);
    expect_change(&h, &set->items[0], HELD_CI, BUILD "          tool build\n          tool pack\n");
    held_close(&h);
}

static void the_repository_is_afterwards_as_it_was(void **state)
{
    (void)state;
    static const ff_rule *const rules[] = {&CHECKED, &PACKED, &LOOKED};
    held h;
    diagnose(&h, FILES, COUNT(FILES), rules, COUNT(rules));
    for (size_t i = 0; i < COUNT(FILES); i++) {
        ff_slice text;
        assert_int_equal(ff_tree_read(h.tree, ff_slice_of(FILES[i].path), &text, NULL), FF_OK);
        assert_true(ff_slice_eq(text, ff_slice_of(FILES[i].text)));
    }
    const ff_workflow_file *file = ff_workflows_file(h.repo->workflows, FF_LIT(HELD_CI));
    assert_true(ff_slice_find(file->text, FF_LIT("tool check")) != SIZE_MAX);
    assert_false(h.k.work.edited);
    held_close(&h);
}

static void each_kind_of_proposal_has_the_edits_that_are_for_it(void **state)
{
    (void)state;
    static const ff_rule *const rules[] = {&CHECKED, &LOOKED};
    held h;
    diagnose(&h, FILES, COUNT(FILES), rules, COUNT(rules));
    const ff_change_set *fix = &h.k.report.changes[FF_PROPOSAL_FIX], *look = &h.k.report.changes[FF_PROPOSAL_DIAGNOSE];
    assert_int_equal(fix->count, 2);
    expect_change(&h, &fix->items[0], HELD_CI, BUILD "          tool build\n          tool pack\n");
    assert_int_equal(look->count, 1);
    expect_change(&h, &look->items[0], HELD_CI,
                  BUILD "          tool check || tool build\n          tool look\n          tool pack\n");
    held_close(&h);
}

static void what_is_less_than_likely_or_has_no_file_changes_nothing(void **state)
{
    (void)state;
    static const grove_file secret[] = {
        {HELD_CI, BUILD "          tool check || tool build\n          tool pack " SECRET "\n", FF_TREE_FILE, 0}};
    static const ff_rule inferred = {.id = FF_TEXT("app.guess"),
                                     .family = FF_TEXT("app"),
                                     .role = FF_ROLE_CAUSE,
                                     .severity = FF_SEVERITY_ERROR,
                                     .where = {.kinds = FF_LINE_BIT(FF_LINE_SCRIPT)},
                                     .fixes = &DROP,
                                     .fix_count = 1};
    static const struct {
        const char *what;
        const grove_file *files;
        size_t count;
        const ff_rule *rule;
    } rows[] = {
        {"a guess", FILES, COUNT(FILES), &inferred},
        {"no repository", NULL, 0, &CHECKED},
        {"nothing to change", FILES, 1, &LOOKED},
        {"a secret beside the change", secret, COUNT(secret), &CHECKED},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        diagnose(&h, rows[i].files, rows[i].count, &rows[i].rule, 1);
        if (h.k.report.changes[FF_PROPOSAL_FIX].count)
            fail_msg("%s: something is changed", rows[i].what);
        held_close(&h);
    }
}

static void why_an_edit_was_not_made_is_kept(void **state)
{
    (void)state;
    /* A folded scalar: its lines are not those of the script. */
    static const grove_file files[] = {
        {HELD_CI, BUILD "          tool check || tool build\n          tool pack\n", FF_TREE_FILE, 0},
        {OTHER, "on: push\njobs:\n  b:\n    steps:\n      - run: >-\n          tool check ||\n          tool sign\n",
         FF_TREE_FILE, 0},
    };
    static const ff_rule *const rules[] = {&CHECKED};
    held h;
    diagnose(&h, files, COUNT(files), rules, COUNT(rules));
    const ff_change_set *set = &h.k.report.changes[FF_PROPOSAL_FIX];
    assert_int_equal(set->count, 1);
    if (!ff_slice_starts(set->refused, FF_LIT(OTHER)))
        fail_msg("refused: '%.*s'", FF_ARG(set->refused));
    held_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_of_one_file_become_one_diff_whichever_diagnosis_they_are_for),
        cmocka_unit_test(each_file_has_a_diff_of_its_own),
        cmocka_unit_test(a_rival_is_not_repaired_along_with_the_first),
        cmocka_unit_test(the_repository_is_afterwards_as_it_was),
        cmocka_unit_test(each_kind_of_proposal_has_the_edits_that_are_for_it),
        cmocka_unit_test(what_is_less_than_likely_or_has_no_file_changes_nothing),
        cmocka_unit_test(why_an_edit_was_not_made_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
