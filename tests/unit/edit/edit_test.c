/* Edits of a repository's files: where they are made, what the diffs say, and what is left alone. */
#include "edit/edit.h"

#include "base/buf.h"
#include "base/limits.h"
#include "tree/diff.h"
#include "unit/tree/grove.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* A repository over a table, and the edits that a wish makes in it. */
typedef struct scene {
    ff_tree *tree;
    ff_repo *repo;
    ff_arena arena;
    ff_edits edits;
} scene;

static void open_scene(scene *s, const grove_file *files, size_t count)
{
    *s = (scene){.tree = ff_grove(files, count)};
    ff_arena_init(&s->arena, 0);
    assert_int_equal(ff_repo_open(&s->repo, s->tree, &(ff_repo_facts){.workflow_path = {0}}), FF_OK);
}

static void close_scene(scene *s)
{
    ff_repo_close(s->repo);
    ff_tree_close(s->tree);
    ff_arena_release(&s->arena);
}

/* The step at an index of the first job of a file. */
static ff_workflow_site site_of(const scene *s, const char *path, size_t step)
{
    const ff_workflow_file *file = ff_workflows_file(s->repo->workflows, ff_slice_of(path));
    assert_non_null(file);
    assert_true(file->model.jobs.count && step < file->model.jobs.items[0].steps.count);
    return (ff_workflow_site){
        .file = file, .job = &file->model.jobs.items[0], .step = &file->model.jobs.items[0].steps.items[step]};
}

/* What became of a file; NULL: it was not changed. */
static const ff_edit *edit_of(const scene *s, const char *path)
{
    for (size_t i = 0; i < s->edits.count; i++)
        if (ff_slice_eq(s->edits.items[i].path, ff_slice_of(path)))
            return &s->edits.items[i];
    return NULL;
}

static void expect_after(scene *s, const char *path, const char *expected)
{
    const ff_edit *edit = edit_of(s, path);
    ff_slice before = {0}, after = {0};
    if (!edit)
        fail_msg("%s was not changed: %.*s", path, FF_ARG(s->edits.refused));
    assert_int_equal(ff_tree_read(s->tree, ff_slice_of(path), &before, NULL), FF_OK);
    assert_int_equal(ff_diff_apply(before, edit->diff, &s->arena, &after), FF_OK);
    if (!ff_slice_eq(after, ff_slice_of(expected)))
        fail_msg("%s became '%.*s', not '%s'", path, FF_ARG(after), expected);
}

static void expect_refused(const scene *s, const char *words)
{
    if (ff_slice_find(s->edits.refused, ff_slice_of(words)) == SIZE_MAX || (!*words && s->edits.refused.len))
        fail_msg("refused is '%.*s', not '%s'", FF_ARG(s->edits.refused), words);
}

/* ---- forms of `run:` ---- */

#define HEAD "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
#define CI ".github/workflows/ci.yml"

typedef struct form {
    const char *before, *after; /* `after` NULL: left alone */
    const char *refused;        /* words of it; NULL: nothing was */
} form;

static void expect_forms(const ff_edit_wish *wish, const form *forms, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const grove_file files[] = {{.path = CI, .text = forms[i].before}};
        scene s;
        open_scene(&s, files, 1);
        assert_int_equal(ff_edit_make(s.repo, wish, &s.edits, &s.arena), FF_OK);
        if (forms[i].after)
            expect_after(&s, CI, forms[i].after);
        else if (s.edits.count)
            fail_msg("'%s' was changed: %.*s", forms[i].before, FF_ARG(s.edits.items[0].diff));
        expect_refused(&s, forms[i].refused ? forms[i].refused : "");
        close_scene(&s);
    }
}

