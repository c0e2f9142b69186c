/* UTF-8: strict decoding, and text made safe to show. */
#include "base/utf8.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void only_shortest_forms_of_real_code_points_decode(void **state)
{
    const struct {
        ff_slice bytes;
        size_t used;
        uint32_t code;
    } rows[] = {
        {FF_LIT("A"), 1, 'A'},
        {FF_LIT("\0"), 1, 0},
        {FF_LIT("\x7F"), 1, 0x7F},
        {FF_LIT("\xC2\x80"), 2, 0x80},
        {FF_LIT("\xDF\xBF"), 2, 0x7FF},
        {FF_LIT("\xE0\xA0\x80"), 3, 0x800},
        {FF_LIT("\xED\x9F\xBF"), 3, 0xD7FF},
        {FF_LIT("\xEE\x80\x80"), 3, 0xE000},
        {FF_LIT("\xEF\xBF\xBF"), 3, 0xFFFF},
        {FF_LIT("\xF0\x90\x80\x80"), 4, 0x10000},
        {FF_LIT("\xF4\x8F\xBF\xBF"), 4, 0x10FFFF},
        {FF_LIT("\x80"), 0, 0},             /* a continuation alone */
        {FF_LIT("\xC0\x80"), 0, 0},         /* overlong */
        {FF_LIT("\xC1\xBF"), 0, 0},         /* overlong */
        {FF_LIT("\xE0\x9F\xBF"), 0, 0},     /* overlong */
        {FF_LIT("\xF0\x8F\xBF\xBF"), 0, 0}, /* overlong */
        {FF_LIT("\xED\xA0\x80"), 0, 0},     /* surrogate */
        {FF_LIT("\xF4\x90\x80\x80"), 0, 0}, /* above U+10FFFF */
        {FF_LIT("\xF5\x80\x80\x80"), 0, 0}, /* no such lead */
        {FF_LIT("\xFF"), 0, 0},             /* no such byte */
        {FF_LIT("\xC3"), 0, 0},             /* cut off */
        {FF_LIT("\xE2\x82"), 0, 0},         /* cut off */
        {FF_LIT("\xE2\x82x"), 0, 0},        /* broken off */
        {FF_LIT("\xC3\xC3"), 0, 0},         /* broken off */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint32_t code = 0;
        if (ff_utf8_next(rows[i].bytes, &code) != rows[i].used || code != rows[i].code)
            fail_msg("row %zu", i);
        assert_int_equal(ff_utf8_valid(rows[i].bytes), rows[i].used > 0);
    }
    assert_true(ff_utf8_valid((ff_slice){0}));
    assert_false(ff_utf8_valid(FF_LIT("ok\xFFok")));
}

