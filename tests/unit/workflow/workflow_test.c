/* What a workflow file says about a job and its step, by the names that GitHub has for them: known, or not known. */
#include "workflow/workflow.h"

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

static const char MEMBERS[] = "name: Ship it\n"                                   /* 1 */
                              "env:\n"                                            /* 2 */
                              "  STAGE: prod\n"                                   /* 3 */
                              "defaults:\n"                                       /* 4 */
                              "  run: {shell: bash, working-directory: app}\n"    /* 5 */
                              "jobs:\n"                                           /* 6 */
                              "  # the first\n"                                   /* 7 */
                              "  build:\n"                                        /* 8 */
                              "    name: Build\n"                                 /* 9 */
                              "    needs: lint\n"                                 /* 10 */
                              "    if: github.ref == 'refs/heads/main'\n"         /* 11 */
                              "    runs-on: [self-hosted, linux]\n"               /* 12 */
                              "    environment: {name: uat, url: 'https://x'}\n"  /* 13 */
                              "    continue-on-error: true\n"                     /* 14 */
                              "    strategy:\n"                                   /* 15 */
                              "      fail-fast: false\n"                          /* 16 */
                              "      matrix: {os: [a]}\n"                         /* 17 */
                              "    services:\n"                                   /* 18 */
                              "      postgres: {image: postgres}\n"               /* 19 */
                              "      redis:\n"                                    /* 20 */
                              "        image: redis\n"                            /* 21 */
                              "    defaults: {run: {shell: sh}}\n"                /* 22 */
                              "    env: {A: '${{ secrets.A }}', B: '', C: [x]}\n" /* 23 */
                              "    steps:\n"                                      /* 24 */
                              "      - name: Check out\n"                         /* 25 */
                              "        uses: actions/checkout@v4\n"               /* 26 */
                              "        with:\n"                                   /* 27 */
                              "          fetch-depth: 0\n"                        /* 28 */
                              "\n"                                                /* 29 */
                              "      - id: make\n"                                /* 30 */
                              "        shell: python\n"                           /* 31 */
                              "        working-directory: ./sub\n"                /* 32 */
                              "        continue-on-error: ${{ inputs.lax }}\n"    /* 33 */
                              "        if: >\n"                                   /* 34 */
                              "          always()\n"                              /* 35 */
                              "        env: {A: 1}\n"                             /* 36 */
                              "        run: |\n"                                  /* 37 */
                              "          make\n"                                  /* 38 */
                              "            all\n"                                 /* 39 */
                              "\n"                                                /* 40 */
                              "  call:\n"                                         /* 41 */
                              "    needs: [build, lint]\n"                        /* 42 */
                              "    uses: ./.github/workflows/x.yml\n"             /* 43 */
                              "    strategy: ${{ fromJSON(x) }}\n"                /* 44 */
                              "    secrets: inherit\n"                            /* 45 */
                              "  named:\n"                                        /* 46 */
                              "    uses: ./.github/workflows/x.yml\n"             /* 47 */
                              "    environment: prod\n"                           /* 48 */
                              "    continue-on-error: 'true'\n"                   /* 49 */
                              "    runs-on: {group: large}\n"                     /* 50 */
                              "    secrets: {TOKEN: '${{ secrets.T }}'}\n"        /* 51 */
                              "  lint: {}\n";                                     /* 52 */

static void expect_text(ff_workflow_text got, const char *text, uint32_t line)
{
    if (!ff_slice_eq(got.text, ff_slice_of(text)) || got.line != line)
        fail_msg("'%.*s' in line %u instead of '%s' in line %u", FF_ARG(got.text), got.line, text, line);
}

/* `NAME=value@line`, one after the other. */
static void expect_pairs(const ff_workflow_pairs *pairs, const char *expected)
{
    ff_buf buf;
    ff_buf_init(&buf, 4096);
    ff_buf_add(&buf, FF_LIT(" "));
    for (size_t i = 0; i < pairs->count; i++)
        ff_buf_printf(&buf, "%.*s=%.*s@%u ", FF_ARG(pairs->items[i].name), FF_ARG(pairs->items[i].value),
                      pairs->items[i].line);
    assert_string_equal(buf.ptr, expected);
    ff_buf_release(&buf);
}

