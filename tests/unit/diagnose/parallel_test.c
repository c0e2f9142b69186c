/* Many analyses at once with one catalog and one matcher: each gives what it gives alone. Run it under TSan. */
#include "diagnose/analysis.h"

#include "base/buf.h"
#include "base/limits.h"

#include <firstfault/report.h>
#include <pthread.h>

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define RUN(name) FF_SOURCE_DIR "/corpus/" name "/" name ".zip"

enum { THREADS = 8, ROUNDS = 2 };

static const char *const RUNS[] = {
    RUN("flagship"),       RUN("two-faults"),  RUN("cargo-nextest-matrix"), RUN("helm-upgrade-timeout"),
    RUN("missing-secret"), RUN("gcc-werror"),  RUN("pip-resolver"),         RUN("maven-surefire-reactor"),
    RUN("recovered-502"),  RUN("green-noise"), RUN("unknown-tool"),         RUN("jest-snapshot-matrix"),
};

/* What all threads share; nothing of it changes while they run. */
typedef struct shared {
    ff_catalog *catalog;
    ff_matcher *matcher;
    ff_buf alone[COUNT(RUNS)];
} shared;

typedef struct worker {
    const shared *all;
    size_t number;
    size_t wrong; /* reports that differ, and failures */
    pthread_t thread;
} worker;

static ff_status collect(void *self, ff_slice piece)
{
    ff_buf_add(self, piece);
    return ff_buf_status(self);
}

/* The report as JSON. False if there is none. */
static bool read_run(const shared *all, const char *path, ff_buf *out)
{
    ff_analysis *analysis = NULL;
    ff_source *source = NULL;
    ff_error error = {0};
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    bool fine = ff_analysis_new(&analysis) == FF_OK &&
                ff_source_open(&source, path, ff_analysis_run(analysis), &error) == FF_OK &&
                ff_analysis_read(analysis, all->catalog, all->matcher, source, &error) == FF_OK &&
                ff_report_print(analysis, "json", NULL, collect, out, &error) == FF_OK && out->len;
    ff_source_close(source);
    ff_analysis_free(analysis);
    return fine;
}

static void *work(void *self)
{
    worker *me = self;
    for (size_t i = 0; i < ROUNDS * COUNT(RUNS); i++) {
        size_t run = (i * (2 * me->number + 1) + me->number) % COUNT(RUNS); /* each in an order of its own */
        ff_buf out;
        if (!read_run(me->all, RUNS[run], &out) || !ff_slice_eq(ff_buf_slice(&out), ff_buf_slice(&me->all->alone[run])))
            me->wrong++;
        ff_buf_release(&out);
    }
    return NULL;
}

static int load(void **state)
{
    static shared all;
    ff_error error = {0};
    *state = &all;
    /* libzip asks for the local time, and without TZ glibc reads the zone each time, under a lock that TSan does not
     * see.
     */
    if (setenv("TZ", "UTC", 1) != 0)
        return -1;
    tzset();
    if (ff_catalog_new(&all.catalog) != FF_OK ||
        ff_catalog_add_path(all.catalog, FF_SOURCE_DIR "/patterns", "built-in", &error) != FF_OK ||
        ff_catalog_finish(all.catalog, &error) != FF_OK || ff_matcher_new(&all.matcher, all.catalog, &error) != FF_OK)
        fail_msg("%s", error.text);
    return 0;
}

static int unload(void **state)
{
    shared *all = *state;
    for (size_t i = 0; i < COUNT(RUNS); i++)
        ff_buf_release(&all->alone[i]);
    ff_matcher_free(all->matcher);
    ff_catalog_free(all->catalog);
    return 0;
}

/* The threads start with a matcher that has not run yet: its machine code is made while they use it. What they found is
 * compared with analyses by one thread and a matcher of its own. */
static void eight_threads_find_what_one_finds(void **state)
{
    shared *all = *state, single = *all;
    worker workers[THREADS];
    ff_error error = {0};
    assert_int_equal(ff_matcher_new(&single.matcher, all->catalog, &error), FF_OK);
    for (size_t i = 0; i < COUNT(RUNS); i++)
        assert_true(read_run(&single, RUNS[i], &all->alone[i]));
    ff_matcher_free(single.matcher);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (worker){.all = all, .number = i};
        assert_int_equal(pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    size_t wrong = 0;
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
        wrong += workers[i].wrong;
    }
    assert_int_equal(wrong, 0);
}

/* But for the name of what was read, the words about the repository and the time. */
static void a_run_read_for_a_scan_has_the_diagnoses_of_a_triage(void **state)
{
    const shared *all = *state;
    for (size_t i = 0; i < COUNT(RUNS); i++) {
        ff_analysis *triage = NULL, *read = NULL;
        ff_source *source = NULL;
        assert_int_equal(ff_analysis_new(&triage), FF_OK);
        assert_int_equal(ff_analysis_new(&read), FF_OK);
        assert_int_equal(ff_analysis_triage(triage, all->catalog, RUNS[i], NULL, NULL), FF_OK);
        assert_int_equal(ff_source_open(&source, RUNS[i], ff_analysis_run(read), NULL), FF_OK);
        assert_int_equal(ff_analysis_read(read, all->catalog, all->matcher, source, NULL), FF_OK);
        const ff_report *one = ff_analysis_report(triage), *other = ff_analysis_report(read);
        assert_int_equal(one->diagnosis_count, other->diagnosis_count);
        assert_int_equal(one->failure_count, other->failure_count);
        for (size_t d = 0; d < one->diagnosis_count; d++) {
            assert_string_equal(one->diagnoses[d].fingerprint, other->diagnoses[d].fingerprint);
            assert_int_equal(one->diagnoses[d].verdict, other->diagnoses[d].verdict);
        }
        ff_source_close(source);
        ff_analysis_free(read);
        ff_analysis_free(triage);
    }
}

static void a_run_read_for_a_scan_says_why_no_repository_was_asked(void **state)
{
    const shared *all = *state;
    ff_analysis *read = NULL;
    ff_source *source = NULL;
    ff_error error = {0};
    size_t unknown = 0;
    assert_int_equal(ff_analysis_new(&read), FF_OK);
    assert_int_equal(ff_source_open(&source, RUNS[0], ff_analysis_run(read), NULL), FF_OK);
    assert_int_equal(ff_analysis_read(read, all->catalog, all->matcher, source, NULL), FF_OK);
    const ff_report *report = ff_analysis_report(read);
    assert_null(report->repository);
    assert_true(ff_slice_eq(report->repository_why_not, FF_LIT("a scan does not read the repositories of its runs")));
    for (size_t i = 0; i < report->diagnosis_count; i++)
        for (uint32_t k = 0; k < report->diagnoses[i].check_count; k++)
            unknown += ff_slice_eq(report->diagnoses[i].checks[k].text, report->repository_why_not);
    assert_true(unknown > 0);
    /* And once is enough. */
    assert_int_equal(ff_analysis_read(read, all->catalog, all->matcher, source, &error), FF_INVALID);
    ff_source_close(source);
    ff_analysis_free(read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_threads_find_what_one_finds),
        cmocka_unit_test(a_run_read_for_a_scan_has_the_diagnoses_of_a_triage),
        cmocka_unit_test(a_run_read_for_a_scan_says_why_no_repository_was_asked),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
