/* Windows that take what may be there and end early, captures made of captures, and who watches. */
#include "unit/match/scene.h"

/* Runs one rule over lines and compares its findings and one capture of the first of them. */
static void expect(const char *rule, const char *lines, const char *found, const char *capture, const char *value)
{
    scene s;
    scene_open(&s, rule);
    scene_step(&s, "job", "step");
    scene_tell(&s, lines);
    scene_end(&s);
    if (strcmp(scene_found(&s), found) != 0)
        fail_msg("%s on `%s`: %s, expected %s", rule, lines, scene_found(&s), found);
    if (capture && strcmp(scene_capture(&s.findings.items[0], capture), value) != 0)
        fail_msg("%s on `%s`: %s is %s, expected %s", rule, lines, capture,
                 scene_capture(&s.findings.items[0], capture), value);
    scene_close(&s);
}

static void what_may_follow_joins_if_it_is_there(void **in)
{
    (void)in;
    static const char RULE[] = "  - {id: t.a, role: cause, match: '^FAIL (?<test>\\w+)', follow: {lines: 3, "
                               "maybe: ['^want (?<expected>\\w+)', '^got (?<actual>\\w+)'], until: '^FAIL'}}\n";
    expect(RULE, "FAIL a\n", "t.a@1-1*1", "expected", "");
    expect(RULE, "FAIL a\nwant 1\ngot 2\n", "t.a@1-1*1", "expected", "1");
    expect(RULE, "FAIL a\nwant 1\ngot 2\n", "t.a@1-1*1", "actual", "2");
    expect(RULE, "FAIL a\nx\ngot 2\nwant 1\n", "t.a@1-1*1", "expected", "1");
    expect(RULE, "FAIL a\nx\nx\nx\nwant 1\n", "t.a@1-1*1", "expected", "");
    expect(RULE, "FAIL a\nwant 1\nwant 2\n", "t.a@1-1*1", "expected", "1");
    expect(RULE, "FAIL a\nFAIL b\nwant 1\n", "t.a@1-2*2", "test", "a,b");
    expect(RULE, "FAIL a\ngot 2\nFAIL b\nwant 1\n", "t.a@1-3*2", "expected", "1");
}

static void until_cuts_the_window_before_what_must_follow(void **in)
{
    (void)in;
    static const char RULE[] =
        "  - {id: t.a, role: cause, match: '^head', follow: {lines: 5, found: '^body', until: '^end'}}\n";
    expect(RULE, "head\nbody\n", "t.a@1-1*1", NULL, NULL);
    expect(RULE, "head\nend\nbody\n", "", NULL, NULL);
    expect(RULE, "head\nbody\nend\n", "t.a@1-1*1", NULL, NULL);
}

/* The second test is complete at once, the first waits to the end of its window: they fold in the order of the log. */
static void hits_fold_in_log_order_whatever_they_wait_for(void **in)
{
    (void)in;
    static const char RULE[] =
        "  - {id: t.a, role: cause, match: '^FAIL (?<test>\\w+)', follow: {lines: 4, maybe: '^why (?<why>\\w+)'}}\n";
    expect(RULE, "FAIL a\nFAIL b\nx\nx\nx\nx\n", "t.a@1-2*2", "test", "a,b");
    static const char STRICT[] = "  - {id: t.a, role: cause, match: '^FAIL (?<test>\\w+)', follow: {lines: 4, found: "
                                 "'^why', unless_found: '^never'}}\n"
                                 "  - {id: t.b, role: cause, match: '^FAIL (?<test>b)', follow: {lines: 4, found: "
                                 "'^why'}}\n";
    expect(STRICT, "FAIL a\nFAIL b\nwhy\nx\nx\nx\nx\n", "t.a@1-2*2 t.b@2-2*1", "test", "a,b");
}

static void what_may_stand_above_joins_and_until_ends_the_look(void **in)
{
    (void)in;
    static const char RULE[] = "  - {id: t.a, role: cause, match: '^  (?<line>\\d+) error', before: {lines: 4, "
                               "maybe: '^file (?<file>\\w+)', until: '^done'}}\n";
    expect(RULE, "file a\n  3 error\n", "t.a@2-2*1", "file", "a");
    expect(RULE, "  3 error\n", "t.a@1-1*1", "file", "");
    expect(RULE, "file a\nfile b\n  3 error\n", "t.a@3-3*1", "file", "b");
    expect(RULE, "file a\ndone\n  3 error\n", "t.a@3-3*1", "file", "");
    static const char STRICT[] =
        "  - {id: t.a, role: cause, match: '^error', before: {lines: 4, found: '^file', until: '^done'}}\n";
    expect(STRICT, "file\ndone\nerror\n", "", NULL, NULL);
    expect(STRICT, "done\nfile\nerror\n", "t.a@3-3*1", NULL, NULL);
}

