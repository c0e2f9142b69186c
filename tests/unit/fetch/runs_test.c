/* Listings of runs and repositories over a made-up exchange: what is asked, how far it goes, and why it ends. */
#include "fetch/runs.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define SECOND INT64_C(1000000000)
#define TEN (INT64_C(1768039200) * SECOND) /* 2026-01-10T10:00:00Z */
#define RUNS "/repos/o/r.x/actions/runs?"
#define PAGE "https://api.github.com/repositories/1/actions/runs?page="
#define OPEN FF_NO_TIME, FF_NO_TIME

enum { ANSWERS = 4 };

/* What the exchange answers, one after the other; then, the last one again. */
typedef struct answer {
    const char *body, *next;
    ff_status status;
    bool next_refused;
} answer;

typedef struct fake {
    ff_exchange exchange; /* first */
    const answer *answers;
    size_t count, asked, forgotten;
    char last[4096]; /* path asked last */
} fake;

static void fake_get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    fake *f = (fake *)exchange;
    assert_int_equal(count, 1);
    assert_non_null(calls->what);
    assert_false(calls->lasting);
    assert_int_equal(calls->kind, FF_CALL_JSON);
    (void)snprintf(f->last, sizeof f->last, "%.*s", FF_ARG(calls->path));
    const answer *found = &f->answers[f->asked < f->count ? f->asked : f->count - 1];
    f->asked++;
    ff_body_init(&calls->body, FF_LIMIT_ANSWER_BYTES);
    calls->status = found->status;
    calls->next_refused = found->next_refused;
    if (found->status == FF_OK) {
        assert_int_equal(ff_body_add(&calls->body, ff_slice_of(found->body), NULL), FF_OK);
        assert_true(ff_call_own(&calls->next, ff_slice_of(found->next)));
    } else {
        (void)ff_error_set(&calls->error, found->status, "the runs: refused");
    }
}

static void fake_forget(ff_exchange *exchange, ff_slice path)
{
    fake *f = (fake *)exchange;
    f->forgotten++;
    assert_true(ff_slice_eq(path, ff_slice_of(f->last)));
}

static void fake_close(ff_exchange *exchange)
{
    (void)exchange;
}

static const ff_exchange_kind FAKE = {.get = fake_get, .forget = fake_forget, .close = fake_close};

static fake fake_of(const answer *answers, size_t count)
{
    return (fake){.exchange = {.kind = &FAKE}, .answers = answers, .count = count};
}

static ff_github github_of(fake *f, ff_arena *arena)
{
    return (ff_github){.exchange = &f->exchange, .owner = FF_LIT("o"), .name = FF_LIT("r.x"), .arena = arena};
}

static void every_filter_has_its_place_in_the_question(void **state)
{
    static const struct {
        ff_runs_query query;
        const char *path;
    } rows[] = {
        {{OPEN, .most = 0}, RUNS "per_page=100"},
        {{TEN, TEN + 3599 * SECOND, .most = 100},
         RUNS "created=2026-01-10T10%3A00%3A00Z..2026-01-10T10%3A59%3A59Z&per_page=100"},
        {{TEN, FF_NO_TIME, .most = 1}, RUNS "created=%3E%3D2026-01-10T10%3A00%3A00Z&per_page=1"},
        {{FF_NO_TIME, TEN, .most = 1}, RUNS "created=%3C%3D2026-01-10T10%3A00%3A00Z&per_page=1"},
        {{OPEN, .status = "timed_out"}, RUNS "status=timed_out&per_page=100"},
        {{OPEN, .branch = FF_TEXT("feature/\xC3\xBC&x=#1 +%"), .event = FF_TEXT("pull_request")},
         RUNS "branch=feature%2F%C3%BC%26x%3D%231%20%2B%25&event=pull_request&per_page=100"},
        {{OPEN, .workflow = FF_TEXT("161335")}, "/repos/o/r.x/actions/workflows/161335/runs?per_page=100"},
        {{OPEN, .workflow = FF_TEXT("ci.yml"), .status = "completed"},
         "/repos/o/r.x/actions/workflows/ci.yml/runs?status=completed&per_page=100"},
        {{OPEN, .workflow = FF_TEXT("../../x?y\r\n")},
         "/repos/o/r.x/actions/workflows/..%2F..%2Fx%3Fy%0D%0A/runs?per_page=100"},
    };
    static const answer none = {.body = "{\"total_count\": 0, \"workflow_runs\": []}"};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        fake f = fake_of(&none, 1);
        ff_github github = github_of(&f, &arena);
        ff_api_runs runs = {.total = 7, .count = 3};
        ff_slice ended = FF_LIT("x");
        assert_int_equal(ff_github_runs(&github, &rows[i].query, &runs, &ended, NULL), FF_OK);
        assert_string_equal(f.last, rows[i].path);
        assert_int_equal(f.asked, 1);
        assert_int_equal(runs.count + runs.total + ended.len, 0);
        ff_arena_release(&arena);
    }
}

