#include "report/story.h"

#include "report/clock.h"
#include "report/place.h"

/* What became of a failed step, by its conclusion. */
static const char *const FAILED_WORDS[FF_CONCLUSION_COUNT] = {
    [FF_CONCLUSION_CANCELLED] = " was cancelled",
    [FF_CONCLUSION_TIMED_OUT] = " ran out of time",
    [FF_CONCLUSION_STARTUP_FAILURE] = " did not start",
};

ff_part ff_story_part(const ff_diagnosis *diagnosis)
{
    if (diagnosis->verdict == FF_VERDICT_REFUTED)
        return FF_PART_REFUTED;
    if (ff_story_is_tolerated(diagnosis))
        return FF_PART_TOLERATED;
    if (diagnosis->standing == FF_STANDING_CONSEQUENCE)
        return FF_PART_CONSEQUENCE;
    return diagnosis->standing == FF_STANDING_EXPLAINS ? FF_PART_CHAIN : FF_PART_RIVAL;
}

bool ff_story_is_tolerated(const ff_diagnosis *diagnosis)
{
    return diagnosis->tolerated || diagnosis->standing == FF_STANDING_TOLERATED;
}

uint32_t ff_story_tolerated_number(const ff_report *report, const ff_diagnosis *diagnosis)
{
    uint32_t number = 0;
    for (size_t i = 0; i < report->diagnosis_count && &report->diagnoses[i] <= diagnosis; i++)
        number += ff_story_is_tolerated(&report->diagnoses[i]);
    return number;
}

static bool is_open(const ff_diagnosis *diagnosis)
{
    ff_part part = ff_story_part(diagnosis);
    return part == FF_PART_CHAIN || part == FF_PART_RIVAL;
}

static bool stands_in(const ff_diagnosis *diagnosis, const ff_failure *failure)
{
    return diagnosis->job == failure->job && diagnosis->step == failure->step;
}

/* What the diagnosis put first; without it, the best of what is about this failure. */
static const ff_diagnosis *base_of(const ff_report *report, size_t index)
{
    uint32_t first = report->failures[index].first_fault;
    if (first < report->diagnosis_count)
        return &report->diagnoses[first];
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if (report->diagnoses[i].failure == index && is_open(&report->diagnoses[i]))
            return &report->diagnoses[i];
    return NULL;
}

/* What the failing step showed: a symptom there, else anything there, best rank first. */
static const ff_diagnosis *shown_of(const ff_report *report, const ff_failure *failure)
{
    const ff_diagnosis *shown = NULL;
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &report->diagnoses[i];
        if (!diagnosis->rule || !is_open(diagnosis) || !stands_in(diagnosis, failure) || diagnosis->inferred)
            continue;
        if (diagnosis->role == FF_ROLE_SYMPTOM)
            return diagnosis;
        if (!shown)
            shown = diagnosis;
    }
    return shown;
}

/* Diagnoses stand in order of rank, so the first one is the best. */
static const ff_diagnosis *best_cause(const ff_report *report, size_t index)
{
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &report->diagnoses[i];
        if (diagnosis->failure == index && diagnosis->role == FF_ROLE_CAUSE && is_open(diagnosis))
            return diagnosis;
    }
    return NULL;
}

ff_story ff_story_of(const ff_report *report, size_t index)
{
    ff_story story = {.report = report};
    if (index >= report->failure_count)
        return story;
    story.failure = &report->failures[index];
    story.shown = shown_of(report, story.failure);
    const ff_diagnosis *base = base_of(report, index);
    const ff_diagnosis *cause = base && base->role == FF_ROLE_CAUSE ? base : best_cause(report, index);
    if (base && !base->rule)
        story.unknown = base;
    else if (cause && (cause->verdict >= FF_VERDICT_LIKELY || (cause == base && !cause->inferred)))
        story.first = cause;
    else
        story.hypothesis = cause;
    return story;
}

size_t ff_story_origins(const ff_report *report)
{
    size_t origins = 0;
    for (size_t i = 0; i < report->failure_count; i++)
        origins += !report->failures[i].follow_on;
    return origins;
}

