/* Workflow files of a repository, and where the jobs and steps of a log stand in them. */
#include "workflow/workflows.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/tree/grove.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* The rest of a row is zero. */
#define HAS(path_, text_)                \
    {                                    \
        .path = (path_), .text = (text_) \
    }

#define CI ".github/workflows/ci.yml"
#define DEPLOY ".github/workflows/deploy.yaml"
#define CALLED ".github/workflows/called.yml"
#define SETUP ".github/actions/setup/action.yml"
#define INNER ".github/actions/inner/action.yaml"

static const grove_file FILES[] = {
    HAS(CI, "name: CI\n"                                        /* 1 */
            "on: push\n"                                        /* 2 */
            "jobs:\n"                                           /* 3 */
            "  test:\n"                                         /* 4 */
            "    strategy: {matrix: {python: [1, 2]}}\n"        /* 5 */
            "    steps:\n"                                      /* 6 */
            "      - uses: actions/checkout@v4\n"               /* 7 */
            "      - name: Prepare\n"                           /* 8 */
            "        uses: ./.github/actions/setup\n"           /* 9 */
            "      - name: Twice\n"                             /* 10 */
            "        run: |\n"                                  /* 11 */
            "          pip install -r requirements.txt\n"       /* 12 */
            "      - name: Twice\n"                             /* 13 */
            "        run: |\n"                                  /* 14 */
            "          pytest ${{ matrix.args }}\n"             /* 15 */
            "          coverage xml\n"                          /* 16 */
            "      - run: make everything\n"                    /* 17 */
            "      - name: Same\n"                              /* 18 */
            "        run: make the same\n"                      /* 19 */
            "      - name: Same\n"                              /* 20 */
            "        run: make the same\n"                      /* 21 */
            "  lint:\n"                                         /* 22 */
            "    name: Lint ${{ inputs.what }}\n"               /* 23 */
            "    steps:\n"                                      /* 24 */
            "      - name: Lint\n"                              /* 25 */
            "        run: make lint\n"                          /* 26 */
            "  ship:\n"                                         /* 27 */
            "    uses: ./.github/workflows/called.yml\n"        /* 28 */
            "    secrets: inherit\n"                            /* 29 */
            "  elsewhere:\n"                                    /* 30 */
            "    uses: o/r/.github/workflows/called.yml@v1\n"), /* 31 */
    HAS(CALLED, "on: workflow_call\n"                           /* 1 */
                "jobs:\n"                                       /* 2 */
                "  push / pull:\n"                              /* 3 */
                "    steps:\n"                                  /* 4 */
                "      - name: Upload\n"                        /* 5 */
                "        run: >\n"                              /* 6 */
                "          ./upload.sh\n"                       /* 7 */
                "          --all\n"                             /* 8 */
                "  again:\n"                                    /* 9 */
                "    uses: ./.github/workflows/called.yml\n"),  /* 10 */
    HAS(DEPLOY, "jobs:\n"                                       /* 1 */
                "  deploy:\n"                                   /* 2 */
                "    steps:\n"                                  /* 3 */
                "      - name: Deploy\n"                        /* 4 */
                "        run: ./deploy.sh --to production\n"    /* 5 */
                "  lint:\n"                                     /* 6 */
                "    steps:\n"                                  /* 7 */
                "      - name: Lint\n"                          /* 8 */
                "        run: make lint\n"),                    /* 9 */
    HAS(SETUP, "name: Setup\n"                                  /* 1 */
               "runs:\n"                                        /* 2 */
               "  using: composite\n"                           /* 3 */
               "  steps:\n"                                     /* 4 */
               "    - uses: actions/setup-node@v4\n"            /* 5 */
               "    - run: npm ci --omit ${{ inputs.what }}\n"  /* 6 */
               "      shell: bash\n"                            /* 7 */
               "    - uses: ./.github/actions/inner/\n"),       /* 8 */
    HAS(INNER, "runs:\n"                                        /* 1 */
               "  using: composite\n"                           /* 2 */
               "  steps:\n"                                     /* 3 */
               "    - uses: ./.github/actions/inner\n"          /* 4 */
               "    - shell: bash\n"                            /* 5 */
               "      run: |\n"                                 /* 6 */
               "        npm run build\n"),                      /* 7 */
    HAS(".github/actions/unused/action.yml", "runs: {using: composite, steps: []}\n"),
    HAS(".github/workflows/deep/ignored.yml", "jobs: {deploy: {}}\n"),
    HAS(".github/workflows/notes.md", "jobs: {deploy: {}}\n"),
    {.path = ".github/workflows/link.yml", .text = "jobs: {deploy: {}}\n", .kind = FF_TREE_LINK},
    HAS("manage.py", "import os\n"),
};

