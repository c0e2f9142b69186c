/* Bytes into physical lines: whatever the pieces, however long the line. */
#include "log/window.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <cmocka.h>

/* Makes text on the fly: `head`, then `fill` bytes of a filler, then `tail`, in pieces. */
typedef struct maker {
    ff_slice head, tail;
    uint64_t fill, at;
    char filler;
    size_t piece;
    ff_status end; /* what comes behind the last byte */
} maker;

static ff_status make(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    maker *m = self;
    uint64_t len = m->head.len + m->fill + m->tail.len;
    size_t count = 0, most = m->piece && m->piece < cap ? m->piece : cap;
    for (; count < most && m->at < len; m->at++, count++) {
        if (m->at < m->head.len)
            into[count] = m->head.ptr[m->at];
        else if (m->at < m->head.len + m->fill)
            into[count] = m->filler;
        else
            into[count] = m->tail.ptr[m->at - m->head.len - m->fill];
    }
    *got = count;
    if (count)
        return FF_OK;
    return m->end == FF_END ? FF_END : ff_error_set(error, m->end, "made to fail");
}

static ff_window *open_window(maker *m)
{
    ff_window *window = calloc(1, sizeof *window);
    assert_non_null(window);
    assert_int_equal(ff_window_init(window), FF_OK);
    ff_window_open(window, (ff_reader){make, m});
    return window;
}

static void close_window(ff_window *window)
{
    ff_window_release(window);
    free(window);
}

static void expect_lines(ff_slice text, size_t piece, const ff_slice *lines, size_t count)
{
    maker m = {.head = text, .piece = piece, .end = FF_END};
    ff_window *window = open_window(&m);
    ff_error error = {0};
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(ff_window_next(window, &error), FF_OK);
        if (!ff_slice_eq(window->line, lines[i]))
            fail_msg("pieces of %zu, line %zu: \"%.*s\"", piece, i + 1, FF_ARG(window->line));
        assert_int_equal(window->number, i + 1);
        assert_false(window->cut);
    }
    assert_int_equal(ff_window_next(window, &error), FF_END);
    close_window(window);
}

static void test_pieces_of_any_size_give_the_same_lines(void **state)
{
    (void)state;
    static const char text[] = "one\r\n\ntwo\rthree\n\0nul\n\xFF\xFE bytes\r\r\nlast";
    static const ff_slice lines[] = {
        {"one", 3}, {"", 0}, {"two\rthree", 9}, {"\0nul", 4}, {"\xFF\xFE bytes\r", 9}, {"last", 4},
    };
    for (size_t piece = 1; piece <= sizeof text; piece++)
        expect_lines((ff_slice){text, sizeof text - 1}, piece, lines, sizeof lines / sizeof *lines);
}

static void test_a_line_end_at_the_end_makes_no_line(void **state)
{
    (void)state;
    static const ff_slice one[] = {{"a", 1}}, blank[] = {{"", 0}};
    expect_lines(FF_LIT("a\n"), 0, one, 1);
    expect_lines(FF_LIT("a"), 0, one, 1);
    expect_lines(FF_LIT("\n"), 0, blank, 1);
    expect_lines((ff_slice){0}, 0, NULL, 0);
}

static void expect_long(uint64_t fill, char filler, size_t piece)
{
    maker m = {.head = FF_LIT("before\nHEAD"),
               .tail = FF_LIT("TAIL\r\nafter\n"),
               .fill = fill,
               .filler = filler,
               .piece = piece,
               .end = FF_END};
    ff_window *window = open_window(&m);
    ff_error error = {0};
    assert_int_equal(ff_window_next(window, &error), FF_OK);
    assert_int_equal(ff_window_next(window, &error), FF_OK);
    bool cut = fill + 8 > 2 * FF_LIMIT_LINE_BYTES;
    assert_int_equal(window->cut, cut);
    assert_int_equal(window->line.len, cut ? 2 * FF_LIMIT_LINE_BYTES + 3 : fill + 8);
    assert_true(ff_slice_starts(window->line, FF_LIT("HEAD")));
    assert_true(ff_slice_ends(window->line, FF_LIT("TAIL")));
    if (cut)
        assert_true(ff_slice_starts(ff_slice_from(window->line, FF_LIMIT_LINE_BYTES), FF_LIT("\xE2\x80\xA6")));
    assert_int_equal(window->number, 2);
    assert_int_equal(ff_window_next(window, &error), FF_OK);
    assert_true(ff_slice_eq(window->line, FF_LIT("after")));
    assert_false(window->cut);
    assert_int_equal(window->number, 3);
    assert_int_equal(ff_window_next(window, &error), FF_END);
    close_window(window);
}

static void test_both_ends_of_a_long_line_are_kept(void **state)
{
    (void)state;
    /* Around the bounds at which the line is cut, and at which the window starts to skim. */
    static const uint64_t lengths[] = {
        2 * FF_LIMIT_LINE_BYTES - 9, 2 * FF_LIMIT_LINE_BYTES - 8, 2 * FF_LIMIT_LINE_BYTES - 7,
        FF_LIMIT_READ_BYTES,         2 * FF_LIMIT_READ_BYTES - 1, 2 * FF_LIMIT_READ_BYTES,
        2 * FF_LIMIT_READ_BYTES + 1, 3 * FF_LIMIT_READ_BYTES,     4 * FF_LIMIT_READ_BYTES + 17,
    };
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (size_t piece = 0; piece < 3; piece++)
            expect_long(lengths[i], 'x', piece == 0 ? 0 : piece == 1 ? 1000 : FF_LIMIT_READ_BYTES - 1);
}

