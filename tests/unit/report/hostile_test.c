/* Every text of a report replaced by an attack: whatever the format, it stays text. Where cmark-gfm is installed its
 * HTML is looked at too. */
#include "attacks.h"
#include "flagship.h"

#include "report/proposal.h"

/* The flagship with all its text replaced; lists that are constants there are copied first. */
typedef struct hostile {
    flagship f;
    ff_rule rule;
    ff_slice tag;
    ff_kept_line line;
    ff_evidence evidence;
    ff_capture capture;
    ff_slice values[2];
    ff_reason reasons[2];
    ff_check checks[3];
    ff_next_evidence next;
    ff_advice advice;
    ff_change change;
    ff_annotation annotation;
    ff_observation observations[2];
} hostile;

static void replace_run(hostile *h, ff_slice text)
{
    ff_run *run = &h->f.run;
    run->host = run->repository = run->workflow = run->workflow_path = run->event = text;
    run->head_sha = run->head_branch = run->url = text;
    for (size_t i = 0; i < run->jobs.count; i++) {
        ff_job *job = &run->jobs.items[i];
        job->name = job->archive_name = text;
        for (size_t k = 0; k < job->steps.count; k++)
            job->steps.items[k].name = job->steps.items[k].file = text;
    }
    run->last_green = (ff_last_green){9, text, HEALTH_START};
    h->annotation = (ff_annotation){.level = text, .title = text, .message = text, .path = text, .line = 3};
    run->annotations.items = &h->annotation;
    run->annotations.count = 1;
    ff_notes_add(&run->notes, true, "entry-damaged", "An entry is damaged.");
    run->notes.items[0].text = text;
    h->f.report.partial = true;
}

static void replace_lists(hostile *h, ff_slice text)
{
    ff_place place = {.file = text, .line = 7, .job_line = 7, .time = FF_NO_TIME};
    h->rule = LOOP_RULE;
    h->tag = h->values[0] = h->values[1] = text;
    h->rule.id = h->rule.family = text;
    h->rule.tags = (ff_texts){&h->tag, 1};
    h->line = (ff_kept_line){.place = place, .text = text};
    h->evidence =
        (ff_evidence){.number = 1, .primary = true, .place = place, .end_line = 9, .lines = &h->line, .line_count = 1};
    h->capture = (ff_capture){.name = TEXT("name"), .values = h->values, .count = 2};
    h->reasons[0] = (ff_reason){"for", 1.0, text};
    h->reasons[1] = (ff_reason){"against", -1.0, text};
    for (size_t i = 0; i < 3; i++)
        h->checks[i] =
            (ff_check){.probe = text, .subject = text, .at = text, .text = text, .result = (ff_check_result)i};
    h->next = (ff_next_evidence){text, text};
    h->advice = (ff_advice){.text = text, .path = text, .diff = TEXT("@@ -1 +1 @@\n-```\n+::error::x\n")};
    ff_slice quoted = ff_arena_printf(&h->f.arena, "Of “%.*s” it is said", FF_ARG(text));
    h->observations[0] = (ff_observation){"flicker", text, JOB_DEPLOY, FF_NO_INDEX};
    h->observations[1] = (ff_observation){"new-code", quoted, FF_NO_INDEX, FF_NO_INDEX};
    h->f.report.observations = h->observations;
    h->f.report.observation_count = 2;
    h->change = (ff_change){.path = text, .start_line = 1, .end_line = 1, .diff = h->advice.diff};
    for (size_t i = 0; i < FF_PROPOSAL_COUNT; i++)
        h->f.report.changes[i] = (ff_change_set){.items = &h->change, .count = 1, .refused = text};
}

