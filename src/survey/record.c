#include "survey/record.h"

#include "base/limits.h"
#include "report/member.h"

/* ---- texts ---- */

static ff_slice keep_buf(ff_arena *arena, const ff_buf *text)
{
    if (ff_buf_status(text) != FF_OK) {
        arena->failed = true; /* found by ff_record_make */
        return (ff_slice){0};
    }
    return ff_arena_dup(arena, ff_buf_slice(text));
}

static ff_slice lines_of(const ff_evidence *evidence, ff_arena *arena)
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_REPORT_BYTES);
    for (uint32_t i = 0; i < evidence->line_count; i++) {
        if (i)
            ff_buf_add_byte(&text, '\n');
        ff_buf_add(&text, evidence->lines[i].text);
    }
    ff_slice kept = keep_buf(arena, &text);
    ff_buf_release(&text);
    return kept;
}

/* The words of all advice, a paragraph each. */
static ff_slice fix_of(const ff_diagnosis *diagnosis, ff_arena *arena)
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_REPORT_BYTES);
    for (uint32_t i = 0; i < diagnosis->advice_count; i++) {
        ff_slice words = ff_slice_trim(diagnosis->advice[i].text);
        if (words.len && text.len)
            ff_buf_add(&text, FF_LIT("\n\n"));
        ff_buf_add(&text, words);
    }
    ff_slice kept = keep_buf(arena, &text);
    ff_buf_release(&text);
    return kept;
}

static ff_slice command_of(const ff_diagnosis *diagnosis)
{
    for (uint32_t i = 0; i < diagnosis->next_evidence_count; i++)
        if (diagnosis->next_evidence[i].command.len)
            return diagnosis->next_evidence[i].command;
    return (ff_slice){0};
}

static ff_slice json_of(const ff_report *report, const ff_diagnosis *diagnosis, ff_arena *arena)
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_REPORT_BYTES);
    ff_report_add_member(&text, report, diagnosis);
    ff_slice kept = keep_buf(arena, &text);
    ff_buf_release(&text);
    return kept;
}

/* ---- places ---- */

static ff_slice job_of(const ff_run *run, uint32_t job)
{
    return job < run->jobs.count ? run->jobs.items[job].name : (ff_slice){0};
}

static const ff_step *step_of(const ff_run *run, uint32_t job, uint32_t step)
{
    bool there = job < run->jobs.count && step < run->jobs.items[job].steps.count;
    return there ? &run->jobs.items[job].steps.items[step] : NULL;
}

/* ---- diagnoses ---- */

static ff_history_evidence evidence_of(const ff_evidence *from, ff_arena *arena)
{
    ff_history_evidence evidence = {.number = from->number,
                                    .kind = ff_slice_of(ff_evidence_kind_name(from->kind)),
                                    .primary = from->primary,
                                    .text = lines_of(from, arena)};
    if (from->kind == FF_EVIDENCE_LOG && from->place.line) {
        evidence.file = from->place.file;
        evidence.line = from->place.line;
        evidence.end_line = from->end_line;
        evidence.job_line = from->place.job_line;
    }
    return evidence;
}

/* What GitHub states of a run without a log, and nobody can tell why, is no cause that several runs could share. */
static bool says_nothing(const ff_diagnosis *diagnosis)
{
    return !diagnosis->rule && diagnosis->verdict == FF_VERDICT_UNDECIDED && diagnosis->evidence_count &&
           diagnosis->evidence[0].kind == FF_EVIDENCE_API;
}

/* True if a failure that follows from no other has this diagnosis first. */
static bool is_origin(const ff_report *report, size_t diagnosis)
{
    if (says_nothing(&report->diagnoses[diagnosis]))
        return false;
    for (size_t i = 0; i < report->failure_count; i++)
        if (!report->failures[i].follow_on && report->failures[i].first_fault == diagnosis)
            return true;
    return false;
}

