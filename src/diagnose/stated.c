#include "diagnose/stated.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "diagnose/evidence.h"
#include "diagnose/pinned.h"
#include "diagnose/timing.h"
#include "source/definition.h"

/* What to do about a log that is not there: `note` is the code that says why it is not, NULL for any other reason. An
 * empty command: nobody has one, and `why` says what to do. */
typedef struct ff_stated_ask {
    const char *note;
    const char *command, *options;
    const char *why;
} ff_stated_ask;

static const ff_stated_ask ASKS[] = {
    {"logs-limited", "", "", "GitHub's rate limit kept the logs away: repeat the same command later"},
    {"logs-expired", "gh run rerun", " --failed",
     "It runs the failed jobs again, and with them comes a log. GitHub allows that for 30 days after the run."},
    {NULL, "gh run view", " --log-failed", "It prints the log of what failed, for an account that may read it."},
};

static const ff_stated_ask NO_JOB = {NULL, "gh run view", "",
                                     "GitHub shows there why no job began; most often the workflow file is not valid."};
static const ff_stated_ask JOBS_UNREAD = {"jobs-unreadable", "gh run view", "",
                                          "It shows which jobs failed, for an account that may read them."};

/* https://docs.github.com/en/actions/managing-workflow-runs: a run can be run again for so long after its first try. */
enum { RERUN_DAYS = 30 };

static bool has_note(const ff_run *run, const char *code)
{
    for (size_t i = 0; i < run->notes.count; i++)
        if (strcmp(run->notes.items[i].code, code) == 0)
            return true;
    return false;
}

/* `step 4 "Run tests"`, `job "test"` or `the run`. */
static void say_what(ff_buf *said, const ff_case *c, const ff_failure *failure, bool typographic)
{
    enum { NAME_BYTES = 160 };
    const char *opening = typographic ? "“" : "\"", *closing = typographic ? "”" : "\"";
    if (failure->job == FF_NO_INDEX) {
        ff_buf_add(said, FF_LIT("the run"));
        return;
    }
    const ff_step *step = failure->step == FF_NO_INDEX ? NULL : ff_run_step(c->run, failure->job, failure->step);
    ff_slice name = ff_utf8_cut(step ? step->name : ff_run_job(c->run, failure->job)->name, NAME_BYTES);
    ff_buf_add(said, step ? FF_LIT("step ") : FF_LIT("job "));
    if (step && step->number)
        ff_buf_printf(said, "%lld ", (long long)step->number);
    ff_buf_printf(said, "%s%.*s%s", opening, FF_ARG(name), closing);
}

/* The API's own word, which the annotation may know better. */
static const char *word_of(const ff_case *c, const ff_failure *failure)
{
    ff_conclusion stated = failure->conclusion;
    if (failure->job == FF_NO_INDEX)
        stated = c->run->conclusion;
    else if (failure->step != FF_NO_INDEX)
        stated = ff_run_step(c->run, failure->job, failure->step)->conclusion;
    else if (ff_run_job(c->run, failure->job)->conclusion_known)
        stated = ff_run_job(c->run, failure->job)->conclusion;
    return ff_conclusion_name(stated);
}

/* `step 4 "Run tests" ended with failure after 1 min 3 s`. */
static ff_slice end_line(ff_case *c, const ff_failure *failure)
{
    ff_buf said;
    ff_buf_init(&said, FF_LIMIT_KEPT_LINE_BYTES);
    say_what(&said, c, failure, false);
    ff_buf_printf(&said, " ended with %s", word_of(c, failure));
    int64_t ran = 0;
    if (failure->job != FF_NO_INDEX)
        ran = failure->step == FF_NO_INDEX ? ff_timing_job(c->run, failure->job)
                                           : ff_timing_step(c->run, failure->job, failure->step);
    if (ran) {
        ff_buf_add(&said, FF_LIT(" after "));
        ff_clock_add_duration(&said, ran);
    } else if (failure->job == FF_NO_INDEX && !has_note(c->run, JOBS_UNREAD.note))
        ff_buf_add(&said, FF_LIT(", and it has no job"));
    ff_slice line = ff_arena_dup(c->run->arena, ff_buf_slice(&said));
    ff_buf_release(&said);
    return line;
}

