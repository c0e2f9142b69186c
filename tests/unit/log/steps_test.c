/* Whole-job text split into the steps that the archive would have as files. */
#include "tape.h"

#include "base/limits.h"

#include <stdio.h>

#define C "\x1b[36;1m"
#define R "\x1b[0m"
#define BASH "shell: /usr/bin/bash -e {0}\n"
#define BASH_NAMED "shell: /usr/bin/bash --noprofile --norc -e -o pipefail {0}\n"
/* Stamps at second 1, 2 …, and a few milliseconds later. */
#define AT(second) "2025-12-01T00:00:0" #second ".0000000Z "
#define SOON(second) "2025-12-01T00:00:0" #second ".0080000Z "

typedef struct wanted {
    const char *name;
    ff_step_phase phase;
    uint64_t first, last;
} wanted;

static void expect_steps(const char *what, const char *text, const wanted *steps)
{
    tape_record *record = tape_play_text(text);
    assert_int_equal(record->run.jobs.count, 1);
    const ff_job *job = ff_run_job(&record->run, 0);
    for (size_t i = 0; i < job->steps.count; i++) {
        const ff_step *step = &job->steps.items[i];
        if (!steps[i].name || !ff_slice_eq(step->name, ff_slice_of(steps[i].name)) || step->phase != steps[i].phase ||
            step->first_line != steps[i].first || step->last_line != steps[i].last)
            fail_msg("%s: step %zu is \"%.*s\", phase %d, lines %u-%u", what, i + 1, FF_ARG(step->name), step->phase,
                     (unsigned)step->first_line, (unsigned)step->last_line);
        assert_int_equal(step->first_job_line, step->first_line);
        assert_int_equal(step->last_job_line, step->last_line);
        assert_int_equal(step->ordinal, i + 1);
        assert_int_equal(step->number, ff_slice_eq(step->name, FF_LIT("Set up job")) ? 1 : 0);
        tape_assert_text(step->file, "log.txt");
    }
    assert_null(steps[job->steps.count].name);
    tape_free(record);
}

static void test_a_job_from_set_up_to_clean_up(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF" AT(0) "Current runner version: '2.3'\n" AT(0) "##[group]Operating System\n" AT(0) "Ubuntu\n" AT(
            0) "##[endgroup]\n" AT(0) "Prepare all required actions\n" AT(0) "Getting action download "
                                                                             "info\n" AT(
                                                                                 0) "Download "
                                                                                    "action "
                                                                                    "repositor"
                                                                                    "y "
                                                                                    "'actions/"
                                                                                    "checkout@"
                                                                                    "v4' "
                                                                                    "(SHA:1)"
                                                                                    "\n" AT(
                                                                                        0) "Complete job name: build\n"
        /* 9 */ AT(0) "##[group]Checking docker version\n" AT(0) "##[endgroup]\n" AT(
            0) "##[group]Starting db service container\n" AT(0) "##[endgroup]\n"
        /* 13 */ AT(1) "##[group]Run actions/checkout@v4\n" AT(1) "with:\n" AT(1) "##[endgroup]\n" AT(
            1) "Syncing repository: o/r\n" AT(1) "##[group]Getting Git version info\n" AT(1) "##[endgroup]\n"
        /* 19 */ AT(2) "##[group]Run make test\n" AT(2) C "make test" R "\n" AT(2) C
        "##[group]Run not a step" R "\n" AT(2)
            BASH AT(2) "##[endgroup]\n" AT(3) "one failed\n" AT(3) "##[error]Process completed with exit code 2.\n"
        /* 26 */ AT(4) "Post job cleanup.\n" AT(4) "[command]git\n" AT(4) "Post job cleanup.\n"
        /* 29 */ AT(5) "Print service container logs: db\n" AT(5) " log of it\n" AT(
            5) "Stop and remove container: db\n" AT(5) "Print service container logs: cache\n"
        /* 33 */ AT(6) "Cleaning up orphan processes\n" AT(6) "Terminate orphan process: pid (1) (java)\n";
    static const wanted steps[] = {
        {"Set up job", FF_STEP_SETUP, 1, 8},
        {"Initialize containers", FF_STEP_SETUP, 9, 12},
        {"Run actions/checkout@v4", FF_STEP_MAIN, 13, 18},
        {"Run make test", FF_STEP_MAIN, 19, 25},
        {"Post job cleanup", FF_STEP_POST, 26, 27},
        {"Post job cleanup", FF_STEP_POST, 28, 28},
        {"Stop containers", FF_STEP_POST, 29, 32},
        {"Complete job", FF_STEP_COMPLETE, 33, 34},
        {NULL, FF_STEP_MAIN, 0, 0},
    };
    expect_steps("a whole job", text, steps);
}

