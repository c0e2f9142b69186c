/* JSON, schema firstfault.report/1 (schema/report.schema.json): everything that was found, for programs. A member that
 * is not known is null; members may be added, but not change their meaning without a new number. */
#include "base/json.h"
#include "base/limits.h"
#include "report/datum.h"
#include "report/member.h"
#include "report/place.h"
#include "report/report.h"

#include <firstfault/firstfault.h>

static const char SCHEMA[] = "firstfault.report/1";

static void write_tool(ff_json *json, const ff_report *report)
{
    ff_json_put_object(json, "tool");
    ff_json_put_text(json, "name", FF_LIT("firstfault"));
    ff_json_put_text(json, "version", ff_slice_of(ff_version()));
    ff_json_put_text_or_null(json, "catalog_digest", ff_slice_of(report->catalog_digest));
    ff_json_put_uint(json, "catalog_rules", report->catalog_rules);
    ff_json_close(json, '}');
}

static void put_conclusion(ff_json *json, ff_conclusion conclusion)
{
    ff_json_put_text_or_null(json, "conclusion", ff_slice_of(ff_conclusion_name(conclusion)));
}

static void put_attempt(ff_json *json, uint32_t attempt, ff_conclusion conclusion)
{
    ff_json_open(json, '{');
    ff_json_put_uint_or_null(json, "attempt", attempt);
    put_conclusion(json, conclusion);
    ff_json_close(json, '}');
}

static void write_last_green(ff_json *json, const ff_last_green *green)
{
    if (green->id == 0) {
        ff_json_put_null(json, "last_green");
        return;
    }
    ff_json_put_object(json, "last_green");
    ff_json_put_uint(json, "id", green->id);
    ff_json_put_text_or_null(json, "head_sha", green->head_sha);
    ff_json_put_time(json, "at", green->at);
    ff_json_close(json, '}');
}

static void write_run(ff_json *json, const ff_run *run)
{
    ff_json_put_object(json, "run");
    ff_json_put_text_or_null(json, "host", run->host);
    ff_json_put_text_or_null(json, "repository", run->repository);
    ff_json_put_uint_or_null(json, "id", run->id);
    ff_json_put_uint_or_null(json, "attempt", run->attempt);
    ff_json_put_text_or_null(json, "workflow", run->workflow);
    ff_json_put_text_or_null(json, "workflow_path", run->workflow_path);
    ff_json_put_text_or_null(json, "event", run->event);
    ff_json_put_text_or_null(json, "head_sha", run->head_sha);
    ff_json_put_text_or_null(json, "head_branch", run->head_branch);
    put_conclusion(json, run->conclusion);
    ff_json_put_text_or_null(json, "url", run->url);
    ff_json_put_bool(json, "unfinished", run->unfinished);
    ff_json_put_uint_or_null(json, "latest_attempt", run->latest_attempt);
    ff_json_put_list(json, "attempts");
    for (size_t i = 0; i < run->attempts.count; i++)
        put_attempt(json, run->attempts.items[i].number, run->attempts.items[i].conclusion);
    ff_json_close(json, ']');
    write_last_green(json, &run->last_green);
    ff_json_close(json, '}');
}

static void write_read(ff_json *json, const ff_run *run)
{
    ff_json_put_object(json, "read");
    ff_json_put_uint(json, "entries", run->entries_read);
    ff_json_put_uint(json, "bytes", run->bytes_read);
    ff_json_put_uint(json, "redactions", run->redactions);
    ff_json_close(json, '}');
}

static void write_step(ff_json *json, const ff_step *step)
{
    ff_json_open(json, '{');
    ff_datum_put_number(json, "number", step);
    ff_json_put_uint_or_null(json, "ordinal", step->conclusion_known && step->first_line == 0 ? 0 : step->ordinal);
    ff_json_put_text_or_null(json, "name", step->name);
    put_conclusion(json, step->conclusion);
    ff_json_put_bool(json, "tolerated", step->tolerated);
    ff_json_put_text_or_null(json, "file", step->file);
    ff_json_put_uint_or_null(json, "first_line", step->first_line);
    ff_json_put_uint_or_null(json, "last_line", step->last_line);
    ff_json_put_time(json, "started_at", step->started_at);
    ff_json_put_time(json, "completed_at", step->completed_at);
    ff_json_close(json, '}');
}

