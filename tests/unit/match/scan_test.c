/* The conditions of a rule around its match, over the lines of a run. */
#include "base/limits.h"
#include "match/example.h"
#include "unit/match/scene.h"

/* Runs `rules` over `lines` in one step and compares what was found. */
static void expect_found(const char *rules, const char *lines, const char *expected)
{
    scene s;
    scene_open(&s, rules);
    scene_step(&s, "job", "step");
    scene_tell(&s, lines);
    scene_end(&s);
    if (strcmp(scene_found(&s), expected) != 0)
        fail_msg("%s on `%s`: %s, expected %s", rules, lines, scene_found(&s), expected);
    assert_false(s.run.notes.partial);
    scene_close(&s);
}

static void rules_look_only_at_lines_of_their_kinds(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.any, role: cause, match: quux, where: {text: any}}\n"
                   "  - {id: t.command, role: cause, match: quux, where: {text: command}}\n"
                   "  - {id: t.output, role: cause, match: quux}\n"
                   "  - {id: t.script, role: cause, match: quux, where: {text: script}}\n");
    scene_step(&s, "job", "step");
    for (unsigned kind = 0; kind < FF_LINE_KIND_COUNT; kind++)
        scene_say_as(&s, (ff_line_kind)kind, "a quux");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.any@1-9*9 t.output@1-9*5 t.script@2-2*1 t.command@8-8*1");
    scene_close(&s);
}

static void rules_look_only_where_their_globs_fit(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.deploy, role: cause, match: quux, where: {job: ['deploy*', release]}}\n"
                   "  - {id: t.health, role: cause, match: quux, where: {job: 'deploy*', step: '*ealth*'}}\n");
    scene_step(&s, "build", "Health check");
    scene_say(&s, "quux");
    scene_step(&s, "deploy-backend", "Build");
    scene_say(&s, "quux");
    scene_step(&s, "deploy-backend", "Health check");
    scene_say(&s, "quux");
    scene_step(&s, "release", "Health check");
    scene_say(&s, "quux");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.deploy@2-2*1 t.deploy@3-3*1 t.health@3-3*1 t.deploy@4-4*1");
    scene_close(&s);
}

static void a_veto_on_the_line_prevents_the_hit(void **in)
{
    (void)in;
    static const char RULE[] =
        "  - {id: t.a, role: cause, match: ['HTTP (?<s>\\d+)', 'HTTP'], unless: ['HTTP 2', ok]}\n";
    expect_found(RULE, "HTTP 500\n", "t.a@1-1*1");
    expect_found(RULE, "HTTP 200\nHTTP 500 ok\n", "");
    expect_found(RULE, "HTTP 200\nHTTP 500\n", "t.a@2-2*1");
}

static void the_first_pattern_that_matches_gives_the_captures(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.a, role: cause, match: ['first (?<a>\\w+)', 'second (?<b>\\w+)']}\n");
    scene_step(&s, "job", "step");
    scene_say(&s, "second x, first y");
    scene_end(&s);
    assert_int_equal(s.findings.items[0].count, 1);
    assert_string_equal(scene_capture(&s.findings.items[0], "a"), "y");
    assert_string_equal(scene_capture(&s.findings.items[0], "b"), "");
    scene_close(&s);
}

