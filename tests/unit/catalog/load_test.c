/* From YAML to rules: every key, the defaults, a page of rules as authors write them. */
#include "catalog/catalog.h"
#include "log/line.h"
#include "unit/catalog/sample.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

/* Shaped like a real file: all keys, several styles of YAML, one scalar where a list is allowed. */
static const char HEALTH[] =
    "# yaml-language-server: $schema=../schema/catalog.schema.json\n"
    "family: health\n"
    "about: Checks after a deploy.\n"
    "\n"
    "rules:\n"
    "  - id: health.loop\n"
    "    title: \"Answered HTTP ${status} on ${count} of ${limit} attempts\"\n"
    "    about: |\n"
    "      First.\n"
    "      Second.\n"
    "    role: symptom\n"
    "    severity: fatal\n"
    "    tags: [deploy, http]\n"
    "    where: {text: [output, script], job: 'deploy*', step: ['*health*', smoke], outcome: failed}\n"
    "    match:\n"
    "      - '(?i)\\battempt\\s+(?<attempt>\\d+)\\s*/\\s*(?<limit>\\d+)\\b.*?\\bHTTP\\s*(?<status>[1-5]\\d\\d)\\b'\n"
    "      - >-\n"
    "        \\bHTTP (?<status>\\d+)\n"
    "    unless: ['\\bHTTP\\s*2\\d\\d\\b']\n"
    "    follow: {lines: 3, found: [one, two], unless_found: three}\n"
    "    before:\n"
    "      lines: 64\n"
    "      unless_found: 'No module named|ImproperlyConfigured'   # a comment\n"
    "    repeat:\n"
    "      at_least: 3\n"
    "      same: [status]\n"
    "      closed_by: '(?i)\\bfailed after (?<limit>\\d+) attempts'\n"
    "    absent: {found: [migrate, Migrating], within: step}\n"
    "    requires: {same_step: health.host, same_job: ['health.*'], run: '#deploy'}\n"
    "    caused_by: ['django.*', health.host, '#half-done']\n"
    "    fingerprint: [status]\n"
    "    verify:\n"
    "      - {probe: file-matches, path: '**/settings/*.py', found: contradicts, text: ALLOWED, lists: '${host}', "
    "missing: supports}\n"
    "      - probe: workflow-line\n"
    "      - {probe: mentions, text: x, found: suggests, missing: weakens}\n"
    "    fix:\n"
    "      - when: {command: migrate_schemas, status: 500}\n"
    "        say: Use `migrate`.\n"
    "        edit: {line: 'manage\\.py \\w+', becomes: ''}\n"
    "      - say: Look again.\n"
    "      - {say: Take it out., edit: {drop: 'manage.py x', instead: 'manage.py y'}}\n"
    "      - {say: Drop it., edit: {drop: 'manage.py x'}}\n"
    "      - {say: Print it., edit: {before: '^\\s*exit 1', insert: 'docker logs ${container}'}}\n"
    "      - {say: Keep it., edit: {line: 'null', becomes: f, before: '^\\s*exit 1', insert: cat f}}\n"
    "    ask:\n"
    "      - command: 'docker logs ${container} --tail 100'\n"
    "        why: The application decides.\n"
    "    examples:\n"
    "      match:\n"
    "        - text: 'attempt 3/20 (HTTP 500)...'\n"
    "          captures: {attempt: '3', limit: 20}\n"
    "        - |\n"
    "          two\n"
    "          lines\n"
    "      no_match: 'attempt 2/20 (HTTP 200)'\n"
    "  - {id: health.host, title: Host, role: cause, match: 'curl -H', examples: {match: curl -H x, no_match: "
    "[curl]}}\n";

static ff_catalog *load(const char *yaml)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    if (ff_catalog_add_bytes(catalog, "health.yaml", ff_slice_of(yaml), "built-in", &error) != FF_OK ||
        ff_catalog_finish(catalog, &error) != FF_OK)
        fail_msg("%s", error.text);
    return catalog;
}

static void assert_text(ff_slice text, const char *expected)
{
    if (!ff_slice_eq(text, ff_slice_of(expected)))
        fail_msg("'%.*s' instead of '%s'", FF_ARG(text), expected);
}

static void assert_texts(ff_texts texts, size_t count, const char *const *expected)
{
    assert_int_equal(texts.count, count);
    for (size_t i = 0; i < count; i++)
        assert_text(texts.items[i], expected[i]);
}