static void read_members(ff_arena *arena, ff_workflow *workflow)
{
    ff_error error = {0};
    if (ff_workflow_read(ff_slice_of(MEMBERS), arena, workflow, &error) != FF_OK)
        fail_msg("%s", error.text);
}

static void members_of_a_workflow_and_its_jobs_have_their_place(void **state)
{
    ff_arena arena = {0};
    ff_workflow workflow;
    (void)state;
    read_members(&arena, &workflow);
    expect_text(workflow.name, "Ship it", 1);
    expect_text(workflow.shell, "bash", 5);
    expect_text(workflow.working_directory, "app", 5);
    expect_pairs(&workflow.env, " STAGE=prod@3 ");
    assert_int_equal(workflow.jobs.count, 4);
    const ff_workflow_job *job = workflow.jobs.items;
    expect_text(job->name, "Build", 9);
    expect_text(job->condition, "github.ref == 'refs/heads/main'", 11);
    expect_text(job->runs_on, "self-hosted, linux", 12);
    expect_text(job->environment, "uat", 13);
    expect_text(job->shell, "sh", 22);
    expect_text(job->working_directory, "", 0);
    expect_text(job->uses, "", 0);
    assert_int_equal(job->continues, FF_FLAG_ON);
    assert_int_equal(job->continues_line, 14);
    assert_true(job->matrix && !job->reusable && !job->inherits);
    assert_int_equal(job->fail_fast, FF_FLAG_OFF);
    assert_int_equal(job->needs.count, 1);
    expect_text(job->needs.items[0], "lint", 10);
    expect_pairs(&job->services, " postgres=@19 redis=@20 ");
    expect_pairs(&job->env, " A=${{ secrets.A }}@23 B=@23 C=@23 ");
    assert_int_equal(job->first_line, 8);
    assert_int_equal(job->last_line, 39);
    ff_arena_release(&arena);
}

static void members_of_other_shapes_are_read_too(void **state)
{
    ff_arena arena = {0};
    ff_workflow workflow;
    (void)state;
    read_members(&arena, &workflow);
    const ff_workflow_job *call = &workflow.jobs.items[1], *named = call + 1, *lint = call + 2;
    expect_text(call->uses, "./.github/workflows/x.yml", 43);
    assert_int_equal(call->needs.count, 2);
    expect_text(call->needs.items[1], "lint", 42);
    assert_true(call->inherits && call->reusable && call->matrix);
    assert_int_equal(call->fail_fast, FF_FLAG_DEPENDS);
    assert_int_equal(call->last_line, 45);
    expect_text(named->environment, "prod", 48);
    expect_text(named->runs_on, "", 50);
    expect_pairs(&named->secrets, " TOKEN=${{ secrets.T }}@51 ");
    assert_false(named->inherits);
    assert_int_equal(named->continues, FF_FLAG_DEPENDS);
    assert_int_equal(named->fail_fast, FF_FLAG_ON);
    expect_text(lint->environment, "", 0);
    assert_int_equal(lint->continues, FF_FLAG_OFF);
    assert_int_equal(lint->continues_line, 0);
    assert_int_equal(lint->needs.count, 0);
    assert_int_equal(lint->first_line, 52);
    assert_int_equal(lint->last_line, 52);
    ff_arena_release(&arena);
}

