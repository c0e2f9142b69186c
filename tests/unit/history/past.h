/* A history in a folder of its own, and made-up runs in one line each. */
#ifndef TESTS_HISTORY_PAST_H
#define TESTS_HISTORY_PAST_H

#include "history/history.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define SECONDS ((int64_t)1000000000)
#define DAYS (86400 * SECONDS)
/* 2026-11-20T00:00:00Z, and a time of day behind it */
#define MIDNIGHT ((int64_t)1795132800 * SECONDS)
#define AT(day, hour) (MIDNIGHT + (day)*DAYS + (hour)*3600 * SECONDS)

/* Fingerprints that can be told apart at a glance. */
#define PRINT_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define PRINT_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define PRINT_C "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"

static char past_folder[64];

static inline int past_enter(void **state)
{
    (void)state;
    (void)snprintf(past_folder, sizeof past_folder, "/tmp/firstfault-history-test-XXXXXX");
    return mkdtemp(past_folder) && chdir(past_folder) == 0 ? 0 : -1;
}

static inline void past_empty(const char *path)
{
    DIR *dir = opendir(path);
    for (const struct dirent *found; dir && (found = readdir(dir)) != NULL;) {
        char inner[1024];
        struct stat facts;
        (void)snprintf(inner, sizeof inner, "%s/%s", path, found->d_name);
        if (strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0 || lstat(inner, &facts) != 0)
            continue;
        if (S_ISDIR(facts.st_mode)) {
            (void)chmod(inner, 0700);
            past_empty(inner);
        }
        (void)remove(inner);
    }
    if (dir)
        (void)closedir(dir);
}

static inline int past_leave(void **state)
{
    (void)state;
    (void)chmod(past_folder, 0700);
    past_empty(past_folder);
    return chdir("/") == 0 && rmdir(past_folder) == 0 ? 0 : -1;
}

static inline ff_history *past_open(const char *path)
{
    ff_history *history = NULL;
    ff_error error = {0};
    if (ff_history_open(&history, path, FF_HISTORY_WRITE, &error) != FF_OK)
        fail_msg("%s", error.text);
    return history;
}

/* A run as the tables of the tests write it: the rest is the same for all. */
typedef struct past_run {
    const char *repository; /* NULL: acme/app */
    uint64_t id;
    uint32_t attempt;       /* 0: 1 */
    const char *conclusion; /* NULL: failure */
    int64_t created_at;
    const char *branch, *event; /* NULL: main, push */
    const char *workflow;       /* NULL: CI */
    const char *print;          /* of its only origin; NULL: none was found */
} past_run;

static inline ff_slice past_word(const char *word, const char *usual)
{
    return ff_slice_of(word ? word : usual);
}

static inline ff_history_run past_facts(const past_run *row)
{
    ff_slice workflow = past_word(row->workflow, "CI");
    return (ff_history_run){
        .host = FF_LIT("github.com"),
        .repository = past_word(row->repository, "acme/app"),
        .id = row->id,
        .attempt = row->attempt ? row->attempt : 1,
        .workflow_id = 1000 + workflow.len,
        .workflow = workflow,
        .workflow_path = FF_LIT(".github/workflows/ci.yml"),
        .event = past_word(row->event, "push"),
        .head_branch = past_word(row->branch, "main"),
        .head_sha = FF_LIT("0123456789012345678901234567890123456789"),
        .title = FF_LIT("A change"),
        .conclusion = past_word(row->conclusion, "failure"),
        .created_at = row->created_at,
        .started_at = row->created_at + SECONDS,
        .updated_at = row->created_at + 60 * SECONDS,
    };
}

static inline ff_history_diagnosis past_diagnosis(uint32_t rank, const char *print, const char *job)
{
    ff_history_diagnosis diagnosis = {
        .rank = rank,
        .rule = FF_LIT("demo.rule"),
        .family = FF_LIT("demo"),
        .role = FF_LIT("cause"),
        .title = FF_LIT("A title"),
        .verdict = FF_LIT("likely"),
        .standing = FF_LIT("first"),
        .summary = FF_LIT("A summary."),
        .confidence = 0.75,
        .job = ff_slice_of(job),
        .step_name = FF_LIT("Run tests"),
        .step = 4,
        .origin = true,
        .count = 1,
    };
    memcpy(diagnosis.fingerprint, print, FF_SHA256_HEX + 1);
    return diagnosis;
}

static inline void past_list(ff_history *history, const past_run *rows, size_t count)
{
    ff_error error = {0};
    for (size_t i = 0; i < count; i++) {
        const ff_history_run run = past_facts(&rows[i]);
        if (ff_history_list(history, &run, 1, &error) != FF_OK)
            fail_msg("%s", error.text);
    }
}

static inline void past_record(ff_history *history, const ff_history_result *result)
{
    ff_error error = {0};
    if (ff_history_record(history, result, &error) != FF_OK)
        fail_msg("%s", error.text);
}

/* Lists them, and records those that failed as analysed. */
static inline void past_fill(ff_history *history, const past_run *rows, size_t count)
{
    past_list(history, rows, count);
    for (size_t i = 0; i < count; i++) {
        const ff_history_diagnosis diagnosis = past_diagnosis(1, rows[i].print ? rows[i].print : PRINT_A, "test");
        const ff_history_failure failure = {
            .job = FF_LIT("test"), .conclusion = FF_LIT("failure"), .step = 4, .rank = 1};
        const ff_history_result result = {
            .run = past_facts(&rows[i]),
            .state = FF_HISTORY_ANALYSED,
            .digest = FF_LIT("sha256:1"),
            .failures = &failure,
            .failure_count = 1,
            .diagnoses = &diagnosis,
            .diagnosis_count = rows[i].print ? 1 : 0,
        };
        if (!rows[i].conclusion || strcmp(rows[i].conclusion, "success") != 0)
            past_record(history, &result);
    }
}

#endif
