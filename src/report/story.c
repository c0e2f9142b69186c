#include "report/story.h"

#include "base/clock.h"
#include "report/finish.h"
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
    if (diagnosis->role == FF_ROLE_CONSEQUENCE && diagnosis->inferred)
        return FF_PART_LESSON;
    bool lost = diagnosis->role == FF_ROLE_CONSEQUENCE && diagnosis->standing == FF_STANDING_RIVAL;
    if (diagnosis->standing == FF_STANDING_CONSEQUENCE || lost)
        return FF_PART_CONSEQUENCE;
    return diagnosis->standing == FF_STANDING_EXPLAINS ? FF_PART_CHAIN : FF_PART_RIVAL;
}

bool ff_story_is_tolerated(const ff_diagnosis *diagnosis)
{
    return diagnosis->tolerated || diagnosis->standing == FF_STANDING_TOLERATED;
}

bool ff_story_is_stated(const ff_diagnosis *diagnosis)
{
    return !diagnosis->rule && diagnosis->evidence_count && diagnosis->evidence[0].kind == FF_EVIDENCE_API;
}

uint32_t ff_story_tolerated_number(const ff_report *report, const ff_diagnosis *diagnosis)
{
    uint32_t number = 0;
    for (size_t i = 0; i < report->diagnosis_count && &report->diagnoses[i] <= diagnosis; i++)
        number += ff_story_is_tolerated(&report->diagnoses[i]);
    return number;
}

bool ff_story_is_open(const ff_diagnosis *diagnosis)
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
        if (report->diagnoses[i].failure == index && ff_story_is_open(&report->diagnoses[i]))
            return &report->diagnoses[i];
    return NULL;
}

/* The best symptom in the failing step that the diagnosis at index `cause` is known to lead to. */
static const ff_diagnosis *effect_of(const ff_report *report, const ff_failure *failure, size_t cause)
{
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *effect = &report->diagnoses[i];
        if (effect->role != FF_ROLE_SYMPTOM || ff_story_part(effect) != FF_PART_CHAIN || !stands_in(effect, failure))
            continue;
        for (uint32_t k = 0; k < effect->caused_by_count; k++)
            if (effect->caused_by[k] == cause)
                return effect;
    }
    return NULL;
}

/* The end of the chain that starts at the diagnosis at index `at`: what it led to, and what that led to. */
static const ff_diagnosis *last_effect(const ff_report *report, const ff_failure *failure, size_t at)
{
    for (size_t hops = 0; hops < report->diagnosis_count; hops++) { /* rules may name each other as causes */
        const ff_diagnosis *effect = effect_of(report, failure, at);
        if (!effect)
            break;
        at = (size_t)(effect - report->diagnoses);
    }
    return &report->diagnoses[at];
}

/* What the failing step showed: a symptom there, else anything there, best rank first. What lost to something else is
 * not tied to the failure, so it is not what the step showed. */
static const ff_diagnosis *shown_of(const ff_report *report, const ff_failure *failure)
{
    const ff_diagnosis *shown = NULL;
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &report->diagnoses[i];
        if (!diagnosis->rule || ff_story_part(diagnosis) != FF_PART_CHAIN || !stands_in(diagnosis, failure) ||
            diagnosis->inferred)
            continue;
        if (diagnosis->role == FF_ROLE_SYMPTOM)
            return last_effect(report, failure, i);
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
        if (diagnosis->failure == index && diagnosis->role == FF_ROLE_CAUSE && ff_story_is_open(diagnosis))
            return diagnosis;
    }
    return NULL;
}

/* Where no failure is visible: the best of what may be one. */
static const ff_diagnosis *finding_of(const ff_report *report)
{
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if (ff_story_is_open(&report->diagnoses[i]))
            return &report->diagnoses[i];
    return NULL;
}

/* What GitHub states about the end stands above what the log shows, unless the log explains a failure that was none of
 * GitHub's doing. */
static void stop_at(ff_story *story)
{
    const ff_stop *stop = story->failure->stop;
    if (!stop || (!stop->settled && story->first && story->first->verdict >= FF_VERDICT_LIKELY))
        return;
    story->stop = stop;
    if (story->first)
        story->hypothesis = story->first;
    story->first = NULL;
    if (stop->harmless)
        story->hypothesis = NULL;
    if (stop->harmless || story->shown == story->hypothesis ||
        (story->shown && story->shown->role == FF_ROLE_CONSEQUENCE))
        story->shown = NULL;
}

