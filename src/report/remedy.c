#include "report/remedy.h"

#include "base/utf8.h"
#include "report/inert.h"
#include "report/patch.h"
#include "report/place.h"

enum { RULED_OUT_ROWS = 12, TOLERATED_ROWS = 10, ADVICE_ROWS = 8, LESSON_ROWS = 5 };

/* Of what belongs to an item of a list; and what begins and ends a block of code in an advice. */
static const char INDENT[] = "   ";
static const ff_slice FENCE = FF_TEXT("```");

static void cite(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    const ff_evidence *primary = ff_story_primary(diagnosis);
    ff_voice_cite(voice, primary ? primary->number : 0);
}

void ff_remedy_write_ruled_out(const ff_page *page)
{
    size_t rows = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        if (ff_story_part(diagnosis) != FF_PART_REFUTED || ++rows > RULED_OUT_ROWS)
            continue;
        if (rows == 1)
            ff_page_table(page, "## Ruled out", "| hypothesis | why |");
        ff_buf_printf(page->out, "| D%u: ", diagnosis->number);
        ff_story_say_title(diagnosis, &page->cell);
        ff_story_say_elsewhere(page->report, diagnosis, &page->cell);
        ff_voice_say(&page->cell, " | ");
        if (!ff_story_say_against(diagnosis, &page->cell, 2))
            ff_voice_say(&page->cell, "see the evidence");
        ff_story_say_true(diagnosis, &page->cell, false);
        cite(diagnosis, &page->cell);
        ff_voice_say(&page->cell, " |\n");
    }
    ff_page_end_table(page, rows, RULED_OUT_ROWS, 2);
}

void ff_remedy_write_tolerated(const ff_page *page)
{
    const ff_voice *text = &page->text;
    uint32_t number = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        if (!ff_story_is_tolerated(diagnosis) || ++number > TOLERATED_ROWS)
            continue;
        ff_voice_say(
            text, number == 1 ? "## Tolerated on the way\nThese went wrong on the way, and the run went on.\n\n" : "");
        ff_buf_printf(page->out, "- **T%u** (D%u) ", number, diagnosis->number);
        ff_place_say_step(text, page->report->run, diagnosis->job, diagnosis->step);
        ff_voice_say(text, ": ");
        ff_story_say_title(diagnosis, text);
        if (diagnosis->verdict >= FF_VERDICT_POSSIBLE && diagnosis->failure != FF_NO_INDEX) {
            ff_voice_say(text, ". It may have led to the failure (");
            ff_story_say_verdict(diagnosis, text);
            ff_voice_say(text, ")");
        }
        ff_story_say_tolerance(page->report, diagnosis, text);
        cite(diagnosis, text);
        ff_voice_say(text, "\n");
    }
    if (number > TOLERATED_ROWS)
        ff_buf_printf(page->out, "- %u more, in the JSON report\n", number - TOLERATED_ROWS);
    ff_voice_say(text, number ? "\n" : "");
}

/* The language behind a fence, if it is one of those that advice is written in. */
static const char *language_of(ff_slice fence)
{
    static const char *const known[] = {"bash", "sh", "yaml", "diff", "json", "python", "sql", "text"};
    ff_slice said = ff_slice_trim(ff_slice_from(fence, FENCE.len));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ff_slice_eq(said, ff_slice_of(known[i])))
            return known[i];
    return "";
}

/* Takes the lines up to the fence that closes the block, or to the end. */
static void write_block(const ff_page *page, const char *language, ff_slice *rest)
{
    ff_buf lines;
    ff_slice line;
    ff_buf_init(&lines, page->out->max);
    while (ff_slice_take_until(rest, '\n', &line) && !ff_slice_starts(ff_slice_trim(line), FENCE)) {
        ff_utf8_add_safe(&lines, ff_slice_trim_end(line));
        ff_buf_add_byte(&lines, '\n');
    }
    ff_inert_block(page->out, language, INDENT, ff_buf_slice(&lines));
    ff_buf_inherit(page->out, &lines);
    ff_buf_release(&lines);
}

/* Advice as one item of a list: further lines stand under the first. Catalogs come from anywhere, and what a rule
 * captured stands in the text: of Markdown there are code, lists and paragraphs, the rest means nothing. */