static const struct {
    const char *what, *text;
    wanted steps[6];
} ROWS[] = {
    {"plain text is one step without a name", "one\ntwo\n", {{"", FF_STEP_MAIN, 1, 2}}},
    {"text cut out of a step",
     AT(0) "rest of a step\n" AT(0) "##[error]Process completed with exit code 1.\n" AT(0) "##[group]Run x\n" AT(0)
         BASH AT(0) "##[endgroup]\n",
     {{"", FF_STEP_MAIN, 1, 2}, {"Run x", FF_STEP_MAIN, 3, 5}}},
    {"text cut out of the set-up",
     AT(0) "  runs_on: linux\n" AT(0) "##[endgroup]\n" AT(0) "Complete job name: a\n" AT(0) "##[group]Run x\n" AT(0)
         BASH AT(0) "##[endgroup]\n",
     {{"Set up job", FF_STEP_SETUP, 1, 3}, {"Run x", FF_STEP_MAIN, 4, 6}}},
    {"a container action is built first",
     AT(0) "Current runner version: '2'\n" AT(
         0) "##[group]Build container for action use: "
            "'/home/runner/work/_actions/o/latex-action/v2/Dockerfile'.\n" AT(0) "##[command]docker build\n" AT(
                0) "##[endgroup]\n" AT(0) "##[group]Run o/latex-action@v2\n" AT(0) "##[endgroup]\n",
     {{"Set up job", FF_STEP_SETUP, 1, 1},
      {"Build o/latex-action@v2", FF_STEP_SETUP, 2, 4},
      {"Run o/latex-action@v2", FF_STEP_MAIN, 5, 6}}},
    {"a local action begins with its preparations",
     AT(0) "##[group]Run make\n" AT(0)
         BASH AT(0) "##[endgroup]\n" AT(0) "made\n" AT(1) "Prepare all required actions\n" AT(
             1) "Getting action download info\n" AT(1) "##[group]Run ./.github/actions/x\n" AT(1) "##[endgroup]"
                                                                                                  "\n" SOON(
                                                                                                      1) "##["
                                                                                                         "gro"
                                                                                                         "up]"
                                                                                                         "Run"
                                                                                                         " in"
                                                                                                         "ner"
                                                                                                         "\n" SOON(1) C
     "inner" R "\n" SOON(1) BASH_NAMED SOON(1) "##[endgroup]\n",
     {{"Run make", FF_STEP_MAIN, 1, 4}, {"Run ./.github/actions/x", FF_STEP_MAIN, 5, 12}}},
    {"a group of a program that is called Run",
     AT(0) "##[group]Run make\n" AT(0)
         BASH AT(0) "##[endgroup]\n" AT(0) "##[group]Run tests\n" AT(0) "test 1\n" AT(0) "##[endgroup]\n",
     {{"Run make", FF_STEP_MAIN, 1, 6}}},
    {"without stamps",
     "##[group]Run make\n" BASH "##[endgroup]\nout\n##[group]Run make test\nmake test\n" BASH "##[endgroup]\nout\n",
     {{"Run make", FF_STEP_MAIN, 1, 4}, {"Run make test", FF_STEP_MAIN, 5, 9}}},
    {"where lines have stamps, those without begin nothing",
     AT(0) "##[group]Run make\n" AT(0) BASH AT(0) "##[endgroup]\n" AT(0) "a log:\n##[group]Run x\nPost job cleanup.\n",
     {{"Run make", FF_STEP_MAIN, 1, 6}}},
    {"a hook of a self-hosted runner",
     AT(0) "##[group]Run make\n" AT(0)
         BASH AT(0) "##[endgroup]\n" AT(0) "##[group]Run '/home/runner/hooks/index.js'\n" AT(
             0) "shell: /home/runner/externals/node20/bin/node {0}\n" AT(0) "##[endgroup]\n" AT(0) "out\n",
     {{"Run make", FF_STEP_MAIN, 1, 7}}},
};

static void test_parts_of_jobs_and_odd_ones(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        expect_steps(ROWS[i].what, ROWS[i].text, ROWS[i].steps);
}

