/* A report as the analysis would hand it over: a deploy whose health check got HTTP 500 twenty times. Built by hand, so
 * that the writers are tested without the stages before them.
 *
 *     flagship f;
 *     flagship_init(&f);
 *     ff_report_render(&f.report, "text", NULL, &out);
 *     flagship_release(&f);
 */
#ifndef FF_TEST_REPORT_FLAGSHIP_H
#define FF_TEST_REPORT_FLAGSHIP_H

#include "report/report.h"

/* A slice of a literal, where C wants a constant. */
#define TEXT(literal)                   \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
#define SECOND ((int64_t)1000000000)

enum { FLAGSHIP_DIAGNOSES = 5 };

typedef struct flagship {
    ff_arena arena;
    ff_run run;
    ff_diagnosis diagnoses[FLAGSHIP_DIAGNOSES];
    ff_failure failures[1];
    ff_half_done half_done[2];
    ff_excerpt_line excerpt[2];
    ff_report report;
} flagship;

enum { JOB_PRE, JOB_BUILD, JOB_TEST, JOB_DEPLOY, JOB_VALIDATE };

static const char HEALTH_FILE[] = "deploy-backend/6_Post-deployment health check.txt";
static const int64_t HEALTH_START = (int64_t)1764566120 * 1000000000 + 250000000;

static const ff_slice LOOP_TAGS[] = {{"deploy", 6}, {"http", 4}};

static const ff_rule LOOP_RULE = {
    .id = TEXT("health.http-status-loop"),
    .family = TEXT("health"),
    .role = FF_ROLE_SYMPTOM,
    .severity = FF_SEVERITY_ERROR,
    .tags = {LOOP_TAGS, 2},
    .where = {.kinds = FF_LINES_PRINTED},
    .repeat = {.at_least = 3},
};
static const ff_slice LOOP_IDS[] = {{"health.http-status-loop", 23}};
static const ff_rule HOST_RULE = {
    .id = TEXT("health.host-header"),
    .family = TEXT("health"),
    .role = FF_ROLE_CAUSE,
    .where = {.kinds = FF_LINE_BIT(FF_LINE_SCRIPT)},
    .requires = {.same_step = {LOOP_IDS, 1}},
};
static const ff_rule COMMAND_RULE = {
    .id = TEXT("django.unknown-command"),
    .family = TEXT("django"),
    .role = FF_ROLE_CAUSE,
    .where = {.kinds = FF_LINES_PRINTED},
};
static const ff_rule TENANT_RULE = {
    .id = TEXT("tenant.setup-swallowed"),
    .family = TEXT("tenant"),
    .role = FF_ROLE_SYMPTOM,
    .where = {.kinds = FF_LINES_PRINTED},
};
static const ff_rule MIGRATE_RULE = {
    .id = TEXT("django.migration-failed"),
    .family = TEXT("django"),
    .role = FF_ROLE_CAUSE,
    .where = {.kinds = FF_LINES_PRINTED},
};

#define LINE_AT(name, number, at, words)                                                                  \
    {                                                                                                     \
        .place = {.file = {name, sizeof name - 1}, .line = number, .job_line = 400 + number, .time = at}, \
        .text = {words, sizeof words - 1},                                                                \
    }

static const ff_kept_line LOOP_LINES[] = {
    LINE_AT(HEALTH_FILE, 38, HEALTH_START, "Health check attempt 1/20 (HTTP 500)..."),
    LINE_AT(HEALTH_FILE, 39, HEALTH_START + 5 * SECOND, "Health check attempt 2/20 (HTTP 500)..."),
    LINE_AT(HEALTH_FILE, 56, HEALTH_START + 90 * SECOND, "Health check attempt 19/20 (HTTP 500)..."),
    LINE_AT(HEALTH_FILE, 57, HEALTH_START + 95 * SECOND, "✗ Backend health check failed after 20 attempts (HTTP 500)"),
};
static const ff_kept_line HOST_LINES[] = {
    LINE_AT(
        HEALTH_FILE, 21, HEALTH_START,
        "HTTP_CODE=$(curl -s -o /dev/null -w \"%{http_code}\" -H \"Host: meatscentral.com\" \"$URL\" || echo \"000\")"),
};
static const char SCHEMA_FILE[] = "test-backend/9_Apply shared schema migrations.txt";
static const char TENANT_FILE[] = "test-backend/10_Apply tenant migrations.txt";
static const char DEPLOY_FILE[] = "deploy-backend/5_Deploy backend container.txt";
static const ff_kept_line COMMAND_LINES[] = {
    LINE_AT(SCHEMA_FILE, 20, FF_NO_TIME, "Unknown command: 'migrate_schemas'. Did you mean generateschema?"),
};
static const ff_kept_line TENANT_LINES[] = {
    LINE_AT(TENANT_FILE, 31, FF_NO_TIME,
            "Warning: Could not set up test tenant: 'DatabaseWrapper' object has no attribute 'tenant'"),
};
static const ff_kept_line MIGRATE_LINES[] = {LINE_AT(DEPLOY_FILE, 88, FF_NO_TIME, "Using regular migrations...")};
static const ff_kept_line REMOVED_LINES[] = {LINE_AT(DEPLOY_FILE, 61, FF_NO_TIME, "pm-backend")};

