#include "report/proposal.h"

#include "base/limits.h"
#include "report/exhibit.h"
#include "report/finish.h"
#include "report/inert.h"
#include "report/patch.h"
#include "report/place.h"
#include "report/proposal_changes.h"

#include <stdio.h>

/* One part of the body. The least important ones are left out where there is no room for all. */
enum { WEIGHT_MAX = 9 };

typedef struct ff_section {
    const char *heading; /* NULL: none */
    unsigned weight;     /* 0 to WEIGHT_MAX; the smallest goes first */
    void (*write)(const ff_page *page, ff_proposal_kind kind);
} ff_section;

static const ff_diagnosis *first_for(const ff_report *report, ff_proposal_kind kind)
{
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if (ff_proposal_is_for(&report->diagnoses[i], kind))
            return &report->diagnoses[i];
    return NULL;
}

const char *ff_proposal_refusal(const ff_report *report, ff_proposal_kind kind)
{
    if (report->failure_count == 0)
        return "nothing failed in what was read";
    if (first_for(report, kind))
        return NULL;
    if (kind == FF_PROPOSAL_FIX)
        return "no cause is at least likely, so a fix would be a guess";
    if (first_for(report, FF_PROPOSAL_FIX))
        return "the run says why it failed, and nothing is known that would make it say more";
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if (report->diagnoses[i].next_evidence_count && ff_story_is_open(&report->diagnoses[i]))
            return NULL;
    return "nothing is known that would make the next failure explain itself";
}

static void say_run(const ff_page *page)
{
    const ff_run *run = page->report->run;
    ff_buf url;
    ff_buf_init(&url, page->out->max);
    if (run->id == 0) {
        ff_voice_say(&page->text, "A run");
    } else if (ff_place_add_attempt_url(&url, run)) {
        ff_buf_printf(page->out, "Run [%llu](%.*s)", (unsigned long long)run->id, FF_ARG(ff_buf_slice(&url)));
    } else {
        ff_buf_printf(page->out, "Run %llu", (unsigned long long)run->id);
    }
    if (run->workflow_path.len) {
        ff_voice_say(&page->text, " of ");
        ff_place_say_at(&page->text, page->report, run->workflow_path);
    }
    if (run->head_sha.len) {
        enum { SHORT = 7 };
        ff_voice_say(&page->text, " at ");
        ff_voice_name(&page->text, ff_slice_cut(run->head_sha, SHORT));
    }
    ff_buf_inherit(page->out, &url);
    ff_buf_release(&url);
}

/* The step, linked to the line that says that it failed. */
static void say_failed_step(const ff_page *page, const ff_failure *failure)
{
    ff_evidence at = {.job = failure->job, .step = failure->step, .place = failure->place};
    ff_buf url;
    ff_buf_init(&url, page->out->max);
    bool linked = ff_place_add_line_url(&url, page->report->run, &at);
    ff_place_say_step(&page->text, page->report->run, failure->job, failure->step);
    if (linked)
        ff_buf_printf(page->out, " ([log](%.*s))", FF_ARG(ff_buf_slice(&url)));
    ff_buf_inherit(page->out, &url);
    ff_buf_release(&url);
}

static void write_failed(const ff_page *page, ff_proposal_kind kind)
{
    say_run(page);
    ff_voice_say(&page->text, " failed:\n\n");
    for (size_t i = 0; i < page->story_count; i++) {
        const ff_story *story = &page->stories[i];
        if (!story->failure)
            continue;
        ff_voice_say(&page->text, "- ");
        say_failed_step(page, story->failure);
        if (page->alike[i] > 1)
            ff_buf_printf(page->out, " and %zu more", page->alike[i] - 1);
        if (story->shown) {
            ff_voice_say(&page->text, ": ");
            ff_story_say_title(story->shown, &page->text);
            ff_voice_cite(&page->text, ff_story_primary(story->shown)->number);
        }
        ff_voice_say(&page->text, "\n");
    }
    if (kind == FF_PROPOSAL_DIAGNOSE)
        ff_voice_say(&page->text,
                     first_for(page->report, FF_PROPOSAL_FIX)
                         ? "\nThe cause is known, see below. This change does not repair it: it makes the "
                           "step say more when it fails.\n"
                         : "\nThe run does not say why. This change makes the next failure explain itself; "
                           "it does not claim to cure this one.\n");
    if (page->report->repository && !ff_place_is_same_commit(page->report)) {
        ff_voice_say(&page->text, "\nChecked against ");
        ff_finish_say_repository(page->report, &page->text);
        ff_voice_say(&page->text, ".\n");
    }
    ff_voice_say(&page->text, "\n");
}