static void test_each_form_of_a_script_keeps_what_is_around_it(void **state)
{
    (void)state;
    static const form FORMS[] = {
        {HEAD "      - run: |\n          a\n          x || y\n          b\n      - run: z\n",
         HEAD "      - run: |\n          a\n          y\n          b\n      - run: z\n", NULL},
        {HEAD "      - run: |+\n\n          x || y # w\n\n\n      - run: z\n",
         HEAD "      - run: |+\n\n          y # w\n\n\n      - run: z\n", NULL},
        {HEAD "      - name: n\n        run: x || y   # why: this\n        env: {A: b}\n",
         HEAD "      - name: n\n        run: y   # why: this\n        env: {A: b}\n", NULL},
        {HEAD "      - run: x || y\n", HEAD "      - run: y\n", NULL},
        {HEAD "      - run: 'x || y'\n", HEAD "      - run: 'y'\n", NULL},
        {HEAD "      - run: \"x || y\" # w\n", HEAD "      - run: \"y\" # w\n", NULL},
        {HEAD "      - run: |\n          a\n          x || y", HEAD "      - run: |\n          a\n          y", NULL},
        {HEAD "      - run: |\n          a\n          x", HEAD "      - run: |\n          a", NULL},
        {"on: push\r\njobs:\r\n  a:\r\n    steps:\r\n      - run: |\r\n          a\r\n          x || y\r\n",
         "on: push\r\njobs:\r\n  a:\r\n    steps:\r\n      - run: |\r\n          a\r\n          y\r\n", NULL},
        {HEAD "      - run: |2\n            a\n          \tx || y\n",
         HEAD "      - run: |2\n            a\n          \ty\n", NULL},
        {"\xEF\xBB\xBF" HEAD "      - run: |\n          a\n          x || y\n",
         "\xEF\xBB\xBF" HEAD "      - run: |\n          a\n          y\n", NULL},
    };
    expect_forms(&(ff_edit_wish){.kind = FF_EDIT_DROP, .text = FF_LIT("x")}, FORMS, COUNT(FORMS));
}

static void test_what_cannot_be_proved_is_left_alone(void **state)
{
    (void)state;
    static const form FORMS[] = {
        {HEAD "      - run: >\n          x ||\n          y\n", NULL, CI ":6 was left alone: the lines of its script"},
        {HEAD "      - run: x ||\n          y\n", NULL, "the lines of its script"},
        {HEAD "      - run: \"x || y \\\"a\\\"\"\n", NULL, "the lines of its script"},
        {HEAD "      - run: x || echo \"a\"\n", NULL, "nothing would be left"},
        {HEAD "      - run: |\n          x\n", NULL, "nothing would be left"},
        /* What stands behind `||` would be no plain scalar any more. */
        {HEAD "      - run: x || 'y' z\n", NULL, "would not mean the same"},
        {HEAD "      - run: x || [ y ]\n", NULL, "would not mean the same"},
        /* An alias: two steps have the same lines. */
        {HEAD "      - run: &s |\n          a\n          x || y\n      - run: *s\n", NULL, "the lines of its script"},
        /* No shell. */
        {HEAD "      - shell: python\n        run: |\n          x\n          y\n", NULL, NULL},
        {"on: push\njobs:\n  a:\n    runs-on: windows-latest\n    steps:\n      - run: |\n          x || y\n          "
         "b\n",
         NULL, NULL},
    };
    expect_forms(&(ff_edit_wish){.kind = FF_EDIT_DROP, .text = FF_LIT("x")}, FORMS, COUNT(FORMS));
}

