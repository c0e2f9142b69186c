/* Regular expressions between JavaScript, .NET and PCRE2: what is translated, what is refused, and where. */
#include "match/regex.h"
#include "workshop/regexp.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static ff_status translate(const char *text, ff_dialect from, ff_dialect to, ff_buf *out, ff_regexp_fault *fault)
{
    ff_arena arena;
    ff_regexp regexp;
    ff_arena_init(&arena, 0);
    ff_status status = ff_regexp_parse(&regexp, &arena, ff_slice_of(text), from, fault);
    if (status == FF_OK) {
        ff_regexp_style style = {.dialect = to, .narrowing = {.group = FF_NO_GROUP}};
        style.numbers = ff_arena_array(&arena, regexp.groups.count, sizeof *style.numbers);
        ff_regexp_write(&regexp, &style, out);
        status = ff_buf_status(out);
    }
    ff_arena_release(&arena);
    return status;
}

static void compiles(ff_slice text)
{
    ff_regex *regex = NULL;
    ff_error error = {0};
    ff_pattern pattern = {text, {"test", 1, 1}};
    if (ff_regex_new(&regex, &pattern, &error) != FF_OK)
        fail_msg("%.*s: %s", FF_ARG(text), error.text);
    ff_regex_free(regex);
}

static void what_both_know_is_translated(void **in)
{
    (void)in;
    static const struct {
        const char *actions, *pcre2;
    } ROWS[] = {
        {"^(.*):(\\d+)$", "^.*:\\d+$"},
        {"a\\/b", "a/b"},
        {"a{,3}|{|}", "a\\{,3\\}|\\{|\\}"},
        {"a{2}b{2,}c{2,5}?d*?e+?f??", "a{2}b{2,}c{2,5}?d*?e+?f??"},
        {"\\u0041\\u002e\\u001b\\x41\\cA\\0\\033\\t", "A\\.\\x1bA\\x01\\x00\\x1b\\t"},
        {"\\v\\f\\r\\n\\a\\e", "\\x0b\\x0c\\x0d\\x0a\\x07\\x1b"},
        {"\\u00e9+", "(?:\xC3\xA9)+"},
        {"\\xe9", "\xC3\xA9"},
        {"\\ud83d\\ude00", "\xF0\x9F\x98\x80"},
        {"\\u200b?", "(?:\\xe2\\x80\\x8b)?"},
        {"\xE2\x9C\x96 x", "\xE2\x9C\x96 x"},
        {"[\xE2\x9C\x96\xC3\x97 ]", "(?:\xE2\x9C\x96|\xC3\x97|[ ])"},
        {"[\\u2716]", "(?:\xE2\x9C\x96)"},
        {"[^\\u2502\\s]*", "(?:(?!\xE2\x94\x82)[^\\s])*"},
        {"[^\\u2502]", "(?:(?!\xE2\x94\x82)[\\s\\S])"},
        {"[^]*x", "[\\s\\S]*x"},
        {"[^]]+]", "[^\\]]+\\]"},
        {"x[]", "x[^\\s\\S]"},
        {"[\\w.-]+[a-z0-9-][\\b\\]\\[^]", "[\\w.\\-]+[a-z0-9\\-][\\x08\\]\\[\\^]"},
        {"[[:]", "[\\[:]"},
        {"(?<q>['\"])x\\k<q>", "(['\"])x\\g{1}"},
        {"(a)(b)\\2", "a(b)\\g{1}"},
        {"(a)?\\1", "(a)?(?(1)\\g{1})"},
        {"(?'n'a)(?#gone)b(c|d)(e)?((?i)f)g", "ab(?:c|d)(?:e)?(?:(?i)f)g"},
        {"(?i)a(?:b)(?=c)(?!d)(?<=e)(?<!f)(?>g)(?i:h)", "(?i)a(?:b)(?=c)(?!d)(?<=e)(?<!f)(?>g)(?i:h)"},
        {"\\bx\\B\\A\\z\\Z", "\\bx\\B\\A\\z\\Z"},
        {"\\\\\\.\\-\\#", "\\\\\\.-#"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_buf out;
        ff_regexp_fault fault = {0};
        ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
        if (translate(ROWS[i].actions, FF_DIALECT_ACTIONS, FF_DIALECT_PCRE2, &out, &fault) != FF_OK)
            fail_msg("%s: offset %zu: %s", ROWS[i].actions, fault.offset, fault.what);
        if (!ff_slice_eq(ff_buf_slice(&out), ff_slice_of(ROWS[i].pcre2)))
            fail_msg("%s: %s", ROWS[i].actions, out.ptr);
        compiles(ff_buf_slice(&out));
        ff_buf_release(&out);
    }
}

static void what_only_one_has_is_refused_with_its_place(void **in)
{
    (void)in;
    static const struct {
        const char *text;
        ff_dialect dialect;
        size_t offset;
        const char *what;
    } ROWS[] = {
        {"a\\p{Script=Greek}", FF_DIALECT_ACTIONS, 1, "`\\p{…}` asks for Unicode's tables"},
        {"[\\P{L}]", FF_DIALECT_ACTIONS, 1, "`\\P{…}`"},
        {"ab(?<$name>x)", FF_DIALECT_ACTIONS, 5, "letters, digits and `_`"},
        {"(?<1>x)", FF_DIALECT_ACTIONS, 3, "no digit first"},
        {"(?<a-b>x)", FF_DIALECT_ACTIONS, 3, "a balancing group"},
        {"(?<-b>x)", FF_DIALECT_ACTIONS, 3, "a balancing group"},
        {"x[\\u0100-\\uffff]", FF_DIALECT_ACTIONS, 8, "a range beyond ASCII"},
        {"[\xC3\xA0-\xC3\xBC]", FF_DIALECT_ACTIONS, 3, "a range beyond ASCII"},
        {"[\\w--[aeiou]]", FF_DIALECT_ACTIONS, 3, "flag v"},
        {"[\\w&&[aeiou]]", FF_DIALECT_ACTIONS, 3, "flag v"},
        {"[a-z-[aeiou]]", FF_DIALECT_ACTIONS, 4, "the subtraction of a class"},
        {"[z-a]", FF_DIALECT_ACTIONS, 2, "a range goes"},
        {"[a-\\d]", FF_DIALECT_ACTIONS, 2, "a range goes"},
        {"\\u{1f600}", FF_DIALECT_ACTIONS, 0, "flag u"},
        {"\\u12", FF_DIALECT_ACTIONS, 0, "four hexadecimal digits"},
        {"\\ud83d", FF_DIALECT_ACTIONS, 0, "surrogate"},
        {"\\ude00\\ud83d", FF_DIALECT_ACTIONS, 0, "surrogate"},
        {"a\\h", FF_DIALECT_ACTIONS, 1, "`\\h` has no counterpart"},
        {"a\\Kb", FF_DIALECT_ACTIONS, 1, "`\\K` has no counterpart"},
        {"\\x1", FF_DIALECT_ACTIONS, 0, "`\\x` has no counterpart"},
        {"\\c1", FF_DIALECT_ACTIONS, 0, "`\\c` takes a letter"},
        {"(a)\\2", FF_DIALECT_ACTIONS, 3, "a group that does not stand before it"},
        {"\\k<x>(?<x>a)", FF_DIALECT_ACTIONS, 0, "a group that does not stand before it"},
        {"(?(1)a|b)", FF_DIALECT_ACTIONS, 0, "a conditional"},
        {"(?|a)", FF_DIALECT_ACTIONS, 0, "share their numbers"},
        {"(?x) a", FF_DIALECT_ACTIONS, 0, "`(?x` has no counterpart"},
        {"(?n:a)", FF_DIALECT_ACTIONS, 0, "`(?n` has no counterpart"},
        {"(?<n>a)(?<n>b)", FF_DIALECT_ACTIONS, 7, "two groups have the name n"},
        {"(?P<n>a)", FF_DIALECT_ACTIONS, 0, "`(?P` has no counterpart"},
        {"a++", FF_DIALECT_ACTIONS, 2, "nothing to repeat"},
        {"*a", FF_DIALECT_ACTIONS, 0, "nothing to repeat"},
        {"^*", FF_DIALECT_ACTIONS, 1, "nothing to repeat"},
        {"a{3,2}", FF_DIALECT_ACTIONS, 1, "a repetition counts"},
        {"a{99999}", FF_DIALECT_ACTIONS, 1, "a repetition counts"},
        {"(a", FF_DIALECT_ACTIONS, 0, "not closed"},
        {"a)", FF_DIALECT_ACTIONS, 1, "closes no group"},
        {"[a", FF_DIALECT_ACTIONS, 0, "a class is not closed"},
        {"(?#a", FF_DIALECT_ACTIONS, 0, "a comment is not closed"},
        {"a\\", FF_DIALECT_ACTIONS, 2, "ends too early"},
        {"(*ACCEPT)", FF_DIALECT_PCRE2, 0, "a verb"},
        {"(?R)", FF_DIALECT_PCRE2, 0, "a recursion"},
        {"(?C1)", FF_DIALECT_PCRE2, 0, "a callout"},
        {"[[:alpha:]]", FF_DIALECT_PCRE2, 1, "a POSIX class"},
        {"[\xE2\x80\x99']", FF_DIALECT_PCRE2, 1, "the bytes of a character"},
        {"\xC3\xA9+", FF_DIALECT_PCRE2, 2, "the last byte of a character"},
        {"\\xe2", FF_DIALECT_PCRE2, 0, "a byte that is no character"},
        {"\\R\\v", FF_DIALECT_PCRE2, 0, "`\\R` has no counterpart"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_buf out;
        ff_regexp_fault fault = {0};
        ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
        ff_status status = translate(ROWS[i].text, ROWS[i].dialect, FF_DIALECT_PCRE2, &out, &fault);
        if (status != FF_INVALID || fault.offset != ROWS[i].offset || !strstr(fault.what, ROWS[i].what))
            fail_msg("%s: %d, offset %zu: %s", ROWS[i].text, status, fault.offset, fault.what);
        ff_buf_release(&out);
    }
}

static void what_pcre2_has_of_its_own_is_spelled_out(void **in)
{
    (void)in;
    static const struct {
        const char *pcre2, *actions;
    } ROWS[] = {
        {"a++[ ]?+", "(?>a+)(?>[ ]?)"},
        {"\\h\\H", "[ \\t][^ \\t]"},
        {"(?P<q>a)\\g{1}1", "(a)(?:\\1)1"},
        {"(?<q>a)\\k{q}", "(a)(?:\\1)"},
        {"\xE2\x9C\x96|\\x1b", "\xE2\x9C\x96|\\x1b"},
        {"[]a]", "[\\]a]"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_buf out;
        ff_regexp_fault fault = {0};
        ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
        if (translate(ROWS[i].pcre2, FF_DIALECT_PCRE2, FF_DIALECT_ACTIONS, &out, &fault) != FF_OK)
            fail_msg("%s: offset %zu: %s", ROWS[i].pcre2, fault.offset, fault.what);
        if (!ff_slice_eq(ff_buf_slice(&out), ff_slice_of(ROWS[i].actions)))
            fail_msg("%s: %s", ROWS[i].pcre2, out.ptr);
        ff_buf_release(&out);
    }
}

static void groups_are_counted_as_the_dialect_counts(void **in)
{
    (void)in;
    static const struct {
        ff_dialect dialect;
        uint32_t first, second, third;
    } ROWS[] = {{FF_DIALECT_ACTIONS, 3, 1, 2}, {FF_DIALECT_PCRE2, 1, 2, 3}};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_arena arena;
        ff_regexp regexp;
        ff_regexp_fault fault = {0};
        ff_arena_init(&arena, 0);
        assert_int_equal(ff_regexp_parse(&regexp, &arena, FF_LIT("(?<n>a)(b)(c)?"), ROWS[i].dialect, &fault), FF_OK);
        assert_int_equal(regexp.groups.items[1].number, ROWS[i].first);
        assert_int_equal(regexp.groups.items[2].number, ROWS[i].second);
        assert_int_equal(regexp.groups.items[3].number, ROWS[i].third);
        assert_false(regexp.groups.items[2].skippable);
        assert_true(regexp.groups.items[3].skippable);
        assert_int_equal(ff_regexp_group_at(&regexp, 4), FF_NO_GROUP);
        ff_arena_release(&arena);
    }
}

static void a_pattern_without_measure_is_refused(void **in)
{
    (void)in;
    ff_buf text, out;
    ff_regexp_fault fault = {0};
    ff_buf_init(&text, 1u << 20);
    ff_buf_init(&out, FF_LIMIT_PATTERN_BYTES);
    ff_buf_add_repeat(&text, '(', FF_LIMIT_REGEXP_DEPTH + 1);
    assert_int_equal(translate(text.ptr, FF_DIALECT_ACTIONS, FF_DIALECT_PCRE2, &out, &fault), FF_INVALID);
    assert_string_equal(fault.what, "more than 100 groups inside one another");
    fault = (ff_regexp_fault){0};
    ff_buf_reset(&text);
    ff_buf_add_repeat(&text, 'a', FF_LIMIT_PATTERN_BYTES + 1);
    assert_int_equal(translate(text.ptr, FF_DIALECT_ACTIONS, FF_DIALECT_PCRE2, &out, &fault), FF_INVALID);
    assert_string_equal(fault.what, "it is longer than 4096 bytes");
    ff_buf_release(&text);
    ff_buf_release(&out);
}

static void a_sample_ends_whatever_is_asked_for(void **in)
{
    (void)in;
    static const char *const TEXTS[] = {"((a{60000}){60000}){60000}", "(((){60000}){60000}){60000}",
                                        "((\\1{9}a){9}|b){60000}"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        ff_arena arena;
        ff_regexp regexp;
        ff_regexp_fault fault = {0};
        ff_buf out;
        ff_arena_init(&arena, 0);
        ff_buf_init(&out, FF_LIMIT_LINE_BYTES);
        ff_regexp_taste taste = {.narrowing = {.group = FF_NO_GROUP}};
        if (ff_regexp_parse(&regexp, &arena, ff_slice_of(TEXTS[i]), FF_DIALECT_ACTIONS, &fault) == FF_OK) {
            ff_regexp_sample(&regexp, &taste, &out);
            assert_int_equal(ff_buf_status(&out), FF_LIMIT);
        }
        ff_buf_release(&out);
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_both_know_is_translated),
        cmocka_unit_test(what_only_one_has_is_refused_with_its_place),
        cmocka_unit_test(what_pcre2_has_of_its_own_is_spelled_out),
        cmocka_unit_test(groups_are_counted_as_the_dialect_counts),
        cmocka_unit_test(a_pattern_without_measure_is_refused),
        cmocka_unit_test(a_sample_ends_whatever_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
