/* What the loader refuses, with its words and its places; and that a refusal leaves the catalog as it was. */
#include "base/buf.h"
#include "base/limits.h"
#include "catalog/catalog.h"
#include "unit/catalog/sample.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define RULE_KEYS                                                                                             \
    "id, title, about, role, severity, tags, where, match, unless, follow, before, compose, repeat, absent, " \
    "requires, "                                                                                              \
    "caused_by, yields_to, fingerprint, verify, fix, ask, examples"

static ff_status add(ff_catalog *catalog, ff_slice yaml, ff_error *error)
{
    *error = (ff_error){0};
    return ff_catalog_add_bytes(catalog, "x.yaml", yaml, "built-in", error);
}

/* Tells the whole text, so that a change of words is seen here. */
typedef struct refusal {
    const char *yaml, *text;
} refusal;

static void check_refusals(const refusal *rows, size_t count)
{
    ff_catalog *catalog = NULL;
    ff_error error;
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    for (size_t i = 0; i < count; i++) {
        ff_status status = add(catalog, ff_slice_of(rows[i].yaml), &error);
        if (status != FF_INVALID || strcmp(error.text, rows[i].text) != 0)
            fail_msg("row %zu: status %d,\n  '%s' instead of\n  '%s'", i, status, error.text, rows[i].text);
        assert_true(error.line > 0 && error.column > 0);
        assert_string_equal(error.file, "x.yaml");
    }
    ff_catalog_free(catalog);
}

static void files_that_are_no_catalog_are_refused(void **state)
{
    static const refusal rows[] = {
        {"", "x.yaml:1:1: the file is empty"},
        {"just text", "x.yaml:1:1: a map is needed here, with keys of: family, about, disable, rules"},
        {"- a", "x.yaml:1:1: a map is needed here, with keys of: family, about, disable, rules"},
        {"rules: [{}]", "x.yaml:1:9: missing key 'id', required here: id, title, role, match, examples"},
        {"disable: a.b", "x.yaml:1:1: missing key 'family', required here: family"},
        {"family: x", "x.yaml:1:1: a catalog file needs at least one entry under 'rules' or 'disable'"},
        {"family: x\nrules: []", "x.yaml:1:1: a catalog file needs at least one entry under 'rules' or 'disable'"},
        {"family: x\nrules:\n", "x.yaml:2:1: 'rules' has no value; give it one or leave the key out"},
        {"family: x\nrules: ~\n", "x.yaml:2:1: 'rules' has no value; give it one or leave the key out"},
        {"family: x\nrules: a\n", "x.yaml:2:8: 'rules' must be a list"},
        {"family: x\nrules: {id: a}\n", "x.yaml:2:8: 'rules' must be a list"},
        {"family: x\nrules: [a]\n", "x.yaml:2:9: a map is needed here, with keys of: " RULE_KEYS},
        {"family: X\nrules: []", "x.yaml:1:9: 'family' must be a name of lower-case letters, digits and '-', not 'X'"},
        {"family: [x]", "x.yaml:1:9: 'family' must be a name of lower-case letters, digits and '-', not a list"},
        {"family: {x: y}", "x.yaml:1:9: 'family' must be a name of lower-case letters, digits and '-', not a map"},
        {"familiy: x",
         "x.yaml:1:1: unknown key 'familiy', did you mean 'family'? allowed: family, about, disable, rules"},
        {"family: x\nfamily: y", "x.yaml:2:1: duplicate key 'family', first given in line 1"},
        {"family: x\ndisable: '#tag'",
         "x.yaml:2:10: 'disable' must be an id 'family.slug' or a glob on ids such as 'family.*', not '#tag'"},
        {"family: x\nversion: 2", "x.yaml:2:1: unknown key 'version', allowed: family, about, disable, rules"},
        {"family: x\n\"a\\nb\\e\": 2",
         "x.yaml:2:1: unknown key 'a\\x0ab\\x1b', allowed: family, about, disable, rules"},
    };
    (void)state;
    check_refusals(rows, COUNT(rows));
}

#define ONE(more) SAMPLE_FILE(SAMPLE_RULE("one", more))

