/* Nights as the history would hand them over, made by hand, so that the writers are tested without the stages before
 * them: an ordinary one, an empty one, one of 400 groups, one whose texts are all an attack.
 *
 *     sample night;
 *     sample_ordinary(&night);
 *     ff_digest_write_markdown(&night.digest, &options, &out);
 *     sample_release(&night);
 */
#ifndef FF_TEST_DIGEST_SAMPLE_H
#define FF_TEST_DIGEST_SAMPLE_H

#include "digest/digest.h"

#include <stdio.h>
#include <stdlib.h>

#define HOUR ((int64_t)3600 * 1000000000)
#define DAY (24 * HOUR)

enum { MANY_GROUPS = 400 };

/* 2026-11-28 03:00 UTC: the end of the window. */
static const int64_t NIGHT = (int64_t)1795834800 * 1000000000;
static const int64_t LAST_DAY = 20785; /* 2026-11-28 */

static const char BACKEND[] = "acme/backend", FRONTEND[] = "acme/frontend";

typedef struct sample {
    ff_arena arena;
    ff_digest digest;
    ff_group groups[MANY_GROUPS];
} sample;

/* What a group of the ordinary night is made of. Times are hours before the end of the window. */
typedef struct sketch {
    const char *title, *rule, *role, *verdict;
    ff_group_state state;
    const char *repository, *workflow, *job, *legs, *branches;
    unsigned runs, before, first_hours, under;
    const char *evidence, *summary, *fix, *command;
    unsigned passed_attempt; /* of the newest run; 1: another run passed */
    bool passing;
    ff_digest_reach reach;
    unsigned char days[FF_DIGEST_DAYS];
} sketch;

enum { ALONE = 0 }; /* `under` counts from 1 */