static void lines_below_complete_or_veto_a_hit(void **in)
{
    (void)in;
    static const struct {
        const char *follow, *lines, *expected;
    } ROWS[] = {
        {"lines: 2, found: below", "hit\nbelow\n", "t.a@1-1*1"},
        {"lines: 2, found: below", "hit\nother\nbelow\n", "t.a@1-1*1"},
        {"lines: 2, found: below", "hit\nother\nother\nbelow\n", ""},
        {"lines: 2, found: below", "hit and below\n", ""},
        {"lines: 2, found: below", "below\nhit\n", ""},
        {"lines: 2, found: below", "hit\n", ""},
        {"lines: 2, found: below", "hit\nhit\nbelow\n", "t.a@1-2*2"},
        {"lines: 1, found: below", "hit\nhit\nbelow\n", "t.a@2-2*1"},
        {"lines: 3, found: [below, deeper]", "hit\nbelow\ndeeper\n", "t.a@1-1*1"},
        {"lines: 3, found: [below, deeper]", "hit\ndeeper\nbelow\n", "t.a@1-1*1"},
        {"lines: 3, found: [below, deeper]", "hit\nbelow deeper\n", "t.a@1-1*1"},
        {"lines: 3, found: [below, deeper]", "hit\nbelow\nbelow\n", ""},
        {"lines: 2, unless_found: fine", "hit\nother\n", "t.a@1-1*1"},
        {"lines: 2, unless_found: fine", "hit\n", "t.a@1-1*1"},
        {"lines: 2, unless_found: fine", "hit\nother\nother\nfine\n", "t.a@1-1*1"},
        {"lines: 2, unless_found: fine", "hit\nother\nfine\n", ""},
        {"lines: 3, found: below, unless_found: fine", "hit\nbelow\nfine\n", ""},
        {"lines: 3, found: below, unless_found: fine", "hit\nbelow\nother\nother\n", "t.a@1-1*1"},
        {"lines: 3, found: below, unless_found: fine", "hit\nother\n", ""},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        char rule[256];
        (void)snprintf(rule, sizeof rule, "  - {id: t.a, role: cause, match: '^hit', follow: {%s}}\n", ROWS[i].follow);
        expect_found(rule, ROWS[i].lines, ROWS[i].expected);
    }
}

static void lines_above_complete_or_veto_a_hit(void **in)
{
    (void)in;
    static const struct {
        const char *before, *lines, *expected;
    } ROWS[] = {
        {"lines: 2, found: above", "above\nhit\n", "t.a@2-2*1"},
        {"lines: 2, found: above", "above\nother\nhit\n", "t.a@3-3*1"},
        {"lines: 2, found: above", "above\nother\nother\nhit\n", ""},
        {"lines: 2, found: above", "hit above\n", ""},
        {"lines: 2, found: above", "hit\nabove\n", ""},
        {"lines: 3, found: [above, higher]", "higher\nabove\nhit\n", "t.a@3-3*1"},
        {"lines: 3, found: [above, higher]", "above\nhit\n", ""},
        {"lines: 2, unless_found: fine", "hit\n", "t.a@1-1*1"},
        {"lines: 2, unless_found: fine", "fine\nother\nhit\n", ""},
        {"lines: 2, unless_found: fine", "fine\nother\nother\nhit\n", "t.a@4-4*1"},
        {"lines: 2, found: above, unless_found: fine", "above\nfine\nhit\n", ""},
        {"lines: 2, found: above, unless_found: fine", "fine\nabove\nother\nhit\n", "t.a@4-4*1"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        char rule[256];
        (void)snprintf(rule, sizeof rule, "  - {id: t.a, role: cause, match: '^hit', before: {%s}}\n", ROWS[i].before);
        expect_found(rule, ROWS[i].lines, ROWS[i].expected);
    }
}

static void windows_end_at_the_border_of_a_step(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.above, role: cause, match: '^hit', before: {lines: 9, found: above}}\n"
                   "  - {id: t.below, role: cause, match: '^hit', follow: {lines: 9, found: below}}\n"
                   "  - {id: t.clean, role: cause, match: '^hit', before: {lines: 9, unless_found: above}, "
                   "follow: {lines: 9, unless_found: below}}\n");
    scene_step(&s, "job", "one");
    scene_say(&s, "above");
    scene_step(&s, "job", "two");
    scene_say(&s, "hit");
    scene_step(&s, "job", "three");
    scene_say(&s, "below");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.clean@2-2*1");
    assert_int_equal(s.findings.items[0].step, 1);
    scene_close(&s);
}

static void windows_see_only_lines_of_the_kinds_of_the_rule(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.above, role: cause, match: '^hit', before: {lines: 3, found: around}}\n"
                   "  - {id: t.below, role: cause, match: '^hit', follow: {lines: 3, found: around}}\n"
                   "  - {id: t.clean, role: cause, match: '^hit', before: {lines: 3, unless_found: around}}\n");
    scene_step(&s, "job", "step");
    scene_say_as(&s, FF_LINE_SCRIPT, "around");
    scene_say(&s, "hit");
    scene_say_as(&s, FF_LINE_SCRIPT, "around");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.clean@2-2*1");
    scene_close(&s);
}

