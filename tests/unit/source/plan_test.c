/* Which entries are read, in which order, as what: names in, jobs and streams out. */
#include "base/buf.h"
#include "base/limits.h"
#include "source/plan.h"

#include <stdio.h>
#include <stdlib.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const ff_trouble ENCRYPTED = {"entry-encrypted", "encrypted"};

/* How an entry of a test's shelf is: by the first byte of its text. */
enum { BROKEN = '!', LOCKED = '?' };

typedef struct row {
    const char *name; /* NULL: the end */
    const char *text; /* NULL: some; "": empty; "!…": damaged at its end; "?": has a trouble */
} row;

typedef struct memory_shelf {
    const row *rows;
    ff_slice rest; /* of the open entry */
    bool broken;
    size_t opened;
} memory_shelf;

static ff_status read_row(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    memory_shelf *shelf = self;
    if (shelf->rest.len == 0)
        return shelf->broken ? ff_error_set(error, FF_INVALID, "its checksum does not match") : FF_END;
    ff_slice piece = ff_slice_cut(shelf->rest, cap);
    memcpy(into, piece.ptr, piece.len);
    *got = piece.len;
    shelf->rest = ff_slice_from(shelf->rest, piece.len);
    return FF_OK;
}

static const char *text_of(const row *entry)
{
    return entry->text ? entry->text : "some text\n";
}

static ff_status open_row(void *self, size_t entry, ff_reader *reader, ff_error *error)
{
    memory_shelf *shelf = self;
    (void)error;
    shelf->rest = ff_slice_of(text_of(&shelf->rows[entry]));
    shelf->broken = shelf->rest.len && shelf->rest.ptr[0] == BROKEN;
    shelf->opened++;
    *reader = (ff_reader){read_row, shelf};
    return FF_OK;
}

/* One planning of `rows`. */
typedef struct outcome {
    ff_arena arena, run_arena;
    ff_run run;
    ff_source_plan plan;
    memory_shelf memory;
    ff_status status;
    ff_error error;
    ff_buf streams; /* `J name` or `S name`, one a line */
    ff_buf notes;   /* codes, those that make the run partial with `!`, one a line */
} outcome;

static void describe(outcome *made, const ff_shelf *shelf)
{
    ff_buf_init(&made->streams, SIZE_MAX / 4);
    ff_buf_init(&made->notes, SIZE_MAX / 4);
    for (size_t i = 0; made->status == FF_OK && i < made->plan.count; i++) {
        const ff_source_item *item = &made->plan.items[i];
        ff_buf_printf(&made->streams, "%c %.*s\n", item->form == FF_STREAM_STEP ? 'S' : 'J',
                      FF_ARG(shelf->items[item->entry].name));
    }
    for (size_t i = 0; i < made->run.notes.count; i++)
        ff_buf_printf(&made->notes, "%s%s\n", made->run.notes.items[i].code,
                      made->run.notes.items[i].partial ? "!" : "");
}

static void plan_rows(outcome *made, const row *rows, bool checked)
{
    *made = (outcome){.memory.rows = rows};
    ff_arena_init(&made->arena, 0);
    ff_arena_init(&made->run_arena, 0);
    ff_run_init(&made->run, &made->run_arena);
    ff_shelf shelf = {.what = "archive", .checked = checked, .open = open_row, .self = &made->memory};
    for (const row *at = rows; at->name; at++) {
        ff_entry *entry = FF_ARRAY_PUSH(&made->arena, &shelf);
        assert_non_null(entry);
        *entry = (ff_entry){.name = ff_slice_of(at->name), .size = strlen(text_of(at))};
        for (const char *c = text_of(at); *c; c++)
            entry->crc = entry->crc * 31 + (unsigned char)*c;
        entry->trouble = text_of(at)[0] == LOCKED ? ENCRYPTED : (ff_trouble){0};
    }
    made->status = ff_source_plan_make(&made->plan, &shelf, &made->run, &made->arena, &made->error);
    describe(made, &shelf);
}

static void forget(outcome *made)
{
    ff_buf_release(&made->streams);
    ff_buf_release(&made->notes);
    ff_arena_release(&made->arena);
    ff_arena_release(&made->run_arena);
}