static const sketch ORDINARY[] = {
    {.title = "Python cannot import the module `app.billing.tax`",
     .rule = "python.module-not-found",
     .role = "cause",
     .verdict = "confirmed",
     .state = FF_GROUP_NEW,
     .repository = BACKEND,
     .workflow = "CI",
     .job = "test",
     .legs = "3.11\n3.12\n3.13",
     .branches = "main\nrelease/2026.11",
     .runs = 7,
     .first_hours = 20,
     .evidence = "test (3.12)/5_Run pytest.txt\n218\n"
                 "E   ModuleNotFoundError: No module named 'app.billing.tax'\n"
                 "ERROR tests/billing/test_invoice.py\n"
                 "!!!!!!!!!!!!!!!!!!!! Interrupted: 1 error during collection !!!!!!!!!!!!!!!!!!!!",
     .summary = "The test run stops while it collects: the package has no module of that name at this commit.",
     .fix = "Add `app/billing/tax.py` to the commit, or correct the import.\n"
            "See whether the file is ignored:\n```sh\ngit check-ignore -v app/billing/tax.py\n```",
     .command = "git log --oneline -3 -- app/billing",
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 3}},
    {.title = "The container was killed for want of memory",
     .rule = "docker.oom-killed",
     .role = "cause",
     .verdict = "likely",
     .state = FF_GROUP_NEW,
     .repository = FRONTEND,
     .workflow = "Build and publish",
     .job = "image",
     .legs = "linux/amd64\nlinux/arm64",
     .branches = "main",
     .runs = 3,
     .first_hours = 11,
     .evidence = "image (linux-arm64)/7_Build image.txt\n4031\n"
                 "#24 412.7 Killed\n#24 ERROR: process \"/bin/sh -c npm run build\" did not complete: exit code: 137",
     .summary = "Exit status 137 behind the build of the bundle, and the kernel's word for it.",
     .fix = "Give the build a limit of its own (`NODE_OPTIONS=--max-old-space-size=3072`), or a larger runner.",
     .command = "docker buildx du --verbose",
     .reach = FF_REACH_MAIN,
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2}},
    {.title = "`npm ci` refuses: `package-lock.json` does not fit `package.json`",
     .rule = "npm.lock-out-of-sync",
     .role = "cause",
     .verdict = "confirmed",
     .state = FF_GROUP_NEW,
     .repository = FRONTEND,
     .workflow = "CI",
     .job = "lint",
     .branches = "renovate/vite-8.x",
     .runs = 1,
     .first_hours = 9,
     .evidence =
         "lint/4_Install.txt\n12\nnpm error code EUSAGE\nnpm error `npm ci` can only install packages when your "
         "package.json and package-lock.json are in sync.\nnpm error Missing: vite@8.0.3 from lock file",
     .fix = "Run `npm install` and commit the lock file.",
     .reach = FF_REACH_PULL_REQUESTS,
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}},
    {.title = "Health check answered HTTP 500 on 20 of 20 attempts",
     .rule = "health.http-status-loop",
     .role = "symptom",
     .verdict = "confirmed",
     .state = FF_GROUP_BACK,
     .repository = BACKEND,
     .workflow = "Deploy to production",
     .job = "deploy-backend",
     .branches = "main",
     .runs = 2,
     .before = 9,
     .first_hours = 24 * 40,
     .evidence = "deploy-backend/6_Post-deployment health check.txt\n38\n"
                 "Health check attempt 1/20 (HTTP 500)...\nHealth check attempt 20/20 (HTTP 500)...\n"
                 "✗ Backend health check failed after 20 attempts (HTTP 500)",
     .summary = "A constant code from the first attempt on is an application or proxy that runs and refuses, not one "
                "that is still starting.",
     .fix = "Print the container's log when the check fails, and keep the answer:\n"
            "```bash\ndocker logs pm-backend --tail 100\n```",
     .command = "docker logs pm-backend --tail 100",
     .reach = FF_REACH_MAIN,
     .days = {2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1}},
    {.title = "The smoke test cannot reach `https://staging.acme.example`",
     .rule = "network.connection-refused",
     .role = "symptom",
     .verdict = "likely",
     .state = FF_GROUP_BACK,
     .repository = BACKEND,
     .workflow = "Deploy to production",
     .job = "smoke",
     .branches = "main",
     .runs = 2,
     .before = 1,
     .first_hours = 24 * 12,
     .under = 4,
     .evidence = "smoke/3_Smoke test.txt\n9\ncurl: (7) Failed to connect to staging.acme.example port 443: "
                 "Connection refused",
     .reach = FF_REACH_MAIN,
     .days = {0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1}},
    {.title = "Test `checkout › pays with a saved card` timed out after 30 s",
     .rule = "playwright.test-timeout",
     .role = "symptom",
     .verdict = "confirmed",
     .state = FF_GROUP_KNOWN,
     .repository = FRONTEND,
     .workflow = "End to end",
     .job = "e2e",
     .legs = "chromium, 1\nchromium, 2\nchromium, 3\nfirefox, 1\nfirefox, 2\nfirefox, 3\nwebkit, 1\nwebkit, 2\n"
             "webkit, 3\nwebkit, 4",
     .branches = "main\nfeature/one-click\nfix/card-icons\nrenovate/playwright\nfeature/wallets\nfeature/gifts",
     .runs = 5,
     .before = 31,
     .first_hours = 24 * 21,
     .evidence = "e2e (webkit, 2)/8_Run tests.txt\n1402\n"
                 "  1) [webkit] › checkout.spec.ts:41:3 › checkout › pays with a saved card\n"
                 "    Test timeout of 30000ms exceeded.\n"
                 "    Error: locator.click: Target page, context or browser has been closed",
     .command = "npx playwright test checkout.spec.ts:41 --repeat-each 20",
     .passed_attempt = 2,
     .days = {2, 3, 1, 2, 0, 0, 3, 4, 2, 3, 2, 0, 3, 2}},
    {.title = "Docker Hub refuses further pulls (toomanyrequests)",
     .rule = "docker.pull-rate-limit",
     .role = "cause",
     .verdict = "confirmed",
     .state = FF_GROUP_KNOWN,
     .repository = BACKEND,
     .workflow = "CI",
     .job = "integration",
     .branches = "main\nfeature/ledger",
     .runs = 3,
     .before = 12,
     .first_hours = 24 * 9,
     .evidence = "integration/2_Initialize containers.txt\n77\n"
                 "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit.",
     .fix = "Log in before the pull:\n- use `docker/login-action` with a token that may only read\n"
            "- or take the images from a mirror",
     .passed_attempt = 1,
     .days = {0, 0, 0, 0, 1, 2, 1, 0, 3, 2, 1, 2, 2, 1}},
    {.title = "No rule knows this failure; first error-like line: make: *** [Makefile:12: dist] Error 2",
     .role = "symptom",
     .verdict = "undecided",
     .state = FF_GROUP_KNOWN,
     .repository = BACKEND,
     .workflow = "Package",
     .job = "deb",
     .branches = "main",
     .runs = 2,
     .before = 2,
     .first_hours = 24 * 3,
     .evidence = "deb/5_make dist.txt\n903\nmake: *** [Makefile:12: dist] Error 2",
     .command = "make dist V=1",
     .passing = true,
     .reach = FF_REACH_MAIN,
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1}},
    {.title = "The type checker finds an error in `src/api/client.ts`",
     .rule = "typescript.error",
     .role = "cause",
     .verdict = "confirmed",
     .state = FF_GROUP_KNOWN,
     .repository = FRONTEND,
     .workflow = "CI",
     .job = "typecheck",
     .branches = "feature/one-click",
     .runs = 2,
     .before = 1,
     .first_hours = 30,
     .evidence = "typecheck/5_tsc.txt\n3\nsrc/api/client.ts(88,17): error TS2345: Argument of type 'string | "
                 "undefined' is not assignable to parameter of type 'string'.",
     .reach = FF_REACH_PULL_REQUESTS,
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0}},
    {.title = "The job was stopped by its time limit of 30 minutes",
     .rule = "runner.job-timeout",
     .role = "cause",
     .verdict = "confirmed",
     .state = FF_GROUP_KNOWN,
     .repository = BACKEND,
     .workflow = "Nightly benchmarks",
     .job = "bench",
     .branches = "main",
     .runs = 1,
     .before = 6,
     .first_hours = 24 * 8,
     .evidence = "bench/system.txt\n0\nThe job running on runner GitHub Actions 12 has exceeded the maximum execution "
                 "time of 30 minutes.",
     .reach = FF_REACH_MAIN,
     .days = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1}},
    {.title = "A port of the service is taken: 0.0.0.0:5432",
     .rule = "docker.port-in-use",
     .role = "cause",
     .verdict = "possible",
     .state = FF_GROUP_KNOWN,
     .repository = BACKEND,
     .workflow = "CI",
     .job = "integration",
     .branches = "feature/ledger",
     .runs = 1,
     .before = 1,
     .first_hours = 24 * 2,
     .evidence = "integration/2_Initialize containers.txt\n81\nBind for 0.0.0.0:5432 failed: port is already allocated",
     .reach = FF_REACH_PULL_REQUESTS,
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0}},
    {.title = "No tests were found",
     .rule = "pytest.no-tests",
     .role = "symptom",
     .verdict = "likely",
     .state = FF_GROUP_KNOWN,
     .repository = BACKEND,
     .workflow = "CI",
     .job = "contract",
     .branches = "feature/ledger",
     .runs = 1,
     .before = 3,
     .first_hours = 24 * 5,
     .under = 11,
     .evidence = "contract/4_pytest.txt\n18\ncollected 0 items",
     .reach = FF_REACH_PULL_REQUESTS,
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0}},
    {.title = "The signing key of the package source has expired",
     .rule = "apt.key-expired",
     .role = "cause",
     .verdict = "confirmed",
     .state = FF_GROUP_FIXED,
     .repository = BACKEND,
     .workflow = "Package",
     .job = "deb",
     .branches = "main",
     .before = 8,
     .first_hours = 24 * 6,
     .passing = true,
     .reach = FF_REACH_MAIN,
     .days = {0, 0, 0, 0, 0, 0, 0, 2, 2, 3, 1, 0, 0, 0}},
    {.title = "The formatter wants 3 files changed",
     .rule = "prettier.unformatted",
     .role = "cause",
     .verdict = "confirmed",
     .state = FF_GROUP_FIXED,
     .repository = FRONTEND,
     .workflow = "CI",
     .job = "lint",
     .branches = "main",
     .before = 2,
     .first_hours = 24 * 2,
     .passing = true,
     .days = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0}},
};

