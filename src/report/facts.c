#include "report/facts.h"

#include "base/clock.h"
#include "report/finish.h"
#include "report/identity.h"
#include "report/place.h"

/* How a job or step ended, for a reader. */
static const char *const RESULT_WORDS[FF_CONCLUSION_COUNT] = {
    [FF_CONCLUSION_UNKNOWN] = "not known",
    [FF_CONCLUSION_SUCCESS] = "passed",
    [FF_CONCLUSION_FAILURE] = "**failed**",
    [FF_CONCLUSION_CANCELLED] = "cancelled",
    [FF_CONCLUSION_TIMED_OUT] = "**ran out of time**",
    [FF_CONCLUSION_SKIPPED] = "skipped",
    [FF_CONCLUSION_STARTUP_FAILURE] = "**did not start**",
    [FF_CONCLUSION_NEUTRAL] = "neutral",
    [FF_CONCLUSION_ACTION_REQUIRED] = "waits for an action",
    [FF_CONCLUSION_STALE] = "stale",
};

/* Jobs that a reader need not tell apart: nothing was found in them. Rows for these fold, the others do not. */
enum {
    SHARED_NAMES = 4,
    JOB_ROWS = 30,
    FAILURE_ROWS = 20,
    CONSEQUENCE_ROWS = 10,
    FULL_NAME_BYTES = 400,
    SHORT_HASH = 7
};

/* One fact of the run, behind what joins it to the fact before. */
static void say_fact(const ff_page *page, const char **gap, const char *before, ff_slice text)
{
    if (text.len == 0)
        return;
    ff_voice_say(&page->cell, *gap);
    ff_voice_say(&page->cell, before);
    ff_voice_name(&page->cell, text);
    *gap = ", ";
}

static void write_run_row(const ff_page *page)
{
    const ff_run *run = page->report->run;
    ff_buf url;
    ff_buf_init(&url, page->out->max);
    bool linked = ff_place_add_attempt_url(&url, run);
    const char *gap = "";
    ff_voice_say(&page->cell, "| Run | ");
    if (run->id) {
        ff_buf_printf(page->out, linked ? "[`%llu`](" : "`%llu`", (unsigned long long)run->id);
        ff_buf_add(page->out, ff_buf_slice(&url));
        ff_voice_say(&page->cell, linked ? ")" : "");
        gap = ", ";
    }
    if (run->attempt) {
        ff_buf_printf(page->out, "%sattempt %u", gap, run->attempt);
        if (run->latest_attempt)
            ff_buf_printf(page->out, " of %u", run->latest_attempt);
        gap = ", ";
    }
    if (run->event.len || run->head_branch.len) {
        ff_voice_say(&page->cell, gap);
        (void)ff_identity_say_event(&page->cell, run);
        gap = ", ";
    }
    say_fact(page, &gap, "commit ", ff_slice_cut(run->head_sha, SHORT_HASH));
    ff_voice_say(&page->cell, " |\n");
    ff_buf_inherit(page->out, &url);
    ff_buf_release(&url);
}

/* When its jobs ran, by the API: from the first start to the last end. */
static void write_time_row(const ff_page *page)
{
    const ff_run *run = page->report->run;
    int64_t first = FF_NO_TIME, last = FF_NO_TIME;
    for (size_t i = 0; i < run->jobs.count && run->known; i++) {
        const ff_job *job = &run->jobs.items[i];
        if (job->started_at != FF_NO_TIME && (first == FF_NO_TIME || job->started_at < first))
            first = job->started_at;
        if (job->completed_at > last) /* an unknown time is less than any other */
            last = job->completed_at;
    }
    /* Of a job that waits the API calls the time when it was asked for its start. */
    if (first == FF_NO_TIME || ff_finish_is_queued(run))
        return;
    /* Jobs that another attempt had done are listed with the times of that one. */
    bool whole = run->attempt <= 1;
    int64_t ran = ff_clock_between(first, last);
    ff_voice_say(&page->cell, whole ? "| Started | " : "| Jobs | first started ");
    (void)ff_clock_add_minute(page->out, first);
    if (run->unfinished)
        ff_voice_say(&page->cell, ", still runs");
    else if (ran) {
        ff_voice_say(&page->cell, whole ? ", ran " : ", last ended ");
        ff_clock_add_duration(page->out, ran);
        ff_voice_say(&page->cell, whole ? "" : " after that");
    }
    ff_voice_say(&page->cell, " |\n");
}

