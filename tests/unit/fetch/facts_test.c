/* Facts out of the API's JSON: what is there is read, what is missing or odd is unknown, what is hostile is refused. */
#include "fetch/facts.h"
#include "fetch/record.h"

#include "base/buf.h"
#include "base/limits.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define SECOND INT64_C(1000000000)

static const char RUN[] =
    "{\"id\": 10000001001, \"name\": \"CI\", \"node_id\": \"WFR_1\", \"head_branch\": \"feature/x\","
    " \"head_sha\": \"aa\", \"path\": \".github/workflows/ci.yml\", \"run_attempt\": 2, \"event\": \"push\","
    " \"html_url\": \"https://github.com/o/r/actions/runs/10000001001\", \"display_title\": \"Fix \\u00fc\", "
    "\"status\": \"completed\", \"conclusion\": \"failure\","
    " \"workflow_id\": 161335, \"created_at\": \"2026-01-10T10:00:00Z\", \"run_started_at\": \"2026-01-10T10:00:01Z\","
    " \"updated_at\": \"2026-01-10T10:00:02.5Z\", \"pull_requests\": [], \"actor\": {\"login\": \"x\", \"id\": 1},"
    " \"repository\": {\"id\": 5, \"name\": \"r\", \"full_name\": \"o/r\"}}";

#define STEP                                                                                           \
    "{\"name\": \"Run tests\", \"status\": \"completed\", \"conclusion\": \"failure\", \"number\": 4," \
    " \"started_at\": \"2026-01-10T10:00:00Z\", \"completed_at\": null}"
#define JOB(id, name)                                                                                        \
    "{\"id\": " id ", \"run_id\": 7, \"run_attempt\": 1, \"name\": \"" name "\", \"status\": \"completed\"," \
    " \"conclusion\": \"failure\", \"runner_name\": \"GitHub Actions 12\", \"steps\": [" STEP "]}"

static void is(ff_slice got, const char *wanted)
{
    if (!ff_slice_eq(got, ff_slice_of(wanted)))
        fail_msg("'%.*s' is not '%s'", FF_ARG(got), wanted);
}

static void a_run_is_read_with_all_its_facts(void **state)
{
    ff_arena arena = {0};
    ff_api_run run;
    (void)state;
    assert_int_equal(ff_api_run_parse(&run, ff_slice_of(RUN), &arena, NULL), FF_OK);
    assert_int_equal(run.id, 10000001001);
    assert_int_equal(run.workflow_id, 161335);
    assert_int_equal(run.attempt, 2);
    is(run.name, "CI");
    is(run.path, ".github/workflows/ci.yml");
    is(run.event, "push");
    is(run.head_sha, "aa");
    is(run.head_branch, "feature/x");
    is(run.status, "completed");
    is(run.conclusion, "failure");
    is(run.title, "Fix \xC3\xBC");
    is(run.repository, "o/r");
    is(run.page, "https://github.com/o/r/actions/runs/10000001001");
    assert_int_equal(run.created_at, 1768039200 * SECOND);
    assert_int_equal(run.started_at, 1768039201 * SECOND);
    assert_int_equal(run.updated_at, 1768039202 * SECOND + 500000000);
    ff_arena_release(&arena);
}

static void what_is_missing_null_or_odd_is_unknown(void **state)
{
    static const char *const rows[] = {
        "{}",
        "\xEF\xBB\xBF{}",
        "{\"id\": null, \"name\": null, \"conclusion\": null, \"repository\": null, \"created_at\": null}",
        "{\"id\": \"1\", \"name\": 1, \"conclusion\": {}, \"repository\": [], \"run_attempt\": \"1\"}",
        "{\"created_at\": 1}",
        "{\"id\": -1, \"workflow_id\": 1.5, \"run_attempt\": -1, \"repository\": {\"full_name\": 1}}",
        "{\"id\": 1e3, \"run_attempt\": 4294967296, \"created_at\": \"yesterday\"}",
        "{\"id\": true, \"name\": [\"CI\"], \"run_attempt\": 0, \"unknown\": [[[{\"a\": [1, 2]}]]]}",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_api_run run = {.id = 7};
        ff_error error = {0};
        if (ff_api_run_parse(&run, ff_slice_of(rows[i]), &arena, &error) != FF_OK)
            fail_msg("row %zu: %s", i, error.text);
        assert_int_equal(run.id, 0);
        assert_int_equal(run.workflow_id, 0);
        assert_int_equal(run.attempt, 0);
        assert_int_equal(run.created_at, FF_NO_TIME);
        assert_int_equal(run.name.len + run.conclusion.len + run.repository.len, 0);
        ff_arena_release(&arena);
    }
}

