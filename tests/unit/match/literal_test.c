/* Which literals a pattern requires; and, for texts made from patterns at random, that one of them is in there. */
#include "match/literal.h"
#include "match/rarity.h"
#include "match/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* Expected literals in order, joined by `|`; "" where there must be none. */
static const struct row {
    const char *pattern, *expected;
} ROWS[] = {
    /* Plain text, case, anchors. */
    {"error", "error"},
    {"ENOENT", "enoent"},
    {"(?i)Unknown Command", "unknown c"},
    {"^fatal: .*$", "fatal: "},
    {"\\bKilled\\b", "killed"},
    {"ab", ""},
    {"a", ""},
    {"", ""},
    {".*", ""},
    {"\\AOOMKilled\\z", "oomkilled"},
    /* Escapes. */
    {"foo\\.bar", "foo.bar"},
    {"\\[error\\]", "[error]"},
    {"exit\\x20code", "exit code"},
    {"exit\\x{20}code", "exit code"},
    {"a\\tbc", "a\tbc"},
    {"xyz\\x{100}", ""},
    {"\\Qa+b*c\\E", "a+b*c"},
    {"\\Qa+b*c", "a+b*c"},
    {"\\Qquux\\E*abc", "quu"},
    {"abcd\\Q\\E*efgh", "efgh"},
    {"quux\\E*", "quu"},
    {"port \\d+ in use", " in use"},
    {"abc\\1", "abc"},
    {"abc\\12de", "abc"},
    {"(x)quux\\g{1}zz", "xquux"},
    {"(?<n>x)quux\\k<n>", "xquux"},
    {"quux\\k'n'", "quux"},
    {"quux\\pLabc", "quux"},
    {"quux\\p{Lu}", "quux"},
    {"quux\\cAb", "quux"},
    {"quux\\o{101}", "quux"},
    {"\\quux", ""},
    {"foo\\", ""},
    {"foo\\Kquux", "fooquux"},
    {"\\.E\\d{3}", ".e0|.e1|.e2|.e3|.e4|.e5|.e6|.e7|.e8|.e9"},
    {"\\d\\d\\d", ""},
    /* Classes. */
    {"[Ee]rror", "error"},
    {"time[ -]?out", "timeout|time out|time-out"},
    {"quux[0-9]", "quux"},
    {"qu[^u]ux", ""},
    {"[]]quux", "]quux"},
    {"quux[]abc]", "quux]|quuxa|quuxb|quuxc"},
    {"[^]]quux", "quux"},
    {"[[:digit:]]quux", "quux"},
    {"[[:]quux", "[quux|:quux"},
    {"[\\]x]quux", "]quux|xquux"},
    {"[\\Q]\\E]quux", "quux"},
    {"[\\d.]quux", "quux"},
    {"[\\x5d]quux", "quux"},
    {"[a-]quux", "aquux|-quux"},
    {"[abcde]quux", "quux"},
    {"quux[abc", ""},
    /* Quantifiers. */
    {"quux?", "quu"},
    {"quux*", "quu"},
    {"quux+yz", "quux|xyz"},
    {"quux{0}", "quu"},
    {"quux{0,}", "quu"},
    {"quux{0,3}", "quu"},
    {"qu{2}x", "quux"},
    {"qu{2,}x", "quu"},
    {"(?:ab){3}", "ababab"},
    {"(?:ab){2,3}", "abab"},
    {"quux{,3}", ""},
    {"quux{ 1,3}", ""},
    {"quux{name}", "quux{name"},
    {"quux{", "quux{"},
    {"https?://", "http://|https://"},
    {"(?:quux)?", ""},
    {"(?:quux)*abc", "abc"},
    {"(?:quux)+", "quux"},
    {"a{1000000}", "aaaaaaaa"},
    {"quux+?", "quux"},
    {"quux++", "quux"},
    {"*quux", ""},
    /* Groups and alternatives. */
    {"(foo)(bar)", "foobar"},
    {"(?<x>foo)bar", "foobar"},
    {"(?P<x>foo)bar", "foobar"},
    {"(?'x'foo)bar", "foobar"},
    {"(?>foo)bar", "foobar"},
    {"(?|foo|bar)", "foo|bar"},
    {"foo|bar", "foo|bar"},
    {"foo|ba", ""},
    {"foo|", ""},
    {"(?:foo|\\d+)quux", "quux"},
    {"(?:one|two) quux", "one quux|two quux"},
    {"(?:command \\d+|signal \\d+) quux", " quux"},
    {"(?:foo|ba)?quux", "quux"},
    {"a(?:b(?:c(?:d)))", "abcd"},
    {"(foo", ""},
    {"foo)", ""},
    /* Looking around. */
    {"(?=quux)\\w+", "quux"},
    {"(?<=quux)\\w+", "quux"},
    {"(?!quux)abc", "abc"},
    {"(?<!quux)abc", "abc"},
    {"foo(?!quux)bar", "foobar"},
    {"(?:(?=quux))?abc", "abc"},
    {"(?*quux)abc", ""},
    {"(?<*a>quux)abc", ""},
    /* Flags and comments. */
    {"foo(?#not this)bar", "foobar"},
    {"foo(?#)?bar", "fobar|foobar"},
    {"(?x) foo bar # quux\n baz", "foobarbaz"},
    {"(?x)foo bar (?-x) baz", "foobar ba"},
    {"(?x:fo o) bar", "foo bar"},
    {"(?:(?x)fo o) bar", "foo bar"},
    {"(?x)fo o +", "foo"},
    {"(?x)(?^)fo o", "fo o"},
    {"(?x)[ a]quux", "quux"},
    {"(?i-x)fo o", "fo o"},
    {"(?x)foo\\ bar", "foo bar"},
    {"(?aD)quux", ""},
    /* Calls, conditions, verbs: no literal rather than a wrong one. */
    {"(?R)?quux", "quux"},
    {"(abc)(?1)quux", "quux"},
    {"(abc)(?-1)quux", "quux"},
    {"(?<n>abc)(?&n)quux", "quux"},
    {"(?P<n>abc)(?P=n)(?P>n)quux", "quux"},
    {"(a)?(?(1)foo|bar)quux", "quux"},
    {"(?(DEFINE)(?<n>abc))quux", "quux"},
    {"(?(?=a)foo|bar)quux", ""},
    {"quux(*ACCEPT)abc", ""},
    {"(*COMMIT)quux", ""},
    {"quux(?C1)", ""},
};

