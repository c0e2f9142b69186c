/* The flagship's repository, asked with what its run's log shows: the answers that the case study comes to. */
#include "unit/repo/asking.h"

#include "tree/tree.h"

#define PROD ".github/workflows/13-prod-deployment.yml"
#define UAT ".github/workflows/12-uat-deployment.yml"
#define BACKEND "backend/projectmeats/settings/"

static const ff_slice PRINTED[] = {FF_TEXT("Using regular migrations..."), FF_TEXT("✓ Backend container started")};

static const ff_probe_scene DEPLOY = {.job = FF_TEXT("deploy-backend"),
                                      .step = FF_TEXT("Deploy backend container"),
                                      .passed = true,
                                      .printed = PRINTED,
                                      .printed_count = COUNT(PRINTED)};

static const ff_probe_scene HEALTH = {.job = FF_TEXT("deploy-backend"),
                                      .step = FF_TEXT("Post-deployment health check"),
                                      .earlier = &DEPLOY,
                                      .earlier_count = 1};

static void the_repository_of_the_flagship_run_answers_with_its_lines(void **state)
{
    static const ask_row rows[] = {
        {"command-guarded",
         {{"text", "manage.py migrate_schemas"}},
         FF_PROBE_FOUND,
         "asked for first by “if python manage.py help migrate_schemas” (" PROD ":549), and the log shows the other "
         "branch: “Using regular migrations...”",
         PROD ":549 " PROD ":551"},
        {"command-succeeded",
         {{"text", "manage.py migrate"}},
         FF_PROBE_FOUND,
         "“set -euo pipefail” is in force and the script came to print “✓ Backend container started”, so “python "
         "manage.py migrate --noinput” ended with 0",
         PROD ":556 " PROD ":536"},
        {"secret-declared",
         {{"name", "ALLOWED_HOSTS"}},
         FF_PROBE_UNKNOWN,
         "no line of " PROD
         " hands “ALLOWED_HOSTS” to the step, but the job uses a file of variables, and what stands in "
         "it is not known",
         ""},
        {"file-matches",
         {{"path", "**/settings/*.py"}, {"text", "ALLOWED_HOSTS"}, {"lists", "meatscentral.com"}},
         FF_PROBE_UNKNOWN,
         "“ALLOWED_HOSTS” comes from the environment (" BACKEND "production.py:10)",
         BACKEND "production.py:10 " BACKEND "development.py:6 " BACKEND "build.py:6"},
        {"workflow-line",
         {{"text", "manage.py migrate_schemas"}},
         FF_PROBE_FOUND,
         "6 lines of the workflow files name “manage.py migrate_schemas” (" PROD ":172)",
         PROD ":172 " PROD ":551 " PROD ":553 " UAT ":177 " UAT ":410 " UAT ":412"},
        {"mentions",
         {{"text", "migrate_schemas"}},
         FF_PROBE_FOUND,
         "“migrate_schemas” also stands in 8 lines of workflows, 2 of makefiles, 4 of documents",
         UAT ":177 " UAT ":408 " UAT ":410 " UAT ":412 " PROD ":172 " PROD ":549 " PROD ":551 " PROD ":553 Makefile:13 "
             "Makefile:14 .github/copilot-instructions.md:891 docs/DEPLOYMENT.md:27 docs/DEPLOYMENT.md:28 "
             "docs/MULTI_TENANCY.md:11"},
        {"path-exists",
         {{"path", "**/management/commands/ensure_public_tenant.py"}},
         FF_PROBE_FOUND,
         "“backend/apps/core/management/commands/ensure_public_tenant.py” is in the repository",
         "backend/apps/core/management/commands/ensure_public_tenant.py:0"},
    };
    static const struct {
        const char *text;
        ff_probe_outcome outcome;
        const char *words;
    } calls[] = {
        {"manage.py ensure_public_tenant", FF_PROBE_MISSING,
         "“python manage.py ensure_public_tenant --domain=meatscentral.com” stands only in a branch that was not "
         "entered "
         "(" PROD ":552): the log shows “Using regular migrations...”"},
        {"manage.py create_super_tenant", FF_PROBE_FOUND,
         "the script ran “sudo docker run --rm --env-file \"$ENV_FILE\" \"$REG/$IMG:$TAG\" python manage.py "
         "create_super_tenant --verbosity=1” (" PROD ":561) and went on"},
    };
    ff_tree *tree = NULL;
    ff_tree_wish wish = {.commit = {0}};
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.workflow_path = FF_TEXT(PROD)};
    ff_error error = {0};
    (void)state;
    if (ff_tree_open_checkout(&tree, FF_SOURCE_DIR "/corpus/repositories/meats", &wish, &error) != FF_OK)
        fail_msg("%s", error.text);
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    for (size_t i = 0; i < COUNT(rows); i++)
        ask_one(repo, &HEALTH, &rows[i]);
    for (size_t i = 0; i < COUNT(calls); i++) {
        ff_probe_param param = {FF_LIT("text"), ff_slice_of(calls[i].text)};
        ff_probe_question question = {.params = &param, .param_count = 1, .scene = &HEALTH};
        ff_probe_answer answer = {.outcome = FF_PROBE_UNKNOWN};
        assert_int_equal(ff_probe_command_called(repo, &question, &answer), FF_OK);
        if (answer.outcome != calls[i].outcome || !ff_slice_eq(answer.text, ff_slice_of(calls[i].words)))
            fail_msg("%s: %d, %.*s", calls[i].text, answer.outcome, FF_ARG(answer.text));
    }
    ff_repo_close(repo);
    ff_tree_close(tree);
}

