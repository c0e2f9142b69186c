#include "digest/digest.h"

#include "base/limits.h"
#include "report/inert.h"

const char *ff_group_state_name(ff_group_state state)
{
    static const char *const NAMES[FF_GROUP_STATE_COUNT] = {
        [FF_GROUP_NEW] = "new", [FF_GROUP_KNOWN] = "known", [FF_GROUP_BACK] = "back", [FF_GROUP_FIXED] = "fixed"};
    return NAMES[state];
}

/* Strongest first. */
static const char *const VERDICTS[] = {"confirmed", "likely", "possible", "undecided"};

const char *ff_digest_verdict_name(size_t weakness)
{
    return weakness < sizeof VERDICTS / sizeof *VERDICTS ? VERDICTS[weakness] : NULL;
}

size_t ff_digest_weakness(ff_slice verdict)
{
    size_t at = 0;
    while (ff_digest_verdict_name(at) && !ff_slice_eq(verdict, ff_slice_of(VERDICTS[at])))
        at++;
    return at;
}

void ff_digest_init(ff_digest *digest, ff_arena *arena)
{
    *digest = (ff_digest){.arena = arena, .since = FF_NO_TIME, .until = FF_NO_TIME, .made_at = FF_NO_TIME};
    ff_notes_init(&digest->notes, arena);
}

/* A new format is one file and one row. */
static const struct {
    ff_digest_format format;
    ff_seal seal;
} FORMATS[] = {
    {{"markdown", ff_digest_write_markdown}, FF_SEAL_SPACE},
    {{"html", ff_digest_write_html}, FF_SEAL_HTML},
    {{"json", ff_digest_write_json}, FF_SEAL_JSON},
};

static const size_t FORMAT_COUNT = sizeof FORMATS / sizeof *FORMATS;

const char *ff_digest_format_name(size_t index)
{
    return index < FORMAT_COUNT ? FORMATS[index].format.name : NULL;
}

ff_status ff_digest_render(const ff_digest *digest, const char *format, const ff_digest_options *options, ff_buf *out)
{
    static const ff_digest_options defaults = {0};
    size_t at = 0;
    while (at < FORMAT_COUNT && (!format || strcmp(FORMATS[at].format.name, format) != 0))
        at++;
    if (at == FORMAT_COUNT)
        return FF_UNSUPPORTED;
    if (!options)
        options = &defaults;
    ff_buf raw;
    ff_buf_init(&raw, FF_LIMIT_REPORT_BYTES);
    FORMATS[at].format.write(digest, options, &raw);
    ff_status status = ff_inert_seal_page(out, &raw, FORMATS[at].seal, options->inside_actions);
    ff_buf_release(&raw);
    return status;
}
