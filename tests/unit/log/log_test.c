/* The log as a whole: the forms of streams, places, times, and that pieces do not matter. */
#include "tape.h"

#include "base/limits.h"

#include <stdio.h>

#define S "2025-12-01T05:14:50.1234567Z "
#define S2 "2025-12-01T05:14:52.0000000Z "
#define SECOND INT64_C(1000000000)
#define TIME (INT64_C(1764566090) * SECOND + 123456700)
#define BOM "\xEF\xBB\xBF"

static void test_step_files_count_on_in_the_job(void **state)
{
    (void)state;
    static const tape_reel reels[] = {
        {FF_STREAM_STEP, "build/1_Set up job.txt", FF_TEXT(BOM S "Current runner version: '2'\r\n" S "x\r\n"), "build",
         "Set up job"},
        {FF_STREAM_STEP, "build/2_Test.txt",
         FF_TEXT(BOM S "##[group]Run make\n" S "shell: bash\n" S "##[endgroup]\n" S "##[group]Run inner\n" S
                       "shell: bash\n" S "##[endgroup]\n" S2 "##[error]Process completed with exit code 1.\n"),
         "build", "Test"},
        {FF_STREAM_STEP, "build/9_Post Test.txt", FF_TEXT(BOM S2 "Post job cleanup.\n"), "build", "Post Test"},
        {FF_STREAM_STEP, "lint/2_Post notes.txt", FF_TEXT(BOM S2 "##[group]Run post\n" S2 "shell: bash\n"), "lint",
         "Post notes"},
    };
    tape_record *record = tape_play(reels, 4, 0);
    assert_int_equal(record->count, 12);
    assert_int_equal(record->run.jobs.count, 2);
    const ff_line *line = tape_line(record, 9);
    assert_int_equal(line->place.line, 7);
    assert_int_equal(line->place.job_line, 9);
    assert_int_equal(line->step, 1);
    tape_assert_text(line->place.file, "build/2_Test.txt");
    assert_int_equal(tape_line(record, 10)->place.job_line, 10);
    assert_int_equal(tape_line(record, 11)->place.job_line, 1);
    const ff_step *step = tape_step(record, 1);
    assert_int_equal(step->first_line, 1);
    assert_int_equal(step->last_line, 7);
    assert_int_equal(step->first_job_line, 3);
    assert_int_equal(step->last_job_line, 9);
    assert_int_equal(step->started_at, TIME);
    assert_int_equal(step->signs.exit_code, 1);
    assert_int_equal(step->signs.exit_at.job_line, 9);
    /* A clean-up step is known by its text, whatever the workflow's own steps are called. */
    assert_int_equal(tape_step(record, 2)->phase, FF_STEP_POST);
    assert_int_equal(ff_run_step(&record->run, 1, 0)->phase, FF_STEP_MAIN);
    assert_true(ff_run_job(&record->run, 0)->has_log && ff_run_job(&record->run, 1)->has_log);
    assert_int_equal(ff_run_job(&record->run, 0)->started_at, TIME);
    tape_free(record);
}

static void test_a_whole_job_of_an_archive_is_split(void **state)
{
    (void)state;
    tape_reel reel = {FF_STREAM_JOB, "0_build.txt",
                      FF_TEXT(BOM S "Current runner version: '2'\n" S "##[group]Run make\n" S "shell: bash\n" S
                                    "##[endgroup]\n" S2 "done\n"),
                      "build", NULL};
    tape_record *record = tape_play(&reel, 1, 0);
    assert_int_equal(ff_run_job(&record->run, 0)->steps.count, 2);
    tape_assert_text(ff_run_job(&record->run, 0)->name, "build");
    const ff_step *step = tape_step(record, 1);
    tape_assert_text(step->name, "Run make");
    assert_int_equal(step->started_at, TIME);
    assert_int_equal(step->completed_at - step->started_at, 2 * SECOND - 123456700);
    tape_free(record);
}

