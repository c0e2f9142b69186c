#include "unit/repo/asking.h"

#define GUARDED "command-guarded"
#define SUCCEEDED "command-succeeded"
#define CALLED "command-called"

enum { PRINTED = 4 };

typedef struct script_row {
    const char *script;
    bool passed;
    const char *printed[PRINTED];
    ask_row row;
} script_row;

/* Without a repository, in `bash -e`. */
static void ask_script(const script_row *row)
{
    ff_slice printed[PRINTED];
    ff_probe_scene scene = {.script = ff_slice_of(row->script), .passed = row->passed, .printed = printed};
    scene.shell.errexit = true;
    while (scene.printed_count < PRINTED && row->printed[scene.printed_count]) {
        printed[scene.printed_count] = ff_slice_of(row->printed[scene.printed_count]);
        scene.printed_count++;
    }
    ask_all(NULL, 0, NULL, &scene, &row->row, 1);
}

static void ask_called(ff_repo *repo, const ff_probe_scene *scene, const char *text, ff_probe_answer *answer)
{
    ff_probe_param param = {FF_LIT("text"), ff_slice_of(text)};
    ff_probe_question question = {.params = &param, .param_count = 1, .scene = scene};
    *answer = (ff_probe_answer){.outcome = FF_PROBE_UNKNOWN};
    assert_int_equal(ff_probe_command_called(repo, &question, answer), FF_OK);
}

/* ---- the deploy of the flagship run ---- */

static const char DEPLOY[] =
    "set -euo pipefail\n"                                                                             /* 1 */
    "sshpass -e ssh \"$PROD_USER@$PROD_HOST\" \"REG='$REG' IMG='$IMG' TAG='$TAG' bash -s\" <<'SSH'\n" /* 2 */
    "set -euo pipefail\n"                                                                             /* 3 */
    "sudo docker pull \"$REG/$IMG:$TAG\"\n"                                                           /* 4 */
    "\n"
    "# Run migrations with django-tenants support\n"
    "sudo docker run --rm \\\n" /* 7 */
    "  --env-file \"$ENV_FILE\" \\\n"
    "  \"$REG/$IMG:$TAG\" \\\n"
    "  sh -c \"\n"                                                            /* 10 */
    "    if python manage.py help migrate_schemas >/dev/null 2>&1; then\n"    /* 11 */
    "      echo 'Using django-tenants migrations...'\n"                       /* 12 */
    "      python manage.py migrate_schemas --shared --noinput\n"             /* 13 */
    "      python manage.py ensure_public_tenant --domain=meatscentral.com\n" /* 14 */
    "      python manage.py migrate_schemas --noinput\n"                      /* 15 */
    "    else\n"                                                              /* 16 */
    "      echo 'Using regular migrations...'\n"                              /* 17 */
    "      python manage.py migrate --noinput\n"                              /* 18 */
    "    fi\n"
    "  \"\n"
    "\n"
    "sudo docker run --rm --env-file \"$ENV_FILE\" \"$REG/$IMG:$TAG\" \\\n" /* 22 */
    "  python manage.py create_super_tenant --verbosity=1 || echo \"⚠ create_super_tenant command failed or not "
    "available\"\n"                                                         /* 23 */
    "sudo docker run --rm --env-file \"$ENV_FILE\" \"$REG/$IMG:$TAG\" \\\n" /* 24 */
    "  python manage.py create_guest_tenant --verbosity=1 || true\n"        /* 25 */
    "sudo docker run --rm \"$REG/$IMG:$TAG\" \\\n"                          /* 26 */
    "  python manage.py collectstatic --noinput\n"
    "echo \"✓ Backend container started\"\n" /* 28 */
    "SSH\n";