static void members_of_steps_have_their_place(void **state)
{
    ff_arena arena = {0};
    ff_workflow workflow;
    (void)state;
    read_members(&arena, &workflow);
    const ff_workflow_step *step = workflow.jobs.items[0].steps.items;
    expect_text(step->name, "Check out", 25);
    expect_text(step->uses, "actions/checkout@v4", 26);
    expect_text(step->run, "", 0);
    expect_pairs(&step->with, " fetch-depth=0@28 ");
    assert_int_equal(step->first_line, 25);
    assert_int_equal(step->last_line, 28);
    assert_int_equal(step->run_first_line, 0);
    step++;
    expect_text(step->id, "make", 30);
    expect_text(step->shell, "python", 31);
    expect_text(step->working_directory, "./sub", 32);
    expect_text(step->condition, "always()", 34);
    expect_text(step->run, "make\n  all\n", 37);
    expect_pairs(&step->env, " A=1@36 ");
    assert_int_equal(step->continues, FF_FLAG_DEPENDS);
    assert_int_equal(step->continues_line, 33);
    assert_int_equal(step->first_line, 30);
    assert_int_equal(step->last_line, 39);
    assert_int_equal(step->run_first_line, 38);
    assert_int_equal(step->run_last_line, 39);
    assert_true(ff_slice_eq(step->label, FF_LIT("Run make")));
    ff_arena_release(&arena);
}

/* What stands behind `run:` in line 4, and which lines of the file the script has. */
static void the_lines_of_a_script_are_known_where_they_are_lines_of_the_file(void **state)
{
    static const struct {
        const char *run;
        uint32_t first, last;
    } rows[] = {
        {" make", 4, 4},
        {" 'make'", 4, 4},
        {" \"make\"", 4, 4},
        {" \"make\\nall\"", 0, 0},
        {" make\n          all", 0, 0},
        {" 'make\n\n          all'", 0, 0},
        {"\n          make", 5, 5},
        {" |\n          make\n          all\n", 5, 6},
        {" |-\n          make\n\n          all\n\n\n", 5, 7},
        {" |+\n          make\n\n\n", 5, 5},
        {" |2\n            make\n          all\n", 5, 6},
        {" | # why\n\n          make", 5, 6},
        {"\n          |\n          make", 6, 6},
        {" |\n", 0, 0},
        {" >\n          make\n          all\n", 0, 0},
        {" >-\n          make\n", 0, 0},
        {"", 0, 0},
        {" [make]", 0, 0},
        {" |\n          a\xE2\x80\xA8"
         "          b\n",
         0, 0},
        {" |\n          a\r          b\n", 0, 0},
        {" |\r\n          make\r\n          all\r\n", 5, 6},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_workflow workflow;
        ff_buf text;
        ff_buf_init(&text, 4096);
        ff_buf_printf(&text, "jobs:\n  a:\n    steps:\n      - run:%s\n  b: {}\n", rows[i].run);
        ff_error error = {0};
        if (ff_workflow_read(ff_buf_slice(&text), &arena, &workflow, &error) != FF_OK)
            fail_msg("row %zu: %s", i, error.text);
        const ff_workflow_step *step = workflow.jobs.items[0].steps.items;
        if (step->run_first_line != rows[i].first || step->run_last_line != rows[i].last)
            fail_msg("row %zu: lines %u to %u", i, step->run_first_line, step->run_last_line);
        assert_int_equal(workflow.jobs.count, 2);
        ff_buf_release(&text);
        ff_arena_release(&arena);
    }
}

