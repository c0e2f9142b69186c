/* Borrowed text: comparing, finding, cutting, taking numbers, globs. */
#include "base/slice.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void numbers_in_names_are_numbers(void **state)
{
    static const char *const rows[] = {"",
                                       "-",
                                       "0",
                                       "01",
                                       "1",
                                       "1e9",
                                       "3.9",
                                       "3.11",
                                       "3.11a",
                                       "3.11b",
                                       "7",
                                       "57",
                                       "107",
                                       "a",
                                       "a 2 b 9",
                                       "a 2 b 10",
                                       "a 10",
                                       "a010",
                                       "a10",
                                       "a18446744073709551615",
                                       "a18446744073709551616",
                                       "b"};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(rows); k++) {
            int order = ff_slice_cmp_natural(ff_slice_of(rows[i]), ff_slice_of(rows[k]));
            if ((order > 0) - (order < 0) != (i > k) - (i < k))
                fail_msg("'%s' and '%s': %d", rows[i], rows[k], order);
        }
}

static void equality_is_of_bytes_and_length(void **state)
{
    const struct {
        ff_slice a, b;
        int order; /* -1, 0, 1 */
        bool equal_nocase;
    } rows[] = {
        {FF_LIT(""), {NULL, 0}, 0, true},
        {FF_LIT("abc"), FF_LIT("abc"), 0, true},
        {FF_LIT("abc"), FF_LIT("ABC"), 1, true},
        {FF_LIT("ab"), FF_LIT("abc"), -1, false},
        {FF_LIT("b"), FF_LIT("abc"), 1, false},
        {FF_LIT("a\0b"), FF_LIT("a\0c"), -1, false},
        {FF_LIT("\xFF"), FF_LIT("a"), 1, false},
        {FF_LIT("["), FF_LIT("{"), -1, false}, /* 0x5B and 0x7B differ in the bit that folds letters */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int order = ff_slice_cmp(rows[i].a, rows[i].b);
        assert_int_equal((order > 0) - (order < 0), rows[i].order);
        assert_int_equal(ff_slice_cmp(rows[i].b, rows[i].a) > 0, rows[i].order < 0);
        assert_int_equal(ff_slice_eq(rows[i].a, rows[i].b), rows[i].order == 0);
        assert_int_equal(ff_slice_eq_nocase(rows[i].a, rows[i].b), rows[i].equal_nocase);
    }
}