static void rules_that_say_what_no_rule_can_say_are_refused(void **state)
{
    static const refusal rows[] = {
        {ONE("    roles: cause\n"), "x.yaml:8:5: unknown key 'roles', did you mean 'role'? allowed: " RULE_KEYS},
        {ONE("    pattern: x\n"), "x.yaml:8:5: unknown key 'pattern', allowed: " RULE_KEYS},
        {ONE("    <<: {a: b}\n"), "x.yaml:8:5: unknown key '<<', allowed: " RULE_KEYS},
        {SAMPLE_FILE("  - id: one\n" SAMPLE_REST),
         "x.yaml:3:9: 'id' must be an id 'family.slug' of lower-case letters, digits and '-', not 'one'"},
        {SAMPLE_FILE("  - id: family.*\n" SAMPLE_REST),
         "x.yaml:3:9: 'id' must be an id 'family.slug' of lower-case letters, digits and '-', not 'family.*'"},
        {SAMPLE_FILE("  - id:\n" SAMPLE_REST), "x.yaml:3:5: 'id' has no value; give it one or leave the key out"},
        {ONE("    severity: eror\n"),
         "x.yaml:8:15: 'severity' cannot be 'eror', did you mean 'error'? allowed: note, warning, error, fatal"},
        {ONE("    severity: [error]\n"), "x.yaml:8:15: 'severity' must be a word, not a list"},
        {ONE("    severity: {a: b}\n"), "x.yaml:8:15: 'severity' must be a word, not a map"},
        {SAMPLE_FILE("  - {id: a.b, title: T, role: kause, match: a}"),
         "x.yaml:3:31: 'role' cannot be 'kause', did you mean 'cause'? allowed: cause, symptom, consequence, noise"},
        {SAMPLE_FILE("  - {id: a.b, role: cause, match: a}"),
         "x.yaml:3:5: missing key 'title', required here: id, title, role, match, examples"},
        {SAMPLE_FILE("  - {id: a.b, title: T, role: cause, match: a}"),
         "x.yaml:3:5: missing key 'examples', required here: id, title, role, match, examples"},
        {SAMPLE_FILE("  - {id: a.b, title: \"a\\nb\"}"),
         "x.yaml:3:22: 'title' must be one line of text, not 'a\\x0ab'"},
        {SAMPLE_FILE("  - {id: a.b, title: ''}"), "x.yaml:3:22: 'title' must be one line of text, not ''"},
        {SAMPLE_FILE("  - {id: a.b, match: []}"),
         "x.yaml:3:22: 'match' must not be empty, at least one item is needed"},
        {SAMPLE_FILE("  - {id: a.b, match: [a, '']}"),
         "x.yaml:3:26: 'match' must be a pattern of 1 to 4096 bytes, not ''"},
        {SAMPLE_FILE("  - {id: a.b, match: {a: b}}"),
         "x.yaml:3:22: 'match' must be a pattern of 1 to 4096 bytes, not a map"},
        {SAMPLE_FILE("  - {id: a.b, match: [[a]]}"),
         "x.yaml:3:23: 'match' must be a pattern of 1 to 4096 bytes, not a list"},
        {ONE("    tags: [ok, Not OK]\n"),
         "x.yaml:8:16: 'tags' must be a name of lower-case letters, digits and '-', not 'Not OK'"},
        {ONE("    fingerprint: [a-b]\n"),
         "x.yaml:8:19: 'fingerprint' must be the name of a capture: letters, digits and '_', at most 32, not 'a-b'"},
        {ONE("    caused_by: [django]\n"),
         "x.yaml:8:17: 'caused_by' must be an id 'family.slug', a glob on ids such as "
         "'family.*', or '#tag', not 'django'"},
    };
    (void)state;
    check_refusals(rows, COUNT(rows));
}

