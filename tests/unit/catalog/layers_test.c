/* Layers: which rule of an id stands, what is switched off, references between rules, the digest. */
#include "catalog/catalog.h"
#include "unit/catalog/sample.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

typedef struct layer_file {
    const char *layer, *yaml;
} layer_file;

/* Adds the files in order and finishes; the catalog is freed by the caller. */
static ff_status build(ff_catalog **catalog, const layer_file *files, size_t count, ff_error *error)
{
    ff_status status = ff_catalog_new(catalog);
    for (size_t i = 0; i < count && status == FF_OK; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "%zu.yaml", i);
        status = ff_catalog_add_bytes(*catalog, name, ff_slice_of(files[i].yaml), files[i].layer, error);
    }
    return status == FF_OK ? ff_catalog_finish(*catalog, error) : status;
}

/* The rules in force as `id@layer id@layer`. */
static void assert_in_force(const layer_file *files, size_t count, const char *expected)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    char text[500] = "";
    size_t used = 0, rule_count = 0;
    if (build(&catalog, files, count, &error) != FF_OK)
        fail_msg("%s", error.text);
    const ff_rule *rules = ff_catalog_rules(catalog, &rule_count);
    for (size_t i = 0; i < rule_count; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s@%s", i ? " " : "", FF_ARG(rules[i].id),
                                 rules[i].layer);
        assert_ptr_equal(ff_catalog_find(catalog, rules[i].id), &rules[i]);
    }
    assert_string_equal(text, expected);
    ff_catalog_free(catalog);
}

#define FILES(...) (const layer_file[]){__VA_ARGS__}, sizeof((const layer_file[]){__VA_ARGS__}) / sizeof(layer_file)
#define ABC SAMPLE_FILE(SAMPLE_RULE("c", "") SAMPLE_RULE("a", "") SAMPLE_RULE("b", ""))
#define B SAMPLE_FILE(SAMPLE_RULE("b", ""))

static void rules_come_out_sorted_by_id(void **state)
{
    (void)state;
    assert_in_force(FILES({"built-in", ABC}), "family.a@built-in family.b@built-in family.c@built-in");
    assert_in_force(
        FILES({"built-in", SAMPLE_FILE(SAMPLE_RULE("b", ""))}, {"built-in", SAMPLE_FILE(SAMPLE_RULE("a", ""))}),
        "family.a@built-in family.b@built-in");
}

static void the_highest_layer_wins_whole_rules(void **state)
{
    (void)state;
    assert_in_force(FILES({"built-in", ABC}, {"user", B}), "family.a@built-in family.b@user family.c@built-in");
    assert_in_force(FILES({"built-in", ABC}, {"user", B}, {"--patterns", B}),
                    "family.a@built-in family.b@--patterns family.c@built-in");
    /* The order of first appearance ranks, not the last file. */
    assert_in_force(FILES({"built-in", SAMPLE_FILE(SAMPLE_RULE("a", ""))}, {"user", B}, {"built-in", B}),
                    "family.a@built-in family.b@user");
}

static void disable_reaches_the_layers_below_only(void **state)
{
    (void)state;
    assert_in_force(FILES({"built-in", ABC}, {"user", "family: x\ndisable: family.b\n"}),
                    "family.a@built-in family.c@built-in");
    assert_in_force(
        FILES({"built-in", ABC}, {"user", "family: x\ndisable: ['family.?']\nrules:\n" SAMPLE_RULE("b", "")}),
        "family.b@user");
    assert_in_force(FILES({"built-in", ABC}, {"user", B}, {"--patterns", "family: x\ndisable: '*.b'\n"}),
                    "family.a@built-in family.c@built-in");
    assert_in_force(FILES({"built-in", "family: x\ndisable: '*'\n"}, {"user", B}), "family.b@user");
    /* A rule of a higher layer stands, whatever a layer between switches off. */
    assert_in_force(FILES({"built-in", ABC}, {"user", "family: x\ndisable: '*'\n"}, {"--patterns", B}),
                    "family.b@--patterns");
    assert_in_force(FILES({"built-in", ABC}, {"user", "family: x\ndisable: [no.such-rule, 'no.*']\n"}),
                    "family.a@built-in family.b@built-in family.c@built-in");
    assert_in_force(FILES({"built-in", ABC}, {"user", "family: x\ndisable: '*'\n"}), "");
}

static void ids_are_unique_in_a_layer_across_its_files(void **state)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    (void)state;
    assert_int_equal(build(&catalog, FILES({"built-in", ABC}, {"built-in", B}), &error), FF_INVALID);
    assert_string_equal(error.text,
                        "1.yaml:3:5: id 'family.b' is taken, first given at 0.yaml:13:5; ids are unique in a layer");
    ff_catalog_free(catalog);
}