ff_story ff_story_of(const ff_report *report, size_t index)
{
    ff_story story = {.report = report};
    if (index >= report->failure_count) {
        story.finding = finding_of(report);
        return story;
    }
    story.failure = &report->failures[index];
    story.shown = shown_of(report, story.failure);
    const ff_diagnosis *base = base_of(report, index), *effect = NULL;
    const ff_diagnosis *cause = base && base->role == FF_ROLE_CAUSE ? base : best_cause(report, index);
    if (base && base->role == FF_ROLE_SYMPTOM && !base->inferred)
        effect = effect_of(report, story.failure, (size_t)(base - report->diagnoses));
    if (base && !base->rule)
        story.unknown = base;
    else if (cause && (cause->verdict >= FF_VERDICT_LIKELY || (cause == base && !cause->inferred)))
        story.first = cause;
    else if (effect) {
        story.first = base;
        story.shown = effect;
    } else
        story.hypothesis = cause;
    stop_at(&story);
    return story;
}

/* What the story says about why, known or not. */
static const ff_diagnosis *told_by(const ff_story *story)
{
    if (story->first || story->hypothesis)
        return story->first ? story->first : story->hypothesis;
    return story->unknown ? story->unknown : story->shown;
}

bool ff_story_is_like(const ff_story *story, const ff_story *other)
{
    const ff_diagnosis *one = told_by(story), *two = told_by(other);
    if (story->stop || other->stop)
        return story->stop == other->stop && ff_slice_eq(story->failure->stop_words, other->failure->stop_words);
    return one && two && one->fingerprint[0] && strcmp(one->fingerprint, two->fingerprint) == 0;
}

