/* One of many runs, of which a listing told: what is asked for it, and what is said of its logs. */
#include "source/kind.h"
#include "unit/archive/craft.h"
#include "unit/source/answered.h"

#define LIST(jobs) FF_LIT("{\"jobs\":[" jobs "]}")
#define FAILED_JOB JOB(11, "a", "failure", STEPS)
#define NOT_BEGUN(id) JOB(id, "n" #id, "failure", "")

static const ff_target TARGET = {.host = FF_TEXT("github.com"), .owner = FF_TEXT("o"), .name = FF_TEXT("r"), .run = 7};

/* What a listing tells of a run that failed in its only attempt. */
static ff_api_run facts_of(uint32_t attempt, const char *conclusion)
{
    return (ff_api_run){.id = 7,
                        .workflow_id = 3,
                        .attempt = attempt,
                        .name = FF_LIT("CI"),
                        .path = FF_LIT(".github/workflows/ci.yml@refs/heads/main"),
                        .event = FF_LIT("push"),
                        .head_sha = FF_LIT("abc"),
                        .head_branch = FF_LIT("main"),
                        .status = FF_LIT("completed"),
                        .conclusion = ff_slice_of(conclusion)};
}

static void open_listed(outcome *got, const ff_api_run *facts)
{
    ff_hosted_ask ask = {.exchange = &got->server.exchange, .target = &TARGET, .facts = facts};
    got->status = ff_hosted_open(&got->source, &got->run, &got->arena, &ask, &got->error);
    drain(got);
}

/* An archive with the one job `a`. */
static void say_archive(outcome *got, craft *zip, const char *path)
{
    craft_text(zip, "0_a.txt", "log of a\n");
    craft_finish(zip, (craft_end){0});
    say(&got->server, path, craft_bytes(zip));
}

