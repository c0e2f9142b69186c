/* Reading: the members of groups come sorted by fingerprint, newest first, so that each group is folded as it comes. */
#include "base/array.h"
#include "base/clock.h"
#include "base/limits.h"
#include "chronicle/chronicle.h"
#include "chronicle/copy.h"
#include "digest/url.h"

#include <stdlib.h>

enum {
    WEEK = 7,
    DAILY_MAX = 35,                     /* so many days are shown one by one */
    ROOM = 2 * FF_LIMIT_CHRONICLE_ROWS, /* so many groups are compared before the older ones are left out */
};

/* ---- groups ---- */

static int compare_print(const void *a, const void *b)
{
    return strcmp(((const ff_chronicle_group *)a)->fingerprint, ((const ff_chronicle_group *)b)->fingerprint);
}

static int compare_newest(const void *a, const void *b)
{
    const ff_chronicle_group *left = a, *right = b;
    if (left->last_seen != right->last_seen)
        return left->last_seen > right->last_seen ? -1 : 1;
    return compare_print(a, b);
}

static void sort_groups(ff_chronicle *chronicle, int (*compare)(const void *, const void *))
{
    if (chronicle->groups.count)
        qsort(chronicle->groups.items, chronicle->groups.count, sizeof *chronicle->groups.items, compare);
}

static void keep_newest(ff_chronicle *chronicle)
{
    if (chronicle->groups.count <= FF_LIMIT_CHRONICLE_ROWS)
        return;
    sort_groups(chronicle, compare_newest);
    chronicle->groups.count = FF_LIMIT_CHRONICLE_ROWS;
    chronicle->full = true;
}

static ff_chronicle_group *begin_group(ff_chronicle *chronicle, const ff_history_member *member)
{
    ff_arena *arena = chronicle->arena;
    if (chronicle->groups.count == ROOM)
        keep_newest(chronicle);
    ff_chronicle_group *group = FF_ARRAY_PUSH(arena, &chronicle->groups);
    if (!group)
        return NULL;
    *group = (ff_chronicle_group){.title = ff_arena_dup(arena, member->diagnosis.title),
                                  .rule = ff_arena_dup(arena, member->diagnosis.rule),
                                  .verdict = ff_arena_dup(arena, member->diagnosis.verdict),
                                  .said_at = FF_NO_TIME,
                                  .last_seen = member->run.created_at};
    memcpy(group->fingerprint, member->diagnosis.fingerprint, sizeof group->fingerprint);
    return group;
}

static ff_status fold_member(void *self, const ff_history_member *member)
{
    ff_chronicle *chronicle = self;
    size_t count = chronicle->groups.count;
    ff_chronicle_group *group = count ? &chronicle->groups.items[count - 1] : NULL;
    if (!group || strcmp(group->fingerprint, member->diagnosis.fingerprint) != 0)
        group = begin_group(chronicle, member);
    if (!group)
        return FF_NOMEM;
    group->runs++;
    group->first_seen = member->run.created_at;
    return FF_OK;
}

/* Of several repositories, what was said last. */
static ff_status note_said(void *self, const ff_history_said *said)
{
    ff_chronicle *chronicle = self;
    ff_chronicle_group key;
    memcpy(key.fingerprint, said->fingerprint, sizeof key.fingerprint);
    ff_chronicle_group *group = chronicle->groups.count ? bsearch(&key, chronicle->groups.items,
                                                                  chronicle->groups.count, sizeof key, compare_print)
                                                        : NULL;
    if (!group || (group->state.len && group->said_at >= said->said_at))
        return FF_OK;
    group->state = ff_arena_dup(chronicle->arena, said->state);
    group->said_at = said->said_at;
    return FF_OK;
}

