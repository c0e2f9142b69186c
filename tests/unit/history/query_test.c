/* Plans: no question about a window looks at every run. */
#include "history/query.h"

#include "past.h"

#include <sqlite3.h>

/* A plan that reads all of one of these is a plan for a small history only. */
static bool is_scan(const char *step)
{
    static const char *const large[] = {"run",  "diagnosis", "evidence", "failure", "cause",  "newer",  "last", "tried",
                                        "good", "better",    "own",      "first",   "effect", "reason", "later"};
    if (strncmp(step, "SCAN ", 5) != 0)
        return false;
    for (size_t i = 0; i < COUNT(large); i++) {
        size_t len = strlen(large[i]);
        if (strncmp(step + 5, large[i], len) == 0 && (step[5 + len] == ' ' || !step[5 + len]))
            return true;
    }
    return false;
}

static void visit_plan(sqlite3 *db, const char *sql, ff_query query)
{
    sqlite3_stmt *plan = NULL;
    char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
    if (sqlite3_prepare_v2(db, explain, -1, &plan, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_free(explain);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        if (is_scan(step))
            fail_msg("query %d: %s\n%s", (int)query, step, sql);
        if (strstr(step, "AUTOMATIC"))
            fail_msg("query %d lacks an index: %s\n%s", (int)query, step, sql);
    }
    (void)sqlite3_finalize(plan);
}

static void every_question_uses_an_index(void **state)
{
    sqlite3 *db = NULL;
    (void)state;
    ff_history_close(past_open("h.db"));
    assert_int_equal(sqlite3_open("h.db", &db), SQLITE_OK);
    for (int query = 0; query < FF_QUERY_COUNT; query++) {
        assert_non_null(ff_query_text((ff_query)query));
        visit_plan(db, ff_query_text((ff_query)query), (ff_query)query);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

/* The check itself sees a plan that is bad. */
static void a_scan_of_all_runs_would_be_seen(void **state)
{
    (void)state;
    assert_true(is_scan("SCAN run"));
    assert_true(is_scan("SCAN diagnosis USING INDEX diagnosis_group"));
    assert_false(is_scan("SCAN repository"));
    assert_false(is_scan("SEARCH run USING INDEX run_created (repository=?)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_question_uses_an_index, past_enter, past_leave),
        cmocka_unit_test(a_scan_of_all_runs_would_be_seen),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
