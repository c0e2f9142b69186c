#include "report/place.h"

#include "base/address.h"

/* A step without a name is named after its whole script line; a sentence needs only its start. */
enum { NAME_SHOWN_BYTES = 60 };

const ff_job *ff_place_job(const ff_run *run, uint32_t job)
{
    return job < run->jobs.count ? &run->jobs.items[job] : NULL;
}

const ff_step *ff_place_step(const ff_run *run, uint32_t job, uint32_t step)
{
    const ff_job *owner = ff_place_job(run, job);
    return owner && step < owner->steps.count ? &owner->steps.items[step] : NULL;
}

bool ff_place_is_cut(ff_slice name)
{
    return name.len > NAME_SHOWN_BYTES;
}

void ff_place_say_name(const ff_voice *voice, ff_slice name)
{
    ff_voice_quote(voice, name, NAME_SHOWN_BYTES);
}

void ff_place_say_job(const ff_voice *voice, const ff_run *run, uint32_t job)
{
    const ff_job *found = ff_place_job(run, job);
    if (found && found->name.len)
        ff_place_say_name(voice, found->name);
    else
        ff_voice_say(voice, found ? "the job" : run->known ? "the run" : "the log");
}

/* GitHub's marks say where a step begins, and some give it no name. */
static void say_nameless(const ff_voice *voice, const ff_step *step)
{
    ff_voice_say(voice, "a step without a name in ");
    ff_slice file = step->file, folder;
    while (ff_slice_find_byte(file, '/') != SIZE_MAX)
        (void)ff_slice_take_until(&file, '/', &folder);
    if (file.len)
        ff_place_say_name(voice, file);
    else
        ff_voice_say(voice, "the log");
}

void ff_place_say_step(const ff_voice *voice, const ff_run *run, uint32_t job, uint32_t step)
{
    const ff_job *owner = ff_place_job(run, job);
    const ff_step *found = ff_place_step(run, job, step);
    bool job_named = owner && owner->name.len, step_named = found && found->name.len;
    if (found && !job_named && !step_named && (owner->steps.count > 1 || found->number)) {
        say_nameless(voice, found);
        return;
    }
    if (job_named || !step_named)
        ff_place_say_job(voice, run, job);
    /* A text without GitHub's marks is one step without a name: the log itself. */
    if (!found || (!job_named && !step_named))
        return;
    ff_voice_say(voice, job_named ? " › " : "");
    if (step_named)
        ff_place_say_name(voice, found->name);
    else
        ff_buf_printf(voice->out, "step %lld", (long long)(found->number ? found->number : found->ordinal));
}

/* True if the file that a line was read from holds only its step, as in the folders of an archive. */
static bool has_own_file(const ff_run *run, const ff_evidence *evidence)
{
    const ff_job *job = ff_place_job(run, evidence->job);
    size_t sharing = 0;
    for (size_t i = 0; job && i < job->steps.count; i++)
        sharing += ff_slice_eq(job->steps.items[i].file, evidence->place.file);
    return sharing == 1 && !run->single_log;
}

void ff_place_say_source(const ff_voice *voice, const ff_run *run, const ff_evidence *evidence)
{
    const ff_job *job = ff_place_job(run, evidence->job);
    const ff_step *step = ff_place_step(run, evidence->job, evidence->step);
    bool no_line = evidence->place.line == 0, named = (job && job->name.len) || (step && step->name.len);
    if (no_line || (named && !has_own_file(run, evidence))) {
        ff_place_say_step(voice, run, evidence->job, evidence->step);
        ff_voice_say(voice, no_line ? "" : " at ");
    }
    if (!no_line)
        ff_place_say_lines(voice, evidence);
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
        static const char *const sources[] = {
            [FF_EVIDENCE_LOG] = "no line", [FF_EVIDENCE_API] = "GitHub's API", [FF_EVIDENCE_REPO] = "the repository"};
        ff_voice_say(voice, sources[evidence->kind]);
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
    if (!ff_address_is_host(run->host) || !ff_address_is_repository(run->repository) || run->id == 0)
        return false;
    ff_buf_printf(out, "https://%.*s/%.*s/actions/runs/%llu", FF_ARG(run->host), FF_ARG(run->repository),
                  (unsigned long long)run->id);
    return true;
}

bool ff_place_add_attempt_url(ff_buf *out, const ff_run *run)
{
    if (!ff_place_add_run_url(out, run))
        return false;
    if (run->attempt)
        ff_buf_printf(out, "/attempts/%u", run->attempt);
    return true;
}