static void lines_around_the_first_hit_are_its_context_and_give_captures(void **in)
{
    (void)in;
    scene s;
    scene_open(&s,
               "  - {id: t.a, role: cause, match: '^hit (?<n>\\d)', before: {lines: 4, found: ['near (?<near>\\w+)', "
               "'far (?<far>\\w+)']}, follow: {lines: 4, found: 'below (?<low>\\w+)'}}\n");
    scene_step(&s, "job", "step");
    scene_tell(&s, "near x\nfar a\nnear b\nhit 1\nother\nbelow c\nnear d\nhit 2\nbelow e\n");
    scene_end(&s);
    const ff_finding *f = &s.findings.items[0];
    static const uint64_t LINES[] = {2, 3, 6};
    assert_string_equal(scene_found(&s), "t.a@4-4*1"); /* the second one has no far line within reach */
    assert_int_equal(f->context_count, 3);
    for (uint32_t i = 0; i < f->context_count; i++)
        assert_int_equal(f->context[i].place.line, LINES[i]);
    assert_true(ff_slice_eq(f->context[1].text, FF_LIT("near b")));
    static const char *const NAMES[] = {"n", "near", "far", "low"}, *const VALUES[] = {"1", "b", "a", "c"};
    assert_int_equal(f->capture_count, 4);
    for (uint32_t i = 0; i < f->capture_count; i++) {
        assert_true(ff_slice_eq(f->captures[i].name, ff_slice_of(NAMES[i])));
        assert_string_equal(scene_capture(f, NAMES[i]), VALUES[i]);
    }
    scene_close(&s);
}

static void absent_asks_for_what_did_not_happen_earlier(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.job, role: cause, match: '^health', absent: {found: migrated, within: job}}\n"
                   "  - {id: t.step, role: cause, match: '^health', absent: {found: migrated, within: step}}\n");
    scene_step(&s, "one", "a");
    scene_tell(&s, "health migrated\n"); /* line 1: not earlier */
    scene_tell(&s, "health\n");
    scene_step(&s, "one", "b");
    scene_tell(&s, "health\nmigrated\nhealth\n");
    scene_step(&s, "two", "a");
    scene_tell(&s, "health\n");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.job@1-1*1 t.step@1-1*1 t.step@3-3*1 t.job@6-6*1 t.step@6-6*1");
    scene_close(&s);
}

static void absent_looks_at_all_steps_of_the_job(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.a, role: cause, match: '^health', where: {step: check}, absent: {found: migrated}}\n");
    scene_step(&s, "one", "deploy");
    scene_say(&s, "migrated");
    scene_step(&s, "one", "check");
    scene_say(&s, "health");
    scene_step(&s, "two", "check");
    scene_say(&s, "health");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.a@3-3*1");
    scene_close(&s);
}

