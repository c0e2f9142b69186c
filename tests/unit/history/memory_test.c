/* Every allocation of SQLite failing in turn: it is told, nothing falls over, and what was there stays. */
#include "past.h"
#include "spoken.h"

#include <sqlite3.h>

enum { CLOSELY = 300, STRIDE = 13 };

static sqlite3_mem_methods real;
static long left = -1; /* allocations until one fails, and all after it; -1: none does */

static bool is_spent(void)
{
    if (left > 0)
        left--;
    return left == 0;
}

static void *scarce_malloc(int size)
{
    return is_spent() ? NULL : real.xMalloc(size);
}

static void *scarce_realloc(void *old, int size)
{
    return is_spent() ? NULL : real.xRealloc(old, size);
}

static int make_scarce(void **state)
{
    sqlite3_mem_methods scarce;
    (void)state;
    if (sqlite3_shutdown() != SQLITE_OK || sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real) != SQLITE_OK)
        return -1;
    scarce = real;
    scarce.xMalloc = scarce_malloc;
    scarce.xRealloc = scarce_realloc;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &scarce) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK ? 0 : -1;
}

static ff_status speak_member(void *self, const ff_history_member *member)
{
    spoken_add(self, "%llu:%.1s", (unsigned long long)member->run.id, member->diagnosis.fingerprint);
    return FF_OK;
}

static ff_status drop_line(void *self, ff_slice line)
{
    (void)self;
    (void)line;
    return FF_OK;
}

/* Opens, writes a run anew and reads all: the first failure ends it. */
static ff_status do_all(const past_run *row, ff_error *error)
{
    ff_history *history = NULL;
    spoken said = {0};
    const ff_history_run run = past_facts(row);
    const ff_history_diagnosis diagnosis = past_diagnosis(1, PRINT_A, "test");
    const ff_history_result result = {
        .run = run, .state = FF_HISTORY_ANALYSED, .diagnoses = &diagnosis, .diagnosis_count = 1};
    ff_status status = ff_history_open(&history, "h.db", FF_HISTORY_WRITE, error);
    if (status == FF_OK)
        status = ff_history_list(history, &run, 1, error);
    if (status == FF_OK)
        status = ff_history_record(history, &result, error);
    if (status == FF_OK)
        status = ff_history_members(history, NULL, speak_member, &said, error);
    if (status == FF_OK)
        status = ff_history_export(history, NULL, drop_line, NULL, error);
    ff_history_close(history);
    return status;
}

static void expect_whole(void)
{
    spoken said = {0};
    ff_history *history = past_open("h.db");
    assert_int_equal(ff_history_members(history, NULL, speak_member, &said, NULL), FF_OK);
    assert_string_equal(said.text, "1:a");
    ff_history_close(history);
}

static void every_allocation_of_sqlite_fails_in_turn(void **state)
{
    static const past_run run = {.id = 1, .created_at = AT(0, 0), .print = PRINT_A};
    ff_status status = FF_NOMEM;
    long count = 1, failures = 0;
    (void)state;
    ff_history *history = past_open("h.db");
    past_fill(history, &run, 1);
    ff_history_close(history);
    for (; status != FF_OK; count += count < CLOSELY ? 1 : STRIDE) {
        ff_error error = {0};
        left = count;
        status = do_all(&run, &error);
        left = -1;
        if (status == FF_OK)
            break;
        failures++;
        if (status != FF_NOMEM)
            fail_msg("allocation %ld: %d: %s", count, (int)status, error.text);
        assert_string_not_equal(error.text, "");
        if (count % 50 == 0)
            expect_whole();
    }
    assert_true(failures > CLOSELY);
    expect_whole();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_allocation_of_sqlite_fails_in_turn, past_enter, past_leave),
    };
    return cmocka_run_group_tests_name("memory", tests, make_scarce, NULL);
}
