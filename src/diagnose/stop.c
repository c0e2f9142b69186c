#include "diagnose/stop.h"

const ff_slice ff_stop_job_limit = FF_TEXT("exceeded the maximum execution time of ");
const ff_slice ff_stop_step_limit = FF_TEXT("has timed out after ");

static const char NO_STEP[] = "No step of it ran";
static const char SEE_BILLING[] =
    "an owner of the account looks at its billing settings; nothing in the code needs repair";
static const char SEE_RUNNERS[] = "check that a runner with all labels of the job's runs-on is online and free";

/* GitHub's words as seen on runs; where two fit, the upper one says more. */
static const ff_stop STOPS[] = {
    {.code = "superseded",
     .phrase = FF_TEXT("higher priority waiting request"),
     .because = ": a newer run took its place",
     .meaning = "A newer run took its place: nothing needs repair",
     .cancels = true,
     .settled = true,
     .harmless = true},
    {.code = "annotation",
     .phrase = FF_TEXT("deadlock for concurrency group"),
     .because = ": its concurrency group would wait for itself",
     .todo = "give the calling and the called workflow concurrency groups of different names",
     .cancels = true,
     .settled = true},
    {.code = "cancelled-by",
     .phrase = FF_TEXT("was canceled by "),
     .because = " by ",
     .names = true,
     .cancels = true,
     .settled = true},
    {.code = "fail-fast",
     .phrase = FF_TEXT("was canceled because "),
     .because = ": another job failed",
     .cancels = true,
     .settled = true},
    {.code = "annotation",
     .phrase = FF_TEXT("payments have failed"),
     .beside = FF_TEXT("not started"),
     .verb = " did not start",
     .because = ": billing",
     .meaning = NO_STEP,
     .todo = SEE_BILLING,
     .settled = true},
    {.code = "annotation",
     .phrase = FF_TEXT("billing"),
     .beside = FF_TEXT("not started"),
     .verb = " did not start",
     .because = ": billing",
     .meaning = NO_STEP,
     .todo = SEE_BILLING,
     .settled = true},
    {.code = "annotation",
     .phrase = FF_TEXT("The job was not started because"),
     .verb = " did not start",
     .because = "",
     .meaning = NO_STEP,
     .settled = true},
    {.code = "annotation",
     .phrase = FF_TEXT("was not acquired by Runner"),
     .verb = " did not start",
     .because = ": no runner took it",
     .meaning = NO_STEP,
     .todo = SEE_RUNNERS,
     .settled = true},
    {.code = "annotation",
     .phrase = FF_TEXT("automatically failed because there were no enabled runners online"),
     .verb = " did not start",
     .because = ": no runner was online",
     .meaning = NO_STEP,
     .todo = SEE_RUNNERS,
     .settled = true},
    {.code = "annotation",
     .phrase = FF_TEXT("lost communication with the server"),
     .beside = FF_TEXT("runner"),
     .because = ": its runner lost contact",
     .todo = "run the failed jobs again; if it happens again, watch memory and disk of the runner while the step runs"},
    {.code = "annotation",
     .phrase = FF_TEXT("The runner has received a shutdown signal"),
     .because = ": its runner was shut down",
     .todo = "run the failed jobs again; if it happens again, ask whoever runs the runners what shuts them down"},
};

/* The conclusion says it already; GitHub's words name the limit. */
static const ff_stop LIMIT = {.code = "time-limit",
                              .because = "",
                              .todo =
                                  "compare the times of the steps with those of a run that passed: one that is much "
                                  "longer hangs"};

static bool fits(const ff_stop *stop, ff_slice message)
{
    return ff_slice_find(message, stop->phrase) != SIZE_MAX &&
           (stop->beside.len == 0 || ff_slice_find(message, stop->beside) != SIZE_MAX);
}

bool ff_stop_is_limit(ff_slice words)
{
    return ff_slice_find(words, ff_stop_job_limit) != SIZE_MAX || ff_slice_find(words, ff_stop_step_limit) != SIZE_MAX;
}

const ff_stop *ff_stop_of(ff_slice message)
{
    for (size_t i = 0; i < sizeof STOPS / sizeof *STOPS; i++)
        if (fits(&STOPS[i], message))
            return &STOPS[i];
    return NULL;
}

/* A step can print such words as an error of its own, and they are pinned to the job as well. But no step decides that
 * its job ends as cancelled. */
static bool counts(const ff_stop *stop, const ff_annotation *annotation, ff_conclusion conclusion)
{
    return stop->cancels ? conclusion == FF_CONCLUSION_CANCELLED : !annotation->in_log;
}

const ff_stop *ff_stop_find(const ff_run *run, uint32_t job, ff_conclusion conclusion, ff_slice *words)
{
    const ff_stop *best = NULL;
    for (size_t i = 0; i < run->annotations.count; i++) {
        const ff_annotation *annotation = &run->annotations.items[i];
        if (annotation->job != job)
            continue;
        bool over = conclusion == FF_CONCLUSION_TIMED_OUT && ff_stop_is_limit(annotation->message);
        const ff_stop *stop = over ? &LIMIT : ff_stop_of(annotation->message);
        if (!stop || (!over && !counts(stop, annotation, conclusion)))
            continue;
        if (over || !best || (best != &LIMIT && stop < best)) {
            best = stop;
            *words = ff_annotation_words(annotation);
        }
    }
    return best;
}

ff_slice ff_stop_who(const ff_stop *stop, ff_slice words)
{
    size_t at = ff_slice_find(words, stop->phrase);
    ff_slice who = at == SIZE_MAX ? (ff_slice){0} : ff_slice_trim(ff_slice_from(words, at + stop->phrase.len));
    return ff_slice_ends(who, FF_LIT(".")) ? ff_slice_cut(who, who.len - 1) : who;
}