static void what_cannot_be_asked_for_is_not(void **state)
{
    static char endless[4096];
    memset(endless, '/', sizeof endless);
    const struct {
        ff_runs_query query;
        ff_status status;
        const char *text;
    } rows[] = {
        {{OPEN, .workflow = FF_TEXT("..")}, FF_MISUSE, "the runs: its workflow cannot be asked for"},
        {{OPEN, .workflow = FF_TEXT(".")}, FF_MISUSE, "the runs: its workflow cannot be asked for"},
        {{OPEN, .branch = {endless, sizeof endless}},
         FF_LIMIT,
         "the runs: the name of the branch, event or workflow is too long"},
        {{OPEN, .workflow = {endless, sizeof endless}},
         FF_LIMIT,
         "the runs: the name of the branch, event or workflow is too long"},
    };
    static const answer none = {.status = FF_IO};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        fake f = fake_of(&none, 1);
        ff_github github = github_of(&f, &arena);
        ff_api_runs runs;
        ff_slice ended;
        ff_error error = {0};
        assert_int_equal(ff_github_runs(&github, &rows[i].query, &runs, &ended, &error), rows[i].status);
        assert_string_equal(error.text, rows[i].text);
        assert_int_equal(f.asked, 0);
        ff_arena_release(&arena);
    }
}

#define LIST(total, items) "{\"total_count\": " total ", \"workflow_runs\": [" items "]}"
#define ONE "{\"id\": 1}"
#define TWO "{\"id\": 2}"

static const struct {
    answer answers[ANSWERS];
    ff_runs_query query;
    size_t asked, runs;
    uint64_t total;
    const char *ended;
} LISTINGS[] = {
    {{{.body = LIST("2", ONE "," TWO)}}, {OPEN, .most = 0}, 1, 2, 2, ""},
    {{{.body = LIST("2", ONE), .next = PAGE "2"}, {.body = LIST("2", TWO)}}, {OPEN, .most = 1}, 2, 2, 2, ""},
    /* A run came while the list was read: the second page begins with what the first one ended with. */
    {{{.body = LIST("2", ONE "," TWO), .next = PAGE "2"}, {.body = LIST("3", TWO ",{\"id\": 3}")}},
     {OPEN, .most = 0},
     2,
     3,
     3,
     ""},
    {{{.body = LIST("2", ONE "," TWO), .next = PAGE "2"}, {.body = LIST("3", TWO)}}, {OPEN, .most = 0}, 2, 2, 3, ""},
    {{{.body = LIST("3", ONE "," TWO), .next = PAGE "2"}, {.body = LIST("4", TWO)}},
     {OPEN, .most = 0},
     2,
     2,
     4,
     "only 2 of 3 came"},
    /* One went away: a run slid from the second page to the first, which had been read. */
    {{{.body = LIST("4", ONE "," TWO), .next = PAGE "2"}, {.body = LIST("3", "{\"id\": 4}")}},
     {OPEN, .most = 0},
     2,
     3,
     3,
     "it became shorter while it was read"},
    {{{.body = LIST("1234", ONE), .next = PAGE "2"}, {.body = LIST("1234", TWO)}},
     {OPEN, .most = 0},
     2,
     2,
     1234,
     "only 2 of 1234 came"},
    {{{.body = LIST("1001", ONE), .next = PAGE "2"}}, {OPEN, .first_page_only = true}, 1, 1, 1001, ""},
    {{{.body = LIST("1000", ONE), .next = PAGE "2"}, {.body = LIST("2", TWO)}},
     {OPEN, .first_page_only = true},
     2,
     2,
     2,
     "it became shorter while it was read"},
    {{{.body = LIST("9", ONE), .next = PAGE "2"}}, {OPEN, .most = 1, .first_page_only = true}, 1, 1, 9, ""},
    {{{.body = LIST("9", ONE), .next = "https://example.org/", .next_refused = true}},
     {OPEN, .most = 1, .first_page_only = true},
     1,
     1,
     9,
     ""},
    {{{.body = LIST("9", ONE), .next = "https://example.org/", .next_refused = true}},
     {OPEN, .most = 1},
     1,
     1,
     9,
     "the next page is on another host, example.org"},
    {{{.body = LIST("9", ONE), .next = PAGE "2"}, {.status = FF_IO}},
     {OPEN, .most = 0},
     2,
     1,
     9,
     "page 2: the runs: refused"},
    {{{.body = LIST("2", ONE ",{}")}}, {OPEN, .most = 0}, 1, 2, 2, "it holds a run without an id"},
    {{{.body = LIST("9", ONE), .next = PAGE "2"}, {.body = LIST("9", TWO), .next = PAGE "2"}},
     {OPEN, .most = 0},
     2,
     2,
     9,
     "the list of pages goes round in circles"},
};

static void a_listing_goes_as_far_as_it_is_wanted_and_says_why_it_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(LISTINGS); i++) {
        ff_arena arena = {0};
        fake f = fake_of(LISTINGS[i].answers, ANSWERS);
        ff_github github = github_of(&f, &arena);
        ff_api_runs runs;
        ff_slice ended;
        ff_error error = {0};
        if (ff_github_runs(&github, &LISTINGS[i].query, &runs, &ended, &error) != FF_OK)
            fail_msg("row %zu: %s", i, error.text);
        if (runs.count != LISTINGS[i].runs || f.asked != LISTINGS[i].asked || runs.total != LISTINGS[i].total ||
            !ff_slice_eq(ended, ff_slice_of(LISTINGS[i].ended)))
            fail_msg("row %zu: %zu runs of %zu, %zu pages, '%.*s'", i, runs.count, (size_t)runs.total, f.asked,
                     FF_ARG(ended));
        ff_arena_release(&arena);
    }
}

