/* Hypotheses held against a repository: what each answer does to the verdict, and what is not asked or told. */
#include "diagnose/check.h"

#include "unit/diagnose/held.h"

#include <string.h>

static const grove_file FILES[] = {
    {HELD_CI, "on: push\njobs:\n  build:\n    steps:\n      - name: Build\n        run: make\n", FF_TREE_FILE, 0},
    {"there.txt", "here it is\n", FF_TREE_FILE, 0},
};

static const ff_slice SUSPICION[] = {FF_TEXT("suspicion")};
static const ff_param THERE[] = {{FF_TEXT("path"), FF_TEXT("there.txt")}};
static const ff_param GONE[] = {{FF_TEXT("path"), FF_TEXT("gone.txt")}};
static const ff_param NAMED[] = {{FF_TEXT("path"), FF_TEXT("${command}")}};
static const uint32_t SCRIPT_ONLY = FF_LINE_BIT(FF_LINE_SCRIPT);

#define RULE(kinds_, verify_, count_)                                                                             \
    {                                                                                                             \
        .id = FF_TEXT("app.rule"), .family = FF_TEXT("app"), .title = FF_TEXT("It broke"), .role = FF_ROLE_CAUSE, \
        .severity = FF_SEVERITY_ERROR, .where = {.kinds = kinds_}, .verify = verify_, .verify_count = count_      \
    }

static ff_verify asks(const ff_param *params, const char *found, const char *missing)
{
    return (ff_verify){.probe = FF_LIT("path-exists"),
                       .params = params,
                       .param_count = 1,
                       .found = ff_slice_of(found),
                       .missing = ff_slice_of(missing)};
}

static size_t terms_of(const ff_diagnosis *d, const char *term)
{
    size_t count = 0;
    for (uint32_t i = 0; i < d->reason_count; i++)
        count += strcmp(d->reasons[i].term, term) == 0;
    return count;
}

typedef enum way { PRINTED, INFERRED, TOLERATED, WAYS } way;

static ff_verdict verdict_of(const ff_verify *verify, way how)
{
    held h;
    ff_rule rule = RULE(how == INFERRED ? SCRIPT_ONLY : FF_LINES_PRINTED, verify, 1);
    held_open(&h, FILES, COUNT(FILES));
    (void)held_find(&h, &rule, how == TOLERATED ? HELD_PREPARE : HELD_BUILD, "it broke", NULL, NULL);
    held_diagnose(&h);
    const ff_diagnosis *d = held_of(&h, &rule);
    assert_non_null(d);
    assert_int_equal(d->tolerated, how == TOLERATED);
    assert_int_equal(d->inferred, how == INFERRED);
    ff_verdict verdict = d->verdict;
    assert_int_equal(d->rank == 0, verdict == FF_VERDICT_REFUTED);
    held_close(&h);
    return verdict;
}

static void what_an_answer_means_depends_on_how_the_fault_was_seen(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        ff_verdict verdicts[WAYS]; /* printed in the failing step, inferred from it, tolerated before it */
    } rows[] = {
        {"", {FF_VERDICT_LIKELY, FF_VERDICT_POSSIBLE, FF_VERDICT_UNDECIDED}},
        {"supports", {FF_VERDICT_CONFIRMED, FF_VERDICT_POSSIBLE, FF_VERDICT_UNDECIDED}},
        {"suggests", {FF_VERDICT_LIKELY, FF_VERDICT_POSSIBLE, FF_VERDICT_UNDECIDED}},
        {"weakens", {FF_VERDICT_LIKELY, FF_VERDICT_UNDECIDED, FF_VERDICT_UNDECIDED}},
        /* What the step that failed printed is not refuted by files: they are not what ran. */
        {"contradicts", {FF_VERDICT_LIKELY, FF_VERDICT_REFUTED, FF_VERDICT_REFUTED}},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int found = 0; found < 2; found++) {
            ff_verify verify = asks(found ? THERE : GONE, found ? rows[i].word : "", found ? "" : rows[i].word);
            for (int how = 0; how < WAYS; how++) {
                ff_verdict got = verdict_of(&verify, (way)how);
                if (got != rows[i].verdicts[how])
                    fail_msg("'%s', way %d: %s, not %s", rows[i].word, how, ff_verdict_name(got),
                             ff_verdict_name(rows[i].verdicts[how]));
            }
        }
}