static void conditions_that_no_line_can_meet_are_refused(void **state)
{
    static const refusal rows[] = {
        {ONE("    where: {text: outputs}\n"),
         "x.yaml:8:19: 'text' cannot be 'outputs', did you mean 'output'? allowed: "
         "output, script, group, error, warning, notice, debug, command, runner, any"},
        {ONE("    where: {text: []}\n"), "x.yaml:8:19: 'text' must not be empty, at least one kind of line is needed"},
        {ONE("    where: {text: [[output]]}\n"), "x.yaml:8:20: 'text' must be a word, not a list"},
        {ONE("    where: {outcome: ok}\n"), "x.yaml:8:22: 'outcome' cannot be 'ok', allowed: any, failed, passed"},
        {ONE("    where: {jobs: x}\n"),
         "x.yaml:8:13: unknown key 'jobs', did you mean 'job'? allowed: text, job, step, outcome"},
        {ONE("    where: output\n"), "x.yaml:8:12: a map is needed here, with keys of: text, job, step, outcome"},
        {ONE("    follow: {lines: 3}\n"),
         "x.yaml:8:13: a window needs 'found', 'unless_found' or 'maybe' with at least one pattern"},
        {ONE("    follow: {lines: 3, found: []}\n"),
         "x.yaml:8:13: a window needs 'found', 'unless_found' or 'maybe' with at least one pattern"},
        {ONE("    before: {found: x}\n"), "x.yaml:8:13: missing key 'lines', required here: lines"},
        {ONE("    before: {lines: 0, found: x}\n"),
         "x.yaml:8:21: 'lines' must be a whole number from 1 to 64, not '0'"},
        {ONE("    before: {lines: 65, found: x}\n"),
         "x.yaml:8:21: 'lines' must be a whole number from 1 to 64, not '65'"},
        {ONE("    before: {lines: -1, found: x}\n"),
         "x.yaml:8:21: 'lines' must be a whole number from 1 to 64, not '-1'"},
        {ONE("    before: {lines: 1.5, found: x}\n"),
         "x.yaml:8:21: 'lines' must be a whole number from 1 to 64, not '1.5'"},
        {ONE("    before: {lines: '3', found: x}\n"),
         "x.yaml:8:21: 'lines' must be a whole number from 1 to 64, not '3'"},
        {ONE("    before: {lines: [3], found: x}\n"),
         "x.yaml:8:21: 'lines' must be a whole number from 1 to 64, not ''"},
        {ONE("    repeat: {same: [a, b, c, d, e, f, g, h, i]}\n"),
         "x.yaml:8:13: 'same' names 9 captures, allowed: at most 8"},
        {ONE("    repeat: {at_least: 99999999999999999999}\n"),
         "x.yaml:8:24: 'at_least' must be a whole number from 1 to "
         "4294967295, not '99999999999999999999'"},
        {ONE("    repeat: {atleast: 3}\n"),
         "x.yaml:8:14: unknown key 'atleast', did you mean 'at_least'? allowed: at_least, same, closed_by"},
        {ONE("    absent: {within: job}\n"), "x.yaml:8:13: missing key 'found', required here: found"},
        {ONE("    absent: {found: []}\n"), "x.yaml:8:21: 'found' must not be empty, at least one item is needed"},
        {ONE("    absent: {found: x, within: run}\n"), "x.yaml:8:32: 'within' cannot be 'run', allowed: job, step"},
        {ONE("    requires: {}\n"),
         "x.yaml:8:15: 'requires' needs at least one rule under 'same_step', 'same_job' or 'run'"},
        {ONE("    requires: {step: a.b}\n"), "x.yaml:8:16: unknown key 'step', allowed: same_step, same_job, run"},
    };
    (void)state;
    check_refusals(rows, COUNT(rows));
}

