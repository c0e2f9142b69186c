/* What a terminal would show of a line. */
#include "base/terminal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define E "\x1b"

typedef struct row {
    ff_slice text;
    const char *shown;
} row;

static const row SEQUENCES[] = {
    {FF_TEXT("plain"), "plain"},
    {FF_TEXT(""), ""},
    {FF_TEXT(E "[31mred" E "[0m"), "red"},
    {FF_TEXT(E "[36;1mecho hi" E "[0m"), "echo hi"},
    {FF_TEXT(E "[38;2;10;20;30mx" E "[K"), "x"},
    {FF_TEXT(E "[?25lhidden" E "[?25h"), "hidden"},
    {FF_TEXT(E "[1 qshape"), "shape"},
    {FF_TEXT("a" E "]0;title\ab"), "ab"},
    {FF_TEXT("a" E "]0;title" E "\\b"), "ab"},
    {FF_TEXT(E "]8;;https://example.com/x" E "\\link" E "]8;;" E "\\"), "link"},
    {FF_TEXT("a" E "Pq#0;2;0" E "\\b"), "ab"},
    {FF_TEXT("a" E "Xsos" E "\\b"), "ab"},
    {FF_TEXT("a" E "^pm" E "\\b"), "ab"},
    {FF_TEXT("a" E "_apc" E "\\b"), "ab"},
    {FF_TEXT("a" E "_apc\a" E "\\b"), "ab"}, /* BEL ends only OSC */
    {FF_TEXT("a" E "(Bb" E ")0c"), "abc"},
    {FF_TEXT("a" E "7b" E "8c" E "=d" E ">e" E "Mf" E "cg"), "abcdefg"},
    {FF_TEXT("a" E "]0;broken\x18"
             "b"),
     "ab"},
    {FF_TEXT("a" E "]0;x" E "[31mb"), "ab"}, /* a new sequence breaks the old one off */
    /* what does not end is no sequence */
    {FF_TEXT("a" E), "a"},
    {FF_TEXT("a" E "["), "a"},
    {FF_TEXT("a" E "[31"), "a31"},
    {FF_TEXT("a" E "]0;text to be hidden"), "a0;text to be hidden"},
    {FF_TEXT("a" E "Ptext"), "atext"},
    {FF_TEXT("a" E "("), "a("},
    {FF_TEXT("a" E "\xC3\xA9"), "a\xC3\xA9"},
    {FF_TEXT("a" E "[12\xC3\xA9"), "a\xC3\xA9"},
    {FF_TEXT(E E "[1mx"), "x"},
    /* caret notation: colours and erasures, and nothing else */
    {FF_TEXT("^[[31mred^[[0m"), "red"},
    {FF_TEXT("^[[36;1mx^[[m^[[K^[(By"), "xy"},
    {FF_TEXT("grep '^[[:alpha:]]' ^[[A-Z] ^[[0-9]"), "grep '^[[:alpha:]]' ^[[A-Z] ^[[0-9]"},
    {FF_TEXT("^ ^[ ^[["), "^ ^[ ^[["},
    {FF_TEXT("^[[31m" E "[1mx"), "x"},
};

static void test_sequences_are_dropped_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof SEQUENCES / sizeof *SEQUENCES; i++) {
        /* A buffer of exactly the size, so that a write past it is seen. */
        char *scratch = malloc(SEQUENCES[i].text.len + 1);
        assert_non_null(scratch);
        ff_slice shown = ff_terminal_plain(SEQUENCES[i].text, scratch);
        if (!ff_slice_eq(shown, ff_slice_of(SEQUENCES[i].shown)))
            fail_msg("row %zu: found \"%.*s\"", i, FF_ARG(shown));
        free(scratch);
    }
}

static void test_no_sequence_eats_beyond_its_bound(void **state)
{
    (void)state;
    enum { LONG = 10000 };
    static const char introducers[] = {'[', ']', 'P', 'X', '^', '_', '('};
    char *text = malloc(LONG), *scratch = malloc(LONG);
    assert_non_null(text);
    assert_non_null(scratch);
    for (size_t i = 0; i < sizeof introducers; i++) {
        memset(text, introducers[i] == '(' ? ' ' : '1', LONG);
        text[0] = '\x1b';
        text[1] = introducers[i];
        memcpy(text + LONG - 6, "\x1b\\tail", 6);
        ff_slice shown = ff_terminal_plain((ff_slice){text, LONG}, scratch);
        assert_true(shown.len >= LONG - 6);
        assert_true(ff_slice_ends(shown, FF_LIT("tail")));
    }
    free(text);
    free(scratch);
}

static const row PARTS[] = {
    {FF_TEXT("no return"), "no return"},
    {FF_TEXT("10%\r20%\r30%"), "30%"},
    {FF_TEXT("10%\r20%\r"), "20%"},
    {FF_TEXT("text\r"), "text"},
    {FF_TEXT("\rtext"), "text"},
    {FF_TEXT("\r\r\r"), ""},
    {FF_TEXT("text\r\r"), "text"},
    {FF_TEXT("a\r" E "[0m\r"), "a"}, /* shows nothing, erases nothing */
    {FF_TEXT("travis_fold:start:x\r" E "[0K$ make"), E "[0K$ make"},
    {FF_TEXT("travis_time:end:1\r" E "[0K"), ""}, /* erased */
    {FF_TEXT("Progress\r \rDone"), "Done"},
};

static void test_the_last_part_that_shows_is_what_remains(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
        ff_slice shown = ff_terminal_last_part(PARTS[i].text);
        if (!ff_slice_eq(shown, ff_slice_of(PARTS[i].shown)))
            fail_msg("row %zu: found \"%.*s\"", i, FF_ARG(shown));
    }
}

static void test_text_without_sequences_is_not_copied(void **state)
{
    (void)state;
    char scratch[8];
    ff_slice text = FF_LIT("plain ^ text");
    assert_ptr_equal(ff_terminal_plain(text, scratch).ptr, text.ptr);
    assert_ptr_equal(ff_terminal_last_part(text).ptr, text.ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sequences_are_dropped_whole),
        cmocka_unit_test(test_no_sequence_eats_beyond_its_bound),
        cmocka_unit_test(test_the_last_part_that_shows_is_what_remains),
        cmocka_unit_test(test_text_without_sequences_is_not_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