static const char *shown(const ff_buf *buf)
{
    return buf->ptr ? buf->ptr : "";
}

typedef struct expectation {
    const char *about;
    row rows[12];
    const char *streams;
    const char *notes;
} expectation;

static void check(const expectation *cases, size_t count, bool checked)
{
    for (size_t i = 0; i < count; i++) {
        outcome made;
        plan_rows(&made, cases[i].rows, checked);
        if (strcmp(shown(&made.streams), cases[i].streams) != 0 || strcmp(shown(&made.notes), cases[i].notes) != 0)
            fail_msg("%s:\n%s---\n%s---\n%s", cases[i].about, shown(&made.streams), shown(&made.notes),
                     made.error.text);
        forget(&made);
    }
}

static void of_two_copies_one_is_read(void **state)
{
    static const expectation cases[] = {
        {"step files in the order of their numbers",
         {{"0_a.txt", 0}, {"a/10_z.txt", 0}, {"a/2_y.txt", 0}, {"a/1_x.txt", 0}, {"a/system.txt", 0}},
         "S a/1_x.txt\nS a/2_y.txt\nS a/10_z.txt\n",
         ""},
        {"a whole-job file where there are no step files", {{"0_a.txt", 0}, {"a/system.txt", 0}}, "J 0_a.txt\n", ""},
        {"step files where there is no whole-job file",
         {{"a/1_x.txt", 0}, {"a/3_y.txt", 0}},
         "S a/1_x.txt\nS a/3_y.txt\n",
         ""},
        {"an empty step file",
         {{"0_a.txt", 0}, {"a/1_x.txt", 0}, {"a/2_y.txt", ""}},
         "J 0_a.txt\n",
         "step-files-incomplete\n"},
        {"an unreadable step file",
         {{"0_a.txt", 0}, {"a/1_x.txt", "?"}, {"a/2_y.txt", 0}},
         "J 0_a.txt\n",
         "step-files-incomplete\n"},
        {"a step file that proves damaged",
         {{"0_a.txt", 0}, {"a/1_x.txt", 0}, {"a/2_y.txt", "!"}},
         "J 0_a.txt\n",
         "step-files-incomplete\n"},
        {"only a step of number 0", {{"3_a.txt", 0}, {"a/0_x.txt", 0}}, "J 3_a.txt\n", "step-files-incomplete\n"},
        {"an empty step file alone", {{"a/1_x.txt", 0}, {"a/2_y.txt", ""}}, "S a/1_x.txt\nS a/2_y.txt\n", ""},
        {"an unreadable step file alone",
         {{"a/1_x.txt", 0}, {"a/2_y.txt", "?"}},
         "S a/1_x.txt\n",
         "entry-encrypted!\n"},
        {"an unreadable whole-job file beside good step files",
         {{"0_a.txt", "?"}, {"a/1_x.txt", 0}},
         "S a/1_x.txt\n",
         ""},
        {"an empty whole-job file beside step files that are not whole",
         {{"0_a.txt", ""}, {"a/1_x.txt", 0}, {"a/2_y.txt", ""}},
         "S a/1_x.txt\nS a/2_y.txt\n",
         ""},
        {"one good job beside an unreadable one",
         {{"0_a.txt", "?"}, {"1_b.txt", 0}},
         "J 1_b.txt\n",
         "entry-encrypted!\n"},
    };
    (void)state;
    check(cases, COUNT(cases), true);
}

