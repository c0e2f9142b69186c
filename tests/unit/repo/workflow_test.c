/* What a workflow file says about a job and its step, by the names that GitHub has for them: known, or not known. */
#include "repo/workflow.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* What a table expects where nothing is known. */
#define UNKNOWN (-1)

static void expect_limits(const ff_workflow *workflow, const char *job, const char *step, int job_minutes,
                          int step_minutes)
{
    ff_time_limits got = ff_workflow_limits(workflow, ff_slice_of(job), ff_slice_of(step));
    int of_job = got.job.known ? (int)got.job.minutes : UNKNOWN;
    int of_step = got.step.known ? (int)got.step.minutes : UNKNOWN;
    if (of_job != job_minutes || of_step != step_minutes)
        fail_msg("'%s' › '%s': %d and %d minutes", job, step ? step : "", of_job, of_step);
    assert_true((got.job.known || !got.job.minutes) && (got.step.known || !got.step.minutes));
}

static const char NAMES[] = "name: CI\n"
                            "on: [push]\n"
                            "jobs:\n"
                            "  plain:\n"
                            "    runs-on: ubuntu-latest\n"
                            "    steps:\n"
                            "      - uses: actions/checkout@v4\n"
                            "  limited:\n"
                            "    name: Unit tests\n"
                            "    timeout-minutes: 10\n"
                            "    steps:\n"
                            "      - name: Named\n"
                            "        timeout-minutes: 3\n"
                            "        run: make\n"
                            "      - run: |\n"
                            "          \n"
                            "          make test   \n"
                            "          make more\n"
                            "        timeout-minutes: 4\n"
                            "      - uses: actions/cache@v4\n"
                            "        timeout-minutes: 5\n"
                            "      - name: Twice\n"
                            "        timeout-minutes: 6\n"
                            "      - name: Twice\n"
                            "        timeout-minutes: 6\n"
                            "      - name: Differs\n"
                            "        timeout-minutes: 6\n"
                            "      - name: Differs\n"
                            "      - name: Test ${{ inputs.what }} of it\n"
                            "        timeout-minutes: 7\n"
                            "      - run: make ${{ inputs.target }}\n"
                            "        timeout-minutes: 8\n"
                            "  legs:\n"
                            "    timeout-minutes: 20\n"
                            "    strategy:\n"
                            "      matrix: {os: [a, b], version: [1]}\n"
                            "  given:\n"
                            "    name: Build on ${{ matrix.os }} with ${{ matrix.cc }}!\n"
                            "    timeout-minutes: 21\n"
                            "    strategy: ${{ fromJSON(inputs.strategy) }}\n"
                            "  no-matrix:\n"
                            "    strategy: {fail-fast: false}\n"
                            "    timeout-minutes: 22\n"
                            "  called:\n"
                            "    uses: ./.github/workflows/other.yml\n"
                            "  called-legs:\n"
                            "    uses: o/r/.github/workflows/other.yml@v1\n"
                            "    strategy:\n"
                            "      matrix: {os: [a]}\n"
                            "  one:\n"
                            "    name: Same\n"
                            "    timeout-minutes: 1\n"
                            "  Same:\n"
                            "    timeout-minutes: 1\n";