static void references_must_lead_to_a_rule(void **state)
{
    static const struct {
        const char *more;
        const char *text; /* NULL: fine */
    } rows[] = {
        {"    caused_by: family.b\n", NULL},
        {"    caused_by: family.a\n", NULL}, /* itself */
        {"    caused_by: [family.b, 'no.*', '#no-tag', '*']\n", NULL},
        {"    requires: {same_step: family.b, run: 'no.?'}\n", NULL},
        {"    caused_by: [family.b, family.bb]\n", "0.yaml:8:27: no rule has the id 'family.bb', did you mean "
                                                   "'family.b'? allowed: ids of the catalog, globs, '#tag'"},
        {"    requires: {same_step: no.rule}\n",
         "0.yaml:8:27: no rule has the id 'no.rule'; allowed: ids of the catalog, globs, '#tag'"},
        {"    requires: {same_job: [no.rule]}\n",
         "0.yaml:8:27: no rule has the id 'no.rule'; allowed: ids of the catalog, globs, '#tag'"},
        {"    requires: {run: no.rule}\n",
         "0.yaml:8:21: no rule has the id 'no.rule'; allowed: ids of the catalog, globs, '#tag'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char yaml[1000];
        ff_catalog *catalog = NULL;
        ff_error error = {0};
        assert_true(snprintf(yaml, sizeof yaml, "%s%s%s", SAMPLE_FILE(SAMPLE_RULE("a", "")), rows[i].more,
                             SAMPLE_RULE("b", "")) > 0);
        ff_status status = build(&catalog, FILES({"built-in", yaml}), &error);
        assert_int_equal(status, rows[i].text ? FF_INVALID : FF_OK);
        assert_string_equal(error.text, rows[i].text ? rows[i].text : "");
        assert_true(status == FF_OK || ff_catalog_digest(catalog)[0] == '\0');
        ff_catalog_free(catalog);
    }
}

static void a_reference_may_lead_to_another_layer_or_to_a_rule_that_is_off(void **state)
{
    (void)state;
    assert_in_force(FILES({"built-in", B}, {"user", SAMPLE_FILE(SAMPLE_RULE("a", "    caused_by: family.b\n"))}),
                    "family.a@user family.b@built-in");
    assert_in_force(FILES({"built-in", SAMPLE_FILE(SAMPLE_RULE("a", "    caused_by: family.b\n") SAMPLE_RULE("b", ""))},
                          {"user", "family: x\ndisable: family.b\n"}),
                    "family.a@built-in");
}

static void a_finished_catalog_is_closed(void **state)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0}, again = {0};
    size_t count = 7;
    (void)state;
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    assert_string_equal(ff_catalog_digest(catalog), "");
    assert_null(ff_catalog_find(catalog, FF_LIT("family.a")));
    assert_int_equal(ff_catalog_finish(catalog, &error), FF_OK); /* an empty catalog is one too */
    (void)ff_catalog_rules(catalog, &count);
    assert_int_equal(count, 0);
    assert_int_equal(strlen(ff_catalog_digest(catalog)), 64);
    assert_int_equal(ff_catalog_add_bytes(catalog, "x.yaml", FF_LIT(ABC), "user", &error), FF_INVALID);
    assert_string_equal(error.text, "x.yaml: the catalog is finished, nothing can be added");
    assert_int_equal(ff_catalog_add_path(catalog, "/", "user", NULL), FF_INVALID);
    assert_int_equal(ff_catalog_finish(catalog, &again), FF_INVALID);
    ff_catalog_free(catalog);
    ff_catalog_free(NULL);
}

static void a_catalog_whose_end_failed_can_be_mended(void **state)
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    (void)state;
    assert_int_equal(
        build(&catalog, FILES({"built-in", SAMPLE_FILE(SAMPLE_RULE("a", "    caused_by: family.b\n"))}), &error),
        FF_INVALID);
    assert_int_equal(ff_catalog_add_bytes(catalog, "b.yaml", FF_LIT(B), "user", NULL), FF_OK);
    assert_int_equal(ff_catalog_finish(catalog, NULL), FF_OK);
    ff_catalog_free(catalog);
}

static void digest_of(const layer_file *files, size_t count, char digest[65])
{
    ff_catalog *catalog = NULL;
    ff_error error = {0};
    if (build(&catalog, files, count, &error) != FF_OK)
        fail_msg("%s", error.text);
    memcpy(digest, ff_catalog_digest(catalog), 65);
    ff_catalog_free(catalog);
}

static void the_digest_is_of_the_meaning_only(void **state)
{
    char plain[65], other[65];
    (void)state;
    digest_of(FILES({"built-in", ABC}), plain);
    digest_of(FILES({"user", SAMPLE_FILE(SAMPLE_RULE("a", ""))},
                    {"user", SAMPLE_FILE("# comment\n\n" SAMPLE_RULE("b", "") SAMPLE_RULE("c", ""))}),
              other);
    assert_string_equal(plain, other);
    digest_of(
        FILES({"built-in",
               "family: family\nabout: else\nrules:\n" SAMPLE_RULE(
                   "a", "    severity: error\n    repeat: {at_least: 1}\n    where: {text: [output], outcome: any}\n")
                   SAMPLE_RULE("b", "    tags: []\n") "  - {id: family.c, title: 'Title', role: cause, match: [abc], "
                                                      "examples: {match: [abcd, abc], no_match: other}}\n"}),
        other);
    assert_string_equal(plain, other);
}