static void the_deploy_is_read_as_the_log_shows_it(void **state)
{
    static const script_row rows[] = {
        {DEPLOY,
         true,
         {"Using regular migrations...", "✓ Backend container started"},
         {GUARDED,
          {{"text", "manage.py migrate_schemas"}},
          FF_PROBE_FOUND,
          "asked for first by “if python manage.py help migrate_schemas” (line 11 of the script), and the log shows "
          "the "
          "other branch: “Using regular migrations...”",
          "-:11 -:13"}},
        {DEPLOY,
         true,
         {NULL},
         {GUARDED,
          {{"text", "manage.py migrate_schemas"}},
          FF_PROBE_UNKNOWN,
          "asked for first by “if python manage.py help migrate_schemas” (line 11 of the script), and the log does not "
          "show which branch ran",
          "-:11 -:13"}},
        {DEPLOY,
         true,
         {"Using django-tenants migrations..."},
         {GUARDED,
          {{"text", "manage.py migrate_schemas"}},
          FF_PROBE_UNKNOWN,
          "asked for first by “if python manage.py help migrate_schemas” (line 11 of the script), and the log shows "
          "that "
          "it was there and ran: “Using django-tenants migrations...”",
          "-:11 -:13"}},
        {DEPLOY,
         true,
         {"Using regular migrations..."},
         {GUARDED,
          {{"text", "manage.py ensure_public_tenant"}},
          FF_PROBE_UNKNOWN,
          "it stands in a branch that was not entered: the log shows “Using regular migrations...”",
          "-:14"}},
        {DEPLOY,
         true,
         {"Using regular migrations..."},
         {GUARDED,
          {{"text", "manage.py create_super_tenant"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| echo \"⚠ create_super_tenant command failed or not available\"” (line 23 "
          "of "
          "the script)",
          "-:22 -:23"}},
        {DEPLOY,
         true,
         {NULL},
         {GUARDED,
          {{"text", "manage.py collectstatic"}},
          FF_PROBE_MISSING,
          "nothing asks for “sudo docker run --rm \"$REG/$IMG:$TAG\" python manage.py collectstatic --noinput” or "
          "swallows its failure (line 26 of the script)",
          "-:26"}},
        {DEPLOY,
         true,
         {NULL},
         {GUARDED,
          {{"text", "manage.py nothing"}},
          FF_PROBE_UNKNOWN,
          "no script of the job runs “manage.py nothing”",
          ""}},
        {DEPLOY,
         true,
         {"Using regular migrations..."},
         {SUCCEEDED,
          {{"text", "manage.py migrate"}},
          FF_PROBE_FOUND,
          "“set -euo pipefail” is in force and the step finished, so “python manage.py migrate --noinput” ended with 0",
          "-:18 -:3"}},
        {DEPLOY,
         false,
         {"Using regular migrations...", "✓ Backend container started"},
         {SUCCEEDED,
          {{"text", "manage.py migrate"}},
          FF_PROBE_FOUND,
          "“set -euo pipefail” is in force and the script came to print “✓ Backend container started”, so “python "
          "manage.py migrate --noinput” ended with 0",
          "-:18 -:3"}},
        {DEPLOY,
         false,
         {"Using regular migrations..."},
         {SUCCEEDED,
          {{"text", "manage.py migrate"}},
          FF_PROBE_UNKNOWN,
          "the step did not finish, and nothing shows that its script came so far",
          "-:18"}},
        {DEPLOY,
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "manage.py migrate"}},
          FF_PROBE_UNKNOWN,
          "it stands in a branch, and the log does not show whether that was entered",
          "-:18"}},
        {DEPLOY,
         true,
         {"Using regular migrations..."},
         {SUCCEEDED,
          {{"text", "manage.py migrate_schemas"}},
          FF_PROBE_UNKNOWN,
          "it stands in a branch that was not entered: the log shows “Using regular migrations...”",
          "-:13"}},
        {DEPLOY,
         true,
         {"✓ Backend container started"},
         {SUCCEEDED,
          {{"text", "manage.py create_super_tenant"}},
          FF_PROBE_FOUND,
          "had “sudo docker run --rm --env-file \"$ENV_FILE\" \"$REG/$IMG:$TAG\" python manage.py create_super_tenant "
          "--verbosity=1” failed, the script would have printed “⚠ create_super_tenant command failed or not "
          "available”, "
          "and it went on to print “✓ Backend container started” without it",
          "-:22 -:23"}},
        {DEPLOY,
         true,
         {"⚠ create_super_tenant command failed or not available", "✓ Backend container started"},
         {SUCCEEDED,
          {{"text", "manage.py create_super_tenant"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| echo \"⚠ create_super_tenant command failed or not available\"” (line 23 "
          "of "
          "the script)",
          "-:22 -:23"}},
        {DEPLOY,
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "manage.py create_super_tenant"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| echo \"⚠ create_super_tenant command failed or not available\"” (line 23 "
          "of "
          "the script)",
          "-:22 -:23"}},
        {DEPLOY,
         true,
         {"✓ Backend container started"},
         {SUCCEEDED,
          {{"text", "manage.py create_guest_tenant"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| true” (line 25 of the script)",
          "-:24 -:25"}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        ask_script(&rows[i]);
}

static void a_call_is_told_from_a_branch_that_was_not_entered(void **state)
{
    static const ff_slice printed[] = {FF_TEXT("Using regular migrations...")};
    static const struct {
        const char *text;
        bool passed, hears;
        ff_probe_outcome outcome;
        const char *words;
    } rows[] = {
        {"manage.py ensure_public_tenant", true, true, FF_PROBE_MISSING,
         "“python manage.py ensure_public_tenant --domain=meatscentral.com” stands only in a branch that was not "
         "entered "
         "(line 14 of the script): the log shows “Using regular migrations...”"},
        {"manage.py ensure_public_tenant", true, false, FF_PROBE_UNKNOWN,
         "“python manage.py ensure_public_tenant --domain=meatscentral.com” stands in a branch, and the log does not "
         "show "
         "whether that was entered (line 14 of the script)"},
        {"manage.py migrate", true, true, FF_PROBE_FOUND,
         "the script ran “python manage.py migrate --noinput” (line 18 of the script) and went on"},
        {"docker pull", true, false, FF_PROBE_FOUND,
         "the script ran “sudo docker pull \"$REG/$IMG:$TAG\"” (line 4 of the script) and went on"},
        {"docker pull", false, false, FF_PROBE_UNKNOWN,
         "nothing shows that the script came as far as “sudo docker pull \"$REG/$IMG:$TAG\"” (line 4 of the script)"},
        {"manage.py check", true, true, FF_PROBE_MISSING, "no script of the job runs “manage.py check”"},
    };
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.why_not = "no checkout was given"};
    (void)state;
    assert_int_equal(ff_repo_open(&repo, NULL, &facts), FF_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_probe_answer answer;
        ff_probe_scene scene = {.script = ff_slice_of(DEPLOY),
                                .shell = {.errexit = true},
                                .passed = rows[i].passed,
                                .printed = printed,
                                .printed_count = rows[i].hears};
        ask_called(repo, &scene, rows[i].text, &answer);
        if (answer.outcome != rows[i].outcome || !ff_slice_eq(answer.text, ff_slice_of(rows[i].words)))
            fail_msg("%s: %d, %.*s", rows[i].text, answer.outcome, FF_ARG(answer.text));
    }
    ff_repo_close(repo);
}

static void every_shield_has_words(void **state)
{
    static const script_row rows[] = {
        {"x || python manage.py other\necho done\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_FOUND,
          "when it fails, “|| python manage.py other” does the work instead (line 1 of the script), and the step went "
          "on",
          "-:1"}},
        {"x || y\necho done\n",
         false,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "when it fails, “|| y” does the work instead (line 1 of the script), and whether the step went on is not "
          "known",
          "-:1"}},
        {"x || y\necho done\n",
         false,
         {"done"},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_FOUND,
          "when it fails, “|| y” does the work instead (line 1 of the script), and the step went on",
          "-:1"}},
        {"x || exit 1\necho done\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_MISSING,
          "nothing asks for “x” or swallows its failure (line 1 of the script)",
          "-:1"}},
        {"if ! x; then\n  echo no\n  exit 1\nfi\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_MISSING,
          "nothing asks for “x” or swallows its failure (line 1 of the script)",
          "-:1"}},
        {"if x; then\n  echo yes\nfi\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "“if x” takes a failure of it for an answer (line 1 of the script)",
          "-:1"}},
        {"x && y\necho done\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "a failure of it only ends its list, of which the shell minds the last command alone: “&& y” (line 1 of the "
          "script)",
          "-:1"}},
        {"set +e\nx\ny\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "no “set -e” is in force, so the script goes on when it fails (“set +e”, line 1 of the script)",
          "-:2 -:1"}},
        {"sh -c 'x; y'\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "no “set -e” is in force, so the script goes on when it fails (“sh -c”, line 1 of the script)",
          "-:1"}},
        {"x | y\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "it is not the last of its pipeline and “pipefail” is off, so a failure of it is lost (“| y”, line 1 of the "
          "script)",
          "-:1"}},
        {"x &\ny\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "it runs in the background, so a failure of it is lost (“x &”, line 1 of the script)",
          "-:1"}},
        {"export A=$(x)\ny\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "it runs inside “$(…)”, and the command around it decides what the script sees (“export A=$(x)”, line 1 of "
          "the "
          "script)",
          "-:1"}},
        {"python manage.py shell <<'PY'\ntry:\n    call_command('load_all')\nexcept Exception as e:\n    "
         "print(e)\nPY\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "load_all"}},
          FF_PROBE_UNKNOWN,
          "Python passes over a failure of it (“except Exception as e:”, line 4 of the script)",
          "-:3 -:4"}},
        {"if [ -n \"$A\" ]; then\n  x\nfi\n",
         true,
         {NULL},
         {GUARDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "nothing asks for it or swallows its failure, but it stands in a branch, and the log does not show whether "
          "that "
          "was entered",
          "-:2"}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        ask_script(&rows[i]);
}

