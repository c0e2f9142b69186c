/* Whole reports over reports made by hand, compared with tests/unit/report/expected/<case>.<format>. Run with
 * FIRSTFAULT_BLESS=1 in the environment to write those files anew; then read what changed. */
#include "expected.h"
#include "flagship.h"

#include "base/limits.h"

#include <firstfault/firstfault.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static void as_it_is(flagship *f)
{
    (void)f;
}

/* The cause is printed in the step before, and certain. */
static void confirmed(flagship *f)
{
    ff_diagnosis *cause = &f->diagnoses[1];
    cause->rule = &MIGRATE_RULE;
    cause->title = FF_LIT("A migration failed: relation \"tenants_domain\" does not exist");
    cause->verdict = FF_VERDICT_CONFIRMED;
    cause->confidence = 0.97;
    cause->step = 0;
    cause->evidence = f->diagnoses[4].evidence;
    f->failures[0].first_fault = 1;
    f->report.diagnosis_count = 2;
    f->report.refuted_count = 0;
    f->report.half_done_count = 0;
}

/* The failing step shows nothing that a rule knows; its text was given as `-`, without run facts. */
static void unknown(flagship *f)
{
    static const ff_kept_line lines[] = {LINE_AT("-", 1207, HEALTH_START, "make: *** [Makefile:12: all] `Error` 2")};
    static ff_evidence evidence;
    evidence = evidence_of(1, 0, 0, lines, 1);
    ff_run_init(&f->run, &f->arena);
    f->run.single_log = true;
    f->run.conclusion = FF_CONCLUSION_FAILURE;
    f->run.entries_read = 1;
    f->run.bytes_read = 912;
    add_job(f, "", FF_CONCLUSION_FAILURE, 0, FF_NO_TIME);
    add_step(f, 0, 0, "Run make", "-");
    ff_diagnosis *d = &f->diagnoses[0];
    *d = (ff_diagnosis){.number = 1, .rank = 1, .count = 1, .verdict = FF_VERDICT_UNDECIDED, .confidence = 0.31};
    d->role = FF_ROLE_SYMPTOM;
    d->title = FF_LIT("No rule knows this failure; first error-like line: make: *** [Makefile:12: all] `Error` 2");
    d->evidence = &evidence;
    d->evidence_count = 1;
    f->failures[0].job = f->failures[0].step = 0;
    f->report.target = FF_LIT("-");
    f->report.diagnosis_count = 1;
    f->report.refuted_count = f->report.half_done_count = 0;
    static const ff_kept_line ends[] = {LINE_AT("-", 1211, HEALTH_START, "make[1]: Leaving directory '/src'"),
                                        LINE_AT("-", 1212, HEALTH_START, "1 target `all` was not made")};
    for (uint32_t i = 0; i < 2; i++)
        f->excerpt[i] = (ff_excerpt_line){0, 0, ends[i], false};
    f->failures[0].place = (ff_place){.file = FF_LIT("-"), .line = 1213, .time = HEALTH_START};
}

/* Nobody knows what the step waited for; it could say more next time, and another job was cut off with it. */
static void timed_out(flagship *f)
{
    static const ff_kept_line lines[] = {
        LINE_AT(HEALTH_FILE, 40, HEALTH_START, "waiting for a partition"),
        LINE_AT(HEALTH_FILE, 41, HEALTH_START + 1083 * SECOND, "The operation was canceled."),
    };
    static ff_failure failures[2];
    for (uint32_t i = 0; i < 2; i++)
        f->excerpt[i] = (ff_excerpt_line){JOB_DEPLOY, 1, lines[i], false};
    failures[0] = f->failures[0];
    failures[0].conclusion = FF_CONCLUSION_TIMED_OUT;
    failures[0].place = lines[1].place;
    failures[1] = (ff_failure){.job = JOB_VALIDATE,
                               .step = FF_NO_INDEX,
                               .conclusion = FF_CONCLUSION_CANCELLED,
                               .follow_on = true,
                               .first_fault = FF_NO_INDEX};
    f->run.jobs.items[JOB_DEPLOY].conclusion = FF_CONCLUSION_TIMED_OUT;
    ff_diagnosis *lesson = &f->diagnoses[1];
    lesson->role = FF_ROLE_CONSEQUENCE;
    lesson->standing = FF_STANDING_RIVAL;
    lesson->title = FF_LIT("The step does not say what it waits for");
    lesson->advice = LOOP_ADVICE;
    lesson->advice_count = 1;
    f->diagnoses[0].advice_count = f->diagnoses[0].next_evidence_count = f->diagnoses[0].caused_by_count = 0;
    f->diagnoses[0].finding = NULL;
    f->diagnoses[0].rule = &TENANT_RULE;
    f->diagnoses[0].evidence = keep_evidence(f, evidence_of(1, JOB_DEPLOY, 1, &lines[1], 1));
    f->diagnoses[0].title = FF_LIT("The job ran out of time after 20 min");
    f->diagnoses[0].summary = (ff_slice){0};
    f->report.failures = failures;
    f->report.failure_count = 2;
    f->report.diagnosis_count = 2;
    f->report.half_done_count = f->report.refuted_count = 0;
}