static void numbers_and_words_keep_all_they_have(void **state)
{
    ff_arena arena = {0};
    ff_api_run run;
    (void)state;
    ff_slice json = FF_LIT("{\"id\": 9223372036854775807, \"workflow_id\": 4294967297, \"run_attempt\": 4294967295,"
                           " \"status\": \"pondering\", \"conclusion\": \"\\ud83d\\ude80 \\u0000 \\u202e\"}");
    assert_int_equal(ff_api_run_parse(&run, json, &arena, NULL), FF_OK);
    assert_true(run.id == INT64_MAX);
    assert_true(run.workflow_id == UINT64_C(4294967297));
    assert_int_equal(run.attempt, UINT32_MAX);
    is(run.status, "pondering");
    assert_true(ff_slice_eq(run.conclusion, FF_LIT("\xF0\x9F\x9A\x80 \0 \xE2\x80\xAE")));
    ff_arena_release(&arena);
}

static void long_texts_are_cut_between_code_points(void **state)
{
    ff_arena arena = {0};
    ff_buf json;
    ff_api_annotations annotations = {0};
    (void)state;
    ff_buf_init(&json, 1 << 20);
    ff_buf_add(&json, FF_LIT("[{\"title\": \"x"));
    for (size_t i = 0; i < FF_LIMIT_NAME_BYTES; i++)
        ff_buf_add(&json, FF_LIT("\xC3\xBC"));
    ff_buf_add(&json, FF_LIT("\", \"message\": \"x"));
    for (size_t i = 0; i < FF_LIMIT_MESSAGE_BYTES; i++)
        ff_buf_add(&json, FF_LIT("\xC3\xBC"));
    ff_buf_add(&json, FF_LIT("\"}]"));
    assert_int_equal(ff_api_annotations_parse(&annotations, ff_buf_slice(&json), &arena, NULL), FF_OK);
    assert_int_equal(annotations.items[0].title.len, FF_LIMIT_NAME_BYTES - 1);
    assert_int_equal(annotations.items[0].message.len, FF_LIMIT_MESSAGE_BYTES - 1);
    ff_buf_release(&json);
    ff_arena_release(&arena);
}

static void a_job_is_read_with_its_steps(void **state)
{
    ff_arena arena = {0};
    ff_api_job job;
    (void)state;
    assert_int_equal(ff_api_job_parse(&job, FF_LIT(JOB("41015000001", "test (x, 3.11)")), &arena, NULL), FF_OK);
    assert_int_equal(job.id, 41015000001);
    assert_int_equal(job.run, 7);
    is(job.name, "test (x, 3.11)");
    is(job.runner, "GitHub Actions 12");
    assert_int_equal(job.started_at, FF_NO_TIME);
    assert_int_equal(job.step_count, 1);
    is(job.steps[0].name, "Run tests");
    is(job.steps[0].conclusion, "failure");
    assert_int_equal(job.steps[0].number, 4);
    assert_int_equal(job.steps[0].started_at, 1768039200 * SECOND);
    assert_int_equal(job.steps[0].completed_at, FF_NO_TIME);
    ff_slice odd = FF_LIT("{\"steps\": [null, 1, {}, [], {\"number\": -4, \"name\": null}]}");
    assert_int_equal(ff_api_job_parse(&job, odd, &arena, NULL), FF_OK);
    assert_int_equal(job.step_count, 2);
    assert_int_equal(job.steps[1].number, 0);
    assert_int_equal(ff_api_job_parse(&job, FF_LIT("{\"steps\": {\"a\": 1}}"), &arena, NULL), FF_OK);
    assert_int_equal(job.step_count, 0);
    ff_arena_release(&arena);
}

