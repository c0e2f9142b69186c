/* URLs, dates and headers: what a redirect or a Link may say, and what becomes of it. */
#include "base/limits.h"
#include "fetch/http.h"

#include "unit/fetch/loopback.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void a_reference_is_resolved_against_its_page(void **state)
{
    static const struct {
        const char *base, *reference, *url; /* NULL: refused */
    } rows[] = {
        {"", "https://api.github.com/a?b=c", "https://api.github.com/a?b=c"},
        {"https://h/a/b?c", "/d?e=f%3D%20g", "https://h/d?e=f%3D%20g"},
        {"https://h/a/b?c", "d", "https://h/a/d"},
        {"https://h/a/b", "../x", "https://h/x"},
        {"https://h/a", "//evil.example/x", "https://evil.example/x"},
        {"https://h/a", "?page=2", "https://h/a?page=2"},
        {"https://h/a", "https://h/a?x=1#part", "https://h/a?x=1"},
        {"https://h/a", "http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"},
        {"https://h/a", "https://h/a b", "https://h/a%20b"},
        {"https://h/a", "https://user:secret@h/x", NULL},
        {"https://h/a", "https://user@h/x", NULL},
        {"https://h/a", "file:///etc/passwd", "file:///etc/passwd"}, /* a URL; may_follow refuses it */
        {"https://h/a", "https://", NULL},
        {"", "not a url", NULL},
        {"", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf url;
        ff_buf_init(&url, 1024);
        ff_status status = ff_http_resolve(ff_slice_of(rows[i].base), ff_slice_of(rows[i].reference), &url);
        if (status != (rows[i].url ? FF_OK : FF_INVALID))
            print_error("%s -> %s\n", rows[i].reference, url.ptr ? url.ptr : "");
        assert_int_equal(status, rows[i].url ? FF_OK : FF_INVALID);
        if (rows[i].url)
            assert_string_equal(url.ptr, rows[i].url);
        ff_buf_release(&url);
    }
}

static void an_origin_is_scheme_host_and_port(void **state)
{
    static const struct {
        const char *one, *other;
        bool same;
    } rows[] = {
        {"https://api.github.com/a", "https://API.GitHub.com:443/b", true},
        {"https://api.github.com/a", "http://api.github.com/a", false},
        {"https://api.github.com/a", "https://api.github.com:8443/a", false},
        {"https://api.github.com/a", "https://api.github.com.evil.example/a", false},
        {"https://api.github.com/a", "https://evil.example/api.github.com", false},
        {"https://api.github.com/a", "https://api.github.com@evil.example/a", false},
        {"https://api.github.com/a", "nonsense nonsense", false},
        {"nonsense nonsense", "nonsense nonsense", false},
        {"", "", false},
        {"http://127.0.0.1:1/", "http://127.0.0.1:1", true},
        {"http://127.0.0.1:1/", "http://localhost:1", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (ff_http_same_origin(ff_slice_of(rows[i].one), ff_slice_of(rows[i].other)) != rows[i].same)
            fail_msg("%s and %s", rows[i].one, rows[i].other);
    }
    assert_true(ff_http_same_host(FF_LIT("https://github.com/orgs/o"), FF_LIT("github.com")));
    assert_true(ff_http_same_host(FF_LIT("https://ghe.example:8443/o"), FF_LIT("ghe.example:8443")));
    assert_false(ff_http_same_host(FF_LIT("https://github.com.evil.example/"), FF_LIT("github.com")));
    assert_false(ff_http_same_host(FF_LIT("https://evil.example/"), FF_LIT("github.com")));
}

static void only_this_machine_is_loopback(void **state)
{
    static const struct {
        const char *url;
        bool loopback, secure;
    } rows[] = {
        {"http://127.0.0.1:80/", true, false},
        {"http://localhost/x", true, false},
        {"https://LOCALHOST:1/", true, true},
        {"http://[::1]:8080/", true, false},
        {"http://127.1.2.3/", true, false},
        {"http://127.evil.example/", false, false},
        {"http://localhost.evil.example/", false, false},
        {"http://10.0.0.1/", false, false},
        {"https://github.com/", false, true},
        {"ftp://127.0.0.1/", false, false},
        {"file:///etc/passwd", false, false},
        {"httpsx://github.com/", false, false},
        {"", false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_slice url = ff_slice_of(rows[i].url);
        if (ff_http_is_loopback(url) != rows[i].loopback || ff_http_is_secure(url) != rows[i].secure)
            fail_msg("%s", rows[i].url);
    }
}

static void what_is_shown_of_a_url_holds_no_secret(void **state)
{
    static const struct {
        const char *url, *shown;
    } rows[] = {
        {"https://store.example/a/b.zip?sig=secret#x", "https://store.example/a/b.zip"},
        {"https://u:secret@store.example:8443/a", "https://store.example:8443/a"},
        {"http://127.0.0.1:8080?sig=secret", "http://127.0.0.1:8080"},
        {"secret secret", "a URL that is none"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf out;
        ff_buf_init(&out, 1024);
        ff_http_add_shown(&out, ff_slice_of(rows[i].url));
        assert_string_equal(out.ptr, rows[i].shown);
        ff_buf_release(&out);
    }
}

static void headers_are_known_without_case_and_bounded(void **state)
{
    (void)state;
    ff_answer answer;
    ff_buf line;
    ff_answer_init(&answer);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("HTTP/1.1 100 Continue\r\n")), FF_OK);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("Location: /early\r\n")), FF_OK);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("HTTP/1.1 302 Found\r\n")), FF_OK);
    assert_int_equal(answer.http, 302);
    assert_int_equal(ff_answer_header(&answer, FF_HEADER_LOCATION).len, 0);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("LOCATION:  /x \r\n")), FF_OK);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("location: /y\r\n")), FF_OK);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("X-Other: z\r\n")), FF_OK);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("no colon")), FF_OK);
    assert_int_equal(ff_answer_add_line(&answer, FF_LIT("\r\n")), FF_OK);
    assert_true(ff_slice_eq(ff_answer_header(&answer, FF_HEADER_LOCATION), FF_LIT("/x")));
    ff_buf_init(&line, 2 * FF_LIMIT_HEADER_BYTES);
    ff_buf_add(&line, FF_LIT("Link: "));
    ff_buf_add_repeat(&line, 'x', FF_LIMIT_HEADER_BYTES + 1);
    assert_int_equal(ff_answer_add_line(&answer, ff_buf_slice(&line)), FF_LIMIT);
    ff_buf_release(&line);
    ff_answer_reset(&answer);
    assert_int_equal(answer.http, 0);
    assert_int_equal(ff_answer_header(&answer, FF_HEADER_LOCATION).len, 0);
    ff_answer_release(&answer);
}