/* A symptom that is known to lead to what the step showed in the end. */
static void chain(flagship *f)
{
    static const uint32_t causes[] = {0};
    ff_diagnosis *effect = &f->diagnoses[1];
    effect->rule = &TENANT_RULE;
    effect->inferred = false;
    effect->role = FF_ROLE_SYMPTOM;
    effect->verdict = FF_VERDICT_CONFIRMED;
    effect->confidence = 0.95;
    effect->title = FF_LIT("Command `make -C deploy check` failed");
    effect->caused_by = causes;
    effect->caused_by_count = 1;
    f->diagnoses[0].verdict = FF_VERDICT_LIKELY;
    f->diagnoses[0].caused_by_count = 0;
    f->diagnoses[4].role = FF_ROLE_CAUSE;
    f->diagnoses[4].verdict = FF_VERDICT_POSSIBLE;
    f->diagnoses[4].rank = 5;
    f->diagnoses[4].advice = COMMAND_ADVICE; /* of a rival that is only possible: not given */
    f->diagnoses[4].advice_count = 1;
    f->report.refuted_count = 0;
    f->half_done[1].evidence = f->half_done[0].evidence;
}

/* A text that breaks off: a cause was found, and nothing says that anything failed. */
static void open_end(flagship *f)
{
    static const ff_kept_line lines[] = {
        LINE_AT("-", 31, HEALTH_START, "ImportError: cannot import name 'x' from 'y'")};
    ff_run_init(&f->run, &f->arena);
    f->run.single_log = true;
    f->run.entries_read = 1;
    add_job(f, "", FF_CONCLUSION_UNKNOWN, 0, FF_NO_TIME);
    add_step(f, 0, 0, "", "-");
    ff_diagnosis *d = &f->diagnoses[0];
    *d = f->diagnoses[2];
    d->number = d->rank = 1;
    d->title = FF_LIT("The name 'x' cannot be imported from y");
    d->verdict = FF_VERDICT_POSSIBLE;
    d->confidence = 0.31;
    d->standing = FF_STANDING_EXPLAINS;
    d->tolerated = false;
    d->failure = FF_NO_INDEX;
    d->job = d->step = 0;
    d->first_time = HEALTH_START;
    d->evidence = keep_evidence(f, evidence_of(1, 0, 0, lines, 1));
    f->report.target = FF_LIT("-");
    f->report.diagnosis_count = 1;
    f->report.failure_count = f->report.refuted_count = f->report.half_done_count = f->report.excerpt_count = 0;
}

static void passed(flagship *f)
{
    f->run.conclusion = FF_CONCLUSION_SUCCESS;
    f->run.jobs.items[JOB_DEPLOY].conclusion = FF_CONCLUSION_SUCCESS;
    f->report.diagnoses = &f->diagnoses[2];
    f->report.diagnosis_count = 2;
    f->report.failure_count = f->report.refuted_count = f->report.half_done_count = f->report.excerpt_count = 0;
}