enum { ORDINARY_GROUPS = sizeof ORDINARY / sizeof *ORDINARY };

/* Text of the test program lives as long as the program, so slices may point to it. */
static ff_slice *lines_of(sample *s, const char *text, size_t *count)
{
    ff_slice rest = ff_slice_of(text), line;
    ff_slice *lines = ff_arena_array(&s->arena, 64, sizeof *lines);
    for (*count = 0; *count < 64 && ff_slice_take_until(&rest, '\n', &line); (*count)++)
        lines[*count] = line;
    return lines;
}

static ff_digest_run sample_run(sample *s, const char *repository, const char *workflow, uint64_t id, int64_t at)
{
    ff_digest_run run = {
        .host = FF_LIT("github.com"),
        .repository = ff_slice_of(repository),
        .id = id,
        .attempt = 1,
        .workflow = ff_slice_of(workflow),
        .conclusion = FF_LIT("failure"),
        .event = FF_LIT("push"),
        .branch = FF_LIT("main"),
        .sha = FF_LIT("0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"),
        .title = FF_LIT("Change something"),
        .created_at = at,
    };
    run.url = ff_arena_printf(&s->arena, "https://github.com/%s/actions/runs/%llu", repository, (unsigned long long)id);
    return run;
}

static void sketch_runs(sample *s, const sketch *of, ff_group *group, uint64_t first_id)
{
    size_t branches = group->branch_count ? group->branch_count : 1;
    ff_digest_run *runs = ff_arena_array(&s->arena, of->runs, sizeof *runs);
    unsigned span = of->first_hours > 24 ? 22 : of->first_hours;
    for (unsigned i = 0; i < of->runs; i++) {
        int64_t back = (int64_t)(i + 1) * span * HOUR / (of->runs + (of->first_hours > 24)) - (int64_t)i * HOUR / 7;
        if (of->first_hours <= 24 && i + 1 == of->runs)
            back = (int64_t)of->first_hours * HOUR;
        runs[i] = sample_run(s, of->repository, of->workflow, first_id - i * 37, NIGHT - back);
        if (group->branch_count)
            runs[i].branch = group->branches[i % branches];
        runs[i].event = of->reach == FF_REACH_PULL_REQUESTS ? FF_LIT("pull_request") : FF_LIT("push");
    }
    group->runs = runs;
    group->run_count = of->runs;
    group->example = of->runs ? 0 : FF_NO_GROUP;
    if (of->passed_attempt == 1)
        runs[0].passed_url = FF_LIT("https://github.com/acme/backend/actions/runs/19900000001");
    else if (of->passed_attempt)
        runs[0].passed_attempt = of->passed_attempt;
    group->flicker = of->passed_attempt > 0;
    group->last_seen = of->runs ? runs[0].created_at : NIGHT - 30 * HOUR;
    group->example_run = of->runs ? runs[0] : sample_run(s, of->repository, of->workflow, first_id, group->last_seen);
}

