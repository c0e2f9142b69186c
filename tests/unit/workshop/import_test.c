/* Problem matchers of the shapes that tools have (tests/problem-matchers): what becomes of them loads, finds in a log
 * what stands beside it as expected, and finds the same after a way through export and import. With FIRSTFAULT_BLESS in
 * the environment the expectations are written instead. */
#include "base/limits.h"
#include "match/example.h"
#include "workshop/export.h"
#include "workshop/import.h"
#include "workshop/lint.h"
#include "workshop/trial.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define FOLDER FF_SOURCE_DIR "/tests/problem-matchers"

typedef struct made {
    ff_buf yaml, remarks;
    ff_catalog *catalog;
    ff_matcher *matcher;
} made;

static void release(made *m)
{
    ff_matcher_free(m->matcher);
    ff_catalog_free(m->catalog);
    ff_buf_release(&m->yaml);
    ff_buf_release(&m->remarks);
}

/* Imports and loads. */
static void make(made *m, const char *name, ff_slice json)
{
    ff_error error = {0};
    *m = (made){0};
    ff_buf_init(&m->yaml, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&m->remarks, FF_LIMIT_REPORT_BYTES);
    if (ff_import_bytes(NULL, name, json, &m->yaml, &m->remarks, &error) != FF_OK ||
        ff_catalog_new(&m->catalog) != FF_OK ||
        ff_catalog_add_bytes(m->catalog, "made.yaml", ff_buf_slice(&m->yaml), "--patterns", &error) != FF_OK ||
        ff_catalog_finish(m->catalog, &error) != FF_OK || ff_matcher_new(&m->matcher, m->catalog, &error) != FF_OK)
        fail_msg("%s: %s\n%s", name, error.text, m->yaml.ptr ? m->yaml.ptr : "");
}

static void read_file(const char *name, const char *suffix, ff_buf *bytes)
{
    char path[1024], piece[4096];
    size_t got;
    (void)snprintf(path, sizeof path, FOLDER "/%s%s", name, suffix);
    ff_buf_reset(bytes);
    FILE *stream = fopen(path, "rb");
    if (!stream)
        fail_msg("%s: not there", path);
    while ((got = fread(piece, 1, sizeof piece, stream)) > 0)
        ff_buf_add(bytes, (ff_slice){piece, got});
    (void)fclose(stream);
}

/* One line a finding: rule, severity, where, how often, what was captured. */
static void describe(const made *m, ff_slice log, bool ids, ff_buf *out)
{
    ff_arena arena;
    ff_run run;
    ff_findings findings;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    assert_int_equal(ff_match_example(m->matcher, NULL, log, &run, &findings), FF_OK);
    for (size_t i = 0; i < findings.count; i++) {
        const ff_finding *f = &findings.items[i];
        if (ids)
            ff_buf_printf(out, "%.*s: ", FF_ARG(f->rule->id));
        ff_buf_printf(out, "lines %llu-%llu, %u hits\n", (unsigned long long)f->first.place.line,
                      (unsigned long long)f->last.place.line, f->count);
        for (int part = 0; part < FF_ISSUE_PARTS; part++) {
            const ff_capture *capture = ff_finding_capture(f, ff_issue_part_capture((ff_issue_part)part));
            bool told = ids || part != FF_ISSUE_SEVERITY; /* only GitHub's own words go out as a severity */
            for (uint32_t v = 0; capture && told && v < capture->count; v++)
                ff_buf_printf(out, "  %.*s [%.*s]\n", FF_ARG(capture->name), FF_ARG(capture->values[v]));
        }
    }
    ff_arena_release(&arena);
}

static void compare(const char *name, const ff_buf *found)
{
    ff_buf wanted;
    if (getenv("FIRSTFAULT_BLESS")) {
        char path[1024];
        (void)snprintf(path, sizeof path, FOLDER "/%s.expected", name);
        FILE *stream = fopen(path, "wb");
        assert_non_null(stream);
        assert_int_equal(fwrite(found->ptr, 1, found->len, stream), found->len);
        (void)fclose(stream);
        return;
    }
    ff_buf_init(&wanted, FF_LIMIT_REPORT_BYTES);
    read_file(name, ".expected", &wanted);
    assert_string_equal(found->ptr, wanted.ptr);
    ff_buf_release(&wanted);
}

