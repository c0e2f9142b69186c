/* How a window is cut where GitHub does not tell all runs of it. */
#include "survey/span.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define S ((int64_t)1000000000)
#define H (3600 * S)

static const struct {
    int64_t since, until;
    ff_span span;
} WINDOWS[] = {
    {FF_NO_TIME, FF_NO_TIME, {FF_NO_TIME, FF_NO_TIME}},
    {10 * H, FF_NO_TIME, {10 * H, FF_NO_TIME}},
    {10 * H + 1, FF_NO_TIME, {10 * H, FF_NO_TIME}},
    {11 * H - 1, FF_NO_TIME, {10 * H, FF_NO_TIME}},
    {-5 * H, FF_NO_TIME, {0, FF_NO_TIME}},
    {10 * H, 12 * H, {10 * H, 12 * H - S}},
    {10 * H, 12 * H + 1, {10 * H, 12 * H}},
    {10 * H, 12 * H + S, {10 * H, 12 * H}},
    {10 * H, 0, {10 * H, 0}},
};

static void a_question_covers_its_window_in_whole_seconds(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(WINDOWS); i++) {
        ff_span span = ff_span_of(WINDOWS[i].since, WINDOWS[i].until);
        if (span.from != WINDOWS[i].span.from || span.to != WINDOWS[i].span.to)
            fail_msg("row %zu: %lld..%lld", i, (long long)span.from, (long long)span.to);
    }
}

static void a_scan_within_the_same_hour_asks_the_same(void **state)
{
    (void)state;
    ff_span early = ff_span_of(24 * H + 60 * S, FF_NO_TIME), late = ff_span_of(25 * H - S, FF_NO_TIME);
    assert_int_equal(early.from, late.from);
}

static const struct {
    ff_span span;
    uint64_t total;
    int64_t now;
    size_t parts;
} CUTS[] = {
    {{0, 10 * H}, 1001, 20 * H, 2},
    {{0, 10 * H}, 1600, 20 * H, 2},
    {{0, 10 * H}, 1601, 20 * H, 3},
    {{0, 10 * H}, 0, 20 * H, 2},
    {{0, 10 * H}, UINT64_MAX, 20 * H, 100},
    {{5 * H, 5 * H + 2 * S}, 4000, 20 * H, 3},
    {{5 * H, 5 * H + S}, 4000, 20 * H, 2},
    {{5 * H, 5 * H}, 4000, 20 * H, 0},
    {{5 * H, FF_NO_TIME}, 2000, 9 * H + S, 3},
    {{FF_NO_TIME, 3 * H}, 2000, 9 * H, 3},
    {{FF_NO_TIME, FF_NO_TIME}, 2000, 9 * H, 3},
    {{9 * H, FF_NO_TIME}, 2000, H, 0}, /* a clock that is wrong */
};

/* Every second of the span is in one part, and nothing else is. */
static void check_parts(ff_spans *spans, ff_span whole, size_t row)
{
    ff_span part;
    int64_t next = whole.from;
    bool first = true;
    while (ff_spans_take(spans, &part)) {
        if (part.from != (first ? whole.from : next))
            fail_msg("row %zu: a part begins at %lld, not at %lld", row, (long long)part.from, (long long)next);
        if (part.to != FF_NO_TIME && (part.to < part.from || part.to % S != 0))
            fail_msg("row %zu: a part ends at %lld", row, (long long)part.to);
        next = part.to + S;
        first = false;
        if (spans->count == 0 && part.to != whole.to)
            fail_msg("row %zu: the last part ends at %lld", row, (long long)part.to);
    }
}

static void parts_make_up_the_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CUTS); i++) {
        ff_arena arena;
        ff_arena_init(&arena, 0);
        ff_spans spans = {.arena = &arena};
        ff_status status = ff_spans_cut(&spans, CUTS[i].span, CUTS[i].total, CUTS[i].now);
        if (status != (CUTS[i].parts ? FF_OK : FF_LIMIT) || spans.count != CUTS[i].parts)
            fail_msg("row %zu: status %d, %zu parts", i, (int)status, spans.count);
        check_parts(&spans, CUTS[i].span, i);
        ff_arena_release(&arena);
    }
}

static void cuts_are_the_same_in_a_scan_soon_after(void **state)
{
    ff_arena arena;
    ff_span span = {5 * H, FF_NO_TIME}, one, other;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_spans early = {.arena = &arena}, late = {.arena = &arena};
    assert_int_equal(ff_spans_cut(&early, span, 2000, 30 * H + 60 * S), FF_OK);
    assert_int_equal(ff_spans_cut(&late, span, 2003, 30 * H + 1800 * S), FF_OK);
    while (ff_spans_take(&early, &one)) {
        assert_true(ff_spans_take(&late, &other));
        assert_memory_equal(&one, &other, sizeof one);
    }
    assert_int_equal(late.count, 0);
    ff_arena_release(&arena);
}

/* As a listing does it, with runs that all came in one minute. */
static void cutting_again_and_again_comes_to_an_end(void **state)
{
    enum { RUNS = 5000, AT = 30 * 3600, MOST = 1000 };
    ff_arena arena;
    ff_span span;
    size_t questions = 0;
    uint64_t found = 0;
    (void)state;
    ff_arena_init(&arena, 0);
    ff_spans spans = {.arena = &arena};
    assert_true(ff_spans_add(&spans, (ff_span){0, 48 * H}));
    while (ff_spans_take(&spans, &span)) {
        uint64_t total = 0;
        for (uint64_t run = 0; run < RUNS; run++) {
            int64_t at = (AT + (int64_t)(run % 60)) * S;
            total += at >= span.from && at <= span.to;
        }
        questions++;
        if (total > MOST)
            assert_int_equal(ff_spans_cut(&spans, span, total, 48 * H), FF_OK);
        else
            found += total;
    }
    assert_int_equal(found, RUNS);
    assert_true(questions < 200);
    ff_arena_release(&arena);
}

static void without_memory_nothing_is_promised(void **state)
{
    ff_arena arena;
    (void)state;
    ff_arena_init(&arena, 64);
    ff_spans spans = {.arena = &arena};
    assert_int_equal(ff_spans_cut(&spans, (ff_span){0, 10 * H}, UINT64_MAX, 20 * H), FF_NOMEM);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_covers_its_window_in_whole_seconds),
        cmocka_unit_test(a_scan_within_the_same_hour_asks_the_same),
        cmocka_unit_test(parts_make_up_the_whole),
        cmocka_unit_test(cuts_are_the_same_in_a_scan_soon_after),
        cmocka_unit_test(cutting_again_and_again_comes_to_an_end),
        cmocka_unit_test(without_memory_nothing_is_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