static void test_in_lines_that_match_the_match_is_replaced(void **state)
{
    (void)state;
    static const form FORMS[] = {
        {HEAD "      - run: |\n          curl -s a 2>/dev/null\n          b\n",
         HEAD "      - run: |\n          curl -s a\n          b\n", NULL},
        {HEAD "      - run: |\n          curl 2>/dev/null -s a\n          # 2>/dev/null is a comment too\n",
         HEAD "      - run: |\n          curl -s a\n          # is a comment too\n", NULL},
        {HEAD "      - name: 2>/dev/null\n        run: b\n", NULL, NULL},
        {HEAD "      - run: |\n          2>/dev/null\n", NULL, "nothing would be left"},
        {HEAD "      - run: |\n          a \\\n            2>/dev/null\n          b\n", NULL,
         "the line above it goes on"},
        {HEAD "      - run: |\n          a\n          2>/dev/null\n          b\n",
         HEAD "      - run: |\n          a\n          b\n", NULL},
        {HEAD "      - shell: pwsh\n        run: |\n          a 2>/dev/null\n",
         HEAD "      - shell: pwsh\n        run: |\n          a\n", NULL},
    };
    static const form DOLLARS[] = {
        {HEAD "      - run: |\n          curl \"$U/$P\" || z\n",
         HEAD "      - run: |\n          curl -sS \"${U}$1\" || z\n", NULL},
    };
    expect_forms(&(ff_edit_wish){.kind = FF_EDIT_LINE, .pattern = FF_LIT("2>/dev/(?:null|zero)")}, FORMS, COUNT(FORMS));
    expect_forms(
        &(ff_edit_wish){.kind = FF_EDIT_LINE, .pattern = FF_LIT("\"\\$U[^\"]*\""), .text = FF_LIT("-sS \"${U}$1\"")},
        DOLLARS, COUNT(DOLLARS));
}

static void test_a_pattern_that_is_none_is_told(void **state)
{
    (void)state;
    static const char *const PATTERNS[] = {"(", "a)(b", "(*NO_JIT)a"};
    static const grove_file FILES[] = {{.path = CI, .text = HEAD "      - run: a\n"}};
    for (size_t i = 0; i < COUNT(PATTERNS); i++) {
        scene s;
        open_scene(&s, FILES, COUNT(FILES));
        ff_edit_wish wish = {.kind = FF_EDIT_LINE, .pattern = ff_slice_of(PATTERNS[i]), .text = FF_LIT("b")};
        assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_INVALID);
        assert_int_equal(s.edits.count, 0);
        close_scene(&s);
    }
}

/* ---- places ---- */

static const grove_file PLACES[] = {
    {.path = "deploy/b.sh", .text = "#!/bin/sh\nset -e\nx --all\ndone_it\n"},
    {.path = "deploy/x.txt", .text = "x --all\n"},
    {.path = ".github/actions/a/action.yml",
     .text = "runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: |\n        x || z\n        c\n"},
    {.path = ".github/workflows/a.yml",
     .text = HEAD "      - uses: ./.github/actions/a\n"
                  "      - name: Check\n"
                  "        run: |\n"
                  "          x || z\n"
                  "          exit 1\n"},
    {.path = ".github/workflows/b.yml",
     .text = HEAD "      - name: Check\n"
                  "        run: |\n"
                  "          x || y\n"
                  "          if a; then\n"
                  "            exit 1\n"
                  "          fi\n"
                  "          exit 1\n"
                  "      - name: Other\n"
                  "        run: |\n"
                  "          x || y\n"
                  "          exit 1\n"},
};

static void test_the_site_alone_is_changed_unless_everywhere_is_wished(void **state)
{
    (void)state;
    scene s;
    open_scene(&s, PLACES, COUNT(PLACES));
    ff_edit_wish wish = {.kind = FF_EDIT_DROP, .text = FF_LIT("x")};
    wish.site = site_of(&s, ".github/workflows/b.yml", 0);
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    assert_int_equal(s.edits.count, 1);
    assert_true(s.edits.items[0].at_site);
    assert_int_equal(s.edits.items[0].start_line, 8);
    assert_int_equal(s.edits.items[0].end_line, 8);
    assert_true(ff_slice_starts(s.edits.items[0].diff, FF_LIT("diff --git a/.github/workflows/b.yml ")));

    wish.everywhere = true;
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    static const char *const ORDER[] = {".github/workflows/b.yml", ".github/actions/a/action.yml",
                                        ".github/workflows/a.yml", "deploy/b.sh"};
    assert_int_equal(s.edits.count, COUNT(ORDER));
    for (size_t i = 0; i < COUNT(ORDER); i++)
        assert_true(ff_slice_eq(s.edits.items[i].path, ff_slice_of(ORDER[i])) && s.edits.items[i].at_site == (i == 0));
    assert_int_equal(s.edits.items[0].start_line, 8);
    assert_int_equal(s.edits.items[0].end_line, 15);
    expect_after(&s, "deploy/b.sh", "#!/bin/sh\nset -e\ndone_it\n");
    expect_refused(&s, "");
    close_scene(&s);
}

