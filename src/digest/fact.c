#include "digest/fact.h"

#include "base/clock.h"
#include "digest/escape.h"
#include "digest/location.h"
#include "report/inert.h"

enum { PROOFS = 3, FOLLOWERS = 6, TITLE_BYTES = 120 };

void ff_fact_say_title(const ff_pen *pen, const ff_group *group, size_t max)
{
    if (ff_slice_trim(group->title).len)
        ff_pen_title(pen, group->title, max);
    else
        ff_pen_say(pen, "a failure without a title");
}

void ff_fact_say_run(const ff_pen *pen, const ff_digest_run *run)
{
    bool linked = ff_pen_begin_link(pen, run->url);
    ff_buf_printf(pen->out, pen->html ? "%llu" : "`%llu`", (unsigned long long)run->id);
    if (linked)
        ff_pen_end_link(pen, run->url);
    if (run->attempt > 1)
        ff_buf_printf(pen->out, " attempt %u", run->attempt);
}

const ff_digest_run *ff_fact_example(const ff_group *group)
{
    if (group->example < group->run_count)
        return &group->runs[group->example];
    return group->example_run.id ? &group->example_run : NULL;
}

/* Where the history is not at its usual place. A path is not cut, for that would name another file. */
static void add_database(ff_buf *command, ff_slice database, size_t room)
{
    ff_buf word;
    ff_buf_init(&word, room);
    ff_inert_shell(&word, database);
    ff_buf_add(command, FF_LIT(" --db "));
    ff_buf_add(command, ff_buf_status(&word) == FF_OK ? ff_buf_slice(&word) : FF_LIT("FILE"));
    ff_buf_release(&word);
}

void ff_fact_say_closer(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    enum { COMMAND_BYTES = 900, PATH_BYTES = 600, PREFIX = 12 };
    const ff_digest_run *run = ff_fact_example(group);
    ff_buf command;
    ff_buf_init(&command, COMMAND_BYTES);
    if (run && ff_escape_is_address(run->url)) {
        ff_buf_printf(&command, "firstfault triage %.*s", FF_ARG(run->url));
        ff_pen_quote(pen, ff_buf_slice(&command), COMMAND_BYTES);
        ff_pen_say(pen, ", ");
        ff_buf_reset(&command);
    }
    ff_buf_printf(&command, "firstfault history %.*s", PREFIX, group->fingerprint);
    if (digest->database.len)
        add_database(&command, digest->database, PATH_BYTES);
    ff_pen_quote(pen, ff_buf_slice(&command), COMMAND_BYTES);
    ff_buf_inherit(pen->out, &command);
    ff_buf_release(&command);
}

uint32_t ff_fact_same_fix(const ff_digest *digest, size_t index)
{
    ff_slice fix = digest->groups[index].fix;
    for (size_t i = 0; i < index; i++)
        if (ff_fact_has_fix(&digest->groups[i]) && ff_slice_eq(digest->groups[i].fix, fix))
            return (uint32_t)i;
    return FF_NO_GROUP;
}

bool ff_fact_has_fix(const ff_group *group)
{
    return group->state != FF_GROUP_FIXED && ff_slice_trim(group->fix).len > 0;
}

bool ff_fact_has_command(const ff_group *group)
{
    return group->state != FF_GROUP_FIXED && ff_slice_trim(group->command).len > 0;
}

static bool always(const ff_digest *digest, const ff_group *group)
{
    (void)digest, (void)group;
    return true;
}

/* ---- how much, and how sure ---- */

/* Runs that passed in the end are no part of those that failed. */
static void say_share(const ff_pen *pen, double share)
{
    enum { PERCENT = 100 };
    if (share <= 0)
        return;
    if (share * PERCENT < 1)
        ff_pen_say(pen, ", < 1 %");
    else
        ff_buf_printf(pen->out, ", %.0f %%", share * PERCENT);
    ff_pen_say(pen, " of those that failed");
}

static void say_size(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    enum { WORD_BYTES = 40 };
    if (group->count) {
        ff_pen_begin_strong(pen);
        ff_pen_count(pen, group->count, "run", "runs");
        ff_pen_end_strong(pen);
        if (digest->counts.failed > 1)
            say_share(pen, group->share);
    } else {
        ff_pen_say(pen, "No run in this time");
    }
    if (group->verdict.len || group->role.len) {
        ff_pen_say(pen, " · ");
        ff_pen_title(pen, group->verdict, WORD_BYTES);
        ff_pen_say(pen, group->verdict.len && group->role.len ? " " : "");
        ff_pen_title(pen, group->role, WORD_BYTES);
    }
    ff_pen_say(pen, " · ");
    if (group->rule.len)
        ff_pen_name(pen, group->rule);
    else
        ff_pen_say(pen, "no rule knows it");
}

/* ---- why it is in its state ---- */

static void say_seen(const ff_pen *pen, const ff_group *group)
{
    ff_pen_say(pen, "first seen ");
    ff_pen_minute(pen, group->first_seen);
    if (group->last_seen != group->first_seen) {
        ff_pen_say(pen, ", last ");
        ff_pen_minute(pen, group->last_seen);
    }
    if (group->all_time > group->count) {
        ff_pen_say(pen, "; ");
        ff_pen_count(pen, group->all_time, "run", "runs");
        ff_pen_say(pen, " in all");
    }
}