static void write_answers(const ff_page *page, const ff_diagnosis *diagnosis)
{
    static const struct {
        ff_check_result result;
        const char *label;
    } sides[] = {{FF_CHECK_SUPPORTS, "for"}, {FF_CHECK_CONTRADICTS, "against"}};
    for (size_t s = 0; s < sizeof sides / sizeof *sides; s++)
        for (uint32_t i = 0; i < diagnosis->check_count; i++) {
            if (diagnosis->checks[i].result != sides[s].result)
                continue;
            ff_buf_printf(page->out, "- %s: ", sides[s].label);
            ff_patch_say_check(page, &page->text, &diagnosis->checks[i]);
            ff_voice_say(&page->text, "\n");
        }
}

static void write_open(const ff_page *page, const ff_diagnosis *diagnosis)
{
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (check->known || !check->bears || ff_slice_eq(check->text, page->report->repository_why_not))
            continue;
        ff_voice_say(&page->text, "- not known: ");
        ff_patch_say_check(page, &page->text, check);
        ff_voice_say(&page->text, "\n");
    }
}

static void write_cause(const ff_page *page, const ff_diagnosis *diagnosis)
{
    enum { LINES = 8 };
    ff_buf lines;
    ff_buf_init(&lines, page->out->max);
    ff_voice_strong(&page->text);
    ff_story_say_title(diagnosis, &page->text);
    ff_voice_strong(&page->text);
    ff_voice_say(&page->text, " (");
    ff_story_say_verdict(diagnosis, &page->text);
    ff_voice_say(&page->text, ")");
    ff_voice_cite(&page->text, ff_story_primary(diagnosis)->number);
    ff_voice_say(&page->text, "\n");
    ff_exhibit_add(&lines, diagnosis, LINES);
    if (lines.len)
        ff_inert_block(page->out, "text", "", ff_buf_slice(&lines));
    if (diagnosis->summary.len) {
        ff_voice_prose(&page->text, diagnosis->summary);
        ff_voice_say(&page->text, "\n");
    }
    write_answers(page, diagnosis);
    write_open(page, diagnosis);
    ff_voice_say(&page->text, "\n");
    ff_buf_inherit(page->out, &lines);
    ff_buf_release(&lines);
}

/* For a fix the causes that it is for; else the best guesses, so that the reviewer knows what is looked for. */
static void write_causes(const ff_page *page, ff_proposal_kind kind)
{
    enum { CAUSES = 3 };
    size_t written = 0;
    for (size_t i = 0; i < page->report->diagnosis_count && written < CAUSES; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        bool told = kind == FF_PROPOSAL_FIX
                        ? ff_proposal_is_for(diagnosis, kind)
                        : diagnosis->role == FF_ROLE_CAUSE && diagnosis->rule &&
                              diagnosis->verdict >= FF_VERDICT_POSSIBLE && diagnosis->failure != FF_NO_INDEX &&
                              (ff_story_is_open(diagnosis) || ff_story_part(diagnosis) == FF_PART_TOLERATED);
        if (!told)
            continue;
        write_cause(page, diagnosis);
        written++;
    }
}

/* The same fault as the root cause, in a step that went on. */
static bool is_of_a_cause(const ff_report *report, const ff_diagnosis *diagnosis, ff_proposal_kind kind)
{
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if (ff_proposal_is_for(&report->diagnoses[i], kind) && diagnosis->fingerprint[0] &&
            strcmp(report->diagnoses[i].fingerprint, diagnosis->fingerprint) == 0)
            return true;
    return false;
}

static void write_ruled_out(const ff_page *page, ff_proposal_kind kind)
{
    enum { ROWS = 8 };
    size_t rows = 0;
    for (size_t i = 0; i < page->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        if (diagnosis->verdict != FF_VERDICT_REFUTED || is_of_a_cause(page->report, diagnosis, kind) || ++rows > ROWS)
            continue;
        ff_voice_say(&page->text, "- ");
        ff_story_say_title(diagnosis, &page->text);
        ff_story_say_elsewhere(page->report, diagnosis, &page->text);
        ff_voice_say(&page->text, " — ");
        if (!ff_story_say_against(diagnosis, &page->text, 1))
            ff_voice_say(&page->text, "see the report");
        ff_story_say_true(diagnosis, &page->text, true);
        ff_voice_say(&page->text, "\n");
    }
    if (rows > ROWS)
        ff_buf_printf(page->out, "- %zu more, in the report\n", rows - ROWS);
    ff_voice_say(&page->text, rows ? "\n" : "");
}