static void requires_removes_what_stands_alone_until_nothing_changes(void **in)
{
    (void)in;
    static const char RULES[] = "  - {id: t.a, role: cause, match: alpha}\n"
                                "  - {id: t.b, role: cause, match: beta, requires: {same_step: [t.a]}}\n"
                                "  - {id: t.c, role: cause, match: gamma, requires: {same_job: ['t.b']}}\n"
                                "  - {id: t.d, role: cause, match: delta, requires: {run: [t.x, 't.c*']}}\n"
                                "  - {id: t.x, role: cause, match: xi, requires: {run: [t.y]}}\n"
                                "  - {id: t.y, role: cause, match: ypsilon, requires: {run: [t.x]}}\n"
                                "  - {id: t.z, role: cause, match: zeta, requires: {run: ['t.z*']}}\n";
    static const struct {
        const char *first_step, *second_step, *other_job, *expected;
    } ROWS[] = {
        {"alpha\nbeta\n", "gamma\n", "delta\n", "t.a@1-1*1 t.b@2-2*1 t.c@3-3*1 t.d@4-4*1"},
        {"alpha\n", "beta\ngamma\n", "delta\n", "t.a@1-1*1"},
        {"beta\n", "gamma\n", "delta\n", ""},
        {"alpha\nbeta\n", "", "gamma\ndelta\n", "t.a@1-1*1 t.b@2-2*1"},
        {"xi\n", "", "ypsilon\n", "t.x@1-1*1 t.y@2-2*1"},
        {"xi\n", "", "delta\n", ""},
        {"zeta\n", "zeta\n", "zeta\n", ""},
        {"delta\n", "gamma\n", "alpha\nbeta\n", "t.a@3-3*1 t.b@4-4*1"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        scene s;
        scene_open(&s, RULES);
        scene_step(&s, "job", "one");
        scene_tell(&s, ROWS[i].first_step);
        scene_step(&s, "job", "two");
        scene_tell(&s, ROWS[i].second_step);
        scene_step(&s, "other", "one");
        scene_tell(&s, ROWS[i].other_job);
        scene_end(&s);
        if (strcmp(scene_found(&s), ROWS[i].expected) != 0)
            fail_msg("row %zu: %s, expected %s", i, scene_found(&s), ROWS[i].expected);
        scene_close(&s);
    }
}

static void a_rule_that_fails_is_set_aside_for_its_job_and_leaves_others_alone(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.bad, role: cause, match: '^quux (?:a+)+[bd]'}\n"
                   "  - {id: t.good, role: cause, match: 'quux'}\n"
                   "  - {id: t.veto, role: cause, match: 'quux', unless: '(?:a+)+[bd]'}\n");
    char line[128] = "quux ";
    memset(line + 5, 'a', 60);
    scene_step(&s, "first", "step");
    scene_say(&s, "quux ab");
    scene_say(&s, line);
    scene_say(&s, "quux ab");
    scene_step(&s, "first", "next");
    scene_say(&s, "quux ab");
    scene_step(&s, "second", "step");
    scene_say(&s, "quux ab");
    scene_say(&s, "quux c");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.bad@1-1*1 t.good@1-3*3 t.good@4-4*1 t.bad@5-5*1 t.good@5-6*2 t.veto@6-6*1");
    assert_true(scene_has_note(&s, "rule-quarantined"));
    assert_int_equal(s.run.notes.count, 2);
    assert_non_null(strstr(s.run.notes.items[0].text.ptr, "t.bad"));
    assert_non_null(strstr(s.run.notes.items[0].text.ptr, "`first`"));
    assert_non_null(strstr(s.run.notes.items[0].text.ptr, "match limit exceeded"));
    assert_non_null(strstr(s.run.notes.items[1].text.ptr, "t.veto"));
    scene_close(&s);
}

static void a_rule_that_fails_in_many_jobs_is_set_aside_for_the_run(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.bad, role: cause, match: '^quux (?:a+)+[bd]'}\n");
    char line[128] = "quux ", job[16];
    memset(line + 5, 'a', 60);
    for (int i = 0; i < 2 * FF_LIMIT_RULE_JOBS; i++) {
        (void)snprintf(job, sizeof job, "job %d", i);
        scene_step(&s, job, "step");
        scene_say(&s, "quux ab");
        scene_say(&s, line);
    }
    scene_end(&s);
    assert_int_equal(s.findings.count, FF_LIMIT_RULE_JOBS);
    assert_int_equal(s.run.notes.count, FF_LIMIT_RULE_JOBS + 1);
    assert_non_null(strstr(s.run.notes.items[FF_LIMIT_RULE_JOBS].text.ptr, "rest of the run"));
    scene_close(&s);
}

static void a_slow_rule_runs_out_of_time_and_leaves_others_alone(void **in)
{
    (void)in;
    static char line[2 * FF_LIMIT_LINE_BYTES];
    memset(line, ' ', sizeof line);
    memcpy(line + sizeof line - 5, "quux.", 5);
    scene s;
    scene_open(&s, "  - {id: t.good, role: cause, match: 'quux'}\n"
                   "  - {id: t.slow, role: cause, match: ' (?=[^y]*+y).*quux|zebra quux'}\n");
    scene_step(&s, "job", "step");
    uint32_t lines = 0;
    while (lines < 200 && !s.run.notes.partial) {
        scene_say_slice(&s, FF_LINE_OUTPUT, (ff_slice){line, sizeof line});
        lines++;
    }
    scene_say(&s, "quux");
    scene_end(&s);
    assert_true(scene_has_note(&s, "rule-quarantined"));
    const ff_finding *good = &s.findings.items[0];
    if (!ff_slice_eq(good->rule->id, FF_LIT("t.good")))
        good++;
    assert_int_equal(good->count, lines + 1);
    scene_close(&s);
}

