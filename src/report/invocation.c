#include "report/invocation.h"

#include "report/place.h"

static bool is_number(const ff_run *run, ff_slice target)
{
    uint64_t id;
    return run->known && ff_slice_to_uint(target, &id) && id == run->id;
}

/* A target on disk holds one attempt. An address may name it already. */
static bool needs_attempt(const ff_run *run, ff_slice target, uint32_t attempt)
{
    bool online = is_number(run, target) || ff_slice_starts(target, FF_LIT("https://"));
    return run->known && online && attempt && run->latest_attempt &&
           (attempt != run->attempt || attempt != run->latest_attempt) &&
           (attempt != run->attempt || ff_slice_find(target, FF_LIT("/attempts/")) == SIZE_MAX);
}

/* A run's number alone is no target that can be repeated. */
static void add_repository(ff_buf *out, const ff_run *run)
{
    ff_buf_add(out, FF_LIT(" -R "));
    if (!ff_slice_eq(run->host, FF_LIT("github.com"))) {
        ff_inert_shell(out, run->host);
        ff_buf_add(out, FF_LIT("/"));
    }
    ff_inert_shell(out, run->repository);
}

/* `triage` has an option for the attempt; other commands take it in the address. */
static bool add_address(ff_buf *out, const ff_run *run, const ff_invocation *invocation, uint32_t attempt)
{
    ff_run as_run = {.host = run->host, .repository = run->repository, .id = run->id, .attempt = attempt};
    return strcmp(invocation->command, "triage") != 0 && needs_attempt(run, FF_LIT("https://"), attempt) &&
           ff_place_add_attempt_url(out, &as_run);
}

void ff_invocation_add(ff_buf *out, const ff_report *report, const ff_report_options *options,
                       const ff_invocation *invocation)
{
    const ff_run *run = report->run;
    ff_slice target = report->target;
    uint32_t attempt = invocation->attempt ? invocation->attempt : run->attempt;
    bool online = is_number(run, target) || ff_slice_starts(target, FF_LIT("https://"));
    ff_buf_printf(out, "firstfault %s ", invocation->command);
    if (run->known && !online && attempt != run->attempt) { /* what was kept is one attempt */
        ff_buf_printf(out, "%llu", (unsigned long long)run->id);
        add_repository(out, run);
        ff_buf_printf(out, " --attempt %u", attempt);
    } else if (!online || !add_address(out, run, invocation, attempt)) {
        ff_inert_shell(out, target);
        if (is_number(run, target))
            add_repository(out, run);
        if (needs_attempt(run, target, attempt))
            ff_buf_printf(out, " --attempt %u", attempt);
    }
    for (size_t i = 0; i < options->pattern_count; i++) {
        ff_buf_add(out, FF_LIT(" --patterns "));
        ff_inert_shell(out, ff_slice_of(options->patterns[i]));
    }
    if (options->checkout && strcmp(invocation->command, "triage") == 0) {
        ff_buf_add(out, FF_LIT(" --checkout "));
        ff_inert_shell(out, ff_slice_of(options->checkout));
    }
    if (invocation->tail)
        ff_buf_add(out, ff_slice_of(invocation->tail));
}
