/* One screen for a terminal: what failed, which fault came first, what to do next. */
#include "base/utf8.h"
#include "report/context.h"
#include "report/ending.h"
#include "report/exhibit.h"
#include "report/finish.h"
#include "report/identity.h"
#include "report/inert.h"
#include "report/invocation.h"
#include "report/place.h"
#include "report/report.h"
#include "report/sheet.h"
#include "report/story.h"

/* How many rows each part of the screen may take; the full report has the rest. */
enum { STORIES = 4, ROWS = 3, WRAPPED = 4, SHORT = 2, EXHIBIT = 5, ENDING = 3, LIKEWISE = 4, FAULT = 8 };

typedef struct ff_screen {
    const ff_report *report;
    const ff_report_options *options;
    ff_sheet sheet;
} ff_screen;

static const char *mark_of(const ff_report *report)
{
    const ff_job *only = ff_place_job(report->run, report->run->only);
    if (only && report->failure_count == 0)
        return only->conclusion == FF_CONCLUSION_SUCCESS && !report->partial ? "✓" : "?";
    if (report->failure_count || ff_conclusion_is_bad(report->run->conclusion))
        return "✗";
    return report->run->conclusion == FF_CONCLUSION_SUCCESS && !report->partial ? "✓" : "?";
}

static void write_partial(ff_screen *screen)
{
    const ff_note *missing = ff_finish_missing(screen->report);
    if (!missing)
        return;
    ff_voice_say(&screen->sheet.voice, "not everything of this run was read: ");
    ff_voice_prose(&screen->sheet.voice, missing->text);
    ff_sheet_row(&screen->sheet, "Partial", WRAPPED);
}

/* Lines of a log beside `label`, each cut to the screen. */
static void write_block(ff_screen *screen, const char *label, ff_buf *lines)
{
    ff_slice rest = ff_buf_slice(lines), line;
    for (; ff_slice_take_until(&rest, '\n', &line); label = "") {
        ff_slice shown = ff_utf8_cut(line, screen->sheet.columns - 18);
        ff_buf_add(&screen->sheet.said, shown);
        if (shown.len < line.len)
            ff_voice_say(&screen->sheet.voice, "…");
        ff_sheet_line(&screen->sheet, label);
    }
    ff_buf_inherit(screen->sheet.out, lines);
}

/* The lines of the first fault, so that nobody has to open the log to believe it. */
static void write_exhibit(ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_buf lines;
    ff_buf_init(&lines, screen->sheet.out->max);
    ff_exhibit_add(&lines, diagnosis, EXHIBIT);
    write_block(screen, "", &lines);
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

/* What the step printed last, where the first fault is not known. */
static void write_ending(ff_screen *screen, const ff_story *story)
{
    if (!story->failure || story->first)
        return;
    if (ff_ending_say_silence(story, &screen->sheet.voice)) {
        ff_sheet_row(&screen->sheet, "Last output", WRAPPED);
        return;
    }
    ff_buf lines;
    ff_buf_init(&lines, screen->sheet.out->max);
    if (ff_ending_add(&lines, story, ENDING))
        write_block(screen, story->unknown ? "" : "Last lines", &lines);
    ff_buf_release(&lines);
}

static void write_decide(ff_screen *screen, const ff_story *story)
{
    const ff_next_evidence *decide = ff_story_decide_with(story);
    if (!decide)
        return;
    const char *label = decide->command.len ? "Decide with" : "What to do";
    if (decide->command.len) {
        ff_voice_name(&screen->sheet.voice, ff_slice_trim(decide->command));
        ff_sheet_line(&screen->sheet, label);
        label = "";
    }
    if (decide->why.len == 0)
        return;
    ff_voice_prose(&screen->sheet.voice, decide->why);
    ff_sheet_row(&screen->sheet, label, SHORT);
}

static const char *fix_label(const ff_story *story, const ff_diagnosis *diagnosis)
{
    bool guessed = diagnosis->role == FF_ROLE_CAUSE && diagnosis->verdict < FF_VERDICT_LIKELY;
    return guessed || story->stop ? "Fix if so" : "Fix first";
}

/* Whose advice to give: of what the rows above name, then of what else explains the failure. */
static const ff_diagnosis *advising(const ff_story *story)
{
    const ff_report *report = story->report;
    const ff_diagnosis *named[] = {story->first, story->hypothesis, story->finding, story->shown};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i] && named[i]->advice_count && ff_story_repairs(story, named[i]))
            return named[i];
    for (size_t i = 0; story->failure && i < report->diagnosis_count; i++)
        if (report->diagnoses[i].advice_count && ff_story_repairs(story, &report->diagnoses[i]) &&
            report->diagnoses[i].failure == (size_t)(story->failure - report->failures))
            return &report->diagnoses[i];
    return NULL;
}

