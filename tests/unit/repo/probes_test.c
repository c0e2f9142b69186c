#include "unit/repo/asking.h"

static const grove_file FILES[] = {
    {.path = "README.md", .text = "# Shop\nRun `migrate_schemas` first.\n"},
    {.path = "Makefile", .text = "migrate:\n\tpython manage.py migrate_schemas # all of them\n"},
    {.path = "backend/manage.py", .text = "import os\n"},
    {.path = "backend/settings/base.py",
     .text = "DEBUG = False\nMIDDLEWARE = [\n    'one',  # two\n]\n# SESSIONS = 1\n"
             "\"\"\"\nOLD = 1\n\"\"\"\nURL = 'http://x/#frag'\n"},
    {.path = "backend/settings/broken.txt", .text = NULL},
    {.path = "deploy/run.sh", .text = "# migrate_schemas was here\nmigrate_schemas_all\nmigrate_schemas\n"},
    {.path = "docs/a.txt", .text = "migrate_schemas\n"},
    {.path = "frontend/package.json", .text = "{}\n"},
    {.path = "link", .kind = FF_TREE_LINK},
    {.path = "notes.txt", .text = "migrate_schemas\n"},
};

static void a_path_is_there_or_not(void **state)
{
    static const ask_row rows[] = {
        {"path-exists",
         {{"path", "**/manage.py"}},
         FF_PROBE_FOUND,
         "“backend/manage.py” is in the repository",
         "backend/manage.py:0"},
        {"path-exists",
         {{"path", "./backend//settings/../manage.py"}},
         FF_PROBE_FOUND,
         "“backend/manage.py” is in the repository",
         "backend/manage.py:0"},
        {"path-exists",
         {{"path", "/home/runner/work/shop/shop/backend/manage.py"}},
         FF_PROBE_FOUND,
         "“backend/manage.py” is in the repository",
         "backend/manage.py:0"},
        {"path-exists", {{"path", "link"}}, FF_PROBE_FOUND, "“link” is in the repository", "link:0"},
        {"path-exists",
         {{"path", "backend/settings"}},
         FF_PROBE_FOUND,
         "2 files of the repository are “backend/settings”, such as “backend/settings/base.py”",
         "backend/settings/base.py:0 backend/settings/broken.txt:0"},
        {"path-exists",
         {{"path", "frontend/"}},
         FF_PROBE_FOUND,
         "“frontend/package.json” is in the repository",
         "frontend/package.json:0"},
        {"path-exists",
         {{"path", "manage.py"}},
         FF_PROBE_MISSING,
         "“manage.py” is not there; “backend/manage.py” is",
         "backend/manage.py:0"},
        {"path-exists",
         {{"path", "readme.md"}},
         FF_PROBE_MISSING,
         "“readme.md” is not there, only “README.md” in other letters",
         ""},
        {"path-exists", {{"path", "**/*.rb"}}, FF_PROBE_MISSING, "no file of the repository is “**/*.rb”", ""},
        {"path-exists", {{"path", "back"}}, FF_PROBE_MISSING, "no file of the repository is “back”", ""},
        {"path-exists",
         {{"path", "/etc/passwd"}},
         FF_PROBE_MOOT,
         "“/etc/passwd” is a path of the machine, not of the repository",
         ""},
        {"path-exists", {{"path", "~/x"}}, FF_PROBE_MOOT, "“~/x” is a path of the machine, not of the repository", ""},
        {"path-exists",
         {{"path", "D:\\x"}},
         FF_PROBE_MOOT,
         "“D:\\x” is a path of the machine, not of the repository",
         ""},
        {"path-exists", {{"path", "../x"}}, FF_PROBE_UNKNOWN, "“../x” leads out of the repository", ""},
        {"path-exists", {{"path", "$DIR/x"}}, FF_PROBE_UNKNOWN, "where “$DIR/x” leads depends on a variable", ""},
        {"path-exists", {{"path", " "}}, FF_PROBE_MOOT, "nothing is known of the parameter “path”", ""},
    };
    (void)state;
    ask_all(FILES, COUNT(FILES), NULL, NULL, rows, COUNT(rows));
}