static void nothing_known(flagship *f)
{
    ff_run_init(&f->run, &f->arena);
    ff_notes_add(&f->run.notes, true, "entry-damaged", "The entry 'build/3_Compile.txt' is damaged from byte 4096 on.");
    ff_notes_add(&f->run.notes, false, "secrets-masked", "2 secrets were masked.");
    f->report = (ff_report){.run = &f->run, .target = FF_LIT("it's a log.zip"), .catalog_digest = "", .partial = true};
}

/* Two failures of their own, one job that only reports, and a cause that lost. */
static void several(flagship *f)
{
    static ff_failure failures[3];
    failures[0] = f->failures[0];
    failures[1] = (ff_failure){
        .job = JOB_TEST, .step = 1, .conclusion = FF_CONCLUSION_TIMED_OUT, .follows = FF_NO_INDEX, .first_fault = 3};
    failures[2] = (ff_failure){.job = JOB_VALIDATE,
                               .step = FF_NO_INDEX,
                               .conclusion = FF_CONCLUSION_CANCELLED,
                               .follow_on = true,
                               .first_fault = FF_NO_INDEX};
    f->run.jobs.items[JOB_TEST].conclusion = FF_CONCLUSION_TIMED_OUT;
    f->run.jobs.items[JOB_VALIDATE].conclusion = FF_CONCLUSION_CANCELLED;
    f->diagnoses[2].tolerated = f->diagnoses[3].tolerated = false;
    f->diagnoses[2].standing = FF_STANDING_RIVAL;
    f->diagnoses[3].standing = FF_STANDING_EXPLAINS;
    f->diagnoses[3].failure = 1;
    f->diagnoses[4].verdict = FF_VERDICT_UNDECIDED;
    f->diagnoses[4].standing = FF_STANDING_CONSEQUENCE;
    f->diagnoses[4].rank = 5;
    f->report.failures = failures;
    f->report.failure_count = 3;
    f->report.refuted_count = 0;
}

static const struct {
    const char *name;
    void (*change)(flagship *f);
} CASES[] = {
    {"flagship", as_it_is},           {"confirmed", confirmed}, {"unknown", unknown},     {"passed", passed},
    {"nothing-known", nothing_known}, {"several", several},     {"timed-out", timed_out}, {"chain", chain},
    {"open-end", open_end},
};

static void render(const flagship *f, const char *format, const ff_report_options *options, ff_buf *out)
{
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_report_render(&f->report, format, options, out), FF_OK);
}

static void reports_read_as_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (size_t k = 0; ff_report_format_name(k); k++) {
            flagship f;
            flagship_init(&f);
            CASES[i].change(&f);
            ff_buf out;
            render(&f, ff_report_format_name(k), NULL, &out);
            expect_file(CASES[i].name, ff_report_format_name(k), &out);
            ff_buf_release(&out);
            flagship_release(&f);
        }
}

static void the_quote_has_at_most_five_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        flagship f;
        flagship_init(&f);
        CASES[i].change(&f);
        ff_buf out;
        render(&f, "markdown", NULL, &out);
        ff_slice rest = ff_buf_slice(&out), line;
        size_t quoted = 0;
        while (ff_slice_take_until(&rest, '\n', &line))
            quoted += ff_slice_starts(line, FF_LIT("> "));
        assert_in_range(quoted, 1, 5);
        ff_buf_release(&out);
        flagship_release(&f);
    }
}

static void text_is_no_wider_than_asked_except_for_commands(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    ff_report_options options = {.columns = 60};
    ff_buf out;
    render(&f, "text", &options, &out);
    ff_slice rest = ff_buf_slice(&out), line;
    while (ff_slice_take_until(&rest, '\n', &line)) {
        size_t columns = 0;
        for (size_t i = 0; i < line.len; i++)
            columns += ((unsigned char)line.ptr[i] & 0xC0) != 0x80;
        if (ff_slice_find(line, FF_LIT("firstfault triage")) == SIZE_MAX)
            assert_in_range(columns, 0, 60);
    }
    ff_buf_release(&out);
    flagship_release(&f);
}