static void test_the_form_of_gh_names_jobs_and_steps(void **state)
{
    (void)state;
    tape_record *record = tape_play_text("build\tSet up job\t" BOM S "Current runner version: '2'\n"
                                         "build\tRun tests\t" BOM S "##[group]Run make\n"
                                         "build\tRun tests\t" S "shell: bash\n"
                                         "build\tRun tests\t" S "##[endgroup]\n"
                                         "lint\tSet up job\t" BOM S "Complete job name: other\n"
                                         "build\tRun tests\tno stamp\twith a tab\n"
                                         "build\tPost Run tests\t" S "Post job cleanup.\n"
                                         "lint\tLint\t" S "##[error]Process completed with exit code 1.\n");
    assert_int_equal(record->count, 8);
    assert_int_equal(record->run.jobs.count, 2);
    assert_false(record->run.single_log);
    const ff_job *build = ff_run_job(&record->run, 0), *lint = ff_run_job(&record->run, 1);
    tape_assert_text(build->name, "build");
    tape_assert_text(lint->name, "lint");
    assert_int_equal(build->steps.count, 3);
    assert_int_equal(lint->steps.count, 2);
    assert_int_equal(build->steps.items[0].number, 1);
    assert_int_equal(build->steps.items[0].phase, FF_STEP_SETUP);
    assert_int_equal(build->steps.items[2].phase, FF_STEP_POST);
    const ff_line *line = tape_line(record, 6);
    tape_assert_text(line->text, "no stamp\twith a tab");
    assert_int_equal(line->job, 0);
    assert_int_equal(line->step, 1);
    assert_int_equal(line->place.line, 6);
    assert_int_equal(line->place.job_line, 5);
    assert_int_equal(build->steps.items[1].last_line, 6);
    assert_int_equal(lint->steps.items[1].signs.exit_code, 1);
    assert_int_equal(tape_line(record, 8)->place.job_line, 2);
    tape_free(record);
}

static void test_unknown_steps_of_gh_are_found_in_the_text(void **state)
{
    (void)state;
#define U "build\tUNKNOWN STEP\t"
    tape_record *record =
        tape_play_text(U S "Current runner version: '2'\n" U S "##[group]Run make\n" U S "shell: bash\n" U S
                           "##[endgroup]\n" U S "made\n" U S "Cleaning up orphan processes\n");
#undef U
    const ff_job *job = ff_run_job(&record->run, 0);
    assert_int_equal(job->steps.count, 3);
    tape_assert_text(job->steps.items[0].name, "Set up job");
    tape_assert_text(job->steps.items[1].name, "Run make");
    assert_int_equal(job->steps.items[1].last_job_line, 5);
    tape_assert_text(job->steps.items[2].name, "Complete job");
    assert_int_equal(tape_line(record, 3)->kind, FF_LINE_SCRIPT);
    tape_free(record);
}

static void expect_step_file(const char *name, const char *text, int64_t number, const char *step, bool counted)
{
    tape_record *record =
        tape_play(&(tape_reel){.form = FF_STREAM_TEXT, .name = name, .text = ff_slice_of(text)}, 1, 0);
    assert_int_equal(tape_step(record, 0)->number, number);
    tape_assert_text(tape_step(record, 0)->name, step);
    assert_int_equal(tape_line(record, 1)->place.job_line, counted ? 1 : 0);
    tape_free(record);
}

static void test_a_single_step_file_tells_its_step_by_its_name(void **state)
{
    (void)state;
    static const char step[] = S "##[group]Run x\n" S "shell: bash\n" S "##[endgroup]\n" S "out\n";
    static const char job[] = S "Current runner version: '2'\n";
    expect_step_file("/tmp/run/6_Run tests.txt", step, 6, "Run tests", false);
    expect_step_file("6_Run tests.txt", job, 1, "Set up job", true);
    expect_step_file("1_Set up job.txt", job, 1, "Set up job", true);
    expect_step_file("6_Run tests.log", step, 0, "Run x", true);
    expect_step_file("0_build.txt", step, 0, "Run x", true);
    expect_step_file("6tests.txt", step, 0, "Run x", true);
    expect_step_file("-", step, 0, "Run x", true);
    expect_step_file("99999999999999999999_x.txt", step, 0, "Run x", true);
}