static void test_a_replaced_line_is_replaced_wherever_it_is_the_same(void **state)
{
    (void)state;
    scene s;
    open_scene(&s, PLACES, COUNT(PLACES));
    ff_edit_wish wish = {.kind = FF_EDIT_LINE, .pattern = FF_LIT("^x"), .text = FF_LIT("w"), .everywhere = true};
    wish.site = site_of(&s, ".github/workflows/a.yml", 1);
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    assert_int_equal(s.edits.count, 2); /* `x || y` is another line than `x || z` */
    expect_after(&s, ".github/workflows/a.yml",
                 HEAD "      - uses: ./.github/actions/a\n"
                      "      - name: Check\n"
                      "        run: |\n"
                      "          w || z\n"
                      "          exit 1\n");
    assert_non_null(edit_of(&s, ".github/actions/a/action.yml"));
    close_scene(&s);
}

static void test_a_line_is_put_above_in_the_step_and_its_twins(void **state)
{
    (void)state;
    scene s;
    open_scene(&s, PLACES, COUNT(PLACES));
    ff_edit_wish wish = {.kind = FF_EDIT_BEFORE, .pattern = FF_LIT("^\\s*exit 1\\b"), .text = FF_LIT("logs || true")};
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    assert_int_equal(s.edits.count, 0); /* without a step nobody knows where it is meant */
    wish.site = site_of(&s, ".github/workflows/b.yml", 0);
    wish.everywhere = true;
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    expect_refused(&s, "");
    assert_int_equal(s.edits.count, 2);
    expect_after(&s, ".github/workflows/b.yml",
                 HEAD "      - name: Check\n"
                      "        run: |\n"
                      "          x || y\n"
                      "          if a; then\n"
                      "            logs || true\n"
                      "            exit 1\n"
                      "          fi\n"
                      "          logs || true\n"
                      "          exit 1\n"
                      "      - name: Other\n"
                      "        run: |\n"
                      "          x || y\n"
                      "          exit 1\n");
    assert_non_null(edit_of(&s, ".github/workflows/a.yml"));
    close_scene(&s);
}

static void test_a_pair_is_made_in_one_shell_or_not_at_all(void **state)
{
    (void)state;
    static const form FORMS[] = {
        {HEAD "      - run: |\n          c=$(curl -o /dev/null u) || true\n          exit 1\n",
         HEAD "      - run: |\n          c=$(curl -o f u) || true\n          cat f\n          exit 1\n", NULL},
        {HEAD "      - run: |\n          curl -o /dev/null u\n          exit 2\n", NULL, NULL},
        {HEAD "      - run: |\n          curl -o f u\n          exit 1\n", NULL, NULL},
        {HEAD "      - run: |\n          ssh h bash -s <<'EOF'\n          curl -o /dev/null u\n          EOF\n"
              "          exit 1\n",
         NULL, NULL}, /* the file would be on the other machine */
        {HEAD "      - run: |\n          test -n x ||\n            exit 1\n          curl -o /dev/null u\n"
              "          ssh h bash -s <<'EOF'\n          exit 1\n          EOF\n          exit 1\n",
         HEAD "      - run: |\n          test -n x ||\n            exit 1\n          curl -o f u\n"
              "          ssh h bash -s <<'EOF'\n          exit 1\n          EOF\n          cat f\n          exit 1\n",
         "goes on from the one above"},
    };
    for (size_t i = 0; i < COUNT(FORMS); i++) {
        const grove_file files[] = {{.path = CI, .text = FORMS[i].before}};
        scene s;
        open_scene(&s, files, 1);
        ff_edit_wish wish = {.kind = FF_EDIT_LINE,
                             .pattern = FF_LIT("(?<=-o )/dev/null"),
                             .text = FF_LIT("f"),
                             .before = FF_LIT("^\\s*exit 1\\b"),
                             .insert = FF_LIT("cat f")};
        wish.site = site_of(&s, CI, 0);
        assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
        if (FORMS[i].after)
            expect_after(&s, CI, FORMS[i].after);
        else if (s.edits.count)
            fail_msg("'%s' was changed: %.*s", FORMS[i].before, FF_ARG(s.edits.items[0].diff));
        expect_refused(&s, FORMS[i].refused ? FORMS[i].refused : "");
        close_scene(&s);
    }
}

