#include "unit/repo/asking.h"

#define DEPLOY ".github/workflows/deploy.yml"

static const char DEPLOY_TEXT[] = "name: Deploy\n"
                                  "on: push\n"
                                  "env:\n"
                                  "  REGION: ${{ vars.REGION }}\n"
                                  "jobs:\n"
                                  "  deploy:\n"
                                  "    runs-on: ubuntu-latest\n"
                                  "    env:\n"
                                  "      MODE: fast\n"
                                  "      NOTHING: ''\n"
                                  "    steps:\n"
                                  "      - uses: actions/checkout@v4\n" /* 12 */
                                  "        with:\n"
                                  "          token: ${{ secrets.READ_TOKEN }}\n"
                                  "      - name: Prepare\n"
                                  "        run: |\n"
                                  "          echo \"COLOR=blue\" >> \"$GITHUB_ENV\"\n"
                                  "          # migrate_schemas comes later\n"
                                  "      - name: Migrate\n" /* 19 */
                                  "        env:\n"
                                  "          URL: ${{ secrets.DB_URL }}\n"
                                  "        run: |\n"
                                  "          export SHAPE=round\n"
                                  "          python manage.py migrate_schemas\n" /* 24 */
                                  "      - name: Other\n"
                                  "        run: >\n"
                                  "          python manage.py\n"
                                  "          migrate_schemas --plan\n" /* 28 */
                                  "      - name: Container\n"
                                  "        run: docker run --env-file .env app\n"
                                  "      - name: Script\n"
                                  "        uses: actions/github-script@v7\n"
                                  "        with:\n"
                                  "          script: |\n"
                                  "            core.info('a');\n"
                                  "            core.info('migrate_schemas');\n"; /* 36 */

static const char UAT_TEXT[] = "on: push\n"
                               "jobs:\n"
                               "  lint:\n"
                               "    runs-on: ubuntu-latest\n"
                               "    steps:\n"
                               "      - run: echo ${{ secrets.DB_URL }}\n"
                               "  deploy-uat:\n"
                               "    runs-on: ubuntu-latest\n"
                               "    environment: uat\n"
                               "    steps:\n"
                               "      - name: Migrate\n"
                               "        run: python manage.py migrate_schemas\n"
                               "        env: {URL: '${{ secrets.DB_URL }}'}\n"
                               "  deploy-any:\n"
                               "    runs-on: ubuntu-latest\n"
                               "    environment: {name: '${{ inputs.where }}'}\n"
                               "    steps:\n"
                               "      - run: make\n";

static const grove_file FILES[] = {
    {.path = DEPLOY, .text = DEPLOY_TEXT},
    {.path = ".github/workflows/uat.yml", .text = UAT_TEXT},
    {.path = "Makefile", .text = "x:\n\tpython manage.py migrate_schemas\n"},
};

#define STEP(job_name, step_name)                             \
    {                                                         \
        .job = FF_TEXT(job_name), .step = FF_TEXT(step_name), \
    }

static void lines_of_steps_are_found_and_those_of_the_own_step_come_first(void **state)
{
    static const ff_probe_scene scene = STEP("deploy", "Other");
    static const ask_row rows[] = {
        {"workflow-line",
         {{"text", "migrate_schemas"}},
         FF_PROBE_FOUND,
         "4 lines of the workflow files name “migrate_schemas” (" DEPLOY ":28)",
         DEPLOY ":28 " DEPLOY ":24 " DEPLOY ":36 .github/workflows/uat.yml:12"},
        {"workflow-line",
         {{"text", "migrate_schemas"}, {"path", "**/uat.yml"}},
         FF_PROBE_FOUND,
         "1 line of the workflow files names “migrate_schemas” (.github/workflows/uat.yml:12)",
         ".github/workflows/uat.yml:12"},
        {"workflow-line",
         {{"text", "actions/checkout"}},
         FF_PROBE_FOUND,
         "1 line of the workflow files names “actions/checkout” (" DEPLOY ":12)",
         DEPLOY ":12"},
        {"workflow-line",
         {{"text", "token"}},
         FF_PROBE_FOUND,
         "1 line of the workflow files names “token” (" DEPLOY ":14)",
         DEPLOY ":14"},
        {"workflow-line",
         {{"text", "URL"}},
         FF_PROBE_FOUND,
         "2 lines of the workflow files name “URL” (" DEPLOY ":21)",
         DEPLOY ":21 .github/workflows/uat.yml:13"},
        {"workflow-line", {{"text", "Migrate"}}, FF_PROBE_MISSING, "no step of the workflow files names “Migrate”", ""},
        {"workflow-line", {{"text", "later"}}, FF_PROBE_MISSING, "no step of the workflow files names “later”", ""},
    };
    (void)state;
    ask_all(FILES, COUNT(FILES), DEPLOY, &scene, rows, COUNT(rows));
}