static void add_causes(ff_history_diagnosis *to, const ff_report *report, const ff_diagnosis *from, ff_arena *arena)
{
    uint32_t *ranks = ff_arena_array(arena, from->caused_by_count, sizeof *ranks);
    for (uint32_t i = 0; ranks && i < from->caused_by_count; i++)
        if (from->caused_by[i] < report->diagnosis_count && report->diagnoses[from->caused_by[i]].rank)
            ranks[to->caused_by_count++] = report->diagnoses[from->caused_by[i]].rank;
    to->caused_by = ranks;
}

static void add_evidence(ff_history_diagnosis *to, const ff_diagnosis *from, ff_arena *arena)
{
    ff_history_evidence *kept = ff_arena_array(arena, from->evidence_count, sizeof *kept);
    for (uint32_t i = 0; kept && i < from->evidence_count; i++)
        kept[i] = evidence_of(&from->evidence[i], arena);
    to->evidence = kept;
    to->evidence_count = kept ? from->evidence_count : 0;
}

static void fill_diagnosis(ff_history_diagnosis *to, const ff_report *report, size_t index, ff_arena *arena)
{
    const ff_diagnosis *from = &report->diagnoses[index];
    const ff_step *step = step_of(report->run, from->job, from->step);
    *to = (ff_history_diagnosis){.rank = from->rank,
                                 .rule = from->rule ? from->rule->id : (ff_slice){0},
                                 .family = from->rule ? from->rule->family : (ff_slice){0},
                                 .role = ff_slice_of(ff_role_name(from->role)),
                                 .title = from->title,
                                 .verdict = ff_slice_of(ff_verdict_name(from->verdict)),
                                 .standing = ff_slice_of(ff_standing_name(from->standing)),
                                 .summary = from->summary,
                                 .confidence = from->confidence,
                                 .job = job_of(report->run, from->job),
                                 .step_name = step ? step->name : (ff_slice){0},
                                 .step = step && step->number > 0 ? step->number : 0,
                                 .tolerated = from->tolerated,
                                 .origin = is_origin(report, index),
                                 .count = from->count ? from->count : 1,
                                 .fix = fix_of(from, arena),
                                 .command = command_of(from)};
    memcpy(to->fingerprint, from->fingerprint, sizeof to->fingerprint);
    if (to->origin)
        to->json = json_of(report, from, arena);
    add_causes(to, report, from, arena);
    add_evidence(to, from, arena);
}

static void fill_failure(ff_history_failure *to, const ff_report *report, const ff_failure *from)
{
    const ff_step *step = step_of(report->run, from->job, from->step);
    bool explained = from->first_fault < report->diagnosis_count;
    *to = (ff_history_failure){.job = job_of(report->run, from->job),
                               .step_name = step ? step->name : (ff_slice){0},
                               .conclusion = ff_slice_of(ff_conclusion_name(from->conclusion)),
                               .step = step && step->number > 0 ? step->number : 0,
                               .follow_on = from->follow_on,
                               .rank = explained ? report->diagnoses[from->first_fault].rank : 0};
    if (from->place.line) {
        to->file = from->place.file;
        to->line = from->place.line;
    }
}

ff_status ff_record_make(ff_history_result *result, const ff_report *report, ff_arena *arena)
{
    size_t told = report->diagnosis_count - report->refuted_count; /* these come first */
    ff_history_diagnosis *diagnoses = ff_arena_array(arena, told, sizeof *diagnoses);
    ff_history_failure *failures = ff_arena_array(arena, report->failure_count, sizeof *failures);
    if (!diagnoses || !failures)
        return FF_NOMEM;
    for (size_t i = 0; i < told; i++)
        fill_diagnosis(&diagnoses[i], report, i, arena);
    for (size_t i = 0; i < report->failure_count; i++)
        fill_failure(&failures[i], report, &report->failures[i]);
    result->digest = ff_slice_of(report->catalog_digest);
    result->partial = report->partial;
    result->failures = failures;
    result->failure_count = report->failure_count;
    result->diagnoses = diagnoses;
    result->diagnosis_count = told;
    return arena->failed ? FF_NOMEM : FF_OK;
}
