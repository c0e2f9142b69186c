/* The counting reader: bounds, notes, early ends. */
#include "base/limits.h"
#include "source/gauge.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* `left` times the byte 'x', then `end`. */
typedef struct tap {
    uint64_t left;
    ff_status end;
    const char *first; /* the first bytes, instead */
} tap;

static ff_status read_tap(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    tap *from = self;
    if (from->left == 0)
        return from->end == FF_END ? FF_END : ff_error_set(error, from->end, "it broke");
    *got = from->left < cap ? (size_t)from->left : cap;
    memset(into, 'x', *got);
    if (from->first) {
        ff_slice first = ff_slice_cut(ff_slice_of(from->first), *got);
        memcpy(into, first.ptr, first.len);
    }
    from->first = NULL;
    from->left -= *got;
    return FF_OK;
}

static ff_status drain(ff_reader reader, size_t piece, uint64_t *total)
{
    char into[64];
    size_t got = 0;
    ff_status status;
    *total = 0;
    while ((status = reader.read(reader.self, into, piece, &got, NULL)) == FF_OK) {
        assert_true(got > 0 && got <= piece);
        *total += got;
    }
    assert_int_equal(got, 0);
    return status;
}

static void an_entry_ends_at_its_bound_with_a_note_only_if_more_was_there(void **state)
{
    const struct {
        uint64_t left, entry_limit, run_limit, produced;
        const char *code; /* NULL: no note */
    } rows[] = {
        {100, 1000, 1000, 100, NULL}, {100, 100, 1000, 100, NULL},          {100, 1000, 100, 100, NULL},
        {0, 100, 100, 0, NULL},       {101, 100, 1000, 100, "entry-limit"}, {1000, 1000, 100, 100, "run-limit"},
        {1, 0, 5, 0, "entry-limit"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (size_t piece = 1; piece <= 64; piece += 9) {
            ff_arena arena;
            ff_run run;
            ff_gauge gauge;
            uint64_t total;
            tap from = {.left = rows[i].left, .end = FF_END};
            ff_arena_init(&arena, 0);
            ff_run_init(&run, &arena);
            ff_gauge_init(&gauge, &run);
            gauge.entry_limit = rows[i].entry_limit;
            gauge.run_limit = rows[i].run_limit;
            ff_reader reader = ff_gauge_start(&gauge, FF_LIT("a\nb.txt"), (ff_reader){read_tap, &from});
            assert_int_equal(drain(reader, piece, &total), FF_END);
            assert_int_equal(total, rows[i].produced);
            assert_int_equal(run.bytes_read, rows[i].produced);
            assert_int_equal(run.entries_read, 1);
            assert_int_equal(run.notes.count, rows[i].code != NULL);
            assert_int_equal(run.notes.partial, rows[i].code != NULL);
            if (rows[i].code)
                assert_string_equal(run.notes.items[0].code, rows[i].code);
            ff_arena_release(&arena);
        }
    }
}

static void the_bound_of_the_run_counts_over_all_entries(void **state)
{
    (void)state;
    ff_arena arena;
    ff_run run;
    ff_gauge gauge;
    uint64_t total;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    ff_gauge_init(&gauge, &run);
    gauge.run_limit = 150;
    const uint64_t expected[] = {100, 50, 0};
    for (size_t i = 0; i < COUNT(expected); i++) {
        tap from = {.left = 100, .end = FF_END};
        assert_int_equal(drain(ff_gauge_start(&gauge, FF_LIT("a"), (ff_reader){read_tap, &from}), 64, &total), FF_END);
        assert_int_equal(total, expected[i]);
    }
    assert_int_equal(run.notes.count, 1);
    assert_int_equal(run.notes.items[0].count, 2);
    ff_arena_release(&arena);
}

static void a_fault_becomes_a_note_and_an_end_unless_memory_is_gone(void **state)
{
    const struct {
        ff_status fault, ends;
        const char *code;
    } rows[] = {{FF_INVALID, FF_END, "entry-damaged"}, {FF_IO, FF_END, "entry-unreadable"}, {FF_NOMEM, FF_NOMEM, NULL}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena;
        ff_run run;
        ff_gauge gauge;
        uint64_t total;
        tap from = {.left = 10, .end = rows[i].fault};
        ff_arena_init(&arena, 0);
        ff_run_init(&run, &arena);
        ff_gauge_init(&gauge, &run);
        ff_reader reader = ff_gauge_start(&gauge, FF_LIT("a\x1B[2Jb.txt"), (ff_reader){read_tap, &from});
        assert_int_equal(drain(reader, 64, &total), rows[i].ends);
        assert_int_equal(total, 10);
        assert_int_equal(run.notes.count, rows[i].code != NULL);
        if (rows[i].code) {
            assert_string_equal(run.notes.items[0].code, rows[i].code);
            assert_string_equal(run.notes.items[0].text.ptr,
                                "\"a\\x1b[2Jb.txt\" could not be read to its end: it broke.");
        }
        ff_arena_release(&arena);
    }
}

static void a_file_of_another_kind_is_not_handed_out(void **state)
{
    (void)state;
    ff_arena arena;
    ff_run run;
    ff_gauge gauge;
    uint64_t total;
    tap from = {.left = 1000, .end = FF_END, .first = "PK\x03\x04"};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    ff_gauge_init(&gauge, &run);
    assert_int_equal(drain(ff_gauge_start(&gauge, FF_LIT("1_a.txt"), (ff_reader){read_tap, &from}), 64, &total),
                     FF_END);
    assert_int_equal(total, 0);
    assert_string_equal(run.notes.items[0].code, "entry-not-text");
    assert_true(run.notes.partial);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_ends_at_its_bound_with_a_note_only_if_more_was_there),
        cmocka_unit_test(the_bound_of_the_run_counts_over_all_entries),
        cmocka_unit_test(a_fault_becomes_a_note_and_an_end_unless_memory_is_gone),
        cmocka_unit_test(a_file_of_another_kind_is_not_handed_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
