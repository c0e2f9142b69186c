#include "report/report.h"

#include "base/limits.h"
#include "report/inert.h"

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
    ff_status status = ff_buf_status(&raw);
    if (status == FF_OK) {
        ff_inert_seal(out, ff_buf_slice(&raw), found->seal, options->inside_actions);
        status = ff_buf_status(out);
    }
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
