/* The flagship's repository, asked with what its run's log shows: the answers that the case study comes to. */
#include "unit/repo/asking.h"

#include "repo/tree.h"

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
         PROD ":556 " PROD ":535"},
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
         ""},
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
    ff_repo_close(repo);
    ff_tree_close(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_repository_of_the_flagship_run_answers_with_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