static void dates_are_read_in_the_forms_of_http(void **state)
{
    (void)state;
    assert_int_equal(ff_http_date(FF_LIT("Tue, 14 Nov 2023 22:13:20 GMT")), 1700000000);
    assert_int_equal(ff_http_date(FF_LIT("Tuesday, 14-Nov-23 22:13:20 GMT")), 1700000000);
    assert_int_equal(ff_http_date(FF_LIT("soon")), -1);
    assert_int_equal(ff_http_date(FF_LIT("")), -1);
}

/* A request with room for its answer. */
typedef struct flight {
    char url[64];
    ff_answer answer;
    ff_body body;
    ff_hop hop;
} flight;

static void take_off(flight *f, ff_http *http, unsigned port, const char *path)
{
    (void)snprintf(f->url, sizeof f->url, "http://127.0.0.1:%u%s", port, path);
    ff_answer_init(&f->answer);
    ff_body_init(&f->body, FF_LIMIT_DOWNLOAD_BYTES);
    f->hop = (ff_hop){.url = f->url, .answer = &f->answer, .body = &f->body};
    ff_http_start(http, &f->hop);
}

static void touch_down(flight *f)
{
    ff_answer_release(&f->answer);
    ff_body_release(&f->body);
}

static ff_http *open_http(void)
{
    ff_http *http = NULL;
    assert_int_equal(ff_http_open(&http, &(ff_http_bounds){5000, 20000}, NULL), FF_OK);
    return http;
}