/* The first line of an advice; what it announces stands in the full report. */
static void say_advice(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_slice text = ff_slice_trim(diagnosis->advice[0].text), line;
    if (!ff_slice_take_until(&text, '\n', &line))
        return;
    bool more = ff_slice_ends(line, FF_LIT(":"));
    ff_utf8_add_safe(screen->sheet.voice.out, ff_slice_cut(line, line.len - more));
    ff_voice_say(&screen->sheet.voice, more ? " …" : "");
}

static void say_edit(const ff_screen *screen, const ff_advice *advice)
{
    ff_voice_say(&screen->sheet.voice, " The full report has an edit for ");
    ff_voice_name(&screen->sheet.voice, advice->path);
    ff_buf_printf(screen->sheet.voice.out, ":%u", advice->start_line);
}

static void write_fix(ff_screen *screen, const ff_story *story)
{
    const ff_diagnosis *best = advising(story);
    if (!best)
        return;
    say_advice(screen, best);
    if (best->advice[0].diff.len)
        say_edit(screen, &best->advice[0]);
    ff_sheet_row(&screen->sheet, fix_label(story, best), WRAPPED);
}

/* Whether a new try would do, where else it fails: the best of what is worth knowing. */
static void write_context(ff_screen *screen)
{
    const ff_observation *picked[FF_CONTEXT_ROWS];
    size_t count = ff_context_pick(screen->report, picked);
    if (count && screen->report->failure_count == 0 && !ff_finish_missing(screen->report) &&
        !ff_finish_failed_attempt(screen->report->run))
        ff_sheet_gap(&screen->sheet);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(picked[i]->code, "last-green") == 0)
            ff_identity_say_green(&screen->sheet.voice, screen->report->run);
        else
            ff_voice_prose(&screen->sheet.voice, picked[i]->text);
        ff_sheet_row(&screen->sheet, ff_context_label(picked[i]), WRAPPED);
    }
}

/* What the run shows where no failure is visible. */
static void write_finding(ff_screen *screen, const ff_story *story)
{
    if (!story->finding)
        return;
    if (!ff_finish_missing(screen->report))
        ff_sheet_gap(&screen->sheet);
    ff_story_say_finding(story, &screen->sheet.voice);
    ff_sheet_row(&screen->sheet, "Best finding", WRAPPED);
    write_exhibit(screen, story->finding);
}

/* Where else the same fault came first, such as on the other legs of a matrix. */
static void write_likewise(ff_screen *screen, const ff_story *story)
{
    const ff_report *report = screen->report;
    size_t alike = 0;
    for (size_t i = (size_t)(story->failure - report->failures) + 1; i < report->failure_count; i++) {
        ff_story other = ff_story_of(report, i);
        if (report->failures[i].follow_on || !ff_story_is_like(story, &other) || ++alike > LIKEWISE)
            continue;
        ff_voice_say(&screen->sheet.voice, alike == 1 ? "" : ", ");
        ff_place_say_step(&screen->sheet.voice, report->run, report->failures[i].job, report->failures[i].step);
    }
    if (alike > LIKEWISE)
        ff_buf_printf(&screen->sheet.said, " and %zu more", alike - LIKEWISE);
    if (alike)
        ff_sheet_row(&screen->sheet, "Likewise", WRAPPED);
}

