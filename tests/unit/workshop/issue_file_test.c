/* Files of problem matchers: what is read, and what is refused with file, line and column. */
#include "workshop/issue_file.h"

#include "base/limits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static ff_status read_text(ff_issue_file *file, ff_arena *arena, const char *text, ff_error *error)
{
    return ff_issue_file_read(file, arena, "m.json", ff_slice_of(text), error);
}

/* A matcher of one pattern, given by its members. */
#define ONE(members) "{\"problemMatcher\": [{\"owner\": \"x\", \"pattern\": [{" members "}]}]}"

static void what_is_wrong_is_named_with_its_place(void **in)
{
    (void)in;
    static const struct {
        const char *text, *error;
    } ROWS[] = {
        {"", "m.json:1:1: "},
        {"[]", "m.json:1:1: an object in braces is needed here"},
        {"{}", "m.json:1:1: 'problemMatcher' is missing"},
        {"{\"problemMatcher\": 3}", "m.json:1:20: 'problemMatcher' must be a list with at least one entry"},
        {"{\"problemMatcher\": []}", "m.json:1:20: 'problemMatcher' must be a list"},
        {"{\"problemMatcher\": [{\"owner\": \"x\"", "did not find expected ',' or '}'"},
        {"{\"problemMatchers\": []}", "m.json:1:2: unknown key 'problemMatchers', allowed: problemMatcher, $schema"},
        {"{\"problemMatcher\": [\n  {\"pattern\": [{\"regexp\": \"a\", \"message\": 0}]}]}",
         "m.json:2:3: 'owner' is missing"},
        {"{\"problemMatcher\": [{\"owner\": \" \", \"pattern\": []}]}", "m.json:1:31: 'owner' must not be empty"},
        {"{\"problemMatcher\": [{\"owner\": 3, \"pattern\": []}]}", "m.json:1:31: 'owner' must be a text in quotes"},
        {"{\"problemMatcher\": [{\"owner\": \"x\"}]}", "m.json:1:21: 'pattern' is missing"},
        {"{\"problemMatcher\": [{\"owner\": \"x\", \"pattern\": {}}]}", "m.json:1:47: 'pattern' must be a list"},
        {"{\"problemMatcher\": [{\"owner\": \"x\", \"severity\": \"bad\"}]}",
         "m.json:1:48: 'severity' must be error, warning or notice"},
        {"{\"problemMatcher\": [{\"owner\": \"x\", \"fileLocation\": \"a\"}]}",
         "m.json:1:36: unknown key 'fileLocation', allowed: owner, severity, fromPath, pattern"},
        {ONE("\"message\": 1"), "m.json:1:48: 'regexp' is missing"},
        {ONE("\"regexp\": \"\", \"message\": 0"), "m.json:1:59: 'regexp' must not be empty"},
        {ONE("\"regexp\": \"a(\", \"message\": 0"), "m.json:1:59: 'regexp', offset 1: a group is not closed"},
        {ONE("\"regexp\": \"\\\\p{L}\", \"message\": 0"), "m.json:1:59: 'regexp', offset 0: `\\p{"},
        {ONE("\"regexp\": \"(a)\", \"message\": 2"), "m.json:1:77: 'message' is group 2, the regexp has 1"},
        {ONE("\"regexp\": \"(a)\", \"message\": -1"), "m.json:1:77: 'message' must be the number of a group"},
        {ONE("\"regexp\": \"(a)\", \"message\": \"one\""), "m.json:1:77: 'message' must be the number of a group"},
        {ONE("\"regexp\": \"(a)\", \"file\": 1"), "m.json:1:47: no pattern gives the 'message'"},
        {ONE("\"regexp\": \"(a)\", \"message\": 1, \"loop\": true"),
         "m.json:1:88: only the last of several patterns may loop"},
        {ONE("\"regexp\": \"(a)\", \"message\": 1, \"loop\": 1"), "m.json:1:88: 'loop' must be true or false"},
        {ONE("\"regexp\": \"(a)\", \"message\": 1, \"kind\": 1"),
         "m.json:1:80: unknown key 'kind', allowed: regexp, file"},
        {ONE("\"regexp\": \"(a)\", \"message\": 1}, {\"regexp\": \"(b)\", \"message\": 1"),
         "'message' is given by an earlier pattern already"},
        {ONE("\"regexp\": \"(a)\", \"message\": 1}, {\"regexp\": \"b\", \"loop\": true"),
         "a pattern that loops must give the 'message'"},
        {ONE("\"regexp\": \"(a)\", \"message\": 1, \"loop\": true}, {\"regexp\": \"b\""),
         "only the last of several patterns may loop"},
        {"{\"problemMatcher\": [{\"owner\": \"x\", \"pattern\": [{\"regexp\": \"a\", \"message\": 0}]},\n"
         "{\"owner\": \"X\", \"pattern\": [{\"regexp\": \"a\", \"message\": 0}]}]}",
         "m.json:2:11: a second matcher of this owner, the first is in line 1"},
        {"{\"problemMatcher\": [], \"problemMatcher\": []}", "m.json:1:24: duplicate key"},
        {ONE("\"regexp\": \"\\ud83d\\ude00\", \"message\": 0"), "m.json:1:"},
        {ONE("\"regexp\": \"\\q\", \"message\": 0"), "m.json:1:"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        ff_arena arena;
        ff_issue_file file;
        ff_error error = {0};
        ff_arena_init(&arena, 0);
        ff_status status = read_text(&file, &arena, ROWS[i].text, &error);
        if (status != FF_INVALID || !strstr(error.text, ROWS[i].error) || !error.line)
            fail_msg("%s: %s", ROWS[i].text, error.text);
        ff_arena_release(&arena);
    }
}

/* Byte order mark, tabs, escapes of JSON, numbers in quotes, null for nothing, no blank anywhere. */
static void what_real_files_hold_is_read(void **in)
{
    (void)in;
    static const char *const TEXTS[] = {
        ("\xEF\xBB\xBF{\n\t\"problemMatcher\": [\n\t\t{\n\t\t\t\"owner\": \"x\",\n\t\t\t\"pattern\": [\n\t\t\t\t{\n"
         "\t\t\t\t\t\"regexp\":\t\"^\\u001b\\\\[0m(.*)\\/(\\\\d+)\",\n\t\t\t\t\t\"message\": "
         "1\n\t\t\t\t}\n\t\t\t]\n\t\t}\n\t]\n}\n"),
        ("{\"problemMatcher\":[{\"owner\":\"x\",\"severity\":null,\"fromPath\":\"a\",\"pattern\":[{\"regexp\":\"(a)\","
         "\"message\":1,"
         "\"file\":null,\"loop\":false}]}]}"),
        ("{\"$schema\": \"https://example.org/s.json\", \"problemMatcher\": [{\"pattern\": [{\"message\": \"1\", "
         "\"regexp\": \"(a)\"}], \"severity\": \"Warning\", \"owner\": \"x\"}]}\r\n"),
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        ff_arena arena;
        ff_issue_file file;
        ff_error error = {0};
        ff_arena_init(&arena, 0);
        if (read_text(&file, &arena, TEXTS[i], &error) != FF_OK)
            fail_msg("%s: %s", TEXTS[i], error.text);
        assert_int_equal(file.matchers.count, 1);
        assert_int_equal(file.matchers.items[0].patterns.items[0].groups[FF_ISSUE_MESSAGE], 1);
        assert_int_equal(file.matchers.items[0].severity, i == 2 ? FF_TIER_WARNING : FF_TIER_ERROR);
        ff_arena_release(&arena);
    }
}

static ff_status read_many(const char *front, size_t count, const char *item, const char *back, ff_error *error)
{
    ff_arena arena;
    ff_issue_file file;
    ff_buf text;
    ff_arena_init(&arena, 0);
    ff_buf_init(&text, 1u << 20);
    ff_buf_add(&text, ff_slice_of(front));
    for (size_t i = 0; i < count; i++)
        ff_buf_printf(&text, "%s{\"owner\": \"o%zu\", %s", i ? "," : "", i, item);
    ff_buf_add(&text, ff_slice_of(back));
    ff_status status = read_text(&file, &arena, text.ptr, error);
    ff_buf_release(&text);
    ff_arena_release(&arena);
    return status;
}

static void bounds_are_named(void **in)
{
    (void)in;
    ff_error error = {0};
    assert_int_equal(read_many("{\"problemMatcher\": [", FF_LIMIT_MATCHERS + 1,
                               "\"pattern\": [{\"regexp\": \"a\", \"message\": 0}]}", "]}", &error),
                     FF_LIMIT);
    assert_non_null(strstr(error.text, "more matchers than the 256 allowed in one file"));
    char pattern[4096] = "\"pattern\": [{\"regexp\": \"a\", \"message\": 0}";
    for (uint32_t i = 0; i < FF_LIMIT_MATCHER_PATTERNS; i++) {
        size_t used = strlen(pattern);
        (void)snprintf(pattern + used, sizeof pattern - used, ", {\"regexp\": \"b\"}");
    }
    error = (ff_error){0};
    assert_int_equal(read_many("{\"problemMatcher\": [", 1, pattern, "]}]}", &error), FF_LIMIT);
    assert_non_null(strstr(error.text, "more patterns than the 32 allowed in one matcher"));
}

/* A file cut off anywhere is an error with a place, never a crash. */
static void a_broken_file_is_refused(void **in)
{
    (void)in;
    static const char WHOLE[] =
        ONE("\"regexp\": \"^(?<n>a)[b-c]{2,3}\\\\d(?:x|\\u00e9)?$\", \"file\": 0, \"message\": 1");
    for (size_t length = 0; length < sizeof WHOLE - 1; length++) {
        ff_arena arena;
        ff_issue_file file;
        ff_error error = {0};
        char *copy = malloc(length + 1);
        assert_non_null(copy);
        memcpy(copy, WHOLE, length);
        ff_arena_init(&arena, 0);
        assert_int_equal(ff_issue_file_read(&file, &arena, "m.json", (ff_slice){copy, length}, &error), FF_INVALID);
        assert_true(error.line > 0);
        ff_arena_release(&arena);
        free(copy);
    }
}

static void want_of_memory_is_said(void **in)
{
    (void)in;
    static const char WHOLE[] =
        ONE("\"regexp\": \"^(?<n>a)[b-c]{2,3}\\\\d(?:x|\\u00e9)?$\", \"file\": 0, \"message\": 1");
    ff_status status = FF_NOMEM;
    for (size_t bytes = 64; status == FF_NOMEM && bytes < 1u << 20; bytes += 64) {
        ff_arena arena;
        ff_issue_file file;
        ff_error error = {0};
        ff_arena_init(&arena, bytes);
        status = read_text(&file, &arena, WHOLE, &error);
        assert_true(status == FF_OK || error.status == FF_NOMEM);
        ff_arena_release(&arena);
    }
    assert_int_equal(status, FF_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_is_named_with_its_place),
        cmocka_unit_test(what_real_files_hold_is_read),
        cmocka_unit_test(bounds_are_named),
        cmocka_unit_test(a_broken_file_is_refused),
        cmocka_unit_test(want_of_memory_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
