/* Drafts of pull requests: when there is one, what its title says, and what stays of the body when it is too long. */
#include "flagship.h"

#include "base/limits.h"
#include "report/proposal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const ff_slice EVIDENCE_TAGS[] = {TEXT("evidence")};
static const ff_rule LESSON_RULE = {.id = TEXT("health.no-container-log"),
                                    .family = TEXT("health"),
                                    .role = FF_ROLE_CONSEQUENCE,
                                    .tags = {EVIDENCE_TAGS, 1}};

/* The hypothesis becomes a cause that was seen, with this verdict and advice. */
static void make_cause(flagship *f, ff_verdict verdict, const ff_advice *advice)
{
    ff_diagnosis *d = &f->diagnoses[1];
    d->verdict = verdict;
    d->inferred = false;
    d->advice = advice;
    d->advice_count = advice ? 1 : 0;
}

static const char *refusal(ff_proposal_kind kind, void (*change)(flagship *))
{
    flagship f;
    flagship_init(&f);
    if (change)
        change(&f);
    const char *why = ff_proposal_refusal(&f.report, kind);
    flagship_release(&f);
    return why;
}

static void make_likely(flagship *f)
{
    make_cause(f, FF_VERDICT_LIKELY, NULL);
}

static void make_green(flagship *f)
{
    f->report.failure_count = 0;
}

static void make_silent(flagship *f)
{
    for (size_t i = 0; i < FLAGSHIP_DIAGNOSES; i++)
        f->diagnoses[i].next_evidence_count = 0;
}