static void a_slice_is_cut_at_the_last_of_a_byte(void **state)
{
    const struct {
        ff_slice text, before, behind;
    } rows[] = {
        {FF_LIT("a/b/c"), FF_LIT("a/b"), FF_LIT("c")},
        {FF_LIT("c"), {0}, FF_LIT("c")},
        {FF_LIT("a/"), FF_LIT("a"), {0}},
        {FF_LIT("/c"), {0}, FF_LIT("c")},
        {{0}, {0}, {0}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(ff_slice_eq(ff_slice_before_last(rows[i].text, '/'), rows[i].before));
        assert_true(ff_slice_eq(ff_slice_behind_last(rows[i].text, '/'), rows[i].behind));
    }
    assert_true(ff_slice_eq(ff_slice_without_cr(FF_LIT("a\r")), FF_LIT("a")));
    assert_true(ff_slice_eq(ff_slice_without_cr(FF_LIT("\ra")), FF_LIT("\ra")));
}

static void prefixes_and_suffixes_are_seen(void **state)
{
    const struct {
        ff_slice text, part;
        bool starts, ends;
    } rows[] = {
        {FF_LIT("health.yaml"), FF_LIT("health"), true, false},
        {FF_LIT("health.yaml"), FF_LIT(".yaml"), false, true},
        {FF_LIT("health.yaml"), FF_LIT("health.yaml"), true, true},
        {FF_LIT("yaml"), FF_LIT("health.yaml"), false, false},
        {FF_LIT("yaml"), FF_LIT(""), true, true},
        {{NULL, 0}, {NULL, 0}, true, true},
        {{NULL, 0}, FF_LIT("x"), false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(ff_slice_starts(rows[i].text, rows[i].part), rows[i].starts);
        assert_int_equal(ff_slice_ends(rows[i].text, rows[i].part), rows[i].ends);
    }
}

static void needles_are_found_where_they_first_stand(void **state)
{
    const struct {
        ff_slice text, needle;
        size_t at, at_nocase;
    } rows[] = {
        {FF_LIT("aab"), FF_LIT("ab"), 1, 1},
        {FF_LIT("aAB"), FF_LIT("ab"), SIZE_MAX, 1},
        {FF_LIT("abab"), FF_LIT("ab"), 0, 0},
        {FF_LIT("xxab"), FF_LIT("ab"), 2, 2},
        {FF_LIT("xxa"), FF_LIT("ab"), SIZE_MAX, SIZE_MAX},
        {FF_LIT("aaaaaaab"), FF_LIT("aab"), 5, 5},
        {FF_LIT("a\0b"), FF_LIT("\0b"), 1, 1},
        {FF_LIT("ab"), FF_LIT("abc"), SIZE_MAX, SIZE_MAX},
        {FF_LIT("ab"), FF_LIT(""), 0, 0},
        {{NULL, 0}, FF_LIT(""), 0, 0},
        {{NULL, 0}, FF_LIT("x"), SIZE_MAX, SIZE_MAX},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(ff_slice_find(rows[i].text, rows[i].needle), rows[i].at);
        assert_int_equal(ff_slice_find_nocase(rows[i].text, rows[i].needle), rows[i].at_nocase);
    }
    assert_int_equal(ff_slice_find_byte(FF_LIT("abc"), 'c'), 2);
    assert_int_equal(ff_slice_find_byte(FF_LIT("abc"), 'd'), SIZE_MAX);
    assert_int_equal(ff_slice_find_byte((ff_slice){0}, 'd'), SIZE_MAX);
}

static void cuts_stay_inside_the_text(void **state)
{
    (void)state;
    assert_true(ff_slice_eq(ff_slice_from(FF_LIT("abc"), 1), FF_LIT("bc")));
    assert_int_equal(ff_slice_from(FF_LIT("abc"), 3).len, 0);
    assert_int_equal(ff_slice_from(FF_LIT("abc"), SIZE_MAX).len, 0);
    assert_true(ff_slice_eq(ff_slice_cut(FF_LIT("abc"), 2), FF_LIT("ab")));
    assert_true(ff_slice_eq(ff_slice_cut(FF_LIT("abc"), SIZE_MAX), FF_LIT("abc")));
    assert_true(ff_slice_eq(ff_slice_trim(FF_LIT(" \t\r\n a b \v\f")), FF_LIT("a b")));
    assert_true(ff_slice_eq(ff_slice_trim_end(FF_LIT(" a ")), FF_LIT(" a")));
    assert_int_equal(ff_slice_trim(FF_LIT("  ")).len, 0);
    assert_int_equal(ff_slice_of(NULL).len, 0);
    assert_int_equal(ff_slice_of("ab").len, 2);
}

static void a_cursor_takes_prefixes_and_parts(void **state)
{
    ff_slice rest = FF_LIT("##[group]a,b,"), part = {0};
    (void)state;
    assert_false(ff_slice_take_prefix(&rest, FF_LIT("##[error]")));
    assert_true(ff_slice_take_prefix(&rest, FF_LIT("##[group]")));
    assert_true(ff_slice_take_until(&rest, ',', &part));
    assert_true(ff_slice_eq(part, FF_LIT("a")));
    assert_true(ff_slice_take_until(&rest, ',', &part));
    assert_true(ff_slice_eq(part, FF_LIT("b")));
    assert_false(ff_slice_take_until(&rest, ',', &part));
    assert_true(ff_slice_eq(part, FF_LIT("b")));
    rest = FF_LIT("whole");
    assert_true(ff_slice_take_until(&rest, ',', &part));
    assert_true(ff_slice_eq(part, FF_LIT("whole")));
    assert_int_equal(rest.len, 0);
}

static void numbers_are_decimal_and_do_not_wrap(void **state)
{
    const struct {
        ff_slice text;
        bool whole, prefix; /* the whole text, or its start, is a number */
        uint64_t value;
    } rows[] = {
        {FF_LIT("0"), true, true, 0},
        {FF_LIT("00042"), true, true, 42},
        {FF_LIT("18446744073709551615"), true, true, UINT64_MAX},
        {FF_LIT("18446744073709551616"), false, false, 0},
        {FF_LIT("99999999999999999999"), false, false, 0},
        {FF_LIT("12a"), false, true, 12},
        {FF_LIT("-1"), false, false, 0},
        {FF_LIT("+1"), false, false, 0},
        {FF_LIT(" 1"), false, false, 0},
        {FF_LIT(""), false, false, 0},
        {{NULL, 0}, false, false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint64_t value = 7;
        ff_slice rest = rows[i].text;
        assert_int_equal(ff_slice_to_uint(rows[i].text, &value), rows[i].whole);
        assert_int_equal(value, rows[i].whole ? rows[i].value : 7);
        value = 7;
        assert_int_equal(ff_slice_take_uint(&rest, &value), rows[i].prefix);
        assert_int_equal(value, rows[i].prefix ? rows[i].value : 7);
        assert_true(rows[i].prefix || rest.len == rows[i].text.len);
    }
}

static void globs_match_the_whole_text(void **state)
{
    const struct {
        ff_slice pattern, text;
        bool matches;
    } rows[] = {
        {FF_LIT("django.*"), FF_LIT("django.unknown-command"), true},
        {FF_LIT("django.*"), FF_LIT("django"), false},
        {FF_LIT("*"), FF_LIT(""), true},
        {FF_LIT(""), FF_LIT(""), true},
        {FF_LIT(""), FF_LIT("a"), false},
        {FF_LIT("?"), FF_LIT(""), false},
        {FF_LIT("a?c"), FF_LIT("abc"), true},
        {FF_LIT("*.*.*"), FF_LIT("a.b"), false},
        {FF_LIT("*ab*ab"), FF_LIT("abxabab"), true},
        {FF_LIT("a**b"), FF_LIT("ab"), true},
        {FF_LIT("[a]"), FF_LIT("a"), false},
        {FF_LIT("a\\*"), FF_LIT("a*"), false},
        {{NULL, 0}, {NULL, 0}, true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_slice_glob(rows[i].pattern, rows[i].text) != rows[i].matches)
            fail_msg("'%s' on '%s'", rows[i].pattern.ptr, rows[i].text.ptr);
}

static void many_stars_do_not_explode(void **state)
{
    static char text[20000];
    (void)state;
    memset(text, 'a', sizeof text);
    assert_false(ff_slice_glob(FF_LIT("*a*a*a*a*a*a*a*a*a*a*b"), (ff_slice){text, sizeof text}));
}

static void a_format_never_gets_a_negative_length(void **state)
{
    (void)state;
    assert_int_equal(ff_slice_int_len((ff_slice){"x", SIZE_MAX}), INT32_MAX);
    assert_int_equal(ff_slice_int_len(FF_LIT("abc")), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equality_is_of_bytes_and_length),
        cmocka_unit_test(numbers_in_names_are_numbers),
        cmocka_unit_test(a_slice_is_cut_at_the_last_of_a_byte),
        cmocka_unit_test(prefixes_and_suffixes_are_seen),
        cmocka_unit_test(needles_are_found_where_they_first_stand),
        cmocka_unit_test(cuts_stay_inside_the_text),
        cmocka_unit_test(a_cursor_takes_prefixes_and_parts),
        cmocka_unit_test(numbers_are_decimal_and_do_not_wrap),
        cmocka_unit_test(globs_match_the_whole_text),
        cmocka_unit_test(many_stars_do_not_explode),
        cmocka_unit_test(a_format_never_gets_a_negative_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