static void write_advice(const ff_page *page, ff_slice advice)
{
    ff_slice line;
    for (bool first = true; ff_slice_take_until(&advice, '\n', &line); first = false) {
        line = ff_slice_trim(line);
        if (ff_slice_starts(line, FENCE)) {
            ff_voice_say(&page->text, first ? "\n\n" : "");
            write_block(page, language_of(line), &advice);
            continue;
        }
        if (line.len)
            ff_voice_say(&page->text, first ? "" : INDENT);
        if (ff_slice_take_prefix(&line, FF_LIT("- ")))
            ff_voice_say(&page->text, "- ");
        ff_voice_prose(&page->text, line);
        ff_voice_say(&page->text, "\n");
    }
}

/* The words, or where the change before is needed too; and the change itself. */
static void write_one(const ff_page *page, const ff_advice *advice)
{
    enum { DIFF_LINES = 80 };
    if (advice->text.len) {
        write_advice(page, ff_slice_trim(advice->text));
    } else {
        ff_voice_say(&page->text, "The same in ");
        ff_voice_name(&page->text, advice->path);
        ff_voice_say(&page->text, "\n");
    }
    if (advice->diff.len)
        ff_patch_write(page, advice->diff, INDENT, DIFF_LINES);
    if (advice->refused.len) {
        ff_buf_printf(page->out, "\n%sLeft alone: ", INDENT);
        ff_voice_prose(&page->text, advice->refused);
        ff_voice_say(&page->text, "\n");
    }
}

/* The same words, or the same change of a file. */
static bool is_same_advice(const ff_advice *one, const ff_advice *other)
{
    return one->diff.len || other->diff.len ? ff_slice_eq(one->diff, other->diff) : ff_slice_eq(one->text, other->text);
}

/* A rule that fires in ten jobs of a matrix advises the same ten times. */
static bool is_repeated(const ff_report *report, size_t diagnosis, uint32_t advice)
{
    const ff_advice *this = &report->diagnoses[diagnosis].advice[advice];
    for (size_t i = 0; i <= diagnosis; i++)
        for (uint32_t k = 0; k < report->diagnoses[i].advice_count; k++) {
            if (i == diagnosis && k == advice)
                return false;
            if (is_same_advice(&report->diagnoses[i].advice[k], this))
                return true;
        }
    return false;
}

/* Whose advice repairs a failure: what explains it, and a rival that is as good as that. */
static bool repairs(const ff_page *page, const ff_diagnosis *diagnosis)
{
    if (ff_story_part(diagnosis) == FF_PART_RIVAL)
        return diagnosis->verdict >= FF_VERDICT_LIKELY;
    for (size_t i = 0; i < page->story_count; i++)
        if (ff_story_repairs(&page->stories[i], diagnosis))
            return true;
    return false;
}

/* True if a check bears out what it says, whether or not that caused anything. */
static bool is_true(const ff_diagnosis *diagnosis)
{
    for (uint32_t i = 0; i < diagnosis->check_count; i++)
        if (diagnosis->checks[i].result == FF_CHECK_SUPPORTS)
            return true;
    return false;
}

/* What was passed over is often a defect, and so is what was refuted only as the cause; its repair is not the cure. */
static bool repairs_too(const ff_page *page, const ff_diagnosis *diagnosis)
{
    (void)page;
    ff_part part = ff_story_part(diagnosis);
    if (ff_diagnosis_is_untrue(diagnosis))
        return false;
    return part == FF_PART_TOLERATED ||
           (part == FF_PART_REFUTED && (ff_story_is_tolerated(diagnosis) || is_true(diagnosis)));
}

static const char *label_of(const ff_diagnosis *diagnosis)
{
    return diagnosis->role == FF_ROLE_SYMPTOM ? "symptom" : ff_verdict_name(diagnosis->verdict);
}