#define SETUP                                                                                                      \
    AT(0)                                                                                                          \
    "Current runner version: '2.3'\n" AT(0) "Getting action download info\n" AT(                                   \
        0) "Download action repository 'o/first@v1' (SHA:1)\n" AT(0) "Download action repository 'o/outer@v1' "    \
                                                                     "(SHA:1)\n" AT(0) "Getting action download "  \
                                                                                       "info\n" AT(0) "Download "  \
                                                                                                      "immutable " \
                                                                                                      "action "    \
                                                                                                      "package "   \
                                                                                                      "'o/inner@v1'\n"
#define ACTION(stamp, name) stamp "##[group]Run " name "\n" stamp "##[endgroup]\n"
#define SCRIPT(stamp, name, shell) \
    stamp "##[group]Run " name "\n" stamp C name R "\n" stamp shell stamp "##[endgroup]\n"

static const struct {
    const char *what, *text;
    const char *names[6];
} COMPOSITES[] = {
    {"a script at once after an action's header is inside",
     ACTION(AT(1), "o/outer@v1") SCRIPT(SOON(1), "inner", BASH_NAMED) AT(2) "out\n",
     {"Run o/outer@v1"}},
    {"unless it runs in the shell of scripts that name none",
     ACTION(AT(1), "o/outer@v1") SCRIPT(SOON(1), "make", BASH) AT(2) "out\n",
     {"Run o/outer@v1", "Run make"}},
    {"or something was printed between",
     ACTION(AT(1), "o/outer@v1") SOON(1) "hello\n" SCRIPT(SOON(1), "make", BASH_NAMED),
     {"Run o/outer@v1", "Run make"}},
    {"or time has passed",
     ACTION(AT(1), "o/outer@v1") SCRIPT(AT(2), "make", BASH_NAMED),
     {"Run o/outer@v1", "Run make"}},
    {"an action that only a later round fetched is inside, even after output",
     ACTION(AT(1), "o/outer@v1") SOON(1) "hello\n" ACTION(AT(3), "o/inner/sub/folder@v1") AT(4) "out\n",
     {"Run o/outer@v1"}},
    {"an action that the job itself uses is a step",
     ACTION(AT(1), "o/outer@v1") ACTION(SOON(1), "o/first@v1") AT(4) "out\n",
     {"Run o/outer@v1", "Run o/first@v1"}},
    {"an action nobody knows is inside if it comes at once",
     ACTION(AT(1), "o/outer@v1") ACTION(SOON(1), "o/other@v1") ACTION(AT(3), "o/third@v1"),
     {"Run o/outer@v1", "Run o/third@v1"}},
    {"later scripts in another shell than the job's are inside",
     SCRIPT(AT(1), "first", BASH) ACTION(AT(2), "o/outer@v1") SCRIPT(SOON(2), "one", BASH_NAMED)
         AT(3) "out\n" SCRIPT(AT(3), "two", BASH_NAMED) AT(4) "out\n" SCRIPT(AT(5), "last", BASH),
     {"Run first", "Run o/outer@v1", "Run last"}},
    {"in doubt the next script is a step",
     ACTION(AT(2), "o/outer@v1") SCRIPT(SOON(2), "one", BASH_NAMED) AT(3) "out\n" SCRIPT(AT(3), "two", BASH_NAMED),
     {"Run o/outer@v1", "Run two"}},
    {"nothing is inside a step that has ended",
     ACTION(AT(2), "o/outer@v1") SCRIPT(SOON(2), "one", BASH_NAMED)
         AT(3) "##[error]Process completed with exit code 1.\n" ACTION(AT(3), "o/inner@v1"),
     {"Run o/outer@v1", "Run o/inner@v1"}},
    {"a newer runner marks what is inside",
     ACTION(AT(1), "o/outer@v1") AT(1) "##[start-action display=One;id=x.__run]\n" SCRIPT(AT(2), "one", BASH_NAMED)
         AT(3) "out\n" AT(3) "##[end-action id=x.__run;outcome=success]\n" SCRIPT(AT(3), "two", BASH_NAMED),
     {"Run o/outer@v1", "Run two"}},
};

