#include "diagnose/analysis.h"

#include "base/keep.h"
#include "diagnose/course.h"
#include "diagnose/opening.h"
#include "diagnose/pinned.h"
#include "diagnose/repository.h"
#include "log/log.h"
#include "match/scan.h"

#include <stdlib.h>

struct ff_analysis {
    ff_arena arena;
    ff_run run;
    ff_case work;
    ff_findings findings;
    ff_suspects *suspects;
    ff_scripts *scripts;
    ff_report report;
    bool marked; /* a line had a time stamp or a marker, as a job's log has */
    bool done;
    ff_watch_fn watch; /* NULL: nobody watches */
    void *watcher;
};

ff_status ff_analysis_new(ff_analysis **analysis)
{
    ff_analysis *made = calloc(1, sizeof *made);
    *analysis = made;
    if (!made)
        return FF_NOMEM;
    ff_arena_init(&made->arena, 0);
    ff_run_init(&made->run, &made->arena);
    return FF_OK;
}

void ff_analysis_free(ff_analysis *analysis)
{
    if (!analysis)
        return;
    ff_suspects_free(analysis->suspects);
    ff_scripts_free(analysis->scripts);
    ff_arena_release(&analysis->arena);
    free(analysis);
}

/* Lines through the matcher and the suspects; a source that breaks in the middle has still said something. */
static ff_status read_lines(ff_analysis *a, ff_log *log, ff_scan *scan, ff_error *error)
{
    uint64_t sequence = 0;
    ff_pinned pinned;
    ff_line line;
    ff_error broken = {0};
    ff_status status;
    ff_pinned_init(&pinned);
    while ((status = ff_log_next(log, &line, &broken)) == FF_OK) {
        sequence++;
        ff_pinned_line(&pinned, &a->run, &line);
        a->marked = a->marked || line.stamped || line.kind != FF_LINE_OUTPUT;
        status = ff_scan_line(scan, &line);
        if (status == FF_OK)
            status = ff_suspects_line(a->suspects, &line, sequence);
        if (status == FF_OK)
            status = ff_scripts_line(a->scripts, &line, sequence);
        if (status != FF_OK)
            return ff_error_set(error, status, "Not enough memory to read on.");
    }
    /* Of a run that the API knows there is something to say without a line too. */
    if (status != FF_END && sequence == 0 && !a->run.known)
        return ff_error_set(error, status, "%s", broken.text);
    if (status != FF_END)
        ff_notes_add(&a->run.notes, true, "read-broken", "Reading stopped early: %s", broken.text);
    if (sequence == 0 && !a->run.known)
        return ff_error_set(error, FF_INVALID, "There is no line of log in it.");
    return ff_suspects_finish(a->suspects);
}

/* A text without any mark of a job's log, without an end that says how it went and without a finding may be anything:
 * saying that nothing failed in it would be an empty success. */
static void doubt_text(ff_analysis *a, ff_slice target)
{
    const ff_run *run = &a->run;
    bool ended = false;
    for (size_t i = 0; i < run->jobs.count; i++)
        ended = ended || run->jobs.items[i].conclusion != FF_CONCLUSION_UNKNOWN;
    if (run->single_log && !a->marked && !ended && a->work.diagnoses.count == 0) {
        enum { NAME_BYTES = 200 };
        ff_slice name = ff_text_keep(&a->arena, target, NAME_BYTES, &a->run.redactions);
        ff_notes_add(
            &a->run.notes, true, "no-log",
            "Nothing marks \"%.*s\" as a job's log: no time stamps, no groups, no line that tells how it ended.",
            FF_ARG(name));
    }
}

static void fill_report(ff_analysis *a, const ff_catalog *catalog, ff_slice target)
{
    enum { TARGET_BYTES = 4096 };
    doubt_text(a, target);
    ff_report *report = &a->report;
    report->target = ff_text_keep(&a->arena, target, TARGET_BYTES, &a->run.redactions);
    report->catalog_digest = ff_catalog_digest(catalog);
    (void)ff_catalog_rules(catalog, &report->catalog_rules);
    report->partial = a->run.notes.partial;
}

/* Reads everything that `source` has. */
static ff_status read_source(ff_analysis *a, ff_source *source, const ff_matcher *matcher, ff_error *error)
{
    ff_log *log = NULL;
    ff_scan *scan = NULL;
    ff_status status = ff_suspects_new(&a->suspects, &a->run);
    if (status == FF_OK)
        status = ff_scripts_new(&a->scripts, &a->run);
    if (status == FF_OK)
        status = ff_log_open(&log, source, &a->run, error);
    if (status == FF_OK)
        status = ff_scan_new(&scan, matcher, &a->run, error);
    if (status == FF_OK && a->watch)
        ff_scan_watch(scan, a->watch, a->watcher);
    if (status == FF_OK)
        status = read_lines(a, log, scan, error);
    if (status == FF_OK)
        status = ff_scan_finish(scan, &a->findings, error);
    ff_scan_free(scan);
    ff_log_close(log);
    return status;
}

/* In a run that passed nothing is explained, so nothing is asked. */
static bool has_questions(const ff_analysis *a)
{
    if (a->run.conclusion == FF_CONCLUSION_SUCCESS)
        return false;
    for (size_t i = 0; i < a->findings.count; i++)
        if (a->findings.items[i].rule->verify_count)
            return true;
    return false;
}