size_t ff_story_count_alike(const ff_story *story)
{
    const ff_report *report = story->report;
    size_t alike = 1;
    if (!story->failure)
        return alike;
    for (size_t i = (size_t)(story->failure - report->failures) + 1; i < report->failure_count; i++) {
        ff_story other = ff_story_of(report, i);
        alike += !report->failures[i].follow_on && ff_story_is_like(story, &other);
    }
    return alike;
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

bool ff_story_repairs(const ff_story *story, const ff_diagnosis *diagnosis)
{
    uint32_t about = diagnosis->failure;
    const ff_stop *stop = about < story->report->failure_count ? story->report->failures[about].stop : NULL;
    if (ff_story_part(diagnosis) != FF_PART_CHAIN || (stop && stop->harmless))
        return false;
    return diagnosis->verdict >= FF_VERDICT_LIKELY || diagnosis == story->first || diagnosis == story->hypothesis ||
           diagnosis == story->finding;
}

static void cite(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    const ff_evidence *primary = ff_story_primary(diagnosis);
    ff_voice_cite(voice, primary ? primary->number : 0);
}

/* True if a capture at the end of a long title met its bound: the line it was taken from goes on in mid-sentence. */
static bool is_cut(const ff_diagnosis *diagnosis)
{
    enum { LONG_TITLE = 120, LAST_WORDS = 24 };
    ff_slice title = diagnosis->title;
    if (title.len < LONG_TITLE)
        return false;
    ff_slice last = ff_slice_from(title, title.len - LAST_WORDS);
    for (uint32_t i = 0; i < diagnosis->evidence_count; i++)
        for (uint32_t k = 0; k < diagnosis->evidence[i].line_count; k++) {
            ff_slice line = diagnosis->evidence[i].lines[k].text;
            size_t at = ff_slice_find(line, last);
            if (at != SIZE_MAX && ff_slice_trim(ff_slice_from(line, at + LAST_WORDS)).len)
                return true;
        }
    return false;
}

/* Without a rule the title ends with a line of the log, which is quoted as one piece. */
static void say_title(const ff_diagnosis *diagnosis, const ff_voice *voice, bool inside_sentence)
{
    enum { QUOTED_BYTES = 160, STATED_BYTES = 280 };
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
    if (quoted.len == 0) {
        ff_voice_say(voice, is_cut(diagnosis) ? "…" : "");
        return;
    }
    ff_voice_say(voice, title.len ? " " : "");
    ff_voice_quote(voice, ff_slice_trim(quoted), ff_story_is_stated(diagnosis) ? STATED_BYTES : QUOTED_BYTES);
}

void ff_story_say_title(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    say_title(diagnosis, voice, false);
}

/* ` (every 5 s, for 95 s)` for a loop whose times are known; nothing otherwise. */
static void say_pace(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    enum { LOOP_FROM = 3 };
    if (!diagnosis->rule || diagnosis->rule->repeat.at_least < 2)
        return;
    static const int64_t WORTH_TELLING = 100 * 1000000; /* less is shown as 0 s */
    int64_t took = ff_clock_between(diagnosis->first_time, diagnosis->last_time);
    if (diagnosis->count < LOOP_FROM || took < WORTH_TELLING)
        return;
    ff_voice_say(voice, " (");
    if (took / (diagnosis->count - 1) >= WORTH_TELLING) {
        ff_voice_say(voice, "every ");
        ff_clock_add_duration(voice->out, took / (diagnosis->count - 1));
        ff_voice_say(voice, ", ");
    }
    ff_voice_say(voice, "for ");
    ff_clock_add_duration(voice->out, took);
    ff_voice_say(voice, ")");
}

/* Whole numbers only: printf's decimal point is the locale's, which belongs to the program around this library. */
void ff_story_say_confidence(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    unsigned percent = (unsigned)(diagnosis->confidence * 100.0 + 0.5);
    ff_buf_printf(voice->out, "%u.%02u", percent / 100, percent % 100);
}

void ff_story_say_verdict(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    ff_buf_printf(voice->out, "%s, ", ff_verdict_name(diagnosis->verdict));
    ff_story_say_confidence(diagnosis, voice);
}

/* What the step showed is worth a sentence of its own unless the first fault says it. */
static bool shows_more(const ff_story *story)
{
    return story->shown && story->shown != story->first;
}

/* ` at 05:14:50 UTC`, if known. */
static void say_time(int64_t time, const ff_voice *voice)
{
    if (time == FF_NO_TIME)
        return;
    ff_voice_say(voice, " at ");
    (void)ff_clock_add_hour(voice->out, time);
}

/* By the line that says that it failed, or by the API. */
static bool has_time(const ff_story *story)
{
    return story->failure->place.line || story->report->run->known;
}

/* Behind verb and time of a headline. */
static void say_because(const ff_story *story, const ff_voice *voice)
{
    enum { NAME_BYTES = 60 };
    ff_voice_say(voice, story->stop->because);
    if (story->stop->names)
        ff_voice_quote(voice, ff_stop_who(story->stop, story->failure->stop_words), NAME_BYTES);
}

void ff_story_say_headline(const ff_story *story, const ff_voice *voice)
{
    const ff_failure *failure = story->failure;
    const ff_run *run = story->report->run;
    if (!failure) {
        ff_finish_say(story, voice);
        return;
    }
    ff_voice_strong(voice);
    ff_place_say_step(voice, run, failure->job, failure->step);
    ff_voice_strong(voice);
    const char *words = story->stop && story->stop->verb ? story->stop->verb : FAILED_WORDS[failure->conclusion];
    ff_voice_say(voice, words ? words : " failed");
    const ff_step *step = ff_place_step(run, failure->job, failure->step);
    if (!words && !shows_more(story) && step && step->signs.exit_code != FF_NO_EXIT_CODE && step->signs.exit_code != 0)
        ff_buf_printf(voice->out, " with exit code %d", (int)step->signs.exit_code);
    if (has_time(story) && !(story->first && story->first->first_time != FF_NO_TIME))
        say_time(failure->place.line ? failure->place.time : failure->at, voice);
    if (story->stop)
        say_because(story, voice);
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

/* What is known of it, for one that no rule knows. */
static void say_unknown(const ff_story *story, const ff_voice *voice)
{
    if (story->failure->conclusion == FF_CONCLUSION_CANCELLED && !ff_story_is_stated(story->unknown))
        ff_voice_say(voice, "not in this log: it does not say by whom or why the step was cancelled");
    else {
        ff_voice_say(voice, "undecided: ");
        say_title(story->unknown, voice, true);
    }
    cite(story->unknown, voice);
}

/* `title (likely, 0.85) at 05:14:50 UTC`. */
static void say_judged(const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    say_title(diagnosis, voice, false);
    ff_voice_say(voice, " (");
    ff_story_say_verdict(diagnosis, voice);
    ff_voice_say(voice, ")");
    say_time(diagnosis->first_time, voice);
}

/* The number of the evidence that holds GitHub's words; 0: none does. */
static uint32_t stated_evidence(const ff_story *story)
{
    const ff_report *report = story->report;
    size_t index = (size_t)(story->failure - report->failures);
    for (size_t i = 0; i < report->diagnosis_count; i++)
        for (uint32_t k = 0; report->diagnoses[i].failure == index && k < report->diagnoses[i].evidence_count; k++) {
            const ff_evidence *evidence = &report->diagnoses[i].evidence[k];
            for (uint32_t n = 0; evidence->kind == FF_EVIDENCE_API && n < evidence->line_count; n++)
                if (ff_slice_eq(evidence->lines[n].text, story->failure->stop_words))
                    return evidence->number;
        }
    return 0;
}

/* `GitHub states: “The run was canceled by @octocat.”`, and what the log showed before. */
static void say_stop(const ff_story *story, const ff_voice *voice)
{
    enum { QUOTED_BYTES = 280 };
    ff_voice_say(voice, "GitHub states: ");
    ff_voice_say(voice, voice->markdown ? "" : "\"");
    ff_voice_quote(voice, story->failure->stop_words, QUOTED_BYTES);
    ff_voice_say(voice, voice->markdown ? "" : "\"");
    const char *gap = ff_slice_ends(story->failure->stop_words, FF_LIT(".")) ? " " : ". ";
    if (story->stop->meaning) {
        ff_buf_printf(voice->out, "%s%s", gap, story->stop->meaning);
        gap = ". ";
    }
    if (story->hypothesis) {
        ff_voice_say(voice, gap);
        ff_voice_say(voice, story->hypothesis->inferred ? "Best hypothesis (" : "Before that it showed (");
        ff_story_say_verdict(story->hypothesis, voice);
        ff_voice_say(voice, "): ");
        say_title(story->hypothesis, voice, false);
        cite(story->hypothesis, voice);
    } else
        ff_voice_cite(voice, stated_evidence(story));
}

void ff_story_say_first_fault(const ff_story *story, const ff_voice *voice)
{
    if (story->stop) {
        say_stop(story, voice);
    } else if (story->first) {
        say_judged(story->first, voice);
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
        say_unknown(story, voice);
    } else if (story->shown) {
        ff_voice_say(voice, "not known: the log shows what failed, not why");
    } else {
        ff_voice_say(voice, "undecided: nothing that was read says why");
    }
}

void ff_story_say_finding(const ff_story *story, const ff_voice *voice)
{
    enum { QUOTED_BYTES = 160 };
    const ff_diagnosis *finding = story->finding;
    const ff_evidence *primary = ff_story_primary(finding);
    if (finding->rule || !primary || primary->line_count == 0) {
        say_judged(finding, voice);
        say_pace(finding, voice);
    } else { /* the title speaks of a failure, and none is visible */
        ff_voice_say(voice, "a line like an error, which no rule knows: ");
        ff_voice_quote(voice, ff_slice_trim(primary->lines[0].text), QUOTED_BYTES);
        say_time(finding->first_time, voice);
    }
    cite(finding, voice);
}

static bool same_line(const ff_evidence *a, const ff_evidence *b)
{
    return a && b && a->place.line == b->place.line && ff_slice_eq(a->place.file, b->place.file);
}

/* Facts that one line shows stand together and cite it once. */
void ff_story_say_half_done(const ff_story *story, const ff_voice *voice)
{
    enum { SHOWN = 4 };
    const ff_report *report = story->report;
    ff_voice_say(voice, "yes: ");
    for (size_t i = 0; i < report->half_done_count && i < SHOWN; i++) {
        const ff_half_done *fact = &report->half_done[i];
        bool last = i + 1 == SHOWN || i + 1 == report->half_done_count;
        bool joined = !last && same_line(fact->evidence, fact[1].evidence);
        ff_voice_prose(voice, fact->title);
        if (!joined)
            ff_voice_cite(voice, fact->evidence ? fact->evidence->number : 0);
        ff_voice_say(voice, last ? "" : joined ? " and " : "; ");
    }
    if (report->half_done_count > SHOWN)
        ff_buf_printf(voice->out, "; %zu more", report->half_done_count - SHOWN);
}

/* The place of an answer, unless its words name it. */
static void say_at(const ff_voice *voice, const ff_check *check)
{
    if (check->at.len == 0 || ff_slice_find(check->text, check->at) != SIZE_MAX)
        return;
    ff_voice_say(voice, " (");
    ff_voice_name(voice, check->at);
    ff_voice_say(voice, ")");
}

/* With two there is room to say that a command exists, and that it was never called. */
static bool say_contradictions(const ff_diagnosis *diagnosis, const ff_voice *voice, uint32_t most)
{
    uint32_t said = 0;
    for (uint32_t i = 0; i < diagnosis->check_count && said < most; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (check->result != FF_CHECK_CONTRADICTS || check->text.len == 0)
            continue;
        ff_voice_say(voice, said++ ? "; and " : "");
        ff_voice_prose(voice, check->text);
        say_at(voice, check);
    }
    return said > 0;
}

bool ff_story_say_against(const ff_diagnosis *diagnosis, const ff_voice *voice, uint32_t most)
{
    if (say_contradictions(diagnosis, voice, most))
        return true;
    const ff_reason *worst = NULL;
    for (uint32_t i = 0; i < diagnosis->reason_count; i++)
        if (diagnosis->reasons[i].weight < 0 && (!worst || diagnosis->reasons[i].weight < worst->weight))
            worst = &diagnosis->reasons[i];
    ff_slice text = worst ? worst->text : diagnosis->summary;
    ff_voice_prose(voice, text);
    return text.len > 0;
}

void ff_story_say_elsewhere(const ff_report *report, const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    if (diagnosis->inferred || !ff_story_is_tolerated(diagnosis))
        return;
    ff_voice_say(voice, ", in ");
    ff_place_say_step(voice, report->run, diagnosis->job, diagnosis->step);
}

void ff_story_say_true(const ff_diagnosis *diagnosis, const ff_voice *voice, bool brief)
{
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        if (check->result != FF_CHECK_SUPPORTS || check->text.len == 0)
            continue;
        ff_voice_say(voice, brief ? ". It is so, though" : ". It is so, though: ");
        ff_voice_prose(voice, brief ? (ff_slice){0} : check->text);
        if (brief && check->at.len) {
            ff_voice_say(voice, " (");
            ff_voice_name(voice, check->at);
            ff_voice_say(voice, ")");
        } else
            say_at(voice, check);
        return;
    }
}

void ff_story_say_tolerance(const ff_report *report, const ff_diagnosis *diagnosis, const ff_voice *voice)
{
    const ff_tolerance *tolerance = &diagnosis->tolerance;
    enum { QUOTED_BYTES = 80 };
    if (!tolerance->construct)
        return;
    ff_voice_say(voice, voice->markdown ? "; passed over by " : "; ");
    if (tolerance->text.len)
        ff_voice_quote(voice, tolerance->text, QUOTED_BYTES);
    else
        ff_voice_prose(voice, ff_slice_of(tolerance->construct));
    if (tolerance->at.len == 0)
        return;
    ff_voice_say(voice, " (");
    ff_place_say_at(voice, report, tolerance->at);
    ff_voice_say(voice, ")");
}

static const ff_next_evidence *next_of(const ff_diagnosis *diagnosis)
{
    return diagnosis && diagnosis->next_evidence_count ? &diagnosis->next_evidence[0] : NULL;
}

const ff_next_evidence *ff_story_decide_with(const ff_story *story)
{
    const ff_next_evidence *next = next_of(story->failure ? story->first : story->finding);
    if (story->stop && story->stop->settled) /* nothing is left to find out, but there may be something to do */
        return next_of(story->unknown);
    if (story->first && story->first->verdict == FF_VERDICT_CONFIRMED)
        return NULL;
    if (!story->failure || story->first)
        return next;
    /* Without a first fault what the step showed may decide between its causes; the better rank asks first. */
    const ff_diagnosis *named[] = {story->hypothesis, story->unknown, story->shown};
    const ff_diagnosis *best = NULL;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (next_of(named[i]) && (!best || named[i] < best))
            best = named[i];
    next = next_of(best);
    return next;
}