static void join(ff_texts set, char *into, size_t size)
{
    size_t used = 0;
    into[0] = '\0';
    for (size_t i = 0; i < set.count && used < size; i++)
        used += (size_t)snprintf(into + used, size - used, "%s%.*s", i ? "|" : "", FF_ARG(set.items[i]));
}

/* The order of a set does not matter. */
static bool same_set(ff_texts set, ff_slice expected)
{
    ff_slice part;
    size_t count = 0;
    for (; ff_slice_take_until(&expected, '|', &part); count++) {
        bool found = false;
        for (size_t i = 0; i < set.count; i++)
            found = found || ff_slice_eq(set.items[i], part);
        if (!found)
            return false;
    }
    return count == set.count;
}

static void patterns_have_the_literals_that_they_require(void **in)
{
    (void)in;
    int failed = 0;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_arena arena;
        ff_arena_init(&arena, 0);
        char got[256];
        ff_texts set = ff_literal_find(&arena, ff_slice_of(ROWS[i].pattern)).sets[0];
        join(set, got, sizeof got);
        ff_slice expected = ff_slice_of(ROWS[i].expected);
        bool one_of = strstr(ROWS[i].pattern, "x+y") && set.count == 1; /* either of two is as good */
        if (!same_set(set, expected) && !(one_of && ff_slice_find(expected, set.items[0]) != SIZE_MAX)) {
            print_error("%s: `%s`, expected `%s`\n", ROWS[i].pattern, got, ROWS[i].expected);
            failed++;
        }
        ff_arena_release(&arena);
    }
    assert_int_equal(failed, 0);
}

/* Sets in the order of their rarity, joined by ` & `. */
static void a_pattern_may_require_several_literals(void **in)
{
    (void)in;
    static const struct row CONDITIONS[] = {
        {"attempt \\d+.*HTTP", "attempt  & http"},
        {"(?:GET|PUT) \\S+ failed", " failed & get |put "},
        {"abc.*abc", "abc"},
        {"abc.*abcdef", "abcdef"},
        {"abcdef.*abc", "abcdef"},
        {"one.*two|six.*ten", "two|six & one|ten"},
        {"one.*two|six", "two|six"},
        {"(?=.*quux).*kubelet", "kubelet & quux"},
        {"(?:quux.*kubelet)+", "kubelet & quux"},
        {"(?:quux.*kubelet)?zebra", "zebra"},
        {"vvvv.*wwww.*xxxx.*yyyy.*zzzz", NULL},
    };
    for (size_t i = 0; i < sizeof CONDITIONS / sizeof *CONDITIONS; i++) {
        ff_arena arena;
        ff_arena_init(&arena, 0);
        char got[512] = "", set[128];
        ff_literals found = ff_literal_find(&arena, ff_slice_of(CONDITIONS[i].pattern));
        for (size_t j = 0; j < found.count; j++) {
            join(found.sets[j], set, sizeof set);
            (void)snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", j ? " & " : "", set);
        }
        if (!CONDITIONS[i].expected)
            assert_int_equal(found.count, FF_LITERAL_SETS);
        else if (strcmp(got, CONDITIONS[i].expected) != 0)
            fail_msg("%s: `%s`, expected `%s`", CONDITIONS[i].pattern, got, CONDITIONS[i].expected);
        ff_arena_release(&arena);
    }
}