static void sketch_evidence(sample *s, const sketch *of, ff_group *group)
{
    ff_digest_evidence *evidence = ff_arena_array(&s->arena, 1, sizeof *evidence);
    ff_slice rest = ff_slice_of(of->evidence), number;
    if (rest.len == 0)
        return;
    evidence->kind = FF_LIT("log");
    (void)ff_slice_take_until(&rest, '\n', &evidence->file);
    (void)ff_slice_take_until(&rest, '\n', &number);
    (void)ff_slice_to_uint(number, &evidence->line);
    evidence->job_line = evidence->line;
    evidence->text = rest;
    group->evidence = evidence;
    group->evidence_count = 1;
}

static void sketch_place(sample *s, const sketch *of, ff_group *group)
{
    ff_digest_job *job = ff_arena_array(&s->arena, 1, sizeof *job);
    *job = (ff_digest_job){.name = ff_slice_of(of->job), .runs = of->runs};
    if (of->legs)
        job->legs = lines_of(s, of->legs, &job->leg_count);
    group->jobs = job;
    group->job_count = 1;
    if (of->branches)
        group->branches = lines_of(s, of->branches, &group->branch_count);
    group->reach = of->reach;
    group->repository_count = 1;
}

static void sketch_group(sample *s, const sketch *of, size_t index)
{
    ff_group *group = &s->groups[index];
    (void)snprintf(group->fingerprint, sizeof group->fingerprint, "%08zx%056d", 0x3f2a91c0 + index * 7919, 7);
    group->title = ff_slice_of(of->title);
    group->rule = ff_slice_of(of->rule);
    group->family = ff_slice_cut(group->rule, ff_slice_find_byte(group->rule, '.'));
    group->role = ff_slice_of(of->role);
    group->verdict = ff_slice_of(of->verdict);
    group->state = of->state;
    group->count = of->runs;
    group->all_time = of->runs + of->before;
    group->first_seen = NIGHT - (int64_t)of->first_hours * HOUR;
    group->summary = ff_slice_of(of->summary);
    group->job = ff_slice_of(of->job);
    group->fix = ff_slice_of(of->fix);
    group->command = ff_slice_of(of->command);
    group->under = of->under ? of->under - 1 : FF_NO_GROUP;
    for (size_t i = 0; i < FF_DIGEST_DAYS; i++)
        group->days[i] = of->days[i];
    sketch_place(s, of, group);
    sketch_runs(s, of, group, 19821302147 - index * 1009);
    sketch_evidence(s, of, group);
    group->days[FF_DIGEST_DAYS - 1] = group->days[FF_DIGEST_DAYS - 2] = 0;
    for (size_t i = 0; i < group->run_count; i++)
        group->days[FF_DIGEST_DAYS - 1 - (group->runs[i].created_at < NIGHT - 3 * HOUR)]++;
    if (of->passing) {
        group->passing = sample_run(s, of->repository, of->workflow, 19831000000 + index, NIGHT - 2 * HOUR);
        group->passing.conclusion = FF_LIT("success");
    }
}

