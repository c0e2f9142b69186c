/* A run as GitHub's API tells it, made by hand, and its diagnosis: for tests of what comes from facts, not from a log.
 *
 *     known k;
 *     known_open(&k);
 *     known_job(&k, "build", 'f', 70, (known_step[]){{"Set up job", 's', 5}, {"Build", 'f', 63}, {0}});
 *     known_close(&k);
 *
 * Endings: s success, f failure, c cancelled, t timed_out, - skipped, r still runs, x startup_failure.
 */
#ifndef FF_TEST_DIAGNOSE_KNOWN_H
#define FF_TEST_DIAGNOSE_KNOWN_H

#include "base/array.h"
#include "diagnose/course.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define KNOWN_SECOND ((int64_t)1000000000)
#define KNOWN_START ((int64_t)1764566000 * KNOWN_SECOND) /* 2025-12-01 05:13:20 UTC */

typedef struct known {
    ff_arena arena;
    ff_run run;
    ff_suspects *suspects;
    ff_findings findings;
    ff_case work;
    ff_report report;
} known;

/* A step as the API tells it; `seconds` 0: no times. The last one has no name. */
typedef struct known_step {
    const char *name;
    char ended;
    int seconds;
} known_step;

static ff_conclusion known_ending(char ended)
{
    switch (ended) {
    case 's': return FF_CONCLUSION_SUCCESS;
    case 'f': return FF_CONCLUSION_FAILURE;
    case 'c': return FF_CONCLUSION_CANCELLED;
    case 't': return FF_CONCLUSION_TIMED_OUT;
    case '-': return FF_CONCLUSION_SKIPPED;
    case 'x': return FF_CONCLUSION_STARTUP_FAILURE;
    default: return FF_CONCLUSION_UNKNOWN;
    }
}

static void known_open(known *k)
{
    *k = (known){0};
    ff_arena_init(&k->arena, 0);
    ff_run_init(&k->run, &k->arena);
    k->run.host = FF_LIT("github.com");
    k->run.repository = FF_LIT("example/shop");
    k->run.workflow = FF_LIT("CI");
    k->run.workflow_path = FF_LIT(".github/workflows/ci.yml");
    k->run.event = FF_LIT("push");
    k->run.head_branch = FF_LIT("main");
    k->run.head_sha = FF_LIT("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567");
    k->run.id = 4711;
    k->run.attempt = k->run.latest_attempt = 1;
    k->run.conclusion = FF_CONCLUSION_FAILURE;
    k->run.conclusion_known = k->run.known = true;
    assert_int_equal(ff_suspects_new(&k->suspects, &k->run), FF_OK);
}

static void known_close(known *k)
{
    ff_suspects_free(k->suspects);
    ff_arena_release(&k->arena);
}

/* Adds a job that ran for so many seconds from KNOWN_START on; 0: no times. The pointer holds until the next call. */
static ff_job *known_job(known *k, const char *name, char ended, int seconds, const known_step *steps)
{
    ff_job *job = ff_run_add_job(&k->run, ff_slice_of(name));
    assert_non_null(job);
    uint32_t index = (uint32_t)k->run.jobs.count - 1;
    job->id = 100 + (int64_t)index;
    job->known = true;
    job->conclusion = known_ending(ended);
    job->conclusion_known = job->conclusion != FF_CONCLUSION_UNKNOWN;
    job->unfinished = ended == 'r';
    if (seconds) {
        job->started_at = KNOWN_START;
        job->completed_at = ended == 'r' ? FF_NO_TIME : KNOWN_START + seconds * KNOWN_SECOND;
    }
    int64_t at = KNOWN_START;
    for (size_t i = 0; steps && steps[i].name; i++) {
        ff_step *step = ff_run_add_step(&k->run, index, ff_slice_of(steps[i].name));
        assert_non_null(step);
        step->number = (int64_t)i + 1;
        step->conclusion = known_ending(steps[i].ended);
        step->conclusion_known = step->conclusion != FF_CONCLUSION_UNKNOWN;
        if (steps[i].seconds) {
            step->started_at = at;
            step->completed_at = at += steps[i].seconds * KNOWN_SECOND;
        }
    }
    return ff_run_job(&k->run, index);
}

static inline void known_other(known *k, uint32_t job, uint32_t attempt, char ended)
{
    ff_job *of = ff_run_job(&k->run, job);
    ff_other_try *other = FF_ARRAY_PUSH(&k->arena, &of->others);
    assert_non_null(other);
    *other = (ff_other_try){attempt, known_ending(ended)};
}

static inline void known_annotation(known *k, uint32_t job, const char *level, const char *message)
{
    ff_annotation *annotation = FF_ARRAY_PUSH(&k->arena, &k->run.annotations);
    assert_non_null(annotation);
    *annotation = (ff_annotation){.job = job, .level = ff_slice_of(level), .message = ff_slice_of(message)};
    annotation->path = FF_LIT(".github");
    annotation->line = annotation->end_line = 1;
}

static inline void known_diagnose(known *k)
{
    assert_int_equal(ff_suspects_finish(k->suspects), FF_OK);
    k->work = (ff_case){.run = &k->run, .findings = &k->findings, .suspects = k->suspects};
    assert_int_equal(ff_course_run(&k->work, 50, &k->report), FF_OK);
}

/* The text of the first observation of this kind, ended by NUL; "" if there is none. */
static inline const char *known_said(const known *k, const char *code)
{
    for (size_t i = 0; i < k->report.observation_count; i++)
        if (strcmp(k->report.observations[i].code, code) == 0)
            return k->report.observations[i].text.ptr;
    return "";
}

#endif