static void success_is_proved_by_order_alone(void **state)
{
    static const script_row rows[] = {
        {"x\ny\n",
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_FOUND,
          "the shell stops at the first failure (“-e”) and the step finished, so “x” ended with 0",
          "-:1"}},
        {"x\necho done\ny\n",
         false,
         {"done"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_FOUND,
          "the shell stops at the first failure (“-e”) and the script came to print “done”, so “x” ended with 0",
          "-:1"}},
        {"echo done\nx\ny\n",
         false,
         {"done"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "the step did not finish, and nothing shows that its script came so far",
          "-:2"}},
        {"x\necho done\nz\necho done\n",
         false,
         {"done"},
         {SUCCEEDED,
          {{"text", "z"}},
          FF_PROBE_UNKNOWN,
          "the step did not finish, and nothing shows that its script came so far",
          "-:3"}},
        {"x || { echo failed; exit 1; }\ny\n",
         false,
         {"failed"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "the step did not finish, and nothing shows that its script came so far",
          "-:1"}},
        {"if ! x; then\n  echo failed\n  exit 1\nfi\ny\n",
         false,
         {"failed"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "the step did not finish, and nothing shows that its script came so far",
          "-:1"}},
        {"{ x || echo failed; } >/dev/null\necho done\n",
         true,
         {"done"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| echo failed” (line 1 of the script)",
          "-:1"}},
        {"{\n  x || echo failed\n} >/dev/null\necho done\n",
         true,
         {"done"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| echo failed” (line 2 of the script)",
          "-:2"}},
        {"x || echo failed >&2\necho done\n",
         true,
         {"done"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| echo failed >&2” (line 1 of the script)",
          "-:1"}},
        {"for i in 1 2; do\n  x\ndone\n",
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "it stands in a branch, and the log does not show whether that was entered",
          "-:2"}},
        {"f() {\n  x\n}\nf\n",
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "it stands in a branch, and the log does not show whether that was entered",
          "-:2"}},
        {"for i in 1 2; do\n  if [ $i = 1 ]; then\n    x\n  else\n    echo two\n  fi\ndone\n",
         true,
         {"two"},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "it stands in a branch, and the log does not show whether that was entered",
          "-:3"}},
        {"set +e\nx\ny\n",
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "no “set -e” is in force, so the script goes on when it fails (“set +e”, line 1 of the script)",
          "-:2 -:1"}},
        {"x\nx || true\n",
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "a failure of it is let pass by “|| true” (line 2 of the script)",
          "-:2"}},
        {"",
         true,
         {NULL},
         {SUCCEEDED,
          {{"text", "x"}},
          FF_PROBE_UNKNOWN,
          "no script that was read runs “x”, and the log does not show the step's script",
          ""}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        ask_script(&rows[i]);
}

