/* Hosts, their API, and which token goes to which of them; no refusal shows a token. */
#include "fetch/host.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define SERVER "GITHUB_SERVER_URL="
#define API "GITHUB_API_URL="

enum { VARIABLES = 5 };

/* An environment of `NAME=value`, and what gh would say. */
typedef struct scene {
    const char *variables[VARIABLES];
    const char *gh;
} scene;

static const char *scene_variable(void *self, const char *name)
{
    const scene *s = self;
    size_t len = strlen(name);
    for (size_t i = 0; i < VARIABLES; i++)
        if (s->variables[i] && strncmp(s->variables[i], name, len) == 0 && s->variables[i][len] == '=')
            return s->variables[i] + len + 1;
    return NULL;
}

static ff_status scene_ask(void *self, const char *host, char *token, size_t size)
{
    const scene *s = self;
    assert_true(strlen(host) > 0);
    if (!s->gh)
        return FF_NOT_FOUND;
    (void)snprintf(token, size, "%s", s->gh);
    return FF_OK;
}

static ff_host_options scene_options(const scene *s)
{
    return (ff_host_options){.variable = scene_variable, .ask = scene_ask, .self = (void *)(uintptr_t)s};
}

static void a_name_is_a_dns_name_or_an_address(void **state)
{
    static const struct {
        const char *name;
        bool good;
    } rows[] = {
        {"github.com", true}, {"GitHub.com", true},    {"localhost", true},   {"ghes.example:8443", true},
        {"127.0.0.1", true},  {"127.0.0.1:80", true},  {"[::1]", true},       {"[::1]:8080", true},
        {"a-b.c", true},      {"xn--bcher-kva", true}, {"", false},           {".", false},
        {"a.", false},        {".a", false},           {"a..b", false},       {"-a", false},
        {"a-", false},        {"a_b", false},          {"a b", false},        {"a/b", false},
        {"a@b", false},       {"a:", false},           {"a:0", false},        {"a:65536", false},
        {"a:1x", false},      {"a:000080", false},     {"a:1:2", false},      {"::1", false},
        {"[]", false},        {"[::1", false},         {"[::1]x", false},     {"[g::1]", false},
        {"[1.2.3.4]", false}, {"https://a", false},    {"--hostname", false}, {"\xC3\xBC.com", false},
        {"a\n", false},       {"a?", false},           {"a%2e", false},       {"a\\b", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_host_is_name(ff_slice_of(rows[i].name)) != rows[i].good)
            fail_msg("'%s'", rows[i].name);
    assert_false(ff_host_is_name(FF_LIT("a\0b")));
    assert_false(ff_host_is_name(FF_LIT("[::\0]")));
    char longest[FF_HOST_NAME_BYTES];
    for (size_t i = 0; i < sizeof longest; i++)
        longest[i] = i % 50 == 49 ? '.' : 'a';
    longest[FF_HOST_NAME_BYTES - 1] = 'a';
    assert_true(ff_host_is_name((ff_slice){longest, sizeof longest - 1}));
    assert_false(ff_host_is_name((ff_slice){longest, sizeof longest}));
    memset(longest, 'a', sizeof longest);
    assert_false(ff_host_is_name((ff_slice){longest, 64}));
}

static void the_default_host_is_the_one_the_environment_names(void **state)
{
    static const struct {
        scene scene;
        const char *name, *error;
    } rows[] = {
        {{{NULL}, NULL}, "github.com", NULL},
        {{{"GH_HOST="}, NULL}, "github.com", NULL},
        {{{"GH_HOST=GHES.example:8443"}, NULL}, "ghes.example:8443", NULL},
        {{{SERVER "https://ghes.example"}, NULL}, "ghes.example", NULL},
        {{{SERVER "https://GHES.example/"}, NULL}, "ghes.example", NULL},
        {{{SERVER "http://127.0.0.1:8080"}, NULL}, "127.0.0.1:8080", NULL},
        {{{"GH_HOST=a.example", SERVER "https://ghes.example"}, NULL}, "a.example", NULL},
        {{{"GH_HOST=https://a.example"}, NULL}, NULL, "GH_HOST is not the name of a host"},
        {{{"GH_HOST=a b"}, NULL}, NULL, "GH_HOST is not the name of a host"},
        {{{SERVER "ghes.example"}, NULL}, NULL, "GITHUB_SERVER_URL must begin with https://"},
        {{{SERVER "http://ghes.example"}, NULL},
         NULL,
         "GITHUB_SERVER_URL must begin with https://: http is only for this machine"},
        {{{SERVER "https://ghes.example/x"}, NULL}, NULL, "GITHUB_SERVER_URL is not the address of a server"},
        {{{SERVER "https://u:p@ghes.example"}, NULL}, NULL, "GITHUB_SERVER_URL is not the address of a server"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[FF_HOST_NAME_BYTES] = "";
        ff_error error = {0};
        ff_host_options options = scene_options(&rows[i].scene);
        ff_status status = ff_host_default(name, &options, &error);
        assert_int_equal(status, rows[i].name ? FF_OK : FF_INVALID);
        assert_string_equal(rows[i].name ? name : error.text, rows[i].name ? rows[i].name : rows[i].error);
    }
}

static void every_host_has_its_api(void **state)
{
    static const struct {
        const char *name;
        scene scene;
        const char *api;
    } rows[] = {
        {"github.com", {{NULL}, NULL}, "https://api.github.com"},
        {"GitHub.COM", {{NULL}, NULL}, "https://api.github.com"},
        {"www.github.com", {{NULL}, NULL}, "https://api.github.com"},
        {"octo.ghe.com", {{NULL}, NULL}, "https://api.octo.ghe.com"},
        {"ghe.com", {{NULL}, NULL}, "https://ghe.com/api/v3"},
        {"ghes.example", {{NULL}, NULL}, "https://ghes.example/api/v3"},
        {"ghes.example:8443", {{NULL}, NULL}, "https://ghes.example:8443/api/v3"},
        {"github.com.evil.example", {{NULL}, NULL}, "https://github.com.evil.example/api/v3"},
        {"github.com", {{API "https://proxy.example/gh/"}, NULL}, "https://proxy.example/gh"},
        {"github.com", {{API "http://127.0.0.1:8080"}, NULL}, "http://127.0.0.1:8080"},
        {"github.com", {{API "http://localhost:1/x/"}, NULL}, "http://localhost:1/x"},
        {"github.com", {{API "HTTP://[::1]:8080"}, NULL}, "http://[::1]:8080"},
        {"github.com", {{API ""}, NULL}, "https://api.github.com"},
        {"ghes.example", {{API "https://api.github.com"}, NULL}, "https://ghes.example/api/v3"},
        {"ghes.example",
         {{SERVER "https://ghes.example", API "https://ghes.example/api/v3"}, NULL},
         "https://ghes.example/api/v3"},
        {"github.com",
         {{SERVER "https://ghes.example", API "https://ghes.example/api/v3"}, NULL},
         "https://api.github.com"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_host host;
        ff_error error = {0};
        ff_host_options options = scene_options(&rows[i].scene);
        if (ff_host_find(&host, ff_slice_of(rows[i].name), &options, &error) != FF_OK)
            fail_msg("%s: %s", rows[i].name, error.text);
        assert_string_equal(host.api, rows[i].api);
        assert_null(host.token_from);
        assert_string_equal(host.token, "");
    }
}

static void a_token_goes_to_its_own_host_only(void **state)
{
    static const struct {
        const char *name;
        scene scene;
        const char *token, *from;
    } rows[] = {
        {"github.com", {{"GH_TOKEN=a", "GITHUB_TOKEN=b"}, "c"}, "a", "GH_TOKEN"},
        {"github.com", {{"GH_TOKEN=", "GITHUB_TOKEN=b"}, "c"}, "b", "GITHUB_TOKEN"},
        {"octo.ghe.com", {{"GITHUB_TOKEN=b", "GH_ENTERPRISE_TOKEN=e"}, NULL}, "b", "GITHUB_TOKEN"},
        {"github.com", {{"GH_ENTERPRISE_TOKEN=e"}, NULL}, "", NULL},
        {"github.com", {{"GH_ENTERPRISE_TOKEN=e"}, "c"}, "c", "gh"},
        {"ghes.example", {{"GH_TOKEN=a", "GITHUB_TOKEN=b"}, NULL}, "", NULL},
        {"ghes.example", {{"GH_TOKEN=a", "GITHUB_TOKEN=b"}, "c"}, "c", "gh"},
        {"ghes.example", {{"GH_TOKEN=a", "GH_ENTERPRISE_TOKEN=e"}, "c"}, "e", "GH_ENTERPRISE_TOKEN"},
        {"ghes.example", {{"GITHUB_ENTERPRISE_TOKEN=f"}, "c"}, "f", "GITHUB_ENTERPRISE_TOKEN"},
        {"ghes.example", {{SERVER "https://ghes.example", "GITHUB_TOKEN=b"}, NULL}, "b", "GITHUB_TOKEN"},
        {"ghes.example",
         {{SERVER "https://ghes.example", "GITHUB_TOKEN=b", "GH_ENTERPRISE_TOKEN=e"}, NULL},
         "e",
         "GH_ENTERPRISE_TOKEN"},
        {"other.example", {{SERVER "https://ghes.example", "GITHUB_TOKEN=b"}, NULL}, "", NULL},
        {"github.com.evil.example", {{"GH_TOKEN=a"}, NULL}, "", NULL},
        {"notgithub.com", {{"GH_TOKEN=a"}, NULL}, "", NULL},
        {"evilghe.com", {{"GH_TOKEN=a"}, NULL}, "", NULL},
        {"github.com:8443", {{"GH_TOKEN=a"}, NULL}, "", NULL},
        {"github.com", {{NULL}, ""}, "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_host host;
        ff_error error = {0};
        ff_host_options options = scene_options(&rows[i].scene);
        if (ff_host_find(&host, ff_slice_of(rows[i].name), &options, &error) != FF_OK)
            fail_msg("%s: %s", rows[i].name, error.text);
        if (strcmp(host.token, rows[i].token) != 0 || (host.token_from != NULL) != (rows[i].from != NULL))
            fail_msg("row %zu: '%s' from %s", i, host.token, host.token_from ? host.token_from : "nowhere");
        if (rows[i].from)
            assert_string_equal(host.token_from, rows[i].from);
    }
}

static void a_token_that_is_missing_has_a_variable_to_go_into(void **state)
{
    static const struct {
        const char *name;
        scene scene;
        const char *wants;
    } rows[] = {
        {"github.com", {{NULL}, NULL}, "GH_TOKEN"},
        {"octo.ghe.com", {{NULL}, NULL}, "GH_TOKEN"},
        {"ghes.example", {{"GH_TOKEN=a"}, NULL}, "GH_ENTERPRISE_TOKEN"},
        {"ghes.example", {{SERVER "https://ghes.example"}, NULL}, "GH_TOKEN"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_host host;
        ff_host_options options = scene_options(&rows[i].scene);
        assert_int_equal(ff_host_find(&host, ff_slice_of(rows[i].name), &options, NULL), FF_OK);
        assert_string_equal(host.wants, rows[i].wants);
    }
}

static void what_has_the_wrong_form_is_refused_without_being_shown(void **state)
{
    static char huge[FF_HOST_TOKEN_BYTES + 16], longest[FF_HOST_API_BYTES + 64];
    memset(huge, 's', sizeof huge - 1);
    memcpy(huge, "GH_TOKEN=", 9);
    memset(longest, 's', sizeof longest - 1);
    memcpy(longest, API "https://a/", sizeof API "https://a/" - 1);
    const struct {
        const char *name;
        scene scene;
        const char *error;
    } rows[] = {
        {"a b", {{NULL}, NULL}, "the host has not the form"},
        {"", {{NULL}, NULL}, "the host has not the form"},
        {"github.com", {{"GH_TOKEN=sss\n"}, NULL}, "GH_TOKEN holds a blank, a line end"},
        {"github.com", {{"GH_TOKEN=sss sss"}, NULL}, "GH_TOKEN holds a blank, a line end"},
        {"github.com", {{"GITHUB_TOKEN=sss\r\nX: y"}, NULL}, "GITHUB_TOKEN holds a blank, a line end"},
        {"github.com", {{"GITHUB_TOKEN=sss\x7F"}, NULL}, "GITHUB_TOKEN holds a blank, a line end"},
        {"github.com", {{"GITHUB_TOKEN=sss\xC3\xBC"}, NULL}, "GITHUB_TOKEN holds a blank, a line end"},
        {"ghes.example", {{"GH_ENTERPRISE_TOKEN=sss sss"}, NULL}, "GH_ENTERPRISE_TOKEN holds a blank"},
        {"github.com", {{NULL}, "sss sss"}, "`gh auth token` gave something that is no token"},
        {"github.com", {{huge}, NULL}, "GH_TOKEN is too long for a token"},
        {"github.com", {{longest}, NULL}, "GITHUB_API_URL is too long"},
        {"github.com", {{API "http://api.github.com"}, NULL}, "GITHUB_API_URL must begin with https://"},
        {"github.com", {{API "http://127.0.0.1.evil.example"}, NULL}, "GITHUB_API_URL must begin with https://"},
        {"github.com", {{API "http://localhost.evil.example"}, NULL}, "GITHUB_API_URL must begin with https://"},
        {"github.com", {{API "http://128.0.0.1"}, NULL}, "GITHUB_API_URL must begin with https://"},
        {"github.com", {{API "http://127.0.0"}, NULL}, "GITHUB_API_URL must begin with https://"},
        {"github.com", {{API "http://127.0.0.256"}, NULL}, "GITHUB_API_URL must begin with https://"},
        {"github.com", {{API "ftp://127.0.0.1"}, NULL}, "GITHUB_API_URL must begin with https://"},
        {"github.com", {{API "https://u:sss@x.example"}, NULL}, "GITHUB_API_URL is not the address of a server"},
        {"github.com", {{API "https://x.example/?a"}, NULL}, "GITHUB_API_URL is not the address of a server"},
        {"github.com", {{API "https://x.example/a b"}, NULL}, "GITHUB_API_URL is not the address of a server"},
        {"github.com", {{API "https://x.example/../y"}, NULL}, "GITHUB_API_URL is not the address of a server"},
        {"github.com", {{API "https://"}, NULL}, "GITHUB_API_URL is not the address of a server"},
        {"github.com", {{SERVER "x"}, NULL}, "GITHUB_SERVER_URL must begin with https://"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_host host;
        ff_error error = {0};
        ff_host_options options = scene_options(&rows[i].scene);
        assert_int_equal(ff_host_find(&host, ff_slice_of(rows[i].name), &options, &error), FF_INVALID);
        if (!ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error)) || strstr(error.text, "sss"))
            fail_msg("row %zu: %s", i, error.text);
        for (size_t byte = 0; byte < sizeof host.token; byte++)
            assert_int_equal(host.token[byte], 0);
    }
}

static void without_options_the_environment_is_asked(void **state)
{
    ff_host host;
    (void)state;
    assert_int_equal(ff_host_find(&host, FF_LIT("nobody.example"), NULL, NULL), FF_OK);
    assert_string_equal(host.api, "https://nobody.example/api/v3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_a_dns_name_or_an_address),
        cmocka_unit_test(the_default_host_is_the_one_the_environment_names),
        cmocka_unit_test(every_host_has_its_api),
        cmocka_unit_test(a_token_goes_to_its_own_host_only),
        cmocka_unit_test(a_token_that_is_missing_has_a_variable_to_go_into),
        cmocka_unit_test(what_has_the_wrong_form_is_refused_without_being_shown),
        cmocka_unit_test(without_options_the_environment_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