typedef struct scene {
    ff_tree *tree;
    ff_arena arena;
    ff_workflows *workflows;
} scene;

static void open_scene(scene *s, const grove_file *files, size_t count)
{
    s->tree = ff_grove(files, count);
    ff_arena_init(&s->arena, FF_LIMIT_REPO_BYTES);
    assert_int_equal(ff_workflows_load(&s->workflows, s->tree, &s->arena), FF_OK);
}

static void close_scene(scene *s)
{
    ff_arena_release(&s->arena);
    ff_tree_close(s->tree);
}

static void workflows_and_the_actions_that_they_use_are_loaded(void **state)
{
    static const char *const paths[] = {INNER, SETUP, CALLED, CI, DEPLOY};
    scene s;
    (void)state;
    open_scene(&s, FILES, COUNT(FILES));
    assert_int_equal(s.workflows->files.count, COUNT(paths));
    for (size_t i = 0; i < COUNT(paths); i++) {
        const ff_workflow_file *file = &s.workflows->files.items[i];
        if (!ff_slice_eq(file->path, ff_slice_of(paths[i])) || file->trouble.len)
            fail_msg("%.*s: '%.*s'", FF_ARG(file->path), FF_ARG(file->trouble));
        assert_int_equal(file->action, i < 2);
        assert_ptr_equal(ff_workflows_file(s.workflows, file->path), file);
    }
    assert_true(s.workflows->whole);
    assert_null(ff_workflows_file(s.workflows, FF_LIT("manage.py")));
    assert_null(ff_workflows_file(s.workflows, (ff_slice){0}));
    close_scene(&s);
}

static void what_uses_names_is_found_if_it_is_of_this_repository(void **state)
{
    static const struct {
        const char *uses;
        bool action;
        const char *path; /* NULL: none */
    } rows[] = {
        {"./" CALLED, false, CALLED},
        {"./" CALLED, true, NULL},
        {CALLED, false, NULL},
        {"o/r/" CALLED "@v1", false, NULL},
        {"./.github/actions/setup", true, SETUP},
        {"./.github/actions/setup//", true, SETUP},
        {"./.github/actions/setup", false, NULL},
        {"./.github/actions/inner", true, INNER},
        {"./.github/actions/../actions/inner", true, NULL},
        {"actions/checkout@v4", true, NULL},
        {"./", true, NULL},
        {"", true, NULL},
    };
    scene s;
    (void)state;
    open_scene(&s, FILES, COUNT(FILES));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const ff_workflow_file *file = ff_workflows_called(s.workflows, ff_slice_of(rows[i].uses), rows[i].action);
        if ((file != NULL) != (rows[i].path != NULL) || (file && !ff_slice_eq(file->path, ff_slice_of(rows[i].path))))
            fail_msg("%s", rows[i].uses);
    }
    close_scene(&s);
}

typedef enum state_of { NEITHER, CONFIRMED, DIFFERENT } state_of;

typedef struct row {
    const char *path, *job, *step, *script;
    const char *file;        /* NULL: not found */
    uint32_t job_line, line; /* where they start; 0: none */
    state_of state;
} row;

static void expect(const ff_workflows *workflows, const row *r, size_t index)
{
    ff_workflow_ask ask = {.path = ff_slice_of(r->path),
                           .job = ff_slice_of(r->job),
                           .step = ff_slice_of(r->step),
                           .script = ff_slice_of(r->script)};
    ff_workflow_site site;
    bool found = ff_workflows_locate(workflows, &ask, &site);
    const char *file = found ? site.file->path.ptr : NULL;
    if (found != (r->file != NULL) || found != (site.file != NULL))
        fail_msg("row %zu: found in %s", index, file ? file : "no file");
    if (!found)
        return;
    uint32_t line = site.step ? site.step->first_line : 0;
    state_of got = site.confirmed ? CONFIRMED : site.differs ? DIFFERENT : NEITHER;
    if (!ff_slice_eq(site.file->path, ff_slice_of(r->file)) || site.job->first_line != r->job_line || line != r->line ||
        got != r->state || (site.confirmed && site.differs))
        fail_msg("row %zu: %s, lines %u and %u, state %d", index, file, site.job->first_line, line, (int)got);
}

