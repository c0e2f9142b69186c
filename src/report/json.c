/* JSON, schema firstfault.report/1 (schema/report.schema.json): everything that was found, for programs. A member that
 * is not known is null; members may be added, but not change their meaning without a new number. */
#include "base/json.h"
#include "base/clock.h"
#include "base/limits.h"
#include "report/place.h"
#include "report/report.h"

#include <firstfault/firstfault.h>

static const char SCHEMA[] = "firstfault.report/1";

static const char *const STANDING_NAMES[] = {
    [FF_STANDING_EXPLAINS] = "explains",
    [FF_STANDING_RIVAL] = "rival",
    [FF_STANDING_TOLERATED] = "tolerated",
    [FF_STANDING_CONSEQUENCE] = "consequence",
};

static const char *const EVIDENCE_NAMES[] = {
    [FF_EVIDENCE_LOG] = "log",
    [FF_EVIDENCE_API] = "api",
    [FF_EVIDENCE_REPO] = "repo",
};

static const char *const RESULT_NAMES[] = {
    [FF_CHECK_SUPPORTS] = "supports",
    [FF_CHECK_CONTRADICTS] = "contradicts",
    [FF_CHECK_UNKNOWN] = "unknown",
};

static void put_lines(ff_json *json, const char *key, ff_slice text)
{
    ff_json_key(json, key);
    ff_json_lines(json, ff_slice_trim_end(text));
}

static void put_uint_or_null(ff_json *json, const char *key, uint64_t value)
{
    ff_json_key(json, key);
    ff_json_uint_or_null(json, value);
}

static void put_bool(ff_json *json, const char *key, bool value)
{
    ff_json_key(json, key);
    ff_json_bool(json, value);
}

static void put_null(ff_json *json, const char *key)
{
    ff_json_key(json, key);
    ff_json_null(json);
}

/* The contract asks for ISO 8601 or null, never for an empty text. */
static void put_time(ff_json *json, const char *key, int64_t time)
{
    ff_buf text;
    ff_buf_init(&text, json->out->max);
    ff_clock_add_utc(&text, time);
    ff_json_put_text_or_null(json, key, ff_buf_slice(&text));
    ff_buf_inherit(json->out, &text);
    ff_buf_release(&text);
}

/* `D1`, `E1`; null for number 0. */
static void put_id(ff_json *json, char letter, uint32_t number)
{
    char digits[] = "E4294967295";
    size_t at = sizeof digits - 1;
    if (number == 0) {
        ff_json_null(json);
        return;
    }
    for (; number; number /= 10)
        digits[--at] = (char)('0' + number % 10);
    digits[--at] = letter;
    ff_json_text(json, ff_slice_of(digits + at));
}

static void put_list(ff_json *json, const char *key)
{
    ff_json_key(json, key);
    ff_json_open(json, '[');
}

/* Step numbers of the API are positive; what is not known is 0 in the run. */
static void put_number(ff_json *json, const char *key, const ff_step *step)
{
    put_uint_or_null(json, key, step && step->number > 0 ? (uint64_t)step->number : 0);
}

/* The members that say where something stands. */
static void put_where(ff_json *json, const ff_run *run, uint32_t job_index, uint32_t step_index)
{
    const ff_job *job = ff_place_job(run, job_index);
    const ff_step *step = ff_place_step(run, job_index, step_index);
    ff_json_put_text_or_null(json, "job", job ? job->name : (ff_slice){0});
    put_number(json, "step", step);
    ff_json_put_text_or_null(json, "step_name", step ? step->name : (ff_slice){0});
}

static void write_tool(ff_json *json, const ff_report *report)
{
    ff_json_key(json, "tool");
    ff_json_open(json, '{');
    ff_json_put_text(json, "name", FF_LIT("firstfault"));
    ff_json_put_text(json, "version", ff_slice_of(ff_version()));
    ff_json_put_text_or_null(json, "catalog_digest", ff_slice_of(report->catalog_digest));
    ff_json_put_uint(json, "catalog_rules", report->catalog_rules);
    ff_json_close(json, '}');
}

