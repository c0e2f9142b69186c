/* Kinds of lines: what a program printed, what the runner said, what is only the source of a script. */
#include "tape.h"

#define S "2025-12-01T05:14:50.1234567Z "
#define C "\x1b[36;1m"
#define R "\x1b[0m"

/* Plays `text` and compares the kinds of its lines with one letter each:
 * o output, s script, g group, e error, w warning, n notice, d debug, c command, r runner. */
static void expect_kinds(const char *what, const char *text, const char *kinds)
{
    static const char letters[FF_LINE_KIND_COUNT + 1] = "osgewndcr";
    tape_record *record = tape_play_text(text);
    char found[256] = "";
    assert_true(record->count < sizeof found);
    for (size_t i = 0; i < record->count; i++)
        found[i] = letters[record->items[i].kind];
    if (strcmp(found, kinds) != 0)
        fail_msg("%s: found %s, wanted %s", what, found, kinds);
    tape_free(record);
}

static const struct {
    const char *what, *text, *kinds;
} ROWS[] = {
    {"a script step",
     S "##[group]Run make\n" S C "make" R "\n" S C "##[group]Run x" R "\n" S C R "\n" S
       "shell: /usr/bin/bash -e {0}\n" S "env:\n" S "  A: 1\n" S "##[endgroup]\n" S "building\n" S
       "##[error]Process completed with exit code 2.\n",
     "gssssssgoe"},
    {"an action with values of several lines",
     S "##[group]Run actions/github-script@v7\n" S "with:\n" S
       "  script: core.error('x')\n##[error]not yet\nif (1) {\n}\n" S "  retries: 0\n" S "##[endgroup]\n" S "done\n",
     "gssssssgo"},
    {"groups of a program",
     S "##[group]Run tests\n" S "test one failed\n" S "##[endgroup]\n" S "::group::Other\n" S "text\n" S
       "::endgroup::\n",
     "gogg"
     "og"},
    {"stripped of colours: the title says it again",
     S "##[group]Run make test\n" S "make test\n" S "./report\n" S "shell: bash\n" S "##[endgroup]\n" S "out\n",
     "gsssgo"},
    {"stripped of colours: shell far below",
     S "##[group]Run ./deploy\n" S "# a comment\n" S "./deploy\n" S "shell: bash\n" S "##[endgroup]\n" S "out\n",
     "gsssgo"},
    {"without its end: the next group",
     S "##[group]Run make\n" S C "make" R "\n" S "shell: bash\n" S "##[group]Tests\n" S "out\n", "gssgo"},
    {"without its end: an error", S "##[group]Run make\n" S C "make" R "\n" S "##[error]no\n" S "out\n", "gseo"},
    {"without its end: what is not indented",
     S "##[group]Run make\n" S C "make" R "\n" S "shell: bash\n" S "env:\n" S "  A: b\n" S "cc -c a.c\n" S
       "a.c: error\n",
     "gssss"
     "oo"},
    {"without its end: what is not coloured", S "##[group]Run make\n" S C "make" R "\n" S "cc -c a.c\n", "gso"},
    {"the header ends the text", S "##[group]Run make\n", "g"},
    {"markers of all kinds",
     S "##[warning]w\n" S "##[notice]n\n" S "##[debug]d\nrest of it\n" S "[command]git\nrest of it\n" S "out\n",
     "wnddcco"},
    {"the rest of an error is output", S "##[error]one\ntwo\n" S "three\n", "eoo"},
    {"an ssh action",
     S "##[group]Run appleboy/ssh-action@v1\n" S "with:\n" S "  script: x\n" S "##[endgroup]\n" S "======CMD======\n" S
       "set -e\n" S "echo \"out: ok\"\n" S "======END======\n" S "out: hello\n" S "err: bad\n" S "done\n",
     "gssgssssooo"},
    {"an ssh action that does not end its echo", S "======CMD======\n" S "echo\n" S "out: hello\n" S "text\n", "ssoo"},
    {"what the runner says between",
     S "##[group]Run make\n" S "##[endgroup]\n" S "out\n" S "Prepare all required actions\n" S
       "Getting action download info\n" S "Download action repository 'a/b@v1' (SHA:1)\n" S "Post job cleanup.\n" S
       "[command]git\n" S "Cleaning up orphan processes\n" S "Terminate orphan process: pid (1) (java)\n" S
       "anything\n",
     "ggorrrrcrrr"},
    {"set-up",
     S "Current runner version: '2.3'\n" S "##[group]Operating System\n" S "Ubuntu\n" S "##[endgroup]\n" S
       "##[warning]old\n" S "Complete job name: a\n",
     "rgrgwr"},
    {"plain text", "one\n[command]x\n##[error]y\nPost-processing\n", "oceo"},
};

static void test_lines_are_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        expect_kinds(ROWS[i].what, ROWS[i].text, ROWS[i].kinds);
}