static void a_job_and_a_step_have_one_place_or_none(void **state)
{
    static const row rows[] = {
        /* by name */
        {CI, "test (1)", "Run actions/checkout@v4", NULL, CI, 4, 7, NEITHER},
        {CI, "test (1)", "Run actions/checkout@v4", "x", CI, 4, 7, NEITHER},
        {CI, "test", "Run make everything", NULL, CI, 4, 17, NEITHER},
        {CI, "test", "Run make everything", "make everything", CI, 4, 17, CONFIRMED},
        {CI, "test", "Run make everything", "make anything", CI, 4, 17, DIFFERENT},
        {CI, " test \n", " Run make everything ", "make everything\n\n", CI, 4, 17, CONFIRMED},
        {CI, "test", NULL, NULL, CI, 4, 0, NEITHER},
        {CI, "test", "Set up job", NULL, CI, 4, 0, NEITHER},
        {CI, "Lint all of it", "Lint", NULL, CI, 22, 25, NEITHER},
        {CI, "build", "Lint", "make lint", NULL, 0, 0, NEITHER},
        {CI, "deploy", NULL, NULL, NULL, 0, 0, NEITHER},
        {".github/workflows/none.yml", "test", NULL, NULL, NULL, 0, 0, NEITHER},
        /* the script decides */
        {CI, "test (1)", "Twice", NULL, CI, 4, 0, NEITHER},
        {CI, "test (1)", "Twice", "pip install -r requirements.txt", CI, 4, 10, CONFIRMED},
        {CI, "test (1)", "Twice", "pytest -x tests/unit\ncoverage xml", CI, 4, 13, CONFIRMED},
        {CI, "test (1)", "Twice", "rm -rf build", CI, 4, 0, NEITHER},
        {CI, "test (1)", "Same", "make the same", CI, 4, 0, NEITHER},
        {CI, "test", NULL, "make everything", CI, 4, 17, CONFIRMED},
        {CI, "test", "Renamed", "make everything", CI, 4, 17, CONFIRMED},
        {CI, "test", "Twice", "make everything", CI, 4, 17, CONFIRMED},
        {CI, "test", NULL, "make the same", CI, 4, 0, NEITHER},
        /* without a path */
        {NULL, "deploy", "Deploy", "./deploy.sh --to production", DEPLOY, 2, 4, CONFIRMED},
        {NULL, "deploy", "Deploy", NULL, DEPLOY, 2, 4, NEITHER},
        {NULL, "lint", "Lint", "make lint", DEPLOY, 6, 8, CONFIRMED},
        {NULL, "Lint ", "Lint", "make lint", NULL, 0, 0, NEITHER},
        /* without a job */
        {CI, NULL, "Twice", "pytest \ncoverage xml", CI, 4, 13, CONFIRMED},
        {CI, NULL, NULL, "make lint", CI, 22, 25, CONFIRMED},
        {CI, NULL, "Lint", NULL, CI, 22, 25, NEITHER},
        {CI, NULL, "Lint", "make fmt", NULL, 0, 0, NEITHER},
        {CI, NULL, "Twice", NULL, NULL, 0, 0, NEITHER},
        {CI, NULL, "Deploy", "./deploy.sh --to production", NULL, 0, 0, NEITHER},
        {CI, NULL, "Upload", "./upload.sh --all\n", CALLED, 3, 5, CONFIRMED},
        {CI, NULL, NULL, NULL, NULL, 0, 0, NEITHER},
        {NULL, NULL, NULL, "./deploy.sh --to production", DEPLOY, 2, 4, CONFIRMED},
        {NULL, NULL, "Lint", "make lint", NULL, 0, 0, NEITHER},
        /* reusable workflows */
        {CI, "ship / push / pull", "Upload", "./upload.sh --all\n", CALLED, 3, 5, CONFIRMED},
        {CI, "ship / again / again / push / pull", "Upload", NULL, CALLED, 3, 5, NEITHER},
        {CI, "ship / again", NULL, NULL, CALLED, 9, 0, NEITHER},
        {CI, "ship", "Upload", "./upload.sh --all\n", CI, 27, 0, NEITHER},
        {CI, "ship / pull", "Upload", NULL, NULL, 0, 0, NEITHER},
        {CI, "push / pull", "Upload", NULL, NULL, 0, 0, NEITHER},
        {CI, "elsewhere / anything", "Upload", NULL, CI, 30, 0, NEITHER},
        /* composite actions */
        {CI, "test (1)", "Prepare", NULL, CI, 4, 8, NEITHER},
        {CI, "test (1)", "Prepare", "npm ci --omit dev", SETUP, 2, 6, CONFIRMED},
        {CI, "test (1)", "Prepare", "npm run build", INNER, 1, 5, CONFIRMED},
        {CI, "test (1)", "Prepare", "npm run test", CI, 4, 8, NEITHER},
        {CI, NULL, NULL, "npm run build", INNER, 1, 5, CONFIRMED},
        {SETUP, NULL, NULL, "npm run build", INNER, 1, 5, CONFIRMED},
    };
    scene s;
    (void)state;
    open_scene(&s, FILES, COUNT(FILES));
    for (size_t i = 0; i < COUNT(rows); i++)
        expect(s.workflows, &rows[i], i);
    close_scene(&s);
}

