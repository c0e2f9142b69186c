/* JSON, schema firstfault.scan/1 (schema/scan.schema.json): everything that a digest says, for programs. A member that
 * is not known is null; members may be added, but not change their meaning without a new number. */
#include "base/json.h"
#include "base/clock.h"
#include "base/limits.h"
#include "digest/digest.h"

#include <firstfault/firstfault.h>

static const char SCHEMA[] = "firstfault.scan/1";

static const char *const REACHES[] = {
    [FF_REACH_BOTH] = "both",
    [FF_REACH_MAIN] = "main",
    [FF_REACH_PULL_REQUESTS] = "pull_requests",
};

static void put_day(ff_json *json, const char *key, int64_t day)
{
    ff_buf text;
    ff_buf_init(&text, json->out->max);
    (void)ff_clock_add_date(&text, day * FF_CLOCK_DAY);
    ff_json_put_text_or_null(json, key, ff_buf_slice(&text));
    ff_buf_inherit(json->out, &text);
    ff_buf_release(&text);
}

static void put_lines_or_null(ff_json *json, const char *key, ff_slice text)
{
    if (text.len)
        ff_json_put_lines(json, key, text);
    else
        ff_json_put_null(json, key);
}

static void put_texts(ff_json *json, const char *key, const ff_slice *texts, size_t count)
{
    ff_json_put_list(json, key);
    for (size_t i = 0; i < count; i++)
        ff_json_text(json, texts[i]);
    ff_json_close(json, ']');
}

static void write_run(ff_json *json, const ff_digest_run *run)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "host", run->host);
    ff_json_put_text(json, "repository", run->repository);
    ff_json_put_uint(json, "id", run->id);
    ff_json_put_uint_or_null(json, "attempt", run->attempt);
    ff_json_put_text_or_null(json, "conclusion", run->conclusion);
    ff_json_put_text_or_null(json, "url", run->url);
    ff_json_put_text_or_null(json, "workflow", run->workflow);
    ff_json_put_text_or_null(json, "event", run->event);
    ff_json_put_text_or_null(json, "head_branch", run->branch);
    ff_json_put_text_or_null(json, "head_sha", run->sha);
    ff_json_put_text_or_null(json, "title", run->title);
    ff_json_put_time(json, "created_at", run->created_at);
    ff_json_put_uint_or_null(json, "passed_attempt", run->passed_attempt);
    ff_json_put_text_or_null(json, "passed_url", run->passed_url);
    ff_json_put_text_or_null(json, "why", run->why);
    ff_json_close(json, '}');
}

static void put_runs(ff_json *json, const char *key, const ff_digest_run *runs, size_t count)
{
    ff_json_put_list(json, key);
    for (size_t i = 0; i < count; i++)
        write_run(json, &runs[i]);
    ff_json_close(json, ']');
}

/* null where there is none: a run has an id. */
static void put_run(ff_json *json, const char *key, const ff_digest_run *run)
{
    ff_json_key(json, key);
    if (run->id)
        write_run(json, run);
    else
        ff_json_null(json);
}

/* ---- groups ---- */