static void a_first_page_that_fails_is_the_failure_of_the_list(void **state)
{
    static const struct {
        answer answer;
        ff_status status;
        size_t asked, forgotten;
        const char *text;
    } rows[] = {
        {{.status = FF_NOT_FOUND}, FF_NOT_FOUND, 1, 0, "the runs: refused"},
        {{.status = FF_DENIED}, FF_DENIED, 1, 0, "the runs: refused"},
        {{.body = "{\"jobs\": []}"}, FF_INVALID, 2, 2, "GitHub's answer for the runs holds no list of runs"},
        {{.body = "[]"}, FF_INVALID, 2, 2, "GitHub's answer for the runs holds no list of runs"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        fake f = fake_of(&rows[i].answer, 1);
        ff_github github = github_of(&f, &arena);
        ff_runs_query query = {OPEN, .first_page_only = true};
        ff_api_runs runs;
        ff_slice ended;
        ff_error error = {0};
        assert_int_equal(ff_github_runs(&github, &query, &runs, &ended, &error), rows[i].status);
        assert_string_equal(error.text, rows[i].text);
        assert_int_equal(runs.count + ended.len, 0);
        assert_int_equal(f.asked, rows[i].asked);
        assert_int_equal(f.forgotten, rows[i].forgotten);
        ff_arena_release(&arena);
    }
}

static void the_repositories_of_an_organisation_come_page_by_page(void **state)
{
    static const answer answers[] = {
        {.body = "[{\"id\": 1, \"full_name\": \"o/a\", \"archived\": true}, {\"id\": 2, \"full_name\": \"o/b\"}]",
         .next = PAGE "2"},
        {.body = "[{\"id\": 2, \"full_name\": \"o/b\"}, {\"id\": 3, \"full_name\": \"o/c\", \"disabled\": true}]",
         .next = PAGE "3"},
        {.status = FF_IO},
    };
    ff_arena arena = {0};
    fake f = fake_of(answers, COUNT(answers));
    ff_github github = github_of(&f, &arena);
    ff_api_repositories all;
    ff_slice ended;
    (void)state;
    f.count = 1;
    f.answers = &(const answer){.body = "[]"};
    assert_int_equal(ff_github_repositories(&github, &all, &ended, NULL), FF_OK);
    assert_string_equal(f.last, "/orgs/o/repos?type=all&per_page=100");
    assert_int_equal(all.count + ended.len, 0);
    f = fake_of(answers, COUNT(answers));
    assert_int_equal(ff_github_repositories(&github, &all, &ended, NULL), FF_OK);
    assert_int_equal(all.count, 3);
    assert_true(all.items[0].archived && !all.items[0].disabled);
    assert_true(!all.items[1].archived && !all.items[1].disabled);
    assert_true(!all.items[2].archived && all.items[2].disabled);
    assert_true(ff_slice_eq(all.items[2].full_name, FF_LIT("o/c")));
    assert_true(ff_slice_eq(ended, FF_LIT("page 3: the runs: refused")));
    f = fake_of(&(const answer){.status = FF_NOT_FOUND}, 1);
    assert_int_equal(ff_github_repositories(&github, &all, &ended, NULL), FF_NOT_FOUND);
    ff_arena_release(&arena);
}

static void every_smaller_memory_is_reported_as_such(void **state)
{
    static const answer answers[] = {{.body = LIST("9", ONE "," TWO), .next = PAGE "2"}, {.body = LIST("9", ONE)}};
    ff_status status = FF_NOMEM;
    (void)state;
    for (size_t limit = 1; status != FF_OK; limit += 16) {
        ff_arena arena;
        ff_error error = {0};
        ff_slice ended;
        ff_api_runs runs;
        ff_arena_init(&arena, limit);
        fake f = fake_of(answers, COUNT(answers));
        ff_github github = github_of(&f, &arena);
        status = ff_github_runs(&github, &(ff_runs_query){TEN, TEN, .most = 0}, &runs, &ended, &error);
        if (status != FF_OK && (status != FF_NOMEM || !strstr(error.text, "out of memory")))
            fail_msg("%zu bytes: status %d, '%s'", limit, status, error.text);
        if (status == FF_OK)
            assert_true(ff_slice_eq(ended, FF_LIT("only 2 of 9 came")));
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_filter_has_its_place_in_the_question),
        cmocka_unit_test(what_cannot_be_asked_for_is_not),
        cmocka_unit_test(a_listing_goes_as_far_as_it_is_wanted_and_says_why_it_ends),
        cmocka_unit_test(a_first_page_that_fails_is_the_failure_of_the_list),
        cmocka_unit_test(the_repositories_of_an_organisation_come_page_by_page),
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