/* `heading` stands above the first advice of what `belongs`; numbers start from 1 under each. */
static void write_fixes(const ff_page *page, const char *heading,
                        bool (*belongs)(const ff_page *, const ff_diagnosis *))
{
    const ff_report *report = page->report;
    size_t rows = 0;
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &report->diagnoses[i];
        for (uint32_t k = 0; belongs(page, diagnosis) && k < diagnosis->advice_count; k++) {
            if (is_repeated(report, i, k) || ++rows > ADVICE_ROWS)
                continue;
            ff_voice_say(&page->text, rows == 1 ? heading : "");
            ff_buf_printf(page->out, "%zu. **D%u**", rows, diagnosis->number);
            if (belongs == repairs)
                ff_buf_printf(page->out, " (%s)", label_of(diagnosis));
            ff_voice_say(&page->text, ": ");
            write_one(page, &diagnosis->advice[k]);
        }
    }
    if (rows > ADVICE_ROWS)
        ff_buf_printf(page->out, "\n%zu more, in the JSON report.\n", rows - ADVICE_ROWS);
    ff_voice_say(&page->text, rows ? "\n" : "");
}

void ff_remedy_write_fix(const ff_page *page)
{
    write_fixes(page, "## Fix\n", repairs);
    write_fixes(page, "## Worth repairing too\nNone of these is shown to have caused the failure.\n\n", repairs_too);
}

void ff_remedy_write_lessons(const ff_page *page)
{
    size_t rows = 0;
    for (size_t i = 0; i < page->report->diagnosis_count && rows < LESSON_ROWS; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        if (ff_story_part(diagnosis) != FF_PART_LESSON)
            continue;
        ff_voice_say(&page->text, rows++ ? "" : "## For next time\n");
        ff_buf_printf(page->out, "%zu. **D%u** ", rows, diagnosis->number);
        ff_story_say_title(diagnosis, &page->text);
        cite(diagnosis, &page->text);
        ff_voice_say(&page->text, diagnosis->advice_count ? ". " : "\n");
        for (uint32_t k = 0; k < diagnosis->advice_count; k++) {
            ff_voice_say(&page->text, k ? "   " : "");
            write_one(page, &diagnosis->advice[k]);
        }
    }
    ff_voice_say(&page->text, rows ? "\n" : "");
}

/* What would show that the explanation of one failure was right, and what would show that it was wrong. */
static void write_check(const ff_page *page, const ff_story *story, size_t alike)
{
    const ff_voice *text = &page->text;
    const ff_diagnosis *cause = story->first ? story->first : story->hypothesis;
    ff_voice_say(text, "- [ ] ");
    ff_place_say_step(text, page->report->run, story->failure->job, story->failure->step);
    if (alike > 1)
        ff_buf_printf(page->out, " and %zu more pass", alike - 1);
    else
        ff_voice_say(text, " passes");
    const ff_diagnosis *symptom = story->shown ? story->shown : cause;
    if (symptom)
        ff_buf_printf(page->out, " and D%u no longer shows", symptom->number);
    if (cause && cause->verdict < FF_VERDICT_CONFIRMED) {
        ff_voice_say(text, "; ");
        ff_voice_strong(text);
        ff_buf_printf(page->out, "after a fix for D%u an unchanged symptom refutes D%u", cause->number, cause->number);
        ff_voice_strong(text);
    }
    ff_voice_say(text, "\n");
}

/* Nothing is to be repaired, so nothing to be looked at. */
static bool is_harmless(const ff_story *story)
{
    return story->stop && story->stop->harmless;
}

void ff_remedy_write_verify(const ff_page *page)
{
    const ff_voice *text = &page->text;
    if (!page->stories[0].failure || (page->story_count == 1 && is_harmless(&page->stories[0])))
        return;
    ff_voice_say(text, "## Verify\n");
    for (size_t i = 0; i < page->story_count; i++) {
        const ff_next_evidence *decide = ff_story_decide_with(&page->stories[i]);
        if (is_harmless(&page->stories[i]))
            continue;
        if (decide && decide->command.len) {
            ff_voice_say(text, "- [ ] ");
            ff_voice_name(text, ff_slice_trim(decide->command));
            ff_voice_say(text, " was run");
            ff_voice_say(text, decide->why.len ? ": " : "");
            ff_voice_prose(text, decide->why);
            ff_voice_say(text, "\n");
        }
        write_check(page, &page->stories[i], page->alike[i]);
    }
    if (page->report->half_done_count)
        ff_voice_say(text, "- [ ] what was half done is finished or rolled back\n");
    ff_voice_say(text, "\n");
}
