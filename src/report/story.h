/* What a report has to tell about one failure, and the sentences that Markdown and text share.
 *
 *     ff_story story = ff_story_of(report, 0);
 *     ff_story_say_headline(&story, &voice);       `job` › `step` failed
 *     ff_story_say_first_fault(&story, &voice);    not in this log. Best hypothesis (possible, 0.38): …
 *     const ff_next_evidence *decide = ff_story_decide_with(&story);
 *
 * A story picks from the report and judges nothing: ranks, verdicts and standings are the diagnosis' own.
 */
#ifndef FF_REPORT_STORY_H
#define FF_REPORT_STORY_H

#include "diagnose/diagnosis.h"
#include "report/voice.h"

/* All pointers borrow from the report; NULL where there is no such thing. */
typedef struct ff_story {
    const ff_report *report;
    const ff_failure *failure;      /* NULL: nothing failed */
    const ff_diagnosis *shown;      /* what the failing step itself showed */
    const ff_diagnosis *first;      /* the first fault, if the log holds it */
    const ff_diagnosis *hypothesis; /* the best guess, if it does not */
    const ff_diagnosis *unknown;    /* what stands there when no rule knows the failure */
    const ff_stop *stop;         /* why GitHub ended or never began it: then `first` is none, and `hypothesis` what the
                                    step showed before, if that matters */
    const ff_diagnosis *finding; /* the best of what was found where no failure is visible */
} ff_story;

/* The parts of a report; each diagnosis belongs to one. */
typedef enum ff_part {
    FF_PART_CHAIN, /* explains a failure */
    FF_PART_RIVAL,
    FF_PART_LESSON, /* no hypothesis: what the failing step should do better next time */
    FF_PART_TOLERATED,
    FF_PART_CONSEQUENCE,
    FF_PART_REFUTED,
} ff_part;

/* The part of a report that a diagnosis belongs to. */
ff_part ff_story_part(const ff_diagnosis *diagnosis);

/* True for what explains a failure or could. */
bool ff_story_is_open(const ff_diagnosis *diagnosis);

/* True for what happened and was passed over, refuted as a cause or not: it has a number T1, T2 … */
bool ff_story_is_tolerated(const ff_diagnosis *diagnosis);

/* True for one made from what GitHub's API states, because there was no log. */
bool ff_story_is_stated(const ff_diagnosis *diagnosis);

/* The number of a tolerated diagnosis among those of the report, from 1. */
uint32_t ff_story_tolerated_number(const ff_report *report, const ff_diagnosis *diagnosis);

/* The story of the failure at `index`, which may be past the last when nothing failed. */
ff_story ff_story_of(const ff_report *report, size_t index);

/* How many origins from this failure on tell of the same fault, itself included. */
size_t ff_story_count_alike(const ff_story *story);

/* True if both tell of the same fault, by its fingerprint or by GitHub's words: what differs is only where. */
bool ff_story_is_like(const ff_story *story, const ff_story *other);

/* How many failures do not follow from another one. */
size_t ff_story_origins(const ff_report *report);

/* `job › step failed`, with the time unless the first fault has one; how the run ended when no failure is visible. */
void ff_story_say_headline(const ff_story *story, const ff_voice *voice);

/* What the failing step showed. False, and nothing said, if the first fault says it already or nothing is known. */
bool ff_story_say_shown(const ff_story *story, const ff_voice *voice);

/* The first fault with its verdict and time, or the best hypothesis, or that there is none. */
void ff_story_say_first_fault(const ff_story *story, const ff_voice *voice);

/* The best finding with its verdict and time; only if story->finding. */
void ff_story_say_finding(const ff_story *story, const ff_voice *voice);

/* What the failing jobs had begun and did not finish; only if report->half_done_count. */
void ff_story_say_half_done(const ff_story *story, const ff_voice *voice);

/* True if its advice may be given as a repair: it explains a failure and is likely, or the story names it as first
 * fault, best hypothesis or best finding. */
bool ff_story_repairs(const ff_story *story, const ff_diagnosis *diagnosis);

/* The title of a diagnosis; a line of the log in it is quoted as one piece, and one cut by a bound ends with `…`. */
void ff_story_say_title(const ff_diagnosis *diagnosis, const ff_voice *voice);

/* Says the confidence as `0.38`, whatever the locale. */
void ff_story_say_confidence(const ff_diagnosis *diagnosis, const ff_voice *voice);

/* `possible, 0.38`. */
void ff_story_say_verdict(const ff_diagnosis *diagnosis, const ff_voice *voice);

/* What contradicts a diagnosis, `most` checks of it; without any the best reason against it, else its summary. False,
 * and nothing said, if there is neither. */
bool ff_story_say_against(const ff_diagnosis *diagnosis, const ff_voice *voice, uint32_t most);

/* `, in `job` › `step``, of one that was printed in a step that did not fail. Nothing of others. */
void ff_story_say_elsewhere(const ff_report *report, const ff_diagnosis *diagnosis, const ff_voice *voice);

/* What is true of a refuted diagnosis although it is not the cause, as `. It is so, though: …`; brief, only where.
 * Nothing if nothing is known to be. */
void ff_story_say_true(const ff_diagnosis *diagnosis, const ff_voice *voice, bool brief);

/* `; passed over by `|| true` (`deploy.yml:12`)`, of a tolerated diagnosis. Nothing where that is not known. */
void ff_story_say_tolerance(const ff_report *report, const ff_diagnosis *diagnosis, const ff_voice *voice);

/* The one command that would decide, of what the story names; without a command its `why` says what to do instead. NULL
 * if the first fault is confirmed or nobody knows one. */
const ff_next_evidence *ff_story_decide_with(const ff_story *story);

/* The evidence marked primary, else the first; NULL if there is none at all. */
const ff_evidence *ff_story_primary(const ff_diagnosis *diagnosis);

#endif
