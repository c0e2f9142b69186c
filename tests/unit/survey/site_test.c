/* The repositories of a survey and their servers: what is named, each once. Nothing is asked. */
#include "survey/site.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

typedef struct scene {
    ff_arena arena;
    ff_notes notes;
    ff_online online;
    ff_survey ask;
    ff_servers servers;
    ff_sites sites;
} scene;

static void set(scene *s)
{
    static const char *const variables[] = {"GH_HOST", "GITHUB_SERVER_URL", "GITHUB_API_URL"};
    *s = (scene){.online = {.offline = true, .no_cache = true}};
    for (size_t i = 0; i < COUNT(variables); i++)
        assert_int_equal(unsetenv(variables[i]), 0);
    ff_arena_init(&s->arena, 0);
    ff_notes_init(&s->notes, &s->arena);
    s->ask = (ff_survey){.online = &s->online};
    s->servers = (ff_servers){.ask = &s->ask, .arena = &s->arena, .notes = &s->notes};
    s->sites = (ff_sites){.arena = &s->arena};
}

static void clear(scene *s)
{
    ff_servers_close(&s->servers);
    ff_arena_release(&s->arena);
}

static const struct {
    const char *words;
    const char *host, *owner, *name; /* NULL: refused, or there already */
    ff_status status;
} SITES[] = {
    {"acme/app", "github.com", "acme", "app", FF_OK},
    {"acme/app", NULL, NULL, NULL, FF_OK},
    {"Acme/App", NULL, NULL, NULL, FF_OK},
    {"github.com/acme/app", NULL, NULL, NULL, FF_OK},
    {"acme/.github", "github.com", "acme", ".github", FF_OK},
    {"ghe.example/acme/app", "ghe.example", "acme", "app", FF_OK},
    {"GHE.example/acme/site", "ghe.example", "acme", "site", FF_OK},
    {"acme", NULL, NULL, NULL, FF_MISUSE},
    {"", NULL, NULL, NULL, FF_MISUSE},
    {"acme/..", NULL, NULL, NULL, FF_MISUSE},
    {"acme/app/runs/1", NULL, NULL, NULL, FF_MISUSE},
    {"https://github.com/acme/app", NULL, NULL, NULL, FF_MISUSE},
    {"acme/app?x=1", NULL, NULL, NULL, FF_MISUSE},
};

static void a_repository_is_taken_once_whatever_names_it(void **state)
{
    scene s;
    (void)state;
    set(&s);
    for (size_t i = 0; i < COUNT(SITES); i++) {
        ff_error error = {0};
        size_t before = s.sites.count;
        ff_status status = ff_sites_add(&s.sites, &s.servers, ff_slice_of(SITES[i].words), &error);
        if (status != SITES[i].status || s.sites.count != before + (SITES[i].name != NULL))
            fail_msg("'%s': status %d, %zu sites", SITES[i].words, (int)status, s.sites.count);
        if (!SITES[i].name)
            continue;
        const ff_site *site = &s.sites.items[before];
        assert_string_equal(site->server->name, SITES[i].host);
        assert_true(ff_slice_eq(site->owner, ff_slice_of(SITES[i].owner)));
        assert_true(ff_slice_eq(site->name, ff_slice_of(SITES[i].name)));
        assert_int_equal(site->called.len, strlen(SITES[i].owner) + 1 + strlen(SITES[i].name));
        assert_false(site->done);
        bool hosted = strcmp(site->server->name, "github.com") != 0;
        ff_slice label = ff_site_label(site, &s.arena), plain = label;
        assert_true(ff_slice_take_prefix(&plain, FF_LIT("ghe.example/")) == hosted);
        assert_true(ff_slice_eq(plain, site->called));
    }
    assert_int_equal(s.servers.count, 2);
    clear(&s);
}

static const struct {
    const char *words;
    const char *host, *name; /* NULL: refused */
} ORGANIZATIONS[] = {
    {"acme", "github.com", "acme"},
    {"acme-corp_x", "github.com", "acme-corp_x"},
    {"ghe.example/acme", "ghe.example", "acme"},
    {"", NULL, NULL},
    {"acme/", NULL, NULL},
    {"/acme", NULL, NULL},
    {"ghe.example/acme/app", NULL, NULL},
    {"..", NULL, NULL},
    {"acme?x", NULL, NULL},
    {"https://github.com/acme", NULL, NULL},
    {"bad host/acme", NULL, NULL},
};

static void an_organisation_may_have_a_host(void **state)
{
    scene s;
    (void)state;
    set(&s);
    for (size_t i = 0; i < COUNT(ORGANIZATIONS); i++) {
        ff_error error = {0};
        ff_server *server = NULL;
        ff_slice name = {0};
        ff_status status =
            ff_sites_organization(&s.servers, ff_slice_of(ORGANIZATIONS[i].words), &server, &name, &error);
        if (status != (ORGANIZATIONS[i].name ? FF_OK : FF_MISUSE))
            fail_msg("'%s': status %d", ORGANIZATIONS[i].words, (int)status);
        if (!ORGANIZATIONS[i].name)
            continue;
        assert_string_equal(server->name, ORGANIZATIONS[i].host);
        assert_true(ff_slice_eq(name, ff_slice_of(ORGANIZATIONS[i].name)));
    }
    clear(&s);
}

static void a_server_is_opened_once_and_counts_nothing_before_it_is_asked(void **state)
{
    scene s;
    ff_server *first = NULL, *again = NULL;
    ff_error error = {0};
    (void)state;
    set(&s);
    assert_int_equal(ff_servers_find(&s.servers, (ff_slice){0}, &first, &error), FF_OK);
    assert_int_equal(ff_servers_find(&s.servers, FF_LIT("GitHub.com"), &again, &error), FF_OK);
    assert_ptr_equal(first, again);
    ff_shared_tally tally = ff_servers_count(&s.servers);
    assert_int_equal(tally.requests, 0);
    assert_int_equal(tally.remaining, -1);
    /* Offline there is one exchange: the cache is asked alone in any case. */
    assert_ptr_equal(ff_server_kept(&s.servers, first), first->live);
    s.online.offline = false;
    assert_null(ff_server_kept(&s.servers, first)); /* no cache */
    clear(&s);
}

static void a_variable_of_bad_form_is_said(void **state)
{
    scene s;
    ff_server *server = NULL;
    ff_error error = {0};
    (void)state;
    set(&s);
    assert_int_equal(setenv("GH_HOST", "not a host", 1), 0);
    assert_int_equal(ff_servers_find(&s.servers, (ff_slice){0}, &server, &error), FF_MISUSE);
    assert_non_null(strstr(error.text, "GH_HOST"));
    assert_int_equal(unsetenv("GH_HOST"), 0);
    assert_int_equal(setenv("GITHUB_API_URL", "http://plain.example", 1), 0);
    error = (ff_error){0};
    assert_int_not_equal(ff_servers_find(&s.servers, FF_LIT("github.com"), &server, &error), FF_OK);
    assert_int_equal(s.servers.count, 0);
    assert_int_equal(unsetenv("GITHUB_API_URL"), 0);
    clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_repository_is_taken_once_whatever_names_it),
        cmocka_unit_test(an_organisation_may_have_a_host),
        cmocka_unit_test(a_server_is_opened_once_and_counts_nothing_before_it_is_asked),
        cmocka_unit_test(a_variable_of_bad_form_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
