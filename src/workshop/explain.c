#include "workshop/explain.h"

#include "base/keep.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "diagnose/analysis.h"
#include "match/literal.h"

enum { TEXT_BYTES = 240 };

/* Lines on which patterns were tried in vain are shown while they are few: what an author asks first is why nothing
 * hit. */
enum { VAIN_LINES = 40 };

typedef struct explanation {
    ff_buf *out;
    uint64_t sequence; /* of the line whose events are being collected */
    ff_buf line;       /* its head, and its events */
    bool telling;      /* one of them is more than a miss */
    uint32_t vain_lines, hidden_lines;
} explanation;

static const struct {
    const char *word, *why;
    bool telling;
} WORDS[FF_WATCH_COUNT] = {
    [FF_WATCH_HIT] = {"hit", "", true},
    [FF_WATCH_WAITS] = {"hit", ", waits for its `follow` lines", true},
    [FF_WATCH_MISS] = {"miss", "", false},
    [FF_WATCH_ELSEWHERE] = {"skipped", ": it does not look at such lines, or not in this job or step", false},
    [FF_WATCH_VETOED] = {"vetoed", "", true},
    [FF_WATCH_ABOVE] = {"lost", ": the lines above are not as its `before` wants them", true},
    [FF_WATCH_BELOW] = {"lost", ": the lines below were not as its `follow` wants them", true},
    [FF_WATCH_PRESENT] = {"skipped", ": what it calls `absent` was seen", true},
    [FF_WATCH_ASIDE] = {"skipped", ": it was set aside, one of its patterns failed or took too long", true},
    [FF_WATCH_CLOSES] = {"closed", ": this line ends its loop", true},
};

/* ---- Lines ---- */

/* Text of a log: shown like all of it, without secrets and control bytes. */
static void add_log_text(ff_buf *out, ff_slice text)
{
    ff_buf masked;
    ff_buf_init(&masked, (size_t)4 * FF_LIMIT_LINE_BYTES);
    (void)ff_text_redact(&masked, text);
    ff_slice shown = ff_utf8_cut(ff_buf_slice(&masked), TEXT_BYTES);
    ff_utf8_add_safe(out, shown);
    if (shown.len < masked.len)
        ff_buf_add(out, FF_LIT("…"));
    ff_buf_inherit(out, &masked);
    ff_buf_release(&masked);
}

static void end_line(explanation *e)
{
    bool shown = e->telling || e->vain_lines < VAIN_LINES;
    if (e->line.len && shown)
        ff_buf_add(e->out, ff_buf_slice(&e->line));
    e->vain_lines += e->line.len && !e->telling && shown;
    e->hidden_lines += e->line.len && !shown;
    ff_buf_inherit(e->out, &e->line);
    ff_buf_reset(&e->line);
    e->telling = false;
}

static void begin_line(explanation *e, const ff_watch_event *event)
{
    end_line(e);
    e->sequence = event->sequence;
    if (!event->line)
        return;
    ff_utf8_add_safe(&e->line, event->line->place.file);
    ff_buf_printf(&e->line, ":%llu  %s  ", (unsigned long long)event->line->place.line,
                  ff_line_kind_name(event->line->kind));
    add_log_text(&e->line, event->line->text);
    ff_buf_add_byte(&e->line, '\n');
}

/* The literals of the pattern that stand in the line. */
static void add_literals(ff_buf *out, ff_slice pattern, ff_slice body)
{
    ff_arena arena;
    ff_arena_init(&arena, 0);
    ff_literals literals = ff_literal_find(&arena, pattern);
    ff_buf_add(out, literals.count ? FF_LIT("let through by ") : FF_LIT("no literal: tried always"));
    for (size_t i = 0; i < literals.count; i++)
        for (size_t k = 0; k < literals.sets[i].count; k++)
            if (ff_slice_find_nocase(body, literals.sets[i].items[k]) != SIZE_MAX) {
                ff_buf_add(out, i ? FF_LIT(" and \"") : FF_LIT("\""));
                ff_utf8_add_safe(out, literals.sets[i].items[k]);
                ff_buf_add_byte(out, '"');
                break;
            }
    ff_buf_add_byte(out, '\n');
    ff_arena_release(&arena);
}

static void add_pattern(ff_buf *out, const char *lead, const ff_pattern *pattern)
{
    ff_buf_printf(out, "          %s %u:%u  ", lead, pattern->at.line, pattern->at.column);
    ff_utf8_add_safe(out, ff_utf8_cut(pattern->text, TEXT_BYTES));
    ff_buf_add_byte(out, '\n');
}