const ff_evidence *ff_story_primary(const ff_diagnosis *diagnosis)
{
    for (uint32_t i = 0; i < diagnosis->evidence_count; i++)
        if (diagnosis->evidence[i].primary)
            return &diagnosis->evidence[i];
    return diagnosis->evidence_count ? &diagnosis->evidence[0] : NULL;
}

static void cite(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    const ff_evidence *primary = ff_story_primary(diagnosis);
    ff_voice_cite(voice, primary ? primary->number : 0);
}

/* Without a rule the title ends with a line of the log, which is quoted as one piece. */
static void say_title(const ff_diagnosis *diagnosis, const ff_voice *voice, bool inside_sentence)
{
    enum { QUOTED_BYTES = 160 };
    ff_slice title = diagnosis->title, quoted = {0};
    const ff_evidence *primary = ff_story_primary(diagnosis);
    if (!diagnosis->rule && primary && primary->line_count && ff_slice_ends(title, primary->lines[0].text)) {
        quoted = primary->lines[0].text;
        title.len -= quoted.len;
    }
    title = ff_slice_trim(title);
    if (inside_sentence && title.len && title.ptr[0] >= 'A' && title.ptr[0] <= 'Z') {
        const char small[] = {(char)(title.ptr[0] - 'A' + 'a'), '\0'};
        ff_voice_say(voice, small);
        title = ff_slice_from(title, 1);
    }
    ff_voice_prose(voice, title);
    if (quoted.len == 0)
        return;
    ff_voice_say(voice, title.len ? " " : "");
    ff_voice_quote(voice, ff_slice_trim(quoted), QUOTED_BYTES);
}

void ff_story_say_title(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    say_title(diagnosis, voice, false);
}

/* ` (every 5.0 s, 95 s)` for a loop whose times are known; nothing otherwise. */
static void say_pace(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    enum { LOOP_FROM = 3 };
    if (!diagnosis->rule || diagnosis->rule->repeat.at_least < 2)
        return;
    int64_t took = ff_clock_between(diagnosis->first_time, diagnosis->last_time);
    if (diagnosis->count < LOOP_FROM || took == 0)
        return;
    ff_voice_say(voice, " (every ");
    ff_clock_add_duration(voice->out, took / (diagnosis->count - 1));
    ff_voice_say(voice, ", ");
    ff_clock_add_duration(voice->out, took);
    ff_voice_say(voice, ")");
}

void ff_story_say_verdict(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    ff_buf_printf(voice->out, "%s, %.2f", ff_verdict_name(diagnosis->verdict), diagnosis->confidence);
}

static void say_no_failure(const ff_report *report, const ff_voice *voice)
{
    const ff_run *run = report->run;
    ff_voice_strong(voice);
    if (run->conclusion == FF_CONCLUSION_SUCCESS && !report->partial)
        ff_voice_say(voice, run->single_log ? "Nothing failed in this log" : "Nothing failed in this run");
    else if (ff_conclusion_is_bad(run->conclusion))
        ff_voice_say(voice, "The run failed, and nothing that was read says where");
    else
        ff_voice_say(voice, "Nothing that was read says that anything failed");
    ff_voice_strong(voice);
}

/* What the step showed is worth a sentence of its own unless the first fault says it. */
static bool shows_more(const ff_story *story)
{
    return story->shown && story->shown != story->first;
}

void ff_story_say_headline(const ff_story *story, const ff_voice *voice)
{
    const ff_failure *failure = story->failure;
    const ff_run *run = story->report->run;
    if (!failure) {
        say_no_failure(story->report, voice);
        return;
    }
    ff_voice_strong(voice);
    ff_place_say_step(voice, run, failure->job, failure->step);
    ff_voice_strong(voice);
    const char *words = FAILED_WORDS[failure->conclusion];
    ff_voice_say(voice, words ? words : " failed");
    const ff_step *step = ff_place_step(run, failure->job, failure->step);
    if (!words && !shows_more(story) && step && step->signs.exit_code != FF_NO_EXIT_CODE && step->signs.exit_code != 0)
        ff_buf_printf(voice->out, " with exit code %d", (int)step->signs.exit_code);
}