static void names_of_jobs_and_steps_are_those_of_github(void **state)
{
    static const struct {
        const char *job, *step;
        int job_minutes, step_minutes;
    } rows[] = {
        {"plain", NULL, 0, UNKNOWN},
        {" plain\n", "Run actions/checkout@v4", 0, 0},
        {"plain", "Run actions/checkout@v3", 0, UNKNOWN},
        {"plain (a)", NULL, UNKNOWN, UNKNOWN},
        {"Plain", NULL, UNKNOWN, UNKNOWN},
        {"", NULL, UNKNOWN, UNKNOWN},
        {"missing", NULL, UNKNOWN, UNKNOWN},
        {"limited", "Named", UNKNOWN, UNKNOWN},
        {"Unit tests", "", 10, UNKNOWN},
        {"Unit tests", "Named", 10, 3},
        {"Unit tests", "Run make test", 10, UNKNOWN}, /* or `make ${{ … }}` */
        {"Unit tests", "Run make all", 10, 8},
        {"Unit tests", "Run make", 10, UNKNOWN},
        {"Unit tests", "Run actions/cache@v4", 10, 5},
        {"Unit tests", "Post Run actions/cache@v4", 10, UNKNOWN},
        {"Unit tests", "Twice", 10, 6},
        {"Unit tests", "Differs", 10, UNKNOWN},
        {"Unit tests", "Test half of it", 10, 7},
        {"Unit tests", "Test  of it", 10, 7},
        {"Unit tests", "Test of it", 10, UNKNOWN},
        {"legs (a, 1)", NULL, 20, UNKNOWN},
        {"legs (a (b), 1)", NULL, 20, UNKNOWN},
        {"legs", NULL, 20, UNKNOWN},
        {"legs (a", NULL, UNKNOWN, UNKNOWN},
        {"legs-2 (a)", NULL, UNKNOWN, UNKNOWN},
        {"legs / x", NULL, UNKNOWN, UNKNOWN},
        {"Build on linux with gcc!", NULL, 21, UNKNOWN},
        {"Build on linux with gcc! (7)", NULL, 21, UNKNOWN},
        {"Build on linux without gcc!", NULL, UNKNOWN, UNKNOWN},
        {"Build on linux with gcc", NULL, UNKNOWN, UNKNOWN},
        {"no-matrix", NULL, 22, UNKNOWN},
        {"no-matrix (a)", NULL, UNKNOWN, UNKNOWN},
        {"called", NULL, UNKNOWN, UNKNOWN},
        {"called / build", NULL, UNKNOWN, UNKNOWN},
        {"called-legs (a) / build", NULL, UNKNOWN, UNKNOWN},
        {"Same", NULL, UNKNOWN, UNKNOWN},
        {"one", NULL, UNKNOWN, UNKNOWN},
    };
    ff_arena arena = {0};
    ff_workflow workflow;
    ff_error error = {0};
    (void)state;
    if (ff_workflow_read(ff_slice_of(NAMES), &arena, &workflow, &error) != FF_OK)
        fail_msg("%s", error.text);
    assert_int_equal(workflow.jobs.count, 9);
    assert_true(ff_slice_eq(workflow.jobs.items[1].key, FF_LIT("limited")));
    for (size_t i = 0; i < COUNT(rows); i++)
        expect_limits(&workflow, rows[i].job, rows[i].step, rows[i].job_minutes, rows[i].step_minutes);
    ff_arena_release(&arena);
}

/* The job `a` and its step `s`, with something behind `timeout-minutes:`. */
static void only_a_plain_whole_number_is_a_limit(void **state)
{
    static const struct {
        const char *value;
        int minutes;
    } rows[] = {
        {"1", 1},
        {"360", 360},
        {"100000", 100000},
        {"100001", UNKNOWN},
        {"4294967297", UNKNOWN},
        {"99999999999999999999999", UNKNOWN},
        {"0", UNKNOWN},
        {"-5", UNKNOWN},
        {"+5", UNKNOWN},
        {"010", UNKNOWN},
        {"0x10", UNKNOWN},
        {"1e1", UNKNOWN},
        {"2.5", UNKNOWN},
        {"10.0", UNKNOWN},
        {"1_0", UNKNOWN},
        {"10 min", UNKNOWN},
        {"'10'", UNKNOWN},
        {"\"10\"", UNKNOWN},
        {"|\n      10", UNKNOWN},
        {"${{ fromJSON(env.M) }}", UNKNOWN},
        {"", UNKNOWN},
        {"~", UNKNOWN},
        {"[10]", UNKNOWN},
        {"{a: 10}", UNKNOWN},
        {"10 # minutes", 10},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_workflow workflow;
        ff_error error = {0};
        ff_buf text;
        ff_buf_init(&text, 4096);
        ff_buf_printf(&text, "jobs:\n  a:\n    timeout-minutes: %s\n    steps:\n    - name: s\n", rows[i].value);
        ff_buf_printf(&text, "      timeout-minutes: %s\n", rows[i].value[0] == '|' ? "''" : rows[i].value);
        if (ff_workflow_read(ff_buf_slice(&text), &arena, &workflow, &error) != FF_OK)
            fail_msg("%s: %s", rows[i].value, error.text);
        expect_limits(&workflow, "a", "s", rows[i].minutes, rows[i].minutes);
        ff_buf_release(&text);
        ff_arena_release(&arena);
    }
}

