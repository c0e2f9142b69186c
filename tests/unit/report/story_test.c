#include "report/story.h"

#include "flagship.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* The two diagnoses that compete in the flagship: what the step printed, and what is inferred from its script. */
enum { SYMPTOM, INFERRED, EFFECT = 3 };

static void keep(flagship *f)
{
    (void)f;
}

static void point_at_inferred(flagship *f)
{
    f->failures[0].first_fault = INFERRED;
}

static void make_inferred_likely(flagship *f)
{
    f->diagnoses[INFERRED].verdict = FF_VERDICT_LIKELY;
}

static void print_the_cause(flagship *f)
{
    f->diagnoses[INFERRED].rule = &MIGRATE_RULE;
    f->diagnoses[INFERRED].inferred = false;
    f->failures[0].first_fault = INFERRED;
}

static void print_the_cause_without_pointing_at_it(flagship *f)
{
    f->diagnoses[INFERRED].rule = &MIGRATE_RULE;
    f->diagnoses[INFERRED].inferred = false;
}

static void tolerate_the_cause(flagship *f)
{
    f->diagnoses[INFERRED].tolerated = true;
}

static void refute_the_cause(flagship *f)
{
    f->diagnoses[INFERRED].verdict = FF_VERDICT_REFUTED;
}

static void lose_the_rule(flagship *f)
{
    f->diagnoses[SYMPTOM].rule = NULL;
}

static void lose_the_index(flagship *f)
{
    f->failures[0].first_fault = FF_NO_INDEX;
}

static void let_the_symptom_lose(flagship *f)
{
    f->diagnoses[SYMPTOM].standing = FF_STANDING_RIVAL;
    f->diagnoses[INFERRED].verdict = FF_VERDICT_REFUTED;
}

/* A second symptom in the failing step, which the first one causes. */
static void give_the_symptom_an_effect(flagship *f)
{
    static const uint32_t causes[] = {SYMPTOM};
    ff_diagnosis *effect = &f->diagnoses[EFFECT];
    effect->standing = FF_STANDING_EXPLAINS;
    effect->tolerated = false;
    effect->job = JOB_DEPLOY;
    effect->step = 1;
    effect->caused_by = causes;
    effect->caused_by_count = 1;
}

static void give_an_effect_and_a_likely_cause(flagship *f)
{
    give_the_symptom_an_effect(f);
    make_inferred_likely(f);
}

static void give_an_effect_that_lost(flagship *f)
{
    give_the_symptom_an_effect(f);
    f->diagnoses[EFFECT].standing = FF_STANDING_RIVAL;
}

static const struct {
    void (*change)(flagship *f);
    int shown, first, hypothesis, unknown; /* indices of diagnoses, -1: none */
} STORIES[] = {
    {keep, SYMPTOM, -1, INFERRED, -1},
    {point_at_inferred, SYMPTOM, -1, INFERRED, -1},
    {make_inferred_likely, SYMPTOM, INFERRED, -1, -1},
    {print_the_cause, SYMPTOM, INFERRED, -1, -1},
    {print_the_cause_without_pointing_at_it, SYMPTOM, -1, INFERRED, -1},
    {tolerate_the_cause, SYMPTOM, -1, -1, -1},
    {refute_the_cause, SYMPTOM, -1, -1, -1},
    {lose_the_rule, -1, -1, -1, SYMPTOM},
    {lose_the_index, SYMPTOM, -1, INFERRED, -1},
    {let_the_symptom_lose, -1, -1, -1, -1},
    {give_the_symptom_an_effect, EFFECT, SYMPTOM, -1, -1},
    {give_an_effect_and_a_likely_cause, EFFECT, INFERRED, -1, -1},
    {give_an_effect_that_lost, SYMPTOM, -1, INFERRED, -1},
};

static const ff_diagnosis *at(const flagship *f, int index)
{
    return index < 0 ? NULL : &f->diagnoses[index];
}

static void a_story_names_the_first_fault_or_the_best_guess(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof STORIES / sizeof *STORIES; i++) {
        flagship f;
        flagship_init(&f);
        STORIES[i].change(&f);
        ff_story story = ff_story_of(&f.report, 0);
        assert_ptr_equal(story.shown, at(&f, STORIES[i].shown));
        assert_ptr_equal(story.first, at(&f, STORIES[i].first));
        assert_ptr_equal(story.hypothesis, at(&f, STORIES[i].hypothesis));
        assert_ptr_equal(story.unknown, at(&f, STORIES[i].unknown));
        flagship_release(&f);
    }
}