static void lines_of_files_hold_a_text_outside_of_comments(void **state)
{
    static const ask_row rows[] = {
        {"file-matches",
         {{"path", "**/settings/*.py"}, {"text", "MIDDLEWARE"}},
         FF_PROBE_FOUND,
         "“MIDDLEWARE” stands in backend/settings/base.py:2",
         "backend/settings/base.py:2"},
        {"file-matches",
         {{"path", "**/*.py"}, {"text", "o"}},
         FF_PROBE_FOUND,
         "“o” stands in backend/manage.py:1 and elsewhere",
         "backend/manage.py:1 backend/settings/base.py:3"},
        {"file-matches",
         {{"path", "**/*.py"}, {"text", "#frag"}},
         FF_PROBE_FOUND,
         "“#frag” stands in backend/settings/base.py:9",
         "backend/settings/base.py:9"},
        {"file-matches",
         {{"path", "**/settings/*.py"}, {"text", "SESSIONS"}},
         FF_PROBE_MISSING,
         "no line of “**/settings/*.py” holds “SESSIONS”",
         ""},
        {"file-matches",
         {{"path", "**/settings/*.py"}, {"text", "OLD"}},
         FF_PROBE_MISSING,
         "no line of “**/settings/*.py” holds “OLD”",
         ""},
        {"file-matches",
         {{"path", "**/settings/*.py"}, {"text", "two"}},
         FF_PROBE_MISSING,
         "no line of “**/settings/*.py” holds “two”",
         ""},
        {"file-matches",
         {{"path", "**/settings/*"}, {"text", "SESSIONS"}},
         FF_PROBE_UNKNOWN,
         "no line that was read of “**/settings/*” holds “SESSIONS”, but not all files could be read",
         ""},
        {"file-matches",
         {{"path", "**/*.rb"}, {"text", "x"}},
         FF_PROBE_UNKNOWN,
         "no file of the repository is “**/*.rb”",
         ""},
        {"file-matches", {{"path", "**/*.rb"}}, FF_PROBE_MOOT, "nothing is known of the parameter “text”", ""},
    };
    (void)state;
    ask_all(FILES, COUNT(FILES), NULL, NULL, rows, COUNT(rows));
}

static void places_that_name_a_text_are_counted_by_kind(void **state)
{
    static const ask_row rows[] = {
        {"mentions",
         {{"text", "migrate_schemas"}},
         FF_PROBE_FOUND,
         "“migrate_schemas” also stands in 2 lines of shell scripts, 1 of makefiles, 2 of documents",
         "deploy/run.sh:1 deploy/run.sh:3 Makefile:2 README.md:2 docs/a.txt:1"},
        {"mentions",
         {{"text", "manage.py  migrate_schemas"}},
         FF_PROBE_FOUND,
         "“manage.py  migrate_schemas” also stands in 1 line of makefiles",
         "Makefile:2"},
        {"mentions",
         {{"text", "schemas"}},
         FF_PROBE_MISSING,
         "no workflow, script, makefile, container file or document names “schemas”",
         ""},
    };
    static const grove_file broken[] = {{.path = "a.md", .text = "x\n"}, {.path = "b.md", .text = NULL}};
    static const ask_row unread[] = {
        {"mentions",
         {{"text", "x"}},
         FF_PROBE_FOUND,
         "“x” also stands in 1 line of documents; 1 file could not be read",
         "a.md:1"},
        {"mentions",
         {{"text", "y"}},
         FF_PROBE_UNKNOWN,
         "no place that was read names “y”; 1 file could not be read",
         ""},
    };
    (void)state;
    ask_all(FILES, COUNT(FILES), NULL, NULL, rows, COUNT(rows));
    ask_all(broken, COUNT(broken), NULL, NULL, unread, COUNT(unread));
}