#define ASSERT_TEXTS(texts, ...)                                                       \
    assert_texts((texts), sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), \
                 (const char *const[]){__VA_ARGS__})

static void assert_pattern(const ff_patterns *patterns, size_t index, const char *text, uint32_t line, uint32_t column)
{
    assert_true(index < patterns->count);
    assert_text(patterns->items[index].text, text);
    assert_string_equal(patterns->items[index].at.file, "health.yaml");
    assert_int_equal(patterns->items[index].at.line, line);
    assert_int_equal(patterns->items[index].at.column, column);
}

static void identity_and_place_are_read(void **state)
{
    ff_catalog *catalog = load(HEALTH);
    const ff_rule *rule = ff_catalog_find(catalog, FF_LIT("health.loop"));
    (void)state;
    assert_non_null(rule);
    assert_text(rule->id, "health.loop");
    assert_text(rule->family, "health");
    assert_text(rule->title, "Answered HTTP ${status} on ${count} of ${limit} attempts");
    assert_text(rule->about, "First.\nSecond.\n");
    assert_int_equal(rule->role, FF_ROLE_SYMPTOM);
    assert_int_equal(rule->severity, FF_SEVERITY_FATAL);
    ASSERT_TEXTS(rule->tags, "deploy", "http");
    ASSERT_TEXTS(rule->stable, "status");
    assert_string_equal(rule->layer, "built-in");
    assert_string_equal(rule->at.file, "health.yaml");
    assert_int_equal(rule->at.line, 6);
    assert_int_equal(rule->at.column, 5);
    assert_int_equal(ff_catalog_find(catalog, FF_LIT("health.host"))->at.line, 56);
    ff_catalog_free(catalog);
}

static void conditions_are_read(void **state)
{
    ff_catalog *catalog = load(HEALTH);
    const ff_rule *rule = ff_catalog_find(catalog, FF_LIT("health.loop"));
    (void)state;
    assert_int_equal(rule->where.kinds, FF_LINES_PRINTED | FF_LINE_BIT(FF_LINE_SCRIPT));
    ASSERT_TEXTS(rule->where.jobs, "deploy*");
    ASSERT_TEXTS(rule->where.steps, "*health*", "smoke");
    assert_int_equal(rule->where.outcome, FF_OUTCOME_FAILED);
    assert_int_equal(rule->match.count, 2);
    assert_pattern(
        &rule->match, 0,
        "(?i)\\battempt\\s+(?<attempt>\\d+)\\s*/\\s*(?<limit>\\d+)\\b.*?\\bHTTP\\s*(?<status>[1-5]\\d\\d)\\b", 16, 9);
    assert_pattern(&rule->match, 1, "\\bHTTP (?<status>\\d+)", 17, 9);
    assert_pattern(&rule->unless, 0, "\\bHTTP\\s*2\\d\\d\\b", 19, 14);
    assert_int_equal(rule->follow.lines, 3);
    assert_pattern(&rule->follow.found, 1, "two", 20, 37);
    assert_pattern(&rule->follow.unless_found, 0, "three", 20, 57);
    assert_int_equal(rule->before.lines, 64);
    assert_int_equal(rule->before.found.count, 0);
    assert_pattern(&rule->before.unless_found, 0, "No module named|ImproperlyConfigured", 23, 21);
    assert_int_equal(rule->repeat.at_least, 3);
    ASSERT_TEXTS(rule->repeat.same, "status");
    assert_pattern(&rule->repeat.closed_by, 0, "(?i)\\bfailed after (?<limit>\\d+) attempts", 27, 18);
    assert_int_equal(rule->absent.patterns.count, 2);
    assert_true(rule->absent.same_step);
    ASSERT_TEXTS(rule->requires.same_step, "health.host");
    ASSERT_TEXTS(rule->requires.same_job, "health.*");
    ASSERT_TEXTS(rule->requires.run, "#deploy");
    ASSERT_TEXTS(rule->caused_by, "django.*", "health.host", "#half-done");
    ff_catalog_free(catalog);
}