static void a_broken_file_is_read_as_far_as_it_goes(void **state)
{
    static const struct {
        ff_slice text;
        const char *jobs;  /* keys, one after the other */
        size_t steps;      /* of the last of them */
        const char *error; /* NULL: there is none */
    } rows[] = {
        {FF_TEXT("jobs:\n  a:\n    steps: [{run: x}]\n  b:\n    steps:\n    - run: y\n    - run: [\n"), "ab", 2,
         "workflow file:8:1: "},
        {FF_TEXT("jobs:\n  a:\n    steps: [{run: x}]\n  b: {\n"), "ab", 0, "workflow file:5:1: "},
        {FF_TEXT("jobs:\n  a:\n    steps: [{run: x}]\n\tb: {}\n"), "a", 1, "workflow file:4:1: "},
        {FF_TEXT("jobs:\n  a: x\n  b: {steps: [{}]}\n"), "b", 1, "workflow file:2:6: a job must be a map"},
        {FF_TEXT("jobs:\n  a: {}\n  a: {steps: [{}]}\n"), "aa", 1, "workflow file:3:3: duplicate key 'a'"},
        {FF_TEXT("jobs:\n  a: {steps: [{}]}\n  b: {name: \"\xFF\"}\n"), "ab", 0, "workflow file:3:14: not valid"},
        {FF_TEXT("jobs:\n  a: {steps: [{}]}\n---\njobs: {b: {}}\n"), "a", 1, "workflow file:3:1: a second"},
        {FF_TEXT("on: push\n"), "", 0, "workflow file:1:1: no map of jobs"},
        {FF_TEXT("on: [push\njobs: {a: {}}\n"), "", 0, "workflow file:2:5: "},
        {FF_TEXT(""), "", 0, "workflow file:1:1: the file is empty"},
        {FF_TEXT("jobs:\n  a: &x {steps: [{run: x}, &y {run: y}, *y]}\n  b: *x\n"), "ab", 3, NULL},
        {FF_TEXT("\xEF\xBB\xBFjobs:\r\n  a: !!map {steps: !x [{}]}\r\n"), "a", 1, NULL},
        {FF_TEXT("x: &x {steps: [{}]}\njobs:\n  a:\n    <<: *x\n    name: y\n"), "a", 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_workflow workflow;
        ff_error error = {0};
        char keys[8] = "";
        ff_status status = ff_workflow_read_part(rows[i].text, &arena, &workflow, &error);
        size_t count = workflow.jobs.count;
        for (size_t j = 0; j < count && j < sizeof keys - 1; j++)
            keys[j] = workflow.jobs.items[j].key.ptr[0];
        if (strcmp(keys, rows[i].jobs) != 0 || (count && workflow.jobs.items[count - 1].steps.count != rows[i].steps) ||
            status != (rows[i].error ? FF_INVALID : FF_OK) ||
            !ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error)))
            fail_msg("row %zu: jobs '%s', status %d, '%s'", i, keys, status, error.text);
        ff_arena_release(&arena);
    }
}

static void an_alias_of_a_script_stands_where_the_script_does(void **state)
{
    ff_arena arena = {0};
    ff_workflow workflow;
    (void)state;
    ff_slice text = FF_LIT("jobs:\n  a:\n    steps:\n      - &s\n        run: &r |\n          make\n      - run: *r\n"
                           "      - run: &t\n          |\n          make it\n  b:\n    steps:\n      - *s\n  c: &c\n"
                           "    steps: []\n  d: *c\n");
    assert_int_equal(ff_workflow_read_part(text, &arena, &workflow, NULL), FF_OK);
    const ff_workflow_step *step = workflow.jobs.items[0].steps.items, *copy = workflow.jobs.items[1].steps.items;
    assert_int_equal(step[0].run_first_line, 6);
    assert_int_equal(step[1].run_first_line, 6);
    assert_int_equal(step[2].run_first_line, 0); /* the `|` is not where the node starts */
    assert_int_equal(copy->run_first_line, 6);
    assert_int_equal(copy->last_line, 6);
    assert_int_equal(workflow.jobs.items[1].last_line, 13);
    assert_int_equal(workflow.jobs.items[3].first_line, 16);
    assert_int_equal(workflow.jobs.items[3].last_line, 16);
    ff_arena_release(&arena);
}

