#include "report/report.h"

#include "base/limits.h"
#include "report/inert.h"
#include "report/proposal.h"

#include <firstfault/firstfault.h>

/* A new format is one file and one row. */
static const ff_report_format FORMATS[] = {
    {"markdown", "for a pull request, an issue or a job summary", FF_SEAL_SPACE, ff_report_write_markdown},
    {"text", "one screen for a terminal", FF_SEAL_SPACE, ff_report_write_text},
    {"json", "for programs, schema firstfault.report/1", FF_SEAL_JSON, ff_report_write_json},
};

static const size_t FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS;

static const ff_report_format *find_format(const char *name)
{
    for (size_t i = 0; name && i < FORMAT_COUNT; i++)
        if (strcmp(FORMATS[i].name, name) == 0)
            return &FORMATS[i];
    return NULL;
}

const char *ff_report_format_name(size_t index)
{
    return index < FORMAT_COUNT ? FORMATS[index].name : NULL;
}

const char *ff_version(void)
{
    return FF_VERSION;
}

ff_status ff_report_render(const ff_report *report, const char *format, const ff_report_options *options, ff_buf *out)
{
    static const ff_report_options defaults = {0};
    const ff_report_format *found = find_format(format);
    if (!found)
        return FF_UNSUPPORTED;
    if (!options)
        options = &defaults;
    ff_buf raw;
    ff_buf_init(&raw, FF_LIMIT_REPORT_BYTES);
    found->write(report, options, &raw);
    ff_status status = ff_inert_seal_page(out, &raw, found->seal, options->inside_actions);
    ff_buf_release(&raw);
    return status;
}

ff_status ff_report_print(const ff_analysis *analysis, const char *format, const ff_report_options *options,
                          ff_write_fn write, void *self, ff_error *error)
{
    const ff_report *report = ff_analysis_report(analysis);
    if (!report)
        return ff_error_set(error, FF_INVALID, "nothing was triaged, so there is no report");
    if (!find_format(format))
        return ff_error_set(error, FF_UNSUPPORTED, "there is no report format of that name");
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_report_render(report, format, options, &out);
    if (status != FF_OK)
        status = ff_error_set(error, status, "the report could not be made: %s", ff_status_name(status));
    else
        status = write(self, ff_buf_slice(&out));
    ff_buf_release(&out);
    return status;
}

static const char *const KINDS[FF_PROPOSAL_COUNT] = {[FF_PROPOSAL_FIX] = "fix", [FF_PROPOSAL_DIAGNOSE] = "diagnose"};

/* The finished part, with workflow commands broken up. */
static ff_status hand_out(ff_buf *raw, const ff_report_options *options, ff_write_fn write, void *self)
{
    ff_buf out;
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_inert_seal_page(&out, raw, FF_SEAL_SPACE, options->inside_actions);
    if (status == FF_OK)
        status = write(self, ff_buf_slice(&out));
    ff_buf_release(&out);
    ff_buf_reset(raw);
    return status;
}

ff_status ff_report_propose(const ff_analysis *analysis, const char *kind, const ff_report_options *options,
                            const ff_proposal_sink *sink, ff_error *error)
{
    static const ff_report_options defaults = {0};
    const ff_report *report = ff_analysis_report(analysis);
    int at = 0;
    while (at < FF_PROPOSAL_COUNT && strcmp(KINDS[at], kind) != 0)
        at++;
    if (!report || at == FF_PROPOSAL_COUNT)
        return ff_error_set(error, report ? FF_MISUSE : FF_INVALID, "there is no draft of that kind");
    const char *refusal = ff_proposal_refusal(report, (ff_proposal_kind)at);
    if (refusal)
        return ff_error_set(error, FF_UNSUPPORTED, "%s", refusal);
    ff_buf raw;
    ff_buf_init(&raw, FF_LIMIT_REPORT_BYTES);
    ff_proposal_write_title(report, (ff_proposal_kind)at, &raw);
    ff_status status = hand_out(&raw, options ? options : &defaults, sink->title, sink->self);
    if (status == FF_OK) {
        ff_proposal_write_body(report, (ff_proposal_kind)at, options ? options : &defaults, &raw);
        status = hand_out(&raw, options ? options : &defaults, sink->body, sink->self);
    }
    ff_buf_release(&raw);
    return status;
}
