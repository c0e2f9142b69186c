/* What the files of a repository require of Python and npm packages. */
#include "unit/repo/asking.h"

#include "base/limits.h"
#include "repo/requirements.h"
#include "repo/well_known.h"

static const grove_file PYTHON[] = {
    {.path = "Pipfile",
     .text = "[[source]]\nname = \"pypi\"\n[packages]\nflask = \"*\"\nclick = {version = \"==8.1.3\"}\n"},
    {.path = "api/pyproject.toml",
     .text = "[build-system]\nrequires = [\"hatchling\"]\n[project]\nname = \"api\"\n"
             "dependencies = [\n  \"uvicorn[standard]>=0.2; python_version > '3'\", # httpx\n  'pydantic ~= 2.0',\n]\n"
             "[project.optional-dependencies]\ntest = [\"pytest==7.4.0\"]\n"
             "[tool.poetry.dependencies]\npython = \"^3.10\"\nDjango = \"^4.2\"\nrich = \"13.7.0\"\n"
             "[tool.other]\nnumpy = \"1\"\n"
             "[tool.uv]\npackage = [\"no\"]\ndev-dependencies = [\n  \"ruff==0.4\",\n]\n"
             "[tool.hatch.envs.docs]\nextra-dependencies = [\"mkdocs\"]\n"},
    {.path = "api/setup.cfg",
     .text = "[metadata]\nname = api\n[options]\ninstall_requires =\n    attrs>=20\n    six\npackages = find:\n"
             "[options.extras_require]\ndocs =\n    sphinx==5.0\n"},
    {.path = "env/environment.yml",
     .text = "name: x\ndependencies:\n  - python=3.11\n  - conda-forge::numpy=1.24\n  - pip:\n      - pandas==2.0.1\n"},
    {.path = "lib/setup.py",
     .text = "from setuptools import setup\nREQUIRES = ['tornado==6.3']\nsetup(\n    name='lib',\n"
             "    install_requires=REQUIRES + ['lxml'],\n)\n"},
    {.path = "node_modules/x/requirements.txt", .text = "secret-thing\n"},
    {.path = "poetry.lock",
     .text = "[[package]]\nname = \"certifi\"\nversion = \"2023.7.22\"\ndescription = \"x\"\n\n"
             "[[package]]\nname = \"rich\"\nversion = \"13.7.0\"\n"},
    {.path = "requirements.txt",
     .text = "# certificates\n-r requirements/base.txt\n--index-url https://x/simple\n"
             "PyYAML==6.0.1 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\n"
             "opencv-python-headless # not cv2\nzope.interface>=5,<6\n-e git+https://x/y.git#egg=Widget&z=1\n"
             "local @ file:///x\n-c constraints.txt\n#httpx==1\n-e .\n"},
    {.path = "requirements/base.txt",
     .text = "django-tenants==3.6.1\r\npsycopg2-binary==2.9.9\r\n-r ../requirements.txt\n"},
};

