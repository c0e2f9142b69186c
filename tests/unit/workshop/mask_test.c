/* Lines as patterns. */
#include "workshop/mask.h"

#include "match/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct {
    const char *line, *pattern, *title, *slug;
} ROWS[] = {
    {"hull is not watertight", "^hull is not watertight", "hull is not watertight", "hull-not-watertight"},
    {"lib/a.py:12: cannot open 'x' (3 tries)",
     "^(?<file>[^\\s:]+):(?<line>\\d+): cannot open '(?<name>[^']{1,200})' \\(\\d+ tries\\)",
     "${file}:${line}: cannot open '${name}' (# tries)", "cannot-open-tries"},
    {"GET https://a.example/x?y=1 failed", "^GET https?://[^\\s\"'<>)]* failed", "GET # failed", "get-failed"},
    {"at 4f2a9c1e0b [1/2]", "^at [0-9a-fA-F]+ \\[\\d+/\\d+\\]", "at # [#/#]", "unnamed"},
    {"can't find \"a\" or `b` or 'c' or 'd'",
     "^can't find \"(?<name>[^\"]{1,200})\" or `(?<other>[^`]{1,200})` or '(?<third>[^']{1,200})' or 'd'",
     "can't find \"${name}\" or `${other}` or '${third}' or 'd'", "can-find"},
    {"deadbeef is a word, 1.2.3 a version", "^deadbeef is a word, \\d+\\.\\d+\\.\\d+ a version",
     "deadbeef is a word, #.#.# a version", "deadbeef-word-version"},
    {"an open ' quote", "^an open ' quote", "an open ' quote", "open-quote"},
    {"a+b*c{d}^$|\\?", "^a\\+b\\*c\\{d\\}\\^\\$\\|\\\\\\?", "a+b*c{d}^$|\\?", "unnamed"},
    {"\xE2\x9C\x97 failed: \xC3\xA9t\xC3\xA9", "^\xE2\x9C\x97 failed: \xC3\xA9t\xC3\xA9",
     "\xE2\x9C\x97 failed: \xC3\xA9t\xC3\xA9", "failed"},
    {"login with *** failed", "^login with .+ failed", "login with *** failed", "login-with-failed"},
    {"bare https:// here", "^bare https?://[^\\s\"'<>)]* here", "bare # here", "bare-here"},
    {"no ${FOO} set", "^no \\$\\{FOO\\} set", "no $${FOO} set", "foo-set"},
    {"", "^", "", "unnamed"},
};

static bool matches(const ff_pattern *pattern, ff_slice text)
{
    ff_regex *regex = NULL;
    ff_regex_work *work = NULL;
    ff_error error = {0};
    ff_meter meter = {.budget = 1000000000};
    if (ff_regex_new(&regex, pattern, &error) != FF_OK)
        fail_msg("%s", error.text);
    assert_int_equal(ff_regex_work_new(&work, ff_regex_groups(regex), true), FF_OK);
    bool hit = ff_regex_run(regex, work, text, &meter) == FF_REGEX_HIT;
    ff_regex_work_free(work);
    ff_regex_free(regex);
    return hit;
}

static void a_pattern_matches_its_line_and_the_variant(void **in)
{
    (void)in;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_mask mask;
        ff_mask_init(&mask);
        ff_mask_line(&mask, ff_slice_of(ROWS[i].line));
        ff_slice pattern = ff_buf_slice(&mask.pattern);
        if (!ff_slice_eq(pattern, ff_slice_of(ROWS[i].pattern)))
            fail_msg("%s: %.*s", ROWS[i].line, FF_ARG(pattern));
        if (!ff_slice_eq(ff_buf_slice(&mask.title), ff_slice_of(ROWS[i].title)) ||
            !ff_slice_eq(ff_buf_slice(&mask.slug), ff_slice_of(ROWS[i].slug)))
            fail_msg("%s: %.*s, %.*s", ROWS[i].line, FF_ARG(ff_buf_slice(&mask.title)),
                     FF_ARG(ff_buf_slice(&mask.slug)));
        assert_true(matches(&(ff_pattern){.text = pattern}, ff_slice_of(ROWS[i].line)));
        assert_true(matches(&(ff_pattern){.text = pattern}, ff_buf_slice(&mask.variant)));
        ff_mask_release(&mask);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_pattern_matches_its_line_and_the_variant)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