static void sample_start(sample *s)
{
    static const ff_slice repositories[] = {FF_TEXT("acme/backend"), FF_TEXT("acme/frontend")};
    *s = (sample){.digest = {.since = NIGHT - DAY, .until = NIGHT, .made_at = NIGHT + HOUR / 60}};
    ff_arena_init(&s->arena, 0);
    s->digest.arena = &s->arena;
    s->digest.repositories = repositories;
    s->digest.repository_count = 2;
    s->digest.catalog_digest = "9f31c0de5a6b7c8d9e0f112233445566778899aabbccddeeff00112233445566";
    s->digest.groups = s->groups;
    for (int i = 0; i < FF_DIGEST_DAYS; i++)
        s->digest.days[i].day = LAST_DAY - FF_DIGEST_DAYS + 1 + i;
    ff_notes_init(&s->digest.notes, &s->arena);
}

static void sample_release(sample *s)
{
    ff_arena_release(&s->arena);
}

/* Nothing failed of so many runs. */
static void fill_empty(sample *s, uint32_t runs)
{
    sample_start(s);
    s->digest.repository_count = 1;
    s->digest.counts = (ff_digest_counts){.listed = runs, .passed = runs};
    for (int i = 0; i < FF_DIGEST_DAYS; i++)
        s->digest.days[i].passed = runs ? runs - (uint32_t)(i * 5 % 11) : 0;
}

