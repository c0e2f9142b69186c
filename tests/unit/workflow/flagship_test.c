/* The repository of the flagship run: each script that its log echoes is found in the workflow, line by line. */
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

#define PROD ".github/workflows/13-prod-deployment.yml"
#define UAT ".github/workflows/12-uat-deployment.yml"
#define LOGIN ".github/actions/docker-login/action.yml"

static void read_file(ff_buf *buf, const char *folder, const char *name)
{
    char path[512], piece[4096];
    (void)snprintf(path, sizeof path, FF_SOURCE_DIR "/corpus/%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s: cannot be opened", path);
    ff_buf_init(buf, 1 << 20);
    for (size_t got; file && (got = fread(piece, 1, sizeof piece, file)) > 0;)
        ff_buf_add(buf, (ff_slice){piece, got});
    assert_int_equal(ff_buf_status(buf), FF_OK);
    if (file)
        (void)fclose(file);
}

typedef struct scene {
    ff_buf texts[3];
    ff_tree *tree;
    ff_arena arena;
    ff_workflows *workflows;
} scene;

static void open_scene(scene *s)
{
    static const char *const paths[] = {PROD, UAT, LOGIN};
    grove_file files[COUNT(paths)];
    for (size_t i = 0; i < COUNT(paths); i++) {
        read_file(&s->texts[i], "repositories/meats", paths[i]);
        files[i] = (grove_file){.path = paths[i], .text = s->texts[i].ptr};
    }
    s->tree = ff_grove(files, COUNT(files));
    ff_arena_init(&s->arena, FF_LIMIT_REPO_BYTES);
    assert_int_equal(ff_workflows_load(&s->workflows, s->tree, &s->arena), FF_OK);
    assert_true(s->workflows->whole);
}

static void close_scene(scene *s)
{
    for (size_t i = 0; i < COUNT(s->texts); i++)
        ff_buf_release(&s->texts[i]);
    ff_arena_release(&s->arena);
    ff_tree_close(s->tree);
}

/* The line of a text, without blanks at its end. */
static ff_slice line_of(ff_slice text, uint32_t number)
{
    ff_slice line = {0};
    for (uint32_t i = 0; i < number; i++)
        assert_true(ff_slice_take_until(&text, '\n', &line));
    return ff_slice_trim_end(line);
}

/* One step's echo: its place is known with and without its names, and each of its lines is a line of the file. */
static void check_echo(const scene *s, ff_slice job, ff_slice step, ff_slice script)
{
    const ff_workflow_ask ask = {.path = FF_LIT(PROD), .job = job, .step = step, .script = script};
    ff_workflow_site site;
    if (!ff_workflows_locate(s->workflows, &ask, &site) || !site.step || !site.confirmed)
        fail_msg("%.*s, %.*s: not found", FF_ARG(job), FF_ARG(step));
    if (!site.file->action && !ff_slice_eq(site.step->name.text, step) && !ff_slice_starts(step, FF_LIT("Run ")))
        fail_msg("%.*s: found as %.*s", FF_ARG(step), FF_ARG(site.step->name.text));
    uint32_t number = 0;
    for (ff_slice line, rest = script; ff_slice_take_until(&rest, '\n', &line);) {
        ff_slice got = line_of(site.file->text, ff_workflow_line_of(site.step, ++number));
        if (ff_slice_find(got, FF_LIT("${{")) == SIZE_MAX && !ff_slice_ends(got, ff_slice_trim_end(line)))
            fail_msg("%.*s, line %u: '%.*s'", FF_ARG(step), number, FF_ARG(got));
    }
}

