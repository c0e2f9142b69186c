/* Names of roles and severities, tags, and what a reference names. */
#include "catalog/rule.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void words_of_roles_and_severities_are_those_of_the_files(void **state)
{
    (void)state;
    assert_string_equal(ff_role_name(FF_ROLE_CAUSE), "cause");
    assert_string_equal(ff_role_name(FF_ROLE_SYMPTOM), "symptom");
    assert_string_equal(ff_role_name(FF_ROLE_CONSEQUENCE), "consequence");
    assert_string_equal(ff_role_name(FF_ROLE_NOISE), "noise");
    assert_string_equal(ff_severity_name(FF_SEVERITY_NOTE), "note");
    assert_string_equal(ff_severity_name(FF_SEVERITY_WARNING), "warning");
    assert_string_equal(ff_severity_name(FF_SEVERITY_ERROR), "error");
    assert_string_equal(ff_severity_name(FF_SEVERITY_FATAL), "fatal");
}

static void a_reference_names_by_id_glob_or_tag(void **state)
{
    const ff_slice tags[] = {FF_LIT("deploy"), FF_LIT("half-done")};
    const ff_rule rule = {.id = FF_LIT("django.unknown-command"), .tags = {tags, 2}};
    const ff_rule bare = {.id = FF_LIT("django.other")};
    static const struct {
        const char *reference;
        bool names_rule, names_bare;
    } rows[] = {
        {"django.unknown-command", true, false},
        {"django.*", true, true},
        {"*.other", false, true},
        {"*", true, true},
        {"django.unknown", false, false},
        {"#deploy", true, false},
        {"#half-done", true, false},
        {"#half", false, false},
        {"#", false, false},
        {"deploy", false, false},
        {"", false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(ff_rule_is_named(&rule, ff_slice_of(rows[i].reference)), rows[i].names_rule);
        assert_int_equal(ff_rule_is_named(&bare, ff_slice_of(rows[i].reference)), rows[i].names_bare);
    }
    assert_true(ff_rule_has_tag(&rule, "deploy"));
    assert_false(ff_rule_has_tag(&rule, "dep"));
    assert_false(ff_rule_has_tag(&bare, "deploy"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_roles_and_severities_are_those_of_the_files),
        cmocka_unit_test(a_reference_names_by_id_glob_or_tag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