static void an_answer_is_told_with_its_result_and_place(void **state)
{
    (void)state;
    static const struct {
        const ff_param *param;
        const char *found, *missing;
        ff_check_result result;
        bool decides;
        const char *subject, *at;
    } rows[] = {
        {THERE, "supports", "contradicts", FF_CHECK_SUPPORTS, true, "there.txt", "there.txt"},
        /* It only weakens: the failing step printed what the files deny. */
        {GONE, "supports", "contradicts", FF_CHECK_CONTRADICTS, false, "gone.txt", ""},
        {THERE, "weakens", "", FF_CHECK_CONTRADICTS, false, "there.txt", "there.txt"},
        {GONE, "", "suggests", FF_CHECK_SUPPORTS, false, "gone.txt", ""},
        {GONE, "supports", "", FF_CHECK_UNKNOWN, false, "gone.txt", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        ff_verify verify = asks(rows[i].param, rows[i].found, rows[i].missing);
        ff_rule rule = RULE(FF_LINES_PRINTED, &verify, 1);
        held_open(&h, FILES, COUNT(FILES));
        (void)held_find(&h, &rule, HELD_BUILD, "it broke", NULL, NULL);
        held_diagnose(&h);
        const ff_diagnosis *d = held_of(&h, &rule);
        assert_int_equal(d->check_count, 1);
        const ff_check *check = &d->checks[0];
        if (check->result != rows[i].result || check->decides != rows[i].decides || !check->known || !check->of_fact ||
            !ff_slice_eq(check->subject, ff_slice_of(rows[i].subject)) ||
            !ff_slice_starts(check->at, ff_slice_of(rows[i].at)) || (check->at.len == 0) != (*rows[i].at == 0))
            fail_msg("row %zu: result %d, decides %d, subject %.*s, at %.*s", i, check->result, check->decides,
                     FF_ARG(check->subject), FF_ARG(check->at));
        held_close(&h);
    }
}

static void without_a_repository_an_answer_is_unknown_and_moves_nothing(void **state)
{
    (void)state;
    held h;
    ff_verify verify = asks(GONE, "supports", "contradicts");
    ff_rule rule = RULE(FF_LINES_PRINTED, &verify, 1);
    held_open(&h, NULL, 0);
    (void)held_find(&h, &rule, HELD_BUILD, "it broke", NULL, NULL);
    held_diagnose(&h);
    const ff_diagnosis *d = held_of(&h, &rule);
    assert_int_equal(d->verdict, FF_VERDICT_LIKELY);
    assert_int_equal(d->checks[0].result, FF_CHECK_UNKNOWN);
    assert_false(d->checks[0].known);
    assert_true(ff_slice_eq(d->checks[0].text, FF_LIT("no checkout was given")));
    held_close(&h);
}

static void several_answers_of_one_kind_count_once_and_a_contradiction_decides(void **state)
{
    (void)state;
    held h;
    ff_verify verify[] = {
        asks(THERE, "supports", ""), asks(GONE, "", "supports"), asks(THERE, "suggests", ""),
        asks(THERE, "weakens", ""),  asks(GONE, "", "weakens"),
    };
    ff_verify mixed[] = {asks(THERE, "supports", ""), asks(GONE, "", "contradicts")};
    ff_rule rule = RULE(FF_LINES_PRINTED, verify, COUNT(verify)), other = RULE(SCRIPT_ONLY, mixed, COUNT(mixed));
    held_open(&h, FILES, COUNT(FILES));
    (void)held_find(&h, &rule, HELD_BUILD, "it broke", NULL, NULL);
    (void)held_find(&h, &other, HELD_BUILD, "that broke as well", NULL, NULL);
    held_diagnose(&h);
    const ff_diagnosis *d = held_of(&h, &rule);
    assert_int_equal(terms_of(d, "check-supports"), 1);
    assert_int_equal(terms_of(d, "check-suggests"), 0);
    assert_int_equal(terms_of(d, "check-weakens"), 1);
    assert_int_equal(terms_of(d, "check-contradicts"), 0);
    assert_int_equal(held_of(&h, &other)->verdict, FF_VERDICT_REFUTED);
    held_close(&h);
}

static void failing_steps_are_asked_about_first_and_no_more_than_the_bound(void **state)
{
    (void)state;
    static ff_verify many[FF_LIMIT_CHECKS + 1];
    held h;
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = asks(THERE, "supports", "");
    ff_rule rule = RULE(FF_LINES_PRINTED, many, COUNT(many)), earlier = RULE(FF_LINES_PRINTED, many, 1);
    held_open(&h, FILES, COUNT(FILES));
    (void)held_find(&h, &earlier, HELD_PREPARE, "something broke", NULL, NULL);
    (void)held_find(&h, &rule, HELD_BUILD, "it broke", NULL, NULL);
    held_diagnose(&h);
    const ff_diagnosis *d = held_of(&h, &rule), *before = held_of(&h, &earlier);
    assert_int_equal(d->check_count, FF_LIMIT_CHECKS + 1);
    assert_true(d->checks[FF_LIMIT_CHECKS - 1].known);
    const ff_check *beyond[] = {&d->checks[FF_LIMIT_CHECKS], &before->checks[0]};
    for (size_t i = 0; i < COUNT(beyond); i++) {
        assert_int_equal(beyond[i]->result, FF_CHECK_UNKNOWN);
        assert_true(ff_slice_eq(beyond[i]->text, FF_LIT("too many checks were wanted in this run")));
    }
    held_close(&h);
}

static void a_question_about_a_capture_without_a_value_is_not_asked(void **state)
{
    (void)state;
    held h;
    ff_verify verify = asks(NAMED, "supports", "contradicts");
    ff_rule rule = RULE(FF_LINES_PRINTED, &verify, 1), other = RULE(FF_LINES_PRINTED, &verify, 1);
    held_open(&h, FILES, COUNT(FILES));
    (void)held_find(&h, &rule, HELD_BUILD, "it broke", NULL, NULL);
    (void)held_find(&h, &other, HELD_BUILD, "there.txt broke", "command", "there.txt");
    held_diagnose(&h);
    const ff_check *check = &held_of(&h, &rule)->checks[0];
    assert_int_equal(check->result, FF_CHECK_UNKNOWN);
    assert_true(ff_slice_eq(check->text, FF_LIT("the log does not name it")));
    assert_int_equal(check->subject.len, 0);
    assert_int_equal(h.k.work.check_count, 1);
    assert_true(ff_slice_eq(held_of(&h, &other)->checks[0].subject, FF_LIT("there.txt")));
    held_close(&h);
}

static void a_suspicion_is_told_only_if_something_was_learnt_of_it(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        const char *missing; /* what its answer means */
        bool repository;
        const char *printed; /* command that the job said to have failed; NULL: none */
        bool told;
        ff_severity severity; /* of the printed one: a likely cause leaves nothing to suspect, whatever it names */
    } rows[] = {
        {"it is ruled out", "contradicts", true, NULL, true, FF_SEVERITY_NOTE},
        {"it is borne out", "supports", true, NULL, true, FF_SEVERITY_NOTE},
        {"something speaks for it", "suggests", true, NULL, true, FF_SEVERITY_NOTE},
        {"the answer means nothing", "", true, NULL, false, FF_SEVERITY_NOTE},
        {"nobody can answer", "contradicts", false, NULL, false, FF_SEVERITY_NOTE},
        {"the same command was printed", "suggests", true, "gone.txt", false, FF_SEVERITY_NOTE},
        {"the files speak against what was printed", "contradicts", true, "gone.txt", true, FF_SEVERITY_NOTE},
        {"another command was printed", "contradicts", true, "there.txt", true, FF_SEVERITY_NOTE},
        {"what was printed explains the failure", "contradicts", true, "there.txt", false, FF_SEVERITY_ERROR},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        held h;
        ff_verify verify = asks(NAMED, "", rows[i].missing);
        ff_rule rule = RULE(SCRIPT_ONLY, &verify, 1), printed = RULE(FF_LINES_PRINTED, NULL, 0);
        rule.tags = (ff_texts){SUSPICION, COUNT(SUSPICION)};
        printed.severity = rows[i].severity;
        held_open(&h, rows[i].repository ? FILES : NULL, COUNT(FILES));
        (void)held_find(&h, &rule, HELD_PREPARE, "gone.txt", "command", "gone.txt");
        if (rows[i].printed)
            (void)held_find(&h, &printed, HELD_BUILD, "broken", "command", rows[i].printed);
        held_diagnose(&h);
        if ((held_of(&h, &rule) != NULL) != rows[i].told)
            fail_msg("%s: %s", rows[i].what, rows[i].told ? "it is not told" : "it is told");
        assert_true(!rows[i].printed || held_of(&h, &printed));
        held_close(&h);
    }
}

