/* The endpoints over a made-up exchange: which paths are asked, how pages are followed, and why a listing ends. */
#include "fetch/runs.h"

#include "base/buf.h"
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
#define JOBS "/repos/o/r.x/actions/runs/7/attempts/2/jobs?per_page=100"
#define PAGE "https://api.github.com/repositories/1/actions/runs/7/attempts/2/jobs?per_page=100&page="

enum { ANSWERS = 5 };

/* What the exchange answers for a path. Everything else is not found. */
typedef struct answer {
    const char *path, *body, *next, *then; /* `then`: what it says when it is asked again */
    bool next_refused, next_circles;
    ff_status status;
    const char *error;
} answer;

typedef struct fake {
    ff_exchange exchange; /* first */
    const answer *answers;
    size_t count;
    bool endless; /* every page has another one */
    unsigned asked, forgotten;
    char last[256]; /* path asked last */
} fake;

static ff_slice owned(const char *text)
{
    size_t len = text ? strlen(text) : 0;
    char *copy = len ? malloc(len) : NULL;
    if (copy)
        memcpy(copy, text, len);
    return (ff_slice){copy, len};
}

static void answer_call(fake *f, ff_call *call, const answer *found)
{
    ff_body_init(&call->body, FF_LIMIT_ANSWER_BYTES);
    call->status = found ? found->status : FF_NOT_FOUND;
    if (call->status != FF_OK) {
        (void)ff_error_set(&call->error, call->status, "%s",
                           found ? found->error : "not found, or this token cannot see it");
        return;
    }
    const char *body = f->forgotten && found->then ? found->then : found->body;
    assert_int_equal(ff_body_add(&call->body, ff_slice_of(body), NULL), FF_OK);
    call->next = owned(found->next);
    call->next_refused = found->next_refused;
    call->next_circles = found->next_circles;
    if (f->endless) {
        char next[128];
        (void)snprintf(next, sizeof next, PAGE "%u", f->asked + 1);
        free((void *)(uintptr_t)call->next.ptr);
        call->next = owned(next);
    }
}

