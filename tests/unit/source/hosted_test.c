/* A run of GitHub over a table of answers: which log of which job is read, from where, and what is said about the rest.
 */
#include "unit/archive/craft.h"
#include "unit/source/answered.h"

static void an_archive_gives_its_step_files_to_the_steps_of_the_api(void **state)
{
    (void)state;
    outcome got;
    craft zip = {0};
    start(&got);
    craft_text(&zip, "0_a  b.txt", "one\ntwo\n");
    craft_text(&zip, "a  b/1_Set up job.txt", "one\n");
    craft_text(&zip, "a  b/2_Run tests.txt", "two\n");
    craft_finish(&zip, (craft_end){0});
    say(&got.server, "runs/7", FF_LIT(FAILED));
    say(&got.server, "runs/7/jobs",
        FF_LIT("{\"total_count\":2,\"jobs\":[" JOB(11, "a / b", "failure", STEPS) "," JOB(12, "deploy", "skipped",
                                                                                          "") "]}"));
    say(&got.server, "runs/7/logs", craft_bytes(&zip));
    open_run(&got, 0, 0);
    assert_int_equal(got.status, FF_OK);
    assert_string_equal(text_of(&got.streams),
                        "S a / b/1 a  b/1_Set up job.txt=one\nS a / b/2 a  b/2_Run tests.txt=two\n");
    assert_string_equal(text_of(&got.notes), "");
    assert_int_equal(got.run.jobs.count, 2);
    assert_int_equal(got.run.jobs.items[0].id, 11);
    assert_int_equal(got.run.jobs.items[0].steps.count, 3);
    assert_int_equal(got.run.jobs.items[0].steps.items[2].conclusion, FF_CONCLUSION_SKIPPED);
    assert_true(got.run.jobs.items[0].steps.items[1].conclusion_known);
    finish(&got);
    craft_release(&zip);
}