static ff_status diagnose(ff_analysis *a, const ff_repository_ask *ask, uint32_t excerpt_lines, ff_error *error)
{
    ff_repository repository = {0};
    ff_status status = ff_repository_open(&repository, &a->run, ask, error);
    a->work = (ff_case){.run = &a->run,
                        .findings = &a->findings,
                        .suspects = a->suspects,
                        .scripts = a->scripts,
                        .repo = repository.repo};
    if (status == FF_OK)
        status = ff_course_run(&a->work, excerpt_lines, &a->report);
    if (status == FF_OK) {
        ff_repository_note(&repository, &a->run);
        a->report.repository = repository.what;
        if (repository.repo->tree)
            a->report.repository_commit = ff_arena_dup(&a->arena, repository.tree->commit);
        a->report.repository_why_not = ff_arena_dup(&a->arena, repository.repo->why_not);
    }
    a->work.repo = NULL;
    ff_repository_close(&repository);
    return status;
}

static ff_status keep(ff_source *source, const ff_analysis_options *options, ff_error *error)
{
    const ff_online *online = options->online;
    if (online->stopped && online->stopped(online->self)) /* what is missing is only not asked for */
        return ff_error_set(error, FF_IO, "interrupted");
    return ff_source_keep(source, error);
}

static ff_status begin(ff_analysis *analysis, ff_error *error)
{
    if (analysis->done)
        return ff_error_set(error, FF_INVALID, "An analysis triages one target only.");
    analysis->done = true;
    return FF_OK;
}

/* All of a triage but opening the source. */
static ff_status analyse(ff_analysis *a, ff_source *source, const ff_matcher *matcher,
                         const ff_analysis_options *options, ff_error *error)
{
    uint32_t excerpt_lines = options && options->excerpt_lines ? options->excerpt_lines : FF_EXCERPT_LINES_DEFAULT;
    ff_status status = read_source(a, source, matcher, error);
    if (status != FF_OK)
        return status;
    ff_repository_ask ask = {.wanted = has_questions(a), .left_out = !options};
    if (options) {
        ask.checkout = options->checkout;
        ask.github = ff_source_github(source);
    }
    return diagnose(a, &ask, excerpt_lines, error);
}

ff_status ff_analysis_triage(ff_analysis *analysis, const ff_catalog *catalog, const char *target,
                             const ff_analysis_options *options, ff_error *error)
{
    static const ff_analysis_options defaults = {0};
    const ff_analysis_options *chosen = options ? options : &defaults;
    if (begin(analysis, error) != FF_OK)
        return FF_INVALID;
    if (chosen->now > 0 && chosen->now <= INT64_MAX / 1000000000)
        analysis->run.now = chosen->now * 1000000000;
    ff_matcher *matcher = NULL;
    ff_source *source = NULL;
    ff_status status = FF_OK;
    /* First: what is refused costs nothing more. */
    status = ff_opening_find(&source, &analysis->run, target, chosen, error);
    if (status == FF_OK)
        status = ff_matcher_new(&matcher, catalog, error);
    if (status == FF_OK)
        status = analyse(analysis, source, matcher, chosen, error);
    if (status == FF_OK && chosen->keep)
        status = keep(source, chosen, error);
    if (status == FF_OK)
        fill_report(analysis, catalog, ff_slice_of(target));
    if (status != FF_OK)
        (void)ff_error_set(error, status, "%s", ff_status_name(status));
    ff_source_close(source);
    ff_matcher_free(matcher);
    return status;
}

ff_run *ff_analysis_run(ff_analysis *analysis)
{
    return &analysis->run;
}

ff_status ff_analysis_read(ff_analysis *analysis, const ff_catalog *catalog, const ff_matcher *matcher,
                           ff_source *source, ff_error *error)
{
    if (begin(analysis, error) != FF_OK)
        return FF_INVALID;
    ff_status status = analyse(analysis, source, matcher, NULL, error);
    if (status == FF_OK)
        fill_report(analysis, catalog, analysis->run.url);
    else
        (void)ff_error_set(error, status, "%s", ff_status_name(status));
    return status;
}

void ff_analysis_watch(ff_analysis *analysis, ff_watch_fn watch, void *self)
{
    analysis->watch = watch;
    analysis->watcher = self;
    analysis->run.any_text = true;
}

const ff_findings *ff_analysis_findings(const ff_analysis *analysis)
{
    return &analysis->findings;
}

const ff_report *ff_analysis_report(const ff_analysis *analysis)
{
    return analysis->report.run ? &analysis->report : NULL;
}

bool ff_analysis_is_partial(const ff_analysis *analysis)
{
    return analysis->run.notes.partial;
}

const char *ff_analysis_missing(const ff_analysis *analysis)
{
    const ff_notes *notes = &analysis->run.notes;
    for (size_t i = 0; i < notes->count; i++)
        if (notes->items[i].partial)
            return notes->items[i].text.ptr;
    return NULL;
}

const char *ff_analysis_verdict(const ff_analysis *analysis)
{
    ff_verdict best = FF_VERDICT_REFUTED;
    for (size_t i = 0; i < analysis->report.diagnosis_count; i++)
        if (analysis->report.diagnoses[i].verdict > best)
            best = analysis->report.diagnoses[i].verdict;
    return best == FF_VERDICT_REFUTED ? NULL : ff_verdict_name(best);
}