/* A whole SHA-1 or SHA-256: anything shorter may be a name. */
static bool is_commit(ff_slice text)
{
    size_t digits = 0;
    while (digits < text.len && text.ptr[digits] && strchr("0123456789abcdef", text.ptr[digits]))
        digits++;
    return digits == text.len && (digits == 40 || digits == 64);
}

bool ff_place_add_compare_url(ff_buf *out, const ff_run *run, ff_slice since)
{
    if (!ff_address_is_host(run->host) || !ff_address_is_repository(run->repository) || !is_commit(since) ||
        !is_commit(run->head_sha))
        return false;
    enum { UNIQUE = 12 }; /* digits that tell commits of one repository apart; the whole would not fit a line */
    ff_buf_printf(out, "https://%.*s/%.*s/compare/%.*s...%.*s", FF_ARG(run->host), FF_ARG(run->repository),
                  FF_ARG(ff_slice_cut(since, UNIQUE)), FF_ARG(ff_slice_cut(run->head_sha, UNIQUE)));
    return true;
}

static bool add_job_url(ff_buf *out, const ff_run *run, uint32_t index)
{
    const ff_job *job = ff_place_job(run, index);
    if (!job || job->id <= 0 || !ff_place_add_run_url(out, run))
        return false;
    ff_buf_printf(out, "/job/%lld", (long long)job->id);
    return true;
}

bool ff_place_add_line_url(ff_buf *out, const ff_run *run, const ff_evidence *evidence)
{
    const ff_step *step = ff_place_step(run, evidence->job, evidence->step);
    uint64_t line = evidence->place.line;
    if (evidence->kind == FF_EVIDENCE_API)
        return add_job_url(out, run, evidence->job);
    if (!step || step->number <= 0 || line == 0 || step->first_line == 0 || line < step->first_line ||
        !ff_slice_eq(step->file, evidence->place.file) || !add_job_url(out, run, evidence->job))
        return false;
    /* The page counts lines within the step, whatever file they were read from. */
    ff_buf_printf(out, "#step:%lld:%llu", (long long)step->number, (unsigned long long)(line - step->first_line + 1));
    return true;
}

/* Letters, digits and a few others: what stands in an address as it is. */
static bool is_plain_path(ff_slice path)
{
    enum { PATH_BYTES = 400 };
    return ff_address_has_form(path, PATH_BYTES, "._-/", "._-") && ff_slice_find(path, FF_LIT("..")) == SIZE_MAX;
}

static bool add_file_url(ff_buf *out, const ff_run *run, ff_slice at)
{
    uint64_t line = 0;
    size_t colon = ff_slice_find_byte(at, ':');
    ff_slice path = ff_slice_cut(at, colon);
    bool lined = colon != SIZE_MAX && ff_slice_to_uint(ff_slice_from(at, colon + 1), &line);
    if (!ff_address_is_host(run->host) || !ff_address_is_repository(run->repository) || !is_commit(run->head_sha) ||
        !is_plain_path(path) || (colon != SIZE_MAX && !lined))
        return false;
    ff_buf_printf(out, "https://%.*s/%.*s/blob/%.*s/%.*s", FF_ARG(run->host), FF_ARG(run->repository),
                  FF_ARG(run->head_sha), FF_ARG(path));
    if (lined)
        ff_buf_printf(out, "#L%llu", (unsigned long long)line);
    return true;
}

bool ff_place_is_same_commit(const ff_report *report)
{
    return report->repository_commit.len && ff_slice_eq(report->repository_commit, report->run->head_sha);
}

/* The start of a step's or job's file: a place in the log, not in the repository. */
static bool is_in_log(const ff_run *run, ff_slice at)
{
    for (size_t j = 0; j < run->jobs.count; j++)
        for (size_t s = 0; s < run->jobs.items[j].steps.count; s++) {
            ff_slice file = run->jobs.items[j].steps.items[s].file;
            if (file.len && ff_slice_starts(at, file))
                return true;
        }
    return false;
}

void ff_place_say_at(const ff_voice *voice, const ff_report *report, ff_slice at)
{
    const ff_run *run = report->run;
    bool same = ff_place_is_same_commit(report);
    ff_buf url;
    ff_buf_init(&url, voice->out->max);
    bool linked = voice->markdown && same && !is_in_log(run, at) && add_file_url(&url, run, at);
    ff_voice_say(voice, linked ? "[" : "");
    ff_voice_name(voice, at);
    if (linked)
        ff_buf_printf(voice->out, "](%.*s)", FF_ARG(ff_buf_slice(&url)));
    ff_buf_inherit(voice->out, &url);
    ff_buf_release(&url);
}