static void more_waiting_hits_than_fit_are_left_out_with_a_note(void **in)
{
    (void)in;
    char rules[8192] = "";
    for (int i = 0; i < 40; i++)
        (void)snprintf(rules + strlen(rules), sizeof rules - strlen(rules),
                       "  - {id: t.r%d, role: cause, match: '^hit', follow: {lines: 64, found: below}}\n", i);
    scene s;
    scene_open(&s, rules);
    scene_step(&s, "job", "step");
    for (int i = 0; i < 60; i++)
        scene_say(&s, "hit");
    scene_say(&s, "below");
    scene_end(&s);
    uint32_t hits = 0;
    for (size_t i = 0; i < s.findings.count; i++)
        hits += s.findings.items[i].count;
    assert_int_equal(hits, FF_LIMIT_PENDING_HITS);
    assert_true(scene_has_note(&s, "pending-limit"));
    scene_close(&s);
}

static void secrets_are_masked_and_counted_once_they_are_kept(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.a, role: cause, match: '^hit (?<token>\\S+)', follow: {lines: 1, found: '^below'}}\n");
    scene_step(&s, "job", "step");
    scene_tell(&s, "hit ghp_abcdefghijklmnopqrstuvwxyz0123456789\nother\n");
    assert_int_equal(s.run.redactions, 0);
    scene_tell(&s, "hit ghp_abcdefghijklmnopqrstuvwxyz0123456789\nbelow\n");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.a@3-3*1");
    assert_true(ff_slice_eq(s.findings.items[0].first.text, FF_LIT("hit ***")));
    assert_string_equal(scene_capture(&s.findings.items[0], "token"), "***");
    assert_int_equal(s.run.redactions, 2);
    scene_close(&s);
}

static void patterns_see_the_body_and_evidence_shows_the_text(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.a, role: cause, match: '^hit', before: {lines: 1, found: '^above'}}\n");
    scene_step(&s, "job", "step");
    static const char ABOVE[] = "api-1  | above", HIT[] = "api-1  | hit";
    ff_line line = {.text = ff_slice_of(ABOVE), .body = FF_LIT("above")};
    line.body.ptr = line.text.ptr + 9;
    assert_int_equal(ff_scan_line(s.scan, &line), FF_OK);
    line.text = ff_slice_of(HIT);
    line.body = (ff_slice){line.text.ptr + 9, 3};
    assert_int_equal(ff_scan_line(s.scan, &line), FF_OK);
    scene_end(&s);
    assert_int_equal(s.findings.count, 1);
    assert_true(ff_slice_eq(s.findings.items[0].first.text, ff_slice_of(HIT)));
    assert_true(ff_slice_eq(s.findings.items[0].context[0].text, ff_slice_of(ABOVE)));
    scene_close(&s);
}

static void an_empty_scan_finds_nothing(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.a, role: cause, match: quux}\n");
    scene_end(&s);
    assert_int_equal(s.findings.count, 0);
    scene_close(&s);
}

static void an_example_is_tried_without_the_conditions_around_it(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.a, role: cause, match: '^hit', repeat: {at_least: 9}, where: {text: script, job: x}, "
                   "requires: {run: [t.b]}, absent: {found: nothing}, before: {lines: 3, found: above}}\n"
                   "  - {id: t.b, role: cause, match: 'hit'}\n");
    size_t count;
    const ff_rule *rules = ff_catalog_rules(s.catalog, &count);
    static const struct {
        const char *text;
        size_t alone, together;
    } ROWS[] = {
        {"above\nhit", 1, 2}, {"nothing\r\nabove\r\nhit\r\n", 1, 2}, {"hit\nabove", 0, 1}, {"", 0, 0}, {"\n", 0, 0}};
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        for (int all = 0; all < 2; all++) {
            ff_run run;
            ff_findings findings;
            ff_run_init(&run, &s.arena);
            ff_slice text = ff_slice_of(ROWS[i].text);
            assert_int_equal(ff_match_example(s.matcher, all ? NULL : &rules[0], text, &run, &findings), FF_OK);
            assert_int_equal(findings.count, all ? ROWS[i].together : ROWS[i].alone);
        }
    scene_close(&s);
}

