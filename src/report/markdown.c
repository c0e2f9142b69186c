/* Markdown for a pull request, an issue or a job summary: the first screen decides, what follows proves. */
#include "report/appendix.h"
#include "report/context.h"
#include "report/ending.h"
#include "report/exhibit.h"
#include "report/facts.h"
#include "report/finish.h"
#include "report/inert.h"
#include "report/invocation.h"
#include "report/page.h"
#include "report/patch.h"
#include "report/place.h"
#include "report/remedy.h"
#include "report/report.h"
#include "report/roster.h"
#include "report/story.h"

/* By the API and by the first failure: one that met its time limit failed. */
static bool was_cancelled(const ff_report *report)
{
    return report->run->known && report->run->conclusion == FF_CONCLUSION_CANCELLED &&
           report->failures[0].conclusion == FF_CONCLUSION_CANCELLED;
}

static void write_title(const ff_page *page)
{
    if (page->report->failure_count == 0)
        ff_voice_say(&page->text,
                     page->report->run->single_log ? "# What this log shows\n\n" : "# What this run shows\n\n");
    else if (page->report->run->unfinished)
        ff_voice_say(&page->text, "# What failed in this run so far\n\n");
    else if (page->report->run->id)
        ff_buf_printf(page->out, "# Why run %llu %s\n\n", (unsigned long long)page->report->run->id,
                      was_cancelled(page->report) ? "was cancelled" : "failed");
    else
        ff_voice_say(&page->text,
                     page->report->run->single_log ? "# Why this job failed\n\n" : "# Why this run failed\n\n");
}

/* Said before anything else: a reader must not take half a run for a whole one. */
static void write_partial(const ff_page *page)
{
    const ff_note *missing = ff_finish_missing(page->report);
    if (!missing)
        return;
    ff_voice_say(&page->text, "**Partial: not everything of this run was read.** ");
    ff_voice_prose(&page->text, missing->text);
    ff_voice_say(&page->text, "\n\n");
}

/* One line of the quote block. A backslash breaks the line where a renderer would join them. */
static void begin_line(const ff_page *page, bool first)
{
    ff_voice_say(&page->text, first ? "> " : "\\\n> ");
}

/* How long a step that was cut off had said nothing. */
static void write_silence(const ff_page *page, const ff_story *story)
{
    ff_buf said;
    ff_buf_init(&said, page->out->max);
    ff_voice voice = {.out = &said, .markdown = true};
    if (!story->first && ff_ending_say_silence(story, &voice))
        ff_buf_printf(page->out, ". Last output: %.*s", FF_ARG(ff_buf_slice(&said)));
    ff_buf_inherit(page->out, &said);
    ff_buf_release(&said);
}

static void write_place(const ff_page *page, const ff_diagnosis *diagnosis)
{
    const ff_evidence *primary = ff_story_primary(diagnosis);
    if (!primary)
        return;
    ff_voice_say(&page->text, ", ");
    ff_place_say_source(&page->text, page->report->run, primary);
}

/* A command of this program in code. */
static void write_command(const ff_page *page, const ff_invocation *invocation)
{
    ff_buf command;
    ff_buf_init(&command, page->out->max);
    ff_invocation_add(&command, page->report, page->options, invocation);
    ff_voice_name(&page->text, ff_buf_slice(&command));
    ff_buf_inherit(page->out, &command);
    ff_buf_release(&command);
}

/* Of a run that passed at last: how to see why it did not before. */
static void write_earlier(const ff_page *page)
{
    uint32_t failed = ff_finish_failed_attempt(page->report->run);
    if (page->report->failure_count || failed == 0)
        return;
    begin_line(page, false);
    ff_voice_say(&page->text, "**To see why:** ");
    write_command(page, &(ff_invocation){.command = "triage", .attempt = failed});
}