static void the_rarest_of_several_wins(void **in)
{
    (void)in;
    static const struct row CHOICES[] = {
        {"error: .* ENOENT", " enoent"},
        {"in the .*kubelet.* error", "kubelet"},
        {" in the .*OOMKilled.* at ", "oomkilled"},
    };
    for (size_t i = 0; i < sizeof CHOICES / sizeof *CHOICES; i++) {
        ff_arena arena;
        ff_arena_init(&arena, 0);
        ff_texts set = ff_literal_find(&arena, ff_slice_of(CHOICES[i].pattern)).sets[0];
        assert_int_equal(set.count, 1);
        if (!ff_slice_eq(set.items[0], ff_slice_of(CHOICES[i].expected)))
            fail_msg("%s: `%.*s`", CHOICES[i].pattern, FF_ARG(set.items[0]));
        ff_arena_release(&arena);
    }
    assert_true(ff_rarity(FF_LIT("zqxj")) > ff_rarity(FF_LIT("tion")));
    assert_int_equal(ff_rarity((ff_slice){0}), 0);
    assert_int_equal(ff_rarity(FF_LIT("ABC")), ff_rarity(FF_LIT("abc")));
}

static void many_alternatives_or_deep_groups_give_no_literal(void **in)
{
    (void)in;
    char pattern[4096] = "";
    size_t used = 0;
    for (int i = 0; i < FF_LITERAL_COUNT + 1; i++)
        used += (size_t)snprintf(pattern + used, sizeof pattern - used, "%sword%d", i ? "|" : "", i);
    ff_arena arena;
    ff_arena_init(&arena, 0);
    assert_int_equal(ff_literal_find(&arena, ff_slice_of(pattern)).count, 0);
    memset(pattern, '(', 2000);
    memcpy(pattern + 2000, "quux", 4);
    memset(pattern + 2004, ')', 2000);
    assert_int_equal(ff_literal_find(&arena, (ff_slice){pattern, 4004}).count, 0);
    ff_arena_release(&arena);
}

static void without_memory_there_is_no_literal(void **in)
{
    (void)in;
    for (size_t limit = 1; limit < 4000; limit += 16) {
        ff_arena arena;
        ff_arena_init(&arena, limit);
        ff_literals found = ff_literal_find(&arena, FF_LIT("(?:one|two) quux(foo|bar)?"));
        assert_true(!arena.failed || found.count == 0);
        ff_arena_release(&arena);
    }
}

/* ---- Random patterns, and texts that they match ---- */

typedef struct maker {
    uint64_t seed;
    char pattern[2048], text[4096];
    size_t pattern_len, text_len;
} maker;

static uint32_t roll(maker *m, uint32_t sides)
{
    m->seed = m->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(m->seed >> 33) % sides;
}

static void pattern_add(maker *m, const char *text)
{
    size_t len = strlen(text);
    if (m->pattern_len + len < sizeof m->pattern - 64) {
        memcpy(m->pattern + m->pattern_len, text, len);
        m->pattern_len += len;
    }
}

/* Items with a text that each matches. */
static const struct item {
    const char *pattern, *text;
} ITEMS[] = {
    {"a", "a"},           {"err", "err"},       {"fail", "fail"}, {"\\d", "7"},      {"\\s", " "},
    {"[xy]", "y"},        {"[^a]", "q"},        {".", "-"},       {"\\.", "."},      {"\\x41", "A"},
    {"[[:alpha:]]", "k"}, {"\\Qa.b\\E", "a.b"}, {"(?#note)", ""}, {"(?i:Z)", "z"},   {"\\w", "_"},
    {"(?!##)", ""},       {"\\b|", ""},         {"_", "_"},       {"[a-c\\]]", "]"}, {"\\t", "\t"},
};