static void the_command_for_the_full_report_has_the_catalogs_of_this_one(void **state)
{
    (void)state;
    static const char *const PATTERNS[] = {"ours.yaml", "my rules"};
    flagship f;
    flagship_init(&f);
    ff_report_options options = {.patterns = PATTERNS, .pattern_count = 2};
    ff_buf out;
    render(&f, "text", &options, &out);
    assert_non_null(strstr(out.ptr, " --patterns ours.yaml --patterns 'my rules' --format markdown"));
    ff_buf_release(&out);
    flagship_release(&f);
}

static void the_flagship_fits_on_one_screen(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    ff_buf out;
    render(&f, "text", NULL, &out);
    size_t lines = 0;
    for (size_t i = 0; i < out.len; i++)
        lines += out.ptr[i] == '\n';
    assert_in_range(lines, 10, 24);
    ff_buf_release(&out);
    flagship_release(&f);
}

static void only_text_has_colours_and_only_when_asked(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    for (size_t k = 0; ff_report_format_name(k); k++)
        for (int color = 0; color < 2; color++) {
            ff_report_options options = {.color = color};
            ff_buf out;
            render(&f, ff_report_format_name(k), &options, &out);
            bool painted = ff_slice_find_byte(ff_buf_slice(&out), '\x1b') != SIZE_MAX;
            assert_int_equal(painted, color && strcmp(ff_report_format_name(k), "text") == 0);
            ff_buf_release(&out);
        }
    flagship_release(&f);
}

static void long_lists_are_cut_and_say_so(void **state)
{
    (void)state;
    enum { MANY = 300 };
    flagship f;
    flagship_init(&f);
    static ff_diagnosis many[MANY];
    static ff_failure failures[MANY];
    static ff_evidence evidence[MANY];
    for (uint32_t i = 0; i < MANY; i++) {
        many[i] = f.diagnoses[i % 5];
        many[i].number = i + 1;
        (void)snprintf(many[i].fingerprint, sizeof many[i].fingerprint, "%064u", i);
        evidence[i] = *many[i].evidence;
        evidence[i].number = i + 1;
        many[i].evidence = &evidence[i];
        many[i].failure = i;
        failures[i] = f.failures[0];
        failures[i].job = i % 5;
        failures[i].step = FF_NO_INDEX;
        failures[i].first_fault = i;
        failures[i].follow_on = i > 20;
        failures[i].follows = 0;
        add_job(&f, "matrix", FF_CONCLUSION_FAILURE, 0, FF_NO_TIME);
    }
    f.report.diagnoses = many;
    f.report.diagnosis_count = MANY;
    f.report.failures = failures;
    f.report.failure_count = MANY;
    ff_buf out;
    render(&f, "markdown", NULL, &out);
    assert_in_range(out.len, 1000, 60000);
    assert_non_null(strstr(out.ptr, "more, in the JSON report"));
    assert_non_null(strstr(out.ptr, "**Also:** 20 more failures"));
    ff_buf_release(&out);
    render(&f, "text", NULL, &out);
    assert_in_range(out.len, 1000, 10000);
    assert_non_null(strstr(out.ptr, "17 more, in the full report"));
    ff_buf_release(&out);
    /* Of one fault told once, the places are listed instead. */
    for (uint32_t i = 0; i < MANY; i++)
        memcpy(many[i].fingerprint, many[i % 5].fingerprint, sizeof many[i].fingerprint);
    render(&f, "text", NULL, &out);
    assert_non_null(strstr(out.ptr, "  Likewise "));
    assert_null(strstr(out.ptr, "17 more, in the full report"));
    ff_buf_release(&out);
    flagship_release(&f);
}

static ff_status refuse(void *self, ff_slice piece)
{
    (void)piece;
    (*(int *)self)++;
    return FF_IO;
}

static void printing_needs_a_report_and_a_known_format(void **state)
{
    (void)state;
    ff_analysis *analysis = NULL;
    ff_error error = {0};
    int calls = 0;
    assert_int_equal(ff_analysis_new(&analysis), FF_OK);
    assert_int_equal(ff_report_print(analysis, "text", NULL, refuse, &calls, &error), FF_INVALID);
    assert_string_equal(error.text, "nothing was triaged, so there is no report");
    assert_int_equal(calls, 0);
    ff_analysis_free(analysis);
    flagship f;
    flagship_init(&f);
    ff_buf out;
    ff_buf_init(&out, 100000);
    assert_int_equal(ff_report_render(&f.report, "yaml", NULL, &out), FF_UNSUPPORTED);
    assert_int_equal(ff_report_render(&f.report, NULL, NULL, &out), FF_UNSUPPORTED);
    assert_int_equal(out.len, 0);
    ff_buf_release(&out);
    flagship_release(&f);
}