/* Of each probe, with ever more memory until it answers. */
static void every_smaller_memory_is_reported_as_such(void **state)
{
    static const struct {
        ff_probe_fn probe;
        const char *name, *value;
    } rows[] = {
        {ff_probe_command_guarded, "text", "manage.py migrate_schemas"},
        {ff_probe_command_succeeded, "text", "manage.py migrate"},
        {ff_probe_command_called, "text", "manage.py ensure_public_tenant"},
        {ff_probe_secret_declared, "name", "PROD_HOST"},
        {ff_probe_environment_declared, "name", "production"},
        {ff_probe_path_exists, "path", "**/manage.py"},
        {ff_probe_workflow_line, "text", "migrate_schemas"},
        {ff_probe_mentions, "text", "migrate_schemas"},
    };
    ff_tree *tree = NULL;
    ff_tree_wish wish = {.commit = {0}};
    ff_repo_facts facts = {.workflow_path = FF_TEXT(PROD)};
    (void)state;
    assert_int_equal(ff_tree_open_checkout(&tree, FF_SOURCE_DIR "/corpus/repositories/meats", &wish, NULL), FF_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_repo *repo = NULL;
        ff_probe_param param = {ff_slice_of(rows[i].name), ff_slice_of(rows[i].value)};
        ff_probe_question question = {.params = &param, .param_count = 1, .scene = &HEALTH};
        ff_status status = FF_NOMEM;
        assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
        for (size_t more = 0; status != FF_OK; more += 64) {
            ff_probe_answer answer = {.outcome = FF_PROBE_UNKNOWN};
            ff_arena_mark mark = ff_arena_here(&repo->arena);
            repo->arena.limit = repo->arena.used + more + 1;
            status = rows[i].probe(repo, &question, &answer);
            if (status != FF_OK && status != FF_NOMEM)
                fail_msg("%s with %zu bytes: %d", rows[i].value, more, status);
            if (status == FF_OK && (repo->arena.failed || !answer.text.len))
                fail_msg("%s with %zu bytes: no word of it", rows[i].value, more);
            ff_arena_rewind(&repo->arena, mark);
            repo->arena.failed = false;
        }
        ff_repo_close(repo);
    }
    ff_tree_close(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_repository_of_the_flagship_run_answers_with_its_lines),
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