static void a_broken_workflow_leaves_open_what_it_names(void **state)
{
    static const grove_file files[] = {
        {.path = DEPLOY, .text = "jobs:\n  a:\n    steps:\n      - run: make\n  b: [\n"},
    };
    static const ff_probe_scene scene = STEP("a", "Run make");
    ff_repo *repo = NULL;
    ff_tree *tree = ff_grove(files, COUNT(files));
    ff_repo_facts facts = {.workflow_path = FF_TEXT(DEPLOY)};
    ff_probe_param params[] = {{FF_TEXT("text"), FF_TEXT("npm")}};
    ff_probe_question question = {.probe = FF_TEXT("workflow-line"), .params = params, .param_count = 1};
    ff_probe_answer answer;
    (void)state;
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
    assert_int_equal(answer.outcome, FF_PROBE_UNKNOWN);
    assert_true(ff_slice_find(answer.text, FF_LIT("was not read to its end")) != SIZE_MAX);
    params[0].value = FF_LIT("make");
    assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
    assert_int_equal(answer.outcome, FF_PROBE_FOUND);
    question = (ff_probe_question){.scene = &scene};
    assert_int_equal(ff_probe_environment_declared(repo, &question, &answer), FF_OK);
    assert_int_equal(answer.outcome, FF_PROBE_UNKNOWN);
    ff_repo_close(repo);
    ff_tree_close(tree);
}

static void other_places_do_not_include_the_step_itself(void **state)
{
    static const ff_probe_scene scene = STEP("deploy", "Migrate");
    static const ask_row rows[] = {
        {"mentions",
         {{"text", "migrate_schemas"}},
         FF_PROBE_FOUND,
         "“migrate_schemas” also stands in 4 lines of workflows, 1 of makefiles",
         DEPLOY ":18 " DEPLOY ":28 " DEPLOY ":36 .github/workflows/uat.yml:12 Makefile:2"},
        {"mentions",
         {{"text", "round"}},
         FF_PROBE_MISSING,
         "no other workflow, script, makefile, container file or document names “round”",
         ""},
    };
    (void)state;
    ask_all(FILES, COUNT(FILES), DEPLOY, &scene, rows, COUNT(rows));
}

