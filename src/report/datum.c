#include "report/datum.h"

#include "report/place.h"

/* `D1`, `E1`; null for number 0. */
void ff_datum_put_id(ff_json *json, char letter, uint32_t number)
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

/* Step numbers of the API are positive; what is not known is 0 in the run. */
void ff_datum_put_number(ff_json *json, const char *key, const ff_step *step)
{
    ff_json_put_uint_or_null(json, key, step && step->number > 0 ? (uint64_t)step->number : 0);
}

/* The members that say where something stands. */
void ff_datum_put_where(ff_json *json, const ff_run *run, uint32_t job_index, uint32_t step_index)
{
    const ff_job *job = ff_place_job(run, job_index);
    const ff_step *step = ff_place_step(run, job_index, step_index);
    ff_json_put_text_or_null(json, "job", job ? job->name : (ff_slice){0});
    ff_datum_put_number(json, "step", step);
    ff_json_put_text_or_null(json, "step_name", step ? step->name : (ff_slice){0});
}

void ff_datum_put_diagnosis(ff_json *json, const ff_report *report, uint32_t index)
{
    ff_datum_put_id(json, 'D', index < report->diagnosis_count ? report->diagnoses[index].number : 0);
}

/* The lines from `line` to `end_line`; `…` where the middle of a long block was not kept. */
static void write_lines(ff_json *json, const ff_evidence *evidence)
{
    ff_json_put_list(json, "text");
    for (uint32_t i = 0; i < evidence->line_count; i++) {
        if (i && evidence->lines[i].place.line > evidence->lines[i - 1].place.line + 1)
            ff_json_text(json, FF_LIT("…"));
        ff_json_text(json, evidence->lines[i].text);
    }
    ff_json_close(json, ']');
}

void ff_datum_put_evidence(ff_json *json, const ff_run *run, const ff_evidence *evidence)
{
    bool has_line = evidence->kind == FF_EVIDENCE_LOG && evidence->place.line;
    ff_json_open(json, '{');
    ff_json_key(json, "id");
    ff_datum_put_id(json, 'E', evidence->number);
    ff_json_put_text(json, "kind", ff_slice_of(ff_evidence_kind_name(evidence->kind)));
    ff_datum_put_where(json, run, evidence->job, evidence->step);
    ff_json_put_text_or_null(json, "file", has_line ? evidence->place.file : (ff_slice){0});
    ff_json_put_uint_or_null(json, "line", has_line ? evidence->place.line : 0);
    ff_json_put_uint_or_null(json, "end_line", has_line ? evidence->end_line : 0);
    ff_json_put_uint_or_null(json, "job_line", has_line ? evidence->place.job_line : 0);
    ff_json_put_bool(json, "primary", evidence->primary);
    write_lines(json, evidence);
    ff_json_close(json, '}');
}

void ff_datum_put_diff(ff_json *json, ff_slice diff)
{
    ff_json_key(json, "diff");
    if (diff.len)
        ff_json_exact(json, diff);
    else
        ff_json_null(json);
}