static void test_text_keeps_its_bytes(void **state)
{
    (void)state;
    tape_reel reel = {.form = FF_STREAM_TEXT,
                      .name = "-",
                      .text = FF_TEXT("a\0b\n\xFF\xFE\n10%\r50%\r100%\r\n\x1b[31mred\x1b[0m\r\n\n")};
    tape_record *record = tape_play(&reel, 1, 0);
    assert_int_equal(record->count, 5);
    assert_true(ff_slice_eq(tape_line(record, 1)->text, FF_LIT("a\0b")));
    assert_true(ff_slice_eq(tape_line(record, 2)->text, FF_LIT("\xFF\xFE")));
    tape_assert_text(tape_line(record, 3)->text, "100%");
    assert_int_equal(tape_line(record, 3)->place.line, 3);
    tape_assert_text(tape_line(record, 4)->text, "red");
    tape_assert_text(tape_line(record, 5)->text, "");
    assert_false(tape_line(record, 1)->stamped);
    assert_int_equal(tape_line(record, 1)->place.time, FF_NO_TIME);
    assert_true(record->run.single_log || record->run.jobs.count == 1);
    tape_free(record);
}

static void test_both_ends_of_a_long_line_can_be_found(void **state)
{
    (void)state;
    enum { LEN = 2000000 };
    char *text = malloc(LEN);
    assert_non_null(text);
    memset(text, '\r', LEN);
    memcpy(text, S "first fault", sizeof(S "first fault") - 1);
    memcpy(text + LEN - 11, "last fault\n", 11);
    tape_reel reel = {.form = FF_STREAM_TEXT, .name = "-", .text = {text, LEN}};
    tape_record *record = tape_play(&reel, 1, 0);
    const ff_line *line = tape_line(record, 1);
    assert_int_equal(record->count, 1);
    assert_true(line->cut && line->stamped);
    assert_true(ff_slice_starts(line->text, FF_LIT("first fault")));
    assert_true(ff_slice_ends(line->text, FF_LIT("last fault")));
    assert_true(line->text.len <= 2 * FF_LIMIT_LINE_BYTES + 3);
    assert_string_equal(record->run.notes.items[0].code, "long-line");
    assert_true(record->run.notes.partial);
    tape_free(record);
    free(text);
}

static const char JOB[] = BOM S
    "Current runner version: '2'\r\n" S "Getting action download info\r\n" S "Complete job name: build\r\n" S
    "##[group]Run make\n" S "\x1b[36;1mmake\x1b[0m\n" S "\x1b[36;1m##[group]Run x\x1b[0m\n" S
    "shell: /usr/bin/bash -e {0}\n" S "env:\n" S "  A: 1\nmore of it\n" S "##[endgroup]\n" S
    "10%\r20%\r\x1b[Kdone\n\xC3\xA9t\xC3\xA9 \xFF\n" S "::error file=a.c,line=3::\x1b]0;t\aboom\n" S "api-1  | x\n" S2
    "##[error]Process completed with exit code 2.\n" S2 "Post job cleanup.\n" S2 "Cleaning up orphan processes";

static void expect_same(const tape_record *a, const tape_record *b, size_t piece)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const ff_line *x = &a->items[i], *y = &b->items[i];
        if (!ff_slice_eq(x->text, y->text) || !ff_slice_eq(x->body, y->body) || x->kind != y->kind ||
            x->job != y->job || x->step != y->step || x->place.line != y->place.line ||
            x->place.job_line != y->place.job_line || x->place.time != y->place.time || x->stamped != y->stamped ||
            x->cut != y->cut)
            fail_msg("pieces of %zu: line %zu differs", piece, i + 1);
    }
}