/* Of a run that passed at last: how to see why it did not before. */
static void write_earlier(ff_screen *screen)
{
    uint32_t failed = ff_finish_failed_attempt(screen->report->run);
    if (screen->report->failure_count || failed == 0)
        return;
    ff_sheet_gap(&screen->sheet);
    ff_invocation_add(&screen->sheet.said, screen->report, screen->options,
                      &(ff_invocation){.command = "triage", .attempt = failed});
    ff_sheet_line(&screen->sheet, "To see why");
}

/* What stands first: how it ended, and of which run that is. */
static void write_head(ff_screen *screen, const ff_story *story, bool main)
{
    ff_story_say_headline(story, &screen->sheet.voice);
    ff_sheet_headline(&screen->sheet, mark_of(screen->report));
    if (main && ff_identity_say(&screen->sheet.voice, screen->report->run))
        ff_sheet_caption(&screen->sheet);
    if (story->failure || ff_finish_missing(screen->report))
        ff_sheet_gap(&screen->sheet);
    if (main) {
        write_partial(screen);
        write_earlier(screen);
    }
}

static void write_story(ff_screen *screen, const ff_story *story, bool main)
{
    write_head(screen, story, main);
    write_shown(screen, story);
    if (story->failure) {
        ff_story_say_first_fault(story, &screen->sheet.voice);
        ff_sheet_row(&screen->sheet, "First fault", FAULT); /* its verdict stands at its end */
    }
    if (story->first)
        write_exhibit(screen, story->first);
    else if (story->unknown && ff_story_is_stated(story->unknown) && !story->stop)
        write_exhibit(screen, story->unknown);
    write_finding(screen, story);
    write_ending(screen, story);
    if (main && screen->report->half_done_count) {
        ff_story_say_half_done(story, &screen->sheet.voice);
        ff_sheet_row(&screen->sheet, "Half done", WRAPPED);
    }
    write_decide(screen, story);
    if (story->failure)
        write_likewise(screen, story);
    if (main)
        write_context(screen);
}

/* True if an earlier one of the stories told is about the same fault. */
static bool is_repeated(const ff_story *told, size_t count, const ff_story *story)
{
    for (size_t i = 0; i < count; i++)
        if (ff_story_is_like(&told[i], story))
            return true;
    return false;
}

/* True if it is one of those stories, or one of them is about the same fault. */
static bool is_told_of(const ff_story *told, size_t count, const ff_story *story)
{
    for (size_t i = 0; i < count; i++)
        if (told[i].failure == story->failure)
            return true;
    return is_repeated(told, count, story);
}

/* The failures for which there was no room: by name if they are few. */
static void write_rest(ff_screen *screen, const ff_story *told, size_t count, size_t left)
{
    enum { NAMED = 2 };
    const ff_report *report = screen->report;
    size_t named = 0;
    for (size_t i = 0; i < report->failure_count && left <= NAMED && named < left; i++) {
        ff_story story = ff_story_of(report, i);
        if (report->failures[i].follow_on || is_told_of(told, count, &story))
            continue;
        ff_voice_say(&screen->sheet.voice, named++ ? ", " : "");
        ff_place_say_step(&screen->sheet.voice, report->run, report->failures[i].job, report->failures[i].step);
    }
    if (left == 0)
        return;
    ff_sheet_gap(&screen->sheet);
    if (named == 0)
        ff_buf_printf(&screen->sheet.said, "%zu more, in the full report", left);
    ff_sheet_row(&screen->sheet, named ? "Failed too" : "Failures", SHORT);
}

/* Of several faults each has its fix beside it; that of a single one stands at the end of the screen. */
static void write_stories(ff_screen *screen)
{
    const ff_report *report = screen->report;
    ff_story told[STORIES];
    size_t count = 0, failures = 0, origins = ff_story_origins(report);
    for (size_t i = 0; i < report->failure_count && count < STORIES; i++) {
        ff_story story = ff_story_of(report, i);
        if ((report->failures[i].follow_on && count) || is_repeated(told, count, &story))
            continue;
        if (count)
            ff_sheet_gap(&screen->sheet);
        write_story(screen, &story, count == 0);
        failures += ff_story_count_alike(&story);
        if (origins > 1)
            write_fix(screen, &story);
        told[count++] = story;
    }
    if (count == 0) {
        ff_story story = ff_story_of(report, 0);
        write_story(screen, &story, true);
    }
    write_rest(screen, told, count, origins - failures);
}