/* Its own examples are as they should be, and lint has nothing to say but that a pattern has no literal. */
static void check_examples(const made *m, const char *name)
{
    ff_buf out;
    ff_trial_tally tally;
    ff_error error = {0};
    size_t complaints = 0;
    ff_slice rest, line;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_trial_run(m->catalog, NULL, &out, &tally, &error), FF_OK);
    if (tally.complaints)
        fail_msg("%s: %s", name, out.ptr);
    assert_true(tally.examples >= 4 * tally.rules);
    assert_int_equal(ff_lint_run(m->catalog, NULL, &out, &complaints, &error), FF_OK);
    for (rest = ff_buf_slice(&out); ff_slice_take_until(&rest, '\n', &line);)
        if (ff_slice_find(line, FF_LIT("needs a literal")) == SIZE_MAX)
            fail_msg("%s: %.*s", name, FF_ARG(line));
    ff_buf_release(&out);
}

/* What the other way cannot say: matchers of more than three patterns, and a severity that may be missing. */
static bool stays_here(const char *remarks)
{
    return strstr(remarks, "a conditional") || strstr(remarks, "any order");
}

/* What is exported and imported again finds the same. */
static void go_round(const made *m, const char *name, ff_slice log)
{
    static const char *const ALL[] = {"*"};
    made again;
    ff_buf json, remarks, found, wanted;
    ff_error error = {0};
    ff_export export = {.catalog = m->catalog, .globs = ALL, .count = 1};
    ff_buf_init(&json, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&remarks, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&found, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&wanted, FF_LIMIT_REPORT_BYTES);
    if (ff_export_run(&export, &json, &remarks, &error) == FF_OK && !remarks.len) {
        make(&again, "again.json", ff_buf_slice(&json));
        describe(m, log, false, &wanted);
        describe(&again, log, false, &found);
        if (!ff_slice_eq(ff_buf_slice(&found), ff_buf_slice(&wanted)))
            fail_msg("%s: %s\nfound\n%s\nwanted\n%s", name, json.ptr, found.ptr, wanted.ptr);
        release(&again);
    } else if (!stays_here(remarks.ptr ? remarks.ptr : "")) {
        fail_msg("%s: %s\n%s", name, error.text, remarks.ptr ? remarks.ptr : "");
    }
    ff_buf_release(&json);
    ff_buf_release(&remarks);
    ff_buf_release(&found);
    ff_buf_release(&wanted);
}

static void check(const char *name)
{
    made m;
    ff_buf json, log, found;
    char file[300];
    ff_buf_init(&json, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&log, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&found, FF_LIMIT_REPORT_BYTES);
    read_file(name, ".json", &json);
    read_file(name, ".log", &log);
    (void)snprintf(file, sizeof file, "%s.json", name);
    make(&m, file, ff_buf_slice(&json));
    if (m.remarks.len)
        fail_msg("%s", m.remarks.ptr);
    describe(&m, ff_buf_slice(&log), true, &found);
    compare(name, &found);
    check_examples(&m, name);
    go_round(&m, name, ff_buf_slice(&log));
    release(&m);
    ff_buf_release(&json);
    ff_buf_release(&log);
    ff_buf_release(&found);
}

static void matchers_of_many_tools_find_what_they_should(void **in)
{
    (void)in;
    size_t count = 0;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        char name[256];
        size_t length = strlen(entry->d_name);
        if (length < 6 || strcmp(entry->d_name + length - 5, ".json") != 0)
            continue;
        (void)snprintf(name, sizeof name, "%.*s", (int)length - 5, entry->d_name);
        check(name);
        count++;
    }
    (void)closedir(folder);
    assert_true(count >= 12);
}

/* One matcher of one pattern. */
static void make_one(made *m, const char *name, const char *members)
{
    char json[4096];
    (void)snprintf(json, sizeof json, "{\"problemMatcher\": [{\"owner\": \"o\", %s}]}", members);
    make(m, name, ff_slice_of(json));
}

