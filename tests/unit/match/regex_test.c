/* The regex engine behind its one door: what is refused, what matches, what the bounds do; with JIT and without. */
#include "match/regex.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

enum { GROUPS = 16 };

static ff_pattern at(const char *text)
{
    return (ff_pattern){.text = ff_slice_of(text), .at = {"rules.yaml", 7, 9}};
}

static ff_regex *compiled(const char *text)
{
    ff_regex *regex = NULL;
    ff_error error = {0};
    ff_pattern pattern = at(text);
    if (ff_regex_new(&regex, &pattern, &error) != FF_OK)
        fail_msg("%s", error.text);
    return regex;
}

static ff_regex_result run(const char *text, ff_slice subject, bool jit)
{
    ff_regex *regex = compiled(text);
    ff_regex_work *work = NULL;
    ff_meter meter = {.budget = FF_LIMIT_RULE_NANOSECONDS};
    assert_int_equal(ff_regex_work_new(&work, GROUPS, jit), FF_OK);
    ff_regex_result result = ff_regex_run(regex, work, subject, &meter);
    ff_regex_work_free(work);
    ff_regex_free(regex);
    return result;
}

static void what_a_catalog_may_not_use_is_refused_with_its_place(void **in)
{
    (void)in;
    static const struct {
        const char *pattern, *text;
    } ROWS[] = {
        {"(*NO_JIT)abc",
         "rules.yaml:7:9: pattern does not compile: a verb `(*…)` at the start is not allowed at offset 0"},
        {"(*LIMIT_MATCH=1)abc", "at the start is not allowed"},
        {"(*UTF)abc", "at the start is not allowed"},
        {"(*ANYCRLF)abc", "at the start is not allowed"},
        {"a\\Cb", "rules.yaml:7:9: pattern does not compile: using \\C is disabled"},
        {"ab(?C1)c", "a callout `(?C…)` is not allowed"},
        {"ab(?C{text})c", "a callout `(?C…)` is not allowed"},
        {"(abc", "missing closing parenthesis at offset 4"},
        {"a[", "missing terminating ] for character class at offset 2"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_regex *regex = NULL;
        ff_error error = {0};
        ff_pattern pattern = at(ROWS[i].pattern);
        assert_int_equal(ff_regex_new(&regex, &pattern, &error), FF_INVALID);
        assert_null(regex);
        if (!strstr(error.text, ROWS[i].text))
            fail_msg("%s: %s", ROWS[i].pattern, error.text);
        assert_int_equal(error.line, 7);
        assert_int_equal(ff_regex_new(&regex, &pattern, NULL), FF_INVALID);
    }
}

static void a_pattern_past_its_bound_is_refused(void **in)
{
    (void)in;
    static char text[FF_LIMIT_PATTERN_BYTES + 2];
    memset(text, 'a', sizeof text - 1);
    ff_regex *regex = NULL;
    ff_error error = {0};
    ff_pattern pattern = at(text);
    assert_int_equal(ff_regex_new(&regex, &pattern, &error), FF_INVALID);
    pattern.text.len--;
    assert_int_equal(ff_regex_new(&regex, &pattern, NULL), FF_OK);
    ff_regex_free(regex);
}

static void patterns_match_bytes_of_one_line(void **in)
{
    (void)in;
    static const struct {
        const char *pattern;
        ff_slice subject;
        ff_regex_result expected;
    } ROWS[] = {
        {"error", {"an error here", 13}, FF_REGEX_HIT},
        {"error", {"an Error here", 13}, FF_REGEX_MISS},
        {"(?i)error", {"an ERROR here", 13}, FF_REGEX_HIT},
        {"^error", {"an error", 8}, FF_REGEX_MISS},
        {"rror$", {"an error", 8}, FF_REGEX_HIT},
        {"rror$", {"an error\r", 9}, FF_REGEX_MISS},
        {"rror$", {"an error\n", 9}, FF_REGEX_MISS},
        {"a.b", {"a\rb", 3}, FF_REGEX_HIT},
        {"^b", {"a\rb", 3}, FF_REGEX_MISS},
        {"a.b", {"a\0b", 3}, FF_REGEX_HIT},
        {"a.b",
         {"a\xFF"
          "b",
          3},
         FF_REGEX_HIT},
        {"a.b",
         {"a\xC3\xA9"
          "b",
          4},
         FF_REGEX_MISS},
        {"\xE2\x9C\x97 failed", {"\xE2\x9C\x97 failed", 10}, FF_REGEX_HIT},
        {"^$", {NULL, 0}, FF_REGEX_HIT},
        {"x*", {"", 0}, FF_REGEX_HIT},
        {"abc(*SKIP)(*F)|b", {"abc b", 5}, FF_REGEX_HIT},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        for (int jit = 0; jit < 2; jit++)
            if (run(ROWS[i].pattern, ROWS[i].subject, jit) != ROWS[i].expected)
                fail_msg("%s, jit %d", ROWS[i].pattern, jit);
}

static void long_lines_are_searched_to_their_end(void **in)
{
    (void)in;
    static char text[2 * FF_LIMIT_LINE_BYTES];
    for (size_t place = 0; place + 6 <= sizeof text; place += place < 1100 ? 1 : 257) {
        memset(text, '.', sizeof text);
        memcpy(text + place, "xquuxx", 6);
        ff_slice all = {text, sizeof text};
        int jit = place % 2;
        assert_int_equal(run("quux", all, jit), FF_REGEX_HIT);
        assert_int_equal(run("(?<=x)quux(?=x)", all, jit), FF_REGEX_HIT);
        assert_int_equal(run("^xquux", all, jit), place ? FF_REGEX_MISS : FF_REGEX_HIT);
        assert_int_equal(run("(?<!x)quux", all, jit), FF_REGEX_MISS);
    }
    memset(text, '.', sizeof text);
    assert_int_equal(run("\\.$", (ff_slice){text, sizeof text}, true), FF_REGEX_HIT);
    assert_int_equal(run("(?<=\\.)$", (ff_slice){text, sizeof text}, true), FF_REGEX_HIT);
}

static void captures_come_by_name_in_the_order_of_the_pattern(void **in)
{
    (void)in;
    ff_regex *regex = compiled("(?<zebra>z+)(skipped)?(?<ant>a*)(?<mouse>m)?(?:(?<bee>b)|(?<cat>c))");
    ff_regex_work *work = NULL;
    ff_meter meter = {.budget = FF_LIMIT_RULE_NANOSECONDS};
    ff_span spans[8];
    assert_int_equal(ff_regex_groups(regex), 6);
    assert_int_equal(ff_regex_names(regex), 5);
    for (int jit = 0; jit < 2; jit++) {
        ff_slice subject = FF_LIT("..zzaac");
        assert_int_equal(ff_regex_work_new(&work, ff_regex_groups(regex), jit), FF_OK);
        assert_int_equal(ff_regex_run(regex, work, subject, &meter), FF_REGEX_HIT);
        assert_int_equal(ff_regex_spans(regex, work, subject, spans), 3);
        static const ff_span EXPECTED[] = {
            {{"zebra", 5}, {"zz", 2}, {0}}, {{"ant", 3}, {"aa", 2}, {0}}, {{"cat", 3}, {"c", 1}, {0}}};
        for (size_t i = 0; i < 3; i++) {
            assert_true(ff_slice_eq(spans[i].name, EXPECTED[i].name));
            assert_true(ff_slice_eq(spans[i].value, EXPECTED[i].value));
            assert_true(ff_slice_eq(spans[i].whole, subject));
        }
        subject = FF_LIT("zb");
        assert_int_equal(ff_regex_run(regex, work, subject, &meter), FF_REGEX_HIT);
        assert_int_equal(ff_regex_spans(regex, work, subject, spans), 2); /* `ant` matched nothing */
        ff_regex_work_free(work);
    }
    ff_regex_free(regex);
}

static void the_match_limit_is_a_failure_not_a_miss(void **in)
{
    (void)in;
    static char text[64];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'c';
    ff_regex *regex = compiled("(?:a+)+[bd]");
    for (int jit = 0; jit < 2; jit++) {
        ff_regex_work *work = NULL;
        ff_meter meter = {.budget = FF_LIMIT_RULE_NANOSECONDS};
        assert_int_equal(ff_regex_work_new(&work, GROUPS, jit), FF_OK);
        assert_int_equal(ff_regex_run(regex, work, (ff_slice){text, sizeof text}, &meter), FF_REGEX_FAILED);
        assert_string_equal(ff_regex_failure(work), "match limit exceeded");
        ff_regex_work_free(work);
    }
    ff_regex_free(regex);
}

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* 32 KB of spaces and `\s+$`: 32768 starts, each of which reads the rest of the line and never comes near the match
 * limit. In the interpreter that takes many seconds. */
static void no_search_runs_past_its_budget(void **in)
{
    (void)in;
    static char text[2 * FF_LIMIT_LINE_BYTES];
    memset(text, ' ', sizeof text);
    text[sizeof text - 1] = 'x';
    ff_regex *regex = compiled("\\s+$");
    ff_regex_work *work = NULL;
    assert_int_equal(ff_regex_work_new(&work, GROUPS, false), FF_OK);
    ff_meter meter = {.budget = 200 * 1000 * 1000};
    double start = seconds();
    assert_int_equal(ff_regex_run(regex, work, (ff_slice){text, sizeof text}, &meter), FF_REGEX_FAILED);
    assert_string_equal(ff_regex_failure(work), "it used up its processor time");
    assert_true(seconds() - start < 2.0);
    assert_int_equal(ff_regex_run(regex, work, FF_LIT(" "), &meter), FF_REGEX_FAILED); /* nothing is left */
    ff_regex_work_free(work);
    ff_regex_free(regex);
}

static void a_meter_counts_processor_time_once_a_rule_looks_slow(void **in)
{
    (void)in;
    ff_meter meter = {.budget = 20 * 1000 * 1000};
    int64_t start = ff_meter_start(&meter);
    ff_meter_stop(&meter, start);
    assert_false(meter.exact);
    start = ff_meter_start(&meter);
    struct timespec pause = {0, 30 * 1000 * 1000};
    (void)nanosleep(&pause, NULL);
    ff_meter_stop(&meter, start);
    assert_true(meter.exact);
    assert_false(ff_meter_is_spent(&meter)); /* waiting is no work */
    start = ff_meter_start(&meter);
    for (double until = seconds() + 0.03; seconds() < until;)
        ;
    ff_meter_stop(&meter, start);
    assert_true(ff_meter_is_spent(&meter));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_catalog_may_not_use_is_refused_with_its_place),
        cmocka_unit_test(a_pattern_past_its_bound_is_refused),
        cmocka_unit_test(patterns_match_bytes_of_one_line),
        cmocka_unit_test(long_lines_are_searched_to_their_end),
        cmocka_unit_test(captures_come_by_name_in_the_order_of_the_pattern),
        cmocka_unit_test(the_match_limit_is_a_failure_not_a_miss),
        cmocka_unit_test(no_search_runs_past_its_budget),
        cmocka_unit_test(a_meter_counts_processor_time_once_a_rule_looks_slow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
