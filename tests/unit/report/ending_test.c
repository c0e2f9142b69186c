#include "report/ending.h"

#include "flagship.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char OTHER_FILE[] = "other/1_x.txt";

/* What the health check printed last, the runner's word at the end; the first two lines belong to the loop. */
static const ff_kept_line PRINTED[] = {
    LINE_AT(HEALTH_FILE, 56, HEALTH_START, "Health check attempt 19/20 (HTTP 500)..."),
    LINE_AT(HEALTH_FILE, 57, HEALTH_START, "Health check attempt 20/20 (HTTP 500)..."),
    LINE_AT(HEALTH_FILE, 58, HEALTH_START, "Last response code: 500"),
    LINE_AT(HEALTH_FILE, 60, HEALTH_START + 2 * SECOND, "{\"search\":\"index orders-v7 is missing\"}"),
    LINE_AT(HEALTH_FILE, 61, HEALTH_START + 92 * SECOND, "Process completed with exit code 1."),
    LINE_AT(HEALTH_FILE, 62, HEALTH_START + 93 * SECOND, "Cleaning up"),
};

enum { LINES = sizeof PRINTED / sizeof *PRINTED };

typedef struct setting {
    flagship f;
    ff_excerpt_line excerpt[LINES];
} setting;

static void setting_init(setting *s)
{
    flagship_init(&s->f);
    for (uint32_t i = 0; i < LINES; i++)
        s->excerpt[i] = (ff_excerpt_line){JOB_DEPLOY, 1, PRINTED[i], false};
    s->f.failures[0].place = PRINTED[4].place;
    s->f.report.excerpt = s->excerpt;
    s->f.report.excerpt_count = LINES;
}

static void expect_lines(setting *s, uint32_t max, const char *expected)
{
    ff_buf out;
    ff_buf_init(&out, 10000);
    ff_story story = ff_story_of(&s->f.report, 0);
    assert_int_equal(ff_ending_add(&out, &story, max), expected[0] != '\0');
    assert_string_equal(out.ptr ? out.ptr : "", expected);
    ff_buf_release(&out);
}

static void the_last_lines_before_the_exit_are_shown(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    expect_lines(&s, 2,
                 "deploy-backend/6_Post-deployment health check.txt\n"
                 "  58  Last response code: 500\n"
                 "      …\n"
                 "  60  {\"search\":\"index orders-v7 is missing\"}\n");
    expect_lines(&s, 1,
                 "deploy-backend/6_Post-deployment health check.txt\n"
                 "  60  {\"search\":\"index orders-v7 is missing\"}\n");
    flagship_release(&s.f);
}

static void lines_of_the_symptom_are_not_shown_again(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    expect_lines(&s, 4,
                 "deploy-backend/6_Post-deployment health check.txt\n"
                 "  58  Last response code: 500\n"
                 "      …\n"
                 "  60  {\"search\":\"index orders-v7 is missing\"}\n");
    s.f.report.excerpt_count = 2;
    expect_lines(&s, 4, "");
    flagship_release(&s.f);
}

static void lines_of_other_steps_scripts_and_blank_lines_are_passed_over(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    s.excerpt[3].step = 0;
    s.excerpt[2].line.kind = FF_LINE_SCRIPT;
    s.excerpt[1].line.text = FF_LIT("  ");
    s.excerpt[0].job = JOB_TEST;
    expect_lines(&s, 4, "");
    s.f.failures[0].step = FF_NO_INDEX; /* the job failed: any of its steps may have the last word */
    expect_lines(&s, 1,
                 "deploy-backend/6_Post-deployment health check.txt\n"
                 "  60  {\"search\":\"index orders-v7 is missing\"}\n");
    flagship_release(&s.f);
}

