#include "log/line.h"

static const char *const KIND_NAMES[FF_LINE_KIND_COUNT] = {
    [FF_LINE_OUTPUT] = "output", [FF_LINE_SCRIPT] = "script",   [FF_LINE_GROUP] = "group",
    [FF_LINE_ERROR] = "error",   [FF_LINE_WARNING] = "warning", [FF_LINE_NOTICE] = "notice",
    [FF_LINE_DEBUG] = "debug",   [FF_LINE_COMMAND] = "command", [FF_LINE_RUNNER] = "runner",
};

const char *ff_line_kind_name(ff_line_kind kind)
{
    return (unsigned)kind < FF_LINE_KIND_COUNT ? KIND_NAMES[kind] : NULL;
}
