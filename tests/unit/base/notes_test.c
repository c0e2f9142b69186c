/* Notes: folding, the bound, what makes a report partial. */
#include "base/notes.h"

#include "base/limits.h"
#include "base/utf8.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void equal_notes_are_one_and_counted(void **state)
{
    ff_arena arena = {0};
    ff_notes notes;
    (void)state;
    ff_notes_init(&notes, &arena);
    ff_notes_add(&notes, false, "line-cut", "a line of '%s' is long", "build");
    ff_notes_add(&notes, false, "line-cut", "a line of '%s' is long", "build");
    ff_notes_add(&notes, false, "line-cut", "a line of '%s' is long", "test");
    ff_notes_add(&notes, false, "other", "a line of '%s' is long", "build");
    assert_int_equal(notes.count, 3);
    assert_int_equal(notes.items[0].count, 2);
    assert_int_equal(notes.items[1].count, 1);
    assert_string_equal(notes.items[1].text.ptr, "a line of 'test' is long");
    assert_string_equal(notes.items[2].code, "other");
    assert_false(notes.partial);
    ff_arena_release(&arena);
}

static void one_partial_note_makes_the_report_partial(void **state)
{
    ff_arena arena = {0};
    ff_notes notes;
    (void)state;
    ff_notes_init(&notes, &arena);
    ff_notes_add(&notes, false, "entry-skipped", "x");
    assert_false(notes.partial);
    ff_notes_add(&notes, true, "entry-skipped", "x");
    assert_true(notes.partial);
    assert_true(notes.items[0].partial);
    ff_notes_add(&notes, false, "entry-skipped", "x");
    assert_true(notes.partial);
    assert_true(notes.items[0].partial);
    assert_int_equal(notes.count, 1);
    ff_arena_release(&arena);
}

static void the_bound_keeps_the_first_and_counts_the_rest(void **state)
{
    ff_arena arena = {0};
    ff_notes notes;
    (void)state;
    ff_notes_init(&notes, &arena);
    static char codes[FF_LIMIT_NOTES + 10][16];
    for (uint32_t i = 0; i < FF_LIMIT_NOTES + 10; i++) {
        (void)snprintf(codes[i], sizeof codes[i], "many-%u", i / FF_LIMIT_NOTES_PER_CODE);
        ff_notes_add(&notes, i >= FF_LIMIT_NOTES, codes[i], "note %u", i);
    }
    assert_int_equal(notes.count, FF_LIMIT_NOTES);
    assert_int_equal(notes.dropped, 10);
    assert_true(notes.partial); /* only dropped ones said so */
    ff_notes_add(&notes, false, "many-0", "note %u", 5u);
    assert_int_equal(notes.items[5].count, 2);
    assert_int_equal(notes.dropped, 10);
    ff_arena_release(&arena);
}

static void one_kind_does_not_crowd_out_the_others(void **state)
{
    ff_arena arena = {0};
    ff_notes notes;
    (void)state;
    ff_notes_init(&notes, &arena);
    for (uint32_t i = 0; i < FF_LIMIT_NOTES; i++)
        ff_notes_add(&notes, false, "many", "note %u", i);
    ff_notes_add(&notes, true, "rare", "note");
    assert_int_equal(notes.count, FF_LIMIT_NOTES_PER_CODE + 1);
    assert_int_equal(notes.dropped, FF_LIMIT_NOTES - FF_LIMIT_NOTES_PER_CODE);
    assert_string_equal(notes.items[FF_LIMIT_NOTES_PER_CODE].code, "rare");
    ff_arena_release(&arena);
}

static void long_texts_are_cut_between_code_points(void **state)
{
    ff_arena arena = {0};
    ff_notes notes;
    char text[1001];
    (void)state;
    for (size_t start = 0; start < 4; start++) {
        memset(text, 'a', 500);
        for (size_t i = start; i + 1 < sizeof text; i += 2)
            memcpy(text + i, "\xC3\xBC", 2);
        text[start + (sizeof text - 1 - start) / 2 * 2] = '\0';
        ff_notes_init(&notes, &arena);
        ff_notes_add(&notes, false, "long", "%s", text);
        assert_true(notes.items[0].text.len == 500 || notes.items[0].text.len == 499);
        assert_true(ff_utf8_valid(notes.items[0].text));
    }
    ff_arena_release(&arena);
}

static void without_memory_a_note_is_lost_but_not_its_warning(void **state)
{
    ff_arena arena;
    ff_notes notes;
    (void)state;
    for (size_t limit = 16; limit < 1024; limit += 16) {
        ff_arena_init(&arena, limit);
        ff_notes_init(&notes, &arena);
        ff_notes_add(&notes, true, "entry-skipped", "%s", "a text of some length");
        assert_true(notes.partial);
        assert_int_equal(notes.count + notes.dropped, 1);
        assert_true(notes.count == 0 || notes.items[0].text.len == 21);
        ff_arena_release(&arena);
    }
    assert_int_equal(notes.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_notes_are_one_and_counted),
        cmocka_unit_test(one_partial_note_makes_the_report_partial),
        cmocka_unit_test(the_bound_keeps_the_first_and_counts_the_rest),
        cmocka_unit_test(one_kind_does_not_crowd_out_the_others),
        cmocka_unit_test(long_texts_are_cut_between_code_points),
        cmocka_unit_test(without_memory_a_note_is_lost_but_not_its_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
