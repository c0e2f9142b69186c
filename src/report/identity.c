#include "report/identity.h"

#include "report/place.h"

enum { SHORT_HASH = 7 };

/* A pull request's branch is where the change comes from; other events happen on theirs. */
static const char *preposition(ff_slice event)
{
    return ff_slice_starts(event, FF_LIT("pull_request")) ? " from " : " on ";
}

bool ff_identity_say_event(const ff_voice *voice, const ff_run *run)
{
    if (run->event.len)
        ff_voice_name(voice, run->event);
    if (run->head_branch.len) {
        ff_voice_say(voice, run->event.len ? preposition(run->event) : "");
        ff_voice_name(voice, run->head_branch);
    }
    return run->event.len || run->head_branch.len;
}

/* Jobs that another attempt had done are listed with the times of that one, so a later attempt is told by its end. */
static int64_t time_of(const ff_run *run, bool *ended)
{
    int64_t first = FF_NO_TIME, last = FF_NO_TIME;
    *ended = run->attempt > 1;
    for (size_t i = 0; i < run->jobs.count; i++) {
        const ff_job *job = &run->jobs.items[i];
        if (job->started_at != FF_NO_TIME && (first == FF_NO_TIME || job->started_at < first))
            first = job->started_at;
        last = job->completed_at > last ? job->completed_at : last; /* an unknown time is less than any other */
    }
    return !*ended ? first : run->unfinished ? FF_NO_TIME : last;
}

static void part(const ff_voice *voice, const char **gap)
{
    ff_voice_say(voice, *gap);
    *gap = " · ";
}

bool ff_identity_say(const ff_voice *voice, const ff_run *run)
{
    const char *gap = "";
    bool ended;
    if (!run->known)
        return false;
    if (run->workflow.len) {
        part(voice, &gap);
        ff_place_say_name(voice, run->workflow);
    }
    if (run->event.len || run->head_branch.len) {
        part(voice, &gap);
        (void)ff_identity_say_event(voice, run);
    }
    if (run->head_sha.len) {
        part(voice, &gap);
        ff_voice_name(voice, ff_slice_cut(run->head_sha, SHORT_HASH));
    }
    int64_t time = time_of(run, &ended);
    if (time != FF_NO_TIME) {
        part(voice, &gap);
        ff_voice_say(voice, ended ? "ended " : "");
        (void)ff_clock_add_minute(voice->out, time);
    }
    if (run->attempt) {
        part(voice, &gap);
        ff_buf_printf(voice->out, "attempt %u", run->attempt);
        if (run->latest_attempt)
            ff_buf_printf(voice->out, " of %u", run->latest_attempt);
    }
    return gap[0] != '\0';
}

static void say_commit(const ff_voice *voice, ff_slice sha)
{
    ff_voice_say(voice, "commit ");
    ff_voice_name(voice, ff_slice_cut(sha, SHORT_HASH));
}

/* A number, as a link where the page can be addressed. */
static void say_id(const ff_voice *voice, const ff_run *run)
{
    ff_run green = {.host = run->host, .repository = run->repository, .id = run->last_green.id};
    ff_buf url;
    ff_buf_init(&url, voice->out->max);
    bool linked = voice->markdown && ff_place_add_run_url(&url, &green);
    const char *code = voice->markdown ? "`" : "";
    ff_buf_printf(voice->out, "%s%s%llu%s%s", linked ? "[" : "", code, (unsigned long long)green.id, code,
                  linked ? "](" : "");
    if (linked)
        ff_buf_printf(voice->out, "%.*s)", FF_ARG(ff_buf_slice(&url)));
    ff_buf_inherit(voice->out, &url);
    ff_buf_release(&url);
}

static void say_changes(const ff_voice *voice, const ff_run *run)
{
    ff_buf url;
    ff_buf_init(&url, voice->out->max);
    if (ff_place_add_compare_url(&url, run, run->last_green.head_sha)) {
        ff_voice_say(voice, voice->markdown ? "; [what changed since](" : "; what changed since: ");
        ff_buf_add(voice->out, ff_buf_slice(&url));
        ff_voice_say(voice, voice->markdown ? ")" : "");
    }
    ff_buf_inherit(voice->out, &url);
    ff_buf_release(&url);
}

void ff_identity_say_green(const ff_voice *voice, const ff_run *run)
{
    const ff_last_green *green = &run->last_green;
    bool same = green->head_sha.len && ff_slice_eq(green->head_sha, run->head_sha);
    if (same) {
        ff_voice_say(voice, "of the same ");
        say_commit(voice, green->head_sha);
        ff_voice_say(voice, ": ");
    }
    say_id(voice, run);
    if (green->at != FF_NO_TIME) {
        ff_voice_say(voice, " of ");
        (void)ff_clock_add_minute(voice->out, green->at);
    }
    if (same) {
        ff_voice_say(voice, "; the code is not what changed");
    } else if (green->head_sha.len) {
        ff_voice_say(voice, ", ");
        say_commit(voice, green->head_sha);
        say_changes(voice, run);
    }
}
