#include "digest/build.h"

#include "base/limits.h"
#include "digest/charts.h"
#include "digest/example.h"
#include "digest/links.h"
#include "digest/order.h"
#include "digest/publish.h"

ff_status ff_build_full(ff_build *build)
{
    bool full = build->digest->arena->full || build->scratch.full || build->pad.full;
    if (full)
        return ff_error_set(build->error, FF_LIMIT,
                            "there is too much in this time for one page: ask for a shorter one");
    return ff_error_set(build->error, FF_NOMEM, "out of memory");
}

/* ---- the head of the page ---- */

static ff_slice filter_of(ff_arena *arena, const ff_history_window *window)
{
    const struct {
        const char *what;
        ff_slice value;
    } parts[] = {{"branch", window->branch}, {"workflow", window->workflow}, {"event", window->event}};
    ff_buf words;
    ff_buf_init(&words, FF_LIMIT_READ_BYTES);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].value.len)
            ff_buf_printf(&words, "%s %s `%.*s`", words.len ? "," : "only", parts[i].what, FF_ARG(parts[i].value));
    if (window->cancelled)
        ff_buf_printf(&words, "%scancelled runs too", words.len ? ", " : "");
    ff_slice filter = words.len ? ff_arena_dup(arena, ff_buf_slice(&words)) : (ff_slice){0};
    arena->failed |= ff_buf_status(&words) == FF_NOMEM;
    ff_buf_release(&words);
    return filter;
}

static void copy_notes(ff_notes *to, const ff_notes *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const ff_note *note = &from->items[i];
        ff_notes_add(to, note->partial, note->code, "%.*s", FF_ARG(note->text));
        if (to->count)
            to->items[to->count - 1].count = note->count;
    }
    to->dropped += from->dropped;
    to->partial |= from->partial;
}

static void begin(ff_build *build)
{
    ff_digest *digest = build->digest;
    const ff_digest_ask *ask = build->ask;
    digest->since = ask->window.since;
    digest->until = ask->window.until;
    digest->made_at = ask->now;
    digest->filter = filter_of(digest->arena, &ask->window);
    digest->catalog_digest = ff_arena_dup(digest->arena, ff_slice_of(ask->catalog_digest)).ptr;
    digest->counts = (ff_digest_counts){.listed = ask->listed,
                                        .failed = ask->analysed + ask->known + ask->expired + ask->errors,
                                        .analysed = ask->analysed,
                                        .known = ask->known,
                                        .expired = ask->expired,
                                        .errors = ask->errors,
                                        .passed = ask->passed};
    digest->counts.listed += ask->passed;
    if (ask->database)
        digest->database = ff_arena_dup(digest->arena, ff_slice_of(ask->database));
    for (int i = 0; i < FF_DIGEST_DAYS; i++)
        digest->days[i].day = ff_charts_first_day(build) + i;
    if (ask->notes)
        copy_notes(&digest->notes, ask->notes);
}

/* What could not be read is said by the scan, in ask->notes. */
static void add_notes(ff_build *build, size_t bare)
{
    ff_notes *notes = &build->digest->notes;
    const ff_groups *groups = &build->groups;
    uint64_t expired = build->census.expired;
    if (expired)
        ff_notes_add(notes, false, "runs-expired", "The logs of %llu failed run%s are gone from GitHub.",
                     (unsigned long long)expired, expired == 1 ? "" : "s");
    if (groups->left_out)
        ff_notes_add(notes, true, "groups-limit", "Further groups were left out: %lu.",
                     (unsigned long)groups->left_out);
    if (groups->shortened)
        ff_notes_add(notes, false, "group-limit", "Groups of which not all jobs and branches are named: %lu.",
                     (unsigned long)groups->shortened);
    if (bare)
        ff_notes_add(notes, false, "examples-limit", "Groups of which no evidence is shown: %lu.", (unsigned long)bare);
}

static ff_status fill(ff_build *build)
{
    static ff_status (*const STAGES[])(ff_build *) = {
        ff_census_take, ff_states_hear, ff_groups_gather, ff_states_judge,
        ff_links_draw,  ff_charts_draw, ff_order_groups,
    };
    size_t bare = 0;
    ff_status status = FF_OK;
    begin(build);
    for (size_t i = 0; i < sizeof STAGES / sizeof *STAGES && status == FF_OK; i++)
        status = STAGES[i](build);
    if (status == FF_OK)
        status = ff_example_choose(build, &bare);
    if (status == FF_OK)
        status = ff_publish(build);
    if (status == FF_OK)
        add_notes(build, bare);
    return status == FF_OK && build->digest->arena->failed ? ff_build_full(build) : status;
}

ff_status ff_digest_build(ff_digest *digest, ff_history *history, const ff_digest_ask *ask, ff_error *error)
{
    ff_build build = {.digest = digest, .history = history, .ask = ask, .error = error};
    ff_arena_init(&build.scratch, FF_LIMIT_DIGEST_SCRATCH_BYTES);
    ff_arena_init(&build.pad, FF_LIMIT_DIGEST_SCRATCH_BYTES);
    build.names = (ff_names){.arena = digest->arena, .tables = &build.scratch};
    ff_status status = fill(&build);
    ff_arena_release(&build.pad);
    ff_arena_release(&build.scratch);
    return status;
}
