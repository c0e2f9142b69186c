/* What lint complains about: one row for each check, and rules in which there is nothing to find. */
#include "unit/workshop/rules.h"
#include "workshop/compile.h"
#include "workshop/lint.h"

#define EXAMPLES "examples: {match: ['quux 1', 'quux 2'], no_match: [x, y]}"

static const struct {
    const char *rules, *complaint; /* NULL: none */
} ROWS[] = {
    {"{id: t.a, title: A, role: cause, match: 'quux (?<n>\\d)', fix: [{say: 'See ${n}.'}], " EXAMPLES "}", NULL},
    {"{id: t.b, title: B, role: noise, match: quux, " EXAMPLES "}\n"
     "  - {id: t.a, title: A, role: noise, match: quux, yields_to: t.b, " EXAMPLES "}",
     "t.a: stands behind t.b: rules of a file are sorted by id"},
    {"{id: t.a, title: A, role: noise, match: quux, caused_by: 'nothing.*', " EXAMPLES "}",
     "t.a: 'caused_by' names no rule: nothing.*"},
    {"{id: t.a, title: A, role: noise, match: quux, yields_to: 't.*', " EXAMPLES "}\n"
     "  - {id: t.b, title: B, role: noise, match: quux, yields_to: 't.*', " EXAMPLES "}",
     "t.a: t.b and it yield to each other on the same line"},
    {"{id: t.a, title: A, role: noise, match: quux, yields_to: '#nobody', " EXAMPLES "}",
     "t.a: 'yields_to' names no rule: #nobody"},
    {"{id: t.a, title: 'A ${n}', role: noise, match: quux, " EXAMPLES "}",
     "t.a: 'title' wants ${n}, which no pattern captures"},
    {"{id: t.a, title: 'A$[ ${count}$[ ${count}]]', role: noise, match: quux, " EXAMPLES "}",
     "t.a: 'title' has an optional part inside of another one"},
    {"{id: t.a, title: 'A ${count}', role: noise, match: quux, " EXAMPLES "}", NULL},
    {"{id: t.a, title: A, role: cause, match: quux, fix: [{say: 'Set ${FOO:-x}.'}], " EXAMPLES "}",
     "t.a: 'say' wants ${FOO:-x}, which no pattern captures"},
    {"{id: t.a, title: 'A ${box}', role: noise, match: quux, " EXAMPLES "}\n"
     "  - {id: t.b, title: B, role: noise, tags: context, match: 'box (?<box>\\w)', examples: {match: [box a, box b], "
     "no_match: [x, y]}}",
     NULL},
    {"{id: t.a, title: A, role: cause, match: 'quux (?<n>\\d)', fix: [{say: A, edit: {drop: 'x ${n}', instead: 'y "
     "${n}'}}], " EXAMPLES "}",
     NULL},
    {"{id: t.a, title: A, role: cause, match: quux, fix: [{say: A, edit: {drop: 'x ${n}'}}], " EXAMPLES "}",
     "t.a: 'drop' wants ${n}, which no pattern captures"},
    {"{id: t.a, title: A, role: cause, match: quux, fix: [{say: A, edit: {drop: x, instead: '${n}'}}], " EXAMPLES "}",
     "t.a: 'instead' wants ${n}, which no pattern captures"},
    {"{id: t.a, title: A, role: cause, match: quux, fix: [{say: A, edit: {before: '(?<n>x)', insert: "
     "'${n}'}}], " EXAMPLES "}",
     "t.a: 'insert' wants ${n}, which no pattern captures"},
    {"{id: t.a, title: A, role: cause, match: quux, fix: [{say: A, edit: {line: '(\\s+)+(\\s+)+\\d$', becomes: "
     "''}}], " EXAMPLES "}",
     "t.a: 'edit' backtracks on a line full of \" \""},
    {"{id: t.a, title: A, role: noise, match: 'quux (?<n>\\d)', compose: {m: '${n}${o}'}, " EXAMPLES "}",
     "t.a: 'compose' wants ${o}, which no pattern captures"},
    {"{id: t.a, title: A, role: noise, match: quux, repeat: {same: n}, " EXAMPLES "}",
     "t.a: 'same' names a capture that no pattern has: n"},
    {"{id: t.a, title: A, role: noise, match: 'quux (?<attempt>\\d)', fingerprint: attempt, " EXAMPLES "}",
     "t.a: 'fingerprint' holds a capture that differs in every run: attempt"},
    {"{id: t.a, title: A, role: noise, match: 'quux (?<duration>\\d)', fingerprint: duration, " EXAMPLES "}",
     "differs in every run: duration"},
    {"{id: t.a, title: A, role: noise, match: quux, examples: {match: ['##[error]quux', quux], no_match: [x, y]}}",
     "t.a: rules see lines without time stamp and ##[…] marker"},
    {"{id: t.a, title: A, role: noise, match: ['quux', '^##\\[error\\]quux'], " EXAMPLES "}",
     "t.a: rules see lines without ##[…] marker: this part never hits"},
    {"{id: t.a, title: A, role: noise, match: quux, examples: {match: quux, no_match: [x, y]}}",
     "t.a: 1 example of what it hits, 2 are wanted"},
    {"{id: t.a, title: A, role: noise, match: quux, examples: {match: [quux, quux 2], no_match: x}}",
     "t.a: 1 near miss, 2 are wanted"},
    {"{id: t.a, title: A, role: cause, match: quux, " EXAMPLES "}", "t.a: a cause without 'fix' and 'ask'"},
    {"{id: t.a, title: A., role: noise, match: quux, " EXAMPLES "}", "t.a: its title ends with a period"},
    {"{id: t.a, title: A, role: noise, match: '\\w+ \\d', " EXAMPLES "}",
     "t.yaml:3:45: t.a: 'match' needs a literal of 3 bytes, it runs on every line"},
    {"{id: t.a, title: A, role: noise, match: '(?:\\w+\\s?)*quux$|quux', " EXAMPLES "}",
     "t.a: 'match' backtracks on a line full of \"a\""},
    {"{id: t.a, title: A, role: noise, match: quux, unless: '(\\s+)+(\\s+)+\\d$', " EXAMPLES "}",
     "t.a: 'unless' backtracks on a line full of \" \""},
    {"{id: t.a, title: A, role: noise, match: quux, examples: {match: [a, b], no_match: [x, y]}}",
     "t.a: hits none of its examples"},
    {"{id: t.a, title: A, role: noise, match: quux, " EXAMPLES "}\n"
     "  - {id: t.b, title: B, role: cause, match: 'quux \\d', fix: [{say: Mend it.}], " EXAMPLES "}",
     "t.a: t.b hits the same line in each of its examples and ranks higher"},
    {"{id: t.a, title: A, role: noise, match: quux, yields_to: t.b, " EXAMPLES "}\n"
     "  - {id: t.b, title: B, role: cause, match: 'quux \\d', fix: [{say: Mend it.}], " EXAMPLES "}",
     NULL},
};