static void unsafe_text_becomes_visible(void **state)
{
    const struct {
        ff_slice raw;
        const char *safe;
    } rows[] = {
        {FF_LIT("plain ~ text"), "plain ~ text"},
        {FF_LIT("a\tb"), "a b"},
        {FF_LIT("\x1b[31m"), "\\x1b[31m"},
        {FF_LIT("a\nb\r\0"), "a\\x0ab\\x0d\\x00"},
        {FF_LIT("\x7F"), "\\x7f"},
        {FF_LIT("\xC2\x9B"), "\\x9b"},            /* C1 CSI */
        {FF_LIT("\xE2\x80\xAE"), "\\u202e"},      /* right-to-left override */
        {FF_LIT("\xE2\x81\xA6"), "\\u2066"},      /* isolate */
        {FF_LIT("\xE2\x80\xA8"), "\\u2028"},      /* line separator */
        {FF_LIT("\xEF\xBB\xBF"), "\\ufeff"},      /* byte order mark */
        {FF_LIT("\xF3\xA0\x81\x81"), "\\ue0041"}, /* tag letter */
        {FF_LIT("\xFF\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {FF_LIT("gr\xC3\xBC\xC3\x9F \xE2\x9C\x97 \xF0\x9F\x92\xA5"),
         "gr\xC3\xBC\xC3\x9F \xE2\x9C\x97 \xF0\x9F\x92\xA5"},
        {{NULL, 0}, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_buf buf;
        ff_buf_init(&buf, 1000);
        ff_utf8_add_safe(&buf, rows[i].raw);
        if (!ff_slice_eq(ff_buf_slice(&buf), ff_slice_of(rows[i].safe)))
            fail_msg("row %zu gives '%s'", i, buf.ptr ? buf.ptr : "");
        ff_buf_release(&buf);
    }
}

static void whatever_comes_in_what_comes_out_is_valid_and_bounded(void **state)
{
    ff_arena arena = {0};
    uint32_t seed = 12345;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char bytes[64];
        size_t length = (size_t)(round % 64);
        for (size_t i = 0; i < length; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(seed >> 24);
        }
        size_t max = (size_t)(round % 37);
        ff_slice kept = ff_utf8_keep(&arena, (ff_slice){bytes, length}, max);
        assert_true(kept.len <= max);
        assert_true(ff_utf8_valid(kept));
        uint32_t code;
        for (ff_slice rest = kept; rest.len; rest = ff_slice_from(rest, ff_utf8_next(rest, &code))) {
            (void)ff_utf8_next(rest, &code);
            assert_false(ff_utf8_is_control(code));
        }
    }
    ff_arena_release(&arena);
}

static void a_cut_text_says_so_and_a_whole_one_does_not(void **state)
{
    ff_arena arena = {0};
    (void)state;
    assert_string_equal(ff_utf8_keep(&arena, FF_LIT("abcdef"), 6).ptr, "abcdef");
    assert_string_equal(ff_utf8_keep(&arena, FF_LIT("abcdefg"), 6).ptr, "abc\xE2\x80\xA6");
    assert_string_equal(ff_utf8_keep(&arena, FF_LIT("ab\xC3\xBC\xC3\xBC"), 5).ptr, "ab\xE2\x80\xA6");
    assert_string_equal(ff_utf8_keep(&arena, FF_LIT("abcdefghijklmnop"), 3).ptr, "\xE2\x80\xA6");
    assert_int_equal(ff_utf8_keep(&arena, FF_LIT("abc"), 2).len, 0);
    assert_string_equal(ff_utf8_keep(&arena, FF_LIT("abcd\x1b"), 6).ptr,
                        "abc\xE2\x80\xA6"); /* the escape made it longer */
    ff_arena_release(&arena);
    ff_arena_init(&arena, 8);
    assert_int_equal(ff_utf8_keep(&arena, FF_LIT("too long for it"), 100).len, 0);
    ff_arena_release(&arena);
}

static void cuts_do_not_split_code_points(void **state)
{
    const struct {
        ff_slice text;
        size_t max, len;
    } rows[] = {
        {FF_LIT("abc"), 5, 3},
        {FF_LIT("abc"), 3, 3},
        {FF_LIT("abc"), 2, 2},
        {FF_LIT("a\xC3\xBC"), 2, 1},
        {FF_LIT("a\xF0\x9F\x92\xA5"), 4, 1},
        {FF_LIT("a\xF0\x9F\x92\xA5"), 5, 5},
        {FF_LIT("\xC3\xBC"), 1, 0},
        {FF_LIT("\x80\x80\x80\x80\x80\x80"), 5, 5}, /* no text: nothing to keep together */
        {FF_LIT("abc"), 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (ff_utf8_cut(rows[i].text, rows[i].max).len != rows[i].len)
            fail_msg("row %zu", i);
}

static void controls_are_the_listed_ranges(void **state)
{
    static const uint32_t controls[] = {0,      9,      10,     0x1F,   0x7F,   0x9F,   0x61C,
                                        0x200E, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xFFF9, 0xE0001};
    static const uint32_t harmless[] = {0x20, 0x7E, 0xA0, 0x200C, 0x200D, 0x2026, 0x20AC, 0xFFFD, 0x1F4A5, 0x10FFFF};
    (void)state;
    for (size_t i = 0; i < COUNT(controls); i++)
        assert_true(ff_utf8_is_control(controls[i]));
    for (size_t i = 0; i < COUNT(harmless); i++)
        assert_false(ff_utf8_is_control(harmless[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_shortest_forms_of_real_code_points_decode),
        cmocka_unit_test(unsafe_text_becomes_visible),
        cmocka_unit_test(whatever_comes_in_what_comes_out_is_valid_and_bounded),
        cmocka_unit_test(a_cut_text_says_so_and_a_whole_one_does_not),
        cmocka_unit_test(cuts_do_not_split_code_points),
        cmocka_unit_test(controls_are_the_listed_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
