/* What list, show, explain and draft print: the parts that their readers rely on. */
#include "unit/workshop/rules.h"
#include "workshop/draft.h"
#include "workshop/explain.h"
#include "workshop/list.h"
#include "workshop/show.h"
#include "workshop/trial.h"

#include <stdlib.h>
#include <unistd.h>

static const char RULES[] =
    "family: t\nabout: Things of tests.\nrules:\n"
    "  - {id: t.a, title: 'No ${what}$[ in ${file}]', about: It is gone., role: cause, tags: [x],\n"
    "     match: 'quux (?<what>\\w+)', unless: fine, caused_by: 't.b', fix: [{say: 'Look for `${what}`.'}],\n"
    "     examples: {match: [quux lost, quux gone], no_match: [quux fine, x]}}\n"
    "  - {id: t.b, title: B, role: noise, severity: note, match: 'corge', examples: {match: [corge], no_match: [x]}}\n";

static ff_buf list(const char *format, const char *const *globs, size_t count)
{
    ff_catalog *catalog = rules_load(RULES);
    ff_list_choice choice = {.format = format, .globs = globs, .glob_count = count};
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_list_write(catalog, &choice, &out), FF_OK);
    ff_catalog_free(catalog);
    return out;
}

static void the_list_counts_families_and_names_what_a_glob_fits(void **in)
{
    (void)in;
    static const char *const ONE[] = {"*.b"}, *const NONE[] = {"u.*"};
    ff_buf out = list("text", NULL, 0);
    rules_expect(ff_buf_slice(&out), "2 rules, 1 family");
    rules_expect(ff_buf_slice(&out), "built-in   Things of tests.");
    ff_buf_release(&out);
    out = list("text", ONE, 1);
    rules_expect(ff_buf_slice(&out), "t.b");
    assert_int_equal(ff_slice_find(ff_buf_slice(&out), FF_LIT("t.a")), SIZE_MAX);
    ff_buf_release(&out);
    ff_catalog *catalog = rules_load(RULES);
    ff_buf_init(&out, 100);
    ff_list_choice none = {.format = "text", .globs = NONE, .glob_count = 1};
    assert_int_equal(ff_list_write(catalog, &none, &out), FF_NOT_FOUND);
    ff_buf_release(&out);
    ff_catalog_free(catalog);
}

static void markdown_and_json_say_what_a_rule_says(void **in)
{
    (void)in;
    ff_buf out = list("markdown", NULL, 0);
    rules_expect(ff_buf_slice(&out),
                 "## The family t\nThings of tests.\n\n### `t.a`\nNo `what`[ in `file`] · *cause, error*\n");
    rules_expect(ff_buf_slice(&out), "- Do: Look for `${what}`.\n- Caused by `t.b`\n");
    ff_buf_release(&out);
    out = list("json", NULL, 0);
    rules_expect(ff_buf_slice(&out), "\"schema\": \"firstfault.catalog/1\"");
    rules_expect(ff_buf_slice(&out), "\"caused_by\": [\n        \"t.b\"\n      ]");
    rules_expect(ff_buf_slice(&out), "\"file\": \"t.yaml\",\n      \"line\": 4");
    ff_buf_release(&out);
}

static void a_rule_is_shown_with_its_literals(void **in)
{
    (void)in;
    ff_catalog *catalog = rules_load(RULES);
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_show_rule(ff_catalog_find(catalog, FF_LIT("t.a")), &out);
    rules_expect(ff_buf_slice(&out), "t.a  (cause, error)\n  from          built-in, t.yaml:4\n");
    rules_expect(ff_buf_slice(&out), "quux (?<what>\\w+)\n                  needs \"quux \"\n");
    rules_expect(ff_buf_slice(&out), "  spares        quux fine\n                x\n");
    ff_buf_release(&out);
    ff_catalog_free(catalog);
}

static void a_rule_is_shown_with_its_questions_and_edits(void **in)
{
    (void)in;
    ff_catalog *catalog =
        rules_load("family: t\nrules:\n  - id: t.a\n    title: A\n    role: cause\n    match: 'quux (?<what>\\w)'\n"
                   "    verify: [{probe: mentions, text: '${what}', found: suggests, missing: weakens}]\n"
                   "    fix:\n"
                   "      - {say: Drop it., edit: {drop: 'get ${what}', instead: 'true'}}\n"
                   "      - {say: Log it., edit: {before: exit 1, insert: show}}\n"
                   "      - {say: Say it., edit: {line: '-s', becomes: '-sS'}}\n"
                   "    examples: {match: [quux a], no_match: [x]}\n");
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_show_rule(ff_catalog_find(catalog, FF_LIT("t.a")), &out);
    rules_expect(ff_buf_slice(&out), "  edit drop     get ${what}\n    instead     true\n");
    rules_expect(ff_buf_slice(&out), "  edit before   exit 1\n    insert      show\n");
    rules_expect(ff_buf_slice(&out), "  edit line     -s\n    becomes     -sS\n");
    rules_expect(ff_buf_slice(&out), "    found       suggests\n    missing     weakens\n");
    ff_buf_release(&out);
    ff_catalog_free(catalog);
}