/* What failed beside the first one: of the same fault, and of others. */
static void write_also(const ff_page *page)
{
    size_t alike = page->alike[0] > 1 ? page->alike[0] - 1 : 0;
    size_t origins = ff_story_origins(page->report), others = origins > alike + 1 ? origins - alike - 1 : 0;
    if (alike) {
        begin_line(page, false);
        ff_buf_printf(page->out, "**Likewise:** %zu more %s of the same fault", alike,
                      alike == 1 ? "failure" : "failures");
    }
    if (others) {
        begin_line(page, false);
        ff_buf_printf(page->out, "**Also:** %zu more %s that %s not follow from this one", others,
                      others == 1 ? "failure" : "failures", others == 1 ? "does" : "do");
    }
}

static void write_top(const ff_page *page)
{
    ff_story story = page->stories[0];
    begin_line(page, true);
    ff_story_say_headline(&story, &page->text);
    if (story.shown && story.shown != story.first) {
        ff_voice_say(&page->text, ": ");
        (void)ff_story_say_shown(&story, &page->text);
    }
    if (story.failure) {
        begin_line(page, false);
        ff_voice_say(&page->text, "**First fault:** ");
        ff_story_say_first_fault(&story, &page->text);
        write_silence(page, &story);
    }
    if (story.finding) {
        begin_line(page, false);
        ff_voice_say(&page->text, "**Best finding:** ");
        ff_story_say_finding(&story, &page->text);
        write_place(page, story.finding);
    }
    if (page->report->half_done_count) {
        begin_line(page, false);
        ff_voice_say(&page->text, "**Half done:** ");
        ff_story_say_half_done(&story, &page->text);
    }
    const ff_next_evidence *decide = ff_story_decide_with(&story);
    if (decide) {
        begin_line(page, false);
        ff_voice_say(&page->text, decide->command.len ? "**Decide with:** " : "**What to do:** ");
        if (decide->command.len)
            ff_voice_name(&page->text, ff_slice_trim(decide->command));
        else
            ff_voice_prose(&page->text, decide->why);
    }
    write_earlier(page);
    write_also(page);
    ff_voice_say(&page->text, "\n\n");
}

/* A row of the table that weighs a diagnosis; the label stands there once something was said. */
static void begin_cell(const ff_page *page, const char *label, size_t *said)
{
    if ((*said)++)
        ff_voice_say(&page->cell, "; ");
    else
        ff_buf_printf(page->out, "| %s | ", label);
}

/* Terms that say what kind of rule it is, not what speaks for it in this run, and those of checks, which speak for
 * themselves; the JSON has them all. */
static bool is_of_the_rule(const ff_reason *reason)
{
    ff_slice term = ff_slice_of(reason->term);
    return ff_slice_starts(term, FF_LIT("role-")) || ff_slice_starts(term, FF_LIT("severity-")) ||
           ff_slice_starts(term, FF_LIT("check-"));
}

static void write_side(const ff_page *page, const ff_diagnosis *diagnosis, const char *label, int sign)
{
    enum { REASONS = 5 };
    size_t said = 0;
    for (uint32_t i = 0; i < diagnosis->check_count && said < REASONS; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (check->result != (sign > 0 ? FF_CHECK_SUPPORTS : FF_CHECK_CONTRADICTS))
            continue;
        begin_cell(page, label, &said);
        ff_patch_say_check(page, &page->cell, check);
    }
    for (uint32_t i = 0; i < diagnosis->reason_count && said < REASONS; i++) {
        const ff_reason *reason = &diagnosis->reasons[i];
        if ((reason->weight > 0) - (reason->weight < 0) != sign || is_of_the_rule(reason))
            continue;
        begin_cell(page, label, &said);
        ff_voice_prose(&page->cell, reason->text);
    }
    if (said == 0 && sign < 0) {
        begin_cell(page, label, &said);
        ff_voice_say(&page->cell, "nothing in this log");
    }
    if (said)
        ff_voice_say(&page->cell, " |\n");
}

