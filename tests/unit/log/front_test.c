/* What stands before a line's text: gh's columns, byte order mark, stamp, marker. */
#include "log/front.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static bool is(ff_slice found, const char *wanted)
{
    return ff_slice_eq(found, ff_slice_of(wanted));
}

static const struct {
    const char *text;
    ff_marker_word word;
    ff_line_kind kind;
    const char *rest;
} MARKERS[] = {
    {"##[error]Process completed with exit code 1.", FF_MARKER_OTHER, FF_LINE_ERROR,
     "Process completed with exit code 1."},
    {"##[warning]careful", FF_MARKER_OTHER, FF_LINE_WARNING, "careful"},
    {"##[notice]so", FF_MARKER_OTHER, FF_LINE_NOTICE, "so"},
    {"##[debug]....", FF_MARKER_OTHER, FF_LINE_DEBUG, "...."},
    {"##[section]Starting: Prepare job x", FF_MARKER_OTHER, FF_LINE_RUNNER, "Starting: Prepare job x"},
    {"##[command]/usr/bin/docker ps", FF_MARKER_OTHER, FF_LINE_COMMAND, "/usr/bin/docker ps"},
    {"[command]/usr/bin/git version", FF_MARKER_OTHER, FF_LINE_COMMAND, "/usr/bin/git version"},
    {"##[group]Run make", FF_MARKER_GROUP, FF_LINE_GROUP, "Run make"},
    {"##[endgroup]", FF_MARKER_ENDGROUP, FF_LINE_GROUP, ""},
    {"##[start-action display=Do it;id=a.__run_1]", FF_MARKER_START_ACTION, FF_LINE_GROUP,
     "display=Do it;id=a.__run_1"},
    {"##[end-action id=a.__run_1;outcome=success]", FF_MARKER_END_ACTION, FF_LINE_GROUP,
     "id=a.__run_1;outcome=success"},
    {"##[add-matcher]/tmp/m.json", FF_MARKER_OTHER, FF_LINE_COMMAND, "/tmp/m.json"},
    {"::error file=a.c,line=3,col=5::msg", FF_MARKER_OTHER, FF_LINE_ERROR, "msg"},
    {"::error::msg with :: inside", FF_MARKER_OTHER, FF_LINE_ERROR, "msg with :: inside"},
    {"::warning title=x::msg", FF_MARKER_OTHER, FF_LINE_WARNING, "msg"},
    {"::notice::msg", FF_MARKER_OTHER, FF_LINE_NOTICE, "msg"},
    {"::debug::msg", FF_MARKER_OTHER, FF_LINE_DEBUG, "msg"},
    {"::group::Tests", FF_MARKER_GROUP, FF_LINE_GROUP, "Tests"},
    {"::endgroup::", FF_MARKER_ENDGROUP, FF_LINE_GROUP, ""},
    {"##[error]::error file=a::twice", FF_MARKER_OTHER, FF_LINE_ERROR, "twice"},
    {"##[error]##[error]##[error]##[error]##[error]x", FF_MARKER_OTHER, FF_LINE_ERROR, "##[error]x"},
    /* no markers */
    {"", FF_MARKER_NONE, FF_LINE_OUTPUT, ""},
    {" ##[error]indented", FF_MARKER_NONE, FF_LINE_OUTPUT, " ##[error]indented"},
    {"##[unknown]x", FF_MARKER_NONE, FF_LINE_OUTPUT, "##[unknown]x"},
    {"##[error", FF_MARKER_NONE, FF_LINE_OUTPUT, "##[error"},
    {"##[errors]x", FF_MARKER_NONE, FF_LINE_OUTPUT, "##[errors]x"},
    {"[error]x", FF_MARKER_NONE, FF_LINE_OUTPUT, "[error]x"},
    {"::error", FF_MARKER_NONE, FF_LINE_OUTPUT, "::error"},
    {"::error file=a.c", FF_MARKER_NONE, FF_LINE_OUTPUT, "::error file=a.c"},
    {"::1 is localhost", FF_MARKER_NONE, FF_LINE_OUTPUT, "::1 is localhost"},
    {"::std::error::Error", FF_MARKER_NONE, FF_LINE_OUTPUT, "::std::error::Error"},
};

