/* The prefilter against the plain search that it stands for. */
#include "match/prefilter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { WORDS = 16 };

static bool bit(const uint64_t *bits, size_t id)
{
    return bits[id / 64] >> id % 64 & 1;
}

static bool holds_any(ff_texts literals, ff_slice line)
{
    for (size_t i = 0; i < literals.count; i++)
        if (ff_slice_find_nocase(line, literals.items[i]) != SIZE_MAX)
            return true;
    return false;
}

static bool fulfils(const ff_literals *literals, ff_slice line)
{
    for (size_t i = 0; i < literals->count; i++)
        if (!holds_any(literals->sets[i], line))
            return false;
    return true;
}

static ff_literals one_set(const ff_slice *items, size_t count)
{
    return (ff_literals){.sets = {{items, count}}, .count = 1};
}

static void candidates_are_the_patterns_whose_literal_stands_in_the_line(void **in)
{
    (void)in;
    static const ff_slice SETS[][3] = {
        {{"error", 5}},
        {{"rror:", 5}},
        {{"he", 2}, {"she", 3}, {"hers", 4}},
        {{"unknown command", 15}},
        {{"err", 3}, {"or:", 3}},
        {{"\xE2\x9C\x97", 3}},
        {{"[z]@{", 5}},
    };
    enum { COUNT = sizeof SETS / sizeof *SETS };
    static const char *const LINES[] = {
        "",
        "e",
        "error",
        "ERROR: no",
        "an eRRoR",
        "ushers",
        "she",
        "her",
        "Unknown Command: 'x'",
        "unknown comman",
        "eerror:",
        "errerrorerr",
        "\xE2\x9C\x97 failed",
        "\xE2\x9C",
        "[Z]@{",
        "[z]`{",
        "hhhhhshe",
        "rror",
        "or:",
    };
    ff_prefilter_entry entries[COUNT + 2] = {0};
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < 3 && SETS[i][j].len; j++)
            entries[i].literals = one_set(SETS[i], j + 1);
    entries[COUNT + 1] = (ff_prefilter_entry){.literals = one_set(SETS[0], 1), .never = true};
    ff_prefilter *prefilter = NULL;
    assert_int_equal(ff_prefilter_new(&prefilter, entries, COUNT + 2), FF_OK);
    assert_true(ff_prefilter_words(prefilter) <= WORDS);
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        uint64_t bits[WORDS];
        ff_slice line = ff_slice_of(LINES[i]);
        assert_true(ff_prefilter_run(prefilter, line, bits));
        for (size_t id = 0; id < COUNT; id++)
            if (bit(bits, id) != holds_any(entries[id].literals.sets[0], line))
                fail_msg("`%s`, set %zu", LINES[i], id);
        assert_true(bit(bits, COUNT)); /* no literal: always */
        assert_false(bit(bits, COUNT + 1));
    }
    ff_prefilter_free(prefilter);
}

static void a_line_without_any_literal_has_no_candidates(void **in)
{
    (void)in;
    static const ff_slice ONE = {"quux", 4};
    ff_prefilter_entry entry = {.literals = one_set(&ONE, 1)};
    ff_prefilter *prefilter = NULL;
    uint64_t bits[WORDS] = {~UINT64_C(0)};
    assert_int_equal(ff_prefilter_new(&prefilter, &entry, 1), FF_OK);
    assert_false(ff_prefilter_run(prefilter, FF_LIT("nothing here"), bits));
    assert_int_equal(bits[0], 0);
    assert_false(ff_prefilter_run(prefilter, (ff_slice){0}, bits));
    ff_prefilter_free(prefilter);
    assert_int_equal(ff_prefilter_new(&prefilter, NULL, 0), FF_OK);
    assert_int_equal(ff_prefilter_words(prefilter), 0);
    assert_false(ff_prefilter_run(prefilter, FF_LIT("quux"), bits));
    ff_prefilter_free(prefilter);
}

static uint64_t seed = 88172645463325252u;

static uint32_t roll(uint32_t sides)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % sides;
}

static void fill(char *text, size_t len, const char *alphabet)
{
    for (size_t i = 0; i < len; i++)
        text[i] = alphabet[roll((uint32_t)strlen(alphabet))];
}

static void random_sets_on_random_lines_agree_with_a_plain_search(void **in)
{
    (void)in;
    enum { COUNT = 300, ROUNDS = 30, LINES = 40 };
    static char text[COUNT][8];
    static ff_slice items[COUNT];
    for (int round = 0; round < ROUNDS; round++) {
        ff_prefilter_entry entries[COUNT] = {0};
        for (size_t i = 0; i < COUNT; i++) {
            items[i] = (ff_slice){text[i], 1 + roll(sizeof text[i])};
            fill(text[i], items[i].len, round % 2 ? "ab" : "abcdefgh\xFF 7");
            entries[i].literals.count = roll(FF_LITERAL_SETS + 1);
            for (size_t set = 0; set < entries[i].literals.count; set++)
                entries[i].literals.sets[set] = (ff_texts){&items[i - roll((uint32_t)i + 1)], 1};
        }
        ff_prefilter *prefilter = NULL;
        assert_int_equal(ff_prefilter_new(&prefilter, entries, COUNT), FF_OK);
        assert_true(ff_prefilter_words(prefilter) <= WORDS);
        for (int i = 0; i < LINES; i++) {
            char line[120];
            uint64_t bits[WORDS];
            ff_slice all = {line, roll(sizeof line)};
            fill(line, all.len, "abABcdefghz\xFF 7");
            (void)ff_prefilter_run(prefilter, all, bits);
            for (size_t id = 0; id < COUNT; id++)
                assert_int_equal(bit(bits, id), fulfils(&entries[id].literals, all));
        }
        ff_prefilter_free(prefilter);
    }
}

static void more_literals_than_states_leave_patterns_that_are_always_candidates(void **in)
{
    (void)in;
    enum { COUNT = 1100, BYTES = 1000 };
    ff_slice *items = calloc(COUNT, sizeof *items);
    ff_prefilter_entry *entries = calloc(COUNT, sizeof *entries);
    char *text = malloc(BYTES);
    assert_true(items && entries && text);
    fill(text, BYTES, "ab");
    for (size_t i = 0; i < COUNT; i++) {
        items[i] = (ff_slice){text, BYTES};
        entries[i].literals = one_set(&items[i], 1);
    }
    ff_prefilter *prefilter = NULL;
    assert_int_equal(ff_prefilter_new(&prefilter, entries, COUNT), FF_OK);
    uint64_t *bits = calloc(ff_prefilter_words(prefilter), sizeof *bits);
    assert_non_null(bits);
    assert_true(ff_prefilter_run(prefilter, FF_LIT("no"), bits));
    assert_false(bit(bits, 0));
    assert_true(bit(bits, COUNT - 1));
    ff_prefilter_free(prefilter);
    free(bits);
    free(text);
    free(entries);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candidates_are_the_patterns_whose_literal_stands_in_the_line),
        cmocka_unit_test(a_line_without_any_literal_has_no_candidates),
        cmocka_unit_test(random_sets_on_random_lines_agree_with_a_plain_search),
        cmocka_unit_test(more_literals_than_states_leave_patterns_that_are_always_candidates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