static void jobs_stand_in_the_order_of_ordinals_then_names(void **state)
{
    static const expectation cases[] = {
        {"gaps, and numbers not in the order of text",
         {{"10_a.txt", 0}, {"9_b.txt", 0}, {"2_c.txt", 0}},
         "J 2_c.txt\nJ 9_b.txt\nJ 10_a.txt\n",
         ""},
        {"ordinals of 2023",
         {{"-2147483648_z.txt", 0}, {"1_b.txt", 0}, {"1_a.txt", 0}, {"0_c.txt", 0}},
         "J -2147483648_z.txt\nJ 0_c.txt\nJ 1_a.txt\nJ 1_b.txt\n",
         ""},
        {"jobs without whole-job file last",
         {{"b/1_x.txt", 0}, {"a/1_x.txt", 0}, {"5_c.txt", 0}},
         "J 5_c.txt\nS a/1_x.txt\nS b/1_x.txt\n",
         ""},
        {"a duplicate's mark is part of its name",
         {{"0_a.txt", 0}, {"1_a (1).txt", 0}, {"a/1_x.txt", 0}, {"a (1)/1_x.txt", 0}},
         "S a/1_x.txt\nS a (1)/1_x.txt\n",
         ""},
        {"two jobs of one spelling",
         {{"3_a.txt", 0}, {"1_a.txt", 0}, {"a/1_x.txt", 0}},
         "J 1_a.txt\nJ 3_a.txt\n",
         "ambiguous-job\n"},
        {"two jobs of one spelling, one unreadable",
         {{"3_a.txt", 0}, {"1_a.txt", "?"}, {"a/1_x.txt", 0}},
         "J 3_a.txt\n",
         "ambiguous-job\nentry-encrypted!\n"},
        {"two jobs of one spelling, both unreadable",
         {{"3_a.txt", "?"}, {"1_a.txt", "?"}, {"a/1_x.txt", 0}},
         "S a/1_x.txt\n",
         "entry-encrypted!\n"},
    };
    (void)state;
    check(cases, COUNT(cases), true);
}

static void what_is_no_log_is_left_out(void **state)
{
    static const expectation cases[] = {
        {"clutter",
         {{"0_a.txt", 0}, {".DS_Store", 0}, {"__MACOSX/._0_a.txt", 0}, {"a/", ""}, {"Thumbs.db", 0}},
         "J 0_a.txt\n",
         ""},
        {"other files", {{"0_a.txt", 0}, {"README.md", 0}, {"x.png", 0}}, "J 0_a.txt\n", "entry-unexpected\n"},
        {"archives inside", {{"0_a.txt", 0}, {"x.zip", 0}}, "J 0_a.txt\n", "inner-archive!\n"},
        {"unsafe names",
         {{"0_a.txt", 0}, {"../1_x.txt", 0}, {"/etc/2_x.txt", 0}, {"3_\x1B.txt", 0}},
         "J 0_a.txt\n",
         "entry-name!\n"},
        {"a second entry of one name", {{"0_a.txt", "one"}, {"0_a.txt", "two"}}, "J 0_a.txt\n", "entry-twice!\n"},
        {"a second entry that is the same", {{"0_a.txt", "one"}, {"0_a.txt", "one"}}, "J 0_a.txt\n", ""},
        {"a second step file",
         {{"a/1_x.txt", "one"}, {"a/1_x.txt", "two"}, {"a/2_y.txt", 0}},
         "S a/1_x.txt\nS a/2_y.txt\n",
         "entry-twice!\n"},
    };
    (void)state;
    check(cases, COUNT(cases), true);
}

static void folders_that_wrap_everything_are_looked_through(void **state)
{
    static const expectation cases[] = {
        {"by step files further down", {{"mine/0_a.txt", 0}, {"mine/a/1_x.txt", 0}}, "S mine/a/1_x.txt\n", ""},
        {"by the name of a download",
         {{"logs_123/4_a.txt", 0}, {"logs_123/5_b.txt", 0}},
         "J logs_123/4_a.txt\nJ logs_123/5_b.txt\n",
         ""},
        {"by an ordinal that no step has",
         {{"mine/0_a.txt", 0}, {"mine/5_b.txt", 0}},
         "J mine/0_a.txt\nJ mine/5_b.txt\n",
         ""},
        {"two of them", {{"x/logs_1/0_a.txt", 0}, {"x/logs_1/a/1_x.txt", 0}}, "S x/logs_1/a/1_x.txt\n", ""},
        {"with other files beside",
         {{"logs_1.zip", 0}, {"logs_1/0_a.txt", 0}, {"logs_1/a/1_x.txt", 0}},
         "S logs_1/a/1_x.txt\n",
         "inner-archive!\n"},
        {"not when it is a job",
         {{"build/1_Set up job.txt", 0}, {"build/2_x.txt", 0}, {"build/system.txt", 0}},
         "S build/1_Set up job.txt\nS build/2_x.txt\n",
         ""},
    };
    (void)state;
    check(cases, COUNT(cases), true);
}