static void hostile_init(hostile *h, ff_slice text)
{
    *h = (hostile){.tag = text};
    flagship_init(&h->f);
    replace_run(h, text);
    replace_lists(h, text);
    for (size_t i = 0; i < FLAGSHIP_DIAGNOSES; i++) {
        ff_diagnosis *d = &h->f.diagnoses[i];
        d->rule = i == 0 ? &h->rule : d->rule;
        d->title = d->summary = text;
        d->captures = &h->capture;
        d->capture_count = 1;
        d->evidence = &h->evidence;
        d->reasons = h->reasons;
        d->reason_count = 2;
        d->checks = h->checks;
        d->check_count = 3;
        d->next_evidence = &h->next;
        d->next_evidence_count = 1;
        d->advice = &h->advice;
        d->advice_count = 1;
    }
    for (size_t i = 0; i < 2; i++) {
        h->f.half_done[i].title = text;
        h->f.half_done[i].evidence = &h->evidence;
        h->f.excerpt[i].line = h->line;
    }
    h->f.report.target = text;
}

static void as_it_is(hostile *h)
{
    (void)h;
}

/* The attack is the last line of a step that was cut off and that no rule knows, and advice for next time. */
static void cut_off(hostile *h)
{
    h->f.failures[0].conclusion = FF_CONCLUSION_CANCELLED;
    h->f.failures[0].place = (ff_place){.line = 0};
    h->f.diagnoses[0].rule = NULL;
    h->f.diagnoses[1].role = FF_ROLE_CONSEQUENCE;
    h->f.diagnoses[1].inferred = true;
    for (size_t i = 0; i < 2; i++)
        h->f.excerpt[i].line.place.line = 20 + i;
}

static void fail_unknown(hostile *h)
{
    cut_off(h);
    h->f.failures[0].conclusion = FF_CONCLUSION_FAILURE;
}

/* There is no log: the attack stands in what the API states, of a job and of a run without one. */
static void stated(hostile *h)
{
    h->f.run.known = true;
    h->f.failures[0].place = (ff_place){.line = 0};
    h->f.report.excerpt_count = 0;
    h->line.place = (ff_place){.line = 0};
    h->evidence.kind = FF_EVIDENCE_API;
    h->evidence.place = h->line.place;
    h->f.diagnoses[0].rule = NULL;
}

static void stated_of_run(hostile *h)
{
    stated(h);
    h->f.failures[0].job = h->f.failures[0].step = h->evidence.job = h->evidence.step = FF_NO_INDEX;
    h->f.diagnoses[0].job = h->f.diagnoses[0].step = FF_NO_INDEX;
}

static void only_a_job(hostile *h)
{
    h->f.run.known = true;
    h->f.run.only = JOB_BUILD;
    h->f.report.failure_count = 0;
}

/* GitHub's words name somebody and quote the attack; beside the failure nothing but a sentence says what to do. */
static void stopped(hostile *h)
{
    static const ff_stop stop = {.code = "cancelled-by", .because = " by ", .names = true, .cancels = true};
    cut_off(h);
    h->f.run.known = true;
    h->f.failures[0].stop = &stop;
    h->f.failures[0].stop_words = h->next.why;
    h->next.command = (ff_slice){0};
}

static void passed_later(hostile *h)
{
    static ff_attempt attempt = {1, FF_CONCLUSION_FAILURE};
    h->f.run.known = true;
    h->f.run.conclusion = FF_CONCLUSION_SUCCESS;
    h->f.run.attempt = h->f.run.latest_attempt = 2;
    h->f.run.attempts.items = &attempt;
    h->f.run.attempts.count = 1;
    h->f.report.failure_count = 0;
    h->f.report.partial = false;
}

static void fail_nowhere(hostile *h)
{
    h->f.report.failure_count = 0;
    h->f.run.conclusion = FF_CONCLUSION_UNKNOWN;
}

static void fail_nowhere_unknown(hostile *h)
{
    fail_nowhere(h);
    h->f.diagnoses[0].rule = NULL;
}