/* What was asked and could not be decided. */
static void write_open(const ff_page *page, const ff_diagnosis *diagnosis)
{
    size_t said = 0;
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (check->known || !check->bears || !check->text.len ||
            ff_slice_eq(check->text, page->report->repository_why_not))
            continue;
        begin_cell(page, "not known", &said);
        ff_patch_say_check(page, &page->cell, check);
    }
    if (said)
        ff_voice_say(&page->cell, " |\n");
}

/* Answers that weigh nothing, and point to lines that a reader will want to see. */
static void write_places(const ff_page *page, const ff_diagnosis *diagnosis)
{
    size_t said = 0;
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (!check->known || check->result != FF_CHECK_UNKNOWN || !check->at.len)
            continue;
        begin_cell(page, "see", &said);
        ff_patch_say_check(page, &page->cell, check);
    }
    if (said)
        ff_voice_say(&page->cell, " |\n");
}

static void write_weighing(const ff_page *page, const ff_diagnosis *diagnosis)
{
    enum { COMMANDS = 3 };
    ff_voice_say(&page->text, "\n| | |\n| --- | --- |\n");
    write_side(page, diagnosis, "for", 1);
    write_side(page, diagnosis, "against", -1);
    write_open(page, diagnosis);
    write_places(page, diagnosis);
    size_t said = 0;
    for (uint32_t i = 0; i < diagnosis->next_evidence_count && i < COMMANDS; i++) {
        const ff_next_evidence *next = &diagnosis->next_evidence[i];
        begin_cell(page, "would decide", &said);
        ff_voice_name(&page->cell, ff_slice_trim(next->command));
        ff_slice why = ff_slice_trim(next->why);
        bool stops = ff_slice_ends(why, FF_LIT(".")); /* a row is one sentence of several clauses */
        ff_voice_say(&page->cell, why.len ? ": " : "");
        ff_voice_prose(&page->cell, ff_slice_cut(why, why.len - stops));
    }
    if (said)
        ff_voice_say(&page->cell, " |\n");
}

/* Words of the runner that it was cut off say less than GitHub does of why. */
static bool is_moot(const ff_report *report, const ff_diagnosis *diagnosis)
{
    const ff_stop *stop = diagnosis->failure < report->failure_count ? report->failures[diagnosis->failure].stop : NULL;
    return stop && stop->cancels && diagnosis->role == FF_ROLE_CONSEQUENCE && ff_story_is_open(diagnosis);
}

/* What explains a failure, and the hypothesis for one that nothing explains. */
static bool is_told_in_full(const ff_page *page, const ff_diagnosis *diagnosis)
{
    bool told = ff_story_part(diagnosis) == FF_PART_CHAIN && !is_moot(page->report, diagnosis);
    for (size_t i = 0; i < page->story_count; i++) {
        const ff_story *story = &page->stories[i];
        told = told || diagnosis == story->first || diagnosis == story->hypothesis || diagnosis == story->finding;
    }
    return told;
}

static void write_block(const ff_page *page, ff_buf *lines)
{
    if (lines->len)
        ff_inert_block(page->out, "text", "", ff_buf_slice(lines));
    ff_buf_inherit(page->out, lines);
    ff_buf_release(lines);
}

/* Where a rule could help the next time. */
static void write_draft(const ff_page *page, const ff_diagnosis *diagnosis)
{
    if (diagnosis->rule || ff_story_is_stated(diagnosis))
        return;
    ff_voice_say(&page->text, " ");
    write_command(page, &(ff_invocation){.command = "catalog draft"});
    ff_voice_say(&page->text, " begins a rule for it.");
}

/* Two pieces of one loop come from one rule; what it says about them is said once. */
static bool is_repeated(const ff_page *page, const ff_diagnosis *diagnosis)
{
    for (const ff_diagnosis *above = page->report->diagnoses; above < diagnosis; above++)
        if (is_told_in_full(page, above) && ff_slice_eq(above->summary, diagnosis->summary))
            return true;
    return false;
}