static void test_a_script_longer_than_the_look_ahead_is_a_script(void **state)
{
    (void)state;
    enum { LINES = 3000 };
    static const char line[] = S C "echo \"##[error] Health check failed\" && exit 1" R "\n";
    static const char head[] = S "##[group]Run deploy\n" S C "deploy" R "\n";
    static const char tail[] = S "shell: bash\n" S "##[endgroup]\n" S "out\n";
    char *text = malloc(sizeof head + LINES * sizeof line + sizeof tail);
    assert_non_null(text);
    char *at = text + sizeof head - 1;
    memcpy(text, head, sizeof head);
    for (int i = 0; i < LINES; i++, at += sizeof line - 1)
        memcpy(at, line, sizeof line - 1);
    memcpy(at, tail, sizeof tail);
    tape_record *record = tape_play_text(text);
    assert_int_equal(record->count, LINES + 5);
    for (size_t i = 2; i <= LINES + 3; i++)
        assert_int_equal(tape_line(record, i)->kind, FF_LINE_SCRIPT);
    assert_int_equal(tape_line(record, LINES + 4)->kind, FF_LINE_GROUP);
    assert_int_equal(tape_line(record, LINES + 5)->kind, FF_LINE_OUTPUT);
    tape_free(record);
    free(text);
}

static void test_a_missing_end_does_not_turn_the_job_into_script(void **state)
{
    (void)state;
    enum { LINES = 5000 };
    char *text = malloc(64 + LINES * 8);
    assert_non_null(text);
    char *at = text + sizeof "##[group]Run make\nshell: bash\n" - 1;
    memcpy(text, "##[group]Run make\nshell: bash\n", (size_t)(at - text));
    for (int i = 0; i < LINES; i++, at += 7)
        memcpy(at, "  text\n", 7);
    *at = '\0';
    tape_record *record = tape_play_text(text);
    assert_int_equal(record->count, LINES + 2);
    assert_int_equal(tape_line(record, 3)->kind, FF_LINE_SCRIPT);
    assert_int_equal(tape_line(record, LINES)->kind, FF_LINE_OUTPUT);
    tape_free(record);
    free(text);
}

static const struct {
    const char *text, *body;
} BODIES[] = {
    {"api-1  | Listening", "Listening"},
    {"web_1 | x", "x"},
    {"project-db-12 | \t y", "\t y"},
    {"api-1  |", ""},
    {"\x1b[36mapi-1  | \x1b[0mcoloured", "coloured"},
    {"name | value", "name | value"},
    {"1 | 2", "1 | 2"},
    {"-1 | 2", "-1 | 2"},
    {"File-1 x | y", "File-1 x | y"},
    {"api-1  |no blank", "api-1  |no blank"},
    {"#14 12.31 ERROR: no matching version", "ERROR: no matching version"},
    {"#14 0.1", ""},
    {"#14 ERROR: process did not complete", "#14 ERROR: process did not complete"},
    {"#14 1.2.3 released", "#14 1.2.3 released"},
    {"12.31 seconds", "12.31 seconds"},
    {"api-1", "api-1"},
    {"out: not an ssh step", "out: not an ssh step"},
};

static void test_the_body_stands_behind_the_prefix_of_a_tool(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BODIES / sizeof *BODIES; i++) {
        tape_record *record = tape_play_text(BODIES[i].text);
        tape_assert_text(tape_line(record, 1)->body, BODIES[i].body);
        tape_free(record);
    }
}

static void test_an_ssh_prefix_counts_only_where_ssh_runs(void **state)
{
    (void)state;
    tape_record *record = tape_play_text("out: before\n======CMD======\nmake\n======END======\nout: hello\n"
                                         "err: api-1  | crash\nout: \nplain\n");
    tape_assert_text(tape_line(record, 1)->body, "out: before");
    tape_assert_text(tape_line(record, 5)->body, "hello");
    tape_assert_text(tape_line(record, 5)->text, "out: hello");
    tape_assert_text(tape_line(record, 6)->body, "crash");
    tape_assert_text(tape_line(record, 7)->body, "");
    tape_assert_text(tape_line(record, 8)->body, "plain");
    tape_free(record);
}

static void test_every_kind_has_a_name(void **state)
{
    (void)state;
    for (int kind = 0; kind < FF_LINE_KIND_COUNT; kind++)
        assert_true(strlen(ff_line_kind_name((ff_line_kind)kind)) > 3);
    assert_null(ff_line_kind_name(FF_LINE_KIND_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_what_they_are),
        cmocka_unit_test(test_a_script_longer_than_the_look_ahead_is_a_script),
        cmocka_unit_test(test_a_missing_end_does_not_turn_the_job_into_script),
        cmocka_unit_test(test_the_body_stands_behind_the_prefix_of_a_tool),
        cmocka_unit_test(test_an_ssh_prefix_counts_only_where_ssh_runs),
        cmocka_unit_test(test_every_kind_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
