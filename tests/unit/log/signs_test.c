/* What a step's text shows of its outcome. */
#include "tape.h"

#define S "2025-12-01T05:14:50.1234567Z "
#define SCRIPT S "##[group]Run make\n" S "shell: /usr/bin/bash -e {0}\n" S "##[endgroup]\n"
#define ACTION S "##[group]Run o/action@v1\n" S "with:\n" S "##[endgroup]\n"

enum { FAILED = 1, CANCELLED = 2, TIMED_OUT = 4, LOST = 8, ERROR_ENDS = 16 };
#define NO_CODE FF_NO_EXIT_CODE

typedef struct row {
    const char *what, *text;
    int32_t code;
    unsigned flags;
    uint64_t exit_line; /* 0: none */
} row;

static unsigned flags_of(const ff_step_signs *signs)
{
    return (signs->failed ? FAILED : 0u) | (signs->cancelled ? CANCELLED : 0u) | (signs->timed_out ? TIMED_OUT : 0u) |
           (signs->lost ? LOST : 0u) | (signs->error_ends ? ERROR_ENDS : 0u);
}

static void expect_signs(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tape_record *record = tape_play_text(rows[i].text);
        const ff_step_signs *signs = &tape_step(record, 0)->signs;
        if (signs->exit_code != rows[i].code || flags_of(signs) != rows[i].flags ||
            signs->exit_at.line != rows[i].exit_line)
            fail_msg("%s: code %d, flags %x, line %u", rows[i].what, signs->exit_code, flags_of(signs),
                     (unsigned)signs->exit_at.line);
        tape_free(record);
    }
}

static const row RUNNER[] = {
    {"nothing", SCRIPT S "fine\n", NO_CODE, 0, 0},
    {"an exit code", SCRIPT S "bad\n" S "##[error]Process completed with exit code 2.\n", 2, FAILED | ERROR_ENDS, 5},
    {"killed", SCRIPT S "##[error]Process completed with exit code 137.\n", 137, FAILED | ERROR_ENDS, 4},
    {"a code of Windows", SCRIPT S "##[error]Process completed with exit code -1073741819.\n", -1073741819,
     FAILED | ERROR_ENDS, 4},
    {"the same unsigned", SCRIPT S "##[error]Process completed with exit code 3221225477.\n", -1073741819,
     FAILED | ERROR_ENDS, 4},
    {"exit code 0", SCRIPT S "##[error]Process completed with exit code 0.\n", 0, ERROR_ENDS, 4},
    {"cancelled", SCRIPT S "##[error]The operation was canceled.\n", NO_CODE, CANCELLED | ERROR_ENDS, 4},
    {"over the time of the job",
     SCRIPT S
     "##[error]The job running on runner GitHub Actions 2 has exceeded the maximum execution time of 360 minutes.\n" S
     "##[error]The operation was canceled.\n",
     NO_CODE, TIMED_OUT | CANCELLED | ERROR_ENDS, 5},
    {"over the time of the step", ACTION S "##[error]The action 'Run tests' has timed out after 5 minutes.\n", NO_CODE,
     TIMED_OUT | ERROR_ENDS, 4},
    {"shut down",
     S "Current runner version: '2'\n" S "##[error]The runner has received a shutdown signal. This can happen …\n" S
       "##[error]A task was canceled.\n",
     NO_CODE, LOST | CANCELLED | ERROR_ENDS, 3},
    {"lost", SCRIPT S "##[error]The self-hosted runner: big-1 lost communication with the server. Verify …\n", NO_CODE,
     LOST | ERROR_ENDS, 4},
    {"an action that ends with an error", ACTION S "##[error]Credentials could not be loaded\n", NO_CODE,
     FAILED | ERROR_ENDS, 4},
    {"in several lines", ACTION S "##[error]Failed:\n  at a.js\n\n", NO_CODE, FAILED | ERROR_ENDS, 4},
    {"before lines that say nothing", ACTION S "##[error]Failed\n" S "\n" S "##[debug]x\n" S "##[endgroup]\n", NO_CODE,
     FAILED | ERROR_ENDS, 4},
    {"an action that goes on after an error", ACTION S "##[error]Failed\n" S "Uploaded all the same\n", NO_CODE, 0, 0},
    {"a script that only printed an error, last of all", SCRIPT S "##[error]src/a.ts(1,2): error TS1\n", NO_CODE,
     ERROR_ENDS, 0},
    {"a container that does not start",
     S "##[group]Checking docker version\n" S "##[endgroup]\n" S "##[error]Docker pull failed with exit code 1\n" S
       "Remove container network: x\n",
     NO_CODE, FAILED, 3},
    {"a program talks of such things",
     SCRIPT S "Process completed with exit code 3.\n" S "Finished: FAILURE\n" S "BUILD FAILURE\n" S
              "The operation was canceled.\n",
     NO_CODE, 0, 0},
};

