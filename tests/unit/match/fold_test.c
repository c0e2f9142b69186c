/* How hits fold into findings. */
#include "base/limits.h"
#include "unit/match/scene.h"

#define LOOP                                                              \
    "  - {id: t.loop, role: symptom, match: 'answered (?<status>\\d+)', " \
    "repeat: {at_least: 3, same: [status], closed_by: '^gave up(?: after (?<limit>\\d+))?'}}\n"
#define PLAIN "  - {id: t.plain, role: cause, match: 'missing (?<name>\\w+)'}\n"

static void without_repeat_all_hits_of_a_step_are_one_finding(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, PLAIN);
    scene_step(&s, "job", "one");
    scene_tell(&s, "missing a\nother\nmissing b\nmissing a\n");
    scene_step(&s, "job", "two");
    scene_tell(&s, "missing c\n");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.plain@1-4*3 t.plain@5-5*1");
    assert_string_equal(scene_capture(&s.findings.items[0], "name"), "a,b");
    assert_string_equal(scene_capture(&s.findings.items[1], "name"), "c");
    assert_string_equal(scene_capture(&s.findings.items[1], "other"), "");
    assert_int_equal(s.findings.items[1].step, 1);
    assert_int_equal(s.findings.items[1].first.sequence, 5);
    assert_false(s.run.notes.partial);
    scene_close(&s);
}

/* A loop's answers, `!` for the closing line; then its findings as values and count. */
static void loops_split_where_the_value_changes_and_short_pieces_join(void **in)
{
    (void)in;
    static const struct {
        const char *answers, *expected;
    } ROWS[] = {
        {"500 500", ""},
        {"500 500 500", "500*3"},
        {"500 500 500 502 502 502", "500*3 502*3"},
        {"000 000 500 500 500", "000,500*5"},
        {"000 500 502", "000,500,502*3"},
        {"500 500 500 502", "500,502*4"},
        {"500 500 500 502 500 500 500", "500,502*7"},
        {"500 500 500 502 503 503 503", "500,502*4 503*3"},
        {"500 500 500 502 503 504 504 504", "500,502,503*5 504*3"},
        {"500 502 500 502 500 502", "500,502*6"},
        {"500 500 500 502 502 502 503", "500*3 502,503*4"},
        {"500 !", ""},
        {"500 500 !", "500*3!"},
        {"500 500 500 502 !", "500,502*5!"},
        {"500 500 500 502 502 !", "500*3 502*3!"},
        {"500 500 500 ! 500 500 500 !", "500*4! 500*4!"},
        {"! 500 500 500 !", "500*4!"},
        {"500 500 500 ! !", "500*4!"},
        {"500 500 500 ! 502", "500*4!"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        scene s;
        scene_open(&s, LOOP);
        scene_step(&s, "job", "step");
        ff_slice rest = ff_slice_of(ROWS[i].answers), answer;
        while (ff_slice_take_until(&rest, ' ', &answer)) {
            char line[64];
            (void)snprintf(line, sizeof line, "answered %.*s", FF_ARG(answer));
            scene_say(&s, answer.ptr[0] == '!' ? "gave up" : line);
        }
        scene_end(&s);
        char got[256] = "";
        size_t used = 0;
        for (size_t j = 0; j < s.findings.count; j++) {
            const ff_finding *f = &s.findings.items[j];
            used += (size_t)snprintf(got + used, sizeof got - used, "%s%s*%u%s", j ? " " : "",
                                     scene_capture(f, "status"), f->count, f->closed ? "!" : "");
        }
        if (strcmp(got, ROWS[i].expected) != 0)
            fail_msg("%s: %s, expected %s", ROWS[i].answers, got, ROWS[i].expected);
        scene_close(&s);
    }
}

static void a_closing_line_is_the_last_hit_and_its_captures_join(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, LOOP);
    scene_step(&s, "job", "step");
    for (int i = 0; i < 19; i++)
        scene_say(&s, "answered 500");
    scene_tell(&s, "between\ngave up after 20, answered 500\n");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.loop@1-21*20");
    const ff_finding *f = &s.findings.items[0];
    assert_true(f->closed);
    assert_string_equal(scene_capture(f, "limit"), "20");
    assert_string_equal(scene_capture(f, "status"), "500");
    assert_true(ff_slice_eq(f->first.text, FF_LIT("answered 500")));
    assert_true(ff_slice_eq(f->last.text, FF_LIT("gave up after 20, answered 500")));
    scene_close(&s);
}