/* ---- earlier steps, and files ---- */

#define CI ".github/workflows/ci.yml"

static const grove_file FILES[] = {
    {.path = CI,
     .text = "on: push\n"
             "jobs:\n"
             "  deploy:\n"
             "    runs-on: ubuntu-latest\n"
             "    steps:\n"
             "      - name: Migrate\n"
             "        run: |\n"
             "          python manage.py migrate ${{ inputs.more }}\n" /* 8 */
             "          ./seed.sh\n"
             "      - name: Tolerated\n"
             "        continue-on-error: true\n"
             "        run: python manage.py check\n" /* 12 */
             "      - name: Python\n"
             "        shell: python\n"
             "        run: print('manage.py migrate')\n"
             "      - name: Health\n"
             "        run: |\n"
             "          curl -f http://localhost/\n"},
    {.path = "seed.sh", .text = "python manage.py loaddata\n# python manage.py flush\n"},
};

static void the_latest_earlier_step_answers_with_lines_of_the_file(void **state)
{
    static const ff_probe_scene earlier[] = {
        {.job = FF_TEXT("deploy"),
         .step = FF_TEXT("Migrate"),
         .script = FF_TEXT("python manage.py migrate --plan\n./seed.sh\n"),
         .shell = {.errexit = true},
         .passed = true},
        {.job = FF_TEXT("deploy"), .step = FF_TEXT("Tolerated"), .passed = true},
        {.job = FF_TEXT("deploy"), .step = FF_TEXT("Python"), .passed = true},
    };
    static const ff_probe_scene scene = {.job = FF_TEXT("deploy"),
                                         .step = FF_TEXT("Health"),
                                         .script = FF_TEXT("curl -f http://localhost/\n"),
                                         .shell = {.errexit = true},
                                         .earlier = earlier,
                                         .earlier_count = COUNT(earlier)};
    static const ask_row rows[] = {
        {SUCCEEDED,
         {{"text", "manage.py migrate"}},
         FF_PROBE_FOUND,
         "the shell stops at the first failure (“-e”) and the step finished, so “python manage.py migrate --plan” "
         "ended "
         "with 0",
         CI ":8"},
        {SUCCEEDED,
         {{"text", "manage.py check"}},
         FF_PROBE_UNKNOWN,
         "“continue-on-error” hides what the step ended with (" CI ":11)",
         CI ":12"},
        {GUARDED,
         {{"text", "manage.py check"}},
         FF_PROBE_UNKNOWN,
         "“continue-on-error” lets the job go on when it fails (" CI ":11)",
         CI ":12"},
        {GUARDED,
         {{"text", "manage.py migrate"}},
         FF_PROBE_MISSING,
         "nothing asks for “python manage.py migrate --plan” or swallows its failure (" CI ":8)",
         CI ":8"},
        {GUARDED,
         {{"text", "curl"}},
         FF_PROBE_MISSING,
         "nothing asks for “curl -f http://localhost/” or swallows its failure (" CI ":18)",
         CI ":18"},
    };
    static const struct {
        const char *text;
        ff_probe_outcome outcome;
        const char *words;
    } calls[] = {
        {"manage.py migrate", FF_PROBE_FOUND,
         "the script ran “python manage.py migrate --plan” (" CI ":8) and went on"},
        {"curl", FF_PROBE_UNKNOWN,
         "nothing shows that the script came as far as “curl -f http://localhost/” (" CI ":18)"},
        {"manage.py loaddata", FF_PROBE_UNKNOWN, "not all scripts of the job could be read"},
    };
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.workflow_path = FF_TEXT(CI)};
    (void)state;
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    for (size_t i = 0; i < COUNT(rows); i++)
        ask_one(repo, &scene, &rows[i]);
    for (size_t i = 0; i < COUNT(calls); i++) {
        ff_probe_answer answer;
        ask_called(repo, &scene, calls[i].text, &answer);
        if (answer.outcome != calls[i].outcome || !ff_slice_eq(answer.text, ff_slice_of(calls[i].words)))
            fail_msg("%s: %d, %.*s", calls[i].text, answer.outcome, FF_ARG(answer.text));
    }
    ff_repo_close(repo);
    ff_tree_close(tree);
}