/* A file that lives as long as the test. */
static void write_log(char path[32], const char *text)
{
    (void)snprintf(path, 32, "/tmp/workshop-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    (void)close(file);
}

static void explain_tells_hit_literal_veto_fold_and_score(void **in)
{
    (void)in;
    static const char *const PARTS[] = {
        ":1  output  a quux lost\n  hit     t.a\n          pattern 5:13  quux (?<what>\\w+)\n",
        "          let through by \"quux \"\n",
        ":2  output  a quux fine\n  vetoed  t.a\n",
        "          unless  5:42  fine\n",
        "  miss    t.a, pattern 5:13 let through by \"quux \"\n",
        "Findings: 1\n  t.a  line 1 to 4, 2 hits in one\n          what = lost and 1 more\n",
        "  1  t.a  ",
        "          +2.0 role-cause: ",
    };
    char path[32];
    ff_buf out;
    ff_error error = {0};
    ff_catalog *catalog = rules_load(RULES);
    write_log(path,
              "a quux lost\na quux fine\na quux \xC3\xA9\nquux gone\n##[error]Process completed with exit code 1.\n");
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_explain_run(catalog, path, &out, &error), FF_OK);
    for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++)
        rules_expect(ff_buf_slice(&out), PARTS[i]);
    ff_buf_reset(&out);
    assert_int_equal(ff_explain_run(catalog, "/nonexistent", &out, &error), FF_NOT_FOUND);
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    (void)unlink(path);
}

static void explain_takes_any_text(void **in)
{
    (void)in;
    char path[32];
    ff_buf out;
    ff_error error = {0};
    ff_catalog *catalog = rules_load(RULES);
    write_log(path, "<html><body>quux lost</body></html>");
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_explain_run(catalog, path, &out, &error), FF_OK);
    rules_expect(ff_buf_slice(&out), "hit     t.a");
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    (void)unlink(path);
}

static void a_draft_loads_and_passes_its_trial(void **in)
{
    (void)in;
    char path[32];
    size_t rules = 0;
    ff_buf out;
    ff_error error = {0};
    ff_catalog *catalog = rules_load(RULES);
    write_log(
        path,
        "fine so far\nerror: it's 'broken' at src/a.c:12 (code 7)\n##[error]Process completed with exit code 1.\n");
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_draft_run(&(ff_draft){.catalog = catalog, .target = path}, &out, &rules, &error), FF_OK);
    assert_int_equal(rules, 1);
    rules_expect(ff_buf_slice(&out), "  - id: mine.error-code\n");
    ff_buf_add_byte(&out, '\0');
    ff_catalog *drafted = rules_load(out.ptr);
    ff_trial_tally tally;
    ff_buf complaints;
    ff_buf_init(&complaints, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_trial_run(drafted, NULL, &complaints, &tally, &error), FF_OK);
    assert_int_equal(tally.examples, 4);
    if (tally.complaints)
        fail_msg("%.*s", FF_ARG(ff_buf_slice(&complaints)));
    ff_catalog_free(drafted);
    ff_buf_release(&complaints);
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    (void)unlink(path);
}

static void what_a_rule_knows_is_not_drafted(void **in)
{
    (void)in;
    char path[32];
    size_t rules = 7;
    ff_buf out;
    ff_catalog *catalog = rules_load(RULES);
    write_log(path, "quux lost\n##[error]Process completed with exit code 1.\n");
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_draft_run(&(ff_draft){.catalog = catalog, .target = path}, &out, &rules, NULL), FF_OK);
    assert_int_equal(rules, 0);
    assert_int_equal(out.len, 0);
    ff_buf_release(&out);
    ff_catalog_free(catalog);
    (void)unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_counts_families_and_names_what_a_glob_fits),
        cmocka_unit_test(markdown_and_json_say_what_a_rule_says),
        cmocka_unit_test(a_rule_is_shown_with_its_literals),
        cmocka_unit_test(a_rule_is_shown_with_its_questions_and_edits),
        cmocka_unit_test(explain_tells_hit_literal_veto_fold_and_score),
        cmocka_unit_test(explain_takes_any_text),
        cmocka_unit_test(a_draft_loads_and_passes_its_trial),
        cmocka_unit_test(what_a_rule_knows_is_not_drafted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