static void make_sequence(maker *m, int depth);

static void make_item(maker *m, int depth)
{
    const struct item *item = &ITEMS[roll(m, sizeof ITEMS / sizeof *ITEMS)];
    static const struct {
        const char *sign;
        uint32_t times;
    } REPEATS[] = {{"", 1},  {"", 1},    {"", 1},      {"?", 0},    {"?", 1},   {"*", 0},  {"*", 3}, {"+", 1},
                   {"+", 2}, {"{2}", 2}, {"{0,2}", 0}, {"{1,}", 3}, {"{0}", 0}, {"+?", 2}, {"*+", 0}};
    size_t repeat = roll(m, sizeof REPEATS / sizeof *REPEATS);
    size_t text_from = m->text_len;
    pattern_add(m, "(?:");
    if (depth < 4 && roll(m, 3) == 0) {
        bool second = roll(m, 2);
        size_t keep = m->text_len;
        make_sequence(m, depth + 1);
        if (roll(m, 2)) {
            if (second)
                m->text_len = keep;
            pattern_add(m, "|");
            size_t before = m->text_len;
            make_sequence(m, depth + 1);
            if (!second)
                m->text_len = before;
        }
    } else {
        pattern_add(m, item->pattern);
        size_t len = strlen(item->text);
        memcpy(m->text + m->text_len, item->text, len);
        m->text_len += len;
    }
    pattern_add(m, ")");
    pattern_add(m, REPEATS[repeat].sign);
    size_t once = m->text_len - text_from;
    if (!REPEATS[repeat].times)
        m->text_len = text_from;
    for (uint32_t i = 1; i < REPEATS[repeat].times && m->text_len + once < sizeof m->text / 2; i++, m->text_len += once)
        memcpy(m->text + m->text_len, m->text + text_from, once);
}

static void make_sequence(maker *m, int depth)
{
    for (uint32_t i = 1 + roll(m, 4); i > 0 && m->text_len < 500 && m->pattern_len < 900; i--)
        make_item(m, depth);
}

static void fold(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] | 0x20);
}

static bool holds_one(ff_texts set, ff_slice text)
{
    for (size_t i = 0; i < set.count; i++)
        if (ff_slice_find(text, set.items[i]) != SIZE_MAX)
            return true;
    return false;
}

static bool fulfils(const ff_literals *literals, ff_slice text)
{
    for (size_t i = 0; i < literals->count; i++)
        if (!holds_one(literals->sets[i], text))
            return false;
    return true;
}

/* The engine decides whether the text matches (a possessive or a negative part may prevent it); when it does, a
 * literal must be in it. */
static void what_a_random_pattern_matches_holds_a_literal(void **in)
{
    (void)in;
    ff_regex_work *work = NULL;
    assert_int_equal(ff_regex_work_new(&work, 8, true), FF_OK);
    unsigned matched = 0, with_literal = 0;
    for (uint64_t round = 0; round < 3000; round++) {
        maker m = {.seed = round * 977 + 1};
        make_sequence(&m, 0);
        ff_pattern pattern = {.text = {m.pattern, m.pattern_len}, .at = {"random", 1, 1}};
        ff_regex *regex = NULL;
        ff_error error = {0};
        ff_arena arena;
        ff_arena_init(&arena, 0);
        if (ff_regex_new(&regex, &pattern, &error) == FF_OK) {
            ff_meter meter = {.budget = INT64_MAX};
            ff_slice text = {m.text, m.text_len};
            ff_literals found = ff_literal_find(&arena, pattern.text);
            if (ff_regex_run(regex, work, text, &meter) == FF_REGEX_HIT) {
                matched++;
                with_literal += found.count > 0;
                fold(m.text, m.text_len);
                if (!fulfils(&found, text))
                    fail_msg("%.*s: no literal in `%.*s`", FF_ARG(pattern.text), FF_ARG(text));
            }
        }
        ff_regex_free(regex);
        ff_arena_release(&arena);
    }
    ff_regex_work_free(work);
    assert_true(matched > 1000);
    assert_true(with_literal > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_have_the_literals_that_they_require),
        cmocka_unit_test(a_pattern_may_require_several_literals),
        cmocka_unit_test(the_rarest_of_several_wins),
        cmocka_unit_test(many_alternatives_or_deep_groups_give_no_literal),
        cmocka_unit_test(without_memory_there_is_no_literal),
        cmocka_unit_test(what_a_random_pattern_matches_holds_a_literal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
