#include "report/place.h"

/* Longest names that GitHub gives out; a DNS name for the host. */
enum { HOST_BYTES = 253, OWNER_BYTES = 100, REPOSITORY_BYTES = 100 };

/* A step without a name is named after its whole script line; a sentence needs only its start. */
enum { NAME_SHOWN_BYTES = 90 };

static bool is_alnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Letters, digits and `others`, the first byte a letter or digit unless that is one of the `first_too`. */
static bool has_form(ff_slice text, size_t max, const char *others, const char *first_too)
{
    if (text.len == 0 || text.len > max)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        const char *allowed = i == 0 ? first_too : others;
        if (!is_alnum(c) && (c == '\0' || !strchr(allowed, c)))
            return false;
    }
    return true;
}

static bool is_host(ff_slice host)
{
    return has_form(host, HOST_BYTES, ".-", "") && ff_slice_find(host, FF_LIT("..")) == SIZE_MAX;
}

/* OWNER/REPO. `.` and `..` would be taken for parts of a path; `.github` is a name that exists. */
static bool is_repository(ff_slice text)
{
    size_t slash = ff_slice_find_byte(text, '/');
    if (slash == SIZE_MAX)
        return false;
    ff_slice owner = ff_slice_cut(text, slash), name = ff_slice_from(text, slash + 1);
    return has_form(owner, OWNER_BYTES, "-_", "") && has_form(name, REPOSITORY_BYTES, "._-", "._-") &&
           !ff_slice_eq(name, FF_LIT(".")) && !ff_slice_eq(name, FF_LIT(".."));
}

const ff_job *ff_place_job(const ff_run *run, uint32_t job)
{
    return job < run->jobs.count ? &run->jobs.items[job] : NULL;
}

const ff_step *ff_place_step(const ff_run *run, uint32_t job, uint32_t step)
{
    const ff_job *owner = ff_place_job(run, job);
    return owner && step < owner->steps.count ? &owner->steps.items[step] : NULL;
}

void ff_place_say_job(const ff_voice *voice, const ff_run *run, uint32_t job)
{
    const ff_job *found = ff_place_job(run, job);
    if (found && found->name.len)
        ff_voice_quote(voice, found->name, NAME_SHOWN_BYTES);
    else
        ff_voice_say(voice, "the log");
}

void ff_place_say_step(const ff_voice *voice, const ff_run *run, uint32_t job, uint32_t step)
{
    const ff_job *owner = ff_place_job(run, job);
    const ff_step *found = ff_place_step(run, job, step);
    bool named = found && found->name.len;
    if (!named || (owner && owner->name.len))
        ff_place_say_job(voice, run, job);
    /* A text without GitHub's marks is one step without a name: the log itself. */
    if (!found || (!named && owner->name.len == 0 && owner->steps.count == 1 && found->number == 0))
        return;
    if (!named || owner->name.len)
        ff_voice_say(voice, " › ");
    if (named)
        ff_voice_quote(voice, found->name, NAME_SHOWN_BYTES);
    else
        ff_buf_printf(voice->out, "step %lld", (long long)(found->number ? found->number : found->ordinal));
}

void ff_place_say_number(const ff_voice *voice, const ff_run *run, uint32_t job, uint32_t step)
{
    const ff_step *found = ff_place_step(run, job, step);
    if (!found || found->number == 0)
        return;
    /* Numbers have gaps where steps left no text, so the highest one counts, not how many are known. */
    int64_t highest = 0;
    const ff_job *owner = ff_place_job(run, job);
    for (size_t i = 0; i < owner->steps.count; i++)
        if (owner->steps.items[i].number > highest)
            highest = owner->steps.items[i].number;
    ff_buf_printf(voice->out, " in step %lld", (long long)found->number);
    if (highest > found->number)
        ff_buf_printf(voice->out, " of %lld", (long long)highest);
}

void ff_place_say_lines(const ff_voice *voice, const ff_evidence *evidence)
{
    if (evidence->place.line == 0) {
        ff_voice_say(voice, "no line");
        return;
    }
    ff_buf text;
    ff_buf_init(&text, voice->out->max);
    ff_buf_add(&text, evidence->place.file);
    ff_buf_printf(&text, ":%llu", (unsigned long long)evidence->place.line);
    if (evidence->end_line > evidence->place.line)
        ff_buf_printf(&text, "-%llu", (unsigned long long)evidence->end_line);
    ff_buf_inherit(voice->out, &text);
    ff_voice_name(voice, ff_buf_slice(&text));
    ff_buf_release(&text);
}

bool ff_place_add_run_url(ff_buf *out, const ff_run *run)
{
    if (!is_host(run->host) || !is_repository(run->repository) || run->id == 0)
        return false;
    ff_buf_printf(out, "https://%.*s/%.*s/actions/runs/%llu", FF_ARG(run->host), FF_ARG(run->repository),
                  (unsigned long long)run->id);
    return true;
}

bool ff_place_add_line_url(ff_buf *out, const ff_run *run, const ff_evidence *evidence)
{
    const ff_job *job = ff_place_job(run, evidence->job);
    const ff_step *step = ff_place_step(run, evidence->job, evidence->step);
    uint64_t line = evidence->place.line;
    if (!step || job->id <= 0 || step->number <= 0 || line == 0 || step->first_line == 0 || line < step->first_line ||
        !ff_slice_eq(step->file, evidence->place.file) || !ff_place_add_run_url(out, run))
        return false;
    /* The page counts lines within the step, whatever file they were read from. */
    ff_buf_printf(out, "/job/%lld#step:%lld:%llu", (long long)job->id, (long long)step->number,
                  (unsigned long long)(line - step->first_line + 1));
    return true;
}
