/* One screen for a terminal: what failed, which fault came first, what to do next. */
#include "base/utf8.h"
#include "report/exhibit.h"
#include "report/inert.h"
#include "report/place.h"
#include "report/report.h"
#include "report/sheet.h"
#include "report/story.h"

/* How many rows each part of the screen may take; the full report has the rest. */
enum { STORIES = 4, ROWS = 3, WRAPPED = 4, SHORT = 2, EXHIBIT = 5 };

typedef struct ff_screen {
    const ff_report *report;
    ff_sheet sheet;
} ff_screen;

static const char *mark_of(const ff_report *report)
{
    if (report->failure_count || ff_conclusion_is_bad(report->run->conclusion))
        return "✗";
    return report->run->conclusion == FF_CONCLUSION_SUCCESS && !report->partial ? "✓" : "?";
}

static void write_partial(ff_screen *screen)
{
    const ff_notes *notes = &screen->report->run->notes;
    if (!screen->report->partial)
        return;
    ff_voice_say(&screen->sheet.voice, "not everything of this run was read");
    for (size_t i = 0; i < notes->count; i++) {
        if (!notes->items[i].partial)
            continue;
        ff_voice_say(&screen->sheet.voice, ": ");
        ff_voice_prose(&screen->sheet.voice, notes->items[i].text);
        break;
    }
    ff_sheet_row(&screen->sheet, "Partial", SHORT);
}

/* The lines of the first fault, so that nobody has to open the log to believe it. */
static void write_exhibit(ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_buf lines;
    ff_buf_init(&lines, screen->sheet.out->max);
    ff_exhibit_add(&lines, diagnosis, EXHIBIT);
    ff_slice rest = ff_buf_slice(&lines), line;
    while (ff_slice_take_until(&rest, '\n', &line)) {
        ff_slice shown = ff_utf8_cut(line, screen->sheet.columns - 18);
        ff_buf_add(&screen->sheet.said, shown);
        if (shown.len < line.len)
            ff_voice_say(&screen->sheet.voice, "…");
        ff_sheet_line(&screen->sheet, "");
    }
    ff_buf_inherit(screen->sheet.out, &lines);
    ff_buf_release(&lines);
}

/* With its lines where nothing better explains the failure. */
static void write_shown(ff_screen *screen, const ff_story *story)
{
    if (!ff_story_say_shown(story, &screen->sheet.voice))
        return;
    ff_sheet_row(&screen->sheet, "Showed", WRAPPED);
    if (!story->first && !story->hypothesis)
        write_exhibit(screen, story->shown);
}

/* Where the line stands that was quoted for want of a rule. */
static void write_unknown_place(ff_screen *screen, const ff_diagnosis *unknown)
{
    const ff_evidence *primary = unknown ? ff_story_primary(unknown) : NULL;
    if (!primary)
        return;
    ff_voice_say(&screen->sheet.voice, "at ");
    ff_place_say_lines(&screen->sheet.voice, primary);
    ff_sheet_row(&screen->sheet, "", SHORT);
}

static void write_decide(ff_screen *screen, const ff_story *story)
{
    const ff_next_evidence *decide = ff_story_decide_with(story);
    if (!decide)
        return;
    ff_voice_name(&screen->sheet.voice, ff_slice_trim(decide->command));
    ff_sheet_line(&screen->sheet, "Decide with");
    if (decide->why.len == 0)
        return;
    ff_voice_prose(&screen->sheet.voice, decide->why);
    ff_sheet_row(&screen->sheet, "", SHORT);
}

static void write_story(ff_screen *screen, const ff_story *story, bool main)
{
    ff_story_say_headline(story, &screen->sheet.voice);
    ff_sheet_headline(&screen->sheet, mark_of(screen->report));
    if (story->failure || screen->report->partial)
        ff_sheet_gap(&screen->sheet);
    if (main)
        write_partial(screen);
    write_shown(screen, story);
    if (story->failure) {
        ff_story_say_first_fault(story, &screen->sheet.voice);
        ff_sheet_row(&screen->sheet, "First fault", WRAPPED);
    }
    if (story->first)
        write_exhibit(screen, story->first);
    write_unknown_place(screen, story->unknown);
    if (main && screen->report->half_done_count) {
        ff_story_say_half_done(story, &screen->sheet.voice);
        ff_sheet_row(&screen->sheet, "Half done", WRAPPED);
    }
    write_decide(screen, story);
}

static void write_stories(ff_screen *screen)
{
    const ff_report *report = screen->report;
    size_t told = 0;
    for (size_t i = 0; i < report->failure_count && told < STORIES; i++) {
        if (report->failures[i].follow_on && told)
            continue;
        ff_story story = ff_story_of(report, i);
        if (told)
            ff_sheet_gap(&screen->sheet);
        write_story(screen, &story, told == 0);
        told++;
    }
    if (told == 0) {
        ff_story story = ff_story_of(report, 0);
        write_story(screen, &story, true);
    }
    size_t origins = ff_story_origins(report);
    if (told && origins > told) {
        ff_buf_printf(&screen->sheet.said, "%zu more, in the full report", origins - told);
        ff_sheet_row(&screen->sheet, "Failures", 1);
    }
}

/* Rows of one kind under one label; `say` writes one, `belongs` tells which. */
typedef struct ff_listing {
    const char *label;
    bool (*belongs)(const ff_diagnosis *diagnosis);
    void (*say)(const ff_screen *screen, const ff_diagnosis *diagnosis);
} ff_listing;

static bool is_refuted(const ff_diagnosis *diagnosis)
{
    return ff_story_part(diagnosis) == FF_PART_REFUTED;
}