/* Every key of a rule, each in two values: no two of these rules have one digest. */
static void the_digest_sees_every_key(void **state)
{
    static const char *const rest[] = {
        "",
        "    severity: note\n",
        "    about: x\n",
        "    about: y\n",
        "    tags: x\n",
        "    tags: [x, y]\n",
        "    tags: [y, x]\n",
        "    where: {text: any}\n",
        "    where: {job: x}\n",
        "    where: {step: x}\n",
        "    where: {outcome: failed}\n",
        "    where: {outcome: passed}\n",
        "    unless: x\n",
        "    unless: [x, y]\n",
        "    follow: {lines: 1, found: x}\n",
        "    follow: {lines: 2, found: x}\n",
        "    follow: {lines: 1, unless_found: x}\n",
        "    before: {lines: 1, found: x}\n",
        "    before: {lines: 1, unless_found: x}\n",
        "    repeat: {at_least: 2}\n",
        "    repeat: {same: x}\n",
        "    repeat: {closed_by: x}\n",
        "    absent: {found: x}\n",
        "    absent: {found: x, within: step}\n",
        "    requires: {same_step: x.*}\n",
        "    requires: {same_job: x.*}\n",
        "    requires: {run: x.*}\n",
        "    caused_by: x.*\n",
        "    fingerprint: x\n",
        "    fingerprint: y\n",
        "    verify: [{probe: x}]\n",
        "    verify: [{probe: y}]\n",
        "    verify: [{probe: x, found: supports}]\n",
        "    verify: [{probe: x, missing: supports}]\n",
        "    verify: [{probe: x, found: contradicts}]\n",
        "    verify: [{probe: x, found: suggests}]\n",
        "    verify: [{probe: x, found: weakens}]\n",
        "    verify: [{probe: x, a: b}]\n",
        "    verify: [{probe: x, a: c}]\n",
        "    verify: [{probe: x, b: b}]\n",
        "    verify: [{probe: x}, {probe: x}]\n",
        "    fix: [{say: x}]\n",
        "    fix: [{say: y}]\n",
        "    fix: [{say: x, when: {a: b}}]\n",
        "    fix: [{say: x, edit: {line: a, becomes: b}}]\n",
        "    fix: [{say: x, edit: {line: a, becomes: c}}]\n",
        "    fix: [{say: x, edit: {line: b, becomes: b}}]\n",
        "    fix: [{say: x, edit: {drop: a}}]\n",
        "    fix: [{say: x, edit: {drop: b}}]\n",
        "    fix: [{say: x, edit: {drop: a, instead: b}}]\n",
        "    fix: [{say: x, edit: {before: a, insert: b}}]\n",
        "    fix: [{say: x, edit: {before: a, insert: c}}]\n",
        "    fix: [{say: x, edit: {before: b, insert: b}}]\n",
        "    ask: [{command: x, why: y}]\n",
        "    ask: [{command: y, why: x}]\n",
    };
    enum { ROWS = sizeof rest / sizeof *rest };
    static char digests[ROWS + 4][65];
    static const char *const whole[] = {
        SAMPLE_FILE(SAMPLE_RULE("b", "")),
        SAMPLE_FILE("  - {id: family.a, title: Other, role: cause, match: abc, examples: {match: abc, no_match: x}}\n"),
        SAMPLE_FILE(
            "  - {id: family.a, title: Title, role: symptom, match: abc, examples: {match: abc, no_match: x}}\n"),
        SAMPLE_FILE(
            "  - {id: family.a, title: Title, role: cause, match: abcd, examples: {match: abc, no_match: x}}\n"),
    };
    (void)state;
    for (size_t i = 0; i < ROWS + 4; i++) {
        char yaml[1000];
        assert_true(snprintf(yaml, sizeof yaml, "%s%s", i < ROWS ? SAMPLE_FILE(SAMPLE_RULE("a", "")) : whole[i - ROWS],
                             i < ROWS ? rest[i] : "") > 0);
        digest_of(FILES({"built-in", yaml}), digests[i]);
        for (size_t j = 0; j < i; j++)
            if (strcmp(digests[i], digests[j]) == 0)
                fail_msg("rows %zu and %zu have one digest", j, i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_come_out_sorted_by_id),
        cmocka_unit_test(the_highest_layer_wins_whole_rules),
        cmocka_unit_test(disable_reaches_the_layers_below_only),
        cmocka_unit_test(ids_are_unique_in_a_layer_across_its_files),
        cmocka_unit_test(references_must_lead_to_a_rule),
        cmocka_unit_test(a_reference_may_lead_to_another_layer_or_to_a_rule_that_is_off),
        cmocka_unit_test(a_finished_catalog_is_closed),
        cmocka_unit_test(a_catalog_whose_end_failed_can_be_mended),
        cmocka_unit_test(the_digest_is_of_the_meaning_only),
        cmocka_unit_test(the_digest_sees_every_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