static void a_pattern_that_does_not_compile_is_named_with_its_place(void **in)
{
    (void)in;
    ff_catalog *catalog = NULL;
    ff_matcher *matcher = NULL;
    ff_error error = {0};
    static const char YAML[] = "family: t\nrules:\n  - id: t.a\n    title: T\n    role: cause\n    match: fine\n"
                               "    follow: {lines: 2, found: ['ok', '(oops']}\n"
                               "    examples: {match: [a, b], no_match: [c, d]}\n";
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    assert_int_equal(ff_catalog_add_bytes(catalog, "mine.yaml", ff_slice_of(YAML), "user", &error), FF_OK);
    assert_int_equal(ff_catalog_finish(catalog, &error), FF_OK);
    assert_int_equal(ff_matcher_new(&matcher, catalog, &error), FF_INVALID);
    assert_null(matcher);
    assert_string_equal(error.text,
                        "mine.yaml:7:38: pattern does not compile: missing closing parenthesis at offset 5");
    ff_catalog_free(catalog);
}

static void without_memory_a_scan_says_so(void **in)
{
    (void)in;
    size_t failed = 0;
    for (size_t limit = 0; limit < 6000; limit += 64) {
        scene s;
        scene_open(&s, "  - {id: t.a, role: cause, match: 'quux (?<n>\\w+)'}\n");
        scene_step(&s, "job", "step");
        scene_tell(&s, "quux a\nquux b\nquux c\nquux d\n");
        s.arena.limit = s.arena.used + limit + 1;
        ff_error error = {0};
        ff_status status = ff_scan_finish(s.scan, &s.findings, &error);
        failed += status == FF_NOMEM;
        assert_true(status == FF_NOMEM || (status == FF_OK && s.findings.count == 1));
        assert_true(status == FF_OK || error.status == FF_NOMEM);
        scene_close(&s);
    }
    assert_true(failed > 10 && failed < 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_look_only_at_lines_of_their_kinds),
        cmocka_unit_test(rules_look_only_where_their_globs_fit),
        cmocka_unit_test(a_veto_on_the_line_prevents_the_hit),
        cmocka_unit_test(the_first_pattern_that_matches_gives_the_captures),
        cmocka_unit_test(lines_below_complete_or_veto_a_hit),
        cmocka_unit_test(lines_above_complete_or_veto_a_hit),
        cmocka_unit_test(windows_end_at_the_border_of_a_step),
        cmocka_unit_test(windows_see_only_lines_of_the_kinds_of_the_rule),
        cmocka_unit_test(lines_around_the_first_hit_are_its_context_and_give_captures),
        cmocka_unit_test(absent_asks_for_what_did_not_happen_earlier),
        cmocka_unit_test(absent_looks_at_all_steps_of_the_job),
        cmocka_unit_test(requires_removes_what_stands_alone_until_nothing_changes),
        cmocka_unit_test(a_rule_that_fails_is_set_aside_for_its_job_and_leaves_others_alone),
        cmocka_unit_test(a_rule_that_fails_in_many_jobs_is_set_aside_for_the_run),
        cmocka_unit_test(a_slow_rule_runs_out_of_time_and_leaves_others_alone),
        cmocka_unit_test(more_waiting_hits_than_fit_are_left_out_with_a_note),
        cmocka_unit_test(secrets_are_masked_and_counted_once_they_are_kept),
        cmocka_unit_test(patterns_see_the_body_and_evidence_shows_the_text),
        cmocka_unit_test(an_empty_scan_finds_nothing),
        cmocka_unit_test(an_example_is_tried_without_the_conditions_around_it),
        cmocka_unit_test(a_pattern_that_does_not_compile_is_named_with_its_place),
        cmocka_unit_test(without_memory_a_scan_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
