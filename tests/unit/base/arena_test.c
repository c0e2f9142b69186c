/* Arenas: limits, alignment, rewinding; and the arrays that grow in them. */
#include "base/arena.h"
#include "base/array.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void memory_is_zeroed_and_aligned(void **state)
{
    ff_arena arena = {0};
    (void)state;
    for (size_t size = 0; size < 200; size++) {
        unsigned char *memory = ff_arena_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xAA, size);
    }
    ff_arena_release(&arena);
}

static void the_limit_is_exact_and_remembered(void **state)
{
    ff_arena arena;
    (void)state;
    ff_arena_init(&arena, 64);
    assert_non_null(ff_arena_alloc(&arena, 64));
    assert_false(arena.failed);
    assert_null(ff_arena_alloc(&arena, 1));
    assert_true(arena.failed);
    ff_arena_release(&arena);
    assert_int_equal(arena.limit, 64);
    assert_false(arena.failed);
    assert_null(ff_arena_alloc(&arena, 65));
    assert_null(ff_arena_alloc(&arena, SIZE_MAX));
    ff_arena_release(&arena);
}

static void sizes_that_overflow_give_nothing(void **state)
{
    ff_arena arena = {0};
    (void)state;
    assert_null(ff_arena_array(&arena, SIZE_MAX / 2 + 1, 2));
    assert_null(ff_arena_array(&arena, 2, SIZE_MAX));
    assert_true(arena.failed);
    assert_non_null(ff_arena_array(&arena, 0, 8));
    assert_non_null(ff_arena_array(&arena, 8, 0));
    ff_arena_release(&arena);
}

static void copies_end_in_a_nul_that_does_not_count(void **state)
{
    ff_arena arena = {0};
    (void)state;
    ff_slice copy = ff_arena_dup(&arena, FF_LIT("a\0b"));
    assert_int_equal(copy.len, 3);
    assert_memory_equal(copy.ptr, "a\0b", 4);
    ff_slice empty = ff_arena_dup(&arena, (ff_slice){0});
    assert_non_null(empty.ptr);
    assert_int_equal(empty.len, 0);
    ff_slice printed = ff_arena_printf(&arena, "%s/%d", "patterns", 7);
    assert_string_equal(printed.ptr, "patterns/7");
    assert_int_equal(printed.len, 10);
    ff_arena_release(&arena);
}

static void without_room_copies_are_empty_and_the_failure_stands(void **state)
{
    ff_arena arena;
    (void)state;
    ff_arena_init(&arena, 2 * _Alignof(max_align_t));
    assert_null(ff_arena_dup(&arena, FF_LIT("longer than two steps of the alignment")).ptr);
    assert_true(arena.failed);
    assert_null(ff_arena_printf(&arena, "%040d", 1).ptr);
    assert_non_null(ff_arena_dup(&arena, FF_LIT("fits")).ptr);
    assert_true(arena.failed);
    ff_arena_release(&arena);
}

static void rewinding_gives_the_room_back_and_keeps_what_was_before(void **state)
{
    ff_arena arena;
    (void)state;
    ff_arena_init(&arena, 1 << 20);
    ff_arena_mark start = ff_arena_here(&arena);
    ff_slice kept = ff_arena_dup(&arena, FF_LIT("kept"));
    ff_arena_mark mark = ff_arena_here(&arena);
    size_t used = arena.used;
    for (int i = 0; i < 3; i++) {
        char *big = ff_arena_alloc(&arena, 300000); /* chunks of its own */
        assert_non_null(big);
        memset(big, 'x', 300000);
    }
    ff_arena_rewind(&arena, mark);
    assert_int_equal(arena.used, used);
    assert_string_equal(kept.ptr, "kept");
    char *again = ff_arena_alloc(&arena, 100);
    assert_non_null(again);
    assert_int_equal(again[0], 0); /* zeroed although it was used before */
    ff_arena_rewind(&arena, start);
    assert_int_equal(arena.used, 0);
    assert_null(arena.chunks);
    ff_arena_release(&arena);
}

typedef struct pair {
    uint32_t a, b;
} pair;

static void arrays_grow_and_keep_their_elements(void **state)
{
    ff_arena arena = {0};
    struct {
        pair *items;
        size_t count, cap;
    } pairs = {0};
    (void)state;
    for (uint32_t i = 0; i < 5000; i++) {
        pair *added = FF_ARRAY_PUSH(&arena, &pairs);
        assert_non_null(added);
        assert_int_equal(added->a + added->b, 0);
        *added = (pair){i, i * 2};
    }
    assert_int_equal(pairs.count, 5000);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(pairs.items[i].a * 2, pairs.items[i].b);
    ff_arena_release(&arena);
}

static void an_array_without_room_stays_as_it_was(void **state)
{
    ff_arena arena;
    struct {
        pair *items;
        size_t count, cap;
    } pairs = {0};
    (void)state;
    ff_arena_init(&arena, 8 * sizeof(pair));
    for (uint32_t i = 0; i < 8; i++)
        FF_ARRAY_PUSH(&arena, &pairs)->a = i;
    assert_null(FF_ARRAY_PUSH(&arena, &pairs));
    assert_int_equal(pairs.count, 8);
    assert_int_equal(pairs.cap, 8);
    for (uint32_t i = 0; i < 8; i++)
        assert_int_equal(pairs.items[i].a, i);
    ff_arena_release(&arena);
}

static void what_one_arena_holds_can_go_to_another(void **state)
{
    ff_arena arena, from;
    (void)state;
    ff_arena_init(&arena, 200 * 1024);
    ff_arena_init(&from, 0);
    ff_slice old = ff_arena_dup(&arena, FF_LIT("old"));
    ff_arena_mark mark = ff_arena_here(&arena);
    ff_slice first = ff_arena_dup(&from, FF_LIT("first"));
    assert_non_null(ff_arena_alloc(&from, 100 * 1024));
    size_t used = arena.used + from.used;
    assert_true(ff_arena_adopt(&arena, &from));
    assert_int_equal(arena.used, used);
    assert_int_equal(from.used, 0);
    ff_arena_release(&from);
    assert_true(ff_slice_eq(first, FF_LIT("first")));
    assert_non_null(ff_arena_alloc(&from, 100 * 1024));
    assert_false(ff_arena_adopt(&arena, &from));
    assert_int_equal(arena.used, used);
    ff_arena_rewind(&arena, mark);
    assert_true(ff_slice_eq(old, FF_LIT("old")));
    assert_true(ff_arena_adopt(&arena, &from));
    assert_true(ff_arena_adopt(&arena, &from)); /* nothing */
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(the_limit_is_exact_and_remembered),
        cmocka_unit_test(sizes_that_overflow_give_nothing),
        cmocka_unit_test(copies_end_in_a_nul_that_does_not_count),
        cmocka_unit_test(without_room_copies_are_empty_and_the_failure_stands),
        cmocka_unit_test(rewinding_gives_the_room_back_and_keeps_what_was_before),
        cmocka_unit_test(arrays_grow_and_keep_their_elements),
        cmocka_unit_test(an_array_without_room_stays_as_it_was),
        cmocka_unit_test(what_one_arena_holds_can_go_to_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