static void write_green_row(const ff_page *page)
{
    if (page->report->run->last_green.id == 0)
        return;
    ff_voice_say(&page->cell, "| Last green | ");
    ff_identity_say_green(&page->cell, page->report->run);
    ff_voice_say(&page->cell, " |\n");
}

/* The one place for a name that is cut everywhere else. */
static void write_full_name(const ff_voice *cell, const ff_run *run, const ff_failure *failure)
{
    const ff_step *step = ff_place_step(run, failure->job, failure->step);
    if (!step || !ff_place_is_cut(step->name))
        return;
    ff_voice_say(cell, ", ");
    ff_voice_quote(cell, step->name, FULL_NAME_BYTES);
}

/* Where it failed, and which jobs did not run because of it. */
static void write_failed_row(const ff_page *page)
{
    const ff_run *run = page->report->run;
    const ff_voice *cell = &page->cell;
    const char *gap = "| Failed | ";
    size_t origins = 0;
    bool only_follow_ons = ff_story_origins(page->report) == 0;
    for (size_t i = 0; i < page->report->failure_count; i++) {
        const ff_failure *failure = &page->report->failures[i];
        if ((failure->follow_on && !only_follow_ons) || ++origins > SHARED_NAMES)
            continue;
        ff_voice_say(cell, gap);
        const ff_job *job = ff_place_job(run, failure->job);
        if (job && job->name.len)
            ff_place_say_job(cell, run, failure->job);
        else
            ff_place_say_step(cell, run, failure->job, failure->step);
        ff_place_say_number(cell, run, failure->job, failure->step);
        write_full_name(cell, run, failure);
        gap = "; ";
    }
    if (origins > SHARED_NAMES)
        ff_buf_printf(page->out, " and %zu more", origins - SHARED_NAMES);
    size_t skipped = 0;
    for (uint32_t i = 0; i < run->jobs.count; i++) {
        if (run->jobs.items[i].conclusion != FF_CONCLUSION_SKIPPED || ++skipped > SHARED_NAMES)
            continue;
        ff_voice_say(cell, skipped == 1 ? gap : ", ");
        ff_place_say_job(cell, run, i);
    }
    if (skipped > SHARED_NAMES)
        ff_buf_printf(page->out, " and %zu more", skipped - SHARED_NAMES);
    ff_voice_say(cell, skipped ? " did not run |\n" : " |\n");
}

void ff_facts_write_run(const ff_page *page)
{
    const ff_run *run = page->report->run;
    bool has_run = run->id || run->attempt || run->event.len || run->head_branch.len || run->head_sha.len;
    ff_slice workflow = run->workflow_path.len ? run->workflow_path : run->workflow;
    if (!has_run && !workflow.len && !page->stories[0].failure)
        return;
    ff_page_table(page, NULL, "| | |");
    if (has_run)
        write_run_row(page);
    if (has_run)
        write_time_row(page);
    if (workflow.len) {
        const char *gap = "";
        ff_voice_say(&page->cell, "| Workflow | ");
        say_fact(page, &gap, "", run->workflow);
        say_fact(page, &gap, "", run->workflow_path);
        ff_voice_say(&page->cell, " |\n");
    }
    if (page->stories[0].failure)
        write_failed_row(page);
    write_green_row(page);
    if (page->report->repository) {
        ff_voice_say(&page->cell, "| Checked against | ");
        ff_finish_say_repository(page->report, &page->cell);
        ff_voice_say(&page->cell, " |\n");
    }
    ff_voice_say(&page->text, "\n");
}

/* A job's row in the making: the next job in time order is looked up, not sorted, because there are few. */
static bool runs_before(const ff_run *run, uint32_t a, uint32_t b)
{
    int64_t left = run->jobs.items[a].started_at, right = run->jobs.items[b].started_at;
    if (left == right)
        return a < b;
    if (left == FF_NO_TIME || right == FF_NO_TIME)
        return right == FF_NO_TIME;
    return left < right;
}

static uint32_t next_job(const ff_run *run, uint32_t last)
{
    uint32_t next = FF_NO_INDEX;
    for (uint32_t i = 0; i < run->jobs.count; i++)
        if ((last == FF_NO_INDEX || runs_before(run, last, i)) && (next == FF_NO_INDEX || runs_before(run, i, next)))
            next = i;
    return next;
}