static void a_fix_takes_a_likely_cause_and_a_symptom_is_none(void **state)
{
    (void)state;
    static const struct {
        ff_proposal_kind kind;
        void (*change)(flagship *);
        const char *why; /* a piece of it; NULL: there is a draft */
    } rows[] = {
        {FF_PROPOSAL_FIX, NULL, "would be a guess"},          {FF_PROPOSAL_FIX, make_likely, NULL},
        {FF_PROPOSAL_FIX, make_green, "nothing failed"},      {FF_PROPOSAL_DIAGNOSE, NULL, NULL},
        {FF_PROPOSAL_DIAGNOSE, make_green, "nothing failed"}, {FF_PROPOSAL_DIAGNOSE, make_silent, "nothing is known"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *why = refusal(rows[i].kind, rows[i].change);
        assert_int_equal(why != NULL, rows[i].why != NULL);
        if (why)
            assert_non_null(strstr(why, rows[i].why));
    }
}

static void a_title_is_a_conventional_commit_of_72_bytes_at_most(void **state)
{
    (void)state;
    static const struct {
        const char *advice, *job, *path, *title;
    } rows[] = {
        {"Use Django's own `migrate`; this project has no django-tenants.", "deploy-backend", ".github/workflows/a.yml",
         "ci(deploy-backend): use Django's own migrate"},
        {"Use Django's own `migrate`.", "deploy-backend", "scripts/deploy.sh",
         "fix(deploy-backend): use Django's own migrate"},
        {"Raise the limit", "Test (3.11, ubuntu)", NULL, "fix: raise the limit"},
        {"YAML wants blanks, not tabs", "lint", NULL, "fix(lint): YAML wants blanks"},
        {"", "lint", NULL, "fix(lint): repair what made the run fail"},
        {"Give the container of the database enough time to become healthy before anything asks it", "lint", NULL,
         "fix(lint): give the container of the database enough time to become"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        flagship f;
        ff_buf title;
        flagship_init(&f);
        ff_buf_init(&title, 1000);
        ff_advice advice = {.text = ff_slice_of(rows[i].advice)};
        ff_change change = {.path = ff_slice_of(rows[i].path)};
        make_cause(&f, FF_VERDICT_LIKELY, &advice);
        f.run.jobs.items[JOB_DEPLOY].name = ff_slice_of(rows[i].job);
        f.report.changes[FF_PROPOSAL_FIX] = (ff_change_set){.items = &change, .count = rows[i].path ? 1 : 0};
        ff_proposal_write_title(&f.report, FF_PROPOSAL_FIX, &title);
        assert_string_equal(title.ptr, rows[i].title);
        assert_true(title.len <= 72);
        ff_buf_release(&title);
        flagship_release(&f);
    }
}

static void the_evidence_is_named_after_the_step_that_failed(void **state)
{
    (void)state;
    flagship f;
    ff_buf title;
    flagship_init(&f);
    ff_buf_init(&title, 1000);
    ff_proposal_write_title(&f.report, FF_PROPOSAL_DIAGNOSE, &title);
    assert_string_equal(title.ptr, "ci: keep the evidence when Post-deployment health check fails");
    ff_buf_release(&title);
    flagship_release(&f);
}

/* The body with one change of `lines` added lines. */
static void write_body(flagship *f, ff_proposal_kind kind, size_t lines, ff_buf *body)
{
    ff_buf diff;
    static const uint32_t lesson[] = {2};
    ff_buf_init(&diff, (size_t)1 << 20);
    ff_buf_add(&diff, FF_LIT("--- a/.github/workflows/a.yml\n+++ b/.github/workflows/a.yml\n"));
    for (size_t i = 0; i < lines; i++)
        ff_buf_add(&diff, FF_LIT("+          docker logs pm-backend --tail 100\n"));
    ff_change change = {.path = FF_LIT(".github/workflows/a.yml"),
                        .start_line = 616,
                        .end_line = 616,
                        .diff = ff_buf_slice(&diff),
                        .diagnoses = lesson,
                        .diagnosis_count = 1};
    f->diagnoses[2].rule = &LESSON_RULE;
    f->diagnoses[2].role = FF_ROLE_CONSEQUENCE;
    f->diagnoses[2].standing = FF_STANDING_EXPLAINS;
    f->diagnoses[2].tolerated = false;
    f->diagnoses[2].failure = 0;
    f->report.changes[kind] = (ff_change_set){.items = &change, .count = 1};
    ff_report_options options = {0};
    ff_buf_init(body, FF_LIMIT_REPORT_BYTES);
    ff_proposal_write_body(&f->report, kind, &options, body);
    assert_int_equal(ff_buf_status(body), FF_OK);
    f->report.changes[kind] = (ff_change_set){0};
    ff_buf_release(&diff);
}

static void a_body_shows_the_diff_and_ticks_no_box(void **state)
{
    (void)state;
    flagship f;
    ff_buf body;
    flagship_init(&f);
    write_body(&f, FF_PROPOSAL_DIAGNOSE, 1, &body);
    assert_non_null(strstr(body.ptr, "```diff\n"));
    assert_non_null(strstr(body.ptr, "+          docker logs pm-backend --tail 100\n"));
    assert_non_null(strstr(body.ptr, "does not claim to cure"));
    assert_non_null(strstr(body.ptr, "- [ ] "));
    assert_null(strstr(body.ptr, "[x]"));
    assert_non_null(strstr(body.ptr, "## Ruled out\n"));
    ff_buf_release(&body);
    flagship_release(&f);
}

static void a_body_that_is_too_long_says_what_it_left_out(void **state)
{
    (void)state;
    static const size_t lines[] = {500, 1000, 5000};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        flagship f;
        ff_buf body;
        flagship_init(&f);
        write_body(&f, FF_PROPOSAL_DIAGNOSE, lines[i], &body);
        assert_true(body.len <= FF_LIMIT_PROPOSAL_BYTES);
        bool whole = strstr(body.ptr, "```diff\n") != NULL;
        assert_int_equal(whole, i == 0);
        assert_int_equal(strstr(body.ptr, "too long for this page") == NULL, whole);
        ff_buf_release(&body);
        flagship_release(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fix_takes_a_likely_cause_and_a_symptom_is_none),
        cmocka_unit_test(a_title_is_a_conventional_commit_of_72_bytes_at_most),
        cmocka_unit_test(the_evidence_is_named_after_the_step_that_failed),
        cmocka_unit_test(a_body_shows_the_diff_and_ticks_no_box),
        cmocka_unit_test(a_body_that_is_too_long_says_what_it_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
