/* Examples against all rules. */
#include "unit/workshop/rules.h"
#include "workshop/trial.h"

#define A "  - {id: t.a, title: A, role: cause, match: 'quux (?<n>\\d+)'"
#define B "  - {id: t.b, title: B, role: cause, match: 'quux 1'"
#define NEAR "no_match: [x, y]}"

static void each_kind_of_complaint_is_made_where_it_belongs(void **in)
{
    (void)in;
    static const struct {
        const char *rules, *complaint; /* NULL: none */
    } ROWS[] = {
        {A ", examples: {match: ['quux 2', 'quux 3'], " NEAR "}\n", NULL},
        {A ", examples: {match: ['quux 2', 'quuz 3'], " NEAR "}\n",
         "t.yaml:3:92: t.a: does not hit its example: quuz 3"},
        {A ", examples: {match: ['quux 2', 'quux 3'], no_match: [x, 'a quux 7']}}\n",
         "t.a: hits its near miss: a quux 7"},
        {A ", examples: {match: [{text: 'quux 2', captures: {n: '3'}}, 'quux 3'], " NEAR "}\n",
         "t.a: the example does not give n = 3"},
        {A ", examples: {match: ['quux 1', 'quux 3'], " NEAR "}\n" B ", examples: {match: ['quux 1'], " NEAR "}\n",
         "t.a: its example is also hit by t.b: quux 1"},
        {A ", yields_to: t.b, examples: {match: ['quux 1', 'quux 3'], " NEAR "}\n" B
           ", examples: {match: ['quux 1'], " NEAR "}\n",
         NULL},
        {A ", examples: {match: [{text: 'quux 1', also: 't.*'}], " NEAR "}\n" B
           ", examples: {match: [{text: 'quux 1', also: t.a}], " NEAR "}\n",
         NULL},
        {A ", examples: {match: [{text: 'quux 1', also: t.b}], " NEAR "}\n" B ", examples: {match: ['quux 1'], " NEAR
           "}\n",
         "t.b: its example is also hit by t.a: quux 1"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        char yaml[2048];
        ff_trial_tally tally;
        ff_error error = {0};
        ff_buf out;
        (void)snprintf(yaml, sizeof yaml, "family: t\nrules:\n%s", ROWS[i].rules);
        ff_catalog *catalog = rules_load(yaml);
        ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
        assert_int_equal(ff_trial_run(catalog, NULL, &out, &tally, &error), FF_OK);
        if (ROWS[i].complaint)
            rules_expect(ff_buf_slice(&out), ROWS[i].complaint);
        else if (tally.complaints)
            fail_msg("row %zu: %.*s", i, FF_ARG(ff_buf_slice(&out)));
        assert_int_equal(tally.complaints > 0, ROWS[i].complaint != NULL);
        ff_buf_release(&out);
        ff_catalog_free(catalog);
    }
}

static void only_the_rules_of_the_layer_are_tried(void **in)
{
    (void)in;
    ff_catalog *catalog = rules_load("family: t\nrules:\n" A ", examples: {match: ['nothing'], " NEAR "}\n");
    ff_trial_tally tally;
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_trial_run(catalog, "user", &out, &tally, NULL), FF_OK);
    assert_int_equal(tally.rules, 0);
    assert_int_equal(ff_trial_run(catalog, "built-in", &out, &tally, NULL), FF_OK);
    assert_int_equal(tally.rules, 1);
    assert_int_equal(tally.complaints, 1);
    ff_buf_release(&out);
    ff_catalog_free(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_complaint_is_made_where_it_belongs),
        cmocka_unit_test(only_the_rules_of_the_layer_are_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