/* The run that passed after the last one that failed. */
static void say_passing_run(const ff_pen *pen, const ff_group *group)
{
    const ff_digest_run *run = &group->passing;
    if (run->workflow.len)
        ff_pen_name(pen, run->workflow);
    else
        ff_pen_say(pen, "the workflow");
    if (run->branch.len) {
        ff_pen_say(pen, " on ");
        ff_pen_name(pen, run->branch);
    }
    ff_pen_say(pen, " passed on ");
    ff_pen_minute(pen, run->started_at > run->created_at ? run->started_at : run->created_at);
    ff_pen_say(pen, ", run ");
    ff_fact_say_run(pen, run);
}

static void say_state(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    static const char *const words[FF_GROUP_STATE_COUNT] = {
        [FF_GROUP_NEW] = "No earlier scan saw it; ",
        [FF_GROUP_KNOWN] = "An earlier scan saw it; ",
        [FF_GROUP_BACK] = "An earlier scan called it fixed, and here it is again; ",
        [FF_GROUP_FIXED] = "No run of this time has it",
    };
    ff_pen_say(pen, digest->first ? "" : words[group->state]);
    if (group->state == FF_GROUP_FIXED) {
        if (group->passing.id) {
            ff_pen_say(pen, ", and ");
            say_passing_run(pen, group);
        }
        ff_pen_say(pen, "; ");
    }
    say_seen(pen, group);
}

static bool is_passing(const ff_digest *digest, const ff_group *group)
{
    (void)digest;
    return group->passing.id && group->state != FF_GROUP_FIXED;
}

static void say_passing(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    (void)digest;
    ff_pen_say(pen, "After its last run ");
    say_passing_run(pen, group);
}

/* ---- flicker ---- */

static bool is_flicker(const ff_digest *digest, const ff_group *group)
{
    (void)digest;
    return group->flicker;
}

static bool passed_again(const ff_digest_run *run)
{
    return run->passed_attempt || run->passed_url.len;
}

static void say_flicker(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    size_t told = 0, all = 0;
    (void)digest;
    ff_pen_say(pen, "The same commit failed and passed");
    for (size_t i = 0; i < group->run_count; i++) {
        const ff_digest_run *run = &group->runs[i];
        if (!passed_again(run) || ++all > PROOFS)
            continue;
        ff_pen_say(pen, told++ ? ", " : ": ");
        ff_fact_say_run(pen, run);
        ff_pen_say(pen, " passed ");
        bool linked = !run->passed_attempt && ff_pen_begin_link(pen, run->passed_url);
        if (run->passed_attempt)
            ff_buf_printf(pen->out, "in attempt %u", run->passed_attempt);
        else
            ff_pen_say(pen, "in another run");
        if (linked)
            ff_pen_end_link(pen, run->passed_url);
    }
    ff_pen_more(pen, all, told);
}

/* ---- what may follow from what ---- */

static bool is_under(const ff_digest *digest, const ff_group *group)
{
    return group->under < digest->group_count;
}

/* Groups are numbered as the page lists them. */
static void say_group(const ff_pen *pen, const ff_digest *digest, size_t index)
{
    const ff_group *group = &digest->groups[index];
    ff_buf_printf(pen->out, "%zu, ", index + 1);
    ff_fact_say_title(pen, group, TITLE_BYTES);
    if (group->count) {
        ff_pen_say(pen, " (");
        ff_pen_count(pen, group->count, "run", "runs");
        ff_pen_say(pen, ")");
    }
}

static void say_under(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    say_group(pen, digest, group->under);
    ff_pen_say(pen, "; in another run it did");
}

static bool has_followers(const ff_digest *digest, const ff_group *group)
{
    size_t index = (size_t)(group - digest->groups);
    for (size_t i = 0; i < digest->group_count; i++)
        if (digest->groups[i].under == index)
            return true;
    return false;
}

static void say_followers(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    size_t index = (size_t)(group - digest->groups), all = 0;
    for (size_t i = 0; i < digest->group_count; i++) {
        if (digest->groups[i].under != index || ++all > FOLLOWERS)
            continue;
        ff_pen_say(pen, all > 1 ? "; " : "");
        say_group(pen, digest, i);
    }
    ff_pen_more(pen, all, FOLLOWERS);
}

/* ---- the table ---- */

static bool has_summary(const ff_digest *digest, const ff_group *group)
{
    (void)digest;
    return ff_slice_trim(group->summary).len > 0 && !ff_slice_eq(group->summary, group->title);
}

static void say_summary(const ff_pen *pen, const ff_digest *digest, const ff_group *group)
{
    (void)digest;
    ff_pen_prose(pen, group->summary);
}

static const ff_fact FACTS[] = {
    {"Size", true, always, say_size},
    {"Summary", true, has_summary, say_summary},
    {"Where", false, ff_location_is, ff_location_say},
    {"State", false, always, say_state},
    {"Passing", false, is_passing, say_passing},
    {"Flickers", false, is_flicker, say_flicker},
    {"May follow from", false, is_under, say_under},
    {"May lead to", false, has_followers, say_followers},
    {NULL, false, NULL, NULL},
};

const ff_fact *ff_fact_first(void)
{
    return FACTS;
}