static void lines_of_a_script_are_lines_of_the_file(void **state)
{
    static const struct {
        const char *script;
        uint32_t line, expected;
    } rows[] = {
        {"pytest -x tests\ncoverage xml", 0, 0},
        {"pytest -x tests\ncoverage xml", 1, 15},
        {"pytest -x tests\ncoverage xml", 2, 16},
        {"pytest -x tests\ncoverage xml", 3, 0},
        {"make everything", 1, 17},
        {"make everything", 2, 0},
        {"./upload.sh --all", 1, 0},
        {"make everything", UINT32_MAX, 0},
    };
    scene s;
    (void)state;
    open_scene(&s, FILES, COUNT(FILES));
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_workflow_site site;
        assert_true(ff_workflows_locate(s.workflows, &(ff_workflow_ask){.script = ff_slice_of(rows[i].script)}, &site));
        assert_int_equal(ff_workflow_line_of(site.step, rows[i].line), rows[i].expected);
    }
    close_scene(&s);
}

static void the_nearest_place_names_shell_and_folder(void **state)
{
    static const grove_file files[] = {HAS(CI,
                                           "defaults: {run: {shell: sh, working-directory: w}}\n"
                                           "jobs:\n"
                                           "  own:\n"
                                           "    defaults: {run: {shell: bash}}\n"
                                           "    steps: [{run: a}, {run: b, shell: python, working-directory: s}]\n"),
                                       HAS(DEPLOY, "jobs:\n"
                                                   "  windows: {runs-on: windows-latest, steps: [{run: a}]}\n"
                                                   "  plain: {steps: [{run: a}, {run: b, shell: bash}]}\n")};
    static const struct {
        const char *path;
        size_t job, step;
        const char *shell, *folder;
    } rows[] = {
        {CI, 0, 0, "bash", "w"}, {CI, 0, 1, "python", "s"},  {DEPLOY, 0, 0, "pwsh", ""},
        {DEPLOY, 1, 0, "", ""},  {DEPLOY, 1, 1, "bash", ""},
    };
    scene s;
    (void)state;
    open_scene(&s, files, COUNT(files));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const ff_workflow_file *file = ff_workflows_file(s.workflows, ff_slice_of(rows[i].path));
        const ff_workflow_job *job = &file->model.jobs.items[rows[i].job];
        const ff_workflow_site site = {.file = file, .job = job, .step = &job->steps.items[rows[i].step]};
        assert_true(ff_slice_eq(ff_workflow_shell_of(&site), ff_slice_of(rows[i].shell)));
        assert_true(ff_slice_eq(ff_workflow_folder_of(&site), ff_slice_of(rows[i].folder)));
    }
    assert_int_equal(ff_workflow_folder_of(&(ff_workflow_site){.file = NULL}).len, 0);
    close_scene(&s);
}

