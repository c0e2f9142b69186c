/* Whole reports of runs that GitHub's API knows, with and without logs, compared with tests/unit/report/expected/ as in
 * report_test.c. */
#include "unit/diagnose/known.h"

#include "expected.h"
#include "report/report.h"

/* A line that the failing step printed, and the runner's last word. */
static void print_failure(known *k, uint32_t job, uint32_t at, const char *text)
{
    static const char *const last = "Process completed with exit code 2.";
    ff_step *step = ff_run_step(&k->run, job, at);
    step->file = ff_arena_printf(&k->arena, "%.*s/%lld_%.*s.txt", FF_ARG(ff_run_job(&k->run, job)->name),
                                 (long long)step->number, FF_ARG(step->name));
    step->first_line = 1;
    step->last_line = 31;
    ff_run_job(&k->run, job)->has_log = true;
    k->run.entries_read++;
    k->run.bytes_read += 2000;
    for (uint32_t i = 0; i < 2; i++) {
        ff_slice words = ff_slice_of(i ? last : text);
        ff_line line = {
            .kind = i ? FF_LINE_ERROR : FF_LINE_OUTPUT, .job = job, .step = at, .text = words, .body = words};
        line.place = (ff_place){step->file, 30 + i, 130 + i, step->completed_at};
        line.stamped = true;
        if (i) {
            step->signs.failed = true;
            step->signs.exit_code = 2;
            step->signs.exit_at = line.place;
        }
        assert_int_equal(ff_suspects_line(k->suspects, &line, 100 * job + 30 + i), FF_OK);
    }
}

/* The logs are gone; what remains is what the API states. */
static void expired(known *k)
{
    ff_notes_add(&k->run.notes, true, "logs-expired",
                 "GitHub has deleted the logs of this run: they are kept for a time.");
    (void)known_job(k, "build", 's', 200, (known_step[]){{"Set up job", 's', 4}, {"Build", 's', 190}, {0}});
    (void)known_job(k, "test (3.11)", 'f', 80,
                    (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'f', 63}, {"Deploy", '-', 0}, {0}});
    (void)known_job(k, "test (3.12)", 'c', 95, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'c', 88}, {0}});
    (void)known_job(k, "deploy", '-', 0, NULL);
    known_annotation(k, 1, "failure", "Process completed with exit code 1.");
    known_annotation(k, 2, "failure", "The operation was canceled.");
}

static void startup(known *k)
{
    k->run.conclusion = FF_CONCLUSION_STARTUP_FAILURE;
}

/* Failed in the third attempt, passed in the second one; it passed on the branch before. */
static void flicker(known *k)
{
    k->run.attempt = k->run.latest_attempt = 3;
    k->run.last_green = (ff_last_green){4700, FF_LIT("ffeeddccbbaa99887766554433221100ffeeddcc"), KNOWN_START};
    (void)known_job(k, "test", 'f', 80,
                    (known_step[]){{"Set up job", 's', 5}, {"Run make test", 'f', 63}, {"Upload", 's', 2}, {0}});
    known_other(k, 0, 1, 'f');
    known_other(k, 0, 2, 's');
    print_failure(k, 0, 1, "fatal: port 5432 is in use by `postgres`");
}

/* A job of a called workflow; an annotation says what its log does not. */
static void one_leg(known *k)
{
    static const char *const names[] = {"ci / test (linux, 3.11)", "ci / test (linux, 3.12)", "ci / test (win, 3.11)",
                                        "ci / test (win, 3.12)"};
    for (uint32_t i = 0; i < 4; i++)
        (void)known_job(k, names[i], i == 2 ? 'f' : 's', 80 + (int)i,
                        (known_step[]){{"Set up job", 's', 5}, {"Run tests", i == 2 ? 'f' : 's', 60}, {0}});
    print_failure(k, 2, 1, "ERROR: cannot open shop.dll");
    known_annotation(k, 2, "failure", "The runner is low on disk space: 81 MB are left.");
}

