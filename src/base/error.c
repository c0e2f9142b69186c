#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const STATUS_NAMES[] = {
    [-FF_OK] = "ok",
    [-FF_END] = "end",
    [-FF_NOMEM] = "out of memory",
    [-FF_LIMIT] = "limit reached",
    [-FF_IO] = "i/o error",
    [-FF_INVALID] = "invalid input",
    [-FF_UNSUPPORTED] = "unsupported",
    [-FF_NOT_FOUND] = "not found",
};

/* Messages are for people: a cut one is still useful, so the truncation of vsnprintf is accepted here. */
static void fill(ff_error *error, ff_status status, const char *format, va_list args)
{
    error->status = status;
    (void)vsnprintf(error->text, sizeof error->text, format, args);
}

ff_status ff_error_set(ff_error *error, ff_status status, const char *format, ...)
{
    if (error && error->status == FF_OK) {
        va_list args;
        va_start(args, format);
        fill(error, status, format, args);
        va_end(args);
    }
    return status;
}

ff_status ff_error_at(ff_error *error, ff_status status, const char *file, uint32_t line, uint32_t column,
                      const char *format, ...)
{
    if (error && error->status == FF_OK) {
        va_list args;
        va_start(args, format);
        fill(error, status, format, args);
        va_end(args);
        (void)snprintf(error->file, sizeof error->file, "%s", file ? file : "");
        error->line = line;
        error->column = column;
    }
    return status;
}

const char *ff_status_name(ff_status status)
{
    size_t at = (size_t)-status;
    return at < sizeof STATUS_NAMES / sizeof *STATUS_NAMES ? STATUS_NAMES[at] : "unknown status";
}