static void test_a_line_is_put_only_where_a_command_may_stand(void **state)
{
    (void)state;
    static const form FORMS[] = {
        {HEAD "      - run: |\n          a ||\n            exit 1\n", NULL, "goes on from the one above"},
        {HEAD "      - run: |\n          a \\\n            exit 1\n", NULL, "goes on from the one above"},
        {HEAD "      - run: |\n          echo 'a\n          exit 1\n          b'\n", NULL,
         "cannot be read with certainty"},
        {HEAD "      - run: exit 1\n", NULL, "no line of its own"},
        {HEAD "      - run: |\n          a || {\n            exit 1\n          }\n",
         HEAD "      - run: |\n          a || {\n            logs\n            exit 1\n          }\n", NULL},
        {HEAD "      - run: |\n          logs\n          exit 1\n", NULL, NULL}, /* it stands there */
        {HEAD "      - run: |\n          exit 1\n          b\n          exit 1\n",
         HEAD "      - run: |\n          logs\n          exit 1\n          b\n          exit 1\n", NULL},
        {HEAD "      - run: |\n          exit 1\n          cd b\n          exit 1\n",
         HEAD "      - run: |\n          logs\n          exit 1\n          cd b\n          logs\n          exit 1\n",
         NULL},
        {HEAD
         "      - run: |\n          exit 1\n          if a; then\n            exit 1\n          fi\n          exit 1\n",
         HEAD
         "      - run: |\n          logs\n          exit 1\n          if a; then\n            exit 1\n          fi\n"
         "          exit 1\n",
         NULL},
        {HEAD "      - run: |\n          if a; then b; fi\n          while c; do\n            exit 1\n          done\n"
              "          exit 1\n",
         HEAD
         "      - run: |\n          if a; then b; fi\n          while c; do\n            logs\n            exit 1\n"
         "          done\n          logs\n          exit 1\n",
         NULL},
        {HEAD
         "      - run: |\n          if a; then\n          exit 1\n          else\n          exit 1\n          fi\n",
         HEAD "      - run: |\n          if a; then\n          logs\n          exit 1\n          else\n          logs\n"
              "          exit 1\n          fi\n",
         NULL},
        {HEAD "      - run: |\n          ssh h bash -s <<'EOF'\n          exit 1\n          EOF\n          exit 1\n",
         HEAD "      - run: |\n          ssh h bash -s <<'EOF'\n          logs\n          exit 1\n          EOF\n"
              "          logs\n          exit 1\n",
         NULL},
        {HEAD "      - run: |\n          ssh h bash -s <<'EOF'\n            a\n            exit 1\n          EOF\n",
         HEAD "      - run: |\n          ssh h bash -s <<'EOF'\n            a\n            logs\n            exit 1\n"
              "          EOF\n",
         NULL},
    };
    for (size_t i = 0; i < COUNT(FORMS); i++) {
        const grove_file files[] = {{.path = CI, .text = FORMS[i].before}};
        scene s;
        open_scene(&s, files, 1);
        ff_edit_wish wish = {.kind = FF_EDIT_BEFORE, .pattern = FF_LIT("^\\s*exit 1\\b"), .text = FF_LIT("logs")};
        wish.site = site_of(&s, CI, 0);
        assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
        if (FORMS[i].after)
            expect_after(&s, CI, FORMS[i].after);
        else if (s.edits.count)
            fail_msg("'%s' was changed: %.*s", FORMS[i].before, FF_ARG(s.edits.items[0].diff));
        expect_refused(&s, FORMS[i].refused ? FORMS[i].refused : "");
        close_scene(&s);
    }
}

