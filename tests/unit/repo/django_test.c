/* Which apps Django's settings install, and which management commands these bring. */
#include "unit/repo/asking.h"

#include "repo/django.h"

/* The shop of these tests: the package is required, its app is commented out, a list that nothing uses names it, and
 * one command does exist. */
static const char BASE[] = "DJANGO_APPS = [\n"
                           "    'django.contrib.auth',\n"
                           "    'django.contrib.staticfiles',\n"
                           "]\n"
                           "OTHER_APPS = [\n"
                           "    'rest_framework',\n"
                           "    # 'django_tenants',  # off\n"
                           "]\n"
                           "INSTALLED_APPS = DJANGO_APPS + OTHER_APPS + [\n"
                           "    'apps.core',\n"
                           "    'tenants.apps.TenantsConfig',\n"
                           "]\n"
                           "SHARED_APPS = ['django_tenants', 'tenants']\n"
                           "# we do not use 'guardian' here\n";

#define MANAGE(settings) "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '" settings "')\n"
#define TENANTS "backend/tenants/management/commands/create_super_tenant.py"
#define CORE "backend/apps/core/management/commands/ensure_public_tenant.py"
#define TOOLS "backend/tools/management/commands/sweep.py"

static const grove_file SHOP[] = {
    {.path = "backend/apps/core/__init__.py", .text = ""},
    {.path = CORE, .text = "from django.core.management.base import BaseCommand\n"},
    {.path = "backend/apps/core/management/commands/_hidden.py", .text = ""},
    {.path = "backend/manage.py", .text = MANAGE("shop.settings.dev")},
    {.path = "backend/requirements.txt", .text = "django-tenants==3.6.1\n"},
    {.path = "backend/shop/settings/__init__.py", .text = ""},
    {.path = "backend/shop/settings/base.py", .text = BASE},
    {.path = "backend/shop/settings/dev.py",
     .text = "from .base import *\nINSTALLED_APPS += ['debug_toolbar', 'acme_private']\n"},
    {.path = "backend/shop/settings/production.py", .text = "from .base import *\n"},
    {.path = "backend/shop/settings/odd.py",
     .text = "from .base import *\nif DEBUG:\n    INSTALLED_APPS += ['silk']\nINSTALLED_APPS += more()\n"},
    {.path = "backend/tenants/__init__.py", .text = ""},
    {.path = TENANTS, .text = "class Command:\n    pass\n"},
    {.path = TOOLS, .text = "x = 1\n"},
};

#define DEV_PATH "backend/shop/settings/dev.py"
#define ODD_PATH "backend/shop/settings/odd.py"
#define PRODUCTION                             \
    {                                          \
        "settings", "shop.settings.production" \
    }
#define BASE_PATH "backend/shop/settings/base.py"
#define PRODUCTION_PATH "backend/shop/settings/production.py"