/* What is weaker than possible stays in the full report. */
static bool is_rival(const ff_diagnosis *diagnosis)
{
    return diagnosis->verdict >= FF_VERDICT_POSSIBLE && ff_story_part(diagnosis) == FF_PART_RIVAL;
}

static void say_refuted(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_story_say_title(diagnosis, &screen->sheet.voice);
    ff_voice_say(&screen->sheet.voice, " — ");
    if (!ff_story_say_against(diagnosis, &screen->sheet.voice))
        ff_voice_say(&screen->sheet.voice, "see the full report");
}

static void say_rival(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_story_say_title(diagnosis, &screen->sheet.voice);
    ff_voice_say(&screen->sheet.voice, " (");
    ff_story_say_verdict(diagnosis, &screen->sheet.voice);
    ff_voice_say(&screen->sheet.voice, ")");
}

static void say_tolerated(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_place_say_step(&screen->sheet.voice, screen->report->run, diagnosis->job, diagnosis->step);
    ff_voice_say(&screen->sheet.voice, ": ");
    ff_story_say_title(diagnosis, &screen->sheet.voice);
}

static const ff_listing LISTINGS[] = {
    {"Also possible", is_rival, say_rival},
    {"Ruled out", is_refuted, say_refuted},
    {"Tolerated", ff_story_is_tolerated, say_tolerated},
};

/* True if a story told it already. */
static bool is_told(const ff_report *report, const ff_diagnosis *diagnosis)
{
    for (size_t i = 0, told = 0; i < report->failure_count && told < STORIES; i++) {
        if (report->failures[i].follow_on)
            continue;
        ff_story story = ff_story_of(report, i);
        if (diagnosis == story.first || diagnosis == story.hypothesis || diagnosis == story.shown)
            return true;
        told++;
    }
    return false;
}

static void write_listing(ff_screen *screen, const ff_listing *listing)
{
    size_t rows = 0;
    for (size_t i = 0; i < screen->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &screen->report->diagnoses[i];
        if (!listing->belongs(diagnosis) || is_told(screen->report, diagnosis) || ++rows > ROWS)
            continue;
        listing->say(screen, diagnosis);
        ff_sheet_row(&screen->sheet, rows == 1 ? listing->label : "", SHORT);
    }
    if (rows > ROWS) {
        ff_buf_printf(&screen->sheet.said, "%zu more, in the full report", rows - ROWS);
        ff_sheet_row(&screen->sheet, "", 1);
    }
}

static void write_follow_ons(ff_screen *screen)
{
    const ff_report *report = screen->report;
    size_t follow_ons = report->failure_count - ff_story_origins(report);
    if (follow_ons == 0 || follow_ons == report->failure_count)
        return;
    for (size_t i = 0, said = 0; i < report->failure_count && said < ROWS; i++) {
        if (!report->failures[i].follow_on)
            continue;
        ff_voice_say(&screen->sheet.voice, said++ ? ", " : "");
        ff_place_say_step(&screen->sheet.voice, report->run, report->failures[i].job, report->failures[i].step);
    }
    if (follow_ons > ROWS)
        ff_buf_printf(&screen->sheet.said, " and %zu more", follow_ons - ROWS);
    ff_sheet_row(&screen->sheet, "Followed", SHORT);
}

static const char *fix_label(const ff_diagnosis *diagnosis)
{
    if (ff_story_is_tolerated(diagnosis))
        return "Fix too";
    bool guessed = diagnosis->role == FF_ROLE_CAUSE && diagnosis->verdict < FF_VERDICT_LIKELY;
    return guessed ? "Fix if so" : "Fix first";
}

/* The first line of the first advice for what explains the failure, else for anything that is not ruled out. */
static void write_fix(ff_screen *screen)
{
    const ff_diagnosis *best = NULL;
    for (size_t i = 0; i < screen->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &screen->report->diagnoses[i];
        if (diagnosis->advice_count == 0 || is_refuted(diagnosis))
            continue;
        if (!best || ff_story_part(diagnosis) < ff_story_part(best))
            best = diagnosis;
    }
    ff_slice text = best ? ff_slice_trim(best->advice[0].text) : (ff_slice){0}, line;
    if (!ff_slice_take_until(&text, '\n', &line))
        return;
    bool more = ff_slice_ends(line, FF_LIT(":"));
    ff_utf8_add_safe(&screen->sheet.said, ff_slice_cut(line, line.len - more));
    ff_voice_say(&screen->sheet.voice, more ? " …" : "");
    ff_sheet_row(&screen->sheet, fix_label(best), WRAPPED);
}

static void write_full_report(ff_screen *screen)
{
    ff_slice target = screen->report->target;
    ff_voice_say(&screen->sheet.voice, "firstfault triage ");
    ff_inert_shell(&screen->sheet.said, target);
    ff_voice_say(&screen->sheet.voice, " --format markdown");
    if (ff_slice_eq(target, FF_LIT("-")))
        ff_voice_say(&screen->sheet.voice, "   (with the same input)");
    ff_sheet_gap(&screen->sheet);
    ff_sheet_line(&screen->sheet, "full report:");
}

void ff_report_write_text(const ff_report *report, const ff_report_options *options, ff_buf *out)
{
    ff_screen screen = {.report = report};
    ff_sheet_init(&screen.sheet, out, options->columns, options->color);
    write_stories(&screen);
    size_t before = out->len;
    ff_sheet_gap(&screen.sheet);
    size_t gap = out->len;
    write_follow_ons(&screen);
    for (size_t i = 0; i < sizeof LISTINGS / sizeof *LISTINGS; i++)
        write_listing(&screen, &LISTINGS[i]);
    write_fix(&screen);
    if (out->len == gap) /* nothing followed the gap */
        out->len = before;
    write_full_report(&screen);
    ff_sheet_release(&screen.sheet);
}