static void what_cannot_be_read_is_said(void **state)
{
    static const grove_file files[] = {
        HAS(".github/workflows/broken.yml", "jobs:\n  a:\n    steps:\n      - name: First\n      - name: [\n  b: {}\n"),
        HAS(".github/workflows/empty.yml", ""),
        HAS(".github/workflows/gone.yml", NULL),
        HAS(".github/workflows/good.yml", "jobs:\n  a:\n    steps: [{uses: ./x}]\n"),
        HAS("x/action.yml", "runs: {using: node20}\n"),
    };
    static const struct {
        const char *path, *trouble;
        size_t jobs;
    } rows[] = {
        {".github/workflows/broken.yml", "line 7: did not find expected ',' or ']'", 1},
        {".github/workflows/empty.yml", "line 1: the file is empty", 0},
        {".github/workflows/gone.yml", "cannot be read", 0},
        {".github/workflows/good.yml", "", 1},
        {"x/action.yml", "", 0},
    };
    scene s;
    (void)state;
    open_scene(&s, files, COUNT(files));
    assert_false(s.workflows->whole);
    assert_int_equal(s.workflows->files.count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const ff_workflow_file *file = ff_workflows_file(s.workflows, ff_slice_of(rows[i].path));
        if (!ff_slice_starts(file->trouble, ff_slice_of(rows[i].trouble)) || file->model.jobs.count != rows[i].jobs ||
            !rows[i].trouble[0] != !file->trouble.len)
            fail_msg("%s: %zu jobs, '%.*s'", rows[i].path, file->model.jobs.count, FF_ARG(file->trouble));
    }
    expect(s.workflows, &(row){rows[0].path, "a", "First", NULL, rows[0].path, 2, 4, NEITHER}, 0);
    close_scene(&s);
}

static void without_a_tree_there_are_no_workflows(void **state)
{
    ff_arena arena = {0};
    ff_workflows *workflows = NULL;
    (void)state;
    assert_int_equal(ff_workflows_load(&workflows, NULL, &arena), FF_OK);
    assert_int_equal(workflows->files.count, 0);
    assert_false(workflows->whole);
    expect(workflows, &(row){NULL, "a", "b", "c", NULL, 0, 0, NEITHER}, 0);
    expect(workflows, &(row){CI, "a", "b", "c", NULL, 0, 0, NEITHER}, 1);
    ff_arena_release(&arena);
}

/* Files that would need more than is there for all of them: the rest is read, and what is missing is said. */
static void models_of_hostile_files_stay_within_their_bound(void **state)
{
    enum { MANY = 40 };
    static char paths[MANY][64];
    grove_file files[MANY + 1];
    ff_buf text;
    scene s;
    (void)state;
    ff_buf_init(&text, 4 << 20);
    ff_buf_add(&text, FF_LIT("jobs:\n  a:\n    steps:\n      - &s\n        name: x\n        uses: ./x\n"));
    for (size_t i = 0; i < 9000; i++)
        ff_buf_add(&text, FF_LIT("      - *s\n"));
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(paths[i], sizeof paths[i], ".github/workflows/%02zu.yml", i);
        files[i] = (grove_file)HAS(paths[i], text.ptr);
    }
    files[MANY] = (grove_file)HAS("x/action.yml", "runs: {using: composite, steps: [{uses: ./x}]}");
    open_scene(&s, files, COUNT(files));
    assert_false(s.workflows->whole);
    const ff_workflow_file *first = &s.workflows->files.items[0], *last = &s.workflows->files.items[MANY - 1];
    assert_int_equal(s.workflows->files.count, MANY + 1);
    assert_int_equal(first->model.jobs.items[0].steps.count, FF_LIMIT_WORKFLOW_STEPS);
    assert_true(ff_slice_starts(first->trouble, FF_LIT("line 4: more steps")));
    assert_int_equal(last->model.jobs.count, 0);
    assert_true(ff_slice_starts(last->trouble, FF_LIT("the workflow files are larger")));
    assert_true(s.arena.used < FF_LIMIT_WORKFLOWS_BYTES + (1 << 16));
    ff_buf_release(&text);
    close_scene(&s);
}