static void fake_get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    fake *f = (fake *)exchange;
    for (size_t i = 0; i < count; i++) {
        const answer *found = NULL;
        f->asked++;
        (void)snprintf(f->last, sizeof f->last, "%.*s", FF_ARG(calls[i].path));
        assert_non_null(calls[i].what);
        for (size_t at = 0; at < f->count && !found; at++)
            if (f->answers[at].path && ff_slice_starts(calls[i].path, ff_slice_of(f->answers[at].path)) &&
                (f->endless || calls[i].path.len == strlen(f->answers[at].path)))
                found = &f->answers[at];
        answer_call(f, &calls[i], found);
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

static void every_question_has_its_path(void **state)
{
    ff_arena arena = {0};
    fake f = fake_of(NULL, 0);
    ff_github github = github_of(&f, &arena);
    ff_api_run run;
    ff_api_job job;
    ff_api_jobs jobs;
    ff_api_annotations annotations = {0};
    ff_slice ended;
    ff_error error = {0};
    (void)state;
    assert_int_equal(ff_github_run(&github, 10000001001, 0, &run, &error), FF_NOT_FOUND);
    assert_string_equal(f.last, "/repos/o/r.x/actions/runs/10000001001");
    assert_string_equal(error.text, "not found, or this token cannot see it");
    (void)ff_github_run(&github, UINT64_MAX, UINT32_MAX, &run, NULL);
    assert_string_equal(f.last, "/repos/o/r.x/actions/runs/18446744073709551615/attempts/4294967295");
    (void)ff_github_job(&github, 5, &job, NULL);
    assert_string_equal(f.last, "/repos/o/r.x/actions/jobs/5");
    assert_int_equal(ff_github_jobs(&github, 7, 0, &jobs, &ended, NULL), FF_NOT_FOUND);
    assert_string_equal(f.last, "/repos/o/r.x/actions/runs/7/jobs?filter=latest&per_page=100");
    (void)ff_github_jobs(&github, 7, 2, &jobs, &ended, NULL);
    assert_string_equal(f.last, JOBS);
    (void)ff_github_annotations(&github, 5, &annotations, NULL);
    assert_string_equal(f.last, "/repos/o/r.x/check-runs/5/annotations?per_page=50");
    ff_api_run than = {.workflow_id = 3, .head_branch = FF_LIT("feature/\xC3\xBC&x=#1 +%"), .created_at = FF_NO_TIME};
    (void)ff_github_last_green(&github, &than, &run, NULL);
    assert_string_equal(f.last, "/repos/o/r.x/actions/workflows/3/runs?branch=feature%2F%C3%BC%26x%3D%231%20%2B%25"
                                "&status=success&per_page=1");
    than = (ff_api_run){.workflow_id = 3, .head_branch = FF_LIT("x"), .created_at = INT64_C(1768039200500000000)};
    (void)ff_github_last_green(&github, &than, &run, NULL);
    assert_string_equal(f.last, "/repos/o/r.x/actions/workflows/3/runs?branch=x&created=%3C2026-01-10T10%3A00%3A00Z"
                                "&status=success&per_page=1");
    ff_call call = ff_github_archive_call(&github, 7, 2, true);
    assert_true(ff_slice_eq(call.path, FF_LIT("/repos/o/r.x/actions/runs/7/attempts/2/logs")));
    assert_true(call.lasting && call.kind == FF_CALL_FILE);
    assert_false(ff_github_archive_call(&github, 7, 2, false).lasting);
    call = ff_github_archive_call(&github, 7, 0, true);
    assert_true(ff_slice_eq(call.path, FF_LIT("/repos/o/r.x/actions/runs/7/logs")));
    assert_true(call.lasting);
    call = ff_github_job_log_call(&github, 5);
    assert_true(ff_slice_eq(call.path, FF_LIT("/repos/o/r.x/actions/jobs/5/logs")));
    assert_true(call.lasting && call.kind == FF_CALL_FILE);
    assert_int_equal(f.asked, 8);
    assert_int_equal(f.forgotten, 0);
    ff_arena_release(&arena);
}

static void an_answer_becomes_facts(void **state)
{
    static const answer answers[] = {
        {.path = "/repos/o/r.x/actions/runs/7", .body = "{\"id\": 7}"},
        {.path = "/repos/o/r.x/actions/jobs/5", .body = "{\"id\": 5, \"run_id\": 7}"},
        {.path = "/repos/o/r.x/actions/workflows/3/runs?branch=main&status=success&per_page=1",
         .body = "{\"workflow_runs\": [{\"id\": 6, \"head_sha\": \"aa\"}]}"},
        {.path = "/repos/o/r.x/actions/workflows/4/runs?branch=main&status=success&per_page=1",
         .body = "{\"workflow_runs\": []}"},
        {.path = "/repos/o/r.x/check-runs/5/annotations?per_page=50", .body = "[{\"message\": \"m\"}]"},
    };
    ff_arena arena = {0};
    fake f = fake_of(answers, COUNT(answers));
    ff_github github = github_of(&f, &arena);
    ff_api_run run;
    ff_api_job job;
    ff_api_annotations annotations = {0};
    (void)state;
    assert_int_equal(ff_github_run(&github, 7, 0, &run, NULL), FF_OK);
    assert_int_equal(run.id, 7);
    assert_int_equal(ff_github_job(&github, 5, &job, NULL), FF_OK);
    assert_int_equal(job.run, 7);
    assert_int_equal(
        ff_github_last_green(&github,
                             &(ff_api_run){.workflow_id = 3, .head_branch = FF_LIT("main"), .created_at = FF_NO_TIME},
                             &run, NULL),
        FF_OK);
    assert_int_equal(run.id, 6);
    assert_int_equal(
        ff_github_last_green(&github,
                             &(ff_api_run){.workflow_id = 4, .head_branch = FF_LIT("main"), .created_at = FF_NO_TIME},
                             &run, NULL),
        FF_OK);
    assert_int_equal(run.id, 0);
    assert_int_equal(ff_github_annotations(&github, 5, &annotations, NULL), FF_OK);
    assert_int_equal(annotations.count, 1);
    ff_arena_release(&arena);
}

#define COMMIT "0123456789abcdef0123456789ABCDEF01234567"

static void trees_blobs_and_comparisons_are_asked_for_by_id_only(void **state)
{
    static const answer answers[] = {
        {.path = "/repos/o/r.x/git/trees/" COMMIT "?recursive=1",
         .body = "{\"truncated\": true, \"tree\": [{\"path\": \"a\", \"mode\": \"100644\", \"type\": \"blob\", "
                 "\"sha\": \"s\", \"size\": 3}, 7]}"},
        {.path = "/repos/o/r.x/git/blobs/" COMMIT, .body = "{\"encoding\": \"base64\", \"content\": \"b25l\"}"},
        {.path = "/repos/o/r.x/compare/" COMMIT "..." COMMIT "?per_page=1",
         .body = "{\"status\": \"ahead\", \"files\": [{\"filename\": \"a\", \"previous_filename\": \"b\"}]}"},
    };
    ff_arena arena = {0};
    fake f = fake_of(answers, COUNT(answers));
    ff_github github = github_of(&f, &arena);
    ff_api_nodes nodes = {0};
    ff_api_comparison comparison = {0};
    ff_slice bytes;
    (void)state;
    assert_int_equal(ff_github_nodes(&github, FF_LIT("main"), true, &nodes, NULL), FF_MISUSE);
    assert_int_equal(ff_github_blob(&github, FF_LIT("../x"), &bytes, NULL), FF_MISUSE);
    assert_int_equal(ff_github_compare(&github, FF_LIT(COMMIT), FF_LIT("x"), &comparison, NULL), FF_MISUSE);
    assert_int_equal(ff_github_compare(&github, FF_LIT("x"), FF_LIT(COMMIT), &comparison, NULL), FF_MISUSE);
    assert_int_equal(f.asked, 0);
    assert_int_equal(ff_github_nodes(&github, FF_LIT(COMMIT), true, &nodes, NULL), FF_OK);
    assert_int_equal(nodes.count, 1);
    assert_int_equal(nodes.truncated, 1);
    assert_int_equal(nodes.items[0].size, 3);
    assert_true(ff_slice_eq(nodes.items[0].path, FF_LIT("a")) && ff_slice_eq(nodes.items[0].mode, FF_LIT("100644")));
    assert_true(ff_slice_eq(nodes.items[0].type, FF_LIT("blob")) && ff_slice_eq(nodes.items[0].sha, FF_LIT("s")));
    assert_int_equal(ff_github_blob(&github, FF_LIT(COMMIT), &bytes, NULL), FF_OK);
    assert_true(ff_slice_eq(bytes, FF_LIT("one")));
    assert_int_equal(ff_github_compare(&github, FF_LIT(COMMIT), FF_LIT(COMMIT), &comparison, NULL), FF_OK);
    assert_true(ff_slice_eq(comparison.status, FF_LIT("ahead")));
    assert_int_equal(comparison.count, 1);
    assert_true(ff_slice_eq(comparison.items[0].before, FF_LIT("b")));
    ff_arena_release(&arena);
}

static void a_file_is_asked_for_at_its_commit_only(void **state)
{
    static char endless[4096];
    static const struct {
        const char *path, *commit;
        ff_status status;
        const char *asked; /* NULL: nothing */
    } rows[] = {
        {".github/workflows/ci.yml", COMMIT, FF_OK, "/repos/o/r.x/contents/.github/workflows/ci.yml?ref=" COMMIT},
        {".github/workflows/\xC3\xBC b?#%.yml", COMMIT, FF_NOT_FOUND,
         "/repos/o/r.x/contents/.github/workflows/%C3%BC%20b%3F%23%25.yml?ref=" COMMIT},
        {"a", COMMIT "0123456789abcdef01234567", FF_NOT_FOUND,
         "/repos/o/r.x/contents/a?ref=" COMMIT "0123456789abcdef01234567"},
        {"", COMMIT, FF_MISUSE, NULL},
        {"/a", COMMIT, FF_MISUSE, NULL},
        {"a/", COMMIT, FF_MISUSE, NULL},
        {"a//b", COMMIT, FF_MISUSE, NULL},
        {".", COMMIT, FF_MISUSE, NULL},
        {"a/../../../user", COMMIT, FF_MISUSE, NULL},
        {"a", "", FF_MISUSE, NULL},
        {"a", "main", FF_MISUSE, NULL},
        {"a", "abc", FF_MISUSE, NULL},
        {"a", "0123456789abcdef0123456789abcdef0123456g", FF_MISUSE, NULL},
        {"a", COMMIT "0", FF_MISUSE, NULL},
        {endless, COMMIT, FF_LIMIT, NULL},
    };
    static const answer answers[] = {{.path = "/repos/o/r.x/contents/.github/workflows/ci.yml?ref=" COMMIT,
                                      .body = "{\"encoding\": \"base64\", \"content\": \"am9iczoK\"}"}};
    (void)state;
    memset(endless, 'x', sizeof endless - 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        fake f = fake_of(answers, COUNT(answers));
        ff_github github = github_of(&f, &arena);
        ff_slice bytes;
        ff_error error = {0};
        ff_status status =
            ff_github_file(&github, ff_slice_of(rows[i].path), ff_slice_of(rows[i].commit), &bytes, &error);
        if (status != rows[i].status || (status == FF_OK) != !error.text[0])
            fail_msg("row %zu: %d '%s'", i, status, error.text);
        assert_int_equal(f.asked, rows[i].asked ? 1 : 0);
        assert_string_equal(f.last, rows[i].asked ? rows[i].asked : "");
        assert_true(ff_slice_eq(bytes, status == FF_OK ? FF_LIT("jobs:\n") : FF_LIT("")));
        ff_arena_release(&arena);
    }
}

static void an_answer_that_cannot_be_read_is_forgotten_and_asked_for_once_more(void **state)
{
    static const answer answers[] = {
        {.path = "/repos/o/r.x/actions/runs/7", .body = "<html>"},
        {.path = JOBS, .body = "{\"message\": \"x\"}"},
        {.path = "/repos/o/r.x/actions/runs/8", .body = "{\"id\":", .then = "{\"id\": 8}"},
    };
    ff_arena arena = {0};
    fake f = fake_of(answers, COUNT(answers));
    ff_github github = github_of(&f, &arena);
    ff_api_run run;
    ff_api_jobs jobs;
    ff_slice ended;
    ff_error error = {0};
    (void)state;
    assert_int_equal(ff_github_run(&github, 7, 0, &run, &error), FF_INVALID);
    assert_string_equal(error.text,
                        "GitHub's answer for the run is not JSON: '[' or '{' expected near '<', line 1, column 1");
    assert_int_equal(f.forgotten, 2);
    assert_int_equal(f.asked, 2);
    error = (ff_error){0};
    assert_int_equal(ff_github_jobs(&github, 7, 2, &jobs, &ended, &error), FF_INVALID);
    assert_string_equal(error.text, "GitHub's answer for the jobs of the run holds no list of jobs");
    assert_int_equal(f.asked, 4);
    f = fake_of(answers, COUNT(answers));
    error = (ff_error){0};
    assert_int_equal(ff_github_run(&github, 8, 0, &run, &error), FF_OK);
    assert_int_equal(run.id, 8);
    assert_int_equal(f.asked, 2);
    assert_string_equal(error.text, "");
    ff_arena_release(&arena);
}

static const struct {
    answer answers[ANSWERS];
    size_t jobs;
    const char *ended;
} LISTINGS[] = {
    {{{.path = JOBS, .body = "{\"total_count\": 2, \"jobs\": [{\"id\": 1}, {\"id\": 2}]}"}}, 2, ""},
    {{{.path = JOBS, .body = "{\"total_count\": 3, \"jobs\": [{\"id\": 1}, {\"id\": 2}]}", .next = PAGE "2"},
      {.path = PAGE "2", .body = "{\"total_count\": 3, \"jobs\": [{\"id\": 3}]}"}},
     3,
     ""},
    /* The list grew while it was read: job 2 slid to the second page, and the first one's total is too small. */
    {{{.path = JOBS, .body = "{\"total_count\": 2, \"jobs\": [{\"id\": 1}, {\"id\": 2}]}", .next = PAGE "2"},
      {.path = PAGE "2", .body = "{\"total_count\": 3, \"jobs\": [{\"id\": 2}, {\"id\": 3}]}"}},
     3,
     ""},
    {{{.path = JOBS, .body = "{\"total_count\": 1, \"jobs\": [{\"id\": 1}, {\"id\": 2}]}"}}, 2, ""},
    {{{.path = JOBS, .body = "{\"jobs\": []}"}}, 0, ""},
    {{{.path = JOBS, .body = "{\"total_count\": 3, \"jobs\": [{\"id\": 1}, {\"id\": 1}]}"}}, 1, "only 1 of 3 came"},
    {{{.path = JOBS, .body = "{\"total_count\": 3, \"jobs\": [{\"id\": 1}]}", .next = PAGE "2"},
      {.path = PAGE "2", .body = "{\"jobs\": [{\"id\": 2}]}", .next = PAGE "3"}},
     2,
     "page 3: not found, or this token cannot see it"},
    {{{.path = JOBS, .body = "{\"jobs\": [{\"id\": 1}]}", .next = PAGE "2"},
      {.path = PAGE "2", .status = FF_IO, .error = "the connection was lost"}},
     1,
     "page 2: the connection was lost"},
    {{{.path = JOBS, .body = "{\"jobs\": [{\"id\": 1}]}", .next = PAGE "2"}, {.path = PAGE "2", .body = "{\"jobs\":"}},
     1,
     "page 2: GitHub's answer for the jobs of the run ends in the middle: unexpected token near end of file, line "
     "1,"
     " column 8"},
    {{{.path = JOBS, .body = "{\"jobs\": [{\"id\": 1}]}", .next = PAGE "2"},
      {.path = PAGE "2", .body = "{\"jobs\": [{\"id\": 2}]}", .next = PAGE "3"},
      {.path = PAGE "3", .body = "{\"jobs\": [{\"id\": 3}]}", .next = PAGE "2"}},
     3,
     "the list of pages goes round in circles"},
    {{{.path = JOBS, .body = "{\"jobs\": [{\"id\": 1}]}", .next = JOBS}}, 1, "the list of pages goes round in circles"},
    {{{.path = JOBS, .body = "{\"jobs\": [{\"id\": 1}]}", .next_circles = true}},
     1,
     "the list of pages goes round in circles"},
    {{{.path = JOBS, .body = "{\"total_count\": 9, \"jobs\": [{\"id\": 1}]}", .next_refused = true}},
     1,
     "the next page is on another host"},
    {{{.path = JOBS, .body = "{\"jobs\": [{\"id\": 1}]}", .next = "https://example.org/x?y", .next_refused = true}},
     1,
     "the next page is on another host, example.org"},
    {{{.path = JOBS, .body = "{\"jobs\": []}", .next = "https://u@\x1b[1m.org/", .next_refused = true}},
     0,
     "the next page is on another host"},
};

static void a_listing_goes_on_until_it_ends_and_says_why(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(LISTINGS); i++) {
        ff_arena arena = {0};
        fake f = fake_of(LISTINGS[i].answers, ANSWERS);
        ff_github github = github_of(&f, &arena);
        ff_api_jobs jobs = {.total = 99};
        ff_slice ended;
        ff_error error = {0};
        if (ff_github_jobs(&github, 7, 2, &jobs, &ended, &error) != FF_OK)
            fail_msg("row %zu: %s", i, error.text);
        if (jobs.count != LISTINGS[i].jobs || !ff_slice_eq(ended, ff_slice_of(LISTINGS[i].ended)))
            fail_msg("row %zu: %zu jobs, '%.*s'", i, jobs.count, FF_ARG(ended));
        assert_int_equal(error.text[0], 0);
        ff_arena_release(&arena);
    }
}