ff_status ff_chronicle_read_groups(ff_chronicle *chronicle, ff_history *history, const ff_history_window *window,
                                   ff_error *error)
{
    chronicle->kind = FF_CHRONICLE_GROUPS;
    ff_status status = ff_history_members(history, window, fold_member, chronicle, error);
    keep_newest(chronicle);
    sort_groups(chronicle, compare_print);
    if (status == FF_OK)
        status = ff_history_last_said(history, window, note_said, chronicle, error);
    sort_groups(chronicle, compare_newest);
    return ff_copy_status(chronicle->arena, status, error);
}

/* ---- one group ---- */

static bool count_name(ff_chronicle *chronicle, ff_chronicle_counts *counts, ff_slice name)
{
    for (size_t i = 0; i < counts->count; i++)
        if (ff_slice_eq(counts->items[i].name, name)) {
            counts->items[i].runs++;
            return true;
        }
    if (counts->count >= FF_LIMIT_CHRONICLE_NAMES) {
        chronicle->full = true;
        return true;
    }
    ff_chronicle_count *added = FF_ARRAY_PUSH(chronicle->arena, counts);
    if (added)
        *added = (ff_chronicle_count){ff_arena_dup(chronicle->arena, name), 1};
    return added != NULL;
}

static int compare_counts(const void *a, const void *b)
{
    const ff_chronicle_count *left = a, *right = b;
    if (left->runs != right->runs)
        return left->runs > right->runs ? -1 : 1;
    return ff_slice_cmp(left->name, right->name);
}

static void sort_counts(ff_chronicle_counts *counts)
{
    if (counts->count)
        qsort(counts->items, counts->count, sizeof *counts->items, compare_counts);
}

static bool count_names(ff_chronicle *chronicle, const ff_history_member *member)
{
    ff_slice jobs = member->jobs, job;
    bool counted = count_name(chronicle, &chronicle->repositories, member->run.repository) &&
                   count_name(chronicle, &chronicle->branches, member->run.head_branch);
    while (counted && ff_slice_take_until(&jobs, '\n', &job))
        counted = count_name(chronicle, &chronicle->jobs, job);
    return counted;
}

/* The best example: the strongest verdict, then the highest confidence, then the newest run. */
typedef struct reading {
    ff_chronicle *chronicle;
    ff_names names;
    ff_legs legs;
    uint32_t rank;
    size_t weakness;
    double confidence;
} reading;

static void weigh(reading *read, const ff_history_diagnosis *diagnosis, size_t at)
{
    size_t weak = ff_digest_weakness(diagnosis->verdict);
    if (read->rank && (weak > read->weakness || (weak == read->weakness && diagnosis->confidence <= read->confidence)))
        return;
    read->rank = diagnosis->rank;
    read->weakness = weak;
    read->confidence = diagnosis->confidence;
    read->chronicle->example = at;
}

static ff_status take_member(void *self, const ff_history_member *member)
{
    reading *read = self;
    ff_chronicle *chronicle = read->chronicle;
    ff_status status = fold_member(chronicle, member);
    if (status != FF_OK || !count_names(chronicle, member) || !ff_legs_add(&read->legs, member->jobs))
        return status == FF_OK ? FF_NOMEM : status;
    if (chronicle->members.count >= FF_LIMIT_CHRONICLE_RUNS)
        return FF_OK;
    ff_chronicle_member *added = FF_ARRAY_PUSH(chronicle->arena, &chronicle->members);
    if (!added)
        return FF_NOMEM;
    added->run = member->run;
    ff_copy_run(chronicle->arena, &added->run);
    added->verdict = ff_arena_dup(chronicle->arena, member->diagnosis.verdict);
    added->url =
        ff_url_run(chronicle->arena, added->run.host, added->run.repository, added->run.id, added->run.attempt);
    weigh(read, &member->diagnosis, chronicle->members.count - 1);
    return FF_OK;
}

static ff_status take_said(void *self, const ff_history_said *said)
{
    ff_chronicle *chronicle = self;
    if (chronicle->said.count >= FF_LIMIT_CHRONICLE_RUNS)
        return FF_END;
    ff_history_said *added = FF_ARRAY_PUSH(chronicle->arena, &chronicle->said);
    if (!added)
        return FF_NOMEM;
    *added = *said;
    ff_copy_said(chronicle->arena, added);
    return FF_OK;
}