static void loops_end_with_their_step(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, LOOP);
    scene_step(&s, "job", "one");
    scene_tell(&s, "answered 500\nanswered 500\n");
    scene_step(&s, "job", "two");
    scene_tell(&s, "answered 500\ngave up\n");
    scene_step(&s, "other", "one");
    scene_tell(&s, "gave up\n");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "");
    scene_close(&s);
}

static void a_hit_without_the_capture_continues_the_loop(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.loop, role: symptom, match: ['answered (?<status>\\d+)', 'no answer'], "
                   "repeat: {at_least: 2, same: [status]}}\n");
    scene_step(&s, "job", "step");
    scene_tell(&s, "no answer\nanswered 500\nno answer\nanswered 500\nanswered 502\nanswered 502\nno answer\n");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.loop@1-4*4 t.loop@5-7*3");
    scene_close(&s);
}

static void several_captures_are_the_same_only_together(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.two, role: symptom, match: 'call (?<name>\\w+) (?<status>\\d+)', "
                   "repeat: {same: [name, status]}}\n");
    scene_step(&s, "job", "step");
    scene_tell(&s, "call a 1\ncall a 1\ncall b 1\ncall b 2\ncall a 1\n");
    scene_end(&s);
    assert_string_equal(scene_found(&s), "t.two@1-2*2 t.two@3-3*1 t.two@4-4*1 t.two@5-5*1");
    scene_close(&s);
}

static void evidence_is_the_second_hit_and_the_last_few(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, PLAIN);
    scene_step(&s, "job", "step");
    for (int i = 1; i <= 20; i++)
        scene_say(&s, "missing x");
    scene_end(&s);
    static const uint64_t EXPECTED[] = {2, 16, 17, 18, 19};
    const ff_finding *f = &s.findings.items[0];
    assert_int_equal(f->context_count, sizeof EXPECTED / sizeof *EXPECTED);
    for (uint32_t i = 0; i < f->context_count; i++)
        assert_int_equal(f->context[i].place.line, EXPECTED[i]);
    scene_close(&s);
}

static void short_loops_show_each_hit_once(void **in)
{
    (void)in;
    for (int hits = 1; hits <= 9; hits++) {
        scene s;
        scene_open(&s, PLAIN);
        scene_step(&s, "job", "step");
        for (int i = 0; i < hits; i++)
            scene_say(&s, "missing x");
        scene_end(&s);
        const ff_finding *f = &s.findings.items[0];
        assert_int_equal(f->last.place.line, hits);
        assert_int_equal(f->context_count, hits > 7 ? 5 : hits > 2 ? hits - 2 : 0);
        for (uint32_t i = 1; i < f->context_count; i++)
            assert_true(f->context[i - 1].sequence < f->context[i].sequence);
        scene_close(&s);
    }
}

static void tens_of_thousands_of_hits_take_constant_memory(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, PLAIN LOOP);
    scene_step(&s, "job", "step");
    for (int i = 0; i < 30000; i++) {
        char line[64];
        (void)snprintf(line, sizeof line, "missing n%d, answered %d", i, 100 + i / 7 % 2);
        scene_say(&s, line);
    }
    scene_end(&s);
    const ff_finding *f = &s.findings.items[0];
    if (!ff_slice_eq(f->rule->id, FF_LIT("t.plain")))
        f = &s.findings.items[1];
    const ff_capture *names = ff_finding_capture(f, FF_LIT("name"));
    assert_int_equal(f->count, 30000);
    assert_int_equal(names->count, FF_LIMIT_CAPTURE_VALUES);
    assert_true(names->more);
    assert_true(s.arena.used < 256 * 1024);
    /* Of the other rule: a change every seven hits. Nothing is lost, its last finding takes the rest. */
    assert_int_equal(s.run.notes.count, 1);
    assert_string_equal(s.run.notes.items[0].code, "findings-joined");
    assert_false(s.run.notes.partial);
    assert_int_equal(s.findings.count, 1 + FF_LIMIT_FINDINGS_PER_RULE);
    uint32_t hits = 0;
    for (size_t i = 0; i < s.findings.count; i++)
        hits += s.findings.items[i].count;
    assert_int_equal(hits, 2 * 30000);
    scene_close(&s);
}

