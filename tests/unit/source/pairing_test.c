/* Jobs of an archive and jobs of the API: a pair only where each fits nothing else. */
#include "source/pairing.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { JOBS_MAX = 3, NONE = -1, UNSURE = -2 };

/* Names that begin with `~` are of skipped jobs. */
static void add_jobs(ff_run *run, ff_arena *arena, const char *const names[JOBS_MAX])
{
    ff_run_init(run, arena);
    for (size_t i = 0; i < JOBS_MAX && names[i]; i++) {
        bool skipped = names[i][0] == '~';
        ff_job *job = ff_run_add_job(run, ff_slice_of(names[i] + skipped));
        assert_non_null(job);
        job->archive_name = job->name;
        job->conclusion = skipped ? FF_CONCLUSION_SKIPPED : FF_CONCLUSION_SUCCESS;
        job->conclusion_known = true;
    }
}

static void a_pair_fits_nothing_else(void **state)
{
    static const struct {
        const char *archive[JOBS_MAX], *api[JOBS_MAX];
        int pairs[JOBS_MAX];
    } rows[] = {
        {{"build", "test"}, {"test", "build"}, {1, 0}},
        {{"ab", "c"}, {"a:b", "c"}, {0, 1}},
        {{"ab", "ab (1)"}, {"a:b", "ab"}, {UNSURE, UNSURE}},
        {{"ab"}, {"a:b", "ab"}, {UNSURE}},
        {{"ab"}, {"a:b", "~ab"}, {0}},              /* what was skipped has no log */
        {{"a_b", "ab"}, {"a/b"}, {UNSURE, UNSURE}}, /* both spellings of one name: one of them is something else */
        {{"other", "build"}, {"build"}, {NONE, 0}},
        {{"build"}, {NULL}, {NONE}},
        {{"test (1)", "test (2)"}, {"test (1)", "test (2)"}, {0, 1}},
        {{"test", "test (1)"},
         {"test", "test (1)"},
         {UNSURE, UNSURE}}, /* the mark of a second job, or a leg of a matrix */
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_arena arena;
        ff_run staged, run;
        uint32_t pairs[JOBS_MAX];
        ff_arena_init(&arena, 0);
        add_jobs(&staged, &arena, rows[i].archive);
        add_jobs(&run, &arena, rows[i].api);
        ff_pairing_make(pairs, &staged, &run, &arena);
        for (size_t s = 0; s < staged.jobs.count; s++)
            if (pairs[s] != (uint32_t)rows[i].pairs[s])
                fail_msg("row %zu: '%s' was paired with %d", i, rows[i].archive[s], (int)pairs[s]);
        ff_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_fits_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