/* True if it is the fault of `other` in another job, such as on a further leg of a matrix. */
static bool is_same_elsewhere(const ff_diagnosis *other, const ff_diagnosis *diagnosis)
{
    return other->job != diagnosis->job && diagnosis->fingerprint[0] && ff_story_is_open(diagnosis) &&
           strcmp(other->fingerprint, diagnosis->fingerprint) == 0;
}

/* True if a diagnosis above, which is told in full, tells of it too. */
static bool is_folded(const ff_page *page, const ff_diagnosis *diagnosis)
{
    for (const ff_diagnosis *above = page->report->diagnoses; above < diagnosis; above++)
        if (is_same_elsewhere(above, diagnosis) && is_told_in_full(page, above))
            return true;
    return false;
}

/* True if `diagnosis` stands for `other` below it; of each further job one counts. */
static bool stands_for(const ff_diagnosis *diagnosis, const ff_diagnosis *other)
{
    for (const ff_diagnosis *between = diagnosis + 1; between < other; between++)
        if (between->job == other->job && is_same_elsewhere(diagnosis, between))
            return false;
    return is_same_elsewhere(diagnosis, other);
}

/* ` in 5 jobs` behind the number of a diagnosis that stands for those of further jobs. */
static size_t count_jobs(const ff_page *page, const ff_diagnosis *diagnosis)
{
    size_t jobs = 1;
    const ff_diagnosis *end = page->report->diagnoses + page->report->diagnosis_count;
    for (const ff_diagnosis *other = diagnosis + 1; other < end; other++)
        jobs += stands_for(diagnosis, other);
    return jobs;
}

/* The jobs of a fault that stands in several. */
static void write_jobs(const ff_page *page, const ff_diagnosis *diagnosis, size_t jobs)
{
    enum { NAMED = 8 };
    size_t named = 1;
    const ff_diagnosis *end = page->report->diagnoses + page->report->diagnosis_count;
    ff_voice_say(&page->text, "In ");
    ff_place_say_job(&page->text, page->report->run, diagnosis->job);
    for (const ff_diagnosis *other = diagnosis + 1; other < end && named < NAMED; other++) {
        if (!stands_for(diagnosis, other))
            continue;
        named++;
        ff_voice_say(&page->text, ", ");
        ff_place_say_job(&page->text, page->report->run, other->job);
    }
    if (jobs > named)
        ff_buf_printf(page->out, " and %zu more", jobs - named);
    ff_voice_say(&page->text, "; as the first shows it:\n");
}

/* True if it says only what GitHub stated about the end: not a matter of likelihood. */
static bool states_end(const ff_report *report, const ff_diagnosis *diagnosis)
{
    return ff_story_is_stated(diagnosis) && diagnosis->failure < report->failure_count &&
           report->failures[diagnosis->failure].stop;
}

static void write_diagnosis(const ff_page *page, const ff_diagnosis *diagnosis)
{
    enum { LINES = 10 };
    size_t jobs = count_jobs(page, diagnosis);
    ff_buf_printf(page->out, "### D%u", diagnosis->number);
    if (jobs > 1)
        ff_buf_printf(page->out, " in %zu jobs", jobs);
    ff_voice_say(&page->text, " · ");
    if (diagnosis->rule || ff_story_is_stated(diagnosis))
        ff_story_say_title(diagnosis, &page->text);
    else /* the title quotes a line that stands below */
        ff_voice_say(&page->text, "No rule knows this failure");
    if (states_end(page->report, diagnosis)) {
        ff_voice_say(&page->text, " — how it ended, no fault in the code\n");
    } else {
        ff_buf_printf(page->out, " — %s, ", ff_role_name(diagnosis->role));
        ff_buf_printf(page->out, "%s (", ff_verdict_name(diagnosis->verdict));
        ff_story_say_confidence(diagnosis, &page->text);
        ff_voice_say(&page->text, ")\n");
    }
    if (jobs > 1)
        write_jobs(page, diagnosis, jobs);
    ff_buf lines;
    ff_buf_init(&lines, page->out->max);
    ff_exhibit_add(&lines, diagnosis, LINES);
    write_block(page, &lines);
    if (diagnosis->summary.len && !is_repeated(page, diagnosis)) {
        ff_voice_prose(&page->text, diagnosis->summary);
        write_draft(page, diagnosis);
        ff_voice_say(&page->text, "\n");
    }
    bool weighed =
        (diagnosis->rule && diagnosis->reason_count) || diagnosis->check_count || diagnosis->next_evidence_count;
    if (weighed && diagnosis->verdict != FF_VERDICT_CONFIRMED)
        write_weighing(page, diagnosis);
    ff_voice_say(&page->text, "\n");
}