static void each_diagnosis_belongs_to_one_part(void **state)
{
    (void)state;
    static const struct {
        ff_verdict verdict;
        ff_standing standing;
        bool tolerated;
        ff_part part;
        bool listed_as_tolerated;
    } rows[] = {
        {FF_VERDICT_LIKELY, FF_STANDING_EXPLAINS, false, FF_PART_CHAIN, false},
        {FF_VERDICT_LIKELY, FF_STANDING_RIVAL, false, FF_PART_RIVAL, false},
        {FF_VERDICT_POSSIBLE, FF_STANDING_TOLERATED, false, FF_PART_TOLERATED, true},
        {FF_VERDICT_POSSIBLE, FF_STANDING_EXPLAINS, true, FF_PART_TOLERATED, true},
        {FF_VERDICT_LIKELY, FF_STANDING_CONSEQUENCE, false, FF_PART_CONSEQUENCE, false},
        {FF_VERDICT_REFUTED, FF_STANDING_RIVAL, false, FF_PART_REFUTED, false},
        {FF_VERDICT_REFUTED, FF_STANDING_TOLERATED, true, FF_PART_REFUTED, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_diagnosis d = {.verdict = rows[i].verdict, .standing = rows[i].standing, .tolerated = rows[i].tolerated};
        assert_int_equal(ff_story_part(&d), rows[i].part);
        assert_int_equal(ff_story_is_open(&d), rows[i].part <= FF_PART_RIVAL);
        assert_int_equal(ff_story_is_tolerated(&d), rows[i].listed_as_tolerated);
    }
}

static void what_the_step_could_do_better_is_no_hypothesis(void **state)
{
    (void)state;
    static const struct {
        ff_standing standing;
        bool inferred;
        ff_part part;
    } rows[] = {
        {FF_STANDING_EXPLAINS, true, FF_PART_LESSON},          {FF_STANDING_RIVAL, true, FF_PART_LESSON},
        {FF_STANDING_EXPLAINS, false, FF_PART_CHAIN},          {FF_STANDING_RIVAL, false, FF_PART_CONSEQUENCE},
        {FF_STANDING_CONSEQUENCE, false, FF_PART_CONSEQUENCE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ff_diagnosis d = {.verdict = FF_VERDICT_UNDECIDED,
                          .role = FF_ROLE_CONSEQUENCE,
                          .standing = rows[i].standing,
                          .inferred = rows[i].inferred};
        assert_int_equal(ff_story_part(&d), rows[i].part);
    }
}

static void only_what_explains_the_failure_repairs_it(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    ff_story story = ff_story_of(&f.report, 0);
    assert_true(ff_story_repairs(&story, &f.diagnoses[SYMPTOM]));
    assert_true(ff_story_repairs(&story, &f.diagnoses[INFERRED])); /* possible, but the best hypothesis */
    assert_false(ff_story_repairs(&story, &f.diagnoses[2]));       /* tolerated */
    assert_false(ff_story_repairs(&story, &f.diagnoses[4]));       /* refuted */
    f.diagnoses[INFERRED].standing = FF_STANDING_RIVAL;
    assert_false(ff_story_repairs(&story, &f.diagnoses[INFERRED]));
    f.diagnoses[SYMPTOM].verdict = FF_VERDICT_POSSIBLE;
    assert_false(ff_story_repairs(&story, &f.diagnoses[SYMPTOM]));
    flagship_release(&f);
}

static void say_headline(flagship *f, const char *expected)
{
    ff_buf out;
    ff_buf_init(&out, 1000);
    ff_voice voice = {.out = &out};
    ff_story story = ff_story_of(&f->report, 0);
    ff_story_say_headline(&story, &voice);
    assert_string_equal(out.ptr, expected);
    ff_buf_release(&out);
}

static void without_a_visible_failure_the_headline_says_what_is_known(void **state)
{
    (void)state;
    static const struct {
        ff_conclusion conclusion;
        bool single_log, partial;
        size_t first, count; /* of the flagship's diagnoses */
        const char *expected;
    } rows[] = {
        {FF_CONCLUSION_SUCCESS, false, false, 2, 0, "The run passed"},
        {FF_CONCLUSION_SUCCESS, true, false, 2, 0, "The job passed"},
        {FF_CONCLUSION_SUCCESS, false, false, 2, 1, "The run passed; 1 failure was tolerated"},
        {FF_CONCLUSION_SUCCESS, false, false, 3, 1, "The run passed; 1 problem recovered on the way"},
        {FF_CONCLUSION_SUCCESS, true, false, 2, 2,
         "The job passed; 1 failure was tolerated; 1 problem recovered on the way"},
        {FF_CONCLUSION_SUCCESS, false, true, 2, 2, "Nothing that was read shows a failure"},
        {FF_CONCLUSION_FAILURE, false, false, 2, 0, "The run failed, and nothing that was read says where"},
        {FF_CONCLUSION_UNKNOWN, true, false, 0, 0,
         "The log does not show how it ended, and no failure was recognised in it"},
        {FF_CONCLUSION_UNKNOWN, false, false, 2, 2, "Nothing that was read shows a failure"},
        {FF_CONCLUSION_UNKNOWN, true, false, 0, 2, "The log does not show how it ended"},
        {FF_CONCLUSION_UNKNOWN, false, false, 0, 2, "What was read does not show how the run ended"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        flagship f;
        flagship_init(&f);
        f.run.conclusion = rows[i].conclusion;
        f.run.single_log = rows[i].single_log;
        f.report.partial = rows[i].partial;
        f.report.failure_count = 0;
        f.report.diagnoses += rows[i].first;
        f.report.diagnosis_count = rows[i].count;
        say_headline(&f, rows[i].expected);
        flagship_release(&f);
    }
}

static void the_best_finding_is_told_with_its_verdict_or_its_line(void **state)
{
    (void)state;
    static const struct {
        const ff_rule *rule;
        const char *expected;
    } rows[] = {
        {&HOST_RULE, "The request is refused before the application, the check overrides the Host header "
                     "(possible, 0.38) at 05:15:20 UTC"},
        {NULL, "a line like an error, which no rule knows: HTTP_CODE=$(curl -s -o /dev/null -w \"%{http_code}\" -H "
               "\"Host: meatscentral.com\" \"$URL\" || echo \"000\") at 05:15:20 UTC"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        flagship f;
        flagship_init(&f);
        f.report.failure_count = 0;
        f.report.diagnoses += INFERRED;
        f.report.diagnosis_count = 2;
        f.diagnoses[INFERRED].rule = rows[i].rule;
        f.diagnoses[INFERRED].first_time = HEALTH_START;
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_story story = ff_story_of(&f.report, 0);
        assert_ptr_equal(story.finding, &f.diagnoses[INFERRED]);
        assert_ptr_equal(ff_story_decide_with(&story), HOST_NEXT);
        ff_story_say_finding(&story, &voice);
        assert_string_equal(out.ptr, rows[i].expected);
        ff_buf_release(&out);
        flagship_release(&f);
    }
}

static void facts_of_one_line_cite_it_once(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    f.half_done[1].evidence = f.half_done[0].evidence;
    ff_buf out;
    ff_buf_init(&out, 1000);
    ff_voice voice = {.out = &out, .markdown = true};
    ff_story story = ff_story_of(&f.report, 0);
    ff_story_say_half_done(&story, &voice);
    assert_string_equal(out.ptr, "yes: the old container was removed and database migrations ran [E6]");
    ff_buf_release(&out);
    flagship_release(&f);
}

static void a_title_that_met_a_bound_ends_with_dots(void **state)
{
    (void)state;
    static const char sentence[] = "RuntimeError: the branch is out of sync with the corresponding revision that would "
                                   "be merged, which usually happens because there is a change in it";
    for (size_t cut = 100; cut <= sizeof sentence - 1; cut++) {
        ff_kept_line line = {.place = {.line = 1}, .text = ff_slice_of(sentence)};
        ff_evidence evidence = {.number = 1, .primary = true, .lines = &line, .line_count = 1};
        ff_diagnosis d = {.rule = &HOST_RULE, .title = {sentence, cut}, .evidence = &evidence, .evidence_count = 1};
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_story_say_title(&d, &voice);
        assert_int_equal(ff_slice_ends(ff_buf_slice(&out), FF_LIT("…")), cut >= 120 && cut < sizeof sentence - 1);
        ff_buf_release(&out);
    }
}

static void tolerated_diagnoses_are_numbered_among_themselves(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    assert_int_equal(ff_story_tolerated_number(&f.report, &f.diagnoses[2]), 1);
    assert_int_equal(ff_story_tolerated_number(&f.report, &f.diagnoses[3]), 2);
    flagship_release(&f);
}

static void a_likely_first_fault_needs_only_its_own_evidence(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    ff_story story = ff_story_of(&f.report, 0);
    assert_ptr_equal(ff_story_decide_with(&story), LOOP_NEXT);
    f.diagnoses[INFERRED].verdict = FF_VERDICT_LIKELY;
    story = ff_story_of(&f.report, 0);
    assert_ptr_equal(ff_story_decide_with(&story), HOST_NEXT);
    f.diagnoses[INFERRED].next_evidence_count = 0; /* what the symptom asks decides nothing any more */
    assert_null(ff_story_decide_with(&story));
    f.diagnoses[INFERRED].next_evidence_count = 1;
    f.diagnoses[INFERRED].verdict = FF_VERDICT_CONFIRMED;
    assert_null(ff_story_decide_with(&story));
    flagship_release(&f);
}

static void what_another_candidate_asks_decides_nothing_about_the_first_fault(void **state)
{
    (void)state;
    flagship f;
    flagship_init(&f);
    print_the_cause(&f); /* possible, and the symptom asks too */
    ff_story story = ff_story_of(&f.report, 0);
    assert_ptr_equal(story.first, &f.diagnoses[INFERRED]);
    f.diagnoses[INFERRED].next_evidence_count = 0;
    assert_null(ff_story_decide_with(&story));
    flagship_release(&f);
}

/* What GitHub states about the end, beside what the log holds. */
static void what_github_states_stands_above_what_the_log_shows(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        void (*change)(flagship *f);
        bool stopped;
        int shown, first, hypothesis;
        const char *headline; /* its end */
        const char *start;    /* of the first fault */
    } rows[] = {
        {"The run was canceled by @octocat.", make_inferred_likely, true, SYMPTOM, -1, INFERRED, " UTC by @octocat",
         "GitHub states: \"The run was canceled by @octocat.\" Best hypothesis (likely, 0.38): "},
        {"Canceling since a higher priority waiting request for 'x' exists", make_inferred_likely, true, -1, -1, -1,
         " was cancelled at 05:16:56 UTC: a newer run took its place",
         "GitHub states: \"Canceling since a higher priority waiting request for 'x' exists\". A newer run took its "
         "place: nothing needs repair"},
        {"The hosted runner lost communication with the server.", make_inferred_likely, false, SYMPTOM, INFERRED, -1,
         " UTC", "The request is refused"},
        {"The hosted runner lost communication with the server.", keep, true, SYMPTOM, -1, INFERRED,
         " UTC: its runner lost contact",
         "GitHub states: \"The hosted runner lost communication with the server.\" Best hypothesis (possible, 0.38): "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        flagship f;
        flagship_init(&f);
        rows[i].change(&f);
        f.failures[0].conclusion = FF_CONCLUSION_CANCELLED;
        f.failures[0].stop_words = ff_slice_of(rows[i].words);
        f.failures[0].stop = ff_stop_of(f.failures[0].stop_words);
        ff_story story = ff_story_of(&f.report, 0);
        assert_int_equal(story.stop != NULL, rows[i].stopped);
        assert_ptr_equal(story.shown, at(&f, rows[i].shown));
        assert_ptr_equal(story.first, at(&f, rows[i].first));
        assert_ptr_equal(story.hypothesis, at(&f, rows[i].hypothesis));
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_story_say_headline(&story, &voice);
        if (!ff_slice_ends(ff_buf_slice(&out), ff_slice_of(rows[i].headline)) && rows[i].stopped)
            fail_msg("row %zu: %s", i, out.ptr);
        ff_buf_reset(&out);
        ff_story_say_first_fault(&story, &voice);
        if (!ff_slice_starts(ff_buf_slice(&out), ff_slice_of(rows[i].start)))
            fail_msg("row %zu: %s", i, out.ptr);
        ff_buf_release(&out);
        flagship_release(&f);
    }
}

static void a_loop_without_a_pause_has_no_pace(void **state)
{
    (void)state;
    static const struct {
        int64_t took; /* in milliseconds, of 20 rounds */
        const char *pace;
    } rows[] = {{95000, " (every 5 s, for 95 s)"}, {1000, " (for 1 s)"}, {40, ""}, {0, ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        flagship f;
        flagship_init(&f);
        f.diagnoses[SYMPTOM].last_time = f.diagnoses[SYMPTOM].first_time + rows[i].took * 1000000;
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_story story = ff_story_of(&f.report, 0);
        assert_true(ff_story_say_shown(&story, &voice));
        ff_buf expected;
        ff_buf_init(&expected, 1000);
        ff_buf_printf(&expected, "Health check answered HTTP 500 on 20 of 20 attempts%s", rows[i].pace);
        assert_string_equal(out.ptr, expected.ptr);
        ff_buf_release(&expected);
        ff_buf_release(&out);
        flagship_release(&f);
    }
}

static void the_headline_says_how_the_step_ended(void **state)
{
    (void)state;
    static const struct {
        ff_conclusion conclusion;
        const char *expected;
    } rows[] = {
        {FF_CONCLUSION_FAILURE,
         "deploy-backend › Post-deployment health check failed with exit code 1 at 05:16:56 UTC"},
        {FF_CONCLUSION_TIMED_OUT, "deploy-backend › Post-deployment health check ran out of time at 05:16:56 UTC"},
        {FF_CONCLUSION_CANCELLED, "deploy-backend › Post-deployment health check was cancelled at 05:16:56 UTC"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        flagship f;
        flagship_init(&f);
        f.failures[0].conclusion = rows[i].conclusion;
        f.report.diagnosis_count = 0;
        f.failures[0].first_fault = FF_NO_INDEX;
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_story story = ff_story_of(&f.report, 0);
        ff_story_say_headline(&story, &voice);
        assert_string_equal(out.ptr, rows[i].expected);
        ff_buf_reset(&out);
        ff_story_say_first_fault(&story, &voice);
        assert_string_equal(out.ptr, "undecided: nothing that was read says why");
        assert_false(ff_story_say_shown(&story, &voice));
        ff_buf_release(&out);
        flagship_release(&f);
    }
}

static void only_an_inferred_hypothesis_is_said_not_to_be_in_the_log(void **state)
{
    (void)state;
    static const struct {
        const ff_rule *rule;
        const char *start;
    } rows[] = {
        {&HOST_RULE, "not in this log. Best hypothesis (possible, 0.38): "},
        {&MIGRATE_RULE, "undecided. Best hypothesis (possible, 0.38): "},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        flagship f;
        flagship_init(&f);
        f.diagnoses[INFERRED].rule = rows[i].rule;
        f.diagnoses[INFERRED].inferred = rows[i].rule == &HOST_RULE;
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out};
        ff_story story = ff_story_of(&f.report, 0);
        ff_story_say_first_fault(&story, &voice);
        assert_true(ff_slice_starts(ff_buf_slice(&out), ff_slice_of(rows[i].start)));
        ff_buf_release(&out);
        flagship_release(&f);
    }
}

static void the_worst_reason_speaks_against_a_diagnosis(void **state)
{
    (void)state;
    static const ff_reason reasons[] = {
        {"a", -0.5, TEXT("mild")}, {"b", 2.0, TEXT("good")}, {"c", -3.0, TEXT("worst")}};
    static const ff_check checks[] = {
        {.at = TEXT("a.py:1"), .text = TEXT("it is there"), .result = FF_CHECK_CONTRADICTS},
        {.at = TEXT("a.py:2"), .text = TEXT("fits"), .result = FF_CHECK_SUPPORTS},
    };
    ff_diagnosis d = {.summary = TEXT("summary\nof two lines")};
    ff_buf out;
    ff_buf_init(&out, 1000);
    ff_voice voice = {.out = &out};
    assert_true(ff_story_say_against(&d, &voice, 2));
    assert_string_equal(out.ptr, "summary of two lines");
    d.reasons = reasons;
    d.reason_count = 3;
    ff_buf_reset(&out);
    assert_true(ff_story_say_against(&d, &voice, 2));
    assert_string_equal(out.ptr, "worst");
    d.checks = checks;
    d.check_count = 2;
    ff_buf_reset(&out);
    assert_true(ff_story_say_against(&d, &voice, 2));
    assert_string_equal(out.ptr, "it is there (a.py:1)");
    ff_buf_release(&out);
    assert_false(ff_story_say_against(&(ff_diagnosis){.number = 1}, &voice, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_names_the_first_fault_or_the_best_guess),
        cmocka_unit_test(each_diagnosis_belongs_to_one_part),
        cmocka_unit_test(what_the_step_could_do_better_is_no_hypothesis),
        cmocka_unit_test(only_what_explains_the_failure_repairs_it),
        cmocka_unit_test(without_a_visible_failure_the_headline_says_what_is_known),
        cmocka_unit_test(the_best_finding_is_told_with_its_verdict_or_its_line),
        cmocka_unit_test(facts_of_one_line_cite_it_once),
        cmocka_unit_test(a_title_that_met_a_bound_ends_with_dots),
        cmocka_unit_test(tolerated_diagnoses_are_numbered_among_themselves),
        cmocka_unit_test(a_likely_first_fault_needs_only_its_own_evidence),
        cmocka_unit_test(what_another_candidate_asks_decides_nothing_about_the_first_fault),
        cmocka_unit_test(what_github_states_stands_above_what_the_log_shows),
        cmocka_unit_test(a_loop_without_a_pause_has_no_pace),
        cmocka_unit_test(the_headline_says_how_the_step_ended),
        cmocka_unit_test(only_an_inferred_hypothesis_is_said_not_to_be_in_the_log),
        cmocka_unit_test(the_worst_reason_speaks_against_a_diagnosis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