static void remedies_are_read(void **state)
{
    ff_catalog *catalog = load(HEALTH);
    const ff_rule *rule = ff_catalog_find(catalog, FF_LIT("health.loop"));
    (void)state;
    assert_int_equal(rule->verify_count, 3);
    assert_text(rule->verify[0].probe, "file-matches");
    assert_text(rule->verify[0].found, "contradicts");
    assert_text(rule->verify[0].missing, "supports");
    assert_int_equal(rule->verify[0].param_count, 3);
    assert_text(rule->verify[0].params[0].name, "path");
    assert_text(rule->verify[0].params[0].value, "**/settings/*.py");
    assert_text(rule->verify[0].params[2].name, "lists");
    assert_text(rule->verify[0].params[2].value, "${host}");
    assert_int_equal(rule->verify[0].at.line, 33);
    assert_int_equal(rule->verify[1].param_count, 0);
    assert_int_equal(rule->verify[1].found.len + rule->verify[1].missing.len, 0);
    assert_text(rule->verify[2].found, "suggests");
    assert_text(rule->verify[2].missing, "weakens");
    assert_int_equal(rule->fix_count, 6);
    assert_int_equal(rule->fixes[0].when_count, 2);
    assert_text(rule->fixes[0].when[0].name, "command");
    assert_text(rule->fixes[0].when[1].value, "500");
    assert_text(rule->fixes[0].say, "Use `migrate`.");
    assert_text(rule->fixes[0].edit_line.text, "manage\\.py \\w+");
    assert_text(rule->fixes[0].edit_becomes, "");
    assert_int_equal(rule->fixes[1].edit_line.text.len, 0);
    assert_int_equal(rule->ask_count, 1);
    assert_text(rule->asks[0].command, "docker logs ${container} --tail 100");
    assert_text(rule->asks[0].why, "The application decides.");
    ff_catalog_free(catalog);
}

static void an_edit_of_each_form_is_read(void **state)
{
    ff_catalog *catalog = load(HEALTH);
    const ff_fix *fixes = ff_catalog_find(catalog, FF_LIT("health.loop"))->fixes;
    (void)state;
    assert_text(fixes[2].edit_drop, "manage.py x");
    assert_text(fixes[2].edit_instead, "manage.py y");
    assert_int_equal(fixes[2].edit_line.text.len + fixes[2].edit_before.text.len, 0);
    assert_text(fixes[3].edit_drop, "manage.py x");
    assert_int_equal(fixes[3].edit_instead.len, 0);
    assert_text(fixes[4].edit_before.text, "^\\s*exit 1");
    assert_int_equal(fixes[4].edit_before.at.line, 43);
    assert_text(fixes[4].edit_insert, "docker logs ${container}");
    assert_int_equal(fixes[4].edit_drop.len + fixes[4].edit_line.text.len, 0);
    assert_text(fixes[5].edit_line.text, "null");
    assert_text(fixes[5].edit_becomes, "f");
    assert_text(fixes[5].edit_before.text, "^\\s*exit 1");
    assert_text(fixes[5].edit_insert, "cat f");
    ff_catalog_free(catalog);
}

static void examples_are_read(void **state)
{
    ff_catalog *catalog = load(HEALTH);
    const ff_rule *rule = ff_catalog_find(catalog, FF_LIT("health.loop"));
    (void)state;
    assert_int_equal(rule->examples_match_count, 2);
    assert_text(rule->examples_match[0].text, "attempt 3/20 (HTTP 500)...");
    assert_int_equal(rule->examples_match[0].capture_count, 2);
    assert_text(rule->examples_match[0].captures[1].name, "limit");
    assert_text(rule->examples_match[0].captures[1].value, "20");
    assert_int_equal(rule->examples_match[0].at.line, 50);
    assert_text(rule->examples_match[1].text, "two\nlines\n");
    assert_int_equal(rule->examples_no_match_count, 1);
    assert_text(rule->examples_no_match[0].text, "attempt 2/20 (HTTP 200)");
    assert_int_equal(rule->examples_no_match[0].at.line, 55);
    ff_catalog_free(catalog);
}

static void what_is_left_out_has_its_default(void **state)
{
    ff_catalog *catalog = load(HEALTH);
    const ff_rule *rule = ff_catalog_find(catalog, FF_LIT("health.host"));
    (void)state;
    assert_int_equal(rule->severity, FF_SEVERITY_ERROR);
    assert_int_equal(rule->where.kinds, FF_LINES_PRINTED);
    assert_int_equal(rule->where.outcome, FF_OUTCOME_ANY);
    assert_int_equal(rule->repeat.at_least, 1);
    assert_int_equal(rule->follow.lines + rule->before.lines, 0);
    assert_false(rule->absent.same_step);
    assert_int_equal(rule->about.len, 0);
    assert_int_equal(rule->tags.count + rule->stable.count + rule->caused_by.count + rule->where.jobs.count +
                         rule->unless.count + rule->verify_count + rule->fix_count + rule->ask_count,
                     0);
    ff_catalog_free(catalog);
}

