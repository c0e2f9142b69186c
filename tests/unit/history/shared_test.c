/* Several processes, and processes that are killed: nothing is lost, nothing doubled. */
#include "base/buf.h"
#include "past.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { RUNS = 60, PAGE = 20, KILLS = 10 };

static ff_status add_piece(void *self, ff_slice piece)
{
    ff_buf_add(self, piece);
    return ff_buf_status(self);
}

/* All that a database knows; the caller releases it. */
static void export_all(const char *path, ff_buf *out)
{
    ff_error error = {0};
    ff_history *history = past_open(path);
    ff_buf_init(out, 16 << 20);
    if (ff_history_export(history, NULL, add_piece, out, &error) != FF_OK)
        fail_msg("%s", error.text);
    ff_history_close(history);
}

static void expect_same(const char *left, const char *right)
{
    ff_buf a, b;
    export_all(left, &a);
    export_all(right, &b);
    assert_true(a.len > 1000);
    assert_string_equal(a.ptr, b.ptr);
    ff_buf_release(&a);
    ff_buf_release(&b);
}

static past_run row_of(uint64_t id)
{
    static const char *const prints[] = {PRINT_A, PRINT_B, PRINT_C, NULL};
    static const char *const conclusions[] = {"failure", "success", "timed_out", "cancelled", "failure"};
    return (past_run){.id = id,
                      .created_at = AT(0, 0) + (int64_t)id * SECONDS,
                      .repository = id % 7 ? "acme/app" : "acme/web",
                      .conclusion = conclusions[id % COUNT(conclusions)],
                      .print = prints[id % COUNT(prints)]};
}

/* Marks the runs that need not be looked at again: half a result would stay for ever. */
static ff_status mark_known(void *self, const ff_history_known *known, uint32_t first_failed)
{
    bool *marks = self;
    (void)first_failed;
    marks[known->run.id] = known->state == FF_HISTORY_ANALYSED;
    return FF_OK;
}

/* What a scan does: a page, then what was found out about each of its runs that is not known, or `anew`; it begins
 * with the run after `first`, and goes round. */
static void scan_as(const char *path, uint64_t first, bool anew)
{
    ff_history *history = NULL;
    if (ff_history_open(&history, path, FF_HISTORY_WRITE, NULL) != FF_OK)
        _exit(2);
    for (uint64_t page = 0; page < RUNS; page += PAGE) {
        bool known[RUNS + 1] = {false};
        past_run rows[PAGE];
        for (uint64_t i = 0; i < PAGE; i++)
            rows[i] = row_of(1 + (first + page + i) % RUNS);
        past_list(history, rows, PAGE);
        assert_int_equal(ff_history_runs(history, NULL, mark_known, known, NULL), FF_OK);
        for (size_t i = 0; i < PAGE; i++)
            if (anew || !known[rows[i].id])
                past_fill(history, &rows[i], 1);
    }
    ff_history_close(history);
}

static void scan(const char *path, uint64_t first)
{
    scan_as(path, first, false);
}

static pid_t start_scan(const char *path, uint64_t first, bool anew)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        scan_as(path, first, anew);
        _exit(0);
    }
    return child;
}

static int wait_for(pid_t child)
{
    int how = 0;
    while (waitpid(child, &how, 0) < 0)
        assert_int_equal(errno, EINTR);
    return how;
}

static void the_order_of_runs_leaves_no_trace(void **state)
{
    (void)state;
    scan("one.db", 0);
    scan("two.db", 33);
    scan("two.db", 7); /* again: nothing is new */
    expect_same("one.db", "two.db");
}

static void two_processes_that_write_the_same_double_nothing(void **state)
{
    pid_t children[3];
    (void)state;
    scan("one.db", 0);
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < COUNT(children); i++) /* the database itself is made by one of them too */
            children[i] = start_scan("two.db", 7 * i, true);
        for (size_t i = 0; i < COUNT(children); i++)
            assert_int_equal(wait_for(children[i]), 0);
    }
    expect_same("one.db", "two.db");
}

/* Each goes over to WAL, for which it needs the database alone. */
static void several_processes_may_make_one_database(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        pid_t children[4];
        char name[32];
        (void)snprintf(name, sizeof name, "made-%d.db", round);
        for (size_t i = 0; i < COUNT(children); i++) {
            children[i] = fork();
            assert_true(children[i] >= 0);
            if (children[i] == 0) {
                ff_history *history = NULL;
                _exit(ff_history_open(&history, name, FF_HISTORY_WRITE, NULL) == FF_OK ? 0 : 1);
            }
        }
        for (size_t i = 0; i < COUNT(children); i++)
            assert_int_equal(wait_for(children[i]), 0);
    }
}

static void pause_for(long nanoseconds)
{
    const struct timespec pause = {.tv_nsec = nanoseconds};
    (void)nanosleep(&pause, NULL);
}

/* Kills it within the time that one takes to its end, the database being made included. */
static void a_process_that_is_killed_loses_and_doubles_nothing(void **state)
{
    struct timespec begin, end;
    (void)state;
    (void)clock_gettime(CLOCK_MONOTONIC, &begin);
    scan("one.db", 0);
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    long whole = (end.tv_sec - begin.tv_sec) * 1000000000L + end.tv_nsec - begin.tv_nsec;
    srand((unsigned)begin.tv_nsec);
    for (int i = 0; i < KILLS; i++) {
        pid_t child = start_scan("two.db", (uint64_t)i, false);
        pause_for((long)((double)whole * (double)rand() / (double)RAND_MAX) % 900000000L);
        assert_int_equal(kill(child, SIGKILL), 0);
        (void)wait_for(child);
    }
    scan("two.db", 0);
    expect_same("one.db", "two.db");
}

/* The worst moments are those in which the database is made: most of these kills fall into them. */
static void a_process_that_is_killed_at_the_start_leaves_no_trap(void **state)
{
    (void)state;
    scan("one.db", 0);
    for (int i = 0; i < 20; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "young-%d.db", i);
        pid_t child = start_scan(name, 0, false);
        pause_for(300000L * i);
        assert_int_equal(kill(child, SIGKILL), 0);
        (void)wait_for(child);
        ff_history *history = NULL;
        ff_error error = {0};
        ff_status status = ff_history_open(&history, name, FF_HISTORY_READ, &error);
        if (status != FF_OK && status != FF_NOT_FOUND)
            fail_msg("%s", error.text);
        ff_history_close(history);
        if (i % 5 == 0) {
            scan(name, 0);
            expect_same("one.db", name);
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, past_enter, past_leave)
    const struct CMUnitTest tests[] = {
        TEST(the_order_of_runs_leaves_no_trace),
        TEST(several_processes_may_make_one_database),
        TEST(two_processes_that_write_the_same_double_nothing),
        TEST(a_process_that_is_killed_loses_and_doubles_nothing),
        TEST(a_process_that_is_killed_at_the_start_leaves_no_trap),
    };
    return cmocka_run_group_tests_name("shared", tests, NULL, NULL);
}
