/* Questions that are no questions, and what is kept of answers. */
#include "unit/repo/asking.h"

#include "base/limits.h"

static const grove_file FILES[] = {
    {.path = ".github/workflows/ci.yml", .text = "jobs: {}\n"},
    {.path = "package.json", .text = "{}\n"},
};

static void the_table_of_probes_is_sorted_and_tells_its_parameters(void **state)
{
    size_t count = 0;
    (void)state;
    for (; ff_probe_name(count); count++) {
        assert_true(!count || strcmp(ff_probe_name(count - 1), ff_probe_name(count)) < 0);
        assert_non_null(ff_probe_params(count));
    }
    assert_true(count >= 12);
    assert_null(ff_probe_params(count));
    assert_null(ff_probe_name(SIZE_MAX));
}

static void what_cannot_be_asked_is_unknown(void **state)
{
    static const ask_row rows[] = {
        {"no-such-probe", {{"name", "x"}}, FF_PROBE_UNKNOWN, "no probe is called “no-such-probe”", ""},
        {"", {{"name", "x"}}, FF_PROBE_UNKNOWN, "no probe is called “”", ""},
        {"npm-requirement", {{NULL, NULL}}, FF_PROBE_MOOT, "nothing is known of the parameter “name”", ""},
        {"npm-requirement", {{"name", ""}}, FF_PROBE_MOOT, "nothing is known of the parameter “name”", ""},
        {"npm-requirement", {{"name", "  "}}, FF_PROBE_MOOT, "nothing is known of the parameter “name”", ""},
        {"python-requirement",
         {{"name", "x"}, {"version", ""}},
         FF_PROBE_MOOT,
         "nothing is known of the parameter “version”",
         ""},
        {"npm-requirement", {{"name", " vue "}}, FF_PROBE_MISSING, "package.json does not name “vue”", ""},
    };
    (void)state;
    ask_all(FILES, COUNT(FILES), NULL, NULL, rows, COUNT(rows));
}

static void without_a_repository_that_is_the_runs_the_reason_is_told(void **state)
{
    static const ask_row none = {"npm-requirement", {{"name", "x"}}, FF_PROBE_UNKNOWN, "no checkout was given", ""};
    static const ask_row other = {"npm-requirement",
                                  {{"name", "x"}},
                                  FF_PROBE_UNKNOWN,
                                  "the repository that was given lacks the run's workflow “.github/workflows/cd.yml”",
                                  ""};
    static const ask_row same = {
        "npm-requirement", {{"name", "x"}}, FF_PROBE_MISSING, "package.json does not name “x”", ""};
    (void)state;
    ask_all(NULL, 0, NULL, NULL, &none, 1);
    ask_all(FILES, COUNT(FILES), ".github/workflows/cd.yml", NULL, &other, 1);
    ask_all(FILES, COUNT(FILES), ".github/workflows/ci.yml", NULL, &same, 1);
}

/* Opens a repo over a tree that `foreign` and `whole` describe, and gives its reason not to use it. */
static void expect_refusal(bool foreign, bool whole, const char *expected)
{
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    ff_repo *repo = NULL;
    tree->match = foreign ? FF_TREE_FOREIGN : FF_TREE_UNVERIFIED;
    tree->whole = whole;
    assert_int_equal(ff_repo_open(&repo, tree, &(ff_repo_facts){.workflow_path = FF_LIT("gone.yml")}), FF_OK);
    assert_true(ff_slice_eq(repo->why_not, ff_slice_of(expected)));
    assert_true((repo->tree == NULL) == (repo->why_not.len > 0));
    ff_repo_close(repo);
    ff_tree_close(tree);
}

static void a_tree_of_which_names_are_missing_may_have_the_workflow(void **state)
{
    (void)state;
    expect_refusal(false, false, "");
    expect_refusal(false, true, "the repository that was given lacks the run's workflow “gone.yml”");
    expect_refusal(true, false, "what was given is another repository than the run's");
    ff_repo_close(NULL);
}

