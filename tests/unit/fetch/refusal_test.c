/* The line that says why a call failed, and what to do. */
#include "base/limits.h"
#include "fetch/refusal.h"

#include <stdio.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void every_refusal_says_what_to_do(void **state)
{
    static const struct {
        const char *lines[3], *body;
        bool token;
        ff_call_kind kind;
        ff_side side;
        ff_advice advice;
        uint64_t needed_ms;
        const char *text;
    } rows[] = {
        {{"HTTP/2 401"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_DENIED},
         0,
         "GitHub refused the token from GH_TOKEN (401): it is wrong, expired or revoked; set "
         "another one, or leave it unset and run 'gh auth login'"},
        {{"HTTP/2 401"},
         "",
         false,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_DENIED},
         0,
         "GitHub needs a token (401): set GH_TOKEN or run 'gh auth login'"},
        {{"HTTP/2 404"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_NOT_FOUND},
         0,
         "the run: not found, or this token cannot see it (404)"},
        {{"HTTP/2 403", "X-Accepted-GitHub-Permissions: actions=read"},
         "{\"message\":\"Resource not accessible\"}",
         true,
         FF_CALL_FILE,
         FF_SIDE_API,
         {.status = FF_DENIED},
         0,
         "the run: GitHub refused it (403: Resource not accessible); the token lacks the permission actions=read"},
        {{"HTTP/2 403", "X-Accepted-GitHub-Permissions: \x1b[31m"},
         "",
         true,
         FF_CALL_FILE,
         FF_SIDE_API,
         {.status = FF_DENIED},
         0,
         "the run: GitHub refused it (403); the token may lack a permission: actions=read is what logs need"},
        {{"HTTP/2 403", "X-GitHub-SSO: required; url=https://github.com/orgs/o/sso?authorization_request=secret"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_DENIED},
         0,
         "the organisation asks for single sign-on (403): authorise the token for it at https://github.com/orgs/o/sso"},
        {{"HTTP/2 403", "X-GitHub-SSO: required; url=https://evil.example/x?secret"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_DENIED},
         0,
         "the organisation asks for single sign-on (403): authorise the token for it"},
        {{"HTTP/2 403", "X-GitHub-SSO: partial-results"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_DENIED},
         0,
         "the organisation asks for single sign-on (403): authorise the token for it"},
        {{"HTTP/2 410"},
         "{\"message\":\"Server Error\"}",
         true,
         FF_CALL_FILE,
         FF_SIDE_API,
         {.status = FF_NOT_FOUND},
         0,
         "the run: expired (410): GitHub keeps logs for a limited time only"},
        {{"HTTP/2 410"}, "", true, FF_CALL_JSON, FF_SIDE_API, {.status = FF_NOT_FOUND}, 0, "the run: gone (410)"},
        {{"HTTP/2 410"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_UNSUPPORTED},
         0,
         "GitHub no longer supports version 2022-11-28 of its API: a newer firstfault is needed"},
        {{"HTTP/2 502"},
         "<html>",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_IO},
         0,
         "the run: GitHub answered 502 to each of 5 tries; try again later"},
        {{"HTTP/2 403"},
         "",
         true,
         FF_CALL_FILE,
         FF_SIDE_STORE,
         {.status = FF_IO},
         0,
         "the run: https://store.example/a.zip refused the addresses that GitHub gave for it (403); is the clock of a "
         "proxy "
         "wrong?"},
        {{"nothing"},
         "",
         true,
         FF_CALL_FILE,
         FF_SIDE_STORE,
         {.status = FF_IO},
         0,
         "the run: https://store.example/a.zip: reset (5 tries); check the network and the proxy, or try again later"},
        {{"HTTP/2 403"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_LIMIT, .limit = FF_LIMIT_KIND_PRIMARY, .wait_ms = 3300000, .until = 1700057100},
         3299001,
         "rate limit of GitHub's API: used up until 14:05:00 UTC; --max-wait 3300 would wait for it"},
        {{"HTTP/2 403"},
         "",
         true,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_LIMIT, .limit = FF_LIMIT_KIND_PRIMARY, .wait_ms = 90000000, .until = 1700057100},
         90000000,
         "rate limit of GitHub's API: used up until 2023-11-15 14:05:00 UTC"},
        {{"HTTP/2 403"},
         "",
         false,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_LIMIT, .limit = FF_LIMIT_KIND_SECONDARY, .wait_ms = 60000, .until = 1700057100},
         60000,
         "rate limit of GitHub's API (secondary): too much at once, wait until 14:05:00 UTC; --max-wait 60 would wait "
         "for "
         "it"},
        {{"HTTP/2 403"},
         "",
         false,
         FF_CALL_JSON,
         FF_SIDE_API,
         {.status = FF_LIMIT, .limit = FF_LIMIT_KIND_PRIMARY, .wait_ms = 60000, .until = 1700057100},
         0,
         "rate limit of GitHub's API: used up until 14:05:00 UTC; with a token it is higher: set GH_TOKEN or run 'gh "
         "auth "
         "login'"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_answer answer;
        ff_host host = {.name = "github.com", .api = "https://api.github.com", .token_from = "GH_TOKEN"};
        ff_call call = {.kind = rows[i].kind, .what = "the run"};
        ff_error error = {0};
        assert_true(snprintf(host.token, sizeof host.token, "%s", rows[i].token ? "secret-token" : "") >= 0);
        ff_answer_init(&answer);
        for (size_t k = 0; k < COUNT(rows[i].lines) && rows[i].lines[k]; k++)
            assert_int_equal(ff_answer_add_line(&answer, ff_slice_of(rows[i].lines[k])), FF_OK);
        ff_body_init(&call.body, FF_LIMIT_ANSWER_BYTES);
        assert_int_equal(ff_body_add(&call.body, ff_slice_of(rows[i].body), NULL), FF_OK);
        ff_refusal refusal = {
            .call = &call,
            .host = &host,
            .answer = &answer,
            .advice = rows[i].advice,
            .side = rows[i].side,
            .url = FF_LIT("https://store.example/a.zip?sig=secret"),
            .tries = 5,
            .network = "reset",
            .needed_ms = rows[i].needed_ms,
        };
        ff_refusal_tell(&refusal, &error);
        assert_string_equal(error.text, rows[i].text);
        assert_int_equal(error.status, rows[i].advice.status);
        assert_null(strstr(error.text, "secret"));
        ff_call_release(&call);
        ff_answer_release(&answer);
    }
}

