/* JSON of what the history knows, schema firstfault.history/1 (schema/history.schema.json). */
#include "base/json.h"
#include "base/clock.h"
#include "chronicle/chronicle.h"

static void put_count_list(ff_json *json, const char *key, const ff_chronicle_counts *counts)
{
    ff_json_put_list(json, key);
    for (size_t i = 0; i < counts->count; i++) {
        ff_json_open(json, '{');
        ff_json_put_text(json, "name", counts->items[i].name);
        ff_json_put_uint(json, "runs", counts->items[i].runs);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_group(ff_json *json, const ff_chronicle_group *group)
{
    ff_json_put_text(json, "fingerprint", ff_slice_of(group->fingerprint));
    ff_json_put_text(json, "title", group->title);
    ff_json_put_text_or_null(json, "rule", group->rule);
    ff_json_put_text(json, "verdict", group->verdict);
    ff_json_put_text_or_null(json, "state", group->state);
    ff_json_put_time(json, "said_at", group->said_at);
    ff_json_put_uint(json, "runs", group->runs);
    ff_json_put_time(json, "first_seen", group->first_seen);
    ff_json_put_time(json, "last_seen", group->last_seen);
}

static void put_run(ff_json *json, const ff_history_run *run, ff_slice url)
{
    ff_json_put_text(json, "host", run->host);
    ff_json_put_text(json, "repository", run->repository);
    ff_json_put_uint(json, "id", run->id);
    ff_json_put_uint(json, "attempt", run->attempt);
    ff_json_put_text(json, "workflow", run->workflow);
    ff_json_put_text(json, "event", run->event);
    ff_json_put_text(json, "head_branch", run->head_branch);
    ff_json_put_text(json, "head_sha", run->head_sha);
    ff_json_put_text(json, "title", run->title);
    ff_json_put_text_or_null(json, "conclusion", run->conclusion);
    ff_json_put_time(json, "created_at", run->created_at);
    ff_json_put_text_or_null(json, "url", url);
}

static void put_evidence(ff_json *json, const ff_history_diagnosis *diagnosis)
{
    ff_json_put_list(json, "evidence");
    for (size_t i = 0; i < diagnosis->evidence_count; i++) {
        const ff_history_evidence *evidence = &diagnosis->evidence[i];
        ff_json_open(json, '{');
        ff_json_put_uint(json, "number", evidence->number);
        ff_json_put_text(json, "kind", evidence->kind);
        ff_json_put_text_or_null(json, "file", evidence->file);
        ff_json_put_uint_or_null(json, "line", evidence->line);
        ff_json_put_uint_or_null(json, "end_line", evidence->end_line);
        ff_json_put_uint_or_null(json, "job_line", evidence->job_line);
        ff_json_put_bool(json, "primary", evidence->primary);
        ff_json_put_lines(json, "text", evidence->text);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_diagnosis(ff_json *json, const ff_history_diagnosis *diagnosis)
{
    ff_json_open(json, '{');
    ff_json_put_uint(json, "rank", diagnosis->rank);
    ff_json_put_text(json, "fingerprint", ff_slice_of(diagnosis->fingerprint));
    ff_json_put_text_or_null(json, "rule", diagnosis->rule);
    ff_json_put_text(json, "role", diagnosis->role);
    ff_json_put_text(json, "title", diagnosis->title);
    ff_json_put_text(json, "verdict", diagnosis->verdict);
    ff_json_key(json, "confidence");
    ff_json_fixed(json, diagnosis->confidence);
    ff_json_put_lines(json, "summary", diagnosis->summary);
    ff_json_put_text_or_null(json, "job", diagnosis->job);
    ff_json_put_text_or_null(json, "step_name", diagnosis->step_name);
    ff_json_put_bool(json, "tolerated", diagnosis->tolerated);
    ff_json_put_bool(json, "origin", diagnosis->origin);
    ff_json_put_uint(json, "count", diagnosis->count);
    ff_json_put_lines(json, "fix", diagnosis->fix);
    ff_json_put_text_or_null(json, "command", diagnosis->command);
    ff_json_put_list(json, "caused_by");
    for (size_t i = 0; i < diagnosis->caused_by_count; i++)
        ff_json_uint(json, diagnosis->caused_by[i]);
    ff_json_close(json, ']');
    put_evidence(json, diagnosis);
    /* As the scan of the run found it: a member of firstfault.report/1 `diagnoses` where that was kept. */
    ff_json_put_written(json, "report", diagnosis->json);
    ff_json_close(json, '}');
}

static void put_marks(ff_json *json, const ff_chronicle *chronicle)
{
    ff_json_put_object(json, "marks");
    ff_json_put_time(json, "from", chronicle->mark_count ? chronicle->first_mark * FF_CLOCK_DAY : FF_NO_TIME);
    ff_json_put_uint(json, "days", chronicle->mark_days);
    ff_json_put_list(json, "runs");
    for (size_t i = 0; i < chronicle->mark_count; i++)
        ff_json_uint(json, chronicle->marks[i]);
    ff_json_close(json, ']');
    ff_json_close(json, '}');
}

static void put_said(ff_json *json, const ff_chronicle *chronicle)
{
    ff_json_put_list(json, "said");
    for (size_t i = 0; i < chronicle->said.count; i++) {
        const ff_history_said *said = &chronicle->said.items[i];
        ff_json_open(json, '{');
        ff_json_put_time(json, "said_at", said->said_at);
        ff_json_put_text(json, "host", said->host);
        ff_json_put_text(json, "repository", said->repository);
        ff_json_put_text(json, "state", said->state);
        ff_json_put_uint(json, "count", said->count);
        ff_json_put_time(json, "last_seen", said->last_seen);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_members(ff_json *json, const ff_chronicle *chronicle)
{
    ff_json_put_list(json, "members");
    for (size_t i = 0; i < chronicle->members.count; i++) {
        const ff_chronicle_member *member = &chronicle->members.items[i];
        ff_json_open(json, '{');
        put_run(json, &member->run, member->url);
        ff_json_put_text(json, "verdict", member->verdict);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_one_group(ff_json *json, const ff_chronicle *chronicle)
{
    put_group(json, &chronicle->groups.items[0]);
    put_marks(json, chronicle);
    put_count_list(json, "repositories", &chronicle->repositories);
    put_count_list(json, "branches", &chronicle->branches);
    put_count_list(json, "jobs", &chronicle->jobs);
    put_said(json, chronicle);
    put_members(json, chronicle);
    ff_json_key(json, "example");
    if (!chronicle->shown.rank) {
        ff_json_null(json);
        return;
    }
    ff_json_open(json, '{');
    ff_json_put_object(json, "run");
    put_run(json, &chronicle->members.items[chronicle->example].run, chronicle->members.items[chronicle->example].url);
    ff_json_close(json, '}');
    ff_json_key(json, "diagnosis");
    put_diagnosis(json, &chronicle->shown);
    ff_json_close(json, '}');
}

static void put_failures(ff_json *json, const ff_chronicle_attempt *attempt)
{
    ff_json_put_list(json, "failures");
    for (size_t i = 0; i < attempt->failures.count; i++) {
        const ff_history_failure *failure = &attempt->failures.items[i];
        ff_json_open(json, '{');
        ff_json_put_text_or_null(json, "job", failure->job);
        ff_json_put_text_or_null(json, "step_name", failure->step_name);
        ff_json_put_text(json, "conclusion", failure->conclusion);
        ff_json_put_bool(json, "follow_on", failure->follow_on);
        ff_json_put_text_or_null(json, "file", failure->file);
        ff_json_put_uint_or_null(json, "line", failure->line);
        ff_json_put_uint_or_null(json, "rank", failure->rank);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_attempts(ff_json *json, const ff_chronicle *chronicle)
{
    ff_json_put_list(json, "attempts");
    for (size_t i = 0; i < chronicle->attempts.count; i++) {
        const ff_chronicle_attempt *attempt = &chronicle->attempts.items[i];
        ff_json_open(json, '{');
        put_run(json, &attempt->known.run, attempt->url);
        ff_json_put_text(json, "state", ff_slice_of(ff_history_state_name(attempt->known.state)));
        ff_json_put_text_or_null(json, "why", attempt->known.why);
        put_failures(json, attempt);
        ff_json_put_list(json, "diagnoses");
        for (size_t k = 0; k < attempt->diagnoses.count; k++)
            put_diagnosis(json, &attempt->diagnoses.items[k]);
        ff_json_close(json, ']');
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_groups(ff_json *json, const ff_chronicle *chronicle)
{
    ff_json_put_list(json, "groups");
    for (size_t i = 0; i < chronicle->groups.count; i++) {
        ff_json_open(json, '{');
        put_group(json, &chronicle->groups.items[i]);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

void ff_chronicle_write_json(const ff_chronicle *chronicle, ff_buf *out)
{
    static const struct {
        const char *name;
        void (*put)(ff_json *json, const ff_chronicle *chronicle);
    } kinds[] = {
        [FF_CHRONICLE_GROUPS] = {"groups", put_groups},
        [FF_CHRONICLE_GROUP] = {"group", put_one_group},
        [FF_CHRONICLE_RUN] = {"run", put_attempts},
    };
    ff_json json = {.out = out};
    ff_json_open(&json, '{');
    ff_json_put_text(&json, "schema", FF_LIT("firstfault.history/1"));
    ff_json_put_text(&json, "kind", ff_slice_of(kinds[chronicle->kind].name));
    kinds[chronicle->kind].put(&json, chronicle);
    ff_json_put_bool(&json, "left_out", chronicle->full);
    ff_json_close(&json, '}');
    ff_buf_add_byte(out, '\n');
}