static void what_a_list_lacks_may_exist(void **state)
{
    static const ask_row rows[] = {
        {"path-exists",
         {{"path", "a.rb"}},
         FF_PROBE_UNKNOWN,
         "“a.rb” is not among the names that could be read: it has too many",
         ""},
        {"path-exists", {{"path", "link"}}, FF_PROBE_FOUND, "“link” is in the repository", "link:0"},
        {"mentions",
         {{"text", "schemas"}},
         FF_PROBE_UNKNOWN,
         "no place that was read names “schemas”; it has too many",
         ""},
        {"file-matches",
         {{"path", "**/base.py"}, {"text", "NONE"}},
         FF_PROBE_UNKNOWN,
         "no line that was read of “**/base.py” holds “NONE”, but not all files could be read",
         ""},
    };
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.why_not = ""};
    (void)state;
    tree->whole = false;
    tree->lacks = FF_LIT("it has too many");
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    for (size_t i = 0; i < COUNT(rows); i++)
        ask_one(repo, NULL, &rows[i]);
    ff_repo_close(repo);
    ff_tree_close(tree);
}

static void changes_are_told_since_the_last_green_run(void **state)
{
    static const ff_probe_scene scene = {.last_green = FF_TEXT("fedcba9876543210")};
    static const ff_probe_scene other = {.last_green = FF_TEXT("1111111111")};
    static const ask_row known[] = {
        {"changed-since-green",
         {{"path", "**/settings/*.py"}},
         FF_PROBE_FOUND,
         "1 file “**/settings/*.py” changed since the last green run (fedcba9), such as “backend/settings/base.py”",
         "backend/settings/base.py:0"},
        {"changed-since-green",
         {{"path", "**"}},
         FF_PROBE_FOUND,
         "2 files “**” changed since the last green run (fedcba9), such as “Makefile”",
         "Makefile:0 backend/settings/base.py:0"},
        {"changed-since-green",
         {{"path", "*.lock"}},
         FF_PROBE_MISSING,
         "no “*.lock” changed since the last green run (fedcba9)",
         ""},
    };
    static const ask_row unknown = {
        "changed-since-green",
        {{"path", "**"}},
        FF_PROBE_UNKNOWN,
        "what changed since the last green run is not known: does not have the commit of the last green run",
        ""};
    static const ask_row nothing = {
        "changed-since-green", {{"path", "**"}}, FF_PROBE_MOOT, "no run of this workflow that passed is known", ""};
    ff_tree *tree = ff_grove(FILES, COUNT(FILES));
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.why_not = ""};
    (void)state;
    ff_grove_of(tree)->base = "fedcba9876543210";
    ff_grove_of(tree)->changed = "Makefile\nbackend/settings/base.py\n";
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    for (size_t i = 0; i < COUNT(known); i++)
        ask_one(repo, &scene, &known[i]);
    ask_one(repo, &other, &unknown);
    ask_one(repo, NULL, &nothing);
    ff_repo_close(repo);
    ff_tree_close(tree);
}

static void without_a_repository_the_reason_is_said(void **state)
{
    static const ask_row rows[] = {
        {"path-exists", {{"path", "x"}}, FF_PROBE_UNKNOWN, "no checkout was given", ""},
        {"file-matches", {{"path", "x"}, {"text", "x"}}, FF_PROBE_UNKNOWN, "no checkout was given", ""},
        {"mentions", {{"text", "x"}}, FF_PROBE_UNKNOWN, "no checkout was given", ""},
        {"workflow-line", {{"text", "x"}}, FF_PROBE_UNKNOWN, "no checkout was given", ""},
        {"secret-declared", {{"name", "x"}}, FF_PROBE_UNKNOWN, "no checkout was given", ""},
        {"changed-since-green", {{"path", "x"}}, FF_PROBE_UNKNOWN, "no checkout was given", ""},
    };
    (void)state;
    ask_all(NULL, 0, NULL, NULL, rows, COUNT(rows));
}

/* ---- lists ---- */

