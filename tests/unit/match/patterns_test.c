/* The catalog of the tree: every pattern compiles, every rule finds its own examples and spares its near misses, and
 * patterns have a literal for the prefilter. What fails is named with file and line. */
#include "catalog/catalog.h"
#include "match/example.h"
#include "match/literal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

/* Rules whose patterns may lack a literal, each with the reason. */
static const char *const WITHOUT_LITERAL[] = {
    NULL,
};

typedef struct state {
    ff_catalog *catalog;
    ff_matcher *matcher;
} state;

static int load(void **out)
{
    static state s;
    ff_error error = {0};
    *out = &s;
    if (ff_catalog_new(&s.catalog) == FF_OK &&
        ff_catalog_add_path(s.catalog, FF_SOURCE_DIR "/patterns", "built-in", &error) == FF_OK &&
        ff_catalog_finish(s.catalog, &error) == FF_OK && ff_matcher_new(&s.matcher, s.catalog, &error) == FF_OK)
        return 0;
    print_error("%s\n", error.text);
    return 1;
}

static int unload(void **in)
{
    state *s = *in;
    ff_matcher_free(s->matcher);
    ff_catalog_free(s->catalog);
    return 0;
}

/* An error of the catalog, in the form that editors jump to. */
static int complain(const ff_rule *rule, ff_source_position at, const char *what, ff_slice text)
{
    print_error("%s:%u: %.*s: %s: %.*s\n", at.file, at.line, FF_ARG(rule->id), what, FF_ARG(text));
    return 1;
}

static bool has_value(const ff_finding *finding, const ff_param *wanted)
{
    const ff_capture *capture = ff_finding_capture(finding, wanted->name);
    for (uint32_t i = 0; capture && i < capture->count; i++)
        if (ff_slice_eq(capture->values[i], wanted->value))
            return true;
    return false;
}

static int check_captures(const ff_rule *rule, const ff_example *example, const ff_findings *findings)
{
    int failed = 0;
    for (size_t i = 0; i < example->capture_count; i++) {
        bool found = false;
        for (size_t j = 0; j < findings->count; j++)
            found = found || has_value(&findings->items[j], &example->captures[i]);
        if (!found)
            failed += complain(rule, example->at, "the example has no such capture", example->captures[i].name);
    }
    return failed;
}

static int check_example(const state *s, const ff_rule *rule, const ff_example *example, bool wanted)
{
    ff_arena arena;
    ff_run run;
    ff_findings findings = {0};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    assert_int_equal(ff_match_example(s->matcher, rule, example->text, &run, &findings), FF_OK);
    int failed = 0;
    if (run.notes.count)
        failed += complain(rule, example->at, "the example sets the rule aside", example->text);
    if (wanted && !findings.count)
        failed += complain(rule, example->at, "does not match its example", example->text);
    if (!wanted && findings.count)
        failed += complain(rule, example->at, "matches what it should not", example->text);
    if (wanted && findings.count)
        failed += check_captures(rule, example, &findings);
    ff_arena_release(&arena);
    return failed;
}

static void every_rule_finds_its_examples(void **in)
{
    const state *s = *in;
    size_t count;
    int failed = 0;
    const ff_rule *rules = ff_catalog_rules(s->catalog, &count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < rules[i].examples_match_count; j++)
            failed += check_example(s, &rules[i], &rules[i].examples_match[j], true);
    assert_int_equal(failed, 0);
}

static void no_rule_finds_its_near_misses(void **in)
{
    const state *s = *in;
    size_t count;
    int failed = 0;
    const ff_rule *rules = ff_catalog_rules(s->catalog, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < rules[i].examples_no_match_count; j++)
            failed += check_example(s, &rules[i], &rules[i].examples_no_match[j], false);
    assert_int_equal(failed, 0);
}

static int check_literals(const ff_rule *rule, const ff_patterns *patterns)
{
    int failed = 0;
    for (size_t i = 0; WITHOUT_LITERAL[i]; i++)
        if (ff_slice_eq(rule->id, ff_slice_of(WITHOUT_LITERAL[i])))
            return 0;
    for (size_t i = 0; i < patterns->count; i++) {
        ff_arena arena;
        ff_arena_init(&arena, 0);
        ff_literals literals = ff_literal_find(&arena, patterns->items[i].text);
        if (!literals.count)
            failed += complain(rule, patterns->items[i].at, "no literal of 3 bytes", patterns->items[i].text);
        ff_arena_release(&arena);
    }
    return failed;
}

static void every_pattern_has_a_literal(void **in)
{
    const state *s = *in;
    size_t count;
    int failed = 0;
    const ff_rule *rules = ff_catalog_rules(s->catalog, &count);
    for (size_t i = 0; i < count; i++)
        failed += check_literals(&rules[i], &rules[i].match) + check_literals(&rules[i], &rules[i].absent.patterns) +
                  check_literals(&rules[i], &rules[i].repeat.closed_by);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_finds_its_examples),
        cmocka_unit_test(no_rule_finds_its_near_misses),
        cmocka_unit_test(every_pattern_has_a_literal),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