bool ff_story_say_shown(const ff_story *story, const ff_voice *voice)
{
    if (!shows_more(story))
        return false;
    ff_voice_strong(voice);
    say_title(story->shown, voice, false);
    ff_voice_strong(voice);
    say_pace(story->shown, voice);
    cite(story->shown, voice);
    return true;
}

/* Names the place of a first fault that lies outside the failing step. */
static void say_elsewhere(const ff_story *story, const ff_voice *voice)
{
    if (stands_in(story->first, story->failure))
        return;
    ff_voice_say(voice, ", in ");
    ff_place_say_step(voice, story->report->run, story->first->job, story->first->step);
}

void ff_story_say_first_fault(const ff_story *story, const ff_voice *voice)
{
    if (story->first) {
        say_title(story->first, voice, false);
        ff_voice_say(voice, " (");
        ff_story_say_verdict(story->first, voice);
        ff_voice_say(voice, ")");
        say_elsewhere(story, voice);
        say_pace(story->first, voice);
        cite(story->first, voice);
    } else if (story->hypothesis) {
        ff_voice_say(voice, story->hypothesis->inferred ? "not in this log" : "undecided");
        ff_voice_say(voice, ". Best hypothesis (");
        ff_story_say_verdict(story->hypothesis, voice);
        ff_voice_say(voice, "): ");
        say_title(story->hypothesis, voice, false);
        cite(story->hypothesis, voice);
    } else if (story->unknown) {
        ff_voice_say(voice, "undecided: ");
        say_title(story->unknown, voice, true);
        cite(story->unknown, voice);
    } else if (story->shown) {
        ff_voice_say(voice, "not in this log. What failed is known, why is not");
    } else {
        ff_voice_say(voice, "undecided: nothing that was read says why");
    }
}

void ff_story_say_half_done(const ff_story *story, const ff_voice *voice)
{
    enum { SHOWN = 4 };
    const ff_report *report = story->report;
    ff_voice_say(voice, "yes: ");
    for (size_t i = 0; i < report->half_done_count && i < SHOWN; i++) {
        ff_voice_say(voice, i ? "; " : "");
        ff_voice_prose(voice, report->half_done[i].title);
        ff_voice_cite(voice, report->half_done[i].evidence ? report->half_done[i].evidence->number : 0);
    }
    if (report->half_done_count > SHOWN)
        ff_buf_printf(voice->out, "; %zu more", report->half_done_count - SHOWN);
}

bool ff_story_say_against(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (check->result != FF_CHECK_CONTRADICTS || check->text.len == 0)
            continue;
        ff_voice_prose(voice, check->text);
        if (check->at.len) {
            ff_voice_say(voice, " ");
            ff_voice_name(voice, check->at);
        }
        return true;
    }
    const ff_reason *worst = NULL;
    for (uint32_t i = 0; i < diagnosis->reason_count; i++)
        if (diagnosis->reasons[i].weight < 0 && (!worst || diagnosis->reasons[i].weight < worst->weight))
            worst = &diagnosis->reasons[i];
    ff_slice text = worst ? worst->text : diagnosis->summary;
    ff_voice_prose(voice, text);
    return text.len > 0;
}

static const ff_next_evidence *next_of(const ff_diagnosis *diagnosis)
{
    return diagnosis && diagnosis->next_evidence_count ? &diagnosis->next_evidence[0] : NULL;
}

const ff_next_evidence *ff_story_decide_with(const ff_story *story)
{
    const ff_report *report = story->report;
    const ff_next_evidence *next = next_of(story->first);
    if (story->first && story->first->verdict == FF_VERDICT_CONFIRMED)
        return NULL;
    if (story->first && story->first->verdict == FF_VERDICT_LIKELY)
        return next;
    size_t index = story->failure ? (size_t)(story->failure - report->failures) : 0;
    for (size_t i = 0; !next && i < report->diagnosis_count; i++)
        if (report->diagnoses[i].failure == index && is_open(&report->diagnoses[i]))
            next = next_of(&report->diagnoses[i]);
    return next;
}