static void test_markers_give_the_kind_and_leave_the_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof MARKERS / sizeof *MARKERS; i++) {
        ff_slice text = ff_slice_of(MARKERS[i].text);
        ff_marker marker = ff_marker_take(&text);
        if (marker.word != MARKERS[i].word || !is(text, MARKERS[i].rest) ||
            (marker.word != FF_MARKER_NONE && marker.kind != MARKERS[i].kind))
            fail_msg("%s: word %d, kind %d, text \"%.*s\"", MARKERS[i].text, marker.word, marker.kind, FF_ARG(text));
    }
}

static void test_a_line_is_taken_apart_from_the_left(void **state)
{
    (void)state;
    ff_front front;
    ff_front_parse(&front,
                   FF_LIT("\xEF\xBB\xBF"
                          "2025-12-01T05:14:50.1234567Z ##[error]no"),
                   false);
    assert_true(front.stamped && front.github && front.marker.kind == FF_LINE_ERROR && is(front.text, "no"));
    ff_front_parse(&front,
                   FF_LIT("build\tRun tests\t\xEF\xBB\xBF"
                          "2025-12-01T05:14:50.1234567Z hello\tworld"),
                   true);
    assert_true(front.prefixed && is(front.job, "build") && is(front.step, "Run tests"));
    assert_true(front.stamped && is(front.text, "hello\tworld"));
    ff_front_parse(&front, FF_LIT("a\tb\tc"), false);
    assert_true(!front.prefixed && is(front.text, "a\tb\tc"));
    ff_front_parse(&front, FF_LIT("only\tone"), true);
    assert_true(!front.prefixed && is(front.text, "only\tone"));
    ff_front_parse(&front, FF_LIT("2025-12-01T05:14:50Z app log"), false);
    assert_true(front.stamped && !front.github);
    ff_front_parse(&front, FF_LIT("2025-12-01T05:14:5"), false);
    assert_true(!front.stamped && front.time == FF_NO_TIME && is(front.text, "2025-12-01T05:14:5"));
}

static void test_echoed_script_has_no_markers(void **state)
{
    (void)state;
    ff_front front;
    ff_front_parse(&front, FF_LIT("2025-12-01T05:14:50.1234567Z \x1b[36;1m##[error]x\x1b[0m"), false);
    assert_true(front.echoed && front.marker.word == FF_MARKER_NONE);
    ff_front_parse(&front, FF_LIT("^[[36;1mecho"), false);
    assert_true(front.echoed);
    ff_front_parse(&front, FF_LIT("\x1b[36mcyan output"), false);
    assert_false(front.echoed);
}

#define STAMP "2025-12-01T05:14:50.1234567Z "

static const struct {
    const char *text;
    bool gh;
} FORMS[] = {
    {"job\tSet up job\t" STAMP "Current runner version\n", true},
    {"job\tSet up job\t\xEF\xBB\xBF" STAMP "x\njob\tSet up job\tno stamp\n", true},
    {"job (a, b)\tUNKNOWN STEP\t" STAMP "x\njob (a, b)\tUNKNOWN STEP\t" STAMP "y", true},
    {"\xEF\xBB\xBFjob\tstep\t" STAMP "x", true},
    /* ordinary text with tabs */
    {"", false},
    {"one\ttwo\tthree\n", false},
    {"host\tINFO\t2025-12-01T05:14:50Z started\n", false},
    {"host\tINFO\t2025-12-01T05:14:50.123456Z started\n", false},
    {"job\tstep\t" STAMP "x\nplain line\n", false},
    {STAMP "a\tb\tc\n", false},
    {"\tstep\t" STAMP "x\n", false},
    {"job\t\t" STAMP "x\n", false},
};

static void test_the_form_of_gh_is_known_by_its_first_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
        if (ff_front_is_gh(ff_slice_of(FORMS[i].text)) != FORMS[i].gh)
            fail_msg("%s", FORMS[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markers_give_the_kind_and_leave_the_text),
        cmocka_unit_test(test_a_line_is_taken_apart_from_the_left),
        cmocka_unit_test(test_echoed_script_has_no_markers),
        cmocka_unit_test(test_the_form_of_gh_is_known_by_its_first_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