/* Other steps of its job left text, or its own did and none of it looks like a reason. */
static bool was_read(const ff_run *run, const ff_failure *failure)
{
    const ff_job *job = failure->job == FF_NO_INDEX ? NULL : ff_run_job(run, failure->job);
    for (size_t i = 0; job && i < job->steps.count; i++)
        if (job->steps.items[i].first_line)
            return true;
    return false;
}

/* With what was pinned to the job, else without a word on the reason: nobody stated one. */
static ff_slice title_of(ff_case *c, const ff_failure *failure, ff_slice pinned)
{
    if (failure->stop)
        return ff_arena_printf(c->run->arena, "GitHub states: %.*s", FF_ARG(failure->stop_words));
    bool read = was_read(c->run, failure);
    if (pinned.len)
        return ff_arena_printf(c->run->arena, "%s of the job says: %.*s",
                               read ? "An annotation" : "There is no log of it; an annotation", FF_ARG(pinned));
    ff_buf said;
    ff_buf_init(&said, FF_LIMIT_KEPT_LINE_BYTES);
    bool no_job = failure->job == FF_NO_INDEX && c->run->jobs.count == 0;
    if (no_job && has_note(c->run, JOBS_UNREAD.note))
        ff_buf_add(&said, FF_LIT("The jobs could not be read, so nothing says why "));
    else if (read)
        ff_buf_add(&said, FF_LIT("Nothing that was read of its log says why "));
    else
        ff_buf_add(&said, no_job ? FF_LIT("No job began, so no log says why ") : FF_LIT("No log says why "));
    say_what(&said, c, failure, true);
    ff_buf_printf(&said, " ended with %s", word_of(c, failure));
    ff_slice title = ff_arena_dup(c->run->arena, ff_buf_slice(&said));
    ff_buf_release(&said);
    return title;
}

static ff_status add_evidence(ff_case *c, const ff_failure *failure, ff_diagnosis *d)
{
    ff_slice lines[FF_LIMIT_EVIDENCE_LINES];
    uint32_t count = 0;
    size_t at = 0;
    const ff_annotation *annotation = NULL;
    if (failure->stop)
        lines[count++] = failure->stop_words;
    while (count + 1 < FF_LIMIT_EVIDENCE_LINES && failure->job != FF_NO_INDEX &&
           (annotation = ff_pinned_next(c->run, failure->job, &at)))
        if (!failure->stop || !ff_slice_eq(ff_annotation_words(annotation), failure->stop_words))
            lines[count++] = ff_annotation_words(annotation);
    d->title = title_of(c, failure, count ? lines[0] : (ff_slice){0});
    lines[count++] = end_line(c, failure);
    return ff_evidence_add_stated(c, d, lines, count);
}

/* By the note's own words: the list of jobs can be missing for other reasons. */
static bool is_limited(const ff_run *run)
{
    for (size_t i = 0; i < run->notes.count; i++)
        if (strcmp(run->notes.items[i].code, JOBS_UNREAD.note) == 0 &&
            ff_slice_find(run->notes.items[i].text, FF_LIT("rate limit")) != SIZE_MAX)
            return true;
    return false;
}

/* What ended last did so after the run's first try had begun, so this never says too much. */
static bool is_too_old(const ff_run *run)
{
    static const int64_t LONGEST = RERUN_DAYS * (int64_t)24 * 3600 * 1000000000;
    int64_t last = FF_NO_TIME;
    for (size_t i = 0; i < run->jobs.count; i++) {
        const ff_job *job = &run->jobs.items[i];
        int64_t at = job->completed_at != FF_NO_TIME ? job->completed_at : job->started_at;
        last = at > last ? at : last; /* an unknown time is less than any other */
    }
    return ff_clock_between(last, run->now) > LONGEST;
}

/* No step at all: it was never begun, and never had a log. */
static bool never_ran(const ff_run *run, const ff_failure *failure)
{
    return failure->job != FF_NO_INDEX && ff_run_job(run, failure->job)->known &&
           ff_run_job(run, failure->job)->steps.count == 0;
}