static void a_refusal_without_a_name_tells_what_such_a_question_needs(void **state)
{
    static const struct {
        const char *path, *permission;
    } rows[] = {
        {"/repos/o/r/git/trees/0?recursive=1", "contents=read is what files need"},
        {"/repos/o/r/git/blobs/0", "contents=read is what files need"},
        {"/repos/o/r/contents/a.yml?ref=0", "contents=read is what files need"},
        {"/repos/o/r/compare/0...1?per_page=1", "contents=read is what comparisons need"},
        {"/repos/o/r/check-runs/1/annotations?per_page=50", "checks=read is what annotations need"},
        {"/repos/o/r/actions/runs/1/logs", "actions=read is what logs need"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_answer answer;
        ff_host host = {.name = "github.com", .token = "secret-token"};
        ff_call call = {.path = ff_slice_of(rows[i].path), .what = "it"};
        ff_error error = {0};
        ff_answer_init(&answer);
        assert_int_equal(ff_answer_add_line(&answer, FF_LIT("HTTP/2 403")), FF_OK);
        ff_refusal refusal = {.call = &call, .host = &host, .answer = &answer, .advice = {.status = FF_DENIED}};
        ff_refusal_tell(&refusal, &error);
        size_t at = ff_slice_find(ff_slice_of(error.text), FF_LIT("may lack a permission: "));
        assert_true(ff_slice_ends(ff_slice_from(ff_slice_of(error.text), at), ff_slice_of(rows[i].permission)));
        ff_answer_release(&answer);
    }
}

static void the_advice_is_for_the_host_that_was_asked(void **state)
{
    ff_answer answer;
    ff_host host = {.name = "ghes.example", .api = "https://ghes.example/api/v3", .wants = "GH_ENTERPRISE_TOKEN"};
    ff_call call = {.kind = FF_CALL_JSON, .what = "the run"};
    ff_error error = {0};
    (void)state;
    ff_answer_init(&answer);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("HTTP/2 401")), FF_OK);
    ff_body_init(&call.body, FF_LIMIT_ANSWER_BYTES);
    ff_refusal refusal = {
        .call = &call, .host = &host, .answer = &answer, .advice = {.status = FF_DENIED}, .side = FF_SIDE_API};
    ff_refusal_tell(&refusal, &error);
    assert_string_equal(
        error.text,
        "GitHub needs a token (401): set GH_ENTERPRISE_TOKEN or run 'gh auth login --hostname ghes.example'");
    ff_call_release(&call);
    ff_answer_release(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_advice_is_for_the_host_that_was_asked),
        cmocka_unit_test(every_refusal_says_what_to_do),
        cmocka_unit_test(a_refusal_without_a_name_tells_what_such_a_question_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