static void files_of_every_spelling_are_read_or_refused(void **state)
{
    static const struct {
        ff_slice text;
        int minutes;       /* of job `a`, if it is read */
        const char *error; /* else how the error starts */
    } rows[] = {
        {FF_TEXT("\xEF\xBB\xBFname: x\njobs:\n  a: {timeout-minutes: 7}\n"), 7, NULL},
        {FF_TEXT("name: x\r\njobs:\r\n  a:\r\n    timeout-minutes: 7\r\n"), 7, NULL},
        {FF_TEXT("{\"jobs\": {\"a\": {\"timeout-minutes\": 7}}}"), 7, NULL},
        {FF_TEXT("jobs:\n  a: {timeout-minutes: 7}\n  \"b\":\n    steps: none\n"), 7, NULL},
        {FF_TEXT("jobs:\n  a: {timeout-minutes: 7, steps: [x, [y], {}, {name: [z]}]}\n"), 7, NULL},
        {FF_TEXT("jobs:\n  a: {name: [x], timeout-minutes: 7}\n"), 7, NULL},
        {FF_TEXT("jobs:\n  a: {name: '', timeout-minutes: 7}\n"), 7, NULL},
        {FF_TEXT("jobs:\n  a: {timeout-minutes: 7}\n  b: {name: '${{ x }}'}\n"), UNKNOWN, NULL},
        {FF_TEXT("jobs:\n  a: {timeout-minutes: 7}\n  b: {name: '${{ x }}z'}\n"), 7, NULL},
        {FF_TEXT("jobs:\n  a: {timeout-minutes: 7}\n  b: {name: '${{ x'}\n"), 7, NULL},
        {FF_TEXT("jobs: {}\n"), UNKNOWN, NULL},
        {FF_TEXT(""), 0, "workflow file:1:1: "},
        {FF_TEXT("# nothing\n"), 0, "workflow file:"},
        {FF_TEXT("on: push\n"), 0, "workflow file:1:1: no map of jobs"},
        {FF_TEXT("on: push\njobs: [a]\n"), 0, "workflow file:2:7: no map of jobs"},
        {FF_TEXT("jobs:\n"), 0, "workflow file:1:6: no map of jobs"},
        {FF_TEXT("[]"), 0, "workflow file:1:1: no map of jobs"},
        {FF_TEXT("jobs:\n  a: x\n"), 0, "workflow file:2:6: a job must be a map"},
        {FF_TEXT("jobs:\n  a: {}\n  a: {}\n"), 0, "workflow file:3:3: duplicate key 'a'"},
        {FF_TEXT("jobs:\n  a: &x {}\n  b: *x\n"), 0, "workflow file:2:6: anchors are not allowed"},
        {FF_TEXT("jobs:\n  a: {timeout-minutes: !!int 7}\n"), 0, "workflow file:2:"},
        {FF_TEXT("jobs:\n  a: {\n"), 0, "workflow file:3:1: "},
        {FF_TEXT("jobs:\n\ta: {}\n"), 0, "workflow file:2:1: "},
        {FF_TEXT("jobs:\n  a: {name: \"\xFF\"}\n"), 0, "workflow file:2:14: not valid UTF-8"},
        {FF_TEXT("jobs: {}\n---\njobs: {}\n"), 0, "workflow file:2:1: a second document"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_workflow workflow;
        ff_error error = {0};
        ff_status status = ff_workflow_read(rows[i].text, &arena, &workflow, &error);
        if ((status == FF_OK) != !rows[i].error ||
            (rows[i].error && !ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error))))
            fail_msg("row %zu: %d, '%s'", i, status, error.text);
        assert_true(status == FF_OK || (status == FF_INVALID && workflow.jobs.count == 0));
        expect_limits(&workflow, "a", NULL, rows[i].error ? UNKNOWN : rows[i].minutes, UNKNOWN);
        ff_arena_release(&arena);
    }
}

/* A name that is longer than those of GitHub are kept could be any. */
static void a_name_without_end_could_be_any(void **state)
{
    ff_arena arena = {0};
    ff_workflow workflow;
    ff_buf text;
    (void)state;
    ff_buf_init(&text, 65536);
    ff_buf_add(&text, FF_LIT("jobs:\n  b:\n    timeout-minutes: 7\n    name: "));
    ff_buf_add_repeat(&text, 'x', FF_LIMIT_NAME_BYTES);
    ff_buf_add(&text, FF_LIT("\n"));
    assert_int_equal(ff_workflow_read(ff_buf_slice(&text), &arena, &workflow, NULL), FF_OK);
    expect_limits(&workflow, "b", NULL, 7, UNKNOWN);
    ff_buf_add(&text, FF_LIT("  a: {timeout-minutes: 8}\n"));
    assert_int_equal(ff_workflow_read(ff_buf_slice(&text), &arena, &workflow, NULL), FF_OK);
    expect_limits(&workflow, "a", NULL, UNKNOWN, UNKNOWN);
    ff_buf_release(&text);
    ff_arena_release(&arena);
}

static void every_smaller_memory_is_reported_as_such(void **state)
{
    ff_status status = FF_NOMEM;
    (void)state;
    for (size_t limit = 1; status != FF_OK; limit += 64) {
        ff_arena arena;
        ff_workflow workflow;
        ff_error error = {0};
        ff_arena_init(&arena, limit);
        status = ff_workflow_read(ff_slice_of(NAMES), &arena, &workflow, &error);
        if (status != FF_OK && (status != FF_NOMEM || !strstr(error.text, "out of memory") || workflow.jobs.count))
            fail_msg("%zu bytes: status %d, '%s'", limit, status, error.text);
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_jobs_and_steps_are_those_of_github),
        cmocka_unit_test(only_a_plain_whole_number_is_a_limit),
        cmocka_unit_test(files_of_every_spelling_are_read_or_refused),
        cmocka_unit_test(a_name_without_end_could_be_any),
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