static void test_a_line_of_300_megabytes_takes_no_more_memory(void **state)
{
    (void)state;
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    expect_long(UINT64_C(300) * 1024 * 1024, 'x', 0);
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 16 * 1024);
}

static void test_a_long_line_of_nuls_or_returns_is_text_too(void **state)
{
    (void)state;
    expect_long(1000000, '\0', 0);
    expect_long(1000000, '\r', 0);
}

static void test_a_long_line_without_an_end_is_a_line(void **state)
{
    (void)state;
    maker m = {.head = FF_LIT("HEAD"), .tail = FF_LIT("TAIL"), .fill = 1000000, .filler = '-', .end = FF_END};
    ff_window *window = open_window(&m);
    ff_error error = {0};
    assert_int_equal(ff_window_next(window, &error), FF_OK);
    assert_true(window->cut);
    assert_true(ff_slice_ends(window->line, FF_LIT("TAIL")));
    assert_int_equal(ff_window_next(window, &error), FF_END);
    close_window(window);
}

static void test_looking_ahead_changes_nothing(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 7, 1000, 0};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        maker m = {.head = FF_LIT("first\nsecond\n"),
                   .tail = FF_LIT("\nlast\n"),
                   .fill = 3 * FF_LIMIT_READ_BYTES,
                   .filler = '.',
                   .piece = pieces[i],
                   .end = FF_END};
        ff_window *window = open_window(&m);
        ff_error error = {0};
        ff_slice bytes;
        assert_int_equal(ff_window_ahead(window, &bytes, &error), FF_OK);
        assert_true(bytes.len >= FF_LIMIT_READ_BYTES && ff_slice_starts(bytes, FF_LIT("first\nsecond\n...")));
        assert_int_equal(ff_window_next(window, &error), FF_OK);
        assert_int_equal(ff_window_ahead(window, &bytes, &error), FF_OK);
        assert_true(ff_slice_eq(window->line, FF_LIT("first")));
        assert_true(ff_slice_starts(bytes, FF_LIT("second\n...")));
        assert_int_equal(ff_window_next(window, &error), FF_OK);
        assert_true(ff_slice_eq(window->line, FF_LIT("second")));
        assert_int_equal(ff_window_next(window, &error), FF_OK);
        assert_true(window->cut);
        assert_int_equal(ff_window_ahead(window, &bytes, &error), FF_OK);
        assert_true(ff_slice_eq(bytes, FF_LIT("last\n")));
        assert_true(ff_slice_ends(window->line, FF_LIT("...")));
        assert_int_equal(ff_window_next(window, &error), FF_OK);
        assert_true(ff_slice_eq(window->line, FF_LIT("last")));
        assert_int_equal(ff_window_next(window, &error), FF_END);
        close_window(window);
    }
}

static void test_an_error_of_the_reader_is_handed_on_and_ends_the_stream(void **state)
{
    (void)state;
    maker m = {.head = FF_LIT("one\ntw"), .end = FF_IO};
    ff_window *window = open_window(&m);
    ff_error error = {0};
    assert_int_equal(ff_window_next(window, &error), FF_OK);
    assert_int_equal(ff_window_next(window, &error), FF_IO);
    assert_string_equal(error.text, "made to fail");
    m = (maker){.head = FF_LIT("HEAD"), .fill = 1000000, .filler = '-', .end = FF_IO};
    ff_window_open(window, (ff_reader){make, &m});
    assert_int_equal(ff_window_next(window, &error), FF_IO);
    close_window(window);
}

/* A stream of `count` lines that end with CR alone, and behind them perhaps an LF. */
static uint64_t count_cr_lines(size_t count, bool lf, size_t piece)
{
    char *text = malloc(2 * count + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + 2 * i, "a\r", 2);
    text[2 * count] = '\n';
    maker m = {.head = {text, 2 * count + lf}, .piece = piece, .end = FF_END};
    ff_window *window = open_window(&m);
    uint64_t lines = 0;
    while (ff_window_next(window, NULL) == FF_OK)
        assert_int_equal(window->number, ++lines);
    close_window(window);
    free(text);
    return lines;
}

static void cr_ends_lines_only_where_there_are_many_and_no_lf(void **state)
{
    (void)state;
    static const size_t pieces[] = {0, 7};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(count_cr_lines(63, false, pieces[i]), 1);
        assert_int_equal(count_cr_lines(64, false, pieces[i]), 64);
        assert_int_equal(count_cr_lines(64, true, pieces[i]), 1);
        assert_int_equal(count_cr_lines(100000, false, pieces[i]), 100000);
        assert_int_equal(count_cr_lines(10000, true, pieces[i]), 1);
        assert_int_equal(count_cr_lines(100000, true, pieces[i]), 100001);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cr_ends_lines_only_where_there_are_many_and_no_lf),
        cmocka_unit_test(test_pieces_of_any_size_give_the_same_lines),
        cmocka_unit_test(test_a_line_end_at_the_end_makes_no_line),
        cmocka_unit_test(test_both_ends_of_a_long_line_are_kept),
        cmocka_unit_test(test_a_line_of_300_megabytes_takes_no_more_memory),
        cmocka_unit_test(test_a_long_line_of_nuls_or_returns_is_text_too),
        cmocka_unit_test(test_a_long_line_without_an_end_is_a_line),
        cmocka_unit_test(test_looking_ahead_changes_nothing),
        cmocka_unit_test(test_an_error_of_the_reader_is_handed_on_and_ends_the_stream),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