static void remedies_and_examples_without_their_parts_are_refused(void **state)
{
    static const refusal rows[] = {
        {ONE("    verify: [{found: supports}]\n"), "x.yaml:8:14: missing key 'probe', required here: probe"},
        {ONE("    verify: {probe: x}\n"), "x.yaml:8:13: 'verify' must be a list"},
        {ONE("    verify: [{probe: x, found: maybe}]\n"),
         "x.yaml:8:32: 'found' must be 'supports', 'suggests', 'weakens' or 'contradicts', not 'maybe'"},
        {ONE("    verify: [{probe: x, path: [a]}]\n"), "x.yaml:8:31: 'path' must be a text, not a list"},
        {ONE("    verify: [{probe: x, path: }]\n"),
         "x.yaml:8:25: 'path' has no value; give it one or leave the key out"},
        {ONE("    verify: [{probe: x, Path: a}]\n"),
         "x.yaml:8:25: 'key' must be a name of lower-case letters, digits and '-', not 'Path'"},
        {ONE("    fix: [{edit: {line: a, becomes: b}}]\n"), "x.yaml:8:11: missing key 'say', required here: say"},
        {ONE("    fix: [{say: a, edit: {line: a}}]\n"), "x.yaml:8:27: 'line' needs 'becomes' beside it"},
        {ONE("    fix: [{say: a, edit: {before: a}}]\n"), "x.yaml:8:27: 'before' needs 'insert' beside it"},
        {ONE("    fix: [{say: a, edit: {becomes: a}}]\n"),
         "x.yaml:8:27: 'becomes' goes with 'line', which is not there"},
        {ONE("    fix: [{say: a, edit: {drop: a, insert: b}}]\n"),
         "x.yaml:8:36: 'insert' goes with 'before', which is not there"},
        {ONE("    fix: [{say: a, edit: {line: a, becomes: b, drop: c}}]\n"),
         "x.yaml:8:48: 'line' and 'drop' do not go together, an edit has one form"},
        {ONE("    fix: [{say: a, edit: {before: a, insert: b, drop: c}}]\n"),
         "x.yaml:8:27: 'drop' and 'before' do not go together, an edit has one form"},
        {ONE("    fix: [{say: a, edit: {}}]\n"), "x.yaml:8:26: an edit needs 'line', 'drop' or 'before'"},
        {ONE("    fix: [{say: a, edit: {drop: ''}}]\n"), "x.yaml:8:33: 'drop' must be one line of text, not ''"},
        {ONE("    fix: [{say: a, edit: {drop: a, instead: \"b\\nc\"}}]\n"),
         "x.yaml:8:45: 'instead' must be one line of text, not 'b\\x0ac'"},
        {ONE("    fix: [{say: a, edit: {drop: [a]}}]\n"), "x.yaml:8:33: 'drop' must be one line of text, not a list"},
        {ONE("    fix: [{say: a, edit: {remove: a}}]\n"),
         "x.yaml:8:27: unknown key 'remove', allowed: line, becomes, drop, instead, before, insert"},
        {ONE("    fix: [{say: a, when: [a]}]\n"), "x.yaml:8:26: 'when' must be a map of names and texts"},
        {ONE("    ask: [{command: a}]\n"), "x.yaml:8:11: missing key 'why', required here: command, why"},
        {ONE("    ask: [ls]\n"), "x.yaml:8:11: a map is needed here, with keys of: command, why"},
        {SAMPLE_FILE("  - {id: a.b, examples: {match: [a]}}"),
         "x.yaml:3:25: missing key 'no_match', required here: match, no_match"},
        {SAMPLE_FILE("  - {id: a.b, examples: {match: [], no_match: [a]}}"),
         "x.yaml:3:33: 'match' must not be empty, at least one item is needed"},
        {SAMPLE_FILE("  - {id: a.b, examples: {match: [''], no_match: [a]}}"),
         "x.yaml:3:34: 'text' must be a text that is not empty, not ''"},
        {SAMPLE_FILE("  - {id: a.b, examples: {match: {text: a}, no_match: [a]}}"),
         "x.yaml:3:33: 'match' must be a list"},
        {SAMPLE_FILE("  - {id: a.b, examples: {match: [{captures: {a: b}}], no_match: [a]}}"),
         "x.yaml:3:34: missing key 'text', required here: text"},
        {SAMPLE_FILE("  - {id: a.b, examples: {match: [a], no_match: [{text: a, captures: {}}]}}"),
         "x.yaml:3:59: unknown key 'captures', allowed: text"},
        {SAMPLE_FILE("  - {id: a.b, examples: {match: [{text: a, captures: {a-b: c}}], no_match: [a]}}"),
         "x.yaml:3:55: 'key' must be the name of a capture: letters, digits and '_', at most 32, not 'a-b'"},
    };
    (void)state;
    check_refusals(rows, COUNT(rows));
}

static void a_pattern_may_have_4096_bytes_and_no_more(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        ff_catalog *catalog = NULL;
        ff_error error;
        ff_buf yaml;
        ff_buf_init(&yaml, 10000);
        ff_buf_add(&yaml, FF_LIT(SAMPLE_FILE(SAMPLE_RULE("one", "    unless: '"))));
        ff_buf_add_repeat(&yaml, 'a', FF_LIMIT_PATTERN_BYTES + more);
        ff_buf_add_byte(&yaml, '\'');
        assert_int_equal(ff_catalog_new(&catalog), FF_OK);
        assert_int_equal(add(catalog, ff_buf_slice(&yaml), &error), more ? FF_INVALID : FF_OK);
        assert_true(!more ||
                    ff_slice_starts(ff_slice_of(error.text),
                                    FF_LIT("x.yaml:8:13: 'unless' must be a pattern of 1 to 4096 bytes, not 'aaa")));
        ff_catalog_free(catalog);
        ff_buf_release(&yaml);
    }
}

static void add_many(ff_buf *yaml, uint32_t first, uint32_t count)
{
    ff_buf_reset(yaml);
    ff_buf_add(yaml, FF_LIT("family: family\nrules:\n"));
    for (uint32_t i = first; i < first + count; i++)
        ff_buf_printf(yaml,
                      "  - {id: family.r%u, title: T, role: noise, match: a, examples: {match: a, no_match: b}}\n", i);
}