static void lines_of_the_repository_become_evidence_without_their_secrets(void **state)
{
    (void)state;
    static const char SECRET[] = "ghp_0123456789abcdefghijABCDEFGHIJ456789";
    static const grove_file files[] = {
        {HELD_CI,
         "on: push\njobs:\n  build:\n    steps:\n      - run: |\n          gadget 1 "
         "ghp_0123456789abcdefghijABCDEFGHIJ456789\n"
         "          gadget 2\n          gadget 3\n          gadget 4\n          gadget 5\n",
         FF_TREE_FILE, 0},
    };
    static const ff_param text[] = {{FF_TEXT("text"), FF_TEXT("gadget")}};
    held h;
    ff_verify verify = {
        .probe = FF_LIT("workflow-line"), .params = text, .param_count = 1, .found = FF_LIT("suggests")};
    ff_rule rule = RULE(FF_LINES_PRINTED, &verify, 1);
    held_open(&h, files, COUNT(files));
    (void)held_find(&h, &rule, HELD_BUILD, "it broke", NULL, NULL);
    held_diagnose(&h);
    const ff_diagnosis *d = held_of(&h, &rule);
    assert_int_equal(d->checks[0].place_count, 5);
    assert_true(ff_slice_eq(d->checks[0].at, FF_LIT(HELD_CI ":6")));
    assert_int_equal(d->evidence_count, 2);
    const ff_evidence *shown = &d->evidence[1];
    assert_int_equal(shown->kind, FF_EVIDENCE_REPO);
    assert_false(shown->primary);
    assert_int_equal(shown->line_count, 3);
    assert_true(ff_slice_starts(shown->lines[0].text, FF_LIT(HELD_CI ":6: gadget 1 ")));
    for (uint32_t i = 0; i < shown->line_count; i++)
        assert_true(ff_slice_find(shown->lines[i].text, ff_slice_of(SECRET)) == SIZE_MAX);
    held_close(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_an_answer_means_depends_on_how_the_fault_was_seen),
        cmocka_unit_test(an_answer_is_told_with_its_result_and_place),
        cmocka_unit_test(without_a_repository_an_answer_is_unknown_and_moves_nothing),
        cmocka_unit_test(several_answers_of_one_kind_count_once_and_a_contradiction_decides),
        cmocka_unit_test(failing_steps_are_asked_about_first_and_no_more_than_the_bound),
        cmocka_unit_test(a_question_about_a_capture_without_a_value_is_not_asked),
        cmocka_unit_test(a_suspicion_is_told_only_if_something_was_learnt_of_it),
        cmocka_unit_test(lines_of_the_repository_become_evidence_without_their_secrets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