/* Rows of one kind under one label; `say` writes one, `belongs` tells which. */
typedef struct ff_listing {
    const char *label;
    size_t most;
    uint32_t lines; /* of each row */
    bool (*belongs)(const ff_diagnosis *diagnosis);
    void (*say)(const ff_screen *screen, const ff_diagnosis *diagnosis);
    bool no_first_faults; /* the first fault of any failure is left to the story of that failure */
} ff_listing;

/* What was passed over has a row of its own, which says by what. */
static bool is_refuted(const ff_diagnosis *diagnosis)
{
    return ff_story_part(diagnosis) == FF_PART_REFUTED && !ff_story_is_tolerated(diagnosis);
}

/* What is weaker than possible stays in the full report. What was passed over before the failure may have led to it. */
static bool is_rival(const ff_diagnosis *diagnosis)
{
    ff_part part = ff_story_part(diagnosis);
    bool before = part == FF_PART_TOLERATED && diagnosis->failure != FF_NO_INDEX;
    return diagnosis->verdict >= FF_VERDICT_POSSIBLE && (part == FF_PART_RIVAL || before);
}

/* A cause of its own beside the first fault: what came later may be the one to repair. */
static bool is_further(const ff_diagnosis *diagnosis)
{
    return diagnosis->role == FF_ROLE_CAUSE && diagnosis->verdict >= FF_VERDICT_LIKELY && !diagnosis->tolerated &&
           diagnosis->caused_by_count == 0 && ff_story_part(diagnosis) == FF_PART_CHAIN;
}

/* A check bears out what it says, although it was not the cause. */
static bool is_so(const ff_diagnosis *diagnosis)
{
    for (uint32_t i = 0; i < diagnosis->check_count; i++)
        if (diagnosis->checks[i].result == FF_CHECK_SUPPORTS)
            return true;
    return false;
}

static void say_refuted(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_story_say_title(diagnosis, &screen->sheet.voice);
    ff_voice_say(&screen->sheet.voice, is_so(diagnosis) ? " — it is so, but " : " — ");
    if (!ff_story_say_against(diagnosis, &screen->sheet.voice, 1))
        ff_voice_say(&screen->sheet.voice, "see the full report");
}

static void say_place(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    const ff_evidence *primary = ff_story_primary(diagnosis);
    if (primary)
        ff_place_say_source(&screen->sheet.voice, screen->report->run, primary);
    else
        ff_place_say_step(&screen->sheet.voice, screen->report->run, diagnosis->job, diagnosis->step);
}

/* The place stands in front, where no long title can cut it off. */
static void say_rival(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    say_place(screen, diagnosis);
    ff_voice_say(&screen->sheet.voice, " (");
    ff_story_say_verdict(diagnosis, &screen->sheet.voice);
    ff_voice_say(&screen->sheet.voice, "): ");
    ff_story_say_title(diagnosis, &screen->sheet.voice);
}

/* In the step that the headline names. */
static void say_further(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_story_say_title(diagnosis, &screen->sheet.voice);
    ff_voice_say(&screen->sheet.voice, " (");
    ff_story_say_verdict(diagnosis, &screen->sheet.voice);
    ff_voice_say(&screen->sheet.voice, ")");
}

static void say_tolerated(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    say_place(screen, diagnosis);
    ff_voice_say(&screen->sheet.voice, ": ");
    ff_story_say_title(diagnosis, &screen->sheet.voice);
    ff_story_say_tolerance(screen->report, diagnosis, &screen->sheet.voice);
}

static bool is_lesson(const ff_diagnosis *diagnosis)
{
    return ff_story_part(diagnosis) == FF_PART_LESSON;
}