static void test_steps_inside_composite_actions(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof COMPOSITES / sizeof *COMPOSITES; i++) {
        char text[8192];
        int len = snprintf(text, sizeof text, "%s%s", SETUP, COMPOSITES[i].text);
        assert_true(len > 0 && (size_t)len < sizeof text);
        tape_record *record = tape_play_text(text);
        const ff_job *job = ff_run_job(&record->run, 0);
        for (size_t s = 1; s < job->steps.count; s++)
            if (!COMPOSITES[i].names[s - 1] ||
                !ff_slice_eq(job->steps.items[s].name, ff_slice_of(COMPOSITES[i].names[s - 1])))
                fail_msg("%s: step %zu is \"%.*s\"", COMPOSITES[i].what, s, FF_ARG(job->steps.items[s].name));
        if (COMPOSITES[i].names[job->steps.count - 1])
            fail_msg("%s: only %zu steps", COMPOSITES[i].what, job->steps.count - 1);
        tape_free(record);
    }
}

static void test_more_steps_than_allowed_stay_with_the_last_and_are_told(void **state)
{
    (void)state;
    enum { STEPS = FF_LIMIT_STEPS + 10 };
    static const char step[] = "##[group]Run x\n##[endgroup]\n";
    char *text = malloc(STEPS * sizeof step);
    assert_non_null(text);
    for (size_t i = 0; i < STEPS; i++)
        memcpy(text + i * (sizeof step - 1), step, sizeof step);
    tape_record *record = tape_play_text(text);
    assert_int_equal(ff_run_job(&record->run, 0)->steps.count, FF_LIMIT_STEPS);
    assert_int_equal(record->count, 2 * STEPS);
    assert_int_equal(tape_line(record, 2 * STEPS)->step, FF_LIMIT_STEPS - 1);
    assert_true(record->run.notes.partial);
    assert_string_equal(record->run.notes.items[0].code, "steps-limit");
    tape_free(record);
    free(text);
}

static void test_a_step_that_is_found_beyond_the_bound_goes_on_in_the_last(void **state)
{
    (void)state;
    enum { ROW = 64 };
    char *text = malloc((FF_LIMIT_STEPS + 2) * ROW);
    assert_non_null(text);
    size_t used = 0;
    for (unsigned i = 0; i < FF_LIMIT_STEPS; i++)
        used += (size_t)snprintf(text + used, ROW, "job\tstep %u\t2025-12-01T05:14:50.1234567Z x\n", i);
    (void)snprintf(text + used, ROW, "job\tUNKNOWN STEP\t2025-12-01T05:14:50.1234567Z x\n");
    tape_record *record = tape_play_text(text);
    assert_int_equal(record->count, FF_LIMIT_STEPS + 1);
    assert_int_equal(tape_line(record, FF_LIMIT_STEPS + 1)->step, FF_LIMIT_STEPS - 1);
    assert_string_equal(record->run.notes.items[0].code, "steps-limit");
    tape_free(record);
    free(text);
}

static void test_more_actions_than_allowed_are_told(void **state)
{
    (void)state;
    char text[64 * (FF_LIMIT_ACTIONS + 2)], *at = text;
    for (unsigned i = 0; i <= FF_LIMIT_ACTIONS; i++)
        at += snprintf(at, 64, "Download action repository 'o/r%u@v1' (SHA:1)\n", i);
    tape_record *record = tape_play_text(text);
    assert_true(record->run.notes.partial);
    assert_string_equal(record->run.notes.items[0].code, "actions-limit");
    tape_free(record);
}

static void test_names_of_steps_are_safe_to_show(void **state)
{
    (void)state;
    tape_record *record = tape_play_text("##[group]Run curl -H 'Authorization: Bearer abcdefgh12345678' \x1b[31mx\n"
                                         "shell: bash\n##[endgroup]\n");
    tape_assert_text(tape_step(record, 0)->name, "Run curl -H 'Authorization: Bearer ***' x");
    assert_int_equal(record->run.redactions, 1);
    tape_free(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_job_from_set_up_to_clean_up),
        cmocka_unit_test(test_parts_of_jobs_and_odd_ones),
        cmocka_unit_test(test_steps_inside_composite_actions),
        cmocka_unit_test(test_more_steps_than_allowed_stay_with_the_last_and_are_told),
        cmocka_unit_test(test_a_step_that_is_found_beyond_the_bound_goes_on_in_the_last),
        cmocka_unit_test(test_more_actions_than_allowed_are_told),
        cmocka_unit_test(test_names_of_steps_are_safe_to_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