static void a_failure_no_rule_knows_shows_its_telling_line_first(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    s.f.diagnoses[0].rule = NULL; /* its evidence begins at line 38 */
    expect_lines(&s, 1,
                 "deploy-backend/6_Post-deployment health check.txt\n"
                 "  38  Health check attempt 1/20 (HTTP 500)...\n"
                 "      …\n"
                 "  60  {\"search\":\"index orders-v7 is missing\"}\n");
    s.f.report.excerpt_count = 0;
    expect_lines(&s, 3,
                 "deploy-backend/6_Post-deployment health check.txt\n"
                 "  38  Health check attempt 1/20 (HTTP 500)...\n");
    static ff_evidence evidence; /* the telling line is one of the last */
    evidence = evidence_of(1, JOB_DEPLOY, 1, &PRINTED[3], 1);
    s.f.diagnoses[0].evidence = &evidence;
    s.f.report.excerpt_count = LINES;
    expect_lines(&s, 1,
                 "deploy-backend/6_Post-deployment health check.txt\n"
                 "  60  {\"search\":\"index orders-v7 is missing\"}\n");
    flagship_release(&s.f);
}

static void without_a_failure_there_is_no_ending(void **state)
{
    (void)state;
    setting s;
    setting_init(&s);
    s.f.report.failure_count = 0;
    expect_lines(&s, 3, "");
    flagship_release(&s.f);
}

static void forget_the_end(setting *s)
{
    s->f.report.excerpt_count = 4;
    s->f.failures[0].place = (ff_place){.time = 0};
}

static void move_the_end_to_another_file(setting *s)
{
    s->f.report.excerpt_count = 4;
    s->f.failures[0].place.file = ff_slice_of(OTHER_FILE);
}

static void end_at_once(setting *s)
{
    s->excerpt[4].line.place.time = s->excerpt[3].line.place.time + SECOND;
}

static void have_no_lines(setting *s)
{
    s->f.report.excerpt_count = 0;
}

static void silence_is_told_of_steps_that_were_cut_off(void **state)
{
    (void)state;
    static const struct {
        ff_conclusion conclusion;
        void (*change)(setting *s);
        const char *expected;
    } rows[] = {
        {FF_CONCLUSION_FAILURE, NULL, ""},
        {FF_CONCLUSION_TIMED_OUT, NULL, "line 60, `{\"search\":\"index orders-v7 is missing\"}`, then silent for 90 s"},
        {FF_CONCLUSION_CANCELLED, NULL, "line 60, `{\"search\":\"index orders-v7 is missing\"}`, then silent for 90 s"},
        {FF_CONCLUSION_CANCELLED, move_the_end_to_another_file,
         "line 60, `{\"search\":\"index orders-v7 is missing\"}`, then silent for 90 s"},
        {FF_CONCLUSION_CANCELLED, forget_the_end, "line 60, `{\"search\":\"index orders-v7 is missing\"}`"},
        {FF_CONCLUSION_CANCELLED, end_at_once, "line 60, `{\"search\":\"index orders-v7 is missing\"}`"},
        {FF_CONCLUSION_CANCELLED, have_no_lines, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        setting s;
        setting_init(&s);
        s.f.failures[0].conclusion = rows[i].conclusion;
        if (rows[i].change)
            rows[i].change(&s);
        ff_buf out;
        ff_buf_init(&out, 1000);
        ff_voice voice = {.out = &out, .markdown = true};
        ff_story story = ff_story_of(&s.f.report, 0);
        assert_int_equal(ff_ending_say_silence(&story, &voice), rows[i].expected[0] != '\0');
        assert_string_equal(out.ptr ? out.ptr : "", rows[i].expected);
        ff_buf_release(&out);
        flagship_release(&s.f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_lines_before_the_exit_are_shown),
        cmocka_unit_test(lines_of_the_symptom_are_not_shown_again),
        cmocka_unit_test(lines_of_other_steps_scripts_and_blank_lines_are_passed_over),
        cmocka_unit_test(a_failure_no_rule_knows_shows_its_telling_line_first),
        cmocka_unit_test(without_a_failure_there_is_no_ending),
        cmocka_unit_test(silence_is_told_of_steps_that_were_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