/* What a report can be about; each shows the attack in other places. */
static void (*const SHAPES[])(hostile *h) = {as_it_is, cut_off,       fail_unknown, fail_nowhere,
                                             stated,   stated_of_run, only_a_job,   fail_nowhere_unknown,
                                             stopped,  passed_later};

enum { SHAPE_COUNT = sizeof SHAPES / sizeof *SHAPES };

/* The body of a pull request, which is no format of the table. */
static const char PROPOSAL[] = "proposal";

static void render(const hostile *h, const char *format, bool inside_actions, ff_buf *out)
{
    ff_report_options options = {.inside_actions = inside_actions};
    ff_buf_init(out, FF_LIMIT_REPORT_BYTES);
    if (strcmp(format, PROPOSAL) != 0) {
        assert_int_equal(ff_report_render(&h->f.report, format, &options, out), FF_OK);
        return;
    }
    ff_buf raw;
    ff_buf_init(&raw, FF_LIMIT_REPORT_BYTES);
    for (int kind = 0; kind < FF_PROPOSAL_COUNT; kind++) {
        ff_proposal_write_body(&h->f.report, (ff_proposal_kind)kind, &options, &raw);
        assert_true(raw.len <= FF_LIMIT_PROPOSAL_BYTES);
        ff_inert_seal(out, ff_buf_slice(&raw), FF_SEAL_SPACE, inside_actions);
        ff_buf_reset(&raw);
    }
    ff_buf_release(&raw);
}

static void look_at(size_t attack, size_t shape, const char *format,
                    void (*look)(ff_slice report, const char *token, bool inside_actions))
{
    for (int inside = 0; inside < 2; inside++) {
        hostile h;
        hostile_init(&h, ff_slice_of(ATTACKS[attack].text));
        SHAPES[shape](&h);
        ff_buf out;
        render(&h, format, inside, &out);
        look(ff_buf_slice(&out), ATTACKS[attack].token, inside);
        ff_buf_release(&out);
        flagship_release(&h.f);
    }
}

/* Calls `look` with every report of every attack in every format that has this name (NULL: all). */
static void for_each_report(const char *only, void (*look)(ff_slice report, const char *token, bool inside_actions))
{
    for (size_t i = 0; i < ATTACK_COUNT; i++)
        for (size_t shape = 0; shape < SHAPE_COUNT; shape++) {
            for (size_t k = 0; ff_report_format_name(k); k++)
                if (!only || strcmp(only, ff_report_format_name(k)) == 0)
                    look_at(i, shape, ff_report_format_name(k), look);
            if (!only || strcmp(only, "markdown") == 0)
                look_at(i, shape, PROPOSAL, look);
        }
}

/* A strict reader of JSON that keeps nothing: true if exactly one value stands there. */
static bool take_value(ff_slice *s);

static void take_blanks(ff_slice *s)
{
    while (s->len && (s->ptr[0] == ' ' || s->ptr[0] == '\n'))
        *s = ff_slice_from(*s, 1);
}

static bool take_string(ff_slice *s)
{
    if (!ff_slice_take_prefix(s, FF_LIT("\"")))
        return false;
    while (s->len && s->ptr[0] != '"') {
        if ((unsigned char)s->ptr[0] < 0x20)
            return false;
        if (s->ptr[0] != '\\') {
            *s = ff_slice_from(*s, 1);
            continue;
        }
        size_t length = s->len > 1 && s->ptr[1] == 'u' ? 6 : 2;
        if (s->len < length || !strchr("\"\\/bfnrtu", s->ptr[1]) || s->ptr[1] == '\0')
            return false;
        for (size_t i = 2; i < length; i++)
            if (!strchr("0123456789abcdef", s->ptr[i]))
                return false;
        *s = ff_slice_from(*s, length);
    }
    return ff_slice_take_prefix(s, FF_LIT("\""));
}