static const char PRODUCTION[] = "from .base import *\n"
                                 "ALLOWED_HOSTS = [\n"
                                 "    'shop.example',  # 'comment.example'\n"
                                 "    \".wild.example\",\n"
                                 "]\n"
                                 "CORS = ('a', 'b')\n";

#define LISTS(host)                                              \
    {                                                            \
        {"path", "**/settings/*.py"}, {"text", "ALLOWED_HOSTS"}, \
        {                                                        \
            "lists", (host)                                      \
        }                                                        \
    }

static void a_list_names_a_value_or_not(void **state)
{
    static const grove_file files[] = {{.path = "settings/base.py", .text = "ALLOWED_HOSTS = []\n"},
                                       {.path = "settings/production.py", .text = PRODUCTION}};
    static const ask_row rows[] = {
        {"file-matches", LISTS("shop.example"), FF_PROBE_FOUND, "“ALLOWED_HOSTS” names it (settings/production.py:3)",
         "settings/production.py:3 settings/base.py:1"},
        {"file-matches", LISTS("SHOP.example:8000"), FF_PROBE_FOUND,
         "“ALLOWED_HOSTS” names it (settings/production.py:3)", "settings/production.py:3 settings/base.py:1"},
        {"file-matches", LISTS("a.b.wild.example"), FF_PROBE_FOUND,
         "“ALLOWED_HOSTS” names it (settings/production.py:4)", "settings/production.py:4 settings/base.py:1"},
        {"file-matches", LISTS("wild.example"), FF_PROBE_FOUND, "“ALLOWED_HOSTS” names it (settings/production.py:4)",
         "settings/production.py:4 settings/base.py:1"},
        {"file-matches", LISTS("notwild.example"), FF_PROBE_MISSING,
         "“ALLOWED_HOSTS” does not name it (settings/production.py:2)", "settings/production.py:2 settings/base.py:1"},
        {"file-matches", LISTS("comment.example"), FF_PROBE_MISSING,
         "“ALLOWED_HOSTS” does not name it (settings/production.py:2)", "settings/production.py:2 settings/base.py:1"},
        {"file-matches",
         {{"path", "**/*.py"}, {"text", "CORS"}, {"lists", "b"}},
         FF_PROBE_FOUND,
         "“CORS” names it (settings/production.py:6)",
         "settings/production.py:6"},
        {"file-matches",
         {{"path", "**/*.py"}, {"text", "CORS"}, {"lists", "B"}},
         FF_PROBE_MISSING,
         "“CORS” does not name it (settings/production.py:6)",
         "settings/production.py:6"},
        {"file-matches",
         {{"path", "**/*.py"}, {"text", "HOSTS"}, {"lists", "a"}},
         FF_PROBE_UNKNOWN,
         "no file “**/*.py” assigns “HOSTS”",
         ""},
    };
    (void)state;
    ask_all(files, COUNT(files), NULL, NULL, rows, COUNT(rows));
}