static void on_event(void *self, const ff_watch_event *event)
{
    explanation *e = self;
    if (event->sequence != e->sequence || !event->line)
        begin_line(e, event);
    e->telling = e->telling || WORDS[event->kind].telling;
    ff_buf_printf(&e->line, "  %-8s%.*s%s", WORDS[event->kind].word, FF_ARG(event->rule->id), WORDS[event->kind].why);
    if (event->kind == FF_WATCH_MISS) { /* one line each: there are many */
        ff_buf_printf(&e->line, ", pattern %u:%u ", event->pattern->at.line, event->pattern->at.column);
        add_literals(&e->line, event->pattern->text, event->line->body);
        return;
    }
    ff_buf_add_byte(&e->line, '\n');
    if (event->pattern && event->line) {
        add_pattern(&e->line, "pattern", event->pattern);
        ff_buf_add(&e->line, FF_LIT("          "));
        add_literals(&e->line, event->pattern->text, event->line->body);
    }
    if (event->against)
        add_pattern(&e->line, "unless ", event->against);
    if (!event->line)
        ff_buf_printf(&e->line, "          its line was line %llu of all lines read\n",
                      (unsigned long long)event->sequence);
}

/* ---- Findings and diagnoses ---- */

static void add_captures(ff_buf *out, const ff_finding *finding)
{
    for (uint32_t i = 0; i < finding->capture_count; i++) {
        const ff_capture *capture = &finding->captures[i];
        ff_buf_printf(out, "          %.*s = %.*s", FF_ARG(capture->name), FF_ARG(capture->values[0]));
        if (capture->count > 1)
            ff_buf_printf(out, " and %u more", capture->count - 1);
        ff_buf_add_byte(out, '\n');
    }
}

static void add_findings(ff_buf *out, const ff_findings *findings)
{
    ff_buf_printf(out, "\nFindings: %zu\n", findings->count);
    for (size_t i = 0; i < findings->count; i++) {
        const ff_finding *f = &findings->items[i];
        ff_buf_printf(out, "  %.*s  line %llu", FF_ARG(f->rule->id), (unsigned long long)f->first.place.line);
        if (f->count > 1)
            ff_buf_printf(out, " to %llu, %u hits in one%s", (unsigned long long)f->last.place.line, f->count,
                          f->closed ? ", closed" : "");
        ff_buf_add_byte(out, '\n');
        add_captures(out, f);
    }
}

static void add_diagnosis(ff_buf *out, const ff_diagnosis *d)
{
    static const char *const standings[] = {
        [FF_STANDING_EXPLAINS] = "explains the failure",
        [FF_STANDING_RIVAL] = "another one explains it better",
        [FF_STANDING_TOLERATED] = "tolerated",
        [FF_STANDING_CONSEQUENCE] = "a consequence",
    };
    ff_slice id = d->rule ? d->rule->id : FF_LIT("(no rule)");
    ff_buf_printf(out, "  %u  %.*s  %s %.3f, %s\n", d->rank, FF_ARG(id), ff_verdict_name(d->verdict), d->confidence,
                  standings[d->standing]);
    ff_buf_printf(out, "          %.*s\n", FF_ARG(d->title));
    for (uint32_t i = 0; i < d->reason_count; i++)
        ff_buf_printf(out, "          %+.1f %s: %.*s\n", d->reasons[i].weight, d->reasons[i].term,
                      FF_ARG(d->reasons[i].text));
}

static void add_results(explanation *e, const ff_analysis *analysis)
{
    const ff_report *report = ff_analysis_report(analysis);
    end_line(e);
    if (e->hidden_lines)
        ff_buf_printf(e->out, "\n%u more lines reached patterns that did not match.\n", e->hidden_lines);
    add_findings(e->out, ff_analysis_findings(analysis));
    ff_buf_printf(e->out, "\nDiagnoses: %zu\n", report->diagnosis_count);
    for (size_t i = 0; i < report->diagnosis_count; i++)
        add_diagnosis(e->out, &report->diagnoses[i]);
}

ff_status ff_explain_run(const ff_catalog *catalog, const char *target, ff_buf *out, ff_error *error)
{
    explanation e = {.out = out};
    ff_analysis *analysis = NULL;
    ff_buf_init(&e.line, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_analysis_new(&analysis);
    if (status == FF_OK) {
        ff_analysis_watch(analysis, on_event, &e);
        status = ff_analysis_triage(analysis, catalog, target, NULL, error);
    }
    if (status == FF_OK)
        add_results(&e, analysis);
    ff_analysis_free(analysis);
    ff_buf_release(&e.line);
    if (status != FF_OK)
        return ff_error_set(error, status, "%s", ff_status_name(status));
    return ff_buf_status(out) == FF_OK ? FF_OK : ff_error_set(error, ff_buf_status(out), "too much to explain");
}
