#include "diagnose/outcome.h"

/* Words in the names of steps that usually run `if: always()` or `if: failure()`: that one of them ran after a failed
 * step says nothing about whether the failure was tolerated. Lower case, compared without case. */
static const ff_slice AFTERMATH_WORDS[] = {
    FF_TEXT("artifact"), FF_TEXT("upload"),  FF_TEXT("report"),   FF_TEXT("summary"),      FF_TEXT("codecov"),
    FF_TEXT("coverage"), FF_TEXT("cache"),   FF_TEXT("notify"),   FF_TEXT("slack"),        FF_TEXT("comment"),
    FF_TEXT("clean"),    FF_TEXT("stop"),    FF_TEXT("down"),     FF_TEXT("logs"),         FF_TEXT("log"),
    FF_TEXT("dump"),     FF_TEXT("collect"), FF_TEXT("delete"),   FF_TEXT("rollback"),     FF_TEXT("remove"),
    FF_TEXT("always"),   FF_TEXT("fail"),    FF_TEXT("teardown"), FF_TEXT("publish test"), FF_TEXT("diagnos"),
    FF_TEXT("debug"),    FF_TEXT("shut"),    FF_TEXT("sarif"),
};

static bool holds_word(ff_slice text)
{
    for (size_t i = 0; i < sizeof AFTERMATH_WORDS / sizeof *AFTERMATH_WORDS; i++)
        if (ff_slice_find_nocase(text, AFTERMATH_WORDS[i]) != SIZE_MAX)
            return true;
    return false;
}

/* A step without a name has its command's: `Run npm test -- --coverage` tests, and neither its options nor what it
 * quotes say anything. */
static bool is_aftermath(ff_slice name)
{
    if (!ff_slice_starts(name, FF_LIT("Run ")))
        return holds_word(name);
    size_t options = ff_slice_find(name, FF_LIT(" -")), quote = 0;
    while (quote < name.len && name.ptr[quote] != '"' && name.ptr[quote] != '\'')
        quote++;
    return holds_word(ff_slice_cut(name, options < quote ? options : quote));
}

static ff_conclusion shown(const ff_step_signs *signs)
{
    if (signs->timed_out)
        return FF_CONCLUSION_TIMED_OUT;
    if (signs->cancelled)
        return FF_CONCLUSION_CANCELLED;
    if (signs->failed || signs->lost)
        return FF_CONCLUSION_FAILURE;
    return signs->passed || signs->exit_code == 0 ? FF_CONCLUSION_SUCCESS : FF_CONCLUSION_UNKNOWN;
}

/* What stands behind a step in its job, of the workflow's own steps. A log can have thousands of them: it is gathered
 * in one pass from the end. */
typedef struct ff_behind {
    int64_t number; /* of the next one; 0: none, or not known */
    bool gap;       /* a number is missing among them, up to the next one that failed */
    bool ordinary;  /* one of them is no aftermath */
    bool failure;   /* one of them failed */
} ff_behind;

static bool leaves_gap(int64_t number, int64_t next)
{
    return number && next && next != number + 1;
}

static void put_behind(ff_behind *behind, const ff_step *step)
{
    if (step->phase != FF_STEP_MAIN)
        return;
    if (step->conclusion_known && step->conclusion == FF_CONCLUSION_SKIPPED) {
        behind->number = step->number; /* it left no gap, and did not run */
        return;
    }
    bool failed = ff_conclusion_is_bad(shown(&step->signs));
    /* What a failed step skipped behind it says nothing about the steps before it: that it ran at all does. */
    behind->gap = !failed && (behind->gap || leaves_gap(step->number, behind->number));
    behind->number = step->number;
    behind->ordinary = behind->ordinary || !is_aftermath(step->name);
    behind->failure = behind->failure || failed;
}

/* True if the job went on behind the step as if it had succeeded. */
static bool went_on(const ff_behind *behind, const ff_step *step)
{
    return behind->ordinary && !behind->gap && !leaves_gap(step->number, behind->number);
}

/* A step that nothing says anything about passed if others stand behind it; not one without a log in a job of which
 * the API knows more, and not where the end is still to come. */
static bool may_have_passed(const ff_job *job, const ff_step *step)
{
    return !step->conclusion_known && !job->unfinished && !(job->known && step->first_line == 0);
}

/* Of a step whose conclusion a source states. With `continue-on-error` the API states success for a step that failed,
 * and the log has its exit; a failed step of a job that passed did no harm either. */
static bool was_tolerated(const ff_job *job, const ff_step *step)
{
    if (step->conclusion == FF_CONCLUSION_SUCCESS)
        return (step->signs.exit_code != 0 && step->signs.exit_code != FF_NO_EXIT_CODE) || step->signs.timed_out;
    return step->conclusion == FF_CONCLUSION_FAILURE && job->conclusion_known &&
           job->conclusion == FF_CONCLUSION_SUCCESS;
}

/* Of a step that failed, by its signs. `may_stand`: in one job's text a failing exit makes the job a failed one, so its
 * last failing step is not tolerated. */