static void what_is_kept_of_an_answer_is_short_and_without_secrets(void **state)
{
    char longer[2 * FF_LIMIT_PROBE_TEXT_BYTES];
    ff_repo *repo = NULL;
    ff_probe_answer answer = {.outcome = FF_PROBE_UNKNOWN};
    (void)state;
    memset(longer, 'x', sizeof longer);
    assert_int_equal(ff_repo_open(&repo, NULL, &(ff_repo_facts){.why_not = NULL}), FF_OK);
    assert_true(repo->why_not.len);
    assert_int_equal(ff_probe_say(repo, &answer, FF_PROBE_FOUND, "%.*s", (int)sizeof longer, longer), FF_OK);
    assert_true(answer.text.len <= FF_LIMIT_PROBE_TEXT_BYTES && ff_slice_ends(answer.text, FF_LIT("…")));
    assert_int_equal(
        ff_probe_say(repo, &answer, FF_PROBE_MISSING, "token ghp_%s\n", "0123456789abcdefghij0123456789abcdef"), FF_OK);
    assert_true(ff_slice_eq(answer.text, FF_LIT("token ***\\x0a")));
    assert_int_equal(answer.outcome, FF_PROBE_MISSING);
    for (uint32_t i = 1; i <= 2 * FF_LIMIT_PROBE_PLACES; i++)
        assert_int_equal(ff_probe_add_place(repo, &answer, FF_LIT("a"), i, FF_LIT("  text\t")), FF_OK);
    assert_int_equal(answer.places.count, FF_LIMIT_PROBE_PLACES);
    assert_true(ff_slice_eq(answer.places.items[0].text, FF_LIT("text")));
    assert_int_equal(answer.places.items[0].end_line, 1);
    ff_repo_close(repo);
}

static void a_repository_that_costs_too_much_leaves_questions_open(void **state)
{
    ff_probe_param param = {FF_LIT("path"), FF_LIT("gone.txt")};
    ff_probe_question question = {.probe = FF_LIT("path-exists"), .params = &param, .param_count = 1};
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    ff_repo *repo = NULL;
    ff_probe_answer answer;
    (void)state;
    assert_int_equal(ff_repo_open(&repo, tree, &(ff_repo_facts){.why_not = NULL}), FF_OK);
    assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
    assert_int_equal(answer.outcome, FF_PROBE_MISSING);
    while (ff_arena_alloc(&repo->arena, 1024)) {
    }
    repo->arena.failed = repo->arena.full = false;
    for (int i = 0; i < 100; i++) {
        assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
        assert_true(i < 90 || (answer.outcome == FF_PROBE_UNKNOWN && repo->spent && !answer.places.count));
    }
    ff_repo_close(repo);
    ff_tree_close(tree);
}

static void a_file_can_be_put_as_often_as_edits_need_it(void **state)
{
    enum { STEPS = 2000, TIMES = 200 };
    ff_buf text;
    (void)state;
    ff_buf_init(&text, FF_LIMIT_TREE_FILE_BYTES);
    ff_buf_add(&text, FF_LIT("jobs:\n  a:\n    steps:\n"));
    for (int i = 0; i < STEPS; i++)
        ff_buf_printf(&text, "      - run: make step %d\n", i);
    const grove_file files[] = {{.path = ".github/workflows/a.yml", .text = text.ptr},
                                {.path = ".github/workflows/b.yml", .text = "jobs: {b: {steps: [{run: x}]}}\n"}};
    ff_tree *tree = ff_grove(files, COUNT(files));
    ff_repo *repo = NULL;
    assert_int_equal(ff_repo_open(&repo, tree, &(ff_repo_facts){.why_not = NULL}), FF_OK);
    for (int i = 0; i < TIMES; i++)
        assert_int_equal(ff_repo_put(repo, FF_LIT(".github/workflows/b.yml"),
                                     i % 2 ? FF_LIT("jobs: {b: {steps: [{run: y}]}}\n")
                                           : FF_LIT("jobs: {b: {steps: [{run: x}, {run: z}]}}\n")),
                         FF_OK);
    const ff_workflow_file *a = &repo->workflows->files.items[0];
    assert_int_equal(a->model.jobs.items[0].steps.count, STEPS);
    assert_true(ff_slice_eq(repo->workflows->files.items[1].model.jobs.items[0].steps.items[0].run.text, FF_LIT("y")));
    assert_true(repo->workflows->whole && repo->arena.used < FF_LIMIT_REPO_BYTES / 4);
    for (int i = 0; i < TIMES && repo->workflows->whole; i++)
        assert_int_equal(ff_repo_put(repo, a->path, ff_buf_slice(&text)), FF_OK);
    assert_true(a->trouble.len && !a->model.jobs.count);
    ff_repo_close(repo);
    ff_tree_close(tree);
    ff_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_of_probes_is_sorted_and_tells_its_parameters),
        cmocka_unit_test(what_cannot_be_asked_is_unknown),
        cmocka_unit_test(without_a_repository_that_is_the_runs_the_reason_is_told),
        cmocka_unit_test(a_tree_of_which_names_are_missing_may_have_the_workflow),
        cmocka_unit_test(what_is_kept_of_an_answer_is_short_and_without_secrets),
        cmocka_unit_test(a_repository_that_costs_too_much_leaves_questions_open),
        cmocka_unit_test(a_file_can_be_put_as_often_as_edits_need_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
