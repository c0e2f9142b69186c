/* Texts that are kept once. */
#include "digest/names.h"

#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static void the_same_text_is_the_same_number(void **state)
{
    ff_arena arena;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_names names = {.arena = &arena, .tables = &arena};
    uint32_t none = ff_names_put(&names, (ff_slice){0}), main_branch = ff_names_put(&names, FF_LIT("main"));
    assert_int_not_equal(none, main_branch);
    assert_int_equal(ff_names_put(&names, ff_slice_cut(FF_LIT("main2"), 4)), main_branch);
    assert_int_not_equal(ff_names_put(&names, FF_LIT("main2")), main_branch);
    assert_int_equal(ff_names_put(&names, FF_LIT("")), none);
    assert_true(ff_slice_eq(ff_names_text(&names, main_branch), FF_LIT("main")));
    assert_int_equal(ff_names_text(&names, none).len, 0);
    assert_int_equal(ff_names_text(&names, FF_NO_NAME).len, 0);
    ff_arena_release(&arena);
}

static void a_million_lookups_of_ten_thousand_texts_find_theirs(void **state)
{
    enum { TEXTS = 10000 };
    ff_arena arena, scratch;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_arena_init(&scratch, 0);
    ff_names names = {.arena = &arena, .tables = &scratch};
    for (unsigned i = 0; i < 100 * TEXTS; i++) {
        char text[16];
        unsigned at = i % TEXTS;
        for (size_t j = 0; j < sizeof text; j++, at /= 10)
            text[j] = (char)('0' + at % 10);
        assert_int_equal(ff_names_put(&names, (ff_slice){text, sizeof text}), i % TEXTS);
    }
    assert_int_equal(names.count, TEXTS);
    ff_arena_release(&scratch);
    ff_arena_release(&arena);
}

static void long_texts_are_cut_between_characters(void **state)
{
    ff_arena arena;
    char text[FF_LIMIT_NAME_BYTES + 10];
    (void)state;
    ff_arena_init(&arena, 0);
    ff_names names = {.arena = &arena, .tables = &arena};
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, i ? "\xc3\xa4" : "xx", 2);
    text[1] = '\xc3', text[2] = '\xa4'; /* now characters end at odd offsets */
    for (size_t i = 3; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xc3\xa4", 2);
    ff_slice kept = ff_names_keep(&names, (ff_slice){text, sizeof text});
    assert_int_equal(kept.len, FF_LIMIT_NAME_BYTES - 1);
    ff_arena_release(&arena);
}

static void without_memory_there_is_no_number(void **state)
{
    ff_arena arena;
    (void)state;
    ff_arena_init(&arena, 64);
    ff_names names = {.arena = &arena, .tables = &arena};
    assert_int_equal(ff_names_put(&names, FF_LIT("main")), FF_NO_NAME);
    assert_int_equal(ff_names_keep(&names, FF_LIT("main")).len, 0);
    assert_true(arena.failed);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_text_is_the_same_number),
        cmocka_unit_test(a_million_lookups_of_ten_thousand_texts_find_theirs),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(without_memory_there_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