/* Places are copied from constants at run time, because C has no constant structure members. */
static ff_evidence evidence_of(uint32_t number, uint32_t job, uint32_t step, const ff_kept_line *lines, uint32_t count)
{
    return (ff_evidence){.number = number,
                         .primary = true,
                         .job = job,
                         .step = step,
                         .place = lines[0].place,
                         .end_line = lines[count - 1].place.line,
                         .lines = lines,
                         .line_count = count};
}

static ff_evidence *keep_evidence(flagship *f, ff_evidence evidence)
{
    ff_evidence *kept = ff_arena_alloc(&f->arena, sizeof *kept);
    *kept = evidence;
    return kept;
}

static void add_step(flagship *f, uint32_t job, int64_t number, const char *name, const char *file)
{
    ff_step *step = ff_run_add_step(&f->run, job, ff_slice_of(name));
    step->number = number;
    step->conclusion = FF_CONCLUSION_SUCCESS;
    step->file = ff_slice_of(file);
    step->first_line = 1;
    step->last_line = 120;
}

static void add_job(flagship *f, const char *name, ff_conclusion conclusion, int64_t id, int64_t started_at)
{
    ff_job *job = ff_run_add_job(&f->run, ff_slice_of(name));
    job->conclusion = conclusion;
    job->id = id;
    job->has_log = conclusion != FF_CONCLUSION_SKIPPED;
    job->started_at = started_at;
}

static void flagship_init_run(flagship *f)
{
    ff_run_init(&f->run, &f->arena);
    ff_run *run = &f->run;
    run->host = FF_LIT("github.com");
    run->repository = FF_LIT("example/meatscentral");
    run->workflow_path = FF_LIT(".github/workflows/13-prod-deployment.yml");
    run->event = FF_LIT("push");
    run->head_branch = FF_LIT("main");
    run->head_sha = FF_LIT("f6c9ab7d0e4f1c2b3a49586776655443322110ff");
    run->id = 19821302147;
    run->attempt = 1;
    run->conclusion = FF_CONCLUSION_FAILURE;
    run->entries_read = 59;
    run->bytes_read = 66412;
    add_job(f, "pre-checks", FF_CONCLUSION_SUCCESS, 101, HEALTH_START - 900 * SECOND);
    add_job(f, "build", FF_CONCLUSION_SUCCESS, 102, HEALTH_START - 800 * SECOND);
    add_job(f, "test-backend", FF_CONCLUSION_SUCCESS, 103, HEALTH_START - 700 * SECOND);
    add_job(f, "deploy-backend", FF_CONCLUSION_FAILURE, 104, HEALTH_START - 60 * SECOND);
    add_job(f, "post-deployment-validation", FF_CONCLUSION_SKIPPED, 0, FF_NO_TIME);
    add_step(f, JOB_TEST, 9, "Apply shared schema migrations", SCHEMA_FILE);
    add_step(f, JOB_TEST, 10, "Apply tenant migrations", TENANT_FILE);
    add_step(f, JOB_DEPLOY, 5, "Deploy backend container", DEPLOY_FILE);
    add_step(f, JOB_DEPLOY, 6, "Post-deployment health check", HEALTH_FILE);
    add_step(f, JOB_DEPLOY, 8, "Complete job", "deploy-backend/8_Complete job.txt");
    ff_step *check = ff_run_step(run, JOB_DEPLOY, 1);
    check->conclusion = FF_CONCLUSION_FAILURE;
    check->signs.exit_code = 1;
}

