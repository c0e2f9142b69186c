#include "digest/states.h"

#include "base/array.h"
#include "digest/build.h"
#include "digest/passing.h"

#include <stdlib.h>

static ff_status hear(void *self, const ff_history_said *said)
{
    ff_build *build = self;
    uint32_t repository = ff_census_repository_of(build, said->host, said->repository);
    ff_word *word = FF_ARRAY_PUSH(&build->scratch, &build->states.words);
    if (!word || repository == FF_NO_GROUP)
        return ff_build_full(build);
    *word = (ff_word){.repository = repository,
                      .fixed = ff_slice_eq(said->state, ff_slice_of(ff_group_state_name(FF_GROUP_FIXED)))};
    memcpy(word->fingerprint, said->fingerprint, sizeof word->fingerprint);
    return FF_OK;
}

static int by_fingerprint(const void *a, const void *b)
{
    const ff_word *x = a, *y = b;
    int order = strcmp(x->fingerprint, y->fingerprint);
    return order ? order : (x->repository > y->repository) - (x->repository < y->repository);
}

const ff_word *ff_states_find(const ff_build *build, const char *fingerprint, size_t *count)
{
    const ff_word *words = build->states.words.items;
    size_t low = 0, high = build->states.words.count, end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(words[middle].fingerprint, fingerprint) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < build->states.words.count && strcmp(words[end].fingerprint, fingerprint) == 0; end++)
        ;
    *count = end - low;
    return *count ? words + low : NULL;
}

/* Fixed in one repository and not in another is not fixed. */
static bool all_fixed(const ff_word *words, size_t count)
{
    size_t fixed = 0;
    for (size_t i = 0; i < count; i++)
        fixed += words[i].fixed;
    return count && fixed == count;
}

ff_group_state ff_states_of(const ff_build *build, const char *fingerprint)
{
    size_t count;
    const ff_word *words = ff_states_find(build, fingerprint, &count);
    if (!words)
        return FF_GROUP_NEW;
    return all_fixed(words, count) ? FF_GROUP_BACK : FF_GROUP_KNOWN;
}

/* ---- what got fixed ---- */

typedef struct ff_past {
    ff_build *build;
    ff_gather gather;
    bool any;
} ff_past;

static ff_status see(void *self, const ff_history_member *member)
{
    ff_past *past = self;
    past->any = true;
    return ff_gather_add(past->build, &past->gather, member);
}

/* Gathers what is known of it from before the window, as far as the window's filters let it through. `draft` stays
 * without runs if that is nothing. */
static ff_status gather_past(ff_build *build, const char *fingerprint, ff_draft *draft, bool *any)
{
    ff_history_window window = build->ask->window;
    window.until = window.since;
    window.since = FF_NO_TIME;
    window.fingerprint = fingerprint;
    ff_past past = {.build = build};
    ff_gather_begin(build, &past.gather, fingerprint, false);
    ff_status status = ff_history_members(build->history, &window, see, &past, build->error);
    *any = status == FF_OK && past.any;
    return *any ? ff_gather_end(build, &past.gather, draft) : status;
}

/* A group that was told of and has no run in the window got fixed if its last run lies before the window, all that must
 * have passed since has, and no run that nobody read may be of it. */
static ff_status judge_past(ff_build *build, const char *fingerprint)
{
    ff_passing passing;
    int64_t since = build->ask->window.since;
    ff_status status = ff_passing_find(build, fingerprint, &passing);
    if (status != FF_OK || !passing.all || passing.doubtful || since == FF_NO_TIME || passing.newest >= since)
        return status;
    ff_draft draft = {0};
    bool any = false;
    status = gather_past(build, fingerprint, &draft, &any);
    if (status != FF_OK || !any)
        return status;
    ff_draft *added = ff_groups_add(build);
    if (!added)
        return build->scratch.failed ? ff_build_full(build) : FF_OK;
    *added = draft;
    added->group.state = FF_GROUP_FIXED;
    added->group.passing = passing.passed;
    return FF_OK;
}

static ff_status judge_words(ff_build *build)
{
    const ff_word *words = build->states.words.items;
    const char *only = build->ask->window.fingerprint;
    ff_status status = FF_OK;
    for (size_t i = 0, count; i < build->states.words.count && status == FF_OK; i += count) {
        const ff_word *first = ff_states_find(build, words[i].fingerprint, &count);
        bool asked = !only || strcmp(only, first->fingerprint) == 0;
        if (asked && !all_fixed(first, count) && ff_groups_find(build, first->fingerprint) == FF_NO_GROUP)
            status = judge_past(build, first->fingerprint);
    }
    return status;
}

ff_status ff_states_hear(ff_build *build)
{
    ff_status status = ff_history_last_said(build->history, &build->ask->window, hear, build, build->error);
    if (build->states.words.count > 1)
        qsort(build->states.words.items, build->states.words.count, sizeof(ff_word), by_fingerprint);
    return status;
}

ff_status ff_states_judge(ff_build *build)
{
    ff_status status = FF_OK;
    for (size_t i = 0; i < build->groups.current && status == FF_OK; i++) {
        ff_group *group = &build->groups.items[i].group;
        ff_passing passing;
        group->state = ff_states_of(build, group->fingerprint);
        status = ff_passing_find(build, group->fingerprint, &passing);
        if (status == FF_OK && passing.all)
            group->passing = passing.passed;
    }
    return status == FF_OK ? judge_words(build) : status;
}