static void kinds_of_line_have_their_words(void **state)
{
    static const struct {
        const char *yaml;
        uint32_t kinds;
    } rows[] = {
        {"output", FF_LINES_PRINTED},
        {"any", FF_LINES_ANY},
        {"script", FF_LINE_BIT(FF_LINE_SCRIPT)},
        {"[error, warning]", FF_LINE_BIT(FF_LINE_ERROR) | FF_LINE_BIT(FF_LINE_WARNING)},
        {"[group, debug, command, runner, notice]", FF_LINE_BIT(FF_LINE_GROUP) | FF_LINE_BIT(FF_LINE_DEBUG) |
                                                        FF_LINE_BIT(FF_LINE_COMMAND) | FF_LINE_BIT(FF_LINE_RUNNER) |
                                                        FF_LINE_BIT(FF_LINE_NOTICE)},
        {"[script, any]", FF_LINES_ANY},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char yaml[1000];
        assert_true(
            snprintf(yaml, sizeof yaml, SAMPLE_FILE(SAMPLE_RULE("one", "    where: {text: %s}\n")), rows[i].yaml) > 0);
        ff_catalog *catalog = load(yaml);
        assert_int_equal(ff_catalog_find(catalog, FF_LIT("family.one"))->where.kinds, rows[i].kinds);
        ff_catalog_free(catalog);
    }
}

static void rules_do_not_borrow_from_the_bytes(void **state)
{
    char yaml[sizeof HEALTH], name[] = "health.yaml";
    ff_catalog *catalog = NULL;
    (void)state;
    memcpy(yaml, HEALTH, sizeof yaml);
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    assert_int_equal(ff_catalog_add_bytes(catalog, name, ff_slice_of(yaml), "built-in", NULL), FF_OK);
    memset(yaml, 'x', sizeof yaml);
    memset(name, 'x', sizeof name - 1);
    assert_int_equal(ff_catalog_finish(catalog, NULL), FF_OK);
    const ff_rule *rule = ff_catalog_find(catalog, FF_LIT("health.loop"));
    assert_text(rule->examples_match[1].text, "two\nlines\n");
    assert_string_equal(rule->match.items[0].at.file, "health.yaml");
    ff_catalog_free(catalog);
}

/* An id may belong to another family than its file: a user's file replaces rules of several families. */
static void the_family_of_a_rule_is_that_of_its_id(void **state)
{
    ff_catalog *catalog = load("family: mine\nrules:\n  - id: django.other\n" SAMPLE_REST);
    (void)state;
    assert_text(ff_catalog_find(catalog, FF_LIT("django.other"))->family, "django");
    ff_catalog_free(catalog);
}

static void line_ends_and_marks_of_windows_are_no_matter(void **state)
{
    char yaml[sizeof HEALTH * 2] = "\xEF\xBB\xBF";
    size_t used = 3;
    (void)state;
    for (const char *c = HEALTH; *c; c++) {
        if (*c == '\n')
            yaml[used++] = '\r';
        yaml[used++] = *c;
    }
    yaml[used] = '\0';
    ff_catalog *plain = load(HEALTH), *windows = load(yaml);
    assert_string_equal(ff_catalog_digest(plain), ff_catalog_digest(windows));
    ff_catalog_free(plain);
    ff_catalog_free(windows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identity_and_place_are_read),
        cmocka_unit_test(conditions_are_read),
        cmocka_unit_test(remedies_are_read),
        cmocka_unit_test(an_edit_of_each_form_is_read),
        cmocka_unit_test(examples_are_read),
        cmocka_unit_test(what_is_left_out_has_its_default),
        cmocka_unit_test(kinds_of_line_have_their_words),
        cmocka_unit_test(rules_do_not_borrow_from_the_bytes),
        cmocka_unit_test(the_family_of_a_rule_is_that_of_its_id),
        cmocka_unit_test(line_ends_and_marks_of_windows_are_no_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