/* NULL: nothing that could be asked would say more. */
static const ff_stated_ask *ask_of(const ff_run *run, const ff_failure *failure)
{
    const ff_stated_ask *ask = ASKS;
    /* A runner that went away took its log along: nothing was kept from us. */
    bool lost = failure->stop && failure->conclusion != FF_CONCLUSION_TIMED_OUT && !run->notes.partial;
    if (lost || (failure->stop && failure->stop->settled))
        return NULL;
    if (is_limited(run))
        return ASKS;
    if (failure->job == FF_NO_INDEX && has_note(run, JOBS_UNREAD.note))
        return &JOBS_UNREAD;
    if (failure->job == FF_NO_INDEX)
        return run->conclusion == FF_CONCLUSION_CANCELLED ? NULL : &NO_JOB;
    while (ask->note && !has_note(run, ask->note))
        ask++;
    return ask->note || !never_ran(run, failure) ? ask : NULL;
}

/* Where no command helps: what to do instead. The empty slice: a command does. */
static ff_slice instead_of(const ff_case *c, const ff_stated_ask *ask)
{
    const ff_run *run = c->run;
    if (!*ask->command)
        return ff_slice_of(ask->why);
    if (!ask->note || strcmp(ask->note, "logs-expired") != 0 || !is_too_old(run))
        return (ff_slice){0};
    return ff_arena_printf(run->arena,
                           "too old to run again (more than %d days): only a new run, such as by a push to "
                           "its branch, will have a log",
                           RERUN_DAYS);
}

/* `HOST/` for gh where it is not github.com. False if the host has another form than a name and a port. */
static bool host_prefix(const ff_run *run, ff_slice *host)
{
    *host = ff_slice_eq(run->host, FF_LIT("github.com")) ? (ff_slice){0} : run->host;
    for (size_t i = 0; i < host->len; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:", host->ptr[i]) || !host->ptr[i])
            return false;
    return host->len == 0 || host->ptr[0] != '-';
}

/* Words alone, where no command helps. */
static ff_status add_todo(ff_case *c, ff_diagnosis *d, ff_slice todo)
{
    ff_next_evidence *next = ff_arena_alloc(c->run->arena, sizeof *next);
    if (!next)
        return FF_NOMEM;
    *next = (ff_next_evidence){.why = todo};
    d->next_evidence = next;
    d->next_evidence_count = 1;
    return FF_OK;
}

/* Built from numbers and from a repository and a host of the right form only: people paste it into a shell. */
static ff_status add_ask(ff_case *c, const ff_failure *failure, ff_diagnosis *d)
{
    const ff_run *run = c->run;
    ff_slice host;
    if (failure->stop && failure->stop->todo)
        return add_todo(c, d, ff_slice_of(failure->stop->todo));
    const ff_stated_ask *ask = ask_of(run, failure);
    if (!ask || run->id == 0 || !ff_definition_is_repository(run->repository) || run->repository.ptr[0] == '-' ||
        !host_prefix(run, &host))
        return FF_OK;
    ff_slice instead = instead_of(c, ask);
    if (instead.len)
        return add_todo(c, d, instead);
    ff_next_evidence *next = ff_arena_alloc(run->arena, sizeof *next);
    if (!next)
        return FF_NOMEM;
    next->command = ff_arena_printf(run->arena, "%s %llu%s -R %.*s%s%.*s", ask->command, (unsigned long long)run->id,
                                    ask->options, FF_ARG(host), host.len ? "/" : "", FF_ARG(run->repository));
    next->why = ff_slice_of(ask->why);
    d->next_evidence = next;
    d->next_evidence_count = 1;
    return FF_OK;
}

ff_status ff_stated_add(ff_case *c, uint32_t index)
{
    const ff_failure *failure = &c->failures.items[index];
    if (!c->run->known || !word_of(c, failure))
        return FF_OK;
    ff_diagnosis *d = ff_case_add(c);
    if (!d)
        return c->run->arena->failed ? FF_NOMEM : FF_OK;
    d->failure = index;
    d->job = failure->job;
    d->step = failure->step;
    d->role = FF_ROLE_SYMPTOM;
    d->standing = FF_STANDING_EXPLAINS;
    d->first_time = d->last_time = failure->at;
    bool no_log =
        never_ran(c->run, failure) || failure->job == FF_NO_INDEX || (failure->stop && failure->stop->settled);
    d->summary = ff_slice_of(no_log ? "What stands here is what GitHub's API states."
                                    : "What stands here is what GitHub's API states; why it happened would stand in "
                                      "a log.");
    ff_status status = add_evidence(c, failure, d);
    return status == FF_OK ? add_ask(c, failure, d) : status;
}