/* Where an edit is at hand, its place says more than the advice. */
static void say_lesson(const ff_screen *screen, const ff_diagnosis *diagnosis)
{
    ff_story_say_title(diagnosis, &screen->sheet.voice);
    if (diagnosis->advice_count == 0)
        return;
    const ff_advice *advice = &diagnosis->advice[0];
    if (advice->diff.len == 0) {
        ff_voice_say(&screen->sheet.voice, ". ");
        say_advice(screen, diagnosis);
        return;
    }
    ff_voice_say(&screen->sheet.voice, ".");
    say_edit(screen, advice);
}

static const ff_listing LISTINGS[] = {
    {"Also likely", SHORT, SHORT, is_further, say_further, true},
    {"Also possible", ROWS, SHORT, is_rival, say_rival, false},
    {"Ruled out", ROWS, 3, is_refuted, say_refuted, false},
    {"Tolerated", ROWS, 3, ff_story_is_tolerated, say_tolerated, false},
};
static const ff_listing LESSONS = {"Next time", 1, SHORT, is_lesson, say_lesson, false};

/* The first fault of a failure belongs to the story of that failure, told or left to the full report. */
static bool is_first_fault(const ff_report *report, const ff_diagnosis *diagnosis)
{
    for (size_t i = 0; i < report->failure_count; i++)
        if (report->failures[i].first_fault == (size_t)(diagnosis - report->diagnoses))
            return true;
    return false;
}

/* True if a story told it already, or the same fault of another job. */
static bool is_told(const ff_report *report, const ff_diagnosis *diagnosis)
{
    if (report->failure_count == 0 && diagnosis == ff_story_of(report, 0).finding)
        return true;
    for (size_t i = 0, told = 0; i < report->failure_count && told < STORIES; i++) {
        if (report->failures[i].follow_on)
            continue;
        ff_story story = ff_story_of(report, i);
        if (diagnosis == story.first || diagnosis == story.hypothesis || diagnosis == story.shown ||
            (story.first && strcmp(story.first->fingerprint, diagnosis->fingerprint) == 0))
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
        if (!listing->belongs(diagnosis) || is_told(screen->report, diagnosis) ||
            (listing->no_first_faults && is_first_fault(screen->report, diagnosis)) || ++rows > listing->most)
            continue;
        listing->say(screen, diagnosis);
        ff_sheet_row(&screen->sheet, rows == 1 ? listing->label : "", listing->lines);
    }
    if (rows > listing->most && listing->most > 1) {
        ff_buf_printf(&screen->sheet.said, "%zu more, in the full report", rows - listing->most);
        ff_sheet_row(&screen->sheet, "", 1);
    }
}

/* It would have moved a verdict, and could not be made. */
static bool is_unchecked(const ff_report *report, const ff_check *check)
{
    return check->bears && !check->known && ff_slice_eq(check->text, report->repository_why_not);
}

static void write_unchecked(ff_screen *screen)
{
    const ff_report *report = screen->report;
    size_t count = 0;
    for (size_t i = 0; i < report->diagnosis_count; i++)
        for (uint32_t k = 0; k < report->diagnoses[i].check_count; k++)
            count += is_unchecked(report, &report->diagnoses[i].checks[k]);
    if (count == 0 || report->repository_why_not.len == 0)
        return;
    ff_buf_printf(&screen->sheet.said, "%zu question%s about the repository: ", count, count == 1 ? "" : "s");
    ff_voice_prose(&screen->sheet.voice, report->repository_why_not);
    ff_sheet_row(&screen->sheet, "Not checked", SHORT);
}

/* Said only where it takes something from the answers. */
static void write_other_commit(ff_screen *screen)
{
    const ff_report *report = screen->report;
    if (!report->repository || ff_place_is_same_commit(report))
        return;
    ff_finish_say_repository(report, &screen->sheet.voice);
    ff_sheet_row(&screen->sheet, "Checked on", SHORT);
}