static void a_command_is_there_if_an_installed_app_brings_it(void **state)
{
    static const ask_row rows[] = {
        {"django-command",
         {{"name", "ensure_public_tenant"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“apps.core”, which is installed (" BASE_PATH ":10), has it",
         CORE ":1 " BASE_PATH ":10"},
        {"django-command",
         {{"name", "create_super_tenant"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“tenants.apps.TenantsConfig”, which is installed (" BASE_PATH ":11), has it",
         TENANTS ":1 " BASE_PATH ":11"},
        {"django-command",
         {{"name", "collectstatic"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“django.contrib.staticfiles” has it, and is in INSTALLED_APPS (" BASE_PATH ":3)",
         BASE_PATH ":3"},
        {"django-command", {{"name", "migrate"}, PRODUCTION}, FF_PROBE_FOUND, "Django itself has it", ""},
        {"django-command",
         {{"name", "runserver"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“django.contrib.staticfiles” has it, and is in INSTALLED_APPS (" BASE_PATH ":3)",
         BASE_PATH ":3"},
    };
    (void)state;
    ask_all(SHOP, COUNT(SHOP), NULL, NULL, rows, COUNT(rows));
}

static void a_command_is_missing_if_what_brings_it_is_not_installed(void **state)
{
    static const ask_row rows[] = {
        {"django-command",
         {{"name", "migrate_schemas"}, PRODUCTION},
         FF_PROBE_MISSING,
         "no app of INSTALLED_APPS (" PRODUCTION_PATH
         ") has it, only “django_tenants” or “tenant_schemas” would; “django_tenants” is commented out in " BASE_PATH
         ":7, and “SHARED_APPS” names it (" BASE_PATH ":13) and is no part of INSTALLED_APPS",
         BASE_PATH ":7 " BASE_PATH ":13"},
        {"django-command",
         {{"name", "sweep"}, PRODUCTION},
         FF_PROBE_MISSING,
         "it is in " TOOLS ", whose app INSTALLED_APPS of " PRODUCTION_PATH " does not name",
         TOOLS ":1"},
        {"django-command",
         {{"name", "nobody_has_it"}, PRODUCTION},
         FF_PROBE_MISSING,
         "no app of INSTALLED_APPS in " PRODUCTION_PATH " has it",
         PRODUCTION_PATH ":0"},
        {"django-command",
         {{"name", "_hidden"}, PRODUCTION},
         FF_PROBE_MISSING,
         "no app of INSTALLED_APPS in " PRODUCTION_PATH " has it",
         PRODUCTION_PATH ":0"},
        {"django-command",
         {{"name", "shell_plus"}, PRODUCTION},
         FF_PROBE_MISSING,
         "no app of INSTALLED_APPS (" PRODUCTION_PATH ") has it, only “django_extensions” would",
         PRODUCTION_PATH ":0"},
    };
    (void)state;
    ask_all(SHOP, COUNT(SHOP), NULL, NULL, rows, COUNT(rows));
}

static void an_app_that_nobody_knows_could_bring_any_command_but_a_well_known_one(void **state)
{
    static const ask_row rows[] = {
        {"django-command",
         {{"name", "nobody_has_it"}, {"settings", "shop.settings.dev"}},
         FF_PROBE_UNKNOWN,
         "no app that is known has it, but of “acme_private” nothing is known here (" DEV_PATH ":2)",
         ""},
        {"django-command",
         {{"name", "shell_plus"}, {"settings", "shop.settings.dev"}},
         FF_PROBE_MISSING,
         "no app of INSTALLED_APPS (" DEV_PATH ") has it, only “django_extensions” would",
         DEV_PATH ":0"},
        {"django-command",
         {{"name", "shell_plus"}, {"settings", "shop.settings.odd"}},
         FF_PROBE_UNKNOWN,
         "no app that is known of " ODD_PATH " has it, but there may be more: “more” would have to be run (" ODD_PATH
         ":4)",
         ""},
        {"django-command",
         {{"name", "silk_clear_request_log"}, {"settings", "shop.settings.odd"}},
         FF_PROBE_UNKNOWN,
         "“silk” has it, and is installed only under a condition (" ODD_PATH ":3)",
         ODD_PATH ":3"},
    };
    (void)state;
    ask_all(SHOP, COUNT(SHOP), NULL, NULL, rows, COUNT(rows));
}

static void without_named_settings_those_of_manage_py_and_their_siblings_are_asked(void **state)
{
    static const ask_row rows[] = {
        {"django-command",
         {{"name", "shell_plus"}},
         FF_PROBE_MISSING,
         "no app of INSTALLED_APPS (" DEV_PATH
         ") has it, only “django_extensions” would, in 2 of 3 settings modules; of the others it is not known",
         DEV_PATH ":0"},
        {"django-command",
         {{"name", "migrate"}},
         FF_PROBE_FOUND,
         "Django itself has it, in all 3 settings modules",
         ""},
        {"django-command",
         {{"name", "debugsqlshell"}},
         FF_PROBE_UNKNOWN,
         "it depends on the settings, and nothing says which are used: with " DEV_PATH
         " “debug_toolbar” has it, and is in INSTALLED_APPS (" DEV_PATH ":2); with " PRODUCTION_PATH
         " no app of INSTALLED_APPS (" PRODUCTION_PATH ") has it, only “debug_toolbar” would",
         DEV_PATH ":2"},
    };
    (void)state;
    ask_all(SHOP, COUNT(SHOP), NULL, NULL, rows, COUNT(rows));
}

static void an_app_is_installed_or_not(void **state)
{
    static const ask_row rows[] = {
        {"app-installed",
         {{"name", "apps.core"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“apps.core” is in INSTALLED_APPS (" BASE_PATH ":10)",
         BASE_PATH ":10"},
        {"app-installed",
         {{"name", "core"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“apps.core” is in INSTALLED_APPS (" BASE_PATH ":10)",
         BASE_PATH ":10"},
        {"app-installed",
         {{"name", "tenants"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“tenants.apps.TenantsConfig” is in INSTALLED_APPS (" BASE_PATH ":11)",
         BASE_PATH ":11"},
        {"app-installed",
         {{"name", "djangorestframework"}, PRODUCTION},
         FF_PROBE_FOUND,
         "“rest_framework” is in INSTALLED_APPS (" BASE_PATH ":6)",
         BASE_PATH ":6"},
        {"app-installed",
         {{"name", "django_tenants"}, PRODUCTION},
         FF_PROBE_MISSING,
         "“django_tenants” is not in INSTALLED_APPS of " PRODUCTION_PATH
         "; “django_tenants” is commented out in " BASE_PATH ":7, and “SHARED_APPS” names it (" BASE_PATH
         ":13) and is no part of INSTALLED_APPS",
         BASE_PATH ":7 " BASE_PATH ":13"},
        {"app-installed",
         {{"name", "django-tenants"}, PRODUCTION},
         FF_PROBE_MISSING,
         "“django-tenants” is not in INSTALLED_APPS of " PRODUCTION_PATH
         "; “django_tenants” is commented out in " BASE_PATH ":7, and “SHARED_APPS” names it (" BASE_PATH
         ":13) and is no part of INSTALLED_APPS",
         BASE_PATH ":7 " BASE_PATH ":13"},
        {"app-installed",
         {{"name", "guardian"}, PRODUCTION},
         FF_PROBE_MISSING,
         "“guardian” is not in INSTALLED_APPS of " PRODUCTION_PATH,
         PRODUCTION_PATH ":0"},
        {"app-installed",
         {{"name", "or"}, PRODUCTION},
         FF_PROBE_MISSING,
         "“or” is not in INSTALLED_APPS of " PRODUCTION_PATH,
         PRODUCTION_PATH ":0"},
        {"app-installed",
         {{"name", "silk"}, {"settings", "shop.settings.odd"}},
         FF_PROBE_UNKNOWN,
         "“silk” is in INSTALLED_APPS only under a condition (" ODD_PATH ":3)",
         ODD_PATH ":3"},
        {"app-installed",
         {{"name", "guardian"}, {"settings", "shop.settings.odd"}},
         FF_PROBE_UNKNOWN,
         "“guardian” is not among the apps that are known of " ODD_PATH
         ", but there may be more: “more” would have to be run (" ODD_PATH ":4)",
         ""},
    };
    (void)state;
    ask_all(SHOP, COUNT(SHOP), NULL, NULL, rows, COUNT(rows));
}

/* The settings that a step names, in its command or in what its workflow sets. */
static void the_settings_that_a_step_names_are_asked(void **state)
{
    static const char workflow[] = "env: {DJANGO_SETTINGS_MODULE: a.s.one}\n"
                                   "jobs:\n"
                                   "  x:\n"
                                   "    steps:\n"
                                   "      - {name: plain, run: make}\n"
                                   "      - {name: own, run: make, env: {DJANGO_SETTINGS_MODULE: a.s.two}}\n"
                                   "      - {name: open, run: make, env: {DJANGO_SETTINGS_MODULE: '${{ inputs.x }}'}}\n"
                                   "      - {name: there, run: make, env: {A: b}, working-directory: ./two}\n";
    static const grove_file files[] = {
        {.path = ".github/workflows/ci.yml", .text = workflow},
        {.path = "a/s/one.py", .text = "INSTALLED_APPS = ['silk']\n"},
        {.path = "a/s/two.py", .text = "INSTALLED_APPS = ['axes']\n"},
        {.path = "manage.py", .text = MANAGE("a.s.one")},
        {.path = "two/manage.py", .text = "os.environ[\"DJANGO_SETTINGS_MODULE\"] = \"conf\"\n"},
        {.path = "two/conf.py", .text = "INSTALLED_APPS = ['guardian']\n"},
        {.path = "s/both.py", .text = "INSTALLED_APPS = ['silk']\n"},
        {.path = "two/s/both.py", .text = "INSTALLED_APPS = ['axes']\n"},
    };
#define SILK "“silk” is in INSTALLED_APPS (a/s/one.py:1)"
#define NO_SILK "“silk” is not in INSTALLED_APPS of a/s/two.py"
    static const struct {
        const char *job, *step, *script;
        ff_probe_outcome outcome;
        const char *text, *places;
    } rows[] = {
        {"x", "plain", "", FF_PROBE_FOUND, SILK, "a/s/one.py:1"},
        {"x", "own", "", FF_PROBE_MISSING, NO_SILK, "a/s/two.py:0"},
        {"x", "open", "", FF_PROBE_FOUND, SILK, "a/s/one.py:1"},
        {"x", "there", "", FF_PROBE_FOUND, SILK, "a/s/one.py:1"},
        {"x", "gone", "python manage.py x --settings a.s.two\n", FF_PROBE_MISSING, NO_SILK, "a/s/two.py:0"},
        {"x", "gone", "docker run -e DJANGO_SETTINGS_MODULE='a.s.two' x\n", FF_PROBE_MISSING, NO_SILK, "a/s/two.py:0"},
        {"x", "gone", "x --settings=conf\n", FF_PROBE_MISSING, "“silk” is not in INSTALLED_APPS of two/conf.py",
         "two/conf.py:0"},
        {"x", "gone", "x --settings=s.both\n", FF_PROBE_UNKNOWN,
         "it depends on the settings, and nothing says which are used: with s/both.py “silk” is in INSTALLED_APPS "
         "(s/both.py:1); with two/s/both.py “silk” is not in INSTALLED_APPS of two/s/both.py",
         "s/both.py:1"},
        {"x", "gone", "x --settings=a.s.three\n", FF_PROBE_UNKNOWN,
         "the settings “a.s.three” are not in the repository", ""},
        {"x", "gone", "x --settings=a.s.one\nx --settings=a.s.two\n", FF_PROBE_UNKNOWN,
         "it depends on the settings, and nothing says which are used: with a/s/one.py " SILK
         "; with a/s/two.py " NO_SILK,
         "a/s/one.py:1"},
        {"y", "gone", "x\n", FF_PROBE_UNKNOWN,
         "it depends on the settings, and nothing says which are used: with a/s/one.py " SILK
         "; with two/conf.py “silk” is not in INSTALLED_APPS of two/conf.py",
         "a/s/one.py:1"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_probe_scene scene = {
            .job = ff_slice_of(rows[i].job), .step = ff_slice_of(rows[i].step), .script = ff_slice_of(rows[i].script)};
        ask_row row = {"app-installed", {{"name", "silk"}}, rows[i].outcome, rows[i].text, rows[i].places};
        ask_all(files, COUNT(files), ".github/workflows/ci.yml", &scene, &row, 1);
    }
}

static void where_there_are_no_settings_nothing_is_known(void **state)
{
    static const struct {
        grove_file files[2];
        const char *text;
    } rows[] = {
        {{{.path = "x.py", .text = ""}}, "the repository has no manage.py and no settings of Django"},
        {{{.path = "manage.py", .text = MANAGE("gone.settings")}},
         "no settings of Django were found that install apps"},
        {{{.path = "manage.py", .text = NULL}}, "no settings of Django were found that install apps"},
        {{{.path = "manage.py", .text = MANAGE("s")}, {.path = "s.py", .text = "A = 1\n"}},
         "no settings of Django were found that install apps"},
        {{{.path = "manage.py", .text = MANAGE("s")}, {.path = "s.py", .text = NULL}},
         "“silk” is not among the apps that are known of s.py, but there may be more: “s.py” cannot be read"},
        {{{.path = "a/settings.py", .text = "INSTALLED_APPS = load()\n"}},
         "“silk” is not among the apps that are known of a/settings.py, but there may be more: “load” would have to be "
         "run "
         "(a/settings.py:1)"},
        {{{.path = "a/settings.py", .text = "class Dev(Configuration):\n    INSTALLED_APPS = ['silk']\n"}},
         "the repository has no manage.py and no settings of Django"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ask_row row = {"app-installed", {{"name", "silk"}}, FF_PROBE_UNKNOWN, rows[i].text, ""};
        ask_all(rows[i].files, rows[i].files[1].path ? 2 : 1, NULL, NULL, &row, 1);
    }
}

static void an_apps_folder_is_found_where_python_would_find_it(void **state)
{
    static const grove_file files[] = {
        {.path = "back/apps/core/__init__.py", .text = ""},
        {.path = "back/apps/core/management/commands/one.py", .text = ""},
        {.path = "back/manage.py", .text = MANAGE("settings")},
        {.path = "back/settings.py", .text = "INSTALLED_APPS = ['core', 'Shop', 'lib.Upper', 'x.y']\n"},
        {.path = "back/Shop/management/commands/two.py", .text = ""},
        {.path = "back/lib/Upper/management/commands/three.py", .text = ""},
        {.path = "other/core/management/commands/four.py", .text = ""},
        {.path = "src/y/management/commands/five.py", .text = ""},
    };
#define SETTINGS_OF(app) "“" app "”, which is installed (back/settings.py:1), has it"
    static const ask_row rows[] = {
        {"django-command",
         {{"name", "one"}},
         FF_PROBE_FOUND,
         SETTINGS_OF("core"),
         "back/apps/core/management/commands/one.py:1 back/settings.py:1"},
        {"django-command",
         {{"name", "two"}},
         FF_PROBE_FOUND,
         SETTINGS_OF("Shop"),
         "back/Shop/management/commands/two.py:1 back/settings.py:1"},
        {"django-command",
         {{"name", "three"}},
         FF_PROBE_FOUND,
         SETTINGS_OF("lib.Upper"),
         "back/lib/Upper/management/commands/three.py:1 back/settings.py:1"},
        {"django-command",
         {{"name", "four"}},
         FF_PROBE_MISSING,
         "it is in other/core/management/commands/four.py, whose app INSTALLED_APPS of back/settings.py does not name",
         "other/core/management/commands/four.py:1"},
        {"django-command",
         {{"name", "five"}},
         FF_PROBE_UNKNOWN, /* `src/y` may be `x.y`, made known in another way */
         "no app that is known has it, but of “x.y” nothing is known here (back/settings.py:1)",
         "src/y/management/commands/five.py:1"},
        {"django-command", {{"name", "*"}}, FF_PROBE_MOOT, "“*” is no name of a command", ""},
        {"django-command", {{"name", "../x"}}, FF_PROBE_MOOT, "“../x” is no name of a command", ""},
    };
    (void)state;
    ask_all(files, COUNT(files), NULL, NULL, rows, COUNT(rows));
}

static void a_list_of_files_that_lacks_names_proves_no_absence(void **state)
{
    static const ask_row row = {"django-command",
                                {{"name", "shell_plus"}, PRODUCTION},
                                FF_PROBE_UNKNOWN,
                                "it was not found, but not all files are known: it is too long",
                                ""};
    ff_tree *tree = ff_grove(SHOP, COUNT(SHOP));
    ff_repo *repo = NULL;
    (void)state;
    tree->whole = false;
    tree->lacks = FF_LIT("it is too long");
    assert_int_equal(ff_repo_open(&repo, tree, &(ff_repo_facts){.why_not = NULL}), FF_OK);
    ask_one(repo, NULL, &row);
    ff_repo_close(repo);
    ff_tree_close(tree);
}

/* More settings than are read, more apps than are kept, names that are none. */
static void hostile_projects_cost_little(void **state)
{
    enum { COUNT_OF = 3 * FF_LIMIT_SETTINGS };
    static char paths[COUNT_OF][32];
    grove_file files[COUNT_OF];
    ff_buf buf;
    (void)state;
    ff_buf_init(&buf, (size_t)4 << 20);
    ff_buf_add(&buf, FF_LIT("X_APPS = INSTALLED_APPS = ["));
    for (uint32_t i = 0; buf.len < FF_LIMIT_TREE_FILE_BYTES / 2; i++)
        ff_buf_printf(&buf, "'a%u.b', # 'c%u',\n'../x', '%c',", (unsigned)i, (unsigned)i, 'a' + (int)(i % 26));
    ff_buf_add(&buf, FF_LIT("]\n"));
    for (size_t i = 0; i < COUNT_OF; i++) {
        (void)snprintf(paths[i], sizeof paths[i], "settings/s%zu.py", i);
        files[i] = (grove_file){.path = paths[i], .text = buf.ptr};
    }
    static const ask_row row = {
        "app-installed",
        {{"name", "silk"}},
        FF_PROBE_UNKNOWN,
        "there are more settings than are read; with the first “silk” is not among the apps that are "
        "known of settings/s0.py, but there may be more: too much stands in it (settings/s0.py:29746)",
        ""};
    ask_all(files, COUNT_OF, NULL, NULL, &row, 1);
    ff_buf_release(&buf);
}

/* The repository of the case study: what is said of it there. */
static void the_claims_of_the_case_study_are_settled(void **state)
{
#define MEATS_BASE "backend/projectmeats/settings/base.py"
    static const struct {
        const char *probe, *name;
        ff_probe_outcome outcome;
        const char *words;
    } rows[] = {
        {"django-command", "migrate_schemas", FF_PROBE_MISSING, "“django_tenants” is commented out in " MEATS_BASE},
        {"django-command", "migrate_schemas", FF_PROBE_MISSING, "“SHARED_APPS” names it (" MEATS_BASE},
        {"django-command", "ensure_public_tenant", FF_PROBE_FOUND, "“apps.core”, which is installed (" MEATS_BASE},
        {"django-command", "create_super_tenant", FF_PROBE_FOUND, "“apps.core”, which is installed (" MEATS_BASE},
        {"django-command", "create_guest_tenant", FF_PROBE_FOUND, "“apps.core”, which is installed (" MEATS_BASE},
        {"django-command", "generateschema", FF_PROBE_FOUND, "“rest_framework” has it"},
        {"django-command", "create_tenant", FF_PROBE_MISSING, "only “django_tenants” would"},
        {"django-command", "no_such_command", FF_PROBE_MISSING, "has it, in all"},
        {"app-installed", "django_tenants", FF_PROBE_MISSING, "is no part of INSTALLED_APPS"},
        {"app-installed", "apps.tenants", FF_PROBE_FOUND, "is in INSTALLED_APPS"},
        {"python-requirement", "django_tenants", FF_PROBE_FOUND, "requirements.txt:"},
    };
    ff_tree *tree = NULL;
    ff_repo *repo = NULL;
    ff_error error = {0};
    (void)state;
    if (ff_tree_open_checkout(&tree, FF_SOURCE_DIR "/corpus/repositories/meats", &(ff_tree_wish){.commit = {0}},
                              &error) != FF_OK)
        fail_msg("%s", error.text);
    assert_int_equal(ff_repo_open(&repo, tree, &(ff_repo_facts){.why_not = NULL}), FF_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_probe_param param = {FF_LIT("name"), ff_slice_of(rows[i].name)};
        ff_probe_question question = {.probe = ff_slice_of(rows[i].probe), .params = &param, .param_count = 1};
        ff_probe_answer answer;
        assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
        if (answer.outcome != rows[i].outcome || ff_slice_find(answer.text, ff_slice_of(rows[i].words)) == SIZE_MAX)
            fail_msg("%s %s: outcome %d, text\n  %.*s", rows[i].probe, rows[i].name, answer.outcome,
                     FF_ARG(answer.text));
    }
    ff_repo_close(repo);
    ff_tree_close(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_is_there_if_an_installed_app_brings_it),
        cmocka_unit_test(a_command_is_missing_if_what_brings_it_is_not_installed),
        cmocka_unit_test(an_app_that_nobody_knows_could_bring_any_command_but_a_well_known_one),
        cmocka_unit_test(without_named_settings_those_of_manage_py_and_their_siblings_are_asked),
        cmocka_unit_test(an_app_is_installed_or_not),
        cmocka_unit_test(the_settings_that_a_step_names_are_asked),
        cmocka_unit_test(where_there_are_no_settings_nothing_is_known),
        cmocka_unit_test(an_apps_folder_is_found_where_python_would_find_it),
        cmocka_unit_test(a_list_of_files_that_lacks_names_proves_no_absence),
        cmocka_unit_test(hostile_projects_cost_little),
        cmocka_unit_test(the_claims_of_the_case_study_are_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