static const ff_slice STATUS_VALUES[] = {{"500", 3}};
static const ff_slice ATTEMPT_VALUES[] = {{"1", 1}, {"2", 1}, {"19", 2}};
static const ff_capture LOOP_CAPTURES[] = {
    {{"status", 6}, STATUS_VALUES, 1, false},
    {{"attempt", 7}, ATTEMPT_VALUES, 3, true},
};
static const ff_next_evidence LOOP_NEXT[] = {
    {TEXT("docker logs pm-backend --tail 100"), TEXT("The application's own error decides; the run did not print it.")},
};
static const ff_next_evidence HOST_NEXT[] = {
    {TEXT("curl -i -H \"Host: meatscentral.com\" http://localhost:8000/api/v1/health/"),
     TEXT("Compare with the same request without -H; equal answers refute this.")},
};
static const ff_advice LOOP_ADVICE[] = {
    {.text = TEXT("Print the container's log when the check fails, and keep the answer:\n"
                  "```bash\ndocker logs pm-backend --tail 100\n```\n\nThe next failure then explains itself.")},
};
static const ff_advice COMMAND_ADVICE[] = {
    {.text = TEXT("Use Django's own `migrate`; this project has no django-tenants.")},
};
static const ff_reason LOOP_REASONS[] = {
    {"role-symptom", 1.5, TEXT("the rule describes a symptom: true, but something lies behind it")},
    {"in-failing-step", 1.5, TEXT("in the step that failed")},
};
static const ff_reason HOST_REASONS[] = {
    {"role-cause", 2.0, TEXT("the rule describes a cause")},
    {"explains-symptom", 0.8, TEXT("known to cause what was seen after it")},
    {"inferred", -2.2, TEXT("drawn from the script or from other findings, not printed")},
};
static const ff_reason COMMAND_REASONS[] = {
    {"tolerated", -3.0, TEXT("the step or job went on after it")},
};
static const ff_reason MIGRATE_REASONS[] = {
    {"went-on", -4.0, TEXT("the step runs under set -e and went on past migrate")},
};
static const ff_check HOST_CHECKS[] = {
    {.probe = TEXT("file-matches"),
     .subject = TEXT("ALLOWED_HOSTS"),
     .at = TEXT("settings/production.py:41"),
     .text = TEXT("ALLOWED_HOSTS comes from a secret"),
     .result = FF_CHECK_UNKNOWN,
     .bears = true},
};
static const uint32_t LOOP_CAUSES[] = {1};

static void flagship_init_diagnoses(flagship *f)
{
    static ff_finding loop = {.rule = &LOOP_RULE, .count = 20, .closed = true};
    loop.first = LOOP_LINES[0];
    loop.last = LOOP_LINES[3];
    ff_diagnosis *d = f->diagnoses;
    for (uint32_t i = 0; i < FLAGSHIP_DIAGNOSES; i++)
        d[i] = (ff_diagnosis){
            .number = i + 1, .rank = i + 1, .count = 1, .first_time = FF_NO_TIME, .last_time = FF_NO_TIME};
    d[0].rule = &LOOP_RULE;
    d[0].finding = &loop;
    d[0].role = FF_ROLE_SYMPTOM;
    d[0].title = FF_LIT("Health check answered HTTP 500 on 20 of 20 attempts");
    d[0].summary = FF_LIT("A constant code from the first attempt on is an application or proxy that runs and refuses, "
                          "not one that is still starting.");
    d[0].verdict = FF_VERDICT_CONFIRMED;
    d[0].confidence = 0.95;
    d[0].count = 20;
    d[0].first_time = HEALTH_START;
    d[0].last_time = HEALTH_START + 95 * SECOND;
    d[0].evidence = keep_evidence(f, evidence_of(1, JOB_DEPLOY, 1, LOOP_LINES, 4));
    d[1].rule = &HOST_RULE;
    d[1].inferred = true;
    d[1].role = FF_ROLE_CAUSE;
    d[1].title = FF_LIT("The request is refused before the application, the check overrides the Host header");
    d[1].verdict = FF_VERDICT_POSSIBLE;
    d[1].confidence = 0.38;
    d[1].evidence = keep_evidence(f, evidence_of(2, JOB_DEPLOY, 1, HOST_LINES, 1));
    d[2].rule = &COMMAND_RULE;
    d[2].role = FF_ROLE_CAUSE;
    d[2].title = FF_LIT("manage.py does not know the command migrate_schemas");
    d[2].verdict = FF_VERDICT_UNDECIDED;
    d[2].confidence = 0.05;
    d[2].evidence = keep_evidence(f, evidence_of(3, JOB_TEST, 0, COMMAND_LINES, 1));
    d[3].rule = &TENANT_RULE;
    d[3].role = FF_ROLE_SYMPTOM;
    d[3].title = FF_LIT("The test tenant could not be set up");
    d[3].verdict = FF_VERDICT_UNDECIDED;
    d[3].confidence = 0.04;
    d[3].evidence = keep_evidence(f, evidence_of(4, JOB_TEST, 1, TENANT_LINES, 1));
    d[4].rule = &MIGRATE_RULE;
    d[4].rank = 0;
    d[4].role = FF_ROLE_CAUSE;
    d[4].title = FF_LIT("A migration failed");
    d[4].verdict = FF_VERDICT_REFUTED;
    d[4].confidence = 0.01;
    d[4].standing = FF_STANDING_RIVAL;
    d[4].evidence = keep_evidence(f, evidence_of(5, JOB_DEPLOY, 0, MIGRATE_LINES, 1));
    for (uint32_t i = 0; i < FLAGSHIP_DIAGNOSES; i++) {
        d[i].evidence_count = 1;
        d[i].job = d[i].evidence->job;
        d[i].step = d[i].evidence->step;
        d[i].tolerated = i == 2 || i == 3;
        if (d[i].tolerated)
            d[i].standing = FF_STANDING_TOLERATED;
        memset(d[i].fingerprint, "0123456789abcdef"[i], FF_SHA256_HEX);
    }
}

