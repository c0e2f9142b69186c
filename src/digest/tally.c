#include "digest/tally.h"

enum { NAMED_REPOSITORIES = 5, FILTER_BYTES = 300 };

ff_tally ff_tally_of(const ff_digest *digest)
{
    ff_tally tally = {.digest = digest};
    for (size_t i = 0; i < digest->group_count; i++) {
        const ff_group *group = &digest->groups[i];
        bool failing =
            group->share > 0; /* not of runs alone that passed in the end: the headline counts those that failed */
        tally.states[group->state] += failing || group->state == FF_GROUP_FIXED;
        tally.failing += failing;
        tally.flickers += group->flicker;
    }
    return tally;
}

static bool all_passed(const ff_digest_counts *counts)
{
    return counts->listed && counts->passed == counts->listed;
}

/* Where not everything was read, nothing is said of what was not. */
static void say_none_failed(const ff_tally *tally, const ff_pen *pen)
{
    const ff_digest_counts *counts = &tally->digest->counts;
    bool partial = tally->digest->notes.partial;
    if (counts->listed == 0)
        ff_pen_say(pen, partial ? "No run is known" : "There was no run");
    else if (!all_passed(counts))
        ff_pen_say(pen, partial ? "No failed run is known" : "No run failed");
    else if (counts->listed == 1)
        ff_pen_say(pen, partial ? "The one run that is known passed" : "The only run passed");
    else {
        ff_pen_say(pen, "All ");
        ff_pen_count(pen, counts->listed, "run", "runs");
        ff_pen_say(pen, partial ? " that are known passed" : " passed");
    }
}

void ff_tally_say_failed(const ff_tally *tally, const ff_pen *pen)
{
    const ff_digest_counts *counts = &tally->digest->counts;
    if (counts->failed == 0) {
        say_none_failed(tally, pen);
    } else {
        ff_pen_number(pen, counts->failed);
        ff_pen_say(pen, " of ");
        ff_pen_count(pen, counts->listed, "run failed", "runs failed");
    }
}

/* The words behind the number of groups in a state, and where all are in it. */
static const struct {
    const char *one, *several, *only, *all;
} STATE_WORDS[FF_GROUP_STATE_COUNT] = {
    [FF_GROUP_NEW] = {"is new", "are new", ", which is new", ", all new"},
    [FF_GROUP_BACK] = {"is back", "are back", ", which is back", ", all back"},
    [FF_GROUP_KNOWN] = {"is known", "are known", ", which is known", ", all known"},
    [FF_GROUP_FIXED] = {"got fixed", "got fixed", "", ""},
};

/* `in 3 ways: 1 is new, 2 are known`, `in 3 ways, all known`. */
static void say_failing(const ff_tally *tally, const ff_pen *pen)
{
    static const ff_group_state states[] = {FF_GROUP_NEW, FF_GROUP_BACK, FF_GROUP_KNOWN};
    const char *gap = ": ";
    ff_pen_say(pen, "in ");
    ff_pen_count(pen, tally->failing, "way", "ways");
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        uint32_t count = tally->states[states[i]];
        if (tally->digest->first) /* then all are new, which is said once, with the reason */
            continue;
        if (count && count == tally->failing)
            ff_pen_say(pen, count == 1 ? STATE_WORDS[states[i]].only : STATE_WORDS[states[i]].all);
        else if (count) {
            ff_pen_say(pen, gap);
            ff_pen_count(pen, count, STATE_WORDS[states[i]].one, STATE_WORDS[states[i]].several);
            gap = ", ";
        }
    }
}

void ff_tally_say_news(const ff_tally *tally, const ff_pen *pen)
{
    const char *gap = tally->failing ? "; " : "";
    if (tally->failing)
        say_failing(tally, pen);
    if (tally->states[FF_GROUP_FIXED]) {
        ff_pen_say(pen, gap);
        ff_pen_count(pen, tally->states[FF_GROUP_FIXED], STATE_WORDS[FF_GROUP_FIXED].one,
                     STATE_WORDS[FF_GROUP_FIXED].several);
        gap = ", ";
    }
    if (tally->flickers) {
        ff_pen_say(pen, gap);
        ff_pen_count(pen, tally->flickers, "flickers", "flicker");
    }
    if (tally->digest->first)
        ff_pen_say(pen, tally->failing || tally->flickers
                            ? ". No scan before told of a failure here, so all count as new"
                            : "");
}