static void write_command(const ff_page *page, const ff_next_evidence *next)
{
    ff_voice_say(&page->text, "- [ ] ");
    ff_voice_name(&page->text, ff_slice_trim(next->command));
    ff_voice_say(&page->text, next->why.len ? ": " : "");
    ff_voice_prose(&page->text, next->why);
    ff_voice_say(&page->text, "\n");
}

static bool asks(const ff_diagnosis *diagnosis, ff_proposal_kind kind)
{
    return ff_proposal_is_for(diagnosis, kind) ||
           (kind == FF_PROPOSAL_DIAGNOSE && diagnosis->rule && ff_story_part(diagnosis) == FF_PART_CHAIN);
}

/* Two diagnoses may ask for the same command; one of them is enough. */
static bool is_asked_above(const ff_report *report, ff_proposal_kind kind, size_t diagnosis, uint32_t asked)
{
    ff_slice command = report->diagnoses[diagnosis].next_evidence[asked].command;
    for (size_t i = 0; i <= diagnosis; i++)
        for (uint32_t k = 0; asks(&report->diagnoses[i], kind) && k < report->diagnoses[i].next_evidence_count &&
                             (i < diagnosis || k < asked);
             k++)
            if (ff_slice_eq(report->diagnoses[i].next_evidence[k].command, command))
                return true;
    return false;
}

static void write_outcome(const ff_page *page, const ff_story *story, ff_proposal_kind kind)
{
    const ff_diagnosis *cause = story->first ? story->first : story->hypothesis;
    if (!story->failure)
        return;
    ff_voice_say(&page->text, "- [ ] ");
    ff_place_say_step(&page->text, page->report->run, story->failure->job, story->failure->step);
    if (kind == FF_PROPOSAL_DIAGNOSE) {
        ff_voice_say(&page->text, " prints the reason when it fails (make it fail once where that harms nobody)\n");
        return;
    }
    ff_voice_say(&page->text, " passes when it runs next");
    if (cause && cause->verdict < FF_VERDICT_CONFIRMED)
        ff_voice_say(&page->text, "; if it fails as before, the root cause above is refuted");
    ff_voice_say(&page->text, "\n");
}

static void write_validation(const ff_page *page, ff_proposal_kind kind)
{
    enum { COMMANDS = 6 };
    size_t commands = 0;
    for (size_t i = 0; i < page->story_count; i++)
        write_outcome(page, &page->stories[i], kind);
    for (size_t i = 0; i < page->report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        for (uint32_t k = 0; asks(diagnosis, kind) && k < diagnosis->next_evidence_count && commands < COMMANDS; k++)
            if (diagnosis->next_evidence[k].command.len && !is_asked_above(page->report, kind, i, k)) {
                write_command(page, &diagnosis->next_evidence[k]);
                commands++;
            }
    }
    ff_voice_say(&page->text, "\n");
}

static void write_half_done(const ff_page *page)
{
    enum { SHOWN = 6 };
    const ff_report *report = page->report;
    for (size_t i = 0; i < report->half_done_count && i < SHOWN; i++) {
        ff_voice_say(&page->text, i ? "; " : "");
        ff_voice_prose(&page->text, report->half_done[i].title);
    }
    if (report->half_done_count > SHOWN)
        ff_buf_printf(page->out, "; %zu more", report->half_done_count - SHOWN);
    ff_voice_say(&page->text, ".");
}

static void write_risk(const ff_page *page, ff_proposal_kind kind)
{
    const ff_change_set *set = &page->report->changes[kind];
    bool pipeline = ff_proposal_is_pipeline(set);
    if (kind == FF_PROPOSAL_DIAGNOSE)
        ff_voice_say(&page->text, "Low: only what the step prints and keeps is changed.");
    else if (set->count)
        ff_buf_printf(page->out,
                      "%zu %s%s %s changed%s. What a changed step does to a server or a database is not undone by a "
                      "revert.",
                      set->count, set->count == 1 ? "file" : "files", pipeline ? " of the pipeline" : "",
                      set->count == 1 ? "is" : "are", pipeline ? ", none of the application" : "");
    else
        ff_voice_say(&page->text, "Not known before the change is written.");
    ff_voice_say(&page->text, " To roll back, revert this commit.");
    if (page->report->half_done_count) {
        ff_voice_say(&page->text, " Neither merging nor reverting undoes what the failed run left half done: ");
        write_half_done(page);
    }
    ff_voice_say(&page->text, "\n\n");
}