static void a_listing_without_end_is_ended(void **state)
{
    static const answer answers[] = {{.path = "/", .body = "{\"jobs\": []}"},
                                     {.path = "https", .body = "{\"jobs\": []}"}};
    ff_arena arena = {0};
    fake f = fake_of(answers, COUNT(answers));
    ff_github github = github_of(&f, &arena);
    ff_api_jobs jobs;
    ff_slice ended;
    (void)state;
    f.endless = true;
    assert_int_equal(ff_github_jobs(&github, 7, 2, &jobs, &ended, NULL), FF_OK);
    assert_int_equal(f.asked, FF_LIMIT_PAGES);
    assert_true(ff_slice_eq(ended, FF_LIT("it has more than the 50 pages that are read")));
    ff_arena_release(&arena);
}

static void every_smaller_memory_is_reported_as_such(void **state)
{
    static const answer answers[] = {
        {.path = JOBS, .body = "{\"total_count\": 9, \"jobs\": [{\"id\": 1}, {\"id\": 2}]}", .next = PAGE "2"},
        {.path = PAGE "2", .body = "{\"jobs\": [{\"id\": 3}]}"},
    };
    ff_status status = FF_NOMEM;
    (void)state;
    for (size_t limit = 1; status != FF_OK; limit += 16) {
        ff_arena arena;
        ff_error error = {0};
        ff_slice ended;
        ff_api_jobs jobs;
        ff_arena_init(&arena, limit);
        fake f = fake_of(answers, COUNT(answers));
        ff_github github = github_of(&f, &arena);
        status = ff_github_jobs(&github, 7, 2, &jobs, &ended, &error);
        if (status != FF_OK && (status != FF_NOMEM || !strstr(error.text, "out of memory")))
            fail_msg("%zu bytes: status %d, '%s'", limit, status, error.text);
        if (status == FF_OK)
            assert_true(ff_slice_eq(ended, FF_LIT("only 3 of 9 came")));
        ff_arena_release(&arena);
    }
}

static void a_branch_of_endless_name_is_not_asked_for(void **state)
{
    static char branch[4096];
    ff_arena arena = {0};
    fake f = fake_of(NULL, 0);
    ff_github github = github_of(&f, &arena);
    ff_api_run run;
    ff_error error = {0};
    (void)state;
    memset(branch, '/', sizeof branch);
    assert_int_equal(ff_github_last_green(&github,
                                          &(ff_api_run){.workflow_id = 3, .head_branch = {branch, sizeof branch}}, &run,
                                          &error),
                     FF_LIMIT);
    assert_string_equal(error.text, "the name of the branch is too long");
    assert_int_equal(f.asked, 0);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_has_its_path),
        cmocka_unit_test(an_answer_becomes_facts),
        cmocka_unit_test(trees_blobs_and_comparisons_are_asked_for_by_id_only),
        cmocka_unit_test(a_file_is_asked_for_at_its_commit_only),
        cmocka_unit_test(an_answer_that_cannot_be_read_is_forgotten_and_asked_for_once_more),
        cmocka_unit_test(a_listing_goes_on_until_it_ends_and_says_why),
        cmocka_unit_test(a_listing_without_end_is_ended),
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
        cmocka_unit_test(a_branch_of_endless_name_is_not_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
