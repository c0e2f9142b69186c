/* Legs of a matrix, by name, and what is said of them. */
#include "diagnose/siblings.h"

#include "unit/diagnose/known.h"

static void names_are_taken_apart(void **state)
{
    static const struct {
        const char *name, *parts, *values; /* joined by `|` */
        bool cut;
    } rows[] = {
        {"test", "test", "", false},
        {"test (3.11)", "test|", "3.11", false},
        {"test (ubuntu, 3.11)", "test|", "ubuntu|3.11", false},
        {"ci / test (ubuntu, 3.11)", "ci / test|", "ubuntu|3.11", false},
        {"ci (a) / test (b, c)", "ci| / test|", "a|b|c", false},
        {"ci (a) / test", "ci| / test", "a", false},
        {"test (gcc (13), debug)", "test|", "gcc (13)|debug", false},
        {"build (docs) first", "build (docs) first", "", false},
        {"build (docs) of (a)", "build (docs) of|", "a", false},
        {"test (a / b)", "test|", "a / b", false},
        {"test (ubuntu, some very long va...", "test|", "ubuntu|some very long va...", true},
        {"test (open", "test (open", "", false},
        {"", "", "", false},
        {"()", "()", "", false},
        {"test ()", "test|", "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_leg leg = ff_leg_of(ff_slice_of(rows[i].name));
        ff_buf parts, values;
        ff_buf_init(&parts, 200);
        ff_buf_init(&values, 200);
        for (uint32_t k = 0; k < leg.part_count; k++)
            ff_buf_printf(&parts, "%s%.*s", k ? "|" : "", FF_ARG(leg.parts[k]));
        for (uint32_t k = 0; k < leg.value_count; k++)
            ff_buf_printf(&values, "%s%.*s", k ? "|" : "", FF_ARG(leg.values[k]));
        if (!ff_slice_eq(ff_buf_slice(&parts), ff_slice_of(rows[i].parts)) ||
            !ff_slice_eq(ff_buf_slice(&values), ff_slice_of(rows[i].values)) || leg.cut != rows[i].cut)
            fail_msg("%s: %.*s and %.*s, cut %d", rows[i].name, FF_ARG(ff_buf_slice(&parts)),
                     FF_ARG(ff_buf_slice(&values)), leg.cut);
        ff_buf_release(&parts);
        ff_buf_release(&values);
    }
}

static void siblings_differ_in_their_values_only(void **state)
{
    static const struct {
        const char *one, *other;
        bool siblings;
    } rows[] = {
        {"test (a)", "test (b)", true},          {"test (a)", "test (b, c)", true}, {"test (a)", "build (a)", false},
        {"x / test (a)", "y / test (a)", false}, {"test", "test (a)", false},       {"c (a) / t", "c (b) / t", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_leg one = ff_leg_of(ff_slice_of(rows[i].one)), other = ff_leg_of(ff_slice_of(rows[i].other));
        if (ff_leg_is_sibling(&one, &other) != rows[i].siblings)
            fail_msg("%s and %s", rows[i].one, rows[i].other);
    }
}

static void a_matrix_is_told_by_what_failed_in_it(void **state)
{
    enum { JOBS = 6 };
    static const struct {
        const char *what;
        struct {
            const char *name;
            char ended;
        } jobs[JOBS];
        const char *code, *said;
        const char *shared;
    } rows[] = {
        {"one leg",
         {{"test (linux, 1)", 's'}, {"test (linux, 2)", 'f'}, {"test (mac, 1)", 's'}, {"test (mac, 2)", 's'}},
         "one-leg",
         "“test (linux, 2)” fails on one leg only: 1 of 4 jobs “test (…)” failed, the others passed",
         ""},
        {"one of two",
         {{"ci / test (1)", 's'}, {"ci / test (2)", 'f'}},
         "one-leg",
         "“ci / test (2)” fails on one leg only: 1 of 2 jobs “ci / test (…)” failed, the other one passed",
         ""},
        {"all legs", {{"t (1)", 'f'}, {"t (2)", 't'}, {"t (3)", 'f'}}, "all-legs", "All 3 jobs “t (…)” failed", ""},
        {"a value that only they have",
         {{"t (linux, 1)", 's'}, {"t (linux, 2)", 's'}, {"t (win, 1)", 'f'}, {"t (win, 2)", 'f'}},
         "some-legs",
         "2 of 4 jobs “t (…)” failed, the others passed",
         "Only legs with “win” failed, and all of them did: jobs “t (…)”"},
        {"a value that one that passed has too",
         {{"t (linux, 1)", 's'}, {"t (linux, 2)", 'f'}, {"t (win, 1)", 'f'}, {"t (win, 2)", 's'}},
         "some-legs",
         "2 of 4 jobs “t (…)” failed, the others passed",
         ""},
        {"cancelled ones count neither way",
         {{"t (1)", 'f'}, {"t (2)", 'c'}, {"t (3)", 's'}, {"t (4)", 'c'}},
         "one-leg",
         "“t (1)” fails on one leg only: 1 of 2 jobs “t (…)” failed, the other one passed; 2 more ended otherwise or "
         "not "
         "yet, and count neither way",
         ""},
        {"only cancelled ones beside it", {{"t (1)", 'f'}, {"t (2)", 'c'}}, "one-leg", "", ""},
        {"no matrix", {{"test", 'f'}, {"build", 's'}}, "one-leg", "", ""},
        {"passed", {{"t (1)", 's'}, {"t (2)", 's'}}, "all-legs", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        known k;
        known_open(&k);
        for (size_t j = 0; j < JOBS && rows[i].jobs[j].name; j++)
            (void)known_job(&k, rows[i].jobs[j].name, rows[i].jobs[j].ended, 60, NULL);
        known_diagnose(&k);
        if (strcmp(known_said(&k, rows[i].code), rows[i].said) != 0)
            fail_msg("%s: %s", rows[i].what, known_said(&k, rows[i].code));
        if (strcmp(known_said(&k, "shared-value"), rows[i].shared) != 0)
            fail_msg("%s: %s", rows[i].what, known_said(&k, "shared-value"));
        known_close(&k);
    }
}

static void what_was_only_inferred_says_nothing_of_a_matrix(void **state)
{
    known k;
    (void)state;
    known_open(&k);
    (void)known_job(&k, "t (1)", 'f', 60, NULL);
    known_job(&k, "t (2)", 's', 60, NULL)->conclusion_known = false;
    known_diagnose(&k);
    assert_string_equal(known_said(&k, "one-leg"), "");
    known_close(&k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_taken_apart),
        cmocka_unit_test(siblings_differ_in_their_values_only),
        cmocka_unit_test(a_matrix_is_told_by_what_failed_in_it),
        cmocka_unit_test(what_was_only_inferred_says_nothing_of_a_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