typedef struct taker {
    ff_buf taken;
    ff_status answer;
} taker;

static ff_status take(void *self, ff_slice piece)
{
    taker *t = self;
    ff_buf_add(&t->taken, piece);
    return t->answer;
}

static void a_triaged_log_is_printed_through_the_callback(void **state)
{
    (void)state;
    char name[] = "/tmp/firstfault-test-XXXXXX";
    int log = mkstemp(name);
    static const char text[] = "##[group]Run make\n##[endgroup]\nboom\n##[error]Process completed with exit code 2.\n";
    assert_true(log >= 0);
    assert_int_equal(write(log, text, sizeof text - 1), sizeof text - 1);
    assert_int_equal(close(log), 0);
    ff_catalog *catalog = NULL;
    ff_analysis *analysis = NULL;
    ff_error error = {0};
    assert_int_equal(ff_catalog_new(&catalog), FF_OK);
    assert_int_equal(ff_catalog_finish(catalog, &error), FF_OK);
    assert_int_equal(ff_analysis_new(&analysis), FF_OK);
    assert_int_equal(ff_analysis_triage(analysis, catalog, name, NULL, &error), FF_OK);
    taker t = {.answer = FF_OK};
    ff_buf_init(&t.taken, FF_LIMIT_REPORT_BYTES);
    assert_int_equal(ff_report_print(analysis, "json", NULL, take, &t, &error), FF_OK);
    assert_non_null(strstr(t.taken.ptr, "\"schema\": \"firstfault.report/1\""));
    t.answer = FF_IO;
    assert_int_equal(ff_report_print(analysis, "text", NULL, take, &t, &error), FF_IO);
    assert_int_equal(ff_report_print(analysis, "yaml", NULL, take, &t, &error), FF_UNSUPPORTED);
    assert_string_equal(error.text, "there is no report format of that name");
    ff_buf_release(&t.taken);
    ff_analysis_free(analysis);
    ff_catalog_free(catalog);
    assert_int_equal(unlink(name), 0);
}

static void a_report_that_does_not_fit_is_an_error(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    for (size_t k = 0; ff_report_format_name(k); k++) {
        ff_buf whole;
        render(&f, ff_report_format_name(k), NULL, &whole);
        for (size_t max = 0; max < whole.len; max += 41) {
            ff_buf out;
            ff_buf_init(&out, max);
            assert_int_equal(ff_report_render(&f.report, ff_report_format_name(k), NULL, &out), FF_LIMIT);
            assert_in_range(out.len, 0, max);
            ff_buf_release(&out);
        }
        ff_buf_release(&whole);
    }
    flagship_release(&f);
}

static void formats_and_version_have_names(void **state)
{
    (void)state;
    assert_string_equal(ff_report_format_name(0), "markdown");
    assert_string_equal(ff_report_format_name(1), "text");
    assert_string_equal(ff_report_format_name(2), "json");
    assert_null(ff_report_format_name(3));
    assert_null(ff_report_format_name(SIZE_MAX));
    assert_true(strchr(ff_version(), '.') != NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_expected),
        cmocka_unit_test(the_quote_has_at_most_five_lines),
        cmocka_unit_test(text_is_no_wider_than_asked_except_for_commands),
        cmocka_unit_test(the_command_for_the_full_report_has_the_catalogs_of_this_one),
        cmocka_unit_test(the_flagship_fits_on_one_screen),
        cmocka_unit_test(only_text_has_colours_and_only_when_asked),
        cmocka_unit_test(long_lists_are_cut_and_say_so),
        cmocka_unit_test(printing_needs_a_report_and_a_known_format),
        cmocka_unit_test(a_triaged_log_is_printed_through_the_callback),
        cmocka_unit_test(a_report_that_does_not_fit_is_an_error),
        cmocka_unit_test(formats_and_version_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
