#include "report/sheet.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct {
    const char *said;
    uint32_t columns, most;
    const char *expected;
} ROWS[] = {
    {"short", 40, 4, "  Label         short\n"},
    {"one two three four five six", 40, 4, "  Label         one two three four five\n                six\n"},
    {"one two three four five six", 40, 1, "  Label         one two three four five…\n"},
    {"a-word-that-is-wider-than-the-whole-sheet-is x", 40, 4,
     "  Label         a-word-that-is-wider-than-the-whole-sheet-is\n                x\n"},
    {"  blanks   inside  ", 100, 4, "  Label         blanks   inside\n"},
    {"äöü äöü äöü äöü äöü äöü", 40, 4, "  Label         äöü äöü äöü äöü äöü äöü\n"},
    {"narrow sheets count as forty columns wide", 3, 4,
     "  Label         narrow sheets count as\n                forty columns wide\n"},
    {"no width means a hundred columns, which is where this sentence of ours is meant to be broken", 0, 4,
     "  Label         no width means a hundred columns, which is where this sentence of ours is meant to\n"
     "                be broken\n"},
    {"", 40, 4, "  Label         "},
};

static void rows_are_wrapped_between_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_buf out;
        ff_buf_init(&out, 10000);
        ff_sheet sheet;
        ff_sheet_init(&sheet, &out, ROWS[i].columns, false);
        ff_voice_say(&sheet.voice, ROWS[i].said);
        ff_sheet_row(&sheet, "Label", ROWS[i].most);
        assert_string_equal(out.ptr, ROWS[i].expected);
        assert_int_equal(sheet.said.len, 0);
        ff_sheet_release(&sheet);
        ff_buf_release(&out);
    }
}

static void commands_are_never_wrapped(void **state)
{
    (void)state;
    ff_buf out;
    ff_buf_init(&out, 10000);
    ff_sheet sheet;
    ff_sheet_init(&sheet, &out, 40, false);
    ff_voice_say(&sheet.voice, "a command that is longer than the sheet is wide");
    ff_sheet_line(&sheet, "Decide with");
    assert_string_equal(out.ptr, "  Decide with   a command that is longer than the sheet is wide\n");
    ff_sheet_release(&sheet);
    ff_buf_release(&out);
}

static void colours_appear_only_when_asked_for(void **state)
{
    (void)state;
    for (int color = 0; color < 2; color++) {
        ff_buf out;
        ff_buf_init(&out, 10000);
        ff_sheet sheet;
        ff_sheet_init(&sheet, &out, 40, color);
        ff_voice_name(&sheet.voice, FF_LIT("\x1b[31mhostile"));
        ff_sheet_headline(&sheet, "✗");
        assert_string_equal(out.ptr,
                            color ? "\x1b[1;31m✗\x1b[0m\x1b[1m \\x1b[31mhostile\n\x1b[0m" : "✗ \\x1b[31mhostile\n");
        ff_sheet_release(&sheet);
        ff_buf_release(&out);
    }
}

static void a_full_buffer_is_reported(void **state)
{
    (void)state;
    ff_buf out;
    ff_buf_init(&out, 8);
    ff_sheet sheet;
    ff_sheet_init(&sheet, &out, 40, false);
    ff_voice_say(&sheet.voice, "more than eight bytes");
    ff_sheet_row(&sheet, "Label", 2);
    assert_int_equal(ff_buf_status(&out), FF_LIMIT);
    ff_sheet_release(&sheet);
    ff_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_wrapped_between_words),
        cmocka_unit_test(commands_are_never_wrapped),
        cmocka_unit_test(colours_appear_only_when_asked_for),
        cmocka_unit_test(a_full_buffer_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