static void test_pieces_of_any_size_give_the_same_log(void **state)
{
    (void)state;
    tape_reel reel = {.form = FF_STREAM_TEXT, .name = "-", .text = {JOB, sizeof JOB - 1}};
    tape_record *whole = tape_play(&reel, 1, 0);
    assert_int_equal(whole->count, 18);
    assert_int_equal(ff_run_job(&whole->run, 0)->steps.count, 4);
    for (size_t piece = 1; piece < sizeof JOB; piece++) {
        tape_record *record = tape_play(&reel, 1, piece);
        expect_same(whole, record, piece);
        tape_free(record);
    }
    tape_free(whole);
}

static void test_every_beginning_of_a_log_can_be_read(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof JOB; len++) {
        tape_reel reel = {.form = FF_STREAM_TEXT, .name = "-", .text = {JOB, len}};
        tape_record *record = tape_play(&reel, 1, 0);
        assert_true(record->count <= 18);
        tape_free(record);
        reel.text = (ff_slice){JOB + len, sizeof JOB - 1 - len};
        record = tape_play(&reel, 1, 0);
        assert_true(record->count <= 18);
        tape_free(record);
    }
}

static void test_more_jobs_than_allowed_are_passed_over_and_told(void **state)
{
    (void)state;
    enum { JOBS = FF_LIMIT_JOBS + 3, ROOM = 64 };
    char *text = malloc(JOBS * ROOM), *at = text;
    assert_non_null(text);
    for (unsigned i = 0; i < JOBS; i++)
        at += snprintf(at, ROOM, "job %u\tstep\t" S "x\n", i);
    tape_record *record = tape_play_text(text);
    assert_int_equal(record->count, FF_LIMIT_JOBS);
    assert_int_equal(record->run.jobs.count, FF_LIMIT_JOBS);
    assert_true(record->run.notes.partial);
    tape_free(record);
    free(text);
}

static void test_without_memory_the_log_says_so(void **state)
{
    (void)state;
    ff_arena arena;
    ff_run run;
    ff_source *source = NULL;
    ff_log *log = NULL;
    ff_error error = {0};
    ff_line line;
    ff_status status = FF_OK;
    ff_arena_init(&arena, 70000);
    ff_run_init(&run, &arena);
    static char text[200 * 2048];
    char *at = text;
    for (unsigned i = 0; i < 200; i++)
        at += snprintf(at, 2048, "##[group]Run %01000u\nshell: bash\n##[endgroup]\n", i);
    assert_int_equal(ff_source_open_bytes(&source, ff_slice_of(text), "log.txt", &run, &error), FF_OK);
    assert_int_equal(ff_log_open(&log, source, &run, &error), FF_OK);
    while ((status = ff_log_next(log, &line, &error)) == FF_OK) {
    }
    assert_int_equal(status, FF_NOMEM);
    ff_log_close(log);
    ff_source_close(source);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_step_files_count_on_in_the_job),
        cmocka_unit_test(test_a_whole_job_of_an_archive_is_split),
        cmocka_unit_test(test_the_form_of_gh_names_jobs_and_steps),
        cmocka_unit_test(test_unknown_steps_of_gh_are_found_in_the_text),
        cmocka_unit_test(test_a_single_step_file_tells_its_step_by_its_name),
        cmocka_unit_test(test_text_keeps_its_bytes),
        cmocka_unit_test(test_both_ends_of_a_long_line_can_be_found),
        cmocka_unit_test(test_pieces_of_any_size_give_the_same_log),
        cmocka_unit_test(test_every_beginning_of_a_log_can_be_read),
        cmocka_unit_test(test_more_jobs_than_allowed_are_passed_over_and_told),
        cmocka_unit_test(test_without_memory_the_log_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
