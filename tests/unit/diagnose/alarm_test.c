/* Which lines look like trouble when no rule knows them. */
#include "diagnose/alarm.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static uint32_t weigh(ff_line_kind kind, const char *text)
{
    ff_alarm alarm;
    ff_alarm_init(&alarm);
    ff_line line = {.kind = kind, .text = ff_slice_of(text), .body = ff_slice_of(text)};
    return ff_alarm_weigh(&alarm, &line);
}

static void words_of_trouble_weigh_more_than_their_shadows(void **state)
{
    static const struct {
        const char *trouble, *shadow; /* the first must weigh more than the second */
    } pairs[] = {
        {"panic: runtime error: index out of range", "the test failed"},
        {"ValueError: could not convert string to float", "1 test failed"},
        {"fatal: repository 'x' not found", "file not found, using the default"},
        {"E: Unable to locate package foo", "Reading package lists..."},
        {"gpg: no valid OpenPGP data found: not found", "found 3 packages"},
        {"\xE2\x9D\x8C deploy", "deploy"},
        {"ERROR in ./src/index.js", "src/error/index.js compiled"},
        {"1 test failed", "error Command failed with exit code 1."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (weigh(FF_LINE_OUTPUT, pairs[i].trouble) <= weigh(FF_LINE_OUTPUT, pairs[i].shadow))
            fail_msg("'%s' does not outweigh '%s'", pairs[i].trouble, pairs[i].shadow);
}

static void harmless_lines_weigh_nothing(void **state)
{
    static const char *const harmless[] = {
        "",
        "Compiling error-chain v0.12.4",
        "0 errors, 0 warnings",
        "Tests: 0 failed, 12 passed",
        "npm WARN deprecated request: no error",
        "copying src/failures/__init__.py",
        "--fail-fast is on",
        "curl failed, will retry in 2 seconds",
        "Process completed with exit code 1.",
        "The operation was canceled.",
    };
    (void)state;
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (weigh(FF_LINE_OUTPUT, harmless[i]) != 0)
            fail_msg("'%s' weighs %u", harmless[i], weigh(FF_LINE_OUTPUT, harmless[i]));
}

static void what_was_not_printed_by_the_step_weighs_nothing(void **state)
{
    static const ff_line_kind silent[] = {FF_LINE_SCRIPT, FF_LINE_GROUP, FF_LINE_DEBUG, FF_LINE_COMMAND,
                                          FF_LINE_RUNNER};
    (void)state;
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        assert_int_equal(weigh(silent[i], "fatal error: everything is lost"), 0);
}

static void an_error_marker_adds_weight_and_a_warning_takes_it(void **state)
{
    (void)state;
    uint32_t plain = weigh(FF_LINE_OUTPUT, "it failed");
    assert_true(weigh(FF_LINE_ERROR, "it failed") > plain);
    assert_true(weigh(FF_LINE_WARNING, "it failed") < plain);
    assert_true(weigh(FF_LINE_ERROR, "no word of trouble") > 0);
}

static void only_the_start_of_a_long_line_is_weighed(void **state)
{
    char text[1000];
    (void)state;
    memset(text, ' ', sizeof text);
    memcpy(text + 900, "fatal error", 11);
    ff_alarm alarm;
    ff_alarm_init(&alarm);
    ff_line line = {.kind = FF_LINE_OUTPUT, .body = {text, sizeof text}};
    assert_int_equal(ff_alarm_weigh(&alarm, &line), 0);
    memcpy(text + 100, "fatal error", 11);
    assert_true(ff_alarm_weigh(&alarm, &line) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_trouble_weigh_more_than_their_shadows),
        cmocka_unit_test(harmless_lines_weigh_nothing),
        cmocka_unit_test(what_was_not_printed_by_the_step_weighs_nothing),
        cmocka_unit_test(an_error_marker_adds_weight_and_a_warning_takes_it),
        cmocka_unit_test(only_the_start_of_a_long_line_is_weighed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