static void write_jobs(ff_json *json, const ff_run *run)
{
    ff_json_put_list(json, "jobs");
    for (size_t i = 0; i < run->jobs.count; i++) {
        const ff_job *job = &run->jobs.items[i];
        ff_json_open(json, '{');
        ff_json_put_text_or_null(json, "name", job->name);
        ff_json_put_uint_or_null(json, "id", job->id > 0 ? (uint64_t)job->id : 0);
        put_conclusion(json, job->conclusion);
        ff_json_put_bool(json, "unfinished", job->unfinished);
        ff_json_put_time(json, "started_at", job->started_at);
        ff_json_put_time(json, "completed_at", job->completed_at);
        ff_json_put_list(json, "attempts");
        for (size_t k = 0; k < job->others.count; k++)
            put_attempt(json, job->others.items[k].attempt, job->others.items[k].conclusion);
        ff_json_close(json, ']');
        ff_json_put_list(json, "steps");
        for (size_t k = 0; k < job->steps.count; k++)
            write_step(json, &job->steps.items[k]);
        ff_json_close(json, ']');
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

/* In the order of the diagnosis: origins by time, then follow-ons. */
static void write_failures(ff_json *json, const ff_report *report)
{
    ff_json_put_list(json, "failures");
    for (size_t i = 0; i < report->failure_count; i++) {
        const ff_failure *failure = &report->failures[i];
        ff_json_open(json, '{');
        ff_datum_put_where(json, report->run, failure->job, failure->step);
        put_conclusion(json, failure->conclusion);
        ff_json_put_bool(json, "follow_on", failure->follow_on);
        ff_json_put_text_or_null(json, "file", failure->place.line ? failure->place.file : (ff_slice){0});
        ff_json_put_uint_or_null(json, "line", failure->place.line);
        ff_json_put_uint_or_null(json, "job_line", failure->place.job_line);
        ff_json_put_time(json, "time", failure->at);
        ff_json_key(json, "first_fault");
        ff_datum_put_diagnosis(json, report, failure->first_fault);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_diagnoses(ff_json *json, const ff_report *report, const char *key, bool refuted)
{
    ff_json_put_list(json, key);
    for (size_t i = 0; i < report->diagnosis_count; i++)
        if ((report->diagnoses[i].verdict == FF_VERDICT_REFUTED) == refuted)
            ff_member_write(json, report, &report->diagnoses[i]);
    ff_json_close(json, ']');
}

static void write_half_done(ff_json *json, const ff_report *report)
{
    ff_json_put_list(json, "half_done");
    for (size_t i = 0; i < report->half_done_count; i++) {
        const ff_half_done *fact = &report->half_done[i];
        ff_json_open(json, '{');
        ff_json_put_text(json, "title", fact->title);
        ff_datum_put_where(json, report->run, fact->job, fact->step);
        ff_json_put_list(json, "evidence");
        if (fact->evidence)
            ff_datum_put_evidence(json, report->run, fact->evidence);
        ff_json_close(json, ']');
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_observations(ff_json *json, const ff_report *report)
{
    ff_json_put_list(json, "observations");
    for (size_t i = 0; i < report->observation_count; i++) {
        const ff_observation *observation = &report->observations[i];
        ff_json_open(json, '{');
        ff_json_put_text(json, "code", ff_slice_of(observation->code));
        ff_json_put_text(json, "text", observation->text);
        ff_datum_put_where(json, report->run, observation->job, observation->step);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_repository(ff_json *json, const ff_report *report)
{
    ff_json_put_object(json, "repository");
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
    ff_json_put_object(json, "changes");
    for (size_t kind = 0; kind < FF_PROPOSAL_COUNT; kind++) {
        ff_json_put_list(json, kinds[kind]);
        for (size_t i = 0; i < report->changes[kind].count; i++) {
            const ff_change *change = &report->changes[kind].items[i];
            ff_json_open(json, '{');
            ff_json_put_text(json, "path", change->path);
            ff_json_put_uint_or_null(json, "start_line", change->start_line);
            ff_json_put_uint_or_null(json, "end_line", change->end_line);
            ff_datum_put_diff(json, change->diff);
            ff_json_put_list(json, "diagnoses");
            for (uint32_t k = 0; k < change->diagnosis_count; k++)
                ff_datum_put_diagnosis(json, report, change->diagnoses[k]);
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
    ff_json_put_list(json, "annotations");
    for (size_t i = 0; i < run->annotations.count && i < FF_LIMIT_SHOWN_ANNOTATIONS; i++) {
        const ff_annotation *annotation = &run->annotations.items[i];
        const ff_job *job = ff_place_job(run, annotation->job);
        ff_json_open(json, '{');
        ff_json_put_text_or_null(json, "job", job ? job->name : (ff_slice){0});
        ff_json_put_text_or_null(json, "level", annotation->level);
        ff_json_put_text_or_null(json, "title", annotation->title);
        ff_json_put_lines(json, "message", annotation->message);
        ff_json_put_text_or_null(json, "path", annotation->path);
        ff_json_put_uint_or_null(json, "line", annotation->line);
        ff_json_put_uint_or_null(json, "end_line", annotation->end_line);
        ff_json_put_bool(json, "in_log", annotation->in_log);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
    size_t shown =
        run->annotations.count < FF_LIMIT_SHOWN_ANNOTATIONS ? run->annotations.count : FF_LIMIT_SHOWN_ANNOTATIONS;
    ff_json_put_uint(json, "annotations_left_out", run->annotations.count - shown);
}

static void write_excerpt(ff_json *json, const ff_report *report)
{
    ff_json_put_list(json, "excerpt");
    for (size_t i = 0; i < report->excerpt_count; i++) {
        const ff_excerpt_line *row = &report->excerpt[i];
        ff_json_open(json, '{');
        ff_datum_put_where(json, report->run, row->job, row->step);
        ff_json_put_text_or_null(json, "file", row->line.place.file);
        ff_json_put_uint_or_null(json, "line", row->line.place.line);
        ff_json_put_uint_or_null(json, "job_line", row->line.place.job_line);
        ff_json_put_bool(json, "primary", row->primary);
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
    ff_json_put_bool(&json, "partial", report->partial);
    ff_notes_put(&json, &report->run->notes);
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