static void write_notes(ff_json *json, const ff_notes *notes)
{
    put_list(json, "notes");
    for (size_t i = 0; i < notes->count; i++) {
        ff_json_open(json, '{');
        ff_json_put_text(json, "code", ff_slice_of(notes->items[i].code));
        ff_json_put_text(json, "text", notes->items[i].text);
        ff_json_put_uint(json, "count", notes->items[i].count);
        put_bool(json, "partial", notes->items[i].partial);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
    ff_json_put_uint(json, "notes_dropped", notes->dropped);
}

static void put_conclusion(ff_json *json, ff_conclusion conclusion)
{
    ff_json_put_text_or_null(json, "conclusion", ff_slice_of(ff_conclusion_name(conclusion)));
}

static void put_attempt(ff_json *json, uint32_t attempt, ff_conclusion conclusion)
{
    ff_json_open(json, '{');
    put_uint_or_null(json, "attempt", attempt);
    put_conclusion(json, conclusion);
    ff_json_close(json, '}');
}

static void write_last_green(ff_json *json, const ff_last_green *green)
{
    if (green->id == 0) {
        put_null(json, "last_green");
        return;
    }
    ff_json_key(json, "last_green");
    ff_json_open(json, '{');
    ff_json_put_uint(json, "id", green->id);
    ff_json_put_text_or_null(json, "head_sha", green->head_sha);
    put_time(json, "at", green->at);
    ff_json_close(json, '}');
}

static void write_run(ff_json *json, const ff_run *run)
{
    ff_json_key(json, "run");
    ff_json_open(json, '{');
    ff_json_put_text_or_null(json, "host", run->host);
    ff_json_put_text_or_null(json, "repository", run->repository);
    put_uint_or_null(json, "id", run->id);
    put_uint_or_null(json, "attempt", run->attempt);
    ff_json_put_text_or_null(json, "workflow", run->workflow);
    ff_json_put_text_or_null(json, "workflow_path", run->workflow_path);
    ff_json_put_text_or_null(json, "event", run->event);
    ff_json_put_text_or_null(json, "head_sha", run->head_sha);
    ff_json_put_text_or_null(json, "head_branch", run->head_branch);
    put_conclusion(json, run->conclusion);
    ff_json_put_text_or_null(json, "url", run->url);
    put_bool(json, "unfinished", run->unfinished);
    put_uint_or_null(json, "latest_attempt", run->latest_attempt);
    put_list(json, "attempts");
    for (size_t i = 0; i < run->attempts.count; i++)
        put_attempt(json, run->attempts.items[i].number, run->attempts.items[i].conclusion);
    ff_json_close(json, ']');
    write_last_green(json, &run->last_green);
    ff_json_close(json, '}');
}

static void write_read(ff_json *json, const ff_run *run)
{
    ff_json_key(json, "read");
    ff_json_open(json, '{');
    ff_json_put_uint(json, "entries", run->entries_read);
    ff_json_put_uint(json, "bytes", run->bytes_read);
    ff_json_put_uint(json, "redactions", run->redactions);
    ff_json_close(json, '}');
}

static void write_step(ff_json *json, const ff_step *step)
{
    ff_json_open(json, '{');
    put_number(json, "number", step);
    put_uint_or_null(json, "ordinal", step->conclusion_known && step->first_line == 0 ? 0 : step->ordinal);
    ff_json_put_text_or_null(json, "name", step->name);
    put_conclusion(json, step->conclusion);
    put_bool(json, "tolerated", step->tolerated);
    ff_json_put_text_or_null(json, "file", step->file);
    put_uint_or_null(json, "first_line", step->first_line);
    put_uint_or_null(json, "last_line", step->last_line);
    put_time(json, "started_at", step->started_at);
    put_time(json, "completed_at", step->completed_at);
    ff_json_close(json, '}');
}

static void write_jobs(ff_json *json, const ff_run *run)
{
    put_list(json, "jobs");
    for (size_t i = 0; i < run->jobs.count; i++) {
        const ff_job *job = &run->jobs.items[i];
        ff_json_open(json, '{');
        ff_json_put_text_or_null(json, "name", job->name);
        put_uint_or_null(json, "id", job->id > 0 ? (uint64_t)job->id : 0);
        put_conclusion(json, job->conclusion);
        put_bool(json, "unfinished", job->unfinished);
        put_time(json, "started_at", job->started_at);
        put_time(json, "completed_at", job->completed_at);
        put_list(json, "attempts");
        for (size_t k = 0; k < job->others.count; k++)
            put_attempt(json, job->others.items[k].attempt, job->others.items[k].conclusion);
        ff_json_close(json, ']');
        put_list(json, "steps");
        for (size_t k = 0; k < job->steps.count; k++)
            write_step(json, &job->steps.items[k]);
        ff_json_close(json, ']');
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_diagnosis_id(ff_json *json, const ff_report *report, uint32_t index)
{
    put_id(json, 'D', index < report->diagnosis_count ? report->diagnoses[index].number : 0);
}

/* In the order of the diagnosis: origins by time, then follow-ons. */
static void write_failures(ff_json *json, const ff_report *report)
{
    put_list(json, "failures");
    for (size_t i = 0; i < report->failure_count; i++) {
        const ff_failure *failure = &report->failures[i];
        ff_json_open(json, '{');
        put_where(json, report->run, failure->job, failure->step);
        put_conclusion(json, failure->conclusion);
        put_bool(json, "follow_on", failure->follow_on);
        ff_json_put_text_or_null(json, "file", failure->place.line ? failure->place.file : (ff_slice){0});
        put_uint_or_null(json, "line", failure->place.line);
        put_uint_or_null(json, "job_line", failure->place.job_line);
        put_time(json, "time", failure->at);
        ff_json_key(json, "first_fault");
        put_diagnosis_id(json, report, failure->first_fault);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_captures(ff_json *json, const ff_diagnosis *diagnosis)
{
    ff_json_key(json, "captures");
    ff_json_open(json, '{');
    for (uint32_t i = 0; i < diagnosis->capture_count; i++) {
        const ff_capture *capture = &diagnosis->captures[i];
        /* Names of groups are letters, digits and `_`, at most 32 of them. */
        char name[64] = "";
        if (capture->name.len == 0 || capture->name.len >= sizeof name)
            continue;
        memcpy(name, capture->name.ptr, capture->name.len);
        ff_json_key(json, name);
        if (capture->count == 1) {
            ff_json_text(json, capture->values[0]);
            continue;
        }
        ff_json_open(json, '[');
        for (uint32_t k = 0; k < capture->count; k++)
            ff_json_text(json, capture->values[k]);
        ff_json_close(json, ']');
    }
    ff_json_close(json, '}');
}

/* The lines from `line` to `end_line`; `…` where the middle of a long block was not kept. */
static void write_lines(ff_json *json, const ff_evidence *evidence)
{
    put_list(json, "text");
    for (uint32_t i = 0; i < evidence->line_count; i++) {
        if (i && evidence->lines[i].place.line > evidence->lines[i - 1].place.line + 1)
            ff_json_text(json, FF_LIT("…"));
        ff_json_text(json, evidence->lines[i].text);
    }
    ff_json_close(json, ']');
}

static void write_one_evidence(ff_json *json, const ff_run *run, const ff_evidence *evidence)
{
    bool has_line = evidence->kind == FF_EVIDENCE_LOG && evidence->place.line;
    ff_json_open(json, '{');
    ff_json_key(json, "id");
    put_id(json, 'E', evidence->number);
    ff_json_put_text(json, "kind", ff_slice_of(EVIDENCE_NAMES[evidence->kind]));
    put_where(json, run, evidence->job, evidence->step);
    ff_json_put_text_or_null(json, "file", has_line ? evidence->place.file : (ff_slice){0});
    put_uint_or_null(json, "line", has_line ? evidence->place.line : 0);
    put_uint_or_null(json, "end_line", has_line ? evidence->end_line : 0);
    put_uint_or_null(json, "job_line", has_line ? evidence->place.job_line : 0);
    put_bool(json, "primary", evidence->primary);
    write_lines(json, evidence);
    ff_json_close(json, '}');
}

static void write_evidence(ff_json *json, const ff_run *run, const ff_diagnosis *diagnosis)
{
    put_list(json, "evidence");
    for (uint32_t i = 0; i < diagnosis->evidence_count; i++)
        write_one_evidence(json, run, &diagnosis->evidence[i]);
    ff_json_close(json, ']');
}

static void write_reasons(ff_json *json, const ff_diagnosis *diagnosis)
{
    put_list(json, "reasons");
    for (uint32_t i = 0; i < diagnosis->reason_count; i++) {
        ff_json_open(json, '{');
        ff_json_put_text(json, "term", ff_slice_of(diagnosis->reasons[i].term));
        ff_json_key(json, "weight");
        ff_json_fixed(json, diagnosis->reasons[i].weight);
        ff_json_put_text(json, "text", diagnosis->reasons[i].text);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_checks(ff_json *json, const ff_diagnosis *diagnosis)
{
    put_list(json, "checks");
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        ff_json_open(json, '{');
        ff_json_put_text(json, "probe", check->probe);
        ff_json_put_text_or_null(json, "subject", check->subject);
        ff_json_put_text(json, "result", ff_slice_of(RESULT_NAMES[check->result]));
        ff_json_put_text_or_null(json, "at", check->at);
        ff_json_put_text(json, "text", check->text);
        put_bool(json, "decides", check->decides);
        put_list(json, "places");
        for (uint32_t k = 0; k < check->place_count; k++)
            ff_json_text(json, check->places[k]);
        ff_json_close(json, ']');
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void put_diff(ff_json *json, ff_slice diff)
{
    ff_json_key(json, "diff");
    if (diff.len)
        ff_json_exact(json, diff);
    else
        ff_json_null(json);
}

static void write_fixes(ff_json *json, const ff_diagnosis *diagnosis)
{
    put_list(json, "fixes");
    for (uint32_t i = 0; i < diagnosis->advice_count; i++) {
        ff_json_open(json, '{');
        const ff_advice *advice = &diagnosis->advice[i];
        ff_json_put_text_or_null(json, "path", advice->path);
        put_uint_or_null(json, "start_line", advice->start_line);
        put_uint_or_null(json, "end_line", advice->end_line);
        put_diff(json, advice->diff);
        ff_json_put_text_or_null(json, "left_alone", advice->refused);
        put_lines(json, "text", advice->text);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_next(ff_json *json, const ff_diagnosis *diagnosis)
{
    put_list(json, "next_evidence");
    for (uint32_t i = 0; i < diagnosis->next_evidence_count; i++) {
        ff_json_open(json, '{');
        put_lines(json, "command", diagnosis->next_evidence[i].command);
        put_lines(json, "why", diagnosis->next_evidence[i].why);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

/* Only a failure that no rule knows has neither rule nor family. */
static void write_rule(ff_json *json, const ff_rule *rule)
{
    ff_json_put_text_or_null(json, "rule", rule ? rule->id : (ff_slice){0});
    ff_json_put_text_or_null(json, "family", rule ? rule->family : (ff_slice){0});
    put_list(json, "tags");
    for (size_t i = 0; rule && i < rule->tags.count; i++)
        ff_json_text(json, rule->tags.items[i]);
    ff_json_close(json, ']');
}

static void write_tolerance(ff_json *json, const ff_tolerance *tolerance)
{
    if (!tolerance->construct) {
        put_null(json, "tolerated_by");
        return;
    }
    ff_json_key(json, "tolerated_by");
    ff_json_open(json, '{');
    ff_json_put_text(json, "construct", ff_slice_of(tolerance->construct));
    ff_json_put_text_or_null(json, "text", tolerance->text);
    ff_json_put_text_or_null(json, "at", tolerance->at);
    ff_json_close(json, '}');
}

static void write_judgement(ff_json *json, const ff_report *report, const ff_diagnosis *diagnosis)
{
    ff_json_put_text(json, "role", ff_slice_of(ff_role_name(diagnosis->role)));
    ff_json_put_text(json, "title", diagnosis->title);
    ff_json_put_text(json, "verdict", ff_slice_of(ff_verdict_name(diagnosis->verdict)));
    ff_json_key(json, "confidence");
    ff_json_fixed(json, diagnosis->confidence);
    ff_json_put_text(json, "standing", ff_slice_of(STANDING_NAMES[diagnosis->standing]));
    put_lines(json, "summary", diagnosis->summary);
    put_where(json, report->run, diagnosis->job, diagnosis->step);
    put_bool(json, "tolerated", diagnosis->tolerated);
    write_tolerance(json, &diagnosis->tolerance);
    ff_json_put_uint(json, "count", diagnosis->count ? diagnosis->count : 1);
    put_time(json, "first_time", diagnosis->first_time);
    put_time(json, "last_time", diagnosis->last_time);
}

static void write_diagnosis(ff_json *json, const ff_report *report, const ff_diagnosis *diagnosis)
{
    ff_json_open(json, '{');
    ff_json_key(json, "id");
    put_id(json, 'D', diagnosis->number);
    put_uint_or_null(json, "rank", diagnosis->verdict == FF_VERDICT_REFUTED ? 0 : diagnosis->rank);
    write_rule(json, diagnosis->rule);
    write_judgement(json, report, diagnosis);
    write_captures(json, diagnosis);
    write_evidence(json, report->run, diagnosis);
    write_reasons(json, diagnosis);
    write_checks(json, diagnosis);
    put_list(json, "caused_by");
    for (uint32_t i = 0; i < diagnosis->caused_by_count; i++)
        put_diagnosis_id(json, report, diagnosis->caused_by[i]);
    ff_json_close(json, ']');
    write_fixes(json, diagnosis);
    write_next(json, diagnosis);
    ff_json_put_text_or_null(json, "fingerprint", ff_slice_of(diagnosis->fingerprint));
    ff_json_close(json, '}');
}

static void write_diagnoses(ff_json *json, const ff_report *report, const char *key, bool refuted)
{
    put_list(json, key);
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if ((report->diagnoses[i].verdict == FF_VERDICT_REFUTED) == refuted)
            write_diagnosis(json, report, &report->diagnoses[i]);
    ff_json_close(json, ']');
}

static void write_half_done(ff_json *json, const ff_report *report)
{
    put_list(json, "half_done");
    for (size_t i = 0; i < report->half_done_count; i++) {
        const ff_half_done *fact = &report->half_done[i];
        ff_json_open(json, '{');
        ff_json_put_text(json, "title", fact->title);
        put_where(json, report->run, fact->job, fact->step);
        put_list(json, "evidence");
        if (fact->evidence)
            write_one_evidence(json, report->run, fact->evidence);
        ff_json_close(json, ']');
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_observations(ff_json *json, const ff_report *report)
{
    put_list(json, "observations");
    for (size_t i = 0; i < report->observation_count; i++) {
        const ff_observation *observation = &report->observations[i];
        ff_json_open(json, '{');
        ff_json_put_text(json, "code", ff_slice_of(observation->code));
        ff_json_put_text(json, "text", observation->text);
        put_where(json, report->run, observation->job, observation->step);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_repository(ff_json *json, const ff_report *report)
{
    ff_json_key(json, "repository");
    ff_json_open(json, '{');
    ff_json_put_text_or_null(json, "read_from", ff_slice_of(report->repository));
    ff_json_put_text_or_null(json, "commit", report->repository_commit);
    ff_json_key(json, "at_run_commit");
    if (report->repository_commit.len && report->run->head_sha.len)
        ff_json_bool(json, ff_place_is_same_commit(report));
    else
        ff_json_null(json);
    ff_json_put_text_or_null(json, "why_not", report->repository_why_not);
    ff_json_close(json, '}');
}

/* What the drafts of pull requests change: of several edits of a file one diff. */
static void write_changes(ff_json *json, const ff_report *report)
{
    static const char *const kinds[FF_PROPOSAL_COUNT] = {
        [FF_PROPOSAL_FIX] = "fix", [FF_PROPOSAL_DIAGNOSE] = "diagnose"};
    ff_json_key(json, "changes");
    ff_json_open(json, '{');
    for (size_t kind = 0; kind < FF_PROPOSAL_COUNT; kind++) {
        put_list(json, kinds[kind]);
        for (size_t i = 0; i < report->changes[kind].count; i++) {
            const ff_change *change = &report->changes[kind].items[i];
            ff_json_open(json, '{');
            ff_json_put_text(json, "path", change->path);
            put_uint_or_null(json, "start_line", change->start_line);
            put_uint_or_null(json, "end_line", change->end_line);
            put_diff(json, change->diff);
            put_list(json, "diagnoses");
            for (uint32_t k = 0; k < change->diagnosis_count; k++)
                put_diagnosis_id(json, report, change->diagnoses[k]);
            ff_json_close(json, ']');
            ff_json_close(json, '}');
        }
        ff_json_close(json, ']');
    }
    ff_json_close(json, '}');
}

/* As GitHub tells them; a job whose annotations repeat its log has them all the same. */
static void write_annotations(ff_json *json, const ff_run *run)
{
    put_list(json, "annotations");
    for (size_t i = 0; i < run->annotations.count && i < FF_LIMIT_SHOWN_ANNOTATIONS; i++) {
        const ff_annotation *annotation = &run->annotations.items[i];
        const ff_job *job = ff_place_job(run, annotation->job);
        ff_json_open(json, '{');
        ff_json_put_text_or_null(json, "job", job ? job->name : (ff_slice){0});
        ff_json_put_text_or_null(json, "level", annotation->level);
        ff_json_put_text_or_null(json, "title", annotation->title);
        put_lines(json, "message", annotation->message);
        ff_json_put_text_or_null(json, "path", annotation->path);
        put_uint_or_null(json, "line", annotation->line);
        put_uint_or_null(json, "end_line", annotation->end_line);
        put_bool(json, "in_log", annotation->in_log);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
    size_t shown =
        run->annotations.count < FF_LIMIT_SHOWN_ANNOTATIONS ? run->annotations.count : FF_LIMIT_SHOWN_ANNOTATIONS;
    ff_json_put_uint(json, "annotations_left_out", run->annotations.count - shown);
}

static void write_excerpt(ff_json *json, const ff_report *report)
{
    put_list(json, "excerpt");
    for (size_t i = 0; i < report->excerpt_count; i++) {
        const ff_excerpt_line *row = &report->excerpt[i];
        ff_json_open(json, '{');
        put_where(json, report->run, row->job, row->step);
        ff_json_put_text_or_null(json, "file", row->line.place.file);
        put_uint_or_null(json, "line", row->line.place.line);
        put_uint_or_null(json, "job_line", row->line.place.job_line);
        put_bool(json, "primary", row->primary);
        ff_json_put_text(json, "text", row->line.text);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

void ff_report_write_json(const ff_report *report, const ff_report_options *options, ff_buf *out)
{
    (void)options; /* commands are broken up behind all formats */
    ff_json json = {.out = out};
    ff_json_open(&json, '{');
    ff_json_put_text(&json, "schema", ff_slice_of(SCHEMA));
    write_tool(&json, report);
    ff_json_put_text_or_null(&json, "target", report->target);
    put_bool(&json, "partial", report->partial);
    write_notes(&json, &report->run->notes);
    write_run(&json, report->run);
    write_read(&json, report->run);
    write_repository(&json, report);
    write_jobs(&json, report->run);
    write_failures(&json, report);
    write_diagnoses(&json, report, "diagnoses", false);
    write_diagnoses(&json, report, "refuted", true);
    write_changes(&json, report);
    write_half_done(&json, report);
    write_observations(&json, report);
    write_annotations(&json, report->run);
    write_excerpt(&json, report);
    ff_json_close(&json, '}');
    ff_buf_add_byte(out, '\n');
}