static void each_check_names_rule_and_reason(void **in)
{
    (void)in;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        char yaml[2048];
        size_t complaints = 0;
        ff_error error = {0};
        ff_buf out;
        (void)snprintf(yaml, sizeof yaml, "family: t\nrules:\n  - %s\n", ROWS[i].rules);
        ff_catalog *catalog = rules_load(yaml);
        ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
        assert_int_equal(ff_lint_run(catalog, NULL, &out, &complaints, &error), FF_OK);
        if (ROWS[i].complaint)
            rules_expect(ff_buf_slice(&out), ROWS[i].complaint);
        else if (complaints)
            fail_msg("row %zu: %.*s", i, FF_ARG(ff_buf_slice(&out)));
        size_t lines = 0;
        for (size_t k = 0; k < out.len; k++)
            lines += out.ptr[k] == '\n';
        assert_int_equal(complaints, lines);
        ff_buf_release(&out);
        ff_catalog_free(catalog);
    }
}

static void a_pattern_that_does_not_compile_is_an_error_with_its_place(void **in)
{
    static const struct {
        const char *yaml, *place;
    } rows[] = {
        {"family: t\nrules:\n  - {id: t.a, title: A, role: noise, match: quux, unless: 'a(', " EXAMPLES "}\n",
         "t.yaml:3:59: pattern does not compile"},
        {"family: t\nrules:\n  - {id: t.a, title: A, role: noise, match: quux, fix: [{say: A, edit: {line: 'a(', "
         "becomes: b}}], " EXAMPLES "}\n",
         "t.yaml:3:79: pattern does not compile"},
        {"family: t\nrules:\n  - {id: t.a, title: A, role: noise, match: quux, fix: [{say: A}, {say: B, edit: "
         "{before: '[', insert: b}}], " EXAMPLES "}\n",
         "t.yaml:3:91: pattern does not compile"},
    };
    (void)in;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_catalog *catalog = rules_load(rows[i].yaml);
        size_t complaints = 0;
        ff_error error = {0}, again = {0};
        ff_buf out;
        ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
        assert_int_equal(ff_lint_run(catalog, NULL, &out, &complaints, &error), FF_INVALID);
        rules_expect(ff_slice_of(error.text), rows[i].place);
        assert_int_equal(ff_compile_check(catalog, "user", &again), FF_OK);
        assert_int_equal(ff_compile_check(catalog, "built-in", &again), FF_INVALID);
        assert_string_equal(again.text, error.text);
        ff_buf_release(&out);
        ff_catalog_free(catalog);
    }
}