static void pages_append_and_what_comes_twice_counts_once(void **state)
{
    ff_arena arena = {0};
    ff_api_jobs jobs = {0};
    (void)state;
    ff_slice first =
        FF_LIT("{\"total_count\": 4, \"jobs\": [" JOB("3", "c") ", " JOB("1", "a") ", " JOB("3", "again") "]}");
    ff_slice second = FF_LIT("{\"total_count\": 5, \"jobs\": [" JOB("1", "again") ", " JOB(
        "2", "b") ", "
                  "{\"name\": \"no id\"}, {\"name\": \"no id\"}, null, 7]}");
    assert_int_equal(ff_api_jobs_parse(&jobs, first, &arena, NULL), FF_OK);
    assert_int_equal(jobs.count, 2);
    assert_int_equal(jobs.total, 4);
    assert_int_equal(ff_api_jobs_parse(&jobs, second, &arena, NULL), FF_OK);
    assert_int_equal(jobs.total, 5);
    static const char *const names[] = {"c", "a", "b", "no id", "no id"};
    assert_int_equal(jobs.count, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        is(jobs.items[i].name, names[i]);
    assert_int_equal(jobs.items[0].step_count, 1);
    assert_int_equal(ff_api_jobs_parse(&jobs, FF_LIT("{\"jobs\": []}"), &arena, NULL), FF_OK);
    assert_int_equal(jobs.total, 5);
    ff_api_runs runs = {0};
    ff_slice two = FF_LIT("{\"total_count\": 2, \"workflow_runs\": [{\"id\": 2}, {\"id\": 1}, {\"id\": 2}]}");
    assert_int_equal(ff_api_runs_parse(&runs, two, &arena, NULL), FF_OK);
    assert_int_equal(runs.count, 2);
    assert_int_equal(runs.items[0].id, 2);
    assert_int_equal(runs.items[0].created_at, FF_NO_TIME);
    ff_arena_release(&arena);
}

static void a_listed_run_is_read_as_one_that_was_asked_for(void **state)
{
    ff_arena arena = {0};
    ff_buf json;
    ff_api_run alone;
    ff_api_runs runs = {0};
    (void)state;
    ff_buf_init(&json, 1 << 16);
    ff_buf_printf(&json, "{\"total_count\": 5, \"workflow_runs\": [%s, 7, {\"id\": 2}, %s]}", RUN, RUN);
    assert_int_equal(ff_api_run_parse(&alone, ff_slice_of(RUN), &arena, NULL), FF_OK);
    assert_int_equal(ff_api_runs_parse(&runs, ff_buf_slice(&json), &arena, NULL), FF_OK);
    assert_int_equal(runs.total, 5);
    assert_int_equal(runs.count, 2);
    const ff_api_run *run = &runs.items[0];
    assert_true(run->id == alone.id && run->workflow_id == alone.workflow_id && run->attempt == alone.attempt);
    assert_true(run->created_at == alone.created_at && run->started_at == alone.started_at);
    assert_true(run->updated_at == alone.updated_at);
    const ff_slice both[][2] = {{run->name, alone.name},
                                {run->path, alone.path},
                                {run->event, alone.event},
                                {run->head_sha, alone.head_sha},
                                {run->status, alone.status},
                                {run->head_branch, alone.head_branch},
                                {run->title, alone.title},
                                {run->conclusion, alone.conclusion},
                                {run->repository, alone.repository}};
    for (size_t i = 0; i < COUNT(both); i++)
        assert_true(both[i][0].len && ff_slice_eq(both[i][0], both[i][1]));
    assert_int_equal(runs.items[1].id, 2);
    assert_int_equal(runs.items[1].created_at, FF_NO_TIME);
    ff_buf_release(&json);
    ff_arena_release(&arena);
}

static void repositories_are_read_from_a_bare_list(void **state)
{
    ff_arena arena = {0};
    ff_api_repositories all = {0};
    ff_error error = {0};
    (void)state;
    ff_slice json =
        FF_LIT("[{\"id\": 5, \"full_name\": \"o/r\", \"archived\": true, \"disabled\": false, \"owner\": {}},"
               " [], {\"id\": 6, \"full_name\": null, \"archived\": 1, \"disabled\": \"true\"}, {\"id\": 5}]");
    assert_int_equal(ff_api_repositories_parse(&all, json, &arena, NULL), FF_OK);
    assert_int_equal(all.count, 2);
    is(all.items[0].full_name, "o/r");
    assert_true(all.items[0].archived == 1 && all.items[0].disabled == 0);
    assert_int_equal(all.items[1].full_name.len + all.items[1].archived + all.items[1].disabled, 0);
    assert_int_equal(ff_api_repositories_parse(&all, FF_LIT("{\"message\": \"x\"}"), &arena, &error), FF_INVALID);
    assert_string_equal(error.text, "is no list of repositories");
    assert_int_equal(all.count, 2);
    ff_buf json_many;
    ff_buf_init(&json_many, 1 << 20);
    ff_buf_add_byte(&json_many, '[');
    for (size_t i = 0; i < FF_LIMIT_PAGES * 100; i++)
        ff_buf_add(&json_many, FF_LIT("{},"));
    ff_buf_add(&json_many, FF_LIT("{}]"));
    error = (ff_error){0};
    assert_int_equal(ff_api_repositories_parse(&all, ff_buf_slice(&json_many), &arena, &error), FF_LIMIT);
    assert_string_equal(error.text, "makes the list longer than the 5000 items allowed");
    ff_buf_release(&json_many);
    ff_arena_release(&arena);
}

static void annotations_and_kept_answers_are_lists_too(void **state)
{
    ff_arena arena = {0};
    ff_api_annotations annotations = {0};
    ff_record kept = {0};
    ff_buf many;
    (void)state;
    ff_slice json = FF_LIT("[{\"path\": \".github\", \"start_line\": 9, \"end_line\": 10, \"annotation_level\":"
                           " \"failure\", \"title\": \"\", \"message\": \"Process completed with exit code 2.\"}]");
    assert_int_equal(ff_api_annotations_parse(&annotations, json, &arena, NULL), FF_OK);
    assert_int_equal(annotations.count, 1);
    is(annotations.items[0].level, "failure");
    is(annotations.items[0].message, "Process completed with exit code 2.");
    assert_int_equal(annotations.items[0].line, 9);
    assert_int_equal(annotations.items[0].end_line, 10);
    ff_buf_init(&many, 1 << 20);
    ff_buf_add(&many, FF_LIT("[{}"));
    for (size_t i = 0; i < FF_LIMIT_ANNOTATIONS; i++)
        ff_buf_add(&many, FF_LIT(",{}"));
    ff_buf_add(&many, FF_LIT("]"));
    assert_int_equal(ff_api_annotations_parse(&annotations, ff_buf_slice(&many), &arena, NULL), FF_OK);
    assert_int_equal(annotations.count, 1 + FF_LIMIT_ANNOTATIONS);
    ff_buf_release(&many);
    ff_slice index =
        FF_LIT("{\"schema\": \"s/1\", \"target\": \"t\", \"answers\": [{\"path\": \"/a\","
               " \"http\": 200, \"file\": \"1.json\", \"next\": null}, {\"path\": \"/b\", \"http\": 404, \"status\":"
               " -5, \"text\": \"not there\"}]}");
    assert_int_equal(ff_record_parse(&kept, index, &arena, NULL), FF_OK);
    is(kept.schema, "s/1");
    is(kept.target, "t");
    assert_int_equal(kept.count, 2);
    is(kept.items[0].file, "1.json");
    assert_int_equal(kept.items[0].http, 200);
    assert_int_equal(kept.items[0].status, 0);
    assert_int_equal(kept.items[1].status, -5);
    is(kept.items[1].text, "not there");
    ff_arena_release(&arena);
}

#define FILE_OF(content) "{\"type\": \"file\", \"encoding\": \"base64\", \"content\": \"" content "\"}"

static void the_content_of_a_file_is_its_bytes(void **state)
{
    static const struct {
        ff_slice json, bytes;
    } rows[] = {
        {FF_TEXT(FILE_OF("am9iczoK\\n")), FF_TEXT("jobs:\n")},
        {FF_TEXT(FILE_OF("am9i\\nczoK\\n")), FF_TEXT("jobs:\n")},
        {FF_TEXT(FILE_OF("/wAK")), FF_TEXT("\xFF\0\n")},
        {FF_TEXT(FILE_OF("")), FF_TEXT("")},
        {FF_TEXT("{\"encoding\": \"base64\", \"content\": \"am9i\", \"size\": 77}"), FF_TEXT("job")},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_slice bytes;
        ff_error error = {0};
        if (ff_api_content_parse(&bytes, rows[i].json, &arena, &error) != FF_OK)
            fail_msg("row %zu: %s", i, error.text);
        assert_true(ff_slice_eq(bytes, rows[i].bytes));
        ff_arena_release(&arena);
    }
}

static void what_is_no_file_or_comes_otherwise_is_not_read(void **state)
{
    static const struct {
        const char *json;
        ff_status status;
        const char *error;
    } rows[] = {
        {"[{\"type\": \"file\", \"name\": \"ci.yml\"}]", FF_UNSUPPORTED, "lists a folder"},
        {"{\"type\": \"symlink\", \"target\": \"../x\"}", FF_UNSUPPORTED, "is about no file"},
        {"{\"type\": \"submodule\"}", FF_UNSUPPORTED, "is about no file"},
        {"{\"type\": null, \"encoding\": \"base64\", \"content\": \"\"}", FF_UNSUPPORTED, "is about no file"},
        {"{\"type\": \"file\", \"encoding\": \"none\", \"content\": \"\"}", FF_UNSUPPORTED,
         "holds a file in an encoding that is not read"},
        {"{\"type\": \"file\", \"content\": \"am9i\"}", FF_UNSUPPORTED, "holds a file in an encoding that is not read"},
        {"{\"message\": \"x\"}", FF_INVALID, "holds no file"},
        {"{\"type\": \"file\", \"encoding\": \"base64\", \"content\": null}", FF_INVALID, "holds no file"},
        {FILE_OF("am9"), FF_INVALID, "is not the Base64 that it says it is"},
        {FILE_OF("am9i am9i"), FF_INVALID, "is not the Base64 that it says it is"},
        {"<html>", FF_INVALID, "is not JSON: '[' or '{' expected near '<', line 1, column 1"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_slice bytes = FF_LIT("before");
        ff_error error = {0};
        ff_status status = ff_api_content_parse(&bytes, ff_slice_of(rows[i].json), &arena, &error);
        if (status != rows[i].status || strcmp(error.text, rows[i].error) != 0 || bytes.len)
            fail_msg("row %zu: %d '%s'", i, status, error.text);
        ff_arena_release(&arena);
    }
}

typedef enum answer { RUN_ANSWER, RUNS_ANSWER, JOBS_ANSWER, ANNOTATIONS_ANSWER, CONTENT_ANSWER, KEPT_ANSWER } answer;

static ff_status parse_as(answer kind, ff_slice json, ff_arena *arena, ff_error *error)
{
    ff_api_run run;
    ff_api_runs runs = {0};
    ff_api_jobs jobs = {0};
    ff_api_annotations annotations = {0};
    ff_record kept = {0};
    ff_slice bytes;
    switch (kind) {
    case RUN_ANSWER: return ff_api_run_parse(&run, json, arena, error);
    case RUNS_ANSWER: return ff_api_runs_parse(&runs, json, arena, error);
    case JOBS_ANSWER: return ff_api_jobs_parse(&jobs, json, arena, error);
    case ANNOTATIONS_ANSWER: return ff_api_annotations_parse(&annotations, json, arena, error);
    case CONTENT_ANSWER: return ff_api_content_parse(&bytes, json, arena, error);
    case KEPT_ANSWER: break;
    }
    return ff_record_parse(&kept, json, arena, error);
}

static void what_is_no_answer_is_refused_with_its_place(void **state)
{
    static const struct {
        answer kind;
        ff_slice json;
        const char *error;
    } rows[] = {
        {RUN_ANSWER, FF_TEXT(""), "is empty"},
        {RUN_ANSWER, FF_TEXT(" \r\n"), "is empty"},
        {RUN_ANSWER, FF_TEXT("\xEF\xBB\xBF"), "is empty"},
        {RUN_ANSWER, FF_TEXT("<html>"), "is not JSON: '[' or '{' expected near '<', line 1, column 1"},
        {RUN_ANSWER, FF_TEXT("{\n\n  nul}"), "is not JSON: string or '}' expected near 'nul', line 3, column 5"},
        {RUN_ANSWER, FF_TEXT("null"), "is not JSON: '[' or '{' expected near 'null', line 1, column 4"},
        {RUN_ANSWER, FF_TEXT("{} {}"), "is not JSON: end of file expected near '{', line 1, column 4"},
        {RUN_ANSWER, FF_TEXT("{\"id\": 1, \"id\": 2}"), "names a member twice: duplicate object key near '\"id\"'"},
        {RUN_ANSWER, FF_TEXT("{\"id\": 9223372036854775808}"), "holds a number that is too large"},
        {RUN_ANSWER, FF_TEXT("{\"id\": 1e999}"), "holds a number that is too large"},
        {RUN_ANSWER, FF_TEXT("{\"id\": 1"), "ends in the middle: '}' expected near end of file, line 1, column 8"},
        {RUN_ANSWER, FF_TEXT("{\"id\": \"a"), "ends in the middle: premature end of input"},
        {RUN_ANSWER, FF_TEXT("{\"id\": 01}"), "is not JSON: "},
        {RUN_ANSWER, FF_TEXT("{\"a\": \"\xFF\"}"), "is not JSON: unable to decode byte 0xff"},
        {RUN_ANSWER, FF_TEXT("{\"a\": \"\\ud800\"}"), "is not JSON: "},
        {RUN_ANSWER, FF_TEXT("{\"a\": \"\x1B\"}"), "is not JSON: control character 0x1b"},
        {RUN_ANSWER, FF_TEXT("{\"a\0\": 1}"), "is not JSON: "},
        {RUN_ANSWER, FF_TEXT("{\"\xE2\x80\xAE\" 1}"), "is not JSON: ':' expected near '1'"},
        {RUN_ANSWER, FF_TEXT("[]"), "holds no run"},
        {RUNS_ANSWER, FF_TEXT("{\"runs\": []}"), "holds no list of runs"},
        {JOBS_ANSWER, FF_TEXT("{\"message\": \"Not Found\"}"), "holds no list of jobs"},
        {JOBS_ANSWER, FF_TEXT("{\"jobs\": {\"a\": 1}}"), "holds no list of jobs"},
        {JOBS_ANSWER, FF_TEXT("[]"), "holds no list of jobs"},
        {ANNOTATIONS_ANSWER, FF_TEXT("{}"), "is no list of annotations"},
        {KEPT_ANSWER, FF_TEXT("{\"schema\": \"x\"}"), "holds no list of answers"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_error error = {0};
        ff_status status = parse_as(rows[i].kind, rows[i].json, &arena, &error);
        if (status != FF_INVALID || !ff_slice_starts(ff_slice_of(error.text), ff_slice_of(rows[i].error)))
            fail_msg("row %zu: %d '%s'", i, status, error.text);
        for (const char *at = error.text; *at; at++)
            assert_true((unsigned char)*at >= ' ');
        ff_arena_release(&arena);
    }
}

/* `count` times `unit` between `before` and `after`. */
static ff_buf repeated(const char *before, const char *unit, size_t count, const char *after)
{
    ff_buf buf;
    ff_buf_init(&buf, 2 * FF_LIMIT_ANSWER_BYTES);
    ff_buf_add(&buf, ff_slice_of(before));
    for (size_t i = 0; i < count; i++)
        ff_buf_add(&buf, ff_slice_of(unit));
    ff_buf_add(&buf, ff_slice_of(after));
    assert_int_equal(ff_buf_status(&buf), FF_OK);
    return buf;
}

static void bombs_are_refused_before_they_are_built(void **state)
{
    static const struct {
        const char *before, *unit;
        size_t count;
        const char *after, *error;
    } rows[] = {
        {"{\"jobs\":[[]", ",[]", 2000000, "]}", "holds more than the 250000 values allowed"},
        {"{\"jobs\":[{}", ",{}", 200000, "]}", "holds more than the 250000 values allowed"},
        {"{\"jobs\":[0", ",0", FF_LIMIT_JSON_VALUES, "]}", "holds more than the 250000 values allowed"},
        {"", "[", 4000000, "", "nests deeper than the 64 levels allowed"},
        {"{\"jobs\":", "{\"a\":", FF_LIMIT_JSON_DEPTH, "1", "nests deeper than the 64 levels allowed"},
        {"{\"a\": \"\\\"\", \"jobs\":", "[", FF_LIMIT_JSON_DEPTH, "", "nests deeper than the 64 levels allowed"},
        {"{\"jobs\":[{}", ",{}", FF_LIMIT_JOBS, "]}", "makes the list longer than the 4096 items allowed"},
        {"{\"a\":\"", "x", FF_LIMIT_ANSWER_BYTES, "\"}", "is longer than the 8388608 bytes allowed"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_api_jobs jobs = {0};
        ff_error error = {0};
        ff_buf json = repeated(rows[i].before, rows[i].unit, rows[i].count, rows[i].after);
        assert_int_equal(ff_api_jobs_parse(&jobs, ff_buf_slice(&json), &arena, &error), FF_LIMIT);
        assert_string_equal(error.text, rows[i].error);
        assert_int_equal(jobs.count, 0);
        ff_buf_release(&json);
        ff_arena_release(&arena);
    }
}

/* All that fits into an answer of 8 MiB is read, and no more than that. */
static void a_list_of_files_may_hold_more_values(void **state)
{
    static const struct {
        size_t count;
        ff_status status;
    } rows[] = {{FF_LIMIT_JSON_VALUES / 2, FF_OK}, {FF_LIMIT_NODES_VALUES / 2, FF_LIMIT}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena = {0};
        ff_api_nodes nodes = {0};
        ff_error error = {0};
        ff_buf json = repeated("{\"tree\":[{}", ",{}", rows[i].count, "]}");
        assert_int_equal(ff_api_nodes_parse(&nodes, ff_buf_slice(&json), &arena, &error), rows[i].status);
        assert_int_equal(nodes.count, rows[i].status == FF_OK ? rows[i].count + 1 : 0);
        assert_string_equal(error.text, rows[i].status == FF_OK ? "" : "holds more than the 450000 values allowed");
        ff_buf_release(&json);
        ff_arena_release(&arena);
    }
}

static void a_file_is_bounded(void **state)
{
    ff_arena arena = {0};
    ff_slice bytes;
    ff_error error = {0};
    (void)state;
    ff_buf json = repeated("{\"encoding\": \"base64\", \"content\": \"", "AAAA", FF_LIMIT_YAML_BYTES / 3, "\"}");
    assert_int_equal(ff_api_content_parse(&bytes, ff_buf_slice(&json), &arena, &error), FF_OK);
    assert_int_equal(bytes.len, FF_LIMIT_YAML_BYTES / 3 * 3);
    ff_buf_release(&json);
    json = repeated("{\"encoding\": \"base64\", \"content\": \"", "AAAA", FF_LIMIT_YAML_BYTES / 3 + 1, "\"}");
    assert_int_equal(ff_api_content_parse(&bytes, ff_buf_slice(&json), &arena, &error), FF_LIMIT);
    assert_string_equal(error.text, "holds a file larger than the 4194304 bytes allowed");
    ff_buf_release(&json);
    ff_arena_release(&arena);
}

static void brackets_inside_strings_are_no_depth(void **state)
{
    ff_arena arena = {0};
    ff_api_run run;
    (void)state;
    ff_buf json = repeated("{\"id\": 3, \"name\": \"\\\"", "[{,\\\\\\\"", 100000, "\"}");
    assert_int_equal(ff_api_run_parse(&run, ff_buf_slice(&json), &arena, NULL), FF_OK);
    assert_int_equal(run.id, 3);
    ff_buf_release(&json);
    json = repeated("{\"a\":", "[", FF_LIMIT_JSON_DEPTH - 1, "");
    for (size_t i = 1; i < FF_LIMIT_JSON_DEPTH; i++)
        ff_buf_add_byte(&json, ']');
    ff_buf_add_byte(&json, '}');
    assert_int_equal(ff_api_run_parse(&run, ff_buf_slice(&json), &arena, NULL), FF_OK);
    ff_buf_release(&json);
    ff_arena_release(&arena);
}

static void a_page_that_fails_leaves_the_list_as_it_was(void **state)
{
    static const char *const rows[] = {
        "{\"jobs\": [" JOB("9", "x"),
        "{\"jobs\": 1}",
        "{\"total_count\": 9}",
        "",
    };
    ff_arena arena = {0};
    ff_api_jobs jobs = {0};
    (void)state;
    ff_slice first = FF_LIT("{\"total_count\": 2, \"jobs\": [" JOB("1", "a") ", " JOB("2", "b") "]}");
    assert_int_equal(ff_api_jobs_parse(&jobs, first, &arena, NULL), FF_OK);
    size_t used = arena.used;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(ff_api_jobs_parse(&jobs, ff_slice_of(rows[i]), &arena, NULL), FF_INVALID);
        assert_int_equal(jobs.count, 2);
        assert_int_equal(jobs.total, 2);
        is(jobs.items[1].name, "b");
        assert_int_equal(arena.used, used);
    }
    ff_arena_release(&arena);
}

static void every_smaller_memory_is_reported_as_such(void **state)
{
    static const char *const answers[] = {
        [RUN_ANSWER] = RUN,
        [RUNS_ANSWER] = "{\"workflow_runs\": [{\"id\": 1, \"name\": \"a\"}, {\"id\": 2}, {\"id\": 1}]}",
        [JOBS_ANSWER] = "{\"jobs\": [" JOB("1", "a") "," JOB("2", "b") "," JOB("3", "c") "]}",
        [ANNOTATIONS_ANSWER] = "[{\"message\": \"m\", \"path\": \"p\"}, {}, {}]",
        [CONTENT_ANSWER] = FILE_OF("am9iczoKam9iczoKam9iczoKam9iczoKam9iczoKam9iczoKam9iczoK"),
        [KEPT_ANSWER] = "{\"host\": \"h\", \"answers\": [{\"path\": \"a\"}, {}, {}]}",
    };
    (void)state;
    for (size_t kind = 0; kind < COUNT(answers); kind++) {
        ff_status status = FF_NOMEM;
        for (size_t limit = 1; status != FF_OK; limit += 16) {
            ff_arena arena;
            ff_error error = {0};
            ff_arena_init(&arena, limit);
            status = parse_as((answer)kind, ff_slice_of(answers[kind]), &arena, &error);
            if (status != FF_OK && (status != FF_NOMEM || !strstr(error.text, "out of memory")))
                fail_msg("%zu bytes: status %d, '%s'", limit, status, error.text);
            ff_arena_release(&arena);
        }
    }
}

static size_t allocations_left;

static void *scarce_malloc(size_t size)
{
    return allocations_left && allocations_left-- ? malloc(size) : NULL;
}

/* The parser calls some of its own failures bad tokens: it must fail, whatever it says. */
static void every_allocation_of_the_parser_fails_in_turn(void **state)
{
    (void)state;
    ff_status status = FF_NOMEM;
    json_set_alloc_funcs(scarce_malloc, free);
    for (size_t count = 0; status != FF_OK; count++) {
        ff_arena arena = {0};
        ff_error error = {0};
        allocations_left = count;
        status = parse_as(JOBS_ANSWER, FF_LIT("{\"jobs\": [" JOB("1", "a") "," JOB("2", "b") "]}"), &arena, &error);
        assert_true(status == FF_OK || status == FF_NOMEM || status == FF_INVALID);
        assert_true((status == FF_OK) == (error.text[0] == '\0'));
        ff_arena_release(&arena);
        assert_true(count < 1000);
    }
    json_set_alloc_funcs(malloc, free);
}

static void the_message_of_a_refusal_is_one_safe_line(void **state)
{
    static const struct {
        const char *json, *message;
    } rows[] = {
        {"{\"message\": \"Not Found\", \"documentation_url\": \"x\"}", "Not Found"},
        {"{\"message\": \" two\\r\\nlines \"}", "two"},
        {"{\"message\": \"a\\u001b[31m\\u202e\"}", "a\\x1b[31m\\u202e"},
        {"{\"message\": \"password=correcthorse\"}", "password=***"},
        {"{\"message\": null}", ""},
        {"{\"message\": {\"a\": 1}}", ""},
        {"{\"message\": \"\"}", ""},
        {"{}", ""},
        {"[\"message\"]", ""},
        {"<html>", ""},
        {"", ""},
    };
    (void)state;
    ff_arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        is(ff_api_message(ff_slice_of(rows[i].json), &arena), rows[i].message);
    ff_buf json = repeated("{\"message\": \"", "x", 5000, "\"}");
    ff_slice message = ff_api_message(ff_buf_slice(&json), &arena);
    assert_true(message.len <= 300 && ff_slice_ends(message, FF_LIT("\xE2\x80\xA6")));
    ff_buf_release(&json);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_read_with_all_its_facts),
        cmocka_unit_test(what_is_missing_null_or_odd_is_unknown),
        cmocka_unit_test(numbers_and_words_keep_all_they_have),
        cmocka_unit_test(long_texts_are_cut_between_code_points),
        cmocka_unit_test(a_job_is_read_with_its_steps),
        cmocka_unit_test(pages_append_and_what_comes_twice_counts_once),
        cmocka_unit_test(a_listed_run_is_read_as_one_that_was_asked_for),
        cmocka_unit_test(repositories_are_read_from_a_bare_list),
        cmocka_unit_test(annotations_and_kept_answers_are_lists_too),
        cmocka_unit_test(the_content_of_a_file_is_its_bytes),
        cmocka_unit_test(what_is_no_file_or_comes_otherwise_is_not_read),
        cmocka_unit_test(a_list_of_files_may_hold_more_values),
        cmocka_unit_test(a_file_is_bounded),
        cmocka_unit_test(what_is_no_answer_is_refused_with_its_place),
        cmocka_unit_test(bombs_are_refused_before_they_are_built),
        cmocka_unit_test(brackets_inside_strings_are_no_depth),
        cmocka_unit_test(a_page_that_fails_leaves_the_list_as_it_was),
        cmocka_unit_test(every_smaller_memory_is_reported_as_such),
        cmocka_unit_test(every_allocation_of_the_parser_fails_in_turn),
        cmocka_unit_test(the_message_of_a_refusal_is_one_safe_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