/* The address of one job was given; another one failed too. */
static void job_url(known *k)
{
    (void)known_job(k, "lint", 'f', 30, (known_step[]){{"Set up job", 's', 5}, {"Lint", 'f', 20}, {0}});
    (void)known_job(k, "test", 'f', 80, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'f', 60}, {0}});
    k->run.only = 1;
    print_failure(k, 1, 1, "ERROR: 3 tests failed");
}

/* The same for one that passed. */
static void job_passed(known *k)
{
    (void)known_job(k, "lint", 'f', 30, (known_step[]){{"Set up job", 's', 5}, {"Lint", 'f', 20}, {0}});
    (void)known_job(k, "test", 's', 80, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 's', 60}, {0}});
    k->run.only = 1;
}

static void begin_unfinished(known *k)
{
    k->run.unfinished = true;
    k->run.conclusion = FF_CONCLUSION_UNKNOWN;
    k->run.conclusion_known = false;
    ff_notes_add(&k->run.notes, true, "run-unfinished",
                 "The run has not finished; some of its logs are still to come.");
}

static void unfinished(known *k)
{
    begin_unfinished(k);
    (void)known_job(k, "lint", 'f', 30, (known_step[]){{"Set up job", 's', 5}, {"Lint", 'f', 20}, {0}});
    (void)known_job(k, "test", 'r', 1, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'r', 0}, {0}});
    print_failure(k, 0, 1, "ERROR: 3 findings");
}

/* The API says cancelled; that the time was up stands in an annotation only. */
static void over_time(known *k)
{
    k->run.conclusion = FF_CONCLUSION_CANCELLED;
    (void)known_job(k, "test", 'c', 612, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'c', 590}, {0}});
    known_annotation(k, 0, "failure",
                     "The job running on runner Linux 7 has exceeded the maximum execution time of 10 minutes.");
    known_annotation(k, 0, "failure", "The operation was canceled.");
}

/* Two jobs that GitHub never began, and says why. */
static void billing(known *k)
{
    static const char *const names[] = {"lint", "test"};
    for (uint32_t i = 0; i < 2; i++) {
        (void)known_job(k, names[i], 'f', 3, NULL);
        known_annotation(k, i, "failure",
                         "The job was not started because recent account payments have failed or your spending limit "
                         "needs to be increased. Please check the 'Billing & plans' section in your settings");
    }
}

/* A newer run of its concurrency group took its place, while a step ran. */
static void superseded(known *k)
{
    k->run.conclusion = FF_CONCLUSION_CANCELLED;
    k->run.event = FF_LIT("pull_request");
    k->run.head_branch = FF_LIT("fix/@all");
    (void)known_job(k, "test", 'c', 80, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'c', 60}, {0}});
    print_failure(k, 0, 1, "collected 212 items");
    ff_run_step(&k->run, 0, 1)->signs = (ff_step_signs){.exit_code = FF_NO_EXIT_CODE, .cancelled = true};
    known_annotation(k, 0, "failure", "Canceling since a higher priority waiting request for 'ci-main' exists");
    known_annotation(k, 0, "failure", "The operation was canceled.");
}

static void cancelled_by(known *k)
{
    superseded(k);
    k->run.annotations.count = 0;
    known_annotation(k, 0, "failure", "The run was canceled by @octocat.");
}

static void lost_runner(known *k)
{
    (void)known_job(k, "test", 'f', 80, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'c', 60}, {0}});
    known_annotation(k, 0, "failure",
                     "The hosted runner: GitHub Actions 7 lost communication with the server. Anything in your "
                     "workflow that terminates the runner process, starves it for CPU/Memory, or blocks its network "
                     "access can cause this error.");
}

static void too_old(known *k)
{
    expired(k);
    k->run.now = KNOWN_START + (int64_t)31 * 24 * 3600 * KNOWN_SECOND;
}

static void limited(known *k)
{
    ff_notes_add(&k->run.notes, true, "logs-limited",
                 "The logs could not be had: rate limit of GitHub's API: used up until 06:00 UTC.");
    (void)known_job(k, "test", 'f', 80, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'f', 63}, {0}});
}