void ff_tally_say_unexplained(const ff_tally *tally, const ff_pen *pen)
{
    size_t unread = tally->digest->unread_count, read = tally->digest->unexplained_count - unread;
    if (read) {
        ff_pen_say(pen, " ");
        ff_pen_count(pen, read, "failed run is not explained.", "failed runs are not explained.");
    }
    if (unread) {
        ff_pen_say(pen, " ");
        ff_pen_count(pen, unread, "failed run was not read yet.", "failed runs were not read yet.");
    }
}

/* How many notes there are of what one note in words of its own says; a row for each code that comes by the dozen. */
static const struct {
    const char *code, *several;
} MISSING_WORDS[] = {
    {"repository-unreadable", "repositories could not be listed."},
    {"organization-unreadable", "organisations could not be listed."},
    {"listing-incomplete", "lists of runs are incomplete."},
    {"listing-capped", "lists of runs are incomplete: more were begun in one second than GitHub lists."},
};

static const char *words_of_code(const char *code)
{
    for (size_t i = 0; i < sizeof MISSING_WORDS / sizeof *MISSING_WORDS; i++)
        if (strcmp(MISSING_WORDS[i].code, code) == 0)
            return MISSING_WORDS[i].several;
    return NULL;
}

/* Of several notes of one kind the number, said where the first stands. */
static void say_missing(const ff_pen *pen, const ff_notes *notes, size_t at)
{
    const ff_note *note = &notes->items[at];
    const char *several = words_of_code(note->code);
    size_t count = 0, before = 0;
    for (size_t i = 0; i < notes->count; i++) {
        bool same = notes->items[i].partial && strcmp(notes->items[i].code, note->code) == 0;
        count += same;
        before += same && i < at;
    }
    if (several && before)
        return;
    ff_pen_say(pen, " ");
    if (several && count > 1) {
        ff_pen_say(pen, notes->dropped ? "At least " : "");
        ff_pen_count(pen, count, "", several);
    } else
        ff_pen_prose(pen, note->text);
}

void ff_tally_say_partial(const ff_tally *tally, const ff_pen *pen)
{
    const ff_notes *notes = &tally->digest->notes;
    ff_pen_begin_strong(pen);
    ff_pen_say(pen, "Not everything was read.");
    ff_pen_end_strong(pen);
    for (size_t i = 0; i < notes->count; i++)
        if (notes->items[i].partial)
            say_missing(pen, notes, i);
}

void ff_tally_say_repositories(const ff_tally *tally, const ff_pen *pen)
{
    const ff_digest *digest = tally->digest;
    for (size_t i = 0; i < digest->repository_count && i < NAMED_REPOSITORIES; i++) {
        ff_pen_say(pen, i ? ", " : "");
        ff_pen_name(pen, digest->repositories[i]);
    }
    ff_pen_more(pen, digest->repository_count, NAMED_REPOSITORIES);
}

void ff_tally_say_window(const ff_tally *tally, const ff_pen *pen)
{
    const ff_digest *digest = tally->digest;
    ff_pen_minute(pen, digest->since);
    ff_pen_say(pen, " to ");
    ff_pen_minute(pen, digest->until);
    ff_pen_say(pen, " UTC");
    if (digest->filter.len) {
        ff_pen_say(pen, ", ");
        ff_pen_title(pen, digest->filter, FILTER_BYTES);
    }
}

void ff_tally_say_others(const ff_tally *tally, const ff_pen *pen, const char *gap)
{
    const ff_digest_counts *counts = &tally->digest->counts;
    const struct {
        uint64_t count;
        const char *one, *several;
    } parts[] = {
        {counts->passed, "passed", "passed"},
        {counts->cancelled, "was cancelled", "were cancelled"},
        {counts->running, "has not finished", "have not finished"},
        {counts->other, "ended otherwise", "ended otherwise"},
    };
    if (all_passed(counts)) /* the headline says it */
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count == 0)
            continue;
        ff_pen_say(pen, gap);
        ff_pen_count(pen, parts[i].count, parts[i].one, parts[i].several);
        gap = ", ";
    }
}