static const char *name_at(size_t index)
{
    static const char *const names[] = {"environment-declared", "file-matches", "mentions"};
    return index < sizeof names / sizeof *names ? names[index] : NULL;
}

static const char *params_at(size_t index)
{
    static const char *const params[] = {"", "path text [lists]", "text"};
    return index < sizeof params / sizeof *params ? params[index] : NULL;
}

static void a_question_that_no_probe_answers_is_named(void **in)
{
    static const struct {
        const char *verify, *complaint;
    } rows[] = {
        {"{probe: mentions, text: a}", NULL},
        {"{probe: environment-declared, found: weakens}", NULL},
        {"{probe: file-matches, path: a, text: b}", NULL},
        {"{probe: file-matches, path: a, lists: c, text: b, missing: suggests}", NULL},
        {"{probe: mention, text: a}", "t.yaml:3:60: t.a: no probe is called mention, did you mean mentions\n"},
        {"{probe: weather}", "t.a: no probe is called weather\n"},
        {"{probe: mentions}", "t.a: the probe mentions needs 'text'\n"},
        {"{probe: file-matches, path: a, lists: b}", "t.a: the probe file-matches needs 'text'\n"},
        {"{probe: file-matches, path: a, text: b, list: c}",
         "t.a: the probe file-matches takes no 'list', it takes: path text [lists]\n"},
        {"{probe: environment-declared, name: a}",
         "t.a: the probe environment-declared takes no 'name', it takes: nothing\n"},
    };
    (void)in;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char yaml[1024];
        ff_buf out;
        ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
        (void)snprintf(yaml, sizeof yaml,
                       "family: t\nrules:\n  - {id: t.a, title: A, role: noise, match: quux, verify: [%s], " EXAMPLES
                       "}\n",
                       rows[i].verify);
        ff_catalog *catalog = rules_load(yaml);
        ff_lint lint = {.probe_name = name_at, .probe_params = params_at, .complaints = {.out = &out}};
        ff_lint_probes(&lint, ff_catalog_find(catalog, FF_LIT("t.a")));
        assert_int_equal(lint.complaints.count, rows[i].complaint != NULL);
        if (rows[i].complaint)
            rules_expect(ff_buf_slice(&out), rows[i].complaint);
        ff_buf_release(&out);
        ff_catalog_free(catalog);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_check_names_rule_and_reason),
        cmocka_unit_test(a_pattern_that_does_not_compile_is_an_error_with_its_place),
        cmocka_unit_test(a_question_that_no_probe_answers_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
