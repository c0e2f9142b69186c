#include "chronicle/chronicle.h"

#include "base/limits.h"
#include "report/inert.h"

void ff_chronicle_init(ff_chronicle *chronicle, ff_arena *arena)
{
    *chronicle = (ff_chronicle){.arena = arena};
}

/* A new format is one file and one row. */
static const struct {
    const char *name;
    void (*write)(const ff_chronicle *chronicle, ff_buf *out);
    ff_seal seal;
} FORMATS[] = {
    {"markdown", ff_chronicle_write_markdown, FF_SEAL_SPACE},
    {"text", ff_chronicle_write_text, FF_SEAL_SPACE},
    {"json", ff_chronicle_write_json, FF_SEAL_JSON},
};

static const size_t FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS;

const char *ff_chronicle_format_name(size_t index)
{
    return index < FORMAT_COUNT ? FORMATS[index].name : NULL;
}

ff_status ff_chronicle_render(const ff_chronicle *chronicle, const char *format, const ff_digest_options *options,
                              ff_buf *out)
{
    size_t at = 0;
    while (at < FORMAT_COUNT && strcmp(FORMATS[at].name, format) != 0)
        at++;
    if (at == FORMAT_COUNT)
        return FF_UNSUPPORTED;
    ff_buf raw;
    ff_buf_init(&raw, FF_LIMIT_REPORT_BYTES);
    FORMATS[at].write(chronicle, &raw);
    ff_status status = ff_inert_seal_page(out, &raw, FORMATS[at].seal, options->inside_actions);
    ff_buf_release(&raw);
    return status;
}

void ff_chronicle_seal(ff_slice line, const ff_digest_options *options, ff_buf *out)
{
    ff_inert_seal(out, line, FF_SEAL_JSON, options->inside_actions);
}