static void only_composite_actions_have_steps(void **state)
{
    static const struct {
        const char *text;
        size_t jobs, steps;
        const char *error;
    } rows[] = {
        {"name: x\nruns:\n  using: composite\n  steps:\n    - run: make\n      shell: bash\n    - uses: a/b@v1\n", 1, 2,
         NULL},
        {"runs: {using: 'composite', steps: [{run: make}]}", 1, 1, NULL},
        {"runs: {using: composite}", 1, 0, NULL},
        {"runs: {using: node20, main: index.js, steps: [{run: make}]}", 0, 0, NULL},
        {"runs: {using: docker, image: Dockerfile}", 0, 0, NULL},
        {"runs: {}", 0, 0, NULL},
        {"runs: x", 0, 0, "action file:1:7: no map that says how"},
        {"name: x", 0, 0, "action file:1:1: no map that says how"},
        {"runs:\n  using: composite\n  steps:\n  - run: make\n  - run: [\n", 1, 2, "action file:6:1: "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_workflow action;
        ff_error error = {0};
        ff_status status = ff_workflow_read_action(ff_slice_of(rows[i].text), &arena, &action, &error);
        if (action.jobs.count != rows[i].jobs || (rows[i].jobs && action.jobs.items[0].steps.count != rows[i].steps) ||
            status != (rows[i].error ? FF_INVALID : FF_OK) ||
            !ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error)))
            fail_msg("row %zu: status %d, '%s'", i, status, error.text);
        assert_true(!action.jobs.count || !action.jobs.items[0].key.len);
        ff_arena_release(&arena);
    }
}

/* A line that is repeated, with its number where it has one. */
static void hostile_files_end_at_a_bound(void **state)
{
    static const struct {
        const char *start, *piece;
        size_t count;
        const char *error;
        size_t jobs, steps; /* of the first job */
    } rows[] = {
        {"jobs:\n  a:\n    steps:\n", "    - {}\n", 20000, "workflow file:4:5: more steps", 1, FF_LIMIT_WORKFLOW_STEPS},
        {"jobs:\n  a: &a {steps: [{},{}]}\n", "  x%zu: *a\n", 6000, "workflow file:2:3: more jobs",
         FF_LIMIT_WORKFLOW_JOBS, 2},
        {"x: &x\n  steps: [{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]\njobs:\n", "  x%zu: *x\n", 1000,
         "workflow file:2:10: more steps", 1000, 20},
        {"e: &e {a: 1, b: 2, c: 3}\njobs:\n  a:\n    steps:\n", "    - {env: *e}\n", 60000,
         "workflow file:22225:13: more values", 1, FF_LIMIT_WORKFLOW_STEPS},
        {"jobs:\n  a:\n    runs-on: [\n", "      xxxxxxxxxxxxxxxxxxxx,\n", 100000, "workflow file:100004:", 1, 0},
        {"jobs:\n  a:\n    steps:\n    - run: |\n", "        \n", 400000, NULL, 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_workflow workflow;
        ff_error error = {0};
        ff_buf text;
        ff_slice piece = ff_slice_of(rows[i].piece);
        size_t number = ff_slice_find(piece, FF_LIT("%zu"));
        ff_buf_init(&text, 4 << 20);
        ff_buf_add(&text, ff_slice_of(rows[i].start));
        for (size_t n = 0; n < rows[i].count; n++) {
            ff_buf_add(&text, ff_slice_cut(piece, number));
            if (number != SIZE_MAX)
                ff_buf_printf(&text, "%zu%.*s", n, FF_ARG(ff_slice_from(piece, number + 3)));
        }
        assert_int_equal(ff_buf_status(&text), FF_OK);
        ff_status status = ff_workflow_read_part(ff_buf_slice(&text), &arena, &workflow, &error);
        if (!ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error)) ||
            (status == FF_OK) != !rows[i].error || workflow.jobs.count != rows[i].jobs ||
            workflow.jobs.items[0].steps.count != rows[i].steps)
            fail_msg("row %zu: %zu jobs, status %d, '%s'", i, workflow.jobs.count, status, error.text);
        assert_true(arena.used < (16 << 20));
        ff_buf_release(&text);
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
        cmocka_unit_test(members_of_a_workflow_and_its_jobs_have_their_place),
        cmocka_unit_test(members_of_other_shapes_are_read_too),
        cmocka_unit_test(members_of_steps_have_their_place),
        cmocka_unit_test(the_lines_of_a_script_are_known_where_they_are_lines_of_the_file),
        cmocka_unit_test(a_broken_file_is_read_as_far_as_it_goes),
        cmocka_unit_test(an_alias_of_a_script_stands_where_the_script_does),
        cmocka_unit_test(only_composite_actions_have_steps),
        cmocka_unit_test(hostile_files_end_at_a_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