static void test_one_refusal_is_told_and_the_others_are_counted(void **state)
{
    (void)state;
    static const grove_file FILES[] = {
        {.path = ".github/workflows/a.yml",
         .text = HEAD "      - run: |\n          x && y\n          x | y\n      - run: x\n"},
        {.path = ".github/workflows/b.yml", .text = HEAD "      - run: |\n          x || y\n          b\n"},
    };
    scene s;
    open_scene(&s, FILES, COUNT(FILES));
    ff_edit_wish wish = {.kind = FF_EDIT_DROP, .text = FF_LIT("x"), .everywhere = true};
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    assert_int_equal(s.edits.count, 1);
    assert_true(ff_slice_eq(s.edits.refused,
                            FF_LIT(".github/workflows/a.yml:7 was left alone: what stands behind “&&” depends on the "
                                   "command; so were 2 further places")));
    close_scene(&s);
}

static void test_no_more_files_are_changed_than_the_bound_allows(void **state)
{
    (void)state;
    enum { FILES = FF_LIMIT_EDIT_FILES + 3 };
    static char paths[FILES][64];
    grove_file files[FILES];
    for (size_t i = 0; i < FILES; i++) {
        (void)snprintf(paths[i], sizeof paths[i], ".github/workflows/%02zu.yml", i);
        files[i] = (grove_file){.path = paths[i], .text = HEAD "      - run: x || y\n"};
    }
    scene s;
    open_scene(&s, files, FILES);
    ff_edit_wish wish = {.kind = FF_EDIT_DROP, .text = FF_LIT("x"), .everywhere = true};
    wish.site = site_of(&s, paths[FILES - 1], 0);
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    assert_int_equal(s.edits.count, FF_LIMIT_EDIT_FILES);
    assert_true(s.edits.items[0].at_site);
    expect_refused(&s, "more files need the edit than one fix may change");
    close_scene(&s);
}

/* A file of the source tree, NUL-terminated. */
static char *read_source(const char *path)
{
    char full[1024];
    (void)snprintf(full, sizeof full, "%s/%s", FF_SOURCE_DIR, path);
    FILE *file = fopen(full, "rb");
    char *text = calloc(1, FF_LIMIT_TREE_FILE_BYTES);
    assert_non_null(text);
    if (!file)
        fail_msg("cannot open %s", full);
    assert_true(fread(text, 1, FF_LIMIT_TREE_FILE_BYTES - 1, file) > 0);
    (void)fclose(file);
    return text;
}

/* tests/golden/edits_test.py hands the same file to git. */
static void test_the_guards_and_fallbacks_of_the_corpus_collapse(void **state)
{
    (void)state;
    static const char PROD[] = ".github/workflows/13-prod-deployment.yml";
    static const char UAT[] = ".github/workflows/12-uat-deployment.yml";
    char *prod = read_source("corpus/repositories/meats/.github/workflows/13-prod-deployment.yml");
    char *uat = read_source("corpus/repositories/meats/.github/workflows/12-uat-deployment.yml");
    char *expected = read_source("tests/golden/edits/meats-without-migrate_schemas/expected.diff");
    const grove_file files[] = {{.path = UAT, .text = uat}, {.path = PROD, .text = prod}};
    scene s;
    ff_buf all;
    ff_workflow_site site;
    const ff_workflow_ask ask = {
        .path = ff_slice_of(PROD), .job = FF_LIT("deploy-backend"), .step = FF_LIT("Deploy backend container")};
    open_scene(&s, files, COUNT(files));
    assert_true(ff_workflows_locate(s.repo->workflows, &ask, &site));
    ff_edit_wish wish = {
        .kind = FF_EDIT_DROP, .text = FF_LIT("manage.py migrate_schemas"), .site = site, .everywhere = true};
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    ff_buf_init(&all, FF_LIMIT_TREE_FILE_BYTES);
    for (size_t i = 0; i < s.edits.count; i++)
        ff_buf_add(&all, s.edits.items[i].diff);
    if (!ff_slice_eq(ff_buf_slice(&all), ff_slice_of(expected)))
        fail_msg("the diff is\n%.*s", FF_ARG(ff_buf_slice(&all)));
    ff_buf_release(&all);
    close_scene(&s);
    free(prod);
    free(uat);
    free(expected);
}

