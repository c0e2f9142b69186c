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
         "it is in " CORE ", and “apps.core” is in INSTALLED_APPS (" BASE_PATH ":10)",
         CORE ":1 " BASE_PATH ":10"},
        {"django-command",
         {{"name", "create_super_tenant"}, PRODUCTION},
         FF_PROBE_FOUND,
         "it is in " TENANTS ", and “tenants.apps.TenantsConfig” is in INSTALLED_APPS (" BASE_PATH ":11)",
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
         "only “django_tenants” or “tenant_schemas” has it, which INSTALLED_APPS of " PRODUCTION_PATH
         " does not name; “django_tenants” is commented out in " BASE_PATH ":7, and “SHARED_APPS” names it (" BASE_PATH
         ":13) and is no part of INSTALLED_APPS",
         BASE_PATH ":7 " BASE_PATH ":13"},
        {"django-command",
         {{"name", "sweep"}, PRODUCTION},
         FF_PROBE_MISSING,
         "it is in " TOOLS ", whose app INSTALLED_APPS of " PRODUCTION_PATH " does not name",
         TOOLS ":1"},
        {"django-command",
         {{"name", "nobody_has_it"}, PRODUCTION},
         FF_PROBE_MISSING,
         "none of the 5 apps of INSTALLED_APPS in " PRODUCTION_PATH " has it",
         PRODUCTION_PATH ":0"},
        {"django-command",
         {{"name", "_hidden"}, PRODUCTION},
         FF_PROBE_MISSING,
         "none of the 5 apps of INSTALLED_APPS in " PRODUCTION_PATH " has it",
         PRODUCTION_PATH ":0"},
        {"django-command",
         {{"name", "shell_plus"}, PRODUCTION},
         FF_PROBE_MISSING,
         "only “django_extensions” has it, which INSTALLED_APPS of " PRODUCTION_PATH " does not name",
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
         "only “django_extensions” has it, which INSTALLED_APPS of " DEV_PATH " does not name",
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
         "only “django_extensions” has it, which INSTALLED_APPS of " DEV_PATH
         " does not name; so it is with 2 of 3 settings modules, and of the others it is not known",
         DEV_PATH ":0"},
        {"django-command",
         {{"name", "migrate"}},
         FF_PROBE_FOUND,
         "Django itself has it; so it is with 3 of 3 settings modules",
         ""},
        {"django-command",
         {{"name", "debugsqlshell"}},
         FF_PROBE_UNKNOWN,
         "it depends on the settings, and nothing says which are used: with " DEV_PATH
         " “debug_toolbar” has it, and is in INSTALLED_APPS (" DEV_PATH ":2); with " PRODUCTION_PATH
         " only “debug_toolbar” has it, which INSTALLED_APPS of " PRODUCTION_PATH " does not name",
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_is_there_if_an_installed_app_brings_it),
        cmocka_unit_test(a_command_is_missing_if_what_brings_it_is_not_installed),
        cmocka_unit_test(an_app_that_nobody_knows_could_bring_any_command_but_a_well_known_one),
        cmocka_unit_test(without_named_settings_those_of_manage_py_and_their_siblings_are_asked),
        cmocka_unit_test(an_app_is_installed_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