static bool take_members(ff_slice *s, char close, bool keys)
{
    for (bool first = true;; first = false) {
        take_blanks(s);
        if (s->len && s->ptr[0] == close) {
            *s = ff_slice_from(*s, 1);
            return true;
        }
        if (!first && !ff_slice_take_prefix(s, FF_LIT(",")))
            return false;
        take_blanks(s);
        if (keys && (!take_string(s) || !ff_slice_take_prefix(s, FF_LIT(": "))))
            return false;
        if (!take_value(s))
            return false;
    }
}

static bool take_value(ff_slice *s)
{
    if (s->len == 0)
        return false;
    if (s->ptr[0] == '"')
        return take_string(s);
    if (ff_slice_take_prefix(s, FF_LIT("{")))
        return take_members(s, '}', true);
    if (ff_slice_take_prefix(s, FF_LIT("[")))
        return take_members(s, ']', false);
    if (ff_slice_take_prefix(s, FF_LIT("null")) || ff_slice_take_prefix(s, FF_LIT("true")) ||
        ff_slice_take_prefix(s, FF_LIT("false")))
        return true;
    uint64_t number;
    (void)ff_slice_take_prefix(s, FF_LIT("-"));
    return ff_slice_take_uint(s, &number) && (!ff_slice_take_prefix(s, FF_LIT(".")) || ff_slice_take_uint(s, &number));
}

static void look_for_json(ff_slice report, const char *token, bool inside_actions)
{
    (void)token, (void)inside_actions;
    ff_slice rest = report;
    assert_true(take_value(&rest));
    take_blanks(&rest);
    assert_int_equal(rest.len, 0);
    /* A forged member would have to end a string first. */
    assert_int_equal(ff_slice_find(report, FF_LIT("\"verdict\":\"confirmed")), SIZE_MAX);
}

static void look_at_html(ff_slice report, const char *token, bool inside_actions)
{
    if (inside_actions)
        return;
    ff_buf html, outside;
    ff_buf_init(&html, FF_LIMIT_REPORT_BYTES);
    ff_buf_init(&outside, FF_LIMIT_REPORT_BYTES);
    assert_true(render_html(report, &html));
    look_outside_of_code(ff_buf_slice(&html), token, &outside);
    /* The page keeps its shape: its footer is still its footer, and all its headings are headings. */
    ff_slice text = ff_buf_slice(&outside);
    bool draft = ff_slice_find(report, FF_LIT("\n## Validation\n")) != SIZE_MAX;
    assert_true(draft || ff_slice_find(text, FF_LIT("<sub>firstfault")) != SIZE_MAX);
    assert_true(ff_slice_find(text, draft ? FF_LIT("<h2>Validation</h2>") : FF_LIT("<h2>Evidence</h2>")) != SIZE_MAX);
    ff_buf_release(&outside);
    ff_buf_release(&html);
}

static void every_report_is_utf8_without_controls(void **state)
{
    (void)state;
    for_each_report(NULL, look_for_bytes);
}

static void no_report_holds_a_workflow_command(void **state)
{
    (void)state;
    for_each_report(NULL, look_for_commands);
}

static void json_stays_one_object(void **state)
{
    (void)state;
    for_each_report("json", look_for_json);
}

static void markdown_shows_untrusted_text_only_in_code(void **state)
{
    (void)state;
    for_each_report("markdown", look_for_active_text);
}

static void a_renderer_makes_nothing_of_it(void **state)
{
    (void)state;
    ff_buf html;
    ff_buf_init(&html, FF_LIMIT_REPORT_BYTES);
    bool installed = render_html(FF_LIT("text\n"), &html);
    ff_buf_release(&html);
    if (!installed)
        skip();
    for_each_report("markdown", look_at_html);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_is_utf8_without_controls),
        cmocka_unit_test(no_report_holds_a_workflow_command),
        cmocka_unit_test(json_stays_one_object),
        cmocka_unit_test(markdown_shows_untrusted_text_only_in_code),
        cmocka_unit_test(a_renderer_makes_nothing_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