static void roles_follow_the_severity(void **in)
{
    (void)in;
    static const struct {
        const char *members;
        size_t rules;
        ff_role role;
        ff_severity severity; /* of the last rule by id */
    } ROWS[] = {
        {"\"pattern\": [{\"regexp\": \"^bad: (.*)$\", \"message\": 1}]", 1, FF_ROLE_CAUSE, FF_SEVERITY_ERROR},
        {"\"severity\": \"warning\", \"pattern\": [{\"regexp\": \"^bad: (.*)$\", \"message\": 1}]", 1, FF_ROLE_SYMPTOM,
         FF_SEVERITY_WARNING},
        {"\"severity\": \"notice\", \"pattern\": [{\"regexp\": \"^bad: (.*)$\", \"message\": 1}]", 1, FF_ROLE_SYMPTOM,
         FF_SEVERITY_NOTE},
        {"\"pattern\": [{\"regexp\": \"^(warning|error): (.*)$\", \"severity\": 1, \"message\": 2}]", 2,
         FF_ROLE_SYMPTOM, FF_SEVERITY_NOTE},
        {"\"pattern\": [{\"regexp\": \"^bad (\\\\w+): (.*)$\", \"severity\": 1, \"message\": 2}]", 2, FF_ROLE_SYMPTOM,
         FF_SEVERITY_NOTE},
        {"\"pattern\": [{\"regexp\": \"^(fatal|error): (.*)$\", \"severity\": 1, \"message\": 2}]", 1, FF_ROLE_CAUSE,
         FF_SEVERITY_ERROR},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        made m;
        size_t count;
        make_one(&m, "m.json", ROWS[i].members);
        const ff_rule *rules = ff_catalog_rules(m.catalog, &count);
        assert_int_equal(count, ROWS[i].rules);
        assert_int_equal(rules[count - 1].role, ROWS[i].role);
        assert_int_equal(rules[count - 1].severity, ROWS[i].severity);
        assert_int_equal(rules[0].role, count == 2 ? FF_ROLE_CAUSE : ROWS[i].role);
        release(&m);
    }
}