static void write_rivals(const ff_page *page, size_t full)
{
    enum { ROWS = 12 };
    size_t rows = 0, told = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        if (!ff_story_is_open(diagnosis) || is_moot(page->report, diagnosis) || is_folded(page, diagnosis) ||
            (is_told_in_full(page, diagnosis) && told++ < full))
            continue;
        if (rows++ == 0)
            ff_page_table(page, "### Also considered", "| id | what | verdict | why it is not first |");
        if (rows > ROWS)
            continue;
        ff_buf_printf(page->out, "| D%u | ", diagnosis->number);
        ff_story_say_title(diagnosis, &page->cell);
        ff_voice_say(&page->cell, " | ");
        ff_story_say_verdict(diagnosis, &page->cell);
        ff_voice_say(&page->cell, " | ");
        if (!ff_story_say_against(diagnosis, &page->cell, 2))
            ff_voice_say(&page->cell, "less speaks for it");
        ff_voice_say(&page->cell, " |\n");
    }
    ff_page_end_table(page, rows, ROWS, 4);
}

/* In full: what explains a failure. In one table: what else could have, and why it did not come first. */
static void write_diagnoses(const ff_page *page)
{
    enum { FULL = 6 };
    size_t full = 0;
    for (size_t i = 0; i < page->report->diagnosis_count && full < FULL; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        if (!is_told_in_full(page, diagnosis) || is_folded(page, diagnosis))
            continue;
        ff_voice_say(&page->text, full++ ? "" : "## Diagnosis\n");
        write_diagnosis(page, diagnosis);
    }
    write_rivals(page, full);
}

/* What the failing steps printed last, where their first fault is not known: a person would look there. */
static void write_endings(const ff_page *page)
{
    enum { LINES = 6 };
    size_t written = 0;
    for (size_t i = 0; i < page->story_count; i++) {
        const ff_story *story = &page->stories[i];
        ff_buf lines;
        ff_buf_init(&lines, page->out->max);
        if (story->failure && !story->first && ff_ending_add(&lines, story, LINES)) {
            ff_voice_say(&page->text, written++ ? "" : "## Last lines\n");
            ff_place_say_step(&page->text, page->report->run, story->failure->job, story->failure->step);
            ff_voice_say(&page->text, " printed before it ended:\n");
        }
        write_block(page, &lines);
    }
    ff_voice_say(&page->text, written ? "\n" : "");
}

void ff_report_write_markdown(const ff_report *report, const ff_report_options *options, ff_buf *out)
{
    /* Colours and width mean nothing here; commands are broken up behind all formats. */
    ff_page page = ff_page_of(report, options, out);
    write_title(&page);
    write_partial(&page);
    write_top(&page);
    ff_facts_write_run(&page);
    ff_facts_write_jobs(&page);
    ff_facts_write_failures(&page);
    ff_context_write(&page);
    write_endings(&page);
    write_diagnoses(&page);
    ff_roster_write(&page);
    ff_facts_write_consequences(&page);
    ff_remedy_write_ruled_out(&page);
    ff_patch_write_unanswered(&page);
    ff_remedy_write_tolerated(&page);
    ff_remedy_write_fix(&page);
    ff_remedy_write_lessons(&page);
    ff_remedy_write_verify(&page);
    ff_appendix_write_evidence(&page);
    ff_appendix_write_notes(&page);
    ff_appendix_write_footer(&page);
}
