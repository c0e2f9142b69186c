/* What finished scans said, and what is forgotten. */
#include "past.h"
#include "spoken.h"

#define APP                                                              \
    {                                                                    \
        .host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/app") \
    }
#define WEB                                                              \
    {                                                                    \
        .host = FF_TEXT("github.com"), .repository = FF_TEXT("acme/web") \
    }

static const ff_history_run BOTH[] = {APP, WEB};

static void finish(ff_history *history, int64_t ended_at, const ff_history_said *said, size_t count)
{
    ff_error error = {0};
    const ff_history_scan scan = {
        .started_at = ended_at - 60 * SECONDS,
        .ended_at = ended_at,
        .window = {.repositories = BOTH, .repository_count = COUNT(BOTH), .since = AT(-1, 0), .until = AT(0, 0)},
        .digest = FF_LIT("sha256:1"),
        .listed = 9,
        .failed = 3,
        .analysed = 1,
        .known = 2,
        .said = said,
        .said_count = count,
    };
    if (ff_history_finish(history, &scan, &error) != FF_OK)
        fail_msg("%s", error.text);
}

static const ff_history_said FIRST[] = {
    {FF_TEXT("github.com"), FF_TEXT("acme/app"), PRINT_A, FF_TEXT("new"), 3, AT(0, 1), 0},
    {FF_TEXT("github.com"), FF_TEXT("acme/web"), PRINT_A, FF_TEXT("new"), 1, AT(0, 2), 0},
    {FF_TEXT("github.com"), FF_TEXT("acme/app"), PRINT_B, FF_TEXT("known"), 2, AT(0, 3), 0},
};
static const ff_history_said SECOND[] = {
    {FF_TEXT("GitHub.com"), FF_TEXT("Acme/App"), PRINT_A, FF_TEXT("fixed"), 0, FF_NO_TIME, 0},
};

static ff_status speak_said(void *self, const ff_history_said *said)
{
    spoken_add(self, "%.1s@%.*s:%.*s*%llu%s%+lld", said->fingerprint, FF_ARG(ff_slice_from(said->repository, 5)),
               FF_ARG(said->state), (unsigned long long)said->count, said->last_seen == FF_NO_TIME ? "?" : "",
               (long long)((said->said_at - MIDNIGHT) / DAYS));
    return FF_OK;
}

static void the_last_word_on_a_group_is_that_of_the_last_scan(void **state)
{
    static const ff_history_run web[] = {WEB};
    static const ff_history_window of_web = {.repositories = web, .repository_count = 1, .since = AT(9, 0)};
    spoken said = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    assert_int_equal(ff_history_last_said(history, NULL, speak_said, &said, NULL), FF_OK);
    assert_string_equal(said.text, "");
    finish(history, AT(2, 0), SECOND, COUNT(SECOND)); /* the order in which they come does not matter */
    finish(history, AT(1, 0), FIRST, COUNT(FIRST));
    finish(history, AT(3, 0), NULL, 0);
    assert_int_equal(ff_history_last_said(history, NULL, speak_said, &said, NULL), FF_OK);
    assert_string_equal(said.text, "a@App:fixed*0?+2 a@web:new*1+1 b@App:known*2+1");
    said = (spoken){0};
    assert_int_equal(ff_history_last_said(history, &of_web, speak_said, &said, NULL), FF_OK);
    assert_string_equal(said.text, "a@web:new*1+1");
    said = (spoken){0};
    assert_int_equal(ff_history_said_of(history, NULL, PRINT_A, speak_said, &said, NULL), FF_OK);
    assert_string_equal(said.text, "a@App:fixed*0?+2 a@App:new*3+1 a@web:new*1+1");
    said = (spoken){0};
    assert_int_equal(ff_history_said_of(history, &of_web, PRINT_B, speak_said, &said, NULL), FF_OK);
    assert_string_equal(said.text, "");
    ff_history_close(history);
}

static void of_two_scans_that_end_together_the_later_one_has_the_last_word(void **state)
{
    static const ff_history_said again[] = {
        {FF_TEXT("github.com"), FF_TEXT("acme/app"), PRINT_A, FF_TEXT("known"), 4, AT(0, 1), 0}};
    spoken said = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    finish(history, AT(1, 0), FIRST, 1);
    finish(history, AT(1, 0), again, 1);
    assert_int_equal(ff_history_last_said(history, NULL, speak_said, &said, NULL), FF_OK);
    assert_string_equal(said.text, "a@app:known*4+1");
    ff_history_close(history);
}

static ff_status speak_print(void *self, const char *fingerprint)
{
    spoken_add(self, "%.1s", fingerprint);
    return FF_OK;
}

static ff_status speak_run(void *self, const ff_history_known *known, uint32_t first_failed)
{
    (void)first_failed;
    spoken_add(self, "%llu.%u", (unsigned long long)known->run.id, known->run.attempt);
    return FF_OK;
}

static ff_status count_line(void *self, ff_slice line)
{
    size_t *lines = self; /* repositories, runs, scans */
    lines[ff_slice_starts(line, FF_LIT("{\"kind\":\"repository\"")) ? 0
          : ff_slice_starts(line, FF_LIT("{\"kind\":\"run\""))      ? 1
                                                                    : 2]++;
    return FF_OK;
}

static void what_is_old_is_forgotten_with_all_that_hangs_on_it(void **state)
{
    spoken said = {0};
    uint64_t runs = 99;
    size_t lines[3] = {0};
    (void)state;
    ff_history *history = past_open("h.db");
    for (uint64_t id = 1; id <= 1200; id++) {
        const past_run old = {.id = id, .created_at = AT(0, 0), .print = PRINT_B, .repository = "acme/old"};
        if (id <= 5)
            past_fill(history, &old, 1);
        else
            past_list(history, &old, 1);
    }
    static const past_run others[] = {
        {.id = 2000, .created_at = AT(1, 0), .print = PRINT_A},
        {.id = 2001, .created_at = AT(1, 0) - 1, .print = PRINT_A},
        {.id = 2001, .created_at = AT(1, 0) - 1, .attempt = 2, .print = PRINT_A},
    };
    past_fill(history, others, COUNT(others));
    finish(history, AT(1, 0) - 1, FIRST, COUNT(FIRST));
    finish(history, AT(1, 0), FIRST, 1);
    assert_int_equal(ff_history_prune(history, AT(1, 0), &runs, NULL), FF_OK);
    assert_int_equal(runs, 1201);
    assert_int_equal(ff_history_runs(history, NULL, speak_run, &said, NULL), FF_OK);
    assert_string_equal(said.text, "2000.1");
    said = (spoken){0};
    assert_int_equal(ff_history_last_said(history, NULL, speak_said, &said, NULL), FF_OK);
    assert_string_equal(said.text, "a@app:new*3+1");
    said = (spoken){0};
    assert_int_equal(ff_history_find(history, FF_LIT("b"), 9, speak_print, &said, NULL), FF_OK);
    assert_string_equal(said.text, "");
    /* acme/web is named by the scan that stays, acme/old by nothing */
    assert_int_equal(ff_history_export(history, NULL, count_line, lines, NULL), FF_OK);
    assert_true(lines[0] == 2 && lines[1] == 1 && lines[2] == 1);
    assert_int_equal(ff_history_prune(history, AT(1, 0), &runs, NULL), FF_OK);
    assert_int_equal(runs, 0);
    ff_history_close(history);
}

static off_t size_of(const char *path)
{
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    return facts.st_size;
}

static void what_was_forgotten_takes_no_room(void **state)
{
    uint64_t runs = 0;
    (void)state;
    ff_history *history = past_open("h.db");
    for (uint64_t id = 1; id <= 1500; id++) {
        const past_run run = {.id = id, .created_at = AT(0, 0), .print = PRINT_B};
        past_fill(history, &run, 1);
    }
    ff_history_close(history);
    off_t before = size_of("h.db");
    history = past_open("h.db");
    assert_int_equal(ff_history_prune(history, AT(1, 0), &runs, NULL), FF_OK);
    ff_history_close(history);
    assert_true(size_of("h.db") < before / 4);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, past_enter, past_leave)
    const struct CMUnitTest tests[] = {
        TEST(the_last_word_on_a_group_is_that_of_the_last_scan),
        TEST(of_two_scans_that_end_together_the_later_one_has_the_last_word),
        TEST(what_is_old_is_forgotten_with_all_that_hangs_on_it),
        TEST(what_was_forgotten_takes_no_room),
    };
    return cmocka_run_group_tests_name("scans", tests, NULL, NULL);
}
