#include "report/member.h"

#include "report/datum.h"
#include "report/place.h"

static const char *const RESULT_NAMES[] = {
    [FF_CHECK_SUPPORTS] = "supports",
    [FF_CHECK_CONTRADICTS] = "contradicts",
    [FF_CHECK_UNKNOWN] = "unknown",
};

static void write_captures(ff_json *json, const ff_diagnosis *diagnosis)
{
    ff_json_put_object(json, "captures");
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

static void write_evidence(ff_json *json, const ff_run *run, const ff_diagnosis *diagnosis)
{
    ff_json_put_list(json, "evidence");
    for (uint32_t i = 0; i < diagnosis->evidence_count; i++)
        ff_datum_put_evidence(json, run, &diagnosis->evidence[i]);
    ff_json_close(json, ']');
}

static void write_reasons(ff_json *json, const ff_diagnosis *diagnosis)
{
    ff_json_put_list(json, "reasons");
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
    ff_json_put_list(json, "checks");
    for (uint32_t i = 0; i < diagnosis->check_count; i++) {
        const ff_check *check = &diagnosis->checks[i];
        ff_json_open(json, '{');
        ff_json_put_text(json, "probe", check->probe);
        ff_json_put_text_or_null(json, "subject", check->subject);
        ff_json_put_text(json, "result", ff_slice_of(RESULT_NAMES[check->result]));
        ff_json_put_text_or_null(json, "at", check->at);
        ff_json_put_text(json, "text", check->text);
        ff_json_put_bool(json, "decides", check->decides);
        ff_json_put_list(json, "places");
        for (uint32_t k = 0; k < check->place_count; k++)
            ff_json_text(json, check->places[k]);
        ff_json_close(json, ']');
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_fixes(ff_json *json, const ff_diagnosis *diagnosis)
{
    ff_json_put_list(json, "fixes");
    for (uint32_t i = 0; i < diagnosis->advice_count; i++) {
        ff_json_open(json, '{');
        const ff_advice *advice = &diagnosis->advice[i];
        ff_json_put_text_or_null(json, "path", advice->path);
        ff_json_put_uint_or_null(json, "start_line", advice->start_line);
        ff_json_put_uint_or_null(json, "end_line", advice->end_line);
        ff_datum_put_diff(json, advice->diff);
        ff_json_put_text_or_null(json, "left_alone", advice->refused);
        ff_json_put_lines(json, "text", advice->text);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

static void write_next(ff_json *json, const ff_diagnosis *diagnosis)
{
    ff_json_put_list(json, "next_evidence");
    for (uint32_t i = 0; i < diagnosis->next_evidence_count; i++) {
        ff_json_open(json, '{');
        ff_json_put_lines(json, "command", diagnosis->next_evidence[i].command);
        ff_json_put_lines(json, "why", diagnosis->next_evidence[i].why);
        ff_json_close(json, '}');
    }
    ff_json_close(json, ']');
}

/* Only a failure that no rule knows has neither rule nor family. */
static void write_rule(ff_json *json, const ff_rule *rule)
{
    ff_json_put_text_or_null(json, "rule", rule ? rule->id : (ff_slice){0});
    ff_json_put_text_or_null(json, "family", rule ? rule->family : (ff_slice){0});
    ff_json_put_list(json, "tags");
    for (size_t i = 0; rule && i < rule->tags.count; i++)
        ff_json_text(json, rule->tags.items[i]);
    ff_json_close(json, ']');
}

static void write_tolerance(ff_json *json, const ff_tolerance *tolerance)
{
    if (!tolerance->construct) {
        ff_json_put_null(json, "tolerated_by");
        return;
    }
    ff_json_put_object(json, "tolerated_by");
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
    ff_json_put_text(json, "standing", ff_slice_of(ff_standing_name(diagnosis->standing)));
    ff_json_put_lines(json, "summary", diagnosis->summary);
    ff_datum_put_where(json, report->run, diagnosis->job, diagnosis->step);
    ff_json_put_bool(json, "tolerated", diagnosis->tolerated);
    write_tolerance(json, &diagnosis->tolerance);
    ff_json_put_uint(json, "count", diagnosis->count ? diagnosis->count : 1);
    ff_json_put_time(json, "first_time", diagnosis->first_time);
    ff_json_put_time(json, "last_time", diagnosis->last_time);
}

void ff_member_write(ff_json *json, const ff_report *report, const ff_diagnosis *diagnosis)
{
    ff_json_open(json, '{');
    ff_json_key(json, "id");
    ff_datum_put_id(json, 'D', diagnosis->number);
    ff_json_put_uint_or_null(json, "rank", diagnosis->verdict == FF_VERDICT_REFUTED ? 0 : diagnosis->rank);
    write_rule(json, diagnosis->rule);
    write_judgement(json, report, diagnosis);
    write_captures(json, diagnosis);
    write_evidence(json, report->run, diagnosis);
    write_reasons(json, diagnosis);
    write_checks(json, diagnosis);
    ff_json_put_list(json, "caused_by");
    for (uint32_t i = 0; i < diagnosis->caused_by_count; i++)
        ff_datum_put_diagnosis(json, report, diagnosis->caused_by[i]);
    ff_json_close(json, ']');
    write_fixes(json, diagnosis);
    write_next(json, diagnosis);
    ff_json_put_text_or_null(json, "fingerprint", ff_slice_of(diagnosis->fingerprint));
    ff_json_close(json, '}');
}

void ff_report_add_member(ff_buf *out, const ff_report *report, const ff_diagnosis *diagnosis)
{
    ff_json json = {.out = out, .compact = true};
    ff_member_write(&json, report, diagnosis);
}