static void an_ordinary_run_costs_its_jobs_and_its_archive(void **state)
{
    static const struct {
        uint32_t attempt;
        const char *archive, *asked;
    } rows[] = {
        {1, "runs/7/logs", "runs/7/jobs\nruns/7/logs\n"},
        {3, "runs/7/attempts/3/logs", "runs/7/jobs\nruns/7/attempts/3/logs\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        craft zip = {0};
        ff_api_run facts = facts_of(rows[i].attempt, "failure");
        start(&got);
        say(&got.server, "runs/7/jobs", LIST(FAILED_JOB));
        say_archive(&got, &zip, rows[i].archive);
        open_listed(&got, &facts);
        assert_int_equal(got.status, FF_OK);
        assert_string_equal(text_of(&got.server.asked), rows[i].asked);
        assert_true(got.server.lasting); /* a triage of the same run, or a scan without a network, finds it */
        assert_string_equal(text_of(&got.streams), "J a 0_a.txt=log of a\n");
        assert_string_equal(text_of(&got.notes), "");
        assert_int_equal(ff_hosted_logs(got.source), FF_OK);
        finish(&got);
        craft_release(&zip);
    }
}

static void what_the_listing_told_stands_in_the_run(void **state)
{
    (void)state;
    outcome got;
    ff_api_run facts = facts_of(2, "failure");
    start(&got);
    open_listed(&got, &facts);
    const ff_run *run = &got.run;
    assert_true(run->known && run->conclusion_known);
    assert_int_equal(run->id, 7);
    assert_int_equal(run->attempt, 2);
    assert_int_equal(run->latest_attempt, 2);
    assert_int_equal(run->conclusion, FF_CONCLUSION_FAILURE);
    assert_true(ff_slice_eq(run->workflow_path, FF_LIT(".github/workflows/ci.yml")));
    assert_true(ff_slice_eq(run->repository, FF_LIT("o/r")));
    assert_true(ff_slice_eq(run->url, FF_LIT("https://github.com/o/r/actions/runs/7")));
    finish(&got);
}

static void where_nothing_started_no_logs_are_asked_for(void **state)
{
    static const struct {
        const char *conclusion, *asked;
    } rows[] = {{"startup_failure", ""}, {"failure", "runs/7/jobs\n"}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        ff_api_run facts = facts_of(1, rows[i].conclusion);
        start(&got);
        say(&got.server, "runs/7/jobs", LIST(""));
        open_listed(&got, &facts);
        assert_int_equal(got.status, FF_OK);
        assert_string_equal(text_of(&got.server.asked), rows[i].asked);
        assert_string_equal(text_of(&got.notes), "");
        assert_false(got.run.jobs_missing);
        assert_int_equal(ff_hosted_logs(got.source), FF_OK);
        finish(&got);
    }
}

/* Whether to ask again, by what the server said. Rows without a status for something: it has that. */
static void what_became_of_the_logs_tells_what_to_do(void **state)
{
    typedef struct refusal {
        ff_status status;
        uint32_t http;
    } refusal;
    static const struct {
        const char *what;
        refusal jobs, archive, own;
        ff_status logs;
        const char *notes;
    } rows[] = {
        {"all is there", {FF_OK, 200}, {FF_OK, 200}, {FF_OK, 200}, FF_OK, ""},
        {"expired", {FF_OK, 200}, {FF_NOT_FOUND, 410}, {FF_OK, 200}, FF_NOT_FOUND, "logs-expired! "},
        {"refused", {FF_OK, 200}, {FF_DENIED, 403}, {FF_OK, 200}, FF_DENIED, "logs-refused! "},
        {"a limit", {FF_OK, 200}, {FF_LIMIT, 429}, {FF_OK, 200}, FF_LIMIT, "logs-limited! "},
        {"the job's own log does", {FF_OK, 200}, {FF_IO, 502}, {FF_OK, 200}, FF_OK, "archive-unreadable job-logs "},
        {"too long an archive", {FF_OK, 200}, {FF_LIMIT, 200}, {FF_OK, 200}, FF_OK, "archive-unreadable job-logs "},
        {"nor does that", {FF_OK, 200}, {FF_IO, 502}, {FF_IO, 502}, FF_IO, "archive-unreadable log-missing! "},
        {"each expired",
         {FF_OK, 200},
         {FF_NOT_FOUND, 404},
         {FF_NOT_FOUND, 410},
         FF_NOT_FOUND,
         "archive-missing logs-expired! "},
        {"deleted since",
         {FF_NOT_FOUND, 404},
         {FF_NOT_FOUND, 404},
         {FF_OK, 200},
         FF_END,
         "jobs-unreadable! archive-missing "},
        {"too long a log", {FF_OK, 200}, {FF_NOT_FOUND, 404}, {FF_LIMIT, 200}, FF_OK, "archive-missing log-missing! "},
        {"too long a list", {FF_LIMIT, 200}, {FF_OK, 200}, {FF_OK, 200}, FF_OK, "jobs-unreadable! "},
        {"no list of jobs", {FF_IO, 502}, {FF_OK, 200}, {FF_OK, 200}, FF_IO, "jobs-unreadable! "},
        {"a list that may not be seen",
         {FF_DENIED, 403},
         {FF_NOT_FOUND, 404},
         {FF_OK, 200},
         FF_DENIED,
         "jobs-unreadable! archive-missing "},
        {"a list held back",
         {FF_LIMIT, 429},
         {FF_IO, 0},
         {FF_OK, 200},
         FF_LIMIT,
         "jobs-unreadable! archive-unreadable "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        craft zip = {0};
        ff_api_run facts = facts_of(1, "failure");
        start(&got);
        if (rows[i].jobs.status == FF_OK)
            say(&got.server, "runs/7/jobs", LIST(FAILED_JOB));
        else
            refuse(&got.server, "runs/7/jobs", rows[i].jobs.status, rows[i].jobs.http);
        if (rows[i].archive.status == FF_OK)
            say_archive(&got, &zip, "runs/7/logs");
        else
            refuse(&got.server, "runs/7/logs", rows[i].archive.status, rows[i].archive.http);
        if (rows[i].own.status == FF_OK)
            say(&got.server, "jobs/11/logs", FF_LIT("own\n"));
        else
            refuse(&got.server, "jobs/11/logs", rows[i].own.status, rows[i].own.http);
        open_listed(&got, &facts);
        assert_int_equal(got.status, FF_OK);
        if (ff_hosted_logs(got.source) != rows[i].logs || strcmp(text_of(&got.notes), rows[i].notes) != 0)
            fail_msg("%s: %s, notes %s", rows[i].what, ff_status_name(ff_hosted_logs(got.source)), text_of(&got.notes));
        if (strstr(text_of(&got.server.asked), "check-runs"))
            fail_msg("%s: annotations were asked for", rows[i].what);
        finish(&got);
        craft_release(&zip);
    }
}

static void a_damaged_archive_without_another_log_is_invalid(void **state)
{
    static const struct {
        const char *own; /* what comes as the job's log */
        ff_status logs;
    } rows[] = {{"", FF_INVALID}, {"own\n", FF_OK}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        ff_api_run facts = facts_of(1, "failure");
        start(&got);
        say(&got.server, "runs/7/jobs", LIST(FAILED_JOB));
        say(&got.server, "runs/7/logs", FF_LIT("<!DOCTYPE html><html>"));
        say(&got.server, "jobs/11/logs", ff_slice_of(rows[i].own));
        open_listed(&got, &facts);
        assert_int_equal(ff_hosted_logs(got.source), rows[i].logs);
        finish(&got);
    }
}

/* The log of a job that was cancelled before it began, and of one among others, is no loss that a retry makes good. */
static void single_logs_that_are_not_there_are_no_reason_to_ask_again(void **state)
{
    static const struct {
        const char *jobs;
        ff_status logs;
    } rows[] = {
        {"{\"jobs\":[" FAILED_JOB "," JOB(12, "b", "failure", STEPS) "]}", FF_OK},
        {"{\"jobs\":[" FAILED_JOB "," JOB(12, "b", "cancelled", STEPS) "]}", FF_OK},
        {"{\"jobs\":[" JOB(12, "b", "cancelled", STEPS) "]}", FF_OK},
        {"{\"jobs\":[" JOB(12, "b", "failure", STEPS) "]}", FF_END},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        ff_api_run facts = facts_of(1, "failure");
        start(&got);
        say(&got.server, "runs/7/jobs", ff_slice_of(rows[i].jobs));
        say(&got.server, "jobs/11/logs", FF_LIT("own\n"));
        open_listed(&got, &facts);
        if (ff_hosted_logs(got.source) != rows[i].logs)
            fail_msg("row %zu: %s", i, ff_status_name(ff_hosted_logs(got.source)));
        finish(&got);
    }
}

static void the_annotations_of_one_job_tell_why_none_began(void **state)
{
    static const struct {
        const char *jobs;
        const char *asked; /* of annotations; NULL: none */
        const char *notes;
    } rows[] = {
        {"{\"jobs\":[" NOT_BEGUN(21) "]}", "check-runs/21", "archive-missing "},
        {"{\"jobs\":[" NOT_BEGUN(21) "," NOT_BEGUN(22) "]}", "check-runs/21", "archive-missing annotations-limit "},
        {"{\"jobs\":[" JOB(21, "c", "cancelled", "") "]}", NULL, "archive-missing "},
        {"{\"jobs\":[" JOB(21, "t", "timed_out", STEPS) "]}", NULL, "archive-missing log-missing! "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        ff_api_run facts = facts_of(1, "failure");
        start(&got);
        say(&got.server, "runs/7/jobs", ff_slice_of(rows[i].jobs));
        say(&got.server, "check-runs/21/annotations",
            FF_LIT("[{\"annotation_level\":\"failure\",\"message\":\"The job was not started.\"}]"));
        open_listed(&got, &facts);
        const char *first = strstr(text_of(&got.server.asked), "check-runs/");
        bool right = rows[i].asked ? first && strncmp(first, rows[i].asked, strlen(rows[i].asked)) == 0 &&
                                         !strstr(first + 1, "check-runs/")
                                   : !first;
        if (!right || strcmp(text_of(&got.notes), rows[i].notes) != 0)
            fail_msg("row %zu: asked %s, notes %s", i, text_of(&got.server.asked), text_of(&got.notes));
        assert_int_equal(got.run.annotations.count, rows[i].asked ? 1 : 0);
        finish(&got);
    }
}

static void a_lack_of_memory_is_told(void **state)
{
    enum { STEP = 512, MOST = 1024 * 1024 };
    (void)state;
    size_t limit = STEP;
    ff_status status = FF_NOMEM;
    for (; limit < MOST && status == FF_NOMEM; limit += STEP) {
        outcome got;
        craft zip = {0};
        ff_api_run facts = facts_of(1, "failure");
        start(&got);
        got.arena.limit = limit;
        say(&got.server, "runs/7/jobs", LIST(FAILED_JOB));
        say_archive(&got, &zip, "runs/7/logs");
        ff_hosted_ask ask = {.exchange = &got.server.exchange, .target = &TARGET, .facts = &facts};
        status = ff_hosted_open(&got.source, &got.run, &got.arena, &ask, &got.error);
        if (status == FF_OK)
            assert_int_equal(got.source->items.count, 1);
        else
            assert_string_equal(got.error.text, "out of memory");
        finish(&got);
        craft_release(&zip);
    }
    assert_int_equal(status, FF_OK);
    assert_true(limit > (size_t)16 * STEP);
}

/* Through the face that the other stages see. */
static void a_listed_run_is_a_source_like_others(void **state)
{
    (void)state;
    outcome got;
    craft zip = {0};
    ff_api_run facts = facts_of(1, "failure");
    ff_source *source = NULL;
    ff_stream stream;
    start(&got);
    say(&got.server, "runs/7/jobs", LIST(FAILED_JOB));
    say_archive(&got, &zip, "runs/7/logs");
    ff_source_listed ask = {.exchange = &got.server.exchange, .target = &TARGET, .facts = &facts};
    assert_int_equal(ff_source_open_listed(&source, &ask, &got.run, &got.error), FF_OK);
    assert_int_equal(ff_source_logs(source), FF_OK);
    assert_non_null(ff_source_github(source));
    assert_int_equal(ff_source_next(source, &stream, &got.error), FF_OK);
    assert_int_equal(ff_source_next(source, &stream, &got.error), FF_END);
    ff_source_close(source);
    finish(&got);
    craft_release(&zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ordinary_run_costs_its_jobs_and_its_archive),
        cmocka_unit_test(what_the_listing_told_stands_in_the_run),
        cmocka_unit_test(where_nothing_started_no_logs_are_asked_for),
        cmocka_unit_test(what_became_of_the_logs_tells_what_to_do),
        cmocka_unit_test(a_damaged_archive_without_another_log_is_invalid),
        cmocka_unit_test(single_logs_that_are_not_there_are_no_reason_to_ask_again),
        cmocka_unit_test(the_annotations_of_one_job_tell_why_none_began),
        cmocka_unit_test(a_lack_of_memory_is_told),
        cmocka_unit_test(a_listed_run_is_a_source_like_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
