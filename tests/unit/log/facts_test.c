/* Facts about the run that a job's log states, and those that it must not be trusted with. */
#include "tape.h"

#define COMMIT "980705cb1b20ab8dc50168f84058527a96ff2f0d"
#define OTHER "1111111111111111111111111111111111111111"
#define SETUP "Current runner version: '2'\n"
#define CHECKOUT(repository, ref, commit)                                                                            \
    "##[group]Run actions/checkout@v4\nwith:\n##[endgroup]\nSyncing repository: " repository                         \
    "\n[command]/usr/bin/git checkout --progress --force " ref "\n[command]/usr/bin/git log -1 --format=%H\n" commit \
    "\n"

static const struct {
    const char *what, *text;
    const char *repository, *path, *branch, *sha;
} ROWS[] = {
    {"nothing", "hello\n", "", "", "", ""},
    {"a definition", SETUP "Job defined at: o/r/.github/workflows/ci.yml@refs/heads/feature/x\n", "o/r",
     ".github/workflows/ci.yml", "feature/x", ""},
    {"of a pull request", SETUP "Job defined at: o/r/.github/workflows/ci.yml@refs/pull/7/merge\n", "o/r",
     ".github/workflows/ci.yml", "", ""},
    {"of a tag", SETUP "Job defined at: o/r/.github/workflows/ci.yml@refs/tags/v1\n", "o/r", ".github/workflows/ci.yml",
     "", ""},
    {"that is no repository", SETUP "Job defined at: o/../.github/workflows/ci.yml@refs/heads/main\n", "", "", "", ""},
    {"that leaves the folder", SETUP "Job defined at: o/r/.github/workflows/../../x@refs/heads/main\n", "", "", "", ""},
    {"with a hostile branch", SETUP "Job defined at: o/r/.github/workflows/ci.yml@refs/heads/$(id) x\n", "o/r",
     ".github/workflows/ci.yml", "", ""},
    {"that a program prints", "x\nJob defined at: o/r/.github/workflows/ci.yml@refs/heads/main\n", "", "", "", ""},
    {"a checkout", CHECKOUT("o/r", "-B main refs/remotes/origin/main", COMMIT), "o/r", "", "", COMMIT},
    {"as older versions quote it", CHECKOUT("o/r", "refs/tags/v1", "'" COMMIT "'"), "o/r", "", "", COMMIT},
    {"of a pull request's merge", CHECKOUT("o/r", "refs/remotes/pull/7/merge", COMMIT), "o/r", "", "", ""},
    {"of another repository",
     SETUP "Job defined at: o/r/.github/workflows/ci.yml@refs/heads/main\n" CHECKOUT("o/docs", "main", COMMIT), "o/r",
     ".github/workflows/ci.yml", "main", ""},
    {"only the first counts", CHECKOUT("o/r", "main", COMMIT) CHECKOUT("o/r", "main", OTHER), "o/r", "", "", COMMIT},
    {"only in its own step",
     "##[group]Run a/b@v1\nwith:\n##[endgroup]\nSyncing repository: o/r\n##[group]Run x\nshell: bash\n##[endgroup]\n"
     "[command]git log -1 --format=%H\n" COMMIT "\n",
     "o/r", "", "", ""},
    {"no commit", CHECKOUT("o/r", "main", "980705cb1b"), "o/r", "", "", ""},
    {"no repository's name", CHECKOUT("o/r/x", "main", COMMIT), "", "", "", ""},
    {"hostile names", CHECKOUT("o/r`id`", "main", COMMIT), "", "", "", ""},
};

static void test_facts_come_from_the_right_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        tape_record *record = tape_play_text(ROWS[i].text);
        const ff_run *run = &record->run;
        if (!ff_slice_eq(run->repository, ff_slice_of(ROWS[i].repository)) ||
            !ff_slice_eq(run->workflow_path, ff_slice_of(ROWS[i].path)) ||
            !ff_slice_eq(run->head_branch, ff_slice_of(ROWS[i].branch)) ||
            !ff_slice_eq(run->head_sha, ff_slice_of(ROWS[i].sha)))
            fail_msg("%s: %.*s | %.*s | %.*s | %.*s", ROWS[i].what, FF_ARG(run->repository), FF_ARG(run->workflow_path),
                     FF_ARG(run->head_branch), FF_ARG(run->head_sha));
        tape_free(record);
    }
}

static void expect_job_name(const char *archive_name, const char *text, const char *name)
{
    tape_reel reel = {.form = archive_name ? FF_STREAM_JOB : FF_STREAM_TEXT,
                      .name = "0_job.txt",
                      .text = ff_slice_of(text),
                      .job = archive_name};
    tape_record *record = tape_play(&reel, 1, 0);
    tape_assert_text(ff_run_job(&record->run, 0)->name, name);
    tape_free(record);
}

static void test_a_job_gets_its_full_name_where_it_fits(void **state)
{
    (void)state;
    expect_job_name(NULL, SETUP "Complete job name: deploy / Helm (dev)\n", "deploy / Helm (dev)");
    expect_job_name("deploy _ Helm (dev)", SETUP "Complete job name: deploy / Helm (dev)\n", "deploy / Helm (dev)");
    expect_job_name("deploy  Helm (dev)", SETUP "Complete job name: deploy / Helm (dev)\n", "deploy / Helm (dev)");
    expect_job_name("build", SETUP "Complete job name: deploy / Helm (dev)\n", "build");
    expect_job_name(NULL, "##[group]Run x\nshell: bash\n##[endgroup]\necho\n", "");
    expect_job_name(NULL, SETUP "Complete job name: one\nComplete job name: two\n", "one");
}

static void test_what_is_known_is_not_changed(void **state)
{
    (void)state;
    static const char text[] = SETUP "Job defined at: evil/fork/.github/workflows/x.yml@refs/heads/evil\n";
    ff_arena arena;
    ff_run run;
    ff_source *source = NULL;
    ff_log *log = NULL;
    ff_error error = {0};
    ff_line line;
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    run.repository = ff_slice_of("o/r");
    assert_int_equal(ff_source_open_bytes(&source, ff_slice_of(text), "log.txt", &run, &error), FF_OK);
    assert_int_equal(ff_log_open(&log, source, &run, &error), FF_OK);
    while (ff_log_next(log, &line, &error) == FF_OK) {
    }
    tape_assert_text(run.repository, "o/r");
    tape_assert_text(run.workflow_path, "");
    tape_assert_text(run.head_branch, "");
    ff_log_close(log);
    ff_source_close(source);
    ff_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts_come_from_the_right_lines),
        cmocka_unit_test(test_a_job_gets_its_full_name_where_it_fits),
        cmocka_unit_test(test_what_is_known_is_not_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