static void weigh_failed(const ff_job *job, ff_step *step, const ff_behind *behind, bool may_stand)
{
    if (job->conclusion_known)
        step->tolerated = job->conclusion == FF_CONCLUSION_SUCCESS;
    else if (may_stand)
        step->doubtful = went_on(behind, step);
    else
        step->tolerated = went_on(behind, step);
}

static void infer_steps(const ff_run *run, ff_job *job)
{
    ff_behind behind = {0};
    for (size_t i = job->steps.count; i-- > 0;) {
        ff_step *step = &job->steps.items[i];
        if (!step->conclusion_known)
            step->conclusion = shown(&step->signs);
        if (step->conclusion_known)
            step->tolerated = was_tolerated(job, step);
        else if (step->conclusion == FF_CONCLUSION_FAILURE)
            weigh_failed(job, step, &behind, run->single_log && !behind.failure);
        else if (step->conclusion == FF_CONCLUSION_UNKNOWN && i + 1 < job->steps.count && may_have_passed(job, step))
            step->conclusion = FF_CONCLUSION_SUCCESS;
        put_behind(&behind, step);
    }
}

static bool is_complete(const ff_job *job)
{
    for (size_t i = 0; i < job->steps.count; i++)
        if (job->steps.items[i].phase == FF_STEP_COMPLETE || job->steps.items[i].phase == FF_STEP_POST)
            return true;
    return false;
}

/* How a job ended that still runs is not guessed; nor, of one that the API knows, that it passed. */
static void infer_job(ff_job *job)
{
    if (job->conclusion_known || job->unfinished)
        return;
    for (size_t i = 0; i < job->steps.count && job->conclusion == FF_CONCLUSION_UNKNOWN; i++) {
        const ff_step *step = &job->steps.items[i];
        if (ff_conclusion_is_bad(step->conclusion) && !step->tolerated && step->phase != FF_STEP_POST)
            job->conclusion = step->conclusion;
    }
    if (job->known)
        return;
    ff_step *last = job->steps.count ? &job->steps.items[job->steps.count - 1] : NULL;
    if (job->conclusion == FF_CONCLUSION_UNKNOWN &&
        (is_complete(job) || (last && last->conclusion == FF_CONCLUSION_SUCCESS)))
        job->conclusion = FF_CONCLUSION_SUCCESS;
    if (job->conclusion == FF_CONCLUSION_SUCCESS && last && last->conclusion == FF_CONCLUSION_UNKNOWN)
        last->conclusion = FF_CONCLUSION_SUCCESS;
}

/* Jobs whose log shows no end stay unknown, and so does the run then. */
static ff_conclusion worst(const ff_run *run)
{
    static const ff_conclusion order[] = {FF_CONCLUSION_FAILURE,   FF_CONCLUSION_STARTUP_FAILURE,
                                          FF_CONCLUSION_TIMED_OUT, FF_CONCLUSION_CANCELLED,
                                          FF_CONCLUSION_UNKNOWN,   FF_CONCLUSION_SUCCESS};
    for (size_t o = 0; o < sizeof order / sizeof *order; o++)
        for (size_t i = 0; i < run->jobs.count; i++)
            if (run->jobs.items[i].conclusion == order[o])
                return order[o];
    return FF_CONCLUSION_UNKNOWN;
}

void ff_outcome_infer(ff_run *run)
{
    for (size_t i = 0; i < run->jobs.count; i++) {
        infer_steps(run, &run->jobs.items[i]);
        infer_job(&run->jobs.items[i]);
    }
    if (!run->conclusion_known && !run->known && !run->single_log)
        run->conclusion = worst(run);
}

bool ff_outcome_went_wrong(const ff_step *step)
{
    return step->tolerated || ff_conclusion_is_bad(step->conclusion);
}

/* The last step of the workflow itself that has text, or FF_NO_INDEX. */
static uint32_t last_main_step(const ff_job *job)
{
    uint32_t at = FF_NO_INDEX;
    for (uint32_t i = 0; i < job->steps.count; i++)
        if (job->steps.items[i].phase == FF_STEP_MAIN)
            at = i;
    return at;
}

void ff_outcome_doubt(ff_run *run, const ff_suspects *suspects)
{
    for (uint32_t i = 0; i < run->jobs.count && run->single_log; i++) {
        ff_job *job = ff_run_job(run, i);
        uint32_t last = last_main_step(job);
        const ff_step_traces *traces = last == FF_NO_INDEX ? NULL : ff_suspects_of(suspects, i, last);
        if (!traces || job->conclusion != FF_CONCLUSION_SUCCESS || job->conclusion_known ||
            traces->best_weight < FF_SUSPECT_DOUBT || job->steps.items[last].signs.passed)
            continue;
        if (traces->suspects[traces->best].sequence >= traces->tail[0].sequence)
            job->conclusion = job->steps.items[last].conclusion = FF_CONCLUSION_UNKNOWN;
    }
}