static void ordinary_lists(sample *s)
{
    static const ff_digest_workflow workflows[] = {
        {FF_TEXT("acme/backend"), FF_TEXT("CI"), 11, 30, 2},
        {FF_TEXT("acme/frontend"), FF_TEXT("End to end"), 5, 14, 1},
        {FF_TEXT("acme/frontend"), FF_TEXT("CI"), 3, 38, 0},
        {FF_TEXT("acme/frontend"), FF_TEXT("Build and publish"), 3, 1, 0},
        {FF_TEXT("acme/backend"), FF_TEXT("Deploy to production"), 2, 3, 1},
        {FF_TEXT("acme/backend"), FF_TEXT("Package"), 2, 5, 0},
        {FF_TEXT("acme/backend"), FF_TEXT("Nightly benchmarks"), 1, 0, 0},
        {FF_TEXT("acme/backend"), FF_TEXT("Docs"), 0, 17, 0},
    };
    static const struct {
        const char *repository, *workflow, *conclusion, *why;
        unsigned hours;
    } lost[] = {
        {BACKEND, "CI", "startup_failure", "it failed before its first job began: the workflow file is not valid", 3},
        {FRONTEND, "Build and publish", "failure", "its logs have expired", 17},
        {FRONTEND, "End to end", "failure", "it could not be read: the connection broke", 21},
    };
    ff_digest_run *runs = ff_arena_array(&s->arena, 5, sizeof *runs);
    for (size_t i = 0; i < 3; i++) {
        runs[i] =
            sample_run(s, lost[i].repository, lost[i].workflow, 19820555000 - i * 411, NIGHT - lost[i].hours * HOUR);
        runs[i].why = ff_slice_of(lost[i].why);
        runs[i].conclusion = ff_slice_of(lost[i].conclusion);
    }
    for (size_t i = 3; i < 5; i++) {
        runs[i] = sample_run(s, FRONTEND, "End to end", 19820444000 - i * 57, NIGHT - (int64_t)i * HOUR);
        runs[i].attempt = runs[i].passed_attempt = (uint32_t)i - 1;
        runs[i].branch = FF_LIT("feature/wallets");
    }
    s->digest.unexplained = runs;
    s->digest.unexplained_count = 3;
    s->digest.reruns = runs + 3;
    s->digest.rerun_count = 2;
    s->digest.workflows = workflows;
    s->digest.workflow_count = sizeof workflows / sizeof *workflows;
}

static void sample_ordinary(sample *s)
{
    static const unsigned failed[FF_DIGEST_DAYS] = {9, 7, 4, 6, 3, 2, 11, 12, 8, 9, 7, 6, 15, 12};
    static const unsigned passed[FF_DIGEST_DAYS] = {112, 98, 31, 22, 104, 120, 131, 117, 99, 28, 35, 126, 90, 18};
    sample_start(s);
    for (size_t i = 0; i < ORDINARY_GROUPS; i++)
        sketch_group(s, &ORDINARY[i], i);
    s->digest.group_count = ORDINARY_GROUPS;
    for (size_t i = 0; i < ORDINARY_GROUPS; i++)
        s->groups[i].share = s->groups[i].count / 27.0;
    s->digest.counts = (ff_digest_counts){.listed = 141,
                                          .failed = 27,
                                          .analysed = 22,
                                          .known = 3,
                                          .expired = 1,
                                          .errors = 1,
                                          .passed = 108,
                                          .cancelled = 4,
                                          .running = 2};
    for (int i = 0; i < FF_DIGEST_DAYS; i++) {
        s->digest.days[i].failed = failed[i];
        s->digest.days[i].passed = passed[i];
    }
    ordinary_lists(s);
    ff_notes_add(&s->digest.notes, true, "run-unreadable",
                 "1 run of acme/frontend could not be read; the next scan tries again.");
    ff_notes_add(&s->digest.notes, false, "logs-expired", "The logs of 1 run have expired.");
}