static size_t tolerated_in(const ff_report *report, uint32_t job)
{
    size_t tolerated = 0;
    for (size_t i = 0; i < report->diagnosis_count; i++)
        tolerated += report->diagnoses[i].job == job && ff_story_is_tolerated(&report->diagnoses[i]);
    return tolerated;
}

static const ff_failure *failure_in(const ff_report *report, uint32_t job)
{
    for (size_t i = 0; i < report->failure_count; i++)
        if (report->failures[i].job == job)
            return &report->failures[i];
    return NULL;
}

/* A job that a reader has to look at: it gets a row of its own. */
static bool is_eventful(const ff_report *report, uint32_t job)
{
    return failure_in(report, job) || tolerated_in(report, job);
}

static void say_tolerated(const ff_page *page, uint32_t job, const char *gap)
{
    enum { NUMBERS = 6 };
    size_t count = tolerated_in(page->report, job), said = 0;
    if (count == 0)
        return;
    ff_buf_printf(page->out, "%s%zu tolerated (", gap, count);
    for (size_t i = 0; i < page->report->diagnosis_count && said < NUMBERS; i++) {
        const ff_diagnosis *diagnosis = &page->report->diagnoses[i];
        if (diagnosis->job == job && ff_story_is_tolerated(diagnosis))
            ff_buf_printf(page->out, "%sT%u", said++ ? ", " : "", ff_story_tolerated_number(page->report, diagnosis));
    }
    ff_voice_say(&page->cell, count > NUMBERS ? " …)" : ")");
}

/* What met its time limit often ends as cancelled by the API; one that still runs has no conclusion. */
static const char *result_of(const ff_page *page, uint32_t job)
{
    const ff_job *of = &page->report->run->jobs.items[job];
    const ff_failure *failure = failure_in(page->report, job);
    if (of->unfinished)
        return failure ? "**failed**, still runs" : of->steps.count ? "still runs" : "waits";
    if (failure && failure->stop && failure->stop->verb)
        return RESULT_WORDS[FF_CONCLUSION_STARTUP_FAILURE];
    return RESULT_WORDS[failure && failure->conclusion == FF_CONCLUSION_TIMED_OUT ? FF_CONCLUSION_TIMED_OUT
                                                                                  : of->conclusion];
}

static void write_eventful(const ff_page *page, uint32_t job)
{
    const ff_run *run = page->report->run;
    const ff_failure *failure = failure_in(page->report, job);
    ff_voice_say(&page->cell, "| ");
    ff_place_say_job(&page->cell, run, job);
    ff_buf_printf(page->out, " | %s", result_of(page, job));
    if (failure)
        ff_place_say_number(&page->cell, run, job, failure->step);
    ff_voice_say(&page->cell, " | ");
    const char *gap = "";
    const ff_step *step = failure ? ff_place_step(run, job, failure->step) : NULL;
    if (step && step->name.len) {
        ff_place_say_name(&page->cell, step->name);
        gap = "; ";
    }
    if (failure && failure->follow_on) {
        ff_buf_printf(page->out, "%sfollows from another failure", gap);
        gap = "; ";
    }
    say_tolerated(page, job, gap);
    ff_voice_say(&page->cell, " |\n");
}

/* All uneventful jobs of one result in one row, written where the first of them ran. */
static void write_shared(const ff_page *page, uint32_t first)
{
    const ff_run *run = page->report->run;
    ff_conclusion conclusion = run->jobs.items[first].conclusion;
    size_t shared = 0;
    ff_voice_say(&page->cell, "| ");
    for (uint32_t job = first; job != FF_NO_INDEX; job = next_job(run, job)) {
        if (run->jobs.items[job].conclusion != conclusion || is_eventful(page->report, job))
            continue;
        if (++shared > SHARED_NAMES)
            continue;
        ff_voice_say(&page->cell, shared > 1 ? ", " : "");
        ff_place_say_job(&page->cell, run, job);
    }
    if (shared > SHARED_NAMES)
        ff_buf_printf(page->out, " and %zu more", shared - SHARED_NAMES);
    bool not_read = run->only < run->jobs.count && ff_conclusion_is_bad(conclusion);
    ff_buf_printf(page->out, " | %s | %s|\n", result_of(page, first), not_read ? "not read " : "");
}