static void write_jobs(ff_json *json, const ff_group *group)
{
    ff_json_put_list(json, "jobs");
    for (size_t i = 0; i < group->job_count; i++)
        ff_json_text(json, group->jobs[i].name);
    ff_json_close(json, ']');
    ff_json_put_list(json, "job_legs");
    for (size_t i = 0; i < group->job_count; i++) {
        ff_json_open(json, '{');
        ff_json_put_text(json, "job", group->jobs[i].name);
        ff_json_put_uint(json, "runs", group->jobs[i].runs);
        put_texts(json, "legs", group->jobs[i].legs, group->jobs[i].leg_count);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_count(ff_json *json, const char *key, uint32_t count, bool known)
{
    if (known)
        ff_json_put_uint(json, key, count);
    else
        ff_json_put_null(json, key);
}

static void write_days(ff_json *json, const ff_digest *digest, const ff_group *group)
{
    ff_json_put_list(json, "days");
    for (size_t i = 0; i < FF_DIGEST_DAYS; i++) {
        ff_json_open(json, '{');
        put_day(json, "day", digest->days[i].day);
        put_count(json, "failed", group ? group->days[i] : digest->days[i].failed, i >= digest->unseen_days);
        if (!group)
            put_count(json, "passed", digest->days[i].passed, i >= digest->unseen_days);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_group(ff_json *json, const ff_digest *digest, const ff_group *group)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "fingerprint", ff_slice_of(group->fingerprint));
    ff_json_put_text(json, "title", group->title);
    ff_json_put_text_or_null(json, "rule", group->rule);
    ff_json_put_text_or_null(json, "family", group->family);
    ff_json_put_text_or_null(json, "role", group->role);
    ff_json_put_text(json, "verdict", group->verdict);
    ff_json_put_text(json, "state", ff_slice_of(ff_group_state_name(group->state)));
    ff_json_put_bool(json, "flicker", group->flicker);
    ff_json_put_uint(json, "count", group->count);
    ff_json_key(json, "share");
    ff_json_fixed(json, group->share);
    ff_json_put_uint(json, "all_time", group->all_time);
    ff_json_put_time(json, "first_seen", group->first_seen);
    ff_json_put_time(json, "last_seen", group->last_seen);
    ff_json_put_uint(json, "repositories", group->repository_count);
    put_texts(json, "branches", group->branches, group->branch_count);
    ff_json_put_text(json, "reach", ff_slice_of(REACHES[group->reach]));
    write_jobs(json, group);
    write_days(json, digest, group);
    put_runs(json, "runs", group->runs, group->run_count);
    ff_json_put_text_or_null(json, "summary", group->summary);
    put_lines_or_null(json, "fix", group->fix);
    ff_json_put_text_or_null(json, "command", group->command);
    ff_json_put_written(json, "example", group->example_json);
    put_run(json, "example_run", &group->example_run);
    put_run(json, "passing", &group->passing);
    ff_json_put_text_or_null(json, "under",
                             group->under == FF_NO_GROUP ? (ff_slice){0}
                                                         : ff_slice_of(digest->groups[group->under].fingerprint));
    ff_json_close(json, '}');
}

/* ---- the whole ---- */

static void write_tool(ff_json *json, const ff_digest *digest)
{
    ff_json_put_object(json, "tool");
    ff_json_put_text(json, "name", FF_LIT("firstfault"));
    ff_json_put_text(json, "version", ff_slice_of(ff_version()));
    ff_json_put_text_or_null(json, "catalog_digest", ff_slice_of(digest->catalog_digest));
    ff_json_close(json, '}');
}

static void write_counts(ff_json *json, const ff_digest_counts *counts)
{
    const struct {
        const char *key;
        uint64_t value;
    } rows[] = {
        {"listed", counts->listed}, {"failed", counts->failed},       {"analysed", counts->analysed},
        {"known", counts->known},   {"expired", counts->expired},     {"errors", counts->errors},
        {"passed", counts->passed}, {"cancelled", counts->cancelled}, {"running", counts->running},
        {"other", counts->other},
    };
    ff_json_put_object(json, "runs");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ff_json_put_uint(json, rows[i].key, rows[i].value);
    ff_json_close(json, '}');
}

static void write_workflows(ff_json *json, const ff_digest *digest)
{
    ff_json_put_list(json, "workflows");
    for (size_t i = 0; i < digest->workflow_count; i++) {
        const ff_digest_workflow *workflow = &digest->workflows[i];
        ff_json_open(json, '{');
        ff_json_put_text(json, "repository", workflow->repository);
        ff_json_put_text(json, "name", workflow->name);
        ff_json_put_uint(json, "failed", workflow->failed);
        ff_json_put_uint(json, "passed", workflow->passed);
        ff_json_put_uint(json, "other", workflow->other);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

void ff_digest_write_json(const ff_digest *digest, const ff_digest_options *options, ff_buf *out)
{
    (void)options; /* commands are broken up behind all formats */
    ff_json json = {.out = out};
    ff_json_open(&json, '{');
    ff_json_put_text(&json, "schema", ff_slice_of(SCHEMA));
    write_tool(&json, digest);
    ff_json_put_bool(&json, "partial", digest->notes.partial);
    put_texts(&json, "repositories", digest->repositories, digest->repository_count);
    ff_json_put_time(&json, "since", digest->since);
    ff_json_put_time(&json, "until", digest->until);
    ff_json_put_time(&json, "made_at", digest->made_at);
    ff_json_put_text_or_null(&json, "filter", digest->filter);
    write_counts(&json, &digest->counts);
    ff_json_put_list(&json, "groups");
    for (size_t i = 0; i < digest->group_count; i++)
        write_group(&json, digest, &digest->groups[i]);
    ff_json_close(&json, ']');
    ff_json_put_object(&json, "unexplained");
    put_runs(&json, "runs", digest->unexplained, digest->unexplained_count);
    ff_json_close(&json, '}');
    put_runs(&json, "reruns", digest->reruns, digest->rerun_count);
    write_workflows(&json, digest);
    write_days(&json, digest, NULL);
    ff_notes_put(&json, &digest->notes);
    ff_json_close(&json, '}');
    ff_buf_add_byte(out, '\n');
}