static void a_requirement_is_found_in_every_format(void **state)
{
    static const ask_row rows[] = {
        {"python-requirement",
         {{"name", "django_tenants"}},
         FF_PROBE_FOUND,
         "requirements/base.txt:1 requires “django-tenants==3.6.1”",
         "requirements/base.txt:1"},
        {"python-requirement",
         {{"name", "psycopg2"}},
         FF_PROBE_FOUND,
         "requirements/base.txt:2 requires “psycopg2-binary==2.9.9”",
         "requirements/base.txt:2"},
        {"python-requirement",
         {{"name", "yaml"}},
         FF_PROBE_FOUND,
         "requirements.txt:4 requires “PyYAML==6.0.1”",
         "requirements.txt:4"},
        {"python-requirement",
         {{"name", "yaml.constructor"}},
         FF_PROBE_FOUND,
         "requirements.txt:4 requires “PyYAML==6.0.1”",
         "requirements.txt:4"},
        {"python-requirement",
         {{"name", "cv2"}},
         FF_PROBE_FOUND,
         "requirements.txt:7 requires “opencv-python-headless”, in any version",
         "requirements.txt:7"},
        {"python-requirement",
         {{"name", "Zope-Interface"}},
         FF_PROBE_FOUND,
         "requirements.txt:8 requires “zope.interface>=5,<6”",
         "requirements.txt:8"},
        {"python-requirement",
         {{"name", "widget"}},
         FF_PROBE_FOUND,
         "requirements.txt:9 requires “git+https://x/y.git#egg=Widget&z=1”, in any version",
         "requirements.txt:9"},
        {"python-requirement",
         {{"name", "local"}},
         FF_PROBE_FOUND,
         "requirements.txt:10 requires “local @ file:///x”, in any version",
         "requirements.txt:10"},
        {"python-requirement",
         {{"name", "uvicorn"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:6 requires “uvicorn[standard]>=0.2”",
         "api/pyproject.toml:6"},
        {"python-requirement",
         {{"name", "pydantic"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:7 requires “pydantic ~= 2.0”",
         "api/pyproject.toml:7"},
        {"python-requirement",
         {{"name", "pytest"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:10 requires “pytest==7.4.0”",
         "api/pyproject.toml:10"},
        {"python-requirement",
         {{"name", "django.db"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:13 requires “Django = \"^4.2\"”",
         "api/pyproject.toml:13"},
        {"python-requirement",
         {{"name", "rich"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:14 requires “rich = \"13.7.0\"”, and so does one other place",
         "api/pyproject.toml:14 poetry.lock:8"},
        {"python-requirement",
         {{"name", "ruff"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:20 requires “ruff==0.4”",
         "api/pyproject.toml:20"},
        {"python-requirement",
         {{"name", "mkdocs"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:23 requires “mkdocs”, in any version",
         "api/pyproject.toml:23"},
        {"python-requirement",
         {{"name", "flask"}},
         FF_PROBE_FOUND,
         "Pipfile:4 requires “flask = \"*\"”, in any version",
         "Pipfile:4"},
        {"python-requirement",
         {{"name", "click"}},
         FF_PROBE_FOUND,
         "Pipfile:5 requires “click = {version = \"==8.1.3\"}”",
         "Pipfile:5"},
        {"python-requirement",
         {{"name", "attr"}},
         FF_PROBE_FOUND,
         "api/setup.cfg:5 requires “attrs>=20”",
         "api/setup.cfg:5"},
        {"python-requirement",
         {{"name", "sphinx"}},
         FF_PROBE_FOUND,
         "api/setup.cfg:10 requires “sphinx==5.0”",
         "api/setup.cfg:10"},
        {"python-requirement",
         {{"name", "tornado"}},
         FF_PROBE_FOUND,
         "lib/setup.py:2 requires “tornado==6.3”",
         "lib/setup.py:2"},
        {"python-requirement",
         {{"name", "lxml"}},
         FF_PROBE_FOUND,
         "lib/setup.py:5 requires “lxml”, in any version",
         "lib/setup.py:5"},
        {"python-requirement",
         {{"name", "numpy"}},
         FF_PROBE_FOUND,
         "env/environment.yml:4 requires “numpy=1.24”",
         "env/environment.yml:4"},
        {"python-requirement",
         {{"name", "pandas"}},
         FF_PROBE_FOUND,
         "env/environment.yml:6 requires “pandas==2.0.1”",
         "env/environment.yml:6"},
        {"python-requirement",
         {{"name", "certifi"}},
         FF_PROBE_FOUND,
         "poetry.lock:3 locks “certifi” at 2023.7.22; no other file asks for it by name",
         "poetry.lock:3"},
    };
    (void)state;
    ask_all(PYTHON, COUNT(PYTHON), NULL, NULL, rows, COUNT(rows));
}

static void a_version_is_told_only_where_it_is_pinned(void **state)
{
    static const ask_row rows[] = {
        {"python-requirement",
         {{"name", "django-tenants"}, {"version", "3.6.1"}},
         FF_PROBE_FOUND,
         "requirements/base.txt:1 requires “django-tenants==3.6.1” at 3.6.1",
         "requirements/base.txt:1"},
        {"python-requirement",
         {{"name", "django-tenants"}, {"version", "3"}},
         FF_PROBE_FOUND,
         "requirements/base.txt:1 requires “django-tenants==3.6.1” at 3.6.1",
         "requirements/base.txt:1"},
        {"python-requirement",
         {{"name", "django-tenants"}, {"version", "3.6.10"}},
         FF_PROBE_MISSING,
         "requirements/base.txt:1 requires “django-tenants==3.6.1”, which is not 3.6.10",
         "requirements/base.txt:1"},
        {"python-requirement",
         {{"name", "zope.interface"}, {"version", "5"}},
         FF_PROBE_UNKNOWN,
         "requirements.txt:8 requires “zope.interface>=5,<6”, which does not tell one version",
         "requirements.txt:8"},
        {"python-requirement",
         {{"name", "django"}, {"version", "4.2"}},
         FF_PROBE_UNKNOWN,
         "api/pyproject.toml:13 requires “Django = \"^4.2\"”, which does not tell one version",
         "api/pyproject.toml:13"},
        {"python-requirement",
         {{"name", "rich"}, {"version", "13.7"}},
         FF_PROBE_FOUND,
         "api/pyproject.toml:14 requires “rich = \"13.7.0\"” at 13.7.0",
         "api/pyproject.toml:14 poetry.lock:8"},
        {"python-requirement",
         {{"name", "numpy"}, {"version", "1.24"}},
         FF_PROBE_FOUND,
         "env/environment.yml:4 requires “numpy=1.24” at 1.24",
         "env/environment.yml:4"},
    };
    (void)state;
    ask_all(PYTHON, COUNT(PYTHON), NULL, NULL, rows, COUNT(rows));
}

static void what_no_file_names_is_missing_only_if_all_could_be_read(void **state)
{
    static const struct {
        grove_file files[3];
        ff_probe_outcome outcome;
        const char *text;
    } rows[] = {
        {{{.path = "requirements.txt", .text = "six\n"}},
         FF_PROBE_MISSING,
         "requirements.txt does not require “httpx”"},
        {{{.path = "requirements.txt", .text = "# httpx\nhttpx-auth\nmy-httpx\n"}},
         FF_PROBE_MISSING,
         "requirements.txt does not require “httpx”"},
        {{{.path = "requirements-dev.txt", .text = "-r requirements.txt\n"},
          {.path = "requirements.txt", .text = "six\n"}},
         FF_PROBE_MISSING,
         "none of 2 files requires “httpx”"},
        {{{.path = "requirements.txt", .text = "-r gone.txt\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but requirements.txt:1 includes a file that is not in the "
         "repository"},
        {{{.path = "requirements.txt", .text = "-r ../up.txt\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but requirements.txt:1 includes a file that is not in the "
         "repository"},
        {{{.path = "requirements.txt", .text = "six\ngit+https://x/y.git\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but requirements.txt:2 requires a URL without a name"},
        {{{.path = "requirements.txt", .text = NULL}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but “requirements.txt” cannot be read"},
        {{{.path = "pyproject.toml", .text = "[project]\ndynamic = [\"dependencies\"]\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but pyproject.toml leaves its dependencies to a program"},
        {{{.path = "pyproject.toml",
           .text = "[project]\ndynamic = [\"dependencies\"]\n[tool.setuptools.dynamic]\n"
                   "dependencies = {file = [\"requirements.txt\"]}\n"},
          {.path = "requirements.txt", .text = "six\n"}},
         FF_PROBE_MISSING,
         "none of 2 files requires “httpx”"},
        {{{.path = "pyproject.toml", .text = "[project]\ndependencies = [\n'a',\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but pyproject.toml has a list that does not end"},
        {{{.path = "setup.py", .text = "setup(install_requires=read('x'))\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but “read” would have to be run (setup.py:1)"},
        {{{.path = "setup.py", .text = "setup(name='x',\n      **config)\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but setup.py:2 hands over what is not known"},
        {{{.path = "setup.py", .text = "def main():\n    setup(install_requires=['httpx'])\nmain()\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but “setup.py” calls setup() where it cannot be seen"},
        {{{.path = "setup.py", .text = "setup()\n"}}, FF_PROBE_MISSING, "setup.py does not require “httpx”"},
        {{{.path = "environment.yml", .text = "dependencies:\n - pip: [-r x.txt]\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but environment.yml:2 includes other files"},
        {{{.path = "environment.yml", .text = "dependencies: [a\n"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not require “httpx”, but “environment.yml” is broken YAML"},
        {{{.path = "README.md", .text = "httpx\n"}}, FF_PROBE_UNKNOWN, "no file of Python requirements was found"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = 0;
        while (count < COUNT(rows[i].files) && rows[i].files[count].path)
            count++;
        ask_row row = {"python-requirement", {{"name", "httpx"}}, rows[i].outcome, rows[i].text, ""};
        ask_all(rows[i].files, count, NULL, NULL, &row, 1);
    }
}

static void what_a_log_calls_a_package_is_taken_apart(void **state)
{
    static const grove_file files[] = {
        {.path = "backend/config/__init__.py", .text = ""},
        {.path = "requirements.txt", .text = "psycopg2-binary==2.9.9\nsix\n"},
    };
    static const ask_row rows[] = {
        {"python-requirement",
         {{"name", "psycopg2 or psycopg"}},
         FF_PROBE_FOUND,
         "requirements.txt:1 requires “psycopg2-binary==2.9.9”",
         "requirements.txt:1"},
        {"python-requirement",
         {{"name", "six>=1.9"}},
         FF_PROBE_FOUND,
         "requirements.txt:2 requires “six”, in any version",
         "requirements.txt:2"},
        {"python-requirement", {{"name", "x[y]"}}, FF_PROBE_MISSING, "requirements.txt does not require “x[y]”", ""},
        {"python-requirement",
         {{"name", "config.urls"}},
         FF_PROBE_UNKNOWN,
         "“config.urls” may be a module of the repository (backend/config/__init__.py)",
         "backend/config/__init__.py:0"},
        {"python-requirement",
         {{"name", "sqlite3.dbapi2"}},
         FF_PROBE_MOOT,
         "“sqlite3.dbapi2” is a part of Python itself, not a package",
         ""},
        {"python-requirement",
         {{"name", "_lzma"}},
         FF_PROBE_MOOT,
         "“_lzma” is a part of Python itself, not a package",
         ""},
        {"python-requirement", {{"name", "./x"}}, FF_PROBE_MOOT, "“./x” is no name of a package", ""},
    };
    (void)state;
    ask_all(files, COUNT(files), NULL, NULL, rows, COUNT(rows));
}

static void names_of_packages_are_compared_as_pip_does(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"Django", "django", true}, {"zope.interface", "zope_interface", true},
        {"a-_.b", "A-B", true},     {"", "", true},
        {"a", "ab", false},         {"a-b", "ab", false},
        {"a-", "a", false},         {"psycopg2", "psycopg2-binary", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_requirement_same(ff_slice_of(rows[i].a), ff_slice_of(rows[i].b)) != rows[i].same)
            fail_msg("%s and %s", rows[i].a, rows[i].b);
}

static void what_package_json_names_is_found(void **state)
{
    static const grove_file files[] = {
        {.path = "frontend/package.json",
         .text =
             "{\n\t\"name\":\"shop\",\n\t\"dependencies\":{\n\t\t\"react\":\"^18.2.0\",\"@babel/core\" : \"7\"\n\t},\n"
             "  \"devDependencies\": {\"jest\": \"29\", \"react\": \"18\"}, \"scripts\": {\"vite\": \"vite\"}\n}\n"},
        {.path = "frontend/node_modules/vite/package.json", .text = "{\"dependencies\": {\"vite\": \"1\"}}"},
        {.path = "other/package.json", .text = "{\"peerDependencies\": {\"vue\": \">=3 \\u00e9 \\/\"}}"},
    };
    static const ask_row rows[] = {
        {"npm-requirement",
         {{"name", "react"}},
         FF_PROBE_FOUND,
         "frontend/package.json:4 requires “react” “^18.2.0”",
         "frontend/package.json:4"},
        {"npm-requirement",
         {{"name", "react/jsx-runtime"}},
         FF_PROBE_FOUND,
         "frontend/package.json:4 requires “react” “^18.2.0”",
         "frontend/package.json:4"},
        {"npm-requirement",
         {{"name", "@babel/core/lib"}},
         FF_PROBE_FOUND,
         "frontend/package.json:4 requires “@babel/core” “7”",
         "frontend/package.json:4"},
        {"npm-requirement",
         {{"name", "jest"}},
         FF_PROBE_FOUND,
         "frontend/package.json:6 requires, for development, “jest” “29”",
         "frontend/package.json:6"},
        {"npm-requirement",
         {{"name", "vue"}},
         FF_PROBE_FOUND,
         "other/package.json:1 expects “vue” “>=3 é /”",
         "other/package.json:1"},
        {"npm-requirement", {{"name", "vite"}}, FF_PROBE_MISSING, "none of 2 files package.json names “vite”", ""},
        {"npm-requirement",
         {{"name", "jest@29.1.0"}},
         FF_PROBE_FOUND,
         "frontend/package.json:6 requires, for development, “jest” “29”",
         "frontend/package.json:6"},
        {"npm-requirement",
         {{"name", "@babel/core@^7"}},
         FF_PROBE_FOUND,
         "frontend/package.json:4 requires “@babel/core” “7”",
         "frontend/package.json:4"},
        {"npm-requirement", {{"name", "./App"}}, FF_PROBE_MOOT, "“./App” is a file, not a package", ""},
        {"npm-requirement", {{"name", "C:\\x"}}, FF_PROBE_MOOT, "“C:\\x” is a file, not a package", ""},
        {"npm-requirement", {{"name", "@/x"}}, FF_PROBE_MOOT, "“@/x” is an alias for a file, not a package", ""},
        {"npm-requirement", {{"name", "#x"}}, FF_PROBE_MOOT, "“#x” is an alias for a file, not a package", ""},
        {"npm-requirement", {{"name", "fs"}}, FF_PROBE_MOOT, "“fs” is a part of Node itself, not a package", ""},
        {"npm-requirement",
         {{"name", "node:fs/promises"}},
         FF_PROBE_MOOT,
         "“node:fs/promises” is a part of Node itself, not a package",
         ""},
        {"npm-requirement", {{"name", "no name"}}, FF_PROBE_MOOT, "“no name” is no name of a package", ""},
    };
    static const grove_file broken[] = {{.path = "package.json", .text = "{\"dependencies\": {\"react\": \"18\"}, ]"}};
    static const ask_row broken_rows[] = {
        {"npm-requirement",
         {{"name", "react"}},
         FF_PROBE_FOUND,
         "package.json:1 requires “react” “18”",
         "package.json:1"},
        {"npm-requirement",
         {{"name", "vue"}},
         FF_PROBE_UNKNOWN,
         "what could be read does not name “vue”, but package.json could not be read to its end",
         ""},
    };
    static const ask_row none = {
        "npm-requirement", {{"name", "vue"}}, FF_PROBE_UNKNOWN, "no package.json was found", ""};
    (void)state;
    ask_all(files, COUNT(files), NULL, NULL, rows, COUNT(rows));
    ask_all(broken, COUNT(broken), NULL, NULL, broken_rows, COUNT(broken_rows));
    ask_all(files + 1, 1, NULL, NULL, &none, 1);
}

static void expect_sorted(const char *before, const char *name)
{
    if (before && strcmp(before, name) >= 0)
        fail_msg("%s stands before %s", before, name);
}

static void the_tables_of_what_is_known_are_sorted(void **state)
{
    const char *before = NULL;
    (void)state;
    for (size_t i = 0; ff_known_module_at(i); before = ff_known_module_at(i++))
        expect_sorted(before, ff_known_module_at(i));
    before = NULL;
    for (size_t i = 0; ff_known_app_at(i); before = ff_known_app_at(i++)->module) {
        ff_slice rest = ff_slice_of(ff_known_app_at(i)->commands), word, last = {0};
        expect_sorted(before, ff_known_app_at(i)->module);
        for (; ff_slice_take_until(&rest, ' ', &word); last = word)
            if (ff_slice_cmp(last, word) >= 0)
                fail_msg("commands of %s: %.*s", ff_known_app_at(i)->module, FF_ARG(word));
    }
}

static void hostile_files_of_requirements_cost_little(void **state)
{
    static const struct {
        const char *path, *piece;
    } rows[] = {
        {"requirements.txt", "-r requirements.txt\n"},
        {"requirements.txt", "-r x.txt\n"},
        {"requirements.txt", "git+https://x\n"},
        {"requirements.txt", "httpx\n"},
        {"requirements.txt", "\\\n"},
        {"requirements.txt", "../"},
        {"requirements.txt", "[[[["},
        {"pyproject.toml", "[project]\ndependencies = [\n"},
        {"pyproject.toml", "\"'"},
        {"Pipfile", "[packages]\nhttpx={version=\n"},
        {"setup.py", "setup(install_requires=['a'])\n"},
        {"setup.cfg", "[options]\ninstall_requires=httpx\n"},
        {"environment.yml", "dependencies: [[[[[\n"},
        {"environment.yml", "- a\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf buf;
        ff_buf_init(&buf, (size_t)4 << 20);
        while (buf.len + 64 < FF_LIMIT_TREE_FILE_BYTES)
            ff_buf_add(&buf, ff_slice_of(rows[i].piece));
        grove_file file = {.path = rows[i].path, .text = buf.ptr};
        ff_tree *tree = ff_grove(&file, 1);
        ff_repo *repo = NULL;
        ff_probe_param param = {FF_LIT("name"), FF_LIT("httpx")};
        ff_probe_question question = {.probe = FF_LIT("python-requirement"), .params = &param, .param_count = 1};
        ff_probe_answer answer;
        assert_int_equal(ff_repo_open(&repo, tree, &(ff_repo_facts){.why_not = NULL}), FF_OK);
        assert_int_equal(ff_probe_ask(repo, &question, &answer), FF_OK);
        assert_true(answer.places.count <= FF_LIMIT_PROBE_PLACES && answer.text.len);
        ff_repo_close(repo);
        ff_tree_close(tree);
        ff_buf_release(&buf);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_requirement_is_found_in_every_format),
        cmocka_unit_test(a_version_is_told_only_where_it_is_pinned),
        cmocka_unit_test(what_no_file_names_is_missing_only_if_all_could_be_read),
        cmocka_unit_test(what_a_log_calls_a_package_is_taken_apart),
        cmocka_unit_test(names_of_packages_are_compared_as_pip_does),
        cmocka_unit_test(what_package_json_names_is_found),
        cmocka_unit_test(the_tables_of_what_is_known_are_sorted),
        cmocka_unit_test(hostile_files_of_requirements_cost_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