static void more_findings_than_a_run_may_have_are_left_out_with_a_note(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, PLAIN);
    for (uint32_t i = 0; i <= FF_LIMIT_FINDINGS; i++) {
        assert_false(s.run.notes.partial);
        scene_step(&s, i < FF_LIMIT_FINDINGS ? "first" : "second", "step");
        scene_say(&s, "missing x");
    }
    scene_end(&s);
    assert_int_equal(s.findings.count, FF_LIMIT_FINDINGS);
    assert_true(scene_has_note(&s, "findings-limit"));
    scene_close(&s);
}

static void findings_past_their_bytes_are_left_out_with_a_note(void **in)
{
    (void)in;
    enum { NAMES = 30, LINES = 32 };
    char rules[4096] = "  - {id: t.wide, role: cause, match: 'quux", line[8192], value[256] = "";
    for (int i = 0; i < NAMES; i++)
        (void)snprintf(rules + strlen(rules), sizeof rules - strlen(rules), " (?<n%d>\\w+)", i);
    (void)snprintf(rules + strlen(rules), sizeof rules - strlen(rules), "'}\n");
    memset(value, 'v', sizeof value - 1);
    scene s;
    scene_open(&s, rules);
    for (int step = 0; step < 100; step++) {
        scene_step(&s, "job", "step");
        for (int i = 0; i < LINES; i++) {
            size_t used = (size_t)snprintf(line, sizeof line, "quux");
            for (int j = 0; j < NAMES; j++)
                used += (size_t)snprintf(line + used, sizeof line - used, " %d%.*s", i, 220, value);
            scene_say(&s, line);
        }
    }
    scene_end(&s);
    assert_true(s.findings.count > 20 && s.findings.count < 100);
    assert_true(s.arena.used < FF_LIMIT_FINDING_BYTES + FF_LIMIT_FINDING_BYTES / 4);
    assert_true(scene_has_note(&s, "findings-limit"));
    scene_close(&s);
}

static void long_values_and_secrets_are_made_safe(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.all, role: cause, match: 'missing (?<name>.*)'}\n");
    scene_step(&s, "job", "step");
    char line[2000];
    memset(line, 'x', sizeof line - 1);
    line[sizeof line - 1] = '\0';
    memcpy(line, "missing \x1b[1m", 12);
    scene_say(&s, line);
    scene_say(&s, "missing ghp_abcdefghijklmnopqrstuvwxyz0123456789");
    scene_end(&s);
    const ff_finding *f = &s.findings.items[0];
    const ff_capture *name = ff_finding_capture(f, FF_LIT("name"));
    assert_true(f->first.text.len <= FF_LIMIT_KEPT_LINE_BYTES);
    assert_int_equal(name->count, 2);
    assert_true(name->values[0].len <= FF_LIMIT_CAPTURE_BYTES);
    assert_int_equal(ff_slice_find_byte(f->first.text, '\x1b'), SIZE_MAX);
    assert_true(ff_slice_eq(f->last.text, FF_LIT("missing ***")));
    assert_true(ff_slice_eq(name->values[1], FF_LIT("***")));
    assert_int_equal(s.run.redactions, 2); /* in the line and in the capture */
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_repeat_all_hits_of_a_step_are_one_finding),
        cmocka_unit_test(loops_split_where_the_value_changes_and_short_pieces_join),
        cmocka_unit_test(a_closing_line_is_the_last_hit_and_its_captures_join),
        cmocka_unit_test(loops_end_with_their_step),
        cmocka_unit_test(a_hit_without_the_capture_continues_the_loop),
        cmocka_unit_test(several_captures_are_the_same_only_together),
        cmocka_unit_test(evidence_is_the_second_hit_and_the_last_few),
        cmocka_unit_test(short_loops_show_each_hit_once),
        cmocka_unit_test(tens_of_thousands_of_hits_take_constant_memory),
        cmocka_unit_test(more_findings_than_a_run_may_have_are_left_out_with_a_note),
        cmocka_unit_test(findings_past_their_bytes_are_left_out_with_a_note),
        cmocka_unit_test(long_values_and_secrets_are_made_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
