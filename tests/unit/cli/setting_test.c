/* Values of options, a row a kind. */
#include "cli/setting.c" /* NOLINT(bugprone-suspicious-include): no library has the files of the program */

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define AT(member) .at = offsetof(ff_options, member)

static const ff_option_row NUMBER = {.name = "--limit", .most = 100, AT(limit)};
static const ff_option_row TEXT = {.name = "--branch", .takes = "the name of a branch", AT(branch)};
static const ff_option_row CHOICE = {.name = "--kind", .name_of = ff_setting_kind_name, AT(kind)};
static const ff_option_row LIST = {.name = "--org", .takes = "the name of an organisation", AT(organizations)};
static const ff_option_row REPOSITORIES = {.name = "--repo", .letter = "-R", .takes = "OWNER/REPO", AT(repositories)};
static const ff_option_row ALSO = {.name = "--also", .takes = "FORMAT=FILE", AT(also)};
static const ff_option_row FLAG = {.name = "--offline", AT(offline)};

static const struct {
    const ff_option_row *row;
    ff_option_set set;
    const char *value;
    const char *error; /* NULL: it is taken */
} VALUES[] = {
    {&NUMBER, ff_setting_number, "1", NULL},
    {&NUMBER, ff_setting_number, "100", NULL},
    {&NUMBER, ff_setting_number, "0", "--limit takes a number from 1 to 100, not '0'"},
    {&NUMBER, ff_setting_number, "101", "--limit takes a number from 1 to 100, not '101'"},
    {&NUMBER, ff_setting_number, "1x", "--limit takes a number from 1 to 100, not '1x'"},
    {&NUMBER, ff_setting_number, "", "--limit takes a number from 1 to 100, not ''"},
    {&NUMBER, ff_setting_number, "-1", "--limit takes a number from 1 to 100, not '-1'"},
    {&NUMBER, ff_setting_number, "18446744073709551617",
     "--limit takes a number from 1 to 100, not '184467440737095516"
     "17'"},
    {&TEXT, ff_setting_text, "main", NULL},
    {&TEXT, ff_setting_text, "", "--branch takes the name of a branch"},
    {&CHOICE, ff_setting_choice, "diagnose", NULL},
    {&CHOICE, ff_setting_choice, "text", "--kind takes one of fix, diagnose, not 'text'"},
    {&CHOICE, ff_setting_choice, "FIX", "--kind takes one of fix, diagnose, not 'FIX'"},
    {&CHOICE, ff_setting_choice, "", "--kind takes one of fix, diagnose, not ''"},
    {&LIST, ff_setting_further, "acme", NULL},
    {&LIST, ff_setting_further, "", "--org takes the name of an organisation"},
    {&REPOSITORIES, ff_setting_repositories, "acme/app", NULL},
    {&REPOSITORIES, ff_setting_repositories, "ghe.example/acme/app", NULL},
    {&REPOSITORIES, ff_setting_repositories, "acme", "-R takes OWNER/REPO or HOST/OWNER/REPO, not 'acme'"},
    {&REPOSITORIES, ff_setting_repositories, "acme/..", "-R takes OWNER/REPO or HOST/OWNER/REPO, not 'acme/..'"},
    {&FLAG, ff_setting_flag, NULL, NULL},
    {&ALSO, ff_setting_also, "html=a=b.html", NULL},
    {&ALSO, ff_setting_also, "html=", "--also takes FORMAT=FILE, such as html=night.html, not 'html='"},
    {&ALSO, ff_setting_also, "html", "--also takes FORMAT=FILE, such as html=night.html, not 'html'"},
    {&ALSO, ff_setting_also, "text=a", "--also takes FORMAT=FILE, such as html=night.html, not 'text=a'"},
};

static void a_value_is_taken_or_refused_in_one_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(VALUES); i++) {
        static ff_options options;
        ff_error error = {0};
        options = (ff_options){0};
        ff_status status = VALUES[i].set(&options, VALUES[i].row, VALUES[i].value, &error);
        assert_int_equal(status, VALUES[i].error ? FF_INVALID : FF_OK);
        assert_string_equal(error.text, VALUES[i].error ? VALUES[i].error : "");
    }
}

static void a_value_goes_where_its_row_says(void **state)
{
    static ff_options options;
    (void)state;
    options = (ff_options){0};
    assert_int_equal(ff_setting_number(&options, &NUMBER, "7", NULL), FF_OK);
    assert_int_equal(ff_setting_text(&options, &TEXT, "main", NULL), FF_OK);
    assert_int_equal(ff_setting_choice(&options, &CHOICE, "fix", NULL), FF_OK);
    assert_int_equal(ff_setting_further(&options, &LIST, "acme", NULL), FF_OK);
    assert_int_equal(ff_setting_further(&options, &LIST, "other", NULL), FF_OK);
    assert_int_equal(ff_setting_flag(&options, &FLAG, NULL, NULL), FF_OK);
    assert_string_equal(options.kind, "fix");
    assert_int_equal(options.limit, 7);
    assert_string_equal(options.branch, "main");
    assert_string_equal(options.kind, "fix");
    assert_int_equal(options.organizations.count, 2);
    assert_string_equal(options.organizations.items[1], "other");
    assert_true(options.offline);
    assert_false(options.no_cache);
}

static void a_list_has_an_end(void **state)
{
    static ff_options options;
    ff_error error = {0};
    (void)state;
    options = (ff_options){0};
    for (int i = 0; i < FF_LIST_MAX; i++)
        assert_int_equal(ff_setting_repositories(&options, &REPOSITORIES, "acme/app", &error), FF_OK);
    assert_int_equal(ff_setting_repositories(&options, &REPOSITORIES, "acme/app", &error), FF_INVALID);
    assert_string_equal(error.text, "-R may be given 64 times at most");
    assert_int_equal(options.repositories.count, FF_LIST_MAX);
}

static void words_to_choose_from_come_to_an_end(void **state)
{
    (void)state;
    assert_string_equal(ff_setting_kind_name(0), "fix");
    assert_null(ff_setting_kind_name(2));
    assert_string_equal(ff_setting_verdict_name(3), "undecided");
    assert_null(ff_setting_verdict_name(4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_is_taken_or_refused_in_one_line),
        cmocka_unit_test(a_value_goes_where_its_row_says),
        cmocka_unit_test(a_list_has_an_end),
        cmocka_unit_test(words_to_choose_from_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