static void there_are_4096_rules_at_most(void **state)
{
    ff_catalog *catalog = NULL;
    ff_error error;
    ff_buf yaml;
    size_t count = 0;
    (void)state;
    ff_buf_init(&yaml, FF_LIMIT_YAML_BYTES);
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    add_many(&yaml, 0, FF_LIMIT_RULES - 1);
    assert_int_equal(add(catalog, ff_buf_slice(&yaml), &error), FF_OK);
    add_many(&yaml, 5000, 2);
    assert_int_equal(add(catalog, ff_buf_slice(&yaml), &error), FF_LIMIT);
    assert_string_equal(error.text, "x.yaml:4:5: more rules than the 4096 allowed in all files together");
    add_many(&yaml, 6000, 1);
    assert_int_equal(add(catalog, ff_buf_slice(&yaml), &error), FF_OK);
    assert_int_equal(ff_catalog_finish(catalog, &error), FF_OK);
    assert_non_null(ff_catalog_rules(catalog, &count));
    assert_int_equal(count, FF_LIMIT_RULES);
    assert_non_null(ff_catalog_find(catalog, FF_LIT("family.r6000")));
    assert_null(ff_catalog_find(catalog, FF_LIT("family.r5000")));
    ff_catalog_free(catalog);
    ff_buf_release(&yaml);
}

static void a_refused_file_leaves_no_trace(void **state)
{
    ff_catalog *tried = NULL, *clean = NULL;
    ff_error error;
    (void)state;
    assert_int_equal(ff_catalog_new(&tried), FF_OK);
    assert_int_equal(ff_catalog_new(&clean), FF_OK);
    ff_slice good = FF_LIT(SAMPLE_FILE(SAMPLE_RULE("one", "") SAMPLE_RULE("two", "    caused_by: family.one\n")));
    ff_slice bad = FF_LIT("family: family\ndisable: '*'\nrules:\n" SAMPLE_RULE(
        "three", "    caused_by: family.nowhere\n") SAMPLE_RULE("four", "") SAMPLE_RULE("one", ""));
    ff_slice worse = FF_LIT(SAMPLE_FILE(SAMPLE_RULE("three", "") SAMPLE_RULE("four", "    role: cause\n")));
    assert_int_equal(add(tried, bad, &error), FF_OK); /* alone it is fine: then it is the layer above that fails */
    ff_catalog_free(tried);
    assert_int_equal(ff_catalog_new(&tried), FF_OK);
    assert_int_equal(add(tried, good, &error), FF_OK);
    assert_int_equal(add(tried, bad, &error), FF_INVALID);
    assert_string_equal(error.text,
                        "x.yaml:15:5: id 'family.one' is taken, first given at x.yaml:3:5; ids are unique in a layer");
    assert_int_equal(ff_catalog_add_bytes(tried, "y.yaml", worse, "user", NULL), FF_INVALID);
    assert_int_equal(ff_catalog_finish(tried, &error), FF_OK);
    assert_int_equal(add(clean, good, &error), FF_OK);
    assert_int_equal(ff_catalog_finish(clean, &error), FF_OK);
    assert_string_equal(ff_catalog_digest(tried), ff_catalog_digest(clean));
    ff_catalog_free(tried);
    ff_catalog_free(clean);
}

/* Each refusal takes memory and gives it back: 10,000 of them fit into an arena that holds a few. */
static void refusals_do_not_eat_the_memory(void **state)
{
    ff_catalog *catalog = NULL;
    ff_error error;
    (void)state;
    assert_int_equal(ff_catalog_new_within(&catalog, 16 * 1024), FF_OK);
    for (int i = 0; i < 10000; i++)
        assert_int_equal(add(catalog, FF_LIT(SAMPLE_FILE(SAMPLE_RULE("one", "") SAMPLE_RULE("one", ""))), &error),
                         FF_INVALID);
    assert_int_equal(add(catalog, FF_LIT(SAMPLE_FILE(SAMPLE_RULE("one", ""))), &error), FF_OK);
    ff_catalog_free(catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_no_catalog_are_refused),
        cmocka_unit_test(rules_that_say_what_no_rule_can_say_are_refused),
        cmocka_unit_test(conditions_that_no_line_can_meet_are_refused),
        cmocka_unit_test(remedies_and_examples_without_their_parts_are_refused),
        cmocka_unit_test(a_pattern_may_have_4096_bytes_and_no_more),
        cmocka_unit_test(there_are_4096_rules_at_most),
        cmocka_unit_test(a_refused_file_leaves_no_trace),
        cmocka_unit_test(refusals_do_not_eat_the_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
