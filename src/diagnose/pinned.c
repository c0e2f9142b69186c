#include "diagnose/pinned.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "diagnose/evidence.h"
#include "diagnose/stop.h"

/* They say that it failed or was cut off, not why. */
static const ff_slice EMPTY_WORDS[] = {
    FF_TEXT("Process completed with exit code "),
    FF_TEXT("The operation was canceled."),
    FF_TEXT("A task was canceled."),
};

void ff_pinned_init(ff_pinned *pinned)
{
    *pinned = (ff_pinned){.job = FF_NO_INDEX};
}

/* All annotations of a job lie between `from` and `to`; others may stand among them. */
static void turn_to(ff_pinned *pinned, const ff_run *run, uint32_t job)
{
    *pinned = (ff_pinned){.job = job, .from = run->annotations.count};
    for (size_t i = 0; i < run->annotations.count; i++) {
        if (run->annotations.items[i].job != job)
            continue;
        if (i < pinned->from)
            pinned->from = i;
        pinned->to = i + 1;
    }
}

void ff_pinned_line(ff_pinned *pinned, ff_run *run, const ff_line *line)
{
    enum { COMPARED_BYTES = 120 }; /* a long message was cut when it was kept */
    if (run->annotations.count == 0 || !(FF_LINE_BIT(line->kind) & FF_LINES_PRINTED) || line->kind == FF_LINE_OUTPUT)
        return;
    if (line->job != pinned->job)
        turn_to(pinned, run, line->job);
    for (size_t i = pinned->from; i < pinned->to; i++) {
        ff_annotation *annotation = &run->annotations.items[i];
        ff_slice words = ff_slice_cut(ff_annotation_words(annotation), COMPARED_BYTES);
        if (!annotation->in_log && annotation->job == line->job && words.len &&
            ff_slice_find(line->text, words) != SIZE_MAX)
            annotation->in_log = true;
    }
}

const ff_annotation *ff_pinned_find(const ff_run *run, uint32_t job, ff_slice phrase)
{
    for (size_t i = 0; i < run->annotations.count; i++)
        if (run->annotations.items[i].job == job &&
            ff_slice_find(run->annotations.items[i].message, phrase) != SIZE_MAX)
            return &run->annotations.items[i];
    return NULL;
}

static bool is_telling(const ff_annotation *annotation)
{
    ff_slice words = ff_annotation_words(annotation);
    for (size_t i = 0; i < sizeof EMPTY_WORDS / sizeof *EMPTY_WORDS; i++)
        if (ff_slice_starts(words, EMPTY_WORDS[i]))
            return false;
    return words.len > 0 && ff_slice_eq(annotation->level, FF_LIT("failure"));
}

const ff_annotation *ff_pinned_next(const ff_run *run, uint32_t job, size_t *at)
{
    while (*at < run->annotations.count) {
        const ff_annotation *annotation = &run->annotations.items[(*at)++];
        if (annotation->job == job && !annotation->in_log && is_telling(annotation))
            return annotation;
    }
    return NULL;
}

static ff_status support(ff_case *c, const ff_failure *failure, ff_diagnosis *d)
{
    ff_slice lines[FF_LIMIT_EVIDENCE_LINES];
    uint32_t count = 0;
    size_t at = 0;
    const ff_annotation *annotation;
    while (count < FF_LIMIT_EVIDENCE_LINES && (annotation = ff_pinned_next(c->run, failure->job, &at)))
        lines[count++] = ff_annotation_words(annotation);
    return count ? ff_evidence_add_stated(c, d, lines, count) : FF_OK;
}

ff_status ff_pinned_support(ff_case *c)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->failures.count && status == FF_OK; i++) {
        const ff_failure *failure = &c->failures.items[i];
        if (failure->job == FF_NO_INDEX || failure->first_fault == FF_NO_INDEX)
            continue;
        ff_diagnosis *d = &c->diagnoses.items[failure->first_fault];
        if (d->evidence_count && d->evidence[0].kind == FF_EVIDENCE_LOG)
            status = support(c, failure, d);
    }
    return status;
}

static ff_status tell(ff_observer *observer, const char *code, uint32_t job, ff_slice words)
{
    enum { WORDS_BYTES = 200 };
    ff_buf_add(&observer->said, FF_LIT("GitHub says of "));
    ff_observer_name(observer, ff_run_job(observer->c->run, job)->name);
    ff_buf_printf(&observer->said, ": “%.*s%s”", FF_ARG(ff_utf8_cut(words, WORDS_BYTES)),
                  words.len > WORDS_BYTES ? "…" : "");
    return ff_observer_tell(observer, code, job, FF_NO_INDEX);
}

/* Its code, or NULL for an annotation of another kind. */
static const char *end_code(const ff_annotation *annotation)
{
    const ff_stop *stop = ff_stop_of(annotation->message);
    return stop && stop->cancels ? stop->code : NULL;
}

/* Who cancelled the job: GitHub pins that at any level. */
static ff_status tell_end(ff_observer *observer, uint32_t job)
{
    const ff_run *run = observer->c->run;
    for (size_t i = 0; i < run->annotations.count; i++) {
        const ff_annotation *annotation = &run->annotations.items[i];
        const char *code = annotation->job == job ? end_code(annotation) : NULL;
        if (code)
            return tell(observer, code, job, ff_annotation_words(annotation));
    }
    return FF_OK;
}

/* Without a log the diagnosis itself says what was pinned to the job. */
static bool is_stated(const ff_case *c, const ff_failure *failure)
{
    if (failure->first_fault == FF_NO_INDEX)
        return false;
    const ff_diagnosis *first = &c->diagnoses.items[failure->first_fault];
    return first->evidence_count && first->evidence[0].kind == FF_EVIDENCE_API;
}

static ff_status tell_other(ff_observer *observer, const ff_failure *failure)
{
    const ff_run *run = observer->c->run;
    const ff_annotation *annotation;
    size_t at = 0;
    while ((annotation = ff_pinned_next(run, failure->job, &at)))
        if (!end_code(annotation) && !ff_stop_is_limit(annotation->message))
            return tell(observer, "annotation", failure->job, ff_annotation_words(annotation));
    return FF_OK;
}

ff_status ff_pinned_observe(ff_observer *observer)
{
    const ff_case *c = observer->c;
    ff_status status = FF_OK;
    for (size_t i = 0; i < c->failures.count && status == FF_OK && c->run->annotations.count; i++) {
        const ff_failure *failure = &c->failures.items[i];
        if (failure->follow_on || failure->job == FF_NO_INDEX)
            continue;
        if (failure->conclusion == FF_CONCLUSION_CANCELLED)
            status = tell_end(observer, failure->job);
        if (status == FF_OK && !is_stated(c, failure))
            status = tell_other(observer, failure);
    }
    return status;
}
