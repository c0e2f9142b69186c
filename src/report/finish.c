#include "report/finish.h"

#include "report/place.h"

/* What went wrong on the way of a run that passed: failures that were passed over, and waiting that ended well. */
static void say_tolerated(const ff_report *report, const ff_voice *voice)
{
    size_t failures = 0, recovered = 0;
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &report->diagnoses[i];
        const ff_step *step = ff_place_step(report->run, diagnosis->job, diagnosis->step);
        bool swallowed = diagnosis->rule && ff_rule_has_tag(diagnosis->rule, "swallowed");
        if (!ff_story_is_tolerated(diagnosis))
            continue;
        if (diagnosis->role == FF_ROLE_SYMPTOM && !swallowed && step && !step->tolerated)
            recovered++;
        else
            failures++;
    }
    if (failures)
        ff_buf_printf(voice->out, "; %zu %s tolerated", failures, failures == 1 ? "failure was" : "failures were");
    if (recovered)
        ff_buf_printf(voice->out, "; %zu %s on the way", recovered,
                      recovered == 1 ? "problem recovered" : "problems recovered");
}

/* True if the run, or every job of a log that is not a whole run, is known to have passed. */
static bool has_passed(const ff_run *run)
{
    bool passed = run->jobs.count > 0;
    for (size_t i = 0; i < run->jobs.count; i++)
        passed = passed && run->jobs.items[i].conclusion == FF_CONCLUSION_SUCCESS;
    return run->conclusion == FF_CONCLUSION_SUCCESS || (run->single_log && passed);
}

/* Of the one job that was asked for: how the API says that it ended. */
static void say_only(const ff_run *run, const ff_voice *voice)
{
    static const char *const words[FF_CONCLUSION_COUNT] = {
        [FF_CONCLUSION_SUCCESS] = " passed",
        [FF_CONCLUSION_SKIPPED] = " was skipped",
        [FF_CONCLUSION_NEUTRAL] = " ended neutral",
    };
    const ff_job *job = ff_run_job(run, run->only);
    ff_voice_say(voice, "The job ");
    ff_place_say_job(voice, run, run->only);
    if (words[job->conclusion])
        ff_voice_say(voice, words[job->conclusion]);
    else
        ff_voice_say(voice, job->unfinished ? " has not finished, and nothing of it failed so far"
                                            : " shows no failure in what was read");
}

/* A run whose end is neither success nor failure. */
static const char *const OTHER_ENDS[FF_CONCLUSION_COUNT] = {
    [FF_CONCLUSION_ACTION_REQUIRED] = "The run waits for approval (action_required)",
    [FF_CONCLUSION_NEUTRAL] = "The run ended neither passed nor failed (neutral)",
    [FF_CONCLUSION_STALE] = "GitHub gave the run up, because it did not finish in time (stale)",
    [FF_CONCLUSION_SKIPPED] = "The run was skipped",
};

/* One that waits for a runner has a start too, by the API, but no step. */
bool ff_finish_is_queued(const ff_run *run)
{
    size_t begun = 0;
    for (size_t i = 0; i < run->jobs.count; i++)
        begun += !run->jobs.items[i].unfinished || run->jobs.items[i].steps.count;
    return run->unfinished && run->jobs.count && begun == 0;
}

static void say_unfinished(const ff_run *run, const ff_voice *voice)
{
    size_t open = 0;
    if (run->waiting) {
        ff_voice_say(voice, "The run waits for an approval, or for another rule that protects an environment");
        return;
    }
    if (ff_finish_is_queued(run)) {
        ff_voice_say(voice, "The run is queued: no job has begun");
        return;
    }
    for (size_t i = 0; i < run->jobs.count; i++)
        open += run->jobs.items[i].unfinished;
    ff_voice_say(voice, "The run has not finished, and nothing that was read of it failed so far");
    if (open)
        ff_buf_printf(voice->out, "; %zu of %zu jobs still %s or %s", open, run->jobs.count, open == 1 ? "runs" : "run",
                      open == 1 ? "waits" : "wait");
}

static bool is_failed(ff_conclusion conclusion)
{
    return ff_conclusion_is_bad(conclusion) && conclusion != FF_CONCLUSION_CANCELLED;
}

uint32_t ff_finish_failed_attempt(const ff_run *run)
{
    uint32_t failed = 0;
    if (!run->known || run->conclusion != FF_CONCLUSION_SUCCESS)
        return 0;
    for (size_t i = 0; i < run->attempts.count; i++) {
        const ff_attempt *other = &run->attempts.items[i];
        if (is_failed(other->conclusion) && other->number < run->attempt && other->number > failed)
            failed = other->number;
    }
    for (size_t i = 0; i < run->jobs.count; i++)
        for (size_t k = 0; k < run->jobs.items[i].others.count; k++) {
            const ff_other_try *other = &run->jobs.items[i].others.items[k];
            if (is_failed(other->conclusion) && other->attempt < run->attempt && other->attempt > failed)
                failed = other->attempt;
        }
    return failed;
}

static void say_passed(const ff_report *report, const ff_voice *voice)
{
    uint32_t failed = ff_finish_failed_attempt(report->run);
    ff_voice_say(voice, report->run->single_log ? "The job passed" : "The run passed");
    if (failed)
        ff_buf_printf(voice->out, " in attempt %u; attempt %u failed", report->run->attempt, failed);
    say_tolerated(report, voice);
}

const ff_note *ff_finish_missing(const ff_report *report)
{
    const ff_notes *notes = &report->run->notes;
    for (size_t i = 0; report->partial && i < notes->count; i++)
        if (notes->items[i].partial && strcmp(notes->items[i].code, "run-unfinished") != 0)
            return &notes->items[i];
    return NULL;
}

void ff_finish_say_repository(const ff_report *report, const ff_voice *voice)
{
    enum { SHORT = 7 };
    bool same = ff_place_is_same_commit(report), known = report->repository_commit.len > 0;
    if (!known) {
        ff_voice_say(voice, report->repository);
        ff_voice_say(voice, " as it is; of which commit its files are is not known");
        return;
    }
    if (!same)
        ff_voice_say(voice, "the files of ");
    ff_voice_say(voice, report->repository);
    ff_voice_say(voice, same ? " at " : " as they are, on top of ");
    ff_voice_name(voice, ff_slice_cut(report->repository_commit, SHORT));
    ff_voice_say(voice, same                        ? ", the commit of the run"
                        : report->run->head_sha.len ? ", which is not the commit of the run"
                                                    : "; the commit of the run is not known");
}

void ff_finish_say(const ff_story *story, const ff_voice *voice)
{
    const ff_report *report = story->report;
    const ff_run *run = report->run;
    ff_voice_strong(voice);
    if (run->only < run->jobs.count)
        say_only(run, voice);
    else if (run->unfinished)
        say_unfinished(run, voice);
    else if (has_passed(run) && !report->partial)
        say_passed(report, voice);
    else if (run->known && OTHER_ENDS[run->conclusion])
        ff_voice_say(voice, OTHER_ENDS[run->conclusion]);
    else if (ff_conclusion_is_bad(run->conclusion))
        ff_voice_say(voice, "The run failed, and nothing that was read says where");
    else if (story->finding)
        ff_voice_say(voice, run->single_log ? "The log does not show how it ended"
                                            : "What was read does not show how the run ended");
    else
        ff_voice_say(voice, run->single_log ? "The log does not show how it ended, and no failure was recognised in it"
                                            : "Nothing that was read shows a failure");
    ff_voice_strong(voice);
}