/* Which jobs' own logs are asked for, by what the archive holds. */
static void a_log_that_cannot_be_told_apart_comes_from_the_job_itself(void **state)
{
    static const struct {
        const char *first, *second; /* whole-job files of the archive; NULL: no archive at all */
        const char *names[2];
        const char *streams, *notes;
    } rows[] = {
        {"0_ab.txt", "1_c.txt", {"a:b", "c"}, "J a:b 0_ab.txt=1\nJ c 1_c.txt=2\n", ""},
        {"0_ab.txt", "1_ab (1).txt", {"a:b", "ab"}, "J a:b job-11.txt=own 11\nJ ab job-12.txt=own 12\n", "job-logs "},
        {"0_ab.txt", "1_x.txt", {"ab", "c"}, "J ab 0_ab.txt=1\nJ c job-12.txt=own 12\n", "job-logs "},
        {NULL, NULL, {"a", "c"}, "J a job-11.txt=own 11\nJ c job-12.txt=own 12\n", "archive-missing job-logs "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        craft zip = {0};
        char jobs[1024];
        start(&got);
        if (rows[i].first) {
            craft_text(&zip, rows[i].first, "1\n");
            craft_text(&zip, rows[i].second, "2\n");
            craft_finish(&zip, (craft_end){0});
            say(&got.server, "runs/7/logs", craft_bytes(&zip));
        }
        (void)snprintf(jobs, sizeof jobs,
                       "{\"jobs\":[{\"id\":11,\"name\":\"%s\",\"conclusion\":\"failure\",\"steps\":[" STEPS "]},"
                       "{\"id\":12,\"name\":\"%s\",\"conclusion\":\"success\",\"steps\":[" STEPS "]}]}",
                       rows[i].names[0], rows[i].names[1]);
        say(&got.server, "runs/7", FF_LIT(FAILED));
        say(&got.server, "runs/7/jobs", ff_slice_of(jobs));
        say(&got.server, "jobs/11/logs", FF_LIT("own 11\n"));
        say(&got.server, "jobs/12/logs", FF_LIT("own 12\n"));
        open_run(&got, 0, 0);
        assert_int_equal(got.status, FF_OK);
        assert_string_equal(text_of(&got.streams), rows[i].streams);
        assert_string_equal(text_of(&got.notes), rows[i].notes);
        finish(&got);
        craft_release(&zip);
    }
}

static void at_most_so_many_own_logs_are_asked_for_and_failed_jobs_come_first(void **state)
{
    (void)state;
    outcome got;
    ff_buf jobs;
    start(&got);
    ff_buf_init(&jobs, 65536);
    ff_buf_printf(&jobs, "{\"jobs\":[");
    for (int i = 0; i < 40; i++)
        ff_buf_printf(&jobs,
                      "%s{\"id\":%d,\"name\":\"m %d\",\"conclusion\":\"%s\",\"steps\":[" STEP(1, "x", "success") "]}",
                      i ? "," : "", 100 + i, i, i == 39 ? "failure" : "success");
    ff_buf_printf(&jobs, "]}");
    say(&got.server, "runs/7", FF_LIT(FAILED));
    say(&got.server, "runs/7/jobs", ff_buf_slice(&jobs));
    say(&got.server, "jobs/139/logs", FF_LIT("own\n"));
    open_run(&got, 0, 0);
    assert_int_equal(got.status, FF_OK);
    assert_string_equal(text_of(&got.streams), "J m 39 job-139.txt=own\n");
    assert_non_null(strstr(text_of(&got.server.asked), "logs\njobs/139/logs\njobs/100/logs\n"));
    assert_null(strstr(text_of(&got.server.asked), "jobs/124/logs"));
    assert_non_null(strstr(text_of(&got.notes), "job-logs-limit! "));
    ff_buf_release(&jobs);
    finish(&got);
}

/* What the facts alone are worth: no log comes, the jobs are there, and nothing is asked in vain. */
static void logs_that_are_gone_or_refused_are_said_once(void **state)
{
    static const struct {
        ff_status status;
        uint32_t http;
        const char *notes;
    } rows[] = {
        {FF_NOT_FOUND, 410, "logs-expired! "},
        {FF_DENIED, 403, "logs-refused! "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        start(&got);
        say(&got.server, "runs/7", FF_LIT(FAILED));
        say(&got.server, "runs/7/jobs", FF_LIT("{\"jobs\":[" JOB(11, "a", "failure", STEPS) "]}"));
        refuse(&got.server, "runs/7/logs", rows[i].status, rows[i].http);
        say(&got.server, "check-runs/11/annotations",
            FF_LIT("[{\"annotation_level\":\"failure\",\"message\":\"it broke\"}]"));
        open_run(&got, 0, 0);
        assert_int_equal(got.status, FF_OK);
        assert_string_equal(text_of(&got.streams), "");
        assert_string_equal(text_of(&got.notes), rows[i].notes);
        assert_null(strstr(text_of(&got.server.asked), "jobs/11/logs"));
        assert_int_equal(got.run.annotations.count, 1);
        assert_true(ff_slice_eq(got.run.annotations.items[0].message, FF_LIT("it broke")));
        finish(&got);
    }
}

static void a_run_in_progress_gives_the_jobs_that_have_finished(void **state)
{
    (void)state;
    outcome got;
    start(&got);
    say(&got.server, "runs/7", FF_LIT(RUN(1, "\"status\":\"in_progress\",\"conclusion\":null")));
    say(&got.server, "runs/7/jobs",
        FF_LIT("{\"jobs\":[" JOB(11, "a", "failure", STEPS) ",{\"id\":12,\"name\":\"b\",\"status\":\"in_progress\","
                                                            "\"conclusion\":null,\"steps\":[]}]}"));
    say(&got.server, "jobs/11/logs", FF_LIT("own\n"));
    open_run(&got, 0, 0);
    assert_string_equal(text_of(&got.streams), "J a job-11.txt=own\n");
    assert_string_equal(text_of(&got.notes), "run-unfinished! ");
    assert_true(got.run.unfinished && got.run.jobs.items[1].unfinished);
    finish(&got);
}

static void the_url_of_a_job_reads_that_job_alone(void **state)
{
    (void)state;
    outcome got;
    start(&got);
    say(&got.server, "runs/7", FF_LIT(FAILED));
    say(&got.server, "runs/7/jobs",
        FF_LIT("{\"jobs\":[" JOB(11, "a", "failure", STEPS) "," JOB(12, "b", "failure", STEPS) "]}"));
    say(&got.server, "jobs/12/logs", FF_LIT("own\n"));
    open_run(&got, 0, 12);
    assert_string_equal(text_of(&got.streams), "J b job-12.txt=own\n");
    assert_int_equal(got.run.only, 1);
    assert_null(strstr(text_of(&got.server.asked), "runs/7/logs"));
    finish(&got);
}

/* The address of a job's checks, and the API's of a job, name no run. */
static void a_job_without_its_run_is_asked_for_it(void **state)
{
    (void)state;
    outcome got;
    start(&got);
    say(&got.server, "jobs/12", FF_LIT("{\"id\":12,\"run_id\":7,\"run_attempt\":1}"));
    say(&got.server, "runs/7", FF_LIT(FAILED));
    say(&got.server, "runs/7/jobs", FF_LIT("{\"jobs\":[" JOB(12, "b", "failure", STEPS) "]}"));
    say(&got.server, "jobs/12/logs", FF_LIT("own\n"));
    open_target(&got, 0, 0, 12);
    assert_string_equal(text_of(&got.streams), "J b job-12.txt=own\n");
    assert_int_equal(got.run.id, 7);
    finish(&got);
    start(&got);
    open_target(&got, 0, 0, 12);
    assert_int_equal(got.status, FF_NOT_FOUND);
    finish(&got);
    start(&got);
    say(&got.server, "jobs/12", FF_LIT("{\"id\":12}"));
    open_target(&got, 0, 0, 12);
    assert_int_equal(got.status, FF_INVALID);
    assert_string_equal(got.error.text, "GitHub does not say of which run job 12 is; give the run's URL");
    finish(&got);
}

static void another_attempt_is_compared_by_the_names_of_jobs(void **state)
{
    (void)state;
    outcome got;
    start(&got);
    say(&got.server, "runs/7", FF_LIT(RUN(2, "\"status\":\"completed\",\"conclusion\":\"success\"")));
    say(&got.server, "runs/7/attempts/1", FF_LIT(FAILED));
    say(&got.server, "runs/7/attempts/1/jobs", FF_LIT("{\"jobs\":[" JOB(11, "a", "failure", STEPS) "]}"));
    say(&got.server, "runs/7/attempts/2/jobs",
        FF_LIT("{\"jobs\":[{\"id\":21,\"run_attempt\":2,\"name\":\"a\",\"conclusion\":\"success\"}]}"));
    say(&got.server, "jobs/11/logs", FF_LIT("own\n"));
    open_run(&got, 1, 0);
    assert_int_equal(got.run.attempt, 1);
    assert_int_equal(got.run.latest_attempt, 2);
    assert_int_equal(got.run.jobs.items[0].others.count, 1);
    assert_int_equal(got.run.jobs.items[0].others.items[0].conclusion, FF_CONCLUSION_SUCCESS);
    finish(&got);
}

/* Words and values that nobody foresaw. */
static void unknown_words_and_nulls_are_no_facts(void **state)
{
    (void)state;
    outcome got;
    start(&got);
    say(&got.server, "runs/7",
        FF_LIT("{\"id\":7,\"run_attempt\":null,\"status\":\"reticulating\",\"conclusion\":\"exploded\"}"));
    say(&got.server, "runs/7/jobs",
        FF_LIT("{\"jobs\":[{\"id\":9223372036854775807,\"name\":\"a\",\"conclusion\":null,"
               "\"status\":null,\"steps\":[{\"number\":1,\"name\":null,\"conclusion\":\"odd\"}]}]}"));
    say(&got.server, "jobs/9223372036854775807/logs", FF_LIT("own\n"));
    open_run(&got, 0, 0);
    assert_int_equal(got.status, FF_OK);
    assert_false(got.run.conclusion_known || got.run.unfinished || got.run.jobs.items[0].conclusion_known);
    assert_string_equal(text_of(&got.streams), "J a job-9223372036854775807.txt=own\n");
    assert_non_null(strstr(text_of(&got.notes), "unknown-conclusion "));
    finish(&got);
}

#define COMMIT "0123456789abcdef0123456789abcdef01234567"
#define WORKFLOW "contents/.github/workflows/ci.yml"
#define WORKFLOW_FILE "{\"encoding\":\"base64\",\"content\":\"am9iczoK\"}"
/* Of a run: path, event, commit. Of a job: conclusion, the second of its last minute, and those of its failed step. */
#define RUN_OF(path, event, commit)                                                                          \
    "{\"id\":7,\"path\":\"" path "\",\"event\":\"" event "\",\"head_sha\":\"" commit "\",\"run_attempt\":1," \
    "\"status\":\"completed\",\"conclusion\":\"failure\"}"
#define CI RUN_OF(".github/workflows/ci.yml", "push", COMMIT)
#define LONG_JOB(id, conclusion, job_end, step_end)                                                                 \
    "{\"id\":" #id ",\"run_attempt\":1,\"name\":\"j" #id "\",\"status\":\"completed\",\"conclusion\":\"" conclusion \
    "\",\"started_at\":\"2026-01-10T10:00:00Z\",\"completed_at\":\"2026-01-10T10:0" job_end "Z\",\"steps\":[{"      \
    "\"number\":1,\"name\":\"Run\",\"conclusion\":\"failure\",\"started_at\":\"2026-01-10T10:00:00Z\","             \
    "\"completed_at\":\"2026-01-10T10:0" step_end "Z\"}]}"

static void the_workflow_is_asked_for_where_a_limit_may_have_been_met(void **state)
{
    static const struct {
        const char *run, *jobs;
        uint64_t only;
        bool asked;
    } rows[] = {
        {CI, LONG_JOB(1, "cancelled", "1:30", "1:20"), 0, true},
        {CI, LONG_JOB(1, "timed_out", "1:30", "1:20"), 0, true},
        {CI, LONG_JOB(1, "failure", "1:30", "1:20"), 0, false},
        {CI, LONG_JOB(1, "failure", "5:02", "1:20"), 0, true},
        {CI, LONG_JOB(1, "failure", "4:57", "1:20"), 0, true},
        {CI, LONG_JOB(1, "failure", "4:56", "1:20"), 0, false},
        {CI, LONG_JOB(1, "failure", "5:30", "4:01"), 0, true},
        {CI, LONG_JOB(1, "failure", "0:02", "0:01"), 0, false},
        {CI, LONG_JOB(1, "success", "5:00", "4:00"), 0, false},
        {CI, LONG_JOB(1, "cancelled", "5:00", "4:00") "," LONG_JOB(2, "cancelled", "5:00", "4:00"), 0, true},
        {CI, LONG_JOB(1, "failure", "1:30", "1:20") "," LONG_JOB(2, "cancelled", "5:00", "4:00"), 1, false},
        {CI, LONG_JOB(1, "failure", "1:30", "1:20") "," LONG_JOB(2, "cancelled", "5:00", "4:00"), 2, true},
        {CI, JOB(1, "never began", "cancelled", ""), 0, false},
        {RUN_OF("org/.github/.github/workflows/ci.yml@refs/heads/main", "push", COMMIT),
         LONG_JOB(1, "cancelled", "5:00", "4:00"), 0, false},
        {RUN_OF(".github/workflows/ci.yml@refs/heads/main", "push", COMMIT), LONG_JOB(1, "cancelled", "5:00", "4:00"),
         0, true},
        {RUN_OF(".github/workflows/../../../x", "push", COMMIT), LONG_JOB(1, "cancelled", "5:00", "4:00"), 0, false},
        {RUN_OF(".github/workflows/ci.yml", "pull_request", COMMIT), LONG_JOB(1, "cancelled", "5:00", "4:00"), 0, true},
        {RUN_OF(".github/workflows/ci.yml", "pull_request_target", COMMIT), LONG_JOB(1, "cancelled", "5:00", "4:00"), 0,
         false},
        {RUN_OF(".github/workflows/ci.yml", "push", "main"), LONG_JOB(1, "cancelled", "5:00", "4:00"), 0, false},
        {RUN_OF(".github/workflows/ci.yml", "push", ""), LONG_JOB(1, "cancelled", "5:00", "4:00"), 0, false},
        {RUN_OF("", "push", COMMIT), LONG_JOB(1, "cancelled", "5:00", "4:00"), 0, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        char jobs[2048];
        start(&got);
        (void)snprintf(jobs, sizeof jobs, "{\"jobs\":[%s]}", rows[i].jobs);
        say(&got.server, "runs/7", ff_slice_of(rows[i].run));
        say(&got.server, "runs/7/jobs", ff_slice_of(jobs));
        say(&got.server, WORKFLOW, FF_LIT(WORKFLOW_FILE));
        open_run(&got, 0, rows[i].only);
        assert_int_equal(got.status, FF_OK);
        const char *first = strstr(text_of(&got.server.asked), "contents/");
        if ((first != NULL) != rows[i].asked || (first && strstr(first + 1, "contents/")))
            fail_msg("row %zu: %s", i, text_of(&got.server.asked));
        assert_true(ff_slice_eq(got.run.workflow_text, rows[i].asked ? FF_LIT("jobs:\n") : FF_LIT("")));
        finish(&got);
    }
}

static void a_workflow_that_cannot_be_had_is_a_note(void **state)
{
    static const struct {
        ff_status status;
        const char *body;
        const char *note;
    } rows[] = {
        {FF_NOT_FOUND, "", "The workflow file could not be read: answered 404."},
        {FF_DENIED, "", "The workflow file could not be read: answered 404."},
        {FF_OK, "[]", "The workflow file could not be read: GitHub's answer for the file lists a folder."},
        {FF_OK, "{}", "The workflow file could not be read: GitHub's answer for the file holds no file."},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        bool noted = false;
        start(&got);
        say(&got.server, "runs/7", FF_LIT(CI));
        say(&got.server, "runs/7/jobs", FF_LIT("{\"jobs\":[" LONG_JOB(1, "cancelled", "5:00", "4:00") "]}"));
        refuse(&got.server, WORKFLOW, rows[i].status, rows[i].status == FF_OK ? 200 : 404);
        got.server.answers[2].body = ff_slice_of(rows[i].body);
        open_run(&got, 0, 0);
        assert_int_equal(got.status, FF_OK);
        for (size_t n = 0; n < got.run.notes.count; n++)
            noted = noted || ff_slice_eq(got.run.notes.items[n].text, ff_slice_of(rows[i].note));
        if (!noted)
            fail_msg("row %zu: no such note", i);
        assert_non_null(strstr(text_of(&got.notes), "facts-missing "));
        assert_int_equal(got.run.workflow_text.len, 0);
        finish(&got);
    }
}

static void without_the_run_there_is_nothing(void **state)
{
    static const struct {
        ff_status status;
        uint32_t http;
    } rows[] = {{FF_NOT_FOUND, 404}, {FF_DENIED, 401}, {FF_LIMIT, 403}, {FF_IO, 502}};
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        outcome got;
        start(&got);
        refuse(&got.server, "runs/7", rows[i].status, rows[i].http);
        open_run(&got, 0, 0);
        assert_int_equal(got.status, rows[i].status);
        assert_string_equal(text_of(&got.server.asked), "runs/7\n");
        finish(&got);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_gives_its_step_files_to_the_steps_of_the_api),
        cmocka_unit_test(a_log_that_cannot_be_told_apart_comes_from_the_job_itself),
        cmocka_unit_test(at_most_so_many_own_logs_are_asked_for_and_failed_jobs_come_first),
        cmocka_unit_test(logs_that_are_gone_or_refused_are_said_once),
        cmocka_unit_test(a_run_in_progress_gives_the_jobs_that_have_finished),
        cmocka_unit_test(the_url_of_a_job_reads_that_job_alone),
        cmocka_unit_test(a_job_without_its_run_is_asked_for_it),
        cmocka_unit_test(another_attempt_is_compared_by_the_names_of_jobs),
        cmocka_unit_test(unknown_words_and_nulls_are_no_facts),
        cmocka_unit_test(the_workflow_is_asked_for_where_a_limit_may_have_been_met),
        cmocka_unit_test(a_workflow_that_cannot_be_had_is_a_note),
        cmocka_unit_test(without_the_run_there_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