/* `$ ` starts a line of a script, `## 7 Name` a step, and `job: ` stands at the top. */
static size_t check_log(const scene *s, const char *name)
{
    ff_buf log, script;
    ff_slice line, job = {0}, step = {0};
    size_t checked = 0;
    read_file(&log, "flagship/src", name);
    ff_buf_init(&script, 1 << 20);
    for (ff_slice rest = ff_buf_slice(&log); ff_slice_take_until(&rest, '\n', &line);) {
        uint64_t number;
        bool echoed = ff_slice_take_prefix(&line, FF_LIT("$ ")) || ff_slice_eq(line, FF_LIT("$"));
        if (echoed) {
            ff_buf_add(&script, ff_slice_eq(line, FF_LIT("$")) ? (ff_slice){0} : line);
            ff_buf_add_byte(&script, '\n');
        } else if (script.len) {
            check_echo(s, job, step, ff_buf_slice(&script));
            checked++;
            ff_buf_reset(&script);
        }
        if (ff_slice_take_prefix(&line, FF_LIT("job: ")))
            job = line;
        else if (ff_slice_take_prefix(&line, FF_LIT("## ")) && ff_slice_take_uint(&line, &number))
            step = ff_slice_trim(line);
    }
    ff_buf_release(&script);
    ff_buf_release(&log);
    return checked;
}

static void every_echoed_script_stands_in_the_workflow(void **state)
{
    static const char *const logs[] = {"00-pre-checks.txt",
                                       "01-build.txt",
                                       "03-test-frontend.txt",
                                       "04-test-backend.txt",
                                       "06-deploy-frontend.txt",
                                       "07-deploy-backend.txt",
                                       "08-post-deployment-validation.txt",
                                       "run.txt"};
    scene s;
    size_t checked = 0;
    (void)state;
    open_scene(&s);
    for (size_t i = 0; i < COUNT(logs); i++)
        checked += check_log(&s, logs[i]);
    if (checked < 18)
        fail_msg("%zu scripts", checked);
    close_scene(&s);
}

static void the_failing_step_stands_where_the_reader_finds_it(void **state)
{
    scene s;
    ff_workflow_site site;
    ff_workflow_ask ask = {
        .path = FF_LIT(PROD), .job = FF_LIT("deploy-backend"), .step = FF_LIT("Post-deployment health check")};
    (void)state;
    open_scene(&s);
    assert_true(ff_workflows_locate(s.workflows, &ask, &site));
    assert_false(site.confirmed || site.differs);
    assert_int_equal(site.step->first_line, 596);
    assert_int_equal(site.step->last_line, 631);
    assert_int_equal(site.step->run_first_line, 604);
    assert_int_equal(site.step->run_last_line, 631);
    assert_int_equal(site.step->limit.minutes, 5);
    assert_int_equal(site.step->env.count, 3);
    assert_true(ff_slice_starts(ff_slice_trim(line_of(site.file->text, ff_workflow_line_of(site.step, 13))),
                                FF_LIT("HTTP_CODE=$(curl")));
    ask.script = FF_LIT("curl -i http://localhost:8000/");
    assert_true(ff_workflows_locate(s.workflows, &ask, &site));
    assert_true(site.differs);
    close_scene(&s);
}

/* Both deployments have the same steps; which one ran, only the path or the job tells. */
static void the_same_script_in_two_workflows_has_no_one_place(void **state)
{
    scene s;
    ff_workflow_site site;
    (void)state;
    open_scene(&s);
    const ff_workflow_file *prod = ff_workflows_file(s.workflows, FF_LIT(PROD));
    size_t same = 0, alone = 0;
    for (size_t j = 0; j < prod->model.jobs.count; j++)
        for (size_t i = 0; i < prod->model.jobs.items[j].steps.count; i++) {
            const ff_workflow_step *step = &prod->model.jobs.items[j].steps.items[i];
            if (!step->run.text.len)
                continue;
            const ff_workflow_ask ask = {.script = step->run.text};
            bool found = ff_workflows_locate(s.workflows, &ask, &site);
            assert_true(!found || (site.confirmed && site.step == step));
            alone += found;
            same += !found;
        }
    assert_true(alone > 0 && same > 0);
    close_scene(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_echoed_script_stands_in_the_workflow),
        cmocka_unit_test(the_failing_step_stands_where_the_reader_finds_it),
        cmocka_unit_test(the_same_script_in_two_workflows_has_no_one_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
