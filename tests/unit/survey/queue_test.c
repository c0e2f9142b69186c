/* What is to be read of a window, against a real history. */
#include "survey/queue.h"
#include "unit/history/past.h"

static const ff_history_run REPOSITORIES[] = {
    {.host = {"github.com", 10}, .repository = {"acme/app", 8}},
    {.host = {"github.com", 10}, .repository = {"Acme/Site", 9}},
};

static const past_run RUNS[] = {
    {.id = 1, .created_at = AT(0, 1)},                              /* analysed, below */
    {.id = 2, .created_at = AT(0, 2)},                              /* expired */
    {.id = 3, .created_at = AT(0, 3)},                              /* could not be read */
    {.id = 4, .created_at = AT(0, 4)},                              /* analysed with another catalog */
    {.id = 5, .created_at = AT(0, 5)},                              /* new */
    {.id = 6, .created_at = AT(0, 6), .conclusion = "success"},     /* passed */
    {.id = 7, .created_at = AT(0, 7), .conclusion = "cancelled"},   /* only on request */
    {.id = 8, .created_at = AT(0, 8), .conclusion = ""},            /* still runs */
    {.id = 9, .created_at = AT(0, 9), .repository = "acme/site"},   /* new */
    {.id = 10, .created_at = AT(0, 9), .repository = "acme/other"}, /* of nobody that is asked about */
    {.id = 11, .created_at = AT(0, 10), .conclusion = "timed_out"}, /* could not be read either */
    {.id = 12, .created_at = AT(0, 11), .conclusion = "startup_failure"},
};

static void put(ff_history *history, size_t row, ff_history_state state, const char *digest)
{
    const ff_history_result result = {.run = past_facts(&RUNS[row]),
                                      .state = state,
                                      .digest = ff_slice_of(digest),
                                      .why = state == FF_HISTORY_ANALYSED ? (ff_slice){0} : FF_LIT("because")};
    past_record(history, &result);
}

static ff_history *night(void)
{
    ff_history *history = past_open("night.db");
    past_list(history, RUNS, COUNT(RUNS));
    put(history, 0, FF_HISTORY_ANALYSED, "now");
    put(history, 1, FF_HISTORY_EXPIRED, "before");
    put(history, 2, FF_HISTORY_ERROR, "now");
    put(history, 3, FF_HISTORY_ANALYSED, "before");
    put(history, 10, FF_HISTORY_ERROR, "now");
    return history;
}

static ff_history_window window(int from_hour, int to_hour)
{
    return (ff_history_window){.repositories = REPOSITORIES,
                               .repository_count = COUNT(REPOSITORIES),
                               .since = AT(0, from_hour),
                               .until = AT(0, to_hour)};
}

/* What a table of queues holds: ids in the order in which they are handed out, `again` as negative ones. */
static const struct {
    const char *what;
    int from_hour, to_hour;
    bool cancelled;
    uint32_t limit;
    int64_t ids[8];
    uint64_t failed, known, over;
} QUEUES[] = {
    {"what could not be read comes last", 0, 24, false, 0, {12, 9, 5, -4, 11, 3}, 8, 3, 0},
    {"with those that were cancelled", 0, 24, true, 0, {12, 9, 7, 5, -4, 11, 3}, 9, 3, 0},
    {"its beginning is in it, its end is not", 5, 9, false, 0, {5}, 1, 0, 0},
    {"the newest two; what is read again or never started costs nothing", 0, 24, false, 2, {12, 9, 5, -4}, 8, 3, 2},
    {"a limit that is not reached", 0, 24, false, 5, {12, 9, 5, -4, 11, 3}, 8, 3, 0},
    {"a window without runs", 20, 24, false, 0, {0}, 0, 0, 0},
};

static void a_queue_holds_what_is_new_newest_first(void **state)
{
    (void)state;
    ff_history *history = night();
    for (size_t i = 0; i < COUNT(QUEUES); i++) {
        ff_arena arena;
        ff_error error = {0};
        ff_history_window asked = window(QUEUES[i].from_hour, QUEUES[i].to_hour);
        asked.cancelled = QUEUES[i].cancelled;
        ff_arena_init(&arena, 0);
        ff_queue queue = {.arena = &arena};
        ff_queue_ask ask = {.window = &asked, .digest = FF_LIT("now"), .limit = QUEUES[i].limit};
        assert_int_equal(ff_queue_fill(&queue, history, &ask, &error), FF_OK);
        ff_queue_item item;
        size_t at = 0;
        for (; ff_queue_take(&queue, &item); at++)
            if ((item.again ? -(int64_t)item.id : (int64_t)item.id) != QUEUES[i].ids[at])
                fail_msg("%s: item %zu is run %llu", QUEUES[i].what, at, (unsigned long long)item.id);
            else
                assert_int_equal(item.unstarted, item.id == 12);
        if (QUEUES[i].ids[at] != 0 || queue.failed != QUEUES[i].failed || queue.known != QUEUES[i].known ||
            queue.over != QUEUES[i].over)
            fail_msg("%s: %zu items, %llu failed, %llu known, %llu over", QUEUES[i].what, at,
                     (unsigned long long)queue.failed, (unsigned long long)queue.known, (unsigned long long)queue.over);
        ff_arena_release(&arena);
    }
    ff_history_close(history);
}