static void flagship_init_details(flagship *f)
{
    ff_diagnosis *d = f->diagnoses;
    d[0].captures = LOOP_CAPTURES;
    d[0].capture_count = 2;
    d[0].next_evidence = LOOP_NEXT;
    d[0].next_evidence_count = 1;
    d[0].advice = LOOP_ADVICE;
    d[0].advice_count = 1;
    d[0].reasons = LOOP_REASONS;
    d[0].reason_count = 2;
    d[0].caused_by = LOOP_CAUSES;
    d[0].caused_by_count = 1;
    d[1].next_evidence = HOST_NEXT;
    d[1].next_evidence_count = 1;
    d[1].reasons = HOST_REASONS;
    d[1].reason_count = 3;
    d[1].checks = HOST_CHECKS;
    d[1].check_count = 1;
    d[2].advice = COMMAND_ADVICE;
    d[2].advice_count = 1;
    d[2].reasons = COMMAND_REASONS;
    d[2].reason_count = 1;
    d[4].reasons = MIGRATE_REASONS;
    d[4].reason_count = 1;
}

static void flagship_init(flagship *f)
{
    *f = (flagship){0};
    ff_arena_init(&f->arena, 0);
    flagship_init_run(f);
    flagship_init_diagnoses(f);
    flagship_init_details(f);
    f->failures[0] = (ff_failure){
        .job = JOB_DEPLOY,
        .step = 1,
        .conclusion = FF_CONCLUSION_FAILURE,
        .follows = FF_NO_INDEX,
        .at = HEALTH_START + 96 * SECOND,
        .place = {.file = ff_slice_of(HEALTH_FILE), .line = 59, .job_line = 459, .time = HEALTH_START + 96 * SECOND}};
    ff_evidence *removed = keep_evidence(f, evidence_of(6, JOB_DEPLOY, 0, REMOVED_LINES, 1));
    f->half_done[0] = (ff_half_done){FF_LIT("the old container was removed"), JOB_DEPLOY, 0, removed};
    f->half_done[1] = (ff_half_done){FF_LIT("database migrations ran"), JOB_DEPLOY, 0, f->diagnoses[4].evidence};
    f->excerpt[0] = (ff_excerpt_line){JOB_DEPLOY, 1, LOOP_LINES[0], true};
    f->excerpt[1] = (ff_excerpt_line){JOB_DEPLOY, 1, LOOP_LINES[3], false};
    f->report = (ff_report){.run = &f->run,
                            .target = FF_LIT("flagship.zip"),
                            .catalog_digest = "9f31aa02c4d5e6f708192a3b4c5d6e7f9f31aa02c4d5e6f708192a3b4c5d6e7f",
                            .catalog_rules = 212,
                            .failures = f->failures,
                            .failure_count = 1,
                            .diagnoses = f->diagnoses,
                            .diagnosis_count = FLAGSHIP_DIAGNOSES,
                            .refuted_count = 1,
                            .half_done = f->half_done,
                            .half_done_count = 2,
                            .excerpt = f->excerpt,
                            .excerpt_count = 2};
}

static void flagship_release(flagship *f)
{
    ff_arena_release(&f->arena);
}

#endif