/* More than any page holds. */
static void sample_many(sample *s)
{
    sample_ordinary(s);
    for (size_t i = 0; i < MANY_GROUPS; i++) {
        const sketch *of = &ORDINARY[i % 12];
        sketch_group(s, of, i);
        s->groups[i].state = i < 40 ? FF_GROUP_NEW : i < 380 ? FF_GROUP_KNOWN : FF_GROUP_FIXED;
        s->groups[i].title = ff_arena_printf(&s->arena, "%s (%zu)", of->title, i + 1);
        s->groups[i].under = FF_NO_GROUP;
        s->groups[i].share = s->groups[i].count / 5000.0;
    }
    s->digest.group_count = MANY_GROUPS;
    s->digest.counts = (ff_digest_counts){.listed = 21000, .failed = 5000, .analysed = 5000, .passed = 16000};
}

static void sample_empty(sample *s)
{
    fill_empty(s, 115);
}

static void sample_quiet(sample *s)
{
    fill_empty(s, 0);
}

/* The ordinary night with every text replaced by `text`. */
static void sample_hostile(sample *s, ff_slice text)
{
    sample_ordinary(s);
    ff_slice *texts = ff_arena_array(&s->arena, 3, sizeof *texts);
    ff_digest_workflow *workflow = ff_arena_array(&s->arena, 1, sizeof *workflow);
    ff_digest_run *run = ff_arena_array(&s->arena, 1, sizeof *run);
    ff_digest_job *job = ff_arena_array(&s->arena, 1, sizeof *job);
    ff_digest_evidence *evidence = ff_arena_array(&s->arena, 2, sizeof *evidence);
    texts[0] = texts[1] = texts[2] = text;
    *workflow = (ff_digest_workflow){text, text, 3, 2, 1};
    *run = (ff_digest_run){.host = text,
                           .repository = text,
                           .id = 7,
                           .attempt = 2,
                           .workflow = text,
                           .conclusion = text,
                           .event = text,
                           .branch = text,
                           .sha = text,
                           .title = text,
                           .url = text,
                           .created_at = NIGHT,
                           .passed_url = text,
                           .why = text};
    *job = (ff_digest_job){text, texts, 3, 2};
    evidence[0] = (ff_digest_evidence){text, text, text, 7, 7};
    evidence[1] = (ff_digest_evidence){text, {0}, text, 0, 0};
    s->digest.repositories = texts;
    s->digest.filter = text;
    s->digest.workflows = workflow;
    s->digest.workflow_count = 1;
    s->digest.unexplained = s->digest.reruns = run;
    s->digest.unexplained_count = s->digest.rerun_count = 1;
    for (size_t i = 0; i < s->digest.notes.count; i++)
        s->digest.notes.items[i].text = text;
    for (size_t i = 0; i < s->digest.group_count; i++) {
        ff_group *group = &s->groups[i];
        group->title = group->rule = group->family = group->role = group->verdict = text;
        group->summary = group->job = group->step_name = group->fix = group->command = text;
        group->runs = group->run_count ? run : NULL;
        group->run_count = group->run_count > 0;
        group->branches = texts;
        group->branch_count = 2;
        group->jobs = job;
        group->evidence = evidence;
        group->evidence_count = 2;
        group->example_run = *run;
        group->flicker = true;
        if (group->passing.id)
            group->passing = *run;
    }
}

static void sample_attacked(sample *s)
{
    sample_hostile(
        s, FF_LIT("<script>alert(1)</script><img src=x onerror=alert(1)> @octocat #1 [x](javascript:alert(1)) "
                  "![y](https://evil.example/p.png) `code` ``two`` | cell |\n::error::forged\n##[error]x\n```\n"
                  "</details></pre></td>&lt;b&gt; \xE2\x80\xAE gnp.exe \x1b[31m red \xff\xfe \xC3\x28 "
                  "\" onmouseover=alert(1) ' ${{ secrets.X }} deadbeef1337 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
}

/* All of them. */
static const struct sample_night {
    const char *name;
    void (*fill)(sample *s);
} NIGHTS[] = {
    {"ordinary", sample_ordinary}, {"empty", sample_empty},       {"quiet", sample_quiet},
    {"many", sample_many},         {"attacked", sample_attacked},
};

enum { NIGHT_COUNT = sizeof NIGHTS / sizeof *NIGHTS };

#endif
