/* Which repositories a scan is about. */
#include "cli/places.c" /* NOLINT(bugprone-suspicious-include): no library has the files of the program */

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static char path[64];

static int make_file(void **state)
{
    (void)state;
    (void)snprintf(path, sizeof path, "/tmp/firstfault-places-test-XXXXXX");
    int fd = mkstemp(path);
    return fd >= 0 && close(fd) == 0 ? 0 : -1;
}

static int remove_file(void **state)
{
    (void)state;
    return remove(path);
}

static void write_file(const char *text, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static const struct {
    const char *text;
    const char *expected; /* names with blanks between; NULL: refused */
    const char *error;    /* a part of its words */
} FILES[] = {
    {"acme/app\nacme/site\n", "acme/app acme/site", NULL},
    {"acme/app", "acme/app", NULL},
    {"\n  acme/app\t\r\n\r\n# all of them\nacme/site # the shop\n", "acme/app acme/site", NULL},
    {"ghe.example/acme/app\n", "ghe.example/acme/app", NULL},
    {"#acme/app\nacme/site", "acme/site", NULL},
    {"acme/app\nnonsense\n", NULL, ":2:1: 'nonsense' is no repository"},
    {"acme/app acme/site\n", NULL, "'acme/app acme/site' is no repository"},
    {"https://github.com/acme/app\n", NULL, "is no repository"},
    {"acme/..\n", NULL, "is no repository"},
    {"-R acme/app\n", NULL, "is no repository"},
    {"# nothing\n\n", NULL, ": names no repository"},
    {"", NULL, ": names no repository"},
};

static void check(const ff_places *places, const char *expected)
{
    char names[256] = "";
    for (size_t i = 0; i < places->count; i++) {
        size_t used = strlen(names);
        (void)snprintf(names + used, sizeof names - used, "%s%s", i ? " " : "", places->items[i]);
    }
    assert_string_equal(names, expected);
}

static void a_file_has_a_repository_a_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(FILES); i++) {
        static ff_options options;
        ff_places places = {0};
        ff_error error = {0};
        options = (ff_options){.repositories_file = path};
        write_file(FILES[i].text, strlen(FILES[i].text));
        ff_status status = ff_places_find(&places, &options, &error);
        if (status != (FILES[i].expected ? FF_OK : FF_INVALID))
            fail_msg("row %zu: status %d, %s", i, (int)status, error.text);
        if (FILES[i].expected)
            check(&places, FILES[i].expected);
        else if (!strstr(error.text, FILES[i].error))
            fail_msg("row %zu: %s", i, error.text);
        ff_places_release(&places);
    }
}

static void options_come_first_and_the_environment_last(void **state)
{
    static ff_options options;
    ff_error error = {0};
    ff_places places = {0};
    (void)state;
    write_file("acme/site\n", 10);
    assert_int_equal(setenv("GH_REPO", "acme/env", 1), 0);
    options = (ff_options){.repositories = {{"acme/app", "acme/tool"}, 2}, .repositories_file = path};
    assert_int_equal(ff_places_find(&places, &options, &error), FF_OK);
    check(&places, "acme/app acme/tool acme/site");
    ff_places_release(&places);

    places = (ff_places){0};
    options = (ff_options){0};
    assert_int_equal(ff_places_find(&places, &options, &error), FF_OK);
    check(&places, "acme/env");
    ff_places_release(&places);

    places = (ff_places){0};
    options = (ff_options){.organizations = {{"acme"}, 1}};
    assert_int_equal(ff_places_find(&places, &options, &error), FF_OK);
    assert_int_equal(places.count, 0);
    ff_places_release(&places);
    assert_int_equal(unsetenv("GH_REPO"), 0);
}

static void an_environment_of_bad_form_is_said(void **state)
{
    static ff_options options;
    ff_error error = {0};
    ff_places places = {0};
    (void)state;
    options = (ff_options){0};
    assert_int_equal(unsetenv("GH_REPO"), 0);
    assert_int_equal(setenv("GITHUB_REPOSITORY", "nonsense", 1), 0);
    assert_int_equal(ff_places_find(&places, &options, &error), FF_INVALID);
    assert_non_null(strstr(error.text, "'nonsense'"));
    ff_places_release(&places);
    assert_int_equal(unsetenv("GITHUB_REPOSITORY"), 0);
}

static void hostile_files_are_refused(void **state)
{
    static ff_options options;
    static char large[FF_LIMIT_REPOSITORIES_BYTES + 1];
    static const char zeros[] = "acme/app\0acme/site\n";
    ff_error error = {0};
    ff_places places = {0};
    (void)state;
    options = (ff_options){.repositories_file = path};
    memset(large, '#', sizeof large);
    write_file(large, sizeof large);
    assert_int_equal(ff_places_find(&places, &options, &error), FF_LIMIT);
    ff_places_release(&places);

    error = (ff_error){0};
    places = (ff_places){0};
    write_file(zeros, sizeof zeros - 1);
    assert_int_equal(ff_places_find(&places, &options, &error), FF_INVALID);
    ff_places_release(&places);

    error = (ff_error){0};
    places = (ff_places){0};
    options.repositories_file = "/tmp/firstfault-is-not-there";
    assert_int_equal(ff_places_find(&places, &options, &error), FF_IO);
    ff_places_release(&places);

    error = (ff_error){0};
    places = (ff_places){0};
    options.repositories_file = "/tmp";
    assert_int_equal(ff_places_find(&places, &options, &error), FF_IO);
    ff_places_release(&places);
}

static void more_names_than_the_first_room_are_kept(void **state)
{
    static ff_options options;
    static char text[200 * 16];
    ff_error error = {0};
    ff_places places = {0};
    size_t used = 0;
    (void)state;
    for (int i = 0; i < 200; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "acme/app-%d\n", i);
    write_file(text, used);
    options = (ff_options){.repositories_file = path};
    assert_int_equal(ff_places_find(&places, &options, &error), FF_OK);
    assert_int_equal(places.count, 200);
    assert_string_equal(places.items[0], "acme/app-0");
    assert_string_equal(places.items[199], "acme/app-199");
    ff_places_release(&places);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_has_a_repository_a_line),
        cmocka_unit_test(options_come_first_and_the_environment_last),
        cmocka_unit_test(an_environment_of_bad_form_is_said),
        cmocka_unit_test(hostile_files_are_refused),
        cmocka_unit_test(more_names_than_the_first_room_are_kept),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