static bool is_cited(ff_slice body, uint32_t evidence)
{
    char mark[24];
    int length = snprintf(mark, sizeof mark, "[E%u]", evidence);
    return ff_slice_find(body, (ff_slice){mark, (size_t)length}) != SIZE_MAX;
}

/* The lines that the body cites. */
static void write_references(const ff_page *page, ff_slice body)
{
    enum { ROWS = 12, QUOTED_BYTES = 100 };
    size_t rows = 0;
    for (size_t i = 0; i < page->report->diagnosis_count && rows < ROWS; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        const ff_evidence *primary = ff_story_primary(diagnosis);
        if (!primary || primary->line_count == 0 || !is_cited(body, primary->number))
            continue;
        ff_buf url;
        ff_buf_init(&url, page->out->max);
        bool linked = ff_place_add_line_url(&url, page->report->run, primary);
        ff_buf_printf(page->out, "- E%u: %s", primary->number, linked ? "[" : "");
        ff_place_say_lines(&page->text, primary);
        if (linked)
            ff_buf_printf(page->out, "](%.*s)", FF_ARG(ff_buf_slice(&url)));
        ff_voice_say(&page->text, ": ");
        ff_voice_quote(&page->text, primary->lines[0].text, QUOTED_BYTES);
        ff_voice_say(&page->text, "\n");
        ff_buf_inherit(page->out, &url);
        ff_buf_release(&url);
        rows++;
    }
}

static const ff_section SECTIONS[] = {
    {NULL, 9, write_failed},
    {"Root cause", 8, write_causes},
    {"Ruled out", 3, write_ruled_out},
    {"Changes", 7, ff_proposal_write_changes},
    {"Other places to change", 4, ff_proposal_write_elsewhere},
    {"Validation", 6, write_validation},
    {"Risk and rollback", 5, write_risk},
};

enum { SECTION_COUNT = sizeof SECTIONS / sizeof *SECTIONS };

static const char *heading_of(const ff_report *report, const ff_section *section, ff_proposal_kind kind)
{
    bool guesses =
        kind == FF_PROPOSAL_DIAGNOSE && section->write == write_causes && !first_for(report, FF_PROPOSAL_FIX);
    return guesses ? "What it may be" : section->heading;
}

/* The same page, written to another buffer. */
static ff_page page_into(const ff_page *page, ff_buf *out)
{
    ff_page part = *page;
    part.out = part.text.out = part.cell.out = out;
    return part;
}

/* Last, and only where there is room. */
static void add_references(const ff_page *page, ff_buf *out)
{
    ff_buf rows;
    ff_buf_init(&rows, out->max);
    ff_page part = page_into(page, &rows);
    write_references(&part, ff_buf_slice(out));
    if (rows.len && out->len + rows.len + FF_LIT("## References\n").len <= FF_LIMIT_PROPOSAL_BYTES)
        ff_buf_printf(out, "## References\n%.*s", FF_ARG(ff_buf_slice(&rows)));
    ff_buf_inherit(out, &rows);
    ff_buf_release(&rows);
}

void ff_proposal_write_body(const ff_report *report, ff_proposal_kind kind, const ff_report_options *options,
                            ff_buf *out)
{
    enum { ROOM = 400 }; /* for headings and what is said of parts left out */
    ff_buf parts[SECTION_COUNT];
    ff_page page = ff_page_of(report, options, out);
    size_t total = ROOM;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        ff_buf_init(&parts[i], out->max);
        ff_page part = page_into(&page, &parts[i]);
        SECTIONS[i].write(&part, kind);
        ff_buf_inherit(out, &parts[i]);
        total += parts[i].len;
    }
    for (unsigned weight = 0; weight <= WEIGHT_MAX && total > FF_LIMIT_PROPOSAL_BYTES; weight++)
        for (size_t i = 0; i < SECTION_COUNT; i++)
            if (SECTIONS[i].weight == weight && parts[i].len) {
                total -= parts[i].len;
                ff_buf_reset(&parts[i]);
                ff_buf_printf(&parts[i], "Left out for its length; it stands in the full report.\n\n");
                total += parts[i].len;
            }
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (parts[i].len && SECTIONS[i].heading)
            ff_buf_printf(out, "## %s\n", heading_of(report, &SECTIONS[i], kind));
        ff_buf_add(out, ff_buf_slice(&parts[i]));
        ff_buf_release(&parts[i]);
    }
    add_references(&page, out);
}