static void an_item_is_looked_up_again_with_its_own_texts(void **state)
{
    (void)state;
    ff_history *history = night();
    ff_history_window asked = window(0, 24);
    ff_arena arena;
    ff_error error = {0};
    ff_history_known known = {0};
    ff_arena_init(&arena, 0);
    ff_queue queue = {.arena = &arena};
    ff_queue_ask ask = {.window = &asked, .digest = FF_LIT("now")};
    assert_int_equal(ff_queue_fill(&queue, history, &ask, &error), FF_OK);
    for (ff_queue_item item; ff_queue_take(&queue, &item);) {
        assert_int_equal(ff_queue_facts(&item, history, &asked, &arena, &known, &error), FF_OK);
        assert_int_equal(known.run.id, item.id);
        assert_true(ff_slice_eq(known.run.workflow, FF_LIT("CI")));
        assert_true(ff_slice_eq_nocase(known.run.repository, REPOSITORIES[item.repository].repository));
        assert_int_equal(known.state == FF_HISTORY_ANALYSED, item.again);
    }
    ff_history_close(history);
    assert_true(ff_slice_eq(known.run.event, FF_LIT("push"))); /* it does not borrow from the history */
    ff_arena_release(&arena);
}

static void an_item_that_is_gone_is_not_found(void **state)
{
    (void)state;
    ff_history *history = night();
    ff_history_window asked = window(0, 24);
    ff_arena arena;
    ff_error error = {0};
    ff_history_known known = {0};
    ff_arena_init(&arena, 0);
    const ff_queue_item item = {.id = 99, .created_at = AT(0, 5), .repository = 0};
    assert_int_equal(ff_queue_facts(&item, history, &asked, &arena, &known, &error), FF_NOT_FOUND);
    ff_queue queue = {.arena = &arena, .failed = 3, .known = 1};
    ff_queue_drop(&queue, &item);
    assert_int_equal(queue.failed, 2);
    assert_int_equal(queue.known, 1);
    ff_queue_drop(&queue, &(ff_queue_item){.id = 98, .again = true});
    assert_int_equal(queue.failed, 1);
    assert_int_equal(queue.known, 0);
    ff_arena_release(&arena);
    ff_history_close(history);
}

/* Its texts are the history's, and would not last. */
static void without_memory_for_its_texts_nothing_is_known_of_an_item(void **state)
{
    enum { MOST = 4096 };
    bool whole = false;
    size_t failures = 0;
    (void)state;
    ff_history *history = night();
    const ff_history_window asked = window(0, 24);
    const ff_queue_item item = {.id = 5, .created_at = AT(0, 5), .repository = 0};
    for (size_t bytes = 1; !whole && bytes < MOST; bytes += 8) {
        ff_arena arena;
        ff_error error = {0};
        ff_history_known known = {0};
        ff_arena_init(&arena, bytes);
        ff_status status = ff_queue_facts(&item, history, &asked, &arena, &known, &error);
        whole = status == FF_OK;
        assert_int_equal(status, whole ? FF_OK : FF_NOMEM);
        assert_int_equal(known.run.id, whole ? item.id : 0);
        assert_true(whole || !known.run.host.ptr);
        failures += !whole;
        ff_arena_release(&arena);
    }
    assert_true(whole && failures > 10);
    ff_history_close(history);
}

static void without_memory_there_is_no_queue(void **state)
{
    (void)state;
    ff_history *history = night();
    ff_history_window asked = window(0, 24);
    ff_arena arena;
    ff_error error = {0};
    ff_arena_init(&arena, 16);
    ff_queue queue = {.arena = &arena};
    ff_queue_ask ask = {.window = &asked, .digest = FF_LIT("now")};
    assert_int_equal(ff_queue_fill(&queue, history, &ask, &error), FF_NOMEM);
    assert_true(error.text[0] != '\0');
    ff_arena_release(&arena);
    ff_history_close(history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_queue_holds_what_is_new_newest_first, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(an_item_is_looked_up_again_with_its_own_texts, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(an_item_that_is_gone_is_not_found, past_enter, past_leave),
        cmocka_unit_test_setup_teardown(without_memory_for_its_texts_nothing_is_known_of_an_item, past_enter,
                                        past_leave),
        cmocka_unit_test_setup_teardown(without_memory_there_is_no_queue, past_enter, past_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