static ff_status take_shown(void *self, const ff_history_diagnosis *diagnosis)
{
    ff_chronicle *chronicle = self;
    chronicle->shown = *diagnosis;
    ff_copy_diagnosis(chronicle->arena, &chronicle->shown);
    return FF_OK;
}

/* Days come oldest first; what lies before the marks was left out when they were laid. */
static ff_status mark_day(void *self, const ff_history_day *day)
{
    ff_chronicle *chronicle = self;
    if (day->day >= chronicle->first_mark) {
        size_t at = (size_t)((day->day - chronicle->first_mark) / chronicle->mark_days);
        if (at < FF_CHRONICLE_MARKS)
            chronicle->marks[at] += day->failed;
    }
    return FF_OK;
}

/* Days, or where these are many, weeks, which begin on Monday: 1970-01-01 was a Thursday. None where no time is known.
 */
static void lay_marks(ff_chronicle *chronicle, const ff_chronicle_group *group)
{
    chronicle->mark_days = 1;
    if (group->last_seen == FF_NO_TIME)
        return;
    int64_t first = ff_clock_day(group->first_seen), last = ff_clock_day(group->last_seen);
    chronicle->mark_days = last - first < DAILY_MAX ? 1 : WEEK;
    if (chronicle->mark_days == WEEK) {
        first -= (first % WEEK + WEEK + 3) % WEEK;
        last -= (last % WEEK + WEEK + 3) % WEEK;
    }
    int64_t count = (last - first) / chronicle->mark_days + 1;
    if (count > FF_CHRONICLE_MARKS)
        first += (count - FF_CHRONICLE_MARKS) * chronicle->mark_days;
    chronicle->first_mark = first;
    chronicle->mark_count = count > FF_CHRONICLE_MARKS ? FF_CHRONICLE_MARKS : (size_t)count;
}

/* What hangs on the members: where and when they were, and what shows them best. */
static ff_status complete_group(reading *read, ff_history *history, const ff_history_window *window, ff_error *error)
{
    ff_chronicle *chronicle = read->chronicle;
    const ff_chronicle_group *group = &chronicle->groups.items[0];
    sort_counts(&chronicle->repositories);
    sort_counts(&chronicle->branches);
    sort_counts(&chronicle->jobs);
    chronicle->folded = ff_legs_fold(&read->legs, chronicle->arena, &chronicle->folded_count);
    lay_marks(chronicle, group);
    ff_status status = ff_history_days(history, window, group->fingerprint, mark_day, chronicle, error);
    if (status == FF_OK)
        status = ff_history_diagnosis_of(history, &chronicle->members.items[chronicle->example].run, read->rank,
                                         take_shown, chronicle, error);
    return status == FF_NOT_FOUND ? FF_OK : status;
}

ff_status ff_chronicle_read_group(ff_chronicle *chronicle, ff_history *history, const ff_history_window *window,
                                  const char *fingerprint, ff_error *error)
{
    reading read = {.chronicle = chronicle,
                    .names = {.arena = chronicle->arena, .tables = chronicle->arena},
                    .legs = {.pad = chronicle->arena, .names = &read.names}};
    ff_history_window group = *window;
    chronicle->kind = FF_CHRONICLE_GROUP;
    group.fingerprint = fingerprint;
    ff_status status = ff_history_members(history, &group, take_member, &read, error);
    if (status == FF_OK)
        status = ff_history_said_of(history, window, fingerprint, take_said, chronicle, error);
    if (status == FF_OK && chronicle->groups.count) {
        if (chronicle->said.count) {
            chronicle->groups.items[0].state = chronicle->said.items[0].state;
            chronicle->groups.items[0].said_at = chronicle->said.items[0].said_at;
        }
        status = complete_group(&read, history, &group, error);
    } else if (status == FF_OK) {
        status = FF_NOT_FOUND;
    }
    return ff_copy_status(chronicle->arena, status, error);
}