void ff_facts_write_jobs(const ff_page *page)
{
    const ff_run *run = page->report->run;
    if (run->jobs.count < 2)
        return;
    bool written[FF_CONCLUSION_COUNT] = {false};
    size_t rows = 0;
    ff_page_table(page, "## What happened", "| job | result | worth knowing |");
    for (uint32_t job = next_job(run, FF_NO_INDEX); job != FF_NO_INDEX; job = next_job(run, job)) {
        bool eventful = is_eventful(page->report, job);
        ff_conclusion conclusion = run->jobs.items[job].conclusion;
        if ((!eventful && written[conclusion]) || ++rows > JOB_ROWS)
            continue;
        if (eventful)
            write_eventful(page, job);
        else
            write_shared(page, job);
        written[conclusion] = written[conclusion] || !eventful;
    }
    ff_page_end_table(page, rows, JOB_ROWS, 3);
}

void ff_facts_write_failures(const ff_page *page)
{
    if (page->story_count < 2)
        return;
    size_t told = 0;
    bool showed = false;
    for (size_t i = 0; i < page->story_count; i++) {
        told += page->alike[i];
        showed = showed || (page->stories[i].shown && page->stories[i].shown != page->stories[i].first);
    }
    ff_page_table(page, "## Failures", showed ? "| failed | showed | first fault |" : "| failed | first fault |");
    for (size_t i = 0; i < page->story_count; i++) {
        const ff_story *story = &page->stories[i];
        ff_voice_say(&page->cell, "| ");
        ff_place_say_step(&page->cell, page->report->run, story->failure->job, story->failure->step);
        if (page->alike[i] > 1)
            ff_buf_printf(page->out, " and %zu more", page->alike[i] - 1);
        ff_voice_say(&page->cell, showed ? " | " : "");
        if (story->shown && story->shown != story->first)
            ff_story_say_title(story->shown, &page->cell);
        ff_voice_say(&page->cell, " | ");
        ff_story_say_first_fault(story, &page->cell);
        ff_voice_say(&page->cell, " |\n");
    }
    size_t left = ff_story_origins(page->report) - told;
    ff_page_end_table(page, page->story_count + left, page->story_count, showed ? 3 : 2);
}

/* True if a failure that follows from another one stands at the same step, and so is listed already. */
static bool is_follow_on(const ff_report *report, const ff_diagnosis *diagnosis)
{
    for (size_t i = 0; i < report->failure_count; i++)
        if (report->failures[i].follow_on && report->failures[i].job == diagnosis->job &&
            report->failures[i].step == diagnosis->step)
            return true;
    return false;
}

void ff_facts_write_consequences(const ff_page *page)
{
    const ff_report *report = page->report;
    const ff_voice *text = &page->text;
    size_t rows = 0;
    for (size_t i = 0; i < report->failure_count; i++) {
        const ff_failure *failure = &report->failures[i];
        if (!failure->follow_on || ++rows > CONSEQUENCE_ROWS)
            continue;
        ff_voice_say(text, rows == 1 ? "## Consequences\n- " : "- ");
        ff_place_say_step(text, report->run, failure->job, failure->step);
        if (failure->follows < report->failure_count) {
            ff_voice_say(text, " follows from ");
            ff_place_say_step(text, report->run, report->failures[failure->follows].job,
                              report->failures[failure->follows].step);
            /* A step that only collects results may follow from any of them. */
            if (failure->conclusion == FF_CONCLUSION_FAILURE && ff_story_origins(report) > 1 &&
                failure->job != report->failures[failure->follows].job)
                ff_voice_say(text, ", or another of the failures above");
        }
        ff_voice_say(text, "\n");
    }
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &report->diagnoses[i];
        if (ff_story_part(diagnosis) != FF_PART_CONSEQUENCE || is_follow_on(report, diagnosis) ||
            ++rows > CONSEQUENCE_ROWS)
            continue;
        ff_voice_say(text, rows == 1 ? "## Consequences\n- " : "- ");
        ff_place_say_step(text, report->run, diagnosis->job, diagnosis->step);
        ff_voice_say(text, ": ");
        ff_story_say_title(diagnosis, text);
        ff_voice_say(text, "\n");
    }
    if (rows > CONSEQUENCE_ROWS)
        ff_buf_printf(page->out, "- %zu more, in the JSON report\n", rows - CONSEQUENCE_ROWS);
    ff_voice_say(text, rows ? "\n" : "");
}