static void passed_again(known *k)
{
    k->run.asked = "GitHub's answers, kept";
    k->run.conclusion = FF_CONCLUSION_SUCCESS;
    k->run.attempt = k->run.latest_attempt = 3;
    (void)known_job(k, "test", 's', 80, (known_step[]){{"Set up job", 's', 5}, {"Run tests", 's', 63}, {0}});
    known_other(k, 0, 1, 'f');
    known_other(k, 0, 2, 'f');
}

static void queued(known *k)
{
    begin_unfinished(k);
    (void)known_job(k, "lint", 'r', 1, NULL);
    (void)known_job(k, "test", 'r', 1, NULL);
}

static void in_progress(known *k)
{
    begin_unfinished(k);
    (void)known_job(k, "lint", 's', 20, (known_step[]){{"Lint", 's', 20}, {0}});
    (void)known_job(k, "test", 'r', 1, NULL);
}

static void approval(known *k)
{
    k->run.conclusion = FF_CONCLUSION_ACTION_REQUIRED;
}

/* One fault on ten legs of a matrix, and another one beside it. */
static void legs(known *k)
{
    enum { LEGS = 10 };
    k->run.last_green = (ff_last_green){4700, k->run.head_sha, KNOWN_START};
    for (uint32_t i = 0; i < LEGS; i++) {
        ff_slice name = ff_arena_printf(&k->arena, "matrix (%u)", i);
        (void)known_job(k, name.ptr, 'f', 80 + (int)i,
                        (known_step[]){{"Set up job", 's', 5}, {"Run tests", 'f', 63}, {0}});
        print_failure(k, i, 1, "ERROR: cannot open shop.dll");
    }
    (void)known_job(k, "lint", 'f', 99, (known_step[]){{"Set up job", 's', 5}, {"Lint", 'f', 70}, {0}});
    print_failure(k, LEGS, 1, "fatal: no configuration");
}

/* More faults than a screen has room for: the last two are named. */
static void many(known *k)
{
    static const char *const names[] = {"lint", "docs", "unit", "web", "package", "image"};
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++) {
        (void)known_job(k, names[i], 'f', 80 + (int)i, (known_step[]){{"Set up job", 's', 5}, {"Run", 'f', 63}, {0}});
        ff_slice line = ff_arena_printf(&k->arena, "ERROR: %s is broken", names[i]);
        print_failure(k, i, 1, line.ptr);
    }
}

static const struct {
    const char *name;
    void (*make)(known *k);
} CASES[] = {
    {"known-many", many},
    {"known-billing", billing},
    {"known-superseded", superseded},
    {"known-cancelled-by", cancelled_by},
    {"known-lost-runner", lost_runner},
    {"known-too-old", too_old},
    {"known-limited", limited},
    {"known-passed-again", passed_again},
    {"known-queued", queued},
    {"known-in-progress", in_progress},
    {"known-approval", approval},
    {"known-legs", legs},
    {"known-expired", expired},
    {"known-startup", startup},
    {"known-flicker", flicker},
    {"known-one-leg", one_leg},
    {"known-job-url", job_url},
    {"known-job-passed", job_passed},
    {"known-unfinished", unfinished},
    {"known-over-time", over_time},
};

static void reports_read_as_expected(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        known k;
        known_open(&k);
        CASES[i].make(&k);
        known_diagnose(&k);
        k.report.target = FF_LIT("https://github.com/example/shop/actions/runs/4711");
        k.report.catalog_digest = "9f31aa02c4d5e6f708192a3b4c5d6e7f9f31aa02c4d5e6f708192a3b4c5d6e7f";
        k.report.catalog_rules = 212;
        k.report.partial = k.run.notes.partial;
        for (size_t f = 0; ff_report_format_name(f); f++) {
            ff_buf out;
            ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
            assert_int_equal(ff_report_render(&k.report, ff_report_format_name(f), NULL, &out), FF_OK);
            expect_file(CASES[i].name, ff_report_format_name(f), &out);
            ff_buf_release(&out);
        }
        known_close(&k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_read_as_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