static void a_list_that_comes_from_elsewhere_is_unknown(void **state)
{
    static const struct {
        const char *base, *production;
        ask_row row;
    } rows[] = {
        {"ALLOWED_HOSTS = ['*']\n",
         "import os\nALLOWED_HOSTS = os.environ.get('ALLOWED_HOSTS', 'a').split(',')\n",
         {"file-matches", LISTS("a"), FF_PROBE_UNKNOWN,
          "“ALLOWED_HOSTS” comes from the environment (settings/production.py:2)",
          "settings/production.py:2 settings/base.py:1"}},
        {"",
         "ALLOWED_HOSTS = ['b'] + env.list('HOSTS', default=['a'])\n",
         {"file-matches", LISTS("a"), FF_PROBE_UNKNOWN,
          "“ALLOWED_HOSTS” comes from the environment (settings/production.py:1)", "settings/production.py:1"}},
        {"",
         "ALLOWED_HOSTS = ['a'] + env.list('HOSTS')\n",
         {"file-matches", LISTS("a"), FF_PROBE_FOUND, "“ALLOWED_HOSTS” names it (settings/production.py:1)",
          "settings/production.py:1"}},
        {"",
         "ALLOWED_HOSTS = [h for h in HOSTS]\n",
         {"file-matches", LISTS("a"), FF_PROBE_UNKNOWN,
          "“ALLOWED_HOSTS” is computed from other names (settings/production.py:1)", "settings/production.py:1"}},
        {"",
         "if DEBUG:\n    ALLOWED_HOSTS = ['a']\n",
         {"file-matches", LISTS("a"), FF_PROBE_UNKNOWN,
          "“ALLOWED_HOSTS” depends on a condition (settings/production.py:2)", "settings/production.py:2"}},
        {"ALLOWED_HOSTS = ['b']\n",
         "ALLOWED_HOSTS = ['a']\n",
         {"file-matches", LISTS("a"), FF_PROBE_UNKNOWN,
          "“ALLOWED_HOSTS” names it in settings/production.py:1 and does not in settings/base.py:1, and which is in "
          "force is not known",
          "settings/production.py:1 settings/base.py:1"}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const grove_file files[] = {{.path = "settings/base.py", .text = rows[i].base},
                                    {.path = "settings/production.py", .text = rows[i].production}};
        ask_all(files, COUNT(files), NULL, NULL, &rows[i].row, 1);
    }
}

/* The step says which settings are in force; these override what they import. */
static void a_list_of_the_settings_in_force_decides(void **state)
{
    static const grove_file files[] = {
        {.path = "manage.py", .text = "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings.development')\n"},
        {.path = "settings/__init__.py", .text = ""},
        {.path = "settings/base.py", .text = "INSTALLED_APPS = ['django.contrib.auth']\nALLOWED_HOSTS = ['b']\n"},
        {.path = "settings/development.py", .text = "from .base import *\nALLOWED_HOSTS = ['*']\n"},
        {.path = "settings/production.py", .text = "from .base import *\nALLOWED_HOSTS = ['a']\n"},
        {.path = "settings/staging.py", .text = "from .base import *\nALLOWED_HOSTS += ['a']\n"},
    };
    static const struct {
        const char *script;
        ask_row row;
    } rows[] = {
        {"DJANGO_SETTINGS_MODULE=settings.production python manage.py check",
         {"file-matches", LISTS("a"), FF_PROBE_FOUND, "“ALLOWED_HOSTS” names it (settings/production.py:2)",
          "settings/production.py:2"}},
        {"DJANGO_SETTINGS_MODULE=settings.production python manage.py check",
         {"file-matches", LISTS("b"), FF_PROBE_MISSING, "“ALLOWED_HOSTS” does not name it (settings/production.py:2)",
          "settings/production.py:2"}},
        {"python manage.py check --settings=settings.staging",
         {"file-matches", LISTS("c"), FF_PROBE_MISSING, "“ALLOWED_HOSTS” does not name it (settings/base.py:2)",
          "settings/base.py:2"}},
        {"python manage.py check",
         {"file-matches", LISTS("a"), FF_PROBE_UNKNOWN,
          "“ALLOWED_HOSTS” names it in settings/development.py:2 and does not in settings/base.py:2, and which is in "
          "force "
          "is not known",
          "settings/development.py:2 settings/base.py:2"}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_probe_scene scene = {.script = ff_slice_of(rows[i].script), .shell = {.errexit = true}};
        ask_all(files, COUNT(files), NULL, &scene, &rows[i].row, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_there_or_not),
        cmocka_unit_test(lines_of_files_hold_a_text_outside_of_comments),
        cmocka_unit_test(places_that_name_a_text_are_counted_by_kind),
        cmocka_unit_test(what_a_list_lacks_may_exist),
        cmocka_unit_test(changes_are_told_since_the_last_green_run),
        cmocka_unit_test(without_a_repository_the_reason_is_said),
        cmocka_unit_test(a_list_names_a_value_or_not),
        cmocka_unit_test(a_list_that_comes_from_elsewhere_is_unknown),
        cmocka_unit_test(a_list_of_the_settings_in_force_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
