/* What every exchange offers, and which addresses the live one asks and follows. */
#include "base/limits.h"
#include "fetch/session.h"

#include <stdio.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

typedef struct fake {
    ff_exchange exchange;
    size_t asked, forgotten, closed;
} fake;

static void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    ((fake *)exchange)->asked += count;
    for (size_t i = 0; i < count; i++)
        calls[i].http = 200;
}

static void forget(ff_exchange *exchange, ff_slice path)
{
    ((fake *)exchange)->forgotten += path.len;
}

static void close_fake(ff_exchange *exchange)
{
    ((fake *)exchange)->closed++;
}

static const ff_exchange_kind FAKE = {get, forget, close_fake};

static void every_kind_of_exchange_is_asked_in_the_same_way(void **state)
{
    (void)state;
    fake made = {.exchange = {&FAKE}};
    ff_call calls[3] = {0};
    ff_exchange_get(&made.exchange, &calls[0]);
    assert_int_equal(made.asked, 1);
    assert_int_equal(calls[0].http, 200);
    ff_exchange_get_all(&made.exchange, calls, 3);
    ff_exchange_get_all(&made.exchange, calls, 0);
    assert_int_equal(made.asked, 4);
    ff_exchange_forget(&made.exchange, FF_LIT("/x"));
    assert_int_equal(made.forgotten, 2);
    ff_exchange_close(NULL);
    ff_exchange_close(&made.exchange);
    assert_int_equal(made.closed, 1);
}

static ff_host host_of(const char *api)
{
    ff_host host = {.name = "github.com", .token = "secret-token", .token_from = "GH_TOKEN"};
    assert_true(snprintf(host.api, sizeof host.api, "%s", api) > 0);
    return host;
}

static void a_session_asks_its_own_host_only(void **state)
{
    static const struct {
        const char *api, *path, *url; /* NULL: refused */
    } rows[] = {
        {"https://api.github.com", "/repos/o/r/actions/runs/1", "https://api.github.com/repos/o/r/actions/runs/1"},
        {"https://ghe.example/api/v3", "/repos/o/r?x=1", "https://ghe.example/api/v3/repos/o/r?x=1"},
        {"https://ghe.example/api/v3", "https://ghe.example/api/v3/x?page=2", "https://ghe.example/api/v3/x?page=2"},
        {"https://api.github.com", "/x?created=%3E%3D2025-01-01", "https://api.github.com/x?created=%3E%3D2025-01-01"},
        {"https://api.github.com", "https://evil.example/x", NULL},
        {"https://api.github.com", "http://api.github.com/x", NULL},
        {"https://api.github.com", "https://api.github.com.evil.example/x", NULL},
        {"https://api.github.com", "https://x:y@api.github.com/x", NULL},
        {"https://api.github.com", ".evil.example/x", NULL},
        {"https://api.github.com", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_session session;
        ff_host host = host_of(rows[i].api);
        ff_live_options options = {0};
        ff_error error = {0};
        ff_buf url;
        ff_buf_init(&url, 1024);
        assert_int_equal(ff_session_open(&session, &host, &options, NULL), FF_OK);
        ff_status status = ff_session_url(&session, ff_slice_of(rows[i].path), &url, &error);
        assert_int_equal(status, rows[i].url ? FF_OK : FF_INVALID);
        if (rows[i].url)
            assert_string_equal(url.ptr, rows[i].url);
        else
            assert_true(error.text[0] != '\0');
        ff_session_release(&session);
        assert_int_equal(session.host.token[0], '\0');
        assert_int_equal(session.authorization[0], '\0');
        ff_buf_release(&url);
    }
}

static void a_redirect_leads_to_https_or_from_this_machine_to_itself(void **state)
{
    static const struct {
        const char *api, *url;
        bool follow;
    } rows[] = {
        {"https://api.github.com", "https://store.example/x?sig=1", true},
        {"https://api.github.com", "http://store.example/x", false},
        {"https://api.github.com", "http://127.0.0.1:8080/x", false},
        {"https://api.github.com", "file:///etc/passwd", false},
        {"https://api.github.com", "ftp://store.example/x", false},
        {"https://localhost:8443", "http://127.0.0.1:8080/x", false},
        {"http://127.0.0.1:80", "http://127.0.0.1:8080/x", true},
        {"http://127.0.0.1:80", "http://store.example/x", false},
        {"http://127.0.0.1:80", "https://store.example/x", true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_session session;
        ff_host host = host_of(rows[i].api);
        ff_live_options options = {0};
        assert_int_equal(ff_session_open(&session, &host, &options, NULL), FF_OK);
        if (ff_session_may_follow(&session, ff_slice_of(rows[i].url)) != rows[i].follow)
            fail_msg("%s from %s", rows[i].url, rows[i].api);
        ff_session_release(&session);
    }
}

static void an_api_in_the_clear_on_another_machine_is_not_opened(void **state)
{
    (void)state;
    ff_exchange *exchange = NULL;
    ff_host host = host_of("http://api.example");
    ff_live_options options = {0};
    ff_error error = {0};
    assert_int_equal(ff_live_open(&exchange, &host, &options, &error), FF_INVALID);
    assert_non_null(strstr(error.text, "https only"));
    assert_null(exchange);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_exchange_is_asked_in_the_same_way),
        cmocka_unit_test(a_session_asks_its_own_host_only),
        cmocka_unit_test(a_redirect_leads_to_https_or_from_this_machine_to_itself),
        cmocka_unit_test(an_api_in_the_clear_on_another_machine_is_not_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