static void captures_are_composed_of_captures(void **in)
{
    (void)in;
    static const char RULE[] =
        "  - {id: t.a, role: cause, match: '^\\d\\) (?<suite>.+)', follow: {lines: 2, maybe: "
        "'^  (?<name>\\w+):'}, compose: {test: '${suite} ${name}', place: '$[${name} in ]${suite}'}}\n";
    expect(RULE, "1) Cart total\n  adds:\n", "t.a@1-1*1", "test", "Cart total adds");
    expect(RULE, "1) Cart total\n  adds:\n", "t.a@1-1*1", "place", "adds in Cart total");
    expect(RULE, "1) Cart total\nx\n", "t.a@1-1*1", "test", "");
    expect(RULE, "1) Cart total\nx\n", "t.a@1-1*1", "place", "Cart total");
    expect(RULE, "1) Cart\n  adds:\n2) Cart\n  drops:\n", "t.a@1-3*2", "test", "Cart adds,Cart drops");
}

static void alternatives_may_give_one_name(void **in)
{
    (void)in;
    static const char RULE[] =
        "  - {id: t.a, role: cause, match: '^quux (?:in (?<file>\\w+)|of \"(?<file>[^\"]+)\")'}\n";
    expect(RULE, "quux in a\n", "t.a@1-1*1", "file", "a");
    expect(RULE, "quux of \"b c\"\n", "t.a@1-1*1", "file", "b c");
}

static void a_composed_capture_can_tell_pieces_apart(void **in)
{
    (void)in;
    expect("  - {id: t.a, role: cause, match: '^(?<a>\\w+)-(?<b>\\w+) quux', compose: {both: '${a}/${b}'}, "
           "repeat: {same: [both]}}\n",
           "x-1 quux\nx-1 quux\nx-2 quux\n", "t.a@1-2*2 t.a@3-3*1", "both", "x/1");
}

static void a_secret_stays_masked_in_what_is_composed(void **in)
{
    (void)in;
    scene s;
    scene_open(&s, "  - {id: t.a, role: cause, match: '^(?<k>pass\\w+)=(?<v>\\S+) quux', compose: {both: '${k}=${v}', "
                   "alone: 'v is ${v}'}}\n");
    scene_step(&s, "job", "step");
    scene_say(&s, "password=hunter2hunter2 quux");
    scene_end(&s);
    assert_null(strstr(scene_capture(&s.findings.items[0], "both"), "hunter2"));
    assert_string_equal(scene_capture(&s.findings.items[0], "alone"), "v is ***");
    scene_close(&s);
}

/* One letter an event: what became of the patterns, in order. */
static void note_event(void *self, const ff_watch_event *event)
{
    static const char LETTERS[FF_WATCH_COUNT + 1] = "HWMEVABPSC";
    char *text = self;
    size_t used = strlen(text);
    text[used] = LETTERS[event->kind];
    text[used + 1] = '\0';
}

static void who_watches_learns_what_became_of_each_pattern(void **in)
{
    (void)in;
    static const struct {
        const char *rule, *lines, *events;
    } ROWS[] = {
        {"  - {id: t.a, role: cause, match: 'quux \\d'}\n", "quux 1\nquux x\nother\n", "HM"},
        {"  - {id: t.a, role: cause, match: quux, unless: fine}\n", "quux fine\n", "V"},
        {"  - {id: t.a, role: cause, match: quux, before: {lines: 2, found: head}}\n", "quux\nhead\nquux\n", "AH"},
        {"  - {id: t.a, role: cause, match: quux, follow: {lines: 1, found: tail}}\n", "quux\nx\nquux\ntail\n", "WBW"},
        {"  - {id: t.a, role: cause, match: quux, where: {text: script}}\n", "quux\n", "E"},
        {"  - {id: t.a, role: cause, match: quux, where: {job: other}}\n", "quux\n", "E"},
        {"  - {id: t.a, role: cause, match: quux, absent: {found: began}}\n", "quux\nbegan\nquux\n", "HP"},
        {"  - {id: t.a, role: cause, match: quux, repeat: {closed_by: gave up}}\n", "quux\ngave up\n", "HC"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        char events[64] = "";
        scene s;
        scene_open(&s, ROWS[i].rule);
        ff_scan_watch(s.scan, note_event, events);
        scene_step(&s, "job", "step");
        scene_tell(&s, ROWS[i].lines);
        scene_end(&s);
        if (strcmp(events, ROWS[i].events) != 0)
            fail_msg("%s: %s, expected %s", ROWS[i].rule, events, ROWS[i].events);
        scene_close(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_may_follow_joins_if_it_is_there),
        cmocka_unit_test(until_cuts_the_window_before_what_must_follow),
        cmocka_unit_test(hits_fold_in_log_order_whatever_they_wait_for),
        cmocka_unit_test(what_may_stand_above_joins_and_until_ends_the_look),
        cmocka_unit_test(captures_are_composed_of_captures),
        cmocka_unit_test(alternatives_may_give_one_name),
        cmocka_unit_test(a_composed_capture_can_tell_pieces_apart),
        cmocka_unit_test(a_secret_stays_masked_in_what_is_composed),
        cmocka_unit_test(who_watches_learns_what_became_of_each_pattern),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