static void a_secret_reaches_the_step_or_not(void **state)
{
    static const ff_probe_scene migrate = STEP("deploy", "Migrate"), container = STEP("deploy", "Container");
    static const ff_probe_scene nowhere = STEP("deploy", "Nothing"), none = STEP("none", "Migrate");
    static const ff_probe_scene other = {.job = FF_TEXT("deploy"), .step = FF_TEXT("Migrate"), .script = FF_TEXT("ls")};
    static const struct {
        const ff_probe_scene *scene;
        ask_row row;
    } rows[] = {
        {&migrate,
         {"secret-declared",
          {{"name", "DB_URL"}},
          FF_PROBE_FOUND,
          "the step gets the secret “DB_URL” (" DEPLOY ":21); the job names no environment, and “deploy-uat” does, for "
          "the same name (.github/workflows/uat.yml:9)",
          DEPLOY ":21"}},
        {&migrate,
         {"secret-declared",
          {{"name", "Base URL"}},
          FF_PROBE_MOOT,
          "“Base URL” is no name of a secret or variable",
          ""}},
        {&migrate,
         {"secret-declared",
          {{"name", "URL"}},
          FF_PROBE_FOUND,
          "the step gets the variable “URL” (" DEPLOY ":21)",
          DEPLOY ":21"}},
        {&migrate,
         {"secret-declared",
          {{"name", "REGION"}},
          FF_PROBE_FOUND,
          "the step gets the variable of the repository “REGION” (" DEPLOY ":4)",
          DEPLOY ":4"}},
        {&migrate,
         {"secret-declared",
          {{"name", "MODE"}},
          FF_PROBE_FOUND,
          "the step gets the variable “MODE” (" DEPLOY ":9)",
          DEPLOY ":9"}},
        {&migrate,
         {"secret-declared",
          {{"name", "SHAPE"}},
          FF_PROBE_FOUND,
          "the step gets the variable “SHAPE” (" DEPLOY ":23)",
          DEPLOY ":23"}},
        {&migrate,
         {"secret-declared",
          {{"name", "COLOR"}},
          FF_PROBE_FOUND,
          "the step gets the variable “COLOR” (" DEPLOY ":17)",
          DEPLOY ":17"}},
        {&migrate,
         {"secret-declared",
          {{"name", "NOTHING"}},
          FF_PROBE_MISSING,
          "“NOTHING” is set to an empty text (" DEPLOY ":10)",
          DEPLOY ":10"}},
        {&migrate,
         {"secret-declared",
          {{"name", "MODE"}, {"kind", "secret"}},
          FF_PROBE_MISSING,
          "nothing hands “MODE” to the step: neither step, job nor workflow names it in " DEPLOY,
          ""}},
        {&migrate,
         {"secret-declared",
          {{"name", "DB_URL"}, {"kind", "environment"}},
          FF_PROBE_MISSING,
          "nothing hands “DB_URL” to the step: neither step, job nor workflow names it in " DEPLOY,
          ""}},
        {&migrate,
         {"secret-declared",
          {{"name", "READ_TOKEN"}},
          FF_PROBE_MISSING,
          "nothing hands “READ_TOKEN” to the step: neither step, job nor workflow names it in " DEPLOY,
          ""}},
        {&container,
         {"secret-declared",
          {{"name", "DB_URL"}},
          FF_PROBE_UNKNOWN,
          "no line of " DEPLOY
          " hands “DB_URL” to the step, but the job uses a file of variables, and what stands in it is "
          "not known",
          ""}},
        {&container,
         {"secret-declared",
          {{"name", "DB_URL"}, {"kind", "secret"}},
          FF_PROBE_MISSING,
          "nothing hands “DB_URL” to the step: neither step, job nor workflow names it in " DEPLOY,
          ""}},
        {&nowhere, {"secret-declared", {{"name", "A"}}, FF_PROBE_UNKNOWN, "no workflow file has the step", ""}},
        {&none, {"secret-declared", {{"name", "A"}}, FF_PROBE_UNKNOWN, "no workflow file has the step", ""}},
        {NULL, {"secret-declared", {{"name", "A"}}, FF_PROBE_UNKNOWN, "no workflow file has the step", ""}},
        {&other,
         {"secret-declared",
          {{"name", "DB_URL"}},
          FF_PROBE_UNKNOWN,
          "the step in " DEPLOY " is not the one that ran",
          ""}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        ask_all(FILES, COUNT(FILES), DEPLOY, rows[i].scene, &rows[i].row, 1);
}

static void a_reusable_workflow_gets_what_its_caller_hands_over(void **state)
{
    static const char called[] = "on: workflow_call\njobs:\n  work:\n    runs-on: x\n    steps:\n      - name: Go\n"
                                 "        run: go ${{ secrets.KEY }}\n";
    static const ff_probe_scene scene = STEP("call / work", "Go");
    static const struct {
        const char *caller;
        ask_row row;
    } rows[] = {
        {"jobs:\n  call:\n    uses: ./.github/workflows/w.yml\n    secrets: inherit\n",
         {"secret-declared",
          {{"name", "KEY"}},
          FF_PROBE_FOUND,
          "the step gets the secret “KEY” (.github/workflows/w.yml:7)",
          ".github/workflows/w.yml:7"}},
        {"jobs:\n  call:\n    uses: ./.github/workflows/w.yml\n    secrets:\n      KEY: ${{ secrets.K }}\n",
         {"secret-declared",
          {{"name", "KEY"}},
          FF_PROBE_FOUND,
          "the step gets the secret “KEY” (.github/workflows/w.yml:7)",
          ".github/workflows/w.yml:7"}},
        {"jobs:\n  call:\n    uses: ./.github/workflows/w.yml\n    secrets:\n      OTHER: x\n",
         {"secret-declared",
          {{"name", "KEY"}},
          FF_PROBE_MISSING,
          "the step asks for the secret “KEY” (.github/workflows/w.yml:7), but the job “call”, which calls its "
          "workflow, "
          "does not hand it over (.github/workflows/c.yml:3)",
          ".github/workflows/w.yml:7"}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const grove_file files[] = {{.path = ".github/workflows/c.yml", .text = rows[i].caller},
                                    {.path = ".github/workflows/w.yml", .text = called}};
        ask_all(files, COUNT(files), ".github/workflows/c.yml", &scene, &rows[i].row, 1);
    }
}

static void a_job_names_its_environment_or_not(void **state)
{
    static const struct {
        const char *job, *name;
        ff_probe_outcome outcome;
        const char *text;
    } rows[] = {
        {"deploy-uat", NULL, FF_PROBE_FOUND,
         "the job “deploy-uat” runs in the environment “uat” (.github/workflows/uat.yml:9)"},
        {"deploy-uat", "UAT", FF_PROBE_FOUND,
         "the job “deploy-uat” runs in the environment “uat” (.github/workflows/uat.yml:9)"},
        {"deploy-uat", "production", FF_PROBE_MISSING,
         "the job “deploy-uat” runs in the environment “uat” (.github/workflows/uat.yml:9)"},
        {"deploy-any", NULL, FF_PROBE_FOUND,
         "the job “deploy-any” runs in the environment “${{ inputs.where }}” (.github/workflows/uat.yml:16)"},
        {"deploy-any", "production", FF_PROBE_UNKNOWN,
         "which environment the job “deploy-any” runs in depends on an expression (.github/workflows/uat.yml:16)"},
        {"lint", NULL, FF_PROBE_MISSING, "the job “lint” names no environment (.github/workflows/uat.yml:3)"},
        {"none", NULL, FF_PROBE_UNKNOWN, "no workflow file has the job"},
    };
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.workflow_path = FF_TEXT(".github/workflows/uat.yml")};
    (void)state;
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_probe_scene scene = {.job = ff_slice_of(rows[i].job)};
        ff_probe_param param = {FF_LIT("name"), ff_slice_of(rows[i].name)};
        ff_probe_question question = {.params = &param, .param_count = rows[i].name != NULL, .scene = &scene};
        ff_probe_answer answer = {.outcome = FF_PROBE_UNKNOWN};
        assert_int_equal(ff_probe_environment_declared(repo, &question, &answer), FF_OK);
        if (answer.outcome != rows[i].outcome || !ff_slice_eq(answer.text, ff_slice_of(rows[i].text)))
            fail_msg("%s: %d, %.*s", rows[i].job, answer.outcome, FF_ARG(answer.text));
    }
    ff_repo_close(repo);
    ff_tree_close(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_steps_are_found_and_those_of_the_own_step_come_first),
        cmocka_unit_test(a_broken_workflow_leaves_open_what_it_names),
        cmocka_unit_test(other_places_do_not_include_the_step_itself),
        cmocka_unit_test(a_secret_reaches_the_step_or_not),
        cmocka_unit_test(a_reusable_workflow_gets_what_its_caller_hands_over),
        cmocka_unit_test(a_job_names_its_environment_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