static void a_file_that_a_step_runs_may_call_it(void **state)
{
    static const ff_probe_scene scene = {.job = FF_TEXT("deploy"),
                                         .step = FF_TEXT("Migrate"),
                                         .script = FF_TEXT("python manage.py migrate\n./seed.sh\n"),
                                         .shell = {.errexit = true}};
    static const struct {
        bool tree;
        const char *text;
        ff_probe_outcome outcome;
        const char *words;
    } rows[] = {
        {true, "manage.py loaddata", FF_PROBE_UNKNOWN,
         "no script of the job runs “manage.py loaddata” itself, but “seed.sh”, which one may run, may"},
        {true, "manage.py flush", FF_PROBE_MISSING, "no script of the job runs “manage.py flush”"},
        {false, "manage.py flush", FF_PROBE_UNKNOWN,
         "no script of the job runs “manage.py flush” itself, and what the files do that they run is not known"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_tree *tree = rows[i].tree ? ff_grove(FILES, COUNT(FILES)) : NULL;
        ff_repo *repo = NULL;
        ff_repo_facts facts = {.workflow_path = FF_TEXT(CI)};
        ff_probe_answer answer;
        assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
        ask_called(repo, &scene, rows[i].text, &answer);
        if (answer.outcome != rows[i].outcome || !ff_slice_eq(answer.text, ff_slice_of(rows[i].words)))
            fail_msg("%s: %d, %.*s", rows[i].text, answer.outcome, FF_ARG(answer.text));
        ff_repo_close(repo);
        ff_tree_close(tree);
    }
}

/* Every line of a hostile script is the command, or says the same as all others. */
static void hostile_scripts_cost_little(void **state)
{
    static const char *const lines[] = {"x\n",           "echo a\n",      "if x; then\n",
                                        "x || echo a\n", "sh -c \"x\"\n", "if x help x; then\nx\nelse\necho a\nfi\n"};
    static const ff_slice printed[] = {FF_TEXT("a"), FF_TEXT("b")};
    static const char *const probes[] = {GUARDED, SUCCEEDED};
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.why_not = "no checkout was given"};
    (void)state;
    assert_int_equal(ff_repo_open(&repo, NULL, &facts), FF_OK);
    ff_buf scripts[COUNT(lines)]; /* a scene's texts stay while the repo is open */
    for (size_t i = 0; i < COUNT(lines); i++) {
        ff_buf_init(&scripts[i], (size_t)512 * 1024);
        while (scripts[i].len < (size_t)256 * 1024)
            ff_buf_add(&scripts[i], ff_slice_of(lines[i]));
        ff_probe_scene scene = {
            .script = ff_buf_slice(&scripts[i]), .printed = printed, .printed_count = COUNT(printed)};
        ff_probe_param param = {FF_LIT("text"), FF_LIT("x")};
        ff_probe_answer answer;
        for (size_t p = 0; p < COUNT(probes); p++) {
            ff_probe_question question = {
                .probe = ff_slice_of(probes[p]), .params = &param, .param_count = 1, .scene = &scene};
            assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
            assert_int_not_equal(answer.outcome, FF_PROBE_FOUND);
        }
        ask_called(repo, &scene, "x", &answer);
        assert_int_not_equal(answer.outcome, FF_PROBE_FOUND);
    }
    ff_repo_close(repo);
    for (size_t i = 0; i < COUNT(lines); i++)
        ff_buf_release(&scripts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_deploy_is_read_as_the_log_shows_it),
        cmocka_unit_test(a_call_is_told_from_a_branch_that_was_not_entered),
        cmocka_unit_test(every_shield_has_words),
        cmocka_unit_test(success_is_proved_by_order_alone),
        cmocka_unit_test(the_latest_earlier_step_answers_with_lines_of_the_file),
        cmocka_unit_test(a_file_that_a_step_runs_may_call_it),
        cmocka_unit_test(hostile_scripts_cost_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