static void the_bytes_of_bodies_are_counted_as_they_come(void **state)
{
    loopback server;
    flight f;
    ff_http *http = open_http();
    (void)state;
    loopback_open(&server);
    assert_int_equal(ff_http_bytes(http), 0);
    for (size_t i = 1; i < 3; i++) {
        uint64_t seen = 0;
        take_off(&f, http, server.port, "/big/1");
        while (f.hop.flying) {
            assert_int_equal(ff_http_wait(http, 1000, NULL), FF_OK);
            assert_true(ff_http_bytes(http) >= seen);
            seen = ff_http_bytes(http);
        }
        assert_int_equal(f.hop.end, FF_HOP_ANSWERED);
        assert_int_equal(f.body.size, LOOPBACK_BIG);
        assert_int_equal(ff_http_bytes(http), i * LOOPBACK_BIG);
        touch_down(&f);
    }
    ff_http_close(http);
    loopback_close(&server);
}

static void one_more_than_can_fly_ends_at_once(void **state)
{
    static flight all[FF_LIMIT_PARALLEL_MOST], more;
    loopback server;
    ff_http *http = open_http();
    (void)state;
    loopback_open(&server);
    for (size_t i = 0; i < COUNT(all); i++) {
        take_off(&all[i], http, server.port, "/hang/1");
        assert_true(all[i].hop.flying);
    }
    take_off(&more, http, server.port, "/n/1");
    assert_false(more.hop.flying);
    assert_int_equal(more.hop.end, FF_HOP_REFUSED);
    assert_string_equal(more.hop.text, "the request cannot be made");
    touch_down(&more);
    ff_http_cancel(http, &all[3].hop);
    take_off(&more, http, server.port, "/n/1");
    while (more.hop.flying)
        assert_int_equal(ff_http_wait(http, 1000, NULL), FF_OK);
    assert_int_equal(more.answer.http, 200);
    touch_down(&more);
    ff_http_close(http);
    for (size_t i = 0; i < COUNT(all); i++)
        touch_down(&all[i]);
    loopback_close(&server);
}

static void *wake_soon(void *self)
{
    loopback_pause(50);
    ff_http_wake(self);
    return NULL;
}

static void a_wait_is_ended_from_another_thread(void **state)
{
    pthread_t waker;
    ff_http *http = open_http();
    (void)state;
    uint64_t since = ff_http_now();
    assert_int_equal(pthread_create(&waker, NULL, wake_soon, http), 0);
    assert_int_equal(ff_http_wait(http, 20000, NULL), FF_OK);
    assert_true(ff_http_now() - since < 10000);
    assert_int_equal(pthread_join(waker, NULL), 0);
    ff_http_wake(http); /* before the wait */
    assert_int_equal(ff_http_wait(http, 20000, NULL), FF_OK);
    assert_true(ff_http_now() - since < 10000);
    ff_http_close(http);
}

static void what_is_left_is_told_in_whole_seconds(void **state)
{
    static const struct {
        uint64_t time, now;
        uint32_t seconds;
    } rows[] = {
        {0, 0, 0},
        {5, 6, 0},
        {6, 5, 1},
        {1005, 5, 1},
        {1006, 5, 2},
        {UINT64_MAX, 0, UINT32_MAX},
        {UINT64_MAX, 1, UINT32_MAX},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(ff_http_seconds_until(rows[i].time, rows[i].now), rows[i].seconds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_is_told_in_whole_seconds),
        cmocka_unit_test(a_reference_is_resolved_against_its_page),
        cmocka_unit_test(an_origin_is_scheme_host_and_port),
        cmocka_unit_test(only_this_machine_is_loopback),
        cmocka_unit_test(what_is_shown_of_a_url_holds_no_secret),
        cmocka_unit_test(headers_are_known_without_case_and_bounded),
        cmocka_unit_test(dates_are_read_in_the_forms_of_http),
        cmocka_unit_test(the_bytes_of_bodies_are_counted_as_they_come),
        cmocka_unit_test(one_more_than_can_fly_ends_at_once),
        cmocka_unit_test(a_wait_is_ended_from_another_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