/* Thousands of steps that share one long script by an alias: too much to compare, so nobody can tell. */
static void locating_ends_when_the_work_is_spent(void **state)
{
    grove_file files[1];
    ff_workflow_site site;
    ff_buf text, script;
    scene s;
    (void)state;
    ff_buf_init(&text, 4 << 20);
    ff_buf_init(&script, 4 << 20);
    for (size_t i = 0; i < 20000; i++)
        ff_buf_add(&script, FF_LIT("make all\n"));
    ff_buf_add(&text, FF_LIT("jobs:\n  a:\n    steps:\n      - run: &s |\n"));
    for (size_t i = 0; i < 20000; i++)
        ff_buf_add(&text, FF_LIT("          make all\n"));
    for (size_t i = 0; i < 8000; i++)
        ff_buf_add(&text, FF_LIT("      - run: *s\n"));
    files[0] = (grove_file)HAS(CI, text.ptr);
    open_scene(&s, files, COUNT(files));
    assert_true(s.workflows->whole);
    assert_int_equal(s.workflows->files.items[0].model.jobs.items[0].steps.count, 8001);
    const ff_workflow_ask ask = {.job = FF_LIT("a"), .step = FF_LIT("x"), .script = ff_buf_slice(&script)};
    assert_false(ff_workflows_locate(s.workflows, &ask, &site));
    assert_null(site.file);
    ff_buf_release(&text);
    ff_buf_release(&script);
    close_scene(&s);
}

/* Jobs that call their own workflow in turn, and a name with as many borders as it can have. */
static void calls_in_circles_end(void **state)
{
    static const grove_file files[] = {
        HAS(CI, "jobs:\n  a: {uses: ./" CI "}\n  b: {name: '${{ x }}', uses: ./" CI "}\n  c: {uses: ./" CI "}\n"
                "  d: {steps: [{run: make everything}]}\n"),
    };
    ff_workflow_site site;
    ff_buf name;
    scene s;
    (void)state;
    open_scene(&s, files, COUNT(files));
    ff_buf_init(&name, FF_LIMIT_NAME_BYTES);
    while (name.len + 5 < FF_LIMIT_NAME_BYTES)
        ff_buf_add(&name, FF_LIT("a / "));
    ff_buf_add(&name, FF_LIT("x"));
    assert_false(ff_workflows_locate(s.workflows, &(ff_workflow_ask){.job = ff_buf_slice(&name)}, &site));
    /* `b` could be called so too; its steps could not */
    ff_workflow_ask ask = {.job = FF_LIT("c / a / d")};
    assert_false(ff_workflows_locate(s.workflows, &ask, &site));
    ask.script = FF_LIT("make everything");
    assert_true(ff_workflows_locate(s.workflows, &ask, &site));
    assert_true(ff_slice_eq(site.job->key, FF_LIT("d")));
    assert_false(ff_workflows_locate(
        s.workflows, &(ff_workflow_ask){.path = FF_LIT(CI), .script = FF_LIT("make everything else")}, &site));
    ff_buf_release(&name);
    close_scene(&s);
}

static void every_smaller_memory_is_reported_as_such(void **state)
{
    ff_status status = FF_NOMEM;
    size_t limit = 1;
    (void)state;
    for (; status != FF_OK; limit += 64) {
        ff_tree *tree = ff_grove(FILES, COUNT(FILES));
        ff_arena arena;
        ff_workflows *workflows = NULL;
        ff_arena_init(&arena, limit);
        status = ff_workflows_load(&workflows, tree, &arena);
        if (status != FF_OK && status != FF_NOMEM)
            fail_msg("%zu bytes: status %d", limit, status);
        assert_true(status != FF_OK || workflows->whole);
        ff_arena_release(&arena);
        ff_tree_close(tree);
    }
    assert_true(limit > 4096);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workflows_and_the_actions_that_they_use_are_loaded),
        cmocka_unit_test(what_uses_names_is_found_if_it_is_of_this_repository),
        cmocka_unit_test(a_job_and_a_step_have_one_place_or_none),
        cmocka_unit_test(lines_of_a_script_are_lines_of_the_file),
        cmocka_unit_test(the_nearest_place_names_shell_and_folder),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(without_a_tree_there_are_no_workflows),
        cmocka_unit_test(models_of_hostile_files_stay_within_their_bound),
        cmocka_unit_test(locating_ends_when_the_work_is_spent),
        cmocka_unit_test(calls_in_circles_end),
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