/* What lines hit which of two rules: `e` the error's, `w` the warning's, `-` none. */
static void a_line_is_of_one_severity(void **in)
{
    (void)in;
    static const struct {
        const char *regexp, *severity, *lines, *hits;
    } ROWS[] = {
        {"^(error|warning): (.*)$", "error", "error: a\nwarning: a\nnote: a\n", "ew-"},
        {"^\\\\[(\\\\w+)\\\\] (.*)$", "error", "[Error] a\n[WARN] a\n[W] a\n[fatal] a\n[info] a\n[warned] a\n",
         "ewwe-e"},
        {"^x(?: (error|warning))?: (.*)$", "error", "x error: a\nx: a\nx warning: a\n", "eew"},
        {"^x(?: (error|warning))?: (.*)$", "warning", "x error: a\nx: a\nx warning: a\n", "eww"},
        {"x(?: (\\\\w+):)? (.*)$", "error", "an x error: a\nan x a\nan x warning: a\nan x note: a\n", "eew-"},
        {"^(?:(error)|(.+)): (.*)$", "error", "error: a\nother: a\n", "ee"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        made m;
        char members[512];
        ff_slice rest = ff_slice_of(ROWS[i].lines), line;
        bool third = i == sizeof ROWS / sizeof *ROWS - 1;
        (void)snprintf(members, sizeof members,
                       "\"severity\": \"%s\", \"pattern\": [{\"regexp\": \"%s\", \"severity\": 1, \"message\": %d}]",
                       ROWS[i].severity, ROWS[i].regexp, third ? 3 : 2);
        make_one(&m, "m.json", members);
        for (const char *wanted = ROWS[i].hits; ff_slice_take_until(&rest, '\n', &line); wanted++) {
            ff_buf found;
            ff_buf_init(&found, FF_LIMIT_REPORT_BYTES);
            describe(&m, line, true, &found);
            const char *text = found.ptr ? found.ptr : "";
            char hit = strstr(text, "m.o-warning: ") ? 'w' : strstr(text, "m.o: ") ? 'e' : '-';
            if (hit != *wanted || (strstr(text, "m.o-warning: ") && strstr(text, "m.o: ")))
                fail_msg("%s: %.*s: %s\n%s", ROWS[i].regexp, FF_ARG(line), text, m.yaml.ptr);
            ff_buf_release(&found);
        }
        release(&m);
    }
}

static void families_and_ids_have_the_form_that_they_must_have(void **in)
{
    (void)in;
    static const struct {
        const char *name, *id;
    } ROWS[] = {
        {"dir/ESLint-problem-matcher.json", "eslint.o"},
        {"-", "o.o"},
        {"problem_matchers.json", "o.o"},
        {".github/go.matcher.json", "go.o"},
        {"3d.json", "matcher-3d.o"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        made m;
        size_t count;
        make_one(&m, ROWS[i].name, "\"pattern\": [{\"regexp\": \"^bad: (.*)$\", \"message\": 1}]");
        const ff_rule *rules = ff_catalog_rules(m.catalog, &count);
        if (!ff_slice_eq(rules[0].id, ff_slice_of(ROWS[i].id)))
            fail_msg("%s: %.*s", ROWS[i].name, FF_ARG(rules[0].id));
        release(&m);
    }
}

/* Text of others cannot break out of the quotes, and nothing of it is filled in. */
static void hostile_texts_stay_texts(void **in)
{
    (void)in;
    static const char JSON[] = "{\"problemMatcher\": ["
                               "{\"owner\": \"a'b\\n  - id: x.y\\u0007 ${count} $[x]\", \"pattern\": [{\"regexp\": "
                               "\"^it's '(.*)' # \\u0009: {x}$\", \"message\": 1}]},"
                               "{\"owner\": \"A B\", \"pattern\": [{\"regexp\": \"^\\u202eabc(.*)\", \"message\": 1}]},"
                               "{\"owner\": \"a-b\", \"pattern\": [{\"regexp\": \"^abcd(.*)$\", \"message\": 1}]}]}";
    made m;
    size_t count;
    make(&m, "m.json", ff_slice_of(JSON));
    (void)ff_catalog_rules(m.catalog, &count);
    assert_int_equal(count, 3);
    check_examples(&m, "hostile");
    assert_null(strstr(m.yaml.ptr, "\xE2\x80\xAE"));
    release(&m);
}

/* No example: it is said, and the loader points at the place. */
static void what_has_no_example_is_said(void **in)
{
    (void)in;
    static const char *const REGEXPS[] = {"^(?=a)b(.*)$", "^\\\\u001b\\\\[31m(.*)$"};
    for (size_t i = 0; i < sizeof REGEXPS / sizeof *REGEXPS; i++) {
        char json[512];
        ff_buf yaml, remarks;
        ff_error error = {0};
        ff_catalog *catalog = NULL;
        ff_buf_init(&yaml, FF_LIMIT_REPORT_BYTES);
        ff_buf_init(&remarks, FF_LIMIT_REPORT_BYTES);
        (void)snprintf(
            json, sizeof json,
            "{\"problemMatcher\": [{\"owner\": \"o\", \"pattern\": [{\"regexp\": \"%s\", \"message\": 1}]}]}",
            REGEXPS[i]);
        assert_int_equal(ff_import_bytes(NULL, "m.json", ff_slice_of(json), &yaml, &remarks, &error), FF_OK);
        assert_non_null(strstr(remarks.ptr, "m.json:1:31: m.o: no example could be made up"));
        assert_non_null(strstr(yaml.ptr, "      match:\n        # put a real line here\n"));
        assert_int_equal(ff_catalog_new(&catalog), FF_OK);
        assert_int_equal(ff_catalog_add_bytes(catalog, "m.yaml", ff_buf_slice(&yaml), "user", &error), FF_INVALID);
        assert_non_null(strstr(error.text, "'match' has no value"));
        ff_catalog_free(catalog);
        ff_buf_release(&yaml);
        ff_buf_release(&remarks);
    }
}

static void what_the_engine_refuses_is_named(void **in)
{
    (void)in;
    static const struct {
        const char *regexp, *error;
    } ROWS[] = {
        {"(?<=a+)b(.*)", "m.json:1:73: pattern does not compile: lookbehind assertion is not fixed length"},
        {"((((a{9999}){9999}){9999}){9999})", "m.json:1:73: pattern does not compile"},
    };
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        char json[512];
        ff_buf yaml, remarks;
        ff_error error = {0};
        ff_buf_init(&yaml, FF_LIMIT_REPORT_BYTES);
        ff_buf_init(&remarks, FF_LIMIT_REPORT_BYTES);
        (void)snprintf(
            json, sizeof json,
            "{\"problemMatcher\": [{\"owner\": \"o\", \"pattern\": [{\"message\": 1, \"regexp\": \"%s\"}]}]}",
            ROWS[i].regexp);
        assert_int_equal(ff_import_bytes(NULL, "m.json", ff_slice_of(json), &yaml, &remarks, &error), FF_INVALID);
        if (!strstr(error.text, ROWS[i].error))
            fail_msg("%s", error.text);
        ff_buf_release(&yaml);
        ff_buf_release(&remarks);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matchers_of_many_tools_find_what_they_should),
        cmocka_unit_test(roles_follow_the_severity),
        cmocka_unit_test(a_line_is_of_one_severity),
        cmocka_unit_test(families_and_ids_have_the_form_that_they_must_have),
        cmocka_unit_test(hostile_texts_stay_texts),
        cmocka_unit_test(what_has_no_example_is_said),
        cmocka_unit_test(what_the_engine_refuses_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