static void write_follow_ons(ff_screen *screen)
{
    const ff_report *report = screen->report;
    const ff_voice *voice = &screen->sheet.voice;
    size_t rows = 0;
    if (ff_story_origins(report) == 0)
        return;
    for (size_t i = 0; i < report->failure_count; i++) {
        const ff_failure *failure = &report->failures[i];
        if (!failure->follow_on || ++rows > ROWS)
            continue;
        ff_place_say_step(voice, report->run, failure->job, failure->step);
        if (failure->follows < report->failure_count) {
            const ff_failure *origin = &report->failures[failure->follows];
            ff_voice_say(voice, ", from ");
            ff_place_say_step(voice, report->run, origin->job, origin->step);
        }
        ff_sheet_row(&screen->sheet, rows == 1 ? "Followed" : "", SHORT);
    }
    if (rows > ROWS) {
        ff_buf_printf(&screen->sheet.said, "%zu more, in the full report", rows - ROWS);
        ff_sheet_row(&screen->sheet, "", 1);
    }
}

static bool has_unknown_check(const ff_report *report)
{
    for (size_t i = 0; i < report->diagnosis_count; i++)
        for (uint32_t k = 0; k < report->diagnoses[i].check_count; k++)
            if (!report->diagnoses[i].checks[k].known)
                return true;
    return false;
}

/* What was missing of a repository that was read, where that can have cost an answer. */
static void write_missing(ff_screen *screen)
{
    const ff_notes *notes = &screen->report->run->notes;
    for (size_t i = 0; i < notes->count; i++) {
        if (strcmp(notes->items[i].code, "repository-incomplete") != 0 || !has_unknown_check(screen->report))
            continue;
        ff_voice_prose(&screen->sheet.voice, notes->items[i].text);
        ff_sheet_row(&screen->sheet, "Not checked", SHORT);
        return;
    }
}

/* What was amiss with what was read, although nothing of it is missing. */
static void write_reading(ff_screen *screen)
{
    static const char *const codes[] = {"archive-unreadable", "archive-damaged",   "archive-missing",
                                        "job-logs",           "archive-strangers", "unknown-conclusion"};
    const ff_notes *notes = &screen->report->run->notes;
    size_t rows = 0;
    for (size_t i = 0; i < notes->count; i++) {
        bool told = false;
        for (size_t c = 0; c < sizeof codes / sizeof *codes; c++)
            told = told || strcmp(notes->items[i].code, codes[c]) == 0;
        if (!told || notes->items[i].partial)
            continue;
        ff_voice_prose(&screen->sheet.voice, notes->items[i].text);
        ff_sheet_row(&screen->sheet, rows++ == 0 ? "Reading" : "", SHORT);
    }
}

static void write_full_report(ff_screen *screen)
{
    ff_invocation_add(&screen->sheet.said, screen->report, screen->options,
                      &(ff_invocation){.command = "triage", .tail = " --format markdown"});
    if (ff_slice_eq(screen->report->target, FF_LIT("-")))
        ff_voice_say(&screen->sheet.voice, "   (with the same input)");
    ff_sheet_gap(&screen->sheet);
    ff_sheet_line(&screen->sheet, "full report:");
}

void ff_report_write_text(const ff_report *report, const ff_report_options *options, ff_buf *out)
{
    ff_screen screen = {.report = report, .options = options};
    ff_sheet_init(&screen.sheet, out, options->columns, options->color);
    write_stories(&screen);
    size_t before = out->len;
    ff_sheet_gap(&screen.sheet);
    size_t gap = out->len;
    write_follow_ons(&screen);
    for (size_t i = 0; i < sizeof LISTINGS / sizeof *LISTINGS; i++)
        write_listing(&screen, &LISTINGS[i]);
    write_unchecked(&screen);
    write_other_commit(&screen);
    write_missing(&screen);
    write_reading(&screen);
    if (ff_story_origins(report) <= 1) {
        ff_story story = ff_story_of(report, 0);
        write_fix(&screen, &story);
    }
    write_listing(&screen, &LESSONS);
    if (out->len == gap) /* nothing followed the gap */
        out->len = before;
    write_full_report(&screen);
    ff_sheet_release(&screen.sheet);
}