static void a_shelf_without_a_log_is_refused_with_a_reason(void **state)
{
    static const struct {
        row rows[8];
        const char *text;
    } cases[] = {
        {{{NULL, 0}}, "the archive is empty"},
        {{{"README.md", 0}}, "holds no log of a run"},
        {{{"x.zip", 0}}, "other archives; give one of them, such as \"x.zip\""},
        {{{"a/system.txt", 0}}, "only the runner's facts about 1 jobs"},
        {{{"0_a.txt", "?"}, {"a/1_x.txt", "?"}}, "\"a/1_x.txt\" is encrypted"},
        {{{"logs_1/0_a.txt", 0},
          {"logs_1/a/1_x.txt", 0},
          {"logs_1/a/2_x.txt", 0},
          {"logs_2/0_a.txt", 0},
          {"logs_2/a/1_x.txt", 0},
          {"logs_2/a/2_x.txt", 0}},
         "the logs of several runs; give one of them, such as \"logs_"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        outcome made;
        plan_rows(&made, cases[i].rows, true);
        assert_int_equal(made.status, FF_INVALID);
        if (!strstr(made.error.text, cases[i].text))
            fail_msg("%s", made.error.text);
        forget(&made);
    }
}

static void jobs_and_steps_get_what_the_names_tell(void **state)
{
    static const row rows[] = {
        {"0_build _ x.txt", 0}, {"build _ x/1_Set up job.txt", 0},   {"build _ x/4_Run make.txt", "?"},
        {"1_test.txt", 0},      {"build _ x/9_Complete job.txt", 0}, {NULL, 0}};
    (void)state;
    outcome made;
    row alone[COUNT(rows)];
    memcpy(alone, rows, sizeof rows);
    alone[0].name = "README";
    plan_rows(&made, alone, true);
    assert_int_equal(made.run.jobs.count, 2);
    const ff_job *whole = &made.run.jobs.items[0], *build = &made.run.jobs.items[1];
    assert_true(ff_slice_eq(whole->name, FF_LIT("test")));
    assert_true(whole->has_log);
    assert_int_equal(whole->steps.count, 0);
    assert_true(ff_slice_eq(build->archive_name, FF_LIT("build _ x")));
    assert_int_equal(build->steps.count, 3);
    const ff_step *make = &build->steps.items[1];
    assert_int_equal(make->number, 4);
    assert_int_equal(make->ordinal, 2);
    assert_true(ff_slice_eq(make->name, FF_LIT("Run make")));
    assert_true(ff_slice_eq(make->file, FF_LIT("build _ x/4_Run make.txt")));
    assert_int_equal(build->steps.items[0].phase, FF_STEP_SETUP);
    assert_int_equal(make->phase, FF_STEP_MAIN);
    assert_int_equal(build->steps.items[2].phase, FF_STEP_COMPLETE);
    /* The unreadable step is known, but not read. */
    assert_int_equal(made.plan.count, 3);
    assert_int_equal(made.plan.items[2].step, 2);
    assert_false(made.run.single_log);
    forget(&made);
}

static void a_job_with_runner_facts_only_was_skipped_if_they_say_so(void **state)
{
    static const struct {
        const char *text;
        ff_conclusion conclusion;
    } cases[] = {
        {"2025-01-01T00:00:00.0Z Evaluating deploy.if\n2025-01-01T00:00:00.0Z Result: false\n", FF_CONCLUSION_SKIPPED},
        {"Result: false", FF_CONCLUSION_SKIPPED},
        {"Result: false\r\n", FF_CONCLUSION_SKIPPED},
        {"Result: false\nResult: true\n", FF_CONCLUSION_UNKNOWN},
        {"Result: true\nResult: false\n", FF_CONCLUSION_SKIPPED},
        {"Result: falsehood\n", FF_CONCLUSION_UNKNOWN},
        {"Requested labels: ubuntu-latest\n", FF_CONCLUSION_UNKNOWN},
        {"", FF_CONCLUSION_UNKNOWN},
        {"?Result: false", FF_CONCLUSION_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const row rows[] = {{"0_a.txt", 0}, {"b/system.txt", cases[i].text}, {NULL, 0}};
        outcome made;
        plan_rows(&made, rows, true);
        assert_int_equal(made.status, FF_OK);
        assert_int_equal(made.run.jobs.count, 2);
        const ff_job *skipped = &made.run.jobs.items[1];
        assert_false(skipped->has_log);
        assert_int_equal(skipped->conclusion, cases[i].conclusion);
        assert_int_equal(skipped->conclusion_known, cases[i].conclusion != FF_CONCLUSION_UNKNOWN);
        assert_int_equal(made.plan.count, 1);
        forget(&made);
    }
}

static void at_most_64_kib_of_runner_facts_are_read(void **state)
{
    char *text = malloc(70000);
    (void)state;
    memset(text, '\n', 69999);
    memcpy(text + 65000, "Result: true\n", 13);
    memcpy(text + 66000, "Result: false\n", 14);
    text[69999] = '\0';
    const row rows[] = {{"0_a.txt", 0}, {"b/system.txt", text}, {NULL, 0}};
    outcome made;
    plan_rows(&made, rows, true);
    assert_int_equal(made.run.jobs.items[1].conclusion, FF_CONCLUSION_UNKNOWN);
    forget(&made);
    free(text);
}

static void step_files_are_read_beforehand_only_where_it_can_help(void **state)
{
    static const row both[] = {{"0_a.txt", 0}, {"a/1_x.txt", 0}, {"a/2_y.txt", 0}, {NULL, 0}};
    static const row steps[] = {{"a/1_x.txt", 0}, {"a/2_y.txt", 0}, {NULL, 0}};
    char *large = malloc(FF_LIMIT_VERIFY_BYTES + 1);
    memset(large, 'x', FF_LIMIT_VERIFY_BYTES);
    large[FF_LIMIT_VERIFY_BYTES] = '\0';
    const row too_large[] = {{"0_a.txt", 0}, {"a/1_x.txt", large}, {"a/2_y.txt", 0}, {NULL, 0}};
    const struct {
        const row *rows;
        bool checked;
        size_t opened;
    } cases[] = {{both, true, 2}, {both, false, 0}, {steps, true, 0}, {too_large, true, 0}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        outcome made;
        plan_rows(&made, cases[i].rows, cases[i].checked);
        assert_int_equal(made.memory.opened, cases[i].opened);
        assert_int_equal(made.plan.items[0].form, FF_STREAM_STEP);
        forget(&made);
    }
    free(large);
}

static void too_many_jobs_or_steps_are_read_up_to_the_bound(void **state)
{
    const struct {
        size_t bound;
        const char *note;
    } cases[] = {{FF_LIMIT_JOBS, "jobs-limit!\n"}, {FF_LIMIT_STEPS, "steps-limit!\n"}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t count = cases[i].bound + 5;
        row *rows = calloc(count + 1, sizeof *rows);
        char(*names)[32] = calloc(count, sizeof *names);
        assert_non_null(rows);
        assert_non_null(names);
        for (size_t entry = 0; entry < count; entry++) {
            int length = i == 0 ? snprintf(names[entry], sizeof *names, "%zu_job %zu.txt", entry, entry)
                                : snprintf(names[entry], sizeof *names, "job/%zu_s.txt", entry + 1);
            assert_true(length > 0 && (size_t)length < sizeof *names);
            rows[entry].name = names[entry];
        }
        outcome made;
        plan_rows(&made, rows, true);
        assert_int_equal(made.status, FF_OK);
        assert_int_equal(made.plan.count, cases[i].bound);
        assert_string_equal(shown(&made.notes), cases[i].note);
        forget(&made);
        free(names);
        free(rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_two_copies_one_is_read),
        cmocka_unit_test(jobs_stand_in_the_order_of_ordinals_then_names),
        cmocka_unit_test(what_is_no_log_is_left_out),
        cmocka_unit_test(folders_that_wrap_everything_are_looked_through),
        cmocka_unit_test(a_shelf_without_a_log_is_refused_with_a_reason),
        cmocka_unit_test(jobs_and_steps_get_what_the_names_tell),
        cmocka_unit_test(a_job_with_runner_facts_only_was_skipped_if_they_say_so),
        cmocka_unit_test(at_most_64_kib_of_runner_facts_are_read),
        cmocka_unit_test(step_files_are_read_beforehand_only_where_it_can_help),
        cmocka_unit_test(too_many_jobs_or_steps_are_read_up_to_the_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