static void test_a_file_of_many_steps_is_changed_in_one_pass(void **state)
{
    (void)state;
    enum { STEPS = 8000 };
    ff_buf text;
    ff_slice after = {0};
    size_t changed = 0;
    ff_buf_init(&text, FF_LIMIT_TREE_FILE_BYTES);
    ff_buf_add(&text, FF_LIT(HEAD));
    for (size_t i = 0; i < STEPS; i++)
        ff_buf_add(&text,
                   i % 2 ? FF_LIT("      - run: x || y\n") : FF_LIT("      - run: |\n          x\n          b\n"));
    const grove_file files[] = {{.path = CI, .text = text.ptr}};
    scene s;
    open_scene(&s, files, COUNT(files));
    ff_edit_wish wish = {.kind = FF_EDIT_DROP, .text = FF_LIT("x")};
    assert_int_equal(ff_edit_make(s.repo, &wish, &s.edits, &s.arena), FF_OK);
    assert_int_equal(s.edits.count, 1);
    assert_int_equal(ff_diff_apply(ff_buf_slice(&text), s.edits.items[0].diff, &s.arena, &after), FF_OK);
    assert_int_equal(ff_slice_find(after, FF_LIT("x ||")), SIZE_MAX);
    for (size_t at; (at = ff_slice_find(after, FF_LIT("run: y\n"))) != SIZE_MAX; changed++)
        after = ff_slice_from(after, at + 1);
    assert_int_equal(changed, STEPS / 2);
    close_scene(&s);
    ff_buf_release(&text);
}

static void test_without_a_tree_nothing_is_changed(void **state)
{
    (void)state;
    ff_repo *repo = NULL;
    ff_arena arena;
    ff_edits edits;
    ff_arena_init(&arena, 0);
    assert_int_equal(ff_repo_open(&repo, NULL, &(ff_repo_facts){.why_not = "none"}), FF_OK);
    ff_edit_wish wish = {.kind = FF_EDIT_DROP, .text = FF_LIT("x"), .everywhere = true};
    assert_int_equal(ff_edit_make(repo, &wish, &edits, &arena), FF_OK);
    assert_int_equal(edits.count, 0);
    assert_int_equal(edits.refused.len, 0);
    ff_repo_close(repo);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_form_of_a_script_keeps_what_is_around_it),
        cmocka_unit_test(test_what_cannot_be_proved_is_left_alone),
        cmocka_unit_test(test_in_lines_that_match_the_match_is_replaced),
        cmocka_unit_test(test_a_pattern_that_is_none_is_told),
        cmocka_unit_test(test_the_site_alone_is_changed_unless_everywhere_is_wished),
        cmocka_unit_test(test_a_replaced_line_is_replaced_wherever_it_is_the_same),
        cmocka_unit_test(test_a_line_is_put_above_in_the_step_and_its_twins),
        cmocka_unit_test(test_a_pair_is_made_in_one_shell_or_not_at_all),
        cmocka_unit_test(test_a_line_is_put_only_where_a_command_may_stand),
        cmocka_unit_test(test_one_refusal_is_told_and_the_others_are_counted),
        cmocka_unit_test(test_no_more_files_are_changed_than_the_bound_allows),
        cmocka_unit_test(test_the_guards_and_fallbacks_of_the_corpus_collapse),
        cmocka_unit_test(test_a_file_of_many_steps_is_changed_in_one_pass),
        cmocka_unit_test(test_without_a_tree_nothing_is_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
