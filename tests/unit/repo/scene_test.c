/* Scenes: each script is read once for all questions about its step, and again when the workflow files changed. */
#include "repo/scene.h"
#include "unit/tree/grove.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define CI ".github/workflows/ci.yml"
#define FILE_OF(lines) "on: push\njobs:\n  build:\n    runs-on: x\n    steps:\n" lines

static ff_repo *open_repo(ff_tree *tree)
{
    ff_repo *repo = NULL;
    ff_repo_facts facts = {.workflow_path = FF_LIT(CI), .why_not = "no checkout was given"};
    assert_int_equal(ff_repo_open(&repo, tree, &facts), FF_OK);
    return repo;
}

static void the_scene_of_a_step_is_read_once(void **state)
{
    static const ff_slice printed[] = {FF_TEXT("done")};
    static const ff_probe_scene first = {.job = FF_TEXT("build"), .step = FF_TEXT("Make"), .script = FF_TEXT("make\n")};
    const ff_probe_scene same = first;
    ff_probe_scene others[6];
    (void)state;
    for (size_t i = 0; i < COUNT(others); i++)
        others[i] = first;
    others[0].job = FF_LIT("test");
    others[1].step = FF_LIT("Test");
    others[2].script = FF_LIT("make all\n");
    others[3].passed = true;
    others[4].shell.pipefail = true;
    others[5].printed = printed;
    others[5].printed_count = COUNT(printed);
    ff_repo *repo = open_repo(NULL);
    ff_scene *scene = NULL, *again = NULL;
    assert_int_equal(ff_scene_open(&scene, repo, &first), FF_OK);
    assert_int_equal(ff_scene_open(&again, repo, &same), FF_OK);
    assert_ptr_equal(scene, again);
    assert_true(scene->known);
    for (size_t i = 0; i < COUNT(others); i++) {
        ff_scene *other = NULL;
        assert_int_equal(ff_scene_open(&other, repo, &others[i]), FF_OK);
        if (other == scene)
            fail_msg("row %zu is taken for the first scene", i);
        ff_scene_close(other);
    }
    ff_scene_close(again);
    ff_scene_close(scene);
    assert_int_equal(ff_scene_open(&again, repo, &first), FF_OK);
    assert_ptr_equal(scene, again);
    ff_scene_close(again);
    ff_repo_close(repo);
}

static void without_a_scene_nothing_is_known(void **state)
{
    (void)state;
    ff_repo *repo = open_repo(NULL);
    ff_scene *scene = NULL;
    assert_int_equal(ff_scene_open(&scene, repo, NULL), FF_OK);
    assert_false(scene->known);
    ff_scene_close(scene);
    ff_scene_close(NULL);
    ff_repo_close(repo);
}

/* The fifth line of the file is `steps:`. */
static void a_changed_workflow_is_looked_at_anew(void **state)
{
    static const grove_file files[] = {{.path = CI, .text = FILE_OF("      - name: Make\n        run: make\n")}};
    static const char changed[] = FILE_OF("      - run: ls\n      - name: Make\n        run: make\n");
    static const ff_probe_scene from = {.job = FF_TEXT("build"), .step = FF_TEXT("Make"), .script = FF_TEXT("make\n")};
    (void)state;
    ff_tree *tree = ff_grove(files, COUNT(files));
    tree->match = FF_TREE_UNVERIFIED;
    ff_repo *repo = open_repo(tree);
    ff_scene *scene = NULL;
    assert_int_equal(ff_scene_open(&scene, repo, &from), FF_OK);
    assert_true(ff_slice_eq(ff_scene_where(scene, 1), FF_LIT(CI ":7")));
    ff_scene_close(scene);
    assert_int_equal(ff_repo_put(repo, FF_LIT(CI), ff_slice_of(changed)), FF_OK);
    assert_null(repo->scenes);
    assert_int_equal(ff_scene_open(&scene, repo, &from), FF_OK);
    assert_true(ff_slice_eq(ff_scene_where(scene, 1), FF_LIT(CI ":8")));
    ff_scene_close(scene);
    ff_repo_close(repo);
    ff_tree_close(tree);
}

/* What is kept stays within its bound, and what is not kept answers all the same. */
static void more_scenes_than_are_kept_are_read_each_time(void **state)
{
    enum { SCENES = 300 };
    char names[SCENES][8];
    size_t kept = 0;
    (void)state;
    ff_repo *repo = open_repo(NULL);
    for (size_t i = 0; i < SCENES; i++) {
        ff_scene *scene = NULL;
        (void)snprintf(names[i], sizeof names[i], "%zu", i);
        ff_probe_scene from = {.step = ff_slice_of(names[i]), .script = FF_LIT("make\n")};
        assert_int_equal(ff_scene_open(&scene, repo, &from), FF_OK);
        assert_non_null(ff_scene_next(scene, FF_LIT("make"), NULL));
        assert_true(repo->scenes_bytes <= FF_LIMIT_SCENES_BYTES);
        kept += scene->kept;
        ff_scene_close(scene);
    }
    assert_true(kept > 50 && kept < SCENES);
    ff_repo_close(repo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scene_of_a_step_is_read_once),
        cmocka_unit_test(without_a_scene_nothing_is_known),
        cmocka_unit_test(a_changed_workflow_is_looked_at_anew),
        cmocka_unit_test(more_scenes_than_are_kept_are_read_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