static void test_the_words_of_the_runner(void **state)
{
    (void)state;
    expect_signs(RUNNER, sizeof RUNNER / sizeof *RUNNER);
}

static const row PLAIN[] = {
    {"Travis, failed",
     "$ make\nThe command \"true\" exited with 0.\n\x1b[31;1mThe command \"mvn \"-x\" test\" exited with 2.\x1b[0m\r\n"
     "Done. Your build exited with 1.\n",
     1, FAILED, 4},
    {"Travis, passed", "The command \"lint\" exited with 1.\n\nDone. Your build exited with 0.\n", 0, 0, 3},
    {"Travis, stopped", "The command \"ant deps\" failed and exited with 1 during .\n\nYour build has been stopped.\n",
     1, FAILED, 1},
    {"Travis, silent", "No output has been received in the last 10m0s, this potentially indicates …\n", NO_CODE,
     TIMED_OUT, 1},
    {"Jenkins, failed", "x\nBuild step 'Execute shell' marked build as failure\n[WS-CLEANUP] done\nFinished: FAILURE\n",
     NO_CODE, FAILED, 4},
    {"Jenkins, passed", "[INFO] BUILD FAILURE\nretrying\nFinished: SUCCESS\n", NO_CODE, 0, 0},
    {"Jenkins, aborted", "Finished: ABORTED\n", NO_CODE, CANCELLED, 1},
    {"GitLab", "ERROR: Job failed: exit code 3\n", 3, FAILED, 1},
    {"copied from the web page", "FAIL x\nError: Process completed with exit code 4.\n", 4, FAILED, 2},
    {"make", "cc\nmake[1]: *** [Makefile:3: all] Error 2\nmake: *** [all] Error 2\n", 2, FAILED, 3},
    {"make goes on",
     "make: *** [all] Error 2\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20\n21\n"
     "22\n23\n24\n25\n26\n27\n28\n29\n30\n31\n32\n33\n34\n35\n36\n37\n38\n39\n40\n41\n42\n43\n44\n45\n46\n"
     "47\n48\n49\n50\n51\n52\n53\n54\n55\n56\n57\n58\n59\n60\n61\n",
     NO_CODE, 0, 0},
    {"Maven", "[INFO] BUILD FAILURE\n[INFO] ----\n[ERROR] Failed to execute goal\n", NO_CODE, FAILED, 1},
    {"pytest", "====== 1 failed, 3 passed in 0.12s ======\n", NO_CODE, FAILED, 1},
    {"pytest, passed", "====== 3 passed in 0.12s ======\n", NO_CODE, 0, 0},
    {"unittest", "FAILED (SKIP=1, failures=2)\n", NO_CODE, FAILED, 1},
    {"nothing of the kind", "hello\nthe build failed once\n", NO_CODE, 0, 0},
    {"a mark without stamps", "x\n##[error]Process completed with exit code 1.\n", 1, FAILED | ERROR_ENDS, 2},
};

static void test_the_words_of_other_services_and_tools(void **state)
{
    (void)state;
    expect_signs(PLAIN, sizeof PLAIN / sizeof *PLAIN);
}

static void test_error_lines_are_counted_and_placed(void **state)
{
    (void)state;
    tape_record *record = tape_play_text(SCRIPT S "##[error]one\n" S "x\n" S "##[error]two\n" S "##[warning]w\n" S
                                                  "##[error]three\n" S "x\n");
    const ff_step_signs *signs = &tape_step(record, 0)->signs;
    assert_int_equal(signs->error_lines, 3);
    assert_int_equal(signs->first_error.line, 4);
    assert_int_equal(signs->last_error.line, 8);
    assert_false(signs->error_ends);
    assert_false(signs->failed);
    tape_free(record);
}

static void test_each_step_has_its_own_signs(void **state)
{
    (void)state;
    tape_record *record =
        tape_play_text(ACTION S "##[error]bad\n" SCRIPT S "fine\n" SCRIPT S
                                "##[error]Process completed with exit code 1.\n" S "Post job cleanup.\n" S "done\n");
    assert_true(tape_step(record, 0)->signs.failed);
    assert_false(tape_step(record, 1)->signs.failed);
    assert_int_equal(tape_step(record, 1)->signs.error_lines, 0);
    assert_int_equal(tape_step(record, 2)->signs.exit_code, 1);
    assert_false(tape_step(record, 3)->signs.failed);
    tape_free(record);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_words_of_the_runner),
        cmocka_unit_test(test_the_words_of_other_services_and_tools),
        cmocka_unit_test(test_error_lines_are_counted_and_placed),
        cmocka_unit_test(test_each_step_has_its_own_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
